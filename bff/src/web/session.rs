//! Who is asking. A handler that takes [`Identity`] refuses strangers; one that takes an `Option` of it, or a [`Visitor`], decides by
//! itself.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use domain::access;
use sync::{AccountId, Actor, Millis};

use super::problem::Problem;
use crate::account::session::{self, Session, Token};
use crate::state::AppState;

/// Whoever asks, signed in or not.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The verified identity; `None` for a stranger.
    pub(crate) actor: Option<Actor>,
    /// When the identity ends, by the server's clock.
    pub(crate) expires_at: Option<Millis>,
}

/// Somebody who is signed in; a stranger is answered with the problem `signed-out`.
#[derive(Clone, Debug)]
pub(crate) struct Identity(pub(crate) Session);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let session = find(parts, state).await?;
        let expires_at = session.as_ref().map(|session| session.expires_at);
        Ok(Self { actor: session.map(|session| session.actor), expires_at })
    }
}

impl FromRequestParts<AppState> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        find(parts, state).await?.ok_or_else(signed_out).map(Self)
    }
}

impl OptionalFromRequestParts<AppState> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Option<Self>, Problem> {
        Ok(find(parts, state).await?.map(Self))
    }
}

/// An operator; anyone else is answered with a problem.
#[derive(Clone, Debug)]
pub(crate) struct Operator(pub(crate) AccountId);

impl FromRequestParts<AppState> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Identity(Session { actor, .. }) =
            <Identity as FromRequestParts<AppState>>::from_request_parts(parts, state).await?;
        if actor.role.name == access::OPERATOR {
            return Ok(Self(actor.account));
        }
        Err(Problem::new(StatusCode::FORBIDDEN, "not-allowed", "this is for operators")
            .detail("Nothing was done. Sign in with an operator's account."))
    }
}

async fn find(parts: &Parts, state: &AppState) -> Result<Option<Session>, Problem> {
    match token_of(&parts.headers, state) {
        Some(token) => Ok(session::find(&state.truth, &token).await?),
        None => Ok(None),
    }
}

/// What is answered to a stranger who asks for what only somebody may have.
pub(crate) fn signed_out() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "signed-out", "nobody is signed in")
        .detail("Nothing was done. What you did on this device is kept; sign in, and it is sent.")
}

/// The cookie's name. Browsers take one that begins with `__Host-` only over TLS and only from this very host.
pub(crate) fn cookie_name(state: &AppState) -> &'static str {
    if state.settings.tls() { "__Host-carryout" } else { "carryout" }
}

/// The token of the request's cookie.
pub(crate) fn token_of(headers: &HeaderMap, state: &AppState) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == cookie_name(state)).and_then(|(_, value)| Token::from_cookie(value))
}
