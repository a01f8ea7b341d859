//! Chance that can be had again: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Falls the same way for the same seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed that nobody had before.
    pub fn fresh_seed() -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_millis() as u64 % 1_000_000)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }

    /// A duration up to `longest`.
    pub fn moment(&mut self, longest: Duration) -> Duration {
        Duration::from_millis(self.below(longest.as_millis() as u64 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_of_one_seed_fall_alike() {
        let fall = |seed| (0..20).map(|_| Dice::new(seed).below(6)).collect::<Vec<_>>();
        assert_eq!(fall(7), fall(7));
        let mut dice = Dice::new(7);
        assert!((0..200).all(|_| dice.moment(Duration::from_millis(3)) <= Duration::from_millis(3)));
    }
}
