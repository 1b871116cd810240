//! The facts of many tickets in few bytes: a table of the categories, people and languages that occur, then one
//! ticket after the other as variable-length numbers (LEB128; signed ones zigzag), about 30 bytes each.

use std::sync::Arc;

use super::TicketFacts;
use crate::words::{Channel, RatingValue, Resolution, Responder, Verdict};
use crate::{CategoryId, TicketId, UserId};

/// Packs facts, which should be sorted by id.
pub fn pack(facts: &[TicketFacts]) -> Vec<u8> {
    let mut tables = Tables::default();
    let mut body = Vec::with_capacity(facts.len() * 32);
    let (mut id, mut created) = (0, 0);
    for f in facts {
        signed(&mut body, f.id.0 - id);
        signed(&mut body, f.created_at - created);
        (id, created) = (f.id.0, f.created_at);
        pack_one(f, &mut tables, &mut body);
    }
    let mut bytes = Vec::with_capacity(body.len() + 64);
    for table in [&tables.categories, &tables.people] {
        number(&mut bytes, table.len() as u64);
        for &id in table {
            signed(&mut bytes, id);
        }
    }
    number(&mut bytes, tables.languages.len() as u64);
    for language in &tables.languages {
        number(&mut bytes, language.len() as u64);
        bytes.extend_from_slice(language.as_bytes());
    }
    number(&mut bytes, facts.len() as u64);
    bytes.extend_from_slice(&body);
    bytes
}

#[derive(Default)]
struct Tables {
    categories: Vec<i64>,
    people: Vec<i64>,
    languages: Vec<Arc<str>>,
}

fn place<T: PartialEq>(table: &mut Vec<T>, value: T) -> u64 {
    let found = table.iter().position(|known| *known == value);
    found.unwrap_or_else(|| {
        table.push(value);
        table.len() - 1
    }) as u64
}

fn pack_one(f: &TicketFacts, tables: &mut Tables, out: &mut Vec<u8>) {
    out.extend_from_slice(&flags(f).to_le_bytes());
    number(out, place(&mut tables.categories, f.category.0));
    number(out, f.agent.map_or(0, |agent| place(&mut tables.people, agent.0) + 1));
    number(out, f.language.as_ref().map_or(0, |l| place(&mut tables.languages, l.clone()) + 1));
    for at in [f.first_reply_at, f.solved_at].into_iter().flatten() {
        signed(out, at - f.created_at);
    }
    number(out, u64::from(f.replies));
    number(out, f.turns.len() as u64);
    for at in &f.turns {
        signed(out, at - f.created_at);
    }
    number(out, f.stretches.len() as u64);
    for &(agent, stretch) in &f.stretches {
        number(out, place(&mut tables.people, agent.0));
        signed(out, stretch - f.created_at / super::STRETCH);
    }
}

/// Optional words take the place after `none`, in the order of their vocabulary.
fn flags(f: &TicketFacts) -> u32 {
    let mut bits = Bits(0, 0);
    for flag in [
        f.touched_by_agent,
        f.surveyed,
        f.recontacted,
        f.suggested,
        f.suggestion_used,
        f.first_reply_at.is_some(),
        f.solved_at.is_some(),
    ] {
        bits.put(u32::from(flag), 1);
    }
    bits.put(f.resolution.map_or(0, |r| r as u32 + 1), 2);
    bits.put(f.rating.map_or(0, |(value, _)| value as u32 + 1), 2);
    bits.put(f.rating.map_or(0, |(_, by)| by as u32), 3);
    bits.put(f.first_reply_by.map_or(0, |by| by as u32 + 1), 3);
    bits.put(f.solved_by.map_or(0, |by| by as u32 + 1), 3);
    bits.put(f.verdict.map_or(0, |v| v as u32 + 1), 2);
    bits.put(f.channel as u32, 3);
    bits.0
}

/// Bits, and how many were put or taken.
struct Bits(u32, u32);

impl Bits {
    fn put(&mut self, value: u32, width: u32) {
        self.0 |= value << self.1;
        self.1 += width;
    }

    fn take(&mut self, width: u32) -> usize {
        let value = (self.0 >> self.1) & ((1 << width) - 1);
        self.1 += width;
        value as usize
    }
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn signed(out: &mut Vec<u8>, value: i64) {
    number(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Bytes that were not written by [`pack`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("packed facts end early or name what is not in their tables")]
pub struct Damaged;

/// Gives the packed facts one after the other to `each`, which may keep none of them.
pub fn unpack(bytes: &[u8], mut each: impl FnMut(&TicketFacts)) -> Result<(), Damaged> {
    let mut input = Input(bytes);
    let tables = tables(&mut input)?;
    let mut facts = TicketFacts::asked(TicketId(0), 0, CategoryId(0), Channel::Api);
    for _ in 0..input.number()? {
        facts.id.0 = facts.id.0.wrapping_add(input.signed()?);
        facts.created_at = facts.created_at.wrapping_add(input.signed()?);
        unpack_one(&mut facts, &tables, &mut input)?;
        each(&facts);
    }
    if input.0.is_empty() { Ok(()) } else { Err(Damaged) }
}

fn tables(input: &mut Input<'_>) -> Result<Tables, Damaged> {
    let mut tables = Tables::default();
    for table in [&mut tables.categories, &mut tables.people] {
        for _ in 0..input.number()? {
            table.push(input.signed()?);
        }
    }
    for _ in 0..input.number()? {
        let length = input.number()? as usize;
        let text = std::str::from_utf8(input.bytes(length)?).map_err(|_| Damaged)?;
        tables.languages.push(text.into());
    }
    Ok(tables)
}

fn unpack_one(f: &mut TicketFacts, tables: &Tables, input: &mut Input<'_>) -> Result<(), Damaged> {
    let flags = input.bytes(4)?.try_into().map_err(|_| Damaged)?;
    let mut bits = Bits(u32::from_le_bytes(flags), 0);
    let mut flag = || bits.take(1) == 1;
    (f.touched_by_agent, f.surveyed, f.recontacted) = (flag(), flag(), flag());
    (f.suggested, f.suggestion_used) = (flag(), flag());
    let (replied, solved) = (flag(), flag());
    f.resolution = word(Resolution::ALL, bits.take(2))?;
    let value: Option<RatingValue> = word(RatingValue::ALL, bits.take(2))?;
    let rated = *Responder::ALL.get(bits.take(3)).ok_or(Damaged)?;
    f.rating = value.map(|value| (value, rated));
    f.first_reply_by = word(Responder::ALL, bits.take(3))?;
    f.solved_by = word(Responder::ALL, bits.take(3))?;
    f.verdict = word(Verdict::ALL, bits.take(2))?;
    f.channel = *Channel::ALL.get(bits.take(3)).ok_or(Damaged)?;
    f.category = CategoryId(*tables.categories.get(input.number()? as usize).ok_or(Damaged)?);
    f.agent = optional(&tables.people, input.number()?)?.map(UserId);
    f.language = optional(&tables.languages, input.number()?)?;
    let created = f.created_at;
    let mut at = |there: bool| there.then(|| Ok(created.wrapping_add(input.signed()?))).transpose();
    (f.first_reply_at, f.solved_at) = (at(replied)?, at(solved)?);
    f.replies = input.number()? as u32;
    f.turns.clear();
    for _ in 0..input.number()? {
        f.turns.push(created.wrapping_add(input.signed()?));
    }
    f.stretches.clear();
    for _ in 0..input.number()? {
        let agent = UserId(*tables.people.get(input.number()? as usize).ok_or(Damaged)?);
        f.stretches.push((agent, (created / super::STRETCH).wrapping_add(input.signed()?)));
    }
    Ok(())
}

fn word<T: Copy>(all: &[T], place: usize) -> Result<Option<T>, Damaged> {
    match place.checked_sub(1) {
        None => Ok(None),
        Some(index) => all.get(index).copied().map(Some).ok_or(Damaged),
    }
}

fn optional<T: Clone>(table: &[T], place: u64) -> Result<Option<T>, Damaged> {
    match (place as usize).checked_sub(1) {
        None => Ok(None),
        Some(index) => table.get(index).cloned().map(Some).ok_or(Damaged),
    }
}

struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn bytes(&mut self, count: usize) -> Result<&'b [u8], Damaged> {
        let (some, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(some)
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut value = 0_u64;
        for (index, &byte) in self.0.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte < 0x80 {
                self.0 = &self.0[index + 1..];
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    fn signed(&mut self) -> Result<i64, Damaged> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_facts() -> impl Strategy<Value = TicketFacts> {
        let first =
            (any::<i64>(), 0..4_000_000_000_000_i64, 1..9_i64, 0..Channel::ALL.len(), any::<[bool; 5]>());
        let time = || proptest::option::of(-9_000..9_000_000_000_i64);
        let words = (0..4_usize, 0..3_usize, 0..4_usize, 0..5_usize, 0..5_usize, 0..4_usize);
        let lists = (
            0..9_u32,
            proptest::collection::vec(0..9_000_000_i64, 0..4),
            proptest::collection::vec((1..5_i64, 0..9_000_i64), 0..4),
        );
        let names = (proptest::option::of("[a-z]{2}"), proptest::option::of(1..5_i64));
        (first, (time(), time()), words, lists, names).prop_map(|(first, times, words, lists, names)| {
            let (id, created, category, channel, flags) = first;
            let pick = |all: &'static [Responder], n: usize| n.checked_sub(1).map(|n| all[n]);
            TicketFacts {
                language: names.0.map(Into::into),
                agent: names.1.map(UserId),
                first_reply_at: times.0.map(|t| created + t),
                first_reply_by: pick(Responder::ALL, words.3),
                solved_at: times.1.map(|t| created + t),
                solved_by: pick(Responder::ALL, words.4),
                turns: lists.1.iter().map(|t| created + t).collect(),
                touched_by_agent: flags[0],
                resolution: words.0.checked_sub(1).map(|n| Resolution::ALL[n]),
                surveyed: flags[1],
                rating: words.1.checked_sub(1).map(|n| (RatingValue::ALL[n], Responder::ALL[words.2])),
                replies: lists.0,
                recontacted: flags[2],
                suggested: flags[3],
                suggestion_used: flags[4],
                verdict: words.5.checked_sub(1).map(|n| Verdict::ALL[n]),
                stretches: lists
                    .2
                    .iter()
                    .map(|&(who, t)| (UserId(who), created / crate::metrics::STRETCH + t))
                    .collect(),
                ..TicketFacts::asked(TicketId(id >> 2), created, CategoryId(category), Channel::ALL[channel])
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_as_it_was(facts in proptest::collection::vec(some_facts(), 0..30)) {
            let mut out = Vec::new();
            unpack(&pack(&facts), |f| out.push(f.clone())).unwrap();
            prop_assert_eq!(out, facts);
        }

        #[test]
        fn damaged_bytes_are_refused_or_read_but_never_crash(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes, |_| ());
        }

        #[test]
        fn what_was_cut_off_is_noticed(facts in proptest::collection::vec(some_facts(), 1..5), cut in 1..20_usize) {
            let bytes = pack(&facts);
            let cut = bytes.len().saturating_sub(cut);
            prop_assert_eq!(unpack(&bytes[..cut], |_| ()), Err(Damaged));
        }
    }
}
