//! What a saga is, as a table that a person can read aloud.

use std::collections::BTreeSet;

/// Steps with an end. Names are those of events on the wire.
#[derive(Clone, Copy, Debug)]
pub struct Saga {
    /// Its name.
    pub name: &'static str,
    /// What it has done, in the order in which a person would tell it.
    pub steps: &'static [Step],
    /// From where on there is no way back.
    pub pivot: Pivot,
    /// By which event it has ended well.
    pub ended: &'static str,
    /// By which event it has given up, and all is as it was.
    pub aborted: &'static str,
    /// The event of a record that nobody else reacts to.
    pub noted: &'static str,
}

/// From where on there is no way back: failures are tried again until they are none, and nobody is listened to who wants it
/// given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pivot {
    /// There always is a way back.
    Never,
    /// There never is one: each step done is a point to go on from.
    AtOnce,
    /// When this step is done.
    After(&'static str),
}

/// One step, by the events that it is made of: the contract with whoever does it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// Who does it.
    pub by: &'static str,
    /// The steps that are done before it is asked for; none: it is asked for at once.
    pub after: &'static [&'static str],
    /// It is asked for.
    pub entry: &'static str,
    /// It is done.
    pub exit: &'static [&'static str],
    /// It cannot be done, and asking again would not help.
    pub refused: &'static [&'static str],
    /// It went wrong, and asking again may help.
    pub failed: &'static [&'static str],
    /// How often it is asked for before a failure counts as a refusal.
    pub tries_max: u32,
    /// How it is taken back.
    pub undo: Undo,
}

/// How a step is taken back.
#[derive(Clone, Copy, Debug)]
pub enum Undo {
    /// There is nothing to take back.
    Nothing {
        /// Why not.
        because: &'static str,
    },
    /// Its doer takes it back. That cannot be refused: it is asked for until it is done.
    By {
        /// It is to be taken back.
        entry: &'static str,
        /// It is.
        exit: &'static [&'static str],
        /// Whether its doer understands this also before it has answered the entry. Otherwise its answer is waited for.
        at_any_time: bool,
    },
}

impl Step {
    /// A step that needs no other, is asked for once, and leaves nothing to take back. Tables say what differs.
    pub const PLAIN: Self = Self {
        name: "",
        by: "",
        after: &[],
        entry: "",
        exit: &[],
        refused: &[],
        failed: &[],
        tries_max: 1,
        undo: Undo::Nothing { because: "it changes nothing" },
    };
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has two steps of one name.
    Twice(&'static str),
    /// It waits for a step that there is not.
    Unknown(&'static str),
    /// It waits for itself, at the end of a circle or at once.
    Circle(&'static str),
    /// One event means two things.
    Ambiguous(&'static str),
    /// It is never asked for, or never answered.
    Mute(&'static str),
}

impl Saga {
    /// The step of this name.
    pub fn step(&self, name: &str) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// Who does something in it.
    pub fn doers(&self) -> BTreeSet<&'static str> {
        self.steps.iter().map(|step| step.by).collect()
    }

    /// The events that it listens to.
    pub fn hears(&self) -> impl Iterator<Item = &'static str> {
        self.steps.iter().flat_map(Step::hears)
    }

    /// The events that it tells.
    pub fn tells(&self) -> impl Iterator<Item = &'static str> {
        let asks = self.steps.iter().flat_map(|step| [Some(step.entry), step.undo.entry()]).flatten();
        asks.chain([self.ended, self.aborted, self.noted])
    }

    /// What is wrong with it; nothing, where it can be run.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = vec![];
        let mut seen = BTreeSet::new();
        let mut words = BTreeSet::new();
        for step in self.steps {
            if !seen.insert(step.name) {
                faults.push(Fault::Twice(step.name));
            }
            if step.entry.is_empty() || step.exit.is_empty() {
                faults.push(Fault::Mute(step.name));
            }
            faults.extend(step.after.iter().filter(|name| self.step(name).is_none()).map(|name| Fault::Unknown(name)));
            if self.before(step).any(|before| before == step.name) {
                faults.push(Fault::Circle(step.name));
            }
        }
        faults.extend(self.hears().chain(self.tells()).filter(|word| !words.insert(*word)).map(Fault::Ambiguous));
        match self.pivot {
            Pivot::After(name) if self.step(name).is_none() => faults.push(Fault::Unknown(name)),
            Pivot::After(_) | Pivot::AtOnce | Pivot::Never => {}
        }
        faults
    }

    /// The steps that are done before `step`, near ones and far ones.
    pub(crate) fn before(&self, step: &Step) -> impl Iterator<Item = &'static str> {
        let mut todo = step.after.to_vec();
        let mut found = BTreeSet::new();
        while let Some(name) = todo.pop() {
            if found.insert(name) {
                todo.extend(self.step(name).map(|step| step.after).unwrap_or_default());
            }
        }
        found.into_iter()
    }
}

impl Step {
    fn hears(&self) -> impl Iterator<Item = &'static str> {
        let undone = match self.undo {
            Undo::By { exit, .. } => exit,
            Undo::Nothing { .. } => &[],
        };
        [self.exit, self.refused, self.failed, undone].into_iter().flatten().copied()
    }
}

impl Undo {
    pub(crate) fn entry(&self) -> Option<&'static str> {
        match self {
            Self::By { entry, .. } => Some(entry),
            Self::Nothing { .. } => None,
        }
    }
}
