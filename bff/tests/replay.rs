//! Replay: a service hears again what it has heard; what is missing is made up for, and nothing is done twice.

mod support;

use domain::Service;
use domain::delivery::ErrandCommand;
use domain::kitchen::TicketCommand;
use domain::ordering::Status;
use domain::payment::Paid;
use support::town::Town;
use support::*;
use sync::protocol::Outcome;

const OPEN: &str = "select count(*) from replay where ended_at is null";

/// All that services wrote, and all that they hold.
async fn books(server: &Server) -> Vec<String> {
    let mut books = server.texts("select fact from change order by seq").await;
    for service in Service::ALL.map(Service::name) {
        books.extend(
            server.texts(&format!("select key || ' ' || version || ' ' || body from {service}_row order by key")).await,
        );
    }
    books
}

/// They are the same as `before`.
async fn nothing_was_written(server: &Server, before: &[String]) {
    let now = books(server).await;
    let new = now.iter().find(|line| !before.contains(line));
    assert!(new.is_none() && now.len() == before.len(), "{} lines were {}, new is {new:?}", now.len(), before.len());
}

#[tokio::test]
async fn what_a_service_lost_is_made_up_for_after_a_dry_run_that_says_what_would_follow() {
    let server = Server::start();
    let (mut ada, mut lucciola) = (Person::sign_in(&server, "ada").await, Person::sign_in(&server, "lucciola").await);
    let place = place(&ada.menu(LUCCIOLA).await);
    let act = ada.act(place_command(&place));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    let mut screen = ada.feed().await;
    screen.until("its number", |screen| screen.order(place.order)?.number).await;
    spoil(&server, place.order).await;
    let act = lucciola.act(accept_command(place.order));
    assert_eq!(lucciola.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from parked", 1).await;
    // By an accident the note of it is gone: nobody would ever try it again.
    server.change("delete from parked").await;
    mend(&server).await;

    let of_order = ["events", "replay", "--to", "ordering", "--order", &place.order.to_string()].map(str::to_owned);
    let replay = async |more: &[&str]| {
        let (folder, arguments) = (server.data.path().to_owned(), of_order.clone());
        let arguments: Vec<String> = arguments.into_iter().chain(more.iter().map(|more| (*more).to_owned())).collect();
        let asked = move || bff(&folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        tokio::task::spawn_blocking(asked).await.expect("it ends")
    };
    let before = books(&server).await;
    let (well, said) = replay(&["--dry"]).await;
    assert!(well && said.contains("; 1 order-status-changed would follow, and was taken back"), "{said}");
    nothing_was_written(&server, &before).await;

    let (well, said) = replay(&[]).await;
    assert!(well && said.contains("; 1 order-status-changed followed"), "{said}");
    let received = |screen: &Feed| screen.order(place.order).filter(|order| order.status == Status::Received).map(drop);
    screen.until("what the kitchen said", received).await;

    let (well, said) = replay(&[]).await;
    assert!(well && said.contains("nothing followed that had not before"), "{said}");

    let (well, said) = replay(&["--type", "menu-written"]).await;
    assert!(well, "it hears of menus: {said}");
    let (well, said) = replay(&["--type", "errand-delivered"]).await;
    assert!(!well && said.contains("ordering does not hear errand-delivered: it hears"), "{said}");
}

/// Everything that ever happened, heard again by everybody, by a server that is killed meanwhile.
#[tokio::test]
async fn a_whole_evening_heard_again_by_every_service_changes_nothing() {
    let mut town = Town::new().await;
    // What a driver has delivered they have no more, also where it is heard once more that they fetched it.
    let order = town.gives_dora_a_meal().await;
    town.cooks(TicketCommand::Accept { order, ready_in_min: 9 }).await;
    town.cooks(TicketCommand::StartCooking { order }).await;
    town.cooks(TicketCommand::MarkReady { order }).await;
    town.dora.reports(ErrandCommand::PickUp { order }).await;
    town.sees("on its way", order, |order| order.status == Status::PickedUp).await;
    town.dora.reports(ErrandCommand::Deliver { order }).await;
    town.sees("charged", order, |order| order.status == Status::Delivered && order.paid == Paid::Charged).await;
    let order = town.orders().await;
    town.cooks(TicketCommand::Refuse { order, reason: "too busy".into() }).await;
    town.sees("that it is off", order, |order| order.status.is_final()).await;
    let mut server = town.server;
    let under_way =
        "select count(*) from fulfilment_row where json_extract(body, '$.process.state.ended_well') is null";
    server.until(under_way, 0).await;
    let settled = "select count(*) from checkpoint where position < (select max(position) from hub)
        and name in ('catalog', 'ordering', 'kitchen', 'delivery', 'payment', 'fulfilment', 'ops', 'account')";
    server.until(settled, 0).await;
    let before = books(&server).await;

    for service in Service::ALL {
        let (well, said) = bff(server.data.path(), &["events", "replay", "--to", service.name(), "--no-wait"]);
        assert!(well, "{said}");
    }
    server.kill();
    let server = server.restart();
    server.until(OPEN, 0).await;
    assert_eq!(server.count("select sum(failed) + sum(parked) from replay").await, 0);
    assert!(server.count("select min(heard) from replay").await > 0, "each heard something");
    assert!(server.count("select sum(overtaken) from replay").await > 0, "and some of it was long overtaken");
    assert_eq!(server.texts("select distinct followed from replay").await, ["{}"]);
    server.until(settled, 0).await;
    nothing_was_written(&server, &before).await;
    facts_add_up_to_rows(&server).await;
}
