//! Lists of tickets: filtered, in a stable order, page by page.

use domain::tickets::Ticket;
use domain::words::{Action, Arm, Mode, RatingValue, Resolution, Responder, Side, Sort, Status, View};
use domain::{AnswerId, CategoryId, ExperimentId, Millis, TicketId, UserId};

use crate::conditions::Condition;
use crate::search::{self, Window};
use crate::{Arg, Db, Read, Result, Row, ids};

/// What a list is restricted to. Everything that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub view: Option<View>,
    /// Whose tickets [`View::Mine`] are.
    pub me: Option<UserId>,
    pub status: Option<Status>,
    pub category: Option<CategoryId>,
    /// Address in lower case.
    pub requester: Option<String>,
    pub answer: Option<AnswerId>,
    pub action: Option<Action>,
    pub resolution: Option<Resolution>,
    /// Taking part in an experiment, and on which side.
    pub experiment: Option<(ExperimentId, Option<Side>)>,
    /// Created at this time or later.
    pub from: Option<Millis>,
    /// Created before this time.
    pub to: Option<Millis>,
    /// Only these, newest first.
    pub among: Option<Vec<TicketId>>,
    /// Words that must all occur. Such lists are in order of age.
    pub words: Option<String>,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub updated_at: Millis,
    pub id: i64,
}

/// A page, and where the next one begins.
#[derive(Debug, Clone)]
pub struct Page {
    pub items: Vec<Listed>,
    pub next: Option<Position>,
}

/// A ticket with the names that a list shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub ticket: Ticket,
    pub requester_email: String,
    pub requester_name: Option<String>,
    pub category_name: String,
    pub assignee_name: Option<String>,
    pub rating: Option<RatingValue>,
    pub decision: Option<ListedDecision>,
}

/// What a policy did with a ticket, as far as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedDecision {
    pub mode: Mode,
    pub action: Action,
    pub arm: Arm,
    pub responder: Responder,
    pub answer: Option<(AnswerId, Option<String>)>,
    pub probability: Option<f64>,
    pub threshold: Option<f64>,
    pub model_version: Option<i64>,
    pub reason: String,
    pub created_at: Millis,
    /// The answer was taken out for whoever must not see it yet.
    pub hidden: bool,
}

/// Tickets found by their words are looked through in portions of this size when there are other conditions.
const PORTION: i64 = 2_000;
/// Most portions for one page; what is left is for the next one, which may make this one short.
const PORTIONS: usize = 4;

pub(super) const LISTED: &str = "SELECT t.*, r.email AS requester_email, r.name AS requester_name, c.name AS category_name, \
     u.name AS assignee_name, g.value AS rating, d.mode, d.action, d.arm, d.responder, d.answer_id AS decision_answer_id, \
     a.title AS decision_answer_title, d.probability, d.threshold, d.model_version, d.reason, \
     d.created_at AS decided_at";
pub(super) const JOINED: &str = "JOIN requesters r ON r.id = t.requester_id JOIN categories c ON c.id = t.category_id \
     LEFT JOIN users u ON u.id = t.assignee_id LEFT JOIN ratings g ON g.ticket_id = t.id \
     LEFT JOIN decisions d ON d.ticket_id = t.id LEFT JOIN answers a ON a.id = d.answer_id";

impl Row {
    pub(super) fn listed(&self) -> Result<Listed> {
        Ok(Listed {
            ticket: self.ticket()?,
            requester_email: self.text("requester_email")?,
            requester_name: self.opt_text("requester_name")?,
            category_name: self.text("category_name")?,
            assignee_name: self.opt_text("assignee_name")?,
            rating: self.opt_word("rating")?,
            decision: match self.opt_int("decided_at")? {
                Some(created_at) => Some(self.listed_decision(created_at)?),
                None => None,
            },
        })
    }

    fn listed_decision(&self, created_at: Millis) -> Result<ListedDecision> {
        let title = self.opt_text("decision_answer_title")?;
        Ok(ListedDecision {
            mode: self.word("mode")?,
            action: self.word("action")?,
            arm: self.word("arm")?,
            responder: self.word("responder")?,
            answer: self.opt_id("decision_answer_id")?.map(|id| (id, title)),
            probability: self.opt_real("probability")?,
            threshold: self.opt_real("threshold")?,
            model_version: self.opt_int("model_version")?,
            reason: self.text("reason")?,
            created_at,
            hidden: false,
        })
    }
}

/// A page of at most `limit` tickets that come after `after`.
pub async fn list(db: &Db, filter: &Filter, sort: Sort, after: Option<Position>, limit: i64) -> Result<Page> {
    if let Some(words) = &filter.words {
        found(db, filter, words, sort, after, limit).await
    } else {
        let mut conditions = conditions(filter);
        conditions.extend(after.map(|after| beyond(sort, after)));
        let items = rows(db, conditions, sort, limit + 1).await?;
        Ok(page(items, limit))
    }
}

fn page(mut items: Vec<Listed>, limit: i64) -> Page {
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let last = items.last().map(|l| Position { updated_at: l.ticket.updated_at, id: l.ticket.id.0 });
    Page { items, next: last.filter(|_| more) }
}

/// A page of tickets found by their words. Where the portions looked through hold fewer than a page, `next` goes on
/// behind them, so that no page takes long and all pages together miss nothing.
async fn found(
    db: &Db,
    filter: &Filter,
    words: &str,
    sort: Sort,
    after: Option<Position>,
    limit: i64,
) -> Result<Page> {
    let newest_first = sort != Sort::Oldest;
    let sort = if newest_first { Sort::Newest } else { Sort::Oldest };
    let others = conditions(filter);
    let portion = if others.is_empty() { limit + 1 } else { PORTION };
    let mut window = Window {
        after: filter.from.map_or(i64::MIN, |from| ids::first_at(from) - 1),
        before: filter.to.map_or(i64::MAX, ids::first_at),
        newest_first,
        limit: portion,
    };
    let mut items = Vec::new();
    let mut scanned = after.map(|a| a.id);
    for _ in 0..PORTIONS {
        match scanned {
            Some(id) if newest_first => window.before = window.before.min(id),
            Some(id) => window.after = window.after.max(id),
            None => {}
        }
        let ids = search::find(db, words, window).await?.unwrap_or_default();
        let (last, exhausted) = (ids.last().copied(), (ids.len() as i64) < portion);
        let mut conditions = others.clone();
        conditions.push(Condition::Among("tickets.id", ids));
        items.extend(rows(db, conditions, sort, limit + 1 - items.len() as i64).await?);
        if items.len() as i64 > limit || exhausted {
            return Ok(page(items, limit));
        }
        scanned = last;
    }
    let next = scanned.map(|id| Position { updated_at: 0, id });
    Ok(Page { items, next })
}

async fn rows(mut db: &Db, conditions: Vec<Condition>, sort: Sort, limit: i64) -> Result<Vec<Listed>> {
    let order = match sort {
        Sort::Newest => "id DESC",
        Sort::Oldest => "id",
        Sort::Updated => "updated_at DESC, id DESC",
    };
    let mut args = Vec::new();
    let mut sql = format!("{LISTED} FROM (SELECT * FROM tickets WHERE ");
    Condition::All(conditions).write(db.dialect(), &mut sql, &mut args);
    args.push(Arg::from(limit));
    let outer: Vec<String> = order.split(", ").map(|part| format!("t.{part}")).collect();
    sql.push_str(&format!(
        " ORDER BY {order} LIMIT ${}) t {JOINED} ORDER BY {}",
        args.len(),
        outer.join(", ")
    ));
    db.all_built(sql, args).await?.iter().map(Row::listed).collect()
}

/// Everything of a filter except its words. Statuses are written as the partial indexes have them.
fn conditions(filter: &Filter) -> Vec<Condition> {
    let f = filter;
    let mut all = Vec::new();
    all.extend(f.view.map(|view| view_condition(view, f.me)));
    if let Some(status) = f.status {
        all.push(Condition::Fixed(match status {
            Status::New | Status::Open => "tickets.status IN ('new', 'open')",
            Status::Pending | Status::OnHold => "tickets.status IN ('pending', 'on_hold')",
            Status::Solved | Status::Closed => "tickets.status IN ('solved', 'closed')",
        }));
        all.push(Condition::With("tickets.status = ?", Arg::from(status)));
    }
    let mut with = |sql, arg: Option<Arg>| all.extend(arg.map(|arg| Condition::With(sql, arg)));
    with("tickets.category_id = ?", f.category.map(Arg::from));
    with(
        "tickets.requester_id = (SELECT id FROM requesters WHERE email = ?)",
        f.requester.as_ref().map(Arg::from),
    );
    with("tickets.answer_id = ?", f.answer.map(Arg::from));
    with("tickets.resolution = ?", f.resolution.map(Arg::from));
    with(
        "EXISTS (SELECT 1 FROM decisions WHERE decisions.ticket_id = tickets.id AND decisions.action = ? \
         AND (decisions.action <> 'auto' OR NOT EXISTS (SELECT 1 FROM replies_withdrawn w \
         WHERE w.ticket_id = tickets.id AND w.seen = FALSE)))",
        f.action.map(Arg::from),
    );
    with(
        "EXISTS (SELECT 1 FROM experiment_tickets x WHERE x.ticket_id = tickets.id AND x.experiment_id = ?)",
        f.experiment.filter(|(_, side)| side.is_none()).map(|(id, _)| Arg::from(id)),
    );
    all.extend(
        f.among.as_ref().map(|ids| Condition::Among("tickets.id", ids.iter().map(|id| id.0).collect())),
    );
    let mut with = |sql, arg: Option<Arg>| all.extend(arg.map(|arg| Condition::With(sql, arg)));
    with("tickets.id >= ?", f.from.map(|from| Arg::from(ids::first_at(from))));
    with("tickets.id < ?", f.to.map(|to| Arg::from(ids::first_at(to))));
    if let Some((id, Some(side))) = f.experiment {
        let on_side = "EXISTS (SELECT 1 FROM experiment_tickets x WHERE x.ticket_id = tickets.id AND x.experiment_id = ? \
             AND x.side = ?)";
        all.push(Condition::Both(on_side, Arg::from(id), Arg::from(side)));
    }
    all.retain(|c| !matches!(c, Condition::All(parts) if parts.is_empty()));
    all
}

pub(super) fn view_condition(view: View, me: Option<UserId>) -> Condition {
    Condition::Fixed(match view {
        View::Inbox => "tickets.status IN ('new', 'open')",
        View::Unassigned => "tickets.status IN ('new', 'open') AND tickets.assignee_id IS NULL",
        View::Pending => "tickets.status IN ('pending', 'on_hold') AND tickets.status = 'pending'",
        View::OnHold => "tickets.status IN ('pending', 'on_hold') AND tickets.status = 'on_hold'",
        View::Solved => "tickets.status IN ('solved', 'closed')",
        View::All => return Condition::All(vec![]),
        View::Mine => {
            return Condition::All(vec![
                Condition::Fixed("tickets.status IN ('new', 'open', 'pending', 'on_hold')"),
                Condition::With("tickets.assignee_id = ?", Arg::from(me.unwrap_or(UserId(0)))),
            ]);
        }
    })
}

/// What comes after a position in this order.
fn beyond(sort: Sort, after: Position) -> Condition {
    match sort {
        Sort::Newest => Condition::With("tickets.id < ?", Arg::from(after.id)),
        Sort::Oldest => Condition::With("tickets.id > ?", Arg::from(after.id)),
        Sort::Updated => Condition::Both(
            "(tickets.updated_at, tickets.id) < (?, ?)",
            Arg::from(after.updated_at),
            Arg::from(after.id),
        ),
    }
}
