//! `POST /webhooks/payments`: where the provider tells what became of the money.
//!
//! It is answered as soon as the word is kept, and a word that was heard before is answered the same. What cannot be
//! believed changes nothing.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::ingress;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::problem::Problem;

/// The webhook.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/webhooks/payments", post(hear))
}

async fn hear(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Problem> {
    let Some(provider) = &state.provider else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "no-provider", "no payment provider is set up here"));
    };
    let word = provider.read(&headers, &body, now()).map_err(|why| {
        tracing::warn!(provider = provider.name(), why = why.0, "a webhook was not believed");
        Problem::new(StatusCode::UNAUTHORIZED, "not-believed", "this is not believed")
            .detail(format!("Nothing was done, because {}.", why.0))
    })?;
    let kept: Result<bool, StoreError> = state
        .truth
        .writer
        .write(move |mut work| Box::pin(async move { ingress::take(&mut work, &word, now()).await }))
        .await;
    // Also where it took too long: it may be kept all the same.
    state.wake.look.notify_one();
    kept?;
    Ok(StatusCode::NO_CONTENT)
}
