//! A town in which meals are brought by drivers: a bank, a customer, a kitchen and a driver.

use domain::delivery::{DriverCommand, Errand, ErrandCommand, Offer, OfferCommand, Place};
use domain::id::{errand_key, offer_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, Order, PlaceOrder};
use domain::payment::{Card, Method};
use domain::{Command, OrderId, Row};
use sync::Key;
use sync::protocol::{Body, Outcome};

use super::{Bank, Feed, Person, Server, place, place_command};

/// The restaurant of the demo whose meals are brought by drivers.
pub const GINKGO: &str = "ginkgo-ramen";

/// A town with a bank, Ada, the kitchen of Ginkgo, and a driver.
pub struct Town {
    pub bank: Bank,
    pub server: Server,
    pub ada: Person,
    pub screen: Feed,
    pub cook: Person,
    pub dora: Driver,
}

/// A driver with their phone.
pub struct Driver {
    pub person: Person,
    pub phone: Feed,
}

impl Driver {
    pub async fn sign_in(server: &Server, name: &str) -> Self {
        let person = Person::sign_in(server, name).await;
        let phone = person.feed().await;
        Self { person, phone }
    }

    pub async fn goes_on_duty(&mut self, at: Option<Place>) {
        let driver = self.person.account.clone();
        self.gives(Command::Driver(DriverCommand::GoOnDuty { driver, at })).await;
    }

    pub async fn gives(&mut self, command: Command) {
        assert_eq!(self.tries(command).await, Outcome::Accepted);
    }

    pub async fn tries(&mut self, command: Command) -> Outcome<domain::Trade> {
        let act = self.person.act(command);
        self.person.send_one(&act).await
    }

    pub async fn is_offered(&mut self, order: OrderId) -> Offer {
        self.phone.until("an offer", |phone| row(phone, &offer_key(order))?.as_offer().cloned()).await
    }

    /// Says yes to the offer, and waits until the meal is theirs: only then is there anything to report of it.
    pub async fn fetches(&mut self, order: OrderId) -> Errand {
        self.is_offered(order).await;
        self.gives(Command::Offer(OfferCommand::Claim { order })).await;
        self.has(order).await
    }

    pub async fn has(&mut self, order: OrderId) -> Errand {
        self.phone.until("an errand", |phone| row(phone, &errand_key(order))?.as_errand().cloned()).await
    }

    pub async fn has_no_more(&mut self, key: &Key) {
        self.phone.until("its end", |phone| row(phone, key).is_none().then_some(())).await;
    }

    pub async fn reports(&mut self, command: ErrandCommand) {
        self.gives(Command::Errand(command)).await;
    }
}

/// What a device shows under `key`.
pub fn row<'a>(feed: &'a Feed, key: &Key) -> Option<&'a Row> {
    match feed.rows.get(key) {
        Some((_, Body::Row(row))) => Some(row),
        _ => None,
    }
}

impl Town {
    pub async fn new() -> Self {
        let bank = Bank::start();
        let server = Server::with(&bank).await;
        let ada = Person::sign_in(&server, "ada").await;
        let screen = ada.feed().await;
        let cook = Person::sign_in(&server, "ginkgo").await;
        let dora = Driver::sign_in(&server, "dora").await;
        Self { bank, server, ada, screen, cook, dora }
    }

    /// Ada orders to her door, by card.
    pub async fn orders(&mut self) -> OrderId {
        let card = Card { token: "tok_succeeds".into(), label: "Sandbox card".into() };
        let place = PlaceOrder {
            destination: Destination::Deliver("Torstra\u{df}e 1, Berlin".into()),
            pays: Method::Card(card),
            ..place(&self.ada.menu(GINKGO).await)
        };
        let act = self.ada.act(place_command(&place));
        assert_eq!(self.ada.send_one(&act).await, Outcome::Accepted);
        let order = place.order;
        self.sees("a number", order, |order| order.number.is_some()).await;
        order
    }

    /// Dora is on duty, Ada orders, and Dora fetches it.
    pub async fn gives_dora_a_meal(&mut self) -> OrderId {
        self.dora.goes_on_duty(None).await;
        let order = self.orders().await;
        self.dora.fetches(order).await;
        order
    }

    pub async fn sees(&mut self, what: &str, order: OrderId, is: impl Fn(&Order) -> bool) {
        self.screen.until(what, |screen| screen.order(order).filter(|order| is(order)).map(|_| ())).await;
    }

    pub async fn cooks(&mut self, command: TicketCommand) {
        let act = self.cook.act(Command::Ticket(command));
        assert_eq!(self.cook.send_one(&act).await, Outcome::Accepted);
    }

    /// What the lake tells of an order, by kind.
    pub async fn facts(&self, order: OrderId) -> Vec<String> {
        self.server.texts(&format!("select kind from hub where order_id = '{order}' order by position")).await
    }

    /// The server is away while the moment passes that the row `key` waits for; `at` is where that stands in the row.
    pub async fn time_passes(mut self, key: &Key, service: &str, at: &str) -> Self {
        self.server.moment_comes(key, service, at).await;
        self.server = self.server.restart();
        self.bank.tells(&self.server).await;
        for person in [&mut self.ada, &mut self.cook, &mut self.dora.person] {
            person.meet(&self.server);
        }
        self.screen = self.ada.feed().await;
        self.dora.phone = self.dora.person.feed().await;
        self
    }
}
