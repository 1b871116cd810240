//! `deskwise token`: what programs sign in with.

use app::accounts::tokens;
use app::{App, Caller};
use domain::TokenId;
use domain::words::Role;

use crate::failure::Failure;

/// Make, list and revoke the tokens of programs; servers see a change within a second
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise token create --name importer --role admin")]
pub(crate) struct TokenCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make a token and print it: this once, and nothing else
    #[command(after_help = "Example:\n  TOKEN=$(deskwise token create --name importer --role agent)")]
    Create {
        /// What it is for
        #[arg(long)]
        name: String,
        /// admin, agent or viewer
        #[arg(long)]
        role: Role,
    },
    /// List the tokens that hold
    #[command(after_help = "Example:\n  deskwise token list")]
    List,
    /// End a token
    #[command(after_help = "Example:\n  deskwise token revoke 7312048812345678")]
    Revoke {
        /// Its id, as `deskwise token list` shows it
        id: TokenId,
    },
}

impl TokenCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let caller = Caller::command_line();
        match self.action {
            Action::Create { name, role } => {
                println!("{}", tokens::create(app, &caller, &name, role).await?.1);
            }
            Action::List => {
                for token in tokens::list(app).await? {
                    let used = token
                        .last_used_at
                        .map_or("never used".into(), |at| format!("used {}", domain::periods::utc(at)));
                    println!("{}  {:<6}  {}  ({used})", token.id, token.role, token.name);
                }
            }
            Action::Revoke { id } => tokens::revoke(app, &caller, id).await?,
        }
        Ok(())
    }
}
