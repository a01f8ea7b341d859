//! The server is restored from a backup of an hour ago: what was accepted since then arrives again, once, by itself.

use anyhow::Result;
use e2e::{Cart, World};

const LUCCIOLA: &str = "trattoria-lucciola";

#[tokio::test]
async fn pain_15_a_restored_server_is_told_again_what_it_lost_and_shows_nothing_old() -> Result<()> {
    let mut world = World::start().await?;
    let (kitchen, ada) = (world.tablet("lucciola").await?, world.phone("ada").await?);
    kitchen.signs_in().await?;
    ada.signs_in().await?;
    let before = ada.orders(&Cart { restaurant: LUCCIOLA, items: &["margherita"] }).await?;
    kitchen.sees_ticket(&before, "waiting").await?;
    let folder = tempfile::tempdir()?;
    let backup = folder.path().join("hourly.backup");
    world.server.backs_up(&backup).await?;

    // Both sides go on: an order, and a yes to the one before.
    let after = ada.orders(&Cart { restaurant: LUCCIOLA, items: &["tiramisu"] }).await?;
    kitchen.sees_ticket(&after, "waiting").await?;
    kitchen.accepts(&before).await?;
    kitchen.has_waiting(0).await?;
    world.server.stop().await?;
    world.server.restores(&backup).await?;
    assert_eq!(world.server.orders().await?.len(), 1, "the backup knows of one order");

    world.server.restart().await?;
    kitchen.sees_ticket(&after, "waiting").await?;
    kitchen.sees_ticket(&before, "accepted").await?;
    ada.is_online().await?;
    ada.has_waiting(0).await?;
    kitchen.has_waiting(0).await?;
    // Also those that the backup knew are told of, without anybody touching the phone.
    let settled = async || {
        let acts = ada.outbox().await.unwrap_or_default();
        Ok((acts.len() == 2 && acts.iter().all(|act| act["stage"] == "done")).then_some(()))
    };
    ada.browser().until("both orders to be done with", settled).await?;
    for (order, status) in [(&after, "submitted"), (&before, "received")] {
        ada.opens(&format!("/orders/{order}")).await?;
        ada.sees_order(order, status).await?;
    }
    assert_eq!((world.server.orders().await?.len(), world.server.tickets().await?.len()), (2, 2));
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
