//! The pictures in the README: each role on the device it works with, in a world that could be a Saturday evening.
//!
//! They are taken in every run, into `target/e2e/pictures`, so that the story cannot rot; `cargo xtask pictures` puts them into
//! `docs/pictures`.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use e2e::{Browser, Cart, Customer, Kitchen, Screen, World, output_folder};

/// An order that somebody places as a guest.
struct Wish<'a> {
    name: &'a str,
    dishes: &'a [&'a str],
    /// A word to the kitchen.
    note: &'a str,
    /// Where it is brought to; nowhere: it is collected.
    address: &'a str,
}

const fn collects<'a>(name: &'a str, dishes: &'a [&'a str], note: &'a str) -> Wish<'a> {
    Wish { name, dishes, note, address: "" }
}

/// Ten orders of an evening, the oldest first.
const EVENING: [Wish<'_>; 10] = [
    collects("Giulia", &["margherita", "tiramisu"], ""),
    collects("Tom\u{e1}s", &["diavola", "chinotto"], "Extra hot, please"),
    collects("Ines", &["cacio-e-pepe"], ""),
    collects("Henrik", &["lasagna-della-nonna", "puntarelle"], ""),
    collects("Amara", &["margherita", "marinara", "suppli-al-telefono"], "Cut in slices for the children"),
    collects("Luca", &["carbonara", "acqua-frizzante-75-cl"], ""),
    collects("Sofia", &["parmigiana-di-melanzane"], "No basil"),
    collects("Paul", &["saltimbocca", "patate-al-forno"], ""),
    collects("Noor", &["minestrone", "cannolo-siciliano"], ""),
    collects("Elena", &["gnocchi-al-ragu", "maritozzo-con-la-panna"], ""),
];

/// Two meals in Berlin: one that a driver brings, and one that nobody has taken.
const BROUGHT: [Wish<'_>; 2] = [
    Wish {
        name: "Jonas",
        dishes: &["tonkotsu-ramen", "karaage"],
        note: "",
        address: "Kastanienallee 12, 10435 Berlin",
    },
    Wish { name: "Mia", dishes: &["yasai-ramen"], note: "", address: "Torstra\u{df}e 140, 10119 Berlin" },
];

/// How far the oldest of the evening have come; what is behind waits for an answer.
const TAPS: [&[&str]; 8] = [
    &["accept", "start", "ready"],
    &["accept", "start", "ready"],
    &["accept", "start"],
    &["accept", "start"],
    &["accept", "start"],
    &["accept"],
    &["accept"],
    &["accept"],
];

#[tokio::test]
async fn each_role_is_shown_on_its_device() -> Result<()> {
    let mut world = World::start().await?;
    let guests = world.phone("guests").await?;
    guests.opens("/").await?;
    guests.has_state("signed-out").await?;
    a_kitchen_in_the_evening(&world, &guests).await?;
    a_customer_in_a_tunnel(&world).await?;

    let (dora, ginkgo) = (world.driver("dora").await?, world.tablet("ginkgo").await?);
    dora.signs_in().await?;
    dora.goes_on_duty().await?;
    ginkgo.signs_in().await?;
    let sought = orders(&guests, "ginkgo-ramen", &BROUGHT[1]).await?;
    dora.is_offered(&sought).await?;
    dora.declines(&sought).await?;
    let brought = orders(&guests, "ginkgo-ramen", &BROUGHT[0]).await?;
    dora.is_offered(&brought).await?;
    dora.claims(&brought).await?;
    let quiet = orders(&guests, "ginkgo-ramen", &collects("Anton", &["miso-ramen", "ramune"], "")).await?;
    works(&ginkgo, &brought, &["accept", "start", "ready"]).await?;
    works(&ginkgo, &sought, &["accept"]).await?;
    ginkgo.sees_ticket(&quiet, "waiting").await?;
    take(ginkgo.browser(), Screen::PHONE, "kitchen").await?;
    dora.taps(&brought, "pick-up").await?;
    dora.sees_errand(&brought, "picked-up").await?;
    take(dora.browser(), Screen::PHONE, "driver").await?;

    // Nobody else is on duty, and the kitchen has not answered Anton.
    world.server.stop().await?;
    world.server.nobody_was_found_in("berlin").await?;
    world.server.nobody_has_answered(&quiet).await?;
    world.server.restart().await?;
    let olga = world.operator("olga").await?;
    olga.signs_in().await?;
    olga.sees_trouble(&sought, "nobody-found").await?;
    olga.sees_trouble(&quiet, "kitchen-silent").await?;
    take(olga.browser(), Screen::PHONE, "operator").await?;
    world.end(&[guests.browser(), dora.browser(), ginkgo.browser(), olga.browser()]).await
}

/// A board with ten orders, on a tablet.
async fn a_kitchen_in_the_evening(world: &World, guests: &Customer) -> Result<()> {
    let lucciola = world.tablet("lucciola").await?;
    lucciola.signs_in().await?;
    let mut tickets = vec![];
    for wish in &EVENING {
        tickets.push(orders(guests, "trattoria-lucciola", wish).await?);
    }
    for (order, taps) in tickets.iter().zip(TAPS) {
        works(&lucciola, order, taps).await?;
    }
    ensure!(lucciola.all_tickets().await? == EVENING.len());
    lucciola.has_waiting(0).await?;
    take(lucciola.browser(), Screen::TABLET, "board").await
}

/// A menu, and an order that waits for the network.
async fn a_customer_in_a_tunnel(world: &World) -> Result<()> {
    let ada = world.phone("ada").await?;
    ada.signs_in().await?;
    ada.opens("/r/trattoria-lucciola").await?;
    ada.browser().wait("[data-test=item]").await?;
    take(ada.browser(), Screen::PHONE, "menu").await?;
    ada.is_ready_for_offline().await?;
    ada.network().cut();
    ada.is_cut_off().await?;
    let cart = Cart { restaurant: "trattoria-lucciola", items: &["margherita", "tiramisu"] };
    let order = ada.orders(&cart).await?;
    ada.sees_stage(&order, "saved").await?;
    take(ada.browser(), Screen::PHONE, "customer").await
}

/// Places an order as a guest of this name, without loading the page anew.
async fn orders(guests: &Customer, restaurant: &str, wish: &Wish<'_>) -> Result<String> {
    let page = guests.browser();
    for dish in wish.dishes {
        page.goes(&format!("/r/{restaurant}/i/{dish}")).await?;
        page.click("[data-test=add-to-cart]").await?;
        page.wait_gone("[data-test=add-to-cart]").await?;
    }
    page.goes(&format!("/r/{restaurant}/checkout")).await?;
    let place = if wish.address.is_empty() { "collect" } else { "deliver" };
    page.choose(&format!("[name=destination][value={place}]")).await?;
    for (field, text) in [("customer-name", wish.name), ("phone", "+49 30 5550 0134"), ("note", wish.note)] {
        page.fill(&format!("[name={field}]"), text).await?;
    }
    if !wish.address.is_empty() {
        page.fill("[name=address]", wish.address).await?;
        page.choose("[name=pays][value=tok_succeeds]").await?;
    }
    page.click("[data-test=place-order]").await?;
    let order = guests.tracked_order().await?;
    guests.has_waiting(0).await?;
    Ok(order)
}

/// What a kitchen taps on a ticket, one after the other.
async fn works(kitchen: &Kitchen, order: &str, taps: &[&str]) -> Result<()> {
    for tap in taps {
        kitchen.taps(order, tap).await?;
    }
    Ok(())
}

/// The screen once what passes has passed: what a browser says of its storage was read, and nothing is being said.
async fn take(browser: &Browser, screen: Screen, name: &str) -> Result<()> {
    if browser.count("[data-test=storage-note-close]").await? > 0 {
        browser.click("[data-test=storage-note-close]").await?;
        browser.wait_gone("[data-test=storage-note]").await?;
    }
    browser.wait_gone("[data-test=said]:not(:empty)").await?;
    let folder = env::var_os("CARRYOUT_PICTURES").map(PathBuf::from);
    let folder = folder.map_or_else(|| output_folder("pictures"), Ok)?;
    browser.picture(screen, &folder.join(format!("{name}.webp"))).await
}
