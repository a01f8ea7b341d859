//! Scenario 26: an operator sees forty faults in two groups by cause, mends a cause, and has its group tried again while five
//! more arrive. Exactly what the list showed is tried, each effect happens once, and who asked and when stays to be read.

use anyhow::{Result, ensure};
use e2e::{Database, Kitchen, Operator, Robot, World};

use crate::screens::looks_right;

/// What cannot be read, by two causes: in one place, and in another.
const CAUSES: [u8; 2] = [7, 77];
/// How many faults there are of each, and how many come while those of the first are tried again.
const MANY: usize = 24;
const FEWER: usize = 16;
const LATER: usize = 5;
/// One order with which nothing is wrong, to compare the others with.
const ALL: usize = 1 + MANY + FEWER + LATER;

#[tokio::test]
async fn one_cause_of_two_is_mended_and_exactly_what_was_seen_is_tried_again_once() -> Result<()> {
    let mut world = World::start().await?;
    // The server leaves what it cannot read as it is, until it is mended here.
    world.server.stop().await?;
    world.server.restart_with(&[("CARRYOUT_COMPARE_EVERY_S", "0")]).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let orders = orders(&world).await?;
    let (sound, rest) = orders.split_at(1);
    let (many, rest) = rest.split_at(MANY);
    let (fewer, later) = rest.split_at(FEWER);
    let numbered = async || -> Result<bool> {
        let told = world.server.told("order-numbered").await?;
        Ok(orders.iter().all(|order| told.contains(order)))
    };
    kitchen.browser().until("all to be numbered", async || Ok(numbered().await.unwrap_or(false).then_some(()))).await?;
    accepts(&kitchen, sound).await?;
    is_told_once(&world, &kitchen, sound).await?;

    for (orders, cause) in [(many, CAUSES[0]), (fewer, CAUSES[1])] {
        for order in orders {
            world.server.spoils_by(cause, order).await?;
        }
        accepts(&kitchen, orders).await?;
    }
    faults_wait(&world, &kitchen, MANY + FEWER).await?;
    let olga = world.operator("olga").await?;
    olga.signs_in().await?;
    olga.opens("/desk/system").await?;
    olga.browser().click("[data-test=look-for-faults]").await?;
    olga.browser().wait(&group(MANY)).await?;
    olga.browser().wait(&group(FEWER)).await?;
    shows_faults(&olga, "desk-forty-faults").await?;

    // The cause is mended, and of the same comes more: some before the tap, some while it is done.
    world.server.mends_what(CAUSES[0]).await?;
    for order in later {
        world.server.spoils_by(CAUSES[0], order).await?;
    }
    let (before, meanwhile) = later.split_at(2);
    accepts(&kitchen, before).await?;
    faults_wait(&world, &kitchen, MANY + FEWER + before.len()).await?;
    let taps = async {
        olga.browser().click(&format!("{} [data-test=try-again]", group(MANY))).await?;
        olga.browser().wait_text(&tried(MANY), "24 are done").await
    };
    let (tapped, accepted) = tokio::join!(taps, accepts(&kitchen, meanwhile));
    tapped.and(accepted)?;
    faults_wait(&world, &kitchen, FEWER + LATER).await?;
    is_told_once(&world, &kitchen, many).await?;
    for order in fewer.iter().chain(later) {
        ensure!(times(&world, order).await? == 0, "nobody asked to try {order}");
    }
    let said = olga.browser().text(&tried(MANY)).await?;
    ensure!(said.contains("olga: 24 faults of ordering"), "who asked is said: {said}");
    shows_faults(&olga, "desk-tried-again").await?;

    // What is left is mended too: the second group, and those that came late.
    world.server.mends_what(CAUSES[0]).await?;
    world.server.mends_what(CAUSES[1]).await?;
    look_again(&olga).await?;
    for count in [FEWER, LATER] {
        olga.browser().click(&format!("{} [data-test=try-again]", group(count))).await?;
        olga.browser().wait_text(&tried(count), &format!("{count} are done")).await?;
    }
    olga.browser().wait_gone("[data-test=fault-group]").await?;
    faults_wait(&world, &kitchen, 0).await?;
    is_told_once(&world, &kitchen, &orders).await?;

    // It is read from the server, also by whoever looks later.
    olga.opens("/desk/system").await?;
    olga.browser().click("[data-test=look-for-faults]").await?;
    for count in [MANY, FEWER, LATER] {
        olga.browser().wait(&tried(count)).await?;
    }
    let asked = "select count(*) from resubmission where asked_by = 'olga' and asked_at > 0";
    ensure!(world.server.number(Database::Truth, asked).await? == 3);
    let tried = "select count(*) from resubmitted where ended = 'followed'";
    ensure!(world.server.number(Database::Truth, tried).await? == (MANY + FEWER + LATER) as i64);
    world.end(&[kitchen.browser(), olga.browser()]).await
}

/// Ada orders again and again; gives back the orders, the first one first.
async fn orders(world: &World) -> Result<Vec<String>> {
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let mut orders = Robot::start(ada.browser(), &[("trattoria-lucciola", "margherita")]).await?.places(ALL).await?;
    ada.opens("/orders").await?;
    ada.has_waiting(0).await?;
    orders.truncate(ALL);
    Ok(orders)
}

async fn accepts(kitchen: &Kitchen, orders: &[String]) -> Result<()> {
    for order in orders {
        kitchen.taps(order, "accept").await?;
    }
    for order in orders {
        kitchen.sees_ticket(order, "accepted").await?;
    }
    Ok(())
}

/// So many facts wait to be tried again.
async fn faults_wait(world: &World, kitchen: &Kitchen, count: usize) -> Result<()> {
    let wait = async || {
        let waiting = world.server.waits_to_be_tried().await;
        Ok(waiting.is_ok_and(|waiting| waiting == count as i64).then_some(()))
    };
    kitchen.browser().until(&format!("{count} faults to wait"), wait).await
}

/// Of each of these orders it was told exactly once that the kitchen has it.
async fn is_told_once(world: &World, kitchen: &Kitchen, orders: &[String]) -> Result<()> {
    for order in orders {
        let told = async || Ok(times(world, order).await.is_ok_and(|times| times > 0).then_some(()));
        kitchen.browser().until(&format!("{order} to be received"), told).await?;
        ensure!(times(world, order).await? == 1, "{order}: an effect happens once");
    }
    Ok(())
}

/// How often ordering has told that an order's status changed.
async fn times(world: &World, order: &str) -> Result<usize> {
    Ok(world.server.told("order-status-changed").await?.iter().filter(|told| *told == order).count())
}

/// The faults stand at the end of a long page.
async fn shows_faults(olga: &Operator, name: &str) -> Result<()> {
    let script = "document.querySelector('[data-test=faults]').scrollIntoView({ behavior: 'instant' })";
    olga.browser().client().execute(script, vec![]).await?;
    looks_right(olga.browser(), name).await
}

async fn look_again(olga: &Operator) -> Result<()> {
    for _ in ["fold", "unfold"] {
        olga.browser().click("[data-test=look-for-faults]").await?;
    }
    olga.browser().wait("[data-test=fault-group]").await?;
    Ok(())
}

fn group(count: usize) -> String {
    format!("[data-test=fault-group][data-service=ordering][data-count='{count}']")
}

fn tried(count: usize) -> String {
    format!("[data-test=tried-again][data-by=olga][data-count='{count}']")
}
