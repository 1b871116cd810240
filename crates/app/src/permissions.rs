//! Who may do what: the one place that is asked, for lists, search, live events, exports and suggestions alike.

use domain::words::Role;
use store::events::Actor;

use crate::settings::WhoMaySwitch;
use crate::{Error, Result};

/// What one can be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// See tickets, their readings and history, answers, categories, rules and their policies.
    Read,
    /// See numbers and models.
    ReadNumbers,
    /// Work on tickets: create, reply, note, assign, solve.
    WorkOnTickets,
    /// Write answers, and preview them.
    EditAnswers,
    /// Add and rename categories; add, change and remove rules.
    EditRouting,
    /// Switch automation on or off, and its conditions.
    SwitchAutomation,
    /// Train models, and choose which one is in use.
    ManageModels,
    /// Users, invitations and API tokens.
    ManagePeople,
    /// Settings, mailbox, dead jobs, the test mail.
    ManageSettings,
    /// The audit: everything that happened.
    ReadAudit,
}

impl Permission {
    pub const ALL: &'static [Self] = &[
        Self::Read,
        Self::ReadNumbers,
        Self::WorkOnTickets,
        Self::EditAnswers,
        Self::EditRouting,
        Self::SwitchAutomation,
        Self::ManageModels,
        Self::ManagePeople,
        Self::ManageSettings,
        Self::ReadAudit,
    ];

    /// In words, for the one who is refused.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Read => "reading tickets",
            Self::ReadNumbers => "reading numbers",
            Self::WorkOnTickets => "working on tickets",
            Self::EditAnswers => "editing answers",
            Self::EditRouting => "editing categories and rules",
            Self::SwitchAutomation => "switching automation",
            Self::ManageModels => "training and choosing models",
            Self::ManagePeople => "managing people and tokens",
            Self::ManageSettings => "managing settings, mail and failed work",
            Self::ReadAudit => "reading the audit",
        }
    }
}

/// The permission function. `who` is the installation's setting for switching automation.
pub fn allowed(role: Role, permission: Permission, who: WhoMaySwitch) -> bool {
    match (role, permission) {
        (Role::Admin, _) | (_, Permission::Read | Permission::ReadNumbers) => true,
        (Role::Agent, Permission::WorkOnTickets | Permission::EditAnswers) => true,
        (Role::Agent, Permission::SwitchAutomation) => who == WhoMaySwitch::Agent,
        (
            Role::Agent,
            Permission::EditRouting
            | Permission::ManageModels
            | Permission::ManagePeople
            | Permission::ManageSettings
            | Permission::ReadAudit,
        ) => false,
        (Role::Viewer, _) => false,
    }
}

/// Someone signed in, or a token: who acts, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub actor: Actor,
    pub role: Role,
    pub name: String,
    pub who_may_switch: WhoMaySwitch,
}

impl Caller {
    /// The command line acts as the one who owns the data.
    pub fn command_line() -> Self {
        Self {
            actor: Actor::System,
            role: Role::Admin,
            name: "command line".into(),
            who_may_switch: WhoMaySwitch::Admin,
        }
    }

    /// The signed-in person, when it is one.
    pub fn user(&self) -> Option<domain::UserId> {
        match self.actor {
            Actor::User(id) => Some(id),
            _ => None,
        }
    }

    /// The signed-in person as one who can be sent mail: a program that shows a token has no address.
    pub fn person(&self) -> Result<domain::UserId> {
        let none = "a token has no address; sign in as the person who gets the mail";
        self.user().ok_or_else(|| Error::Conflict(none.into()))
    }

    pub fn may(&self, permission: Permission) -> bool {
        allowed(self.role, permission, self.who_may_switch)
    }

    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden(permission.in_words())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_changes_nothing_and_an_admin_may_all() {
        for &permission in Permission::ALL {
            assert!(allowed(Role::Admin, permission, WhoMaySwitch::Admin));
            let reads = matches!(permission, Permission::Read | Permission::ReadNumbers);
            assert_eq!(allowed(Role::Viewer, permission, WhoMaySwitch::Agent), reads, "{permission:?}");
        }
    }

    #[test]
    fn agents_switch_only_where_the_installation_says_so() {
        assert!(!allowed(Role::Agent, Permission::SwitchAutomation, WhoMaySwitch::Admin));
        assert!(allowed(Role::Agent, Permission::SwitchAutomation, WhoMaySwitch::Agent));
    }
}
