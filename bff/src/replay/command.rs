//! `bff events replay`: asks for a replay, and shows how far it has come until it is over. A server on the same folder does it.

use anyhow::ensure;
use domain::Service;
use sqlx::SqliteConnection;

use super::{Followed, LOOK_EVERY, Replay};
use crate::config::{Asked, ReplaySettings};
use crate::hub::Wanted;
use crate::serve::no_server_runs;
use crate::services;
use crate::state::now;
use crate::store::{self, TRUTH};

/// Runs `bff events replay`. Whoever stops waiting stops nothing.
///
/// # Errors
/// A sentence: there is no data, the service does not hear such facts, or it failed on some.
#[expect(clippy::print_stdout, reason = "the operator waits for it")]
pub(crate) async fn run(settings: ReplaySettings) -> anyhow::Result<()> {
    let ReplaySettings { which, to, asked: Asked { dry, by, no_wait } } = settings;
    let data = which.data.clone();
    ensure!(data.join(TRUTH).is_file(), "there is no data in {}: name the server's folder with --data", data.display());
    let wanted = wanted(to, which.wanted()?)?;
    let mut truth = store::open_beside_a_server(&data.join(TRUTH)).await?;
    let id = super::ask(&mut truth, to, &wanted, dry, &by, now()).await?;
    if no_server_runs(&data) {
        println!("no server is running on {}: replay {id} begins when one starts", data.display());
        return Ok(());
    }
    if no_wait {
        println!("replay {id} was asked for");
        return Ok(());
    }
    let end = wait(&mut truth, id).await?;
    println!("{}", last_line(&end));
    ensure!(end.failed == 0, "{} failed on {}: `bff faults list` says why", to.name(), facts(end.failed));
    Ok(())
}

/// What is asked for, of the kinds that the service hears at all.
fn wanted(to: Service, asked: Wanted) -> anyhow::Result<Wanted> {
    let hears = services::manifest(to).consumes;
    if let Some(strange) = asked.kinds.iter().find(|kind| !hears.contains(&kind.as_str())) {
        anyhow::bail!("{} does not hear {strange}: it hears {}", to.name(), hears.join(", "));
    }
    Ok(if asked.kinds.is_empty() { Wanted { kinds: Wanted::of(hears).kinds, ..asked } } else { asked })
}

#[expect(clippy::print_stdout, reason = "the operator waits for it")]
async fn wait(truth: &mut SqliteConnection, id: i64) -> anyhow::Result<Replay> {
    let mut shown = None;
    loop {
        let replay = super::find(truth, id).await?;
        if replay.ended {
            return Ok(replay);
        }
        if shown.replace(replay.position) != Some(replay.position) {
            println!("at {} of {}: {} heard again", replay.position, replay.until, facts(replay.heard));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// How it ended.
fn last_line(replay: &Replay) -> String {
    let Replay { heard, overtaken, parked, failed, followed, dry, .. } = replay;
    let mut line = format!("{} heard again", facts(*heard));
    if *overtaken > 0 {
        line += &format!(", {overtaken} overtaken by later ones of their order");
    }
    if *parked > 0 {
        line += &format!(", {} wait behind a parked one", facts(*parked));
    }
    if *failed > 0 {
        line += &format!(", {failed} failed");
    }
    let nothing = if *dry { "nothing would follow" } else { "nothing followed that had not before" };
    let follows = if *dry { "would follow, and was taken back" } else { "followed" };
    match told(followed) {
        kinds if kinds.is_empty() => format!("{line}; {nothing}"),
        kinds => format!("{line}; {kinds} {follows}"),
    }
}

fn told(followed: &Followed) -> String {
    followed.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}

fn facts(count: u64) -> String {
    format!("{count} {}", if count == 1 { "fact" } else { "facts" })
}

#[cfg(test)]
mod tests {
    use sync::Position;

    use super::*;

    #[test]
    fn how_it_ended_is_a_sentence() {
        let replay = Replay {
            id: 1,
            service: Service::Kitchen,
            wanted: Wanted::default(),
            until: Position(9),
            dry: false,
            position: Position(9),
            heard: 7,
            overtaken: 0,
            parked: 0,
            failed: 0,
            followed: Followed::new(),
            ended: true,
        };
        assert_eq!(last_line(&replay), "7 facts heard again; nothing followed that had not before");
        let followed = Followed::from([("ticket-opened".to_owned(), 2), ("order-numbered".to_owned(), 1)]);
        let dry = Replay { dry: true, overtaken: 3, parked: 1, failed: 1, followed, ..replay };
        assert_eq!(
            last_line(&dry),
            "7 facts heard again, 3 overtaken by later ones of their order, 1 fact wait behind a parked one, 1 failed; 1 order-numbered, 2 ticket-opened would follow, \
             and was taken back"
        );
    }

    #[test]
    fn a_service_is_asked_for_what_it_hears_only() {
        let all = wanted(Service::Payment, Wanted::default()).expect("it hears something");
        assert_eq!(all.kinds, services::manifest(Service::Payment).consumes);
        let why = wanted(Service::Payment, Wanted::of(&["menu-written"])).expect_err("that is none of it").to_string();
        assert!(why.starts_with("payment does not hear menu-written: it hears payment-"), "{why}");
    }
}
