//! The tab that leads is frozen, as a browser does to one in the background: another one takes the lead and sends, and the
//! first finds its place when it runs again.

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Engine, World};
use serde_json::{Value, json};

const COMMANDS: &str = "POST /api/commands";
const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
/// How many times at most a person changes from tab to tab without waiting.
const CHANGES: usize = 12;
const LEADS: &str = "carryout.leader().leads";
/// Places the order, and freezes the tab in the moment in which it has sent it.
const TAP_AND_FREEZE: &str = "new Promise(done => {
    const look = () => {
        if (carryout.leader().sender !== 'posting') return setTimeout(look, 0);
        carryout.freeze();
        done(true);
    };
    look();
    document.querySelector('[data-test=place-order]').click();
})";
/// The browser has the answer to what this tab sent.
const ANSWERED: &str = "performance.getEntriesByType('resource')
    .some(({ name, responseEnd }) => name.endsWith('/api/commands') && responseEnd > 0)";
/// All that the tab knows of the orders.
const ROWS: &str = "carryout.rows('order')";

#[tokio::test]
async fn a_leader_that_is_frozen_is_followed_and_sends_nothing_when_it_is_thawed() -> Result<()> {
    frozen(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_leader_that_is_frozen_is_followed_and_sends_nothing_when_it_is_thawed() -> Result<()> {
    frozen(Engine::Firefox).await
}

async fn frozen(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    ada.browser().comes_to(LEADS).await?;
    let first = ada.browser().open_tab().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;

    // Whichever of the two leads is frozen.
    let second = ada.browser().show_tab(first.clone()).await?;
    let (leader, other) = if says(&ada, LEADS).await? == json!(true) { (first, second) } else { (second, first) };
    ada.browser().show_tab(leader.clone()).await?;
    ada.browser().comes_to(LEADS).await?;
    says(&ada, "carryout.freeze()").await?;
    ada.browser().show_tab(other.clone()).await?;
    let order = ada.orders(&CART).await?;
    ada.browser().comes_to(LEADS).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    // Its number is the last that is told of it; what is read before that is not what the other tab comes to.
    ada.browser().wait(&format!("[data-test=order][data-id={order:?}] .number:not(.provisional)")).await?;
    let rows = says(&ada, ROWS).await?;
    assert_eq!(rows.as_array().context("rows")?.len(), 1);

    ada.browser().show_tab(leader).await?;
    let stands_still = says(&ada, "[carryout.leader().frozen, carryout.rows('order').length]").await?;
    assert_eq!(stands_still, json!([true, 0]), "it has noticed nothing");
    says(&ada, "carryout.freeze(false)").await?;
    ada.browser().comes_to("!carryout.leader().leads").await?;
    ada.browser().comes_to(&format!("JSON.stringify({ROWS}) === {}", json!(rows.to_string()))).await?;
    ada.has_waiting(0).await?;
    ada.is_online().await?;
    ada.browser().show_tab(other).await?;
    ada.browser().comes_to(LEADS).await?;
    assert_eq!(says(&ada, ROWS).await?, rows, "both tabs agree");

    assert_eq!(ada.network().requests(COMMANDS).len(), 1, "one of them sent it, and once");
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(kitchen.all_tickets().await?, 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Back and forth between two tabs, faster than the lead can follow: it is asked for while it is on its way. (Chromium calls
/// both tabs of a test visible, and then none hands over.)
#[tokio::test]
async fn firefox_the_tab_that_is_looked_at_comes_to_lead_however_quickly_they_change() -> Result<()> {
    let world = World::of(Engine::Firefox).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    let mut other = ada.browser().open_tab().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    for changes in 1..=CHANGES {
        for _ in 0..changes {
            other = ada.browser().show_tab(other).await?;
        }
        ada.browser().comes_to(LEADS).await?;
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn an_answer_to_a_leader_that_was_frozen_changes_nothing_when_it_is_thawed() -> Result<()> {
    answered_while_frozen(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_an_answer_to_a_leader_that_was_frozen_changes_nothing_when_it_is_thawed() -> Result<()> {
    answered_while_frozen(Engine::Firefox).await
}

/// It has sent and stands still before the answer; by the time it reads that, another tab has written the end of the same act.
async fn answered_while_frozen(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    ada.fills(&CART).await?;
    ada.opens("/cart?debug").await?;
    ada.is_online().await?;
    ada.browser().comes_to(LEADS).await?;
    ada.fills_in_the_checkout(CART.restaurant).await?;
    says(&ada, TAP_AND_FREEZE).await?;
    let leader = ada.browser().open_tab().await?;
    ada.opens("/orders?debug").await?;
    ada.browser().comes_to(LEADS).await?;
    ada.has_waiting(0).await?;
    ada.browser().comes_to("carryout.acts().every(act => act.stage === 'done')").await?;
    let written = ada.outbox().await?;
    assert_eq!(written.len(), 1);

    let other = ada.browser().show_tab(leader).await?;
    ada.browser().comes_to(ANSWERED).await?;
    let believes = says(&ada, "[carryout.leader().frozen, carryout.leader().sender, carryout.acts()[0].stage]").await?;
    assert_eq!(believes, json!([true, "posting", "sent"]), "the answer lies before it, unread");
    says(&ada, "carryout.freeze(false)").await?;
    ada.browser().comes_to("!carryout.leader().leads").await?;
    // What it reads from the disk it reads after what it tried to write.
    ada.browser().comes_to("carryout.acts()[0].stage === 'done'").await?;
    assert_eq!(ada.outbox().await?, written, "the record is as the other tab left it");
    ada.browser().show_tab(other).await?;
    ada.browser().comes_to(LEADS).await?;
    assert_eq!(world.server.answered().await?.len(), 1);
    assert_eq!(world.server.orders().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

async fn says(ada: &Customer, expression: &str) -> Result<Value> {
    ada.browser().says(expression).await
}
