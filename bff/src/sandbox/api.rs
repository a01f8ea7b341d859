//! The sandbox's HTTP.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use domain::OrderId;

use super::Sandbox;
use super::books::Taken;
use super::wire::{Refund, Reserve};
use crate::state::now;

pub(super) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/v1/payments", post(reserve))
        .route("/v1/payments/{order}", get(look))
        .route("/v1/payments/{order}/void", post(void))
        .route("/v1/payments/{order}/capture", post(capture))
        .route("/v1/payments/{order}/refund", post(refund))
        .route("/v1/webhook", put(move_webhook))
}

/// Our own trouble, which passes.
struct Trouble(anyhow::Error);

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        tracing::error!(error = %self.0, "the sandbox's books");
        (StatusCode::SERVICE_UNAVAILABLE, "try again").into_response()
    }
}

/// The merchant has moved.
async fn move_webhook(State(sandbox): State<Sandbox>, url: String) -> StatusCode {
    *sandbox.webhook() = url;
    StatusCode::NO_CONTENT
}

async fn reserve(State(sandbox): State<Sandbox>, Json(wanted): Json<Reserve>) -> Result<Response, Trouble> {
    let late_ms = sandbox.settings.late_ms;
    answer(&sandbox, sandbox.books.reserve(&wanted, late_ms, now()).await?).await
}

async fn void(State(sandbox): State<Sandbox>, Path(order): Path<OrderId>) -> Result<Response, Trouble> {
    answer(&sandbox, sandbox.books.void(order, now()).await?).await
}

async fn capture(State(sandbox): State<Sandbox>, Path(order): Path<OrderId>) -> Result<Response, Trouble> {
    answer(&sandbox, sandbox.books.capture(order, now()).await?).await
}

async fn refund(
    State(sandbox): State<Sandbox>,
    Path(order): Path<OrderId>,
    Json(wanted): Json<Refund>,
) -> Result<Response, Trouble> {
    answer(&sandbox, sandbox.books.refund(order, wanted.total_minor, now()).await?).await
}

async fn answer(sandbox: &Sandbox, taken: Taken) -> Result<Response, Trouble> {
    match taken {
        Taken::Yes => {
            sandbox.wake.notify_one();
            Ok(StatusCode::ACCEPTED.into_response())
        }
        Taken::Unknown => Ok(unknown()),
        Taken::No(why) => Ok((StatusCode::UNPROCESSABLE_ENTITY, why).into_response()),
        // Whoever asks gives up first.
        Taken::Silence => std::future::pending().await,
    }
}

async fn look(State(sandbox): State<Sandbox>, Path(order): Path<OrderId>) -> Result<Response, Trouble> {
    Ok(match sandbox.books.payment(order).await? {
        Some(payment) => Json(payment).into_response(),
        None => unknown(),
    })
}

fn unknown() -> Response {
    (StatusCode::NOT_FOUND, "there is no such payment").into_response()
}
