//! How far an answer has come with the learner: how many tickets taught it, whether the model in use knows it, and when
//! its category can be certified.

use domain::time::DAY;
use domain::{AnswerId, CategoryId};
use store::labelled;

use crate::{App, Result, automation};

/// Weeks over which the pace is taken.
const PACE_WEEKS: i64 = 4;

#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Tickets labelled with it, or with one that is interchangeable with it.
    pub examples: i64,
    /// Whether the model in use can choose it.
    pub known: bool,
    pub category: Option<CategoryId>,
    /// Whether its category holds a certificate now.
    pub certified: bool,
    /// Without a certificate: how many more tickets that were labelled without a suggestion in view it would take, as the
    /// last attempt reckoned. None before the first attempt, or where more would not help.
    pub more: Option<i64>,
    /// Such tickets that its category got in a week, lately.
    pub weekly: f64,
}

impl Standing {
    /// In how many weeks there would be enough, if they go on like the last ones; none while there are none.
    pub fn weeks(&self) -> Option<i64> {
        let more = self.more.filter(|more| *more > 0)?;
        (self.weekly > 0.0).then(|| (more as f64 / self.weekly).ceil() as i64)
    }
}

pub async fn standing(app: &App, id: AnswerId) -> Result<Standing> {
    let snapshot = automation::snapshot(app).await?;
    let answer = super::find(&snapshot, id)?;
    let label = snapshot.label(id);
    let alike = snapshot.answers.iter().map(|it| it.answer.id).filter(|id| snapshot.label(*id) == label);
    let examples = labelled::examples_of(&app.db, &alike.collect::<Vec<_>>()).await?;
    let category = answer.answer.category;
    let now = app.now();
    let weekly = match category {
        Some(category) => {
            let since = now - PACE_WEEKS * 7 * DAY;
            labelled::unseen_since(&app.db, category, since).await? as f64 / PACE_WEEKS as f64
        }
        None => 0.0,
    };
    let attempt = category.and_then(|category| snapshot.certificate(category));
    let name = label.to_string();
    Ok(Standing {
        examples,
        known: snapshot.model.as_ref().is_some_and(|it| it.model.labels().contains(&name)),
        category,
        certified: category.is_some_and(|category| {
            matches!(snapshot.standing(category, now), domain::certificate::Standing::Valid { .. })
        }),
        more: attempt.filter(|it| it.threshold.is_none()).and_then(|it| it.need),
        weekly,
    })
}

#[cfg(test)]
mod tests {
    use super::Standing;

    #[test]
    fn weeks_are_rounded_up_and_never_promised_without_a_pace() {
        let standing = |more, weekly| Standing {
            examples: 3,
            known: true,
            category: None,
            certified: false,
            more,
            weekly,
        };
        assert_eq!(standing(Some(100), 30.0).weeks(), Some(4));
        assert_eq!(standing(Some(100), 0.0).weeks(), None);
        assert_eq!(standing(Some(0), 30.0).weeks(), None);
        assert_eq!(standing(None, 30.0).weeks(), None);
    }
}
