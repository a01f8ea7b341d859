//! Not too often: a bucket of tokens, each of which comes back a while after it was taken.
//!
//! So in any stretch of that while no more than all of them are taken, wherever it begins. A bucket that is filled at a steady pace
//! would give twice as many around the moment in which it was full.

use std::collections::VecDeque;

use sync::Millis;

/// A bucket.
#[derive(Clone, Debug)]
pub struct Rate {
    num: usize,
    per_ms: Millis,
    /// When each of those that are out was taken, the oldest first.
    taken: VecDeque<Millis>,
}

impl Rate {
    /// `num` tokens each `per_ms`, all of them there. It remembers as many moments as it has tokens.
    pub fn new(num: usize, per_ms: Millis) -> Self {
        assert!(num > 0, "a bucket without a token never gives one");
        assert!(per_ms > 0, "a token is away for a while");
        Self { num, per_ms, taken: VecDeque::new() }
    }

    /// Takes a token at `now`; where there is none, how long to wait until there is one. Time does not go back here: a `now` before
    /// an earlier one counts as that.
    ///
    /// # Errors
    /// The milliseconds to wait, at least one.
    pub fn take(&mut self, now: Millis) -> Result<(), Millis> {
        let now = self.taken.back().map_or(now, |last| now.max(*last));
        let wait = self.wait(now);
        if wait > 0 {
            return Err(wait);
        }
        while self.taken.front().is_some_and(|taken| now.saturating_sub(*taken) >= self.per_ms) {
            self.taken.pop_front();
        }
        self.taken.push_back(now);
        assert!(self.taken.len() <= self.num, "no more are out than there are");
        Ok(())
    }

    /// How long to wait at `now` until there is a token; zero, where there is one.
    pub fn wait(&self, now: Millis) -> Millis {
        let Some(oldest) = self.taken.len().checked_sub(self.num).and_then(|at| self.taken.get(at)) else { return 0 };
        let now = self.taken.back().map_or(now, |last| now.max(*last));
        (self.per_ms - now.saturating_sub(*oldest)).max(0)
    }

    /// Whether all tokens are there at `now`: such a bucket need not be remembered.
    pub fn is_full(&self, now: Millis) -> bool {
        self.taken.back().is_none_or(|last| now.saturating_sub(*last) >= self.per_ms)
    }
}
