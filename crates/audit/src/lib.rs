//! The audit: an export of past tickets becomes a report that says what could be automated, with proof, before
//! anything is changed. It knows no database and no clock.

mod advice;
mod build;
mod clusters;
mod columns;
mod dates;
mod forecast;
mod html;
mod json;
mod mask;
mod replies;
mod report;
mod summary;
pub mod table;
mod tickets;
mod words;

pub use advice::{Advice, Counts, percent_of};
pub use build::{Step, audit};
pub use columns::{ColumnError, Wanted};
pub use forecast::{Forecast, Level};
pub use replies::{Answered, Template, Templates, templates};
pub use report::{Answers, Assumptions, Category, Options, Pair, Plan, Report, Savings, Spread};
