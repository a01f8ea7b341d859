//! A first visit: restaurants are there, and customer and kitchen work side by side.

use anyhow::Result;
use e2e::{Cart, World};

#[tokio::test]
async fn the_first_visit_shows_restaurants_to_somebody_who_never_signed_in() -> Result<()> {
    let world = World::start().await?;
    let guest = world.phone("guest").await?;
    guest.opens("/").await?;
    guest.browser().wait("[data-test=restaurant][data-id=trattoria-lucciola]").await?;
    guest.browser().wait("[data-test=restaurant][data-id=ginkgo-ramen]").await?;
    guest.browser().click("[data-test=restaurant][data-id=ginkgo-ramen]").await?;
    guest.browser().wait("[data-test=item]").await?;
    world.end(&[guest.browser()]).await
}

#[tokio::test]
async fn the_demo_customer_and_the_demo_kitchen_work_side_by_side() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&Cart { restaurant: "trattoria-lucciola", items: &["margherita"] }).await?;
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    for (button, ticket, seen) in
        [("start", "cooking", "preparing"), ("ready", "ready", "prepared"), ("hand-over", "handed-over", "handed-over")]
    {
        kitchen.taps(&order, button).await?;
        ada.sees_order(&order, seen).await?;
        assert_eq!(world.server.tickets().await?[0]["progress"], ticket);
    }
    ada.is_online().await?;
    kitchen.is_online().await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
