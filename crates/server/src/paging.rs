//! Cursor pages: `{"items":[…],"next":cursor|null}`.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

pub const LIMIT: i64 = 100;
const DEFAULT: i64 = 50;

/// `?cursor=&limit=`; flatten it into a route's own parameters or use it alone.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many items, at most 100.
    pub limit: Option<String>,
}

impl PageQuery {
    pub fn limit(&self) -> Result<i64, Problem> {
        limit(self.limit.as_deref())
    }

    /// The cursor of a list that is ordered by id.
    pub fn id<T: From<i64>>(&self) -> Result<Option<T>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        cursor.parse().map(|id: i64| Some(T::from(id))).map_err(|_| bad_cursor(cursor))
    }
}

/// Reads a limit as it was written.
pub fn limit(text: Option<&str>) -> Result<i64, Problem> {
    let Some(text) = text else { return Ok(DEFAULT) };
    match text.parse() {
        Ok(n @ 1..=LIMIT) => Ok(n),
        _ => Err(Problem::field("limit", format!("{text:?} is not a number from 1 to {LIMIT}"))),
    }
}

pub fn bad_cursor(text: &str) -> Problem {
    Problem::field("cursor", format!("{text:?} is not a cursor: pass the \"next\" of the page before"))
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of `limit + 1` rows asked for, the last only says that there are more.
    pub fn of(mut items: Vec<T>, limit: i64, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() as i64 > limit;
        items.truncate(limit as usize);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }

    /// A list that fits one page.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extra_row_becomes_the_cursor() {
        let page = Page::of(vec![5, 4, 3], 2, ToString::to_string);
        assert_eq!((page.items, page.next), (vec![5, 4], Some("4".into())));
        let page = Page::of(vec![5, 4], 2, ToString::to_string);
        assert_eq!((page.items, page.next), (vec![5, 4], None));
    }

    #[test]
    fn limits_are_checked() {
        assert_eq!(limit(None).unwrap(), 50);
        assert_eq!(limit(Some("100")).unwrap(), 100);
        for bad in ["0", "101", "x", "-1"] {
            assert_eq!(limit(Some(bad)).unwrap_err().errors[0].field, "limit");
        }
    }
}
