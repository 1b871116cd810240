//! Progress on standard error, when it is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over the bytes of a file.
pub(crate) fn bytes(size: u64, what: &'static str) -> ProgressBar {
    bar(size, what, "{msg} {wide_bar} {bytes}/{total_bytes} {eta}")
}

/// A bar over a hundred percent.
pub(crate) fn percent(what: &'static str) -> ProgressBar {
    bar(100, what, "{msg} {wide_bar} {percent}%")
}

fn bar(size: u64, what: &'static str, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(size).with_style(style).with_message(what)
}

/// Something that turns while the work has no measure.
pub(crate) fn spinner(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {spinner} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_prefix(what)
}
