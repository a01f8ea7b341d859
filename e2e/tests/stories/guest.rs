//! A guest: somebody orders without signing in, also with no network from the first tap, and signs in later. Nothing of
//! what they did is lost, doubled, or shown to anybody else.

use anyhow::{Context, Result};
use e2e::{Cart, Customer, Database, Engine, World};
use serde_json::Value;

const LUCCIOLA: &str = "trattoria-lucciola";
const COMMANDS: &str = "POST /api/commands";
const ORDER: Cart<'_> = Cart { restaurant: LUCCIOLA, items: &["margherita"] };
const CLAIMS: &str = "select count(*) from hub where kind = 'guest-claimed'";

#[tokio::test]
async fn pain_18_a_guest_s_offline_order_and_cart_are_theirs_after_the_sign_in() -> Result<()> {
    offline_then_signed_in(Engine::Chromium).await
}

// WebKitGTK keeps nothing on disk while a driver holds it, so it cannot tell this one.
#[tokio::test]
async fn firefox_a_guest_s_offline_order_and_cart_are_theirs_after_the_sign_in() -> Result<()> {
    offline_then_signed_in(Engine::Firefox).await
}

async fn offline_then_signed_in(engine: Engine) -> Result<()> {
    let world = World::of(engine).await?;
    let kitchen = world.tablet("lucciola").await?;
    kitchen.signs_in().await?;
    let mut ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    ada.is_ready_for_offline().await?;
    assert_eq!(guests(&world).await?, 0, "looking around makes nobody a guest");

    ada.network().cut();
    ada.browser().reload().await?;
    ada.is_cut_off().await?;
    let order = ada.orders(&ORDER).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.has_waiting(1).await?;
    ada.browser().wait("[data-test=keep-order]").await?;
    let saved = ada.outbox().await?;
    ada.phone_dies()?;
    ada.phone_starts(&format!("/orders/{order}")).await?;
    ada.sees_stage(&order, "saved").await?;
    assert_eq!(ada.outbox().await?, saved, "what was saved is what was found again");

    ada.network().restore();
    kitchen.sees_ticket(&order, "waiting").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.adds(LUCCIOLA, "tiramisu").await?;

    // The answer to the claim is lost, and the claim is made again.
    ada.network().lose_answers(COMMANDS, 1);
    ada.opens("/sign-in").await?;
    ada.browser().wait_text("[data-test=takes-over]", "Your order and cart will be moved").await?;
    gives_credentials(&ada).await?;
    ada.browser().wait_gone("[name=account]").await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.network().lost_answers(1).await?;
    ada.has_waiting(0).await?;
    has_it_once(&world, &ada, &order).await?;
    ada.browser().reload().await?;
    has_it_once(&world, &ada, &order).await?;

    kitchen.accepts(&order).await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "received").await?;
    assert_eq!(kitchen.all_tickets().await?, 1);
    keeps_no_secret(&world, &saved).await?;
    ada.agrees_with(&world.server).await?;
    kitchen.agrees_with(&world.server).await?;
    world.end(&[ada.browser(), kitchen.browser()]).await
}

/// Fills in the sign-in that is open, and taps it.
async fn gives_credentials(person: &Customer) -> Result<()> {
    person.browser().fill("[name=account]", person.name()).await?;
    person.browser().fill("[name=password]", "carryout").await?;
    person.browser().click("[data-test=sign-in]").await
}

/// The order and the cart are Ada's, each once.
async fn has_it_once(world: &World, ada: &Customer, order: &str) -> Result<()> {
    let orders = world.server.orders().await?;
    assert_eq!(orders.len(), 1);
    assert_eq!((&orders[0]["id"], &orders[0]["customer"]), (&order.into(), &"ada".into()));
    assert_eq!(world.server.number(Database::Truth, CLAIMS).await?, 1);
    ada.opens("/cart").await?;
    ada.browser().wait_text(".cart .line-name", "Tiram").await?;
    assert_eq!(ada.browser().count(".cart .line").await?, 1, "one line, once");
    Ok(())
}

/// Neither facts nor logs hold what would let anybody in as the guest.
async fn keeps_no_secret(world: &World, saved: &[Value]) -> Result<()> {
    let guest = saved.first().and_then(|record| record["account"].as_str()).context("an act is somebody's")?;
    assert!(guest.starts_with("guest-"), "{guest}");
    let secrets = "select count(*) from hub where fact like '%\"secret\"%' or fact like '%\"proof\"%'";
    assert_eq!(world.server.number(Database::Truth, secrets).await?, 0);
    assert!(!world.server.log().contains("secret"), "the log says nothing of secrets");
    Ok(())
}

/// Notes how the status line calls itself from here on.
const WATCH: &str = "
    window.states = new Set();
    const look = () => window.states.add(document.querySelector('[data-test=status]').dataset.state);
    new MutationObserver(look).observe(document.body, { attributes: true, subtree: true, attributeFilter: ['data-state'] });
";

async fn guests(world: &World) -> Result<i64> {
    world.server.number(Database::Truth, "select count(*) from account_user where account like 'guest-%'").await
}

#[tokio::test]
async fn a_guest_s_session_that_is_over_is_begun_again_without_a_word() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    let first = ada.orders(&ORDER).await?;
    ada.sees_order(&first, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.is_online().await?;
    ada.browser().client().execute(WATCH, vec![]).await?;
    world.server.forgets_everybody().await?;
    ada.network().requested("POST /api/guest", 2).await?;
    ada.is_online().await?;
    let states = ada.browser().client().execute("return [...window.states]", vec![]).await?;
    let states = states.as_array().context("states")?.clone();
    assert!(!states.iter().any(|state| state == "signed-out"), "the person is asked for nothing: {states:?}");
    let second = ada.orders(&ORDER).await?;
    ada.sees_order(&second, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.is_online().await?;
    ada.phone_dies()?;
    ada.phone_starts("/orders").await?;
    ada.is_online().await?;
    assert_eq!(ada.browser().count("[data-test=order]").await?, 2);
    assert_eq!(guests(&world).await?, 1, "it is the guest that it was");
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn who_signs_in_without_taking_over_neither_sends_nor_sees_what_the_guest_did() -> Result<()> {
    let world = World::start().await?;
    let ben = world.phone("ben").await?;
    ben.opens("/").await?;
    ben.has_state("signed-out").await?;
    let here = ben.orders(&ORDER).await?;
    ben.sees_order(&here, "submitted").await?;
    ben.has_waiting(0).await?;
    // The next one is kept back, so that it still waits when somebody signs in.
    ben.network().refuse(COMMANDS, usize::MAX);
    let waits = ben.orders(&ORDER).await?;
    ben.has_waiting(1).await?;
    ben.adds(LUCCIOLA, "tiramisu").await?;
    let kept_back = ben.undecided().await?;
    let id = kept_back[0]["id"].as_str().context("a record has its id")?.to_owned();

    ben.opens("/sign-in").await?;
    ben.browser().wait("[data-test=takes-over]").await?;
    ben.browser().click("[data-test=takes-over] label").await?;
    gives_credentials(&ben).await?;
    ben.browser().wait_attr("[data-test=left-behind]", "data-count", "1").await?;
    let before = ben.network().requests(COMMANDS).len();
    ben.browser().click("[data-test=sign-in]").await?;
    ben.browser().wait_gone("[name=account]").await?;
    ben.network().heal();
    ben.is_online().await?;
    ben.has_waiting(0).await?;
    ben.opens("/orders").await?;
    assert_eq!(ben.browser().count("[data-test=order]").await?, 0, "the guest's are not shown to him");
    for order in [&here, &waits] {
        ben.opens(&format!("/orders/{order}")).await?;
        ben.browser().wait(".empty").await?;
    }
    ben.opens("/cart").await?;
    ben.browser().wait(".empty").await?;
    ben.opens("/outbox").await?;
    ben.browser().wait("[data-test=sealed]").await?;
    let own = Cart { restaurant: "ginkgo-ramen", items: &["miso-soup"] };
    let of_ben = ben.orders(&own).await?;
    ben.sees_order(&of_ben, "submitted").await?;
    for request in ben.network().requests(COMMANDS).split_off(before) {
        // What was on its way in the moment in which he signed in still says whose it is, and the server takes it from nobody else.
        let batch: Value = serde_json::from_slice(&request.body).context("a batch")?;
        let is_in = batch["commands"].to_string().contains(&id);
        assert!(!is_in || batch["account"] != "ben", "never sent as him");
    }
    assert_eq!(world.server.number(Database::Truth, CLAIMS).await?, 0);

    // He goes, and the guest is who acts here again.
    ben.signs_out().await?;
    ben.opens(&format!("/orders/{waits}")).await?;
    ben.sees_order(&waits, "submitted").await?;
    ben.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 3);
    world.end(&[ben.browser()]).await
}

#[tokio::test]
async fn a_claim_that_cannot_leave_yet_is_kept_and_told_of() -> Result<()> {
    let world = World::start().await?;
    let mut ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    let order = ada.orders(&ORDER).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.network().refuse(COMMANDS, usize::MAX);
    ada.opens("/sign-in").await?;
    ada.browser().wait("[data-test=takes-over]").await?;
    gives_credentials(&ada).await?;
    ada.browser().wait_gone("[name=account]").await?;
    ada.has_waiting(1).await?;
    ada.phone_closes().await?;
    ada.phone_starts(&format!("/orders/{order}")).await?;
    ada.has_waiting(1).await?;
    ada.browser().wait("[data-test=being-taken-over]").await?;
    assert_eq!(world.server.number(Database::Truth, CLAIMS).await?, 0);
    ada.network().heal();
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    assert_eq!(world.server.number(Database::Truth, CLAIMS).await?, 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_guest_who_is_taken_over_in_one_tab_is_in_the_other() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    let order = ada.orders(&ORDER).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.browser().wait("[data-test=keep-order]").await?;
    let first = ada.browser().open_tab().await?;
    ada.opens("/sign-in").await?;
    ada.browser().wait("[data-test=takes-over]").await?;
    gives_credentials(&ada).await?;
    ada.browser().wait_gone("[name=account]").await?;
    ada.browser().show_tab(first).await?;
    ada.browser().wait_gone("[data-test=keep-order]").await?;
    ada.sees_order(&order, "submitted").await?;
    ada.browser().wait("[data-test=account-link][aria-label*=ada]").await?;
    assert_eq!(world.server.number(Database::Truth, CLAIMS).await?, 1);
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_guest_who_leaves_for_good_leaves_nothing_on_the_phone() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.opens("/").await?;
    ada.has_state("signed-out").await?;
    let order = ada.orders(&ORDER).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.has_waiting(0).await?;
    ada.adds(LUCCIOLA, "tiramisu").await?;
    ada.opens("/sign-in").await?;
    ada.browser().click("[data-test=forget-guest]").await?;
    ada.browser().click("[data-test=confirm-forget]").await?;
    ada.has_state("signed-out").await?;
    for path in ["/orders", "/cart", &format!("/orders/{order}")] {
        ada.opens(path).await?;
        ada.browser().wait(".empty").await?;
    }
    // Whoever orders next is somebody else, and knows nothing of the one before.
    let next = ada.orders(&ORDER).await?;
    ada.sees_order(&next, "submitted").await?;
    ada.opens("/orders").await?;
    ada.browser().wait(&format!("[data-test=order][data-id={next:?}]")).await?;
    assert_eq!(ada.browser().count("[data-test=order]").await?, 1);
    assert_eq!(guests(&world).await?, 2);
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn a_cart_picked_before_the_sign_in_joins_the_one_that_was_there() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.adds(LUCCIOLA, "margherita").await?;
    ada.signs_out().await?;
    ada.opens("/cart").await?;
    ada.browser().wait(".empty").await?;
    ada.fills(&Cart { restaurant: LUCCIOLA, items: &["margherita", "tiramisu"] }).await?;
    ada.opens("/sign-in").await?;
    ada.browser().wait("[data-test=takes-over]").await?;
    gives_credentials(&ada).await?;
    ada.browser().wait_text(".said", "was added to the cart you had").await?;
    for _ in 0..2 {
        ada.opens("/cart").await?;
        ada.browser().wait_text(".cart .line output", "2").await?;
        assert_eq!(ada.browser().count(".cart .line").await?, 2);
    }
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn signing_out_with_acts_waiting_is_a_choice_with_a_count() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.network().refuse(COMMANDS, usize::MAX);
    let order = ada.orders(&ORDER).await?;
    ada.has_waiting(1).await?;
    ada.opens("/sign-in").await?;
    ada.browser().wait_attr("[data-test=waiting-acts]", "data-count", "1").await?;
    ada.browser().click("[data-test=send-and-sign-out]").await?;
    ada.network().heal();
    ada.browser().wait("[name=account]").await?;
    assert_eq!(world.server.orders().await?.len(), 1, "it was sent before she went");
    ada.signs_in().await?;
    ada.opens(&format!("/orders/{order}")).await?;
    ada.sees_order(&order, "submitted").await?;
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}

#[tokio::test]
async fn what_never_left_can_be_given_up_at_the_sign_out() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    // Neither the feed nor a probe passes, so nothing is sent; signing out does.
    for line in ["GET /live", "POST /live"] {
        ada.network().refuse(line, usize::MAX);
    }
    ada.network().restore();
    let order = ada.orders(&ORDER).await?;
    ada.sees_stage(&order, "saved").await?;
    ada.opens("/sign-in").await?;
    ada.browser().wait_text("[data-test=discard-and-sign-out]", "1 thing").await?;
    ada.browser().click("[data-test=discard-and-sign-out]").await?;
    ada.browser().click("[data-test=confirm-discard]").await?;
    ada.browser().wait("[name=account]").await?;
    assert!(ada.outbox().await?.is_empty(), "it is gone from the phone");
    ada.network().heal();
    ada.signs_in().await?;
    ada.has_waiting(0).await?;
    assert!(world.server.orders().await?.is_empty());
    ada.agrees_with(&world.server).await?;
    world.end(&[ada.browser()]).await
}
