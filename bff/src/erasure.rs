//! What the account service's facts do to keys and sign-ins: who takes a guest over has the guest's key, and of who is erased
//! the key is destroyed and the sign-in forgotten.
//!
//! The keys lie in a file of their own, so this is no part of a fact's transaction; it is followed from a checkpoint, and done
//! twice it is done once. After a restore the file of keys knows more than the truth: whoever is erased there is erased again.

use domain::Service;
use domain::account::{GuestEvent, PersonEvent};
use domain::id::person_key;
use domain::trade::Event;
use flow::Writes;
use flow::fact::Put;
use sync::{AccountId, Version};

use crate::account::session;
use crate::hub::{Place, Wanted};
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};

/// The name of its checkpoint.
const READER: &str = "erasure";

/// The most facts of one round.
const BATCH_MAX: usize = 128;

/// The kinds of facts that concern it.
const HEARD: [&str; 2] = ["guest-claimed", "person-erased"];

/// Follows the facts until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut hub = state.hub.heads();
    erase_again(&state).await?;
    let mut place = Place::noted(ledger::checkpoint(&mut *state.truth.workers.acquire().await?, READER).await?);
    loop {
        hub.borrow_and_update();
        while place.here < state.hub.head() {
            follow(&state, &mut place).await?;
        }
        tokio::select! {
            _ = hub.changed() => {}
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

/// Follows the next facts.
async fn follow(state: &AppState, place: &mut Place) -> Result<(), StoreError> {
    let page = state.hub.read(&Wanted::of(&HEARD).after(place.here), BATCH_MAX).await?;
    for (_, fact) in &page.facts {
        match &fact.event {
            Some(Event::Guest(GuestEvent::Claimed { guest, by })) => state.keys.pass(guest, by).await?,
            Some(Event::Person(PersonEvent::Erased { person, .. })) => {
                state.keys.destroy(person).await?;
                let person = person.clone();
                let forgotten = state.truth.writer.write_patiently(move |work| Box::pin(forget_sign_in(work, person)));
                forgotten.await?;
            }
            _ => {}
        }
    }
    let reached = page.reached;
    if place.moves(reached, !page.facts.is_empty()) {
        let moved = state.truth.writer.write_patiently(move |mut work| {
            Box::pin(async move { ledger::set_checkpoint(&mut work, READER, reached).await })
        });
        moved.await?;
    }
    Ok(())
}

/// The name and the password go. The account stays, so that nobody else is ever given it.
async fn forget_sign_in(mut work: Work<'_>, person: AccountId) -> Result<(), StoreError> {
    let gone = sqlx::query("update account_user set name = '', password_hash = '' where account = ?");
    gone.bind(person.as_str()).execute(&mut *work).await?;
    Ok(())
}

/// Whoever was erased after the backup was made that is the truth now.
async fn erase_again(state: &AppState) -> Result<(), StoreError> {
    for person in state.keys.destroyed().await? {
        if !session::is_erased(&state.truth.workers, person.as_str()).await? {
            tracing::warn!(account = %person, "was erased before the restore, and is erased again");
            state.truth.writer.write_patiently(move |work| Box::pin(erase(work, person))).await?;
        }
    }
    Ok(())
}

async fn erase(mut work: Work<'_>, person: AccountId) -> Result<(), StoreError> {
    let (key, now) = (person_key(&person), now());
    let row = ledger::row(&mut work, Service::Account, &key).await?;
    let version = row.as_ref().map_or(Version(0), |(_, version)| *version);
    let events = vec![Event::Person(PersonEvent::Erased { person, at: now })];
    let (after, facts) = flow::fact::told(Service::Account.name(), now, &key, row, events);
    let changed = after.filter(|(_, after)| *after > version);
    let rows = changed.into_iter().map(|(row, version)| Put { key: key.clone(), version, row }).collect();
    ledger::write(&mut work, Service::Account, &Writes { rows, facts, ..Writes::default() }, None, now).await
}
