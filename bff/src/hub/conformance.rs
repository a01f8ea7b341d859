//! What any hub must do, as tests that run over each: over the one in the truth's file, and over a broker outside of the process, as
//! it would be at scale, of which our process is one client among others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::OrderId;
use domain::account::PersonEvent;
use domain::id::{order_key, person_key};
use domain::trade::Event;
use futures::future::BoxFuture;
use sync::{AccountId, Millis, Position};
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use super::embedded::Embedded;
use super::{Hub, Page, Placed, Wanted};
use crate::ledger::Fact;
use crate::store::{StoreError, Truth};

// ---- the hubs ------------------------------------------------------------------------------------------------------

/// A hub that outlives whoever talks to it.
trait Site {
    async fn open(&self) -> Box<dyn Hub>;
}

/// A folder with a truth.
struct Folder(TempDir);

impl Site for Folder {
    async fn open(&self) -> Box<dyn Hub> {
        let truth = Truth::open(self.0.path()).await.expect("it is ours alone");
        Box::new(Embedded::open(&truth).await.expect("it opens"))
    }
}

/// A broker somewhere else.
#[derive(Clone)]
struct Broker(Arc<Log>);

struct Log {
    facts: Mutex<Vec<Fact>>,
    head: watch::Sender<Position>,
}

impl Broker {
    fn start() -> Self {
        Self(Arc::new(Log { facts: Mutex::default(), head: watch::Sender::new(Position(0)) }))
    }
}

impl Site for Broker {
    async fn open(&self) -> Box<dyn Hub> {
        Box::new(self.clone())
    }
}

impl Hub for Broker {
    fn publish(&self, facts: Vec<Fact>) -> BoxFuture<'_, Result<Position, StoreError>> {
        let mut log = self.0.facts.lock().expect("nobody panicked");
        for fact in facts {
            if log.iter().all(|known| known.id != fact.id) {
                log.push(fact);
            }
        }
        let head = Position(log.len() as u64);
        self.0.head.send_replace(head);
        Box::pin(async move { Ok(head) })
    }

    fn read<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Page, StoreError>> {
        let log = self.0.facts.lock().expect("nobody panicked");
        let numbered = log.iter().enumerate().map(|(index, fact)| (Position(index as u64 + 1), Arc::new(fact.clone())));
        let taken = numbered.filter(|(position, fact)| wanted.takes(*position, fact));
        let facts: Vec<_> = taken.take(limit).collect();
        let last = facts.last().map(|(position, _)| *position).filter(|_| facts.len() == limit);
        let reached = last.unwrap_or(Position(log.len() as u64));
        Box::pin(async move { Ok(Page { facts, reached }) })
    }

    fn latest<'a>(&'a self, wanted: &'a Wanted, limit: usize) -> BoxFuture<'a, Result<Vec<Placed>, StoreError>> {
        Box::pin(async move {
            let mut facts = self.read(wanted, usize::MAX).await?.facts;
            Ok(facts.split_off(facts.len().saturating_sub(limit)))
        })
    }

    fn before(&self, moment: Millis) -> BoxFuture<'_, Result<Option<Position>, StoreError>> {
        let log = self.0.facts.lock().expect("nobody panicked");
        let found = log.iter().rposition(|fact| fact.at < moment).map(|index| Position(index as u64 + 1));
        Box::pin(async move { Ok(found) })
    }

    fn fact_at(&self, position: Position) -> BoxFuture<'_, Result<Option<Uuid>, StoreError>> {
        let log = self.0.facts.lock().expect("nobody panicked");
        let index = usize::try_from(position.0).ok().and_then(|position| position.checked_sub(1));
        let found = index.and_then(|index| log.get(index)).map(|fact| fact.id);
        Box::pin(async move { Ok(found) })
    }

    fn heads(&self) -> watch::Receiver<Position> {
        self.0.head.subscribe()
    }
}

// ---- facts ---------------------------------------------------------------------------------------------------------

const EVEN: &str = "even";
const ODD: &str = "odd";

/// The order that every third fact tells of.
const ORDER: OrderId = OrderId(Uuid::from_u128(77));

/// The fact number `number`, of the moment `number`.
pub(super) fn fact(number: u64) -> Fact {
    let person = AccountId::from("ada");
    let erased = Event::Person(PersonEvent::Erased { person: person.clone(), at: 0 });
    let (_, mut told) = flow::fact::told("account", 0, &person_key(&person), None, vec![erased]);
    let key = if number.is_multiple_of(3) { order_key(ORDER) } else { person_key(&person) };
    let kind = if number.is_multiple_of(2) { EVEN } else { ODD };
    let at = Millis::try_from(number).expect("a small number");
    Fact { id: Uuid::from_u128(number.into()), kind: kind.into(), at, key, ..told.remove(0) }
}

fn facts(numbers: impl IntoIterator<Item = u64>) -> Vec<Fact> {
    numbers.into_iter().map(fact).collect()
}

/// The numbers of the facts of a page, at their positions.
fn numbers(page: &Page) -> Vec<(u64, u128)> {
    page.facts.iter().map(|(position, fact)| (position.0, fact.id.as_u128())).collect()
}

async fn read(hub: &dyn Hub, wanted: &Wanted, limit: usize) -> (Vec<(u64, u128)>, u64) {
    let page = hub.read(wanted, limit).await.expect("it reads");
    (numbers(&page), page.reached.0)
}

/// All that is wanted, by pages of `limit`.
async fn walk(hub: &dyn Hub, wanted: &Wanted, limit: usize) -> Vec<u128> {
    let (mut here, mut met) = (Position(0), vec![]);
    while here < hub.head() {
        let page = hub.read(&wanted.after(here), limit).await.expect("it reads");
        assert!(page.reached > here && page.facts.len() <= limit, "each page goes on, and none is too large");
        met.extend(page.facts.iter().map(|(_, fact)| fact.id.as_u128()));
        here = page.reached;
    }
    met
}

// ---- what they must do ---------------------------------------------------------------------------------------------

async fn every_fact_has_the_next_place_and_there_is_one_of_it(place: impl Site) {
    let hub = place.open().await;
    assert_eq!(hub.head(), Position(0));
    assert_eq!(hub.publish(facts([5, 3, 9])).await.expect("it is kept"), Position(3));
    assert_eq!(hub.publish(facts([3, 4, 4, 5])).await.expect("it is kept"), Position(4), "what it has it leaves out");
    assert_eq!(hub.publish(vec![]).await.expect("nothing is kept"), Position(4));
    assert_eq!(read(&*hub, &Wanted::default(), 10).await, (vec![(1, 5), (2, 3), (3, 9), (4, 4)], 4));
    assert_eq!(hub.head(), Position(4));
    for (at, there) in [(0, None), (1, Some(5)), (4, Some(4)), (5, None)] {
        assert_eq!(hub.fact_at(Position(at)).await.expect("it looks"), there.map(Uuid::from_u128));
    }
}

async fn a_reader_gets_what_it_wants_page_by_page_and_knows_how_far_it_has_come(place: impl Site) {
    let hub = place.open().await;
    hub.publish(facts(1..=12)).await.expect("it is kept");
    let even = Wanted::of(&[EVEN]);
    assert_eq!(read(&*hub, &even, 2).await, (vec![(2, 2), (4, 4)], 4), "it goes on after the last of a full page");
    assert_eq!(read(&*hub, &even.after(Position(8)), 2).await, (vec![(10, 10), (12, 12)], 12));
    assert_eq!(read(&*hub, &even.after(Position(10)), 2).await, (vec![(12, 12)], 12), "or from the head");
    assert_eq!(read(&*hub, &Wanted::of(&["none"]), 2).await, (vec![], 12), "also where nothing was for it");
    assert_eq!(walk(&*hub, &even, 1).await, [2, 4, 6, 8, 10, 12]);
    assert_eq!(walk(&*hub, &Wanted::of(&[EVEN, ODD]), 5).await, (1..=12).collect::<Vec<_>>());

    let of_order = Wanted { order: Some(ORDER), ..Wanted::default() };
    assert_eq!(walk(&*hub, &of_order, 3).await, [3, 6, 9, 12]);
    let of_row = Wanted { key: Some(order_key(ORDER)), ..Wanted::default() };
    assert_eq!(walk(&*hub, &of_row, 2).await, [3, 6, 9, 12]);
    let some_time = Wanted { from: Some(4), until: Some(7), ..Wanted::default() };
    assert_eq!(walk(&*hub, &some_time, 2).await, [4, 5, 6]);
    assert_eq!(walk(&*hub, &Wanted { kinds: vec![ODD.into()], ..of_order }, 3).await, [3, 9]);
    for (moment, there) in [(1, None), (2, Some(1)), (7, Some(6)), (99, Some(12))] {
        assert_eq!(hub.before(moment).await.expect("it looks"), there.map(Position));
    }
}

async fn the_end_of_a_story_is_read_without_its_beginning(place: impl Site) {
    let hub = place.open().await;
    hub.publish(facts(1..=12)).await.expect("it is kept");
    let of_order = Wanted { order: Some(ORDER), ..Wanted::default() };
    for (limit, wanted) in [(2, vec![9, 12]), (9, vec![3, 6, 9, 12]), (0, vec![])] {
        let facts = hub.latest(&of_order, limit).await.expect("it reads");
        assert_eq!(facts.iter().map(|(position, _)| position.0).collect::<Vec<_>>(), wanted);
    }
}

async fn what_was_published_is_there_for_whoever_comes_later(place: impl Site) {
    place.open().await.publish(facts(1..=3)).await.expect("it is kept");
    let again = place.open().await;
    assert_eq!((again.head(), walk(&*again, &Wanted::default(), 2).await), (Position(3), vec![1, 2, 3]));
    assert_eq!(again.publish(facts(2..=4)).await.expect("it is kept"), Position(4));
}

async fn whoever_waits_is_woken_when_it_can_be_read(place: impl Site) {
    let hub = place.open().await;
    let mut heads = hub.heads();
    heads.borrow_and_update();
    let (published, ()) = futures::join!(hub.publish(facts([1])), async {
        heads.changed().await.expect("the hub is there");
        assert_eq!(walk(&*hub, &Wanted::default(), 9).await, [1]);
    });
    published.expect("it is kept");
}

/// A place that is filled behind a reader would be a fact that it never hears of.
async fn nothing_appears_behind_a_reader_while_many_publish(place: impl Site) {
    const EACH: u64 = 40;
    let hub = place.open().await;
    let publisher = |first: u64| {
        let hub = &hub;
        async move {
            for number in 0..EACH {
                // Each is said twice, the second time with the next.
                let numbers = first + number..(first + number + 2).min(first + EACH);
                hub.publish(facts(numbers)).await.expect("it is kept");
            }
        }
    };
    let reader = async {
        let (mut here, mut met) = (Position(0), vec![]);
        let mut heads = hub.heads();
        while met.len() < 4 * EACH as usize {
            heads.borrow_and_update();
            let page = hub.read(&Wanted::default().after(here), 7).await.expect("it reads");
            for (position, fact) in page.facts {
                assert_eq!(position.0, met.len() as u64 + 1, "no place is left out");
                met.push(fact.id);
            }
            if page.reached == here {
                heads.changed().await.expect("the hub is there");
            }
            here = page.reached;
        }
        met
    };
    let publishers = futures::future::join_all([1_000, 2_000, 3_000, 4_000].map(publisher));
    let (met, _) = futures::join!(reader, publishers);
    assert_eq!(met.iter().collect::<BTreeSet<_>>().len(), met.len(), "each once");
}

/// Runs each of these over each of the hubs.
macro_rules! every_hub {
    ($($must:ident),* $(,)?) => {
        mod embedded {
            $(#[tokio::test]
            async fn $must() {
                super::$must(super::Folder(tempfile::tempdir().expect("a folder"))).await;
            })*
        }
        mod broker {
            $(#[tokio::test]
            async fn $must() {
                super::$must(super::Broker::start()).await;
            })*
        }
    };
}

every_hub!(
    every_fact_has_the_next_place_and_there_is_one_of_it,
    a_reader_gets_what_it_wants_page_by_page_and_knows_how_far_it_has_come,
    the_end_of_a_story_is_read_without_its_beginning,
    what_was_published_is_there_for_whoever_comes_later,
    whoever_waits_is_woken_when_it_can_be_read,
    nothing_appears_behind_a_reader_while_many_publish,
);
