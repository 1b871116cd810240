//! The world outside, behind the ports of `app`.

mod smtp;

pub use smtp::SmtpMailer;
