//! `deskwise mail-in` as a mail server runs it: exit codes it understands, and one clear line.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn mail_in(data: &Path, mail: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_deskwise"))
        .args(["mail-in", "--data"])
        .arg(data)
        // In tests `DESKWISE_DATA` says where the shared data sets are.
        .env_remove("DESKWISE_DATA")
        .env_remove("DESKWISE_DATABASE")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end before it has read everything, which must not fail the test.
    let written = child.stdin.take().unwrap().write_all(mail);
    assert!(written.is_ok(), "the whole mail is read, whatever becomes of it");
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_mail_is_kept_and_taken_once() {
    let dir = tempfile::tempdir().unwrap();
    let mail =
        b"From: ada@example.org\r\nSubject: Board\r\nMessage-ID: <1@example.org>\r\n\r\nWhere is it?\r\n";
    for _ in 0..2 {
        assert_eq!(said(&mail_in(dir.path(), mail)), (Some(0), String::new()));
    }
}

#[test]
fn what_is_no_mail_or_too_large_is_refused_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let (code, line) = said(&mail_in(dir.path(), b""));
    assert_eq!(code, Some(65), "{line}");
    let mut large = b"From: ada@example.org\r\n\r\n".to_vec();
    large.resize(60 << 20, b'x');
    let (code, line) = said(&mail_in(dir.path(), &large));
    assert_eq!(code, Some(69), "{line}");
    assert!(line.contains("62914560 bytes") && line.lines().count() == 1, "{line}");
}

#[test]
fn what_may_be_over_soon_is_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a-file");
    std::fs::write(&file, "not a directory").unwrap();
    let (code, line) = said(&mail_in(&file, b"From: ada@example.org\r\n\r\nHello\r\n"));
    assert_eq!(code, Some(75), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
}
