//! Which ticket serves which purpose. A ticket that trained a model says nothing about it, and a threshold chosen
//! by looking at a ticket cannot be proved by it: so every ticket has one role, requesters are never split between
//! roles, and the roles follow one another in time. Split calibration, as in conformal prediction (Papadopoulos et al.
//! 2002), with a part of its own for choosing what is tested (Angelopoulos et al. 2021, section 3).

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::Row;
use crate::random::{Random, hash};

/// What a ticket is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Trains the model, its probabilities and its gate.
    Fit,
    /// Chooses: the grid of thresholds and where testing starts.
    Select,
    /// Proves, and is looked at for nothing else.
    Certify,
    /// Shows: accuracy, curves.
    Report,
}

/// Shares of the tickets that may certify, and the most that each role is worth.
const SELECT: (f64, usize) = (0.07, 2_000);
const CERTIFY: (f64, usize) = (0.24, 6_000);
const REPORT: (f64, usize) = (0.07, 2_000);

/// A role for every row; `None` for rows left out because their requester serves another role.
///
/// Rows with a time go by time: the oldest fit, then select, certify, report. If any row has no time, no order is
/// known and a seeded hash stratified by label decides. Rows that do not certify (their label was given under a
/// suggestion) always fit. A requester whose tickets would fall into several roles keeps those of one of them,
/// drawn in proportion to their number, unless they are too many for one person.
pub(crate) fn assign(rows: &[Row], seed: u64) -> Vec<Option<Role>> {
    let order: Vec<usize> = in_order(rows, seed).into_iter().filter(|&i| rows[i].certifies).collect();
    let n = order.len();
    let size = |(share, most): (f64, usize)| ((n as f64 * share) as usize).min(most);
    let (report, certify, select) = (size(REPORT), size(CERTIFY), size(SELECT));
    let mut roles = vec![Some(Role::Fit); rows.len()];
    for (rank, &i) in order.iter().rev().enumerate() {
        roles[i] = Some(match rank {
            r if r < report => Role::Report,
            r if r < report + certify => Role::Certify,
            r if r < report + certify + select => Role::Select,
            _ => break,
        });
    }
    one_role_each(rows, &mut roles, seed);
    roles
}

/// Rows from the oldest to the newest; if any has no time, in a seeded order stratified by label.
pub(crate) fn in_order(rows: &[Row], seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if rows.iter().all(|r| r.at.is_some()) {
        order.sort_by_key(|&i| (rows[i].at, rows[i].id));
        return order;
    }
    stratified(rows, &order, seed)
}

/// Rows in an order in which every stretch holds each label in its share.
fn stratified(rows: &[Row], which: &[usize], seed: u64) -> Vec<usize> {
    let mut by_label: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for &i in which {
        by_label.entry(rows[i].label.as_deref()).or_default().push(i);
    }
    let mut placed: Vec<(f64, u64, usize)> = Vec::with_capacity(which.len());
    for members in by_label.values_mut() {
        members.sort_by_key(|&i| (hash(seed, rows[i].group), hash(seed, rows[i].id as u64), i));
        let n = members.len() as f64;
        // A label's first place is drawn, or all the small labels would crowd together.
        let offset =
            members.first().map_or(0.0, |&i| hash(seed ^ 1, rows[i].id as u64) as f64 / u64::MAX as f64);
        for (k, &i) in members.iter().enumerate() {
            placed.push(((k as f64 + offset) / n, hash(seed, rows[i].id as u64), i));
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    placed.into_iter().map(|p| p.2).collect()
}

/// No one person asks so many questions, nor so large a share of all: an address with more is shared by many (a form's,
/// a colleague's who enters what was said by phone), and its tickets count each by itself.
const MOST_OF_ONE: usize = 50;
const LARGEST_SHARE: f64 = 0.05;
/// With fewer requesters than this the file says nothing about who is who.
const FEWEST: usize = 10;

/// Which requesters are persons: whose tickets belong together.
fn persons<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> HashSet<u64> {
    let mut tickets: HashMap<u64, usize> = HashMap::new();
    for row in rows.clone() {
        *tickets.entry(row.group).or_default() += 1;
    }
    let most = MOST_OF_ONE.max((rows.count() as f64 * LARGEST_SHARE) as usize);
    let few = tickets.len() < FEWEST;
    tickets.into_iter().filter(|(_, n)| !few && *n <= most).map(|(group, _)| group).collect()
}

fn one_role_each(rows: &[Row], roles: &mut [Option<Role>], seed: u64) {
    let persons = persons(rows.iter());
    let mut counts: HashMap<u64, [u32; 4]> = HashMap::new();
    for (row, role) in rows.iter().zip(roles.iter()) {
        if let Some(role) = role {
            counts.entry(row.group).or_default()[*role as usize] += 1;
        }
    }
    for (row, role) in rows.iter().zip(roles.iter_mut()) {
        let Some(mine) = role.filter(|_| persons.contains(&row.group)) else { continue };
        let Some(count) = counts.get(&row.group) else { continue };
        let total: u32 = count.iter().sum();
        let mut drawn = Random::new(hash(seed ^ 2, row.group)).below(total.max(1) as usize) as u32;
        let mut chosen = 0;
        while drawn >= count[chosen] && chosen < 3 {
            drawn -= count[chosen];
            chosen += 1;
        }
        if mine as usize != chosen {
            *role = None;
        }
    }
}

/// Folds for out-of-fold scores: labels spread evenly, a requester's tickets together.
pub(crate) fn folds(rows: &[&Row], folds: usize, seed: u64) -> Vec<u8> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&i| (rows[i].label.as_deref(), hash(seed ^ 3, rows[i].group), rows[i].id));
    let persons = persons(rows.iter().copied());
    let mut of_person: HashMap<u64, u8> = HashMap::new();
    let mut fold = vec![0; rows.len()];
    for (place, &i) in order.iter().enumerate() {
        let (group, turn) = (rows[i].group, (place % folds) as u8);
        fold[i] = if persons.contains(&group) { *of_person.entry(group).or_insert(turn) } else { turn };
    }
    fold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(n: usize, groups: u64, dated: bool) -> Vec<Row> {
        (0..n)
            .map(|i| Row {
                id: i as i64,
                text: String::new(),
                label: Some(format!("l{}", i % 7)),
                mend: None,
                group: hash(9, i as u64) % groups,
                at: dated.then_some(i as i64),
                weight: 1.0,
                certifies: true,
            })
            .collect()
    }

    #[test]
    fn no_requester_serves_two_roles() {
        for dated in [true, false] {
            let rows = rows(5_000, 900, dated);
            let roles = assign(&rows, 1);
            let mut seen: HashMap<u64, Role> = HashMap::new();
            for (row, role) in rows.iter().zip(&roles) {
                if let Some(role) = role {
                    assert_eq!(*seen.entry(row.group).or_insert(*role), *role);
                }
            }
            assert!(seen.values().any(|r| *r == Role::Certify));
        }
    }

    #[test]
    fn roles_follow_in_time() {
        let rows = rows(3_000, 1_000_000, true);
        let roles = assign(&rows, 1);
        let mut last = Role::Fit;
        for role in roles.iter().flatten() {
            assert!(*role >= last);
            last = *role;
        }
        assert_eq!(roles.iter().flatten().filter(|r| **r == Role::Certify).count(), 720);
    }

    #[test]
    fn undated_rows_are_stratified_and_position_does_not_matter() {
        let some = rows(3_000, 1_000_000, false);
        let before: HashMap<i64, Option<Role>> = some.iter().map(|r| r.id).zip(assign(&some, 1)).collect();
        for label in 0..7 {
            let share =
                some.iter().filter(|r| r.id % 7 == label && before[&r.id] == Some(Role::Certify)).count();
            assert!((90..=115).contains(&share), "{share}");
        }
        let backwards: Vec<Row> = some.iter().rev().cloned().collect();
        for (row, role) in backwards.iter().zip(assign(&backwards, 1)) {
            assert_eq!(before[&row.id], role);
        }
    }

    #[test]
    fn labels_given_under_a_suggestion_never_certify() {
        let mut some = rows(1_000, 1_000_000, true);
        for row in some.iter_mut().step_by(2) {
            row.certifies = false;
        }
        let roles = assign(&some, 1);
        assert!(some.iter().zip(roles).all(|(r, role)| r.certifies || role == Some(Role::Fit)));
    }

    #[test]
    fn an_address_that_many_share_keeps_all_its_tickets() {
        let mut some = rows(1_000, 1_000_000, true);
        for row in some.iter_mut().take(600) {
            row.group = 1;
        }
        let count =
            |rows: &[Row]| assign(rows, 1).iter().flatten().filter(|role| **role == Role::Fit).count();
        assert!(count(&some) >= 600, "{}", count(&some));
        let one = rows(300, 1, true);
        let roles = assign(&one, 1);
        assert!(roles.iter().all(Option::is_some) && roles.contains(&Some(Role::Certify)));
        let all: Vec<&Row> = one.iter().collect();
        let mut sizes = [0; 5];
        for fold in folds(&all, 5, 1) {
            sizes[usize::from(fold)] += 1;
        }
        assert_eq!(sizes, [60; 5]);
    }
}
