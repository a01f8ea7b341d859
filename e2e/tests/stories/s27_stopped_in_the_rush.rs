//! Scenario 27: an operator stops the server in the rush and starts the next one. Every phone finds it by itself, and what was
//! tapped in that moment is there once. (That it says it is not ready before its door closes stands in `bff/tests/web.rs`.)

use anyhow::Result;
use e2e::{Cart, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn a_server_that_is_stopped_in_the_rush_neither_loses_nor_doubles_and_everybody_finds_the_next() -> Result<()> {
    let mut world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let people = [world.phone("ada").await?, world.phone("ben").await?];
    for person in &people {
        person.signs_in().await?;
        person.fills(&CART).await?;
        person.checks_out(CART.restaurant).await?;
    }

    let taps = async {
        for person in &people {
            person.browser().click("[data-test=place-order]").await?;
        }
        anyhow::Ok(())
    };
    let (tapped, stopped) = tokio::join!(taps, world.server.stop());
    tapped.and(stopped)?;
    world.server.restart().await?;

    for person in &people {
        let order = person.tracked_order().await?;
        person.is_online().await?;
        person.sees_order(&order, "submitted").await?;
        person.has_waiting(0).await?;
        kitchen.sees_ticket(&order, "waiting").await?;
    }
    kitchen.is_online().await?;
    assert_eq!(kitchen.all_tickets().await?, 2);
    assert_eq!(world.server.orders().await?.len(), 2);
    for person in &people {
        person.agrees_with(&world.server).await?;
    }
    kitchen.agrees_with(&world.server).await?;
    world.end(&[people[0].browser(), people[1].browser(), kitchen.browser()]).await
}
