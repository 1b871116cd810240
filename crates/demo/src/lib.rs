//! The believable company of `deskwise demo`: Pinwall, a pinboard site for ideas, with its categories, answers
//! and customers. Everything is generated from a seed and does no I/O: the same seed gives the same history.

mod company;
mod compose;
mod desk;
mod frequency;
mod grammar;
mod history;
mod live;
mod noise;
mod people;
mod rhythm;
mod texts;
mod writer;

pub use company::{Agent, Answer, Category, Company, Rule, Variant, company, release_answer};
pub use compose::Question;
pub use history::{History, PastTicket, Rating, history};
pub use live::{Live, LiveTicket};
pub use rhythm::{answered_at, moments};
