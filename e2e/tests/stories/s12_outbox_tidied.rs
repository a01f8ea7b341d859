//! Scenario 12: two acts wait and one needs its person. One is changed, one is taken back, the rest is sent now, and the
//! number on the app's icon falls to nothing.

use anyhow::Result;
use e2e::{Cart, Customer, World};
use serde_json::json;

const COMMANDS: &str = "POST /api/commands";
const LUCCIOLA: &str = "trattoria-lucciola";

/// Writes down what the icon of an installed app would show.
const ICON: &str = "
    let shown = 0;
    navigator.setAppBadge = async count => { shown = count; };
    navigator.clearAppBadge = async () => { shown = 0; };
    Object.defineProperty(window, 'appIcon', { get: () => shown });
";

#[tokio::test]
async fn s12_the_outbox_is_tidied_and_the_number_on_the_icon_falls_to_nothing() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.signed_in_days_ago().await?;
    ada.browser().begins_with(ICON).await?;
    ada.opens("/").await?;
    ada.is_ready_for_offline().await?;
    // The server says of one act that it cannot read it, and then nothing gets through.
    ada.network().answer_malformed(COMMANDS, 1);
    let parked = ada.orders(&cart(&["margherita"])).await?;
    ada.sees_stage(&parked, "needs-you").await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let changed = ada.orders(&cart(&["margherita"])).await?;
    let taken_back = ada.orders(&cart(&["tiramisu"])).await?;
    ada.has_waiting(3).await?;
    icon_shows(&ada, 3).await?;

    ada.opens("/outbox").await?;
    ada.browser().wait_text("[data-test=outbox-summary]", "2 things wait to be sent, 1 needs you.").await?;
    let [on_their_way, needs_you] = ["on-their-way", "needs-you"].map(list);
    assert_eq!(ada.browser().count(&on_their_way).await?, 2);
    assert_eq!(ada.browser().count(&needs_you).await?, 1);
    icon_shows(&ada, 3).await?;

    // The newest stands first: it is taken back, and the other one changed.
    ada.browser().click(&format!("{on_their_way}:first-child [data-test=act-withdraw]")).await?;
    ada.browser().click("dialog[open] [data-test=confirm-withdraw]").await?;
    ada.has_waiting(2).await?;
    icon_shows(&ada, 2).await?;
    ada.opens(&format!("/orders/{changed}/change")).await?;
    ada.browser().fill("[name=note]", "no onions").await?;
    ada.browser().click("[data-test=save-revision]").await?;
    ada.sees_stage(&changed, "saved").await?;
    ada.has_waiting(2).await?;

    ada.phone_dies()?;
    ada.phone_starts("/outbox").await?;
    ada.browser().begins_with(ICON).await?;
    ada.opens("/outbox").await?;
    ada.has_waiting(2).await?;
    icon_shows(&ada, 2).await?;
    ada.browser().click(&format!("{needs_you} [data-test=try-again]")).await?;
    ada.browser().wait_gone(&needs_you).await?;
    // With no network it is tried in vain; with one all of it may have left by itself before the button can be tapped.
    ada.network().rough_weather();
    ada.browser().click("[data-test=send-now]").await?;
    ada.network().restore();
    ada.has_waiting(0).await?;
    icon_shows(&ada, 0).await?;

    let orders = world.server.orders().await?;
    assert_eq!(orders.len(), 2, "{orders:?}");
    assert!(orders.iter().all(|order| order["id"] != json!(taken_back)), "what was taken back never left");
    let order = orders.iter().find(|order| order["id"] == json!(changed)).expect("the one that was changed");
    assert!(order["note"]["sealed"].is_object(), "the server keeps what she wrote, sealed: {order}");
    ada.opens(&format!("/orders/{changed}")).await?;
    ada.browser().wait_text("main", "no onions").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

fn cart(items: &'static [&'static str]) -> Cart<'static> {
    Cart { restaurant: LUCCIOLA, items }
}

fn list(name: &str) -> String {
    format!("[data-test=outbox-list][data-name={name}] [data-test=outbox-act]")
}

async fn icon_shows(ada: &Customer, count: usize) -> Result<()> {
    ada.browser().comes_to(&format!("window.appIcon === {count}")).await
}
