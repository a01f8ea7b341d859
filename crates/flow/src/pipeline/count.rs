//! What went where in a pipeline: counters of the whole and of each rule, and how full its batches were.
//!
//! Whoever runs the pipeline counts a pass, tells its numbers, and begins the next at nothing; there is no clock in here.

use std::collections::BTreeMap;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of the whole, in facts up to the mapping and in units from there on.
    pub all: Tally,
    /// Of each rule, by its id.
    pub rules: BTreeMap<&'static str, Tally>,
    /// How full the batches were.
    pub fill: Fill,
}

/// Counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Facts that came in.
    pub seen: u64,
    /// Facts of which nothing was made.
    pub filtered: u64,
    /// Units that were made.
    pub mapped: u64,
    /// Units that a later one of their key stands for.
    pub grouped_away: u64,
    /// Units whose effect is kept.
    pub sunk: u64,
    /// Units whose effect could not be kept, each time.
    pub failed: u64,
    /// Facts that were laid aside, to be tried again at somebody's word.
    pub parked: u64,
}

/// How full batches were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Batches.
    pub batches: u64,
    /// The units in them.
    pub units: u64,
    /// Batches that a bound ended, and not the end of what there was.
    pub full: u64,
}

impl Tally {
    /// Each counter with its name, for whoever tells them.
    pub fn named(&self) -> [(&'static str, u64); 7] {
        [
            ("seen", self.seen),
            ("filtered", self.filtered),
            ("mapped", self.mapped),
            ("grouped-away", self.grouped_away),
            ("sunk", self.sunk),
            ("failed", self.failed),
            ("parked", self.parked),
        ]
    }
}

impl Counts {
    /// A fact came in, and something was made of it or nothing.
    pub(super) fn saw(&mut self, is_of_use: bool) {
        self.all.seen += 1;
        self.all.filtered += u64::from(!is_of_use);
    }

    /// A rule looked at a fact, and made something of it or nothing.
    pub fn looked(&mut self, rule: &'static str, made: bool) {
        let own = self.rules.entry(rule).or_default();
        own.seen += 1;
        own.filtered += u64::from(!made);
        own.mapped += u64::from(made);
        self.all.mapped += u64::from(made);
    }

    /// A later unit of its key stands for one of `rule`.
    pub(super) fn grouped_away(&mut self, rule: &'static str) {
        self.all.grouped_away += 1;
        self.rules.entry(rule).or_default().grouped_away += 1;
    }

    /// A batch of so many units was made, and a bound ended it or not.
    pub(super) fn filled(&mut self, units: usize, is_full: bool) {
        self.fill.batches += 1;
        self.fill.units += units as u64;
        self.fill.full += u64::from(is_full);
    }

    /// The effect of a unit of `rule` is kept.
    pub fn sunk(&mut self, rule: &'static str) {
        self.all.sunk += 1;
        self.rules.entry(rule).or_default().sunk += 1;
    }

    /// The effect of a unit of `rule` could not be kept.
    pub fn failed(&mut self, rule: &'static str) {
        self.all.failed += 1;
        self.rules.entry(rule).or_default().failed += 1;
    }

    /// A fact that `rule` is on was laid aside.
    pub fn parked(&mut self, rule: &'static str) {
        self.all.parked += 1;
        self.rules.entry(rule).or_default().parked += 1;
    }
}
