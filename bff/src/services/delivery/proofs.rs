//! The bytes of proofs: kept in the commit in which their delivery says so, sealed under the key of whose door it is, and thrown
//! away after [`KEPT_MS`] or with the person.

use std::time::Duration;

use axum::body::Bytes;
use domain::delivery::proof::{self, KEPT_MS};
use domain::delivery::{Medium, Proof, ProofId, ProofKind, ProofRefusal};
use domain::id::errand_key;
use domain::trade::{Event, Row};
use domain::{OrderId, Service};
use flow::Writes;
use flow::fact::Put;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sync::{AccountId, Actor, Key, Millis};

use crate::hex::hex;
use crate::hub::{Place, Wanted};
use crate::ledger;
use crate::state::{AppState, now};
use crate::store::{StoreError, Work};
use crate::web::guard::in_time;

/// The name of the checkpoint of [`run`].
const READER: &str = "delivery-proofs";

/// By which fact a delivery forgets its customer.
const HEARD: [&str; 1] = ["delivery-erased"];

/// The most facts of one round.
const BATCH_MAX: usize = 128;

/// How often it is looked whether something has become so old: a day more or less is no matter, an hour is soon enough.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);

/// The most that is thrown away in one transaction, which others wait for.
const OLD_MAX: i64 = 50;

/// A proof as it came.
pub(super) struct Brought {
    pub(super) order: OrderId,
    pub(super) id: ProofId,
    pub(super) kind: ProofKind,
    pub(super) medium: Medium,
    pub(super) bytes: Bytes,
    pub(super) by: Actor,
}

/// Why it is not kept.
#[derive(Debug)]
pub(super) enum NotKept {
    /// The rules say no.
    Refused(ProofRefusal),
    /// The store did not do it; it may be tried again.
    Store(StoreError),
}

impl From<StoreError> for NotKept {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A proof as it lies here.
pub(super) struct Kept {
    pub(super) driver: AccountId,
    /// Whose door it is.
    pub(super) subject: AccountId,
    pub(super) medium: Medium,
    sealed: Vec<u8>,
}

/// Keeps a proof, and says whether it is new. When this returns it is durable.
///
/// # Errors
/// [`NotKept`]; nothing was kept, as far as is known.
pub(super) async fn keep(state: &AppState, brought: Brought) -> Result<bool, NotKept> {
    let Brought { order, id, kind, medium, bytes, by } = brought;
    let key = errand_key(order);
    // A word could be guessed by its hash, which is kept for ever.
    let hash = (kind != ProofKind::Word).then(|| hex(&Sha256::digest(&bytes)));
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let proof = Proof { id, kind, medium, bytes: size, hash, at: now() };
    let known = ledger::row(&mut *readers(state).await?, Service::Delivery, &key).await?;
    let errand = known.as_ref().and_then(|(row, _)| row.as_errand());
    if proof::prove(errand, &proof, &by).map_err(NotKept::Refused)?.is_none() {
        return Ok(false);
    }
    let subject = errand.and_then(|errand| errand.contact.name.subject()).cloned();
    // Of a customer whom only plain facts of an old release name nothing new is written down.
    let subject = subject.ok_or(NotKept::Refused(ProofRefusal::Forgotten))?;
    let lock = state.keys.of(&subject).await?.ok_or(NotKept::Refused(ProofRefusal::Forgotten))?;
    let sealed = lock.seal_bytes(&about(&subject, id), &bytes);
    let part = Part { key, subject, sealed, proof, by };
    state.truth.writer.write(move |work| Box::pin(write(work, part))).await
}

async fn readers(state: &AppState) -> Result<sqlx::pool::PoolConnection<sqlx::Sqlite>, StoreError> {
    in_time(state.truth.readers.acquire()).await
}

/// What a proof's bytes are bound to, so that no other's can be put in their place.
fn about(subject: &AccountId, id: ProofId) -> String {
    format!("{subject} {id}")
}

struct Part {
    key: Key,
    subject: AccountId,
    sealed: Vec<u8>,
    proof: Proof,
    by: Actor,
}

/// Judges it once more, by what the row is now, and writes the bytes and what they mean.
async fn write(mut work: Work<'_>, part: Part) -> Result<bool, NotKept> {
    let Part { key, subject, sealed, proof, by } = part;
    let row = ledger::row(&mut work, Service::Delivery, &key).await?;
    let errand = row.as_ref().and_then(|(row, _)| row.as_errand());
    let Some(event) = proof::prove(errand, &proof, &by).map_err(NotKept::Refused)? else { return Ok(false) };
    let keep = sqlx::query(
        "insert into delivery_proof (id, row_key, driver, subject, medium, kept_at, sealed) values (?, ?, ?, ?, ?, ?, ?)
         on conflict do nothing",
    );
    let keep = keep.bind(proof.id.to_string()).bind(key.as_str()).bind(by.account.as_str()).bind(subject.as_str());
    let keep = keep.bind(proof.medium.content_type()).bind(proof.at).bind(sealed);
    let kept = keep.execute(&mut *work).await.map_err(StoreError::from)?;
    if kept.rows_affected() == 0 {
        // The name is another delivery's.
        return Err(NotKept::Refused(ProofRefusal::OtherBytes));
    }
    let (after, facts) = flow::fact::told(Service::Delivery.name(), proof.at, &key, row, vec![Event::Errand(event)]);
    let rows = after.into_iter().map(|(row, version): (Row, _)| Put { key: key.clone(), version, row }).collect();
    let writes = Writes { rows, facts, ..Writes::default() };
    ledger::write(&mut work, Service::Delivery, &writes, None, proof.at).await?;
    Ok(true)
}

/// The proof `id` of the delivery of `order`, where it is here.
///
/// # Errors
/// The store's.
pub(super) async fn find(state: &AppState, order: OrderId, id: ProofId) -> Result<Option<Kept>, StoreError> {
    let found = sqlx::query(
        "select driver, subject, medium, sealed from delivery_proof where id = ? and row_key = ? and kept_at > ?",
    );
    let found = found.bind(id.to_string()).bind(errand_key(order).0).bind(now() - KEPT_MS);
    let found = in_time(found.fetch_optional(&state.truth.readers)).await?;
    found
        .map(|row| {
            let medium = Medium::of_type(row.get(2)).ok_or(StoreError::Strange("the medium of a proof"))?;
            let (driver, subject) = (AccountId(row.get(0)), AccountId(row.get(1)));
            Ok(Kept { driver, subject, medium, sealed: row.get(3) })
        })
        .transpose()
}

/// Its bytes; nothing where the key is gone.
///
/// # Errors
/// The store's.
pub(super) async fn open(state: &AppState, kept: &Kept, id: ProofId) -> Result<Option<Vec<u8>>, StoreError> {
    let key = state.keys.there(&kept.subject).await?;
    Ok(key.and_then(|key| key.open_bytes(&about(&kept.subject, id), &kept.sealed)))
}

/// Throws away what is too old, and what is of deliveries that forget their customer, until the server stops. Nobody could read
/// the latter any more; this is only tidy.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    let mut hub = state.hub.heads();
    let mut place = Place::noted(ledger::checkpoint(&mut *state.truth.workers.acquire().await?, READER).await?);
    let mut hourly = tokio::time::interval(LOOK_EVERY);
    loop {
        hub.borrow_and_update();
        while place.here < state.hub.head() {
            follow(&state, &mut place).await?;
        }
        tokio::select! {
            _ = hub.changed() => {}
            _ = hourly.tick() => throw_away_old(&state, now() - KEPT_MS).await?,
            () = state.stop.cancelled() => return Ok(()),
        }
    }
}

async fn follow(state: &AppState, place: &mut Place) -> Result<(), StoreError> {
    let page = state.hub.read(&Wanted::of(&HEARD).after(place.here), BATCH_MAX).await?;
    let reached = page.reached;
    if !place.moves(reached, !page.facts.is_empty()) {
        return Ok(());
    }
    let keys: Vec<Key> = page.facts.iter().map(|(_, fact)| fact.key.clone()).collect();
    let moved = state.truth.writer.write_patiently(move |mut work| {
        Box::pin(async move {
            for key in &keys {
                let gone = sqlx::query("delete from delivery_proof where row_key = ?").bind(key.as_str());
                gone.execute(&mut *work).await?;
            }
            ledger::set_checkpoint(&mut work, READER, reached).await
        })
    });
    moved.await
}

async fn throw_away_old(state: &AppState, before: Millis) -> Result<(), StoreError> {
    loop {
        let some = state.truth.writer.write_patiently(move |mut work| {
            Box::pin(async move {
                let old = "delete from delivery_proof where id in
                    (select id from delivery_proof where kept_at <= ? limit ?)";
                Ok(sqlx::query(old).bind(before).bind(OLD_MAX).execute(&mut *work).await?.rows_affected())
            })
        });
        if some.await? == 0 {
            return Ok(());
        }
    }
}
