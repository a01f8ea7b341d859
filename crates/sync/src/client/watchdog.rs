//! The watchdog: what could be sent and does not move, although the server is there, is begun anew and told; and the
//! server is asked again about what it accepted without a final word.

use super::{Client, Link, Output, Sender};
use crate::outbox::Stage;
use crate::protocol::FaultKind;
use crate::{Millis, Model};

/// How long acts that could be sent may stand still while the server speaks, in milliseconds: several requests have had
/// their whole patience by then, and a person has not yet given up.
pub const STALL_MS_MAX: Millis = 20_000;

/// How long an accepted act may be without its final word while the feed is up to date, in milliseconds: the word comes
/// with the next frame or two, unless the act was decided between this device's hello and the server's first frame.
const WORD_MS_MAX: Millis = 10_000;
/// How often the server is asked again for such words, in milliseconds: what it does not know yet it will tell by itself.
const WORDS_EVERY_MS: Millis = 60_000;

impl<M: Model> Client<M> {
    /// Something that waited moved.
    pub(super) fn moved(&mut self, now: Millis) {
        self.moved_at = now;
        if std::mem::take(&mut self.stalled) {
            self.changed(vec![]);
        }
    }

    pub(super) fn watch(&mut self, now: Millis) {
        let paused = matches!(self.sender, Sender::Paused(_));
        if paused || self.sendable(now).is_empty() {
            return self.moved(now);
        }
        if !matches!(self.link, Link::Live { .. }) {
            // Without a server nothing is expected to move; the status says so in its own words.
            self.moved_at = now;
            return;
        }
        if now - self.moved_at < STALL_MS_MAX {
            return self.wake(self.moved_at + STALL_MS_MAX);
        }
        self.moved_at = now;
        self.wake(now + STALL_MS_MAX);
        self.stalled = true;
        self.report(FaultKind::Stalled, "outbox", "what waits did not move although the server was there");
        // What is being marked waits for the disk alone, and must not leave before the disk has answered.
        if !matches!(self.sender, Sender::Marking { .. }) {
            self.sender = Sender::Idle;
            self.outputs.push_back(Output::CloseLink);
            self.link_restart(now);
        }
        self.changed(vec![]);
    }

    pub(super) fn watch_words(&mut self, now: Millis) {
        let Link::Live { caught_up: true, .. } = self.link else { return };
        let waits = self.outbox.entries().any(|entry| entry.record.stage == Stage::Accepted);
        self.words_since = self.words_since.filter(|_| waits).or(waits.then_some(now));
        let Some(since) = self.words_since else { return };
        let due = (since + WORD_MS_MAX).max(self.words_asked_at.map_or(since, |at| at + WORDS_EVERY_MS));
        if now < due {
            return self.wake(due);
        }
        self.words_asked_at = Some(now);
        self.ask_again(now);
        self.link_step(now);
    }

    /// The device's clock went back: what was to happen at a time on the clock as it was would be waited for as long as
    /// that was wrong.
    pub(super) fn mind_the_clock(&mut self, now: Millis) {
        if std::mem::replace(&mut self.told_at, now) <= now {
            return;
        }
        self.link_clock_went_back(now);
        self.sender_clock_went_back(now);
        for at in [&mut self.moved_at, &mut self.leader_heard_at, &mut self.reached_until] {
            *at = (*at).min(now);
        }
        (self.words_since, self.words_asked_at, self.told) = (None, None, None);
        self.repaired_at.clear();
    }
}
