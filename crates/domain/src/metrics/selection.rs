//! Which tickets are counted, and what they are told apart by.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::TicketFacts;
use crate::words::{Channel, Dimension, Responder};
use crate::{CategoryId, UserId};

/// What tickets are restricted to. Everything that is set must hold; an inner `None` asks for those without.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    pub categories: Option<HashSet<CategoryId>>,
    /// Who answered first.
    pub responder: Option<Option<Responder>>,
    pub language: Option<Option<String>>,
    pub channel: Option<Channel>,
    pub agent: Option<Option<UserId>>,
    pub team: Option<Option<String>>,
    /// Who had answered when the rating was given.
    pub rated: Option<Responder>,
    /// Everybody who is in a team.
    pub teams: HashMap<UserId, Arc<str>>,
}

impl Selection {
    pub fn takes(&self, f: &TicketFacts) -> bool {
        self.categories.as_ref().is_none_or(|some| some.contains(&f.category))
            && self.responder.is_none_or(|who| who == f.first_reply_by)
            && self.language.as_ref().is_none_or(|language| language.as_deref() == f.language.as_deref())
            && self.channel.is_none_or(|channel| channel == f.channel)
            && self.agent.is_none_or(|agent| agent == f.agent)
            && self.team.as_ref().is_none_or(|team| team.as_deref() == self.team_of(f).map(|team| &**team))
            && self.rated.is_none_or(|who| f.rating.is_some_and(|(_, by)| by == who))
    }

    fn team_of(&self, f: &TicketFacts) -> Option<&Arc<str>> {
        self.teams.get(&f.agent?)
    }

    /// Where the ticket belongs in a break-down.
    pub fn key(&self, by: Dimension, f: &TicketFacts) -> Key {
        match by {
            Dimension::Category => Key::Category(f.category),
            Dimension::Responder => Key::Responder(f.first_reply_by),
            Dimension::Language => Key::Text(f.language.clone()),
            Dimension::Channel => Key::Channel(f.channel),
            Dimension::Team => Key::Text(self.team_of(f).cloned()),
            Dimension::Agent => Key::Agent(f.agent),
        }
    }
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Category(CategoryId),
    Responder(Option<Responder>),
    Channel(Channel),
    Agent(Option<UserId>),
    /// A language or a team.
    Text(Option<Arc<str>>),
}

/// As the API writes it; `none` stands for those without.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Category(id) => id.fmt(f),
            Self::Responder(Some(who)) => who.fmt(f),
            Self::Channel(channel) => channel.fmt(f),
            Self::Agent(Some(id)) => id.fmt(f),
            Self::Text(Some(text)) => text.fmt(f),
            Self::Responder(None) | Self::Agent(None) | Self::Text(None) => f.write_str("none"),
        }
    }
}
