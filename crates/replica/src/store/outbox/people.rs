//! Who acts on this device: the person who is signed in, or a guest of the device's own making, and how the one takes
//! over from the other.

use std::collections::BTreeMap;

use sync::outbox::{Append, Draft, has_left};
use sync::{AccountId, Actor, Model};

use super::{COMMANDS, DRAFTS, META, OutboxStore, append_in, kept, text};
use crate::guest::Guest;
use crate::replica::KeptDraft;
use crate::store::StoreError;
use crate::store::idb::Mode;
use crate::store::transaction::Transaction;

const ACTOR: &str = "actor";

/// The key in [`META`] under which stands who took which guest of this device over.
const TAKEN: &str = "taken";

pub(crate) const GUEST: &str = "guest";

/// What a person has when they have signed in.
pub(crate) enum TakenOver<M: Model> {
    /// All that they were to have; the act by which it is so, if one was given.
    All(Option<Append<M>>),
    /// Nothing of the guest's, who stays: another tab did something as the guest that has not left yet.
    Nothing,
}

/// What went with a person who was erased.
pub(crate) struct Forgot {
    /// Theirs, and those of guests whom they took over.
    pub(crate) accounts: Vec<AccountId>,
    /// The names of the half-written texts.
    pub(crate) drafts: Vec<String>,
    /// It was they who acted here.
    pub(crate) acted: bool,
}

/// What became of whoever acted.
pub(crate) enum SteppedDown {
    /// They are gone, for the device's guest or for nobody.
    For(Option<Guest>),
    /// They act as before: another tab did something as the guest that has not left yet.
    Waits,
}

impl OutboxStore {
    /// The guest of this device, if one has begun and nobody took them over.
    pub(crate) async fn guest(&self) -> Result<Option<Guest>, StoreError> {
        self.surely(async || guest(&self.strict(&[META], Mode::Read).await?).await).await
    }

    /// Remembers who is signed in, where nobody acts yet: somebody may have begun while it was asked. Who acts now.
    pub(crate) async fn greet(&self, actor: &Actor) -> Result<Actor, StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[META], Mode::Write).await?;
            if let Some(known) = acting(&transaction).await? {
                return Ok(known);
            }
            put(&mut transaction, ACTOR, actor)?;
            transaction.durable().await?;
            Ok(actor.clone())
        });
        let done = done.await?;
        self.keep_beside().await;
        Ok(done)
    }

    /// Lets the device's guest act, where nobody does; a guest who is not there yet is `fresh`. Who acts now.
    pub(crate) async fn begin_guest(&self, fresh: Guest) -> Result<(Actor, Option<Guest>), StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[META], Mode::Write).await?;
            let known = guest(&transaction).await?;
            if let Some(actor) = acting(&transaction).await? {
                return Ok((actor, known));
            }
            let guest = known.unwrap_or_else(|| fresh.clone());
            put(&mut transaction, GUEST, &guest)?;
            put(&mut transaction, ACTOR, &guest.actor)?;
            transaction.durable().await?;
            Ok((guest.actor.clone(), Some(guest)))
        });
        let done = done.await?;
        self.keep_beside().await;
        Ok(done)
    }

    /// Lets `actor` take over from whoever acted: the act `draft`, these drafts and the end of the guest are one step,
    /// so that a device that dies here finds all of it or nothing. A guest of whom something may still leave is not ended.
    pub(crate) async fn take_over<M: Model>(
        &self,
        actor: &Actor,
        draft: Option<Draft<M>>,
        drafts: &[KeptDraft],
    ) -> Result<TakenOver<M>, StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
            let ends_guest = draft.is_some();
            if ends_guest && !guest_has_left::<M>(&transaction).await? {
                put(&mut transaction, ACTOR, actor)?;
                transaction.durable().await?;
                return Ok(TakenOver::Nothing);
            }
            let mut append = None;
            if let Some(draft) = draft.clone() {
                append = Some(append_in(&mut transaction, Some(actor), draft).await?);
                note_taken(&mut transaction, actor).await?;
                transaction.delete(META, GUEST)?;
            }
            put(&mut transaction, ACTOR, actor)?;
            put_drafts(&mut transaction, drafts)?;
            transaction.durable().await?;
            Ok(TakenOver::All(append))
        });
        let done = done.await?;
        match &done {
            TakenOver::All(Some(append)) => self.keep_twin(append).await,
            _ => self.keep_beside().await,
        }
        Ok(done)
    }

    /// Whoever acts is gone: this device's guest acts, unless it is they who went; they are forgotten, if nothing of theirs
    /// may still leave. These drafts go in the same step, so that a device that dies here keeps nothing of who is gone.
    pub(crate) async fn step_down<M: Model>(&self, drafts: &[KeptDraft]) -> Result<SteppedDown, StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
            let acting = acting(&transaction).await?;
            let next = guest(&transaction).await?.filter(|guest| acting.as_ref() != Some(&guest.actor));
            if let Some(guest) = &next {
                put(&mut transaction, ACTOR, &guest.actor)?;
            } else if guest_has_left::<M>(&transaction).await? {
                transaction.delete(META, GUEST)?;
                transaction.delete(META, ACTOR)?;
            } else {
                return Ok(SteppedDown::Waits);
            }
            put_drafts(&mut transaction, drafts)?;
            transaction.durable().await?;
            Ok(SteppedDown::For(next))
        });
        let done = done.await?;
        self.keep_beside().await;
        Ok(done)
    }

    /// Forgets all of `account`, who was erased, in one step: their acts and those of guests whom they took over, that they are
    /// signed in, and, where it was they who acted, all that is half-written.
    pub(crate) async fn forget<M: Model>(&self, account: &AccountId) -> Result<Forgot, StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[COMMANDS, META, DRAFTS], Mode::Write).await?;
            let taken = taken(&transaction).await?;
            let guests = taken.into_iter().filter(|(_, by)| by == account).map(|(guest, _)| guest);
            let accounts: Vec<AccountId> = guests.chain([account.clone()]).collect();
            let mut going = vec![];
            for kept in kept::<M>(&transaction).await? {
                if accounts.contains(kept.account()) {
                    transaction.delete(COMMANDS, &kept.id().to_string())?;
                    going.push(kept.id());
                }
            }
            let acted = acting(&transaction).await?.is_some_and(|acts| acts.account == *account);
            let names = if acted { transaction.all_keys(DRAFTS).await? } else { js_sys::Array::new() };
            let drafts: Vec<String> = names.iter().filter_map(|name| text(&name)).collect();
            for name in &drafts {
                transaction.delete(DRAFTS, name)?;
            }
            if guest(&transaction).await?.is_some_and(|guest| guest.actor.account == *account) {
                transaction.delete(META, GUEST)?;
            }
            if acted {
                transaction.delete(META, ACTOR)?;
            }
            transaction.durable().await?;
            Ok((Forgot { accounts, drafts, acted }, going))
        });
        let (forgot, going) = done.await?;
        self.twin.let_go(&going).await;
        self.keep_beside().await;
        Ok(forgot)
    }

    /// Keeps several half-written texts, or lets them go, in one step.
    pub(crate) async fn set_drafts(&self, drafts: &[KeptDraft]) -> Result<(), StoreError> {
        let done = self.surely(async || {
            let mut transaction = self.strict(&[DRAFTS], Mode::Write).await?;
            put_drafts(&mut transaction, drafts)?;
            transaction.durable().await
        });
        done.await?;
        self.keep_beside().await;
        Ok(())
    }
}

pub(super) fn put_drafts(transaction: &mut Transaction, drafts: &[KeptDraft]) -> Result<(), StoreError> {
    for (name, draft) in drafts {
        match draft {
            Some(draft) => transaction.put(DRAFTS, &draft.into(), Some(name))?,
            None => transaction.delete(DRAFTS, name)?,
        }
    }
    Ok(())
}

async fn guest_has_left<M: Model>(transaction: &Transaction) -> Result<bool, StoreError> {
    let Some(guest) = guest(transaction).await? else { return Ok(true) };
    Ok(has_left(kept::<M>(transaction).await?, &guest.actor.account))
}

/// Who acts on this device.
pub(super) async fn acting(transaction: &Transaction) -> Result<Option<Actor>, StoreError> {
    let actor = text(&transaction.get(META, ACTOR).await?);
    Ok(actor.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The guests of this device who were taken over, and by whom.
async fn taken(transaction: &Transaction) -> Result<BTreeMap<AccountId, AccountId>, StoreError> {
    let taken = text(&transaction.get(META, TAKEN).await?);
    Ok(taken.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

async fn note_taken(transaction: &mut Transaction, by: &Actor) -> Result<(), StoreError> {
    let Some(guest) = guest(transaction).await? else { return Ok(()) };
    let mut taken = taken(transaction).await?;
    taken.insert(guest.actor.account, by.account.clone());
    put(transaction, TAKEN, &taken)
}

async fn guest(transaction: &Transaction) -> Result<Option<Guest>, StoreError> {
    let guest = text(&transaction.get(META, GUEST).await?);
    Ok(guest.and_then(|text| serde_json::from_str(&text).ok()))
}

fn put(transaction: &mut Transaction, name: &str, value: &impl serde::Serialize) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).expect("who acts is plain data");
    transaction.put(META, &text.into(), Some(name))
}
