//! Scenario 11: two customers take the last portion at the same second. One gets it, the other is told at once and pays nothing,
//! and there are never less than none.

use anyhow::{Result, ensure};
use e2e::{Cart, Customer, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn the_last_portion_goes_to_one_of_two_and_the_other_is_told() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.counts("margherita", 1).await?;
    kitchen.browser().screenshot("menu-counted").await?;
    let (ada, ben) = (world.phone("ada").await?, world.phone("ben").await?);
    for customer in [&ada, &ben] {
        customer.signs_in().await?;
        customer.fills(&CART).await?;
        customer.checks_out(CART.restaurant).await?;
    }
    let (first, second) = tokio::try_join!(places(&ada), places(&ben))?;
    ensure!(first != second, "two orders");

    // Whoever came second was told by the menu, or by the stock a moment later.
    let (one, other) = tokio::try_join!(ends(&ada, &first), ends(&ben, &second))?;
    ensure!([one, other].iter().filter(|has_it| **has_it).count() == 1, "one has it: {one}, {other}");
    ensure!(world.server.tickets().await?.len() == 1, "one is cooked: {:?}", world.server.tickets().await?);
    kitchen.opens("/kitchen").await?;
    let (winner, loser) = if one { (&first, &ben) } else { (&second, &ada) };
    kitchen.sees_ticket(winner, "waiting").await?;
    loser.browser().screenshot("last-portion-gone").await?;
    kitchen.opens("/kitchen/menu").await?;
    let count = "[data-test=menu-item][data-id=margherita] [name=item-left]";
    let left = async || Ok(kitchen.browser().value(count).await.ok().filter(|left| left == "0"));
    kitchen.browser().until("none left", left).await?;
    for customer in [&ada, &ben] {
        customer.agrees_with(&world.server).await?;
    }
    world.end(&[ada.browser(), ben.browser(), kitchen.browser()]).await
}

async fn places(customer: &Customer) -> Result<String> {
    customer.browser().click("[data-test=place-order]").await?;
    customer.tracked_order().await
}

/// The three ways in which somebody hears of it, by how far the other order had come when this one arrived: the menu already
/// said none and the order waits for a decision, the phone learned of it while it asked, or the stock said no after the order.
const GONE: [&str; 3] =
    ["1 dish cannot be had as you wanted", "The menu changed", "The last of it went to somebody else"];

/// Whether the customer's order, whose page is open, got the portion; where it did not, its page says so.
async fn ends(customer: &Customer, order: &str) -> Result<bool> {
    let page = format!("[data-test=order][data-id={order:?}]");
    let number = format!("{page} .number:not(.provisional)");
    let end = async || {
        let text = customer.browser().text("main").await.unwrap_or_default();
        let has_it = customer.browser().count(&number).await.is_ok_and(|numbers| numbers > 0);
        let is_gone = GONE.iter().any(|words| text.contains(words));
        Ok((has_it || is_gone).then_some(has_it))
    };
    customer.browser().until("what became of the last portion", end).await
}
