//! A customer with a phone, in the trade's words.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::Value;

use crate::browser::Browser;
use crate::network::Network;

/// Who orders. The browser goes before the network it uses.
pub struct Customer {
    name: String,
    browser: Browser,
    network: Network,
}

/// What is ordered: a restaurant and items of its menu, each once.
pub struct Cart<'a> {
    /// The restaurant's slug.
    pub restaurant: &'a str,
    /// The items' slugs.
    pub items: &'a [&'a str],
}

impl Customer {
    pub(crate) fn new(name: &str, browser: Browser, network: Network) -> Self {
        Self { name: name.into(), browser, network }
    }

    /// The account's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The phone's browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The phone's way to the server.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Signed in days ago, with everything loaded, and from here on without a network.
    pub async fn enters_a_tunnel(&mut self) -> Result<()> {
        self.signed_in_days_ago().await?;
        self.is_ready_for_offline().await?;
        self.network.cut();
        self.is_cut_off().await
    }

    /// The phone's browser is killed with SIGKILL.
    pub fn phone_dies(&mut self) -> Result<()> {
        self.browser.kill()
    }

    /// The browser is closed as a person does: what it still holds in memory (cookies) reaches the disk.
    pub async fn phone_closes(&mut self) -> Result<()> {
        self.browser.close().await
    }

    /// The browser is started again on the same profile, and the app opened.
    pub async fn phone_starts(&mut self, path: &str) -> Result<()> {
        self.browser.restart().await?;
        self.opens(path).await
    }

    /// The browser is started again on the same profile, and a path opened whose app is broken.
    pub async fn phone_starts_broken(&mut self, path: &str) -> Result<()> {
        self.browser.restart().await?;
        self.browser.goto(path).await
    }

    /// The browser is started again on the same profile, and the app opened under what a script does to each page at its beginning.
    pub async fn phone_starts_under(&mut self, script: &str, path: &str) -> Result<()> {
        self.browser.restart().await?;
        self.browser.begins_with(script).await?;
        self.opens(path).await
    }

    /// The phone lay switched off for so long: its browser is killed and started again, and its clock has gone on.
    pub async fn phone_lies_off_for(&mut self, time: Duration, path: &str) -> Result<()> {
        self.browser.kill()?;
        let script = format!("{{ const now = Date.now; Date.now = () => now() + {}; }}", time.as_millis());
        self.phone_starts_under(&script, path).await
    }

    /// The phone's browser is killed and started again. One that keeps nothing on the disk loads its page again instead: of
    /// a death it has nothing to tell.
    pub async fn phone_dies_and_starts(&mut self, path: &str) -> Result<()> {
        if !self.browser.engine().keeps_on_disk() {
            return self.opens(path).await;
        }
        self.phone_dies()?;
        self.phone_starts(path).await
    }

    /// Signs in, and closes and opens the browser once, as happened days ago: Chromium writes a new cookie to disk
    /// within half a minute or when it is closed, and a kill before that signs out whoever just signed in. A browser that
    /// keeps nothing on the disk stays open.
    pub async fn signed_in_days_ago(&mut self) -> Result<()> {
        self.signs_in().await?;
        if !self.browser.engine().keeps_on_disk() {
            return Ok(());
        }
        self.phone_closes().await?;
        self.phone_starts("/").await?;
        self.is_online().await
    }

    /// The phone's browser is closed and opened again with so many bytes of the disk for the site: one that is open knows for
    /// a while how much there was.
    pub async fn has_room_now(&mut self, bytes: u64) -> Result<()> {
        self.browser.close().await?;
        self.browser.restart().await?;
        self.browser.has_room(Some(bytes)).await?;
        self.opens("/cart").await
    }

    /// Opens a path and waits for the shell's status line.
    pub async fn opens(&self, path: &str) -> Result<()> {
        self.browser.goto(path).await?;
        self.browser.wait("[data-test=status]").await?;
        Ok(())
    }

    /// Signs in with the demo password.
    pub async fn signs_in(&self) -> Result<()> {
        self.opens("/sign-in").await?;
        self.browser.fill("[name=account]", &self.name).await?;
        self.browser.fill("[name=password]", "carryout").await?;
        self.browser.click("[data-test=sign-in]").await?;
        self.is_online().await
    }

    /// Signs out; what waits stays on the phone.
    pub async fn signs_out(&self) -> Result<()> {
        self.opens("/sign-in").await?;
        self.browser.click("[data-test=sign-out]").await?;
        self.browser.wait("[name=account]").await?;
        Ok(())
    }

    /// Hands the phone to another person, who is not signed in yet.
    pub fn becomes(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// The app and all it shows are kept on the phone: it would open with no network.
    pub async fn is_ready_for_offline(&self) -> Result<()> {
        self.browser.is_ready_for_offline().await
    }

    /// The status line says that the phone is connected and up to date.
    pub async fn is_online(&self) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-state", "online").await
    }

    /// The status line says that the server cannot be reached, in one of its two honest ways.
    pub async fn is_cut_off(&self) -> Result<()> {
        self.browser.wait("[data-test=status]:is([data-state=offline], [data-state=unreachable])").await?;
        Ok(())
    }

    /// The status line names this state: `online`, `signed-out` and so on.
    pub async fn has_state(&self, state: &str) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-state", state).await
    }

    /// The status line says how many acts wait.
    pub async fn has_waiting(&self, acts: usize) -> Result<()> {
        self.browser.wait_attr("[data-test=status]", "data-waiting", &acts.to_string()).await
    }

    /// Waits until nothing is on its way any more, however much it was: as long as the number falls, there is time.
    pub async fn drains(&self) -> Result<()> {
        let mut left = usize::MAX;
        while left > 0 {
            let fallen = async || {
                let waiting = self.browser.client().find(Locator::Css("[data-test=status]")).await?;
                let waiting = waiting.attr("data-waiting").await?.and_then(|count| count.parse::<usize>().ok());
                Ok(waiting.filter(|waiting| *waiting < left))
            };
            left = self.browser.until(&format!("less than {left} acts to wait"), fallen).await?;
        }
        Ok(())
    }

    /// Starts at the list, picks the restaurant and the item, and adds it. The page goes back to the menu when the cart is
    /// kept on the phone, and not before.
    pub async fn adds(&self, restaurant: &str, item: &str) -> Result<()> {
        self.opens("/").await?;
        self.picks(restaurant, item).await
    }

    /// Goes to the list without loading the page again, adds an item and places the order: for a page that keeps nothing.
    pub async fn orders_within_the_page(&self, cart: &Cart<'_>) -> Result<String> {
        for item in cart.items {
            self.browser.goes("/").await?;
            self.picks(cart.restaurant, item).await?;
        }
        self.places_order(cart.restaurant).await
    }

    async fn picks(&self, restaurant: &str, item: &str) -> Result<()> {
        self.browser.click(&format!("[data-test=restaurant][data-id={restaurant}]")).await?;
        self.browser.click(&format!("[data-test=item][data-id={item}]")).await?;
        self.browser.click("[data-test=add-to-cart]").await?;
        self.browser.wait_gone("[data-test=add-to-cart]").await
    }

    /// Puts all of a cart together.
    pub async fn fills(&self, cart: &Cart<'_>) -> Result<()> {
        for item in cart.items {
            self.adds(cart.restaurant, item).await.with_context(|| format!("{} adds {item}", self.name))?;
        }
        Ok(())
    }

    /// From any page to the filled-in checkout of a restaurant.
    pub async fn checks_out(&self, restaurant: &str) -> Result<()> {
        self.browser.click("[data-test=cart-link]").await?;
        self.fills_in_the_checkout(restaurant).await
    }

    /// From the cart to the filled-in checkout of a restaurant.
    pub async fn fills_in_the_checkout(&self, restaurant: &str) -> Result<()> {
        self.browser.click(&format!("[data-test=checkout-link][data-id={restaurant}]")).await?;
        self.browser.fill("[name=customer-name]", "Ada").await?;
        self.browser.fill("[name=phone]", "+44 20 7946 0000").await?;
        self.browser.choose("[name=destination][value=collect]").await
    }

    /// Fills the cart and places the order, to be paid by this card of the sandbox; gives back the order's id.
    pub async fn orders_by_card(&self, cart: &Cart<'_>, card: &str) -> Result<String> {
        self.fills(cart).await?;
        self.checks_out(cart.restaurant).await?;
        self.browser.choose(&format!("[name=pays][value={card}]")).await?;
        self.browser.click("[data-test=place-order]").await?;
        self.tracked_order().await
    }

    /// The same, to be brought to this address.
    pub async fn orders_to_the_door(&self, cart: &Cart<'_>, card: &str, address: &str) -> Result<String> {
        self.orders_to_the_door_with_a_tip(cart, card, address, 0).await
    }

    /// The same, with so many percent for who brings it.
    pub async fn orders_to_the_door_with_a_tip(
        &self,
        cart: &Cart<'_>,
        card: &str,
        address: &str,
        percent: u8,
    ) -> Result<String> {
        self.fills(cart).await?;
        self.checks_out(cart.restaurant).await?;
        self.browser.choose("[name=destination][value=deliver]").await?;
        self.browser.fill("[name=address]", address).await?;
        self.browser.choose(&format!("[name=pays][value={card}]")).await?;
        if percent > 0 {
            self.browser.choose(&format!("[name=tip][value='{percent}']")).await?;
        }
        self.browser.click("[data-test=place-order]").await?;
        self.tracked_order().await
    }

    /// The order's page says that this has become of its money.
    pub async fn sees_paid(&self, paid: &str) -> Result<()> {
        self.browser.wait_attr("[data-test=paid]", "data-paid", paid).await
    }

    /// The id of the order whose page is shown, or is about to be.
    pub async fn tracked_order(&self) -> Result<String> {
        let order = self.browser.attribute("[data-test=order]", "data-id").await?;
        let order = order.context("the page shows an order without an id")?;
        ensure!(!order.is_empty(), "the page shows an order with an empty id");
        Ok(order)
    }

    /// From the cart through the checkout; gives back the order's id, from the page that tracks it.
    pub async fn places_order(&self, restaurant: &str) -> Result<String> {
        self.checks_out(restaurant).await?;
        self.browser.click("[data-test=place-order]").await?;
        self.tracked_order().await
    }

    /// Fills the cart and places the order.
    pub async fn orders(&self, cart: &Cart<'_>) -> Result<String> {
        self.fills(cart).await?;
        self.places_order(cart.restaurant).await.with_context(|| format!("{} places the order", self.name))
    }

    /// The order's page shows this status of the server.
    pub async fn sees_order(&self, order: &str, status: &str) -> Result<()> {
        self.browser.wait_attr(&order_css(order), "data-status", status).await
    }

    /// The order's page shows this stage of the newest pending act; `""` when nothing is pending.
    pub async fn sees_stage(&self, order: &str, stage: &str) -> Result<()> {
        self.browser.wait_attr(&order_css(order), "data-stage", stage).await
    }

    /// Waits for an inbox item of this kind and gives back its id.
    pub async fn finds_in_inbox(&self, code: &str) -> Result<String> {
        self.opens("/inbox").await?;
        let css = format!("[data-test=inbox-item][data-code={code}]");
        self.browser.attribute(&css, "data-id").await?.context("the inbox item has no id")
    }

    /// The inbox has an item of this reason that is not `before`; gives back its id.
    pub async fn finds_another_in_inbox(&self, code: &str, before: &str) -> Result<String> {
        let css = format!("[data-test=inbox-item][data-code={code}]:not([data-id={before:?}])");
        self.browser.attribute(&css, "data-id").await?.context("the inbox item has no id")
    }

    /// Takes one of the choices an inbox item offers.
    pub async fn chooses(&self, inbox_item: &str, choice: &str) -> Result<()> {
        let item = format!("[data-test=inbox-item][data-id={inbox_item:?}]");
        self.browser.click(&format!("{item} [data-test=choice][data-choice={choice}]")).await
    }

    /// The outbox as it is stored, done records too.
    pub async fn outbox(&self) -> Result<Vec<Value>> {
        self.browser.indexed_db("carryout-outbox", "commands").await
    }

    /// The stored records that nobody has decided yet.
    pub async fn undecided(&self) -> Result<Vec<Value>> {
        let over = |record: &Value| matches!(record["stage"].as_str(), Some("accepted" | "done" | "refused"));
        Ok(self.outbox().await?.into_iter().filter(|record| !over(record)).collect())
    }
}

fn order_css(order: &str) -> String {
    format!("[data-test=order][data-id={order:?}]")
}
