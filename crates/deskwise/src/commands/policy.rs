//! `deskwise policy`: the switches of all categories, set, written to a file and read back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::policies::{self, Scope};
use app::{App, Caller, automation};
use domain::CategoryId;
use domain::answers::category_key;
use domain::policy::{Policy, PolicyChange};
use domain::words::Mode;

use crate::failure::Failure;

/// Categories still to come, in a file.
const LATER: &str = "*";

/// Set, export and compare what may be answered automatically
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  deskwise policy set --all --mode shadow\n  \
    deskwise policy set --category Billing --mode auto --precision 0.95\n  \
    deskwise policy export > policies.json\n  deskwise policy diff policies.json")]
pub(crate) struct PolicyCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Change one category, or all of them and those still to come
    #[command(after_help = "Example:\n  deskwise policy set --category Billing --mode auto --precision 0.97")]
    Set(Set),
    /// Write all policies to standard output, as JSON
    #[command(after_help = "Example:\n  deskwise policy export > policies.json")]
    Export,
    /// Make all policies what FILE says
    #[command(after_help = "Example:\n  deskwise policy apply policies.json")]
    Apply { file: PathBuf },
    /// Show in what the policies differ from FILE; exit code 1 when they do
    #[command(after_help = "Example:\n  deskwise policy diff policies.json")]
    Diff { file: PathBuf },
}

#[derive(Debug, clap::Args)]
struct Set {
    /// The category's name
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    category: Option<String>,
    /// Every category, and those still to come
    #[arg(long)]
    all: bool,
    /// off, shadow, suggest or auto
    #[arg(long, value_parser = mode)]
    mode: Option<Mode>,
    /// The precision that sent answers must have, from 0.5 to 0.999
    #[arg(long)]
    precision: Option<f64>,
    /// Why, for the audit
    #[arg(long)]
    reason: Option<String>,
}

fn mode(text: &str) -> Result<Mode, String> {
    text.parse().map_err(|e: domain::words::UnknownWord| e.to_string())
}

type Policies = BTreeMap<String, PolicyChange>;

impl PolicyCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        match self.action {
            Action::Set(set) => set.run(app).await,
            Action::Export => {
                let text = serde_json::to_string_pretty(&current(app).await?);
                println!("{}", text.map_err(|e| Failure::failed(e.to_string()))?);
                Ok(())
            }
            Action::Apply { file } => apply(app, &file).await,
            Action::Diff { file } => diff(app, &file).await,
        }
    }
}

impl Set {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let scope = match &self.category {
            Some(name) => Scope::Category(named(app, name).await?),
            None => Scope::All,
        };
        let change = PolicyChange {
            mode: self.mode,
            precision: self.precision,
            reason: self.reason,
            ..PolicyChange::default()
        };
        let count = policies::set(app, &Caller::command_line(), scope, change).await?;
        let categories = if count == 1 { "policy" } else { "policies" };
        println!("{count} {categories} set");
        explain(app, scope).await
    }
}

/// Says where automatic answers were asked for and cannot be sent yet.
async fn explain(app: &App, scope: Scope) -> Result<(), Failure> {
    let snapshot = automation::snapshot(app).await?;
    for category in &snapshot.categories {
        let asked = snapshot.policy(category.id).policy.mode;
        let (effective, why) = policies::effective(&snapshot, category.id, app.now());
        let concerned = scope == Scope::All || scope == Scope::Category(category.id);
        if let (true, true, Some(why)) = (concerned, effective != asked, why) {
            println!("{}: {asked} acts as {effective}: {why}", category.name);
        }
    }
    Ok(())
}

async fn named(app: &App, name: &str) -> Result<CategoryId, Failure> {
    if name == LATER {
        return Ok(CategoryId::DEFAULT);
    }
    let snapshot = automation::snapshot(app).await?;
    let key = category_key(name);
    snapshot.categories.iter().find(|c| category_key(&c.name) == key).map(|c| c.id).ok_or_else(|| {
        let names: Vec<&str> = snapshot.categories.iter().map(|c| c.name.as_str()).collect();
        Failure::usage(format!("there is no category {name:?}; there are {}", names.join(", ")))
    })
}

/// All policies by their category's name.
async fn current(app: &App) -> Result<Policies, Failure> {
    let snapshot = automation::snapshot(app).await?;
    let names =
        snapshot.categories.iter().map(|c| (c.id, c.name.as_str())).chain([(CategoryId::DEFAULT, LATER)]);
    Ok(names.map(|(id, name)| (name.to_owned(), whole(&snapshot.policy(id).policy))).collect())
}

/// A policy as the change that would make it.
fn whole(policy: &Policy) -> PolicyChange {
    PolicyChange {
        mode: Some(policy.mode),
        precision: Some(policy.target),
        confidence: Some(policy.confidence),
        rollout: Some(policy.rollout),
        holdout: Some(policy.holdout),
        blind: Some(policy.blind),
        languages: Some(policy.languages.clone()),
        hours: Some(policy.hours.clone()),
        never: Some(policy.never.clone()),
        reason: None,
    }
}

fn read(file: &Path) -> Result<Policies, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))?;
    serde_json::from_str(&text).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))
}

async fn apply(app: &App, file: &Path) -> Result<(), Failure> {
    let (wanted, current) = (read(file)?, current(app).await?);
    // Every name is looked up before anything is changed.
    let mut changes = Vec::new();
    for (name, change) in wanted {
        let id = named(app, &name).await?;
        if current.get(&name) != Some(&change) {
            changes.push((id, change));
        }
    }
    let count = changes.len();
    for (id, mut change) in changes {
        change.reason.get_or_insert_with(|| format!("applied from {}", file.display()));
        policies::set(app, &Caller::command_line(), Scope::Category(id), change).await?;
    }
    println!("{count} changed");
    explain(app, Scope::All).await
}

async fn diff(app: &App, file: &Path) -> Result<(), Failure> {
    let (wanted, current) = (read(file)?, current(app).await?);
    let mut differ = 0;
    for (name, change) in &wanted {
        named(app, name).await?;
        let now = current.get(name);
        if now == Some(change) {
            continue;
        }
        differ += 1;
        println!("{name}:\n  is    {}\n  file  {}", line(now)?, line(Some(change))?);
    }
    match differ {
        0 => Ok(()),
        n => Err(Failure::failed(format!("{n} of {} policies differ", wanted.len()))),
    }
}

fn line(change: Option<&PolicyChange>) -> Result<String, Failure> {
    change.map_or_else(
        || Ok("nothing".to_owned()),
        |change| serde_json::to_string(change).map_err(|e| Failure::failed(e.to_string())),
    )
}
