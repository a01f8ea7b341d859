//! A first visit over a slow line: the restaurants' names are read, and one is tapped, while the app is still on its way. When it is
//! there, nothing that somebody was about to tap has moved.

use anyhow::{Result, ensure};
use e2e::{Customer, Screen, World};
use serde_json::{Value, json};

/// The narrowest phone that many people have.
const NARROW: Screen = Screen { width: 360, height: 740 };

/// The app comes when `letIn` is called.
const HELD: &str = "
    const real = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...args) => {
        await new Promise((go) => { window.letIn = go; });
        return real.apply(WebAssembly, args);
    };
";

/// A link of the first look.
const LOOK: &str = "#opening a.restaurant";

/// What is shown of restaurants and where, as far as both looks tell it.
const SHOWN: &str = "
    const round = ({ left, top, width, height }) => [left, top, width, height].map(Math.round);
    return [...document.querySelectorAll(arguments[0])].slice(0, 12).map((card) => ({
        href: card.getAttribute('href'),
        name: card.querySelector('.card-title').innerText,
        note: card.querySelector('.card-note').innerText,
        tone: card.classList.contains('open') ? 'open' : 'closed',
        at: round(card.getBoundingClientRect()),
    }));
";

#[tokio::test]
async fn names_are_read_while_the_app_is_on_its_way_and_stay_where_they_are() -> Result<()> {
    for screen in [NARROW, Screen::TABLET] {
        let world = World::start().await?;
        let guest = visits(&world, screen).await?;
        guest.browser().wait(LOOK).await?;
        guest.browser().screenshot(&format!("first-look-{}", screen.width)).await?;
        guest.browser().has_no_sideways_scroll().await?;
        let (heading, looked) = (guest.browser().text("main h1").await?, shown(&guest, LOOK).await?);
        ensure!(looked.as_array().is_some_and(|cards| cards.len() == 12), "{looked}");

        lets_in(&guest).await?;
        guest.browser().wait_gone("#opening").await?;
        guest.browser().wait("[data-test=restaurant]").await?;
        let drawn = shown(&guest, "[data-test=restaurant]").await?;
        ensure!(drawn == looked, "what was shown moved: {looked}\nis now {drawn}");
        ensure!(guest.browser().text("main h1").await? == heading, "the page is called something else");
        world.end(&[guest.browser()]).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_tapped_in_the_first_look_is_where_the_app_opens() -> Result<()> {
    let world = World::start().await?;
    let guest = visits(&world, NARROW).await?;
    guest.browser().wait(LOOK).await?;
    let path = guest.browser().attribute(LOOK, "href").await?.unwrap_or_default();
    guest.browser().click(LOOK).await?;
    ensure!(guest.browser().path().await? == path, "the tap was lost");
    guest.browser().wait_gone(LOOK).await?;
    lets_in(&guest).await?;
    guest.browser().wait("[data-test=item]").await?;
    guest.browser().wait_gone("#opening").await?;
    guest.browser().client().back().await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    world.end(&[guest.browser()]).await
}

#[tokio::test]
async fn where_no_names_come_the_app_comes_all_the_same_and_who_was_here_before_gets_it_at_once() -> Result<()> {
    let world = World::start().await?;
    let guest = world.phone("guest").await?;
    guest.network().answer_not_found("catalog/first-look", 1);
    guest.browser().goto("/").await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    guest.browser().wait_gone("#opening").await?;
    guest.is_ready_for_offline().await?;
    guest.browser().wait_text(".said", "opens without a network too").await?;
    guest.browser().goto("/").await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    let asked = guest.network().requests("catalog/first-look");
    ensure!(asked.is_empty(), "who has the app on the phone needs no first look, and asked for one");
    world.end(&[guest.browser()]).await
}

async fn visits(world: &World, screen: Screen) -> Result<Customer> {
    let guest = world.phone("guest").await?;
    guest.browser().resize(screen).await?;
    guest.browser().begins_with(HELD).await?;
    guest.browser().goto("/").await?;
    Ok(guest)
}

async fn lets_in(guest: &Customer) -> Result<()> {
    let call = "if (!window.letIn) return false; letIn(); return true;";
    let called = async || Ok((guest.browser().client().execute(call, vec![]).await? == json!(true)).then_some(()));
    guest.browser().until("the app to be asked for", called).await
}

async fn shown(guest: &Customer, css: &str) -> Result<Value> {
    Ok(guest.browser().client().execute(SHOWN, vec![json!(css)]).await?)
}
