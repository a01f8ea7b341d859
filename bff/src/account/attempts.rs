//! Guessing slowed down: each name, and the server as a whole, has some wrong tries that come back with time.
//!
//! Kept in memory: a restart forgives. A right password costs nothing, and a name that does not exist is counted as one
//! that does, so that the answer tells neither.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Wrong tries of one name in a row: more than a person with the wrong layout of the keyboard needs.
const TRIES: u32 = 10;

/// After which one of them comes back.
const RETURNS_AFTER: Duration = Duration::from_secs(30);

/// Wrong tries of all names together, so that trying many names with one password is slow as well.
const TRIES_TOGETHER: u32 = 200;

/// After which one of those comes back.
const RETURNS_TOGETHER_AFTER: Duration = Duration::from_millis(500);

/// The most names that are remembered; past it those that have waited longest are forgotten.
const NAMES_MAX: usize = 10_000;

/// Wrong tries so far.
#[derive(Default)]
pub(super) struct Attempts(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    names: HashMap<String, Spent>,
    together: Option<Spent>,
}

/// Tries that were used up, as of a moment; each returns after a while.
#[derive(Clone, Copy)]
struct Spent {
    tries: u32,
    since: Instant,
}

impl Spent {
    fn at(self, now: Instant, returns_after: Duration) -> Self {
        let returned = now.duration_since(self.since).as_millis() / returns_after.as_millis();
        let returned = u32::try_from(returned).unwrap_or(u32::MAX).min(self.tries);
        let tries = self.tries - returned;
        Self { tries, since: if tries == 0 { now } else { self.since + returns_after * returned } }
    }

    fn wait(self, now: Instant, limit: u32, returns_after: Duration) -> Option<Duration> {
        (self.tries >= limit).then(|| (self.since + returns_after).saturating_duration_since(now))
    }
}

impl Attempts {
    /// How long `name` must wait before its next try; `None` if it may try now.
    pub(super) fn wait(&self, name: &str, now: Instant) -> Option<Duration> {
        let counts = self.counts();
        let own = counts.names.get(name).and_then(|spent| {
            let spent = spent.at(now, RETURNS_AFTER);
            spent.wait(now, TRIES, RETURNS_AFTER)
        });
        let together = counts.together.and_then(|spent| {
            let spent = spent.at(now, RETURNS_TOGETHER_AFTER);
            spent.wait(now, TRIES_TOGETHER, RETURNS_TOGETHER_AFTER)
        });
        own.max(together)
    }

    /// Counts a try as wrong before it is checked, so that a burst of tries at once is no way around.
    pub(super) fn spend(&self, name: &str, now: Instant) {
        let mut counts = self.counts();
        if counts.names.len() >= NAMES_MAX && !counts.names.contains_key(name) {
            counts.forget(now);
        }
        let fresh = Spent { tries: 0, since: now };
        let own = counts.names.entry(name.to_owned()).or_insert(fresh);
        *own = own.at(now, RETURNS_AFTER);
        own.tries += 1;
        let together = counts.together.unwrap_or(fresh).at(now, RETURNS_TOGETHER_AFTER);
        counts.together = Some(Spent { tries: together.tries + 1, ..together });
    }

    /// Forgives a name that gave its password, and gives its last try back.
    pub(super) fn succeeded(&self, name: &str) {
        let mut counts = self.counts();
        counts.names.remove(name);
        if let Some(together) = &mut counts.together {
            together.tries = together.tries.saturating_sub(1);
        }
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Counts {
    fn forget(&mut self, now: Instant) {
        self.names.retain(|_, spent| spent.at(now, RETURNS_AFTER).tries > 0);
        if self.names.len() >= NAMES_MAX
            && let Some(oldest) = self.names.iter().min_by_key(|(_, spent)| spent.since).map(|(name, _)| name.clone())
        {
            self.names.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_wrong_try_waits_and_tries_come_back() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        for _ in 0..TRIES {
            assert_eq!(attempts.wait("ada", start), None);
            attempts.spend("ada", start);
        }
        assert_eq!(attempts.wait("ada", start), Some(RETURNS_AFTER));
        assert_eq!(attempts.wait("ben", start), None);
        assert_eq!(attempts.wait("ada", start + RETURNS_AFTER), None);
        attempts.spend("ada", start + RETURNS_AFTER);
        assert_eq!(attempts.wait("ada", start + RETURNS_AFTER), Some(RETURNS_AFTER));
        attempts.succeeded("ada");
        assert_eq!(attempts.wait("ada", start), None);
    }

    #[test]
    fn many_names_together_wait_too_and_memory_is_bounded() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        for name in 0..NAMES_MAX + 100 {
            attempts.spend(&name.to_string(), start);
        }
        assert!(attempts.wait("someone new", start).is_some());
        assert!(attempts.counts().names.len() <= NAMES_MAX);
    }
}
