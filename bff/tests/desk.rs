//! The desk over HTTP: what troubles an order comes before an operator, and what they do about it reaches every service, also
//! over a server that was away meanwhile.

mod support;

use domain::account::Secret;
use domain::delivery::{ErrandCommand, Hitch, OfferCommand};
use domain::id::{arrange_key, case_key, errand_key, offer_key, zone_key};
use domain::kitchen::TicketCommand;
use domain::ops::{Case, CaseCommand, CaseRefusal, Concern};
use domain::ordering::{Cancelled, OrderCommand, Status};
use domain::payment::Paid;
use domain::{Command, OrderId, Refusal};
use support::town::{Driver, Town, row};
use support::*;
use sync::Reason;
use sync::protocol::Outcome;

/// An operator with their screen.
struct Desk {
    olga: Person,
    screen: Feed,
}

impl Desk {
    async fn of(town: &Town) -> Self {
        let olga = Person::sign_in(&town.server, "olga").await;
        let screen = olga.feed().await;
        Self { olga, screen }
    }

    /// Waits until the order's case is so.
    async fn sees(&mut self, what: &str, order: OrderId, is: impl Fn(&Case) -> bool) -> Case {
        let case = |screen: &Feed| row(screen, &case_key(order))?.as_case().filter(|case| is(case)).cloned();
        self.screen.until(what, case).await
    }

    async fn is_told(&mut self, order: OrderId, concern: Concern) -> Case {
        self.sees(concern.name(), order, |case| case.trouble(concern).is_some()).await
    }

    async fn tries(&mut self, command: CaseCommand) -> Outcome<domain::Trade> {
        let act = self.olga.act(Command::Case(command));
        self.olga.send_one(&act).await
    }

    async fn gives(&mut self, command: CaseCommand) {
        assert_eq!(self.tries(command).await, Outcome::Accepted);
    }
}

/// A town whose kitchen has said nothing for so long that its customer was told, and a driver has the meal.
async fn with_a_silent_kitchen() -> (Town, OrderId, Desk) {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    let town = town.time_passes(&arrange_key(order), "fulfilment", "$.process.waits[0]").await;
    let mut desk = Desk::of(&town).await;
    desk.is_told(order, Concern::KitchenSilent).await;
    (town, order, desk)
}

#[tokio::test]
async fn a_kitchen_that_is_called_and_given_time_has_it() {
    let (mut town, order, mut desk) = with_a_silent_kitchen().await;
    let due = |case: &Case| case.trouble(Concern::KitchenSilent).map(|trouble| trouble.due);
    let before = desk.is_told(order, Concern::KitchenSilent).await;
    desk.gives(CaseCommand::GiveTime { order, minutes: 45 }).await;
    let given = desk.sees("the time", order, |case| due(case) > due(&before)).await;
    assert_eq!((given.done.len(), given.done[0].by.as_str()), (1, "olga"));
    let waits = format!(
        "select json_extract(body, '$.process.waits[1]') from fulfilment_row where key = '{}'",
        arrange_key(order)
    );
    let until = due(&given).expect("it is silent");
    town.server.until(&waits, until).await;

    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    desk.sees("its yes", order, |case| case.troubles.is_empty()).await;
    town.sees("its yes", order, |order| order.status == Status::Received && !order.is_late).await;
}

#[tokio::test]
async fn what_an_operator_gives_up_is_given_back_everywhere() {
    let (mut town, order, mut desk) = with_a_silent_kitchen().await;
    desk.gives(CaseCommand::GiveUp { order, concern: Concern::KitchenSilent }).await;
    town.sees("the end", order, |order| order.ended == Some(Cancelled::NoAnswer) && order.paid == Paid::LetGo).await;
    let called_off = |phone: &Feed| row(phone, &errand_key(order))?.as_errand()?.standing.is_final().then_some(());
    town.dora.phone.until("that it is called off", called_off).await;
    assert_eq!(town.bank.status(order).await.as_deref(), Some("voided"));
    desk.sees("how it ended", order, |case| case.is_over && case.troubles.is_empty()).await;
    let again = desk.tries(CaseCommand::GiveUp { order, concern: Concern::KitchenSilent }).await;
    let over = CaseRefusal::NotTroubled(Concern::KitchenSilent);
    assert_eq!(refused(&again), &Reason::Trade(Refusal::Case(over)));
}

#[tokio::test]
async fn an_operator_gives_a_meal_that_nobody_takes_to_whoever_is_on_duty() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let order = town.orders().await;
    town.dora.is_offered(order).await;
    town.dora.gives(Command::Offer(OfferCommand::Decline { order })).await;
    town.dora.has_no_more(&offer_key(order)).await;
    let berlin = zone_key(&"berlin".into());
    let mut town = town.time_passes(&berlin, "delivery", "$.zone.sought[0].until").await;
    let mut desk = Desk::of(&town).await;
    desk.is_told(order, Concern::NobodyFound).await;
    let on_duty =
        |screen: &Feed| row(screen, &berlin)?.as_zone().filter(|board| board.is_on_duty(&"dora".into())).map(|_| ());
    desk.screen.until("who is on duty", on_duty).await;
    desk.gives(CaseCommand::Choose { order, driver: "dora".into() }).await;
    town.dora.has(order).await;
    desk.sees("her yes", order, |case| case.troubles.is_empty()).await;
    town.sees("a driver", order, |order| order.has_driver).await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::Deliver { order }).await;
    town.sees("delivered", order, |order| order.status == Status::Delivered && order.paid == Paid::Charged).await;
    facts_add_up_to_rows(&town.server).await;
}

#[tokio::test]
async fn a_delivery_that_failed_waits_for_one_operator_and_only_one_settles_it() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.dora.reports(ErrandCommand::Fail { order, reason: "nobody opens".into(), hitch: Hitch::Other }).await;
    let mut desk = Desk::of(&town).await;
    let case = desk.is_told(order, Concern::NotDelivered).await;
    assert_eq!(case.trouble(Concern::NotDelivered).expect("it is").words, "nobody opens");
    assert_eq!(case.contact.name, "Ada", "somebody to call");
    town.sees("its end", order, |order| order.paid == Paid::LetGo && order.status == Status::Cancelled).await;
    let mut other = Desk::of(&town).await;
    let settle = |note: &str| CaseCommand::Settle { order, concern: Concern::NotDelivered, note: note.into() };
    desk.gives(settle("called her")).await;
    let second = other.tries(settle("called her too")).await;
    let over = CaseRefusal::NotTroubled(Concern::NotDelivered);
    assert_eq!(refused(&second), &Reason::Trade(Refusal::Case(over)));
    other.sees("who did", order, |case| case.troubles.is_empty() && case.done.len() == 1).await;
}

#[tokio::test]
async fn the_story_of_an_order_is_told_to_operators_only() {
    let mut town = Town::new().await;
    let mut emil = Driver::sign_in(&town.server, "emil").await;
    emil.goes_on_duty(None).await;
    let order = town.orders().await;
    emil.is_offered(order).await;
    let desk = Desk::of(&town).await;
    let path = format!("/api/desk/orders/{order}/story");
    for stranger in [&town.ada, &town.cook, &emil.person] {
        assert_eq!(stranger.get(&path).await.0, 403, "{}", stranger.account);
    }
    let unknown = OrderId(uuid::Uuid::from_u128(7));
    assert_eq!(desk.olga.get(&format!("/api/desk/orders/{unknown}/story")).await.0, 404);
    assert_eq!(desk.olga.get("/api/desk/orders/nothing/story").await.0, 404);
    let (status, story) = desk.olga.get(&path).await;
    assert_eq!(status, 200);
    let facts = story["facts"].as_array().expect("facts");
    let kinds: Vec<_> = facts.iter().map(|fact| fact["kind"].as_str().expect("a kind")).collect();
    for kind in ["order-submitted", "stock-held", "payment-authorized", "case-opened", "driver-asked", "offer-made"] {
        assert!(kinds.contains(&kind), "{kind} is told: {kinds:?}");
    }
    assert_eq!(
        (kinds[0], facts[0]["by"].as_str(), facts[0]["service"].as_str()),
        ("order-submitted", Some("ada"), Some("ordering"))
    );
    assert!(facts.is_sorted_by_key(|fact| fact["position"].as_i64()));
    assert!(!story.to_string().contains("Torstra"), "it holds nothing of people but who acted");
}

#[tokio::test]
async fn the_lake_is_read_on_a_terminal_by_order_kind_and_time_beside_a_running_server() {
    let mut town = Town::new().await;
    town.dora.goes_on_duty(None).await;
    let order = town.orders().await;
    town.dora.is_offered(order).await;
    let events = |words: &[&str]| bff(town.server.data.path(), &[&["events"], words].concat());
    let of_order = ["--order", &order.to_string()];
    let (well, said) = events(&of_order);
    let lines: Vec<_> = said.lines().collect();
    assert!(well && lines[0].contains("order-submitted") && lines[0].ends_with("\"ada\""), "{said}");
    assert!(lines.iter().any(|line| line.contains("board-noted")) && !said.contains("restaurant-described"), "{said}");
    assert!(!said.contains("Torstra"), "a line holds nothing of people but who acted");
    let kinds = ["--type", "offer-made", "--type", "stock-held"];
    let (_, said) = events(&[&of_order[..], &kinds].concat());
    assert_eq!(said.lines().count(), 2, "{said}");
    let (_, said) = events(&[&of_order[..], &["--until", "2026-01-01T00:00:00Z"]].concat());
    assert_eq!(said, "");
    let (_, said) = events(&["--type", "restaurant-described", "--from", "2026-01-01T00:00:00Z", "--limit", "3"]);
    assert_eq!(said.lines().count(), 3, "{said}");
    let (_, said) = events(&["--type", "order-submitted", "--json"]);
    let fact: serde_json::Value = serde_json::from_str(said.trim()).expect("a fact");
    assert_eq!((fact["type"].as_str(), fact["tags"]["source"].as_str()), (Some("order-submitted"), Some("ordering")));
    for (words, why) in [(["--order", "7"], "no order's id"), (["--from", "yesterday"], "--from")] {
        let (well, said) = events(&words);
        assert!(!well && said.contains(why), "{words:?}: {said}");
    }
}

#[tokio::test]
async fn a_row_is_shown_as_it_stood_when_any_of_its_facts_became_true() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.sees("the stove", order, |order| order.status == Status::Preparing).await;
    let received = town.server.count("select position from hub where kind = 'order-received'").await;
    let ticket = format!("ticket/{order}");
    let until = async |end: &str| {
        let facts = format!("select count(*) from hub where key = '{ticket}' and position <= {end}");
        town.server.count(&facts).await
    };
    let as_of = |words: &[&str]| bff(town.server.data.path(), &[&["events", "as-of", &ticket], words].concat());
    let (all, some) = (until("(select max(position) from hub)").await, until(&received.to_string()).await);
    assert!(1 < some && some < all, "{some} of {all}");
    for (words, stood, facts, last) in [
        (&[][..], "\"progress\": \"cooking\"", all, "order-preparing"),
        (&["--position", &received.to_string()], "\"progress\": \"accepted\"", some, "order-received"),
    ] {
        let (well, said) = as_of(words);
        let head = format!("{ticket}: version {facts}, of {facts} facts; the last is {last}, at ");
        assert!(well && said.starts_with(&head) && said.contains(stood), "{words:?}: {said}");
    }
    let (well, said) = as_of(&["--at", "2026-01-01T00:00:00Z"]);
    assert!(!well && said.contains("nothing is known of ticket/"), "{said}");
    let (well, said) = bff(town.server.data.path(), &["events", "as-of", "seven"]);
    assert!(!well && said.contains("names no row"), "{said}");
    // Somebody wrote into the lake.
    let tampered =
        "update hub set fact = json_set(fact, '$.entity.body.row.ticket.number', 77) where kind = 'order-received'";
    town.server.change(tampered).await;
    let (well, said) = as_of(&[]);
    assert!(!well && said.contains("do not add up"), "{said}");
}

#[tokio::test]
async fn what_an_older_release_wrote_is_found_by_its_order_too() {
    let mut town = Town::new().await;
    let order = town.gives_dora_a_meal().await;
    let mut guest = Person::guest(&town.server, &Secret::new([7; 32])).await;
    let place = place(&guest.menu(LUCCIOLA).await);
    let act = guest.act(place_command(&place));
    guest.send_one(&act).await;
    // What is refused is part of an order's story.
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.sees("the stove", order, |order| order.status == Status::Preparing).await;
    let act = town.ada.act(Command::Order(OrderCommand::Cancel { order, reason: "".into() }));
    assert!(matches!(town.ada.send_one(&act).await, Outcome::Refused { .. }));
    let refused = format!("select count(*) from hub where kind = 'command-refused' and order_id = '{order}'");
    town.server.until(&refused, 1).await;
    let noted = format!("select count(*) from hub where kind = 'guest-ordered' and order_id = '{}'", place.order);
    town.server.until(&noted, 1).await;
    // Releases of before that update told nothing of persons.
    let by_order = "select position || ' ' || kind || ' ' || coalesce(order_id, '-') from hub
        where kind not glob 'person-*' order by position";
    let written = town.server.texts(by_order).await;
    let update = include_str!("../migrations/truth/0008_desk.sql").split(';').find(|sql| sql.contains("update hub"));
    town.server.change("update hub set order_id = null").await;
    town.server.change(update.expect("older facts are given their order")).await;
    let found = town.server.texts(by_order).await;
    let differ = written.iter().zip(&found).find(|(written, found)| written != found);
    assert_eq!(differ, None);
    for kind in ["stock-held", "driver-asked", "board-noted", "guest-ordered", "driver-assigned", "command-refused"] {
        assert!(found.iter().any(|fact| fact.contains(kind) && !fact.ends_with('-')), "{kind} has an order");
    }
}

#[tokio::test]
async fn a_case_is_nobody_s_but_the_desk_s() {
    let (mut town, order, desk) = with_a_silent_kitchen().await;
    let give_up = || Command::Case(CaseCommand::GiveUp { order, concern: Concern::KitchenSilent });
    for person in [&mut town.ada, &mut town.cook, &mut town.dora.person] {
        let act = person.act(give_up());
        assert!(matches!(person.send_one(&act).await, Outcome::Refused { .. }), "{}", person.account);
        let feed = person.feed().await;
        assert!(row(&feed, &case_key(order)).is_none(), "{} does not see it", person.account);
    }
    drop(desk);
}
