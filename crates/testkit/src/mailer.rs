//! A mail server that takes everything, or refuses as it is told.

use std::sync::Mutex;

use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use futures::future::BoxFuture;

/// Remembers what was sent.
#[derive(Debug, Default)]
pub struct RecordingMailer {
    sent: Mutex<Vec<OutgoingMail>>,
    refusal: Mutex<Option<SendError>>,
}

impl RecordingMailer {
    /// Everything that was taken, oldest first.
    pub fn sent(&self) -> Vec<OutgoingMail> {
        self.sent.lock().unwrap().clone()
    }

    /// From now on answers like this, or takes mail again.
    pub fn refuse(&self, with: Option<SendError>) {
        *self.refusal.lock().unwrap() = with;
    }
}

impl Mailer for RecordingMailer {
    fn send(&self, _smtp: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        let outcome = if let Some(refusal) = self.refusal.lock().unwrap().clone() {
            Err(refusal)
        } else {
            self.sent.lock().unwrap().push(mail.clone());
            Ok(())
        };
        Box::pin(std::future::ready(outcome))
    }
}
