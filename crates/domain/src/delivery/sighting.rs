//! Where a driver was last seen, for whoever waits at a door.
//!
//! | when | what follows |
//! |---|---|
//! | a driver is on duty, has a meal in the bag, and looks at their page | their phone says where it is, at most every [`TOLD_EVERY_MS`] |
//! | somebody's meal is in that bag | their page asks where it is, and says how old the answer is |
//! | nothing was said for [`KEPT_MS`], the meal is brought, or the shift ends | nobody is told anything |
//!
//! It is the one thing said here that is not kept: a place from a minute ago is of no use to a phone that comes out of a
//! cellar, so it waits in no outbox, is no fact in the lake, and a server that starts anew has forgotten it.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Millis};

use super::{Driver, Errand, Place, Standing};

/// How often a phone says where it is, and a page asks, in milliseconds: a bicycle has come 80 metres.
pub const TOLD_EVERY_MS: Millis = 15_000;

/// For how long a sighting is shown, in milliseconds: after that it says nothing of where they are now.
pub const KEPT_MS: Millis = 10 * 60_000;

/// Digits behind the point of a degree that are told: about ten metres, a house and not a room.
const DIGITS: i32 = 4;

/// What a driver's phone says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HereIAm {
    /// Where it is.
    pub at: Place,
}

/// What it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SayAgain {
    /// In how many milliseconds it is to say it anew.
    pub again_ms: Millis,
}

/// What who waits is answered, where there is anything to tell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Where the driver was.
    pub at: Place,
    /// How many milliseconds ago.
    pub ago_ms: Millis,
}

/// Where a driver was, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Where, to about ten metres.
    pub at: Place,
    /// When they said so, by the server's clock.
    pub seen: Millis,
}

impl Sighting {
    /// What is kept of a driver who says that they are at `at`; nothing, where there is no such place.
    #[must_use]
    pub fn new(at: Place, now: Millis) -> Option<Self> {
        let round = |degrees: f64| (degrees * 10_f64.powi(DIGITS)).round() / 10_f64.powi(DIGITS);
        at.is_on_earth().then(|| Self { at: Place(round(at.0), round(at.1)), seen: now })
    }

    /// Whether it still says something of where they are.
    #[must_use]
    pub fn is_fresh(self, now: Millis) -> bool {
        now - self.seen < KEPT_MS
    }

    /// How it is told at `now`; nothing, once it is too old.
    #[must_use]
    pub fn told(self, now: Millis) -> Option<Seen> {
        self.is_fresh(now).then(|| Seen { at: self.at, ago_ms: (now - self.seen).max(0) })
    }
}

/// Whether a driver's phone says where it is: they are at work, and somebody's meal is in their bag.
pub fn is_told<'a>(driver: Option<&Driver>, errands: impl IntoIterator<Item = &'a Errand>) -> bool {
    driver.is_some_and(|driver| errands.into_iter().any(|errand| is_shown(driver, errand)))
}

/// Whether who waits for this meal is told where `driver` is.
#[must_use]
pub fn is_shown(driver: &Driver, errand: &Errand) -> bool {
    driver.on_duty && carrier(errand) == Some(&driver.account)
}

/// Whose place is told to whoever waits for this meal: who has it in their bag.
#[must_use]
pub fn carrier(errand: &Errand) -> Option<&AccountId> {
    errand.driver.as_ref().filter(|_| errand.standing == Standing::PickedUp)
}

/// One of the eight winds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wind {
    /// Up, on a map.
    North,
    /// Up and right.
    NorthEast,
    /// Right.
    East,
    /// Down and right.
    SouthEast,
    /// Down.
    South,
    /// Down and left.
    SouthWest,
    /// Left.
    West,
    /// Up and left.
    NorthWest,
}

impl Wind {
    /// All of them, by the clock.
    pub const ALL: [Self; 8] = [
        Self::North,
        Self::NorthEast,
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
    ];

    /// In which direction `to` lies from `from`, as a map of a town has it: by what is nearest of eight.
    #[must_use]
    pub fn from(from: Place, to: Place) -> Self {
        let (east, north) = from.metres_east_and_north_to(to);
        let eighths = (east.atan2(north) / std::f64::consts::FRAC_PI_4).round();
        // From -4 to 4.
        let index = (eighths as i32).rem_euclid(8);
        Self::ALL[usize::try_from(index).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GATE: Place = Place(52.51628, 13.37771);
    const ALEX: Place = Place(52.52198, 13.41324);

    #[test]
    fn a_place_is_told_to_ten_metres_and_only_where_it_is_one() {
        let told = Sighting::new(Place(52.516_284_91, 13.377_707_3), 5).expect("a place");
        assert_eq!(told, Sighting { at: Place(52.5163, 13.3777), seen: 5 });
        assert!(told.at.metres_to(Place(52.516_284_91, 13.377_707_3)) <= 10);
        for nowhere in [Place(91.0, 0.0), Place(0.0, -180.5), Place(f64::NAN, 0.0), Place(0.0, f64::INFINITY)] {
            assert_eq!(Sighting::new(nowhere, 5), None);
        }
    }

    #[test]
    fn a_sighting_says_something_for_ten_minutes() {
        let told = Sighting::new(GATE, 1_000).expect("a place");
        assert_eq!(told.told(61_000).map(|seen| seen.ago_ms), Some(60_000));
        assert_eq!(told.told(900).map(|seen| seen.ago_ms), Some(0), "a clock that was put back");
        assert!(told.told(1_000 + KEPT_MS - 1).is_some());
        assert_eq!(told.told(1_000 + KEPT_MS), None);
    }

    #[test]
    fn winds_are_as_a_map_has_them() {
        let (here, step) = (Place(52.5, 13.4), 0.01);
        let lies = |north: f64, east: f64| Wind::from(here, Place(here.0 + north * step, here.1 + east * step));
        assert_eq!(lies(1.0, 0.0), Wind::North);
        assert_eq!(lies(-1.0, 0.0), Wind::South);
        assert_eq!(lies(0.0, 1.0), Wind::East);
        assert_eq!(lies(0.0, -1.0), Wind::West);
        // A degree of longitude is shorter here than one of latitude.
        assert_eq!(lies(1.0, 1.6), Wind::NorthEast);
        assert_eq!(lies(-1.0, 1.6), Wind::SouthEast);
        assert_eq!(lies(-1.0, -1.6), Wind::SouthWest);
        assert_eq!(lies(1.0, -1.6), Wind::NorthWest);
        assert_eq!(Wind::from(GATE, ALEX), Wind::East);
        // Over the date line it is not once around the earth.
        assert_eq!(Wind::from(Place(0.0, 179.99), Place(0.0, -179.99)), Wind::East);
    }
}
