//! Backup and restore, as an operator does them: nothing is lost, also not what was there before.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::*;
use sync::protocol::{Outcome, Settled};
use tempfile::TempDir;

const ORDERS: &str = "select count(*) from ordering_row";
const TICKETS: &str = "select count(*) from kitchen_row where key glob 'ticket/*'";

fn text(path: &Path) -> &str {
    path.to_str().expect("a name")
}

fn backup(server: &Server, folder: &TempDir) -> PathBuf {
    let file = folder.path().join("monday.backup");
    let (well, said) = bff(server.data.path(), &["backup", "--to", text(&file)]);
    assert!(well && said.contains("position"), "{said}");
    file
}

fn files(data: &Path, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))).collect()
}

/// The device's half of the story, driven by the real client, is in `crates/sync/tests/repair.rs`.
#[tokio::test]
async fn pain_15_what_was_accepted_after_the_backup_arrives_again_once_after_the_restore() {
    let folder = TempDir::new().expect("a folder");
    let mut server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let menu = ada.menu(LUCCIOLA).await;
    let [before, after] = [place(&menu), place(&menu)].map(|place| ada.act(place_command(&place)));
    assert_eq!(ada.send_one(&before).await, Outcome::Accepted);
    let mut screen = ada.feed().await;
    screen.until("the first order's word", |screen| screen.ack(before.id).cloned().or(Some(Settled::Done))).await;
    let file = backup(&server, &folder);
    assert_eq!(ada.send_one(&after).await, Outcome::Accepted);
    screen.until("the second order", |screen| screen.ack(after.id).cloned()).await;
    let (cursor, scopes) = (screen.cursor, screen.scopes.clone());

    server.kill();
    let (well, said) = bff(server.data.path(), &["restore", "--from", text(&file)]);
    assert!(well && said.contains("a new history") && said.contains("truth-before-"), "{said}");
    assert_eq!(files(server.data.path(), "views.sqlite"), [] as [PathBuf; 0], "they are built again");
    let kept = files(server.data.path(), "truth-before-");
    assert_eq!(kept.len(), 1, "{kept:?}");

    let server = server.restart();
    ada.meet(&server);
    assert_eq!(server.count(ORDERS).await, 1, "the second order was never heard of here");
    let asked = vec![before.id, after.id];
    let mut screen = ada.feed_from(cursor, scopes, asked).await;
    assert!(screen.was_reset, "the place is of another history");
    assert_ne!(screen.cursor.map(|place| place.epoch), cursor.map(|place| place.epoch));
    assert_eq!((screen.ack(before.id), screen.ack(after.id)), (Some(&Settled::Done), Some(&Settled::Unknown)));

    // So the device sends both again, under their old names, and twice.
    for _ in 0..2 {
        assert!(ada.send(&[before.clone(), after.clone()]).await.iter().all(|it| it.outcome == Outcome::Accepted));
    }
    screen.until("its word", |screen| screen.ack(after.id).filter(|word| **word == Settled::Done).cloned()).await;
    let lucciola = Person::sign_in(&server, "lucciola").await;
    lucciola.feed().await.until("two tickets", |board| (board.tickets().len() == 2).then_some(())).await;
    assert_eq!((server.count(ORDERS).await, server.count(TICKETS).await), (2, 2));
    assert_eq!(server.count("select max(position) - count(*) from hub").await, 0, "positions have no gap");
}

#[tokio::test]
async fn what_was_there_before_a_restore_can_itself_be_put_back() {
    let folder = TempDir::new().expect("a folder");
    let mut server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let file = backup(&server, &folder);
    let act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    // Killed, so that the last commit stands in the log beside the file only.
    server.kill();
    assert!(bff(server.data.path(), &["restore", "--from", text(&file)]).0);
    assert_eq!(server.count(ORDERS).await, 0);
    let kept = files(server.data.path(), "truth-before-").remove(0);
    let (well, said) = bff(server.data.path(), &["restore", "--from", text(&kept)]);
    assert!(well, "{said}");
    assert_eq!(server.count(ORDERS).await, 1);
    assert_eq!(files(server.data.path(), "truth-before-").len(), 2);
}

#[tokio::test]
async fn a_restore_that_cannot_be_done_changes_nothing_and_says_why() {
    let folder = TempDir::new().expect("a folder");
    let mut server = Server::start();
    let file = backup(&server, &folder);
    let (well, said) = bff(server.data.path(), &["backup", "--to", text(&file)]);
    assert!(!well && said.contains("is there already") && said.lines().count() == 1, "{said}");
    let (well, said) = bff(server.data.path(), &["restore", "--from", text(&file)]);
    assert!(!well && said.contains("stop it") && said.lines().count() == 1, "a server is running: {said}");

    server.kill();
    let truth = server.data.path().join("truth.sqlite");
    let before = fs::read(&truth).expect("the truth");
    let half = folder.path().join("half");
    let whole = fs::read(&file).expect("the backup");
    fs::write(&half, &whole[..whole.len() / 2]).expect("a file");
    let words = folder.path().join("words");
    fs::write(&words, "dear diary").expect("a file");
    let empty = folder.path().join("empty");
    fs::write(&empty, "").expect("a file");
    let views = server.data.path().join("views.sqlite");
    for bad in [&half, &words, &empty, &views, &folder.path().join("gone")] {
        let (well, said) = bff(server.data.path(), &["restore", "--from", text(bad)]);
        assert!(
            !well && said.contains("nothing was changed") && said.lines().count() == 1,
            "{}: {said}",
            bad.display()
        );
        assert_eq!(fs::read(&truth).expect("the truth"), before, "{}", bad.display());
        assert_eq!(files(server.data.path(), "restoring").len(), 0, "{}", bad.display());
    }
    let nowhere = TempDir::new().expect("a folder");
    let (well, said) = bff(nowhere.path(), &["backup", "--to", text(&folder.path().join("other"))]);
    assert!(!well && said.contains("--data") && said.lines().count() == 1, "{said}");
    assert!(bff(nowhere.path(), &["restore", "--from", text(&file)]).0, "into a folder with nothing in it");
}
