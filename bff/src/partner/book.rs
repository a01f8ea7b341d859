//! Who the partners are. Keys and secrets are 256 random bits; of a key only a hash is kept, which therefore needs no salt and
//! no slowness.

use rand::TryRng as _;
use rand::rngs::SysRng;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection, SqliteExecutor};
use sync::Millis;

use crate::hex::hex;
use crate::ledger::{self, number};
use crate::store::StoreError;

/// The most partners of one restaurant: a till, a kitchen's screen, a bookkeeper, and what replaces each of them. Every one
/// costs a call for every event.
pub(super) const OF_RESTAURANT_MAX: i64 = 8;

/// A partner.
#[derive(Clone, Debug)]
pub(super) struct Partner {
    pub(super) id: String,
    pub(super) restaurant: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) has_old_secret: bool,
    /// Since when nothing is sent, and why.
    pub(super) paused: Option<(Millis, String)>,
    pub(super) created_at: Millis,
}

/// What a partner signs in with, and what words to them are signed with. Shown once.
pub(super) struct Credentials {
    pub(super) key: String,
    pub(super) secret: String,
}

/// A new key. What it begins with tells whoever finds it in a log what it opens.
pub(super) fn new_key() -> String {
    format!("ck_{}", random())
}

/// A new secret.
pub(super) fn new_secret() -> String {
    format!("cs_{}", random())
}

fn random() -> String {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    hex(&bytes)
}

pub(super) fn hash(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes()))
}

/// Writes a partner down, who hears of what comes from now on; nothing where the restaurant has as many as it may.
///
/// # Errors
/// The store's.
pub(super) async fn add(
    truth: &mut SqliteConnection,
    (restaurant, name, url): (&str, &str, &str),
    now: Millis,
) -> Result<Option<(String, Credentials)>, StoreError> {
    let count = sqlx::query_scalar("select count(*) from partner where restaurant = ?").bind(restaurant);
    if count.fetch_one(&mut *truth).await.map(|count: i64| count >= OF_RESTAURANT_MAX)? {
        return Ok(None);
    }
    let since = ledger::head(&mut *truth).await?;
    let id = format!("p_{}", &random()[..12]);
    let credentials = Credentials { key: new_key(), secret: new_secret() };
    sqlx::query(
        "insert into partner (id, restaurant, name, key_hash, url, secret, since, created_at)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&id)
    .bind(restaurant)
    .bind(name)
    .bind(hash(&credentials.key))
    .bind(url)
    .bind(&credentials.secret)
    .bind(number(since.0))
    .bind(now)
    .execute(truth)
    .await?;
    Ok(Some((id, credentials)))
}

const COLUMNS: &str =
    "id, restaurant, name, url, old_secret is not null, paused_at, coalesce(paused_why, ''), created_at";

fn read(row: &SqliteRow) -> Partner {
    let paused_at: Option<Millis> = row.get(5);
    Partner {
        id: row.get(0),
        restaurant: row.get(1),
        name: row.get(2),
        url: row.get(3),
        has_old_secret: row.get(4),
        paused: paused_at.map(|at| (at, row.get(6))),
        created_at: row.get(7),
    }
}

/// The partner whose key this is.
///
/// # Errors
/// The store's.
pub(super) async fn of_key(truth: impl SqliteExecutor<'_>, key: &str) -> Result<Option<Partner>, sqlx::Error> {
    let sql = format!("select {COLUMNS} from partner where key_hash = ?");
    let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(hash(key)).fetch_optional(truth).await?;
    Ok(found.as_ref().map(read))
}

/// All of them, or the one of this id.
///
/// # Errors
/// The store's.
pub(super) async fn all(truth: &mut SqliteConnection, id: Option<&str>) -> Result<Vec<Partner>, StoreError> {
    let sql = format!("select {COLUMNS} from partner where ?1 is null or id = ?1 order by restaurant, created_at, id");
    let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_all(truth).await?;
    Ok(found.iter().map(read).collect())
}

/// Puts another key in place of the partner's; the old one opens nothing from now on.
///
/// # Errors
/// The store's.
pub(super) async fn replace_key(truth: &mut SqliteConnection, id: &str, key: &str) -> Result<(), StoreError> {
    sqlx::query("update partner set key_hash = ? where id = ?").bind(hash(key)).bind(id).execute(truth).await?;
    Ok(())
}

/// Signs with a new secret from now on, and with the one before it, until that is ended.
///
/// # Errors
/// The store's.
pub(super) async fn begin_secret(truth: &mut SqliteConnection, id: &str, secret: &str) -> Result<(), StoreError> {
    let begun = sqlx::query("update partner set old_secret = secret, secret = ? where id = ?");
    begun.bind(secret).bind(id).execute(truth).await?;
    Ok(())
}

/// Signs with the newest secret alone from now on.
///
/// # Errors
/// The store's.
pub(super) async fn end_old_secret(truth: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("update partner set old_secret = null where id = ?").bind(id).execute(truth).await?;
    Ok(())
}

/// Sends them nothing from now on; what happens is noted all the same.
///
/// # Errors
/// The store's.
pub(super) async fn pause(truth: &mut SqliteConnection, id: &str, why: &str, now: Millis) -> Result<(), StoreError> {
    let paused = sqlx::query("update partner set paused_at = ?, paused_why = ? where id = ? and paused_at is null");
    paused.bind(now).bind(why).bind(id).execute(truth).await?;
    Ok(())
}

/// Sends again, and first what was noted meanwhile, as if it had been noted now.
///
/// # Errors
/// The store's.
pub(super) async fn resume(truth: &mut SqliteConnection, id: &str, now: Millis) -> Result<(), StoreError> {
    sqlx::query("update partner set paused_at = null, paused_why = null where id = ?")
        .bind(id)
        .execute(&mut *truth)
        .await?;
    let open = sqlx::query(
        "update partner_delivery set asked_at = ?1, due_at = ?1, tries = 0 where partner = ?2 and ended is null",
    );
    open.bind(now).bind(id).execute(truth).await?;
    Ok(())
}

/// Forgets a partner, with all that was noted for them.
///
/// # Errors
/// The store's.
pub(super) async fn remove(truth: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("delete from partner where id = ?").bind(id).execute(truth).await?;
    Ok(())
}
