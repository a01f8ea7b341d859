//! A guest, and the person who takes them over.

mod world;

use domain::access;
use domain::account::person::ERASE_AFTER_MS;
use domain::account::{Erasure, GuestCommand, GuestRefusal, Person, PersonCommand, Proof, Secret, guest};
use domain::id::{case_key, guest_key, order_key, person_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{OrderCommand, Status};
use domain::trade::{Command, Refusal, Row, Trade};
use domain::{OrderId, rules};
use sync::{Actor, Model, Role};
use world::services::Services;
use world::{ada, ben, cart, cook, order_id, place, placing};

fn secret() -> Secret {
    Secret::new([7; 32])
}

fn the_guest() -> Actor {
    Actor { account: secret().account(), role: Role::named("customer") }
}

fn claim() -> Command {
    Command::Guest(GuestCommand::Claim { guest: secret().account(), proof: secret().proof() })
}

fn order(id: OrderId) -> Command {
    let mut place = place(cart());
    place.order = id;
    placing(place)
}

fn cooking(services: &mut Services, order: OrderId) {
    for command in [TicketCommand::Accept { order, ready_in_min: 10 }, TicketCommand::StartCooking { order }] {
        services.give_as(cook(), &Command::Ticket(command)).expect("cooked");
    }
}

#[test]
fn a_secret_proves_one_guest_and_neither_proof_nor_name_tells_it() {
    let (one, other) = (secret(), Secret::new([8; 32]));
    assert_eq!(one.proof().account(), one.account());
    assert_ne!(one.account(), other.account());
    assert!(guest::is_guest(&one.account()) && !guest::is_guest(&ada().account));
    assert_ne!(one.proof().0, one.as_str());
    assert!(!format!("{one:?}").contains(one.as_str()), "a secret is not printed");
    for wrong in ["", "7", &"g".repeat(64), &"A7".repeat(32), &"07".repeat(33)] {
        assert!(Secret::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
    // The name that a release gave a guest is theirs for ever.
    assert_eq!(one.account().as_str(), "guest-eb4c982c-ee8b-853a-a7a7-289528cd80e7");
}

#[test]
fn a_claimed_guest_s_orders_are_the_person_s_and_the_kitchen_notices_nothing() {
    let mut services = Services::new();
    for id in [order_id(1), order_id(2)] {
        services.give_as(the_guest(), &order(id)).expect("placed");
    }
    services.give(&order(order_id(3))).expect("placed by ada herself");
    cooking(&mut services, order_id(1));
    let tickets = [1, 2].map(|id| services.ticket(order_id(id)).clone());

    services.give(&claim()).expect("claimed");
    for id in [1, 2, 3] {
        assert_eq!(services.order(order_id(id)).customer, ada().account);
    }
    assert_eq!(services.order(order_id(1)).status, Status::Preparing);
    assert_eq!([1, 2].map(|id| services.ticket(order_id(id)).clone()), tickets);
    let row = Row::Order(services.order(order_id(1)).clone());
    let scopes = Trade::scopes(&order_key(order_id(1)), &row);
    assert_eq!(scopes, [access::customer_scope(&ada().account)], "it has left the guest's scope");

    services.give_as(cook(), &Command::Ticket(TicketCommand::MarkReady { order: order_id(1) })).expect("ready");
    assert_eq!(services.order(order_id(1)).status, Status::Prepared, "and goes on");
}

#[test]
fn claiming_again_changes_nothing_and_nobody_else_can() {
    let mut services = Services::new();
    services.give_as(the_guest(), &order(order_id(1))).expect("placed");
    services.give(&claim()).expect("claimed");
    let facts = services.facts.len();
    services.give(&claim()).expect("claimed already");
    assert_eq!(services.facts.len(), facts);
    assert_eq!(services.give_as(ben(), &claim()), Err(Refusal::Guest(GuestRefusal::ClaimedBefore)));
    assert_eq!(services.order(order_id(1)).customer, ada().account);
}

#[test]
fn a_bare_name_claims_nothing() {
    let guest = secret().account();
    for proof in [Proof(String::new()), Proof(guest.0.clone()), Secret::new([8; 32]).proof()] {
        let command = Command::Guest(GuestCommand::Claim { guest: guest.clone(), proof });
        assert!(!access::permits(&ben(), &command, None), "{command:?}");
    }
}

#[test]
fn an_order_that_was_on_its_way_while_the_guest_was_claimed_follows() {
    let mut services = Services::new();
    services.give(&claim()).expect("claimed before the order arrived");
    services.give_as(the_guest(), &order(order_id(1))).expect("placed");
    assert_eq!(services.order(order_id(1)).customer, ada().account);
}

#[test]
fn a_cancel_that_the_guest_asked_for_is_answered_after_the_claim() {
    let mut services = Services::new();
    services.give_as(the_guest(), &order(order_id(1))).expect("placed");
    services.give(&claim()).expect("claimed");
    let cancel = Command::Order(OrderCommand::Cancel { order: order_id(1), reason: "".into() });
    let row = services.rows[&order_key(order_id(1))].clone();
    assert!(access::permits(&ada(), &cancel, Some(&row)) && !access::permits(&the_guest(), &cancel, Some(&row)));
    services.give(&cancel).expect("taken back");
    assert_eq!(services.order(order_id(1)).status, Status::Cancelled);
}

#[test]
fn only_a_customer_with_an_account_takes_a_guest_over() {
    assert!(access::permits(&ada(), &claim(), None));
    assert!(!access::permits(&cook(), &claim(), None));
    let another = Actor { account: Secret::new([8; 32]).account(), role: Role::named("customer") };
    assert!(!access::permits(&another, &claim(), None), "the orders would be nobody's");
}

#[test]
fn the_guest_s_inbox_passes_with_the_claim_and_with_nothing_else() {
    let mut services = Services::new();
    services.give_as(the_guest(), &order(order_id(1))).expect("placed");
    let key = guest_key(&secret().account());
    assert!(services.rows[&key].as_guest().is_some_and(|guest| guest.orders == [order_id(1)]));
    let claimed = domain::account::GuestEvent::Claimed { guest: secret().account(), by: ada().account };
    let event = domain::Event::Guest(claimed);
    assert_eq!(rules::inbox_passes(&event), Some((&secret().account(), &ada().account)));
    let ordered = domain::account::GuestEvent::Ordered { guest: secret().account(), order: order_id(1) };
    assert_eq!(rules::inbox_passes(&domain::Event::Guest(ordered)), None);
}

#[test]
fn a_guest_s_oldest_orders_are_forgotten_first() {
    let mut row = None;
    for number in 0..=guest::ORDERS_MAX as u128 {
        let ordered = domain::account::GuestEvent::Ordered { guest: secret().account(), order: order_id(number) };
        row = Trade::apply(row, &domain::Event::Guest(ordered));
    }
    let orders = row.and_then(Row::into_guest).expect("a guest").orders;
    assert_eq!((orders.len(), orders[0]), (guest::ORDERS_MAX, order_id(1)));
}

fn erase() -> Command {
    Command::Person(PersonCommand::Erase { person: ada().account })
}

fn person(services: &Services) -> &Person {
    services.rows[&person_key(&ada().account)].as_person().expect("a person")
}

#[test]
fn who_asks_is_forgotten_a_minute_after_their_last_order_is_over() {
    let (first, second) = (order_id(1), order_id(2));
    let mut services = Services::new();
    services.give(&order(first)).expect("placed");
    services.give(&erase()).expect("asked");
    services.give(&erase()).expect("asked twice");
    services.pass(10 * ERASE_AFTER_MS);
    assert_eq!(person(&services).open, [first], "the kitchen still needs the name");
    assert!(!services.ticket(first).customer_name.is_empty());

    // Another one is placed in the moment in which the first is over.
    services
        .give_as(cook(), &Command::Ticket(TicketCommand::Refuse { order: first, reason: "no".into() }))
        .expect("no");
    services.pass(ERASE_AFTER_MS - 1);
    services.give(&order(second)).expect("placed");
    services.pass(10 * ERASE_AFTER_MS);
    assert!(!services.ticket(second).customer_name.is_empty());
    services
        .give_as(cook(), &Command::Ticket(TicketCommand::Refuse { order: second, reason: "no".into() }))
        .expect("no");
    services.pass(ERASE_AFTER_MS - 1);
    assert!(matches!(person(&services).erasure, Erasure::Asked(_)));
    services.pass(1);
    assert!(matches!(person(&services).erasure, Erasure::Done(_)));
    for id in [first, second] {
        let (ticket, placed) = (services.ticket(id), services.order(id));
        assert!(ticket.customer_name.is_empty() && ticket.reason.as_ref().is_some_and(|reason| reason.is_empty()));
        assert!(placed.contact.name.is_empty() && placed.note.is_empty());
        assert!(services.rows[&case_key(id)].as_case().expect("a case").contact.name.is_empty());
        assert_eq!((placed.status, placed.total), (Status::Rejected, ticket.total), "what is no person's stays");
    }
}

#[test]
fn what_a_guest_ordered_counts_for_the_person_who_took_it_over() {
    let mut services = Services::new();
    services.give_as(the_guest(), &order(order_id(1))).expect("placed");
    services.give(&erase()).expect("asked");
    services.give(&claim()).expect("claimed");
    services.pass(10 * ERASE_AFTER_MS);
    assert_eq!(person(&services).open, [order_id(1)]);
    assert!(matches!(person(&services).erasure, Erasure::Asked(_)));
}

#[test]
fn nobody_has_somebody_else_erased() {
    let permits = |actor: &Actor, command: &Command| access::permits(actor, command, None);
    assert!(permits(&ada(), &erase()));
    assert!(!permits(&ben(), &erase()));
    let staff = Actor { account: ada().account, ..cook() };
    assert!(!permits(&staff, &erase()), "of staff more is kept than they may take back");
}
