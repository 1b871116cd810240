//! Arguments of SQL statements. A null keeps its type, because PostgreSQL asks for it.

use sqlx::Arguments;
use sqlx::postgres::PgArguments;

/// One argument, `$1`, `$2`, … in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bool(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value.into()))
            }
        }
        impl From<Option<$type>> for Arg {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(Into::into))
            }
        }
    )*};
}
from!(i64 => Int, i32 => Int, u32 => Int, f64 => Real, &str => Text, String => Text, bool => Bool, Vec<u8> => Bytes, &[u8] => Bytes);

macro_rules! from_ids {
    ($($id:ident),*) => { from!($(domain::$id => Int),*); };
}
from_ids!(
    TicketId,
    MessageId,
    AttachmentId,
    RequesterId,
    UserId,
    TokenId,
    AnswerId,
    RuleId,
    ReadingId,
    DecisionId,
    CertificateId,
    ExperimentId,
    EventId,
    JobId,
    MailId,
    CategoryId
);

impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

macro_rules! from_words {
    ($($word:ident),*) => {$(
        impl From<domain::words::$word> for Arg {
            fn from(value: domain::words::$word) -> Self {
                Self::Text(Some(value.as_str().to_owned()))
            }
        }
        impl From<Option<domain::words::$word>> for Arg {
            fn from(value: Option<domain::words::$word>) -> Self {
                Self::Text(value.map(|w| w.as_str().to_owned()))
            }
        }
    )*};
}
from_words!(
    Status,
    Channel,
    MessageKind,
    Author,
    Role,
    Mode,
    Action,
    Responder,
    Arm,
    RatingValue,
    Resolution,
    CategorySource,
    LabelSource,
    ModelState,
    Delivery,
    MailKind,
    Sample,
    Verdict,
    PauseKind,
    Order,
    Side,
    Choice,
    CustomerWord,
    Period
);

/// The arguments of a statement: `args![ticket.id, now, None::<i64>]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Arg::from($value)),*] };
}
pub(crate) use args;

/// The arguments as PostgreSQL's driver takes them.
pub(crate) fn bind_postgres(args: Vec<Arg>) -> Result<PgArguments, sqlx::Error> {
    let mut bound = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Int(v) => bound.add(v),
            Arg::Real(v) => bound.add(v),
            Arg::Text(v) => bound.add(v),
            Arg::Bool(v) => bound.add(v),
            Arg::Bytes(v) => bound.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(bound)
}
