//! How far an installation has come in its first hour.

use crate::{App, Result};

#[derive(Debug, Clone, Copy)]
pub struct Setup {
    pub has_model: bool,
    pub has_answers: bool,
}

pub async fn done(app: &App) -> Result<Setup> {
    Ok(Setup {
        has_model: store::models::in_use(&app.db).await?.is_some(),
        has_answers: store::answers::exist(&app.db).await?,
    })
}
