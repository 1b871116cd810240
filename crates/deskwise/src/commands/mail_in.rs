//! `deskwise mail-in`: one mail from a mail server's pipe.

use std::io::{IsTerminal, Read};

use app::Error;
use app::journey::mail_in::{MOST_MAIL, mail_in, too_large};

use crate::failure::Failure;
use crate::place::Place;

/// The exit codes that mail servers know (sysexits.h).
const MALFORMED: u8 = 65;
const REFUSED: u8 = 69;
const TRY_AGAIN: u8 = 75;

/// Take one mail from standard input: it becomes a ticket, or joins the one it answers
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  deskwise mail-in < message.eml\n  \
    support: \"|/usr/local/bin/deskwise --data /var/lib/deskwise mail-in\"     (in /etc/aliases)\n\n\
    Exit codes: 0 the mail is kept, 75 try again later, 69 it is too large, 65 there is no mail.")]
pub(crate) struct MailIn {}

impl MailIn {
    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        let mut input = std::io::stdin().lock();
        if input.is_terminal() {
            return Err(Failure::usage(
                "no mail on standard input; deskwise mail-in < message.eml takes one",
            ));
        }
        let raw = read(&mut input)?;
        drop(input);
        // Whatever keeps us from storing it now may be over soon: the mail server keeps it until then.
        let app = place.open_without_encoder().await.map_err(|failure| failure.with_code(TRY_AGAIN))?;
        let taken = mail_in(&app, &raw).await;
        app.db.close().await;
        match taken {
            Ok(_) => Ok(()),
            Err(Error::Invalid(wrong)) => {
                let why = wrong.iter().map(|e| format!("this {} {}", e.field, e.message)).collect::<Vec<_>>();
                Err(Failure::failed(why.join("; ")).with_code(MALFORMED))
            }
            Err(error) => Err(Failure::failed(error.to_string()).with_code(TRY_AGAIN)),
        }
    }
}

/// All of it, up to the largest that is taken. The rest of a larger one is read as well, so that the mail server
/// hears our words and not of a broken pipe.
fn read(input: &mut impl Read) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |e: std::io::Error| Failure::failed(format!("cannot read the mail: {e}")).with_code(TRY_AGAIN);
    let mut raw = Vec::new();
    input.by_ref().take(MOST_MAIL as u64 + 1).read_to_end(&mut raw).map_err(unreadable)?;
    if raw.len() > MOST_MAIL {
        let rest = std::io::copy(input, &mut std::io::sink()).map_err(unreadable)?;
        let size = raw.len() + usize::try_from(rest).unwrap_or(0);
        return Err(Failure::failed(format!("this mail {}", too_large(size))).with_code(REFUSED));
    }
    Ok(raw)
}
