//! Common words of each language, written down for this purpose: what people say, ask and want, roughly by how often.
//! They are the whole knowledge of [`super::language`] about languages that share a script.

/// The lists of a script's languages, from the folder that bears its name.
macro_rules! lists {
    ($script:literal: $($code:literal)*) => {
        &[$(($code, include_str!(concat!("words/", $script, "/", $code, ".txt")))),*]
    };
}

/// Languages in Latin letters.
pub(super) const LATIN: &[(&str, &str)] = lists!(
    "latin": "en" "de" "nl" "da" "no" "sv" "it" "es" "pt" "fr" "id" "tr" "lt" "lv" "et" "fi" "hu" "pl" "cs" "sk" "sl" "hr" "sr" "ro" "vi"
);

/// Languages in Cyrillic letters.
pub(super) const CYRILLIC: &[(&str, &str)] = lists!("cyrillic": "ru" "uk" "bg" "kk" "sr");
