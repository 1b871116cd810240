//! In which language a text is written, from one short line.

use serde::Serialize;

/// A language by its two-letter code (ISO 639-1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Language {
    pub code: &'static str,
    /// 0 to 1.
    pub confidence: f64,
}

/// The language of a text; `None` when there is nothing to go by.
///
/// ```
/// assert_eq!(learn::language("Where is my parcel? It should have come on Monday.").unwrap().code, "en");
/// assert_eq!(learn::language("Ich habe mein Paket noch immer nicht bekommen.").unwrap().code, "de");
/// assert!(learn::language("12345").is_none());
/// ```
pub fn language(text: &str) -> Option<Language> {
    let info = whatlang::detect(text)?;
    let code = two_letters(info.lang().code());
    Some(Language { code, confidence: info.confidence() })
}

/// ISO 639-3 to 639-1, for the languages that have both.
fn two_letters(code: &'static str) -> &'static str {
    const CODES: &str = "eng en deu de fra fr spa es ita it por pt nld nl dan da swe sv nob no fin fi pol pl ces cs \
        slk sk slv sl hrv hr srp sr ron ro hun hu tur tr ell el rus ru ukr uk bel be bul bg mkd mk lit lt lav lv \
        est et cat ca epo eo lat la arb ar ara ar heb he pes fa urd ur hin hi ben bn pan pa guj gu mar mr nep ne \
        tam ta tel te kan kn mal ml sin si tha th mya my khm km vie vi ind id jav jv tgl tl cmn zh jpn ja kor ko \
        kaz kk uzb uz aze az tuk tk hye hy kat ka amh am afr af zul zu sna sn aka ak yid yi ori or";
    let mut words = CODES.split_ascii_whitespace();
    while let (Some(three), Some(two)) = (words.next(), words.next()) {
        if three == code {
            return two;
        }
    }
    code
}
