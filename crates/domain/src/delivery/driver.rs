//! A driver: on duty or not. What they carry is in [`super::errand`].

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Millis};

use super::Place;
use crate::id::ZoneId;

/// A driver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// Who.
    pub account: AccountId,
    /// Where they drive.
    pub zone: ZoneId,
    /// Whether meals are offered to them.
    pub on_duty: bool,
    /// Where they were when they came on duty, where they let that be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// Since when it is so, by the server's clock.
    pub since: Millis,
}

/// What a driver may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriverCommand {
    /// Offer me meals.
    GoOnDuty {
        /// Who.
        driver: AccountId,
        /// Where they are, where they let that be known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Place>,
    },
    /// Offer me no more; what I have I deliver.
    GoOffDuty {
        /// Who.
        driver: AccountId,
    },
}

impl DriverCommand {
    /// Whom it is about.
    pub fn driver(&self) -> &AccountId {
        match self {
            Self::GoOnDuty { driver, .. } | Self::GoOffDuty { driver } => driver,
        }
    }
}

/// What happened to a driver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriverEvent {
    /// They came on duty.
    CameOnDuty(Box<Driver>),
    /// They went off duty.
    WentOffDuty {
        /// When.
        at: Millis,
    },
}

/// Why the trade says no to a driver about themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriverRefusal {
    /// There is no such place.
    NoSuchPlace,
    /// Their account is for no zone.
    NoZone,
}

/// Decides for a driver.
pub(crate) fn decide(
    driver: Option<&Driver>,
    command: &DriverCommand,
    actor: &Actor,
    now: Millis,
) -> Result<Vec<DriverEvent>, DriverRefusal> {
    let is_on_duty = driver.is_some_and(|driver| driver.on_duty);
    match command {
        DriverCommand::GoOnDuty { at: Some(at), .. } if !at.is_on_earth() => Err(DriverRefusal::NoSuchPlace),
        DriverCommand::GoOnDuty { .. } if is_on_duty => Ok(vec![]),
        DriverCommand::GoOnDuty { at, .. } => {
            let zone = actor.role.of.clone().map(ZoneId).ok_or(DriverRefusal::NoZone)?;
            let driver = Driver { account: actor.account.clone(), zone, on_duty: true, at: *at, since: now };
            Ok(vec![DriverEvent::CameOnDuty(Box::new(driver))])
        }
        DriverCommand::GoOffDuty { .. } if is_on_duty => Ok(vec![DriverEvent::WentOffDuty { at: now }]),
        DriverCommand::GoOffDuty { .. } => Ok(vec![]),
    }
}

/// The driver after `event`.
pub(crate) fn apply(driver: Option<Driver>, event: &DriverEvent) -> Option<Driver> {
    match event {
        DriverEvent::CameOnDuty(driver) => Some((**driver).clone()),
        DriverEvent::WentOffDuty { at } => driver.map(|driver| Driver { on_duty: false, since: *at, ..driver }),
    }
}
