//! Devices with no page open are told what becomes of orders, through a push service that is outside: over HTTP, sealed, once, and
//! only while whose device it is stays signed in on it.

mod support;

use std::collections::BTreeSet;

use domain::account::{PersonCommand, Secret};
use domain::delivery::{ErrandCommand, OfferCommand};
use domain::id::arrange_key;
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, OrderCommand, PlaceOrder};
use domain::{Command, OrderId};
use serde_json::{Value, json};
use support::push::{Device, PushService, Told};
use support::town::Driver;
use support::*;
use sync::protocol::Outcome;

const ALL: [&str; 4] = ["accepted", "ready", "delivered", "trouble"];

/// A server, a push service, Ada with a device, and the kitchen.
struct Town {
    server: Server,
    service: PushService,
    ada: Person,
    cook: Person,
    phone: Device,
}

impl Town {
    async fn new() -> Self {
        let server = Server::with_settings(vec![("CARRYOUT_PUSH_SANDBOX", "true".to_owned())]);
        let service = PushService::open().await;
        let ada = Person::sign_in(&server, "ada").await;
        let cook = Person::sign_in(&server, "lucciola").await;
        let phone = service.device("phone");
        Self { server, service, ada, cook, phone }
    }

    /// The same, where she wants to be told of everything.
    async fn with_her_phone() -> Self {
        let town = Self::new().await;
        assert_eq!(chooses(&town.ada, &town.phone, &ALL).await.0, 204);
        town
    }

    async fn orders(&mut self) -> PlaceOrder {
        self.orders_at(LUCCIOLA, Destination::Collect).await
    }

    async fn orders_at(&mut self, restaurant: &str, destination: Destination) -> PlaceOrder {
        let mut wanted = place(&self.ada.menu(restaurant).await);
        wanted.contact.name = "Ada quokka".into();
        wanted.destination = destination;
        let act = self.ada.act(place_command(&wanted));
        assert_eq!(self.ada.send_one(&act).await, Outcome::Accepted);
        let on_board =
            format!("select count(*) from hub where kind = 'order-numbered' and key = 'order/{}'", wanted.order);
        self.server.until(&on_board, 1).await;
        wanted
    }

    async fn cooks(&mut self, command: TicketCommand) {
        let act = self.cook.act(Command::Ticket(command));
        assert_eq!(self.cook.send_one(&act).await, Outcome::Accepted);
    }

    async fn accepts(&mut self, order: OrderId) {
        self.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    }

    /// All that was to be told is told, or dropped: everything that happened was looked at, and nothing waits.
    async fn is_quiet(&self) {
        let last = "select count(*) from hub where position > (select coalesce(max(position), 0) from checkpoint
            where name = 'push-egress') and kind in ('order-status-changed', 'order-cancelled', 'ticket-opened')";
        self.server.until(last, 0).await;
        self.server.until("select count(*) from push_message", 0).await;
    }

    async fn devices(&self, count: i64) {
        self.server.until("select count(*) from push_subscription", count).await;
    }

    /// The time is over for which a silent kitchen is waited for: until its customer is told, and until it is given up.
    async fn waits(self, order: OrderId, nth: u8) -> Self {
        self.server.moment_comes(&arrange_key(order), "fulfilment", &format!("$.process.waits[{nth}]")).await;
        self.restarts()
    }

    fn restarts(mut self) -> Self {
        self.server = self.server.restart();
        self.ada.meet(&self.server);
        self.cook.meet(&self.server);
        self
    }
}

/// Chooses on a device what to be told of: how that was answered.
async fn chooses(person: &Person, device: &Device, topics: &[&str]) -> (u16, Value) {
    asks(person, "PUT", &body(person, device, topics)).await
}

fn body(person: &Person, device: &Device, topics: &[&str]) -> Value {
    let (endpoint, p256dh, auth) = (&device.endpoint, device.p256dh(), device.auth());
    json!({ "account": person.account, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "topics": topics })
}

async fn asks(person: &Person, method: &str, body: &Value) -> (u16, Value) {
    let answer = person.request(method, "/api/push").json(body).send().await.expect("the server answers");
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

fn kinds(told: &[Told]) -> Vec<&str> {
    told.iter().map(|told| told.said["kind"].as_str().expect("a kind")).collect()
}

#[tokio::test]
async fn a_device_is_told_what_becomes_of_an_order_sealed_for_it_alone_and_of_no_person() {
    let mut town = Town::with_her_phone().await;
    let order = town.orders().await.order;
    town.accepts(order).await;
    let told = town.service.is_told(1).await;
    assert_eq!(told[0].said, json!({ "v": 1, "kind": "accepted", "key": format!("order/{order}") }));
    let header = |name: &str| told[0].headers[name].to_str().expect("text").to_owned();
    assert_eq!((header("content-encoding"), header("urgency")), ("aes128gcm".into(), "normal".into()));
    let ttl: i64 = header("ttl").parse().expect("seconds");
    assert!((3_500..=3_600).contains(&ttl), "{ttl}");
    let (claims, key) = town.service.knows(&told[0]);
    assert_eq!(claims["aud"], town.service.origin(), "a word for this push service alone");
    let (status, offered) = town.ada.get("/api/push").await;
    assert_eq!((status, &offered["key"]), (200, &Value::from(key)));

    town.cooks(TicketCommand::MarkReady { order }).await;
    let told = town.service.is_told(2).await;
    assert_eq!(kinds(&told), ["accepted", "ready"]);
    assert_eq!(told[0].headers["topic"], told[1].headers["topic"], "one order has one notification");
    assert_eq!(told[1].headers["urgency"], "high");
    assert_eq!(told[0].body.len(), told[1].body.len(), "the length tells nothing");
    assert!(told[0].headers["topic"].len() <= 32 && !told[0].topic().contains(&order.to_string()[..8]));

    // Of what she has chosen, and of nothing else: the hand-over is before her eyes.
    town.cooks(TicketCommand::HandOver { order }).await;
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 2);

    // Where she is reached lies sealed, and in no fact.
    for text in [&town.phone.endpoint, &town.phone.p256dh(), &town.phone.auth()] {
        for file in ["truth.sqlite", "truth.sqlite-wal", "views.sqlite"] {
            let bytes = std::fs::read(town.server.data.path().join(file)).unwrap_or_default();
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{file} holds {text}");
        }
    }
}

#[tokio::test]
async fn an_order_that_ends_early_is_told_of_and_of_what_was_not_chosen_nothing_is() {
    let mut town = Town::new().await;
    chooses(&town.ada, &town.phone, &["trouble", "weather"]).await;
    let order = town.orders().await.order;
    town.accepts(order).await;
    town.cooks(TicketCommand::CallOff { order, reason: "the oven broke".into() }).await;
    let told = town.service.is_told(1).await;
    assert_eq!(kinds(&told), ["cancelled"]);
    let silent = town.orders().await.order;
    let mut town = town.waits(silent, 0).await;
    let told = town.service.is_told(2).await;
    assert_eq!((kinds(&told)[1], &told[1].said["key"]), ("late", &format!("order/{silent}").into()));
    town = town.waits(silent, 1).await;
    assert_eq!(kinds(&town.service.is_told(3).await)[2], "no-answer");
}

#[tokio::test]
async fn a_kitchen_hears_of_a_new_order_on_each_of_its_devices_and_another_s_kitchen_does_not() {
    let mut town = Town::new().await;
    let (tablet, second) = (town.service.device("tablet"), town.service.device("second"));
    let elsewhere = town.service.device("elsewhere");
    let other = Person::sign_in(&town.server, "ginkgo").await;
    for (person, device) in [(&town.cook, &tablet), (&town.cook, &second), (&other, &elsewhere)] {
        assert_eq!(chooses(person, device, &["new-order"]).await.0, 204);
    }
    let order = town.orders().await.order;
    let told = town.service.is_told(2).await;
    assert_eq!(kinds(&told), ["new-order", "new-order"]);
    let heard: BTreeSet<_> = told.iter().map(|told| told.device.as_str()).collect();
    assert_eq!(heard, BTreeSet::from(["second", "tablet"]));
    assert_eq!(told[0].said["key"], format!("order/{order}"));
}

#[tokio::test]
async fn a_driver_hears_of_an_offer_for_as_long_as_it_is_open_and_of_the_way_its_customer_does() {
    let mut town = Town::with_her_phone().await;
    let mut dora = Driver::sign_in(&town.server, "dora").await;
    assert_eq!(chooses(&dora.person, &town.service.device("van"), &["offer"]).await.0, 204);
    dora.goes_on_duty(None).await;
    town.cook = Person::sign_in(&town.server, "ginkgo").await;
    let order = town.orders_at("ginkgo-ramen", Destination::Deliver("Elm Street 1".into())).await.order;
    let told = town.service.is_told(1).await;
    assert_eq!((kinds(&told), told[0].device.as_str()), (vec!["offer"], "van"));
    let ttl: i64 = told[0].headers["ttl"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=45).contains(&ttl), "{ttl}: then it is somebody else's");
    dora.gives(Command::Offer(OfferCommand::Claim { order })).await;
    dora.has(order).await;
    town.accepts(order).await;
    town.cooks(TicketCommand::MarkReady { order }).await;
    dora.reports(ErrandCommand::PickUp { order }).await;
    town.service.is_told(3).await;
    dora.reports(ErrandCommand::Deliver { order }).await;
    let told = town.service.is_told(4).await;
    assert_eq!(kinds(&told)[1..], ["accepted", "on-its-way", "delivered"]);
}

#[tokio::test]
async fn a_device_that_is_gone_is_forgotten_and_one_that_rests_is_waited_for() {
    let mut town = Town::with_her_phone().await;
    town.service.wants_to_rest(2);
    let order = town.orders().await.order;
    town.accepts(order).await;
    let first = town.service.is_asked(1).await;
    town.service.takes();
    let told = town.service.is_told(1).await;
    assert!(told[0].at - first >= std::time::Duration::from_secs(2), "it asked for two seconds");
    assert_eq!(kinds(&told), ["accepted"]);

    town.service.answers(410);
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.devices(0).await;
    town.service.takes();
    chooses(&town.cook, &town.service.device("tablet"), &["new-order"]).await;
    let again = town.orders().await.order;
    town.accepts(again).await;
    town.is_quiet().await;
    assert_eq!(kinds(&town.service.told()), ["accepted", "new-order"], "of hers, nobody is there any more");
}

#[tokio::test]
async fn what_fails_is_tried_again_also_after_a_restart_and_only_the_last_word_of_an_order_is_said() {
    let mut town = Town::with_her_phone().await;
    town.service.answers(503);
    let order = town.orders().await.order;
    town.accepts(order).await;
    town.service.is_asked(1).await;
    town.server.until("select count(*) from push_message where tries > 0", 1).await;
    let mut town = town.restarts();
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.server.until("select count(*) from push_message where notice = 'ready'", 1).await;
    town.server.until("select count(*) from push_message", 1).await;
    town.service.takes();
    assert_eq!(kinds(&town.service.is_told(1).await), ["ready"]);
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 1, "and once");
}

#[tokio::test]
async fn what_is_no_news_any_more_is_dropped() {
    let mut town = Town::with_her_phone().await;
    town.service.wants_to_rest(3_000);
    let order = town.orders().await.order;
    town.accepts(order).await;
    town.server.until("select count(*) from push_message where tries > 0", 1).await;
    town.server.change("update push_message set until = 1").await;
    let town = town.restarts();
    town.service.takes();
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 0);
}

#[tokio::test]
async fn a_push_service_that_refuses_us_is_an_operator_s_to_see_and_the_device_stays() {
    let mut town = Town::with_her_phone().await;
    town.service.answers(403);
    let order = town.orders().await.order;
    town.accepts(order).await;
    town.server.until("select count(*) from fault where kind = 'push-refused'", 1).await;
    town.is_quiet().await;
    let about = town.server.texts("select about || ': ' || detail from fault").await;
    assert_eq!(about, [format!("push service {}: it answered 403", town.service.origin())]);
    town.devices(1).await;
}

#[tokio::test]
async fn who_signed_out_hears_nothing_and_neither_does_who_signs_in_next() {
    let mut town = Town::with_her_phone().await;
    let order = town.orders().await.order;
    town.ada.sign_out().await;
    town.accepts(order).await;
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 0, "she has left this device");

    // She comes back, and her page says again what it wants.
    town.ada = Person::sign_in(&town.server, "ada").await;
    chooses(&town.ada, &town.phone, &ALL).await;
    // Ben signs in on the same device without her having left it.
    let ben = town.ada.gives_the_device_to(&town.server, "ben").await;
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 0, "her meal is not his to hear of");
    // Nor is he told under her choice of what is his, and her page cannot choose for him.
    assert_eq!(asks(&ben, "PUT", &body(&town.ada, &town.phone, &ALL)).await.0, 409);
    assert_eq!(chooses(&ben, &town.phone, &["trouble"]).await.0, 204);
    town.cooks(TicketCommand::CallOff { order, reason: "burnt".into() }).await;
    town.is_quiet().await;
    assert_eq!(town.service.told().len(), 0);

    // And back: it is her device again when she says so.
    town.ada = ben.gives_the_device_to(&town.server, "ada").await;
    chooses(&town.ada, &town.phone, &ALL).await;
    let order = town.orders().await.order;
    town.accepts(order).await;
    assert_eq!(kinds(&town.service.is_told(1).await), ["accepted"]);
}

#[tokio::test]
async fn a_guest_s_device_stays_theirs_when_they_sign_in_and_take_their_orders_along() {
    let mut town = Town::new().await;
    let secret = Secret::new([7; 32]);
    let mut guest = Person::guest(&town.server, &secret).await;
    chooses(&guest, &town.phone, &ALL).await;
    let wanted = place(&guest.menu(LUCCIOLA).await);
    let act = guest.act(place_command(&wanted));
    assert_eq!(guest.send_one(&act).await, Outcome::Accepted);
    town.server.until("select count(*) from hub where kind = 'order-numbered'", 1).await;
    let mut ada = guest.gives_the_device_to(&town.server, "ada").await;
    let claim = ada.claim(&secret);
    assert_eq!(ada.send_one(&claim).await, Outcome::Accepted);
    town.server.until("select count(*) from hub where kind = 'order-claimed'", 1).await;
    town.server.until("select count(*) from push_subscription where account = 'ada'", 1).await;
    town.accepts(wanted.order).await;
    assert_eq!(kinds(&town.service.is_told(1).await), ["accepted"]);
}

#[tokio::test]
async fn who_is_erased_hears_nothing_more_and_nothing_of_their_devices_is_left() {
    let mut town = Town::with_her_phone().await;
    let act = town.ada.act(Command::Person(PersonCommand::Erase { person: town.ada.account.clone() }));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    town.server.change("update timer set due_at = 1 where key glob 'person/*'").await;
    let town = town.restarts();
    town.devices(0).await;
    assert_eq!(chooses(&town.ada, &town.phone, &ALL).await.0, 401);
}

#[tokio::test]
async fn who_takes_it_back_hears_nothing_more() {
    let mut town = Town::with_her_phone().await;
    assert_eq!(asks(&town.ada, "DELETE", &json!({ "endpoint": town.phone.endpoint })).await.0, 204);
    town.devices(0).await;
    chooses(&town.ada, &town.phone, &ALL).await;
    assert_eq!(chooses(&town.ada, &town.phone, &[]).await.0, 204, "nothing chosen is taken back, too");
    town.devices(0).await;
    let order = town.orders().await.order;
    let act = town.ada.act(Command::Order(OrderCommand::Cancel { order, reason: "".into() }));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Asked);
    town.server.until("select count(*) from hub where kind = 'order-cancelled'", 1).await;
    assert_eq!(town.service.asked(), 0);
}

#[tokio::test]
async fn what_is_no_push_service_or_too_much_is_not_taken() {
    let town = Town::new().await;
    let chosen = body(&town.ada, &town.phone, &ALL);
    let with = |name: &str, value: Value| {
        let mut chosen = chosen.clone();
        chosen[name] = value;
        chosen
    };
    for (name, value) in [
        ("endpoint", json!("http://push.example/1")),
        ("endpoint", json!("https://10.0.0.1/1")),
        ("endpoint", json!("https://169.254.169.254/latest")),
        ("endpoint", json!("https://[fd00::1]/1")),
        ("endpoint", json!(format!("https://push.example/{}", "a".repeat(2_000)))),
        ("endpoint", json!("")),
        ("p256dh", json!("AAAA")),
        ("p256dh", json!("!")),
        ("auth", json!("AAAA")),
        ("auth", json!("A".repeat(500_000))),
    ] {
        let (status, problem) = asks(&town.ada, "PUT", &with(name, value.clone())).await;
        assert!((400..500).contains(&status), "{name}: {status} {problem}");
    }
    let strangers = reqwest::Client::new().put(format!("{}/api/push", town.server.base)).json(&chosen);
    assert_eq!(strangers.send().await.expect("an answer").status(), 401);
    assert_eq!(town.server.count("select count(*) from push_subscription").await, 0);

    // The latest sixteen of an account are kept; and nobody writes without end.
    for n in 0..17 {
        assert_eq!(chooses(&town.ada, &town.service.device(&format!("d{n}")), &ALL).await.0, 204);
    }
    town.devices(16).await;
    let mut statuses = BTreeSet::new();
    for _ in 0..60 {
        statuses.insert(chooses(&town.ada, &town.phone, &ALL).await.0);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn without_the_sandbox_nobody_has_this_machine_call_itself() {
    let (server, service) = (Server::start(), PushService::open().await);
    let ada = Person::sign_in(&server, "ada").await;
    let (status, problem) = chooses(&ada, &service.device("phone"), &ALL).await;
    assert_eq!(status, 422, "{problem}");
    assert_eq!(server.count("select count(*) from push_subscription").await, 0);
}

#[tokio::test]
async fn the_server_s_key_is_its_own_stays_and_goes_with_a_backup() {
    let town = Town::with_her_phone().await;
    let key = town.ada.get("/api/push").await.1["key"].clone();
    let mode = {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(town.server.data.path().join("keys.sqlite")).expect("the keys").permissions().mode()
    };
    assert_eq!(mode & 0o777, 0o600);
    let town = town.restarts();
    assert_eq!(town.ada.get("/api/push").await.1["key"], key);
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("backup.sqlite");
    let (is_well, said) = bff(town.server.data.path(), &["backup", "--to", to.to_str().expect("a name")]);
    assert!(is_well, "{said}");
    let anew = folder.path().join("anew");
    let (is_well, said) = bff(&anew, &["restore", "--from", to.to_str().expect("a name")]);
    assert!(is_well, "{said}");
    let kept = |folder: &std::path::Path| {
        let file = folder.join("keys.sqlite");
        async move {
            let url = format!("sqlite://{}?mode=ro", file.display());
            let mut keys = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.expect("it opens");
            sqlx::query_scalar::<_, Vec<u8>>("select key from server_key").fetch_one(&mut keys).await.expect("a key")
        }
    };
    assert_eq!(kept(&anew).await, kept(town.server.data.path()).await);
}
