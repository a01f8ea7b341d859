//! Money by card, over HTTP, with the sandbox provider as a process of its own: reserved before the kitchen hears of an order,
//! charged when the meal is handed over, and never left reserved for an order that is over.

mod support;

use domain::kitchen::TicketCommand;
use domain::ordering::{Cancelled, Order, OrderCommand, PlaceOrder, Status};
use domain::payment::{Card, Method, Paid};
use domain::{Command, OrderId};
use serde_json::json;
use support::*;
use sync::protocol::Outcome;

/// Ada's order of a plain dish, by this card.
fn by(token: &str, menu: &domain::catalog::Menu) -> PlaceOrder {
    PlaceOrder { pays: Method::Card(Card { token: token.into(), label: token.into() }), ..place(menu) }
}

/// A world with a bank, Ada and a kitchen.
struct Town {
    bank: Bank,
    server: Server,
    ada: Person,
    screen: Feed,
}

impl Town {
    async fn new() -> Self {
        let bank = Bank::start();
        let server = Server::with(&bank).await;
        let ada = Person::sign_in(&server, "ada").await;
        let screen = ada.feed().await;
        Self { bank, server, ada, screen }
    }

    /// Ada orders by this card.
    async fn orders(&mut self, token: &str) -> OrderId {
        let place = by(token, &self.ada.menu(LUCCIOLA).await);
        let act = self.ada.act(place_command(&place));
        assert_eq!(self.ada.send_one(&act).await, Outcome::Accepted);
        place.order
    }

    /// Ada sees the order as `is` wants it.
    async fn sees(&mut self, what: &str, order: OrderId, is: impl Fn(&Order) -> bool) {
        self.screen.until(what, |screen| screen.order(order).filter(|order| is(order)).map(|_| ())).await;
    }

    async fn cancels(&mut self, order: OrderId) {
        let cancel = Command::Order(OrderCommand::Cancel { order, reason: "".into() });
        let act = self.ada.act(cancel);
        self.ada.send_one(&act).await;
    }

    /// The bank says this of an order's money in the end.
    async fn bank_says(&self, order: OrderId, wanted: &str) {
        for _ in 0..LOOKS {
            if self.bank.status(order).await.as_deref() == Some(wanted) {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        panic!("the bank says {:?} and not {wanted}", self.bank.status(order).await);
    }

    /// How many facts of this kind there are of an order's money or sagas.
    async fn facts(&self, kind: &str, order: OrderId) -> i64 {
        self.server.count(&format!("select count(*) from hub where kind = '{kind}' and key like '%{order}'")).await
    }
}

/// How often, and how many times, the bank is asked for what has no socket to tell of it.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(50);
const LOOKS: u32 = 200;

#[tokio::test]
async fn each_card_of_the_sandbox_ends_as_it_says() {
    let mut town = Town::new().await;
    for (token, wanted, paid) in [
        ("tok_succeeds", "reserved", Paid::Reserved),
        ("tok_twice", "reserved", Paid::Reserved),
        ("tok_late", "reserved", Paid::Reserved),
        ("tok_declined", "declined", Paid::Declined),
    ] {
        let order = town.orders(token).await;
        town.sees(token, order, |order| order.paid == paid).await;
        town.bank_says(order, wanted).await;
        if paid == Paid::Reserved {
            town.sees("a number", order, |order| order.number.is_some()).await;
            assert_eq!(town.facts("payment-authorized", order).await, 1, "{token}");
        } else {
            let is_told =
                |order: &Order| matches!(&order.ended, Some(Cancelled::NotPaid(why)) if why == "the bank said no");
            town.sees("the reason", order, is_told).await;
            assert_eq!(town.facts("ticket-opened", order).await, 0, "{token}");
        }
    }
    let order = town.orders("tok_of_nobody").await;
    town.sees("no such card", order, |order| matches!(order.ended, Some(Cancelled::NotPaid(_)))).await;
}

#[tokio::test]
async fn a_rush_of_cards_does_not_hold_itself_up() {
    let mut town = Town::new().await;
    let menu = town.ada.menu(LUCCIOLA).await;
    let places: Vec<_> = (0..48).map(|_| by("tok_succeeds", &menu)).collect();
    let acts: Vec<_> = places.iter().map(|place| town.ada.act(place_command(place))).collect();
    for batch in acts.chunks(16) {
        town.ada.send(batch).await;
    }
    // All that the bank was to be asked is due at once when the server is back.
    town.server = town.server.restart();
    town.bank.tells(&town.server).await;
    town.ada.meet(&town.server);
    town.screen = town.ada.feed().await;
    for place in &places {
        town.sees("its money", place.order, |order| order.paid == Paid::Reserved).await;
    }
    assert_eq!(town.server.count("select count(*) from fault").await, 0, "and nothing had to begin again");
}

#[tokio::test]
async fn a_card_is_charged_once_when_the_meal_is_handed_over() {
    let mut town = Town::new().await;
    let order = town.orders("tok_twice").await;
    town.sees("a number", order, |order| order.number.is_some()).await;
    let mut cook = Person::sign_in(&town.server, "lucciola").await;
    for command in [
        TicketCommand::Accept { order, ready_in_min: 9 },
        TicketCommand::StartCooking { order },
        TicketCommand::MarkReady { order },
    ] {
        let act = cook.act(Command::Ticket(command));
        assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
    }
    assert_eq!(town.bank.status(order).await.as_deref(), Some("reserved"), "not before the hand-over");
    let act = cook.act(Command::Ticket(TicketCommand::HandOver { order }));
    assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
    town.sees("charged", order, |order| order.paid == Paid::Charged).await;
    assert_eq!(town.bank.status(order).await.as_deref(), Some("captured"));
    assert_eq!(town.facts("payment-captured", order).await, 1);
    assert_eq!(town.facts("order-fulfilled", order).await, 1);
}

#[tokio::test]
async fn what_the_restaurant_refuses_is_let_go() {
    let mut town = Town::new().await;
    let order = town.orders("tok_succeeds").await;
    town.sees("a number", order, |order| order.number.is_some()).await;
    let mut cook = Person::sign_in(&town.server, "lucciola").await;
    let act = cook.act(Command::Ticket(TicketCommand::Refuse { order, reason: "no oven".into() }));
    cook.send_one(&act).await;
    town.sees("let go", order, |order| order.paid == Paid::LetGo && order.status == Status::Rejected).await;
    town.bank_says(order, "voided").await;
}

#[tokio::test]
async fn a_customer_cancels_while_the_bank_is_silent() {
    let mut town = Town::new().await;
    let order = town.orders("tok_silent").await;
    town.sees("asking", order, |order| order.paid == Paid::Asking).await;
    town.cancels(order).await;
    town.sees("cancelled", order, |order| order.ended == Some(Cancelled::ByCustomer)).await;
    assert_eq!(town.facts("ticket-opened", order).await, 0);
}

#[tokio::test]
async fn a_server_that_dies_between_the_call_and_its_word_hears_it_after_its_start() {
    let mut town = Town::new().await;
    let order = town.orders("tok_late").await;
    town.bank_says(order, "processing").await;
    let Town { bank, server, mut ada, .. } = town;
    let server = server.restart();
    bank.tells(&server).await;
    ada.meet(&server);
    let screen = ada.feed().await;
    let mut town = Town { bank, server, ada, screen };
    town.sees("reserved", order, |order| order.paid == Paid::Reserved).await;
    assert_eq!(town.facts("payment-authorized", order).await, 1);
    town.sees("a number", order, |order| order.number == Some(1)).await;
}

#[tokio::test]
async fn a_bank_that_is_down_is_told_of_and_asked_again_when_it_is_back() {
    let mut town = Town::new().await;
    town.bank.kill();
    let order = town.orders("tok_succeeds").await;
    town.sees("busy", order, |order| order.paid == Paid::ProviderBusy).await;
    town.bank = town.bank.again();
    town.bank.tells(&town.server).await;
    town.sees("reserved", order, |order| order.paid == Paid::Reserved).await;
    assert_eq!(town.facts("payment-authorization-deferred", order).await, 1);
}

#[tokio::test]
async fn a_word_that_nobody_of_ours_signed_moves_no_money() {
    let mut town = Town::new().await;
    let order = town.orders("tok_silent").await;
    town.sees("asking", order, |order| order.paid == Paid::Asking).await;
    let word = json!({ "id": "evt_1", "payment": { "id": "pay_1", "order": order, "status": "reserved" } }).to_string();
    let url = format!("{}/webhooks/payments", town.server.base);
    for signature in [None, Some("t=1,v1=00"), Some("nonsense")] {
        let mut request = reqwest::Client::new().post(&url).body(word.clone());
        if let Some(signature) = signature {
            request = request.header("carryout-signature", signature);
        }
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 401, "{signature:?}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
    assert_eq!(town.server.count("select count(*) from payment_word").await, 0);
    assert_eq!(town.facts("payment-authorized", order).await, 0);
}

#[tokio::test]
async fn where_no_provider_is_set_up_a_card_is_declined_at_once() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let place = by("tok_succeeds", &ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    ada.send_one(&act).await;
    let mut screen = ada.feed().await;
    let is_told = |order: &Order| matches!(&order.ended, Some(Cancelled::NotPaid(why)) if why.contains("no cards"));
    screen.until("declined", |screen| screen.order(place.order).filter(|order| is_told(order)).map(|_| ())).await;
}

/// The bank said no, a backup was made, and then it took its no back: that word was heard in the history that is gone.
#[tokio::test]
async fn what_the_bank_holds_after_a_restore_and_nobody_wants_is_let_go() {
    let mut town = Town::new().await;
    let [taken_back, declined] = [town.orders("tok_succeeds").await, town.orders("tok_declined").await];
    town.sees("reserved", taken_back, |order| order.paid == Paid::Reserved).await;
    town.sees("declined", declined, |order| order.status.is_final()).await;
    let books = format!(
        "update payment_row set body = json_remove(json_set(body, '$.payment.standing', json('{{\"declined\":\"no\"}}')),
             '$.payment.reference') where key = 'payment/{taken_back}'"
    );
    let file = town.server.data.path().join("monday.backup");
    let file = file.to_str().expect("a name");
    town.server.change(&books).await;
    let (well, said) = bff(town.server.data.path(), &["backup", "--to", file]);
    assert!(well, "{said}");

    town.server.kill();
    let (well, said) = bff(town.server.data.path(), &["restore", "--from", file]);
    assert!(well, "{said}");
    town.server = town.server.restart();
    town.bank.tells(&town.server).await;
    town.bank_says(taken_back, "voided").await;
    town.server.until("select count(*) from payment_look", 0).await;
    assert_eq!(town.bank.status(declined).await.as_deref(), Some("declined"));
    assert_eq!(town.facts("payment-voided", declined).await, 0, "of what was nothing nothing is said");
}

/// A server was restored, heard the bank take a no back of an order that it did not know then, and got the order again: the no, which
/// was on its way all the while, comes last.
#[tokio::test]
async fn money_that_is_set_aside_behind_a_no_that_came_late_is_found_and_let_go() {
    let mut town = Town::new().await;
    let order = town.orders("tok_silent").await;
    town.sees("asking", order, |order| order.paid == Paid::Asking).await;
    town.bank.tells_nobody().await;
    town.bank.sets_aside(order, 900).await;
    assert_eq!(town.bank.status(order).await.as_deref(), Some("reserved"));
    let late = json!({
        "id": "evt_late",
        "payment": { "id": "pay_late", "order": order, "amount_minor": 900, "status": "declined", "reason": "no funds" },
    });
    let late = late.to_string();
    let request = reqwest::Client::new().post(format!("{}/webhooks/payments", town.server.base)).body(late.clone());
    let request = request.header("carryout-signature", bank::signature(&late, bank::SECRET));
    assert_eq!(request.send().await.expect("an answer").status(), 204);
    town.bank_says(order, "voided").await;
    town.bank.tells(&town.server).await;
    let is_told = |order: &Order| matches!(order.ended, Some(Cancelled::NotPaid(_))) && order.paid == Paid::LetGo;
    town.sees("the end", order, is_told).await;
    town.server.until("select count(*) from payment_look", 0).await;
}
