//! Tabs of one device: one leads and says how it stands; the others mirror it, and take the lead from one that went silent.
//!
//! Who may lead is the browser's lock to give, and the fence in the storage makes sure that only the last who was given it
//! writes. Here is only decided when to ask for it by force.

use super::{Client, Link, Output, Sender, Standing};
use crate::outbox::StayError;
use crate::{CommandId, Millis, Model};

/// How often a leading tab says that it is there, in milliseconds.
pub const LEADER_BEAT_MS: Millis = 2_000;

/// How long a tab that is looked at waits for the leading one's word before it takes the lead, in milliseconds: three
/// beats, since a busy page misses one easily. A frozen tab comes back to find itself fenced off.
pub const LEADER_SILENT_MS_MAX: Millis = 6_000;

impl<M: Model> Client<M> {
    /// This tab sends and listens from now on.
    pub fn lead(&mut self, now: Millis) {
        self.leads = true;
        self.listens = true;
        self.begin_to_lead(now);
        self.link_restart(now);
        self.step(now);
    }

    /// This worker sends what waits, and does nothing else; see [`Client::is_drained`].
    pub fn drain(&mut self, now: Millis) {
        self.leads = true;
        self.listens = false;
        self.visible = false;
        self.begin_to_lead(now);
        self.step(now);
    }

    /// Whether nothing is left that this client could send now.
    pub fn is_drained(&self) -> bool {
        matches!(self.sender, Sender::Paused(_)) || (self.sender == Sender::Idle && self.sendable(0).is_empty())
    }

    fn begin_to_lead(&mut self, now: Millis) {
        self.mirrored = None;
        self.moved_at = now;
        self.told = None;
        if std::mem::take(&mut self.epoch_is_unstored) {
            self.outputs.extend(self.epoch.map(Output::StoreEpoch));
        }
        if let Some(write) = self.unstored.take().filter(|_| self.listens) {
            self.outputs.push_back(Output::StoreCache(write));
        }
        let expired = self.outbox.expired(now);
        if !expired.is_empty() {
            expired.iter().for_each(|id| self.outbox.remove(*id));
            self.outputs.push_back(Output::PruneOutbox(expired));
        }
    }

    /// Another tab leads.
    pub fn follow(&mut self, now: Millis) {
        self.leader_heard_at = now;
        if self.leads {
            self.leads = false;
            self.outputs.push_back(Output::CloseLink);
            self.link = Link::new(now);
            self.sender = Sender::default();
            self.stalled = false;
            self.changed(vec![]);
        }
    }

    /// The leading tab's word, and how it stands, which is this device's standing.
    pub fn mirror(&mut self, standing: Standing, now: Millis) {
        if self.leads {
            return;
        }
        self.leader_heard_at = now;
        if self.mirrored != Some(standing) {
            self.mirrored = Some(standing);
            self.changed(vec![]);
        }
        self.step(now);
    }

    /// The acts that go when `id` is taken back: it, and those that rest on it.
    ///
    /// # Errors
    /// [`StayError`] if one of them has left, or may have.
    pub fn withdrawal(&self, id: CommandId) -> Result<Vec<CommandId>, StayError> {
        self.outbox.withdrawal(id)
    }

    pub(super) fn follower_step(&mut self, now: Millis) {
        if !self.visible {
            return;
        }
        if now - self.leader_heard_at >= LEADER_SILENT_MS_MAX {
            // Asked for once a while: the lock may take a moment to come.
            self.leader_heard_at = now;
            self.outputs.push_back(Output::StealLead);
        }
        self.wake(self.leader_heard_at + LEADER_SILENT_MS_MAX);
    }

    pub(super) fn tell_tabs(&mut self, now: Millis) {
        let standing = self.standing(now);
        let due = |(told, at): (Standing, Millis)| told != standing || now - at >= LEADER_BEAT_MS || now < at;
        if self.told.is_none_or(due) {
            self.told = Some((standing, now));
            self.outputs.push_back(Output::TellTabs(standing));
        }
        self.wake(self.told.map_or(now, |(_, at)| at) + LEADER_BEAT_MS);
    }
}
