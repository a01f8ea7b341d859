//! Scenario 1: somebody without a network marks three jobs done, kills the browser, opens it again and comes back into
//! reach: each is recorded once, in order, with the time of the tap, and the customer sees it.
//!
//! It is told of a kitchen's tablet in a cellar and of a driver in a tunnel, who has two meals, because nobody carries more.

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Driver, Engine, Kitchen, Staff, World};
use serde_json::Value;

const LUCCIOLA: &str = "trattoria-lucciola";
const DISHES: [&str; 3] = ["margherita", "diavola", "tiramisu"];
const TO_BRING: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
const COMMANDS: &str = "POST /api/commands";

#[tokio::test]
async fn three_marks_from_a_cellar_are_recorded_once_and_in_order() -> Result<()> {
    three_marks(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_three_marks_from_a_cellar_are_recorded_once_and_in_order() -> Result<()> {
    three_marks(Engine::Firefox).await
}

#[tokio::test]
async fn two_deliveries_from_a_tunnel_are_recorded_once_and_in_order() -> Result<()> {
    two_deliveries(Engine::Chromium).await
}

#[tokio::test]
async fn firefox_two_deliveries_from_a_tunnel_are_recorded_once_and_in_order() -> Result<()> {
    two_deliveries(Engine::Firefox).await
}

async fn three_marks(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let orders = three_orders(&ada, &kitchen).await?;
    kitchen.is_ready_for_offline().await?;

    kitchen.network().cut();
    kitchen.is_cut_off().await?;
    for (marked, order) in orders.iter().enumerate() {
        kitchen.accepts(order).await?;
        kitchen.has_waiting(marked + 1).await?;
    }
    let saved = acts(&kitchen).await?;
    kitchen.dies()?;
    kitchen.starts("/kitchen").await?;
    for order in &orders {
        kitchen.sees_ticket(order, "accepted").await?;
    }
    assert_eq!(acts(&kitchen).await?, saved, "what was saved is what was found again");

    // Out of the cellar, where the network is slow, loses the first answer and sends everything twice.
    kitchen.network().lose_answers(COMMANDS, 1);
    kitchen.network().rough_weather();
    kitchen.has_waiting(0).await?;
    for order in &orders {
        ada.opens(&format!("/orders/{order}")).await?;
        ada.sees_order(order, "received").await?;
    }

    assert_eq!(world.server.told("order-received").await?, orders, "each once, in the order of the taps");
    went_out_as_saved(&kitchen, &saved, &orders);
    kitchen.agrees_with(&world.server).await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Orders that wait on the board, oldest first.
async fn three_orders(ada: &Customer, kitchen: &Kitchen) -> Result<Vec<String>> {
    let mut orders = vec![];
    for dish in DISHES {
        let order = ada.orders(&Cart { restaurant: LUCCIOLA, items: &[dish] }).await?;
        kitchen.sees_ticket(&order, "waiting").await?;
        orders.push(order);
    }
    Ok(orders)
}

async fn two_deliveries(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let mut dora = world.driver("dora").await?;
    dora.signed_in_days_ago().await?;
    dora.goes_on_duty().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let (ada, ben) = (world.phone("ada").await?, world.phone("ben").await?);
    let mut orders = vec![];
    for customer in [&ada, &ben] {
        customer.signs_in().await?;
        orders.push(a_meal_to_fetch(customer, &kitchen, &dora).await?);
    }
    dora.is_ready_for_offline().await?;
    let before = acts(&dora).await?.len();

    dora.network().cut();
    dora.is_cut_off().await?;
    for order in &orders {
        dora.taps(order, "pick-up").await?;
        dora.sees_errand(order, "picked-up").await?;
    }
    for order in &orders {
        dora.taps(order, "deliver").await?;
        dora.sees_no_errand(order).await?;
    }
    dora.has_waiting(4).await?;
    let saved = acts(&dora).await?.split_off(before);
    dora.dies()?;
    dora.starts("/drive").await?;
    dora.has_waiting(4).await?;
    for order in &orders {
        dora.sees_no_errand(order).await?;
    }
    assert_eq!(acts(&dora).await?.split_off(before), saved, "what was saved is what was found again");

    // Out of the tunnel, where the network is as bad as outside the cellar.
    dora.network().lose_answers(COMMANDS, 1);
    dora.network().rough_weather();
    for (customer, order) in [&ada, &ben].into_iter().zip(&orders) {
        customer.sees_order(order, "delivered").await?;
        kitchen.sees_ticket(order, "handed-over").await?;
    }
    dora.has_waiting(0).await?;

    for fact in ["order-picked-up", "delivery-completed"] {
        assert_eq!(world.server.told(fact).await?, orders, "{fact}: each once, in the order of the taps");
    }
    let twice = [orders.as_slice(), &orders].concat();
    went_out_as_saved(&dora, &saved, &twice);
    ada.agrees_with(&world.server).await?;
    ben.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), ben.browser(), kitchen.browser(), dora.browser()]).await
}

/// An order that is ready on the pass, and hers to bring.
async fn a_meal_to_fetch(customer: &Customer, kitchen: &Kitchen, driver: &Driver) -> Result<String> {
    let order = customer.orders_to_the_door(&TO_BRING, "tok_succeeds", "Torstra\u{df}e 1, Berlin").await?;
    driver.is_offered(&order).await?;
    driver.claims(&order).await?;
    kitchen.accepts(&order).await?;
    for tap in ["start", "ready"] {
        kitchen.taps(&order, tap).await?;
    }
    kitchen.sees_ticket(&order, "ready").await?;
    Ok(order)
}

/// Each act is of the order that was tapped, and its bytes are what was sent, the time of the tap among them: the rows' own
/// times are the server's.
fn went_out_as_saved(staff: &Staff, saved: &[String], tapped: &[String]) {
    assert_eq!(saved.len(), tapped.len());
    let sent = staff.network().requests(COMMANDS);
    for (act, order) in saved.iter().zip(tapped) {
        assert!(act.contains(order) && act.contains("acted_at"), "{act}");
        let arrived = sent.iter().filter(|request| String::from_utf8_lossy(&request.body).contains(act.as_str()));
        assert!(arrived.count() > 0, "the saved bytes are what is sent");
    }
}

/// The bytes of every act on the device, in the order of the taps.
async fn acts(staff: &Staff) -> Result<Vec<String>> {
    let mut records = staff.outbox().await?;
    records.sort_by_key(|record| record["seq"].as_u64());
    let bytes = |record: &Value| record["bytes"].as_str().map(str::to_owned);
    records.iter().map(bytes).collect::<Option<_>>().context("a record keeps its bytes, and they are text")
}
