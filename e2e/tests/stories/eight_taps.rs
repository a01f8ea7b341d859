//! From a first visit on a narrow phone to an order that is saved on it: eight taps at most beside name and address, with a network and
//! without one. Each tap is on words that say what it does, so nobody has to be told where.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Customer, Screen, World};
use fantoccini::elements::Element;
use serde_json::json;

/// The narrowest phone that many people have.
const NARROW: Screen = Screen { width: 360, height: 740 };

/// What it may take.
const TAPS_MAX: u32 = 8;

/// The page counts, too: whatever touches it, and not only what is told here.
const COUNT: &str = "
    window.touched = 0;
    addEventListener('pointerdown', (event) => { window.touched += event.isTrusted; }, true);
";

/// What carries these words and can be tapped; nothing where it is hidden, off or in doubt.
const FIND: &str = "
    const words = arguments[0];
    const says = (element) => element.innerText.replaceAll(/\\s+/g, ' ').includes(words);
    const found = [...document.querySelectorAll('main a[href], main button:enabled, main label')]
        .filter((element) => element.getClientRects().length && says(element));
    if (found.length !== 1) return null;
    found[0].scrollIntoView({ block: 'center', behavior: 'instant' });
    return found[0];
";

#[tokio::test]
async fn a_guest_has_an_order_saved_in_eight_taps() -> Result<()> {
    let world = World::start().await?;
    let guest = world.phone("guest").await?;
    visits_for_the_first_time(&guest).await?;
    let order = orders(&guest).await?;
    guest.browser().wait_text(".said", "Your order is saved on this phone.").await?;
    guest.sees_order(&order, "submitted").await?;
    guest.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[guest.browser()]).await
}

#[tokio::test]
async fn a_guest_without_a_network_has_an_order_saved_in_eight_taps() -> Result<()> {
    let world = World::start().await?;
    let guest = world.phone("guest").await?;
    visits_for_the_first_time(&guest).await?;
    guest.is_ready_for_offline().await?;
    guest.network().cut();
    guest.is_cut_off().await?;
    let order = orders(&guest).await?;
    guest.browser().wait_text("[data-test=order]", "Saved on this phone").await?;
    guest.sees_stage(&order, "saved").await?;
    assert_eq!(guest.outbox().await?.len(), 1, "it is on the disk");
    assert!(world.server.orders().await?.is_empty());
    guest.network().restore();
    guest.has_waiting(0).await?;
    assert_eq!(world.server.orders().await?.len(), 1);
    world.end(&[guest.browser()]).await
}

async fn visits_for_the_first_time(guest: &Customer) -> Result<()> {
    guest.browser().begins_with(COUNT).await?;
    guest.browser().resize(NARROW).await?;
    guest.opens("/").await?;
    guest.browser().wait("[data-test=restaurant]").await?;
    Ok(())
}

/// To the door, which takes a tap more than fetching it. The order's id.
async fn orders(guest: &Customer) -> Result<String> {
    let mut finger = Finger { browser: guest.browser(), taps: 0, fields: 0 };
    for words in
        ["Trattoria Lucciola", "Margherita", "Add 1 \u{b7}", "View cart \u{b7} 1 dish", "Go to checkout", "Deliver it"]
    {
        finger.taps(words).await?;
    }
    finger.writes("Name to call out", "Ada").await?;
    finger.writes("Address", "Vicolo dei Lampionai 1, Rome").await?;
    finger.taps("Place order").await?;
    let order = guest.tracked_order().await?;
    finger.counts().await?;
    Ok(order)
}

/// What is tapped, by the words on it.
struct Finger<'a> {
    browser: &'a Browser,
    taps: u32,
    fields: u32,
}

impl Finger<'_> {
    async fn taps(&mut self, words: &str) -> Result<()> {
        self.touches(words).await?;
        self.taps += 1;
        Ok(())
    }

    /// Fills the field with this label.
    async fn writes(&mut self, label: &str, text: &str) -> Result<()> {
        self.touches(label).await?;
        self.fields += 1;
        Ok(self.browser.client().active_element().await?.send_keys(text).await?)
    }

    async fn touches(&self, words: &str) -> Result<()> {
        let client = self.browser.client();
        let look = async || {
            let found = client.execute(FIND, vec![json!(words)]).await?;
            // A driver's name for an element is the only value of what stands for it.
            let Some(id) = found.as_object().and_then(|element| element.values().next()?.as_str()) else {
                return Ok(None);
            };
            Element::from_element_id(client.clone(), id.to_owned().into()).click().await.map(Some)
        };
        self.browser.until(&format!("{words:?} to be tapped"), look).await
    }

    /// What was told is all there was, and not too much.
    async fn counts(self) -> Result<()> {
        let touched = self.browser.client().execute("return window.touched", vec![]).await?;
        let touched = touched.as_u64().context("the page counts")?;
        ensure!(touched == u64::from(self.taps + self.fields), "the page was touched {touched} times");
        ensure!(self.taps <= TAPS_MAX, "it took {} taps", self.taps);
        eprintln!("{} taps, and {} fields", self.taps, self.fields);
        Ok(())
    }
}
