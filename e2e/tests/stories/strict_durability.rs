//! What is called saved must outlive a power cut: everything written to the outbox is asked for with strict durability.
//! No kill of a process can show that, because the system still holds what a killed browser has written.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use e2e::{Cart, Customer, World};
use serde_json::Value;

const LUCCIOLA: &str = "trattoria-lucciola";

/// Writes down what every writing transaction on the outbox is, as the browser took it. It is kept for the tab, because
/// the page is loaded several times.
const LISTEN: &str = "
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...asked) {
        const begun = begin.apply(this, asked);
        if (this.name === 'carryout-outbox' && begun.mode === 'readwrite') {
            const heard = JSON.parse(sessionStorage.getItem('heard') ?? '[]');
            heard.push({ stores: [...begun.objectStoreNames], durability: begun.durability });
            sessionStorage.setItem('heard', JSON.stringify(heard));
        }
        return begun;
    };
";

#[tokio::test]
async fn whatever_is_written_to_the_outbox_is_asked_for_with_strict_durability() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.browser().begins_with(LISTEN).await?;
    ada.signs_in().await?;
    let sent = ada.orders_within_the_page(&Cart { restaurant: LUCCIOLA, items: &["margherita"] }).await?;
    ada.sees_order(&sent, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let taken_back = ada.orders_within_the_page(&Cart { restaurant: LUCCIOLA, items: &["tiramisu"] }).await?;
    ada.sees_stage(&taken_back, "saved").await?;
    ada.browser().goes("/outbox").await?;
    ada.browser().click("[data-test=act-withdraw]").await?;
    ada.browser().click("dialog[open] [data-test=confirm-withdraw]").await?;
    ada.has_waiting(0).await?;
    ada.network().restore();
    ada.is_online().await?;
    ada.signs_out().await?;

    let heard = heard(&ada).await?;
    let stores: BTreeSet<&str> =
        heard.iter().flat_map(|one| one["stores"].as_array()).flatten().filter_map(Value::as_str).collect();
    assert!(stores.contains("commands") && stores.contains("drafts"), "acts and drafts were written: {stores:?}");
    let lax: Vec<_> = heard.iter().filter(|one| one["durability"] != "strict").collect();
    assert!(lax.is_empty(), "{} of {} may be lost with the power: {lax:?}", lax.len(), heard.len());
    world.end(&[ada.browser()]).await
}

async fn heard(ada: &Customer) -> Result<Vec<Value>> {
    let heard = ada.browser().says("JSON.parse(sessionStorage.getItem('heard') ?? '[]')").await?;
    heard.as_array().cloned().context("a list of transactions")
}
