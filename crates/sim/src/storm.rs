//! What goes wrong during a run, beside what goes wrong on the way of single messages.

use sync::client::Client;
use sync::{Epoch, Millis, Position};
use uuid::Uuid;

use crate::host::Speaker;
use crate::people;
use crate::profile::{Heard, TabId};
use crate::release::Release;
use crate::report::Fault;
use crate::world::{Event, World};

/// How far a clock may jump, in milliseconds: a day.
const JUMP_MS: u64 = 86_400_000;

/// How many facts a server remembers at most that a row left its scope. A run has some hundreds.
const FORGOTTEN_AFTER_MAX: u64 = 40;

/// The troubles that come by themselves, each as often as it stands here.
const TROUBLES: &[Fault] = &[
    Fault::SocketCut,
    Fault::SocketSilent,
    Fault::SocketSlow,
    Fault::Partition,
    Fault::Partition,
    Fault::ServerCrash,
    Fault::LeftForgotten,
    Fault::Restored,
    Fault::SessionLost,
    Fault::TabCrash,
    Fault::TabCrash,
    Fault::TabFrozen,
    Fault::TabHidden,
    Fault::TabOpened,
    Fault::PowerCut,
    Fault::CacheEvicted,
    Fault::RowDamaged,
    Fault::ClockJump,
    Fault::WorkerRound,
    Fault::AccountSwitch,
    Fault::GuestTakenOver,
    Fault::GuestTakenOver,
    Fault::DeviceUpgrade,
    Fault::ServerUpgrade,
];

impl World {
    /// One trouble now, the next one later.
    pub(crate) fn trouble(&mut self) {
        let next = self.chance.ms(1, self.plan.trouble_every_ms);
        self.at(next, Event::Trouble);
        let fault = *self.chance.pick(TROUBLES).expect("there are troubles");
        if self.plan.has(fault) && self.strike(fault) {
            self.note(|| format!("TROUBLE: {}", fault.name()));
            self.report.faults.note(fault);
        }
    }

    /// Does it, if it can be done now.
    fn strike(&mut self, fault: Fault) -> bool {
        let profile = self.chance.below(self.profiles.len() as u64) as usize;
        let tabs: Vec<u64> = self.profiles[profile].tabs.iter().map(|tab| tab.life).collect();
        let tab = self.chance.pick(&tabs).map(|life| TabId { profile, life: *life });
        match (fault, tab) {
            (Fault::Partition, _) => self.part(profile),
            (Fault::ServerCrash, _) if self.host.is_up => {
                self.crash_server();
                true
            }
            (Fault::LeftForgotten, _) => self.host.is_up && self.forget_what_left(),
            (Fault::Restored, _) => self.back_up_or_restore(),
            (Fault::SessionLost, _) => self.forget_session(profile),
            (Fault::PowerCut, _) => self.cut_power(profile),
            (Fault::CacheEvicted, _) => self.evict(profile),
            (Fault::RowDamaged, _) => self.damage_row(profile),
            (Fault::ClockJump, _) => self.jump(profile),
            (Fault::WorkerRound, _) => self.close_all_and_drain(profile),
            (Fault::DeviceUpgrade, _) => self.upgrade_device(profile),
            (Fault::ServerUpgrade, _) if self.server.release < Release::Next && self.host.is_up => {
                self.server.release = Release::Next;
                self.crash_server();
                true
            }
            (Fault::SocketCut, Some(tab)) => self.cut_socket(tab),
            (Fault::SocketSilent, Some(tab)) => self.silence_socket(tab),
            (Fault::SocketSlow, Some(tab)) => self.slow_socket(tab),
            (Fault::TabCrash, Some(tab)) => self.crash_tab(tab),
            (Fault::TabFrozen, Some(tab)) => self.freeze(tab),
            (Fault::TabHidden, Some(tab)) => self.hide_or_show(tab),
            (Fault::TabOpened, Some(tab)) => self.open_or_close(tab),
            (Fault::AccountSwitch, Some(tab)) => self.switch_account(tab),
            (Fault::GuestTakenOver, Some(tab)) => {
                // It is counted when it has come about.
                self.guest_signs_in(tab);
                false
            }
            _ => false,
        }
    }

    // ---- the network ---------------------------------------------------------------------------------------------

    fn part(&mut self, profile: usize) -> bool {
        if std::mem::replace(&mut self.profiles[profile].parted, true) {
            return false;
        }
        // One device in two notices by itself.
        if self.chance.once_in(2) {
            self.tell_all(profile, |client, now| client.network(false, now));
        }
        let parted = self.chance.ms(300, 9_000);
        self.at(parted, Event::Reunited { profile });
        true
    }

    pub(crate) fn tell_all(&mut self, profile: usize, tell: impl Fn(&mut Client<domain::Trade>, Millis) + Copy) {
        let awake = self.profiles[profile].tabs.iter().filter(|tab| tab.frozen.is_none() && !tab.is_worker);
        let tabs: Vec<_> = awake.map(|tab| TabId { profile, life: tab.life }).collect();
        tabs.into_iter().for_each(|tab| self.told(tab, tell));
    }

    fn link_of(&self, tab: TabId) -> Option<u64> {
        self.profiles[tab.profile].tab(tab.life).filter(|tab| tab.is_linked).map(|tab| tab.link)
    }

    fn cut_socket(&mut self, tab: TabId) -> bool {
        let Some(link) = self.link_of(tab) else { return false };
        self.hang_up(tab);
        self.heard_in(0, tab, Heard::LinkClosed(link));
        true
    }

    fn silence_socket(&mut self, tab: TabId) -> bool {
        let Some(link) = self.link_of(tab) else { return false };
        self.host.silent.insert((tab, link))
    }

    fn slow_socket(&mut self, tab: TabId) -> bool {
        let Some(link) = self.link_of(tab) else { return false };
        self.host.slow.insert((tab, link))
    }

    // ---- the server ----------------------------------------------------------------------------------------------

    fn back_up_or_restore(&mut self) -> bool {
        if self.server.backup.is_none() {
            self.server.back_up();
            return false;
        }
        // A restored server is worth little where it is restored all the time.
        if !self.host.is_up || !self.chance.once_in(3) {
            return false;
        }
        self.crash_server();
        self.restores += 1;
        self.server.restore(Epoch(Uuid::from_u128(1 + u128::from(self.restores))), self.now)
    }

    /// The server forgets what left its scope up to a while ago: long ago for who is here, and too short for some who are away.
    fn forget_what_left(&mut self) -> bool {
        let back = self.chance.below(FORGOTTEN_AFTER_MAX);
        let horizon = Position(self.server.views.read.0.saturating_sub(back));
        if horizon <= self.server.views.horizon {
            return false;
        }
        self.server.views.forget(horizon);
        let overtaken = |speaker: &Speaker| speaker.talk.is_overtaken(horizon);
        let talks: Vec<_> =
            self.host.talks.iter().filter(|(_, speaker)| overtaken(speaker)).map(|(id, _)| *id).collect();
        for id in talks {
            self.cut_socket(id);
        }
        let polls: Vec<_> =
            self.host.polls.iter().filter(|(_, poll)| overtaken(&poll.speaker)).map(|(id, _)| *id).collect();
        for id in polls {
            self.drop_poll(id);
        }
        true
    }

    fn forget_session(&mut self, profile: usize) -> bool {
        let cookie = self.profiles[profile].cookie;
        cookie.is_some_and(|cookie| self.server.truth.sessions.remove(&cookie).is_some())
    }

    // ---- tabs ----------------------------------------------------------------------------------------------------

    fn crash_tab(&mut self, tab: TabId) -> bool {
        self.close_tab(tab);
        self.reopen_later(tab.profile);
        true
    }

    fn reopen_later(&mut self, profile: usize) {
        let delay = self.chance.ms(50, 2_500);
        self.at(delay, Event::Reopened { profile });
    }

    fn freeze(&mut self, tab: TabId) -> bool {
        let Some(there) = self.profiles[tab.profile].tab_mut(tab.life).filter(|tab| !tab.is_worker) else {
            return false;
        };
        if there.frozen.is_some() {
            return false;
        }
        there.frozen = Some(vec![]);
        let frozen = self.chance.ms(500, 12_000);
        self.at(frozen, Event::Thawed(tab));
        true
    }

    /// A tab is woken, and hears what it missed.
    pub(crate) fn thaw(&mut self, tab: TabId) {
        let Some(there) = self.profiles[tab.profile].tab_mut(tab.life) else { return };
        let held = there.frozen.take().unwrap_or_default();
        held.into_iter().for_each(|heard| self.hear(tab, heard));
        self.show_tab(tab);
    }

    fn hide_or_show(&mut self, tab: TabId) -> bool {
        let Some(there) = self.profiles[tab.profile].tab_mut(tab.life) else { return false };
        if there.is_worker || there.frozen.is_some() {
            return false;
        }
        if there.is_visible {
            there.is_visible = false;
            self.told(tab, |client, now| client.visible(false, now));
        } else {
            self.show_tab(tab);
        }
        true
    }

    fn open_or_close(&mut self, tab: TabId) -> bool {
        if self.profiles[tab.profile].tabs.len() < 2 {
            self.open_tab(tab.profile, false);
        } else {
            self.close_tab(tab);
        }
        true
    }

    fn upgrade_device(&mut self, profile: usize) -> bool {
        let release = match self.profiles[profile].release {
            Release::First => Release::Ours,
            Release::Ours => Release::Next,
            Release::Next => return false,
        };
        self.profiles[profile].release = release;
        // One tab is loaded again, and has the new release beside the old one of its neighbour.
        let tab = self.profiles[profile].tabs.first().map(|tab| TabId { profile, life: tab.life });
        tab.into_iter().for_each(|tab| self.close_tab(tab));
        self.open_tab(profile, false);
        true
    }

    // ---- devices -------------------------------------------------------------------------------------------------

    fn close_all(&mut self, profile: usize) {
        let tabs: Vec<u64> = self.profiles[profile].tabs.iter().map(|tab| tab.life).collect();
        tabs.into_iter().for_each(|life| self.close_tab(TabId { profile, life }));
    }

    fn cut_power(&mut self, profile: usize) -> bool {
        self.close_all(profile);
        self.profiles[profile].boots += 1;
        if self.plan.has(Fault::CacheTorn) {
            let torn = self.profiles[profile].disk.lose_power();
            (0..torn).for_each(|_| self.report.faults.note(Fault::CacheTorn));
        }
        self.reopen_later(profile);
        true
    }

    /// The browser throws the cache away, while nobody looks or under an open page.
    fn evict(&mut self, profile: usize) -> bool {
        if self.chance.once_in(2) {
            self.close_all(profile);
            self.reopen_later(profile);
        }
        self.profiles[profile].disk.evict_cache();
        true
    }

    fn damage_row(&mut self, profile: usize) -> bool {
        let keys: Vec<_> = self.profiles[profile].disk.cache().rows.keys().cloned().collect();
        let Some(key) = self.chance.pick(&keys).cloned() else { return false };
        self.close_all(profile);
        self.profiles[profile].disk.damage(&key);
        self.reopen_later(profile);
        true
    }

    fn jump(&mut self, profile: usize) -> bool {
        if self.profiles[profile].jumped {
            return false;
        }
        self.profiles[profile].jumped = true;
        self.profiles[profile].skew += self.chance.ms(0, 2 * JUMP_MS) - Millis::try_from(JUMP_MS).unwrap_or(0);
        true
    }

    fn close_all_and_drain(&mut self, profile: usize) -> bool {
        self.close_all(profile);
        self.open_tab(profile, true);
        self.reopen_later(profile);
        true
    }

    // ---- people --------------------------------------------------------------------------------------------------

    fn switch_account(&mut self, tab: TabId) -> bool {
        let profile = &self.profiles[tab.profile];
        let awake = profile.tab(tab.life).is_some_and(|tab| !tab.is_worker && tab.frozen.is_none());
        if (profile.people.len() < 2 && !profile.has_guests) || profile.changing.is_some() || !awake {
            return false;
        }
        let others = profile.people.iter().filter(|actor| Some(*actor) != profile.disk.actor.as_ref());
        let others: Vec<_> = others.cloned().map(Some).chain([None]).collect();
        let wanted = self.chance.pick(&others).cloned().flatten();
        self.change_person(tab, wanted);
        true
    }

    /// A guest signs in, mostly after all that they did has left.
    fn guest_signs_in(&mut self, id: TabId) {
        let profile = &self.profiles[id.profile];
        let Some(guest) = profile.disk.guest().filter(|guest| profile.disk.actor.as_ref() == Some(guest)) else {
            return;
        };
        let Some(tab) = profile.tab(id.life).filter(|tab| !tab.is_worker && tab.frozen.is_none()) else { return };
        if tab.client.outbox().has_left(&guest.account) || self.chance.once_in(4) {
            let wanted = self.chance.pick(&self.profiles[id.profile].people).cloned();
            self.change_person(id, wanted);
        }
    }

    /// Somebody at `profile` does something, and something else later.
    pub(crate) fn somebody_acts(&mut self, profile: usize) {
        if !self.stormy {
            return;
        }
        // A driver looks at the phone all the time: between an order and its door lie five taps of theirs.
        let drives = self.profiles[profile].people.iter().any(|actor| actor.role.name == domain::access::DRIVER);
        let every = if drives { self.plan.act_every_ms / 4 } else { self.plan.act_every_ms };
        let next = self.chance.ms(20, every.max(40));
        self.at(next, Event::Acts { profile });
        let awake = |tab: &&crate::profile::Tab| !tab.is_worker && tab.frozen.is_none();
        let tabs: Vec<u64> = self.profiles[profile].tabs.iter().filter(awake).map(|tab| tab.life).collect();
        let Some(life) = self.chance.pick(&tabs).copied() else { return };
        let id = TabId { profile, life };
        if self.signs_in(id) {
            return;
        }
        let Some(tab) = self.profiles[profile].tab(life) else { return };
        if let Some(tap) = people::next_tap(&tab.client, &mut self.chance, self.now) {
            self.hear(id, Heard::Tap(tap));
        }
    }

    /// Somebody whom the screen asks to sign in does so, now or later.
    fn signs_in(&mut self, id: TabId) -> bool {
        let profile = &self.profiles[id.profile];
        let Some(tab) = profile.tab(id.life) else { return false };
        let paused = matches!(tab.client.sender(), sync::client::Sender::Paused(_)) || tab.client.actor().is_none();
        if paused && self.chance.once_in(3) {
            let profile = &self.profiles[id.profile];
            if profile.disk.actor.is_none() && profile.has_guests && self.chance.once_in(2) {
                self.be_guest(id);
                return true;
            }
            let profile = &self.profiles[id.profile];
            let wanted = profile.disk.actor.clone().or_else(|| profile.people.first().cloned());
            self.change_person(id, wanted);
            return true;
        }
        false
    }
}
