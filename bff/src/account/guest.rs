//! `/api/guest`: a device begins the session of the guest that it minted.
//!
//! A guest is named after their secret ([`domain::account::guest`]), so the secret is checked by hashing it: nobody can
//! name an account that is somebody's, there is nothing to compare bit by bit, and nothing to keep. It is 256 random bits,
//! so a plain hash is enough where a password needs argon2.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router};
use domain::access;
use domain::account::Secret;
use serde::Deserialize;
use sqlx::SqliteConnection;
use sync::{AccountId, Actor, Role};

use super::api::{self, NAME_BYTES_MAX};
use super::attempts::Attempts;
use super::session::{self, Session, Token};
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::{Json, Problem};
use crate::web::session::token_of;

/// How a guest is greeted.
const NAME: &str = "Guest";

/// `/api/guest`.
pub(crate) fn router() -> Router<AppState> {
    // New guests are counted as wrong tries are: a burst of people at a counter passes, a flood does not.
    let attempts = Arc::new(Attempts::default());
    Router::new().route("/api/guest", post(begin)).layer(Extension(attempts))
}

#[derive(Deserialize)]
struct Credentials {
    account: String,
    secret: Secret,
}

/// Begins the guest's session; one that has begun already goes on. The first time the guest is made.
async fn begin(
    State(state): State<AppState>,
    Extension(attempts): Extension<Arc<Attempts>>,
    headers: HeaderMap,
    Json(given): Json<Credentials>,
) -> Result<Response, Problem> {
    let Credentials { account, secret } = given;
    if account.len() > NAME_BYTES_MAX {
        return Err(api::wrong());
    }
    attempts.take(&account, Instant::now()).map_err(api::too_many)?;
    if secret.account().as_str() != account {
        return Err(api::wrong());
    }
    let before = token_of(&headers, &state);
    if let Some(token) = &before
        && let Some(session) = session::find(&state.truth, token).await?
        && session.actor.account.as_str() == account
    {
        attempts.succeeded(&account);
        return Ok(api::welcome(&state, session, None));
    }
    let token = Token::new();
    let (entered, expires_at) = enter(&state, account.clone(), token.clone(), before).await?;
    match entered {
        Entered::Known => attempts.succeeded(&account),
        Entered::New => tracing::info!(%account, "a guest came"),
        Entered::Over => return Err(over()),
    }
    let actor = Actor { account: AccountId(account), role: Role::named(access::CUSTOMER) };
    Ok(api::welcome(&state, Session { actor, name: NAME.to_owned(), expires_at }, Some(&token)))
}

/// How a guest was found.
enum Entered {
    New,
    Known,
    /// Somebody claimed them.
    Over,
}

async fn enter(
    state: &AppState,
    account: String,
    token: Token,
    before: Option<Token>,
) -> Result<(Entered, i64), StoreError> {
    let entered = state.truth.writer.write(move |mut work| {
        Box::pin(async move {
            if session::is_over(&mut work, &account).await? {
                return Ok((Entered::Over, 0));
            }
            let entered = if make(&mut work, &account).await? { Entered::New } else { Entered::Known };
            let expires_at = session::begin(&mut work, &account, &token, before.as_ref(), now()).await?;
            Ok::<_, StoreError>((entered, expires_at))
        })
    });
    entered.await
}

/// Whether the guest was not there before.
async fn make(work: &mut SqliteConnection, account: &str) -> Result<bool, StoreError> {
    let made = sqlx::query(
        "insert or ignore into account_user (account, name, password_hash, role, created_at) values (?, ?, '', ?, ?)",
    );
    let made = made.bind(account).bind(NAME).bind(access::CUSTOMER).bind(now()).execute(work).await?;
    Ok(made.rows_affected() > 0)
}

fn over() -> Problem {
    Problem::new(StatusCode::GONE, "guest-over", "this guest's orders belong to an account now")
        .detail("Nothing was begun. Sign in to the account that took the orders over to see them.")
}
