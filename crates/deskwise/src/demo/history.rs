//! The demo's past, imported like any other history.

use std::collections::HashMap;

use ::demo::Company;
use app::App;
use app::import::{BATCH, Importer};
use domain::Millis;
use domain::import::PastTicket;
use domain::words::RatingValue;

use crate::failure::Failure;

pub(crate) async fn import(
    app: &App,
    company: &Company,
    seed: u64,
    tickets: usize,
    from: Millis,
    to: Millis,
) -> Result<(), Failure> {
    let names: HashMap<&str, &str> =
        company.categories.iter().map(|c| (c.key.as_str(), c.name.as_str())).collect();
    let bar = super::bar("past tickets");
    let mut importer = Importer::new(app);
    let mut batch = Vec::with_capacity(BATCH);
    for (index, past) in ::demo::history(seed, tickets, from, to).enumerate() {
        batch.push(past_ticket(past, &names));
        if batch.len() == BATCH {
            importer.write(std::mem::take(&mut batch)).await?;
            bar.set_position(index as u64 * 100 / tickets as u64);
        }
    }
    importer.write(batch).await?;
    bar.finish_and_clear();
    Ok(())
}

fn past_ticket(past: ::demo::PastTicket, names: &HashMap<&str, &str>) -> PastTicket {
    let question = past.question;
    let category = names.get(question.true_category_key.as_str()).map(|name| (*name).to_owned());
    PastTicket {
        reference: past.reference,
        created_at: past.created_at,
        email: question.requester_email,
        name: question.requester_name,
        subject: question.subject,
        body: question.body,
        category,
        answer: past.answer_key,
        reply: Some(past.reply),
        language: Some(question.language),
        first_reply_at: Some(past.first_reply_at),
        solved_at: Some(past.solved_at),
        rating: past.rating.map(|r| if r.good { RatingValue::Good } else { RatingValue::Bad }),
    }
}
