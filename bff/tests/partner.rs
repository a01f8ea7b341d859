//! Restaurants' own systems, over HTTP: they push their menu, and are told of orders, signed, once in effect, and in order.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use domain::kitchen::TicketCommand;
use domain::ordering::{OrderCommand, PlaceOrder};
use domain::{Command, OrderId};
use serde_json::Value;
use support::partner::{Shop, Told, checks};
use support::*;
use sync::protocol::Outcome;

const RESTAURANT: &str = LUCCIOLA;

/// A server, a restaurant's own system that is told of its orders, Ada, and the kitchen.
struct Town {
    server: Server,
    shop: Shop,
    id: String,
    key: String,
    secret: String,
    ada: Person,
    cook: Person,
}

impl Town {
    async fn new() -> Self {
        let (server, shop) = (Server::start(), Shop::open().await);
        let [id, key, secret] = add(&server, RESTAURANT, &shop.url);
        let ada = Person::sign_in(&server, "ada").await;
        let cook = Person::sign_in(&server, "lucciola").await;
        Self { server, shop, id, key, secret, ada, cook }
    }

    async fn orders(&mut self) -> PlaceOrder {
        let mut wanted = place(&self.ada.menu(RESTAURANT).await);
        wanted.contact.name = "Ada quokka".into();
        wanted.note = "no quokkas".into();
        let act = self.ada.act(place_command(&wanted));
        assert_eq!(self.ada.send_one(&act).await, Outcome::Accepted);
        wanted
    }

    async fn cooks(&mut self, command: TicketCommand) {
        let act = self.cook.act(Command::Ticket(command));
        assert_eq!(self.cook.send_one(&act).await, Outcome::Accepted);
    }

    /// The kitchen has it on its board.
    async fn has_tickets(&self, count: i64) {
        self.server.until("select count(*) from hub where kind = 'order-numbered'", count).await;
    }

    async fn serves(&mut self, order: OrderId) {
        self.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
        self.cooks(TicketCommand::HandOver { order }).await;
    }

    /// So many deliveries stand like that.
    async fn deliveries(&self, state: &str, count: i64) {
        self.server.until(&format!("select count(*) from partner_delivery where {state}"), count).await;
    }

    fn says(&self, arguments: &[&str]) -> String {
        let (is_well, said) = bff(self.server.data.path(), &[&["partner"], arguments].concat());
        assert!(is_well, "{said}");
        said
    }

    fn restarts(mut self) -> Self {
        self.server = self.server.restart();
        self.ada.meet(&self.server);
        self.cook.meet(&self.server);
        self
    }

    async fn asks(&self, method: &str, path: &str) -> (u16, Value) {
        let answer = ask(&self.server, method, path, &self.key, String::new()).await;
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn pushes(&self, document: &str) -> (u16, Value) {
        let answer = ask(&self.server, "PUT", "/partner/v1/menu", &self.key, document.to_owned()).await;
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }
}

/// Adds a partner: its id, key and secret.
fn add(server: &Server, restaurant: &str, url: &str) -> [String; 3] {
    let (is_well, said) =
        bff(server.data.path(), &["partner", "add", "--restaurant", restaurant, "--url", url, "--name", "till"]);
    assert!(is_well, "{said}");
    let word = |line: &str| said.lines().find_map(|text| text.strip_prefix(line)).expect("it is shown").to_owned();
    let id = said.lines().find(|line| line.starts_with("p_")).and_then(|line| line.split(' ').next());
    [id.expect("an id").to_owned(), word("key "), word("secret ")]
}

async fn ask(server: &Server, method: &str, path: &str, key: &str, body: String) -> reqwest::Response {
    let method = method.parse().expect("a method");
    let request = reqwest::Client::new().request(method, format!("{}{path}", server.base)).bearer_auth(key);
    request.body(body).send().await.expect("the server answers")
}

fn document(restaurant: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../data/demo/{restaurant}.jsonld"));
    std::fs::read_to_string(file).expect("a demo restaurant")
}

/// The same document, with the first price a tenfold.
fn dearer(document: &str) -> String {
    let price = document.find("\"price\": \"").expect("a price") + "\"price\": \"".len();
    format!("{}9{}", &document[..price], &document[price..])
}

fn kinds(told: &[Told]) -> Vec<&str> {
    told.iter().map(|told| told.event["type"].as_str().expect("a type")).collect()
}

const PLACED: &str = "carryout.order.placed.v1";
const ACCEPTED: &str = "carryout.order.accepted.v1";
const HANDED_OVER: &str = "carryout.order.handed_over.v1";
const CANCELLED: &str = "carryout.order.cancelled.v1";

const FACTS: &str = "select count(*) from change";

// ---- the menu in -----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_menu_that_is_pushed_reaches_customers_and_pushed_again_changes_nothing() {
    let town = Town::new().await;
    let mut screen = town.ada.feed().await;
    let facts = town.server.count(FACTS).await;
    let before = town.ada.menu(RESTAURANT).await;
    let (status, taken) = town.pushes(&document(RESTAURANT)).await;
    assert_eq!((status, &taken["changed"]), (200, &Value::Bool(false)), "it stands there like that: {taken}");
    let (status, taken) = town.pushes(&dearer(&document(RESTAURANT))).await;
    assert_eq!((status, &taken["changed"], &taken["restaurant"]), (200, &Value::Bool(true), &RESTAURANT.into()));
    let lines = taken["lines"].as_array().expect("lines");
    assert!(lines.iter().any(|line| line["verdict"] == "took"), "{taken}");
    let after = town.ada.menu(RESTAURANT).await;
    assert_ne!(before, after);
    let key = domain::id::menu_key(&RESTAURANT.into());
    let is_new = |screen: &Feed| (support::town::row(screen, &key)?.as_menu()? == &after).then_some(());
    screen.until("the new menu", is_new).await;
    assert_eq!(town.server.count(FACTS).await, facts + 1, "one fact, as by an import");
    let (status, taken) = town.pushes(&dearer(&document(RESTAURANT))).await;
    assert_eq!((status, &taken["changed"]), (200, &Value::Bool(false)));
    assert_eq!(town.server.count(FACTS).await, facts + 1);
}

#[tokio::test]
async fn whatever_is_not_only_the_partner_s_own_restaurant_is_refused_whole() {
    let town = Town::new().await;
    let facts = town.server.count(FACTS).await;
    let both = format!("[{}, {}]", dearer(&document(RESTAURANT)), dearer(&document("ginkgo-ramen")));
    // By so little that the rest is on its way when the server has read enough and answers.
    let mut long = document(RESTAURANT);
    long.push_str(&" ".repeat(2 * 1024 * 1024 + 1024 - long.len()));
    for (what, document, wanted, slug) in [
        ("another's", dearer(&document("ginkgo-ramen")), 403, "not-yours"),
        ("both", both, 403, "not-yours"),
        ("nothing", "{}".to_owned(), 422, "unusable-menu"),
        ("half", document(RESTAURANT)[..400].to_owned(), 422, "unusable-menu"),
        ("too much", long, 413, "too-large"),
    ] {
        let (status, problem) = town.pushes(&document).await;
        assert_eq!(status, wanted, "{what}: {problem}");
        assert!(problem["type"].as_str().expect("a type").ends_with(slug), "{what}: {problem}");
        let detail = problem["detail"].as_str().expect("a detail");
        assert!(detail.ends_with("Nothing was kept: the menu is as it was."), "{what}: {detail}");
    }
    assert_eq!(town.server.count(FACTS).await, facts);
}

#[tokio::test]
async fn a_wrong_key_is_told_no_more_than_that() {
    let town = Town::new().await;
    let [other, removed, _] = add(&town.server, RESTAURANT, &town.shop.url);
    town.says(&["remove", &other]);
    let long = "k".repeat(500);
    let mut bodies = BTreeSet::new();
    for key in ["", "ck_0000", removed.as_str(), town.secret.as_str(), long.as_str()] {
        for (method, path) in [
            ("PUT", "/partner/v1/menu"),
            ("GET", "/partner/v1/deliveries"),
            ("POST", "/partner/v1/deliveries/x/redeliver"),
        ] {
            let body = if method == "PUT" { dearer(&document(RESTAURANT)) } else { String::new() };
            let answer = ask(&town.server, method, path, key, body).await;
            assert_eq!(answer.status(), 401, "{key} {path}");
            assert_eq!(answer.headers()["www-authenticate"], "Bearer");
            let mut problem: Value = answer.json().await.expect("a problem");
            problem["instance"].take();
            bodies.insert(problem.to_string());
        }
    }
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    let (is_well, said) = bff(town.server.data.path(), &["partner", "rotate", &town.id, "--key"]);
    assert!(is_well, "{said}");
    assert_eq!(town.asks("GET", "/partner/v1/deliveries").await.0, 401, "the key before it opens nothing");
}

#[tokio::test]
async fn a_partner_that_pushes_in_a_loop_is_told_to_wait() {
    let town = Town::new().await;
    let mut last = 0;
    for _ in 0..30 {
        last = town.pushes("{}").await.0;
    }
    assert_eq!(last, 429);
    assert_eq!(town.asks("GET", "/partner/v1/deliveries").await.0, 200, "and may look");
}

// ---- orders out ------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn an_order_is_told_from_placed_to_handed_over_signed_and_in_order() {
    let mut town = Town::new().await;
    let wanted = town.orders().await;
    let placed = town.shop.is_told(1).await.remove(0);
    assert!(checks(&placed, &town.secret), "{placed:?}");
    assert!(!checks(&placed, "cs_another"));
    let event = &placed.event;
    assert_eq!(kinds(std::slice::from_ref(&placed)), [PLACED]);
    assert_eq!((&event["version"], &event["restaurant"]), (&1.into(), &RESTAURANT.into()));
    assert_eq!(event["data"]["order"], wanted.order.to_string());
    assert_eq!(event["data"]["number"], 1);
    assert_eq!(event["data"]["customer"]["name"], "Ada quokka", "whom to call out");
    assert_eq!(event["data"]["note"], "no quokkas");
    assert_eq!(event["data"]["lines"][0]["item"], wanted.lines[0].item.to_string());
    town.serves(wanted.order).await;
    assert_eq!(kinds(&town.shop.is_told(3).await), [PLACED, ACCEPTED, HANDED_OVER]);
    let lies: Vec<String> = town.server.texts("select body from partner_delivery").await;
    assert!(lies.iter().all(|body| !body.contains("quokka")), "what she wrote is sealed: {lies:?}");
}

#[tokio::test]
async fn a_customer_who_takes_it_back_and_a_kitchen_that_refuses_are_told_as_cancelled() {
    let mut town = Town::new().await;
    let first = town.orders().await.order;
    town.has_tickets(1).await;
    let cancel = town.ada.act(Command::Order(OrderCommand::Cancel { order: first, reason: "no quokkas".into() }));
    town.ada.send_one(&cancel).await;
    let told = town.shop.is_told(2).await;
    assert_eq!(kinds(&told), [PLACED, CANCELLED]);
    assert_eq!(told[1].event["data"]["reason"], "by-customer");
    let second = town.orders().await.order;
    town.has_tickets(2).await;
    town.cooks(TicketCommand::Refuse { order: second, reason: "no oven".into() }).await;
    let told = town.shop.is_told(4).await;
    assert_eq!(told[3].event["data"]["reason"], "by-restaurant");
    assert!(!told[3].body.contains("oven"), "in no one's own words");
}

#[tokio::test]
async fn a_partner_that_is_down_gets_each_once_in_effect_and_in_order_when_it_is_back() {
    let mut town = Town::new().await;
    town.shop.answers(503);
    let wanted = town.orders().await;
    town.has_tickets(1).await;
    town.serves(wanted.order).await;
    town.deliveries("true", 3).await;
    town.deliveries("tries > 1", 1).await;
    assert!(kinds(&town.shop.told()).iter().all(|kind| *kind == PLACED), "nothing overtakes");
    assert_eq!(town.server.count("select count(*) from partner_delivery where ended is not null").await, 0);
    town.shop.answers(204);
    town.deliveries("ended = 'delivered'", 3).await;
    let told = town.shop.told();
    let ids: Vec<_> = told.iter().map(|told| told.event["id"].clone()).collect();
    let tries = told.len() - 2;
    assert!(tries >= 3 && ids[..tries].iter().all(|id| *id == ids[0]), "a try again has the same id");
    assert_eq!(kinds(&told[tries - 1..]), [PLACED, ACCEPTED, HANDED_OVER]);
    assert!(told[..tries].iter().all(|again| again.body == told[0].body), "and the same bytes");
}

#[tokio::test]
async fn one_that_is_silent_holds_up_nobody_else() {
    let mut town = Town::new().await;
    let silent = Shop::open().await;
    silent.is_silent();
    add(&town.server, RESTAURANT, &silent.url);
    for count in 1..=4 {
        town.orders().await;
        town.has_tickets(count).await;
    }
    silent.hears(2).await;
    town.shop.is_told(4).await;
    // Whoever waits for long has given up some meanwhile, and tried others.
    let heard = silent.told().len();
    let over = town.server.count("select count(*) from partner_attempt where status is null").await;
    assert!(heard <= 2 + usize::try_from(over).expect("a count"), "and is not flooded: {heard}, {over}");
}

#[tokio::test]
async fn a_server_that_dies_between_noting_and_sending_sends_after_its_start() {
    let mut town = Town::new().await;
    town.says(&["pause", &town.id]);
    town.orders().await;
    town.deliveries("ended is null", 1).await;
    town.server.kill();
    assert_eq!(town.shop.told().len(), 0);
    town.says(&["resume", &town.id]);
    let town = town.restarts();
    let told = town.shop.is_told(1).await;
    assert_eq!(kinds(&told), [PLACED]);
    town.deliveries("ended = 'delivered'", 1).await;
}

#[tokio::test]
async fn a_server_that_dies_before_it_hears_the_answer_sends_the_same_again() {
    let mut town = Town::new().await;
    town.shop.is_silent();
    town.orders().await;
    town.shop.hears(1).await;
    town.shop.answers(200);
    let town = town.restarts();
    let told = town.shop.is_told(2).await;
    assert_eq!(told[0].body, told[1].body);
    assert!(checks(&told[1], &town.secret));
    town.deliveries("ended = 'delivered'", 1).await;
    assert_eq!(town.server.count("select count(*) from partner_delivery").await, 1, "it is noted once");
}

#[tokio::test]
async fn a_gateway_that_fails_begins_again_where_it_was_and_an_operator_sees_it() {
    let mut town = Town::new().await;
    town.server.change("alter table partner_delivery rename to away").await;
    let seen = "select count(distinct about) from fault where kind = 'task-failed' and about = 'partner-egress'";
    town.server.until(seen, 1).await;
    town.orders().await;
    town.has_tickets(1).await;
    town.server.change("alter table away rename to partner_delivery").await;
    assert_eq!(kinds(&town.shop.is_told(1).await), [PLACED]);
    town.deliveries("ended = 'delivered'", 1).await;
}

#[tokio::test]
async fn gone_pauses_a_partner_and_an_operator_resumes_it() {
    let mut town = Town::new().await;
    town.shop.answers(410);
    town.orders().await;
    town.server.until("select count(*) from partner where paused_at is not null", 1).await;
    assert!(town.says(&["list"]).contains("410 Gone"));
    assert_eq!(town.server.count("select count(*) from fault where kind = 'partner-not-told'").await, 1);
    town.shop.answers(200);
    town.orders().await;
    town.deliveries("ended is null", 2).await;
    assert_eq!(town.shop.told().len(), 1, "nothing more is sent");
    let (_, listed) = town.asks("GET", "/partner/v1/deliveries").await;
    assert!(listed["paused"].as_str().expect("it says so").contains("410"), "{listed}");
    town.says(&["resume", &town.id]);
    town.deliveries("ended = 'delivered'", 2).await;
}

#[tokio::test]
async fn what_is_not_taken_for_a_day_is_given_up_and_an_operator_is_told_and_the_next_goes_on() {
    let mut town = Town::new().await;
    town.shop.answers(500);
    let order = town.orders().await.order;
    town.has_tickets(1).await;
    town.serves(order).await;
    town.deliveries("true", 3).await;
    let day = "update partner_delivery set asked_at = asked_at - 86400000, due_at = 0 where ended is null and type like '%placed%'";
    town.server.change(day).await;
    town.deliveries("ended = 'given-up'", 1).await;
    town.shop.answers(200);
    town.deliveries("ended = 'delivered'", 2).await;
    let (_, faults) = bff(town.server.data.path(), &["faults", "list"]);
    assert!(faults.contains("partner-not-told") && faults.contains("answered 500"), "{faults}");
    let open = town.says(&["deliveries", "--open"]);
    assert!(open.contains("given-up") && !open.contains("handed_over"), "{open}");
}

#[tokio::test]
async fn a_partner_sees_its_deliveries_page_by_page_and_has_the_same_bytes_sent_again() {
    let mut town = Town::new().await;
    town.shop.says("thank you, quokka");
    let order = town.orders().await.order;
    town.has_tickets(1).await;
    town.serves(order).await;
    town.deliveries("ended = 'delivered'", 3).await;
    let (status, first) = town.asks("GET", "/partner/v1/deliveries?limit=2").await;
    assert_eq!((status, first["deliveries"].as_array().map(Vec::len)), (200, Some(2)), "{first}");
    let next = first["next"].as_str().expect("there is more");
    let (_, second) = town.asks("GET", &format!("/partner/v1/deliveries?after={next}&limit=2")).await;
    assert_eq!(second["deliveries"].as_array().map(Vec::len), Some(1));
    assert!(second.get("next").is_none());
    let delivery = &first["deliveries"][0];
    assert_eq!((&delivery["state"], &delivery["type"]), (&"delivered".into(), &PLACED.into()));
    assert_eq!(delivery["attempts"][0]["status"], 200);
    assert_eq!(delivery["attempts"][0]["answer"], "thank you, quokka");
    let kept = town.server.texts("select answer from partner_attempt").await;
    assert!(kept.iter().all(|answer| !answer.contains("quokka")), "sealed, because it may repeat what she wrote");
    assert!(town.says(&["deliveries", "--partner", &town.id]).contains("thank you, quokka"));

    // Another partner of the same house sees none of it, and cannot ask for it.
    let [_, other, _] = add(&town.server, RESTAURANT, &town.shop.url);
    let id = delivery["id"].as_str().expect("an id");
    let again = format!("/partner/v1/deliveries/{id}/redeliver");
    let listed = ask(&town.server, "GET", "/partner/v1/deliveries", &other, String::new()).await;
    let listed: Value = listed.json().await.expect("JSON");
    assert_eq!(listed["deliveries"], Value::Array(vec![]));
    assert_eq!(ask(&town.server, "POST", &again, &other, String::new()).await.status(), 404);
    assert_eq!(town.asks("GET", "/partner/v1/deliveries?after=x").await.0, 400);

    assert_eq!(town.asks("POST", &again).await.0, 202);
    let told = town.shop.is_told(4).await;
    assert_eq!((&told[3].body, &told[3].event["id"]), (&told[0].body, &told[0].event["id"]));
    town.deliveries("ended = 'delivered'", 3).await;
    town.says(&["redeliver", id]);
    assert_eq!(town.shop.is_told(5).await[4].body, told[0].body);
    let (is_well, said) = bff(town.server.data.path(), &["partner", "redeliver", id, "nothing"]);
    assert!(!is_well && said.contains("there is no delivery nothing"), "{said}");
}

#[tokio::test]
async fn while_a_secret_is_replaced_both_check_and_then_the_new_one_alone() {
    let mut town = Town::new().await;
    let said = town.says(&["rotate", &town.id]);
    let new = said.lines().find_map(|line| line.strip_prefix("secret ")).expect("a secret").to_owned();
    town.orders().await;
    let told = town.shop.is_told(1).await;
    assert!(checks(&told[0], &town.secret) && checks(&told[0], &new));
    town.says(&["rotate", &town.id, "--end"]);
    town.orders().await;
    let told = town.shop.is_told(2).await;
    assert!(!checks(&told[1], &town.secret) && checks(&told[1], &new));
}

#[tokio::test]
async fn of_whoever_was_erased_nothing_is_told_and_nothing_fails() {
    let mut town = Town::new().await;
    town.says(&["pause", &town.id]);
    let order = town.orders().await.order;
    town.has_tickets(1).await;
    town.serves(order).await;
    town.deliveries("ended is null", 3).await;
    let erase = domain::account::PersonCommand::Erase { person: town.ada.account.clone() };
    let act = town.ada.act(Command::Person(erase));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    // The minute is over that erasing waits at least.
    town.server.change("update timer set due_at = 1 where key = 'person/ada'").await;
    town.server.until("select count(*) from account_user where account = 'ada' and password_hash <> ''", 0).await;
    town.says(&["resume", &town.id]);
    town.deliveries("ended = 'delivered'", 3).await;
    let told = town.shop.told();
    assert_eq!(kinds(&told), [PLACED, ACCEPTED, HANDED_OVER]);
    assert_eq!(told[0].event["data"]["customer"]["name"], "");
    assert!(told.iter().all(|told| !told.body.contains("quokka") && !told.body.contains("sealed")));
}

/// Whatever happens in the town, only what is recorded leaves, with no field more.
#[tokio::test]
async fn nothing_else_leaves_and_another_restaurant_s_orders_do_not() {
    let mut town = Town::new().await;
    let mut elsewhere = place(&town.ada.menu("ginkgo-ramen").await);
    elsewhere.contact.name = "Ada elsewhere".into();
    let act = town.ada.act(place_command(&elsewhere));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    town.has_tickets(1).await;
    let (status, _) = town.pushes(&dearer(&document(RESTAURANT))).await;
    assert_eq!(status, 200);
    // Ordering has heard of the new prices, by which she orders.
    let heard = "select count(*) from ordering_copy join catalog_row using (key, version) where key = 'menu/trattoria-lucciola'";
    town.server.until(heard, 1).await;
    let order = town.orders().await.order;
    town.has_tickets(2).await;
    for command in [
        TicketCommand::Accept { order, ready_in_min: 9 },
        TicketCommand::StartCooking { order },
        TicketCommand::MarkReady { order },
        TicketCommand::HandOver { order },
    ] {
        town.cooks(command).await;
    }
    town.server.until("select count(*) from hub where kind = 'order-fulfilled'", 1).await;
    let last = town.orders().await.order;
    town.shop.is_told_of(last).await;
    town.deliveries("ended = 'delivered'", 4).await;
    let told = town.shop.told();
    assert_eq!(kinds(&told), [PLACED, ACCEPTED, HANDED_OVER, PLACED]);
    for Told { event, .. } in &told {
        let name = event["type"].as_str().expect("a type");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recorded/partner/{name}.json"));
        let recorded: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("recorded")).expect("JSON");
        let (here, there) = (support::partner::places(event), support::partner::places(&recorded));
        assert!(here.is_subset(&there), "{name}: {:?}", here.difference(&there));
    }
    assert_eq!(town.server.count("select count(*) from fault").await, 0);
}

#[tokio::test]
async fn addresses_inside_our_network_and_strange_names_are_not_added_and_say_why() {
    let server = Server::start();
    for (restaurant, url, why) in [
        (RESTAURANT, "https://192.168.1.1/hook", "private network"),
        (RESTAURANT, "https://169.254.169.254/latest", "private network"),
        (RESTAURANT, "http://till.example/hook", "only https"),
        (RESTAURANT, "till", "no address"),
        ("Not A Name", "https://till.example/", "no restaurant's id"),
    ] {
        let (is_well, said) = bff(server.data.path(), &["partner", "add", "--restaurant", restaurant, "--url", url]);
        assert!(!is_well && said.contains(why), "{url}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
    assert_eq!(server.count("select count(*) from partner").await, 0);
    let (is_well, said) = bff(server.data.path(), &["partner", "remove", "p_none"]);
    assert!(!is_well && said.contains("no partner p_none"), "{said}");
}

#[tokio::test]
async fn a_partner_that_sends_us_elsewhere_is_not_followed() {
    let mut town = Town::new().await;
    let elsewhere = Shop::open().await;
    town.shop.sends_to(&elsewhere.url);
    town.orders().await;
    town.deliveries("tries > 0", 1).await;
    assert_eq!(elsewhere.told().len(), 0);
    let tried = town.server.texts("select cast(status as text) from partner_attempt order by id limit 1").await;
    assert_eq!(tried, ["307"]);
    town.shop.answers(200);
    town.deliveries("ended = 'delivered'", 1).await;
}

#[tokio::test]
async fn a_partner_that_says_when_to_come_again_is_left_alone_until_then() {
    let mut town = Town::new().await;
    town.shop.wants_to_rest(3600);
    town.orders().await;
    town.deliveries("tries = 1 and due_at >= noted_at + 3600000", 1).await;
    assert_eq!(town.shop.told().len(), 1);
}
