//! `/api/push`: what a device subscribes with (GET), that it wants to be told and of what (PUT), and that it does not any more (DELETE).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::push::Topic;
use domain::{RestaurantId, access};
use serde::{Deserialize, Serialize};
use sync::{AccountId, Role};

use super::book::{self, Address, Subscription};
use super::{sealed, send};
use crate::account::session::Session;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::{Json, Problem};
use crate::web::rate::{Limit, Rate};
use crate::web::session::{Identity, signed_out, token_of};

/// How often one account may choose: every start of every device says again what it wants.
const EACH: Limit = Limit { times: 60, returns_after: Duration::from_secs(10) };

/// And all together: each costs a commit.
const TOGETHER: Limit = Limit { times: 2_000, returns_after: Duration::from_millis(20) };

/// `/api/push`.
pub(crate) fn router() -> Router<AppState> {
    let rate = Arc::new(Rate::new(EACH, TOGETHER));
    Router::new().route("/api/push", get(key).put(choose).delete(leave)).layer(Extension(rate))
}

/// What a device subscribes with.
#[derive(Serialize)]
struct Offered {
    key: String,
}

async fn key(State(state): State<AppState>, Identity(_): Identity) -> Response {
    ([(CACHE_CONTROL, "no-store")], axum::Json(Offered { key: state.vapid.public() })).into_response()
}

#[derive(Deserialize)]
struct Chosen {
    /// Whose choice it is: a page that has not noticed yet that somebody else signed in chooses nothing for them.
    account: AccountId,
    #[serde(flatten)]
    address: Address,
    topics: Vec<String>,
}

async fn choose(
    State(state): State<AppState>,
    Identity(session): Identity,
    Extension(rate): Extension<Arc<Rate>>,
    headers: HeaderMap,
    Json(chosen): Json<Chosen>,
) -> Result<StatusCode, Problem> {
    let Session { actor, .. } = session;
    if chosen.account != actor.account {
        return Err(Problem::new(StatusCode::CONFLICT, "other-account", "somebody else is signed in")
            .detail("Nothing was changed. Open the page again and choose there."));
    }
    spend(&rate, &actor.account)?;
    let Chosen { address, topics, .. } = chosen;
    let topics: BTreeSet<Topic> = topics.iter().filter_map(|name| Topic::named(name)).collect();
    let id = book::id_of(&address.endpoint);
    if topics.is_empty() {
        return forget(&state, id).await;
    }
    let url =
        send::read(&address.endpoint, state.settings.push_sandbox).map_err(|wrong| unusable(&wrong.to_string()))?;
    if sealed::seal(&address.keys(), b"").is_err() {
        return Err(unusable("its keys are none"));
    }
    let token = token_of(&headers, &state).ok_or_else(signed_out)?;
    let Some(sealed) = address.seal(&state.keys, &actor.account).await? else { return Err(signed_out()) };
    let service = url.origin().ascii_serialization();
    let (staff_of, session) = (staff_of(&actor.role), token.hash());
    let subscription = Subscription {
        id,
        account: actor.account,
        staff_of,
        session,
        service,
        sealed,
        topics,
        since: state.hub.head(),
    };
    let put = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { book::put(&mut work, &subscription, now()).await }));
    put.await?;
    Ok(StatusCode::NO_CONTENT)
}

fn staff_of(role: &Role) -> Option<RestaurantId> {
    role.of.clone().filter(|_| role.name == access::RESTAURANT).map(RestaurantId)
}

#[derive(Deserialize)]
struct Left {
    endpoint: String,
}

/// Who names the endpoint holds the device: nobody else has it.
async fn leave(
    State(state): State<AppState>,
    Identity(session): Identity,
    Extension(rate): Extension<Arc<Rate>>,
    Json(Left { endpoint }): Json<Left>,
) -> Result<StatusCode, Problem> {
    spend(&rate, &session.actor.account)?;
    forget(&state, book::id_of(&endpoint)).await
}

async fn forget(state: &AppState, id: String) -> Result<StatusCode, Problem> {
    let gone: Result<(), StoreError> =
        state.truth.writer.write(move |mut work| Box::pin(async move { book::remove(&mut work, &id).await })).await;
    gone?;
    Ok(StatusCode::NO_CONTENT)
}

fn spend(rate: &Rate, account: &AccountId) -> Result<(), Problem> {
    rate.take(account.as_str(), Instant::now()).map_err(|wait_s| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "this was asked too often")
            .detail("Nothing was changed. Try again later.")
            .retry_after_s(wait_s)
    })
}

fn unusable(why: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unusable-subscription", "this device cannot be told")
        .detail(format!("Nothing was changed: {why}."))
}
