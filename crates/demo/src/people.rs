//! Invented customers: names, addresses under the example domains, and who writes more than once.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::frequency::any;

#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// As they sign; some never say.
    pub(crate) name: Option<String>,
    pub(crate) email: String,
}

const FIRST: &[&str] = &[
    "Ada", "Alma", "Amir", "Anouk", "Arjun", "Bela", "Bodil", "Carlos", "Chiara", "Clara", "Dario", "Davi",
    "Edda", "Elif", "Emil", "Enzo", "Esther", "Fatou", "Femi", "Finn", "Greta", "Hana", "Hugo", "Ida",
    "Ilka", "Imani", "Ines", "Ivo", "Jana", "Jaro", "Jonna", "Juno", "Kaito", "Karim", "Kirsi", "Lale",
    "Leon", "Lotte", "Luan", "Lucia", "Maeve", "Malik", "Marek", "Mila", "Mio", "Nadja", "Nils", "Noor",
    "Oda", "Olek", "Orla", "Otto", "Paco", "Petra", "Pia", "Quentin", "Rafa", "Rosa", "Runa", "Sami",
    "Selma", "Sven", "Tala", "Teo", "Thea", "Tilda", "Uma", "Valeria", "Vera", "Wim", "Yara", "Yusuf", "Zoe",
];

const LAST: &[&str] = &[
    "Abelin",
    "Adeyo",
    "Albers",
    "Almaraz",
    "Barnett",
    "Bellini",
    "Borowska",
    "Castell",
    "Ceylan",
    "Corvo",
    "Dahlke",
    "Delorme",
    "Duarte",
    "Ekwall",
    "Engel",
    "Farrow",
    "Fontana",
    "Friis",
    "Garrow",
    "Gomera",
    "Hallin",
    "Hartwig",
    "Holm",
    "Ibarra",
    "Idris",
    "Jansma",
    "Jelinek",
    "Kanda",
    "Kessler",
    "Kowal",
    "Lacroix",
    "Larkin",
    "Lindgren",
    "Madaki",
    "Marchetti",
    "Merle",
    "Moreau",
    "Nakano",
    "Nardi",
    "Novik",
    "Obi",
    "Oliveira",
    "Orsini",
    "Pardo",
    "Petrov",
    "Quist",
    "Rahimi",
    "Rasmus",
    "Ribeiro",
    "Rossi",
    "Sato",
    "Schilling",
    "Serrano",
    "Silva",
    "Sorel",
    "Tamm",
    "Tanaka",
    "Tavares",
    "Ulrich",
    "Vale",
    "Varga",
    "Verhoef",
    "Visser",
    "Walden",
    "Weber",
    "Whitlock",
    "Yilmaz",
    "Young",
    "Zielinska",
];

const DOMAINS: &[&str] = &[
    "example.com",
    "example.net",
    "example.org",
    "mail.example.com",
    "post.example.net",
    "home.example.org",
    "studio.example.com",
    "inbox.example.net",
];

/// Everyone who has written so far.
#[derive(Debug, Default)]
pub(crate) struct Customers(Vec<Person>);

impl Customers {
    /// The next one to write: mostly somebody new.
    pub(crate) fn next(&mut self, rng: &mut StdRng) -> Person {
        if rng.random_bool(0.15)
            && let Some(known) = any(rng, &self.0)
        {
            return known.clone();
        }
        let person = invented(rng);
        self.0.push(person.clone());
        person
    }
}

fn invented(rng: &mut StdRng) -> Person {
    let first = any(rng, FIRST).copied().unwrap_or_default();
    let last = any(rng, LAST).copied().unwrap_or_default();
    let domain = any(rng, DOMAINS).copied().unwrap_or_default();
    let number = rng.random_range(1..100);
    let (low, family) = (first.to_lowercase(), last.to_lowercase());
    let local = match rng.random_range(0..5) {
        0 => format!("{low}.{family}{number}"),
        1 => format!("{}{family}{number}", &low[..1]),
        2 => format!("{family}.{low}{number}"),
        3 => format!("{low}_{number}{}", rng.random_range(10..100)),
        _ => format!("{low}-{family}-{number}"),
    };
    let name = match rng.random_range(0..100) {
        0..8 => None,
        8..20 => Some(first.to_owned()),
        20..25 => Some(format!("{low} {family}")),
        _ => Some(format!("{first} {last}")),
    };
    Person { name, email: format!("{local}@{domain}") }
}
