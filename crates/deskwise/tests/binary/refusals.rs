//! What cannot work is said in one line, with the exit code that scripts rely on, and loses nothing.

use std::net::TcpListener;

use store::{DatabaseUrl, Db};

use crate::process::{complaint, deskwise, run, stdout};

const COMMANDS: &[&[&str]] = &[
    &["serve"],
    &["demo"],
    &["import"],
    &["train"],
    &["models"],
    &["rollback"],
    &["policy"],
    &["policy", "set"],
    &["policy", "export"],
    &["policy", "apply"],
    &["policy", "diff"],
    &["token"],
    &["token", "create"],
    &["token", "list"],
    &["token", "revoke"],
    &["user"],
    &["user", "add"],
    &["user", "list"],
    &["user", "password"],
    &["user", "role"],
    &["user", "deactivate"],
    &["user", "activate"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["mail-in"],
    &["evaluate"],
    &["audit"],
];

#[test]
fn every_command_helps_with_an_example() {
    for command in COMMANDS {
        let output = deskwise().args(*command).arg("--help").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(stdout(&output).contains("Example"), "{command:?} has no example:\n{}", stdout(&output));
    }
}

#[test]
fn wrong_use_ends_with_2() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    for args in [
        &["no-such-command"][..],
        &["token", "create", "--name", "x", "--role", "king", "--data", data],
        &["doctor", "--database", "mysql://localhost/x"],
        &["token", "create", "--name", "", "--role", "admin", "--data", data],
    ] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
    std::fs::write(dir.path().join("deskwise.toml"), "listen = \"127.0.0.1:0\"\ncolour = \"red\"\n").unwrap();
    let output = deskwise().arg("doctor").current_dir(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("colour"), "{}", complaint(&output));
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let dir = tempfile::tempdir().unwrap();
    let output = run(&["serve", "--listen", &address, "--data", dir.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains(&address), "{}", complaint(&output));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    // Whoever runs the tests may be root, for whom no directory is without rights; a file is none for anyone.
    let place = file.join("data");
    let output = run(&["doctor", "--data", place.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains(place.to_str().unwrap()), "{}", complaint(&output));
}

#[tokio::test]
async fn a_newer_database_is_refused_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&DatabaseUrl::in_dir(dir.path())).await.unwrap();
    db.write(|tx| {
        Box::pin(async move {
            tx.execute("INSERT INTO schema_version (version) VALUES (999)", vec![]).await?;
            Ok::<_, store::Error>(())
        })
    })
    .await
    .unwrap();
    db.close().await;
    let before = std::fs::read(dir.path().join("deskwise.db")).unwrap();
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--data", dir.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("newer version"), "{}", complaint(&output));
    assert_eq!(std::fs::read(dir.path().join("deskwise.db")).unwrap(), before);
}

#[test]
fn a_token_is_all_that_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let made = run(&["token", "create", "--name", "importer", "--role", "admin", "--data", data]);
    let token = stdout(&made);
    assert!(token.starts_with("dw_") && token.trim().len() == 46 && token.lines().count() == 1, "{token:?}");
    let listed = stdout(&run(&["token", "list", "--data", data]));
    assert!(listed.contains("importer") && !listed.contains(token.trim()), "{listed}");
    let id = listed.split_whitespace().next().unwrap();
    assert_eq!(run(&["token", "revoke", id, "--data", data]).status.code(), Some(0));
    assert_eq!(run(&["token", "revoke", id, "--data", data]).status.code(), Some(1));
}

#[test]
fn a_backup_comes_back_and_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (data, file, other) = (path("data"), path("backup"), path("other"));
    run(&["token", "create", "--name", "importer", "--role", "admin", "--data", &data]);
    assert_eq!(run(&["backup", &file, "--data", &data]).status.code(), Some(0));
    assert_eq!(run(&["backup", &file, "--data", &data]).status.code(), Some(1));
    assert_eq!(run(&["restore", &file, "--data", &other]).status.code(), Some(0));
    assert!(stdout(&run(&["token", "list", "--data", &other])).contains("importer"));
    assert!(complaint(&run(&["restore", &file, "--data", &other])).contains("exists already"));
    assert_eq!(run(&["doctor", "--data", &other]).status.code(), Some(0));
}
