//! The settings of the installation.

use app::ports::SmtpSecurity;
use app::settings::{self, Settings, SettingsChange, WhoMaySwitch};
use axum::extract::State;
use domain::Millis;
use domain::words::TrainWhen;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Json;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, change))
}

/// The settings; the mail server's password is only said to be there.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsView {
    pub company_name: String,
    pub colour: String,
    pub public_url: Option<String>,
    pub reply_address: Option<String>,
    pub from_name: Option<String>,
    pub time_zone: String,
    pub survey_after_ms: Millis,
    pub silent_after_ms: Millis,
    pub blind_share: f64,
    /// How many automatic answers the team looks at again each day.
    pub reviews_a_day: i64,
    /// When a model is trained without being asked for; day of the week (1: Monday) and hour on the clock.
    pub train_when: TrainWhen,
    pub train_weekday: i8,
    pub train_hour: i8,
    pub who_may_switch: WhoMaySwitch,
    pub categories_on_form: bool,
    pub smtp: Option<SmtpView>,
    pub trusted_proxies: Vec<String>,
    /// Shares to exceed, and a median time to the first reply to stay below.
    pub goal_automation: f64,
    pub goal_csat: f64,
    pub goal_first_reply_ms: Option<Millis>,
    /// What an answered ticket and a wrong answer cost an agent, as the team assumes it.
    pub minutes_per_ticket: f64,
    pub minutes_per_mistake: f64,
    pub money_per_hour: Option<f64>,
    pub currency: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SmtpView {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    pub username: Option<String>,
    pub password_set: bool,
}

impl From<&Settings> for SettingsView {
    fn from(s: &Settings) -> Self {
        let s = s.clone();
        Self {
            company_name: s.company_name,
            colour: s.colour,
            public_url: s.public_url,
            reply_address: s.reply_address,
            from_name: s.from_name,
            time_zone: s.time_zone,
            survey_after_ms: s.survey_after_ms,
            silent_after_ms: s.silent_after_ms,
            blind_share: s.blind_share,
            reviews_a_day: s.reviews_a_day,
            train_when: s.train_when,
            train_weekday: s.train_weekday,
            train_hour: s.train_hour,
            who_may_switch: s.who_may_switch,
            categories_on_form: s.categories_on_form,
            smtp: s.smtp.map(|smtp| SmtpView {
                host: smtp.host,
                port: smtp.port,
                security: smtp.security,
                username: smtp.username,
                password_set: smtp.password.is_some(),
            }),
            trusted_proxies: s.trusted_proxies,
            goal_automation: s.goal_automation,
            goal_csat: s.goal_csat,
            goal_first_reply_ms: s.goal_first_reply_ms,
            minutes_per_ticket: s.minutes_per_ticket,
            minutes_per_mistake: s.minutes_per_mistake,
            money_per_hour: s.money_per_hour,
            currency: s.currency,
        }
    }
}

/// The settings as they are.
#[utoipa::path(get, path = "/settings", tag = "settings", responses((status = 200, body = SettingsView)))]
async fn show(State(state): State<AppState>) -> Result<axum::Json<SettingsView>, Problem> {
    Ok(axum::Json((&*settings::load(&state.app).await?).into()))
}

/// Changes the fields that are named.
#[utoipa::path(patch, path = "/settings", tag = "settings", request_body = SettingsChange,
    responses((status = 200, body = SettingsView), (status = 422)))]
async fn change(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<SettingsChange>,
) -> Result<axum::Json<SettingsView>, Problem> {
    Ok(axum::Json((&*settings::change(&state.app, caller.actor, body).await?).into()))
}
