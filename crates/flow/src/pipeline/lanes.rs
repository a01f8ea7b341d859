//! In parallel, with order by key: which units may be under way together, so that those of one key follow each other.
//!
//! A plan, and no more: whoever drives it begins what [`Lanes::begin`] hands out and says how that ended.

use std::collections::{BTreeSet, VecDeque};

/// Units that wait and keys that are under way.
#[derive(Clone, Debug)]
pub struct Lanes<K, U> {
    together_max: usize,
    waiting_max: usize,
    waiting: VecDeque<(K, U)>,
    under_way: BTreeSet<K>,
}

impl<K: Ord + Clone, U> Lanes<K, U> {
    /// At most `together_max` are under way, and `waiting_max` wait.
    pub fn new(together_max: usize, waiting_max: usize) -> Self {
        assert!(together_max > 0, "at least one goes");
        assert!(waiting_max > 0, "at least one may come");
        Self { together_max, waiting_max, waiting: VecDeque::new(), under_way: BTreeSet::new() }
    }

    /// Takes a unit to wait for its turn.
    ///
    /// # Errors
    /// The unit itself, where too many wait: whoever brings them has to wait, too.
    pub fn wait(&mut self, key: K, unit: U) -> Result<(), U> {
        if self.waiting.len() >= self.waiting_max {
            return Err(unit);
        }
        self.waiting.push_back((key, unit));
        Ok(())
    }

    /// The next unit that may begin: the one that has waited longest of those whose key is not under way.
    pub fn begin(&mut self) -> Option<(K, U)> {
        if self.under_way.len() >= self.together_max {
            return None;
        }
        let next = self.waiting.iter().position(|(key, _)| !self.under_way.contains(key))?;
        let (key, unit) = self.waiting.remove(next)?;
        self.under_way.insert(key.clone());
        Some((key, unit))
    }

    /// The unit of `key` that was under way is done with; the next of its key may begin.
    pub fn end(&mut self, key: &K) {
        let was_there = self.under_way.remove(key);
        assert!(was_there, "only what began can end");
    }

    /// It failed and is to be tried again, before all that wait: none of its key may overtake it. It was counted when it came, so
    /// it is taken back however many wait.
    pub fn again(&mut self, key: K, unit: U) {
        self.end(&key);
        self.waiting.push_front((key, unit));
    }

    /// Whether a unit of `key` is under way.
    pub fn is_under_way(&self, key: &K) -> bool {
        self.under_way.contains(key)
    }

    /// Lets go what waits: whoever keeps it elsewhere brings it again.
    pub fn forget_waiting(&mut self) {
        self.waiting.clear();
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many are under way.
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }
}
