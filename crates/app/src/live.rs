//! What other processes did, seen here within a second: the events table is read again and again from a little
//! before the last event seen, because transactions may commit in another order than their ids.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::EventId;
use store::events::{self, OVERLAP};

use crate::{App, Result, housekeeping, settings};

pub use store::events::Change;

/// How often a process looks for what others changed.
const EVERY: Duration = Duration::from_millis(400);
/// Looks between two clean-ups: about a minute.
const LOOKS: u32 = 150;
/// Most changes told at once. Where more happened, listeners are told to read everything again.
const MOST: i64 = 2_000;

/// Which events were seen already, remembered for as long as late ones may turn up.
#[derive(Debug, Default)]
pub struct Seen(BTreeSet<EventId>);

impl Seen {
    /// Nothing before `last` is news.
    pub fn from(last: EventId) -> Self {
        Self(BTreeSet::from([last]))
    }

    /// Where to read again from.
    pub fn after(&self) -> EventId {
        self.0.last().map_or(EventId(0), |last| EventId(last.0 - OVERLAP))
    }

    /// Whether `id` is seen for the first time.
    pub fn first_time(&mut self, id: EventId) -> bool {
        self.0.insert(id)
    }

    /// Drops what is too old to turn up again.
    pub fn forget_old(&mut self) {
        self.0 = self.0.split_off(&EventId(self.after().0 + 1));
    }
}

/// Heeds what other processes changed, until `stop` resolves.
pub async fn follow(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut seen: Option<Seen> = None;
    let mut looks = 0;
    loop {
        if let Err(error) = look(&app, &mut seen).await {
            tracing::error!(%error, "cannot look for what other processes changed");
        }
        if looks % LOOKS == 0
            && let Err(error) = housekeeping::run_if_due(&app).await
        {
            tracing::error!(%error, "cannot clean up");
        }
        looks = looks.wrapping_add(1);
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn look(app: &App, seen: &mut Option<Seen>) -> Result<()> {
    let Some(seen) = seen else {
        // What was cached before the first look may be older than it.
        *seen = Some(Seen::from(events::last(&app.db).await?));
        settings::reload(app).await?;
        return Ok(());
    };
    let news = events::to_heed(&app.db, seen.after()).await?;
    for event in news.into_iter().filter(|event| seen.first_time(event.id)) {
        app.callers.forget();
        match event.kind.as_str() {
            "settings.changed" => drop(settings::reload(app).await?),
            "keys.changed" => app.keys.forget(),
            _ => {}
        }
    }
    seen.forget_old();
    Ok(())
}

/// What happened since a listener last looked.
#[derive(Debug)]
pub enum News {
    Changes(Vec<Change>),
    /// Too much to tell one by one.
    TooMuch,
}

/// What is new to `seen`, oldest first.
pub async fn news(app: &App, seen: &mut Seen) -> Result<News> {
    let mut changes = events::changes(&app.db, seen.after(), MOST).await?;
    let all_new = changes.len() as i64 == MOST && changes.iter().all(|change| !seen.0.contains(&change.id));
    changes.retain(|change| seen.first_time(change.id));
    changes.reverse();
    seen.forget_old();
    Ok(if all_new { News::TooMuch } else { News::Changes(changes) })
}

/// Where a listener begins: all that happened until now is known.
pub async fn begin(app: &App) -> Result<Seen> {
    let mut seen = Seen::from(events::last(&app.db).await?);
    // What commits late from here on is news; what is there is not.
    for change in events::changes(&app.db, seen.after(), MOST).await? {
        seen.first_time(change.id);
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_events_are_news_once() {
        let mut seen = Seen::from(EventId(10 * OVERLAP));
        assert!(seen.first_time(EventId(10 * OVERLAP - 5)), "committed late");
        assert!(!seen.first_time(EventId(10 * OVERLAP - 5)));
        assert!(seen.first_time(EventId(12 * OVERLAP)));
        seen.forget_old();
        assert_eq!(seen.0.len(), 1);
        assert_eq!(seen.after(), EventId(11 * OVERLAP));
    }
}
