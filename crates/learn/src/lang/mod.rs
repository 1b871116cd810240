//! In which language a text is written, from one short line. The script decides where it can; among languages that
//! share one, common words and the letters they are made of do.

mod profile;
mod words;

use std::sync::LazyLock;

use serde::Serialize;

use profile::Profiles;

/// A language by its two-letter code (ISO 639-1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Language {
    /// E.g. `en`.
    pub code: &'static str,
    /// 0 to 1, against the other languages that are known.
    pub confidence: f64,
}

static LATIN: LazyLock<Profiles> = LazyLock::new(|| Profiles::learn(words::LATIN));
static CYRILLIC: LazyLock<Profiles> = LazyLock::new(|| Profiles::learn(words::CYRILLIC));

/// Characters that are read: enough to be sure, few enough to be quick.
const MOST_CHARS: usize = 600;
/// Names and brands are Latin everywhere: where a quarter of the letters are of another script, that one decides.
const FOREIGN: f64 = 0.25;

/// The language of a text; `None` when there is nothing to go by. About forty languages are known.
///
/// ```
/// assert_eq!(learn::language("Where is my parcel?").unwrap().code, "en");
/// assert_eq!(learn::language("Wo bleibt mein Paket?").unwrap().code, "de");
/// assert_eq!(learn::language("荷物はどこですか").unwrap().code, "ja");
/// assert!(learn::language("12345").is_none());
/// ```
pub fn language(text: &str) -> Option<Language> {
    let read: String = text.chars().take(MOST_CHARS).flat_map(char::to_lowercase).collect();
    let mut counts = [0_usize; SCRIPTS];
    for script in read.chars().filter_map(script) {
        // An ideograph says as much as a few letters.
        counts[script as usize] +=
            if matches!(script, Script::Han | Script::Kana | Script::Hangul) { 3 } else { 1 };
    }
    let letters: usize = counts.iter().sum();
    if letters == 0 {
        return None;
    }
    let latin = counts[Script::Latin as usize];
    let (strongest, count) = (1..SCRIPTS).map(|i| (i, counts[i])).max_by_key(|c| c.1)?;
    if latin > 0 && (count as f64) < FOREIGN * letters as f64 {
        return LATIN.guess(&read);
    }
    let sure = |code| Some(Language { code, confidence: (count as f64 / letters as f64).max(0.5) });
    let has = |signs: &str| read.chars().any(|c| signs.contains(c));
    match strongest {
        i if i == Script::Cyrillic as usize => CYRILLIC.guess(&read),
        i if i == Script::Arabic as usize && has("ٹڈڑے") => sure("ur"),
        i if i == Script::Arabic as usize && has("پچژگک") => sure("fa"),
        i if i == Script::Arabic as usize => sure("ar"),
        i if i == Script::Kana as usize => sure("ja"),
        i if i == Script::Han as usize && counts[Script::Kana as usize] > 0 => sure("ja"),
        i if i == Script::Han as usize => sure("zh"),
        i if i == Script::Hangul as usize => sure("ko"),
        i if i == Script::Greek as usize => sure("el"),
        i if i == Script::Hebrew as usize => sure("he"),
        i if i == Script::Thai as usize => sure("th"),
        _ => sure("hi"),
    }
}

const SCRIPTS: usize = 10;

#[derive(Debug, Clone, Copy)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Han,
    Kana,
    Hangul,
    Greek,
    Hebrew,
    Thai,
    Devanagari,
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ɏ' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        'Ѐ'..='ԯ' => Script::Cyrillic,
        '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' => Script::Arabic,
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3134F}' => Script::Han,
        '\u{3041}'..='\u{30FF}' => Script::Kana,
        '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' => Script::Hangul,
        'Ͱ'..='Ͽ' | 'ἀ'..='῾' => Script::Greek,
        '\u{05D0}'..='\u{05EA}' => Script::Hebrew,
        '\u{0E01}'..='\u{0E4E}' => Script::Thai,
        '\u{0900}'..='\u{097F}' => Script::Devanagari,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_of_many_languages() {
        for (code, text) in [
            ("en", "I can't log in anymore"),
            ("de", "Ich kann mich nicht mehr anmelden"),
            ("nl", "Ik kan niet meer inloggen"),
            ("da", "Jeg kan ikke logge ind længere, hvad gør jeg?"),
            ("no", "Jeg får ikke logget inn lenger, hva gjør jeg?"),
            ("sv", "Jag kan inte logga in längre"),
            ("fr", "Je ne peux plus me connecter"),
            ("es", "Ya no puedo entrar en mi cuenta"),
            ("pt", "Não consigo mais entrar na minha conta"),
            ("it", "Non riesco più ad accedere al mio account"),
            ("pl", "Nie mogę się zalogować"),
            ("tr", "Artık giriş yapamıyorum, bana yardım eder misiniz"),
            ("id", "Saya tidak bisa masuk lagi"),
            ("ru", "Я больше не могу войти"),
            ("uk", "Я більше не можу увійти"),
            ("kk", "Мен енді кіре алмаймын"),
            ("ar", "لا أستطيع تسجيل الدخول"),
            ("zh", "我无法登录"),
            ("ja", "ログインできません"),
            ("ko", "로그인할 수 없습니다"),
            ("el", "Δεν μπορώ να συνδεθώ"),
        ] {
            assert_eq!(language(text).map(|l| l.code), Some(code), "{text}");
        }
    }

    #[test]
    fn names_do_not_decide_and_nothing_is_none() {
        assert_eq!(language("أضف Bohemian Rhapsody إلى قائمتي").unwrap().code, "ar");
        assert!(language("").is_none());
        assert!(language("!!! 42 🙂").is_none());
        let sure = language(&"the parcel has not arrived ".repeat(10_000)).unwrap();
        assert!(sure.code == "en" && sure.confidence > 0.99);
    }
}
