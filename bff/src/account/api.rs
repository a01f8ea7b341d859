//! `/api/session`: sign in, ask who is signed in, sign out.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sync::{AccountId, Actor, Role};

use super::attempts::Attempts;
use super::password;
use super::session::{self, SESSION_MS, Session, Token};
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::guard::in_time;
use crate::web::problem::{Json, Problem};
use crate::web::session::{Identity, cookie_name, token_of};

/// The longest account name that is looked for, in bytes.
pub(super) const NAME_BYTES_MAX: usize = 128;

/// The longest password that is hashed, in bytes.
const PASSWORD_BYTES_MAX: usize = 1024;

/// `/api/session`.
pub(super) fn router() -> Router<AppState> {
    let attempts = Arc::new(Attempts::default());
    Router::new().route("/api/session", get(ask).post(sign_in).delete(sign_out)).layer(Extension(attempts))
}

#[derive(Deserialize)]
struct Credentials {
    name: String,
    password: String,
}

/// Who is signed in, for the page, and what their role is limited to.
#[derive(Serialize)]
struct SignedIn {
    account: AccountId,
    name: String,
    role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
}

impl From<Session> for SignedIn {
    fn from(session: Session) -> Self {
        let Session { actor: Actor { account, role }, name, .. } = session;
        Self { account, name, role: role.name, of: role.of }
    }
}

/// Nobody is an answer, and no failure: a first visitor's browser would show it as one.
async fn ask(identity: Option<Identity>) -> Response {
    let session = identity.map(|Identity(session)| SignedIn::from(session));
    ([(CACHE_CONTROL, "no-store")], axum::Json(session)).into_response()
}

async fn sign_in(
    State(state): State<AppState>,
    Extension(attempts): Extension<Arc<Attempts>>,
    headers: HeaderMap,
    Json(given): Json<Credentials>,
) -> Result<Response, Problem> {
    let name = given.name.trim().to_lowercase();
    if name.len() > NAME_BYTES_MAX || given.password.len() > PASSWORD_BYTES_MAX {
        return Err(wrong());
    }
    attempts.take(&name, Instant::now()).map_err(too_many)?;
    let query = sqlx::query("select name, password_hash, role, role_of from account_user where account = ?");
    let user = in_time(query.bind(&name).fetch_optional(&state.truth.readers)).await?;
    let hash: Option<String> = user.as_ref().map(|user| user.try_get("password_hash")).transpose()?;
    // A guest has no password, and is checked as nobody is.
    let hash = hash.filter(|hash| !hash.is_empty());
    let right = password::verify(given.password, hash).await;
    if !right && session::is_erased(&state.truth.readers, &name).await? {
        return Err(erased());
    }
    let user = user.filter(|_| right).ok_or_else(wrong)?;
    attempts.succeeded(&name);
    let role = Role { name: user.try_get("role")?, of: user.try_get("role_of")? };
    let (token, before) = (Token::new(), token_of(&headers, &state));
    let expires_at = begin(&state, name.clone(), token.clone(), before).await?;
    let session = Session { actor: Actor { account: AccountId(name), role }, name: user.try_get("name")?, expires_at };
    tracing::info!(account = %session.actor.account, role = session.actor.role.name, "signed in");
    Ok(welcome(&state, session, Some(&token)))
}

/// Tells who is signed in, with the cookie of a session that has only just begun.
pub(super) fn welcome(state: &AppState, session: Session, begun: Option<&Token>) -> Response {
    let cookie = begun.map(|token| [(SET_COOKIE, cookie(state, token.as_str(), SESSION_MS / 1000))]);
    (cookie, [(CACHE_CONTROL, "no-store")], axum::Json(SignedIn::from(session))).into_response()
}

async fn begin(state: &AppState, account: String, token: Token, before: Option<Token>) -> Result<i64, Problem> {
    let begun: Result<_, StoreError> = state
        .truth
        .writer
        .write(move |mut work| {
            Box::pin(async move { session::begin(&mut work, &account, &token, before.as_ref(), now()).await })
        })
        .await;
    Ok(begun?)
}

/// Ends the session, if there is one; being signed out already is no error.
async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = token_of(&headers, &state) {
        let ended =
            state.truth.writer.write(move |mut work| Box::pin(async move { session::end(&mut work, &token).await }));
        ended.await?;
    }
    let cookie = cookie(&state, "", 0);
    Ok((StatusCode::NO_CONTENT, [(CACHE_CONTROL, "no-store".to_owned()), (SET_COOKIE, cookie)]).into_response())
}

fn cookie(state: &AppState, value: &str, max_age_s: i64) -> String {
    let secure = if state.settings.tls() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}", cookie_name(state))
}

/// Of somebody who was erased not even the password is there to compare.
fn erased() -> Problem {
    Problem::new(StatusCode::GONE, "account-erased", "this account was erased")
        .detail("Nobody was signed in. All of it was erased at its owner's wish; this device forgets it, too.")
}

pub(super) fn wrong() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "wrong-credentials", "name and password do not match")
        .detail("Nobody was signed in. Check both and try again; what you did on this device is kept.")
}

pub(super) fn too_many(wait_s: u32) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", "too many wrong tries")
        .detail(format!("Nobody was signed in. Try again in {wait_s} seconds; what you did on this device is kept."))
        .retry_after_s(wait_s)
}
