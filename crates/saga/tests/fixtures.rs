//! Six sagas of other trades, each killed at every line of its log and begun again from it, with every word said twice.
//!
//! Two recover backward, one forward, one runs in both orders of its steps, one holds an invariant over money, and one asks
//! in parallel and is answered in three ways.

mod world;

use saga::{Fault, Pivot, Saga, Step, Undo};
use world::{Answer, given_up_after_each_line, in_all_deaths};

/// A step whose events carry its name, such as `seat-requested`, `seat-done` and `seat-undone`.
macro_rules! step {
    ($name:literal by $by:literal after $after:expr, $undo:expr) => {
        Step {
            name: $name,
            by: $by,
            after: &$after,
            entry: concat!($name, "-requested"),
            exit: &[concat!($name, "-done")],
            refused: &[concat!($name, "-refused")],
            failed: &[concat!($name, "-failed")],
            tries_max: 3,
            undo: $undo,
        }
    };
}

/// Taken back by its doer, who understands that at any time, or only after the answer.
macro_rules! undone {
    ($name:literal at any time) => {
        Undo::By { entry: concat!($name, "-undo"), exit: &[concat!($name, "-undone")], at_any_time: true }
    };
    ($name:literal) => {
        Undo::By { entry: concat!($name, "-undo"), exit: &[concat!($name, "-undone")], at_any_time: false }
    };
}

const NOTHING: Undo = Undo::Nothing { because: "it is a question" };

const fn saga(name: &'static str, pivot: Pivot, steps: &'static [Step]) -> Saga {
    Saga { name, pivot, steps, ended: "ended", aborted: "aborted", noted: "noted" }
}

/// A card is issued: two checks in parallel, then a limit is computed. A check says yes, says no, or cannot be reached.
const ENROLL_CARD: Saga = saga(
    "enroll-card",
    Pivot::Never,
    &[
        step!("eligibility" by "verification" after [], NOTHING),
        step!("identity" by "identity" after [], undone!("identity")),
        step!("limit" by "calculation" after ["eligibility", "identity"], NOTHING),
    ],
);

#[test]
fn enroll_card_joins_two_checks_and_tells_three_outcomes_apart() {
    in_all_deaths(&ENROLL_CARD, &[], |end| _ = end.well().asked("limit", 1));
    let third = [Answer::NotNow, Answer::NotNow, Answer::Yes];
    in_all_deaths(&ENROLL_CARD, &[("identity", &third)], |end| _ = end.well().asked("identity", 3));
    in_all_deaths(&ENROLL_CARD, &[("identity", &[Answer::NotNow; 3])], |end| {
        end.given_up("identity: not now").asked("limit", 0);
    });
    in_all_deaths(&ENROLL_CARD, &[("eligibility", &[Answer::No])], |end| {
        end.given_up("eligibility: no").asked("eligibility", 1).asked("limit", 0);
    });
}

/// A trip is booked; when the car cannot be had, the flight, the hotel and the payment go back, last first.
const BOOK_TRIP: Saga = saga(
    "book-trip",
    Pivot::Never,
    &[
        step!("payment" by "bank" after [], undone!("payment" at any time)),
        step!("hotel" by "rooms" after ["payment"], undone!("hotel")),
        step!("flight" by "airline" after ["hotel"], undone!("flight")),
        step!("car" by "rental" after ["flight"], undone!("car")),
    ],
);

#[test]
fn book_trip_goes_back_last_first() {
    in_all_deaths(&BOOK_TRIP, &[], |end| _ = end.well());
    in_all_deaths(&BOOK_TRIP, &[("car", &[Answer::No])], |end| {
        end.given_up("car: no").took_back(&["flight", "hotel", "payment"]);
    });
    in_all_deaths(&BOOK_TRIP, &[("payment", &[Answer::No])], |end| {
        end.given_up("payment: no").took_back(&[]).asked("hotel", 0);
    });
}

/// Scores of a game are added one by one; each that is added stays, and what fails is tried until it is there.
const TEAM_SCORES: Saga = saga(
    "team-scores",
    Pivot::AtOnce,
    &[
        step!("ann" by "scores" after [], NOTHING),
        step!("bea" by "scores" after ["ann"], NOTHING),
        step!("cleo" by "scores" after ["bea"], NOTHING),
    ],
);

#[test]
fn team_scores_go_on_from_the_last_save_point() {
    let often = [Answer::NotNow, Answer::No, Answer::NotNow, Answer::NotNow, Answer::Yes];
    in_all_deaths(&TEAM_SCORES, &[("bea", &often)], |end| {
        end.well().asked("ann", 1).asked("bea", 5).asked("cleo", 1);
    });
}

/// An order is placed against a credit: no credit, no order; no payment, and the credit is free again.
const RESERVE_WITH_CREDIT: Saga = saga(
    "reserve-with-credit",
    Pivot::Never,
    &[
        step!("credit" by "wallet" after [], undone!("credit")),
        step!("payment" by "bank" after ["credit"], undone!("payment" at any time)),
    ],
);

#[test]
fn reserve_with_credit_leaves_no_credit_reserved_for_what_was_not_paid() {
    in_all_deaths(&RESERVE_WITH_CREDIT, &[("credit", &[Answer::No])], |end| {
        end.given_up("credit: no").took_back(&[]).asked("payment", 0);
    });
    in_all_deaths(&RESERVE_WITH_CREDIT, &[("payment", &[Answer::No])], |end| {
        end.given_up("payment: no").took_back(&["credit"]);
    });
}

/// Stock and payment, in either order: two tables that differ in what waits for what.
const STOCK_FIRST: Saga = saga(
    "fulfil-order",
    Pivot::After("delivery"),
    &[
        step!("stock" by "warehouse" after [], undone!("stock")),
        step!("payment" by "bank" after ["stock"], undone!("payment" at any time)),
        step!("delivery" by "courier" after ["payment"], undone!("delivery")),
        step!("receipt" by "bank" after ["delivery"], NOTHING),
    ],
);

const PAYMENT_FIRST: Saga = saga(
    "fulfil-order",
    Pivot::After("delivery"),
    &[
        step!("payment" by "bank" after [], undone!("payment" at any time)),
        step!("stock" by "warehouse" after ["payment"], undone!("stock")),
        step!("delivery" by "courier" after ["stock"], undone!("delivery")),
        step!("receipt" by "bank" after ["delivery"], NOTHING),
    ],
);

#[test]
fn fulfil_order_ends_the_same_in_both_orders_of_stock_and_payment() {
    for (saga, back) in [(&STOCK_FIRST, ["payment", "stock"]), (&PAYMENT_FIRST, ["stock", "payment"])] {
        in_all_deaths(saga, &[], |end| _ = end.well());
        in_all_deaths(saga, &[("delivery", &[Answer::No])], |end| {
            end.given_up("delivery: no").took_back(&back);
        });
        // Past the pivot there is no way back: what fails then is tried again.
        in_all_deaths(saga, &[("receipt", &[Answer::No, Answer::NotNow, Answer::Yes])], |end| {
            end.well().asked("receipt", 3).took_back(&[]);
        });
    }
}

/// A student is registered, and a library and a refectory follow without an order between them.
const REGISTER_STUDENT: Saga = saga(
    "register-student",
    Pivot::Never,
    &[
        step!("student" by "registry" after [], undone!("student")),
        step!("library" by "library" after ["student"], undone!("library" at any time)),
        step!("meals" by "refectory" after ["student"], undone!("meals" at any time)),
    ],
);

#[test]
fn register_student_takes_back_both_branches_before_the_trunk() {
    in_all_deaths(&REGISTER_STUDENT, &[], |end| _ = end.well());
    in_all_deaths(&REGISTER_STUDENT, &[("meals", &[Answer::No])], |end| {
        end.given_up("meals: no").took_back(&["library", "student"]);
    });
}

#[test]
fn whoever_wants_it_given_up_is_heard_until_the_pivot_and_not_after() {
    for saga in [&BOOK_TRIP, &RESERVE_WITH_CREDIT, &REGISTER_STUDENT] {
        // Without a pivot it is never too late, not even when all is done.
        given_up_after_each_line(saga, |end| _ = end.given_up("wanted back"));
    }
    for saga in [&STOCK_FIRST, &PAYMENT_FIRST] {
        given_up_after_each_line(saga, |end| {
            _ = if end.had_done("delivery") { end.well() } else { end.given_up("wanted back") };
        });
    }
    given_up_after_each_line(&TEAM_SCORES, |end| _ = end.well());
}

#[test]
fn a_table_that_cannot_be_run_is_told() {
    const ALL: [&Saga; 7] =
        [&ENROLL_CARD, &BOOK_TRIP, &TEAM_SCORES, &RESERVE_WITH_CREDIT, &STOCK_FIRST, &PAYMENT_FIRST, &REGISTER_STUDENT];
    for saga in ALL {
        assert_eq!(saga.faults(), [], "{}", saga.name);
    }
    const CIRCLE: &[Step] = &[
        step!("egg" by "hen" after ["hen"], NOTHING),
        step!("hen" by "egg" after ["egg"], NOTHING),
        step!("egg" by "hen" after ["cock"], NOTHING),
        Step { name: "silence", ..Step::PLAIN },
    ];
    let faults = saga("circle", Pivot::After("fox"), CIRCLE).faults();
    let told = [
        Fault::Circle("egg"),
        Fault::Circle("hen"),
        Fault::Twice("egg"),
        Fault::Unknown("cock"),
        Fault::Unknown("fox"),
        Fault::Mute("silence"),
        Fault::Ambiguous("egg-done"),
    ];
    for fault in told {
        assert!(faults.contains(&fault), "{fault:?} in {faults:?}");
    }
}
