//! A restaurant's daily figures, over HTTP: they agree with the orders, what comes late makes another version, and how often and
//! in which pieces the facts are heard changes nothing.

mod support;

use std::net::TcpListener;

use domain::catalog::Menu;
use domain::delivery::ErrandCommand;
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, Order, OrderCommand, PlaceOrder, Status};
use domain::payment::{Card, Method, Paid};
use domain::{Command, Money, OrderId};
use serde_json::Value;
use support::town::{GINKGO, Town};
use support::*;
use sync::protocol::{Outcome, PROBLEM_BASE};

/// How often, and how many times, the list is asked for: a day is quiet for a second first.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(50);
const LOOKS: u32 = 600;

/// What a report says of a day, without the currency.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    placed: i64,
    accepted: i64,
    refused: i64,
    cancelled: i64,
    handed_over: i64,
    delivered: i64,
    goods: i64,
    tips: i64,
    refunds: i64,
}

/// The same as it is added up from the orders.
fn of_orders<'a>(orders: impl IntoIterator<Item = &'a Order>) -> Figures {
    let mut sum = Figures::default();
    for order in orders {
        let count = |is: bool| i64::from(is);
        let paid = order.paid == Paid::Charged || order.pays.is_at_hand_over() && order.status.is_eaten();
        let tip = order.tip.map_or(0, |tip| tip.minor);
        sum.placed += 1;
        sum.accepted += count(order.steps.iter().any(|step| step.status == Status::Received));
        sum.refused += count(order.status == Status::Rejected);
        sum.cancelled += count(order.status == Status::Cancelled);
        sum.handed_over += count(order.status == Status::HandedOver);
        sum.delivered += count(order.status == Status::Delivered);
        sum.goods += if paid { order.total.minor - tip } else { 0 };
        sum.tips += if paid { tip } else { 0 };
        sum.refunds += order.refunded.map_or(0, |back| back.minor);
    }
    sum
}

/// The figures, each found by its name.
fn named(number: impl Fn(&str) -> i64) -> Figures {
    Figures {
        placed: number("placed"),
        accepted: number("accepted"),
        refused: number("refused"),
        cancelled: number("cancelled"),
        handed_over: number("handed_over"),
        delivered: number("delivered"),
        goods: number("goods_minor"),
        tips: number("tips_minor"),
        refunds: number("refunds_minor"),
    }
}

fn of_json(figures: &Value) -> Figures {
    named(|name| figures[name].as_i64().expect("a number"))
}

/// The file's only line, as a program reads it.
fn of_csv(file: &str) -> Figures {
    let mut lines = file.split_terminator("\r\n").map(|line| line.split(',').collect::<Vec<_>>());
    let (head, line) = (lines.next().expect("a head"), lines.next().expect("a line"));
    assert_eq!(lines.next(), None, "one currency is one line");
    assert_eq!(head.len(), line.len());
    let field = |name: &str| line[head.iter().position(|column| *column == name).expect(name)];
    assert_eq!(field("currency"), "EUR");
    named(|name| field(name).parse().expect("a number"))
}

/// The day on the staff's list whose newest report says this; its name and version.
async fn is_told(staff: &Person, wanted: &Figures) -> (String, i64) {
    let mut listed = Value::Null;
    for _ in 0..LOOKS {
        listed = staff.get("/api/reports").await.1;
        let days = listed["days"].as_array().expect("days");
        for day in days {
            if of_json(&day["figures"][0]) == *wanted {
                return (day["day"].as_str().expect("a day").to_owned(), day["version"].as_i64().expect("a version"));
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    panic!("no day came to {wanted:?}: {listed}");
}

async fn file(staff: &Person, path: &str) -> String {
    let answer = staff.ask(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    answer.text().await.expect("a body")
}

/// The restaurant's cook does this, and it is accepted.
async fn does(cook: &mut Person, command: TicketCommand) {
    let act = cook.act(Command::Ticket(command));
    assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
}

/// Ada places an order to fetch, and the kitchen has it.
async fn orders(ada: &mut Person, screen: &mut Feed, menu: &Menu) -> OrderId {
    let place = place(menu);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    screen.until("a number", |screen| screen.order(place.order)?.number).await;
    place.order
}

async fn hands_over(cook: &mut Person, order: OrderId) {
    for command in [
        TicketCommand::Accept { order, ready_in_min: 9 },
        TicketCommand::StartCooking { order },
        TicketCommand::MarkReady { order },
        TicketCommand::HandOver { order },
    ] {
        does(cook, command).await;
    }
}

fn orders_of(screen: &Feed) -> Vec<&Order> {
    screen
        .rows
        .keys()
        .filter_map(|key| screen.order(key.as_str().strip_prefix("order/")?.parse().map(OrderId).ok()?))
        .collect()
}

#[tokio::test]
async fn a_day_s_report_agrees_with_its_orders_and_a_refund_makes_another_version_of_it() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let card = Card { token: "tok_succeeds".into(), label: "Sandbox card".into() };
    let plain = place(&town.ada.menu(GINKGO).await);
    let mut placed = vec![];
    for tip_percent in [10, 0, 0] {
        let place = PlaceOrder {
            order: OrderId(uuid::Uuid::now_v7()),
            destination: Destination::Deliver("Torstra\u{df}e 1, Berlin".into()),
            pays: Method::Card(card.clone()),
            tip_percent,
            ..plain.clone()
        };
        let act = town.ada.act(place_command(&place));
        assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
        town.sees("a number", place.order, |order| order.number.is_some()).await;
        placed.push(place.order);
    }
    let [brought, refused, cancelled] = placed[..] else { panic!("three") };
    town.dora.fetches(brought).await;
    town.cooks(TicketCommand::Refuse { order: refused, reason: "no oven".into() }).await;
    let cancel = town.ada.act(Command::Order(OrderCommand::Cancel { order: cancelled, reason: "".into() }));
    town.ada.send_one(&cancel).await;
    town.cooks(TicketCommand::Accept { order: brought, ready_in_min: 9 }).await;
    town.server.until("select count(*) from hub where kind = 'delivery-initiated'", 1).await;
    town.cooks(TicketCommand::StartCooking { order: brought }).await;
    town.cooks(TicketCommand::MarkReady { order: brought }).await;
    town.dora.reports(ErrandCommand::PickUp { order: brought }).await;
    town.dora.reports(ErrandCommand::Deliver { order: brought }).await;
    town.sees("charged", brought, |order| order.status == Status::Delivered && order.paid == Paid::Charged).await;
    town.sees("a no", refused, |order| order.status == Status::Rejected && order.paid == Paid::LetGo).await;
    town.sees("the end", cancelled, |order| order.status == Status::Cancelled && order.paid == Paid::LetGo).await;

    // A restart forgives how often the day was reported while all this went on, and loses nothing.
    town.server = town.server.restart();
    town.bank.tells(&town.server).await;
    [&mut town.ada, &mut town.cook, &mut town.dora.person].into_iter().for_each(|person| person.meet(&town.server));
    town.screen = town.ada.feed().await;
    let figures = of_orders(orders_of(&town.screen));
    assert_eq!((figures.placed, figures.accepted, figures.refused, figures.cancelled), (3, 1, 1, 1));
    assert!(figures.delivered == 1 && figures.goods > 0 && figures.tips > 0 && figures.refunds == 0, "{figures:?}");
    let (day, version) = is_told(&town.cook, &figures).await;
    let before = file(&town.cook, &format!("/api/reports/{day}")).await;
    assert_eq!(of_csv(&before), figures);

    // The same tap, sent three times, is one refund; it comes after the report.
    let amount = Money::new(300, plain.lines[0].unit.currency);
    let back =
        town.cook.act(Command::Ticket(TicketCommand::GiveBack { order: brought, amount, reason: "cold".into() }));
    for _ in 0..3 {
        assert_eq!(town.cook.send_one(&back).await, Outcome::Accepted);
    }
    town.sees("three euro", brought, |order| order.refunded == Some(amount)).await;
    let after = of_orders(orders_of(&town.screen));
    assert_eq!(after, Figures { refunds: 300, ..figures });
    assert_eq!(is_told(&town.cook, &after).await, (day.clone(), version + 1));
    assert_eq!(of_csv(&file(&town.cook, &format!("/api/reports/{day}")).await), after);
    assert_eq!(file(&town.cook, &format!("/api/reports/{day}?version={version}")).await, before, "what was read stays");

    // Nothing of it is about a person.
    let kept = "select group_concat(cast(file as text) || figures) from reporting_report";
    let kept = town.server.texts(kept).await.concat().to_lowercase();
    assert!(kept.contains(GINKGO));
    for word in ["ada", "torstra", "cold", "oven", "sandbox"] {
        assert!(!kept.contains(word), "{word} is in {kept}");
    }
}

/// All that the books hold, but for the moments at which reports were made.
async fn books(server: &Server) -> Vec<String> {
    let all =
        "select concat_ws('|', order_id, version, restaurant, placed_at, day, currency, accepted, refused, cancelled,
        handed_over, delivered, goods, tips, refunds) from reporting_order order by order_id";
    server.texts(all).await
}

/// Starts the server again after `sql`, and waits until it has heard all that there is and made what was due.
async fn hears_again(server: Server, sql: &str) -> Server {
    let reached = server.count("select position from checkpoint where name = 'reporting'").await;
    let mut server = server;
    server.kill();
    server.change(sql).await;
    let server = server.restart();
    server
        .until(&format!("select count(*) from checkpoint where name = 'reporting' and position >= {reached}"), 1)
        .await;
    server.until("select count(*) from reporting_due", 0).await;
    server
}

#[tokio::test]
async fn facts_that_are_heard_twice_change_nothing_and_books_that_are_lost_are_written_again_and_equal() {
    let server = Server::start();
    let (mut ada, mut cook) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let mut screen = ada.feed().await;
    let menu = ada.menu(LUCCIOLA).await;
    for _ in 0..4 {
        let order = orders(&mut ada, &mut screen, &menu).await;
        hands_over(&mut cook, order).await;
    }
    let order = orders(&mut ada, &mut screen, &menu).await;
    does(&mut cook, TicketCommand::Refuse { order, reason: "".into() }).await;
    let ended = |screen: &Feed| orders_of(screen).iter().all(|order| order.status.is_final()).then_some(());
    screen.until("the end of all", ended).await;
    let figures = of_orders(orders_of(&screen));
    assert_eq!((figures.placed, figures.handed_over, figures.refused), (5, 4, 1));
    // On a slow machine each order may have had a report of its own; a new server makes another six.
    let server = server.restart();
    cook.meet(&server);
    let (day, version) = is_told(&cook, &figures).await;
    let facts = server.count("select count(*) from hub where kind like 'order-%'").await;
    assert!(version * 4 < facts, "{version} versions of {facts} facts: they are grouped");
    let (before, csv) = (books(&server).await, file(&cook, &format!("/api/reports/{day}")).await);
    assert_eq!(of_csv(&csv), figures);

    let server = hears_again(server, "update checkpoint set position = 0 where name = 'reporting'").await;
    cook.meet(&server);
    assert_eq!(books(&server).await, before);
    assert_eq!(is_told(&cook, &figures).await, (day.clone(), version), "no other version for what was known");

    let lost =
        "delete from checkpoint where name = 'reporting'; delete from reporting_order; delete from reporting_zone;
        delete from reporting_due";
    let server = hears_again(server, lost).await;
    cook.meet(&server);
    assert_eq!(books(&server).await, before);
    assert_eq!(is_told(&cook, &figures).await, (day.clone(), version), "the same figures are the same report");

    let server = hears_again(server, &format!("{lost}; delete from reporting_report")).await;
    cook.meet(&server);
    assert_eq!(books(&server).await, before);
    assert_eq!(is_told(&cook, &figures).await, (day.clone(), 1), "reports begin anew only where they were thrown away");
    assert_eq!(file(&cook, &format!("/api/reports/{day}")).await, csv);
}

#[tokio::test]
async fn staff_read_their_own_restaurant_s_days_and_who_asks_wrongly_is_told_what_to_do() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let server = Server::with_settings(vec![("CARRYOUT_METRICS_ADDR", free.to_string())]);
    let (mut ada, mut cook) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let mut screen = ada.feed().await;
    let menu = ada.menu(LUCCIOLA).await;
    let order = orders(&mut ada, &mut screen, &menu).await;
    hands_over(&mut cook, order).await;
    screen.until("the end", |screen| screen.order(order)?.status.is_final().then_some(())).await;
    let (day, version) = is_told(&cook, &of_orders(orders_of(&screen))).await;
    let answer = cook.ask(&format!("/api/reports/{day}?version={version}")).await;
    let name = format!("attachment; filename=\"{LUCCIOLA}-{day}-v{version}.csv\"");
    assert_eq!(answer.headers()["content-disposition"], name.as_str());

    let ginkgo = Person::sign_in(&server, "ginkgo").await;
    assert_eq!(ginkgo.get("/api/reports").await.1["days"], serde_json::json!([]));
    let dora = Person::sign_in(&server, "dora").await;
    let one = format!("/api/reports/{day}");
    let newer = format!("{one}?version={}", version + 1);
    let wrong = [
        (&ginkgo, one.as_str(), 404, "no-report"),
        (&ada, &one, 403, "not-allowed"),
        (&ada, "/api/reports", 403, "not-allowed"),
        (&dora, "/api/reports", 403, "not-allowed"),
        (&cook, "/api/reports/2001-01-01", 404, "no-report"),
        (&cook, &newer, 404, "no-version"),
        (&cook, "/api/reports/yesterday", 400, "bad-day"),
        (&cook, "/api/reports/2026-02-30", 400, "bad-day"),
        (&cook, "/api/reports/20261129", 400, "bad-day"),
        (&cook, "/api/reports/..%2f..%2fetc", 400, "bad-day"),
        (&cook, &format!("{one}?version=0"), 400, "bad-version"),
        (&cook, &format!("{one}?version=two"), 400, "bad-version"),
        (&cook, "/api/reports?before=tomorrow", 400, "bad-day"),
        (&cook, "/api/reports?limit=0", 400, "bad-limit"),
        (&cook, "/api/reports?limit=1000000", 400, "bad-limit"),
    ];
    for (who, path, status, slug) in wrong {
        let (told, problem) = who.get(path).await;
        assert_eq!(
            (told, problem["type"].as_str()),
            (status, Some(format!("{PROBLEM_BASE}{slug}").as_str())),
            "{path}"
        );
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 20), "{path}: {problem}");
    }
    let stranger = reqwest::get(format!("{}{one}", server.base)).await.expect("it answers");
    assert_eq!(problem(stranger).await, (401, "signed-out".to_owned()));
    adds_up(&free.to_string()).await;
}

/// What a monitoring system is told of the pipeline adds up, once it has heard all.
async fn adds_up(addr: &str) {
    for looks in 0.. {
        let told =
            reqwest::get(format!("http://{addr}/metrics")).await.expect("it answers").text().await.expect("text");
        let number = |line: &str| told.lines().find_map(|told| told.strip_prefix(line)?.trim().parse::<u64>().ok());
        if number(r#"carryout_reader_behind{reader="reporting"}"#) == Some(0) {
            let step = |step| {
                let line =
                    format!(r#"carryout_pipeline_rule_total{{pipeline="reporting",rule="order",step="{step}"}}"#);
                number(&line).unwrap_or_else(|| panic!("{line} is not in\n{told}"))
            };
            assert!(step("seen") >= 5 && step("sunk") >= 1, "{told}");
            assert_eq!(step("seen"), step("filtered") + step("mapped"));
            assert_eq!(step("mapped"), step("grouped-away") + step("sunk") + step("failed"));
            let batched = number(r#"carryout_pipeline_batched_total{pipeline="reporting"}"#);
            assert!(batched.is_some_and(|batched| batched > step("sunk")), "with the restaurants' zones: {told}");
            return;
        }
        assert!(looks < LOOKS, "the books are behind:\n{told}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

#[tokio::test]
async fn the_days_come_newest_first_and_page_by_page() {
    let server = Server::start();
    let cook = Person::sign_in(&server, "lucciola").await;
    for (restaurant, day) in [(LUCCIOLA, 1), (LUCCIOLA, 3), (LUCCIOLA, 2), (GINKGO, 9), (LUCCIOLA, 4), (LUCCIOLA, 5)] {
        for version in 1..=day {
            let report = format!(
                "insert into reporting_report values ('{restaurant}', '2026-11-0{day}', {version}, 7, '[]', 'v{version}')"
            );
            server.change(&report).await;
        }
    }
    let mut seen = vec![];
    let mut next = String::new();
    loop {
        let (status, page) = cook.get(&format!("/api/reports?limit=2{next}")).await;
        assert_eq!(status, 200);
        let days = page["days"].as_array().expect("days");
        assert!(days.len() <= 2);
        seen.extend(days.iter().map(|day| (day["day"].as_str().expect("a day").to_owned(), day["version"].as_i64())));
        let Some(before) = page["next"].as_str() else { break };
        next = format!("&before={before}");
    }
    let wanted = [5, 4, 3, 2, 1].map(|day| (format!("2026-11-0{day}"), Some(day)));
    assert_eq!(seen, wanted);
    assert_eq!(file(&cook, "/api/reports/2026-11-04").await, "v4", "the newest");
    assert_eq!(file(&cook, "/api/reports/2026-11-04?version=2").await, "v2");
}
