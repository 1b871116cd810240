//! `deskwise user`: the people of the team, for when the console is out of reach.

use std::io::{BufRead, IsTerminal, Write};
use std::process::Command;

use app::accounts::people::{self, NewUser, User, UserChange};
use app::{Actor, App};
use domain::net::mail_key;
use domain::words::Role;

use crate::failure::Failure;

/// Add, list and change the people of the team
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise user add ada@example.com --name Ada --role admin")]
pub(crate) struct UserCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add someone; the password is the first line of standard input
    #[command(
        after_help = "Example:\n  deskwise user add ada@example.com --name Ada --role admin < password.txt"
    )]
    Add {
        email: String,
        /// The name customers see
        #[arg(long)]
        name: String,
        /// admin, agent or viewer
        #[arg(long)]
        role: Role,
    },
    /// List everyone
    #[command(after_help = "Example:\n  deskwise user list")]
    List,
    /// Give someone another password, the first line of standard input, and end their sessions
    #[command(after_help = "Example:\n  deskwise user password ada@example.com < password.txt")]
    Password { email: String },
    /// Give someone another role
    #[command(after_help = "Example:\n  deskwise user role ada@example.com admin")]
    Role {
        email: String,
        /// admin, agent or viewer
        role: Role,
    },
    /// Keep someone out; what they wrote stays
    #[command(after_help = "Example:\n  deskwise user deactivate ada@example.com")]
    Deactivate { email: String },
    /// Let someone in again
    #[command(after_help = "Example:\n  deskwise user activate ada@example.com")]
    Activate { email: String },
}

impl UserCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        match self.action {
            Action::Add { email, name, role } => {
                let password = password()?;
                people::add(app, Actor::System, NewUser { email, name, role, password }).await?;
            }
            Action::List => {
                for user in people::list(app).await? {
                    let state = if user.active { "" } else { "  (deactivated)" };
                    println!("{}  {:<6}  {} <{}>{state}", user.id, user.role, user.name, user.email);
                }
            }
            Action::Password { email } => {
                let user = by_email(app, &email).await?;
                people::set_password(app, Actor::System, user.id, password()?).await?;
            }
            Action::Role { email, role } => {
                change(app, &email, UserChange { role: Some(role), ..UserChange::default() }).await?;
            }
            Action::Deactivate { email } => {
                change(app, &email, UserChange { active: Some(false), ..UserChange::default() }).await?;
            }
            Action::Activate { email } => {
                change(app, &email, UserChange { active: Some(true), ..UserChange::default() }).await?;
            }
        }
        Ok(())
    }
}

async fn change(app: &App, email: &str, change: UserChange) -> Result<(), Failure> {
    let user = by_email(app, email).await?;
    people::change(app, Actor::System, user.id, change).await?;
    Ok(())
}

async fn by_email(app: &App, email: &str) -> Result<User, Failure> {
    let key = mail_key(email);
    let found = people::list(app).await?.into_iter().find(|user| user.email == key);
    found.ok_or_else(|| {
        Failure::failed(format!("there is no user {email:?}; deskwise user list shows everyone"))
    })
}

/// The first line of standard input; on a terminal it is asked for and not shown.
fn password() -> Result<String, Failure> {
    let terminal = std::io::stdin().is_terminal();
    if terminal {
        eprint!("password: ");
        // A prompt that does not appear is no reason to stop.
        drop(std::io::stderr().flush());
        echo("-echo");
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if terminal {
        echo("echo");
        eprintln!();
    }
    read.map_err(|e| Failure::failed(format!("cannot read the password: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Where there is no `stty`, the password is shown as it is typed.
fn echo(how: &str) {
    drop(Command::new("stty").arg(how).status());
}
