//! A ticket's journey, one file a step: intake, understand, decide, respond, deliver, survey, learn.

pub mod deliver;
pub mod intake;
pub mod mail_in;
pub mod survey;
