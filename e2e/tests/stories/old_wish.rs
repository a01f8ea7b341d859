//! An order that lay on a phone for longer than anybody wants a meal is not cooked: it comes back with a question, and is
//! ordered once more only when its person says so.

use std::time::Duration;

use anyhow::Result;
use e2e::{Cart, Customer, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
/// An order is wanted for two hours from the tap.
const TOO_LONG: Duration = Duration::from_secs(3 * 60 * 60);

#[tokio::test]
async fn an_order_of_hours_ago_is_asked_about_and_ordered_when_it_is_wanted() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let (ada, item) = an_order_of_hours_ago(&world).await?;
    ada.chooses(&item, "send-again").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;
    ada.has_waiting(0).await?;

    let orders = world.server.orders().await?;
    let [order] = orders.as_slice() else { anyhow::bail!("wanted once, and there are {orders:?}") };
    kitchen.sees_ticket(order["id"].as_str().unwrap_or_default(), "waiting").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn an_order_of_hours_ago_is_let_go_when_nobody_wants_it() -> Result<()> {
    let world = World::start().await?;
    let (ada, item) = an_order_of_hours_ago(&world).await?;
    ada.chooses(&item, "dismiss").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;
    ada.has_waiting(0).await?;
    assert!(world.server.orders().await?.is_empty());
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// Ada ordered where there is no network, and her phone lay switched off for hours; the item in her inbox that asks her.
async fn an_order_of_hours_ago(world: &World) -> Result<(Customer, String)> {
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.phone_lies_off_for(TOO_LONG, "/outbox").await?;
    ada.has_waiting(1).await?;

    ada.network().rough_weather();
    let item = ada.finds_in_inbox("stale").await?;
    assert!(world.server.orders().await?.is_empty(), "nobody cooks it unasked");
    assert!(world.server.tickets().await?.is_empty(), "nobody cooks it unasked");
    Ok((ada, item))
}
