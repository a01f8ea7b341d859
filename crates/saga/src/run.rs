//! What is to be written next.

use crate::state::{Record, State, Stood};
use crate::table::{Pivot, Saga, Step, Undo};

/// What a saga is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    /// A step is done.
    Done(&'a str),
    /// A step cannot be done: not now, or not at all.
    Failed {
        /// Which.
        step: &'a str,
        /// The try that this is about, which whoever does the step was told: a word that comes late or twice is not about
        /// a later one.
        attempt: u32,
        /// Why.
        why: &'a str,
        /// Whether asking again may help.
        again: bool,
    },
    /// A step is taken back.
    Undone(&'a str),
    /// Somebody wants it given up, for this reason. Past the pivot nobody is listened to.
    GiveUp(&'a str),
}

impl Saga {
    /// What the event `kind` tells it, where it is one that it listens to. Of a failure the event says which try it is about,
    /// and why.
    pub fn heard<'a>(&self, kind: &str, attempt: u32, why: &'a str) -> Option<Heard<'a>> {
        self.steps.iter().find_map(|step| {
            let Step { name, .. } = step;
            let again = step.failed.contains(&kind);
            match step.undo {
                _ if step.exit.contains(&kind) => Some(Heard::Done(name)),
                _ if again || step.refused.contains(&kind) => Some(Heard::Failed { step: name, attempt, why, again }),
                Undo::By { exit, .. } if exit.contains(&kind) => Some(Heard::Undone(name)),
                _ => None,
            }
        })
    }

    /// The name of a record on the wire.
    pub fn kind(&self, record: &Record) -> &'static str {
        let step = |name: &str| self.step(name);
        match record {
            Record::Asked { step: name, .. } => step(name).map_or(self.noted, |step| step.entry),
            Record::UndoAsked { step: name } => step(name).and_then(|step| step.undo.entry()).unwrap_or(self.noted),
            Record::Ended => self.ended,
            Record::Aborted => self.aborted,
            _ => self.noted,
        }
    }

    /// The names of all the records that it may write.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let entries = self.steps.iter().flat_map(|step| [Some(step.entry), step.undo.entry()]).flatten();
        [self.noted, self.ended, self.aborted].into_iter().chain(entries)
    }

    /// Begins a run without the steps that it has no need of; nothing, where it has begun.
    pub fn begin(&self, state: &State, without: &[&str]) -> Vec<Record> {
        if state.is_started() {
            return vec![];
        }
        let without = without.iter().map(|step| (*step).to_owned()).collect();
        self.follow(state, vec![Record::Started { without }])
    }

    /// What follows from a word; nothing, where it was heard before or comes too late to matter.
    pub fn hear(&self, state: &State, heard: &Heard<'_>) -> Vec<Record> {
        let first = self.first(state, heard);
        if first.is_empty() { first } else { self.follow(state, first) }
    }

    /// What others wait for and may not have heard: to be told again after a restart.
    pub fn open(&self, state: &State) -> Vec<Record> {
        let open = self.steps.iter().filter_map(|step| match state.stood(step.name) {
            Stood::Asked(attempt) => Some(Record::Asked { step: step.name.to_owned(), attempt: *attempt }),
            Stood::Undoing => Some(Record::UndoAsked { step: step.name.to_owned() }),
            _ => None,
        });
        open.collect()
    }

    /// What is still to be written, where whoever wrote the log died between two of its lines.
    pub fn go_on(&self, state: &State) -> Vec<Record> {
        self.follow(state, vec![])
    }

    /// Whether there is no way back.
    pub fn is_past_pivot(&self, state: &State) -> bool {
        match self.pivot {
            Pivot::Never => false,
            Pivot::AtOnce => true,
            Pivot::After(step) => *state.stood(step) == Stood::Done,
        }
    }

    fn first(&self, state: &State, heard: &Heard<'_>) -> Vec<Record> {
        let name = |step: &str| step.to_owned();
        match *heard {
            Heard::Done(step) => match state.stood(step) {
                // Before it was asked for: whoever does it was told by somebody else, and it is done all the same.
                Stood::Ahead | Stood::Asked(_) => vec![Record::Done { step: name(step) }],
                // It said no and then yes: what counts is that it is there now.
                Stood::Failed { .. } => vec![Record::Done { step: name(step) }],
                Stood::Done | Stood::Undoing | Stood::Undone | Stood::LeftOut => vec![],
            },
            Heard::Failed { step, attempt, why, again } => match state.stood(step) {
                Stood::Asked(asked) if *asked == attempt => {
                    vec![Record::Failed { step: name(step), why: why.to_owned(), again }]
                }
                // Before it was asked for, like a yes: whoever does it was told by somebody else, and it is not to be done.
                Stood::Ahead if !again => vec![Record::Failed { step: name(step), why: why.to_owned(), again }],
                _ => vec![],
            },
            Heard::Undone(step) => match state.stood(step) {
                Stood::Undoing => vec![Record::Undone { step: name(step) }],
                _ => vec![],
            },
            Heard::GiveUp(why) => {
                let is_late = state.given_up().is_some() || self.is_past_pivot(state);
                if is_late || !state.is_started() { vec![] } else { vec![Record::GivenUp { why: why.to_owned() }] }
            }
        }
    }

    /// `first`, and all that follows from it without another word.
    fn follow(&self, state: &State, first: Vec<Record>) -> Vec<Record> {
        let mut state = state.clone();
        first.iter().for_each(|record| state.apply(record));
        let mut records = first;
        loop {
            let next = if state.given_up().is_some() { self.back(&state) } else { self.on(&state) };
            if next.is_empty() {
                return records;
            }
            next.iter().for_each(|record| state.apply(record));
            records.extend(next);
        }
    }

    /// The way on: whatever waits for nothing any more, or the end.
    fn on(&self, state: &State) -> Vec<Record> {
        if !state.is_started() || state.ended_well().is_some() {
            return vec![];
        }
        let is_there = |step: &str| matches!(state.stood(step), Stood::Done | Stood::LeftOut);
        let mut next = vec![];
        for step in self.steps {
            match state.stood(step.name) {
                Stood::Ahead if step.after.iter().all(|before| is_there(before)) => {
                    next.push(Record::Asked { step: step.name.to_owned(), attempt: 1 });
                }
                Stood::Failed { attempt, why, again } => {
                    let may_ask = *again && *attempt < step.tries_max;
                    if !(may_ask || self.is_past_pivot(state)) {
                        return vec![Record::GivenUp { why: why.clone() }];
                    }
                    next.push(Record::Asked { step: step.name.to_owned(), attempt: attempt.saturating_add(1) });
                }
                _ => {}
            }
        }
        let is_over = self.steps.iter().all(|step| is_there(step.name));
        if is_over { vec![Record::Ended] } else { next }
    }

    /// The way back: last first, a step only when nothing is left of those that rest on it.
    fn back(&self, state: &State) -> Vec<Record> {
        if state.ended_well().is_some() {
            return self.late(state);
        }
        let is_clear = |step: &Step| {
            matches!(state.stood(step.name), Stood::Ahead | Stood::Failed { .. } | Stood::Undone | Stood::LeftOut)
        };
        let rest_on = |step: &Step| {
            let name = step.name;
            self.steps.iter().filter(move |other| self.before(other).any(|before| before == name))
        };
        let back = self.steps.iter().filter(|step| rest_on(step).all(is_clear)).filter_map(|step| undo(step, state));
        let back: Vec<_> = back.collect();
        if !back.is_empty() {
            return back;
        }
        if self.steps.iter().all(is_clear) { vec![Record::Aborted] } else { vec![] }
    }

    /// What was done after all was thought to be taken back.
    fn late(&self, state: &State) -> Vec<Record> {
        self.steps.iter().filter_map(|step| undo(step, state)).collect()
    }
}

fn undo(step: &Step, state: &State) -> Option<Record> {
    let (is_done, is_asked) = match state.stood(step.name) {
        Stood::Done => (true, false),
        Stood::Asked(_) => (false, true),
        _ => return None,
    };
    let name = step.name.to_owned();
    match step.undo {
        Undo::Nothing { .. } if is_done || is_asked => Some(Record::Undone { step: name }),
        Undo::By { at_any_time, .. } if is_done || (is_asked && at_any_time) => Some(Record::UndoAsked { step: name }),
        _ => None,
    }
}
