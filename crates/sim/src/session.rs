//! Signing in and out, as the replica does it: first whoever was sending is fenced off, then the server is asked, then it
//! is kept who is signed in. A crash may come between any two.

use domain::account::guest::Secret;
use domain::trade::Trade;
use sync::outbox::Draft;
use sync::{AccountId, Actor, CommandId};

use crate::profile::{Heard, TabId, Transaction};
use crate::report::Fault;
use crate::world::{Event, World};

impl World {
    /// Somebody signs in, or whoever is signed in signs out.
    pub(crate) fn change_person(&mut self, id: TabId, wanted: Option<Actor>) {
        let profile = &mut self.profiles[id.profile];
        if profile.changing.is_none() {
            profile.changing = Some(id.life);
            self.begin(id, Transaction::FenceOff(wanted));
        }
    }

    pub(crate) fn fenced_off(&mut self, id: TabId, generation: u64, wanted: Option<Actor>) {
        let Some(tab) = self.profiles[id.profile].tab_mut(id.life) else { return };
        if tab.client.leads() {
            tab.generation = generation;
        }
        let delay = self.way();
        if self.profiles[id.profile].parted || !self.host.is_up || self.strikes(Fault::RequestLost, 8) {
            self.heard_in(delay, id, Heard::Session(None));
        } else {
            self.at(delay, Event::Session { tab: id, wanted });
        }
    }

    /// A sign-in or sign-out has come to the server. Its answer carries the cookie: no answer, no new cookie.
    pub(crate) fn session_asked(&mut self, id: TabId, wanted: Option<Actor>) {
        let profile = id.profile;
        if let Some(before) = self.profiles[profile].cookie {
            self.server.truth.sessions.remove(&before);
        }
        let cookie = wanted.clone().and_then(|actor| self.server.sign_in(actor));
        if let (Some(actor), None) = (&wanted, cookie) {
            // Whose acts still lie here, and who is erased: the answer says so, if it comes.
            if self.server.is_erased(&actor.account) && !self.profiles[profile].parted {
                self.begin(id, Transaction::Forget(actor.account.clone()));
            }
            return self.heard_in(0, id, Heard::Session(None));
        }
        let alive = self.profiles[profile].tab(id.life).is_some();
        if !alive || self.profiles[profile].parted || self.strikes(Fault::AnswerLost, 8) {
            return self.heard_in(0, id, Heard::Session(None));
        }
        self.profiles[profile].cookie = cookie;
        self.heard_in(0, id, Heard::Session(Some(wanted)));
    }

    pub(crate) fn session_answered(&mut self, id: TabId, answer: Option<Option<Actor>>) {
        match answer {
            Some(actor) => {
                let claim = actor.as_ref().and_then(|actor| self.claim_of_guest(id, actor));
                self.begin(id, Transaction::SetActor(actor, claim));
            }
            None => self.profiles[id.profile].changing = None,
        }
    }

    /// The act by which who signs in has the guest that they were, if nothing of the guest's may still leave.
    fn claim_of_guest(&mut self, id: TabId, person: &Actor) -> Option<Box<Draft<Trade>>> {
        let command = CommandId(self.chance.uuid(self.now));
        let profile = &self.profiles[id.profile];
        let (tab, guest) = (profile.tab(id.life)?, profile.disk.guest()?);
        let takes = profile.disk.actor.as_ref() == Some(&guest) && *person != guest && person.role.of.is_none();
        if !takes || !tab.client.outbox().has_left(&guest.account) {
            return None;
        }
        let now = self.now + profile.skew;
        Some(Box::new(tab.client.act_as(person, command, profile.disk.claim()?, now)))
    }

    /// Somebody acts before they sign in.
    pub(crate) fn be_guest(&mut self, id: TabId) {
        let (first, second) = (self.chance.uuid(self.now), self.chance.uuid(self.now));
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(first.as_bytes());
        secret[16..].copy_from_slice(second.as_bytes());
        let profile = &mut self.profiles[id.profile];
        if profile.changing.is_none() && profile.disk.actor.is_none() {
            profile.changing = Some(id.life);
            self.begin(id, Transaction::BeGuest(Secret::new(secret)));
        }
    }

    /// What another person could see goes; what is public stays.
    pub(crate) fn identity(&mut self, id: TabId, actor: Option<Actor>) {
        self.told(id, |client, now| client.identity(actor, now));
    }

    /// A device that does not know who is signed in asks the server, whose cookie may know.
    pub(crate) fn ask_who_is_signed_in(&mut self, id: TabId) {
        let profile = &self.profiles[id.profile];
        let Some(actor) = self.server.session(profile.cookie) else { return };
        let silent = profile.parted || !self.host.is_up || profile.changing.is_some();
        if profile.disk.actor.is_none() && !silent {
            self.profiles[id.profile].changing = Some(id.life);
            self.begin(id, Transaction::SetActor(Some(actor), None));
        }
    }

    /// The next of a profile's people whose acts wait and who is not signed in.
    pub(crate) fn somebody_waits(&self, profile: usize) -> Option<Actor> {
        let profile = &self.profiles[profile];
        let waits = |account: &AccountId| {
            profile.disk.records().any(|record| record.account == *account && !record.stage.is_settled())
        };
        profile.people.iter().cloned().chain(profile.disk.guest()).find(|actor| waits(&actor.account))
    }
}
