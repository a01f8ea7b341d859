//! Scenario 19: a manager edits a price on two devices. The second save is told that it was changed meanwhile, by whom, and what
//! to; what was typed stays, and either wish can be had. Edits of different fields both happen.

use anyhow::Result;
use e2e::{Kitchen, World};

use crate::screens::looks_right;

const MENU: &str = "/kitchen/menu";
/// Costs 6.00.
const TIRAMISU: &str = "tiramisu";
/// Costs 6.50.
const SOUP: &str = "minestrone";
/// Both devices are signed in to one account, as the restaurant's are.
const BY: &str = "Changed meanwhile by lucciola on another device, at ";

#[tokio::test]
async fn the_second_save_is_told_by_whom_keeps_what_was_typed_and_either_price_can_be_had() -> Result<()> {
    let (world, first, second) = two_devices().await?;
    second.opens(MENU).await?;

    second.types_of(TIRAMISU, "item-price", "8.00").await?;
    first.reprices(TIRAMISU, "7.00").await?;
    second.is_told_of(TIRAMISU, "changed-by", BY).await?;
    second.saves(TIRAMISU).await?;
    second.browser().wait_text("[data-test=said]", "Somebody else changed the same dish meanwhile").await?;
    for price in ["6.00", "7.00", "8.00"] {
        second.is_told_of(TIRAMISU, "overtaken", price).await?;
    }
    second.reads_of(TIRAMISU, "item-price", "8.00").await?;
    looks_right(second.browser(), "two-editors").await?;
    assert_eq!(price_of(&world, TIRAMISU).await?, 700, "what was told of is not overwritten");
    second.taps_of(TIRAMISU, "editor-mine").await?;
    first.reads_of(TIRAMISU, "item-price", "8.00").await?;
    second.has_waiting(0).await?;
    assert_eq!(price_of(&world, TIRAMISU).await?, 800);

    second.types_of(SOUP, "item-price", "9.00").await?;
    first.reprices(SOUP, "7.50").await?;
    second.is_told_of(SOUP, "changed-by", BY).await?;
    second.taps_of(SOUP, "editor-theirs").await?;
    second.reads_of(SOUP, "item-price", "7.50").await?;
    second.browser().wait_gone("[data-test=overtaken]").await?;
    second.has_waiting(0).await?;
    assert_eq!(price_of(&world, SOUP).await?, 750);
    world.end(&[first.browser(), second.browser()]).await
}

#[tokio::test]
async fn edits_of_different_fields_both_happen() -> Result<()> {
    let (world, first, second) = two_devices().await?;
    second.opens(MENU).await?;
    second.types_of(SOUP, "item-name", "Minestrone della casa").await?;
    first.reprices(SOUP, "7.00").await?;
    second.is_told_of(SOUP, "overtaken-now", "7.00").await?;
    assert_eq!(second.browser().count("[data-test=editor-mine]").await?, 0, "nothing is to be decided");
    second.saves(SOUP).await?;
    first.reads_of(SOUP, "item-name", "Minestrone della casa").await?;

    // The same without a network.
    second.network().cut();
    second.is_cut_off().await?;
    second.types_of(TIRAMISU, "item-name", "Tiramis\u{f9} della nonna").await?;
    second.saves(TIRAMISU).await?;
    second.has_waiting(1).await?;
    first.reprices(TIRAMISU, "7.00").await?;
    second.network().rough_weather();
    second.has_waiting(0).await?;
    for device in [&first, &second] {
        for (dish, name, price) in
            [(SOUP, "Minestrone della casa", "7.00"), (TIRAMISU, "Tiramis\u{f9} della nonna", "7.00")]
        {
            device.reads_of(dish, "item-name", name).await?;
            device.reads_of(dish, "item-price", price).await?;
        }
    }
    second.opens("/kitchen/inbox").await?;
    assert_eq!(second.browser().count("[data-test=inbox-item]").await?, 0, "nobody has anything to decide");
    world.end(&[first.browser(), second.browser()]).await
}

#[tokio::test]
async fn what_was_saved_without_a_network_comes_back_with_both_prices_and_is_settled_each_way() -> Result<()> {
    let (world, first, mut second) = two_devices().await?;
    second.opens(MENU).await?;
    second.network().cut();
    second.is_cut_off().await?;
    const CANNOLO: &str = "cannolo-siciliano";
    for (dish, mine) in [(TIRAMISU, "8.00"), (SOUP, "9.00"), (CANNOLO, "6.00")] {
        second.types_of(dish, "item-price", mine).await?;
        second.saves(dish).await?;
        second.is_told_of(dish, "pending", "").await?;
    }
    for (dish, theirs) in [(TIRAMISU, "7.00"), (SOUP, "7.50"), (CANNOLO, "5.00")] {
        first.reprices(dish, theirs).await?;
    }

    // The rows pass and the acts do not: what others changed under them is shown.
    second.network().refuse("POST /api/commands", 1_000);
    second.network().restore();
    second.is_told_of(TIRAMISU, "changed-by", BY).await?;
    looks_right(second.browser(), "overtaken-menu").await?;
    second.opens("/kitchen/outbox").await?;
    second.browser().wait("[data-test=outbox-act] [data-test=overtaken]").await?;
    looks_right(second.browser(), "overtaken-outbox").await?;
    second.network().heal();
    second.network().rough_weather();

    second.opens("/kitchen/inbox").await?;
    for (dish, theirs, mine) in
        [("Tiramis\u{f9}", "7.00", "8.00"), ("Minestrone", "7.50", "9.00"), ("Cannolo", "5.00", "6.00")]
    {
        let card = card(&second, dish).await?;
        second.browser().wait_text(&format!("{card} [data-test=changed-by]"), BY).await?;
        second.browser().wait_text(&format!("{card} [data-test=clash-theirs-value]"), theirs).await?;
        second.browser().wait_text(&format!("{card} [data-test=clash-mine-value]"), mine).await?;
    }
    looks_right(second.browser(), "clash").await?;

    // What is typed instead outlives the browser.
    let cannolo = card(&second, "Cannolo").await?;
    second.browser().fill(&format!("{cannolo} [name=clash-price]"), "5.50").await?;
    let kept = async || {
        let drafts = second.browser().indexed_db("carryout-outbox", "drafts").await.unwrap_or_default();
        Ok(drafts.iter().any(|draft| draft.to_string().contains("5.50")).then_some(()))
    };
    second.browser().until("what is typed to be kept", kept).await?;
    second.dies()?;
    second.starts("/kitchen/inbox").await?;
    let typed = second.browser().value(&format!("{cannolo} [name=clash-price]")).await?;
    assert_eq!(typed, "5.50");

    for (dish, choice) in [("Tiramis\u{f9}", "clash-mine"), ("Minestrone", "clash-theirs"), ("Cannolo", "clash-other")]
    {
        let card = card(&second, dish).await?;
        second.browser().click(&format!("{card} [data-test={choice}]")).await?;
        second.browser().wait_gone(&card).await?;
    }
    second.browser().wait("[data-test=settled-item][data-where=here]").await?;
    looks_right(second.browser(), "clash-settled").await?;
    second.has_waiting(0).await?;
    for (dish, price, minor) in [(TIRAMISU, "8.00", 800), (SOUP, "7.50", 750), (CANNOLO, "5.50", 550)] {
        first.reads_of(dish, "item-price", price).await?;
        assert_eq!(price_of(&world, dish).await?, minor);
    }
    world.end(&[first.browser(), second.browser()]).await
}

/// Two devices of one restaurant, of which the second can do without a network.
async fn two_devices() -> Result<(World, Kitchen, Kitchen)> {
    let world = World::start().await?;
    let (first, mut second) = (world.tablet("lucciola").await?, world.tablet("lucciola").await?);
    first.signs_in().await?;
    second.signed_in_days_ago().await?;
    second.is_ready_for_offline().await?;
    Ok((world, first, second))
}

async fn price_of(world: &World, dish: &str) -> Result<i64> {
    world.server.price("trattoria-lucciola", dish).await
}

/// The card in the open inbox that is about this dish.
async fn card(device: &Kitchen, dish: &str) -> Result<String> {
    let script = "
        const cards = [...document.querySelectorAll('[data-test=inbox-item]')];
        return cards.find(card => card.innerText.includes(arguments[0]))?.dataset.id ?? null;
    ";
    let look = async || {
        let id = device.browser().client().execute(script, vec![dish.into()]).await?;
        Ok(id.as_str().map(|id| format!("[data-test=inbox-item][data-id={id:?}]")))
    };
    device.browser().until(&format!("a card about {dish}"), look).await
}
