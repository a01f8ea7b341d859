//! How long to wait before a call is made again.

use std::time::Duration;

use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::RETRY_AFTER;
use sync::Millis;

/// How a gateway waits, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// The longest pause before the first try again; it doubles with each.
    pub(crate) first: Millis,
    /// The longest pause of our own.
    pub(crate) most: Millis,
    /// The longest that the other side may ask for: past it nobody waits for the call any more.
    pub(crate) asked_most: Millis,
}

impl Patience {
    /// The pause after so many `tries`: full jitter, and never shorter than the other side asks for. `chance` is evenly below 1.
    pub(crate) fn pause(self, tries: u32, again_after: Option<Duration>, chance: f64) -> Millis {
        let most = self.first.saturating_mul(1 << tries.min(20)).min(self.most);
        let asked = again_after.map_or(0, |wait| Millis::try_from(wait.as_millis()).unwrap_or(self.asked_most));
        asked.min(self.asked_most).max((most as f64 * chance) as Millis)
    }
}

/// How long the other side wants to be left alone, by `Retry-After`: seconds, or a moment.
pub(crate) fn again_after(headers: &HeaderMap, now: Millis) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment: Timestamp = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    u64::try_from(moment.as_millisecond() - now).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_end_and_the_other_side_s_word_wins_within_reason() {
        let patience = Patience { first: 500, most: 30_000, asked_most: 60_000 };
        assert_eq!(patience.pause(0, None, 0.0), 0);
        assert_eq!(patience.pause(0, None, 0.5), 250);
        assert_eq!(patience.pause(3, None, 0.999), 3_996);
        assert_eq!(patience.pause(60, None, 0.5), 15_000);
        assert_eq!(patience.pause(0, Some(Duration::from_secs(7)), 0.5), 7_000);
        assert_eq!(patience.pause(0, Some(Duration::from_secs(7_000)), 0.5), 60_000);
        assert_eq!(patience.pause(0, Some(Duration::MAX), 0.5), 60_000);
    }

    #[test]
    fn they_say_by_seconds_or_by_a_moment_when_to_come_again() {
        let now = 1_795_258_800_000;
        let said = |text: &str| {
            let headers = [(RETRY_AFTER, text.parse().expect("a header"))];
            again_after(&headers.into_iter().collect(), now)
        };
        assert_eq!(said("7"), Some(Duration::from_secs(7)));
        let moment = Timestamp::from_millisecond(now + 60_000).expect("a moment");
        let moment = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        assert_eq!(said(&moment), Some(Duration::from_secs(60)), "{moment}");
        for text in ["", "soon", "-1", "Fri, 01 Jan 1999 00:00:00 GMT"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
