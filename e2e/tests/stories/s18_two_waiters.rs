//! Scenario 18: two waiters change what one table has, one of them without a network. Both sets of lines are kept, or one is
//! shown the difference; no line vanishes. And the journeys of a table and of the counter, whole.

use anyhow::{Result, ensure};
use e2e::{Engine, World};
use serde_json::Value;

const ESPRESSO: &str = "espresso";
const WATER: &str = "acqua-frizzante-75-cl";

#[tokio::test]
async fn what_two_waiters_add_to_one_table_is_kept_and_a_clash_is_shown() -> Result<()> {
    two_waiters(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_what_two_waiters_add_to_one_table_is_kept_and_a_clash_is_shown() -> Result<()> {
    two_waiters(Engine::Firefox).await
}

async fn two_waiters(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let (mut anna, bruno) = (world.tablet("lucciola").await?, world.tablet("lucciola").await?);
    anna.signed_in_days_ago().await?;
    bruno.signs_in().await?;
    let table = anna.opens_table("7").await?;
    anna.adds_line(ESPRESSO, 1).await?;
    bruno.goes_to_table(&table).await?;
    bruno.has_lines(ESPRESSO, 1).await?;
    anna.is_ready_for_offline().await?;

    // Anna is in the cellar, and her phone dies there.
    anna.network().cut();
    anna.is_cut_off().await?;
    anna.taps_line(ESPRESSO, "take-back").await?;
    anna.sees_line(ESPRESSO, "taken-back").await?;
    anna.adds_line("margherita", 1).await?;
    anna.has_waiting(2).await?;
    anna.dies()?;
    anna.starts(&format!("/kitchen/tables/{table}")).await?;
    anna.has_lines("margherita", 1).await?;
    anna.sees_line(ESPRESSO, "taken-back").await?;

    // Bruno knows nothing of that: he adds, sends and serves.
    bruno.adds_line("minestrone", 1).await?;
    bruno.taps_next("send-lines").await?;
    bruno.sees_line("minestrone", "placed").await?;
    bruno.taps_line(ESPRESSO, "serve").await?;
    bruno.sees_line(ESPRESSO, "served").await?;
    bruno.has_waiting(0).await?;

    anna.network().restore();
    anna.is_online().await?;
    for waiter in [&anna, &bruno] {
        for (item, state) in [("margherita", "added"), ("minestrone", "placed"), (ESPRESSO, "served")] {
            waiter.has_lines(item, 1).await?;
            waiter.sees_line(item, state).await?;
        }
    }
    // What could not be taken back any more is said so, and why; what she did after it stands.
    anna.opens("/kitchen/inbox").await?;
    anna.browser().wait_attr("[data-test=inbox-item]", "data-code", "served").await?;
    anna.browser().wait_text("[data-test=inbox-item]", "Espresso was served already").await?;
    anna.browser().screenshot("table-clash").await?;
    anna.browser().click("[data-choice=dismiss]").await?;
    anna.browser().wait_gone("[data-test=inbox-item]").await?;

    anna.goes_to_table(&table).await?;
    anna.taps_next("send-lines").await?;
    bruno.cooks_for(&table, 2).await?;
    anna.taps_next("serve-all").await?;
    anna.sees_line("margherita", "served").await?;
    anna.has_waiting(0).await?;

    // Anna makes the bill while she is cut off, and Bruno brings a water meanwhile.
    anna.network().cut();
    anna.is_cut_off().await?;
    anna.taps_next("bill").await?;
    anna.sees_table("billed").await?;
    anna.has_waiting(1).await?;
    bruno.goes_to_table(&table).await?;
    bruno.adds_line(WATER, 1).await?;
    bruno.taps_line(WATER, "serve").await?;
    bruno.sees_line(WATER, "served").await?;
    bruno.has_waiting(0).await?;
    anna.network().restore();
    anna.opens("/kitchen/inbox").await?;
    anna.browser().wait_attr("[data-test=inbox-item]", "data-code", "other-sum").await?;
    anna.browser().screenshot("table-other-sum").await?;
    anna.browser().click("[data-choice=bill-as-it-is]").await?;
    anna.browser().wait_gone("[data-test=inbox-item]").await?;

    bruno.sees_table("billed").await?;
    bruno.taps_next("declined").await?;
    bruno.browser().wait("[data-test=card-declined]").await?;
    bruno.taps_next("pay-cash").await?;
    bruno.sees_table("paid").await?;
    bruno.taps_next("close-table").await?;
    bruno.sees_table("closed").await?;
    bruno.has_waiting(0).await?;
    let told = world.server.told_of_table(&table).await?;
    let times = |kind: &str| told.iter().filter(|told| *told == kind).count();
    ensure!(times("table-line-added") == 4 && times("table-line-taken-back") == 0, "{told:?}");
    ensure!(times("bill-prepared") == 1 && times("bill-paid") == 1, "{told:?}");
    world.end(&[anna.browser(), bruno.browser()]).await
}

/// The journey of the worked example: entered without a network up to the order, told once each and in its order.
#[tokio::test]
async fn an_evening_that_began_without_a_network_is_told_once_and_in_its_order() -> Result<()> {
    let world = World::start().await?;
    let mut anna = world.tablet("lucciola").await?;
    anna.signed_in_days_ago().await?;
    anna.is_ready_for_offline().await?;
    anna.network().cut();
    anna.is_cut_off().await?;
    let table = anna.opens_table("12").await?;
    for (item, nth) in [(WATER, 1), ("chinotto", 1), ("minestrone", 1)] {
        anna.adds_line(item, nth).await?;
    }
    anna.taps_line("chinotto", "take-back").await?;
    anna.sees_line("chinotto", "taken-back").await?;
    anna.adds_line("margherita", 1).await?;
    anna.taps_next("send-lines").await?;
    anna.sees_line("margherita", "placed").await?;
    // A drink goes out at once; food has no button for it yet.
    anna.taps_line(WATER, "serve").await?;
    anna.sees_line(WATER, "served").await?;
    assert_eq!(anna.browser().count("[data-item=margherita] [data-test=serve]").await?, 0);
    anna.has_waiting(8).await?;
    anna.network().restore();
    anna.has_waiting(0).await?;
    let told = world.server.told_of_table(&table).await?;
    let added = "table-line-added";
    let first = ["table-opened", added, added, added, "table-line-taken-back", added];
    ensure!(told[..6] == first && told[6..] == ["table-order-placed", "table-line-served"], "{told:?}");

    anna.cooks_for(&table, 1).await?;
    anna.goes_to_table(&table).await?;
    anna.taps_next("serve-all").await?;
    anna.taps_next("bill").await?;
    anna.sees_table("billed").await?;
    anna.browser().fill("[name=tip]", "2,50").await?;
    anna.taps_next("pay-card").await?;
    anna.sees_table("paid").await?;
    anna.browser().wait_text("[data-test=settled]", "by card, and \u{20ac}2.50 tip").await?;
    anna.taps_next("close-table").await?;
    anna.sees_table("closed").await?;
    anna.has_waiting(0).await?;
    let told = world.server.told_of_table(&table).await?;
    let served = "table-line-served";
    let rest =
        ["table-food-prepared", "table-food-prepared", served, served, "bill-prepared", "bill-paid", "table-closed"];
    ensure!(told[8..] == rest, "{told:?}");
    let tabs = world.server.rows(e2e::Database::Truth, "select body from dining_row").await?;
    let body: Value = serde_json::from_str(tabs[0]["body"].as_str().unwrap_or_default())?;
    let (lines, bill) = (&body["tab"]["lines"], &body["tab"]["bill"]["lines"]);
    ensure!(lines[1]["item"] == "chinotto" && !bill.to_string().contains(lines[1]["id"].as_str().unwrap_or_default()));
    world.end(&[anna.browser()]).await
}

#[tokio::test]
async fn at_the_counter_one_pays_first_and_the_order_ends_when_one_has_it() -> Result<()> {
    let world = World::start().await?;
    let anna = world.tablet("lucciola").await?;
    anna.signs_in().await?;
    let order = anna.begins_at_the_counter().await?;
    anna.adds_line("margherita", 1).await?;
    anna.adds_line(ESPRESSO, 1).await?;
    anna.taps_next("bill").await?;
    anna.sees_table("billed").await?;
    anna.taps_next("pay-cash").await?;
    anna.sees_table("paid").await?;
    anna.cooks_for(&order, 1).await?;
    anna.goes_to_table(&order).await?;
    anna.taps_next("serve-all").await?;
    anna.sees_table("closed").await?;
    world.end(&[anna.browser()]).await
}

/// What cannot be made after it was paid at the counter goes back as money, and what is on the house is on no bill.
#[tokio::test]
async fn what_was_paid_and_cannot_be_made_is_given_back_and_the_house_may_treat() -> Result<()> {
    let world = World::start().await?;
    let anna = world.tablet("lucciola").await?;
    anna.signs_in().await?;
    anna.begins_at_the_counter().await?;
    anna.adds_line("margherita", 1).await?;
    anna.adds_line(ESPRESSO, 1).await?;
    anna.adds_line(WATER, 1).await?;
    anna.taps_line(WATER, "serve").await?;
    anna.sees_line(WATER, "served").await?;
    anna.taps_line(WATER, "write-off").await?;
    anna.browser().click("dialog[open] [data-test=confirm-write-off]").await?;
    anna.browser()
        .wait_text("[data-test=tab-line][data-item=acqua-frizzante-75-cl]", "Not billed: On the house")
        .await?;
    anna.taps_next("bill").await?;
    anna.sees_table("billed").await?;
    anna.browser().wait_text("[data-test=tab-total]", "\u{20ac}10.50").await?;
    anna.taps_next("pay-cash").await?;
    anna.sees_table("paid").await?;
    anna.taps_line(ESPRESSO, "serve").await?;
    anna.sees_line(ESPRESSO, "served").await?;
    anna.taps_line("margherita", "take-back").await?;
    anna.browser().wait_text("[data-test=owed-back]", "\u{20ac}9.00").await?;
    anna.browser().screenshot("table-owed-back").await?;
    anna.taps_next("give-back-owed").await?;
    anna.sees_table("closed").await?;
    anna.browser().wait_text("[data-test=settled]", "\u{20ac}9.00 given back").await?;
    world.end(&[anna.browser()]).await
}

/// Of a dish that the kitchen counts, two waiters cannot have one portion twice.
#[tokio::test]
async fn the_last_portion_goes_to_one_table_and_the_other_is_told() -> Result<()> {
    let world = World::start().await?;
    let (mut anna, bruno) = (world.tablet("lucciola").await?, world.tablet("lucciola").await?);
    anna.signed_in_days_ago().await?;
    anna.counts("tiramisu", 1).await?;
    let hers = anna.opens_table("1").await?;
    anna.is_ready_for_offline().await?;
    anna.network().cut();
    anna.is_cut_off().await?;
    anna.adds_line("tiramisu", 1).await?;
    bruno.signs_in().await?;
    bruno.opens_table("2").await?;
    bruno.adds_line("tiramisu", 1).await?;
    bruno.has_waiting(0).await?;
    anna.network().restore();
    anna.has_waiting(0).await?;
    // She is told on every list, until she has told her guests.
    anna.browser().goes("/kitchen/tables").await?;
    anna.browser().wait_text("[data-test=table-gone]", "1 sold out: tell the guests").await?;
    anna.goes_to_table(&hers).await?;
    anna.sees_line("tiramisu", "gone").await?;
    anna.taps_line("tiramisu", "guests-know").await?;
    anna.sees_line("tiramisu", "taken-back").await?;
    ensure!(world.server.number(e2e::Database::Truth, LEFT).await? == 0, "never less than none");
    world.end(&[anna.browser(), bruno.browser()]).await
}

/// What is left of the tiramisu.
const LEFT: &str = "select json_extract(item.value, '$.availability.left') from catalog_row,
    json_each(body, '$.menu.sections') as section, json_each(section.value, '$.items') as item
    where catalog_row.key = 'menu/trattoria-lucciola' and json_extract(item.value, '$.id') = 'tiramisu'";
