//! The books, without a server: what an order counts as, in which day, and that only what is true in the end matters.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::order_key;
use domain::ordering::{self, Contact, Destination, Order, OrderEvent, Status};
use domain::payment::{Card, Method, Paid};
use domain::trade::{Event, Row};
use domain::{Currency, Money, OrderId, RestaurantId};
use flow::pipeline::{Bound, Counts};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sqlx::Row as _;
use sync::{Key, Millis, Position, Version};
use tempfile::TempDir;
use uuid::Uuid;

use super::book;
use super::figure::{Counted, FIGURES, Made, Zone, counted};
use super::report;
use super::run::{Press, READER, REPORTS_MAX, REPORTS_OF_A_DAY};
use crate::hub::{Page, Placed};
use crate::reader::Step;
use crate::services;
use crate::store::Truth;

const HOUR: Millis = 60 * 60 * 1000;

/// Half past eleven in the evening in Berlin; in UTC it is the same day.
const LATE: Millis = 1_795_991_400_000;

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// An order over twenty euro with a tip of two, that went through these steps.
fn order(pays: Method, paid: Paid, steps: &[Status]) -> Order {
    Order {
        id: OrderId(Uuid::from_u128(1)),
        customer: "ada".into(),
        restaurant: RestaurantId::from("trattoria"),
        restaurant_name: "Trattoria".into(),
        lines: vec![],
        total: euro(2200),
        tip: Some(euro(200)),
        destination: Destination::Collect,
        contact: Contact { name: "Ada".into(), phone: "".into() },
        note: "".into(),
        pays,
        paid,
        refunded: None,
        dispatch: None,
        wanted: None,
        status: *steps.last().expect("a step"),
        confirmed: true,
        number: None,
        ready_at: None,
        is_late: false,
        has_driver: false,
        cancel_asked: false,
        cancel_reason: "".into(),
        ended: None,
        proofs: vec![],
        steps: steps.iter().map(|status| ordering::Step { status: *status, at: LATE }).collect(),
        is_put_away: false,
    }
}

#[test]
fn what_an_order_counts_as_follows_from_its_steps_and_its_money_from_when_it_came() {
    use Status::{Cancelled, Delivered, HandedOver, PickedUp, Received, Rejected, Submitted};
    let card = || Method::Card(Card { token: "tok".into(), label: "Card".into() });
    for (pays, paid, steps, counts, money) in [
        (card(), Paid::Reserved, &[Submitted][..], "", [0, 0]),
        (card(), Paid::Reserved, &[Submitted, Received], "accepted", [0, 0]),
        (card(), Paid::Reserved, &[Submitted, Received, HandedOver], "accepted handed-over", [0, 0]),
        (card(), Paid::Charged, &[Submitted, Received, HandedOver], "accepted handed-over", [2000, 200]),
        (card(), Paid::Charged, &[Submitted, PickedUp, Delivered], "accepted delivered", [2000, 200]),
        (card(), Paid::LetGo, &[Submitted, Rejected], "refused", [0, 0]),
        (card(), Paid::LetGo, &[Submitted, Received, Rejected], "accepted refused", [0, 0]),
        (card(), Paid::LetGo, &[Submitted, Cancelled], "cancelled", [0, 0]),
        // Nobody was at the door, and it is charged all the same.
        (card(), Paid::Charged, &[Submitted, Received, PickedUp, Cancelled], "accepted cancelled", [2000, 200]),
        (Method::AtHandOver, Paid::NotYet, &[Submitted, Received], "accepted", [0, 0]),
        (Method::AtHandOver, Paid::NotYet, &[Submitted, Received, HandedOver], "accepted handed-over", [2000, 200]),
        (Method::AtHandOver, Paid::NotYet, &[Submitted, Received, Cancelled], "accepted cancelled", [0, 0]),
    ] {
        let order = order(pays, paid, steps);
        let Counted { accepted, refused, cancelled, handed_over, delivered, goods, tips, refunds, .. } =
            counted(&order, Version(1), 0);
        let names = [
            (accepted, "accepted"),
            (refused, "refused"),
            (cancelled, "cancelled"),
            (handed_over, "handed-over"),
            (delivered, "delivered"),
        ];
        let is: Vec<_> = names.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
        assert_eq!((is.join(" ").as_str(), [goods, tips], refunds), (counts, money, 0), "{steps:?} {paid:?}");
    }
    let refunded = Order { refunded: Some(euro(300)), ..order(card(), Paid::Charged, &[Submitted, HandedOver]) };
    assert_eq!(counted(&refunded, Version(1), 0).refunds, 300);
}

#[test]
fn every_kind_that_figures_are_made_of_is_written_by_a_service() {
    for kind in FIGURES.kinds() {
        assert!(services::ALL.iter().any(|service| service.produces.contains(&kind)), "nobody writes {kind}");
    }
}

/// A truth in a folder, whose books these tests write.
struct Books {
    truth: Truth,
    _folder: TempDir,
}

impl Books {
    async fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        Self { truth: Truth::open(folder.path()).await.expect("it is ours alone"), _folder: folder }
    }

    async fn keep(&self, made: Vec<Made>, now: Millis) {
        let keep = self
            .truth
            .writer
            .write_patiently(move |mut work| Box::pin(async move { book::keep(&mut work, &made, now).await }));
        keep.await.expect("it is kept");
    }

    /// Makes what is due, as `restaurant day`.
    async fn make(&self, now: Millis, quiet: (Millis, Millis)) -> Vec<String> {
        let due = report::due(&self.truth.workers, now, quiet, 100).await.expect("days");
        let names = due.iter().map(|(restaurant, day)| format!("{restaurant} {day}")).collect();
        let make = self.truth.writer.write_patiently(move |mut work| {
            Box::pin(async move {
                for day in &due {
                    report::make(&mut work, day, now).await?;
                }
                Ok(())
            })
        });
        make.await.expect("they are made");
        names
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        let found = sqlx::query(sql).fetch_all(&self.truth.workers).await.expect("it answers");
        found.iter().map(|row| row.get(0)).collect()
    }

    async fn orders(&self) -> Vec<String> {
        self.texts(
            "select concat_ws('|', order_id, version, day, accepted, handed_over, goods, refunds) from reporting_order
             order by order_id",
        )
        .await
    }
}

fn zone(since: Millis, zone: &str) -> Made {
    Made::Zone(Zone { restaurant: RestaurantId::from("trattoria"), since, zone: zone.to_owned() })
}

/// The order `nth` in its version, one more step or refund with each.
fn version(nth: u128, placed_at: Millis, version: u64) -> Made {
    use Status::{HandedOver, Received, Submitted};
    let steps = &[Submitted, Received, HandedOver][..usize::try_from(version).expect("small").min(3)];
    let refunded = (version > 3).then(|| euro(300));
    let mut order = Order { refunded, ..order(Method::AtHandOver, Paid::NotYet, steps) };
    order.id = OrderId(Uuid::from_u128(nth));
    order.steps[0].at = placed_at;
    Made::Counted(counted(&order, Version(version), 0))
}

#[tokio::test]
async fn the_books_are_the_same_in_any_order_in_any_pieces_and_however_often_each_comes() {
    // The zone is corrected while orders come: those of before keep their day.
    let mut told = vec![zone(0, "Europe/Berlin"), zone(LATE + HOUR, "America/New_York")];
    for nth in 0..4_i64 {
        let placed_at = LATE + nth * HOUR / 2;
        told.extend((1..=4).map(|made| version(u128::try_from(nth).expect("small"), placed_at, made)));
    }
    let straight = Books::new().await;
    straight.keep(told.clone(), 1).await;
    let wanted = straight.orders().await;
    let days: Vec<_> = wanted.iter().map(|row| row.split('|').nth(2).expect("a day")).collect();
    assert_eq!(days, ["2026-11-29", "2026-11-30", "2026-11-29", "2026-11-29"], "{wanted:?}");
    assert!(wanted.iter().all(|row| row.ends_with("|1|1|2000|300")), "{wanted:?}");
    for seed in 0..20 {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut heard = told.clone();
        for _ in 0..chance.random_range(0..10) {
            heard.push(told[chance.random_range(0..told.len())].clone());
        }
        heard.shuffle(&mut chance);
        let books = Books::new().await;
        while !heard.is_empty() {
            let upto = chance.random_range(1..=heard.len());
            books.keep(heard.drain(..upto).collect(), 1).await;
        }
        assert_eq!(books.orders().await, wanted, "seed {seed}");
    }
}

/// Facts of some orders, each a step further, in any order between the orders.
fn facts(chance: &mut StdRng) -> Vec<Placed> {
    let mut rows: BTreeMap<u128, (Row, Version)> = BTreeMap::new();
    let mut facts = vec![];
    for _ in 0..chance.random_range(1..30) {
        let nth = chance.random_range(0..4);
        let key = order_key(OrderId(Uuid::from_u128(nth)));
        let event = match rows.get(&nth) {
            None => OrderEvent::Submitted(Box::new(Order {
                id: OrderId(Uuid::from_u128(nth)),
                ..order(Method::AtHandOver, Paid::NotYet, &[Status::Submitted])
            })),
            Some(_) => OrderEvent::Refunded(euro(chance.random_range(1..100))),
        };
        let (row, mut new) = flow::fact::told("ordering", LATE, &key, rows.remove(&nth), vec![Event::Order(event)]);
        rows.extend(row.map(|row| (nth, row)));
        facts.append(&mut new);
    }
    (1..).map(Position).zip(facts.into_iter().map(Arc::new)).collect()
}

/// What the books hold after these steps: of each order its last version.
fn written<'a>(steps: impl IntoIterator<Item = &'a Step<Made>>) -> BTreeMap<Key, Counted> {
    let mut books: BTreeMap<Key, Counted> = BTreeMap::new();
    for made in steps.into_iter().flat_map(|step| &step.made) {
        let Made::Counted(counted) = made else { continue };
        let known = books.get(&counted.order).map(|known| known.version);
        if known.is_none_or(|known| known < counted.version) {
            books.insert(counted.order.clone(), counted.clone());
        }
    }
    books
}

#[test]
fn a_server_that_dies_between_two_transactions_of_a_page_loses_nothing() {
    for seed in 0..200 {
        let mut chance = StdRng::seed_from_u64(seed);
        let facts = facts(&mut chance);
        let reached = Position(100);
        let bound = Bound { count: chance.random_range(1..4), bytes: usize::MAX };
        let page = |after| {
            let facts = facts.iter().filter(|(position, _)| *position > after).cloned().collect();
            READER.steps(&Page { facts, reached }, bound, &mut Counts::default())
        };
        let whole = page(Position(0));
        assert_eq!(whole.last().map(|step| step.upto), Some(reached), "seed {seed}");
        for died_after in 0..whole.len() {
            let before = &whole[..=died_after];
            let rest = page(before.last().expect("a step").upto);
            assert_eq!(written(before.iter().chain(&rest)), written(&whole), "seed {seed}, after step {died_after}");
        }
    }
}

#[tokio::test]
async fn a_day_has_one_report_when_it_is_quiet_another_for_what_comes_late_and_none_for_what_was_known() {
    let (books, quiet) = (Books::new().await, (1_000, 5_000));
    books.keep(vec![zone(0, "Europe/Berlin")], 0).await;
    for made in 1..=3 {
        books.keep(vec![version(1, LATE, made), version(2, LATE, made)], 100).await;
    }
    assert_eq!(books.make(1_099, quiet).await, [""; 0], "not quiet yet");
    assert_eq!(books.make(1_100, quiet).await, ["trattoria 2026-11-29"], "one for six facts");
    assert_eq!(books.make(9_000, quiet).await, [""; 0]);
    books.keep(vec![version(1, LATE, 3), version(2, LATE, 1)], 9_000).await;
    assert_eq!(books.make(99_000, quiet).await, [""; 0], "it was known");
    let Made::Counted(newer) = version(2, LATE, 3) else { panic!("an order") };
    books.keep(vec![Made::Counted(Counted { version: Version(9), ..newer })], 9_000).await;
    assert_eq!(books.make(99_000, quiet).await, [""; 0], "what else happens to an order is no figure");
    books.keep(vec![version(1, LATE, 4)], 100_000).await;
    // On a busy evening it is never quiet.
    for later in 1..10 {
        books.keep(vec![version(u128::try_from(later).expect("small") + 2, LATE, 1)], 100_000 + 600 * later).await;
    }
    assert_eq!(books.make(104_999, quiet).await, [""; 0]);
    assert_eq!(books.make(105_000, quiet).await, ["trattoria 2026-11-29"]);
    let files = books.texts("select version || ' ' || cast(file as text) from reporting_report order by version").await;
    let lines: Vec<_> = files.iter().map(|file| file.split("\r\n").nth(1).expect("a line")).collect();
    assert_eq!(
        lines,
        ["2026-11-29,trattoria,EUR,2,2,0,0,2,0,4000,400,0", "2026-11-29,trattoria,EUR,11,2,0,0,2,0,4000,400,300"]
    );
}

#[test]
fn a_day_that_changes_all_the_time_is_reported_seldom_and_holds_up_no_other() {
    let (num, per_ms) = REPORTS_OF_A_DAY;
    let day = |name: usize| (RestaurantId(format!("r{name}")), jiff::civil::date(2026, 11, 29));
    let mut press = Press::new();
    let mut made = vec![];
    for at in (0..3 * per_ms).step_by(500) {
        if press.admit(vec![day(0)], at) == [day(0)] {
            made.push(at);
        }
    }
    assert_eq!(made.len(), 3 * num, "{made:?}");
    let mut press = Press::new();
    for _ in 0..num {
        assert_eq!(press.admit(vec![day(0)], 0).len(), 1);
    }
    assert_eq!(press.admit(vec![day(0), day(1)], 0), [day(1)]);
    // Those that there was no room for have lost no turn.
    let many: Vec<_> = (2..100).map(day).collect();
    for _ in 0..num {
        assert_eq!(press.admit(many.clone(), 1), many[..REPORTS_MAX]);
    }
    assert_eq!(press.admit(many.clone(), 2), many[REPORTS_MAX..2 * REPORTS_MAX]);
}
