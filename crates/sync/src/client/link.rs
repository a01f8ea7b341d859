//! Listening: one socket, a hello with the cursor, then frames and beats; silence is taken for a dead link.

use super::sender::{Pause, Sender};
use super::status::GRACE_MS;
use super::{Client, Output};
use crate::protocol::{Ack, Beat, Frame, Hello, PROTOCOL, SILENCE_MS_MAX, ServerMessage};
use crate::retry;
use crate::{Epoch, Key, Millis, Model};

/// Where listening stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// No socket; the next is opened then, after so many in vain.
    Down {
        /// When.
        until: Millis,
        /// How many.
        tries: u32,
        /// Since when there has been none.
        since: Millis,
    },
    /// The socket is being opened, or is open and the server has not answered the hello.
    Opening {
        /// When it is given up.
        deadline: Millis,
        /// How many tries were in vain before.
        tries: u32,
        /// Since when there has been none that spoke.
        since: Millis,
    },
    /// The server speaks.
    Live {
        /// When its last word came.
        heard_at: Millis,
        /// The catch-up is complete.
        caught_up: bool,
        /// Beats in a row that were ahead of our cursor with no frame between them.
        behind_beats: u32,
    },
}

/// How many beats may be ahead of the cursor before the feed is asked again: the first may cross its frame.
const BEHIND_BEATS_MAX: u32 = 2;

/// How long to wait before the server is asked again whether somebody is signed in, in milliseconds.
const SIGNED_OUT_MS: u64 = 10_000;

impl Link {
    /// A link that is to be opened now.
    pub fn new(now: Millis) -> Self {
        Self::Down { until: now, tries: 0, since: now }
    }

    /// How many sockets in a row brought nothing.
    pub(super) fn tries(&self) -> u32 {
        match self {
            Self::Down { tries, .. } | Self::Opening { tries, .. } => *tries,
            Self::Live { .. } => 0,
        }
    }

    fn tries_and_since(&self, now: Millis) -> (u32, Millis) {
        match self {
            Self::Down { tries, since, .. } | Self::Opening { tries, since, .. } => (*tries, *since),
            // Silence counts from the last word, not from when it was noticed.
            Self::Live { heard_at, .. } => (0, (*heard_at).min(now)),
        }
    }
}

impl<M: Model> Client<M> {
    /// The socket is open.
    pub fn link_opened(&mut self, now: Millis) {
        if !matches!(self.link, Link::Opening { .. }) {
            return;
        }
        let account = self.actor.as_ref().map(|actor| actor.account.clone());
        let unsettled = account.as_ref().map(|account| self.outbox.unsettled(account)).unwrap_or_default();
        let mark = self.cache.mark();
        let hello = Hello {
            protocol: PROTOCOL,
            device: self.device,
            account,
            cursor: mark.cursor,
            scopes: mark.scopes.clone(),
            unsettled,
        };
        self.outputs.push_back(Output::SendHello(hello));
        self.step(now);
    }

    /// The socket closed, or never opened.
    pub fn link_closed(&mut self, now: Millis) {
        if self.leads && !matches!(self.link, Link::Down { .. }) {
            self.link_lost(None, now);
        }
        self.step(now);
    }

    /// The server spoke.
    pub fn heard(&mut self, message: ServerMessage<M>, now: Millis) {
        if !self.leads || matches!(self.link, Link::Down { .. }) {
            return;
        }
        match message {
            ServerMessage::Frame(frame) => self.frame(&frame, now),
            ServerMessage::Beat(beat) => self.beat(beat, now),
            ServerMessage::Bye(bye) => {
                let mut retry_after_ms = Some(bye.retry_after_ms).filter(|ms| *ms > 0);
                if bye.code == "signed-out" && self.actor.is_some() {
                    self.sender = Sender::Paused(Pause::SignedOut);
                    // Signing in opens the link by itself; until then asking often brings nothing.
                    retry_after_ms = retry_after_ms.max(Some(SIGNED_OUT_MS));
                }
                self.outputs.push_back(Output::CloseLink);
                self.link_lost(retry_after_ms, now);
            }
        }
        self.step(now);
    }

    /// Something came that is no word of this protocol. The feed is asked again from the cursor.
    pub fn heard_noise(&mut self, now: Millis) {
        self.ask_again(now);
        self.step(now);
    }

    /// Where listening stands.
    pub fn link(&self) -> &Link {
        &self.link
    }

    fn frame(&mut self, frame: &Frame<M>, now: Millis) {
        let epoch_before = self.cache.epoch();
        let Ok(write) = self.cache.apply(frame) else { return self.ask_again(now) };
        self.link = Link::Live { heard_at: now, caught_up: !frame.more, behind_beats: 0 };
        let mut keys: Vec<Key> = write.puts.iter().map(|row| row.key.clone()).collect();
        keys.extend(write.removes.iter().cloned());
        // Rows and cursor first: an act that is done is shown by its rows or not at all.
        self.outputs.push_back(Output::StoreCache(write));
        self.another_history(epoch_before, frame.cursor.epoch, now);
        self.acks(&frame.acks, now);
        self.rebase(now);
        self.changed(keys);
    }

    fn another_history(&mut self, before: Option<Epoch>, after: Epoch, now: Millis) {
        if before.is_some_and(|before| before != after) {
            let records = self.outbox.reopen(now);
            self.keep(records, now);
            self.sender = Sender::Idle;
        }
    }

    fn acks(&mut self, acks: &[Ack<M>], now: Millis) {
        let mut records = vec![];
        for ack in acks {
            records.extend(self.outbox.acked(ack.id, &ack.settled, now));
        }
        self.keep(records, now);
    }

    fn beat(&mut self, beat: Beat, now: Millis) {
        let Link::Live { caught_up, behind_beats, .. } = self.link else { return };
        let here = self.cache.mark().cursor;
        let ahead = here.is_none_or(|cursor| beat.head > cursor.position);
        if here.is_some_and(|cursor| cursor.epoch != beat.epoch) || (ahead && behind_beats >= BEHIND_BEATS_MAX) {
            return self.ask_again(now);
        }
        let behind_beats = if ahead { behind_beats + 1 } else { 0 };
        self.link = Link::Live { heard_at: now, caught_up, behind_beats };
        if !ahead {
            self.cache.current_as_of(beat.now);
        }
        self.changed(vec![]);
    }

    /// Closes and opens again at once: the cursor tells the server what is missing.
    fn ask_again(&mut self, now: Millis) {
        self.outputs.push_back(Output::CloseLink);
        let (tries, since) = self.link.tries_and_since(now);
        // The first time at once; a server whose frames never fit is not asked without a pause.
        let until = if tries == 0 { now } else { retry::next_try(now, tries, self.visible, None, &mut self.dice) };
        self.link = Link::Down { until, tries: tries + 1, since };
        self.changed(vec![]);
    }

    fn link_lost(&mut self, retry_after_ms: Option<u64>, now: Millis) {
        let (tries, since) = self.link.tries_and_since(now);
        let until = retry::next_try(now, tries, self.visible, retry_after_ms, &mut self.dice);
        self.link = Link::Down { until, tries: tries.saturating_add(1), since };
        self.changed(vec![]);
    }

    /// Who listens has changed: another hello is due.
    pub(super) fn link_restart(&mut self, now: Millis) {
        if !matches!(self.link, Link::Down { .. }) {
            self.outputs.push_back(Output::CloseLink);
        }
        let (_, since) = self.link.tries_and_since(now);
        self.link = Link::Down { until: now, tries: 0, since };
    }

    pub(super) fn link_hurry(&mut self, now: Millis) {
        if let Link::Down { until, .. } = &mut self.link {
            *until = now;
        }
    }

    pub(super) fn link_step(&mut self, now: Millis) {
        let patience = i64::try_from(SILENCE_MS_MAX).unwrap_or(i64::MAX);
        if let Link::Down { since, .. } | Link::Opening { since, .. } = self.link
            && now - since < GRACE_MS
        {
            self.wake(since + GRACE_MS);
        }
        match self.link {
            Link::Down { until, tries, since } if until <= now => {
                let deadline = now + patience;
                self.link = Link::Opening { deadline, tries, since };
                self.outputs.push_back(Output::OpenLink);
                self.wake(deadline);
            }
            Link::Down { until, .. } => self.wake(until),
            Link::Opening { deadline, .. } if deadline <= now => self.link_silent(now),
            Link::Opening { deadline, .. } => self.wake(deadline),
            Link::Live { heard_at, .. } if heard_at + patience <= now => self.link_silent(now),
            Link::Live { heard_at, .. } => self.wake(heard_at + patience),
        }
    }

    fn link_silent(&mut self, now: Millis) {
        self.outputs.push_back(Output::CloseLink);
        self.link_lost(None, now);
        if let Link::Down { until, .. } = self.link {
            self.wake(until);
        }
    }
}
