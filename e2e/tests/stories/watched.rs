//! The walk of README.md in the developer's window: one order from saved to done, and another to its refusal. It has switches
//! only where the address asks for them.

use anyhow::{Context, Result};
use e2e::{Cart, Customer, World};
use serde_json::json;

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["minestrone"] };

#[tokio::test]
async fn a_newcomer_reads_how_one_order_went_and_why_another_was_refused() -> Result<()> {
    let world = World::start().await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    ada.is_online().await?;
    let console = ada.browser();

    console.says("carryout.watch()").await?;
    console.says("carryout.offline(true)").await?;
    ada.is_cut_off().await?;
    let order = ada.orders_within_the_page(&CART).await?;
    said(&ada, &order, &["saved"]).await?;
    let acts = console.says("carryout.acts().map(({ stage, left, lane }) => ({ stage, left, lane }))").await?;
    assert_eq!(acts, json!([{ "stage": "saved", "left": false, "lane": format!("order/{order}") }]));
    console.says("carryout.slow(300), carryout.offline(false)").await?;
    said(&ada, &order, &["saved", "sent", "accepted", "done"]).await?;
    let row = console.says("carryout.rows('order').map(({ version, pending }) => [version > 0, pending])").await?;
    assert_eq!(row, json!([[true, []]]));

    console.says("carryout.slow(0), carryout.offline(true)").await?;
    ada.is_cut_off().await?;
    let refused = ada.orders_within_the_page(&CART).await?;
    kitchen.marks_sold_out("minestrone").await?;
    console.says("carryout.offline(false)").await?;
    said(&ada, &refused, &["saved", "sent", "refused, changed"]).await?;
    assert_eq!(console.says("carryout.acts().at(-1).reason").await?, json!("changed"));
    let why = console.says("JSON.stringify(carryout.acts().at(-1).why)").await?;
    assert!(why.as_str().is_some_and(|why| why.contains("minestrone")), "it names the dish: {why}");
    console.comes_to("carryout.inbox().length == 1").await?;

    console.says("carryout.watch(false)").await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// How many of the switches the page's developer's window has.
const SWITCHES: &str =
    "['offline', 'slow', 'dropAcks', 'closeDatabase', 'freeze'].filter(name => name in carryout).length";

#[tokio::test]
async fn a_page_whose_address_asks_for_nothing_has_a_window_and_no_switch() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/?debug").await?;
    let console = ada.browser();
    assert_eq!(console.says(SWITCHES).await?, json!(5), "those are their names");
    // What only looks like the word is not the word.
    for path in ["/", "/?debugger", "/?page=debug"] {
        ada.opens(path).await?;
        ada.is_online().await?;
        assert_eq!(console.says(SWITCHES).await?, json!(0), "{path}");
        assert_eq!(console.says("typeof carryout.offline").await?, json!("undefined"), "{path}");
    }
    let room = console.says("carryout.storage()").await?;
    let bytes = |name: &str| room[name].as_u64().with_context(|| format!("no {name} in {room}"));
    assert!(0 < bytes("used")? && bytes("used")? < bytes("quota")?, "{room}");
    assert_eq!((&room["unreadable"], &room["trouble"]), (&json!(0), &json!(null)), "{room}");
    world.end(&[ada.browser()]).await
}

/// The console has told these stages of an order, in this order.
///
/// The socket asks after what is open while the act is on its way, and where it is quicker the server says truly that it does not
/// know it yet: it is to be said again, and saved until then. Whether that happens is nobody's to say, so it is left out.
async fn said(ada: &Customer, order: &str, stages: &[&str]) -> Result<()> {
    let expected: Vec<_> = stages.iter().map(|stage| format!("order/{order}: {stage}")).collect();
    let all = async || {
        let mut told: Vec<_> =
            ada.browser().console().await.unwrap_or_default().into_iter().filter(|line| line.contains(order)).collect();
        let is_asked_after = |pair: &[String]| pair[0].contains(": sent") && pair[1].contains(": saved");
        if let Some(sent) = told.windows(2).position(is_asked_after) {
            told.remove(sent + 1);
        }
        let whole = told.len() == expected.len() && told.iter().zip(&expected).all(|(told, line)| told.contains(line));
        Ok(whole.then_some(()))
    };
    ada.browser().until(&format!("the console to say {stages:?}"), all).await
}
