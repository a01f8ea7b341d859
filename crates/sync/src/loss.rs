//! What can be proved after a browser threw away what a device had kept, and never better than that.
//!
//! A browser evicts the storage of a site whole, and usually leaves its cookies. Three things are left then: a [`Trace`]
//! that the page wrote into a cookie whenever its outbox changed, a cookie of the server's that names the device, and what
//! the server heard from that device ([`Remembered`]). What they prove together is a [`Loss`].

use serde::{Deserialize, Serialize};

use crate::outbox::Outbox;
use crate::{CommandId, DeviceId, Millis, Model};

/// What a page writes where an eviction does not reach, whenever its outbox has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Whose outbox it is.
    pub device: DeviceId,
    /// How many acts waited, whoever they were of.
    pub waiting: usize,
    /// When the oldest of them was made, or, if none waited, when that was seen; by the device's clock.
    pub since: Millis,
}

impl Trace {
    /// The trace of `outbox` as it is at `now`.
    pub fn of<M: Model>(device: DeviceId, outbox: &Outbox<M>, now: Millis) -> Self {
        let (waiting, oldest) = outbox.all_waiting();
        Self { device, waiting, since: oldest.unwrap_or(now) }
    }

    /// Whether `other` says the same of the same device. When nothing was seen to wait may differ.
    pub fn says_as(&self, other: &Self) -> bool {
        (self.device, self.waiting) == (other.device, other.waiting) && (self.waiting == 0 || self.since == other.since)
    }

    /// As it stands in a cookie.
    pub fn to_text(&self) -> String {
        format!("{}.{}.{}", self.device, self.waiting, self.since)
    }

    /// Reads what [`Self::to_text`] wrote; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let trace = Self {
            device: parts.next()?.parse().ok()?,
            waiting: parts.next()?.parse().ok()?,
            since: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(trace)
    }
}

/// What the server answers to `GET /api/device`: what it heard from the device that the request's cookie names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// That device.
    pub device: DeviceId,
    /// The highest number that an act of it was heard to have.
    pub seq: u64,
    /// When it last said what it holds, by the server's clock; `None` if it never did.
    pub heard_at: Option<Millis>,
    /// How many acts it then said to hold without an answer.
    pub waiting: usize,
    /// Those of them that have never arrived.
    pub missing: Vec<CommandId>,
}

/// What the server could say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// It was not reached yet.
    Awaited,
    /// It knows of no such device.
    Nothing,
    /// What it heard.
    Known(Remembered),
}

/// An outbox that is gone, and what is known of it. It is kept until its person has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// When it was noticed, by the device's clock.
    pub noticed_at: Millis,
    /// What the page itself had noted.
    pub trace: Option<Trace>,
    /// What the server knows.
    pub word: Word,
}

impl Loss {
    /// What the page's own trace gives away: an outbox under another name than the one that is here now.
    pub fn noticed(here: DeviceId, trace: Option<Trace>, now: Millis) -> Option<Self> {
        let trace = trace.filter(|trace| trace.device != here)?;
        Some(Self { noticed_at: now, trace: Some(trace), word: Word::Awaited })
    }

    /// What is known once the server has spoken to the device `here`, of which `before` was known already.
    pub fn told(before: Option<Self>, here: DeviceId, answer: Option<Remembered>, now: Millis) -> Option<Self> {
        let other = answer.filter(|remembered| remembered.device != here);
        match (before, other) {
            (None, None) => None,
            (before, Some(known)) => {
                let trace = before.as_ref().and_then(|before| before.trace);
                let noticed_at = before.map_or(now, |before| before.noticed_at);
                Some(Self { noticed_at, trace, word: Word::Known(known) })
            }
            (Some(before), None) if before.word == Word::Awaited => Some(Self { word: Word::Nothing, ..before }),
            (before, None) => before,
        }
    }

    /// How many acts are known to have waited and never to have arrived. A lower bound: more may be lost.
    pub fn never_arrived(&self) -> usize {
        match &self.word {
            Word::Known(known) => known.missing.len(),
            Word::Awaited | Word::Nothing => 0,
        }
    }

    /// Since when acts may be lost of which nobody knows: the server's last word from the device, else the page's own.
    pub fn unknown_since(&self) -> Option<Millis> {
        match &self.word {
            Word::Known(Remembered { heard_at: Some(heard_at), .. }) => Some(*heard_at),
            _ => self.trace.map(|trace| trace.since),
        }
    }
}
