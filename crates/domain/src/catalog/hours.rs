//! Opening hours in the restaurant's own local time, also past midnight.

use serde::{Deserialize, Serialize};
use sync::Millis;

/// Minutes in a day.
const DAY_MIN: i64 = 24 * 60;

/// A day of the week, Monday first (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// The week, Monday first.
    pub const WEEK: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];
}

/// One stretch of being open. `closes` at or before `opens` is on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The day on which it begins.
    pub day: Day,
    /// Minutes after midnight.
    pub opens_min: u16,
    /// Minutes after midnight, of the next day where that is not later than `opens_min`; 1440 is midnight at the end.
    pub closes_min: u16,
}

/// A week of opening hours, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub Vec<Span>);

/// A moment as a clock on the restaurant's wall shows it: minutes since Monday 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallClock(pub i64);

impl WallClock {
    /// What the wall shows at `now` where local time is `offset_min` minutes ahead of UTC.
    pub fn at(now: Millis, offset_min: i32) -> Self {
        let minutes = now.div_euclid(60_000) + i64::from(offset_min);
        // 1970-01-01 was a Thursday, three days after a Monday.
        Self((minutes + 3 * DAY_MIN).rem_euclid(7 * DAY_MIN))
    }

    /// The day and the minutes after its midnight.
    pub fn day_and_minute(self) -> (Day, u16) {
        let day = usize::try_from(self.0 / DAY_MIN).unwrap_or(0).min(6);
        (Day::WEEK[day], u16::try_from(self.0 % DAY_MIN).unwrap_or(0))
    }
}

impl Span {
    fn starts(self) -> i64 {
        self.day as i64 * DAY_MIN + i64::from(self.opens_min)
    }

    fn length(self) -> i64 {
        let length = i64::from(self.closes_min) - i64::from(self.opens_min);
        if length > 0 { length } else { length + DAY_MIN }
    }
}

impl Hours {
    /// Open at every minute of the week.
    pub fn always() -> Self {
        Self(Day::WEEK.map(|day| Span { day, opens_min: 0, closes_min: 1440 }).to_vec())
    }

    /// Minutes until it closes, a week at most; `None` while it is closed. Where one stretch begins as another ends, nobody closes.
    pub fn closes_in_min(&self, wall: WallClock) -> Option<i64> {
        Some(self.open_min(wall, 7 * DAY_MIN)).filter(|open| *open > 0)
    }

    /// Whether it is open from now on for so many minutes, of which a week is the most that counts.
    pub fn is_open_for(&self, wall: WallClock, minutes: i64) -> bool {
        let minutes = minutes.clamp(1, 7 * DAY_MIN);
        self.open_min(wall, minutes) == minutes
    }

    /// Minutes until it closes, up to `enough`.
    fn open_min(&self, wall: WallClock, enough: i64) -> i64 {
        let mut open = 0;
        while open < enough
            && let Some(more) = self.stretch_left(WallClock((wall.0 + open).rem_euclid(7 * DAY_MIN)))
        {
            open += more;
        }
        open.min(enough)
    }

    /// Minutes that are left of the stretch that the wall stands in.
    fn stretch_left(&self, wall: WallClock) -> Option<i64> {
        let left = |span: &Span| span.length() - (wall.0 - span.starts()).rem_euclid(7 * DAY_MIN);
        self.0.iter().map(left).filter(|left| *left > 0).max()
    }

    /// Minutes until it opens next, 0 while it is open; `None` where it never opens.
    pub fn opens_in_min(&self, wall: WallClock) -> Option<i64> {
        if self.stretch_left(wall).is_some() {
            return Some(0);
        }
        self.0.iter().map(|span| (span.starts() - wall.0).rem_euclid(7 * DAY_MIN)).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(day: Day, hour: i64, minute: i64) -> WallClock {
        WallClock(day as i64 * DAY_MIN + hour * 60 + minute)
    }

    #[test]
    fn a_bar_that_closes_at_two_is_still_friday_s_bar_on_saturday_at_one() {
        let hours = Hours(vec![Span { day: Day::Friday, opens_min: 18 * 60, closes_min: 2 * 60 }]);
        assert_eq!(hours.closes_in_min(wall(Day::Friday, 17, 59)), None);
        assert_eq!(hours.closes_in_min(wall(Day::Friday, 18, 0)), Some(8 * 60));
        assert_eq!(hours.closes_in_min(wall(Day::Saturday, 1, 0)), Some(60));
        assert_eq!(hours.closes_in_min(wall(Day::Saturday, 2, 0)), None);
        assert_eq!(hours.opens_in_min(wall(Day::Friday, 17, 0)), Some(60));
        assert!(
            hours.is_open_for(wall(Day::Friday, 18, 0), 8 * 60)
                && !hours.is_open_for(wall(Day::Friday, 18, 0), 8 * 60 + 1)
        );
        assert!(hours.is_open_for(wall(Day::Saturday, 1, 59), 0) && !hours.is_open_for(wall(Day::Saturday, 2, 0), 0));
    }

    #[test]
    fn sunday_night_runs_over_the_end_of_the_week() {
        let hours = Hours(vec![Span { day: Day::Sunday, opens_min: 22 * 60, closes_min: 60 }]);
        assert_eq!(hours.closes_in_min(wall(Day::Monday, 0, 30)), Some(30));
    }

    #[test]
    fn midnight_closes_nobody_who_opens_as_it_strikes() {
        let hours = |spans: &[(Day, u16, u16)]| {
            Hours(spans.iter().map(|&(day, opens_min, closes_min)| Span { day, opens_min, closes_min }).collect())
        };
        let weekend = hours(&[(Day::Saturday, 600, 1440), (Day::Sunday, 0, 120)]);
        assert_eq!(weekend.closes_in_min(wall(Day::Saturday, 23, 0)), Some(3 * 60));
        assert_eq!(Hours::always().closes_in_min(wall(Day::Sunday, 23, 50)), Some(7 * DAY_MIN));
        assert!(Hours::always().is_open_for(wall(Day::Sunday, 23, 50), 8 * DAY_MIN));
        let lunch_and_dinner = hours(&[(Day::Monday, 690, 870), (Day::Monday, 871, 1320)]);
        assert_eq!(lunch_and_dinner.closes_in_min(wall(Day::Monday, 14, 0)), Some(30), "a minute between is a break");
    }

    #[test]
    fn always_means_every_minute() {
        for minute in 0..7 * DAY_MIN {
            assert!(Hours::always().closes_in_min(WallClock(minute)).is_some(), "{minute}");
        }
    }

    #[test]
    fn the_wall_shows_local_time() {
        // 2026-11-21T03:30Z is a Saturday; in Rome (UTC+1) it is 04:30.
        assert_eq!(WallClock::at(1_795_231_800_000, 60).day_and_minute(), (Day::Saturday, 4 * 60 + 30));
        assert_eq!(WallClock::at(0, 0).day_and_minute(), (Day::Thursday, 0));
        assert_eq!(WallClock::at(0, -1).day_and_minute(), (Day::Wednesday, 1439));
    }
}
