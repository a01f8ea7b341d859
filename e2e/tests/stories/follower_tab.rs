//! A tab that does not lead keeps what is done in it, and it leaves by the tab that leads, or by itself. (A tab that is looked at while the
//! one that leads is not takes the lead; so they are in two windows side by side.)

use anyhow::{Result, ensure};
use e2e::{Cart, Customer, Engine, World};
use serde_json::{Value, json};

const COMMANDS: &str = "POST /api/commands";
const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// How many tabs are opened at most until one follows.
const TABS_MAX: usize = 4;

#[tokio::test]
async fn pain_10_a_tab_that_follows_keeps_its_act_and_it_leaves_by_the_leader_or_by_itself() -> Result<()> {
    keeps_its_act(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_a_tab_that_follows_keeps_its_act() -> Result<()> {
    keeps_its_act(Engine::Firefox).await
}

async fn keeps_its_act(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let mut placed = 0;
    let order = loop {
        ensure!(placed < TABS_MAX, "every tab that was opened took the lead");
        ada.browser().open_window().await?;
        ada.opens("/").await?;
        let order = ada.orders(&CART).await?;
        ada.sees_stage(&order, "saved").await?;
        placed += 1;
        // A machine that holds up the tab that leads for six seconds makes the next one lead, as it should.
        if leads(&ada).await? == json!(false) {
            break order;
        }
    };

    // Both die in this moment; what the follower called saved is there.
    let saved = ada.outbox().await?;
    ada.phone_dies()?;
    ada.phone_starts("/").await?;
    ada.has_waiting(placed).await?;
    assert_eq!(ada.outbox().await?, saved);
    assert!(world.server.orders().await?.is_empty());

    // It leaves by the tab that leads, and the one that follows shows it.
    let first = ada.browser().open_tab().await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.network().restore();
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await?;
    assert_eq!(world.server.orders().await?.len(), placed);
    assert_eq!(ada.network().requests(COMMANDS).len(), 1);

    // The tab that led is closed with one more saved in the other: it leaves by itself.
    ada.network().cut();
    let more = ada.orders(&CART).await?;
    ada.sees_stage(&more, "saved").await?;
    let follower = ada.browser().show_tab(first).await?;
    ada.browser().client().close_window().await?;
    ada.browser().client().switch_to_window(follower).await?;
    ada.network().restore();
    ada.has_waiting(0).await?;
    ada.browser().comes_to("carryout.leader().leads").await?;
    assert_eq!(world.server.orders().await?.len(), placed + 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

async fn leads(ada: &Customer) -> Result<Value> {
    ada.browser().says("carryout.leader().leads").await
}
