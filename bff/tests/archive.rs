//! What is over is kept and found again, over HTTP: by whoever had a part in it and nobody else, without a word that a person wrote, and
//! the same however often and in which pieces the facts are heard.

mod support;

use domain::Command;
use domain::OrderId;
use domain::account::PersonCommand;
use domain::delivery::ErrandCommand;
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, OrderCommand, PlaceOrder, Status};
use serde_json::Value;
use support::town::{GINKGO, Town};
use support::*;
use sync::protocol::{Outcome, PROBLEM_BASE};

/// Both readers have heard all that there is.
async fn all_is_kept(server: &Server) {
    let last =
        "select max(position) from hub where kind in ('order-submitted', 'order-numbered', 'order-status-changed',
        'order-cancelled', 'order-refund-noted', 'order-claimed', 'order-picked-up', 'order-erased', 'bill-paid')";
    let last = server.count(last).await;
    server.until(&format!("select count(*) from checkpoint where name = 'archive' and position >= {last}"), 1).await;
    let indexed = format!("select name from checkpoint where name = 'search' and position >= {last}");
    server.until_views_say(&indexed, &["search"]).await;
}

/// The ids on a page, in its order.
fn ids(page: &Value) -> Vec<String> {
    let papers = page["papers"].as_array().unwrap_or_else(|| panic!("papers are in {page}"));
    papers.iter().map(|paper| paper["id"].as_str().expect("an id").to_owned()).collect()
}

async fn kept(person: &Person) -> Vec<String> {
    ids(&person.get("/api/archive").await.1)
}

async fn found(person: &Person, typed: &str) -> Vec<String> {
    ids(&person.get(&format!("/api/search?q={typed}")).await.1)
}

/// A meal that Dora brought, and one that Ada took back at once.
async fn a_day(town: &mut Town) -> (OrderId, OrderId) {
    let brought = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order: brought, ready_in_min: 9 }).await;
    town.server.until("select count(*) from hub where kind = 'delivery-initiated'", 1).await;
    town.cooks(TicketCommand::StartCooking { order: brought }).await;
    town.cooks(TicketCommand::MarkReady { order: brought }).await;
    town.dora.reports(ErrandCommand::PickUp { order: brought }).await;
    town.dora.reports(ErrandCommand::Deliver { order: brought }).await;
    town.sees("the meal", brought, |order| order.status == Status::Delivered).await;
    let taken_back = PlaceOrder {
        note: "no quokkas".into(),
        destination: Destination::Deliver("Torstra\u{df}e 1, Berlin".into()),
        ..place(&town.ada.menu(GINKGO).await)
    };
    let act = town.ada.act(place_command(&taken_back));
    assert_eq!(town.ada.send_one(&act).await, Outcome::Accepted);
    let cancel = OrderCommand::Cancel { order: taken_back.order, reason: "quokkas".into() };
    let act = town.ada.act(Command::Order(cancel));
    // Whether the kitchen has it already or not, it has not begun.
    town.ada.send_one(&act).await;
    town.sees("its end", taken_back.order, |order| order.status == Status::Cancelled).await;
    (brought, taken_back.order)
}

#[tokio::test]
async fn who_had_a_part_in_an_order_has_it_in_the_archive_and_finds_it_and_nobody_else_does() {
    let mut town = Town::new().await;
    let (brought, taken_back) = a_day(&mut town).await;
    let [brought, taken_back] = [brought, taken_back].map(|order| order.to_string());
    all_is_kept(&town.server).await;
    let ben = Person::sign_in(&town.server, "ben").await;
    let lucciola = Person::sign_in(&town.server, "lucciola").await;
    let emil = Person::sign_in(&town.server, "emil").await;
    let desk = Person::sign_in(&town.server, "olga").await;

    let dish = place(&town.ada.menu(GINKGO).await).lines[0].name.clone();
    let word = dish.split(' ').next().expect("a word")[..3].to_lowercase();
    let both = vec![taken_back.clone(), brought.clone()];
    for (who, theirs) in [
        (&town.ada, both.clone()),
        (&town.cook, both.clone()),
        (&town.dora.person, vec![brought.clone()]),
        (&desk, both),
        (&ben, vec![]),
        (&lucciola, vec![]),
        (&emil, vec![]),
    ] {
        assert_eq!(kept(who).await, theirs, "{}", who.account);
        assert_eq!(found(who, &word).await, theirs, "{word} of {}", who.account);
        let status = who.get(&format!("/api/archive/order/{brought}")).await.0;
        assert_eq!(status, if theirs.contains(&brought) { 200 } else { 404 }, "{}", who.account);
    }

    let (_, paper) = town.ada.get(&format!("/api/archive/order/{brought}")).await;
    let order = town.screen.order(brought.parse().map(OrderId).expect("an id")).expect("it is on her screen").clone();
    assert_eq!((paper["status"].as_str(), paper["at"].as_str()), (Some("delivered"), Some("brought")));
    assert_eq!(paper["lines"][0]["name"], dish.as_str());
    assert_eq!(paper["total"]["minor"], order.total.minor);
    assert_eq!(paper["number"].as_u64(), order.number.map(u64::from));
    let number = order.number.expect("a number");
    assert_eq!(
        found(&town.cook, &format!("%23{number}%20{word}")).await,
        std::slice::from_ref(&brought),
        "all words have to be in it"
    );
    assert_eq!(found(&town.cook, &format!("{word}%20nowhere")).await, Vec::<String>::new());
    // Another's word in the index is no way in.
    assert_eq!(found(&ben, "parties%20c616461").await, Vec::<String>::new());

    // Nothing of it is what a person wrote.
    let papers = town.server.texts("select paper from archive_paper").await;
    let views = town.server.texts_of_views("select paper from search_paper").await;
    assert_eq!(views.len(), papers.len());
    for paper in papers.iter().chain(&views) {
        for word in ["quokka", "Torstra", "Ada", "tok_"] {
            assert!(!paper.contains(word), "{word} is in {paper}");
        }
    }
}

/// All that the archive and the index hold.
async fn dump(server: &Server) -> Vec<Vec<String>> {
    let archive = [
        "select concat_ws('|', row_key, version, restaurant, customer, placed_at, paper) from archive_paper order by row_key",
        "select concat_ws('|', row_key, version, driver, at) from archive_brought order by row_key",
        "select row_key from archive_erased order by row_key",
    ];
    let search = "select concat_ws('|', row_key, version, restaurant, customer, driver, is_erased, placed_at, paper)
        from search_paper order by row_key";
    let mut all = vec![server.texts_of_views(search).await];
    for sql in archive {
        all.push(server.texts(sql).await);
    }
    all
}

#[tokio::test]
async fn facts_that_are_heard_twice_or_all_anew_make_the_same_papers_and_the_same_finds() {
    let mut town = Town::new().await;
    let (brought, _) = a_day(&mut town).await;
    all_is_kept(&town.server).await;
    let before = dump(&town.server).await;
    assert_eq!(before.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1, 0]);
    let emptied = "delete from archive_paper; delete from archive_brought; delete from archive_erased";
    for lost in ["select 1", emptied] {
        town.server.kill();
        town.server.change(&format!("delete from checkpoint where name = 'archive'; {lost}")).await;
        town.server.change_views("delete from checkpoint where name = 'search'").await;
        town.server = town.server.restart();
        town.cook.meet(&town.server);
        all_is_kept(&town.server).await;
        assert_eq!(dump(&town.server).await, before, "{lost}");
        let number = town.screen.order(brought).and_then(|order| order.number).expect("a number");
        assert_eq!(found(&town.cook, &number.to_string()).await, [brought.to_string()]);
    }
}

#[tokio::test]
async fn who_is_erased_is_nobody_s_customer_any_more_and_the_house_keeps_what_it_sold() {
    let server = Server::start();
    let (mut ada, mut cook) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let wanted = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&wanted));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from hub where kind = 'order-numbered'", 1).await;
    for command in [
        TicketCommand::Accept { order: wanted.order, ready_in_min: 9 },
        TicketCommand::HandOver { order: wanted.order },
    ] {
        let act = cook.act(Command::Ticket(command));
        assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
    }
    let act = ada.act(Command::Person(PersonCommand::Erase { person: ada.account.clone() }));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    let customers = "select count(*) from archive_paper where customer = 'ada'";
    server.until(customers, 1).await;
    server.change("update timer set due_at = 1 where key = 'person/ada'").await;
    let server = server.restart();
    cook.meet(&server);
    server.until("select count(*) from hub where kind = 'order-erased'", 1).await;
    all_is_kept(&server).await;
    assert_eq!(server.count(customers).await, 0);
    assert_eq!(server.texts_of_views("select row_key from search_paper where customer is not null").await, [""; 0]);
    let order = wanted.order.to_string();
    assert_eq!(kept(&cook).await, std::slice::from_ref(&order));
    let (_, paper) = cook.get(&format!("/api/archive/order/{order}")).await;
    assert_eq!(paper["status"], "handed-over");
    let dish = &wanted.lines[0].name[..4];
    assert_eq!(found(&cook, dish).await, [order]);
}

#[tokio::test]
async fn pages_follow_each_other_and_who_asks_wrongly_is_told_what_to_do() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let menu = ada.menu(LUCCIOLA).await;
    let mut placed = vec![];
    for _ in 0..5 {
        let place = place(&menu);
        let act = ada.act(place_command(&place));
        assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
        placed.insert(0, place.order.to_string());
    }
    server.until("select count(*) from hub where kind = 'order-submitted'", 5).await;
    all_is_kept(&server).await;
    for path in ["/api/archive?limit=2", &format!("/api/search?q={}&limit=2", &menu_word(&menu))] {
        let (mut seen, mut next) = (vec![], String::new());
        loop {
            let (status, page) = ada.get(&format!("{path}{next}")).await;
            assert_eq!(status, 200, "{page}");
            let page_ids = ids(&page);
            assert!(page_ids.len() <= 2);
            seen.extend(page_ids);
            let Some(before) = page["next"].as_str() else { break };
            next = format!("&before={before}");
        }
        assert_eq!(seen, placed, "{path}");
    }

    let long = "a".repeat(101);
    for (path, status, slug) in [
        ("/api/archive?limit=0", 400, "bad-limit"),
        ("/api/archive?limit=51", 400, "bad-limit"),
        ("/api/archive?before=yesterday", 400, "bad-cursor"),
        ("/api/archive/order/nothing", 404, "no-paper"),
        ("/api/archive/..%2f/etc", 404, "no-paper"),
        ("/api/search", 400, "bad-search"),
        ("/api/search?q=%23", 400, "bad-search"),
        (&format!("/api/search?q={long}"), 400, "bad-search"),
        ("/api/search?q=a&before=1", 400, "bad-cursor"),
        ("/api/search?q=a&limit=many", 400, "bad-limit"),
    ] {
        let (told, problem) = ada.get(path).await;
        let wanted = (status, Some(format!("{PROBLEM_BASE}{slug}")));
        assert_eq!((told, problem["type"].as_str().map(str::to_owned)), wanted, "{path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 20), "{path}: {problem}");
    }
    for path in ["/api/archive", "/api/search?q=a"] {
        let stranger = reqwest::get(format!("{}{path}", server.base)).await.expect("it answers");
        assert_eq!(problem(stranger).await, (401, "signed-out".to_owned()));
    }
}

/// The beginning of the name of the dish that [`place`] orders.
fn menu_word(menu: &domain::catalog::Menu) -> String {
    place(menu).lines[0].name.chars().take(4).collect()
}
