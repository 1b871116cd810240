//! Every route of the API, tried by everyone: role × route, and what the table says about it.
#![allow(clippy::unwrap_used, reason = "tests")]

use app::permissions::allowed;
use app::settings::WhoMaySwitch;
use domain::words::Role;
use serde_json::Value;
use server::access::{Access, ROUTES};
use testkit::http::Method;
use testkit::{Engine, Reply, TestApp, Visitor};

/// The routes that are documented, and so exist.
fn documented() -> Vec<(String, String)> {
    let document: Value = serde_json::to_value(server::api::openapi()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|m| *m != "parameters") {
            routes.push((method.to_uppercase(), path.clone()));
        }
    }
    routes
}

#[test]
fn every_route_stands_in_the_table_and_every_line_of_the_table_is_a_route() {
    let documented = documented();
    for (method, path) in &documented {
        assert!(
            ROUTES.iter().any(|(m, p, _)| m == method && p == path),
            "{method} {path} is missing from crates/server/src/access.rs: say who may use it"
        );
    }
    for (method, path, _) in ROUTES {
        assert!(
            documented.iter().any(|(m, p)| m == method && p == path),
            "{method} {path} stands in crates/server/src/access.rs but is no route"
        );
    }
}

async fn tries(web: &Visitor<'_>, method: &str, path: &str) -> Reply {
    let path = path.replace("{number}", "1").replace("{id}", "1").replace("{version}", "1");
    // An unknown field: whoever is let in is refused for it, and nothing changes.
    let web = web.with("content-type", "application/json");
    web.send(method.parse::<Method>().unwrap(), &path, "{\"no_such_field\":true}").await
}

async fn matrix(t: &TestApp) {
    let people = [
        (Some(Role::Admin), t.with_token(&t.token(Role::Admin).await)),
        (Some(Role::Agent), t.with_token(&t.token(Role::Agent).await)),
        (Some(Role::Viewer), t.with_token(&t.token(Role::Viewer).await)),
        (None, t.visitor()),
    ];
    for (method, path, access) in ROUTES {
        // Listening never ends, and signing out would end the matrix; both have tests of their own.
        if *path == "/api/v1/events" || (*method == "DELETE" && *path == "/api/v1/session") {
            continue;
        }
        for (role, web) in &people {
            let reply = tries(web, method, path).await;
            let expected = match (access, role) {
                (Access::Open, _) | (Access::SignedIn, Some(_)) => None,
                (_, None) => Some(401),
                (Access::Needs(permission), Some(role)) => {
                    (!allowed(*role, *permission, WhoMaySwitch::Admin)).then_some(403)
                }
            };
            let status = reply.status.as_u16();
            match expected {
                Some(expected) => {
                    assert_eq!(status, expected, "{method} {path} as {role:?}: {}", reply.text());
                }
                None => assert!(
                    status != 401 && status != 403 && status < 500,
                    "{method} {path} as {role:?} should be let in: {status} {}",
                    reply.text()
                ),
            }
        }
    }
    // The admin asked for a training as well; there is nothing to learn from, so it fails and is given up.
    t.drain().await;
    for job in app::jobs::dead::list(&t.app).await.unwrap() {
        app::jobs::dead::remove(&t.app, &app::Caller::command_line(), job.id).await.unwrap();
    }
}

#[tokio::test]
async fn everyone_gets_what_the_table_says() {
    testkit::run(Engine::Sqlite, matrix).await;
}
