//! Signed links and reply addresses: what lets a customer act on one ticket without a password.
//!
//! A link is an HMAC for one purpose, ticket and requester, with an expiry and the ticket's own secret, so that
//! changing the secret revokes every link to the ticket. The newest key signs, older ones still verify. A token
//! is read in two steps, because the secret lies with the ticket: [`Claim::read`] says which ticket it speaks of,
//! [`Claim::check`] whether it may.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::tickets::Ticket;
use crate::{Millis, RequesterId, TicketId};

/// Bytes of the code in a link; with the claim before it a multiple of three, so that Base64 leaves no spare bits.
const LINK_CODE: usize = 16;
/// Bytes of the code in a reply address, which must fit into the 64 characters of a local part.
const ADDRESS_CODE: usize = 10;

/// What a link is good for. A link for one purpose opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read a ticket, reply to it, and say whether an answer helped.
    Ticket,
    /// To rate how a ticket was solved.
    Rate,
    /// To see, right after writing, that it arrived.
    Sent,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Rate => "rate",
            Self::Sent => "sent",
        }
    }
}

/// Why a link opens nothing. Which of the two it is may be told: the code is checked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    #[error("this link is not valid")]
    Invalid,
    #[error("this link has expired")]
    Expired,
}

/// What a token claims, not to be believed before [`Claim::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub ticket: TicketId,
    pub requester: RequesterId,
    pub expires_at: Millis,
    code: [u8; LINK_CODE],
}

impl Claim {
    /// Takes a token apart.
    pub fn read(token: &str) -> Result<Self, BadLink> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| BadLink::Invalid)?;
        let mut rest = bytes.as_slice();
        let claim = Self {
            ticket: TicketId(i64::from_be_bytes(take(&mut rest)?)),
            requester: RequesterId(i64::from_be_bytes(take(&mut rest)?)),
            expires_at: Millis::from(u32::from_be_bytes(take(&mut rest)?)) * 1_000,
            code: take(&mut rest)?,
        };
        if rest.is_empty() { Ok(claim) } else { Err(BadLink::Invalid) }
    }

    /// Whether one of `keys` signed this for `purpose` and this very ticket, and it still holds at `now`.
    pub fn check(
        &self,
        keys: &[Vec<u8>],
        purpose: Purpose,
        ticket: &Ticket,
        now: Millis,
    ) -> Result<(), BadLink> {
        if ticket.id != self.ticket || ticket.requester != self.requester {
            return Err(BadLink::Invalid);
        }
        let seconds = expiry_seconds(self.expires_at);
        let signed = keys
            .iter()
            .any(|key| link_mac(key, purpose, ticket, seconds).verify_truncated_left(&self.code).is_ok());
        match signed {
            false => Err(BadLink::Invalid),
            true if now >= self.expires_at => Err(BadLink::Expired),
            true => Ok(()),
        }
    }
}

/// A token for one purpose and ticket, good until `expires_at`.
pub fn sign(key: &[u8], purpose: Purpose, ticket: &Ticket, expires_at: Millis) -> String {
    let seconds = expiry_seconds(expires_at);
    let code = link_mac(key, purpose, ticket, seconds).finalize().into_bytes();
    let mut token = Vec::with_capacity(36);
    token.extend_from_slice(&ticket.id.0.to_be_bytes());
    token.extend_from_slice(&ticket.requester.0.to_be_bytes());
    token.extend_from_slice(&seconds.to_be_bytes());
    token.extend_from_slice(&code[..LINK_CODE]);
    URL_SAFE_NO_PAD.encode(token)
}

/// The address that leads a mail back to its ticket: `support+<token>@example.org` for `support@example.org`.
/// `None` when `base` is no address. Hexadecimal, because mail servers may change the case of letters.
pub fn reply_address(key: &[u8], ticket: &Ticket, base: &str) -> Option<String> {
    let (local, domain) = base.rsplit_once('@')?;
    let code = address_mac(key, ticket).finalize().into_bytes();
    let mut token = ticket.id.0.to_be_bytes().to_vec();
    token.extend_from_slice(&code[..ADDRESS_CODE]);
    let hex = crate::numerals::hex(&token);
    Some(format!("{local}+{hex}@{domain}"))
}

/// What a reply address claims, not to be believed before [`AddressClaim::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressClaim {
    pub ticket: TicketId,
    code: [u8; ADDRESS_CODE],
}

impl AddressClaim {
    /// Takes a reply address made from `base` apart; `None` when it is another address.
    pub fn read(address: &str, base: &str) -> Option<Self> {
        let (local, domain) = address.trim().rsplit_once('@')?;
        let (base_local, base_domain) = base.rsplit_once('@')?;
        let (before, token) = local.rsplit_once('+')?;
        if !before.eq_ignore_ascii_case(base_local) || !domain.eq_ignore_ascii_case(base_domain) {
            return None;
        }
        let bytes = from_hex(token)?;
        let mut rest = bytes.as_slice();
        let ticket = TicketId(i64::from_be_bytes(take(&mut rest).ok()?));
        let code = take(&mut rest).ok()?;
        rest.is_empty().then_some(Self { ticket, code })
    }

    /// Whether one of `keys` made this address for this very ticket.
    pub fn check(&self, keys: &[Vec<u8>], ticket: &Ticket) -> bool {
        ticket.id == self.ticket
            && keys.iter().any(|key| address_mac(key, ticket).verify_truncated_left(&self.code).is_ok())
    }
}

fn link_mac(key: &[u8], purpose: Purpose, ticket: &Ticket, expiry: u32) -> Hmac<Sha256> {
    mac(key, purpose.as_str(), ticket, &expiry.to_be_bytes())
}

fn address_mac(key: &[u8], ticket: &Ticket) -> Hmac<Sha256> {
    mac(key, "reply", ticket, &[])
}

/// Every part has a fixed length or stands last, so that no two inputs read the same.
fn mac(key: &[u8], purpose: &str, ticket: &Ticket, expiry: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(&ticket.id.0.to_be_bytes());
    mac.update(&ticket.requester.0.to_be_bytes());
    mac.update(expiry);
    mac.update(&ticket.secret);
    mac
}

/// Whole seconds in 32 bits: enough until 2106.
fn expiry_seconds(at: Millis) -> u32 {
    u32::try_from(at.max(0) / 1_000).unwrap_or(u32::MAX)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], BadLink> {
    let (first, after) = rest.split_first_chunk::<N>().ok_or(BadLink::Invalid)?;
    *rest = after;
    Ok(*first)
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() != 2 * (8 + ADDRESS_CODE) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests;
