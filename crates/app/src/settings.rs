//! What an installation decides for itself: its name, its addresses, its mail server, its windows of time.
//!
//! Kept one row a field; read once and cached; every replica reads them again within a second of a change.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use domain::Millis;
use domain::metrics::{Goal, GoalKind, Work};
use domain::time::DAY;
use domain::words::TrainWhen;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::events::{Actor, NewEvent};

use crate::ports::Smtp;
use crate::{App, Error, Result};

mod change;
pub use change::{SettingsChange, SmtpChange};

/// Which role may switch automation on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WhoMaySwitch {
    Admin,
    Agent,
}

/// The settings with their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub company_name: String,
    /// `#rrggbb`, the accent of public pages and mails.
    pub colour: String,
    /// Where the world reaches this installation, without a slash at the end. No mail leaves before it is set.
    pub public_url: Option<String>,
    /// Where customers' replies go. No mail leaves before it is set.
    pub reply_address: Option<String>,
    pub from_name: Option<String>,
    /// IANA name; business hours and days of reports are counted in it.
    pub time_zone: String,
    /// How long after solving a rating is asked for.
    pub survey_after_ms: Millis,
    /// How long without a word until a resolution counts as silent.
    pub silent_after_ms: Millis,
    /// Share of tickets that agents answer without having seen a suggestion.
    pub blind_share: f64,
    /// How many automatic answers the team looks at again each day.
    pub reviews_a_day: i64,
    /// When a model is trained without being asked for; day of the week (1: Monday) and hour on the clock.
    pub train_when: TrainWhen,
    pub train_weekday: i8,
    pub train_hour: i8,
    pub who_may_switch: WhoMaySwitch,
    pub categories_on_form: bool,
    pub smtp: Option<Smtp>,
    /// Addresses or networks of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// What the team aims for: shares to exceed, and a median time to the first reply to stay below.
    pub goal_automation: f64,
    pub goal_csat: f64,
    pub goal_first_reply_ms: Option<Millis>,
    /// What an answered ticket and a wrong answer cost an agent. Nobody has measured it here: it is said beside
    /// every number that rests on it.
    pub minutes_per_ticket: f64,
    pub minutes_per_mistake: f64,
    /// What an hour of an agent costs, and in which money (ISO 4217).
    pub money_per_hour: Option<f64>,
    pub currency: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            company_name: "Support".into(),
            colour: "#3b5bdb".into(),
            public_url: None,
            reply_address: None,
            from_name: None,
            time_zone: "UTC".into(),
            survey_after_ms: DAY,
            silent_after_ms: 7 * DAY,
            blind_share: 0.05,
            reviews_a_day: 15,
            train_when: TrainWhen::Enough,
            train_weekday: 7,
            train_hour: 3,
            who_may_switch: WhoMaySwitch::Admin,
            categories_on_form: true,
            smtp: None,
            trusted_proxies: Vec::new(),
            goal_automation: 0.5,
            goal_csat: 0.4,
            goal_first_reply_ms: None,
            minutes_per_ticket: domain::room::MINUTES_PER_TICKET,
            minutes_per_mistake: domain::room::MINUTES_PER_MISTAKE,
            money_per_hour: None,
            currency: "EUR".into(),
        }
    }
}

impl Settings {
    /// Whether mail may leave at all.
    pub fn may_send(&self) -> bool {
        self.public_url.is_some() && self.reply_address.is_some()
    }

    /// An absolute link to `path` (which begins with a slash), once the public address is known.
    pub fn link(&self, path: &str) -> Option<String> {
        self.public_url.as_ref().map(|url| format!("{url}{path}"))
    }

    /// How long to wait after a ticket was solved.
    pub fn waits(&self) -> domain::tickets::Waits {
        domain::tickets::Waits { survey: self.survey_after_ms, silence: self.silent_after_ms }
    }

    /// What work costs, as it is assumed.
    pub fn work(&self) -> Work {
        Work {
            minutes_per_ticket: self.minutes_per_ticket,
            minutes_per_mistake: self.minutes_per_mistake,
            money_per_hour: self.money_per_hour,
            currency: self.currency.clone(),
        }
    }

    /// What the team aims for.
    pub fn goals(&self) -> Vec<Goal> {
        let shares = [(GoalKind::Automation, self.goal_automation), (GoalKind::Csat, self.goal_csat)];
        let time = self.goal_first_reply_ms.map(|ms| (GoalKind::FirstReply, ms as f64));
        shares.into_iter().chain(time).map(|(kind, target)| Goal { kind, target }).collect()
    }

    fn from_rows(rows: Map<String, Value>) -> Result<Self> {
        serde_json::from_value(Value::Object(rows)).map_err(|e| {
            Error::Store(store::Error::Unreadable {
                column: "value of table settings".into(),
                id: String::new(),
                why: e.to_string(),
            })
        })
    }
}

#[derive(Debug, Default)]
pub(crate) struct SettingsCache(ArcSwapOption<Settings>);

/// The settings as they are now, or were less than a second ago.
pub async fn load(app: &App) -> Result<Arc<Settings>> {
    match app.settings.0.load_full() {
        Some(known) => Ok(known),
        None => reload(app).await,
    }
}

/// Reads the settings again.
pub async fn reload(app: &App) -> Result<Arc<Settings>> {
    let fresh = Arc::new(Settings::from_rows(store::settings::all(&app.db).await?)?);
    app.settings.0.store(Some(fresh.clone()));
    Ok(fresh)
}

/// Changes what `change` names, after checking all of it.
pub async fn change(app: &App, actor: Actor, change: SettingsChange) -> Result<Arc<Settings>> {
    let rows = change.checked(&*reload(app).await?)?;
    if rows.is_empty() {
        return load(app).await;
    }
    let now = app.now();
    app.db
        .write(move |tx| {
            let rows = rows.clone();
            Box::pin(async move {
                for (name, value) in &rows {
                    store::settings::put(tx, name, value, now).await?;
                }
                if rows.keys().any(|field| field.starts_with("train_") || field == "time_zone") {
                    crate::models::plan_anew(tx).await?;
                }
                // What was held may leave now, if the addresses are set.
                crate::outbox::release(tx, now).await?;
                let fields: Vec<&String> = rows.keys().collect();
                tx.event(
                    NewEvent::new(now, "settings.changed", actor)
                        .data(&serde_json::json!({ "fields": fields })),
                );
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    reload(app).await
}
