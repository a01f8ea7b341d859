//! Time zones by IANA name; the data are in the executable.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sync::Millis;

/// Minutes that local time in `zone` is ahead of UTC at `at`; none for a name that is not known.
pub(crate) fn utc_offset_min(zone: &str, at: Millis) -> Option<i32> {
    let at = Timestamp::from_millisecond(at).ok()?;
    Some(TimeZone::get(zone).ok()?.to_offset(at).seconds() / 60)
}

/// The day that it is in `zone` at `at`; in UTC, where the name is not known.
pub(crate) fn day(zone: &str, at: Millis) -> Date {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_where_it_is_also_when_the_clocks_change() {
        let at = |time: &str| time.parse::<Timestamp>().expect("a moment").as_millisecond();
        for (zone, time, expected) in [
            ("Europe/Berlin", "2026-11-28T22:59:59.999Z", "2026-11-28"),
            ("Europe/Berlin", "2026-11-28T23:00:00Z", "2026-11-29"),
            ("Europe/Berlin", "2026-07-01T22:00:00Z", "2026-07-02"),
            ("Asia/Tokyo", "2026-11-28T15:00:00Z", "2026-11-29"),
            ("America/New_York", "2026-11-29T04:59:00Z", "2026-11-28"),
            ("Nowhere/At_All", "2026-11-28T23:59:59Z", "2026-11-28"),
        ] {
            assert_eq!(day(zone, at(time)).to_string(), expected, "{time} in {zone}");
        }
    }
}
