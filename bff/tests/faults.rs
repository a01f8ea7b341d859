//! Faults: one bad act or fact holds up nothing else, and an operator hears of it.

mod support;

use domain::kitchen::TicketCommand;
use domain::ordering::{OrderCommand, PlaceOrder, Status};
use domain::{Command, OrderId};
use serde_json::json;
use support::*;
use sync::protocol::{FAULT_BYTES_MAX, Outcome};

const FAULTS: &str = "select count(*) from fault";

fn cancel(order: OrderId) -> Command {
    Command::Order(OrderCommand::Cancel { order, reason: "".into() })
}

/// Two orders that everybody has heard of, also of their numbers.
async fn two_orders(ada: &mut Person) -> [PlaceOrder; 2] {
    orders::<2>(ada).await
}

async fn orders<const N: usize>(ada: &mut Person) -> [PlaceOrder; N] {
    let menu = ada.menu(LUCCIOLA).await;
    let orders = std::array::from_fn(|_| place(&menu));
    for place in &orders {
        let act = ada.act(place_command(place));
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    }
    let numbered = |screen: &Feed, place: &PlaceOrder| screen.order(place.order).is_some_and(|it| it.number.is_some());
    let mut screen = ada.feed().await;
    screen.until("their numbers", |screen| orders.iter().all(|place| numbered(screen, place)).then_some(())).await;
    orders
}

/// The kitchen accepts these orders.
async fn accepts(lucciola: &mut Person, orders: &[PlaceOrder]) {
    for place in orders {
        let act = lucciola.act(accept_command(place.order));
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    }
}

/// A server that leaves what is broken as it is: what services cannot read stays so until a test mends it.
fn that_mends_nothing() -> Server {
    Server::with_settings(vec![("CARRYOUT_COMPARE_EVERY_S", "0".to_owned())])
}

const PARKED: &str = "select count(*) from parked";

/// What the first fault is called.
async fn first_fault(server: &Server) -> String {
    let names = server.texts("select service || '/' || position from parked order by position").await;
    names.into_iter().next().expect("something is parked")
}

fn outcomes(answered: Vec<sync::protocol::Answered<domain::Trade>>) -> Vec<Outcome<domain::Trade>> {
    answered.into_iter().map(|answered| answered.outcome).collect()
}

#[tokio::test]
async fn an_act_on_which_the_server_fails_holds_up_its_own_lane_only() {
    let server = that_mends_nothing();
    let mut ada = Person::sign_in(&server, "ada").await;
    let [spoiled, sound] = two_orders(&mut ada).await;
    spoil(&server, spoiled.order).await;

    let fresh = place(&ada.menu(LUCCIOLA).await);
    // The one behind does not say that it follows: the server keeps a lane's order by itself.
    let [poison, behind] = [ada.act(cancel(spoiled.order)), ada.act(cancel(spoiled.order))];
    let [other, new] = [ada.act(cancel(sound.order)), ada.act(place_command(&fresh))];
    let batch = [poison, behind, other, new];
    let first = outcomes(ada.send(&batch).await);
    assert_eq!(first, [Outcome::Fault, Outcome::NotYet, Outcome::Asked, Outcome::Accepted]);
    let again = outcomes(ada.send(&batch).await);
    assert_eq!(again, first, "it is not given up, and what was decided stays decided");
    assert_eq!(server.count("select count(*) from answer").await, 4, "of the two orders, and the two that went on");
    assert_eq!(server.count(FAULTS).await, 1);
    assert_eq!(server.count("select count from fault where kind = 'act-failed' and account = 'ada'").await, 2);

    mend(&server).await;
    let healed = outcomes(ada.send(&batch[..1]).await);
    assert_eq!(healed, [Outcome::Asked], "and when what was wrong is mended, it happens");
}

/// What cannot even be read as text makes our own code panic.
#[tokio::test]
async fn an_act_on_which_the_server_panics_is_one_fault_and_the_server_goes_on() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let [spoiled, sound] = two_orders(&mut ada).await;
    server.change(&format!("update kitchen_row set body = x'ff00' where key = 'ticket/{}'", spoiled.order)).await;
    let acts = [spoiled.order, sound.order].map(|order| lucciola.act(accept_command(order)));
    assert_eq!(outcomes(lucciola.send(&acts).await), [Outcome::Fault, Outcome::Accepted]);
    assert_eq!(server.count("select count(*) from fault where kind = 'act-failed'").await, 1);
}

#[tokio::test]
async fn a_fact_that_a_service_fails_on_is_parked_with_its_key_told_and_taken_up_by_the_next_server() {
    let server = that_mends_nothing();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let [spoiled, sound] = two_orders(&mut ada).await;
    let mut screen = ada.feed().await;
    spoil(&server, spoiled.order).await;

    // Ordering cannot follow what the kitchen says of the first order; of the second it can, although that comes later.
    for command in [
        TicketCommand::Accept { order: spoiled.order, ready_in_min: 20 },
        TicketCommand::StartCooking { order: spoiled.order },
        TicketCommand::Accept { order: sound.order, ready_in_min: 20 },
    ] {
        let act = lucciola.act(Command::Ticket(command));
        assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    }
    screen.until("the sound order", |screen| status(screen, &sound, Status::Received)).await;
    assert_eq!(server.count("select count(*) from parked where service = 'ordering'").await, 2);
    assert_eq!(server.count("select count(*) from fault where kind = 'fact-parked'").await, 1);
    let (well, said) = bff(server.data.path(), &["faults", "list"]);
    assert!(well && said.lines().count() == 1 && said.starts_with("ordering/"), "{said}");
    assert!(said.contains(&format!("of ticket/{}, tried 5 times, 1 wait behind it", spoiled.order)), "{said}");

    // Whatever was wrong is mended, as by a newer release; the next server takes up what was parked, in order.
    mend(&server).await;
    let server = server.restart();
    ada.meet(&server);
    let mut screen = ada.feed().await;
    screen.until("the spoiled order", |screen| status(screen, &spoiled, Status::Preparing)).await;
    assert_eq!(server.count("select count(*) from parked").await, 0);
}

/// What is read for a whole page may break off as a fact's own rule may: then the page is heard fact by fact.
#[tokio::test]
async fn a_row_at_which_reading_panics_parks_its_own_facts_and_holds_up_no_service() {
    let server = that_mends_nothing();
    let mut ada = Person::sign_in(&server, "ada").await;
    let [spoiled, sound] = two_orders(&mut ada).await;
    server.change(&format!("update kitchen_row set body = x'ff00' where key = 'ticket/{}'", spoiled.order)).await;
    let acts = [spoiled.order, sound.order].map(|order| ada.act(cancel(order)));
    ada.send(&acts).await;
    let parked = format!("select count(*) from parked where service = 'kitchen' and key like '%{}'", spoiled.order);
    let asked = "select count(*) from hub where kind = 'order-cancellation-requested'";
    server.until(asked, 2).await;
    server.until(&parked, 1).await;
    let last = server.count("select max(position) from hub where kind = 'order-cancellation-requested'").await;
    server.until(&format!("select count(*) from checkpoint where name = 'kitchen' and position >= {last}"), 1).await;
    assert_eq!(server.count("select count(*) from parked").await, 1, "nothing of the sound one waits");
}

/// An operator's word freezes what stands in the list. What comes while it is done is not in it.
#[tokio::test]
async fn forty_faults_are_tried_again_while_new_ones_come_and_exactly_the_forty_each_once() {
    let server = that_mends_nothing();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let all = orders::<46>(&mut ada).await;
    let (sound, all) = all.split_first().expect("there are some");
    let (frozen, later) = all.split_at(40);
    accepts(&mut lucciola, std::slice::from_ref(sound)).await;
    let told = |place: &PlaceOrder| {
        format!("select count(*) from hub where key = 'order/{}' and kind = 'order-status-changed'", place.order)
    };
    let mut screen = ada.feed().await;
    screen.until("what the kitchen said", |screen| status(screen, sound, Status::Received)).await;
    let once = server.count(&told(sound)).await;
    for place in frozen {
        spoil(&server, place.order).await;
    }
    accepts(&mut lucciola, frozen).await;
    server.until(PARKED, 40).await;
    mend(&server).await;
    for place in later {
        spoil(&server, place.order).await;
    }

    let folder = server.data.path().to_owned();
    let operator = tokio::task::spawn_blocking(move || bff(&folder, &["faults", "resubmit", "--all", "--by", "olga"]));
    server.until("select count(*) from resubmitted", 40).await;
    accepts(&mut lucciola, later).await;
    let (well, said) = operator.await.expect("it ends");
    assert!(
        well && said.contains("40 faults are to be tried again") && said.contains("40 followed, 0 failed"),
        "{said}"
    );

    server.until(PARKED, 5).await;
    assert_eq!(server.count("select count(*) from resubmitted where ended = 'followed'").await, 40);
    assert_eq!(server.count("select count(*) from parked where tries = 5").await, 5, "nobody tried the new ones again");
    for place in frozen {
        screen.until("what the kitchen said", |screen| status(screen, place, Status::Received)).await;
        assert_eq!(server.count(&told(place)).await, once, "each effect once");
    }

    let name = first_fault(&server).await;
    let (well, said) = bff(server.data.path(), &["faults", "show", &name]);
    assert!(well && said.starts_with(&name) && said.contains("tried 5 times"), "{said}");
}

#[tokio::test]
async fn the_desk_tries_again_exactly_what_its_list_showed() {
    let server = that_mends_nothing();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let olga = Person::sign_in(&server, "olga").await;
    let all = orders::<8>(&mut ada).await;
    let (shown, later) = all.split_at(6);
    for place in shown {
        spoil(&server, place.order).await;
    }
    accepts(&mut lucciola, shown).await;
    server.until(PARKED, 6).await;
    let (status_code, list) = olga.get("/api/desk/faults").await;
    let group = &list["waiting"][0];
    let names = group["faults"].as_array().expect("names").clone();
    assert_eq!((status_code, names.len(), &group["service"]), (200, 6, &json!("ordering")));
    assert_eq!(
        (&group["kinds"], &group["tries"], &group["behind"]),
        (&json!(["order-received"]), &json!(5), &json!(0))
    );
    assert_eq!(list["told"].as_array().map(Vec::len), Some(0), "what waits is not told twice");

    // Two more of the same cause come after the list was read.
    for place in later {
        spoil(&server, place.order).await;
    }
    accepts(&mut lucciola, later).await;
    server.until(PARKED, 8).await;
    mend(&server).await;
    let asked = olga.post("/api/desk/resubmissions", &json!({ "faults": names })).await;
    assert_eq!(asked.status(), 202);
    let asked: serde_json::Value = asked.json().await.expect("JSON");
    assert_eq!((&asked["all"], &asked["open"]), (&json!(6), &json!(6)));
    server.until(PARKED, 2).await;
    let (_, end) = olga.get(&format!("/api/desk/resubmissions/{}", asked["id"])).await;
    assert_eq!((&end["followed"], &end["failed"], &end["open"]), (&json!(6), &json!(0), &json!(0)));
    assert_eq!(server.texts("select asked_by from resubmission").await, ["olga"]);
    let (_, list) = olga.get("/api/desk/faults").await;
    let tried = &list["tried"][0];
    assert_eq!(
        (&tried["by"], &tried["services"], &tried["all"], &tried["followed"]),
        (&json!("olga"), &json!("ordering"), &json!(6), &json!(6)),
        "who asked is shown"
    );
    // The same word again, as a second tap has it, finds nothing to do.
    let again: serde_json::Value =
        olga.post("/api/desk/resubmissions", &json!({ "faults": names })).await.json().await.expect("JSON");
    server.until("select count(*) from resubmitted where ended = 'gone'", 6).await;
    let (_, end) = olga.get(&format!("/api/desk/resubmissions/{}", again["id"])).await;
    assert_eq!(&end["gone"], &json!(6));

    for (body, slug) in [(json!({ "faults": [] }), "bad-word"), (json!({ "faults": ["orders/1"] }), "bad-word")] {
        assert_eq!(problem(olga.post("/api/desk/resubmissions", &body).await).await, (400, slug.to_owned()), "{body}");
    }
    assert_eq!(olga.get("/api/desk/resubmissions/77").await.0, 404);
    assert_eq!(ada.get("/api/desk/faults").await.0, 403);
    assert_eq!(ada.post("/api/desk/resubmissions", &json!({ "faults": names })).await.status(), 403);
}

#[tokio::test]
async fn faults_are_tried_again_by_name_or_cause_and_a_word_that_names_none_changes_nothing() {
    let server = that_mends_nothing();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let two = two_orders(&mut ada).await;
    for place in &two {
        spoil(&server, place.order).await;
    }
    accepts(&mut lucciola, &two).await;
    server.until(PARKED, 2).await;
    let resubmit = |words: &[&str]| bff(server.data.path(), &[&["faults", "resubmit"], words].concat());
    let (first, cause) = (first_fault(&server).await, server.texts("select cause from parked").await.remove(0));

    let (well, said) = resubmit(&["--cause", &cause, "--dry"]);
    assert!(well && said.contains("2 faults would be tried again; nothing was done"), "{said}");
    for (words, why) in [
        (vec!["ordering/999999"], "ordering/999999 does not wait"),
        (vec!["--cause", "another"], "no such fault waits"),
        (vec!["orders/1"], "names no fault"),
        (vec![], "required"),
    ] {
        let (well, said) = resubmit(&words);
        assert!(!well && said.contains(why), "{words:?}: {said}");
    }
    assert_eq!(server.count("select count(*) from resubmission").await, 0);

    let (well, said) = resubmit(&[&first]);
    assert!(!well && said.contains("0 followed, 1 failed again"), "nothing was mended: {said}");
    assert_eq!(server.count("select tries from parked order by position limit 1").await, 6);
    mend(&server).await;
    let (well, said) = resubmit(&["--cause", &cause]);
    assert!(well && said.contains("2 followed"), "{said}");
    assert_eq!(server.count("select count(*) from parked").await, 0);
    let (_, said) = bff(server.data.path(), &["faults", "list"]);
    assert!(said.lines().count() == 2 && said.contains("fact-parked"), "what was told stays told: {said}");
}

#[tokio::test]
async fn a_rule_that_reads_a_row_whose_facts_are_parked_waits_and_does_not_guess() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let act = ada.act(place_command(&place(&ada.menu(LUCCIOLA).await)));
    let parked = format!(
        "insert into parked (service, position, key) select 'ordering', max(position), 'menu/{LUCCIOLA}' from hub"
    );
    server.change(&parked).await;
    assert_eq!(ada.send_one(&act).await, Outcome::Behind, "the copy of the menu is not what it should be");
    server.change("delete from parked").await;
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
}

fn status(screen: &Feed, place: &PlaceOrder, status: Status) -> Option<()> {
    (screen.order(place.order)?.status == status).then_some(())
}

#[tokio::test]
async fn what_devices_tell_is_counted_and_listed_and_names_whoever_told_it_last() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let ben = Person::sign_in(&server, "ben").await;
    ben.sign_out().await;
    let fault = json!({ "kind": "unreadable-row", "about": "menu/x", "detail": "a row\u{1b}[2J", "release": "r7" });
    for who in [&ben, &ada, &ada] {
        assert_eq!(who.post("/api/faults", &fault).await.status(), 204);
    }
    let bare = json!({ "kind": "stalled", "about": "outbox", "detail": "what waits did not move" });
    assert_eq!(ada.post("/api/faults", &bare).await.status(), 204, "a client that says no release is heard");
    assert_eq!(server.count(FAULTS).await, 2);
    let (well, said) = bff(server.data.path(), &["faults", "list"]);
    let lines: Vec<_> = said.lines().collect();
    assert!(well && lines.len() == 2 && lines[0].contains("1 x stalled"), "{said}");
    for part in ["3 x unreadable-row", "\"menu/x\"", "\"r7\"", "account \"ada\""] {
        assert!(lines[1].contains(part), "{part} is not in {said}");
    }
    assert!(!said.contains('\u{1b}'), "what a stranger wrote does not command the operator's terminal");
}

#[tokio::test]
async fn a_storm_of_faults_is_bounded_in_size_in_rate_and_in_number() {
    let server = Server::start();
    let ada = Person::sign_in(&server, "ada").await;
    let fault =
        |about: &str| json!({ "kind": "digest-differs", "about": about, "detail": "it differs", "release": "" });
    let large = ada.post("/api/faults", &fault(&"x".repeat(FAULT_BYTES_MAX))).await;
    assert_eq!(problem(large).await, (413, "too-large".into()));
    let strange = ada.post("/api/faults", &json!({ "kind": "act-failed", "about": "", "detail": "" })).await;
    assert_eq!(problem(strange).await, (422, "malformed".into()), "nobody tells in the server's name");

    server
        .change(
            "with recursive n (n) as (select 1 union all select n + 1 from n where n < 1000)
        insert into fault (teller, kind, about, detail, count, first_at, last_at, release)
            select 'device', 'unreadable-row', n, '', 1, n, n, '' from n",
        )
        .await;
    server
        .change(
            "insert into fault (teller, kind, about, detail, count, first_at, last_at, release)
        values ('server', 'task-failed', 'hub', '', 1, 0, 0, '')",
        )
        .await;
    assert_eq!(ada.post("/api/faults", &fault("new")).await.status(), 204);
    assert_eq!(server.count(FAULTS).await, 1_001);
    assert_eq!(server.count("select count(*) from fault where about in ('new', 'hub')").await, 2);
    assert_eq!(server.count("select min(last_at) from fault where teller = 'device'").await, 2, "the oldest went");

    let mut told = 1;
    let slowed = loop {
        let answer = ada.post("/api/faults", &fault("again")).await;
        if answer.status() != 204 {
            break answer;
        }
        told += 1;
        assert!(told < 200, "it is never slowed down");
    };
    assert!(slowed.headers().contains_key("retry-after"));
    assert_eq!((told, problem(slowed).await), (100, (429, "too-many-faults".into())));
}
