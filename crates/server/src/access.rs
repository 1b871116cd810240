//! Who may use which route: one table for all of them. A route that is missing here is refused to everyone, and
//! a test fails.

use app::Permission::{
    EditAnswers, EditRouting, ManageModels, ManagePeople, ManageSettings, Read, ReadAudit, ReadNumbers,
    SwitchAutomation, WorkOnTickets,
};
use axum::http::Method;

/// What a route asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Open,
    /// Anyone signed in.
    SignedIn,
    Needs(app::Permission),
}

use Access::{Needs, Open, SignedIn};

/// `METHOD /path` as in the OpenAPI document, in its order.
pub const ROUTES: &[(&str, &str, Access)] = &[
    ("GET", "/api/v1/session", SignedIn),
    ("POST", "/api/v1/session", Open),
    ("DELETE", "/api/v1/session", SignedIn),
    ("POST", "/api/v1/first-admin", Open),
    ("POST", "/api/v1/invitations/acceptance", Open),
    ("GET", "/api/v1/users", Needs(Read)),
    ("PATCH", "/api/v1/users/{id}", Needs(ManagePeople)),
    ("GET", "/api/v1/invitations", Needs(ManagePeople)),
    ("POST", "/api/v1/invitations", Needs(ManagePeople)),
    ("DELETE", "/api/v1/invitations/{id}", Needs(ManagePeople)),
    ("GET", "/api/v1/tokens", Needs(ManagePeople)),
    ("POST", "/api/v1/tokens", Needs(ManagePeople)),
    ("DELETE", "/api/v1/tokens/{id}", Needs(ManagePeople)),
    ("GET", "/api/v1/counts", Needs(Read)),
    ("GET", "/api/v1/tickets", Needs(Read)),
    ("POST", "/api/v1/tickets", Needs(WorkOnTickets)),
    ("GET", "/api/v1/tickets/{number}", Needs(Read)),
    ("PATCH", "/api/v1/tickets/{number}", Needs(WorkOnTickets)),
    ("GET", "/api/v1/tickets/{number}/reading", Needs(Read)),
    ("POST", "/api/v1/tickets/{number}/messages", Needs(WorkOnTickets)),
    ("GET", "/api/v1/tickets/{number}/draft", Needs(WorkOnTickets)),
    ("GET", "/api/v1/tickets/{number}/history", Needs(Read)),
    ("GET", "/api/v1/attachments/{id}", Needs(Read)),
    ("GET", "/api/v1/categories", Needs(Read)),
    ("POST", "/api/v1/categories", Needs(EditRouting)),
    ("PATCH", "/api/v1/categories/{id}", Needs(EditRouting)),
    ("PUT", "/api/v1/categories/{id}/policy", Needs(SwitchAutomation)),
    ("PUT", "/api/v1/policies", Needs(SwitchAutomation)),
    ("GET", "/api/v1/categories/{id}/guardrail", Needs(ReadNumbers)),
    ("GET", "/api/v1/categories/{id}/guardrail/wrong", Needs(Read)),
    ("POST", "/api/v1/categories/{id}/guardrail/resumption", Needs(SwitchAutomation)),
    ("GET", "/api/v1/categories/{id}/replay", Needs(Read)),
    ("GET", "/api/v1/categories/{id}/policy/versions", Needs(Read)),
    ("POST", "/api/v1/categories/{id}/policy/versions/{version}/restore", Needs(SwitchAutomation)),
    ("GET", "/api/v1/drift", Needs(ReadNumbers)),
    ("POST", "/api/v1/drift/look", Needs(ManageModels)),
    ("GET", "/api/v1/experiments", Needs(ReadNumbers)),
    ("POST", "/api/v1/experiments", Needs(SwitchAutomation)),
    ("GET", "/api/v1/experiments/{id}", Needs(ReadNumbers)),
    ("POST", "/api/v1/experiments/{id}/start", Needs(SwitchAutomation)),
    ("POST", "/api/v1/experiments/{id}/stop", Needs(SwitchAutomation)),
    ("POST", "/api/v1/experiments/{id}/adoption", Needs(SwitchAutomation)),
    ("GET", "/api/v1/reviews", Needs(WorkOnTickets)),
    ("GET", "/api/v1/reviews/progress", Needs(WorkOnTickets)),
    ("POST", "/api/v1/reviews/{number}", Needs(WorkOnTickets)),
    ("PATCH", "/api/v1/reviews/{number}", Needs(WorkOnTickets)),
    ("POST", "/api/v1/reviews/{number}/decision", Needs(WorkOnTickets)),
    ("GET", "/api/v1/control-room", Needs(ReadNumbers)),
    ("GET", "/api/v1/categories/{id}/what-if", Needs(ReadNumbers)),
    ("GET", "/api/v1/categories/{id}/examples", Needs(Read)),
    ("GET", "/api/v1/categories/{id}/stack", Needs(ReadNumbers)),
    ("GET", "/api/v1/answers", Needs(Read)),
    ("POST", "/api/v1/answers", Needs(EditAnswers)),
    ("GET", "/api/v1/answers/suggestions", Needs(Read)),
    ("PUT", "/api/v1/answers/suggestions/{id}/dismissal", Needs(EditAnswers)),
    ("DELETE", "/api/v1/answers/suggestions/{id}/dismissal", Needs(EditAnswers)),
    ("GET", "/api/v1/answers/{id}", Needs(Read)),
    ("PATCH", "/api/v1/answers/{id}", Needs(EditAnswers)),
    ("GET", "/api/v1/answers/{id}/standing", Needs(Read)),
    ("POST", "/api/v1/answers/preview", Needs(EditAnswers)),
    ("POST", "/api/v1/answers/import", Needs(EditAnswers)),
    ("GET", "/api/v1/rules", Needs(Read)),
    ("POST", "/api/v1/rules", Needs(EditRouting)),
    ("POST", "/api/v1/rules/dry-run", Needs(EditRouting)),
    ("PATCH", "/api/v1/rules/{id}", Needs(EditRouting)),
    ("DELETE", "/api/v1/rules/{id}", Needs(EditRouting)),
    ("GET", "/api/v1/models", Needs(ReadNumbers)),
    ("POST", "/api/v1/models/training", Needs(ManageModels)),
    ("POST", "/api/v1/models/{version}/use", Needs(ManageModels)),
    ("GET", "/api/v1/learning/labels", Needs(ReadNumbers)),
    ("GET", "/api/v1/learning/mends", Needs(ReadNumbers)),
    ("POST", "/api/v1/learning/mends", Needs(ManageModels)),
    ("DELETE", "/api/v1/learning/mends/{id}", Needs(ManageModels)),
    ("GET", "/api/v1/learning/tickets", Needs(ReadNumbers)),
    ("GET", "/api/v1/metrics", Needs(ReadNumbers)),
    ("GET", "/api/v1/metrics/csv", Needs(ReadNumbers)),
    ("GET", "/api/v1/metrics/mail", Needs(ReadNumbers)),
    ("PUT", "/api/v1/metrics/mail", Needs(ReadNumbers)),
    ("DELETE", "/api/v1/metrics/mail", Needs(ReadNumbers)),
    ("GET", "/api/v1/settings", Needs(ManageSettings)),
    ("PATCH", "/api/v1/settings", Needs(ManageSettings)),
    ("POST", "/api/v1/settings/test-mail", Needs(ManageSettings)),
    ("GET", "/api/v1/mailbox", Needs(ManageSettings)),
    ("GET", "/api/v1/mailbox/{id}", Needs(ManageSettings)),
    ("POST", "/api/v1/mailbox/{id}/retry", Needs(ManageSettings)),
    ("GET", "/api/v1/jobs/dead", Needs(ManageSettings)),
    ("POST", "/api/v1/jobs/{id}/retry", Needs(ManageSettings)),
    ("DELETE", "/api/v1/jobs/{id}", Needs(ManageSettings)),
    ("GET", "/api/v1/audit", Needs(ReadAudit)),
    ("GET", "/api/v1/events", Needs(Read)),
];

/// What the route asks; `None` when it is missing from the table.
pub fn of(method: &Method, path: &str) -> Option<Access> {
    // axum answers HEAD with the GET handler.
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    ROUTES.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, access)| *access)
}
