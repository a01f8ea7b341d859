//! Proof at the door: what is taken of whom, and who hears of it.

mod world;

use domain::OrderId;
use domain::delivery::proof::{self, FORMS, KEPT_MS, PHOTO_BYTES_MAX, PROOFS_MAX, WORD_BYTES_MAX, fits, prove};
use domain::delivery::{
    DriverCommand, Errand, ErrandCommand, ErrandEvent, Hitch, Medium, OfferCommand, Proof, ProofKind, ProofRefusal,
};
use domain::fulfilment::secure::SECURE;
use domain::id::{case_key, errand_key};
use domain::kitchen::TicketCommand;
use domain::ordering::{Destination, OrderEvent, PlaceOrder};
use domain::trade::{Command, Event, Row, Trade};
use sync::{Actor, Model};
use world::services::{Services, yes};
use world::{cart, cook, driver, photo, place, placing};

const ORDER: OrderId = OrderId(uuid::Uuid::from_u128(1));

/// Dora has the meal of an order to the door.
fn in_the_bag() -> Services {
    let mut services = Services::with(&SECURE, yes);
    services.has_drivers = true;
    let on_duty = DriverCommand::GoOnDuty { driver: "dora".into(), at: None };
    services.give_as(driver("dora"), &Command::Driver(on_duty)).expect("on duty");
    let order = PlaceOrder { destination: Destination::Deliver("Via Lunga 2, Roma".into()), ..place(cart()) };
    services.give(&placing(order)).expect("placed");
    services.give_as(driver("dora"), &Command::Offer(OfferCommand::Claim { order: ORDER })).expect("theirs");
    let accept = TicketCommand::Accept { order: ORDER, ready_in_min: 9 };
    services.give_as(cook(), &Command::Ticket(accept)).expect("in order");
    reports(&mut services, ErrandCommand::PickUp { order: ORDER });
    services
}

fn delivered() -> Services {
    let mut services = in_the_bag();
    reports(&mut services, ErrandCommand::Deliver { order: ORDER });
    services
}

fn reports(services: &mut Services, command: ErrandCommand) {
    services.give_as(driver("dora"), &Command::Errand(command)).expect("reported");
}

fn errand(services: &Services) -> &Errand {
    services.rows[&errand_key(ORDER)].as_errand().expect("an errand")
}

/// The proof is judged, and told where it is taken.
fn tries(services: &mut Services, proof: &Proof, by: &Actor) -> Result<(), ProofRefusal> {
    let told = prove(Some(errand(services)), proof, by)?;
    told.into_iter().for_each(|event| services.happen(&errand_key(ORDER), &Event::Errand(event)));
    Ok(())
}

#[test]
fn a_photo_is_on_its_own_delivery_and_its_customer_and_the_desk_hear_of_it_once() {
    let mut services = delivered();
    let photo = photo(7, services.now);
    for _ in 0..2 {
        tries(&mut services, &photo, &driver("dora")).expect("hers");
    }
    let case = services.rows[&case_key(ORDER)].as_case().expect("a case");
    for proofs in [&errand(&services).proofs, &services.order(ORDER).proofs, &case.proofs] {
        assert_eq!(*proofs, std::slice::from_ref(&photo));
    }
    for fact in ["delivery-proved", "order-proof-noted", "case-proof-noted"] {
        assert_eq!(services.facts.iter().filter(|told| **told == fact).count(), 1, "{fact}");
    }
    assert_eq!(Trade::scopes(&errand_key(ORDER), &services.rows[&errand_key(ORDER)]), [], "the address stays away");
}

#[test]
fn who_never_had_the_meal_proves_nothing_and_who_had_it_says_first_how_it_ended() {
    let mut services = in_the_bag();
    let photo = photo(7, services.now);
    assert_eq!(prove(None, &photo, &driver("dora")), Err(ProofRefusal::NoSuchDelivery));
    assert_eq!(tries(&mut services, &photo, &driver("dora")), Err(ProofRefusal::NotYet));
    reports(&mut services, ErrandCommand::Deliver { order: ORDER });
    for stranger in [driver("emil"), cook()] {
        assert_eq!(tries(&mut services, &photo, &stranger), Err(ProofRefusal::NotTheirs), "{stranger:?}");
    }
    assert_eq!(tries(&mut services, &photo, &driver("dora")), Ok(()));
}

#[test]
fn a_meal_that_was_brought_in_vain_is_proved_and_one_that_nobody_wants_is_not() {
    let mut services = in_the_bag();
    let (order, hitch) = (ORDER, Hitch::NobodyThere);
    reports(&mut services, ErrandCommand::Fail { order, reason: "nobody opens".into(), hitch });
    let photo = photo(7, services.now);
    assert_eq!(tries(&mut services, &photo, &driver("dora")), Ok(()));
    let mut services = in_the_bag();
    let called_off = ErrandEvent::CalledOff { at: services.now };
    services.happen(&errand_key(ORDER), &Event::Errand(called_off));
    assert_eq!(tries(&mut services, &photo, &driver("dora")), Err(ProofRefusal::CalledOff));
}

#[test]
fn a_name_is_one_proof_and_a_delivery_has_so_many() {
    let mut services = delivered();
    for name in 1..=PROOFS_MAX as u128 {
        let photo = photo(name, services.now);
        tries(&mut services, &photo, &driver("dora")).expect("there is room");
    }
    let one_more = photo(99, services.now);
    assert_eq!(tries(&mut services, &one_more, &driver("dora")), Err(ProofRefusal::TooMany));
    let again = photo(1, services.now + 5);
    assert_eq!(tries(&mut services, &again, &driver("dora")), Ok(()), "the same once more is no news");
    let other = Proof { hash: None, ..again };
    assert_eq!(tries(&mut services, &other, &driver("dora")), Err(ProofRefusal::OtherBytes));
    assert_eq!(errand(&services).proofs.len(), PROOFS_MAX);
}

#[test]
fn what_would_be_thrown_away_at_once_is_not_taken_and_what_is_there_is_kept_for_a_month() {
    let mut services = delivered();
    let since = errand(&services).since;
    let late = photo(7, since + KEPT_MS);
    assert_eq!(tries(&mut services, &late, &driver("dora")), Err(ProofRefusal::TooLate));
    let in_time = photo(7, since + KEPT_MS - 1);
    assert_eq!(tries(&mut services, &in_time, &driver("dora")), Ok(()));
    assert!(in_time.is_kept(in_time.at + KEPT_MS - 1) && !in_time.is_kept(in_time.at + KEPT_MS));
}

#[test]
fn of_who_is_forgotten_no_proof_is_left_and_none_comes_late() {
    let mut services = delivered();
    let first = photo(7, services.now);
    tries(&mut services, &first, &driver("dora")).expect("hers");
    services.happen(&domain::id::order_key(ORDER), &Event::Order(OrderEvent::Erased));
    let later = photo(8, services.now);
    assert_eq!(tries(&mut services, &later, &driver("dora")), Err(ProofRefusal::Forgotten));
    // One that was taken just before is told just after.
    let told = ErrandEvent::Proved { driver: "dora".into(), proof: later };
    services.happen(&errand_key(ORDER), &Event::Errand(told));
    assert_eq!(services.order(ORDER).proofs, []);
    assert_eq!(services.rows[&case_key(ORDER)].as_case().expect("a case").proofs, []);
    assert_eq!(Row::as_errand(&services.rows[&errand_key(ORDER)]).expect("an errand").proofs, []);
}

#[test]
fn a_form_is_of_its_kind_and_no_larger_than_it_may_be() {
    for form in FORMS {
        assert_eq!(fits(form.kind, form.medium, form.bytes_max), Ok(()));
        assert_eq!(fits(form.kind, form.medium, form.bytes_max + 1), Err(ProofRefusal::TooLarge(form.bytes_max)));
        assert!(form.bytes_max <= PHOTO_BYTES_MAX, "a body of that size is read");
    }
    let text = (ProofKind::Photo, Medium::Text);
    let picture = (ProofKind::Word, Medium::Png);
    let line = (ProofKind::Signature, Medium::Jpeg);
    for (kind, medium) in [text, picture, line] {
        assert_eq!(fits(kind, medium, 1), Err(ProofRefusal::WrongForm), "{kind:?} as {medium:?}");
    }
    let mut services = delivered();
    let word = Proof {
        kind: ProofKind::Word,
        medium: Medium::Text,
        bytes: WORD_BYTES_MAX as u32 + 1,
        ..photo(7, services.now)
    };
    assert_eq!(tries(&mut services, &word, &driver("dora")), Err(ProofRefusal::TooLarge(WORD_BYTES_MAX)));
}

#[test]
fn a_medium_is_known_by_its_type_and_by_how_its_bytes_begin() {
    let samples: [(Medium, &[u8]); 4] = [
        (Medium::Jpeg, &[0xff, 0xd8, 0xff, 0xe0, 0]),
        (Medium::Png, b"\x89PNG\r\n\x1a\n\0\0"),
        (Medium::Webp, b"RIFF\x10\0\0\0WEBPVP8 "),
        (Medium::Text, "left with Frau Grün".as_bytes()),
    ];
    for (medium, bytes) in samples {
        assert_eq!(Medium::of_type(medium.content_type()), Some(medium));
        let is_of: Vec<Medium> = Medium::ALL.into_iter().filter(|medium| medium.is_of(bytes)).collect();
        assert!(is_of.contains(&medium), "{medium:?}");
        assert!(!is_of.iter().any(|other| *other != medium && *other != Medium::Text), "{medium:?}: {is_of:?}");
    }
    assert_eq!(Medium::of_type("IMAGE/JPEG; x=1"), Some(Medium::Jpeg));
    assert_eq!(Medium::of_type("image/svg+xml"), None, "what can hold a script is no picture");
    assert!(!Medium::Text.is_of(b" \n") && !Medium::Text.is_of(&[0xff, 0xd8, 0xff]) && !Medium::Jpeg.is_of(b"GIF89a"));
    assert_eq!(ProofKind::ALL.map(|kind| ProofKind::named(kind.name())), ProofKind::ALL.map(Some));
    assert_eq!(proof::ProofKind::named("video"), None);
}
