//! Scenario 11: two customers take the last portion in the same second. One has it, the other is told, and there is never less
//! than nothing.

use anyhow::{Context, Result, ensure};
use e2e::{Cart, Customer, World};

const CART: Cart<'_> = Cart { restaurant: "ginkgo-ramen", items: &["unagi-don"] };
const LEFT: [&str; 2] =
    [r#""@type": "QuantitativeValue", "value": 8 }"#, r#""@type": "QuantitativeValue", "value": 1 }"#];
/// It was held up when it arrived, or it ended when its portion was asked for: whoever is a moment later meets either.
const HAS_NONE: &str = "[data-test=order]:is([data-status=cancelled], [data-status=held][data-stage=refused])";

#[tokio::test]
async fn of_two_who_take_the_last_portion_at_once_one_has_it_and_the_other_is_told() -> Result<()> {
    let mut world = World::start().await?;
    world.server.stop().await?;
    world.server.imports(CART.restaurant, LEFT[0], LEFT[1]).await?;
    world.server.restart().await?;
    let kitchen = world.tablet("ginkgo").await?;
    kitchen.signs_in().await?;
    let people = [world.phone("ada").await?, world.phone("ben").await?];
    let mut orders = vec![];
    for person in &people {
        person.signs_in().await?;
        person.is_ready_for_offline().await?;
        person.network().cut();
        person.is_cut_off().await?;
        let order = person.orders(&CART).await?;
        person.sees_stage(&order, "saved").await?;
        orders.push(order);
    }
    people.iter().for_each(|person| person.network().restore());

    let ticket = async || {
        let tickets = world.server.tickets().await.unwrap_or_default();
        Ok(tickets.first().and_then(|ticket| ticket["order"].as_str().map(str::to_owned)))
    };
    let served = people[0].browser().until("whoever has it", ticket).await?;
    let one = orders.iter().position(|order| *order == served).context("it is one of theirs")?;
    let (winner, loser) = (&people[one], &people[1 - one]);
    winner.sees_order(&served, "submitted").await?;
    kitchen.sees_ticket(&served, "waiting").await?;
    loser.browser().wait(HAS_NONE).await?;
    loser.browser().screenshot("last-portion").await?;
    hears_why(loser).await?;

    for person in &people {
        person.has_waiting(0).await?;
        person.agrees_with(&world.server).await?;
    }
    assert_eq!(kitchen.all_tickets().await?, 1);
    assert_eq!(world.server.told("stock-held").await?.len(), 1);
    kitchen.agrees_with(&world.server).await?;
    world.end(&[people[0].browser(), people[1].browser(), kitchen.browser()]).await
}

/// With a way on: what can be had instead, or the decision in the inbox.
async fn hears_why(loser: &Customer) -> Result<()> {
    let words = loser.browser().text("[data-test=order]").await?;
    ensure!(words.to_lowercase().contains("sold out") && words.contains("Unagi Don"), "no reason: {words}");
    Ok(())
}
