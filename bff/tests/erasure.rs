//! Who asks to be forgotten is: on the server, in its copies, and on every device that speaks with it again.

mod support;

use domain::Command;
use domain::account::PersonCommand;
use domain::id::{person_key, ticket_key};
use domain::kitchen::TicketCommand;
use domain::ordering::PlaceOrder;
use domain::trade::Row;
use serde_json::json;
use support::town::row;
use support::{Feed, LUCCIOLA, Person, Server, bff, facts_add_up_to_rows, place, place_command};
use sync::protocol::Outcome;

fn wordy(place: PlaceOrder) -> PlaceOrder {
    let mut place = place;
    place.contact.name = "Ada quokka".into();
    place.note = "no quokkas".into();
    place
}

/// Whether Ada can sign in.
const HAS_PASSWORD: &str = "select count(*) from account_user where account = 'ada' and password_hash <> ''";

async fn orders(server: &Server, ada: &mut Person) -> PlaceOrder {
    let wanted = wordy(place(&ada.menu(LUCCIOLA).await));
    let act = ada.act(place_command(&wanted));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from hub where kind = 'order-numbered'", 1).await;
    wanted
}

async fn asks_to_be_erased(ada: &mut Person) {
    let act = ada.act(Command::Person(PersonCommand::Erase { person: ada.account.clone() }));
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
}

async fn cooks(cook: &mut Person, command: TicketCommand) {
    let act = cook.act(Command::Ticket(command));
    assert_eq!(cook.send_one(&act).await, Outcome::Accepted);
}

fn name_on(board: &Feed, wanted: &PlaceOrder) -> Option<String> {
    row(board, &ticket_key(wanted.order))?.as_ticket().map(|ticket| ticket.customer_name.as_str().to_owned())
}

/// The minute is over that erasing waits at least.
async fn a_minute_passes(server: Server) -> Server {
    server.change("update timer set due_at = 1 where key glob 'person/*'").await;
    server.restart()
}

#[tokio::test]
async fn who_asks_is_forgotten_once_nothing_is_under_way_and_every_device_hears_of_it() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut cook = Person::sign_in(&server, "lucciola").await;
    let wanted = orders(&server, &mut ada).await;
    let mut board = cook.feed().await;
    assert_eq!(board.until("her name", |board| name_on(board, &wanted)).await, "Ada quokka");
    asks_to_be_erased(&mut ada).await;
    let mut screen = ada.feed().await;
    let asked = |screen: &Feed| matches!(row(screen, &person_key(&"ada".into())), Some(Row::Person(_))).then_some(());
    screen.until("that it is to come", asked).await;

    // The kitchen still needs her name, so nothing happens before the meal is handed over.
    server.until("select count(*) from hub where kind = 'person-ordered'", 1).await;
    assert_eq!(server.count("select count(*) from timer where key = 'person/ada'").await, 0);
    cooks(&mut cook, TicketCommand::Accept { order: wanted.order, ready_in_min: 9 }).await;
    cooks(&mut cook, TicketCommand::HandOver { order: wanted.order }).await;
    server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    let facts = server.count("select count(*) from hub").await;

    let server = a_minute_passes(server).await;
    for person in [&mut ada, &mut cook] {
        person.meet(&server);
    }
    let mut board = cook.feed().await;
    board.until("no name", |board| name_on(board, &wanted).filter(String::is_empty)).await;
    server.until(HAS_PASSWORD, 0).await;
    assert_eq!(ada.bye().await, "erased", "a device that comes with her session is told");
    let (status, problem) = support::problem(support::sign_in(&server, "ada").await).await;
    assert_eq!((status, problem.as_str()), (410, "account-erased"));
    // A tablet that she shared with Ben, who uses it now.
    let mut ben = Person::sign_in(&server, "ben").await;
    ben.others = vec!["ada".into(), "somebody".into()];
    assert_eq!(ben.feed().await.erased, ["ada".into()]);
    assert_eq!(ada.get("/api/orders").await.0, 401);
    assert!(server.count("select count(*) from hub").await > facts, "no fact was taken back");
    facts_add_up_to_rows(&server).await;

    let server = server.restart();
    assert_eq!(support::sign_in(&server, "ada").await.status(), 410, "the demo does not make her again");
}

#[tokio::test]
async fn a_backup_from_before_brings_nobody_back() {
    let server = Server::start();
    let mut ada = Person::sign_in(&server, "ada").await;
    let mut cook = Person::sign_in(&server, "lucciola").await;
    let wanted = orders(&server, &mut ada).await;
    cooks(&mut cook, TicketCommand::Refuse { order: wanted.order, reason: "no quokkas".into() }).await;
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("monday.backup");
    let name = file.to_str().expect("UTF-8");
    let (copied, said) = bff(server.data.path(), &["backup", "--to", name]);
    assert!(copied, "{said}");
    asks_to_be_erased(&mut ada).await;
    server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    let server = a_minute_passes(server).await;
    server.until(HAS_PASSWORD, 0).await;

    let server = server.restart_after(|data| {
        let (restored, said) = bff(data, &["restore", "--from", name]);
        assert!(restored, "{said}");
    });
    server.until(HAS_PASSWORD, 0).await;
    cook = Person::sign_in(&server, "lucciola").await;
    let mut board = cook.feed().await;
    board.until("no name", |board| name_on(board, &wanted).filter(String::is_empty)).await;
    assert_eq!(support::sign_in(&server, "ada").await.status(), 410);
    assert_eq!(cook.get("/api/catalog/restaurants").await.0, 200, "all else is there");
    facts_add_up_to_rows(&server).await;
}

#[tokio::test]
async fn nobody_erases_somebody_else_and_what_a_guest_did_goes_with_who_took_it_over() {
    let server = Server::start();
    let mut ben = Person::sign_in(&server, "ben").await;
    let act = ben.act(Command::Person(PersonCommand::Erase { person: "ada".into() }));
    assert!(matches!(ben.send_one(&act).await, Outcome::Refused(sync::Reason::NotAllowed)));

    let secret = domain::account::Secret::new([7; 32]);
    let mut guest = Person::guest(&server, &secret).await;
    let mut cook = Person::sign_in(&server, "lucciola").await;
    let wanted = orders(&server, &mut guest).await;
    cooks(&mut cook, TicketCommand::Refuse { order: wanted.order, reason: "closed".into() }).await;
    let mut ada = Person::sign_in(&server, "ada").await;
    let act = ada.claim(&secret);
    assert_eq!(ada.send_one(&act).await, Outcome::Accepted);
    server.until("select count(*) from hub where kind = 'order-claimed'", 1).await;
    asks_to_be_erased(&mut ada).await;
    server.until("select count(*) from timer where key = 'person/ada'", 1).await;
    let server = a_minute_passes(server).await;
    cook.meet(&server);
    let mut board = cook.feed().await;
    board.until("no name", |board| name_on(board, &wanted).filter(String::is_empty)).await;
    server.until(HAS_PASSWORD, 0).await;
    let mut keys = sqlx::sqlite::SqliteConnectOptions::new().filename(server.data.path().join("keys.sqlite"));
    keys = keys.read_only(true);
    let mut keys = sqlx::ConnectOptions::connect(&keys).await.expect("the keys are there");
    let left: Vec<String> = sqlx::query_scalar("select subject from subject_key where key is not null")
        .fetch_all(&mut keys)
        .await
        .expect("read");
    assert_eq!(left, Vec::<String>::new(), "the guest's went with hers");
    assert_eq!(json!(wanted.contact.name), json!("Ada quokka"), "what a device has is plain");
}
