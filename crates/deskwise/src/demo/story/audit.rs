//! The first chapter: last month's tickets as a file, audited as `deskwise audit` does it.

use std::path::{Path, PathBuf};

use ::demo::{Company, PastTicket};
use audit::{Options, Report, Wanted};

use crate::failure::Failure;
use crate::output;

/// The folder with the export and the report.
pub(super) fn folder(data: &Path) -> PathBuf {
    data.join("story")
}

/// Writes the export and audits it; the report lies beside it, as a page and as JSON.
pub(super) fn last_month(
    folder: &Path,
    company: &Company,
    tickets: &[PastTicket],
    precision: f64,
) -> Result<(Report, PathBuf), Failure> {
    let failed = |e: &dyn std::fmt::Display| Failure::failed(format!("{}: {e}", folder.display()));
    std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    let file = export(company, tickets).map_err(|e| failed(&e))?;
    let path = folder.join("last-month.csv");
    std::fs::write(&path, &file).map_err(|e| failed(&e))?;
    let table = output::table(&path)?;
    let options = Options { precision, ..Options::new("last-month.csv") };
    let report = audit::audit(&table, &Wanted::default(), &options, &|_, _| {}).map_err(|e| failed(&e))?;
    let page = folder.join("audit.html");
    output::write(&page, &report.html().map_err(|e| failed(&e))?)?;
    output::write(&folder.join("audit.json"), &output::json(&report.json())?)?;
    Ok((report, page))
}

fn export(company: &Company, tickets: &[PastTicket]) -> Result<Vec<u8>, csv::Error> {
    let time = |at: i64| jiff::Timestamp::from_millisecond(at).map(|t| t.to_string()).unwrap_or_default();
    let mut file = csv::Writer::from_writer(Vec::new());
    let head = ["id", "created_at", "requester_email", "subject", "body", "category", "answer", "reply"];
    file.write_record(head.iter().chain(&["first_reply_at", "solved_at"]))?;
    for ticket in tickets {
        let q = &ticket.question;
        let category = company.categories.iter().find(|c| c.key == q.true_category_key);
        file.write_record([
            ticket.reference.as_str(),
            &time(ticket.created_at),
            &q.requester_email,
            q.subject.as_deref().unwrap_or_default(),
            &q.body,
            category.map_or("", |c| c.name.as_str()),
            ticket.answer_key.as_deref().unwrap_or_default(),
            &ticket.reply,
            &time(ticket.first_reply_at),
            &time(ticket.solved_at),
        ])?;
    }
    file.into_inner().map_err(|e| e.into_error().into())
}
