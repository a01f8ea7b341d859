//! One account on two phones: what needs a decision is on both, is settled on one, and is gone from the other.

use anyhow::{Context, Result};
use e2e::{Cart, Engine, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita", "minestrone"] };
const ITEM: &str = "[data-test=inbox-item]";

#[tokio::test]
async fn an_inbox_item_that_is_settled_on_one_phone_is_gone_from_the_other() -> Result<()> {
    settled_on_one(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_an_inbox_item_that_is_settled_on_one_phone_is_gone_from_the_other() -> Result<()> {
    settled_on_one(Engine::Firefox).await
}

async fn settled_on_one(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let one = world.phone("ada").await?;
    one.signs_in().await?;
    one.is_ready_for_offline().await?;
    let other = world.phone("ada").await?;
    other.signs_in().await?;
    one.network().cut();
    one.is_cut_off().await?;
    let order = one.orders(&CART).await?;
    one.sees_stage(&order, "saved").await?;
    kitchen.marks_sold_out("minestrone").await?;
    kitchen.opens("/kitchen").await?;
    one.network().rough_weather();
    other.network().rough_weather();

    let item = one.finds_in_inbox("changed").await?;
    assert_eq!(other.finds_in_inbox("changed").await?, item, "it is the same one");
    other.chooses(&item, "drop-lines").await?;
    one.browser().wait_gone(ITEM).await?;
    other.browser().wait_gone(ITEM).await?;
    one.has_waiting(0).await?;
    other.has_waiting(0).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    assert_eq!(world.server.dishes().await?, ["margherita"]);
    for phone in [&one, &other] {
        phone.opens(&format!("/orders/{order}")).await?;
        phone.sees_order(&order, "submitted").await?;
        phone.agrees_with(&world.server).await?;
    }

    // What settled it, once more and late: it is answered as before.
    let settled = other.network().requests("POST /api/commands").pop().context("the choice was sent")?;
    other.network().repeat(&settled).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    assert_eq!(world.server.tickets().await?.len(), 1);
    assert_eq!(one.browser().count(ITEM).await?, 0);
    world.end(&[one.browser(), other.browser(), kitchen.browser()]).await
}
