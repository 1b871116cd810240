//! A mail server that takes everything, refuses as it is told, or takes its time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use futures::future::BoxFuture;
use tokio::sync::watch;

/// Remembers what was sent.
#[derive(Debug)]
pub struct RecordingMailer {
    sent: std::sync::Arc<Mutex<Vec<OutgoingMail>>>,
    refusal: Mutex<Option<SendError>>,
    stopped: watch::Sender<bool>,
    begun: AtomicUsize,
}

impl Default for RecordingMailer {
    fn default() -> Self {
        Self {
            sent: std::sync::Arc::default(),
            refusal: Mutex::default(),
            stopped: watch::Sender::new(false),
            begun: AtomicUsize::new(0),
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

    /// How many mails anyone began to hand over.
    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }
}

impl Mailer for RecordingMailer {
    fn send(&self, _smtp: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let refusal = self.refusal.lock().unwrap().clone();
        let (sent, mail, mut stopped) = (self.sent.clone(), mail.clone(), self.stopped.subscribe());
        Box::pin(async move {
            // Ends with an error only when the mailer is gone.
            let _ = stopped.wait_for(|stopped| !stopped).await;
            match refusal {
                Some(refusal) => Err(refusal),
                None => {
                    sent.lock().unwrap().push(mail);
                    Ok(())
                }
            }
        })
    }
}
