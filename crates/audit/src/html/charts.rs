//! Drawings in the page: numbers in, SVG out. No text of the file's reaches them.

use domain::numerals::percent;
use learn::Point;

use crate::forecast::Level;

/// The confidence line: a scale from 0 to 1, a tick at the target, a dot at what was measured, filled where it
/// reaches the target, and its interval as a band.
pub(super) fn line(value: Option<f64>, interval: Option<(f64, f64)>, target: f64) -> String {
    const WIDTH: f64 = 190.0;
    const EDGE: f64 = 6.0;
    let x = |share: f64| EDGE + share.clamp(0.0, 1.0) * (WIDTH - 2.0 * EDGE);
    let (from, to, at) = (x(0.0), x(1.0), x(target));
    let mut out = format!(
        "<svg width=\"100%\" height=\"22\" viewBox=\"0 0 {WIDTH} 22\" preserveAspectRatio=\"xMinYMid meet\" aria-hidden=\"true\">\
         <line class=\"scale\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"11\" y2=\"11\"/>\
         <line class=\"beyond\" x1=\"{at:.1}\" x2=\"{to:.1}\" y1=\"11\" y2=\"11\"/>\
         <line class=\"tick\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"4\" y2=\"18\"/>"
    );
    if let Some((low, high)) = interval {
        out += &format!(
            "<line class=\"whisker\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"11\" y2=\"11\"/>",
            x(low),
            x(high)
        );
    }
    if let Some(value) = value {
        let hollow = if value < target { " hollow" } else { "" };
        out += &format!("<circle class=\"dot{hollow}\" cx=\"{:.1}\" cy=\"11\" r=\"4.5\"/>", x(value));
    }
    out + "</svg>"
}

pub(super) const WIDTH: f64 = 904.0;
pub(super) const NARROW: f64 = 400.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 44.0;

/// How precision falls as coverage grows. Its scale hangs from 100%: the distance to the top is the rate of wrong
/// answers, which starts at zero. `width` is [`WIDTH`], or [`NARROW`] for a phone.
pub(super) fn curve(points: &[Point], levels: &[Level], width: f64) -> String {
    let narrow = width < WIDTH;
    let worst = points.iter().filter(|p| p.answered >= 30).map(|p| p.precision).fold(0.88_f64, f64::min);
    let floor = ((worst * 20.0).floor() / 20.0 - 0.02).max(0.0);
    let x = |coverage: f64| LEFT + coverage * (width - LEFT - RIGHT);
    let y = |precision: f64| TOP + (1.0 - precision.max(floor)) / (1.0 - floor) * (HEIGHT - TOP - BOTTOM);
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {HEIGHT}\" role=\"img\" aria-label=\"Share answered automatically against share \
         of right answers; the table below holds the numbers\">"
    );
    for tick in 0..=5 {
        let share = f64::from(tick) / 5.0;
        let anchor = if tick == 5 { "end" } else { "middle" };
        out += &format!(
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{bottom:.1}\"/>\
             <text x=\"{x:.1}\" y=\"{text:.1}\" text-anchor=\"{anchor}\">{label}</text>",
            x = x(share),
            bottom = HEIGHT - BOTTOM,
            text = HEIGHT - BOTTOM + 18.0,
            label = percent(share)
        );
    }
    out += &format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">of tickets answered automatically</text>",
        x(1.0),
        HEIGHT - 6.0
    );
    let step = if floor < 0.6 { 0.2 } else { 0.1 };
    let mut tick = 1.0;
    while tick > floor - 1e-9 {
        label(&mut out, y(tick), &percent(tick), "grid", x(0.0), x(1.0));
        tick -= step;
    }
    for level in levels.iter().filter(|l| (l.target * 10.0).fract() > 1e-9) {
        label(&mut out, y(level.target), &percent(level.target), "target", x(0.0), x(1.0));
    }
    out += &shape(points, &x, &y);
    for level in levels.iter().filter(|l| l.certificate.is_some()) {
        let Some(precision) = level.precision() else { continue };
        let (at, height) = (x(level.share()), y(precision));
        // The name stands below the curve, which falls to the right.
        let (anchor, dx, dy) =
            if level.share() > 0.3 { ("end", -10.0, 19.0) } else { ("start", 10.0, -10.0) };
        out += &format!(
            "<circle class=\"dot\" cx=\"{at:.1}\" cy=\"{height:.1}\" r=\"6\"/>\
             <text class=\"strong\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}{}{}</text>",
            at + dx,
            height + dy,
            percent(level.share()),
            if narrow { " at " } else { " answered at " },
            percent(level.target)
        );
    }
    out + "</svg>"
}

fn label(out: &mut String, y: f64, text: &str, class: &str, from: f64, to: f64) {
    out.push_str(&format!(
        "<line class=\"{class}\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>",
        from - 10.0,
        y + 4.0
    ));
}

/// Band and line.
fn shape(points: &[Point], x: &impl Fn(f64) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let place = |p: &Point, precision: f64| format!("{:.1},{:.1}", x(p.coverage), y(precision));
    let upper = points.iter().map(|p| place(p, p.high));
    let lower = points.iter().rev().map(|p| place(p, p.low));
    let band: Vec<String> = upper.chain(lower).collect();
    let line: Vec<String> = points.iter().map(|p| place(p, p.precision)).collect();
    format!(
        "<polygon class=\"band\" points=\"{}\"/><polyline class=\"curve\" points=\"{}\"/>",
        band.join(" "),
        line.join(" ")
    )
}

/// Weekdays and hours, the darker the more.
pub(super) fn heat(hours: &[[usize; 24]; 7]) -> String {
    const CELL: f64 = 35.0;
    const LINE: f64 = 26.0;
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let most = hours.iter().flatten().copied().max().unwrap_or(0).max(1) as f64;
    let mut out = format!(
        "<svg viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"Tickets by weekday and hour\">",
        7.0 * LINE + 22.0
    );
    for (day, counts) in hours.iter().enumerate() {
        let top = day as f64 * LINE;
        out += &format!("<text x=\"0\" y=\"{:.1}\">{}</text>", top + 17.0, DAYS[day]);
        for (hour, &count) in counts.iter().enumerate() {
            // Never nothing: an empty hour is an hour too.
            let shade = 0.05 + 0.95 * (count as f64 / most);
            out += &format!(
                "<rect class=\"heat\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill-opacity=\"{shade:.2}\">\
                 <title>{} {hour}:00: {count}</title></rect>",
                48.0 + hour as f64 * CELL,
                CELL - 3.0,
                LINE - 3.0,
                DAYS[day]
            );
        }
    }
    for hour in (0..24).step_by(3) {
        out += &format!(
            "<text x=\"{:.1}\" y=\"{:.1}\">{hour}:00</text>",
            48.0 + f64::from(hour) * CELL,
            7.0 * LINE + 16.0
        );
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_hold_numbers_only() {
        let points: Vec<Point> = (1..=20)
            .map(|i| Point {
                threshold: 1.0 - f64::from(i) / 20.0,
                coverage: f64::from(i) / 20.0,
                answered: i as usize * 50,
                precision: 1.0 - f64::from(i) / 100.0,
                low: 0.9 - f64::from(i) / 100.0,
                high: 1.0,
            })
            .collect();
        for svg in [
            curve(&points, &[Level { target: 0.95, ..Level::default() }], WIDTH),
            curve(&[], &[], NARROW),
            heat(&[[0; 24]; 7]),
            line(None, None, 0.95),
            line(Some(1.0), Some((0.0, 1.0)), 0.95),
        ] {
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"));
        }
    }
}
