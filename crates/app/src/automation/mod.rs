//! What decisions rest on, kept ready in memory: categories, answers, rules, policies, certificates and the model.
//!
//! Truth is in the database. A stamp there is raised by every change; each process looks at it a few times a
//! second while it decides, and reads again when it has moved, so that a switch reaches all replicas at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use domain::answers::Category;
use domain::certificate::{Certificate, Standing};
use domain::guardrail::Pause;
use domain::policy::{NeverList, Policy};
use domain::rules::{Question, ReadyRule};
use domain::{AnswerId, CategoryId, Millis};
use store::drifts::Look;
use store::guardrails::Guardrail;
use tokio::time::Instant;

use crate::experiments::Running;
use crate::{App, Error, Result, keys, settings};

mod answer;
pub(crate) use answer::BELIEVED;
pub use answer::ReadyAnswer;

/// How long what was read may be used without looking at the stamp.
const FRESH: Duration = Duration::from_millis(250);

/// A policy with its never-list made ready.
#[derive(Debug, Clone)]
pub struct ReadyPolicy {
    pub policy: Policy,
    pub never: NeverList,
}

impl ReadyPolicy {
    pub(crate) fn new(policy: Policy) -> Self {
        Self { never: NeverList::new(&policy.never), policy }
    }
}

/// The model in use.
pub struct InUse {
    pub version: i64,
    pub model: learn::Model,
}

impl std::fmt::Debug for InUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "model {}", self.version)
    }
}

/// A model in use that this process cannot read: agents answer until that is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub version: i64,
    pub why: learn::Error,
}

impl Unreadable {
    /// Whether only a new training helps: one that wants an encoder may still be given it.
    pub(crate) fn is_lost(&self) -> bool {
        !matches!(self.why, learn::Error::Encoder { .. })
    }

    pub fn in_words(&self) -> String {
        format!("model {} cannot be read: {}", self.version, self.why)
    }
}

/// All of it, as it was at one moment.
#[derive(Debug)]
pub struct Snapshot {
    stamp: i64,
    /// How often a switch had been changed: a decision is written only while that holds.
    pub(crate) switches: i64,
    /// By name.
    pub categories: Vec<Category>,
    /// By title.
    pub answers: Vec<Arc<ReadyAnswer>>,
    by_id: HashMap<AnswerId, Arc<ReadyAnswer>>,
    /// In the order in which they are asked.
    pub rules: Vec<ReadyRule>,
    policies: HashMap<CategoryId, ReadyPolicy>,
    /// The last attempts of each scope, newest first: one for each model and promise.
    certificates: HashMap<CategoryId, Vec<Certificate>>,
    guardrails: HashMap<CategoryId, Guardrail>,
    drifts: HashMap<CategoryId, Look>,
    pub model: Option<Arc<InUse>>,
    pub unreadable: Option<Unreadable>,
    pub(crate) experiments: Vec<Running>,
    pub(crate) arms_key: Vec<u8>,
}

impl Snapshot {
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|c| c.id == id)
    }

    pub fn answer(&self, id: AnswerId) -> Option<&Arc<ReadyAnswer>> {
        self.by_id.get(&id)
    }

    /// The category's policy, or the default for those that have none of their own.
    pub fn policy(&self, category: CategoryId) -> &ReadyPolicy {
        self.policies.get(&category).unwrap_or_else(|| &self.policies[&CategoryId::DEFAULT])
    }

    /// The last attempt to certify that speaks for the category: its own, or the pooled one.
    pub fn certificate(&self, category: CategoryId) -> Option<&Certificate> {
        let policy = &self.policy(category).policy;
        let scope = if policy.pooled { CategoryId::DEFAULT } else { category };
        self.last_attempt(scope, policy, self.model_version())
    }

    /// The last attempt for a scope (a category, or 0 for the pooled one) under this promise with this model; failing
    /// that, whichever was the last.
    pub(crate) fn last_attempt(
        &self,
        scope: CategoryId,
        policy: &Policy,
        model_version: Option<i64>,
    ) -> Option<&Certificate> {
        let all = self.certificates.get(&scope)?;
        all.iter().find(|c| c.is_current(policy, model_version, c.created_at)).or(all.first())
    }

    pub fn guardrail(&self, category: CategoryId) -> Option<&Guardrail> {
        self.guardrails.get(&category)
    }

    /// Whether the last look found that a scope's questions have changed.
    pub fn has_drifted(&self, scope: CategoryId) -> bool {
        self.drifts.get(&scope).is_some_and(|look| look.drifted.is_some())
    }

    /// Only labels of tickets that came after this may certify a scope anew: what was wrong or has changed puts the
    /// earlier ones in doubt.
    pub fn labels_from(&self, scope: CategoryId) -> Option<Millis> {
        let refuted = self.guardrail(scope).and_then(|g| g.labels_from);
        refuted.max(self.drifts.get(&scope).and_then(|look| look.labels_from))
    }

    /// The guardrail's pause of the category, if there is one.
    pub fn pause(&self, category: CategoryId) -> Option<&Pause> {
        self.guardrail(category)?.pause.as_ref()
    }

    pub fn standing(&self, category: CategoryId, now: Millis) -> Standing {
        self.standing_of(category, &self.policy(category).policy, self.model_version(), now)
    }

    /// What is proved of a policy and a model that an experiment puts in place of those in force.
    pub(crate) fn standing_of(
        &self,
        category: CategoryId,
        policy: &Policy,
        model_version: Option<i64>,
        now: Millis,
    ) -> Standing {
        let in_force = &self.policy(category).policy;
        // A certificate does not say for which languages and categories it was made: for those in force.
        if policy.languages != in_force.languages || policy.pooled != in_force.pooled {
            return Standing::Missing("the certificate is for other languages or categories".into());
        }
        let scope = if policy.pooled { CategoryId::DEFAULT } else { category };
        Certificate::standing(self.last_attempt(scope, policy, model_version), policy, model_version, now)
    }

    pub fn model_version(&self) -> Option<i64> {
        self.model.as_ref().map(|m| m.version)
    }

    /// The first rule that applies.
    pub fn rule(&self, question: Question<'_>) -> Option<&ReadyRule> {
        self.rules.iter().find(|rule| rule.applies(question))
    }

    /// Where a predicted answer's tickets are routed.
    pub fn category_of(&self, answer: AnswerId) -> CategoryId {
        self.answer(answer).and_then(|a| a.answer.category).unwrap_or(CategoryId::UNCATEGORISED)
    }

    /// The label that an answer has for the learner: interchangeable answers share one.
    pub fn label(&self, answer: AnswerId) -> AnswerId {
        let Some(group) = self.answer(answer).and_then(|a| a.answer.interchangeable) else { return answer };
        let same = self.answers.iter().filter(|a| a.answer.interchangeable == Some(group));
        same.map(|a| a.answer.id).min().unwrap_or(answer)
    }

    /// Of a predicted label's interchangeable answers, the one to use in a language: one that can be sent, if any.
    pub fn usable(&self, label: AnswerId, language: Option<&str>) -> AnswerId {
        let Some(group) = self.answer(label).and_then(|a| a.answer.interchangeable) else { return label };
        let mut same = self.answers.iter().filter(|a| a.answer.interchangeable == Some(group));
        same.find(|a| a.text(language).is_ok()).map_or(label, |a| a.answer.id)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Automation {
    snapshot: ArcSwapOption<Snapshot>,
    looked: Mutex<Option<Instant>>,
    loading: tokio::sync::Mutex<()>,
}

impl Automation {
    /// Makes the next one who asks look at the stamp.
    pub(crate) fn look_again(&self) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn fresh(&self) -> Option<Arc<Snapshot>> {
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.filter(|at| at.elapsed() < FRESH).and_then(|_| self.snapshot.load_full())
    }

    fn looked_now(&self) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// What decisions rest on now, or rested on a quarter of a second ago.
pub async fn snapshot(app: &App) -> Result<Arc<Snapshot>> {
    let state = &app.automation;
    if let Some(snapshot) = state.fresh() {
        return Ok(snapshot);
    }
    let _one = state.loading.lock().await;
    if let Some(snapshot) = state.fresh() {
        return Ok(snapshot);
    }
    let stamp = store::automation::stamp(&app.db).await?;
    let known = state.snapshot.load_full();
    if let Some(known) = known.clone().filter(|known| known.stamp == stamp) {
        state.looked_now();
        return Ok(known);
    }
    // What changes while it is read moves the stamp once more.
    let fresh = Arc::new(read(app, stamp, known.as_deref()).await?);
    state.snapshot.store(Some(fresh.clone()));
    state.looked_now();
    Ok(fresh)
}

async fn read(app: &App, stamp: i64, known: Option<&Snapshot>) -> Result<Snapshot> {
    let db = &app.db;
    // Before the policies: what is switched while they are read makes the count too small, never too large.
    let switches = store::switches::count(db).await?;
    let mut variants: HashMap<AnswerId, Vec<_>> = HashMap::new();
    for (answer, variant) in store::answers::variants(db).await? {
        variants.entry(answer).or_default().push(variant);
    }
    let ready = |answer: domain::answers::Answer| {
        let variants = variants.remove(&answer.id).unwrap_or_default();
        Arc::new(ReadyAnswer::new(answer, variants))
    };
    let answers: Vec<_> = store::answers::all(db).await?.into_iter().map(ready).collect();
    let blind = settings::load(app).await?.blind_share.max(domain::policy::LEAST_BLIND);
    let mut policies =
        HashMap::from([(CategoryId::DEFAULT, ReadyPolicy::new(Policy { blind, ..Policy::default() }))]);
    for policy in store::policies::all(db).await? {
        policies.insert(policy.category, ReadyPolicy::new(policy));
    }
    let mut certificates: HashMap<CategoryId, Vec<Certificate>> = HashMap::new();
    for certificate in store::certificates::latest(db).await? {
        certificates.entry(certificate.category).or_default().push(certificate);
    }
    let guardrails = store::guardrails::all(db).await?;
    let drifts = store::drifts::all(db).await?;
    let (model, unreadable) = match read_model(app, known).await? {
        None => (None, None),
        Some(Ok(model)) => (Some(model), None),
        Some(Err(unreadable)) => (None, Some(unreadable)),
    };
    let experiments = crate::experiments::ready(app, &policies, model.as_ref(), known).await?;
    Ok(Snapshot {
        stamp,
        switches,
        categories: store::categories::all(db).await?,
        by_id: answers.iter().map(|a| (a.answer.id, a.clone())).collect(),
        answers,
        rules: store::rules::all(db).await?.into_iter().map(ReadyRule::new).collect(),
        policies,
        certificates,
        guardrails: guardrails.into_iter().map(|g| (g.category, g)).collect(),
        drifts: drifts.into_iter().map(|look| (look.category, look)).collect(),
        model,
        unreadable,
        experiments,
        arms_key: keys::secret(app, "arms").await?,
    })
}

/// The model in use, read from the database unless it was read before.
async fn read_model(app: &App, known: Option<&Snapshot>) -> Result<Option<Result<Arc<InUse>, Unreadable>>> {
    let Some(info) = store::models::in_use(&app.db).await? else { return Ok(None) };
    let version = info.version;
    if let Some(known) = known {
        if let Some(model) = known.model.clone().filter(|m| m.version == version) {
            return Ok(Some(Ok(model)));
        }
        if let Some(unreadable) = known.unreadable.clone().filter(|m| m.version == version) {
            return Ok(Some(Err(unreadable)));
        }
    }
    let read = load_model(app, version).await?;
    if let Err(unreadable) = &read {
        tracing::error!("{}; agents answer until then", unreadable.in_words());
    }
    Ok(Some(read))
}

/// A kept version, read from the database.
pub(crate) async fn load_model(app: &App, version: i64) -> Result<Result<Arc<InUse>, Unreadable>> {
    let content = store::models::content(&app.db, version).await?;
    let encoder = app.encoder.clone();
    let read =
        tokio::task::spawn_blocking(move || learn::Model::from_bytes(&content, encoder.as_ref())).await;
    let read = read.map_err(|e| Error::Conflict(format!("reading model {version} stopped: {e}")))?;
    Ok(read.map(|model| Arc::new(InUse { version, model })).map_err(|why| Unreadable { version, why }))
}
