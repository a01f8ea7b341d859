//! The status line: never better than the truth.

use serde::{Deserialize, Serialize};

use super::link::patience;
use super::sender::{Pause, Sender};
use super::{Client, Link};
use crate::outbox::Stage;
use crate::{Millis, Model};

/// How long the link may be quiet or opening before it is called unreachable, in milliseconds; a reload must not cry
/// wolf.
pub(super) const GRACE_MS: Millis = 2_500;

/// How far the device reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The server speaks and everything it said is here.
    Online,
    /// The server speaks, or may be about to, and not everything it said is here.
    Syncing,
    /// The device itself says that it has no network.
    Offline,
    /// There may be a network, but the server does not answer.
    Unreachable,
}

/// How a leading tab stands, as it tells the others, whose own link and sender are idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How far it reaches.
    pub reach: Reach,
    /// Why it sends nothing.
    pub paused: Option<Pause>,
    /// When its rows were last known to be current, by the server's clock.
    pub as_of: Option<Millis>,
    /// What waits does not move although the server is there.
    #[serde(default)]
    pub stalled: bool,
}

/// What the status line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// How far the device reaches.
    pub reach: Reach,
    /// Acts that still have to reach the server.
    pub waiting: usize,
    /// Acts of those that need the person.
    pub needs_you: usize,
    /// Refused acts in the inbox that wait for a decision.
    pub inbox: usize,
    /// The server's clock when the rows were last known to be current.
    pub as_of: Option<Millis>,
    /// Why nothing is sent, where something waits and is not.
    pub paused: Option<Pause>,
    /// What waits does not move although the server is there; it is being tried anew.
    pub stalled: bool,
    /// Kept acts that only an update can read.
    pub unreadable: usize,
}

impl<M: Model> Client<M> {
    /// How far this device reaches, as this tab sees it.
    pub fn reach(&self, now: Millis) -> Reach {
        if !self.leads {
            return self.mirrored.map_or(Reach::Syncing, |standing| standing.reach);
        }
        match self.link {
            // A page that was frozen wakes with a link that it believes to be live.
            Link::Live { caught_up: true, heard_at, .. } if !self.is_sending() && now - heard_at <= patience() => {
                Reach::Online
            }
            Link::Live { .. } => Reach::Syncing,
            _ if !self.network => Reach::Offline,
            Link::Down { since, .. } | Link::Opening { since, .. } if now - since < GRACE_MS => Reach::Syncing,
            _ => Reach::Unreachable,
        }
    }

    /// What the status line says.
    pub fn status(&self, now: Millis) -> Status {
        let account = self.actor.as_ref().map(|actor| &actor.account);
        let needs_you = self.outbox.entries().filter(|entry| Some(&entry.record.account) == account);
        Status {
            reach: self.reach(now),
            waiting: account.map_or(0, |account| self.outbox.waiting(account)),
            needs_you: needs_you.filter(|entry| entry.record.stage == Stage::NeedsYou).count(),
            inbox: self.cache.inbox().iter().filter(|item| self.choice_made(item.id).is_none()).count(),
            as_of: self.cache.mark().as_of.max(self.mirrored.and_then(|standing| standing.as_of)),
            paused: self.paused(),
            stalled: self.stalled || (!self.leads && self.mirrored.is_some_and(|standing| standing.stalled)),
            unreadable: self.outbox.unreadable().count(),
        }
    }

    /// How this tab stands, for the tabs that follow it.
    pub fn standing(&self, now: Millis) -> Standing {
        let (reach, paused) = (self.reach(now), self.paused());
        Standing { reach, paused, as_of: self.cache.mark().as_of, stalled: self.stalled }
    }

    fn paused(&self) -> Option<Pause> {
        match self.sender {
            Sender::Paused(why) => Some(why),
            _ if self.leads => None,
            _ => self.mirrored.and_then(|standing| standing.paused),
        }
    }

    fn is_sending(&self) -> bool {
        matches!(self.sender, Sender::Marking { .. } | Sender::Posting { .. })
    }
}
