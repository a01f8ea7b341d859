//! Time zones by IANA name; the data are in the executable.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sync::Millis;

/// Minutes that local time in `zone` is ahead of UTC at `at`; none for a name that is not known.
pub(crate) fn utc_offset_min(zone: &str, at: Millis) -> Option<i32> {
    let at = Timestamp::from_millisecond(at).ok()?;
    Some(TimeZone::get(zone).ok()?.to_offset(at).seconds() / 60)
}
