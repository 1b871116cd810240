//! A full disk refuses what does not fit, keeps everything acknowledged, and works again once there is room.
//! Needs root, to mount a small file system.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::process::Command;

use domain::Millis;
use store::events::{Actor, NewEvent};
use store::{DatabaseUrl, Db, Error};

const NOW: Millis = 1_790_000_000_000;

/// A file system of 8 MB, unmounted when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(dir.path()).output();
        done.is_ok_and(|output| output.status.success()).then_some(Self(dir))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.path()).status());
    }
}

async fn record(db: &Db, bytes: usize) -> Result<(), Error> {
    let text = "x".repeat(bytes);
    db.write(move |tx| {
        let event = NewEvent::new(NOW, "filled", Actor::System).data(&text);
        Box::pin(async move {
            tx.event(event);
            Ok(())
        })
    })
    .await
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("SKIPPED: cannot mount a small file system here (needs root)");
        return;
    };
    let url = DatabaseUrl::in_dir(disk.path());
    let db = Db::open(&url).await.unwrap();
    let mut kept = 0;
    let refused = loop {
        match record(&db, 100_000).await {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, Error::Full), "{refused}");
    assert!(kept > 10, "{kept} were kept");
    assert_eq!(count(&db).await, kept);
    // Reading goes on, and so does writing once there is room again.
    let more = Command::new("mount").args(["-o", "remount,size=16m"]).arg(disk.path()).status().unwrap();
    assert!(more.success());
    record(&db, 100_000).await.unwrap();
    db.close().await;
    let db = Db::open(&url).await.unwrap();
    assert_eq!(count(&db).await, kept + 1);
    db.close().await;
}

async fn count(db: &Db) -> usize {
    store::events::since(db, domain::EventId(0), 10_000).await.unwrap().len()
}
