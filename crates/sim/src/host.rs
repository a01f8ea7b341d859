//! The server's process: it works in steps between any two of which it may crash, speaks to whoever listens, and beats.

use std::collections::{BTreeMap, BTreeSet};

use domain::trade::Trade;
use flow::feed::Talk;
use sync::protocol::{BEAT_MS, Bye, ERASED, Frame, ServerMessage};
use sync::{AccountId, Actor, DeviceId, Millis};

use crate::network::lost;
use crate::profile::{Heard, TabId};
use crate::report::Fault;
use crate::world::{Event, World};

/// What the process holds beside its disks.
#[derive(Default)]
pub struct Host {
    /// It runs.
    pub is_up: bool,
    /// How often it was started; what an earlier process had planned does not happen.
    pub life: u64,
    /// Work is planned.
    pub works: bool,
    /// Who listens by a socket.
    pub talks: BTreeMap<TabId, Speaker>,
    /// Whose request for the feed is held.
    pub polls: BTreeMap<TabId, HeldPoll>,
    /// Sockets that are open and say nothing.
    pub silent: BTreeSet<(TabId, u64)>,
    /// Sockets that take nothing before one of the next beats.
    pub slow: BTreeSet<(TabId, u64)>,
    /// When the last word on a socket arrives.
    pub socket_until: BTreeMap<(TabId, u64), Millis>,
}

/// One client that listens.
pub struct Speaker {
    /// By which of its tab's sockets.
    pub link: u64,
    /// How far it was told.
    pub talk: Talk,
    /// Who it is.
    pub actor: Option<Actor>,
    /// On which device.
    pub device: DeviceId,
    /// In which session.
    pub session: Option<u64>,
    /// By a request that goes on with the talk of an earlier one.
    pub goes_on: bool,
    /// Whose acts lie on the device beside its own person's, as far as it was not told that they are erased.
    pub others: Vec<AccountId>,
}

/// A request for the feed that waits for something to say.
pub struct HeldPoll {
    /// Which of its tab's requests.
    pub turn: u64,
    /// For whom.
    pub speaker: Speaker,
}

impl World {
    // ---- speaking ------------------------------------------------------------------------------------------------

    /// The server sends every client what it has for it.
    pub(crate) fn speak(&mut self) {
        let mut talks = std::mem::take(&mut self.host.talks);
        for (id, speaker) in &mut talks {
            if self.host.slow.contains(&(*id, speaker.link)) {
                continue;
            }
            for frame in self.frames(speaker, false) {
                self.say(*id, speaker.link, &ServerMessage::Frame(frame));
            }
        }
        self.host.talks = talks;
        let mut polls = std::mem::take(&mut self.host.polls);
        polls.retain(|id, poll| {
            // An answer ends with its first frame; the next request asks for the rest.
            let Some(frame) = self.server.frame(&mut poll.speaker, false, self.now) else { return true };
            self.answer_held(*id, poll, Some(frame));
            false
        });
        self.host.polls = polls;
    }

    fn frames(&mut self, speaker: &mut Speaker, even_empty: bool) -> Vec<Frame<Trade>> {
        let mut frames = vec![];
        while let Some(frame) = self.server.frame(speaker, even_empty, self.now) {
            let more = frame.more;
            frames.push(frame);
            // A frame that is not complete is followed by the next at once.
            if !more {
                break;
            }
        }
        frames
    }

    /// A request has been held long enough.
    pub(crate) fn poll_due(&mut self, id: TabId, turn: u64) {
        if let Some(mut poll) = self.host.polls.remove(&id) {
            if poll.turn != turn {
                self.host.polls.insert(id, poll);
                return;
            }
            let frame = self.server.frame(&mut poll.speaker, true, self.now);
            self.answer_held(id, &poll, frame);
        }
    }

    fn answer_held(&mut self, id: TabId, poll: &HeldPoll, frame: Option<Frame<Trade>>) {
        let erased = self.erased_of(&poll.speaker.others).into_iter().map(ServerMessage::Erased);
        let mut messages: Vec<_> = erased.chain(frame.into_iter().map(ServerMessage::Frame)).collect();
        messages.push(ServerMessage::Beat(self.server.beat(&poll.speaker.talk, self.now)));
        self.answer_poll(id, poll.speaker.link, poll.turn, &messages);
    }

    fn erased_of(&self, others: &[AccountId]) -> Vec<AccountId> {
        others.iter().filter(|other| self.server.is_erased(other)).cloned().collect()
    }

    pub(crate) fn beat(&mut self) {
        self.at(Millis::try_from(BEAT_MS).unwrap_or(Millis::MAX), Event::Beat);
        if !self.host.is_up {
            return;
        }
        if self.server.is_due(self.now) {
            self.wake_server();
        }
        let mut talks = std::mem::take(&mut self.host.talks);
        for (id, speaker) in &mut talks {
            if self.host.slow.contains(&(*id, speaker.link)) && self.chance.once_in(2) {
                continue;
            }
            self.host.slow.remove(&(*id, speaker.link));
            // A sign-out in another tab ends the talks of the session too.
            if speaker.actor.is_some() && self.server.session(speaker.session).is_none() {
                let erased = speaker.actor.as_ref().is_some_and(|actor| self.server.is_erased(&actor.account));
                let code = if erased { ERASED } else { "signed-out" };
                let bye = Bye { code: code.into(), reason: String::new(), retry_after_ms: 0 };
                self.say(*id, speaker.link, &ServerMessage::Bye(bye));
                continue;
            }
            for other in self.erased_of(&speaker.others) {
                speaker.others.retain(|told| *told != other);
                self.say(*id, speaker.link, &ServerMessage::Erased(other));
            }
            for frame in self.frames(speaker, true) {
                self.say(*id, speaker.link, &ServerMessage::Frame(frame));
            }
            let beat = self.server.beat(&speaker.talk, self.now);
            self.say(*id, speaker.link, &ServerMessage::Beat(beat));
        }
        self.host.talks = talks;
    }

    /// A client does not listen any more.
    pub(crate) fn hang_up(&mut self, id: TabId) {
        self.host.talks.remove(&id);
        self.host.polls.remove(&id);
    }

    // ---- working -------------------------------------------------------------------------------------------------

    pub(crate) fn wake_server(&mut self) {
        if !self.host.works && self.host.is_up {
            self.host.works = true;
            let delay = self.chance.ms(0, 3);
            self.at(delay, Event::ServerWorks { life: self.host.life });
        }
    }

    /// Some steps, in which a crash may come between any two.
    pub(crate) fn server_works(&mut self) {
        self.host.works = false;
        let mut more = true;
        for _ in 0..=self.chance.below(5) {
            more = self.server.work(self.now);
            if !more {
                break;
            }
            if self.strikes(Fault::ServerCrash, 120) {
                return self.crash_server();
            }
        }
        if self.chance.once_in(3) {
            self.server.flush_views();
        }
        self.speak();
        if more {
            self.wake_server();
        }
    }

    pub(crate) fn crash_server(&mut self) {
        self.host.is_up = false;
        self.host.life += 1;
        self.host.works = false;
        let lost_views = self.strikes(Fault::ViewsLost, 2);
        self.server.crash(lost_views);
        let talks = std::mem::take(&mut self.host.talks);
        for (id, speaker) in talks {
            let delay = self.way();
            self.heard_in(delay, id, Heard::LinkClosed(speaker.link));
        }
        let polls: Vec<TabId> = self.host.polls.keys().copied().collect();
        polls.into_iter().for_each(|id| self.drop_poll(id));
        let down = self.chance.ms(100, 3_000);
        self.at(down, Event::ServerStarts);
    }

    /// The connection of a request that is held is lost.
    pub(crate) fn drop_poll(&mut self, id: TabId) {
        let Some(poll) = self.host.polls.remove(&id) else { return };
        let delay = self.way();
        self.heard_in(delay, id, Heard::Polled(poll.speaker.link, poll.turn, Err(lost())));
    }

    pub(crate) fn start_server(&mut self) {
        self.host.is_up = true;
        self.host.silent.clear();
        self.host.slow.clear();
        self.wake_server();
    }
}
