//! Where a command works: the data directory, the database, the address; from options, the environment or
//! `deskwise.toml`, in this order.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::App;
use domain::time::{SharedClock, SystemClock};
use learn::Encoder;
use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};
use store::{DatabaseUrl, Db};

use crate::failure::Failure;

#[derive(Debug, clap::Args)]
pub(crate) struct PlaceOptions {
    /// The directory that holds the data [default: deskwise-data, for demo deskwise-demo]
    #[arg(long, global = true, env = "DESKWISE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// sqlite:PATH or <postgres://USER@HOST/NAME> [default: SQLite in the data directory]
    #[arg(long, global = true, env = "DESKWISE_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    /// The configuration file [default: deskwise.toml, if there is one]
    #[arg(long, global = true, env = "DESKWISE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// A sentence-transformers directory whose embeddings are used beside the n-grams (`make model` obtains one)
    #[arg(long, global = true, env = "DESKWISE_MODEL", value_name = "DIR")]
    model: Option<PathBuf>,
}

/// What `deskwise.toml` may say.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    listen: Option<String>,
    model: Option<PathBuf>,
}

/// Where a command works.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) data: PathBuf,
    pub(crate) database: DatabaseUrl,
    /// The address that `deskwise.toml` names.
    pub(crate) listen: Option<String>,
    /// The encoder's directory.
    model: Option<PathBuf>,
}

impl PlaceOptions {
    /// `default_data` is where the data lie when nobody says otherwise.
    pub(crate) fn resolve(self, default_data: &str) -> Result<Place, Failure> {
        let file = self.file()?;
        let data = self.data.or(file.data).unwrap_or_else(|| PathBuf::from(default_data));
        let database = match self.database.or(file.database) {
            Some(url) => DatabaseUrl::parse(&url).map_err(|e| Failure::usage(e.to_string()))?,
            None => DatabaseUrl::in_dir(&data),
        };
        Ok(Place { data, database, listen: file.listen, model: self.model.or(file.model) })
    }

    fn file(&self) -> Result<File, Failure> {
        let (path, asked_for) = match &self.config {
            Some(path) => (path.as_path(), true),
            None => (Path::new("deskwise.toml"), false),
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && !asked_for => return Ok(File::default()),
            Err(e) => return Err(Failure::failed(format!("{}: {e}", path.display()))),
        };
        toml::from_str(&text).map_err(|e| Failure::usage(format!("{}: {}", path.display(), e.message())))
    }
}

impl Place {
    /// Opens the database with the machine's clock and randomness, and the encoder if one is configured.
    pub(crate) async fn open(&self) -> Result<Arc<App>, Failure> {
        self.open_with(Arc::new(SystemClock), machine_random()?).await
    }

    /// For work that reads no text and should not wait for the encoder.
    pub(crate) async fn open_without_encoder(&self) -> Result<Arc<App>, Failure> {
        self.app(Arc::new(SystemClock), machine_random()?, None).await
    }

    pub(crate) async fn open_with(&self, clock: SharedClock, random: StdRng) -> Result<Arc<App>, Failure> {
        self.app(clock, random, self.encoder()?).await
    }

    /// What reads meanings, if it is configured.
    pub(crate) fn encoder(&self) -> Result<Option<Arc<Encoder>>, Failure> {
        let encoder = self.model.as_deref().map(Encoder::open).transpose();
        Ok(encoder.map_err(|e| Failure::failed(format!("the directory given as model: {e}")))?.map(Arc::new))
    }

    async fn app(
        &self,
        clock: SharedClock,
        random: StdRng,
        encoder: Option<Arc<Encoder>>,
    ) -> Result<Arc<App>, Failure> {
        let db = Db::open(&self.database).await?;
        Ok(App::new(db, clock, Arc::new(channels::SmtpMailer::default()), random, encoder))
    }
}

fn machine_random() -> Result<StdRng, Failure> {
    StdRng::try_from_rng(&mut SysRng)
        .map_err(|e| Failure::failed(format!("the machine gives no randomness: {e}")))
}
