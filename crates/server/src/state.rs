//! What every handler is given.

use std::sync::Arc;

use app::App;

/// Shared by all requests of a process; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub app: Arc<App>,
}

impl AppState {
    pub fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}
