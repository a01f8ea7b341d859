//! Doers who answer as they are told, an executor that dies, and a log that outlives it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use saga::{Heard, Record, Saga, State, Undo};

/// What a doer says to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done.
    Yes,
    /// It cannot be.
    No,
    /// It went wrong; another try may not.
    NotNow,
}

/// Steps with what their doers say, one answer a try; after those, and for other steps, yes.
pub type Script<'a> = &'a [(&'a str, &'a [Answer])];

/// How a run ended.
pub struct End {
    saga: &'static Saga,
    log: Vec<Record>,
    state: State,
    /// What is there, by step: how often it was done and not taken back.
    there: BTreeMap<&'static str, i32>,
}

/// Runs the saga without a death, and twice more for each line of its log with the executor dying right after that line was
/// written, with and without what was on its way to a doer or from one; `look` is shown every end.
pub fn in_all_deaths(saga: &'static Saga, script: Script<'_>, look: impl Fn(&End)) {
    let whole = World::new(saga, script).run(None, false);
    look(&whole);
    let lines = whole.log.len();
    assert!(lines > 2, "a saga of {lines} lines tells nothing");
    for line in 1..=lines {
        for mail_is_lost in [false, true] {
            let end = World::new(saga, script).run(Some(line), mail_is_lost);
            assert_eq!(end.state, whole.state, "died after line {line} of {:#?}", end.log);
            assert_eq!(end.there, whole.there, "died after line {line} of {:#?}", end.log);
            look(&end);
        }
    }
}

/// Runs the saga once for each line of its log, with somebody wanting it given up right after that line was written.
pub fn given_up_after_each_line(saga: &'static Saga, look: impl Fn(&End)) {
    let lines = World::new(saga, &[]).run(None, false).log.len();
    for line in 1..=lines {
        look(&World { wanted_back_after: Some(line), ..World::new(saga, &[]) }.run(None, false));
    }
}

struct World<'a> {
    saga: &'static Saga,
    script: Script<'a>,
    log: Vec<Record>,
    /// On the way to the doers.
    entries: VecDeque<Record>,
    /// On the way from them.
    words: VecDeque<(&'static str, u32, String)>,
    /// What a doer said to a try, which it says again when it is asked again.
    said: BTreeMap<(&'static str, u32), Answer>,
    there: BTreeMap<&'static str, i32>,
    /// What was to be taken back: it is not done any more, whatever comes late.
    taken_back: BTreeSet<&'static str>,
    /// After which line of the log somebody wants it given up.
    wanted_back_after: Option<usize>,
}

impl<'a> World<'a> {
    fn new(saga: &'static Saga, script: Script<'a>) -> Self {
        World {
            saga,
            script,
            log: vec![],
            entries: VecDeque::new(),
            words: VecDeque::new(),
            said: BTreeMap::new(),
            there: BTreeMap::new(),
            taken_back: BTreeSet::new(),
            wanted_back_after: None,
        }
    }

    fn run(mut self, mut dies_after: Option<usize>, mail_is_lost: bool) -> End {
        let mut next = self.saga.begin(&State::default(), &[]);
        loop {
            for record in next {
                self.write(record);
                if dies_after == Some(self.log.len()) {
                    dies_after = None;
                    self.dies(mail_is_lost);
                    break;
                }
            }
            // Whoever goes on knows the log and nothing else. Without a death there is nothing left to write.
            next = self.saga.go_on(&State::of(&self.log));
            if !next.is_empty() {
                continue;
            }
            if self.wanted_back_after.is_some_and(|line| self.log.len() >= line) {
                self.wanted_back_after = None;
                next = self.saga.hear(&State::of(&self.log), &Heard::GiveUp("wanted back"));
                continue;
            }
            self.do_what_is_asked();
            let Some((kind, attempt, why)) = self.words.pop_front() else { return self.end() };
            let heard = self.saga.heard(kind, attempt, &why).expect("doers say what the table knows");
            next = self.saga.hear(&State::of(&self.log), &heard);
        }
    }

    fn dies(&mut self, mail_is_lost: bool) {
        if mail_is_lost {
            self.entries.clear();
            self.words.clear();
        }
        self.saga.open(&State::of(&self.log)).iter().for_each(|record| self.send(record));
    }

    fn write(&mut self, record: Record) {
        self.send(&record);
        self.log.push(record);
    }

    /// Every entry goes out twice.
    fn send(&mut self, record: &Record) {
        if matches!(record, Record::Asked { .. } | Record::UndoAsked { .. }) {
            self.entries.extend([record.clone(), record.clone()]);
        }
    }

    /// The last who was asked answers first, and every word is said twice.
    fn do_what_is_asked(&mut self) {
        while let Some(record) = self.entries.pop_back() {
            let word = match &record {
                Record::Asked { step, attempt } => self.does(step, *attempt),
                Record::UndoAsked { step } => self.takes_back(step),
                _ => None,
            };
            self.words.extend(word.clone().into_iter().chain(word));
        }
    }

    fn does(&mut self, step: &str, attempt: u32) -> Option<(&'static str, u32, String)> {
        let step = self.saga.step(step).expect("a step of the table");
        if self.taken_back.contains(step.name) {
            return None;
        }
        let script = self.script.iter().find(|(name, _)| *name == step.name).map_or(&[][..], |(_, answers)| *answers);
        let is_new = !self.said.contains_key(&(step.name, attempt));
        let answer = script.get(attempt as usize - 1).copied().unwrap_or(Answer::Yes);
        self.said.insert((step.name, attempt), answer);
        if is_new && answer == Answer::Yes {
            *self.there.entry(step.name).or_default() += 1;
        }
        Some(match answer {
            Answer::Yes => (step.exit[0], attempt, String::new()),
            Answer::No => (step.refused[0], attempt, format!("{}: no", step.name)),
            Answer::NotNow => (step.failed[0], attempt, format!("{}: not now", step.name)),
        })
    }

    fn takes_back(&mut self, step: &str) -> Option<(&'static str, u32, String)> {
        let step = self.saga.step(step).expect("a step of the table");
        let Undo::By { exit, .. } = step.undo else { return None };
        self.taken_back.insert(step.name);
        self.there.remove(step.name);
        Some((exit[0], 0, String::new()))
    }

    fn end(self) -> End {
        End { saga: self.saga, state: State::of(&self.log), log: self.log, there: self.there }
    }
}

impl End {
    /// It ended well, and each step was done exactly once.
    pub fn well(&self) -> &Self {
        assert_eq!(self.state.ended_well(), Some(true), "{:#?}", self.log);
        let all: BTreeMap<_, _> = self.saga.steps.iter().map(|step| (step.name, 1)).collect();
        assert_eq!(self.there, all, "{:#?}", self.log);
        self
    }

    /// It gave up for this reason, and of what can be taken back nothing is there.
    pub fn given_up(&self, why: &str) -> &Self {
        assert_eq!(self.state.ended_well(), Some(false), "{:#?}", self.log);
        assert_eq!(self.state.given_up(), Some(why), "{:#?}", self.log);
        let stays = |step: &str| matches!(self.saga.step(step).map(|step| step.undo), Some(Undo::Nothing { .. }));
        assert!(self.there.keys().all(|step| stays(step)), "left: {:?} of {:#?}", self.there, self.log);
        self
    }

    /// Whether this step was done before anybody wanted the saga given up.
    pub fn had_done(&self, step: &str) -> bool {
        let done = |record: &Record| matches!(record, Record::Done { step: name } if name == step);
        self.log.iter().take_while(|record| !matches!(record, Record::GivenUp { .. })).any(done)
    }

    /// A step was asked for this often.
    pub fn asked(&self, step: &str, times: usize) -> &Self {
        let asked = |record: &&Record| matches!(record, Record::Asked { step: name, .. } if name == step);
        assert_eq!(self.log.iter().filter(asked).count(), times, "{step} of {:#?}", self.log);
        self
    }

    /// These were taken back by their doers, in this order.
    pub fn took_back(&self, steps: &[&str]) -> &Self {
        let taken = self.log.iter().filter_map(|record| match record {
            Record::UndoAsked { step } => Some(step.as_str()),
            _ => None,
        });
        assert_eq!(taken.collect::<Vec<_>>(), steps, "{:#?}", self.log);
        self
    }
}
