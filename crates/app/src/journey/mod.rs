//! A ticket's journey, one file a step: intake, understand, decide, respond, deliver, survey, learn.

pub(crate) mod decide;
pub mod deliver;
pub mod intake;
pub mod learn;
pub mod mail_in;
pub mod respond;
pub mod survey;
pub mod understand;
