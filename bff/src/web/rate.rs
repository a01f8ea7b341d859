//! Slowing down: each name, and all of them together, may do a thing some times; each time comes back after a while.
//!
//! Kept in memory: a restart forgives.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The most names that are remembered; past it those that have waited longest are forgotten.
const NAMES_MAX: usize = 10_000;

/// How often, and after which time one of them comes back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) times: u32,
    pub(crate) returns_after: Duration,
}

/// How often each name has done it lately, and all together.
pub(crate) struct Rate {
    each: Limit,
    together: Limit,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    names: HashMap<String, Spent>,
    together: Option<Spent>,
}

/// Times that were used up, as of a moment; each returns after a while.
#[derive(Clone, Copy)]
struct Spent {
    times: u32,
    since: Instant,
}

impl Spent {
    fn at(self, now: Instant, limit: Limit) -> Self {
        let returned = now.duration_since(self.since).as_millis() / limit.returns_after.as_millis();
        let returned = u32::try_from(returned).unwrap_or(u32::MAX).min(self.times);
        let times = self.times - returned;
        Self { times, since: if times == 0 { now } else { self.since + limit.returns_after * returned } }
    }

    fn wait(self, now: Instant, limit: Limit) -> Option<Duration> {
        let spent = self.at(now, limit);
        (spent.times >= limit.times).then(|| (spent.since + limit.returns_after).saturating_duration_since(now))
    }
}

impl Rate {
    /// Nobody has done it yet.
    pub(crate) fn new(each: Limit, together: Limit) -> Self {
        Self { each, together, counts: Mutex::default() }
    }

    /// Counts one time of `name`, before it is known how it ends, so that a burst at once is no way around.
    ///
    /// # Errors
    /// It may not now, and nothing is counted: in how many seconds it may.
    pub(crate) fn take(&self, name: &str, now: Instant) -> Result<(), u32> {
        let mut counts = self.counts();
        let own = counts.names.get(name).and_then(|spent| spent.wait(now, self.each));
        if let Some(wait) = own.max(counts.together.and_then(|spent| spent.wait(now, self.together))) {
            return Err(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1));
        }
        if counts.names.len() >= NAMES_MAX && !counts.names.contains_key(name) {
            counts.forget(now, self.each);
        }
        let fresh = Spent { times: 0, since: now };
        let own = counts.names.entry(name.to_owned()).or_insert(fresh);
        *own = own.at(now, self.each);
        own.times += 1;
        let together = counts.together.unwrap_or(fresh).at(now, self.together);
        counts.together = Some(Spent { times: together.times + 1, ..together });
        Ok(())
    }

    /// Gives `name` all its times back, and the last one to everybody.
    pub(crate) fn forgive(&self, name: &str) {
        let mut counts = self.counts();
        counts.names.remove(name);
        if let Some(together) = &mut counts.together {
            together.times = together.times.saturating_sub(1);
        }
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Counts {
    fn forget(&mut self, now: Instant, limit: Limit) {
        self.names.retain(|_, spent| spent.at(now, limit).times > 0);
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

    const EACH: Limit = Limit { times: 10, returns_after: Duration::from_secs(30) };
    const TOGETHER: Limit = Limit { times: 200, returns_after: Duration::from_millis(500) };

    #[test]
    fn the_eleventh_time_waits_and_times_come_back() {
        let (rate, start) = (Rate::new(EACH, TOGETHER), Instant::now());
        for _ in 0..EACH.times {
            assert_eq!(rate.take("ada", start), Ok(()));
        }
        assert_eq!(rate.take("ada", start), Err(31), "rounded up, so that who waits for so long is not too early");
        assert_eq!(rate.take("ben", start), Ok(()));
        assert_eq!(rate.take("ada", start + EACH.returns_after), Ok(()));
        assert_eq!(rate.take("ada", start + EACH.returns_after), Err(31));
        rate.forgive("ada");
        assert_eq!(rate.take("ada", start), Ok(()));
    }

    #[test]
    fn many_names_together_wait_too_and_memory_is_bounded() {
        let (rate, start) = (Rate::new(EACH, TOGETHER), Instant::now());
        for name in 0..NAMES_MAX + 100 {
            let taken = rate.take(&name.to_string(), start);
            assert_eq!(taken.is_ok(), name < TOGETHER.times as usize);
        }
        assert!(rate.take("someone new", start).is_err());
        assert!(rate.counts().names.len() <= NAMES_MAX);
    }
}
