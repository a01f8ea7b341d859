//! What a tab does around its machine, as `crates/replica` does it in a browser: it tells the machine what happened, does
//! what the machine says in its order, writes one thing after the other, and shares a lock and a channel with its
//! neighbours.

use domain::trade::Trade;
use sync::Millis;
use sync::cache::Mark;
use sync::client::{Client, Kept, Output, StoreEnd};

use crate::profile::{Done, Heard, Job, Notice, Read, Tab, TabId, Tap, Transaction};
use crate::report::Fault;
use crate::world::{Event, World};

/// How long a tab waits before a refused write is tried again, in milliseconds.
const AGAIN_MS: Millis = 1_000;

impl World {
    // ---- the machine -----------------------------------------------------------------------------------------------

    /// Tells a tab's machine what happened, and does what it says.
    pub(crate) fn told(&mut self, id: TabId, tell: impl FnOnce(&mut Client<Trade>, Millis)) {
        let now = self.now + self.profiles[id.profile].skew;
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        tell(&mut tab.client, now);
        let outputs: Vec<_> = std::iter::from_fn(|| tab.client.poll()).collect();
        for output in outputs {
            self.note(|| format!("    {id:?} {output:?}"));
            self.obey(id, output, now);
        }
        self.watch(id);
        self.run_jobs(id);
    }

    fn obey(&mut self, id: TabId, output: Output<Trade>, device_now: Millis) {
        match output {
            Output::StoreOutbox(records) => self.later(id, Job::Outbox(records)),
            Output::PruneOutbox(ids) => self.later(id, Job::Prune(ids)),
            Output::StoreEpoch(epoch) => self.later(id, Job::Epoch(epoch)),
            Output::StoreCache(write) => self.later(id, Job::Cache(write)),
            Output::Post(turn, batch) => self.post(id, turn, &batch),
            Output::Probe => self.probe(id),
            Output::OpenLink => self.open_link(id),
            Output::SendHello(hello) => self.say_hello(id, &hello),
            Output::Poll(turn, hello) => self.poll_feed(id, turn, &hello),
            Output::CloseLink => self.close_link(id),
            Output::TellTabs(standing) => self.tell_tabs(id, &Notice::Standing(standing)),
            Output::Forget(account) => self.begin(id, Transaction::Forget(account)),
            Output::StealLead => self.steal_lead(id),
            Output::WakeAt(at) => self.wake_at(id, at - device_now),
            Output::Report(fault) => self.told_of(&fault),
            Output::Changed(_) => {}
        }
    }

    fn wake_at(&mut self, id: TabId, delay: Millis) {
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        // A worker is not woken: the browser starts it by its own clock.
        if !tab.is_worker {
            tab.timer += 1;
            let heard = Heard::Tick(tab.timer);
            self.heard_in(delay, id, heard);
        }
    }

    fn later(&mut self, id: TabId, job: Job) {
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.jobs.push_back(job);
        }
    }

    // ---- what a tab hears --------------------------------------------------------------------------------------------

    /// Plans that a tab hears something.
    pub(crate) fn heard_in(&mut self, delay: Millis, id: TabId, heard: Heard) {
        self.at(delay, Event::Heard(id, heard));
    }

    /// A tab hears something, unless it is gone; a frozen one hears it when it is woken.
    pub(crate) fn hear(&mut self, id: TabId, heard: Heard) {
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        if let Some(held) = &mut tab.frozen {
            return held.push(heard);
        }
        let link = tab.link;
        match heard {
            Heard::Tick(timer) if timer == tab.timer => self.told(id, Client::tick),
            Heard::Tick(_) => {}
            Heard::Done(done) => self.done(id, *done),
            Heard::MendCache => {
                self.later(id, Job::MendCache);
                self.run_jobs(id);
            }
            Heard::Again(job) => self.begin(id, Transaction::Job(*job)),
            Heard::Answer(turn, answer) => {
                self.told(id, |client, now| client.answered(turn, answer.map(|answer| *answer), now));
            }
            Heard::Probed(reached) => self.told(id, |client, now| client.probed(reached, now)),
            Heard::Polled(on, turn, answer) if on == link => self.heard_poll(id, turn, answer),
            Heard::LinkOpened(on) if on == link => {
                tab.is_linked = true;
                self.told(id, Client::link_opened);
            }
            Heard::LinkClosed(on) if on == link => {
                tab.is_linked = false;
                self.told(id, Client::link_closed);
            }
            Heard::Said(on, text) if on == link => self.heard_said(id, &text),
            Heard::Polled(..) | Heard::LinkOpened(_) | Heard::LinkClosed(_) | Heard::Said(..) => {}
            Heard::Notice(notice) => self.heard_notice(id, notice),
            Heard::LockGranted(candidacy) => self.lock_granted(id, candidacy),
            Heard::LockStolen(candidacy) if tab.candidacy == candidacy => self.stand_down(id),
            Heard::LockStolen(_) => {}
            Heard::Session(answer) => self.session_answered(id, answer),
            Heard::Tap(tap) => {
                let by = tab.client.actor().map(|actor| actor.account.clone());
                tab.taps.push_back((by, tap));
                self.next_tap(id);
            }
        }
        self.worker_may_end(id);
    }

    fn heard_notice(&mut self, id: TabId, notice: Notice) {
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        let (leads, is_hidden) = (tab.client.leads(), !tab.is_visible);
        match notice {
            Notice::Outbox => self.later(id, Job::ReadOutbox),
            Notice::Cache(keys, mark) => self.later(id, Job::ReadRows(keys, mark)),
            Notice::CacheAnew => self.later(id, Job::ReadAll),
            Notice::Identity => self.later(id, Job::ReadIdentity),
            Notice::Forgot(accounts) => {
                self.told(id, |client, now| client.forgot(&accounts, now));
                self.later(id, Job::ReadAll);
            }
            Notice::Standing(standing) => self.told(id, |client, now| client.mirror(standing, now)),
            Notice::WhoLeads if leads => {
                let now = self.now + self.profiles[id.profile].skew;
                let standing = self.profiles[id.profile].tab(id.life).map(|tab| tab.client.standing(now));
                standing.iter().for_each(|standing| self.tell_tabs(id, &Notice::Standing(*standing)));
            }
            Notice::WouldLead if leads && is_hidden => self.later(id, Job::HandOver),
            Notice::WhoLeads | Notice::WouldLead => {}
        }
        self.run_jobs(id);
    }

    /// Tells the other tabs of the profile.
    pub(crate) fn tell_tabs(&mut self, id: TabId, notice: &Notice) {
        let others = self.profiles[id.profile].tabs.iter().filter(|tab| tab.life != id.life && !tab.is_worker);
        let others: Vec<_> = others.map(|tab| TabId { life: tab.life, ..id }).collect();
        if others.is_empty() {
            return;
        }
        let told = serde_json::to_string(notice).expect("a notice is plain data");
        for other in others {
            let until = self.now + self.chance.ms(0, 5);
            let Some(tab) = self.profiles[other.profile].tab_mut(other.life) else { continue };
            tab.notice_until = tab.notice_until.max(until);
            let delay = tab.notice_until - self.now;
            let notice = serde_json::from_str(&told).expect("a tab reads what its neighbour said");
            self.report.messages += 1;
            self.heard_in(delay, other, Heard::Notice(notice));
        }
    }

    // ---- what must be durable ----------------------------------------------------------------------------------------

    pub(crate) fn run_jobs(&mut self, id: TabId) {
        loop {
            let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
            if tab.is_working || tab.frozen.is_some() {
                return;
            }
            let Some(job) = tab.jobs.pop_front() else { return };
            let leads = tab.client.leads();
            match job {
                // A tab that has stopped leading leaves the disk to the one that leads.
                Job::Cache(_) | Job::MendCache | Job::Epoch(_) if !leads => {}
                Job::Claim(candidacy) | Job::Take(candidacy) if tab.candidacy != candidacy => {}
                Job::HandOver if leads => self.stand_down(id),
                Job::HandOver => {}
                Job::Cache(_) | Job::MendCache if tab.cache_has_hole => {
                    tab.is_working = true;
                    // What was to be written before is in it.
                    tab.jobs.retain(|job| !matches!(job, Job::Cache(_) | Job::MendCache));
                    let whole = tab.client.cache().whole();
                    return self.begin(id, Transaction::Job(Job::Cache(whole)));
                }
                Job::MendCache => {}
                job => {
                    tab.is_working = true;
                    return self.begin(id, Transaction::Job(job));
                }
            }
        }
    }

    /// Hands a transaction to the disk.
    pub(crate) fn begin(&mut self, id: TabId, transaction: Transaction) {
        let profile = &self.profiles[id.profile];
        let Some(tab) = profile.tab(id.life) else { return };
        let (generation, release, boot) = (tab.generation, tab.release, profile.boots);
        let late = self.stormy && self.plan.has(Fault::WriteLate) && self.chance.once_in(30);
        let delay = if late { self.chance.ms(200, 3_000) } else { self.chance.ms(0, 6) };
        if late {
            self.report.faults.note(Fault::WriteLate);
        }
        self.at(delay, Event::Commit { tab: id, boot, generation, release, transaction });
    }

    /// The end of a transaction for its tab.
    fn done(&mut self, id: TabId, done: Done) {
        match done {
            Done::Job(job, read) => {
                self.rested(id);
                self.job_done(id, job, read);
            }
            Done::Refused(Transaction::Job(Job::Cache(_))) => {
                self.cache_has_hole(id, true);
                self.rested(id);
                self.heard_in(AGAIN_MS, id, Heard::MendCache);
            }
            Done::Refused(Transaction::Job(Job::Prune(_))) => self.rested(id),
            // The server says so again at the next hello.
            Done::Refused(Transaction::Forget(_)) => {}
            Done::Refused(Transaction::Job(job)) => self.heard_in(AGAIN_MS, id, Heard::Again(Box::new(job))),
            Done::Refused(Transaction::Append(_) | Transaction::Withdraw(_)) => self.tap_over(id),
            Done::Refused(Transaction::FenceOff(_) | Transaction::SetActor(..) | Transaction::BeGuest(_)) => {
                self.profiles[id.profile].changing = None;
            }
            Done::Appended(appended) => {
                if let Ok(append) = appended {
                    self.shown_as_saved(id, &append);
                    self.told(id, |client, now| client.saved(append.record, append.delete, now));
                    self.tell_tabs(id, &Notice::Outbox);
                }
                self.tap_over(id);
            }
            Done::Withdrawn(withdrawn) => {
                if let Ok(gone) = withdrawn {
                    self.told(id, |client, now| client.withdrawn(&gone, now));
                    self.tell_tabs(id, &Notice::Outbox);
                }
                self.tap_over(id);
            }
            Done::Forgot(accounts) => {
                self.told(id, |client, now| client.forgot(&accounts, now));
                self.tell_tabs(id, &Notice::Forgot(accounts));
                if self.profiles[id.profile].tab(id.life).is_some_and(|tab| tab.client.leads()) {
                    // All of the cache is written, with what is left in it.
                    self.cache_has_hole(id, true);
                    self.later(id, Job::MendCache);
                }
                self.later(id, Job::ReadAll);
            }
            Done::FencedOff(generation, wanted) => self.fenced_off(id, generation, wanted),
            Done::ActorSet(actor, append) => {
                self.profiles[id.profile].changing = None;
                self.identity(id, actor);
                self.tell_tabs(id, &Notice::Identity);
                if self.profiles[id.profile].tab(id.life).is_some_and(|tab| !tab.client.leads()) {
                    self.later(id, Job::ReadAll);
                }
                if let Some(append) = append {
                    self.shown_as_saved(id, &append);
                    self.told(id, |client, now| client.saved(append.record, append.delete, now));
                    self.tell_tabs(id, &Notice::Outbox);
                }
            }
        }
        self.run_jobs(id);
    }

    fn rested(&mut self, id: TabId) {
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.is_working = false;
        }
    }

    fn cache_has_hole(&mut self, id: TabId, has: bool) {
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.cache_has_hole = has;
        }
    }

    fn job_done(&mut self, id: TabId, job: Job, read: Read) {
        match (job, read) {
            (Job::Outbox(_), Read::Gone(gone)) => {
                self.tell_tabs(id, &Notice::Outbox);
                self.told(id, |client, now| client.stored(&StoreEnd::Durable { gone }, now));
            }
            (Job::Cache(_), Read::Fenced) => self.stand_down(id),
            (Job::Cache(_), Read::ClaimGone) => {
                self.cache_has_hole(id, true);
                self.later(id, Job::MendCache);
            }
            // A sign-in here raised the fence meanwhile, and this tab leads on.
            (Job::Epoch(epoch), Read::Fenced) if self.has_the_fence(id) => self.later(id, Job::Epoch(epoch)),
            (Job::Epoch(_), Read::Fenced) => self.stand_down(id),
            (Job::Outbox(_), _) => {
                self.told(id, |client, now| client.stored(&StoreEnd::Fenced, now));
                self.stand_down(id);
            }
            (Job::Cache(write), _) if write.anew => {
                self.cache_has_hole(id, false);
                self.tell_tabs(id, &Notice::CacheAnew);
            }
            (Job::Cache(write), _) => {
                let puts = write.puts.iter().map(|row| row.key.clone());
                let keys = puts.chain(write.removes.iter().cloned()).collect();
                self.tell_tabs(id, &Notice::Cache(keys, write.mark));
            }
            (Job::ReadOutbox, _) => self.read_outbox(id),
            (Job::ReadRows(keys, mark), _) => self.read_rows(id, &keys, mark),
            (Job::ReadIdentity, _) => {
                let actor = self.profiles[id.profile].disk.actor.clone();
                self.identity(id, actor);
                self.read_cache(id, false);
            }
            (Job::ReadAll, _) => {
                self.read_who(id);
                self.read_outbox(id);
                self.read_cache(id, false);
            }
            (Job::Claim(candidacy), Read::Generation(generation)) => {
                if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
                    tab.generation = generation;
                    tab.jobs.push_front(Job::Take(candidacy));
                }
                self.read_who(id);
            }
            (Job::Take(candidacy), _) if self.stands(id, candidacy) => {
                // Whoever led before may have died between its last write and its word of it.
                self.tell_tabs(id, &Notice::CacheAnew);
                self.take_lead(id);
            }
            _ => {}
        }
    }

    fn has_the_fence(&self, id: TabId) -> bool {
        let profile = &self.profiles[id.profile];
        profile.tab(id.life).is_some_and(|tab| tab.generation == profile.disk.fence())
    }

    fn read_who(&mut self, id: TabId) {
        let profile = &self.profiles[id.profile];
        let actor = profile.disk.actor.clone();
        if profile.tab(id.life).is_some_and(|tab| tab.client.actor() != actor.as_ref()) {
            self.identity(id, actor);
        }
    }

    fn read_outbox(&mut self, id: TabId) {
        let profile = &self.profiles[id.profile];
        let Some(tab) = profile.tab(id.life) else { return };
        let kept = profile.disk.kept(tab.release);
        self.told(id, |client, now| client.outbox_reloaded(kept, now));
    }

    fn read_rows(&mut self, id: TabId, keys: &[sync::Key], mark: Mark) {
        let profile = &self.profiles[id.profile];
        if profile.tab(id.life).is_none_or(|tab| tab.client.leads()) {
            return;
        }
        let cache = profile.disk.cache();
        // A cache that was thrown away says nothing about what the leader has.
        if cache.generation == 0 {
            return;
        }
        // It is another person's by now, or was: what is told of this one's names only what changed since.
        let goes_on = profile.tab(id.life).is_some_and(|tab| tab.client.goes_on_with(&mark));
        if cache.mark.account != mark.account || !goes_on {
            return self.read_cache(id, false);
        }
        let rows: Vec<_> = keys.iter().filter_map(|key| cache.rows.get(key).cloned()).collect();
        let removes: Vec<_> = keys.iter().filter(|key| !cache.rows.contains_key(*key)).cloned().collect();
        self.told(id, |client, now| client.cache_reloaded(rows, &removes, mark, now));
    }

    fn read_cache(&mut self, id: TabId, to_lead: bool) {
        let profile = &self.profiles[id.profile];
        if !to_lead && profile.tab(id.life).is_none_or(|tab| tab.client.leads()) {
            return;
        }
        let cache = profile.disk.cache().clone();
        let rows = cache.rows.into_values().collect();
        self.told(id, |client, now| client.cache_replaced(rows, cache.mark, now));
    }

    // ---- the lock ----------------------------------------------------------------------------------------------------

    /// Queues for the lock, or takes it away from whoever has it.
    pub(crate) fn stand_for_lead(&mut self, id: TabId, steal: bool) {
        let profile = &mut self.profiles[id.profile];
        let Some(tab) = profile.tab_mut(id.life) else { return };
        tab.candidacy += 1;
        let claim = (id.life, tab.candidacy);
        if steal && let Some((life, candidacy)) = profile.lock.holder.take() {
            self.heard_in(0, TabId { life, ..id }, Heard::LockStolen(candidacy));
        }
        let lock = &mut self.profiles[id.profile].lock;
        if lock.holder.is_none() {
            lock.holder = Some(claim);
            self.heard_in(0, id, Heard::LockGranted(claim.1));
        } else {
            lock.queue.push_back(claim);
        }
    }

    /// Gives the lock to the next in the queue.
    pub(crate) fn release_lock(&mut self, id: TabId) {
        let lock = &mut self.profiles[id.profile].lock;
        if lock.holder.is_none_or(|(life, _)| life != id.life) {
            return;
        }
        lock.holder = lock.queue.pop_front();
        if let Some((life, candidacy)) = lock.holder {
            self.heard_in(0, TabId { life, ..id }, Heard::LockGranted(candidacy));
        }
    }

    fn stands(&self, id: TabId, candidacy: u64) -> bool {
        self.profiles[id.profile].tab(id.life).is_some_and(|tab| tab.candidacy == candidacy && tab.has_lock)
    }

    fn lock_granted(&mut self, id: TabId, candidacy: u64) {
        let profile = &mut self.profiles[id.profile];
        let holds = profile.lock.holder == Some((id.life, candidacy));
        let Some(tab) = profile.tab_mut(id.life).filter(|_| holds) else { return };
        // An earlier try that is granted later is passed on at once.
        if tab.candidacy != candidacy {
            return self.release_lock(id);
        }
        tab.has_lock = true;
        self.later(id, Job::Claim(candidacy));
        self.run_jobs(id);
    }

    fn take_lead(&mut self, id: TabId) {
        let profile = &self.profiles[id.profile];
        let Some(tab) = profile.tab(id.life) else { return };
        let (kept, epoch) = (profile.disk.kept(tab.release), profile.disk.epoch);
        self.told(id, |client, now| client.outbox_replaced(kept, epoch, now));
        self.read_cache(id, true);
        let drains = self.profiles[id.profile].tab(id.life).is_some_and(|tab| tab.is_worker);
        self.told(id, if drains { Client::drain } else { Client::lead });
    }

    fn steal_lead(&mut self, id: TabId) {
        if self.profiles[id.profile].tab(id.life).is_some_and(|tab| !tab.has_lock) {
            self.stand_for_lead(id, true);
        }
    }

    /// Gives the lead back and queues for it again.
    pub(crate) fn stand_down(&mut self, id: TabId) {
        self.told(id, Client::follow);
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        tab.has_lock = false;
        let is_worker = tab.is_worker;
        self.release_lock(id);
        if is_worker {
            return self.close_tab(id);
        }
        self.stand_for_lead(id, false);
        self.later(id, Job::ReadAll);
        self.run_jobs(id);
    }

    // ---- open, shown, closed -----------------------------------------------------------------------------------------

    /// Opens a tab on what the disk keeps; or starts a worker, which runs only where no tab leads.
    pub(crate) fn open_tab(&mut self, profile: usize, is_worker: bool) -> TabId {
        self.lives += 1;
        let (life, seed) = (self.lives, self.chance.seed());
        let id = TabId { profile, life };
        let Self { profiles, now, .. } = self;
        let at = &mut profiles[profile];
        let release = at.release;
        let cache = if is_worker { Default::default() } else { at.disk.cache().clone() };
        let kept = Kept {
            device: at.device,
            actor: at.disk.actor.clone(),
            public: vec![domain::access::catalog_scope()],
            outbox: at.disk.kept(release),
            epoch: at.disk.epoch,
            rows: cache.rows.into_values().collect(),
            mark: cache.mark,
        };
        let client = Client::new(kept, Box::new(|_, _| Some(0)), seed, *now + at.skew);
        at.tabs.push(Tab::new(life, client, release, is_worker));
        self.stand_for_lead(id, false);
        if !is_worker {
            self.tell_tabs(id, &Notice::WhoLeads);
            self.tell_tabs(id, &Notice::WouldLead);
            self.told(id, |client, now| {
                client.network(true, now);
                client.visible(true, now);
            });
            self.ask_who_is_signed_in(id);
        }
        id
    }

    /// A tab goes, with all that it had not made durable.
    pub(crate) fn close_tab(&mut self, id: TabId) {
        self.hang_up(id);
        let profile = &mut self.profiles[id.profile];
        profile.tabs.retain(|tab| tab.life != id.life);
        profile.lock.queue.retain(|(life, _)| *life != id.life);
        profile.changing = profile.changing.filter(|life| *life != id.life);
        self.release_lock(id);
    }

    fn worker_may_end(&mut self, id: TabId) {
        let Some(tab) = self.profiles[id.profile].tab(id.life) else { return };
        let idle = tab.is_worker && tab.client.leads() && tab.jobs.is_empty() && !tab.is_working;
        let waits = matches!(
            tab.client.sender(),
            sync::client::Sender::Posting { .. }
                | sync::client::Sender::Probing { .. }
                | sync::client::Sender::Marking { .. }
        );
        if idle && !waits {
            self.tell_tabs(id, &Notice::Outbox);
            self.close_tab(id);
        }
    }

    /// The page is looked at: it asks who leads, would like to, and reads what it may have missed.
    pub(crate) fn show_tab(&mut self, id: TabId) {
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        tab.is_visible = true;
        let leads = tab.client.leads();
        self.later(id, Job::ReadAll);
        if !leads {
            self.tell_tabs(id, &Notice::WhoLeads);
            self.tell_tabs(id, &Notice::WouldLead);
        }
        self.told(id, |client, now| client.visible(true, now));
    }

    // ---- taps --------------------------------------------------------------------------------------------------------

    /// What a person did is kept one after the other.
    fn next_tap(&mut self, id: TabId) {
        let now = self.now + self.profiles[id.profile].skew;
        loop {
            let Some(tab) = self.profiles[id.profile].tab_mut(id.life).filter(|tab| !tab.is_tapping) else { return };
            let Some((by, tap)) = tab.taps.pop_front() else { return };
            let transaction = match tap {
                Tap::Withdraw(command) => Some(Transaction::Withdraw(command)),
                Tap::Act { act, resolves, replaces } => {
                    let command = sync::CommandId(self.chance.uuid(self.now));
                    let draft = tab.client.act(command, by.as_ref(), act, resolves, replaces, now).ok();
                    draft.map(|draft| Transaction::Append(Box::new(draft)))
                }
            };
            if let Some(transaction) = transaction {
                tab.is_tapping = true;
                return self.begin(id, transaction);
            }
        }
    }

    fn tap_over(&mut self, id: TabId) {
        if let Some(tab) = self.profiles[id.profile].tab_mut(id.life) {
            tab.is_tapping = false;
        }
        self.next_tap(id);
    }
}

impl Tab {
    fn new(life: u64, client: Client<Trade>, release: crate::release::Release, is_worker: bool) -> Self {
        Self {
            life,
            client,
            release,
            is_worker,
            is_visible: !is_worker,
            generation: 0,
            candidacy: 0,
            has_lock: false,
            link: 0,
            is_linked: false,
            notice_until: 0,
            timer: 0,
            jobs: Default::default(),
            is_working: false,
            taps: Default::default(),
            is_tapping: false,
            cache_has_hole: false,
            frozen: None,
            heard_at: Millis::MIN / 2,
        }
    }
}
