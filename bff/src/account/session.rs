//! Who is signed in: a token of 256 random bits in a cookie, and its hash in the store.
//!
//! The hash needs no salt and no slowness: nobody guesses 256 bits.

use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row, SqliteConnection, SqliteExecutor};
use sync::{AccountId, Actor, Millis, Role};

use crate::hex::hex;
use crate::push;
use crate::state::now;
use crate::store::{StoreError, Truth};
use crate::web::guard::in_time;

/// How long a session lasts, in milliseconds: a month, so that a weekly customer stays signed in.
pub(crate) const SESSION_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// What the cookie holds.
#[derive(Clone)]
pub(crate) struct Token(String);

/// A session as the store knows it.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Whose, and what they may do.
    pub(crate) actor: Actor,
    /// The person's name as they are greeted.
    pub(crate) name: String,
    /// When it ends, by the server's clock.
    pub(crate) expires_at: Millis,
}

impl Token {
    /// A new one.
    pub(super) fn new() -> Self {
        let mut bytes = [0; 32];
        SysRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
        Self(hex(&bytes))
    }

    /// The token of a cookie; `None` for what was never one.
    pub(crate) fn from_cookie(value: &str) -> Option<Self> {
        (value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| Self(value.to_owned()))
    }

    /// For the cookie.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// As the store knows it.
    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

/// A condition that holds for a guest who was claimed.
const IS_CLAIMED: &str = "exists (select 1 from account_row where
    key = 'guest/' || account and json_extract(body, '$.guest.claimed_by') is not null)";

/// A condition that holds for a person who was erased.
const IS_ERASED: &str = "exists (select 1 from account_row where
    key = 'person/' || account and json_extract(body, '$.person.erasure.done') is not null)";

/// Whether the account was somebody's who is erased. Its name is given to nobody again.
///
/// # Errors
/// The store's.
pub(crate) async fn is_erased(connection: impl SqliteExecutor<'_>, account: &str) -> Result<bool, StoreError> {
    let sql = format!("select {IS_ERASED} from (select ? as account)");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).fetch_one(connection).await?)
}

/// A condition that holds for a row of `table` whose `session` goes on at `now` and is its `account`'s.
pub(crate) fn goes_on(table: &str, now: &str) -> String {
    format!(
        "exists (select 1 from account_session where token_hash = {table}.session
             and account_session.account = {table}.account and expires_at > {now})"
    )
}

/// The session of a token, unless it has ended.
///
/// # Errors
/// The store's.
pub(crate) async fn find(truth: &Truth, token: &Token) -> Result<Option<Session>, StoreError> {
    let sql = format!(
        "select account, name, role, role_of, expires_at from account_session join account_user using (account)
         where token_hash = ? and expires_at > ? and not {IS_CLAIMED} and not {IS_ERASED}"
    );
    let query = sqlx::query(AssertSqlSafe(sql));
    let row = in_time(query.bind(token.hash()).bind(now()).fetch_optional(&truth.readers)).await?;
    row.map(|row| {
        let role = Role { name: row.try_get("role")?, of: row.try_get("role_of")? };
        let account = AccountId(row.try_get("account")?);
        Ok(Session {
            actor: Actor { account, role },
            name: row.try_get("name")?,
            expires_at: row.try_get("expires_at")?,
        })
    })
    .transpose()
}

/// Whether the account is over: a guest's who was claimed, or a person's who was erased.
pub(crate) async fn is_over(work: &mut SqliteConnection, account: &str) -> Result<bool, StoreError> {
    let sql = format!("select {IS_CLAIMED} or {IS_ERASED} from (select ? as account)");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).fetch_one(work).await?)
}

/// Begins a session, in place of the one before; sessions that have ended are cleared away.
pub(super) async fn begin(
    work: &mut SqliteConnection,
    account: &str,
    token: &Token,
    before: Option<&Token>,
    now: Millis,
) -> Result<Millis, StoreError> {
    if let Some(before) = before {
        push::pass_on(work, &before.hash(), &token.hash()).await?;
        end(work, before).await?;
    }
    sqlx::query("delete from account_session where expires_at <= ?").bind(now).execute(&mut *work).await?;
    let expires_at = now + SESSION_MS;
    sqlx::query("insert into account_session (token_hash, account, created_at, expires_at) values (?, ?, ?, ?)")
        .bind(token.hash())
        .bind(account)
        .bind(now)
        .bind(expires_at)
        .execute(work)
        .await?;
    Ok(expires_at)
}

/// Ends a session; one that is not there has ended already.
pub(super) async fn end(work: &mut SqliteConnection, token: &Token) -> Result<(), StoreError> {
    sqlx::query("delete from account_session where token_hash = ?").bind(token.hash()).execute(work).await?;
    Ok(())
}
