//! A library's shelf list, made by a pipeline: the story first, then what holds for any order of things.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sync::{Millis, Position};

use super::*;
use crate::fact::{self, Fact};
use crate::testing::{Event, Library, NOW, Row, book, desk};

/// What stands on the shelf list.
#[derive(Clone, Debug, PartialEq)]
enum Shelf {
    Holder(String, Option<String>),
    Open(bool),
}

const SHELF: Pipeline<Library, Shelf> = Pipeline {
    name: "shelf",
    rules: &[
        Rule { id: "holder", on: &["book-lent", "book-renewed", "book-returned"], map: holder },
        Rule { id: "desk", on: &["desk-set"], map: open },
    ],
};

fn holder(fact: &Fact<Library>) -> Option<Shelf> {
    let holder = match fact.event.as_ref()? {
        Event::Lent(reader) => Some(reader.to_string()),
        Event::Returned => None,
        _ => return None, // A renewal changes no holder.
    };
    Some(Shelf::Holder(fact.key.to_string(), holder))
}

fn open(fact: &Fact<Library>) -> Option<Shelf> {
    matches!(fact.event, Some(Event::DeskSet(_))).then(|| Shelf::Open(fact.event == Some(Event::DeskSet(true))))
}

/// Facts at positions from one on.
fn told(events: &[(&str, Event)]) -> Vec<(Position, Fact<Library>)> {
    let mut rows: BTreeMap<&str, (Row, sync::Version)> = BTreeMap::new();
    let mut facts = vec![];
    for (title, event) in events {
        let key = if *title == "desk" { desk() } else { book(title) };
        let (row, mut new) = fact::told::<Library>("lending", NOW, &key, rows.remove(title), vec![event.clone()]);
        rows.extend(row.map(|row| (*title, row)));
        facts.append(&mut new);
    }
    (1..).map(Position).zip(facts).collect()
}

fn ada() -> Event {
    Event::Lent("ada".into())
}

fn ben() -> Event {
    Event::Lent("ben".into())
}

/// Chance from a seed, so that what fails can be run again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for here in (1..all.len()).rev() {
            all.swap(here, self.below(here + 1));
        }
    }
}

#[test]
fn a_shelf_list_holds_of_each_book_who_has_it_now_and_every_fact_is_accounted_for() {
    let facts = told(&[
        ("emma", ada()),
        ("emma", Event::RenewalAsked),
        ("emma", Event::Renewed),
        ("persuasion", ada()),
        ("emma", Event::Returned),
        ("desk", Event::DeskSet(true)),
        ("emma", ben()),
    ]);
    let mut counts = Counts::default();
    let units = SHELF.run(&facts, &mut counts);
    let kept = last_of_each(units, |unit| unit.fact.key.clone(), &mut counts);
    let shelf: Vec<_> = kept.iter().map(|kept| (kept.unit.position.0, kept.left_out, kept.unit.made.clone())).collect();
    let holder = |title: &str, who: &str| Shelf::Holder(book(title).to_string(), Some(who.to_owned()));
    assert_eq!(shelf, [(4, 0, holder("persuasion", "ada")), (6, 0, Shelf::Open(true)), (7, 2, holder("emma", "ben"))]);

    let bound = Bound { count: 2, bytes: 1000 };
    let mut sink = vec![];
    for batch in batches(kept, bound, |_| 10, &mut counts) {
        for (nth, kept) in batch.into_iter().enumerate() {
            // The disk is full for the second of a batch.
            if nth == 1 {
                counts.failed(kept.unit.rule)
            } else {
                counts.sunk(kept.unit.rule)
            }
            sink.push(kept);
        }
    }
    assert_eq!(sink.len(), 3);
    assert_eq!(counts.all, Tally { seen: 7, filtered: 2, mapped: 5, grouped_away: 2, sunk: 2, failed: 1, parked: 0 });
    let of_holder = Tally { seen: 5, filtered: 1, mapped: 4, grouped_away: 2, sunk: 2, failed: 0, parked: 0 };
    let of_desk = Tally { seen: 1, filtered: 0, mapped: 1, grouped_away: 0, sunk: 0, failed: 1, parked: 0 };
    assert_eq!(counts.rules, BTreeMap::from([("desk", of_desk), ("holder", of_holder)]));
    assert_eq!(counts.fill, Fill { batches: 2, units: 3, full: 1 });
}

#[test]
fn a_pipeline_asks_for_the_kinds_that_its_rules_are_on_and_a_rule_is_tested_alone() {
    assert_eq!(SHELF.kinds(), BTreeSet::from(["book-lent", "book-renewed", "book-returned", "desk-set"]));
    let facts = told(&[("emma", ada()), ("emma", Event::Renewed)]);
    assert_eq!(holder(&facts[0].1), Some(Shelf::Holder(book("emma").to_string(), Some("ada".into()))));
    assert_eq!(holder(&facts[1].1), None);
    let unit = SHELF.run(&facts, &mut Counts::default()).remove(0).map(|made| format!("{made:?}").len());
    assert_eq!((unit.position, unit.rule), (Position(1), "holder"), "a step leaves where it comes from");
}

#[test]
fn the_last_by_position_is_kept_in_any_order_and_however_often_each_comes() {
    let titles = ["emma", "persuasion", "evelina"];
    for seed in 0..500 {
        let mut chance = Chance(seed);
        let events: Vec<_> = (0..1 + chance.below(20)).map(|_| (titles[chance.below(3)], ada())).collect();
        let facts = told(&events);
        let once = SHELF.run(&facts, &mut Counts::default());
        let mut many = once.clone();
        for _ in 0..chance.below(20) {
            many.push(once[chance.below(once.len())].clone());
        }
        chance.shuffle(&mut many);
        let all = many.len();
        let mut counts = Counts::default();
        let kept = last_of_each(many, |unit| unit.fact.key.clone(), &mut counts);
        // They stand in order, so of each key the last overwrites the others.
        let wanted: BTreeMap<_, _> = once.iter().map(|unit| (unit.fact.key.clone(), unit.position)).collect();
        let found: BTreeMap<_, _> = kept.iter().map(|kept| (kept.unit.fact.key.clone(), kept.unit.position)).collect();
        assert_eq!(found, wanted, "seed {seed}");
        assert!(kept.is_sorted_by_key(|kept| kept.unit.position), "seed {seed}");
        let left_out: u64 = kept.iter().map(|kept| kept.left_out).sum();
        assert_eq!(left_out as usize + kept.len(), all, "seed {seed}: none is lost without being counted");
        assert_eq!(counts.all.grouped_away, left_out, "seed {seed}");
    }
}

#[test]
fn batches_keep_the_order_and_lose_nothing_and_only_what_is_too_large_alone_exceeds_a_bound() {
    for seed in 0..500 {
        let mut chance = Chance(seed);
        let bound = Bound { count: 1 + chance.below(5), bytes: chance.below(30) };
        let units: Vec<usize> = (0..chance.below(40)).map(|_| chance.below(20)).collect();
        let mut counts = Counts::default();
        let made = batches(units.clone(), bound, |size| *size, &mut counts);
        assert_eq!(made.concat(), units, "seed {seed}");
        for batch in &made {
            let bytes: usize = batch.iter().sum();
            assert!(!batch.is_empty() && batch.len() <= bound.count, "seed {seed}: {batch:?}");
            assert!(bytes <= bound.bytes || batch.len() == 1, "seed {seed}: {batch:?} is {bytes} bytes");
        }
        for pair in made.windows(2) {
            let with_next = pair[0].iter().sum::<usize>() + pair[1][0];
            let could_grow = pair[0].len() < bound.count && with_next <= bound.bytes;
            assert!(!could_grow, "seed {seed}: {pair:?} could be one");
        }
        assert_eq!(counts.fill.batches as usize, made.len());
        assert_eq!(counts.fill.units as usize, units.len());
    }
}

#[test]
fn units_of_a_key_follow_each_other_whatever_ends_first_and_the_keys_go_together() {
    for seed in 0..500 {
        let mut chance = Chance(seed);
        let together_max = 1 + chance.below(4);
        let mut lanes = Lanes::new(together_max, 8);
        let mut coming: VecDeque<(usize, usize)> = (0..40).map(|unit| (chance.below(5), unit)).collect();
        let (mut begun, mut flying) = (vec![], vec![]);
        while !coming.is_empty() || lanes.waiting() > 0 || !flying.is_empty() {
            assert!(lanes.waiting() <= 8 + together_max, "seed {seed}: what came back is all that is more");
            match chance.below(3) {
                0 => {
                    if let Some((key, unit)) = coming.pop_front()
                        && lanes.wait(key, unit).is_err()
                    {
                        assert!(lanes.waiting() >= 8, "seed {seed}: taken while there is room");
                        coming.push_front((key, unit));
                    }
                }
                1 => {
                    let next = lanes.begin();
                    let is_free = |key: &usize| flying.iter().all(|(other, _)| other != key);
                    assert!(next.as_ref().is_none_or(|(key, _)| is_free(key)), "seed {seed}: two of one key at once");
                    flying.extend(next);
                    assert!(flying.len() <= together_max, "seed {seed}");
                }
                _ if flying.is_empty() => {}
                // Whichever ends first; every third fails and is tried again.
                _ => match flying.swap_remove(chance.below(flying.len())) {
                    (key, unit) if chance.below(3) == 0 => lanes.again(key, unit),
                    (key, unit) => {
                        lanes.end(&key);
                        begun.push((key, unit));
                    }
                },
            }
        }
        assert_eq!(begun.len(), 40, "seed {seed}: each is done once");
        for key in 0..5 {
            let of_key: Vec<_> = begun.iter().filter(|(own, _)| *own == key).map(|(_, unit)| *unit).collect();
            assert!(of_key.is_sorted(), "seed {seed}: key {key} went {of_key:?}");
        }
    }
}

#[test]
fn a_key_that_is_under_way_holds_up_no_other() {
    let mut lanes = Lanes::new(2, 8);
    for (key, unit) in [("emma", 1), ("emma", 2), ("persuasion", 3), ("evelina", 4)] {
        assert_eq!(lanes.wait(key, unit), Ok(()));
    }
    assert_eq!(lanes.begin(), Some(("emma", 1)));
    assert_eq!(lanes.begin(), Some(("persuasion", 3)));
    assert_eq!(lanes.begin(), None, "two are under way");
    lanes.end(&"persuasion");
    assert_eq!(lanes.begin(), Some(("evelina", 4)), "the other emma still waits");
    lanes.again("emma", 1);
    assert_eq!(lanes.begin(), Some(("emma", 1)), "what failed goes first");
    assert!(lanes.is_under_way(&"emma") && !lanes.is_under_way(&"persuasion"));
    lanes.forget_waiting();
    lanes.end(&"emma");
    assert_eq!(lanes.begin(), None, "whoever keeps what waits elsewhere brings it again");
}

#[test]
fn no_stretch_of_time_sees_more_than_all_tokens_and_who_waits_as_told_gets_one() {
    for seed in 0..500 {
        let mut chance = Chance(seed);
        let (num, per_ms) = (1 + chance.below(5), 1 + chance.below(50) as Millis);
        let mut rate = Rate::new(num, per_ms);
        let (mut now, mut taken) = (chance.below(1000) as Millis, vec![]);
        for _ in 0..100 {
            now += chance.below(12) as Millis;
            if let Err(wait) = rate.take(now) {
                assert_eq!(rate.wait(now), wait, "seed {seed}");
                assert!((1..=per_ms).contains(&wait), "seed {seed}: {wait}");
                assert!(rate.clone().take(now + wait - 1).is_err(), "seed {seed}: told to wait too long");
                now += wait;
                assert_eq!(rate.take(now), Ok(()), "seed {seed}: waited in vain");
            }
            taken.push(now);
        }
        for from in &taken {
            let within = taken.iter().filter(|at| (*from..*from + per_ms).contains(*at)).count();
            assert!(within <= num, "seed {seed}: {within} of {num} within {per_ms} ms from {from}");
        }
    }
}

#[test]
fn a_bucket_that_was_left_alone_is_full_and_a_clock_that_goes_back_gives_nothing_away() {
    let mut rate = Rate::new(2, 100);
    assert!(rate.is_full(0));
    assert_eq!((rate.take(1000), rate.take(1010)), (Ok(()), Ok(())));
    assert_eq!(rate.take(500), Err(90), "as at the last moment that was seen");
    assert!(!rate.is_full(1109));
    assert!(rate.is_full(1110));
    let mut rate = Rate::new(2, 100);
    assert_eq!((rate.take(1000), rate.take(500)), (Ok(()), Ok(())));
    assert!(!rate.is_full(1099), "taken as late as the one before it");
}
