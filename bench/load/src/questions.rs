//! Questions to send: short, varied, with words that a support team reads.

const OPENINGS: [&str; 6] = [
    "Hello, since yesterday",
    "Hi there,",
    "I have tried everything but",
    "Could you please help,",
    "Good morning! For a week now",
    "Not sure if this is the right place,",
];
const TROUBLES: [&str; 8] = [
    "I cannot sign in any more, the reset mail never arrives",
    "my board has vanished together with all its pins",
    "the app crashes as soon as I open my home feed",
    "somebody uses my pictures without asking me",
    "my account was suspended and nobody says why",
    "I am still charged although I cancelled my ads",
    "search shows nothing for words that worked before",
    "I keep getting messages that look like spam",
];
const CLOSINGS: [&str; 4] = [
    "What should I do?",
    "I use the web site on an older laptop, if that matters. Thanks in advance!",
    "Please answer soon, I need it for a project at school.",
    "My phone has the newest version of everything and I restarted it twice.",
];

/// The `n`th question.
pub(crate) fn question(n: usize) -> String {
    let pick = |of: &[&'static str], step: usize| of[(n / step) % of.len()];
    format!("{} {}. {} (case {n})", pick(&OPENINGS, 3), pick(&TROUBLES, 1), pick(&CLOSINGS, 5))
}
