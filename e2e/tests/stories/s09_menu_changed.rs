//! Scenario 9: what clashed while the customer was away is settled by the customer, and nothing is cooked or charged before.

use anyhow::Result;
use e2e::{Cart, Customer, Kitchen, World};

/// The pizza stays as it is, the soup sells out, the dessert gets dearer: 9.00, 6.50, and 6.00 that becomes 7.00.
const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita", "minestrone", "tiramisu"] };

#[tokio::test]
async fn accepting_the_new_price_sends_what_can_be_had() -> Result<()> {
    let (world, ada, kitchen, order) = an_order_that_clashes().await?;
    let item = ada.finds_in_inbox("changed").await?;
    ada.chooses(&item, "accept-changes").await?;
    is_cooked_once(&world, &ada, &kitchen, &order, &["margherita", "tiramisu"], 1600).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn dropping_the_changed_lines_sends_the_rest() -> Result<()> {
    let (world, ada, kitchen, order) = an_order_that_clashes().await?;
    let item = ada.finds_in_inbox("changed").await?;
    ada.chooses(&item, "drop-lines").await?;
    is_cooked_once(&world, &ada, &kitchen, &order, &["margherita"], 900).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Ada orders with no network, the kitchen changes the menu meanwhile, Ada's network comes back: the order is held.
async fn an_order_that_clashes() -> Result<(World, Customer, Kitchen, String)> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.is_ready_for_offline().await?;

    ada.network().cut();
    ada.is_cut_off().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    kitchen.marks_sold_out("minestrone").await?;
    kitchen.reprices("tiramisu", "7.00").await?;
    kitchen.opens("/kitchen").await?;
    ada.network().restore();

    let item = ada.finds_in_inbox("changed").await?;
    let card = format!("[data-test=inbox-item][data-id={item:?}]");
    ada.browser().wait_text(&card, "Minestrone").await?;
    ada.browser().wait_text(&card, "7.00").await?;
    ada.browser().screenshot("inbox-changed").await?;
    assert!(world.server.orders().await?.is_empty(), "a held order is no order");
    assert!(world.server.tickets().await?.is_empty(), "a held order is not cooked");
    assert_eq!(kitchen.all_tickets().await?, 0);
    Ok((world, ada, kitchen, order))
}

async fn is_cooked_once(
    world: &World,
    ada: &Customer,
    kitchen: &Kitchen,
    order: &str,
    dishes: &[&str],
    total_minor: i64,
) -> Result<()> {
    kitchen.sees_ticket(order, "waiting").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    kitchen.accepts(order).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(order, "received").await?;
    ada.has_waiting(0).await?;
    ada.opens("/inbox").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;

    assert!(ada.undecided().await?.is_empty());
    assert_eq!(world.server.dishes().await?, dishes);
    assert_eq!(world.server.orders().await?[0]["total"]["minor"], total_minor);
    assert_eq!(world.server.tickets().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await
}
