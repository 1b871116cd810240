//! How a ticket turned out, by what its requester says of it or leaves unsaid.

use super::Ticket;
use crate::Millis;
use crate::words::{RatingValue, Resolution, Responder, Status};

impl Ticket {
    /// Whoever answered last, as far as ratings are concerned; `None` before anybody has.
    pub fn answered_by(&self) -> Option<Responder> {
        self.solved_by.or(self.first_reply_by)
    }

    /// The ticket after its requester said that the answer helped. Nothing changes before there is one.
    #[must_use]
    pub fn helped(mut self, at: Millis) -> Self {
        let Some(by) = self.answered_by() else { return self };
        if !self.status.is_solved() {
            self.status = Status::Solved;
            self.solved_at = Some(at);
            self.solved_by = Some(if self.touched_by_agent { Responder::Agent } else { by });
            self.updated_at = at;
        }
        // An answer that had failed before an agent took over stays failed.
        if self.resolution != Some(Resolution::Failed) {
            self.resolve(Resolution::Confirmed, at);
        }
        self
    }

    /// The ticket after its requester said that the answer did not help: it is a person's turn.
    #[must_use]
    pub fn not_helped(mut self, at: Millis) -> Self {
        if self.answered_by().is_none() {
            return self;
        }
        let automatic = !self.touched_by_agent;
        self.came_back(at);
        if self.status.is_solved() {
            self.reopen(at);
        }
        if automatic {
            self.resolve(Resolution::Failed, at);
        }
        self.status = Status::Open;
        self.updated_at = at;
        self
    }

    /// The ticket after a rating; `before` is the one that this one changes. A failure that has another cause than
    /// the rating stays one.
    #[must_use]
    pub fn rated(mut self, value: RatingValue, before: Option<RatingValue>, at: Millis) -> Self {
        if !self.status.is_solved() {
            return self;
        }
        let by_rating = before == Some(RatingValue::Bad) && self.reopened == 0;
        match value {
            RatingValue::Bad => self.resolve(Resolution::Failed, at),
            RatingValue::Good if self.resolution != Some(Resolution::Failed) || by_rating => {
                self.resolve(Resolution::Confirmed, at);
            }
            RatingValue::Good => {}
        }
        self
    }

    /// The ticket once the window in which its requester could object has closed without a word.
    #[must_use]
    pub fn settled(mut self, at: Millis) -> Self {
        if self.status.is_solved() && self.resolution.is_none() {
            self.resolve(Resolution::Silent, at);
        }
        self
    }

    fn resolve(&mut self, resolution: Resolution, at: Millis) {
        if self.resolution != Some(resolution) {
            self.resolution = Some(resolution);
            self.resolved_at = Some(at);
        }
    }
}
