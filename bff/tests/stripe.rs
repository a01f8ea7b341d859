//! Money by card, over HTTP, with Stripe as it stands in `recorded/stripe`: each request of the server is exactly the recorded
//! one, in the order of the story, and there is none besides.
//!
//! The recordings are written by hand, in the shapes of Stripe's public documentation, and trimmed to what matters here.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use domain::kitchen::TicketCommand;
use domain::ordering::{Cancelled, Order, OrderCommand, PlaceOrder};
use domain::payment::{Card, Method, Paid};
use domain::{Command, Currency, Money, OrderId};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;
use support::*;
use sync::protocol::Outcome;
use tempfile::TempDir;
use tokio::sync::watch;

/// The order in all recordings, of a dish for 4.50.
const ORDER: OrderId = OrderId(uuid::uuid!("0193a7c4-5b00-7000-8000-00000000c0de"));

const KEY: &str = "sk_test_carryout";

/// What Stripe signs its words with: the one that is to be, and the one that is.
const SECRETS: &str = "whsec_next,whsec_now";

/// How long a request of the server is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A recorded exchange.
#[derive(Deserialize)]
struct Exchange {
    request: Asked,
    /// None where the connection broke.
    answer: Option<Answer>,
}

/// What matters of a request.
#[derive(Debug, PartialEq, Deserialize)]
struct Asked {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    form: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

fn recorded<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/stripe/{name}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Stripe, as it was recorded.
struct Stripe {
    base: String,
    script: Arc<Script>,
}

/// What is to be asked, one after the other.
struct Script {
    names: Vec<&'static str>,
    heard: watch::Sender<usize>,
    surprises: Mutex<Vec<String>>,
}

impl Stripe {
    /// One that expects these exchanges, and none besides.
    async fn that_recorded(names: &[&'static str]) -> Self {
        let script = Script { names: names.to_vec(), heard: watch::Sender::new(0), surprises: Mutex::default() };
        let script = Arc::new(script);
        let door = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", door.local_addr().expect("an address"));
        let app = axum::Router::new().fallback(replay).with_state(script.clone());
        tokio::spawn(axum::serve(door, app).into_future());
        Self { base, script }
    }

    /// Waits until the server has asked so many times.
    async fn was_asked(&self, times: usize) {
        let mut heard = self.script.heard.subscribe();
        let is_asked = tokio::time::timeout(PATIENCE, heard.wait_for(|heard| *heard >= times)).await.is_ok();
        let heard = *self.script.heard.borrow();
        assert!(is_asked, "asked {heard} times and not {times}: {:?}", self.surprises());
    }

    fn surprises(&self) -> Vec<String> {
        self.script.surprises.lock().expect("nobody panicked").clone()
    }
}

async fn replay(State(script): State<Arc<Script>>, request: Request) -> Response {
    let nth = *script.heard.borrow();
    let Some(name) = script.names.get(nth) else {
        return surprise(&script, format!("nothing more was recorded, and {} {}", request.method(), request.uri()));
    };
    let exchange: Exchange = recorded(name);
    let asked = asked(request).await;
    if asked != exchange.request {
        return surprise(&script, format!("{name}: {asked:#?}, and not {:#?}", exchange.request));
    }
    script.heard.send_modify(|heard| *heard += 1);
    let Some(answer) = exchange.answer else {
        // A body that breaks off at once takes the connection with it.
        let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
        return Response::new(Body::from_stream(broken));
    };
    let mut response = Response::builder().status(answer.status);
    for (header, value) in answer.headers {
        response = response.header(header, value);
    }
    response.body(Body::from(answer.body.to_string())).expect("an answer")
}

/// The headers that matter, each where it is and where it is not: a key on a capture would be a mistake, too.
const HEADERS: [&str; 4] = ["authorization", "content-type", "idempotency-key", "stripe-version"];

/// What was asked.
async fn asked(request: Request) -> Asked {
    let value = |name: &str| Some((name.to_owned(), request.headers().get(name)?.to_str().ok()?.to_owned()));
    let headers = HEADERS.into_iter().filter_map(value).collect();
    let (method, uri) = (request.method().to_string(), request.uri().clone());
    let body = axum::body::to_bytes(request.into_body(), 10_000).await.expect("a body");
    let (query, form) = (uri.query().unwrap_or_default(), std::str::from_utf8(&body).expect("text"));
    Asked { method, path: uri.path().to_owned(), headers, query: fields(query), form: fields(form) }
}

fn fields(encoded: &str) -> BTreeMap<String, String> {
    let url = Url::parse(&format!("http://none/?{encoded}")).expect("fields");
    url.query_pairs().into_owned().collect()
}

/// Something was asked that was not recorded.
fn surprise(script: &Script, what: String) -> Response {
    eprintln!("Stripe is asked what was not recorded: {what}");
    script.surprises.lock().expect("nobody panicked").push(what);
    Response::builder().status(500).body(Body::empty()).expect("an answer")
}

/// A world with a recorded Stripe, Ada and a kitchen.
struct Town {
    stripe: Stripe,
    server: Server,
    ada: Person,
    screen: Feed,
}

impl Town {
    /// Ada orders where these exchanges were recorded.
    async fn that_recorded(names: &[&'static str]) -> Self {
        let stripe = Stripe::that_recorded(names).await;
        let server = Server::with_settings(vec![
            ("CARRYOUT_PAYMENTS_KIND", "stripe".to_owned()),
            ("CARRYOUT_PAYMENTS", stripe.base.clone()),
            ("CARRYOUT_PAYMENTS_KEY", KEY.to_owned()),
            ("CARRYOUT_PAYMENTS_SECRET", SECRETS.to_owned()),
        ]);
        let mut ada = Person::sign_in(&server, "ada").await;
        let screen = ada.feed().await;
        let card = Card { token: "pm_card_visa".into(), label: "Visa 4242".into() };
        let place = place(&ada.menu(LUCCIOLA).await);
        let place = PlaceOrder { order: ORDER, pays: Method::Card(card), ..place };
        let act = ada.act(place_command(&place));
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
        Self { stripe, server, ada, screen }
    }

    async fn sees(&mut self, what: &str, is: impl Fn(&Order) -> bool) {
        self.screen.until(what, |screen| screen.order(ORDER).filter(|order| is(order)).map(|_| ())).await;
    }

    async fn sees_paid(&mut self, paid: Paid) {
        self.sees(paid.name(), |order| order.paid == paid).await;
    }

    /// Stripe tells this; what it is answered.
    async fn hears(&self, event: &str) -> u16 {
        let event: Value = recorded(event);
        self.hears_signed(&event.to_string(), "whsec_now").await
    }

    async fn hears_signed(&self, body: &str, secret: &str) -> u16 {
        let request = reqwest::Client::new().post(format!("{}/webhooks/payments", self.server.base));
        let signature = format!("{},v0={}", bank::signature(body, secret), "0".repeat(64));
        let request = request.header("stripe-signature", signature);
        request.body(body.to_owned()).send().await.expect("an answer").status().as_u16()
    }

    /// The bank set it aside, and then Ada cancels.
    async fn cancels_what_was_reserved(&mut self) {
        self.stripe.was_asked(1).await;
        self.hears("event-reserved").await;
        self.sees_paid(Paid::Reserved).await;
        self.cancels().await;
    }

    async fn cancels(&mut self) {
        let act = self.ada.act(Command::Order(OrderCommand::Cancel { order: ORDER, reason: "".into() }));
        self.ada.send_one(&act).await;
    }

    /// The kitchen cooks it, and hands it over.
    async fn is_cooked_and_handed_over(&mut self) {
        let mut cook = Person::sign_in(&self.server, "lucciola").await;
        for command in [
            TicketCommand::Accept { order: ORDER, ready_in_min: 9 },
            TicketCommand::StartCooking { order: ORDER },
            TicketCommand::MarkReady { order: ORDER },
            TicketCommand::HandOver { order: ORDER },
        ] {
            let act = cook.act(Command::Ticket(command));
            assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
        }
    }

    async fn is_eaten_and_charged(&mut self) {
        self.stripe.was_asked(1).await;
        self.hears("event-reserved").await;
        self.sees("a number", |order| order.number == Some(1)).await;
        self.is_cooked_and_handed_over().await;
        self.stripe.was_asked(2).await;
        self.hears("event-succeeded").await;
        self.sees_paid(Paid::Charged).await;
    }

    /// The kitchen gives back so much of it, in cents.
    async fn gives_back(&mut self, minor: i64) {
        let mut cook = Person::sign_in(&self.server, "lucciola").await;
        let amount = Money::new(minor, Currency::EUR);
        let back = TicketCommand::GiveBack { order: ORDER, amount, reason: "it was cold".into() };
        let act = cook.act(Command::Ticket(back));
        assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
    }

    /// No word comes for so long that the server looks for it.
    async fn no_word_comes(&self, request: &str) {
        let taken = format!("select count(*) from payment_call where request = '{request}' and taken_at is not null");
        self.server.until(&taken, 1).await;
        self.server.change(&format!("update payment_call set due_at = 1 where request = '{request}'")).await;
    }

    /// How many facts of this kind there are.
    async fn facts(&self, kind: &str) -> i64 {
        self.server.count(&format!("select count(*) from hub where kind = '{kind}' and key like '%{ORDER}'")).await
    }

    /// All was asked that was recorded, and nothing else; nothing is left to ask whenever it is due, and nothing is stuck.
    async fn ends_well(&self) {
        self.stripe.was_asked(self.stripe.script.names.len()).await;
        self.server.change("update payment_call set due_at = 1 where ended_at is null").await;
        self.server.until("select count(*) from payment_call where ended_at is null", 0).await;
        assert_eq!(self.stripe.surprises(), [] as [&str; 0]);
        assert_eq!(self.server.texts("select detail from fault").await, [] as [&str; 0]);
    }
}

#[tokio::test]
async fn what_is_reserved_is_charged_when_the_meal_is_handed_over() {
    let mut town = Town::that_recorded(&["reserve", "capture"]).await;
    town.stripe.was_asked(1).await;
    town.sees_paid(Paid::Asking).await;
    assert_eq!(town.hears("event-reserved").await, 204);
    town.sees("a number", |order| order.paid == Paid::Reserved && order.number == Some(1)).await;
    town.is_cooked_and_handed_over().await;
    town.stripe.was_asked(2).await;
    assert_eq!(town.hears("event-succeeded").await, 204);
    town.sees_paid(Paid::Charged).await;
    assert_eq!(town.facts("payment-captured").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn a_charge_whose_answer_and_word_were_lost_is_taken_once() {
    let names = ["reserve", "capture-lost", "capture-succeeded", "retrieve-succeeded"];
    let mut town = Town::that_recorded(&names).await;
    town.stripe.was_asked(1).await;
    town.hears("event-reserved").await;
    town.sees("a number", |order| order.number == Some(1)).await;
    town.is_cooked_and_handed_over().await;
    town.no_word_comes("charge").await;
    town.sees_paid(Paid::Charged).await;
    assert_eq!(town.facts("payment-captured").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn a_declined_card_is_told_of_once_though_the_word_follows() {
    let mut town = Town::that_recorded(&["reserve-declined", "search-behind"]).await;
    let is_told = |order: &Order| matches!(&order.ended, Some(Cancelled::NotPaid(why)) if why == "there is not enough money on the card");
    town.sees("why", is_told).await;
    assert_eq!(town.hears("event-declined").await, 204);
    // A no may be older than a yes, so it is looked once what is there.
    town.stripe.was_asked(2).await;
    assert_eq!(town.server.count("select count(*) from payment_word").await, 1);
    assert_eq!(town.facts("payment-declined").await, 1);
    assert_eq!(town.facts("ticket-opened").await, 0);
    town.ends_well().await;
}

#[tokio::test]
async fn a_word_that_comes_before_the_answer_says_it_all() {
    let mut town = Town::that_recorded(&["reserve-in-use", "search-behind"]).await;
    town.stripe.was_asked(1).await;
    assert_eq!(town.hears("event-declined").await, 204);
    town.sees("why", |order| matches!(order.ended, Some(Cancelled::NotPaid(_)))).await;
    assert_eq!(town.facts("payment-declined").await, 1);
    town.stripe.was_asked(2).await;
    assert_eq!(town.stripe.surprises(), [] as [&str; 0], "it was left alone as long as it said, but for a look");
}

#[tokio::test]
async fn whoever_holds_a_stolen_card_does_not_learn_it() {
    let mut town = Town::that_recorded(&["reserve-stolen"]).await;
    let is_told = |order: &Order| matches!(&order.ended, Some(Cancelled::NotPaid(why)) if why == "the bank said no");
    town.sees("no more than a no", is_told).await;
    town.ends_well().await;
}

#[tokio::test]
async fn a_reservation_whose_answer_and_word_were_lost_is_asked_once_more_and_looked_for() {
    let names = ["reserve-lost", "reserve-again", "search-behind", "reserve-again", "retrieve-reserved"];
    let mut town = Town::that_recorded(&names).await;
    town.stripe.was_asked(2).await;
    town.no_word_comes("reserve").await;
    town.sees("a number", |order| order.paid == Paid::Reserved && order.number == Some(1)).await;
    // The word that comes after all says nothing new.
    town.hears("event-reserved").await;
    assert_eq!(town.facts("payment-authorized").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn a_key_that_is_not_taken_declines_nobody() {
    let mut town = Town::that_recorded(&["reserve-unauthorized", "reserve-unauthorized", "reserve"]).await;
    town.sees_paid(Paid::ProviderBusy).await;
    town.stripe.was_asked(3).await;
    town.hears("event-reserved").await;
    town.sees_paid(Paid::Reserved).await;
    town.ends_well().await;
}

#[tokio::test]
async fn what_a_customer_cancels_is_let_go() {
    let mut town = Town::that_recorded(&["reserve", "cancel"]).await;
    town.cancels_what_was_reserved().await;
    town.stripe.was_asked(2).await;
    town.hears("event-canceled").await;
    town.sees("let go", |order| order.paid == Paid::LetGo && order.ended == Some(Cancelled::ByCustomer)).await;
    town.ends_well().await;
}

#[tokio::test]
async fn what_is_cancelled_before_its_word_has_come_is_found_and_let_go() {
    let names = ["reserve", "search-behind", "withdraw-too-late", "reserve-again", "cancel"];
    let mut town = Town::that_recorded(&names).await;
    town.stripe.was_asked(1).await;
    town.cancels().await;
    town.stripe.was_asked(5).await;
    town.hears("event-canceled").await;
    town.sees_paid(Paid::LetGo).await;
    assert_eq!(town.facts("payment-voided").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn what_is_cancelled_before_it_was_asked_touches_no_card() {
    let names = ["reserve-too-many", "search-behind", "withdraw", "cancel", "search-canceled", "retrieve-canceled"];
    let mut town = Town::that_recorded(&names).await;
    town.stripe.was_asked(1).await;
    town.cancels().await;
    town.stripe.was_asked(4).await;
    town.no_word_comes("release").await;
    town.sees_paid(Paid::LetGo).await;
    town.ends_well().await;
}

#[tokio::test]
async fn what_was_let_go_before_is_no_error() {
    let mut town = Town::that_recorded(&["reserve", "cancel-canceled", "retrieve-canceled"]).await;
    town.cancels_what_was_reserved().await;
    town.no_word_comes("release").await;
    town.sees_paid(Paid::LetGo).await;
    town.ends_well().await;
}

#[tokio::test]
async fn what_was_charged_for_an_order_that_is_over_is_given_back() {
    let mut town = Town::that_recorded(&["reserve", "cancel-succeeded", "refund", "retrieve-given-back"]).await;
    town.cancels_what_was_reserved().await;
    town.no_word_comes("release").await;
    town.sees_paid(Paid::LetGo).await;
    town.ends_well().await;
}

#[tokio::test]
async fn a_word_that_comes_twice_is_heard_once_and_a_forged_one_never() {
    let mut town = Town::that_recorded(&["reserve"]).await;
    town.stripe.was_asked(1).await;
    let event: Value = recorded("event-reserved");
    assert_eq!(town.hears_signed(&event.to_string(), "whsec_somebody").await, 401);
    assert_eq!(town.server.count("select count(*) from payment_word").await, 0);
    assert_eq!(town.facts("payment-authorized").await, 0);
    assert_eq!(town.hears("event-reserved").await, 204);
    assert_eq!(town.hears("event-reserved").await, 204);
    town.sees("a number", |order| order.number == Some(1)).await;
    assert_eq!(town.server.count("select count(*) from payment_word").await, 1);
    assert_eq!(town.facts("payment-authorized").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn a_part_of_what_was_charged_is_given_back_once() {
    let mut town = Town::that_recorded(&["reserve", "capture", "retrieve-succeeded", "refund-part"]).await;
    town.is_eaten_and_charged().await;
    town.gives_back(200).await;
    town.stripe.was_asked(4).await;
    assert_eq!(town.hears("event-refunded").await, 204);
    town.sees("two euro", |order| order.refunded.is_some_and(|back| back.minor == 200)).await;
    assert_eq!(town.facts("payment-refunded").await, 1);
    town.ends_well().await;
}

#[tokio::test]
async fn money_that_a_bank_will_not_give_back_is_told_to_the_kitchen_and_not_asked_for_again() {
    for no in ["refund-disputed", "refund-failed"] {
        let mut town =
            Town::that_recorded(&["reserve", "capture", "retrieve-succeeded", no, "retrieve-succeeded"]).await;
        town.is_eaten_and_charged().await;
        town.gives_back(200).await;
        town.stripe.was_asked(5).await;
        town.server.until("select count(*) from hub where kind = 'ticket-refund-noted'", 1).await;
        assert_eq!(town.facts("payment-refunded").await, 0);
        town.ends_well().await;
    }
}

#[tokio::test]
async fn what_a_lost_word_gave_back_is_not_to_be_given_otherwise_when_a_bank_says_no_to_more() {
    let first = ["reserve", "capture", "retrieve-succeeded", "refund-part"];
    let second = ["retrieve-part", "refund-rest-disputed", "retrieve-part"];
    let mut town = Town::that_recorded(&[&first[..], &second[..]].concat()).await;
    town.is_eaten_and_charged().await;
    town.gives_back(200).await;
    town.stripe.was_asked(4).await;
    town.gives_back(100).await;
    town.stripe.was_asked(7).await;
    town.sees("two euro", |order| order.refunded.is_some_and(|back| back.minor == 200)).await;
    let waived = "json_extract(body, '$.payment.given_back.waived')";
    let waived = format!("select {waived} from payment_row where key = 'payment/{ORDER}'");
    assert_eq!(town.server.count(&waived).await, 100, "of three euro, one is to be given otherwise");
    town.ends_well().await;
}

/// Settings that do not go together end the start with one line, which never shows the key.
#[test]
fn settings_that_do_not_go_together_are_told_in_a_line() {
    let stripe = ["--payments-kind", "stripe"];
    let (key, secret) = (["--payments-key", KEY], ["--payments-secret", "whsec_now"]);
    for (settings, wanted) in [
        (vec![stripe], "CARRYOUT_PAYMENTS_KEY"),
        (vec![stripe, key], "CARRYOUT_PAYMENTS_SECRET"),
        (vec![stripe, secret, ["--payments-key", "pk_test_carryout"]], "sk_ or rk_"),
        (vec![stripe, key, secret, ["--payments", "http://stripe.example"]], "must be https"),
        (vec![stripe, key, secret, ["--sandbox-payments", "--dist=none"]], "either --sandbox-payments"),
        (vec![key], "--payments-kind stripe"),
    ] {
        let data = TempDir::new().expect("a folder");
        let arguments = [vec!["serve", "--no-demo", "--addr", "127.0.0.1:0"], settings.concat()].concat();
        let (is_up, said) = bff(data.path(), &arguments);
        assert!(!is_up, "{settings:?}");
        let complaints: Vec<_> = said.lines().filter(|line| line.starts_with("carryout: ")).collect();
        assert!(matches!(complaints[..], [complaint] if complaint.contains(wanted)), "{settings:?}: {said}");
        assert!(!said.contains("_test_carryout"), "{said}");
    }
}
