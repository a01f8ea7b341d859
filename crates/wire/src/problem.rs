//! What went wrong with a request, in the engine's own words: a client takes any other answer for a stranger's.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::accept::Rejection;
use serde::de::DeserializeOwned;
use sync::protocol::{self, ANOTHER_HISTORY, Misfit, PROBLEM_BASE, SELDOM_MS, Spoken};

/// A problem; nothing of the request was taken.
pub(crate) struct Problem {
    status: StatusCode,
    slug: &'static str,
    /// All that there is to say.
    title: String,
    retry_after_s: Option<u64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, slug: &'static str, title: impl Into<String>) -> Self {
        Self { status, slug, title: title.into(), retry_after_s: None }
    }
}

/// Reads a request, once it is sure that it is of a protocol that is spoken here.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let Spoken { protocol } = serde_json::from_slice(body)?;
    match Misfit::of(protocol) {
        Some(misfit) => Err(misfit.into()),
        None => Ok(serde_json::from_slice(body)?),
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", error.to_string())
    }
}

impl From<Misfit> for Problem {
    fn from(misfit: Misfit) -> Self {
        let status = match misfit {
            Misfit::ClientOlder(_) => StatusCode::UPGRADE_REQUIRED,
            Misfit::ServerOlder(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self { retry_after_s: Some(SELDOM_MS / 1000), ..Self::new(status, misfit.code(), misfit.sentence()) }
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let (status, slug) = match rejection {
            Rejection::OtherAccount => (StatusCode::UNAUTHORIZED, "other-account"),
            Rejection::AnotherHistory => (StatusCode::PRECONDITION_FAILED, ANOTHER_HISTORY),
            Rejection::IdReused(_) => (StatusCode::CONFLICT, "id-reused"),
            Rejection::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
        };
        Self::new(status, slug, rejection.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, slug, title, retry_after_s } = self;
        let kind = format!("{PROBLEM_BASE}{slug}");
        let body = protocol::Problem { kind, title, status: status.as_u16(), detail: None, instance: None };
        let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().extend(headers.map(|(name, value)| (name, header::HeaderValue::from_static(value))));
        response.headers_mut().extend(retry_after_s.map(|seconds| (header::RETRY_AFTER, seconds.into())));
        response
    }
}
