//! What a restaurant's days came to, on its own tablet, in numbers and as a picture: there while the server is, and said to need it
//! where it is not.

use anyhow::{Result, ensure};
use e2e::{Cart, World};

use crate::screens::looks_right;

const TO_COLLECT: Cart<'_> = Cart { restaurant: "trattoria-lucciola", items: &["margherita"] };

/// How often it is looked; each look takes a browser some tenths of a second.
const LOOKS: u32 = 50;

#[tokio::test]
async fn a_kitchen_reads_its_day_and_where_there_is_no_network_that_it_needs_one() -> Result<()> {
    let world = World::start().await?;
    let mut kitchen = world.tablet("lucciola").await?;
    kitchen.signed_in_days_ago().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    let order = ada.orders(&TO_COLLECT).await?;
    kitchen.sees_ticket(&order, "waiting").await?;
    kitchen.accepts(&order).await?;
    kitchen.cooks_and_hands_over(&order).await?;
    ada.sees_order(&order, "handed-over").await?;
    kitchen.is_ready_for_offline().await?;

    // Who asks too early reads less than a moment later: a day is quiet for a second before it is added up.
    for looks in 1.. {
        kitchen.browser().goto("/kitchen").await?;
        kitchen.browser().click("[data-test=figures-link]").await?;
        kitchen.browser().wait("[data-test=report], [data-test=no-figures]").await?;
        if kitchen.browser().count("[data-test=handed-over][data-count='1']").await? == 1 {
            break;
        }
        ensure!(looks < LOOKS, "the day does not say that a meal was handed over");
    }
    kitchen.browser().wait("[data-test=figures] a[download][href^='/api/reports/']").await?;
    looks_right(kitchen.browser(), "kitchen-figures-of-a-day").await?;

    // One day is no picture; a week is.
    assert_eq!(kitchen.browser().count("[data-test=chart]").await?, 0);
    world.server.had_days_before(&[31, 18, 24, 40, 12, 22]).await?;
    kitchen.browser().goto("/kitchen/figures").await?;
    kitchen.browser().wait("[data-test=chart][data-days='7']").await?;
    looks_right(kitchen.browser(), "kitchen-figures-of-a-week").await?;

    kitchen.network().cut();
    kitchen.browser().wait("[data-test=needs-network]").await?;
    assert_eq!(kitchen.browser().count("[data-test=report]").await?, 0, "no file is promised");
    assert_eq!(kitchen.browser().count("[data-test=figures]").await?, 7, "what was read stays");
    looks_right(kitchen.browser(), "kitchen-figures-offline").await?;
    kitchen.browser().goto("/kitchen/figures").await?;
    kitchen.browser().wait("[data-test=needs-network]").await?;
    assert_eq!(kitchen.browser().count("[data-test=figures]").await?, 0, "and is kept nowhere");
    kitchen.network().restore();
    kitchen.browser().wait("[data-test=report]").await?;
    kitchen.browser().wait_gone("[data-test=needs-network]").await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}
