//! An app that is too old for its server says so, keeps what was done with it, and sends it after the update.

use anyhow::{Result, ensure};
use e2e::{Cart, Request, World};

const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };
const ASKS: &str = "[data-test=status-line][data-line=update-needed]";
const COMMANDS: &str = "POST /api/commands";

#[tokio::test]
async fn an_old_app_asks_for_the_update_keeps_its_acts_and_sends_them_after() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.fills(&CART).await?;
    ada.is_ready_for_offline().await?;

    // What this server says to an app of another time is what it says to ada's from now on.
    let body = br#"{"protocol":0}"#.to_vec();
    let headers = ["host: carryout".into(), format!("content-length: {}", body.len())].to_vec();
    let of_another_time = Request { line: "POST /live HTTP/1.1".into(), headers, body };
    let answer = ada.network().repeat(&of_another_time).await?;
    ensure!(answer.starts_with("HTTP/1.1 426") && answer.contains("/problems/update"), "{answer}");
    ada.network().answer("/live", usize::MAX, &answer);
    ada.network().answer(COMMANDS, usize::MAX, &answer);
    ada.network().cut();
    ada.is_cut_off().await?;
    ada.network().restore();

    ada.browser().wait(ASKS).await?;
    let order = ada.places_order(CART.restaurant).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.browser().wait(ASKS).await?;
    ada.has_waiting(1).await?;
    assert!(ada.network().requests(COMMANDS).is_empty() && world.server.orders().await?.is_empty());

    // The update: the server speaks to the app that is loaded next.
    ada.network().heal();
    ada.opens(&format!("/orders/{order}")).await?;
    ada.has_waiting(0).await?;
    ada.sees_order(&order, "submitted").await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}
