//! What can be compared: sides that exist, that the switch allows, and that can be told apart from other experiments.

use domain::experiments::{Experiment, Subject};
use domain::policy::Policy;
use domain::words::{ExperimentState, Mode};
use domain::{AnswerId, CategoryId, ExperimentId, Millis};

use super::running::at_most;
use crate::automation::Snapshot;
use crate::fields::Fields;
use crate::{App, Error, Result, templates};

/// An experiment as somebody wants it.
#[derive(Debug, Clone)]
pub struct NewExperiment {
    pub name: String,
    /// None: all categories.
    pub category: Option<CategoryId>,
    pub subject: Subject,
    pub share: f64,
    pub ends_at: Option<Millis>,
    pub reason: Option<String>,
}

pub(super) async fn checked(
    app: &App,
    snapshot: &Snapshot,
    new: NewExperiment,
    by: &str,
    now: Millis,
) -> Result<Experiment> {
    let mut fields = Fields::default();
    let name = fields.line("name", Some(&new.name));
    if name.is_none() {
        fields.wrong("name", "is missing; a few words that say what is compared are expected");
    }
    if !(new.share > 0.0 && new.share <= 1.0) {
        fields.wrong("share", format!("{} is not above 0 and at most 1", new.share));
    }
    if new.ends_at.is_some_and(|end| end <= now) {
        fields.wrong("ends_at", "has passed; a time to come is expected, or none");
    }
    if let Some(unknown) = new.category.filter(|&c| snapshot.category(c).is_none()) {
        fields.wrong("category", format!("there is no category {unknown}"));
    }
    let reason = fields.line("reason", new.reason.as_deref());
    let subject = subject(app, snapshot, &mut fields, new.subject, new.category).await?;
    fields.done()?;
    Ok(Experiment {
        id: ExperimentId(0),
        name: name.unwrap_or_default(),
        category: new.category.unwrap_or(CategoryId::DEFAULT),
        subject,
        share: new.share,
        reason,
        created_by: by.to_owned(),
        created_at: now,
        started_at: None,
        ends_at: new.ends_at,
        ended_at: None,
        end: None,
        adopted: None,
    })
}

async fn subject(
    app: &App,
    snapshot: &Snapshot,
    fields: &mut Fields,
    subject: Subject,
    category: Option<CategoryId>,
) -> Result<Subject> {
    match &subject {
        Subject::Policy { a, b } => {
            let Some(category) = category else {
                fields.wrong("category", "is missing; versions of a policy belong to one category");
                return Ok(subject);
            };
            for version in [a, b] {
                if policy_version(app, snapshot, category, *version).await?.is_none() {
                    fields
                        .wrong("subject", format!("there is no version {version} of the category's policy"));
                }
            }
        }
        Subject::Model { a, b } => {
            let kept = store::models::all(&app.db).await?;
            for version in [a, b] {
                if !kept.iter().any(|m| m.version == *version) {
                    fields.wrong("subject", format!("model {version} is not kept"));
                }
            }
        }
        Subject::Wording { answer, language, a, b } => {
            return Ok(wording(snapshot, fields, *answer, language.clone(), a, b, category));
        }
        Subject::Order { .. } => {}
    }
    Ok(subject)
}

/// Both texts approved beforehand: A is the one that is sent now, B is checked like any other.
fn wording(
    snapshot: &Snapshot,
    fields: &mut Fields,
    answer: AnswerId,
    language: Option<String>,
    a: &str,
    b: &str,
    category: Option<CategoryId>,
) -> Subject {
    let now = text_of(snapshot, answer, language.as_deref());
    if category.is_some() {
        fields.wrong("category", "is not asked for: an answer's wording is compared wherever it is sent");
    }
    if now.is_none() {
        fields.wrong("subject", "there is no such text; an answer with a text in this language is expected");
    } else if !a.is_empty() && now.as_deref() != Some(a) {
        fields.wrong("subject", "side A is not the answer's present text; leave it out to take that");
    }
    let b = fields.body("subject", b);
    if let Err(error) = templates::check(&b) {
        fields.wrong("subject", format!("side B: {error}"));
    }
    Subject::Wording { answer, language, a: now.unwrap_or_default(), b }
}

/// The present text of an answer: the main one, or that of a language.
pub(super) fn text_of(snapshot: &Snapshot, answer: AnswerId, language: Option<&str>) -> Option<String> {
    let answer = snapshot.answer(answer)?;
    match language {
        None => answer.answer.body.clone(),
        Some(language) => answer.variants.iter().find(|v| v.language == language).map(|v| v.body.clone()),
    }
}

/// A kept version of a category's policy; one without a policy of its own has those of the default.
pub(super) async fn policy_version(
    app: &App,
    snapshot: &Snapshot,
    category: CategoryId,
    version: i64,
) -> Result<Option<Policy>> {
    let scope = snapshot.policy(category).policy.category;
    Ok(store::policies::version(&app.db, scope, version).await?)
}

/// Whether it can begin as things are now.
pub(super) async fn can_run(app: &App, snapshot: &Snapshot, experiment: &Experiment) -> Result<()> {
    let conflict = |why: String| Err(Error::Conflict(why));
    if experiment.state() != ExperimentState::Draft {
        return conflict("it was started already".into());
    }
    let on = |mode| matches!(mode, Mode::Suggest | Mode::Auto);
    let category = experiment.category;
    if category != CategoryId::DEFAULT {
        let mode = snapshot.policy(category).policy.mode;
        if !on(mode) {
            return conflict(format!(
                "automation is in {mode} there, so both sides would be the same to customers; switch it to suggest or auto first"
            ));
        }
    }
    match &experiment.subject {
        Subject::Policy { a, b } => {
            let allowed = snapshot.policy(category).policy.mode;
            for version in [*a, *b] {
                match policy_version(app, snapshot, category, version).await? {
                    None => return conflict(format!("version {version} of the policy is gone")),
                    Some(kept) if at_most(kept.mode, allowed) != kept.mode => {
                        return conflict(format!(
                            "version {version} is in {}, and an experiment never does more than the switch, which is in {allowed}; \
                             switch the category to {} first",
                            kept.mode, kept.mode
                        ));
                    }
                    Some(_) => {}
                }
            }
        }
        Subject::Model { a, b } => {
            let kept = store::models::all(&app.db).await?;
            if let Some(gone) = [a, b].into_iter().find(|v| !kept.iter().any(|m| m.version == **v)) {
                return conflict(format!("model {gone} is not kept any more"));
            }
        }
        Subject::Wording { answer, language, a, .. } => {
            if text_of(snapshot, *answer, language.as_deref()).as_deref() != Some(a) {
                return conflict("the answer's text was changed since; make the experiment anew".into());
            }
        }
        Subject::Order { .. } => {}
    }
    Ok(())
}
