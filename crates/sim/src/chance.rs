//! Chance from a seed.

use sync::retry::Dice;
use uuid::Uuid;

/// A source of chance that falls the same way for the same seed.
pub struct Chance(Dice);

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(Dice::new(seed))
    }

    /// A number below `below`; 0 where that is 0.
    pub fn below(&mut self, below: u64) -> u64 {
        if below == 0 { 0 } else { self.0.roll() % below }
    }

    /// Milliseconds from `from` to `to`.
    pub fn ms(&mut self, from: u64, to: u64) -> i64 {
        i64::try_from(from + self.below(to - from + 1)).unwrap_or(0)
    }

    /// Whether something that happens once in `n` times happens.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of `things`.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.below(things.len() as u64)).unwrap_or(0);
        things.get(index)
    }

    /// A fresh name. Its first bits are the time, like those of the ids that devices mint.
    pub fn uuid(&mut self, now: i64) -> Uuid {
        let time = u128::from(now.unsigned_abs()) << 80;
        Uuid::from_u128(time | (u128::from(self.0.roll()) << 16 & ((1 << 80) - 1)) | u128::from(self.below(1 << 16)))
    }

    /// A number for somebody else's dice.
    pub fn seed(&mut self) -> u64 {
        self.0.roll()
    }
}
