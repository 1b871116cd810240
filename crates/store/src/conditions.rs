//! Conditions of lists as a small tree. Every piece of SQL in it is part of the program; what people typed can only
//! become an argument.

use crate::Arg;
use crate::dialect::Dialect;

/// A condition on rows.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    All(Vec<Self>),
    /// SQL without arguments.
    Fixed(&'static str),
    /// SQL with one argument, where `?` stands.
    With(&'static str, Arg),
    /// SQL with two arguments, the first and the second `?`.
    Both(&'static str, Arg, Arg),
    /// A whole number among some: `tickets.id`, say.
    Among(&'static str, Vec<i64>),
}

impl Condition {
    /// Writes the condition to the end of `sql` and its arguments to `args`.
    pub(crate) fn write(&self, dialect: Dialect, sql: &mut String, args: &mut Vec<Arg>) {
        match self {
            Self::All(parts) if parts.is_empty() => sql.push_str("TRUE"),
            Self::All(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    sql.push_str(if index == 0 { "" } else { " AND " });
                    part.write(dialect, sql, args);
                }
            }
            Self::Fixed(text) => sql.push_str(text),
            Self::With(text, arg) => {
                args.push(arg.clone());
                sql.push_str(&text.replace('?', &format!("${}", args.len())));
            }
            Self::Both(text, first, second) => {
                args.extend([first.clone(), second.clone()]);
                let n = args.len();
                sql.push_str(&text.replacen('?', &format!("${}", n - 1), 1).replacen(
                    '?',
                    &format!("${n}"),
                    1,
                ));
            }
            Self::Among(column, ids) => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                args.push(Arg::from(ids.join(",")));
                sql.push_str(&dialect.among(column, args.len()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_an_argument() {
        let evil = "x' OR 1=1 --";
        let tree = Condition::All(vec![
            Condition::Fixed("status IN ('new', 'open')"),
            Condition::With("(a = ? OR b = ?)", Arg::from(evil)),
            Condition::Among("id", vec![1, 2]),
        ]);
        let (mut sql, mut args) = (String::from("WHERE "), vec![]);
        tree.write(Dialect::Sqlite, &mut sql, &mut args);
        assert_eq!(
            sql,
            "WHERE status IN ('new', 'open') AND (a = $1 OR b = $1) AND id IN (SELECT value FROM json_each('[' || $2 || ']'))"
        );
        assert_eq!(args, [Arg::from(evil), Arg::from("1,2")]);
    }
}
