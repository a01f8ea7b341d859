//! What the desk does about a fact: it notes what troubles an order, and what does not any more.

use sync::{AccountId, Key, Millis, Personal};

use super::{Happened, Rows, order, order_of};
use crate::delivery::zone::SEEK_MS;
use crate::delivery::{ErrandEvent, Hitch};
use crate::id::case_key;
use crate::ops::case::{self, Case, CaseEvent, Concern, LOOK_WITHIN_MS, Trouble};
use crate::payment::PaymentEvent;
use crate::trade::{Event, Row};

pub(super) fn case_of(happened: &Happened<'_>) -> Vec<Key> {
    order_of(happened).map(case_key).into_iter().collect()
}

pub(super) fn open_case(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(order) = order(happened) else { return vec![] };
    let key = case_key(order.id);
    if rows(&key).is_some() {
        return vec![];
    }
    vec![(key, Event::Case(CaseEvent::Opened(Box::new(case::open(order, happened.at)))))]
}

pub(super) fn follow(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let Some(key) = case_of(happened).pop() else { return vec![] };
    let Some(case) = rows(&key).and_then(Row::into_case) else { return vec![] };
    heard(&case, happened).into_iter().map(|event| (key.clone(), Event::Case(event))).collect()
}

pub(super) fn note_proof(happened: &Happened<'_>, rows: Rows<'_>) -> Vec<(Key, Event)> {
    let (Event::Errand(ErrandEvent::Proved { proof, .. }), Some(key)) = (happened.event, case_of(happened).pop())
    else {
        return vec![];
    };
    let is_news = |case: &Case| !case.contact.name.is_empty() && !case.proofs.iter().any(|known| known.id == proof.id);
    let is_wanted = rows(&key).and_then(Row::into_case).is_some_and(|case| is_news(&case));
    is_wanted.then(|| (key, Event::Case(CaseEvent::Proved(proof.clone())))).into_iter().collect()
}

fn heard(case: &Case, happened: &Happened<'_>) -> Vec<CaseEvent> {
    let at = happened.at;
    let said = |concern, due, by: Option<&AccountId>, words: Personal| {
        case::raise(case, Trouble { concern, since: at, due, by: by.cloned(), words }).into_iter().collect()
    };
    let raise = |concern, due, words: &str| said(concern, due, None, words.into());
    let pass = |concern| case::pass(case, concern, at);
    match (happened.kind(), happened.event) {
        ("order-submission-expired", _) => {
            let end = happened.row.and_then(Row::as_process).and_then(|process| process.waits);
            raise(Concern::KitchenSilent, end.map_or(at, |(_, end_at)| end_at), "")
        }
        ("order-rejected", _) if case.is_over => {
            raise(Concern::Contradicted, at + LOOK_WITHIN_MS, &format!("{}: refused", case.restaurant_name))
        }
        ("order-received" | "order-rejected", _) => pass(Concern::KitchenSilent).into_iter().collect(),
        // The board goes on looking, and says so again.
        ("driver-assignment-aborted", _) => raise(Concern::NobodyFound, at + SEEK_MS, ""),
        ("driver-dropped-out", _) if happened.row.is_some() => {
            case::want(case, Concern::NobodyFound).into_iter().collect()
        }
        ("driver-assigned", _) => pass(Concern::NobodyFound).into_iter().collect(),
        ("delivery-failed", Event::Errand(ErrandEvent::Failed { driver, reason, hitch, .. })) => {
            let concern = match hitch {
                Hitch::NobodyThere => Concern::NobodyThere,
                Hitch::Other => Concern::NotDelivered,
            };
            said(concern, at + LOOK_WITHIN_MS, Some(driver), reason.clone())
        }
        // A report that moves no errand is about one that was over.
        (_, Event::Errand(ErrandEvent::PickedUp { driver, .. })) if happened.row.is_none() || case.is_over => {
            said(Concern::Contradicted, at + LOOK_WITHIN_MS, Some(driver), "picked up".into())
        }
        (_, Event::Errand(ErrandEvent::Delivered { driver, .. })) if happened.row.is_none() || case.is_over => {
            said(Concern::Contradicted, at + LOOK_WITHIN_MS, Some(driver), "delivered".into())
        }
        ("order-picked-up", _) => pass(Concern::NobodyFound).into_iter().collect(),
        (_, Event::Payment(PaymentEvent::ChargeFailed { reason, .. })) => {
            raise(Concern::NotCharged, at + LOOK_WITHIN_MS, reason)
        }
        ("payment-captured", _) => pass(Concern::NotCharged).into_iter().chain(case::charge(case)).collect(),
        (_, Event::Payment(PaymentEvent::RefundFailed { reason })) => {
            raise(Concern::NotGivenBack, at + LOOK_WITHIN_MS, reason)
        }
        // A later sum that is given back says nothing of one that is not.
        ("payment-refunded", _) => {
            let is_whole = happened.row.and_then(Row::as_payment).is_some_and(|payment| payment.given_back.waived == 0);
            pass(Concern::NotGivenBack).filter(|_| is_whole).into_iter().collect()
        }
        // It was delivered, and then called off by somebody who had not heard of that.
        ("order-cancelled", _) if case.is_over && happened.row.is_some() => {
            raise(Concern::Contradicted, at + LOOK_WITHIN_MS, "delivered, and cancelled")
        }
        // To a driver it is handed over on its way, and not at its end.
        ("order-handed-over", _) if case.zone.is_some() => vec![],
        ("order-cancelled" | "order-handed-over" | "delivery-completed", _) => {
            case::end(case, at).into_iter().collect()
        }
        _ => vec![],
    }
}

pub(super) fn case_due(row: &Row) -> Option<Millis> {
    row.as_case().and_then(case::due)
}

pub(super) fn file_case(row: &Row, now: Millis) -> Vec<Event> {
    row.as_case().and_then(|case| case::file(case, now)).map(Event::Case).into_iter().collect()
}
