//! What a transaction of the device's storage may do, decided on what it read: the driver reads, asks here, and writes
//! what comes back, all in that one transaction. So two tabs cannot take the same number, a tab that was frozen cannot
//! write over its successor, and an act that has left cannot be taken back.

use std::collections::BTreeSet;

use super::{Draft, Outbox, Record, Stored};
use crate::protocol::COMMAND_BYTES_MAX;
use crate::{AccountId, CommandId, Envelope, Model};

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The act is larger than one act may be; so many bytes.
    #[error("the act has {0} bytes, and {COMMAND_BYTES_MAX} are the most of one")]
    TooLarge(usize),
    /// Somebody else acts on this device by now: another tab has signed them in or out.
    #[error("somebody else acts here by now")]
    OtherPerson,
    /// The act that was to be replaced has left, or is no longer there, or another one rests on it.
    #[error(transparent)]
    Stays(#[from] StayError),
}

/// Why an act cannot be taken back or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    /// It has left, or may have: a change of mind is a new act now.
    #[error("it has already left this device")]
    Left,
    /// It is not here any more.
    #[error("it is not there any more")]
    Gone,
    /// Other acts rest on it, so many; those are to be taken back first, or with it.
    #[error("{0} later acts rest on it")]
    RestedOn(usize),
}

/// What appending writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Append<M: Model> {
    /// The record to put.
    pub record: Record<M>,
    /// The record to delete: the one that it replaces.
    pub delete: Option<CommandId>,
}

/// Completes `draft` where `kept` is all that the device keeps, `last` the last number it gave and `acting` whoever acts on
/// it: the next number, after the open act of the same lane and account with the highest one. A tab that has not heard yet
/// that somebody else acts keeps nothing in the name of who went: it would be sealed unseen, and a guest's for good.
///
/// # Errors
/// [`AppendError`]; nothing is to be written.
pub fn append<M: Model>(
    kept: &[Stored<M>],
    last: u64,
    acting: Option<&AccountId>,
    draft: Draft<M>,
) -> Result<Append<M>, AppendError> {
    if acting != Some(&draft.account) {
        return Err(AppendError::OtherPerson);
    }
    let replaces = draft.replaces;
    if let Some(id) = replaces {
        let going = withdraw(kept, id)?;
        if going.len() > 1 {
            return Err(StayError::RestedOn(going.len() - 1).into());
        }
    }
    // Another person's acts are sealed: an act that waited for one of them would wait for ever.
    let open = kept.iter().filter(|kept| {
        let (_, account, lane, open) = kept.place();
        // Appended once more because nobody knew how the first time ended, an act does not follow itself.
        let other = kept.id() != draft.id && Some(kept.id()) != replaces;
        open && other && *lane == draft.lane && *account == draft.account
    });
    let before = open.max_by_key(|kept| kept.place().0).map(Stored::id);
    let record = draft.seal(last + 1, before).map_err(AppendError::TooLarge)?;
    Ok(Append { record, delete: replaces })
}

/// Whether nothing of what `account` did may still leave a device that keeps `kept`. Only then may a guest be taken over or
/// forgotten: their session ends with it.
pub fn has_left<M: Model>(kept: impl IntoIterator<Item = Stored<M>>, account: &AccountId) -> bool {
    Outbox::load(kept).has_left(account)
}

/// The acts to be deleted when `id` is taken back: it, and those that rest on it.
///
/// # Errors
/// [`StayError`]; nothing is to be deleted.
pub fn withdraw<M: Model>(kept: &[Stored<M>], id: CommandId) -> Result<Vec<CommandId>, StayError> {
    if !kept.iter().any(|kept| kept.id() == id) {
        return Err(StayError::Gone);
    }
    let mut going = BTreeSet::from([id]);
    let mut lanes = BTreeSet::new();
    let mut unread = 0;
    let mut kept_by_age: Vec<&Stored<M>> = kept.iter().collect();
    kept_by_age.sort_by_key(|kept| kept.place().0);
    for kept in kept_by_age {
        let (_, account, lane, open) = kept.place();
        let envelope = kept.record().and_then(|record| crate::envelope::read::<M>(&record.bytes).ok());
        match envelope {
            _ if kept.id() == id => {}
            _ if !open => continue,
            Some(Envelope { after, resolves, .. }) if after.iter().chain(&resolves).any(|id| going.contains(id)) => {}
            Some(_) => continue,
            // What cannot be read here rests on what came before it in its lane.
            None => {
                unread += usize::from(lanes.contains(&(account, lane)));
                continue;
            }
        }
        going.insert(kept.id());
        lanes.insert((account, lane));
    }
    if unread > 0 {
        return Err(StayError::RestedOn(unread));
    }
    let stays = |kept: &&Stored<M>| going.contains(&kept.id()) && kept.record().is_none_or(|record| record.left);
    if kept.iter().any(|kept| stays(&kept)) {
        return Err(StayError::Left);
    }
    Ok(kept.iter().map(Stored::id).filter(|id| going.contains(id)).collect())
}

/// Another tab leads now; nothing is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another tab has taken over")]
pub struct Fenced;

/// What storing new states writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Store<M: Model> {
    /// The records to put.
    pub puts: Vec<Record<M>>,
    /// Acts that were taken back meanwhile, and must not come back.
    pub gone: Vec<CommandId>,
}

/// Whether a leader that claimed the lead as number `mine` may still write, where the device's storage says `generation`.
///
/// # Errors
/// [`Fenced`].
pub fn check_fence(generation: u64, mine: u64) -> Result<(), Fenced> {
    if generation == mine { Ok(()) } else { Err(Fenced) }
}

/// What is to be put of the new states `records`, where the device still keeps the acts `there`.
pub fn store<M: Model>(there: &BTreeSet<CommandId>, records: Vec<Record<M>>) -> Store<M> {
    let (puts, gone): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| there.contains(&record.id));
    Store { puts, gone: gone.into_iter().map(|record| record.id).collect() }
}
