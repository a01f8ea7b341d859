//! A network that lets no WebSocket pass: the feed comes by plain requests, and the people at both ends notice nothing.

use std::time::{Duration, Instant};

use anyhow::Result;
use e2e::{Cart, Network, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const FEED: &str = "POST /live";

/// A server that has nothing to say holds an answer back for so long, less what a busy machine may be late with a request.
const HELD: Duration = Duration::from_millis(2_000);

#[tokio::test]
async fn an_order_reaches_the_board_by_requests_alone() -> Result<()> {
    let world = World::start().await?;
    let (kitchen, ada) = (world.tablet("lucciola").await?, world.phone("ada").await?);
    for network in [kitchen.network(), ada.network()] {
        network.lets_no_socket_pass();
    }
    kitchen.signs_in().await?;
    ada.signs_in().await?;
    let order = ada.orders(&CART).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    ada.sees_order(&order, "received").await?;
    ada.has_waiting(0).await?;
    kitchen.has_waiting(0).await?;
    ada.is_online().await?;
    kitchen.is_online().await?;
    for network in [kitchen.network(), ada.network()] {
        assert!(network.requests("GET /live").is_empty(), "no socket reached the server");
        is_no_loop(network).await?;
    }
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Of three requests that follow each other, two were waited for.
async fn is_no_loop(network: &Network) -> Result<()> {
    let before = network.requests(FEED).len();
    network.requested(FEED, before + 1).await?;
    let started = Instant::now();
    network.requested(FEED, before + 3).await?;
    let took = started.elapsed();
    assert!(took >= HELD, "two answers within {took:?}");
    Ok(())
}
