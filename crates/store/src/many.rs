//! Statements over many rows at once. Rows are taken in powers of two, so that there are few different texts and
//! the engines' caches of prepared statements hold them all.

/// Most rows of one statement.
const MOST: usize = 64;

/// `rows` in pieces of 64, 32, … 1.
pub(crate) fn chunks<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let size = if rest.len() >= MOST { MOST } else { 1 << rest.len().ilog2() };
        let (some, more) = rest.split_at(size);
        rest = more;
        Some(some)
    })
}

/// `$1, $2, …`
pub(crate) fn placeholders(count: usize) -> String {
    (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// `($1, $2), ($3, $4), …`
pub(crate) fn values(rows: usize, columns: usize) -> String {
    let row = |r: usize| {
        let columns: Vec<String> = (1..=columns).map(|c| format!("${}", r * columns + c)).collect();
        format!("({})", columns.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_powers_of_two_and_lose_nothing() {
        let rows: Vec<usize> = (0..171).collect();
        let sizes: Vec<usize> = chunks(&rows).map(<[_]>::len).collect();
        assert_eq!(sizes, [64, 64, 32, 8, 2, 1]);
        assert_eq!(chunks(&rows).flatten().count(), 171);
        assert_eq!(chunks::<i64>(&[]).count(), 0);
    }

    #[test]
    fn arguments_are_numbered_through() {
        assert_eq!(values(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(placeholders(2), "$1, $2");
    }
}
