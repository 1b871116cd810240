//! Links open what they were made for, and nothing after any change.

use proptest::prelude::*;

use super::*;
use crate::words::{Channel, Status};

fn ticket(id: i64, requester: i64, secret: &[u8]) -> Ticket {
    Ticket {
        status: Status::Open,
        secret: secret.to_vec(),
        ..Ticket::asked(TicketId(id), 7, Channel::Form, RequesterId(requester), 0)
    }
}

const NOW: Millis = 1_800_000_000_000;

fn opens(token: &str, keys: &[Vec<u8>], purpose: Purpose, ticket: &Ticket) -> Result<(), BadLink> {
    Claim::read(token)?.check(keys, purpose, ticket, NOW)
}

#[test]
fn a_link_opens_its_ticket_for_its_purpose_until_it_expires() {
    let ticket = ticket(42, 7, b"secret");
    let keys = vec![b"key".to_vec()];
    let token = sign(&keys[0], Purpose::Ticket, &ticket, NOW + 1_000);
    assert_eq!(token.len(), 48);
    assert_eq!(opens(&token, &keys, Purpose::Ticket, &ticket), Ok(()));
    assert_eq!(opens(&token, &keys, Purpose::Rate, &ticket), Err(BadLink::Invalid));
    let late = sign(&keys[0], Purpose::Ticket, &ticket, NOW);
    assert_eq!(opens(&late, &keys, Purpose::Ticket, &ticket), Err(BadLink::Expired));
}

#[test]
fn older_keys_verify_and_a_changed_secret_revokes() {
    let mut ticket = ticket(42, 7, b"secret");
    let keys = vec![b"new".to_vec(), b"old".to_vec()];
    let token = sign(b"old", Purpose::Ticket, &ticket, NOW + 1_000);
    let address = reply_address(b"old", &ticket, "support@example.org").unwrap();
    let claim = AddressClaim::read(&address, "support@example.org").unwrap();
    assert_eq!(opens(&token, &keys, Purpose::Ticket, &ticket), Ok(()));
    assert!(claim.check(&keys, &ticket));
    assert_eq!(opens(&token, &keys[..1], Purpose::Ticket, &ticket), Err(BadLink::Invalid));
    ticket.secret = b"another".to_vec();
    assert_eq!(opens(&token, &keys, Purpose::Ticket, &ticket), Err(BadLink::Invalid));
    assert!(!claim.check(&keys, &ticket));
}

#[test]
fn a_reply_address_fits_a_local_part_and_survives_a_change_of_case() {
    let ticket = ticket(i64::MAX, 7, b"secret");
    let address = reply_address(b"key", &ticket, "support@example.org").unwrap();
    assert!(address.split('@').next().unwrap().len() <= 64, "{address}");
    let claim = AddressClaim::read(&address.to_uppercase(), "support@example.org").unwrap();
    assert!(claim.check(&[b"key".to_vec()], &ticket));
    for other in ["support@example.org", "support+@example.org", "support+zz@example.org", "x@y", ""] {
        assert_eq!(AddressClaim::read(other, "support@example.org"), None, "{other}");
    }
    assert_eq!(AddressClaim::read(&address, "help@example.org"), None);
}

proptest! {
    #[test]
    fn any_flipped_bit_of_a_link_is_refused(
        id in 0..i64::MAX, requester in 0..i64::MAX, secret: Vec<u8>, key: Vec<u8>, at in 0..48_usize, bit in 0..7_u32,
    ) {
        let ticket = ticket(id, requester, &secret);
        let token = sign(&key, Purpose::Ticket, &ticket, NOW + 5_000);
        let keys = [key];
        prop_assert_eq!(opens(&token, &keys, Purpose::Ticket, &ticket), Ok(()));
        let mut bytes = token.into_bytes();
        bytes[at] ^= 1 << bit;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(opens(&changed, &keys, Purpose::Ticket, &ticket), Err(BadLink::Invalid));
    }

    #[test]
    fn another_digit_in_a_reply_address_is_refused(
        id in 0..i64::MAX, secret: Vec<u8>, key: Vec<u8>, at in 0..36_usize, by in 1..16_u32,
    ) {
        let ticket = ticket(id, 7, &secret);
        let address = reply_address(&key, &ticket, "a@b").unwrap();
        let mut chars: Vec<char> = address.chars().collect();
        let digit = chars[2 + at].to_digit(16).unwrap();
        chars[2 + at] = char::from_digit((digit + by) % 16, 16).unwrap();
        let changed: String = chars.into_iter().collect();
        let keys = [key];
        prop_assert!(!AddressClaim::read(&changed, "a@b").is_some_and(|claim| claim.check(&keys, &ticket)));
    }

    #[test]
    fn reading_never_panics(token in ".{0,80}") {
        let _ = Claim::read(&token);
        let _ = AddressClaim::read(&token, "support@example.org");
    }
}
