//! Who acts on this device, and how one follows another: a guest orders at once, a person signs in and takes over what
//! the guest did, and what one person left is not the next one's.

use domain::account::{GuestCommand, Secret, guest};
use domain::{Command, Trade, access};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::{Guest, KeptDraft, SignedIn, Takeover};
use sync::{AccountId, Actor, CommandId, Role};

use super::{Replica, World};
use crate::ordering::carts;
use crate::{push, start, words};

/// What the names of drafts begin with that hold somebody's name, telephone number, address or affairs.
const PERSONAL_DRAFTS: [&str; 3] = ["contact", "checkout/", "inbox/"];

/// Whether it is somebody with an account of their own.
fn is_person(actor: &Actor) -> bool {
    !guest::is_guest(&actor.account)
}

fn mint() -> Guest {
    let secret = Secret::new(replica::chance());
    let actor = Actor { account: secret.account(), role: Role::named(access::CUSTOMER) };
    Guest { actor, secret: secret.as_str().to_owned() }
}

/// The act by which a person has what the guest ordered.
fn claim(guest: &Guest) -> Option<Command> {
    let secret = Secret::try_from(guest.secret.clone()).ok()?;
    let claim = GuestCommand::Claim { guest: guest.actor.account.clone(), proof: secret.proof() };
    Some(Command::Guest(claim))
}

/// Whether nothing of what the guest did may still leave. Who is taken over leaves nothing any more.
fn has_left(replica: &Replica, guest: &Guest) -> bool {
    replica.read(|client| client.outbox().has_left(&guest.actor.account))
}

impl World {
    /// Whose account it is, if anyone's.
    pub fn account(self) -> Option<AccountId> {
        self.actor().map(|actor| actor.account)
    }

    /// Who is signed in; a guest is not.
    pub fn person(self) -> Option<Actor> {
        self.actor().filter(is_person)
    }

    /// Whether this device keeps a guest whom nobody took over. They need not be who acts.
    pub fn keeps_guest(self) -> bool {
        self.revision.track();
        self.replica.with_value(|replica| replica.guest().is_some())
    }

    /// Whether it is this device's guest who acts.
    pub fn is_guest(self) -> bool {
        self.actor().is_some_and(|actor| !is_person(&actor))
    }

    /// Whether nothing of what this device's guest did may still leave.
    pub fn guest_has_left(self) -> bool {
        self.revision.track();
        self.replica.with_value(|replica| replica.guest().is_none_or(|guest| has_left(replica, &guest)))
    }

    /// Sees to it that somebody acts here: a guest of this device, where nobody is signed in. It needs no server.
    ///
    /// # Errors
    /// A sentence for a person; nobody does.
    pub async fn be_somebody(self) -> Result<(), String> {
        let replica = self.replica.get_value();
        replica.be_guest(mint).await.map_err(|why| words::store_failure(&why))
    }

    /// Sends what waits and gives it time to leave; how much still waits then.
    pub async fn hand_in(self) -> usize {
        let replica = self.replica.get_value();
        replica.hand_in().await
    }

    /// Signs in. With `takes_over` the device's guest is this person from here on, if nothing of theirs may still leave; a
    /// cart is in any case, where the device has no guest. The sentences that tell what was taken over come back with the person.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn sign_in(self, name: &str, password: &str, takes_over: bool) -> Result<(Actor, Vec<String>), String> {
        let replica = self.replica.get_value();
        let before = replica.actor();
        let may_take = before.as_ref().is_none_or(|before| !is_person(before));
        let (mut told, mut takes_guest) = (vec![], false);
        let takes = |actor: &Actor, guest: Option<&Guest>| {
            let stays_guest = guest.is_some_and(|guest| !takes_over || !has_left(&replica, guest));
            if !may_take || actor.role.name != access::CUSTOMER || stays_guest {
                let is_another = before.as_ref().is_some_and(|before| before.account != actor.account);
                let drafts = if is_another { forgotten(&replica, &PERSONAL_DRAFTS) } else { vec![] };
                return Takeover { claim: None, drafts };
            }
            let (drafts, merged) = carts::taken_over(&replica, &actor.account);
            takes_guest = guest.is_some();
            told.extend(guest.map(|_| words::guest_taken_over().to_owned()).into_iter().chain(merged));
            Takeover::<Trade> { claim: guest.and_then(claim), drafts }
        };
        let signed_in = replica.sign_in(name, password, takes).await.map_err(|why| words::sign_in_failure(&why))?;
        let SignedIn { actor, took_over } = signed_in;
        if !took_over {
            let forgets = forgotten(&replica, &PERSONAL_DRAFTS);
            replica.set_drafts(forgets).await.map_err(|why| words::store_failure(&why))?;
            told = vec![words::guest_stays().to_owned()];
        } else if takes_guest {
            push::moves(&actor.account);
        }
        start::tell_role(Some(&actor.role.name));
        Ok((actor, told))
    }

    /// Gives carts that nobody has to the person who is signed in, unless a guest of this device waits for them: the
    /// browser may have known who is signed in before this page did, and an earlier release knew one cart for all.
    pub fn adopt_carts(self) {
        Effect::new(move |_| {
            let person = self.person().filter(|_| !self.keeps_guest());
            let Some(account) = person.map(|person| person.account) else { return };
            let replica = self.replica.get_value();
            let (drafts, _) = carts::taken_over(&replica, &account);
            if drafts.is_empty() {
                return;
            }
            spawn_local(async move {
                if let Err(why) = replica.set_drafts(drafts).await {
                    self.say(&words::store_failure(&why));
                }
            });
        });
    }

    /// Signs out. What waits stays on this device, sealed. A guest is forgotten, with all they had picked.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn sign_out(self) -> Result<(), String> {
        let replica = self.replica.get_value();
        let mut forgets = forgotten(&replica, &PERSONAL_DRAFTS);
        if untrack(|| self.is_guest()) {
            forgets.extend(forgotten(&replica, &[carts::NOBODY_S]));
        }
        replica.sign_out(forgets).await.map_err(|why| words::sign_in_failure(&why))?;
        start::tell_role(None);
        Ok(())
    }

    /// This person's acts that have not left this device, nor anything that rests on them.
    pub fn discardable(self) -> Vec<CommandId> {
        self.read(|client| {
            let Some(account) = client.actor().map(|actor| &actor.account) else { return vec![] };
            let waiting = client.outbox().entries().filter(|entry| entry.record.stage.is_waiting());
            let mine = waiting.filter(|entry| entry.record.account == *account).map(|entry| entry.record.id);
            mine.filter(|id| client.withdrawal(*id).is_ok()).collect()
        })
    }

    /// Takes all of these acts back.
    pub async fn discard(self) {
        for id in untrack(|| self.discardable()) {
            // One that went with another is gone already, and one that has left meanwhile stays.
            let _ = self.withdraw(id).await;
        }
    }
}

/// Drafts by which nothing is left of those whose names begin so: names, telephone numbers and addresses are not left for
/// the next person at this browser.
fn forgotten(replica: &Replica, prefixes: &[&str]) -> Vec<KeptDraft> {
    let drafts = prefixes.iter().flat_map(|prefix| replica.drafts_with_prefix(prefix));
    drafts.map(|(name, _)| (name, None)).collect()
}
