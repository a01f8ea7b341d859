//! Guessing slowed down: each name, and the server as a whole, has some wrong tries that come back with time.
//!
//! A right password costs nothing, and a name that does not exist is counted as one that does, so that the answer tells
//! neither.

use std::time::{Duration, Instant};

use crate::web::rate::{Limit, Rate};

/// Wrong tries of one name in a row: more than a person with the wrong layout of the keyboard needs.
const EACH: Limit = Limit { times: 10, returns_after: Duration::from_secs(30) };

/// Wrong tries of all names together, so that trying many names with one password is slow as well.
const TOGETHER: Limit = Limit { times: 200, returns_after: Duration::from_millis(500) };

/// Wrong tries so far.
pub(super) struct Attempts(Rate);

impl Default for Attempts {
    fn default() -> Self {
        Self(Rate::new(EACH, TOGETHER))
    }
}

impl Attempts {
    /// Counts a try of `name` as wrong before it is checked.
    ///
    /// # Errors
    /// It may not try now: in how many seconds it may.
    pub(super) fn take(&self, name: &str, now: Instant) -> Result<(), u32> {
        self.0.take(name, now)
    }

    /// Forgives a name that gave its password, and gives its last try back.
    pub(super) fn succeeded(&self, name: &str) {
        self.0.forgive(name);
    }
}
