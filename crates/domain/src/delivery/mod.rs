//! Delivery: who brings a meal from its kitchen to its customer.
//!
//! | row | what it is | who sees it |
//! |---|---|---|
//! | `driver/ACCOUNT` | whether a driver is on duty, and where they were when they said so | that driver |
//! | `zone/ID` | the dispatcher's board of a zone: who is free, where they were when they came on duty, and which meals have nobody yet | operators |
//! | `offer/ORDER` | a meal to fetch: zone and distance, no name and no address | the driver it is made to |
//! | `delivery/ORDER` | where to fetch it and whom to bring it to | the driver who has it, until it is delivered |
//! | `takings/ACCOUNT` | what a driver brought, the cash they carry for the house, and tips by card that are owed to them | that driver |
//!
//! Photos and signatures of the door come after the status and lie beside the rows: [`proof`] says what is taken. Where a driver is
//! just now lies nowhere: [`sighting`] says who is told.
//!
//! The board decides and the offer is judged by itself, so exactly one claim wins: an offer is one row, it is made to one
//! driver at a time, and its own row says whether it is still theirs.

pub mod driver;
pub mod errand;
pub mod offer;
pub mod proof;
pub mod sighting;
pub mod takings;
pub mod zone;

pub use driver::{Driver, DriverCommand, DriverEvent, DriverRefusal};
pub use errand::{Errand, ErrandCommand, ErrandEvent, ErrandRefusal, Hitch, Standing};
pub use offer::{Offer, OfferCommand, OfferEvent, OfferRefusal};
pub use proof::{Medium, Proof, ProofId, ProofKind, ProofRefusal};
pub use sighting::Wind;
pub use takings::{Takings, TakingsCommand, TakingsEvent, TakingsRefusal};
pub use zone::{Zone, ZoneEvent};

use serde::{Deserialize, Serialize};

/// Latitude and longitude in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place(pub f64, pub f64);

/// The earth's mean radius, in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

impl Place {
    /// Whether there is such a place.
    pub fn is_on_earth(self) -> bool {
        (-90.0..=90.0).contains(&self.0) && (-180.0..=180.0).contains(&self.1)
    }

    /// How far it is as the crow flies, in metres (haversine formula).
    pub fn metres_to(self, other: Self) -> u32 {
        let (from, to) = (self.0.to_radians(), other.0.to_radians());
        let (up, along) = ((to - from) / 2.0, (other.1 - self.1).to_radians() / 2.0);
        let half = up.sin().powi(2) + from.cos() * to.cos() * along.sin().powi(2);
        let metres = 2.0 * EARTH_RADIUS_M * half.sqrt().min(1.0).asin();
        // Half the way round the earth fits, and is not negative.
        metres.round() as u32
    }

    /// How far east and how far north `to` lies, in metres, as on a flat map: right to a thousandth within a town.
    pub fn metres_east_and_north_to(self, to: Self) -> (f64, f64) {
        let around = (to.1 - self.1 + 540.0).rem_euclid(360.0) - 180.0;
        let metres = |degrees: f64| degrees.to_radians() * EARTH_RADIUS_M;
        (metres(around) * ((self.0 + to.0) / 2.0).to_radians().cos(), metres(to.0 - self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_the_same_both_ways_and_as_a_map_has_it() {
        let (brandenburg_gate, alexanderplatz) = (Place(52.51628, 13.37771), Place(52.52198, 13.41324));
        let there = brandenburg_gate.metres_to(alexanderplatz);
        assert!((2_400..2_600).contains(&there), "{there} m");
        assert_eq!(there, alexanderplatz.metres_to(brandenburg_gate));
        assert_eq!(Place(90.0, 0.0).metres_to(Place(-90.0, 0.0)), 20_015_114);
        assert_eq!(there.min(Place(0.0, 0.0).metres_to(Place(0.0, 0.0))), 0);
        let (east, north) = brandenburg_gate.metres_east_and_north_to(alexanderplatz);
        assert!((east.hypot(north) - f64::from(there)).abs() < 5.0, "{east} m east, {north} m north");
        assert!(!Place(91.0, 0.0).is_on_earth() && !Place(f64::NAN, 0.0).is_on_earth());
    }
}
