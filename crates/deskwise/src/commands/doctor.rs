//! `deskwise doctor`: whether everything is as it should be, and what to do where it is not.

use app::accounts::{people, setup};
use app::{App, automation, health, settings};
use domain::words::Role;

use crate::failure::Failure;

/// Jobs that may be late without anything being wrong.
const LATE: i64 = 1_000;

/// Check the data and the settings; exit code 1 when something is broken
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise doctor --data /var/lib/deskwise")]
pub(crate) struct Doctor {}

/// What was found.
enum Finding {
    Good(String),
    /// Something is not set up yet.
    Missing(String),
    Broken(String),
}

use Finding::{Broken, Good, Missing};

impl Doctor {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let mut findings =
            vec![Good(format!("the database answers ({}, schema {})", app.db.engine(), store::SCHEMA))];
        data(app, &mut findings).await?;
        work(app, &mut findings).await?;
        set_up(app, &mut findings).await?;
        let mut broken = 0;
        for finding in &findings {
            let (mark, text) = match finding {
                Good(text) => ("ok     ", text),
                Missing(text) => ("missing", text),
                Broken(text) => {
                    broken += 1;
                    ("BROKEN ", text)
                }
            };
            println!("{mark}  {text}");
        }
        match broken {
            0 => Ok(()),
            1 => Err(Failure::failed("one thing is broken")),
            n => Err(Failure::failed(format!("{n} things are broken"))),
        }
    }
}

async fn data(app: &App, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let wrong = store::check::unsound(&app.db).await?;
    if wrong.is_empty() {
        findings.push(Good("the data is sound".into()));
    }
    findings.extend(wrong.into_iter().map(|why| Broken(format!("{why}: restore a backup"))));
    Ok(())
}

async fn work(app: &App, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let health = health::look(app).await?;
    findings.push(match health.jobs_due {
        due if due > LATE => Broken(format!("{due} jobs are due and wait: is a server running?")),
        due => Good(format!("{due} jobs are due")),
    });
    findings.push(match health.jobs_dead {
        0 => Good("no job was given up".into()),
        dead => Broken(format!("{dead} jobs were given up: see Mailbox in the console")),
    });
    Ok(())
}

async fn set_up(app: &App, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let users = people::list(app).await?;
    let admins = users.iter().filter(|user| user.active && user.role == Role::Admin).count();
    findings.push(match admins {
        0 => Missing("there is no admin: start the server and use the link it prints".into()),
        n => Good(format!("{n} of {} people are admins", users.len())),
    });
    let settings = settings::load(app).await?;
    findings.push(match &settings.public_url {
        Some(url) => Good(format!("links begin with {url}")),
        None => Missing("no public address: no mail leaves before it is set".into()),
    });
    findings.push(match (&settings.reply_address, &settings.smtp) {
        (Some(address), Some(smtp)) => {
            Good(format!("mail leaves through {} and is answered to {address}", smtp.host))
        }
        (None, _) => Missing("no reply address: no mail leaves before it is set".into()),
        (_, None) => Missing("no mail server: mail is kept in the mailbox".into()),
    });
    let setup = setup::done(app).await?;
    findings.push(match setup.has_answers {
        true => Good("there are answers".into()),
        false => Missing("no answers yet: write or import some".into()),
    });
    learner(app, setup.has_model, findings).await
}

async fn learner(app: &App, has_model: bool, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    findings.push(match &app.encoder {
        Some(encoder) => {
            Good(format!("texts are read by n-grams and an encoder of {} numbers", encoder.width()))
        }
        None => Good("texts are read by n-grams alone".into()),
    });
    let snapshot = automation::snapshot(app).await?;
    findings.push(match (&snapshot.model, &snapshot.unreadable) {
        (Some(model), _) => Good(format!("model {} is in use", model.version)),
        (None, Some(unreadable)) => Broken(format!("{}; agents answer until then", unreadable.in_words())),
        (None, None) if has_model => Missing("no model is in use: deskwise models, deskwise rollback".into()),
        (None, None) => Missing("no model yet: deskwise train".into()),
    });
    Ok(())
}
