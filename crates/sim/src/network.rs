//! What is between a tab and the server: requests and sockets that are lost, doubled, late, cut, silent, garbled, or
//! answered by a stranger. Everything that passes is encoded on one side and decoded on the other.

use domain::trade::Trade;
use sync::Millis;
use sync::client::{Client, REQUEST_MS_MAX, SendError};
use sync::protocol::{Batch, BatchAnswer, Bye, ERASED, Hello, POLL_HOLD_MS, ServerMessage};

use crate::host::{HeldPoll, Speaker};
use crate::profile::{Heard, TabId};
use crate::release;
use crate::report::Fault;
use crate::server::Rejected;
use crate::world::{Event, World};

/// How long something on the way takes at most, in milliseconds.
const WAY_MS_MAX: u64 = 60;

pub(crate) fn lost() -> SendError {
    SendError::Lost { retry_after_ms: None }
}

impl World {
    pub(crate) fn way(&mut self) -> Millis {
        self.chance.ms(1, WAY_MS_MAX)
    }

    fn is_parted(&self, id: TabId) -> bool {
        self.profiles[id.profile].parted
    }

    /// Whether `fault` comes now, where it comes once in `n` times while there is a storm.
    pub(crate) fn strikes(&mut self, fault: Fault, n: u64) -> bool {
        let strikes = self.stormy && self.plan.has(fault) && self.chance.once_in(n);
        if strikes {
            self.report.faults.note(fault);
        }
        strikes
    }

    // ---- acts --------------------------------------------------------------------------------------------------------

    pub(crate) fn post(&mut self, id: TabId, turn: u64, batch: &Batch) {
        self.watch_post(id, batch);
        let profile = &self.profiles[id.profile];
        let commands = batch.commands.iter().map(|raw| {
            let named: sync::envelope::Header = serde_json::from_str(raw.get()).expect("an act says who it is");
            let lies = profile.disk.record(named.id);
            let sent = lies.map_or(raw.get().to_owned(), |lies| release::sent(raw.get(), lies));
            serde_json::value::RawValue::from_string(sent).expect("an act is JSON")
        });
        let batch = Batch {
            commands: commands.collect(),
            account: batch.account.clone(),
            holds: batch.holds.clone(),
            ..*batch
        };
        let body = serde_json::to_string(&batch).expect("a batch is plain data");
        let session = profile.cookie;
        let delay = self.way();
        let gives_up = Heard::Answer(turn, Err(lost()));
        if self.is_parted(id) || self.strikes(Fault::RequestLost, 8) {
            return self.heard_in(REQUEST_MS_MAX, id, gives_up);
        }
        if self.strikes(Fault::Stranger, 10) {
            return self.heard_in(delay, id, gives_up);
        }
        if self.strikes(Fault::RequestDoubled, 6) {
            let later = delay + self.chance.ms(0, 4_000);
            self.at(later, Event::Request { tab: id, turn, session, body: body.clone() });
        }
        self.at(delay, Event::Request { tab: id, turn, session, body });
    }

    /// A batch has come to the server.
    pub(crate) fn requested(&mut self, id: TabId, turn: u64, session: Option<u64>, body: &str) {
        let delay = self.way();
        let problem = |status, slug: &str, retry_after_ms| {
            Err(SendError::Problem { status, slug: slug.to_owned(), retry_after_ms })
        };
        let refused = if !self.host.is_up {
            Some(Err(lost()))
        } else if self.strikes(Fault::ServerBusy, 10) {
            Some(problem(503, "busy", Some(1_000)))
        } else if self.strikes(Fault::ServerFailed, 16) {
            Some(problem(500, "failed", None))
        } else {
            None
        };
        if let Some(answer) = refused {
            return self.heard_in(delay, id, Heard::Answer(turn, answer));
        }
        let fails = self.stormy && self.plan.has(Fault::ActFailed) && self.chance.once_in(6);
        let fails = fails.then(|| self.chance.below(4));
        let Some(actor) = self.server.session(session) else {
            return self.heard_in(delay, id, Heard::Answer(turn, problem(401, "signed-out", None)));
        };
        let answer = self.server.post(body, &actor, fails, self.now);
        if fails.is_some() {
            self.report.faults.note(Fault::ActFailed);
        }
        self.wake_server();
        if self.strikes(Fault::CrashBeforeAnswer, 25) {
            self.heard_in(REQUEST_MS_MAX, id, Heard::Answer(turn, Err(lost())));
            return self.crash_server();
        }
        let answer = match answer {
            Ok(_) if self.strikes(Fault::ServerFailed, 24) => problem(500, "failed", None),
            Ok(json) => {
                self.report.messages += 2;
                let answer: BatchAnswer<Trade> = serde_json::from_str(&json).expect("answers are read back");
                Ok(Box::new(answer))
            }
            Err(Rejected { status, slug }) => problem(status, slug, None),
        };
        let late = self.strikes(Fault::AnswerLate, 12);
        if self.is_parted(id) || self.strikes(Fault::AnswerLost, 8) {
            self.heard_in(REQUEST_MS_MAX, id, Heard::Answer(turn, Err(lost())));
        } else {
            let delay = if late { REQUEST_MS_MAX + self.chance.ms(0, 2_000) } else { delay };
            self.heard_in(delay, id, Heard::Answer(turn, answer));
        }
    }

    pub(crate) fn probe(&mut self, id: TabId) {
        let reached = self.host.is_up && !self.is_parted(id);
        let delay = if reached { self.way() } else { self.chance.ms(1, 1_000) };
        self.heard_in(delay, id, Heard::Probed(reached));
    }

    // ---- sockets -----------------------------------------------------------------------------------------------------

    pub(crate) fn open_link(&mut self, id: TabId) {
        let delay = self.way();
        let refused = self.strikes(Fault::SocketRefused, 2) || !self.host.is_up || self.is_parted(id);
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        tab.link += 1;
        tab.is_linked = false;
        let link = tab.link;
        self.heard_in(delay, id, if refused { Heard::LinkClosed(link) } else { Heard::LinkOpened(link) });
    }

    pub(crate) fn close_link(&mut self, id: TabId) {
        self.hang_up(id);
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.link += 1;
            tab.is_linked = false;
        }
    }

    pub(crate) fn say_hello(&mut self, id: TabId, hello: &Hello) {
        let profile = &self.profiles[id.profile];
        let Some(link) = profile.tab(id.life).map(|tab| tab.link) else { return };
        let session = profile.cookie;
        let hello = serde_json::to_string(hello).expect("a hello is plain data");
        let delay = self.way();
        if !self.is_parted(id) {
            self.at(delay, Event::Hello { tab: id, link, session, hello });
        }
    }

    /// A hello has come to the server.
    pub(crate) fn greeted(&mut self, id: TabId, link: u64, session: Option<u64>, hello: &str) {
        let current = self.profiles[id.profile].tab(id.life).is_some_and(|tab| tab.link == link);
        if !self.host.is_up || !current {
            return;
        }
        self.report.messages += 1;
        let hello: Hello = serde_json::from_str(hello).expect("a hello is read back");
        match self.server.begin(&hello, session, self.now) {
            Ok((talk, actor)) => {
                self.host.talks.insert(
                    id,
                    Speaker {
                        link,
                        talk,
                        actor,
                        device: hello.device,
                        session,
                        goes_on: hello.goes_on,
                        others: hello.others.clone(),
                    },
                );
                self.speak();
            }
            Err(bye) => self.say(id, link, &ServerMessage::Bye(bye)),
        }
    }

    /// Sends a word on a socket. Nothing overtakes on it.
    pub(crate) fn say(&mut self, id: TabId, link: u64, message: &ServerMessage<Trade>) {
        if self.is_parted(id) || self.host.silent.contains(&(id, link)) || self.strikes(Fault::WordGarbled, 40) {
            return;
        }
        let text = serde_json::to_string(message).expect("a word is plain data");
        let text = self.server.keys.open(&text).into_owned();
        let text = if self.strikes(Fault::WordGarbled, 60) { text[..text.len() / 2].to_owned() } else { text };
        let delay = self.way();
        let until = self.host.socket_until.entry((id, link)).or_insert(0);
        *until = (self.now + delay).max(*until);
        let delay = *until - self.now;
        self.heard_in(delay, id, Heard::Said(link, text));
    }

    /// The server spoke on a socket.
    pub(crate) fn heard_said(&mut self, id: TabId, text: &str) {
        self.report.messages += 1;
        match serde_json::from_str::<ServerMessage<Trade>>(text) {
            Ok(message) => {
                self.server_heard(id);
                let frame = self.watch_acks(id, &message);
                self.told(id, |client, now| client.heard(message, now));
                self.watch_frame(id, frame);
            }
            Err(_) => self.told(id, Client::heard_noise),
        }
    }

    // ---- the feed by requests ----------------------------------------------------------------------------------------

    pub(crate) fn poll_feed(&mut self, id: TabId, turn: u64, hello: &Hello) {
        let profile = &self.profiles[id.profile];
        let Some(link) = profile.tab(id.life).map(|tab| tab.link) else { return };
        let session = profile.cookie;
        let hello = serde_json::to_string(hello).expect("a hello is plain data");
        let delay = self.way();
        if self.is_parted(id) || self.strikes(Fault::RequestLost, 8) {
            self.heard_in(REQUEST_MS_MAX, id, Heard::Polled(link, turn, Err(lost())));
        } else {
            self.at(delay, Event::Poll { tab: id, link, turn, session, hello });
        }
    }

    /// A request for the feed has come to the server: it is answered at once, or held until there is something to say.
    pub(crate) fn polled(&mut self, id: TabId, link: u64, turn: u64, session: Option<u64>, hello: &str) {
        let delay = self.way();
        if !self.host.is_up {
            return self.heard_in(delay, id, Heard::Polled(link, turn, Err(lost())));
        }
        self.report.messages += 1;
        let hello: Hello = serde_json::from_str(hello).expect("a hello is read back");
        match self.server.begin(&hello, session, self.now) {
            Ok((talk, actor)) => {
                let poll = HeldPoll {
                    turn,
                    speaker: Speaker {
                        link,
                        talk,
                        actor,
                        device: hello.device,
                        session,
                        goes_on: hello.goes_on,
                        others: hello.others.clone(),
                    },
                };
                self.host.polls.insert(id, poll);
                let hold = Millis::try_from(POLL_HOLD_MS).unwrap_or(Millis::MAX);
                self.at(hold, Event::PollDue { tab: id, turn });
                self.speak();
            }
            Err(Bye { code, retry_after_ms, .. }) => {
                let status = match code.as_str() {
                    "signed-out" => 401,
                    ERASED => 410,
                    _ => 503,
                };
                let retry_after_ms = Some(retry_after_ms).filter(|ms| *ms > 0);
                let problem = SendError::Problem { status, slug: code, retry_after_ms };
                self.heard_in(delay, id, Heard::Polled(link, turn, Err(problem)));
            }
        }
    }

    pub(crate) fn answer_poll(&mut self, id: TabId, link: u64, turn: u64, messages: &[ServerMessage<Trade>]) {
        let keys = &self.server.keys;
        let text = |message| keys.open(&serde_json::to_string(message).expect("a word is plain data")).into_owned();
        let lines = messages.iter().map(text).collect();
        let delay = self.way();
        if self.is_parted(id) || self.strikes(Fault::AnswerLost, 8) {
            self.heard_in(REQUEST_MS_MAX, id, Heard::Polled(link, turn, Err(lost())));
        } else {
            self.heard_in(delay, id, Heard::Polled(link, turn, Ok(lines)));
        }
    }

    pub(crate) fn heard_poll(&mut self, id: TabId, turn: u64, answer: Result<Vec<String>, SendError>) {
        let Ok(lines) = answer else {
            let answer = answer.map(|_| vec![]);
            return self.told(id, |client, now| client.polled(turn, answer, now));
        };
        self.report.messages += lines.len() as u64;
        self.server_heard(id);
        let messages: Vec<ServerMessage<Trade>> =
            lines.iter().map(|line| serde_json::from_str(line).expect("words are read back")).collect();
        let frames: Vec<_> = messages.iter().map(|message| self.watch_acks(id, message)).collect();
        self.told(id, |client, now| client.polled(turn, Ok(messages), now));
        frames.into_iter().for_each(|frame| self.watch_frame(id, frame));
    }

    fn server_heard(&mut self, id: TabId) {
        let now = self.now;
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.heard_at = now;
        }
    }
}
