//! The report by mail: whoever wants it gets the last day, week or month on the morning after it ended.

mod text;

use domain::periods::{days_in_words, last_over, next_at, zone};
use domain::words::Period;
use domain::{Millis, UserId};
use store::report_mails::{self, Wish};

use super::{Question, report};
use crate::outbox::Writer;
use crate::settings::Settings;
use crate::{App, Error, Result, settings};

/// When it is sent, on the clock of the installation's time zone.
const HOUR: i8 = 7;

/// What somebody gets by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub every: Period,
    pub next_at: Millis,
}

impl From<Wish> for Subscription {
    fn from(wish: Wish) -> Self {
        Self { every: wish.every, next_at: wish.next_at }
    }
}

pub async fn subscription(app: &App, user: UserId) -> Result<Option<Subscription>> {
    Ok(report_mails::of(&app.db, user).await?.map(Subscription::from))
}

/// From now on `user` gets the report of every such period.
pub async fn subscribe(app: &App, user: UserId, every: Period) -> Result<Subscription> {
    let next_at = next(&*settings::load(app).await?, every, app.now())?;
    let wish = Wish { user, every, next_at };
    let new = wish.clone();
    app.db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { Ok::<_, Error>(report_mails::put(tx, &new).await?) })
        })
        .await?;
    Ok(wish.into())
}

pub async fn unsubscribe(app: &App, user: UserId) -> Result<()> {
    app.db
        .write(move |tx| Box::pin(async move { Ok::<_, Error>(report_mails::delete(tx, user).await?) }))
        .await
}

fn next(settings: &Settings, every: Period, now: Millis) -> Result<Millis> {
    next_at(every, &zone(&settings.time_zone), HOUR, now).ok_or_else(|| {
        Error::Conflict(format!("no {every} begins after {now}: the clock is out of its range"))
    })
}

/// Puts the reports that are due into the outbox. While no mail may leave they stay due.
pub(crate) async fn schedule(app: &App) -> Result<()> {
    let now = app.now();
    let due = report_mails::due(&app.db, now).await?;
    if due.is_empty() {
        return Ok(());
    }
    let writer = Writer::load(app).await?;
    if !writer.settings.may_send() {
        return Ok(());
    }
    for &every in Period::ALL {
        let wishes: Vec<_> = due.iter().filter(|(wish, _)| wish.every == every).collect();
        if wishes.is_empty() {
            continue;
        }
        let (subject, body) = written(app, &writer.settings, every, now).await?;
        let next_at = next(&writer.settings, every, now)?;
        for (wish, address) in wishes {
            send(app, &writer, wish, next_at, address, [&subject, &body]).await?;
        }
    }
    app.wake();
    Ok(())
}

/// Subject and body for the last such period.
async fn written(app: &App, settings: &Settings, every: Period, now: Millis) -> Result<(String, String)> {
    let zone = zone(&settings.time_zone);
    let (from, to) = last_over(every, &zone, now)
        .ok_or_else(|| Error::Conflict(format!("no {every} has ended before {now}")))?;
    let report = report(app, &Question::of(from, to)).await?;
    Ok((text::subject(every, &days_in_words(&zone, from, to)), text::body(&report, settings)))
}

/// Moves the wish on and stores the mail in one transaction: however many replicas try, one mail leaves.
async fn send(
    app: &App,
    writer: &Writer,
    wish: &Wish,
    next_at: Millis,
    address: &str,
    [subject, body]: [&str; 2],
) -> Result<()> {
    let (writer, wish, address) = (writer.clone(), wish.clone(), address.to_owned());
    let (subject, body) = (subject.to_owned(), body.to_owned());
    app.db
        .write(move |tx| {
            let (writer, wish, address) = (writer.clone(), wish.clone(), address.clone());
            let (subject, body) = (subject.clone(), body.clone());
            Box::pin(async move {
                if report_mails::take(tx, &wish, next_at).await? {
                    writer.report(tx, &address, &subject, &body).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await
}
