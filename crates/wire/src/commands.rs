//! `POST /api/commands`: acts in, one outcome an act out.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use flow::memory::Memory;
use sha2::{Digest, Sha256};
use sync::Model;
use sync::protocol::{BATCH_BYTES_MAX, BATCH_COMMANDS_MAX, Batch, BatchAnswer, COMMAND_BYTES_MAX};

use crate::problem::{self, Problem};
use crate::{Shared, Shop, now};

/// The most bytes of a request: its acts, and as much again for what the device says that it holds.
const BODY_BYTES_MAX: usize = 2 * BATCH_BYTES_MAX;

pub(crate) fn router<M: Model>() -> Router<Arc<Shared<M>>>
where
    Memory<M>: Send,
{
    Router::new().route("/api/commands", post(take::<M>)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

async fn take<M: Model>(
    State(shop): Shop<M>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<BatchAnswer<M>>, Problem> {
    let batch: Batch = problem::read(&body)?;
    if batch.commands.len() > BATCH_COMMANDS_MAX || batch.commands.iter().any(|act| act.get().len() > COMMAND_BYTES_MAX)
    {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too much at once"));
    }
    let actor = (shop.house.who)(&headers);
    let answer = shop.memory().take(&batch, &actor, now(), |bytes| Sha256::digest(bytes).into())?;
    shop.news.send_replace(());
    Ok(Json(answer))
}
