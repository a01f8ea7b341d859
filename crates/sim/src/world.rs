//! A simulated system: what is there, what happens next, and the two halves of a run, storm and calm.

use std::collections::BTreeMap;

use domain::OrderId;
use domain::account::Erasure;
use domain::delivery::Standing;
use domain::payment::{Payment, Report as PaymentReport};
use domain::put_away::PUT_AWAY_AFTER_MS;
use domain::trade::{Row, Trade};
use sync::cache::Claim;
use sync::client::Client;
use sync::outbox::{Entry, Record};
use sync::{Act, CommandId, DeviceId, Epoch, Millis};
use uuid::Uuid;

use crate::bank::Bank;
use crate::chance::Chance;
use crate::check;
use crate::disk::Disk;
use crate::host::Host;
use crate::people;
use crate::plan::Plan;
use crate::profile::{Done, Heard, Job, Lock, Notice, Profile, Read, Saved, TabId, Tap, Transaction};
use crate::queue::Queue;
use crate::release::Release;
use crate::report::{Failure, Fault, Report};
use crate::server::Server;

/// A run is not called one below these.
const ACTS_MIN: u64 = 30;
const FAULTS_MIN: u64 = 5;
const STEPS_MIN: u64 = 300;

/// How long a storm lasts at least and at most, in milliseconds of virtual time.
const STORM_MS_MIN: Millis = 2_500;
const STORM_MS_MAX: Millis = 600_000;

/// How long after the storm everything must be quiet, in milliseconds of virtual time: every retry and repair has come
/// round a few times.
const CALM_MS_MAX: Millis = 400_000;

/// How often people look after what is left, in milliseconds of virtual time.
const TENDED_EVERY_MS: Millis = 400;

/// In how many runs months go by after the calm: what happens in them is the same in most.
const MONTHS_ONCE_IN: u64 = 8;

/// A month and a little, in milliseconds: what was over before it is put away by its end.
const MONTH_MS: Millis = PUT_AWAY_AFTER_MS + 3_600_000;

/// When every run begins, by the server's clock: Saturday 2026-11-21, 12:00 UTC.
const BEGIN: Millis = 1_795_262_400_000;

/// What may happen.
#[derive(Debug)]
pub(crate) enum Event {
    /// A tab hears something.
    Heard(TabId, Heard),
    /// A transaction happens.
    Commit { tab: TabId, boot: u64, generation: u64, release: Release, transaction: Transaction },
    /// A batch comes to the server.
    Request { tab: TabId, turn: u64, session: Option<u64>, body: String },
    /// A hello comes to the server.
    Hello { tab: TabId, link: u64, session: Option<u64>, hello: String },
    /// A request for the feed comes to the server.
    Poll { tab: TabId, link: u64, turn: u64, session: Option<u64>, hello: String },
    /// A request for the feed was held long enough.
    PollDue { tab: TabId, turn: u64 },
    /// A sign-in or sign-out comes to the server.
    Session { tab: TabId, wanted: Option<sync::Actor> },
    /// The server does some steps.
    ServerWorks { life: u64 },
    /// The server is there again.
    ServerStarts,
    /// The server says that it is there.
    Beat,
    /// Something goes wrong.
    Trouble,
    /// Somebody does something.
    Acts { profile: usize },
    /// A device has its network again.
    Reunited { profile: usize },
    /// A device is looked at again.
    Reopened { profile: usize },
    /// A frozen tab is woken.
    Thawed(TabId),
    /// The server asks the bank for what is open.
    BankAsked,
    /// The bank hears of an order's money.
    BankHears(Box<Payment>),
    /// The bank takes back that an order's money cannot be had.
    BankRelents(Box<Payment>),
    /// The bank says what became of it.
    BankSays(OrderId, PaymentReport),
}

/// A simulated system.
pub struct World {
    pub(crate) plan: Plan,
    pub(crate) chance: Chance,
    /// The server's clock, which is right.
    pub now: Millis,
    /// The devices.
    pub profiles: Vec<Profile>,
    /// The server.
    pub server: Server,
    pub(crate) host: Host,
    /// The bank, which is nobody's.
    pub bank: Bank,
    /// How often the server was restored.
    pub restores: u64,
    pub(crate) lives: u64,
    pub(crate) stormy: bool,
    /// What was done, and how much.
    pub report: Report,
    /// The first promise that did not hold while it ran.
    pub(crate) broken: Option<String>,
    pub(crate) trace: Option<fn(String)>,
    queue: Queue<Event>,
}

/// Runs one world from `seed`: a storm, then calm, then every promise is checked.
///
/// # Errors
/// The promise that did not hold.
pub fn run(seed: u64) -> Result<Report, Failure> {
    told(seed, None)
}

/// Runs one world from `seed`, and tells `trace` everything that happens.
///
/// # Errors
/// The promise that did not hold.
pub fn told(seed: u64, trace: Option<fn(String)>) -> Result<Report, Failure> {
    let fail = |what: String| Failure { seed, what };
    let mut world = World::new(seed);
    world.trace = trace;
    world.storm().map_err(fail)?;
    if !world.is_one() {
        return Err(fail(format!("too little happened to prove anything: {:?}", world.report)));
    }
    world.calm().map_err(fail)?;
    check::all(&mut world).map_err(fail)?;
    if world.chance.once_in(MONTHS_ONCE_IN) {
        world.months_go_by().map_err(fail)?;
        check::after_months(&mut world).map_err(fail)?;
    }
    let rows = &world.server.truth.rows;
    let is_delivered = |row: &Row| row.as_errand().is_some_and(|errand| errand.standing == Standing::Delivered);
    world.report.orders = rows.keys().filter(|key| key.kind() == "order").count() as u64;
    let is_erased = |row: &Row| row.as_person().is_some_and(|person| matches!(person.erasure, Erasure::Done(_)));
    world.report.erased = rows.values().filter(|(row, _)| is_erased(row)).count() as u64;
    world.report.delivered = rows.values().filter(|(row, _)| is_delivered(row)).count() as u64;
    Ok(world.report)
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let now = BEGIN;
        let plan = Plan::draw(&mut chance);
        let mut server = Server::new(Epoch(Uuid::from_u128(1)), people::town(), now);
        let seats = plan.profiles.iter().enumerate();
        let profiles = seats.map(|(index, seat)| {
            let actor = seat.people[0].clone();
            let begins_as_guest = seat.has_guests && chance.once_in(2);
            Profile {
                device: DeviceId(Uuid::from_u128(100 + index as u128)),
                people: seat.people.clone(),
                has_guests: seat.has_guests,
                disk: if begins_as_guest { Disk::default() } else { Disk::of(actor.clone()) },
                cookie: (!begins_as_guest).then(|| server.sign_in(actor).expect("a person is no guest")),
                changing: None,
                skew: seat.skew,
                parted: false,
                release: seat.release,
                tabs: vec![],
                lock: Lock::default(),
                jumped: false,
                boots: 0,
                saved: BTreeMap::new(),
            }
        });
        let profiles = profiles.collect();
        Self {
            plan,
            chance,
            now,
            profiles,
            server,
            host: Host { is_up: true, ..Host::default() },
            bank: Bank::default(),
            restores: 0,
            lives: 0,
            stormy: true,
            report: Report::default(),
            broken: None,
            trace: None,
            queue: Queue::default(),
        }
    }

    // ---- storm and calm --------------------------------------------------------------------------------------------

    fn storm(&mut self) -> Result<(), String> {
        let begun = self.now;
        for profile in 0..self.profiles.len() {
            let seat = &self.plan.profiles[profile];
            let (tabs, wrong) = (seat.tabs, seat.skew != 0);
            for _ in 0..tabs {
                self.open_tab(profile, false);
            }
            self.at(300, Event::Acts { profile });
            if wrong {
                self.report.faults.note(Fault::ClockWrong);
            }
        }
        self.at(0, Event::Beat);
        self.at(500, Event::Trouble);
        self.at(100, Event::BankAsked);
        while !self.has_stormed(begun) {
            self.step_before(begun + STORM_MS_MAX)?;
        }
        Ok(())
    }

    fn has_stormed(&self, begun: Millis) -> bool {
        (self.is_one() && self.now - begun >= STORM_MS_MIN) || self.now - begun >= STORM_MS_MAX
    }

    /// Whether enough has happened to call it a run.
    fn is_one(&self) -> bool {
        let Report { acts, steps, faults, .. } = &self.report;
        *acts >= ACTS_MIN && *steps >= STEPS_MIN && faults.total() >= FAULTS_MIN
    }

    /// Two months: in the first ends what nobody came back to, and in the second it is put away.
    fn months_go_by(&mut self) -> Result<(), String> {
        for _ in 0..2 {
            self.now += MONTH_MS;
            self.rest()?;
        }
        Ok(())
    }

    /// Heals everything, lets people sign in and settle what is left, and runs until nothing is under way.
    fn calm(&mut self) -> Result<(), String> {
        self.stormy = false;
        self.host.silent.clear();
        self.host.slow.clear();
        if !self.host.is_up {
            self.start_server();
        }
        if self.profiles.iter().any(|profile| profile.release > self.server.release) {
            self.server.release = Release::Next;
            self.crash_server();
        }
        for profile in 0..self.profiles.len() {
            self.reunite(profile);
            let tabs: Vec<u64> = self.profiles[profile].tabs.iter().map(|tab| tab.life).collect();
            for life in tabs {
                let id = TabId { profile, life };
                let at = &self.profiles[profile];
                if at.tab(life).is_some_and(|tab| tab.release < at.release) {
                    self.close_tab(id);
                } else {
                    self.thaw(id);
                }
            }
            self.reopen(profile);
        }
        self.rest()
    }

    /// Runs until nothing is under way.
    fn rest(&mut self) -> Result<(), String> {
        let end = self.now + CALM_MS_MAX;
        let mut tended = self.now;
        while self.now < end {
            self.step_before(end)?;
            if self.now - tended >= TENDED_EVERY_MS {
                tended = self.now;
                if !self.tend() && self.is_quiet() {
                    return Ok(());
                }
            }
        }
        Err(format!("not quiet {} s after the storm: {}", CALM_MS_MAX / 1000, check::unrest(self)))
    }

    /// People look after what is left: whoever's acts wait signs in, and items are let go. Whether there was anything.
    fn tend(&mut self) -> bool {
        let mut anything = false;
        for profile in 0..self.profiles.len() {
            let Some(tab) = self.profiles[profile].tabs.iter().find(|tab| tab.client.leads()) else {
                anything = true;
                continue;
            };
            let id = TabId { profile, life: tab.life };
            let signed_in = self.profiles[profile].disk.actor.clone();
            let paused = matches!(tab.client.sender(), sync::client::Sender::Paused(_));
            let waits = self.somebody_waits(profile);
            let wanted = match (&signed_in, waits) {
                (Some(actor), _) if self.is_open(profile, actor) => signed_in.clone().filter(|_| paused),
                (None, None) => self.somebody_who_is_there(profile),
                (Some(_), None) => signed_in.clone().filter(|_| paused),
                (_, waits) => waits,
            };
            if let Some(actor) = wanted {
                anything = true;
                self.change_person(id, Some(actor));
            }
            anything |= self.let_items_go(id);
            let tabs: Vec<u64> = self.profiles[profile].tabs.iter().map(|tab| tab.life).collect();
            for life in tabs {
                anything |= self.looks_at_it_again(TabId { profile, life });
            }
        }
        anything
    }

    /// The first of a profile's people who is not erased.
    fn somebody_who_is_there(&self, profile: usize) -> Option<sync::Actor> {
        self.profiles[profile].people.iter().find(|actor| !self.server.is_erased(&actor.account)).cloned()
    }

    /// A tab that died may have left an act behind, taken one back, or signed somebody in, and told nobody. It is found when
    /// somebody looks at the app.
    fn looks_at_it_again(&mut self, id: TabId) -> bool {
        let profile = &self.profiles[id.profile];
        let Some(tab) = profile.tab(id.life) else { return false };
        let gone = |entry: &Entry<Trade>| profile.disk.record(entry.record.id).is_none();
        let unknown = profile.disk.records().any(|record| tab.client.outbox().get(record.id).is_none())
            || tab.client.outbox().entries().any(gone)
            || profile.disk.actor.as_ref() != tab.client.actor();
        if unknown && !tab.is_working {
            self.show_tab(id);
        }
        unknown
    }

    /// Whether acts of `actor` still wait.
    fn is_open(&self, profile: usize, actor: &sync::Actor) -> bool {
        let mine = |record: &&sync::outbox::Record<domain::Trade>| record.account == actor.account;
        self.profiles[profile].disk.records().filter(mine).any(|record| !record.stage.is_settled())
    }

    fn let_items_go(&mut self, id: TabId) -> bool {
        let Some(tab) = self.profiles[id.profile].tab(id.life) else { return false };
        if tab.is_tapping {
            return true;
        }
        let items = tab.client.cache().inbox();
        let left: Vec<CommandId> =
            items.iter().filter(|item| tab.client.choice_made(item.id).is_none()).map(|item| item.id).collect();
        for item in &left {
            self.hear(id, Heard::Tap(Tap::Act { act: Act::Dismiss, resolves: Some(*item), replaces: None }));
        }
        !left.is_empty()
    }

    /// Whether nothing is under way anywhere.
    fn is_quiet(&self) -> bool {
        let rests = |event: &Event| {
            matches!(
                event,
                Event::Heard(_, Heard::Tick(_) | Heard::Notice(Notice::Standing(_)))
                    | Event::Beat
                    | Event::Trouble
                    | Event::Acts { .. }
                    | Event::PollDue { .. }
                    | Event::BankAsked
            )
        };
        let head = self.server.views.read;
        let at_rest = self.profiles.iter().all(|profile| {
            let is_over = |record: &Record<Trade>| record.stage.is_settled() || profile.is_over(&record.account);
            let settled = profile.disk.records().all(is_over);
            let leader = profile.tabs.iter().find(|tab| tab.client.leads());
            let here = leader.and_then(|tab| tab.client.cache().mark().cursor);
            let idle = profile.tabs.iter().all(|tab| tab.jobs.is_empty() && !tab.is_working && !tab.is_tapping);
            settled && idle && here.is_some_and(|cursor| cursor.epoch == self.server.epoch && cursor.position == head)
        });
        at_rest
            && self.server.awaited().is_empty()
            && self.server.truth.looked_for.is_empty()
            && !self.server.is_to_erase()
            && !self.server.is_due(self.now)
            && !self.profiles.iter().any(|profile| self.has_erased(profile))
            && head.0 == self.server.truth.hub.len() as u64
            && self.queue.planned().all(rests)
    }

    /// Whether a device has still to hear that somebody of whom it keeps anything is erased.
    fn has_erased(&self, profile: &Profile) -> bool {
        let acts = profile.disk.records().map(|record| &record.account);
        let mut accounts = acts.chain(profile.disk.actor.as_ref().map(|actor| &actor.account));
        accounts.any(|account| self.server.is_erased(account))
    }

    fn reunite(&mut self, profile: usize) {
        self.profiles[profile].parted = false;
        self.tell_all(profile, |client: &mut Client<domain::Trade>, now| client.network(true, now));
    }

    fn reopen(&mut self, profile: usize) {
        if !self.profiles[profile].tabs.iter().any(|tab| !tab.is_worker) {
            self.open_tab(profile, false);
        }
    }

    // ---- the queue -----------------------------------------------------------------------------------------------

    pub(crate) fn at(&mut self, delay: Millis, event: Event) {
        self.queue.plan(self.now + delay.max(0), event);
    }

    pub(crate) fn note(&self, what: impl FnOnce() -> String) {
        if let Some(trace) = self.trace {
            trace(format!("{:>7} {}", self.now - BEGIN, what()));
        }
    }

    fn step_before(&mut self, end: Millis) -> Result<(), String> {
        match self.queue.next_until(end) {
            None => self.now = end,
            Some((at, event)) => {
                self.now = self.now.max(at);
                self.report.steps += 1;
                self.note(|| format!("{event:?}"));
                self.happens(event);
            }
        }
        self.broken.take().map_or(Ok(()), Err)
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Heard(tab, heard) => self.hear(tab, heard),
            Event::Commit { tab, boot, generation, release, transaction } => {
                self.commit(tab, boot, generation, release, transaction);
            }
            Event::Request { tab, turn, session, body } => self.requested(tab, turn, session, &body),
            Event::Hello { tab, link, session, hello } => self.greeted(tab, link, session, &hello),
            Event::Poll { tab, link, turn, session, hello } => self.polled(tab, link, turn, session, &hello),
            Event::PollDue { tab, turn } => self.poll_due(tab, turn),
            Event::Session { tab, wanted } => self.session_asked(tab, wanted),
            Event::ServerWorks { life } if life == self.host.life => self.server_works(),
            Event::ServerWorks { .. } => {}
            Event::ServerStarts if !self.host.is_up => self.start_server(),
            Event::ServerStarts => {}
            Event::Beat => self.beat(),
            Event::Trouble if self.stormy => self.trouble(),
            Event::Trouble => {}
            Event::Acts { profile } => self.somebody_acts(profile),
            Event::Reunited { profile } => self.reunite(profile),
            Event::Reopened { profile } => self.reopen(profile),
            Event::Thawed(tab) => self.thaw(tab),
            Event::BankAsked => self.ask_bank(),
            Event::BankHears(wanted) => self.bank_hears(&wanted),
            Event::BankRelents(wanted) => self.bank_relents(&wanted),
            Event::BankSays(order, report) => self.bank_says(order, &report),
        }
    }

    // ---- transactions --------------------------------------------------------------------------------------------

    /// A transaction happens whole, or not at all: it is refused, or its tab or its device is gone before.
    fn commit(&mut self, id: TabId, boot: u64, generation: u64, release: Release, transaction: Transaction) {
        let profile = &self.profiles[id.profile];
        let gone = profile.tab(id.life).is_none();
        if profile.boots != boot || (gone && self.chance.once_in(2)) {
            return self.report.faults.note(Fault::WriteLost);
        }
        let done = if self.strikes(Fault::WriteRefused, 30) {
            Done::Refused(transaction)
        } else {
            self.transact(id.profile, generation, release, transaction)
        };
        // What is on the disk may be there for seconds before its tab hears so.
        let late = self.strikes(Fault::WriteLate, 60);
        let delay = if late { self.chance.ms(200, 3_000) } else { self.chance.ms(0, 1) };
        self.heard_in(delay, id, Heard::Done(Box::new(done)));
    }

    fn transact(&mut self, profile: usize, generation: u64, release: Release, transaction: Transaction) -> Done {
        let Profile { disk, saved, .. } = &mut self.profiles[profile];
        match transaction {
            Transaction::Append(draft) => {
                let appended = disk.append(*draft, release);
                if let Ok(append) = &appended {
                    let record = disk.record(append.record.id).expect("it was put just now");
                    saved.insert(record.id, Saved::new(record, &append.record));
                    let replaced = append.delete.and_then(|id| saved.get_mut(&id));
                    replaced.into_iter().for_each(|saved| saved.gone = true);
                    self.report.acts += 1;
                }
                Done::Appended(appended.map(Box::new))
            }
            Transaction::Withdraw(id) => {
                let withdrawn = disk.withdraw(id, release);
                for id in withdrawn.iter().flatten() {
                    saved.get_mut(id).into_iter().for_each(|saved| saved.gone = true);
                }
                Done::Withdrawn(withdrawn)
            }
            Transaction::FenceOff(wanted) => Done::FencedOff(disk.raise_fence(), wanted),
            Transaction::Forget(account) => {
                let accounts = disk.forget(&account);
                saved
                    .values_mut()
                    .filter(|saved| accounts.contains(&saved.account))
                    .for_each(|saved| saved.gone = true);
                Done::Forgot(accounts)
            }
            Transaction::SetActor(Some(actor), claim) => {
                let claim = claim.map(|claim| *claim);
                let appended = disk.sign_in(actor, claim, release).expect("a claim is small, and the person's");
                if let Some(append) = &appended {
                    let record = disk.record(append.record.id).expect("it was put just now");
                    saved.insert(record.id, Saved::new(record, &append.record));
                    self.report.acts += 1;
                    self.report.faults.note(Fault::GuestTakenOver);
                }
                Done::ActorSet(disk.actor.clone(), appended.map(Box::new))
            }
            Transaction::SetActor(None, _) => {
                disk.sign_out(release);
                Done::ActorSet(disk.actor.clone(), None)
            }
            Transaction::BeGuest(fresh) => {
                disk.begin_guest(fresh);
                Done::ActorSet(disk.actor.clone(), None)
            }
            Transaction::Job(job) => {
                let read = self.job(profile, generation, release, &job);
                Done::Job(job, read)
            }
        }
    }

    fn job(&mut self, profile: usize, generation: u64, release: Release, job: &Job) -> Read {
        let disk = &mut self.profiles[profile].disk;
        match job {
            Job::Outbox(records) => disk.store(generation, records.clone(), release).map_or(Read::Fenced, Read::Gone),
            Job::Claim(_) => Read::Generation(disk.raise_fence()),
            Job::Prune(ids) => disk.prune(generation, ids).map_or(Read::Fenced, |()| Read::Nothing),
            Job::Epoch(epoch) => disk.set_epoch(generation, *epoch).map_or(Read::Fenced, |()| Read::Nothing),
            Job::Cache(write) => {
                let stored = disk.store_cache(generation, write.clone());
                if self.chance.once_in(2) {
                    self.profiles[profile].disk.flush_cache();
                }
                match stored {
                    Claim::Holds => Read::Nothing,
                    Claim::Gone => Read::ClaimGone,
                    Claim::Taken => Read::Fenced,
                }
            }
            Job::Take(_) => {
                disk.claim_cache(generation);
                Read::Nothing
            }
            _ => Read::Nothing,
        }
    }
}
