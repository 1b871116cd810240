//! What every handler is given.

use std::sync::Arc;

use app::App;

use crate::live::Live;
use crate::operations::Counts;

/// Shared by all requests of a process; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub app: Arc<App>,
    pub live: Arc<Live>,
    pub counts: Arc<Counts>,
}

impl AppState {
    pub fn new(app: Arc<App>) -> Self {
        let live = Live::start(&app);
        Self { app, live, counts: Arc::default() }
    }
}
