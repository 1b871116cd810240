//! A ticket's journey, one file a step: intake, understand, decide, respond, deliver, survey, learn.

pub mod intake;
