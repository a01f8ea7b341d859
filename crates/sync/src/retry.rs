//! When to try again: for ever, with full jitter, and sooner while somebody is looking.
//!
//! Full jitter (a delay drawn evenly from nothing to the cap) spreads a crowd of phones that lost the same server:
//! Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.

use crate::Millis;

/// The longest first delay, in milliseconds.
pub const FIRST_MS: u64 = 500;

/// The longest delay while the page is visible, in milliseconds: with it the status heals within the 5 s that people
/// are promised.
pub const VISIBLE_MS_MAX: u64 = 4_000;

/// The longest delay while nobody looks, in milliseconds.
pub const HIDDEN_MS_MAX: u64 = 60_000;

/// The shortest rest of an act on which the server failed, in milliseconds: trying it at once would fail at once.
pub const REST_MS_MIN: Millis = 500;

/// Chance, given as a number at the start (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that will always fall like this for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// When to try next after `tries` failures in a row.
pub fn next_try(now: Millis, tries: u32, visible: bool, retry_after_ms: Option<u64>, dice: &mut Dice) -> Millis {
    let cap = if visible { VISIBLE_MS_MAX } else { HIDDEN_MS_MAX };
    let window = FIRST_MS.saturating_mul(1 << tries.min(16)).min(cap);
    let delay = retry_after_ms.unwrap_or_else(|| dice.roll() % (window + 1));
    now + i64::try_from(delay).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_the_cap_and_never_past_it() {
        let mut dice = Dice::new(7);
        for tries in 0..200 {
            assert!((0..=4_000).contains(&next_try(0, tries, true, None, &mut dice)));
            assert!((0..=60_000).contains(&next_try(0, tries, false, None, &mut dice)));
        }
        let longest = (0..500).map(|_| next_try(0, 30, false, None, &mut dice)).max();
        assert!(longest > Some(50_000), "the jitter is full: {longest:?}");
    }

    #[test]
    fn the_server_s_own_word_wins() {
        assert_eq!(next_try(1_000, 9, true, Some(30_000), &mut Dice::new(1)), 31_000);
    }
}
