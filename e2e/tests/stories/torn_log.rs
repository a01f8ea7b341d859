//! The power goes in the middle of a write. Chromium finds the torn end of its log only at the start after the next, and throws
//! all databases of the site away: what waited there is found again in the second place where it is kept.

use anyhow::Result;
use e2e::{Cart, World};

const COMMANDS: &str = "POST /api/commands";
/// The second place knows how all acts ended; that is written a moment after it is shown.
const ITS_END_IS_KEPT: &str = "caches.open('carryout-outbox-twin').then(async twin => {
    const acts = (await twin.keys()).filter(({ url }) => !url.endsWith('/self'));
    const kept = await Promise.all(acts.map(async act => (await twin.match(act)).json()));
    return kept.length === 2 && kept.every(({ stage }) => stage === 'done');
})";
const CART: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

#[tokio::test]
async fn what_waited_outlives_a_browser_that_throws_its_databases_away() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let mut orders = vec![];
    for _ in ["before", "after"] {
        let order = ada.orders(&CART).await?;
        ada.sees_stage(&order, "saved").await?;
        orders.push(order);
        ada.phone_dies()?;
        ada.browser().tears_the_log()?;
        ada.phone_starts("/orders").await?;
    }

    // Rows are gone until the server tells them again. What the person did is not, nor who they are.
    ada.has_waiting(2).await?;
    for order in &orders {
        ada.opens(&format!("/orders/{order}")).await?;
        ada.sees_stage(order, "sent").await?;
    }
    ada.browser().wait_gone("[data-test=storage-note]").await?;
    ada.network().rough_weather();
    ada.drains().await?;
    assert_eq!(world.server.orders().await?.len(), 2);

    ada.browser().comes_to(ITS_END_IS_KEPT).await?;

    // What came to its end is not sent again after the next time.
    let sent = ada.network().requests(COMMANDS).len();
    for _ in ["now", "and again"] {
        ada.phone_dies()?;
        ada.browser().tears_the_log()?;
        ada.phone_starts("/orders").await?;
        ada.is_online().await?;
    }
    ada.has_waiting(0).await?;
    assert_eq!(ada.network().requests(COMMANDS).len(), sent, "nothing was left to send");
    let third = ada.orders(&CART).await?;
    ada.sees_order(&third, "submitted").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

/// The caches of a cold browser on a busy machine take so long to open that nobody waits for it tap after tap.
const CACHES_ARE_SLOW: &str = "{
    const open = caches.open.bind(caches);
    caches.open = async name => {
        if (name === 'carryout-outbox-twin') await new Promise(opened => setTimeout(opened, 3000));
        return open(name);
    };
}";

#[tokio::test]
async fn the_last_copy_of_what_waited_is_waited_for() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.enters_a_tunnel().await?;
    let order = ada.orders(&CART).await?;
    ada.sees_stage(&order, "saved").await?;
    for _ in ["torn", "thrown away"] {
        ada.phone_dies()?;
        ada.browser().tears_the_log()?;
        ada.phone_starts_under(CACHES_ARE_SLOW, "/orders").await?;
    }
    ada.has_waiting(1).await?;
    ada.network().rough_weather();
    ada.drains().await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[ada.browser()]).await
}
