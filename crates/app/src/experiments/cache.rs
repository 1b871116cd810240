//! The results of experiments, kept until something of them changes: counting ten thousand tickets takes a moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ExperimentId;
use domain::experiments::{Results, results};
use domain::time::DAY;
use store::experiments::{self, Progress};

use crate::{App, Error, Result};

/// What results were counted from: how far the experiment was, and on which day, as the pace is that of the last weeks.
type Stamp = (Progress, i64);

#[derive(Debug, Default)]
pub(crate) struct ResultsCache(Mutex<HashMap<ExperimentId, (Stamp, Arc<Results>)>>);

impl ResultsCache {
    pub(super) async fn get(&self, app: &App, id: ExperimentId, progress: Progress) -> Result<Arc<Results>> {
        let now = app.now();
        let stamp = (progress, now.div_euclid(DAY));
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some((_, results)) = known.filter(|(at, _)| *at == stamp) {
            return Ok(results);
        }
        let seen = experiments::seen(&app.db, id).await?;
        let count = tokio::task::spawn_blocking(move || Arc::new(results(&seen, now)));
        let counted = count.await.map_err(|e| Error::Conflict(e.to_string()))?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (stamp, counted.clone()));
        Ok(counted)
    }
}
