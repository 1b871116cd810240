//! A change to the settings, and what is accepted for each of them.

use domain::Millis;
use domain::net::Network;
use domain::time::DAY;
use domain::words::TrainWhen;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Settings, WhoMaySwitch};
use crate::ports::{Smtp, SmtpSecurity};
use crate::{Error, FieldError, Result};

/// Fields left out stay as they are.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    pub company_name: Option<String>,
    /// `#rrggbb`
    pub colour: Option<String>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    pub public_url: Option<Option<String>>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    pub reply_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    pub from_name: Option<Option<String>>,
    pub time_zone: Option<String>,
    pub survey_after_ms: Option<Millis>,
    pub silent_after_ms: Option<Millis>,
    pub blind_share: Option<f64>,
    pub reviews_a_day: Option<i64>,
    pub train_when: Option<TrainWhen>,
    /// 1 (Monday) to 7.
    pub train_weekday: Option<i8>,
    /// 0 to 23, on the clock of the time zone.
    pub train_hour: Option<i8>,
    pub who_may_switch: Option<WhoMaySwitch>,
    pub categories_on_form: Option<bool>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<SmtpChange>)]
    pub smtp: Option<Option<SmtpChange>>,
    pub trusted_proxies: Option<Vec<String>>,
    pub goal_automation: Option<f64>,
    pub goal_csat: Option<f64>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<Millis>)]
    pub goal_first_reply_ms: Option<Option<Millis>>,
    pub minutes_per_ticket: Option<f64>,
    pub minutes_per_mistake: Option<f64>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<f64>)]
    pub money_per_hour: Option<Option<f64>>,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: Option<String>,
}

/// The mail server. A password left out stays; null removes it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpChange {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    pub password: Option<Option<String>>,
}

/// Collects what is wrong, so that a person sees all of it at once.
#[derive(Default)]
struct Checked {
    rows: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Checked {
    fn field<T: serde::Serialize>(
        &mut self,
        name: &str,
        value: Option<T>,
        check: impl FnOnce(&T) -> Result<(), String>,
    ) {
        let Some(value) = value else { return };
        match check(&value) {
            Ok(()) => {
                self.rows.insert(name.to_owned(), json!(value));
            }
            Err(message) => self.errors.push(FieldError::new(name, message)),
        }
    }
}

impl SettingsChange {
    /// The rows to write, or everything that is wrong with them.
    pub(super) fn checked(self, now: &Settings) -> Result<Map<String, Value>> {
        let mut c = Checked::default();
        c.field("company_name", self.company_name.map(|n| n.trim().to_owned()), |n| length(n, 1, 80));
        c.field("colour", self.colour, |v| colour(v));
        c.field(
            "public_url",
            self.public_url.map(|url| url.map(|url| url.trim_end_matches('/').to_owned())),
            |url| url.as_deref().map_or(Ok(()), public_url),
        );
        c.field("reply_address", self.reply_address, |a| a.as_deref().map_or(Ok(()), address));
        c.field("from_name", self.from_name, |n| n.as_deref().map_or(Ok(()), |n| length(n, 1, 80)));
        c.field("time_zone", self.time_zone, |zone| {
            domain::time::is_zone(zone)
                .then_some(())
                .ok_or(format!("{zone:?} is not a time zone; one like Europe/Berlin is expected"))
        });
        c.field("survey_after_ms", self.survey_after_ms, |&ms| within(ms, 1000, 30 * DAY));
        c.field("silent_after_ms", self.silent_after_ms, |&ms| within(ms, 1000, 30 * DAY));
        c.field("blind_share", self.blind_share, |share| {
            (0.02..=0.5)
                .contains(share)
                .then_some(())
                .ok_or(format!("{share} is not a share from 0.02 to 0.5"))
        });
        c.field("reviews_a_day", self.reviews_a_day, |&n| within(n, 1, 1000));
        c.field("train_when", self.train_when, |_| Ok(()));
        c.field("train_weekday", self.train_weekday, |&day| one_of(day, 1, 7));
        c.field("train_hour", self.train_hour, |&hour| one_of(hour, 0, 23));
        c.field("who_may_switch", self.who_may_switch, |_| Ok(()));
        c.field("categories_on_form", self.categories_on_form, |_| Ok(()));
        c.field("smtp", self.smtp.map(|smtp| smtp.map(|smtp| smtp.merged(now.smtp.as_ref()))), |smtp| {
            smtp.as_ref().map_or(Ok(()), |smtp| length(&smtp.host, 1, 253).map_err(|e| format!("host: {e}")))
        });
        c.field("trusted_proxies", self.trusted_proxies, |all| {
            all.iter().try_for_each(|one| one.parse::<Network>().map(drop).map_err(|e| e.to_string()))
        });
        c.field("goal_automation", self.goal_automation, |&share| between(share, 0.0, 1.0));
        c.field("goal_csat", self.goal_csat, |&share| between(share, 0.0, 1.0));
        c.field("goal_first_reply_ms", self.goal_first_reply_ms, |ms| {
            ms.map_or(Ok(()), |ms| within(ms, 1000, 14 * DAY))
        });
        c.field("minutes_per_ticket", self.minutes_per_ticket, |&minutes| between(minutes, 0.0, 600.0));
        c.field("minutes_per_mistake", self.minutes_per_mistake, |&minutes| between(minutes, 0.0, 600.0));
        c.field("money_per_hour", self.money_per_hour, |money| {
            money.map_or(Ok(()), |money| between(money, 0.0, 1e6))
        });
        c.field("currency", self.currency.map(|c| c.trim().to_uppercase()), |currency| {
            let ok = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
            ok.then_some(()).ok_or(format!("{currency:?} is not a currency code like EUR"))
        });
        if c.errors.is_empty() { Ok(c.rows) } else { Err(Error::Invalid(c.errors)) }
    }
}

impl SmtpChange {
    fn merged(self, old: Option<&Smtp>) -> Smtp {
        let password = self.password.unwrap_or_else(|| old.and_then(|smtp| smtp.password.clone()));
        Smtp {
            host: self.host.trim().to_owned(),
            port: self.port,
            security: self.security,
            username: self.username,
            password,
        }
    }
}

fn length(text: &str, least: usize, most: usize) -> Result<(), String> {
    let n = text.chars().count();
    (least..=most).contains(&n).then_some(()).ok_or(format!("{n} characters; {least} to {most} are expected"))
}

fn between(value: f64, least: f64, most: f64) -> Result<(), String> {
    (least..=most).contains(&value).then_some(()).ok_or(format!("{value}; {least} to {most} are expected"))
}

fn one_of(value: i8, least: i8, most: i8) -> Result<(), String> {
    (least..=most).contains(&value).then_some(()).ok_or(format!("{value}; {least} to {most} are expected"))
}

fn within(ms: Millis, least: Millis, most: Millis) -> Result<(), String> {
    (least..=most).contains(&ms).then_some(()).ok_or(format!("{ms} ms; {least} to {most} are expected"))
}

fn colour(text: &str) -> Result<(), String> {
    let hex = text.strip_prefix('#').unwrap_or_default();
    let ok = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    ok.then_some(()).ok_or(format!("{text:?} is not a colour like #3b5bdb"))
}

/// `https://host[:port]`, or http for a test; never a path, because cookies and links are for the whole host.
fn public_url(url: &str) -> Result<(), String> {
    let wrong = || format!("{url:?} is not an address like https://support.example.com");
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or_else(wrong)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if host.is_empty() || !host.chars().all(plain) { Err(wrong()) } else { Ok(()) }
}

fn address(text: &str) -> Result<(), String> {
    domain::net::is_mail_address(text).then_some(()).ok_or(format!("{text:?} is not a mail address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once_and_nothing_is_kept() {
        let change: SettingsChange = serde_json::from_value(json!({
            "colour": "blue", "public_url": "ftp://x", "reply_address": "nobody", "time_zone": "Mars/Base",
            "survey_after_ms": 1, "blind_share": 0.0, "trusted_proxies": ["10.0.0.0/99"], "company_name": "Acme"
        }))
        .unwrap();
        let Err(Error::Invalid(errors)) = change.checked(&Settings::default()) else { panic!("accepted") };
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "colour",
                "public_url",
                "reply_address",
                "time_zone",
                "survey_after_ms",
                "blind_share",
                "trusted_proxies"
            ]
        );
    }

    #[test]
    fn a_password_left_out_stays_and_null_removes_it() {
        let old = Smtp {
            host: "a".into(),
            port: 25,
            security: SmtpSecurity::None,
            username: None,
            password: Some("p".into()),
        };
        let read = |text: &str| serde_json::from_str::<SmtpChange>(text).unwrap().merged(Some(&old)).password;
        assert_eq!(read(r#"{"host":"b","port":25,"security":"none"}"#), Some("p".into()));
        assert_eq!(read(r#"{"host":"b","port":25,"security":"none","password":null}"#), None);
    }
}
