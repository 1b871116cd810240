//! The learner: a ticket's text becomes ranked answers, calibrated probabilities, and a certificate that says how
//! far they may be trusted. It knows no database and no clock, and can be used alone.
//!
//! ```
//! use learn::{Config, Row, Verdict, certify, fit};
//! let rows: Vec<Row> = (0..400)
//!     .map(|i| match i % 4 {
//!         0 => Row::new(i, format!("my card {i} has not arrived yet"), Some("card_arrival")),
//!         1 => Row::new(i, format!("card still missing after {i} days"), Some("card_arrival")),
//!         2 => Row::new(i, "i forgot my password, help", Some("password")),
//!         _ => Row::new(i, "cannot log in: wrong password", Some("password")),
//!     })
//!     .collect();
//! let model = fit(&rows, &Config::default(), &|_, _| {})?;
//! let Verdict::Certified(certificate) = certify(model.scores(), 0.95, 0.05) else { panic!("not certified") };
//! let reading = model.read("is my card lost?");
//! assert_eq!(reading.ranked[0].label, "card_arrival");
//! assert!(certificate.threshold <= 1.0);
//! # Ok::<(), learn::Error>(())
//! ```

#![warn(missing_docs)]

use std::sync::Arc;

mod backtest;
mod binomial;
mod calibrate;
mod certify;
mod compare;
mod drift;
mod embedded;
mod error;
mod evaluate;
mod explain;
mod file;
mod fit;
mod grams;
mod lang;
mod linalg;
mod linear;
mod logistic;
mod look;
mod measure;
mod model;
mod neighbours;
mod quote;
mod random;
mod rerank;
mod roles;
mod signals;
mod text;
mod vocabulary;
mod weights;

pub use backtest::{Backtest, Plan, Point, Step, backtest, curve};
pub use binomial::{binomial_tail, interval};
pub use calibrate::{Bin, calibration};
pub use certify::{Certificate, Scored, Verdict, attempt_delta, certify};
pub use compare::{Comparison, compare, compare_by};
pub use drift::{Drift, Glance, Shift, drift};
pub use embed::Encoder;
pub use error::Error;
pub use evaluate::{About, Evaluation, Proof, Quantiles, Selective, Sets, Unknown, evaluate};
pub use explain::Word;
pub use fit::{fit, fit_with_roles};
pub use lang::{Language, language};
pub use measure::{Figures, auroc};
pub use model::{Counts, Model, Neighbour, Ranked, Reading, Summary};
pub use quote::normalise;
pub use roles::Role;

/// A past ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The ticket's number; must be its own.
    pub id: i64,
    /// What [`normalise`] returned.
    pub text: String,
    /// The answer that was right; `None` for a question that no answer fits.
    pub label: Option<String>,
    /// What it teaches instead, where a person has mended the label since. `label` goes on selecting, certifying and
    /// reporting, so that nobody can mend their way to a certificate.
    pub mend: Option<Mend>,
    /// The requester: roles are split by it.
    pub group: u64,
    /// When it came, in milliseconds since 1970 UTC, if known.
    pub at: Option<i64>,
    /// How much it counts in training: 1, or the inverse of the logged chance of seeing its label.
    pub weight: f32,
    /// Whether the label was given without seeing a suggestion. Only such tickets select, certify and report.
    pub certifies: bool,
}

impl Row {
    /// A ticket of its own requester, without a time, that counts once and certifies.
    pub fn new(id: i64, text: impl Into<String>, label: Option<&str>) -> Self {
        Self {
            id,
            text: text.into(),
            label: label.map(str::to_owned),
            mend: None,
            group: id as u64,
            at: None,
            weight: 1.0,
            certifies: true,
        }
    }
}

/// What a mended ticket teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The answer that is right; `None` when no answer fits.
    pub label: Option<String>,
}

/// How the tickets are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Four disjoint roles; what the model's certificate says holds for the model itself.
    #[default]
    Split,
    /// Every ticket fits, nothing is kept back; scores must come from elsewhere.
    CrossFit,
}

/// How to train. The defaults are meant to be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Decides every random choice; the same seed gives the same model.
    pub seed: u64,
    /// Reads meanings beside the n-grams; slower by milliseconds a text, and better.
    pub encoder: Option<Arc<Encoder>>,
    /// Worker threads; 0 for as many as there are processors.
    pub threads: usize,
    /// What the tickets' roles are.
    pub method: Method,
    /// Share of the stream that no answer fits, where it is known to differ from the tickets' own. `None`: as among
    /// the tickets that select.
    pub unknown_share: Option<f64>,
    /// Rounds of out-of-fold scoring.
    pub folds: usize,
    /// C of the support vector machines.
    pub cost: f32,
    /// Where their optimisation stops: the largest step that is still to be made.
    pub tolerance: f32,
    /// The most passes over the tickets.
    pub passes: usize,
    /// The most n-grams that training looks at.
    pub most_features: usize,
    /// The most weights that the model keeps.
    pub most_weights: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            encoder: None,
            threads: 0,
            method: Method::Split,
            unknown_share: None,
            folds: 5,
            cost: 1.0,
            tolerance: 0.02,
            passes: 30,
            most_features: 200_000,
            most_weights: weights::MOST,
        }
    }
}

/// What training is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Texts become n-grams.
    Features,
    /// With an encoder only; within [`Phase::Features`].
    Embeddings,
    /// Every ticket that fits is scored by a model that did not see it.
    OutOfFold,
    /// The gate is fitted to these scores.
    Gate,
    /// The model that is used is fitted.
    Final,
}
