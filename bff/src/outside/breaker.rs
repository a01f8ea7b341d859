//! A circuit breaker: a provider that fails again and again is left alone for a while, and then tried with one call.

use sync::Millis;

/// How many failures in a row open it: one may be bad luck, five are a pattern.
const FAILURES_MAX: u32 = 5;

/// How long it stays open, in milliseconds: long enough to be a rest, short beside a customer's patience.
const REST_MS: Millis = 10_000;

/// Whether calls may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Breaker {
    /// They may; so many have failed in a row.
    Closed {
        /// Those.
        failures: u32,
    },
    /// They may not, until then.
    Open {
        /// That.
        until: Millis,
    },
    /// One is being made, and what becomes of it decides.
    HalfOpen,
}

impl Breaker {
    pub(crate) fn new() -> Self {
        Self::Closed { failures: 0 }
    }

    /// How many calls may be made at `now`, of `wanted`, while so many are `flying`.
    pub(crate) fn allows(&mut self, wanted: usize, flying: usize, now: Millis) -> usize {
        match *self {
            Self::Closed { .. } => wanted,
            Self::Open { until } if now >= until && wanted > 0 && flying == 0 => {
                *self = Self::HalfOpen;
                1
            }
            Self::HalfOpen if flying == 0 => wanted.min(1),
            Self::Open { .. } | Self::HalfOpen => 0,
        }
    }

    /// A call was answered, whatever was said.
    pub(crate) fn answered(&mut self) {
        *self = Self::new();
    }

    /// A call was not.
    pub(crate) fn failed(&mut self, now: Millis) {
        *self = match *self {
            Self::Closed { failures } if failures + 1 < FAILURES_MAX => Self::Closed { failures: failures + 1 },
            Self::Closed { .. } | Self::Open { .. } | Self::HalfOpen => Self::Open { until: now + REST_MS },
        };
    }

    /// Whether the provider is left alone.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self, Self::Closed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_in_a_row_open_it_one_call_tries_it_and_an_answer_closes_it() {
        let mut breaker = Breaker::new();
        for _ in 0..FAILURES_MAX - 1 {
            breaker.failed(0);
        }
        breaker.answered();
        for _ in 0..FAILURES_MAX {
            assert_eq!(breaker.allows(8, 3, 0), 8, "one good answer in between forgives them all");
            breaker.failed(0);
        }
        assert!(breaker.is_open());
        assert_eq!(breaker.allows(8, 0, REST_MS - 1), 0);
        assert_eq!(breaker.allows(8, 1, REST_MS), 0, "one is still on its way");
        assert_eq!(breaker.allows(8, 0, REST_MS), 1);
        assert_eq!(breaker.allows(8, 1, REST_MS), 0, "one, and no second");
        breaker.failed(REST_MS);
        assert_eq!(breaker.allows(8, 0, REST_MS + 1), 0, "the one call failed");
        assert_eq!(breaker.allows(8, 0, 2 * REST_MS), 1);
        breaker.answered();
        assert_eq!(breaker.allows(8, 0, 2 * REST_MS), 8);
    }
}
