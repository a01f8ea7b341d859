//! Listening: a hello with the cursor, then frames and beats; silence is taken for a dead link.
//!
//! The socket is tried first. Where it failed twice in a row, every other try is a plain request that the server answers
//! when it has something to say, and while those pass the socket is tried beside them now and then.

use super::sender::{Pause, SOCKET_TRIES_MIN, SendError, Sender};
use super::status::GRACE_MS;
use super::{Client, Output};
use crate::cache::CacheWrite;
use crate::outbox::{Parked, Place};
use crate::protocol::{
    Ack, Beat, Bye, Digest, ERASED, FaultKind, Frame, Hello, OTHERS_MAX, PROTOCOL, SELDOM_MS, SERVER_OLDER,
    SILENCE_MS_MAX, ServerMessage, Settled, UPDATE,
};
use crate::retry;
use crate::{Epoch, Key, Millis, Model, Scope};

/// What carries the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A socket.
    Socket,
    /// Requests, one after the other; so many so far.
    Poll(u32),
}

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
        /// What is tried.
        via: Via,
    },
    /// The server speaks.
    Live {
        /// What carries it.
        via: Via,
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

/// How many requests carry the feed before the socket is tried beside them: about once a minute.
const POLLS_MAX: u32 = 24;

/// How often one scope may be fetched again because it does not add up, in milliseconds: a mistake that fetching does not
/// mend must not become a loop.
const REPAIR_EVERY_MS: Millis = 60_000;

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

/// How long a live link may be silent.
pub(super) fn patience() -> Millis {
    i64::try_from(SILENCE_MS_MAX).unwrap_or(i64::MAX)
}

impl<M: Model> Client<M> {
    /// The socket is open.
    pub fn link_opened(&mut self, now: Millis) {
        match self.link {
            Link::Opening { via: Via::Socket, .. } => {}
            // The socket passes after all, so the requests are let go.
            Link::Live { via: Via::Poll(_), .. } => {
                let deadline = now + patience();
                self.link = Link::Opening { deadline, tries: 0, since: now, via: Via::Socket };
            }
            _ => return,
        }
        let hello = self.hello(false);
        self.outputs.push_back(Output::SendHello(hello));
        self.step(now);
    }

    /// The socket closed, or never opened.
    pub fn link_closed(&mut self, now: Millis) {
        let is_socket =
            matches!(self.link, Link::Opening { via: Via::Socket, .. } | Link::Live { via: Via::Socket, .. });
        if self.leads && is_socket {
            self.link_lost(None, now);
        }
        self.step(now);
    }

    /// The server spoke on the socket.
    pub fn heard(&mut self, message: ServerMessage<M>, now: Millis) {
        let is_socket =
            matches!(self.link, Link::Opening { via: Via::Socket, .. } | Link::Live { via: Via::Socket, .. });
        if !self.leads || !is_socket {
            return;
        }
        self.take(message, now);
        self.step(now);
    }

    /// What the request `turn` for the feed brought.
    pub fn polled(&mut self, turn: u64, answer: Result<Vec<ServerMessage<M>>, SendError>, now: Millis) {
        let polls = match self.link {
            Link::Opening { via: Via::Poll(polls), .. } | Link::Live { via: Via::Poll(polls), .. } => polls,
            _ => return,
        };
        if !self.leads || turn != self.turn_polled {
            return;
        }
        match answer {
            Ok(messages) => {
                messages.into_iter().for_each(|message| self.take(message, now));
                if let Link::Live { via, .. } = &mut self.link {
                    *via = Via::Poll(polls + 1);
                    if (polls + 1).is_multiple_of(POLLS_MAX) {
                        self.outputs.push_back(Output::OpenLink);
                    }
                    self.poll_feed(true);
                } else if matches!(self.link, Link::Opening { .. }) {
                    self.link_lost(None, now);
                }
            }
            // A problem says what a farewell would.
            Err(SendError::Problem { status, slug, retry_after_ms }) => {
                let code = if status == 401 { "signed-out".to_owned() } else { slug };
                let retry_after_ms = retry_after_ms.unwrap_or(0);
                self.take_bye(&Bye { code, reason: String::new(), retry_after_ms }, now);
            }
            Err(SendError::Lost { retry_after_ms }) => self.link_lost(retry_after_ms, now),
        }
        self.step(now);
    }

    /// The first word of a talk; or, where it `goes_on` by requests, the next one of the same talk.
    fn hello(&mut self, goes_on: bool) -> Hello {
        let account = self.actor.as_ref().map(|actor| actor.account.clone());
        let unsettled = account.as_ref().map(|account| self.outbox.unsettled(account)).unwrap_or_default();
        let others = self.outbox.accounts().filter(|other| Some(*other) != account.as_ref()).take(OTHERS_MAX);
        let others = others.cloned().collect();
        let holds = account.as_ref().map(|account| self.outbox.holds(account)).unwrap_or_default();
        let half_way = self.cache.half_way().map(|(anew, scopes)| (anew.clone(), scopes.to_vec()));
        // What is fetched whole is asked for once: a talk that goes on, or begins anew, is bringing it already.
        if !goes_on && half_way.is_none() {
            self.cache.repair(self.wanting.clone());
        }
        let mark = self.cache.mark();
        let held = |scope: &&Scope| goes_on || !self.wanting.contains(*scope);
        let (anew, scopes) = match half_way {
            Some((anew, scopes)) => (Some(anew), scopes),
            None => (None, mark.scopes.iter().filter(held).cloned().collect()),
        };
        Hello {
            protocol: PROTOCOL,
            device: self.device,
            account,
            cursor: mark.cursor,
            scopes,
            unsettled,
            holds,
            release: self.release.clone(),
            anew,
            goes_on,
            others,
        }
    }

    fn poll_feed(&mut self, goes_on: bool) {
        let hello = self.hello(goes_on);
        self.turn_polled += 1;
        self.outputs.push_back(Output::Poll(self.turn_polled, hello));
    }

    fn take(&mut self, message: ServerMessage<M>, now: Millis) {
        if matches!(self.link, Link::Down { .. }) {
            return;
        }
        match message {
            ServerMessage::Frame(frame) => self.frame(&frame, now),
            ServerMessage::Beat(beat) => self.beat(beat, now),
            ServerMessage::Erased(account) => self.outputs.push_back(Output::Forget(account)),
            ServerMessage::Bye(bye) => self.take_bye(&bye, now),
        }
    }

    fn take_bye(&mut self, bye: &Bye, now: Millis) {
        let mut retry_after_ms = Some(bye.retry_after_ms).filter(|ms| *ms > 0);
        match bye.code.as_str() {
            "signed-out" if self.actor.is_some() => {
                self.sender = Sender::Paused(Pause::SignedOut);
                // Signing in opens the link by itself; until then asking often brings nothing.
                retry_after_ms = retry_after_ms.max(Some(SIGNED_OUT_MS));
            }
            // Their name is not signed in here any more, nor is anything of them kept.
            ERASED => {
                self.outputs.extend(self.actor.as_ref().map(|actor| Output::Forget(actor.account.clone())));
            }
            UPDATE => {
                self.sender = Sender::Paused(Pause::UpdateNeeded);
                retry_after_ms = Some(SELDOM_MS);
            }
            SERVER_OLDER => retry_after_ms = retry_after_ms.max(Some(SELDOM_MS)),
            _ => {}
        }
        self.outputs.push_back(Output::CloseLink);
        self.link_lost(retry_after_ms, now);
    }

    /// Something came that is no word of this protocol. The feed is asked again from the cursor.
    pub fn heard_noise(&mut self, now: Millis) {
        self.report(FaultKind::UnreadableWord, "feed", "a word of the server is none of this protocol");
        self.ask_again(now);
        self.step(now);
    }

    /// Where listening stands.
    pub fn link(&self) -> &Link {
        &self.link
    }

    fn frame(&mut self, frame: &Frame<M>, now: Millis) {
        let stood = self.cache.mark().cursor;
        // The first frame of a talk says so by its scopes. Without it, what it fetched again would be taken for gone.
        if frame.scopes.is_none() && matches!(self.link, Link::Opening { .. }) {
            return self.ask_again(now);
        }
        let Ok(write) = self.cache.apply(frame) else { return self.ask_again(now) };
        self.talk_goes_on(!frame.more, now);
        // Before the new rows and their cursor are kept: a crash between the two must find the acts open again.
        let lost_place = stood.is_some() && frame.reset && !frame.too_long_ago;
        self.another_history(lost_place, frame.cursor.epoch, now);
        let keys = self.rows_came(write, now);
        // After the rows: each word notes where the row of its lane stands with it.
        self.acks(&frame.acks, frame.cursor.epoch, now);
        self.rebase(now);
        self.changed(keys);
        if !frame.more {
            self.wanting.clear();
            self.compare(&frame.digests, now);
            self.ask_about_what_was_reopened(now);
        }
    }

    /// The server spoke as it should; with its first frame the talk begins.
    fn talk_goes_on(&mut self, caught_up: bool, now: Millis) {
        if matches!(self.link, Link::Opening { .. }) {
            self.turn_before_talk = self.turn;
            self.try_what_was_unknown(now);
        }
        self.link = Link::Live { via: self.via(), heard_at: now, caught_up, behind_beats: 0 };
        if self.sender == Sender::Paused(Pause::UpdateNeeded) {
            self.sender = Sender::Idle;
        }
    }

    /// Has what a frame changed stored; returns the rows that it is about.
    fn rows_came(&mut self, write: CacheWrite, now: Millis) -> Vec<Key> {
        let keys: Vec<Key> = write.puts.iter().map(|row| &row.key).chain(&write.removes).cloned().collect();
        for key in &keys {
            if self.cache.is_unreadable(key) {
                self.report(FaultKind::UnreadableRow, key.as_str(), "a row that came cannot be read by this release");
            }
        }
        let gone = self.actor.as_ref().map(|actor| self.outbox.rows_gone(&write.removes, &actor.account, now));
        self.keep(gone.unwrap_or_default(), now);
        self.outputs.push_back(Output::StoreCache(write));
        keys
    }

    /// Every talk may be with another release of the server than the one before: what that did not know this one may.
    pub(super) fn try_what_was_unknown(&mut self, now: Millis) {
        let parked = self.outbox.entries().filter(|entry| entry.record.parked == Some(Parked::UnknownCommand));
        let ids: Vec<_> = parked.map(|entry| entry.record.id).collect();
        let records = ids.into_iter().flat_map(|id| self.outbox.unpark(id, now)).collect();
        self.keep(records, now);
    }

    /// Whatever an old history said it had may be lost in a new one, also when the server does not call it new but no
    /// longer knows the place where this device stood.
    fn another_history(&mut self, lost_place: bool, epoch: Epoch, now: Millis) {
        let another = self.epoch.is_some_and(|before| before != epoch);
        if another || lost_place {
            let records = self.outbox.reopen(now);
            self.asks_anew |= !records.is_empty();
            self.keep(records, now);
            if !matches!(self.sender, Sender::Paused(_)) {
                self.sender = Sender::Idle;
            }
        }
        if self.epoch != Some(epoch) {
            self.epoch = Some(epoch);
            self.outputs.push_back(Output::StoreEpoch(epoch));
        }
    }

    /// The hello of this talk said nothing of acts that were done when it was said. Those that the new history has kept are
    /// not told of again by themselves.
    fn ask_about_what_was_reopened(&mut self, now: Millis) {
        let live = matches!(self.link, Link::Live { .. });
        if std::mem::take(&mut self.asks_anew) && live {
            self.ask_again(now);
        }
    }

    /// What does not add up is fetched again, and told.
    fn compare(&mut self, digests: &[Digest], now: Millis) {
        let differing = self.cache.differing(digests);
        for scope in &differing {
            self.report(FaultKind::DigestDiffers, scope.as_str(), "the rows here did not add up to the server's");
        }
        let lately = |at: &Millis| (0..REPAIR_EVERY_MS).contains(&(now - at));
        let due: Vec<_> =
            differing.into_iter().filter(|scope| !self.repaired_at.get(scope).is_some_and(lately)).collect();
        if due.is_empty() {
            return;
        }
        self.repaired_at.extend(due.iter().map(|scope| (scope.clone(), now)));
        self.wanting.extend(due);
        self.ask_again(now);
    }

    fn acks(&mut self, acks: &[Ack<M>], epoch: Epoch, now: Millis) {
        let mut records = vec![];
        for ack in acks {
            if ack.settled == Settled::Unreadable {
                self.report(
                    FaultKind::UnreadableWord,
                    &ack.id.to_string(),
                    "a final word cannot be read by this release",
                );
            }
            let row = self.outbox.get(ack.id).and_then(|entry| self.cache.get(&entry.record.lane));
            let shown_by = row.map(|row| Place { epoch, position: row.stored.position });
            records.extend(self.outbox.acked(ack.id, &ack.settled, shown_by, now));
        }
        self.keep(records, now);
    }

    fn via(&self) -> Via {
        match self.link {
            Link::Opening { via, .. } | Link::Live { via, .. } => via,
            Link::Down { .. } => Via::Socket,
        }
    }

    fn beat(&mut self, beat: Beat, now: Millis) {
        let Link::Live { via, caught_up, behind_beats, .. } = self.link else { return };
        let here = self.cache.mark().cursor;
        let ahead = here.is_none_or(|cursor| beat.head > cursor.position);
        if here.is_some_and(|cursor| cursor.epoch != beat.epoch) || (ahead && behind_beats >= BEHIND_BEATS_MAX) {
            return self.ask_again(now);
        }
        let behind_beats = if ahead { behind_beats + 1 } else { 0 };
        self.link = Link::Live { via, heard_at: now, caught_up, behind_beats };
        if !ahead {
            self.cache.current_as_of(beat.now);
        }
        self.changed(vec![]);
    }

    /// Closes and opens again at once: the cursor tells the server what is missing.
    pub(super) fn ask_again(&mut self, now: Millis) {
        self.outputs.push_back(Output::CloseLink);
        let (tries, since) = self.link.tries_and_since(now);
        // The first time at once; a server whose frames never fit is not asked without a pause.
        let until = if tries == 0 { now } else { retry::next_try(now, tries, self.visible, None, &mut self.dice) };
        self.link = Link::Down { until, tries: tries + 1, since };
        self.changed(vec![]);
    }

    fn link_lost(&mut self, retry_after_ms: Option<u64>, now: Millis) {
        if matches!(self.link, Link::Live { .. }) {
            self.not_reached(now);
        }
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

    pub(super) fn link_clock_went_back(&mut self, now: Millis) {
        match &mut self.link {
            Link::Down { until, since, .. } => (*until, *since) = (now, (*since).min(now)),
            Link::Opening { deadline, since, .. } => {
                (*deadline, *since) = ((*deadline).min(now + patience()), (*since).min(now));
            }
            Link::Live { heard_at, .. } => *heard_at = (*heard_at).min(now),
        }
    }

    pub(super) fn link_step(&mut self, now: Millis) {
        if let Link::Down { since, .. } | Link::Opening { since, .. } = self.link
            && now - since < GRACE_MS
        {
            self.wake(since + GRACE_MS);
        }
        match self.link {
            Link::Down { until, tries, since } if until <= now => self.open_link(tries, since, now),
            Link::Down { until, .. } => self.wake(until),
            Link::Opening { deadline, .. } if deadline <= now => self.link_silent(now),
            Link::Opening { deadline, .. } => self.wake(deadline),
            Link::Live { heard_at, .. } if heard_at + patience() <= now => self.link_silent(now),
            Link::Live { heard_at, .. } => self.wake(heard_at + patience()),
        }
    }

    fn open_link(&mut self, tries: u32, since: Millis, now: Millis) {
        let by_request = tries >= SOCKET_TRIES_MIN && tries.is_multiple_of(2);
        let via = if by_request { Via::Poll(0) } else { Via::Socket };
        let deadline = now + patience();
        self.link = Link::Opening { deadline, tries, since, via };
        if by_request {
            self.poll_feed(false);
        } else {
            self.outputs.push_back(Output::OpenLink);
        }
        self.wake(deadline);
    }

    fn link_silent(&mut self, now: Millis) {
        self.outputs.push_back(Output::CloseLink);
        self.link_lost(None, now);
        if let Link::Down { until, .. } = self.link {
            self.wake(until);
        }
    }
}
