//! A proxy stands in for the server with a page that says to come again in an hour. It is no word of ours: when the server is
//! back a minute later, so is the tablet.

use anyhow::Result;
use e2e::{Cart, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
/// A clock that the story can put forward, so that nobody waits for the minute.
const CLOCK: &str = "{ const now = Date.now; window.passed = 0; Date.now = () => now() + window.passed; }";
const A_MINUTE_PASSES: &str = "window.passed = 61_000";
/// The browser has read the page in place of both answers, and the app waits for its next try of both.
const IS_TOLD: &str = "['/live', '/api/commands'].every(path => performance.getEntriesByType('resource')
    .some(({ name, responseStatus }) => name.endsWith(path) && responseStatus === 503))
    && carryout.leader().link === 'down' && carryout.leader().sender === 'waiting'";

#[tokio::test]
async fn a_strangers_page_that_says_an_hour_costs_a_minute() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let order = ada.orders(&CART).await?;
    kitchen.browser().begins_with(CLOCK).await?;
    kitchen.opens("/kitchen").await?;
    kitchen.is_online().await?;
    kitchen.sees_ticket(&order, "waiting").await?;

    kitchen.network().is_under_maintenance();
    kitchen.is_cut_off().await?;
    kitchen.accepts(&order).await?;
    kitchen.browser().comes_to(IS_TOLD).await?;
    kitchen.network().heal();
    kitchen.browser().client().execute(A_MINUTE_PASSES, vec![]).await?;
    kitchen.is_online().await?;
    kitchen.has_waiting(0).await?;
    ada.sees_order(&order, "received").await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
