//! The small closed vocabularies: statuses, channels, modes, arms, responders. Each has one spelling, used in
//! the database, in JSON and in the interface.

use serde::{Deserialize, Serialize};

/// A stored word that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a {what}; expected one of {expected}")]
pub struct UnknownWord {
    pub what: &'static str,
    pub value: String,
    pub expected: String,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($what:literal) { $($(#[$vdoc:meta])* $variant:ident = $text:tt),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(s: &str) -> Result<Self, UnknownWord> {
                match s {
                    $($text => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { what: $what, value: s.to_owned(), expected: [$($text),*].join(", ") }),
                }
            }
        }
    )*};
}

words! {
    Status("status") { New = "new", Open = "open", Pending = "pending", OnHold = "on_hold", Solved = "solved", Closed = "closed" }
    View("view") {
        /// New and open, whoever has them.
        Inbox = "inbox",
        /// Everything of mine that is not solved.
        Mine = "mine",
        /// New and open, and nobody has them.
        Unassigned = "unassigned",
        Pending = "pending", OnHold = "on_hold",
        /// Solved and closed.
        Solved = "solved",
        All = "all",
    }
    Sort("sort order") { Newest = "newest", Oldest = "oldest", Updated = "updated" }
    /// When a model is trained without being asked for.
    TrainWhen("training rhythm") {
        Off = "off",
        /// When there is enough new to learn.
        Enough = "enough",
        Daily = "daily", Weekly = "weekly",
    }
    /// What time is cut into: days, weeks from Monday, months.
    Period("period") { Day = "day", Week = "week", Month = "month" }
    Channel("channel") { Form = "form", Mail = "mail", Api = "api", Desk = "desk", Import = "import" }
    MessageKind("message kind") { Public = "public", Note = "note" }
    Author("author") { Requester = "requester", Agent = "agent", Automatic = "automatic" }
    Role("role") {
        /// Everything, including people, settings and switches.
        Admin = "admin",
        /// Works on tickets, answers and rules.
        Agent = "agent",
        /// Reads tickets and numbers, changes nothing.
        Viewer = "viewer",
    }
    Mode("mode") { Off = "off", Shadow = "shadow", Suggest = "suggest", Auto = "auto" }
    Action("action") { Auto = "auto", Suggest = "suggest", Crowd = "crowd", Agent = "agent" }
    Responder("responder") { Rules = "rules", Learner = "learner", Crowd = "crowd", Agent = "agent" }
    /// Which group of an experiment a ticket belongs to, by its requester.
    Arm("arm") { Rollout = "rollout", Holdout = "holdout", Waiting = "waiting", Blind = "blind", Shadow = "shadow", Off = "off" }
    RatingValue("rating") { Good = "good", Bad = "bad" }
    Resolution("resolution") { Confirmed = "confirmed", Silent = "silent", Failed = "failed" }
    CategorySource("category source") { Requester = "requester", Predicted = "predicted", Agent = "agent", Import = "import" }
    LabelSource("label source") {
        Agent = "agent", Import = "import", Review = "review",
        /// The customer alone, who said that an automatic answer helped.
        Customer = "customer",
    }
    /// How an agent used what there was.
    Choice("kind of choice") {
        /// The answer's text, unchanged.
        AsIs = "as_is",
        Slight = "slight",
        Much = "much",
        /// Another answer than the one that was suggested first.
        Other = "other",
        /// No answer: written freely.
        Free = "free",
        /// An answer without a text to compare with.
        Unmeasured = "unmeasured",
    }
    /// What the customer last said of what answered their ticket.
    CustomerWord("customer's word") {
        Helped = "helped", NotHelped = "not_helped", RatedGood = "rated_good", RatedBad = "rated_bad",
        /// They wrote again after it had been solved.
        Reopened = "reopened",
    }
    /// Why a ticket is to be reviewed.
    Sample("sample") {
        /// By chance, of what was sent: what the guardrail watches.
        Sent = "sent",
        /// Picked of what was sent because the learner was least sure.
        Uncertain = "uncertain",
        /// By chance, of all tickets of a paused category: what can prove it anew.
        All = "all",
    }
    /// What a reviewer's choice says of the answer that was sent.
    Verdict("verdict") { Right = "right", Wrong = "wrong", Harmful = "harmful" }
    PauseKind("kind of pause") {
        /// Reviews showed too many wrong answers.
        Precision = "precision",
        /// More answers came back than before.
        Returns = "returns",
        /// Reviews were left undone.
        Unwatched = "unwatched",
    }
    /// What drift shows in.
    Measure("measure of drift") {
        /// The answers that questions ask for.
        Mix = "mix",
        /// Words that the model does not know.
        Words = "words",
        /// How unlike those answered before questions are.
        Novelty = "novelty",
        /// How far scores promise more than is right.
        Calibration = "calibration",
    }
    /// Who is asked first: rules, or the learner.
    Order("order of responders") { RulesFirst = "rules_first", LearnerFirst = "learner_first" }
    /// What the two sides of an experiment differ in.
    ExperimentKind("kind of experiment") { Policy = "policy", Model = "model", Wording = "wording", Order = "order" }
    ExperimentState("state of an experiment") { Draft = "draft", Running = "running", Ended = "ended" }
    Side("side") { A = "a", B = "b" }
    /// What the sides of an experiment are compared in.
    Outcome("outcome") {
        /// The customer said so, or rated it good.
        Confirmed = "confirmed",
        /// Wrote again within seven days.
        Recontact = "recontact",
        /// Ratings.
        Csat = "csat",
        /// Until it was solved, at most 14 days.
        Time = "time",
    }
    ModelState("model state") { Candidate = "candidate", InUse = "in_use", Retired = "retired" }
    Delivery("delivery") { Waiting = "waiting", Sent = "sent", Mailbox = "mailbox", Held = "held", Withdrawn = "withdrawn", Dead = "dead" }
    MailKind("mail kind") { Reply = "reply", Automatic = "automatic", Survey = "survey", Confirmation = "confirmation", Invitation = "invitation", Test = "test", Notice = "notice" }
    /// A number of the metrics, as the tickets behind it.
    Counted("number") {
        Tickets = "tickets",
        /// Came in while Deskwise was there.
        Live = "live",
        Confirmed = "confirmed",
        Silent = "silent",
        Failed = "failed",
        Undecided = "undecided",
        Agent = "agent",
        Open = "open",
        Automatic = "automatic",
        Surveyed = "surveyed",
        Rated = "rated",
        Good = "good",
        Bad = "bad",
        FirstReply = "first_reply",
        Solved = "solved",
        /// Solved, and came in while Deskwise was there.
        LiveSolved = "live_solved",
        OneTouch = "one_touch",
        /// Solved at least once, and came in while Deskwise was there.
        EverSolved = "ever_solved",
        Recontact = "recontact",
        Backlog = "backlog",
        SolvedByAgents = "solved_by_agents",
        Suggested = "suggested",
        SuggestionUsed = "suggestion_used",
        Reviewed = "reviewed",
        ReviewedRight = "reviewed_right",
    }
    /// What the tickets of the metrics are told apart by.
    Dimension("way to break a number down") {
        Category = "category",
        /// Who answered first.
        Responder = "responder",
        Language = "language",
        Channel = "channel",
        /// The team of the person who replied last.
        Team = "team",
        /// The person who replied last.
        Agent = "agent",
    }
}

impl CustomerWord {
    /// Whether it speaks against what answered the ticket.
    pub const fn is_against(self) -> bool {
        matches!(self, Self::NotHelped | Self::RatedBad | Self::Reopened)
    }
}
