//! Scenario 31: a meal for later that was ordered with no network. When it arrives the kitchen is closed at the time that was chosen:
//! its customer is told and asked, nothing is moved or charged, and the time they choose then is what the kitchen reads.

use anyhow::{Context, Result, ensure};
use e2e::{Cart, Customer, World};
use serde_json::Value;

use crate::s10_closed_meanwhile::{another_day, opens_on};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn a_time_at_which_the_kitchen_is_closed_after_all_is_asked_about_and_never_moved() -> Result<()> {
    let mut world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    ada.fills(&CART).await?;
    ada.checks_out(CART.restaurant).await?;

    // As soon as possible says how soon that is; who has it brought waits longer.
    ada.browser().wait_text("[data-test=wanted]", "As soon as possible (about 20 min)").await?;
    ensure!(ada.browser().value("[data-test=wanted]").await? == "soon");
    ada.browser().choose("[name=destination][value=deliver]").await?;
    ada.browser().wait_text("[data-test=wanted]", "As soon as possible (about 35 min)").await?;
    ada.browser().choose("[name=destination][value=collect]").await?;
    ada.browser().wait_text("[data-test=wanted]", "As soon as possible (about 20 min)").await?;
    let chosen = picks(&ada, "[data-test=wanted]", 3).await?;
    ada.browser().wait_text("[data-test=when-says]", "It is ready for you in that quarter of an hour.").await?;
    ada.browser().screenshot("checkout-for-later").await?;
    // What is chosen is kept on the phone, as all that is typed here.
    let is_written = async || {
        let drafts = ada.browser().indexed_db("carryout-outbox", "drafts").await.unwrap_or_default();
        Ok(drafts.iter().any(|draft| draft.to_string().contains(&chosen)).then_some(()))
    };
    ada.browser().until("the choice to be kept", is_written).await?;
    ada.opens("/cart").await?;
    ada.browser().click(&format!("[data-test=checkout-link][data-id={}]", CART.restaurant)).await?;
    let is_kept = async || Ok(ada.browser().value("[data-test=wanted]").await.ok().filter(|now| *now == chosen));
    ada.browser().until("the time that was chosen", is_kept).await?;
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().wait_text("[data-test=wanted-for]", "Wanted").await?;
    ada.browser().screenshot("saved-for-later").await?;

    opens_on(&mut world, another_day()).await?;
    ada.network().rough_weather();
    let item = ada.finds_in_inbox("slot-gone").await?;
    let card = format!("[data-test=inbox-item][data-id={item:?}]");
    ada.browser().wait_text(&card, "The kitchen is not open for the time you chose").await?;
    ada.browser().wait_text(&format!("{card} [data-test=versions]"), "The next time:").await?;
    ensure!(world.server.orders().await?.is_empty(), "it was not moved to another time");
    ensure!(world.server.tickets().await?.is_empty(), "nobody cooks it");
    // Nothing is chosen for her, and nobody cooks as soon as possible.
    let other = format!("{card} [data-test=other-time]");
    ada.browser().wait(&other).await?;
    ada.browser().wait_gone(&format!("{other} {TODAY}")).await?;
    ensure!(ada.browser().value(&other).await?.is_empty(), "nothing is chosen");
    ensure!(ada.browser().count(&format!("{card} [data-choice=other-time]:disabled")).await? == 1);
    ensure!(ada.browser().count(&format!("{card} [data-choice=as-soon-as-possible]")).await? == 0);
    ada.browser().screenshot("inbox-slot-gone").await?;

    let instead = picks(&ada, &other, 2).await?;
    ensure!(instead != chosen, "another time");
    ada.chooses(&item, "other-time").await?;
    ada.browser().wait_gone("[data-test=inbox-item]").await?;
    ada.has_waiting(0).await?;
    let orders = world.server.orders().await?;
    ensure!(orders.len() == 1, "wanted once: {orders:?}");
    ensure!(orders[0]["id"] == order.as_str() && time_of(&orders[0]) == instead, "{orders:?}");
    ada.opens("/orders").await?;
    ada.browser().wait_text(&format!("[data-test=order][data-id={order:?}] [data-test=wanted-for]"), "Wanted").await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.browser().wait_text("[data-test=when]", "–").await?;
    ada.browser().screenshot("tracked-for-later").await?;

    // The kitchen says yes at once, for that time.
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    kitchen.opens("/kitchen").await?;
    let ticket = format!("[data-test=ticket][data-id={order:?}]");
    kitchen.browser().wait_text(&ticket, "start by").await?;
    ensure!(kitchen.browser().count("[data-test=alarm][data-ringing=true]").await? == 0, "nobody is there to hear it");
    kitchen.browser().screenshot("board-for-later").await?;
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    let ready_at = world.server.orders().await?[0]["ready_at"].to_string();
    ensure!(ready_at == instead, "the promise is the time: {ready_at}");
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

#[tokio::test]
async fn where_it_is_closed_a_time_is_asked_for_and_none_is_chosen_beforehand() -> Result<()> {
    let mut world = World::start().await?;
    opens_on(&mut world, another_day()).await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.fills(&CART).await?;
    ada.checks_out(CART.restaurant).await?;
    ada.browser().wait_text("[data-test=when-says]", "The restaurant is closed now.").await?;
    ensure!(ada.browser().value("[data-test=wanted]").await?.is_empty(), "nothing is chosen");
    ensure!(ada.browser().count("[data-test=wanted] [value=soon]").await? == 0, "nobody cooks now");
    ensure!(ada.browser().count(&format!("[data-test=wanted] {TODAY}")).await? == 0, "the next opening alone");
    ada.browser().click("[data-test=place-order]").await?;
    ensure!(ada.browser().count("[data-test=wanted]:invalid").await? == 1, "the browser asks for it");
    ensure!(ada.browser().path().await?.ends_with("/checkout"), "it stays here");
    ensure!(world.server.orders().await?.is_empty());
    ada.browser().screenshot("checkout-closed").await?;

    let chosen = picks(&ada, "[data-test=wanted]", 1).await?;
    ada.browser().click("[data-test=place-order]").await?;
    let order = ada.tracked_order().await?;
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await?;
    ensure!(time_of(&world.server.orders().await?[0]) == chosen);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// The time that an order is wanted for, as a list of times has it.
fn time_of(order: &Value) -> String {
    order["wanted"]["at"].to_string()
}

/// The head of what can be had today.
const TODAY: &str = "optgroup[label=Today]";

/// Picks the time at this place, from 1, of the last day of a list of times, and gives back its value.
async fn picks(customer: &Customer, list: &str, nth: usize) -> Result<String> {
    let slot = format!("{list} optgroup:last-of-type option:nth-of-type({nth})");
    let value = customer.browser().attribute(&slot, "value").await?.context("a time has a value")?;
    customer.browser().wait(list).await?.select_by_value(&value).await?;
    Ok(value)
}
