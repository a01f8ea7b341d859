//! Sending: one batch at a time, marked before it leaves, tried for ever.
//!
//! An act leaves only when the server was heard of lately: by the socket, or by a probe where no socket passes. So what
//! is called sent has left, and what only might have is not.
//!
//! | answer | what follows |
//! |---|---|
//! | an outcome an act | stages move; the next batch at once, or later where nothing moved |
//! | 401 of ours | pause until somebody signs in; no try is spent |
//! | `update` of ours | pause until there is an update; the feed asks again seldom |
//! | `server-older` of ours | again later, seldom |
//! | 400, 409, 413, 422, 500 of ours, many acts | half as many next time |
//! | 412 of ours | the feed is asked what the server is now, and then again |
//! | 400, 409, 413, 422 of ours, one act | that act needs its person; the rest go on |
//! | 500 of ours, one act, or `fault` for one of many | that act rests and is tried again later; the rest go on |
//! | anything else, also any answer that is not ours | again later |

use serde::{Deserialize, Serialize};

use super::{Client, Link, Output};
use crate::outbox::{Parked, Stage};
use crate::protocol::{
    ANOTHER_HISTORY, BATCH_COMMANDS_MAX, Batch, BatchAnswer, FaultKind, Outcome, PROTOCOL, SELDOM_MS, SERVER_OLDER,
    UPDATE,
};
use crate::retry;
use crate::{CommandId, Millis, Model};

/// How long a request may take before the answer is taken for lost, in milliseconds: the app's patience.
pub const REQUEST_MS_MAX: i64 = 5_000;

/// How often the socket must have failed in a row before requests are tried without it.
pub(super) const SOCKET_TRIES_MIN: u32 = 2;

/// How long a probe's yes is believed, in milliseconds.
const REACHED_MS: Millis = 10_000;

/// Where sending stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sender {
    /// Nothing to do, or something may be done at once.
    #[default]
    Idle,
    /// The next try is due then, after so many in vain.
    Waiting {
        /// When.
        until: Millis,
        /// How many.
        tries: u32,
    },
    /// The socket does not pass, and the server is asked whether a request would: an act is not marked as sent before
    /// something can carry it.
    Probing {
        /// When the answer is taken for lost.
        deadline: Millis,
        /// How many tries were in vain before.
        tries: u32,
    },
    /// These are being marked as sent.
    Marking {
        /// Which.
        ids: Vec<CommandId>,
        /// How many tries were in vain before.
        tries: u32,
    },
    /// These have left.
    Posting {
        /// Which request, so that a late answer to an earlier one is not taken for this one's.
        turn: u64,
        /// Which acts.
        ids: Vec<CommandId>,
        /// When the answer is taken for lost.
        deadline: Millis,
        /// How many tries were in vain before.
        tries: u32,
    },
    /// Nothing is sent, and trying again would not change that.
    Paused(Pause),
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pause {
    /// The session is over.
    SignedOut,
    /// Somebody else's session is open in this browser.
    OtherAccount,
    /// The server does not speak this release's protocol any more.
    UpdateNeeded,
}

/// Why a request brought no outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// No answer came, or none that our server made.
    Lost {
        /// What Retry-After said, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Our server's problem, by the last part of its type.
    Problem {
        /// The HTTP status.
        status: u16,
        /// Which problem.
        slug: String,
        /// What Retry-After said, in milliseconds.
        retry_after_ms: Option<u64>,
    },
}

impl<M: Model> Client<M> {
    /// The answer to the request `turn`. One to an earlier request says nothing: its acts were asked about again.
    pub fn answered(&mut self, turn: u64, answer: Result<BatchAnswer<M>, SendError>, now: Millis) {
        let Sender::Posting { turn: current, ids, tries, .. } = &self.sender else { return };
        if *current != turn {
            return;
        }
        let (ids, tries) = (ids.clone(), *tries);
        self.sender = Sender::Idle;
        match answer {
            Ok(answer) => {
                self.outcomes(&ids, &answer, tries, now);
                // The server that said so may be another one by now.
                if turn <= self.turn_before_talk {
                    self.try_what_was_unknown(now);
                }
            }
            Err(SendError::Lost { retry_after_ms }) => {
                self.not_reached(now);
                self.try_later(tries, retry_after_ms, now);
            }
            Err(SendError::Problem { status, slug, retry_after_ms }) => match (status, slug.as_str()) {
                (401, "other-account") => self.pause(Pause::OtherAccount),
                (401, _) => self.pause(Pause::SignedOut),
                (_, UPDATE) => self.pause(Pause::UpdateNeeded),
                (_, SERVER_OLDER) => self.try_later(tries, retry_after_ms.max(Some(SELDOM_MS)), now),
                (400 | 409 | 413 | 422, slug) => self.not_taken(&ids, status, slug, now),
                (500, _) => self.failed_on(&ids, tries, now),
                (412, ANOTHER_HISTORY) => {
                    self.try_later(tries, retry_after_ms, now);
                    self.listen_anew(now);
                }
                _ => self.try_later(tries, retry_after_ms, now),
            },
        }
        self.step(now);
    }

    /// Where sending stands.
    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    fn outcomes(&mut self, ids: &[CommandId], answer: &BatchAnswer<M>, tries: u32, now: Millis) {
        let (mut records, mut moved) = (vec![], false);
        // A server that names an act we did not send is not believed about it.
        for answered in answer.outcomes.iter().filter(|answered| ids.contains(&answered.id)) {
            match &answered.outcome {
                Outcome::Fault => self.rest(answered.id, now),
                Outcome::NotYet | Outcome::Behind => {}
                outcome => {
                    moved = true;
                    self.resting.remove(&answered.id);
                    if *outcome == Outcome::Unreadable {
                        let id = answered.id.to_string();
                        self.report(FaultKind::UnreadableWord, &id, "an outcome cannot be read by this release");
                    }
                }
            }
            records.extend(self.outbox.answered(answered.id, &answered.outcome, now));
        }
        self.batch_max = BATCH_COMMANDS_MAX;
        self.keep(records, now);
        if moved {
            self.moved(now);
        } else {
            self.try_later(tries, None, now);
        }
        // Answered in another history than the one that is read: the feed tells what that means.
        if self.epoch.is_some_and(|epoch| epoch != answer.epoch) {
            self.listen_anew(now);
        }
    }

    fn listen_anew(&mut self, now: Millis) {
        if self.listens {
            self.outputs.push_back(Output::CloseLink);
            self.link_restart(now);
        }
    }

    /// The server failed on these: the one at fault is found by halving, and then rests while the others go on.
    fn failed_on(&mut self, ids: &[CommandId], tries: u32, now: Millis) {
        if let [id] = ids {
            self.rest(*id, now);
            self.batch_max = BATCH_COMMANDS_MAX;
        } else {
            self.batch_max = (ids.len() / 2).max(1);
            self.try_later(tries, None, now);
        }
    }

    fn rest(&mut self, id: CommandId, now: Millis) {
        let tries = self.resting.get(&id).map_or(0, |(_, tries)| *tries);
        let until = retry::next_try(now, tries, self.visible, None, &mut self.dice).max(now + retry::REST_MS_MIN);
        self.resting.insert(id, (until, tries.saturating_add(1)));
    }

    fn not_taken(&mut self, ids: &[CommandId], status: u16, slug: &str, now: Millis) {
        if let [id] = ids {
            let why = match (status, slug) {
                (409, _) => Parked::IdReused,
                (413, _) => Parked::TooLarge,
                _ => Parked::Malformed,
            };
            let records = self.outbox.park(*id, why, now);
            self.batch_max = BATCH_COMMANDS_MAX;
            self.keep(records, now);
        } else {
            self.batch_max = (ids.len() / 2).max(1);
        }
    }

    fn pause(&mut self, why: Pause) {
        self.sender = Sender::Paused(why);
        self.changed(vec![]);
    }

    fn try_later(&mut self, tries: u32, retry_after_ms: Option<u64>, now: Millis) {
        let until = retry::next_try(now, tries, self.visible, retry_after_ms, &mut self.dice);
        self.sender = Sender::Waiting { until, tries: tries.saturating_add(1) };
        self.changed(vec![]);
    }

    pub(super) fn sender_step(&mut self, now: Millis) {
        let tries = match self.sender {
            Sender::Probing { deadline, tries } if deadline <= now => return self.try_later(tries, None, now),
            Sender::Probing { deadline, .. } => return self.wake(deadline),
            Sender::Idle => 0,
            Sender::Waiting { until, tries } if until <= now => tries,
            Sender::Waiting { until, .. } => return self.wake(until),
            Sender::Posting { deadline, tries, .. } if deadline <= now => {
                return self.try_later(tries, None, now);
            }
            Sender::Posting { deadline, .. } => return self.wake(deadline),
            Sender::Marking { .. } | Sender::Paused(_) => return,
        };
        let ids = self.sendable(now);
        if let Some(until) = self.resting.values().map(|(until, _)| *until).filter(|until| *until > now).min() {
            self.wake(until);
        }
        if ids.is_empty() {
            self.sender = Sender::Idle;
            return;
        }
        if !self.is_reached(now) {
            return self.probe(tries, now);
        }
        let records = self.outbox.mark_sent(&ids, now);
        // Acts that were marked by a try that was given up leave only once that mark is durable too.
        if records.is_empty() && self.stores_open == 0 {
            self.post(ids, tries, now);
        } else {
            self.sender = Sender::Marking { ids, tries };
            self.keep(records, now);
        }
    }

    /// What could be sent now.
    pub(super) fn sendable(&self, now: Millis) -> Vec<CommandId> {
        let Some(actor) = &self.actor else { return vec![] };
        let resting = |id| self.resting.get(&id).is_some_and(|(until, _)| *until > now);
        self.outbox.next_batch(&actor.account, self.batch_max, resting)
    }

    /// Whether the server spoke lately, by the socket or by a probe.
    fn is_reached(&self, now: Millis) -> bool {
        matches!(self.link, Link::Live { .. }) || now < self.reached_until
    }

    /// The server was lost sight of: what is tapped from here on has not left before it is heard of again.
    pub(super) fn not_reached(&mut self, now: Millis) {
        self.reached_until = self.reached_until.min(now);
    }

    /// While the socket may still come up it is waited for; where it did not, a request asks whether requests pass.
    fn probe(&mut self, tries: u32, now: Millis) {
        if self.listens && self.link.tries() < SOCKET_TRIES_MIN {
            return;
        }
        let deadline = now + REQUEST_MS_MAX;
        self.sender = Sender::Probing { deadline, tries };
        self.outputs.push_back(Output::Probe);
        self.wake(deadline);
    }

    /// Whether the server answered a probe.
    pub fn probed(&mut self, reached: bool, now: Millis) {
        let Sender::Probing { tries, .. } = self.sender else { return };
        if reached {
            self.reached_until = now + REACHED_MS;
            self.sender = Sender::Idle;
        } else {
            self.try_later(tries, None, now);
        }
        self.step(now);
    }

    /// Counts a store that was asked for, so that its answer is told from an earlier one's.
    pub(super) fn sender_stores(&mut self) {
        self.stores_open += 1;
    }

    pub(super) fn sender_stored(&mut self, durable: bool, now: Millis) {
        self.stores_open = self.stores_open.saturating_sub(1);
        if self.stores_open > 0 || !durable {
            return;
        }
        let Sender::Marking { ids, tries } = &self.sender else { return };
        let (ids, tries) = (ids.clone(), *tries);
        // Meanwhile the feed may have opened one of them again, or parked it: then what is behind it in its lane must not
        // leave without it.
        let stages = ids.iter().filter_map(|id| Some(self.outbox.get(*id)?.record.stage));
        if stages.into_iter().any(|stage| stage.is_waiting() && stage != Stage::Sent) {
            self.sender = Sender::Waiting { until: now, tries };
            return self.sender_step(now);
        }
        self.post(ids, tries, now);
    }

    fn post(&mut self, ids: Vec<CommandId>, tries: u32, now: Millis) {
        let Some(account) = self.actor.as_ref().map(|actor| actor.account.clone()) else { return };
        let bytes = |id: &CommandId| {
            let entry = self.outbox.get(*id).filter(|entry| entry.record.stage == Stage::Sent)?;
            serde_json::value::RawValue::from_string(entry.record.bytes.clone()).ok()
        };
        let commands: Vec<_> = ids.iter().filter_map(bytes).collect();
        if commands.is_empty() {
            self.sender = Sender::Idle;
            return;
        }
        let holds = self.outbox.holds(&account);
        let batch = Batch {
            protocol: PROTOCOL,
            account,
            device: self.device,
            sent_at: now,
            epoch: self.epoch,
            holds,
            commands,
        };
        let deadline = now + REQUEST_MS_MAX;
        self.turn += 1;
        self.sender = Sender::Posting { turn: self.turn, ids, deadline, tries };
        self.outputs.push_back(Output::Post(self.turn, batch));
        self.wake(deadline);
    }

    /// These acts are gone; what is being marked goes without them.
    pub(super) fn sender_forgets(&mut self, gone: &[CommandId]) {
        if let Sender::Marking { ids, .. } = &mut self.sender {
            ids.retain(|id| !gone.contains(id));
        }
    }

    pub(super) fn sender_hurry(&mut self, now: Millis) {
        self.resting.values_mut().for_each(|(until, _)| *until = now);
        if let Sender::Waiting { until, .. } = &mut self.sender {
            *until = now;
        }
    }

    pub(super) fn sender_clock_went_back(&mut self, now: Millis) {
        self.sender_hurry(now);
        if let Sender::Probing { deadline, .. } | Sender::Posting { deadline, .. } = &mut self.sender {
            *deadline = (*deadline).min(now + REQUEST_MS_MAX);
        }
    }

    pub(super) fn sender_identity(&mut self) {
        self.sender = Sender::Idle;
    }
}
