//! The devices that want to be told, and of what: one row a device, bound to the session in which its person chose it.
//!
//! A device is told of its account only while that session goes on. So signing out ends it at once, whoever signs in next is told
//! nothing of the one before, and nobody has to remember to tidy up.

use std::collections::BTreeSet;

use domain::RestaurantId;
use domain::push::Topic;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;
use sync::{AccountId, Millis, Position};

use super::sealed;
use crate::hex::hex;
use crate::keys::Keys;
use crate::ledger::number;
use crate::store::{StoreError, Work};

/// The most devices of an account, the latest: a kitchen's tablets and its cooks' phones. Each costs a call for every message.
const DEVICES_MAX: i64 = 16;

/// How long a device is remembered whose session is over, in milliseconds: a season, in which somebody comes back to it.
const KEPT_MS: Millis = 90 * 24 * 60 * 60 * 1000;

/// The most that are forgotten at once, so that the transaction stays short.
const FORGOTTEN_MAX: i64 = 256;

/// Where a device is reached, and how it is sealed for: its account's secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Address {
    pub(super) endpoint: String,
    #[serde(with = "base64url")]
    pub(super) p256dh: Vec<u8>,
    #[serde(with = "base64url")]
    pub(super) auth: Vec<u8>,
}

/// A device that wants to be told.
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) account: AccountId,
    /// Whose staff that is, if it is anybody's.
    pub(super) staff_of: Option<RestaurantId>,
    /// The hash of the session's token.
    pub(super) session: String,
    /// Which push service, by its origin.
    pub(super) service: String,
    pub(super) sealed: Vec<u8>,
    pub(super) topics: BTreeSet<Topic>,
    /// What came before is no news.
    pub(super) since: Position,
}

/// What a device is called here: nobody learns its address from it.
pub(super) fn id_of(endpoint: &str) -> String {
    hex(&Sha256::digest(endpoint.as_bytes()))
}

impl Address {
    pub(super) fn keys(&self) -> sealed::Keys {
        sealed::Keys { p256dh: self.p256dh.clone(), auth: self.auth.clone() }
    }

    /// Sealed under the account's key; nothing for somebody who is erased.
    pub(super) async fn seal(&self, keys: &Keys, account: &AccountId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(key) = keys.of(account).await? else { return Ok(None) };
        Ok(Some(key.seal_bytes(&about(&id_of(&self.endpoint)), serde_json::to_string(self)?.as_bytes())))
    }

    /// What was sealed under the key of `subject`; nothing where the key is destroyed.
    pub(super) async fn open(
        keys: &Keys,
        subject: &AccountId,
        id: &str,
        sealed: &[u8],
    ) -> Result<Option<Self>, StoreError> {
        let key = keys.there(subject).await?;
        let text = key.and_then(|key| key.open_bytes(&about(id), sealed));
        Ok(text.map(|text| serde_json::from_slice(&text)).transpose()?)
    }
}

fn about(id: &str) -> String {
    format!("push/{id}")
}

/// Notes what a device wants to be told of, in place of what it wanted before, whoever's it was.
///
/// # Errors
/// The store's.
pub(super) async fn put(work: &mut Work<'_>, subscription: &Subscription, now: Millis) -> Result<(), StoreError> {
    let Subscription { id, account, staff_of, session, service, sealed, topics, since } = subscription;
    // What still waited for the one before is theirs.
    sqlx::query("delete from push_subscription where id = ? and account <> ?")
        .bind(id)
        .bind(account.as_str())
        .execute(&mut **work)
        .await?;
    sqlx::query(
        "insert into push_subscription (id, account, subject, staff_of, session, service, sealed, topics, since, chosen_at)
         values (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         on conflict do update set subject = excluded.subject, staff_of = excluded.staff_of, session = excluded.session,
             service = excluded.service, sealed = excluded.sealed, topics = excluded.topics, chosen_at = excluded.chosen_at",
    )
    .bind(id)
    .bind(account.as_str())
    .bind(staff_of.as_ref().map(|of| of.0.as_str()))
    .bind(session)
    .bind(service)
    .bind(sealed)
    .bind(serde_json::to_string(&topics.iter().map(|topic| topic.name()).collect::<Vec<_>>())?)
    .bind(number(since.0))
    .bind(now)
    .execute(&mut **work)
    .await?;
    sqlx::query(
        "delete from push_subscription where account = ?1 and id not in
         (select id from push_subscription where account = ?1 order by chosen_at desc, id desc limit ?2)",
    )
    .bind(account.as_str())
    .bind(DEVICES_MAX)
    .execute(&mut **work)
    .await?;
    forget_old(work, now).await
}

async fn forget_old(work: &mut Work<'_>, now: Millis) -> Result<(), StoreError> {
    let old = sqlx::query(
        "delete from push_subscription where id in (select id from push_subscription where chosen_at < ? limit ?)",
    );
    old.bind(now - KEPT_MS).bind(FORGOTTEN_MAX).execute(&mut **work).await?;
    Ok(())
}

/// Forgets a device, with what still waits for it.
///
/// # Errors
/// The store's.
pub(super) async fn remove(work: &mut Work<'_>, id: &str) -> Result<(), StoreError> {
    sqlx::query("delete from push_subscription where id = ?").bind(id).execute(&mut **work).await?;
    Ok(())
}

/// Forgets the devices of somebody who is erased.
///
/// # Errors
/// The store's.
pub(super) async fn erase(work: &mut Work<'_>, person: &AccountId) -> Result<(), StoreError> {
    let gone = sqlx::query("delete from push_subscription where account = ?1 or subject = ?1");
    gone.bind(person.as_str()).execute(&mut **work).await?;
    Ok(())
}

/// What was a guest's is theirs who took the guest over; told of it is the device on which they are signed in.
///
/// # Errors
/// The store's.
pub(super) async fn claim(work: &mut Work<'_>, guest: &AccountId, by: &AccountId) -> Result<(), StoreError> {
    let passed = sqlx::query("update push_subscription set account = ? where account = ?");
    passed.bind(by.as_str()).bind(guest.as_str()).execute(&mut **work).await?;
    Ok(())
}

/// A session goes on as another one on the same device. That may be another person's, who is told nothing: a device is told of its
/// account in sessions of that account only.
///
/// # Errors
/// The store's.
pub(crate) async fn pass_on(work: &mut SqliteConnection, before: &str, session: &str) -> Result<(), StoreError> {
    let passed = sqlx::query("update push_subscription set session = ? where session = ?");
    passed.bind(session).bind(before).execute(work).await?;
    Ok(())
}

mod base64url {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        // Browsers leave the padding out; some libraries do not.
        BASE64.decode(text.trim_end_matches('=')).map_err(D::Error::custom)
    }
}
