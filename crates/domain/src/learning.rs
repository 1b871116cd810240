//! What teaches: how the sources of a label weigh, which of two wins, how much of an answer an agent rewrote, and
//! which sources contradict one another.
//!
//! Only what was said without having seen a suggestion proves anything, and a person's later mending never does: it
//! teaches instead of the label it mends, while that goes on certifying.

use crate::AnswerId;
use crate::words::{Choice, CustomerWord, LabelSource};

/// Up to this share of its words an answer is edited slightly; beyond it, much.
pub const SLIGHT: f64 = 0.2;
/// The most that a single ticket counts, however unlikely its label was to be seen.
pub const MOST_WEIGHT: f64 = 5.0;
/// What an answer that had to be rewritten much teaches, compared with one used as it is.
const MUCH: f64 = 0.5;
/// What a customer's word alone teaches: that an automatic answer helped.
const CUSTOMER: f64 = 0.5;
/// What is left of an agent's choice after which the customer came back.
const DOUBTED: f64 = 0.5;
/// Words of either text that are compared; differences beyond them are not counted.
const COMPARED: usize = 2_000;

/// Everything said about a ticket that decides how much it teaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    pub source: LabelSource,
    /// Whether it was said without having seen a suggestion.
    pub unseen: bool,
    /// How likely it was that the ticket would be labelled this way (see [`crate::arms`]).
    pub propensity: f64,
    pub choice: Option<Choice>,
    pub customer: Option<CustomerWord>,
    /// A person has mended it since.
    pub mended: bool,
}

/// How much a ticket counts in training: 0 (not at all) to [`MOST_WEIGHT`].
///
/// Where a suggestion was hidden by chance, the ticket stands for those where it was not, so it counts by the inverse
/// of its propensity. What a person looked at again (a review, a mend) stands whatever the customer said; an agent's
/// choice counts half once the customer came back, and a customer's own word that was taken back counts nothing.
pub fn weight(said: &Said) -> f64 {
    if said.mended {
        return 1.0;
    }
    let chance = if said.unseen { 1.0 / said.propensity.max(1.0 / MOST_WEIGHT) } else { 1.0 };
    let against = said.customer.is_some_and(CustomerWord::is_against);
    chance
        * match said.source {
            LabelSource::Review => 1.0,
            LabelSource::Customer if against => 0.0,
            LabelSource::Customer => CUSTOMER,
            LabelSource::Agent | LabelSource::Import => {
                let rewritten = if said.choice == Some(Choice::Much) { MUCH } else { 1.0 };
                rewritten * if against { DOUBTED } else { 1.0 }
            }
        }
}

/// Whether a new label takes the place of the one a ticket has. The first word said without having seen a suggestion
/// stays; a review replaces what was said after one, and an earlier review; a person's word replaces a customer's.
pub fn wins(new: LabelSource, old: LabelSource, old_unseen: bool) -> bool {
    match (new, old) {
        (LabelSource::Customer, _) => false,
        (_, LabelSource::Customer) | (LabelSource::Review, LabelSource::Review) => true,
        (LabelSource::Review, _) => !old_unseen,
        _ => false,
    }
}

/// How an agent used what there was: `suggested` is what they had been shown first, `edited` the share of words that
/// differ from the answer's text, where it has one.
pub fn choice(answer: Option<AnswerId>, suggested: Option<AnswerId>, edited: Option<f64>) -> Choice {
    match (answer, suggested, edited) {
        (None, _, _) => Choice::Free,
        (Some(answer), Some(suggested), _) if answer != suggested => Choice::Other,
        (_, _, None) => Choice::Unmeasured,
        (_, _, Some(0.0)) => Choice::AsIs,
        (_, _, Some(share)) if share <= SLIGHT => Choice::Slight,
        _ => Choice::Much,
    }
}

/// The share of words, 0 to 1, that must be put in, taken out or changed to make the sent text from the answer's:
/// Levenshtein's distance (1966) over words, divided by the longer text's words. Spaces and line ends do not count.
///
/// ```
/// use domain::learning::edited;
/// assert_eq!(edited("Hi Jo,\n\nit is on its way.", "Hi Jo, it is on its way."), 0.0);
/// assert_eq!(edited("it is on its way", "it is on its long way home"), 2.0 / 7.0);
/// ```
pub fn edited(template: &str, sent: &str) -> f64 {
    let a: Vec<&str> = template.split_whitespace().collect();
    let b: Vec<&str> = sent.split_whitespace().collect();
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 0.0;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let cut = |words: &[&str]| (words.len() - end).min(COMPARED);
    distance(&a[..cut(a)], &b[..cut(b)]) as f64 / longer as f64
}

fn distance(a: &[&str], b: &[&str]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(source: LabelSource) -> Said {
        Said { source, unseen: true, propensity: 1.0, choice: None, customer: None, mended: false }
    }

    #[test]
    fn what_is_surer_teaches_more() {
        let agent = said(LabelSource::Agent);
        let blind = Said { propensity: 0.05, ..agent };
        let much = Said { choice: Some(Choice::Much), ..agent };
        let back = Said { customer: Some(CustomerWord::Reopened), ..agent };
        let both = Said { choice: Some(Choice::Much), ..back };
        let order = [blind, agent, much, both].map(|s| weight(&s));
        assert_eq!(order, [5.0, 1.0, 0.5, 0.25]);
        assert_eq!(weight(&back), 0.5);
        assert_eq!(weight(&Said { unseen: false, propensity: 0.05, ..agent }), 1.0);
    }

    #[test]
    fn a_customer_who_takes_it_back_teaches_nothing() {
        let helped =
            Said { customer: Some(CustomerWord::Helped), unseen: false, ..said(LabelSource::Customer) };
        assert_eq!(weight(&helped), 0.5);
        assert_eq!(weight(&Said { customer: Some(CustomerWord::RatedBad), ..helped }), 0.0);
        assert_eq!(
            weight(&Said { customer: Some(CustomerWord::RatedBad), ..said(LabelSource::Review) }),
            1.0
        );
        assert_eq!(weight(&Said { mended: true, customer: Some(CustomerWord::RatedBad), ..helped }), 1.0);
    }

    #[test]
    fn the_first_word_said_blind_stays() {
        use LabelSource::{Agent, Customer, Import, Review};
        assert!(wins(Review, Agent, false) && wins(Review, Review, true));
        assert!(!wins(Review, Agent, true) && !wins(Review, Import, true));
        assert!(wins(Agent, Customer, false) && wins(Review, Customer, false));
        assert!(!wins(Customer, Agent, false) && !wins(Customer, Customer, false));
        assert!(!wins(Agent, Agent, false) && !wins(Agent, Review, true));
    }

    #[test]
    fn a_choice_is_named_by_what_was_shown_and_changed() {
        let (one, two) = (Some(AnswerId(1)), Some(AnswerId(2)));
        assert_eq!(choice(None, one, None), Choice::Free);
        assert_eq!(choice(two, one, Some(0.0)), Choice::Other);
        assert_eq!(choice(one, one, Some(0.0)), Choice::AsIs);
        assert_eq!(choice(one, None, Some(SLIGHT)), Choice::Slight);
        assert_eq!(choice(one, None, Some(0.21)), Choice::Much);
        assert_eq!(choice(one, one, None), Choice::Unmeasured);
    }

    proptest! {
        #[test]
        fn an_edit_is_a_share_and_has_no_direction(a in "([a-c]{1,2} ){0,12}", b in "([a-c]{1,2} ){0,12}") {
            let share = edited(&a, &b);
            prop_assert!((0.0..=1.0).contains(&share));
            prop_assert_eq!(share, edited(&b, &a));
            prop_assert_eq!(share == 0.0, a.split_whitespace().eq(b.split_whitespace()));
        }

        #[test]
        fn one_word_put_in_is_one_edit(words in prop::collection::vec("[a-z]{1,5}", 1..40), at in 0_usize..40) {
            let mut more = words.clone();
            more.insert(at.min(words.len()), "Word".into());
            let share = edited(&words.join(" "), &more.join("\n"));
            prop_assert!((share * more.len() as f64 - 1.0).abs() < 1e-9);
        }

        #[test]
        fn weights_are_bounded(propensity in 0.0_f64..1.0, unseen: bool, source in 0_usize..4) {
            let said = Said { unseen, propensity, ..said(LabelSource::ALL[source]) };
            prop_assert!((0.0..=MOST_WEIGHT).contains(&weight(&said)));
        }
    }
}
