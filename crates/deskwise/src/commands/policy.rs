//! `deskwise policy`: the switches of all categories, set, written to a file and read back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::policies::{self, Scope, Switched};
use app::recall::Recalled;
use app::{App, Caller, automation};
use domain::CategoryId;
use domain::answers::category_key;
use domain::policy::{Difference, Policy, PolicyChange, differences};
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
                let all = current(app).await?.into_iter();
                let all: Policies = all.map(|(name, is)| (name, PolicyChange::to(&is))).collect();
                let text = serde_json::to_string_pretty(&all);
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
        let Switched { policies, recalled } =
            policies::set(app, &Caller::command_line(), scope, change).await?;
        println!("{policies} {} set", if policies == 1 { "policy" } else { "policies" });
        told(&recalled);
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

/// What became of replies that had not been sent yet.
fn told(recalled: &Recalled) {
    let numbers =
        |tickets: &[i64]| tickets.iter().map(|number| format!("#{number}")).collect::<Vec<_>>().join(", ");
    match recalled.withdrawn {
        0 => {}
        1 => println!("1 reply waiting to be sent was withdrawn"),
        n => println!("{n} replies waiting to be sent were withdrawn"),
    }
    if !recalled.left.is_empty() {
        println!("being sent at that moment, and sent: {}", numbers(&recalled.left));
    }
    if !recalled.unrecalled.is_empty() {
        println!("could not be recalled: {}", numbers(&recalled.unrecalled));
    }
}

/// All policies by their category's name.
async fn current(app: &App) -> Result<BTreeMap<String, Policy>, Failure> {
    let snapshot = automation::snapshot(app).await?;
    let names =
        snapshot.categories.iter().map(|c| (c.id, c.name.as_str())).chain([(CategoryId::DEFAULT, LATER)]);
    let own = |id| Policy { category: id, ..snapshot.policy(id).policy.clone() };
    Ok(names.map(|(id, name)| (name.to_owned(), own(id))).collect())
}

fn read(file: &Path) -> Result<Policies, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))?;
    serde_json::from_str(&text).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))
}

/// A policy that a file changes.
struct Wanted {
    name: String,
    id: CategoryId,
    change: PolicyChange,
    differences: Vec<Difference>,
}

/// What applying a file would change. Every name and value is looked at before anything is.
async fn wanted(app: &App, file: &Path) -> Result<Vec<Wanted>, Failure> {
    let (policies, current) = (read(file)?, current(app).await?);
    let mut wanted = Vec::new();
    for (name, mut change) in policies {
        let id = named(app, &name).await?;
        let is = current.values().find(|policy| policy.category == id).cloned().unwrap_or_default();
        // What a file does not name stays as it is.
        change.pooled = change.pooled.or(Some(is.pooled));
        let made = is.changed(&change, "", 0).map_err(|problems| {
            let told = problems.iter().map(|p| format!("{}: {}", p.field, p.message));
            Failure::failed(format!("{}: {name}: {}", file.display(), told.collect::<Vec<_>>().join("; ")))
        })?;
        let differences = differences(&is, &made);
        if !differences.is_empty() {
            wanted.push(Wanted { name, id, change, differences });
        }
    }
    Ok(wanted)
}

async fn apply(app: &App, file: &Path) -> Result<(), Failure> {
    let wanted = wanted(app, file).await?;
    let changes = wanted.into_iter().map(|Wanted { id, mut change, .. }| {
        change.reason.get_or_insert_with(|| format!("applied from {}", file.display()));
        (id, change)
    });
    let Switched { policies, recalled } =
        policies::set_each(app, &Caller::command_line(), changes.collect()).await?;
    println!("{policies} changed");
    told(&recalled);
    explain(app, Scope::All).await
}

async fn diff(app: &App, file: &Path) -> Result<(), Failure> {
    let wanted = wanted(app, file).await?;
    for Wanted { name, differences, .. } in &wanted {
        println!("{name}:");
        for difference in differences {
            println!("  {}", difference.text);
        }
    }
    match wanted.len() {
        0 => Ok(()),
        1 => Err(Failure::failed("1 policy differs")),
        n => Err(Failure::failed(format!("{n} policies differ"))),
    }
}
