//! Problems (RFC 9457): the one form of every error.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sync::protocol::PROBLEM_BASE;

use crate::state::AppState;
use crate::store::StoreError;

/// An error on its way out.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    slug: &'static str,
    title: &'static str,
    detail: Option<String>,
    retry_after_s: Option<u32>,
}

impl Problem {
    /// The problem `slug`, in a few words.
    pub(crate) fn new(status: StatusCode, slug: &'static str, title: &'static str) -> Self {
        Self { status, slug, title, detail: None, retry_after_s: None }
    }

    /// What happened, what was kept, what to do.
    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// When asking again may help, in seconds.
    pub(crate) fn retry_after_s(self, seconds: u32) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = sync::protocol::Problem {
            kind: format!("{PROBLEM_BASE}{}", self.slug),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            instance: None,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert("content-type", "application/problem+json".parse().expect("a header value"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert("retry-after", seconds.into());
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not do it");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "store", "the store did not answer in time")
            .detail("Nothing was changed as far as is known here; send it again.")
            .retry_after_s(1)
    }
}

/// For paths under /api that nobody declares.
pub(crate) async fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-found", "there is nothing here")
}

/// What holds for every request of the API: limits on size and time, no request from other sites.
pub(crate) fn guard(router: Router<AppState>) -> Router<AppState> {
    router
}

/// What holds for every answer: security headers, a request id, a problem for a panic.
pub(crate) fn harden(router: Router<AppState>) -> Router<AppState> {
    router
}
