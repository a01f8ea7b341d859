//! What became of one run of a saga: its log, and the log folded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One line of the log. Each is written with whatever rests on it, in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// It began, without the steps that this run has no need of.
    Started {
        /// Those.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        without: Vec<String>,
    },
    /// A step was asked for.
    Asked {
        /// Which.
        step: String,
        /// For the how-manieth time, from 1.
        attempt: u32,
    },
    /// A step is done: a point from which the run goes on, whatever dies.
    Done {
        /// Which.
        step: String,
    },
    /// A step cannot be done, or not now.
    Failed {
        /// Which.
        step: String,
        /// Why, as whoever does it says.
        why: String,
        /// Whether asking again may help.
        #[serde(default)]
        again: bool,
    },
    /// It is to be given up.
    GivenUp {
        /// Why.
        why: String,
    },
    /// A step is to be taken back.
    UndoAsked {
        /// Which.
        step: String,
    },
    /// A step is taken back.
    Undone {
        /// Which.
        step: String,
    },
    /// All is done.
    Ended,
    /// All that was done is taken back.
    Aborted,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stood {
    /// Nobody asked for it yet.
    Ahead,
    /// It was asked for this often, and is not answered.
    Asked(u32),
    /// It is done.
    Done,
    /// It could not be done. Nothing of it is left.
    Failed {
        /// How often it was asked for.
        attempt: u32,
        /// Why.
        why: String,
        /// Whether asking again may help.
        again: bool,
    },
    /// It is being taken back.
    Undoing,
    /// It is taken back, or was done without and would have been.
    Undone,
    /// This run has no need of it.
    LeftOut,
}

/// A run of a saga, as its log has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// How each step stands that was ever spoken of.
    #[serde(default)]
    steps: BTreeMap<String, Stood>,
    /// It began.
    #[serde(default)]
    started: bool,
    /// It is given up, for this reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given_up: Option<String>,
    /// How it ended: well, or with everything taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_well: Option<bool>,
}

impl State {
    /// The log folded.
    pub fn of<'a>(log: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut state = Self::default();
        log.into_iter().for_each(|record| state.apply(record));
        state
    }

    /// With one more line. Total: a log is never refused.
    pub fn apply(&mut self, record: &Record) {
        let (step, stood) = match record {
            Record::Started { without } => {
                self.started = true;
                self.steps.extend(without.iter().map(|step| (step.clone(), Stood::LeftOut)));
                return;
            }
            Record::GivenUp { why } => {
                self.given_up.get_or_insert_with(|| why.clone());
                self.ended_well = None;
                return;
            }
            Record::Ended => return self.ended_well = Some(true),
            Record::Aborted => return self.ended_well = Some(false),
            Record::Asked { step, attempt } => (step, Stood::Asked(*attempt)),
            Record::Done { step } => (step, Stood::Done),
            Record::Failed { step, why, again } => {
                let attempt = if let Stood::Asked(attempt) = self.stood(step) { *attempt } else { 0 };
                (step, Stood::Failed { attempt, why: why.clone(), again: *again })
            }
            Record::UndoAsked { step } => (step, Stood::Undoing),
            Record::Undone { step } => (step, Stood::Undone),
        };
        self.steps.insert(step.clone(), stood);
    }

    /// How a step stands.
    pub fn stood(&self, step: &str) -> &Stood {
        self.steps.get(step).unwrap_or(&Stood::Ahead)
    }

    /// Whether it has begun.
    pub fn is_started(&self) -> bool {
        self.started
    }

    /// Why it was given up, where it was.
    pub fn given_up(&self) -> Option<&str> {
        self.given_up.as_deref()
    }

    /// Whether it ended well (`true`), or with everything taken back (`false`); `None` while it goes on.
    pub fn ended_well(&self) -> Option<bool> {
        self.ended_well
    }
}
