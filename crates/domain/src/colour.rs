//! A team's colour, made readable on light and dark paper (WCAG 2.2 AA).

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The contrast that text needs.
const READABLE: f64 = 4.5;

impl Colour {
    pub const WHITE: Self = Self([255; 3]);
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#rrggbb`, with or without the sign.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').unwrap_or(text);
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The WCAG contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest colour of this hue that is readable on `paper`: darker on light paper, lighter on dark.
    #[must_use]
    pub fn readable_on(self, paper: Self) -> Self {
        let towards = if paper.luminance() > 0.2 { Self::BLACK } else { Self::WHITE };
        (0..=20)
            .map(|step| self.mixed(towards, f64::from(step) / 20.0))
            .find(|colour| colour.contrast(paper) >= READABLE)
            .unwrap_or(towards)
    }

    /// Black or white, whichever reads better on this colour.
    #[must_use]
    pub fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// This colour with `share` of another.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| f64::from(a).mul_add(1.0 - share, f64::from(b) * share).round() as u8;
        Self(std::array::from_fn(|i| mix(self.0[i], other.0[i])))
    }

    fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126f64.mul_add(r, 0.7152f64.mul_add(g, 0.0722 * b))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_contrasts() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 0.01);
        assert_eq!(Colour::parse("#3b5bdb").unwrap().to_string(), "#3b5bdb");
        assert_eq!(Colour::parse("#3b5bd"), None);
        assert_eq!(Colour::parse("ü3b5b"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_colour_becomes_readable(rgb: [u8; 3]) {
            let colour = Colour(rgb);
            for paper in [Colour::WHITE, Colour([23, 24, 27])] {
                proptest::prop_assert!(colour.readable_on(paper).contrast(paper) >= READABLE);
            }
            proptest::prop_assert!(colour.ink().contrast(colour) >= READABLE);
        }
    }
}
