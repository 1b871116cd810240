//! Words as they tell groups of texts apart.

use std::collections::HashMap;

/// Words that every text of a language has. Rare enough in the others to be left out everywhere.
const STOP: &str = " a about again all also am an and any are as at be because been but by can can't cannot could \
did do does doesn't don't for from get getting give go going got had has have hello help hi how i i'd i'll i'm i've if \
in into is isn't it it's its just know let like make me my need new no not now of on one or our out please so some \
someone tell than thank thanks that that's the their them then there these they this to too try trying up us use using \
want was way we were what what's when where which who why will with won't work would you you're your yes \
much many more long back down off over good well possible still set take say said tell told see look only other something \
dear sir madam team hey support regards best kind hope soon greetings \
someone please put give given really right very day today time been were \
ich du sie er es wir ihr mein meine meinen meiner der die das den dem des ein eine einen einer und oder aber ist sind \
war habe haben hat wird werden kann können mit von zu zum zur auf für im in an am als auch nicht kein keine noch schon \
wie was wo wann warum bitte danke hallo liebe lieber liebes sehr geehrte geehrter damen herren grüße vielen dank voraus seit mir mich dir dass wenn dann bei nach um aus über \
le la les un une des du de et ou est suis sont je tu il elle nous vous mon ma mes pas ne que qui pour dans sur avec ce \
cette comment bonjour merci cordialement madame monsieur au aux en se \
el los las una y o es son mi mis me no que por para con en del al como hola gracias saludos estimado su lo se \
il lo gli uno e ho è sono di da che non per come ciao grazie si \
het een ik je we mijn is zijn van en of niet met voor op te dat hoe wat hallo \
";

/// Lower-case words without what every text has.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    const READ: usize = 4_000;
    let read = text.char_indices().nth(READ).map_or(text, |(at, _)| &text[..at]);
    read.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['\'', '’']).replace('’', "'").to_lowercase())
        .filter(|word| {
            let letters = word.chars().count();
            let digits = word.chars().any(char::is_numeric);
            !digits && (2..=30).contains(&letters) && !is_stop(word)
        })
}

fn is_stop(word: &str) -> bool {
    STOP.contains(&[" ", word, " "].concat())
}

/// The words that tell each group from all the others: how often they occur in it, times how much rarer they are
/// elsewhere (a group's part of the Kullback–Leibler divergence).
pub(crate) fn telling<'a>(
    texts: impl Iterator<Item = (u32, &'a str)>,
    groups: usize,
    most: usize,
) -> Vec<Vec<String>> {
    let mut counts: HashMap<String, HashMap<u32, u32>> = HashMap::new();
    let mut sizes = vec![0_u32; groups];
    for (group, text) in texts {
        let mut seen: Vec<String> = words(text).collect();
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            *counts.entry(word).or_default().entry(group).or_default() += 1;
        }
        if let Some(size) = sizes.get_mut(group as usize) {
            *size += 1;
        }
    }
    let total: u32 = sizes.iter().sum();
    let mut scored: Vec<Vec<(f64, String)>> = vec![Vec::new(); groups];
    for (word, by_group) in counts {
        let all: u32 = by_group.values().sum();
        for (group, inside) in by_group {
            let size = sizes[group as usize];
            let here = f64::from(inside) / f64::from(size.max(1));
            let elsewhere = (f64::from(all - inside) + 0.5) / (f64::from(total - size) + 1.0);
            let score = here * (here / elsewhere).ln();
            if score > 0.0 && (inside > 1 || size < 4) {
                scored[group as usize].push((score, word.clone()));
            }
        }
    }
    scored
        .into_iter()
        .map(|mut words| {
            // Of words that tell as much, the longer one says more.
            words.sort_by(|a, b| {
                b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())).then_with(|| a.1.cmp(&b.1))
            });
            distinct(words.into_iter().map(|w| w.1), most)
        })
        .collect()
}

/// The first `most` words, without forms of one taken already ("card", "cards").
fn distinct(words: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(most);
    for word in words {
        let stem = |w: &str| w.chars().take(w.chars().count().saturating_sub(2).max(4)).collect::<String>();
        if !out.iter().any(|o| o.starts_with(&stem(&word)) || word.starts_with(&stem(o))) {
            out.push(word);
        }
        if out.len() == most {
            break;
        }
    }
    out
}

/// "card, delivery, late" as a heading.
pub(crate) fn heading(words: &[String]) -> String {
    let joined = words.join(", ");
    let mut letters = joined.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_by_what_tells_them_apart() {
        let texts = [
            (0, "where is my card, it is late"),
            (0, "my card is late again"),
            (1, "the password is wrong"),
            (1, "i forgot the password"),
        ];
        let named = telling(texts.into_iter(), 3, 2);
        assert_eq!(named[0], ["card", "late"]);
        assert_eq!(named[1][0], "password");
        assert!(named[2].is_empty());
        assert_eq!(heading(&named[1][..1]), "Password");
        assert_eq!(words("I can't use card’s 42 PINs").collect::<Vec<_>>(), ["card's", "pins"]);
    }
}
