//! What single cells say: names as numbers, people's names, languages.

use std::collections::HashMap;

#[derive(Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        const LONGEST: usize = 120;
        let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if let Some(&number) = self.numbers.get(&name) {
            return number;
        }
        self.names.push(name.clone());
        self.numbers.insert(name, self.names.len() as u32 - 1);
        self.names.len() as u32 - 1
    }
}

/// Words of a name, from its column or the address: to be masked wherever they stand.
pub(super) fn names(name: Option<&str>, address: Option<&str>) -> Vec<String> {
    const SHORTEST: usize = 3;
    let local = address.and_then(|a| a.split_once('@')).map(|a| a.0);
    let bare = address.filter(|a| !a.contains('@'));
    [name, local, bare]
        .into_iter()
        .flatten()
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(str::to_lowercase)
        .filter(|word| {
            !["customer", "user", "info", "mail", "contact", "support", "the", "office"]
                .contains(&word.as_str())
        })
        .collect()
}

/// "de-DE" and "`de_DE`" as "de".
pub(super) fn code(text: &str) -> Option<String> {
    let code: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    (2..=3).contains(&code.len()).then(|| code.to_lowercase())
}

/// FNV-1a, which is the same everywhere.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes()
        .map(|b| b.to_ascii_lowercase())
        .fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}
