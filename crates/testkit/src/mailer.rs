//! A mail server that takes everything, refuses as it is told, or takes its time.

use std::sync::{Arc, Mutex};

use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use futures::future::BoxFuture;
use tokio::sync::watch;

/// Remembers what was sent.
#[derive(Debug)]
pub struct RecordingMailer {
    sent: Arc<Mutex<Vec<OutgoingMail>>>,
    refusal: Mutex<Option<SendError>>,
    stopped: watch::Sender<bool>,
    begun: Mutex<Vec<OutgoingMail>>,
}

impl Default for RecordingMailer {
    fn default() -> Self {
        Self {
            sent: Arc::default(),
            refusal: Mutex::default(),
            stopped: watch::Sender::new(false),
            begun: Mutex::default(),
        }
    }
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

    /// From now on lets whoever sends wait, or goes on.
    pub fn stop(&self, stopped: bool) {
        self.stopped.send_replace(stopped);
    }

    /// Everything that anyone began to hand over, oldest first.
    pub fn begun(&self) -> Vec<OutgoingMail> {
        self.begun.lock().unwrap().clone()
    }
}

impl Mailer for RecordingMailer {
    fn send(&self, _smtp: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        self.begun.lock().unwrap().push(mail.clone());
        let refusal = self.refusal.lock().unwrap().clone();
        let (sent, mail, mut stopped) = (self.sent.clone(), mail.clone(), self.stopped.subscribe());
        Box::pin(async move {
            // Ends with an error only when the mailer is gone.
            let _ = stopped.wait_for(|stopped| !stopped).await;
            if let Some(refusal) = refusal {
                return Err(refusal);
            }
            sent.lock().unwrap().push(mail);
            Ok(())
        })
    }
}
