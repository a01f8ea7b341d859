//! Problems (RFC 9457): the one form of every error, of ours and of the framework's.
//!
//! A problem says what happened, what was kept and what to do. Its type begins with
//! [`PROBLEM_BASE`](sync::protocol::PROBLEM_BASE), by which the app tells our answer from the network's.

use axum::extract::FromRequest;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sync::protocol::{Misfit, PROBLEM_BASE, SELDOM_MS};

use crate::store::StoreError;

/// An error on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    slug: &'static str,
    title: &'static str,
    detail: Option<String>,
    retry_after_s: Option<u32>,
}

/// The request body as JSON; what cannot be read is a problem.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(Problem))]
pub(crate) struct Json<T>(pub(crate) T);

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

    /// The problem behind a bare status of the framework, whose own words are `detail`.
    pub(crate) fn of_status(status: StatusCode, detail: String) -> Self {
        let (slug, title) = match status {
            StatusCode::NOT_FOUND => ("not-found", "there is nothing here"),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "this cannot be done here"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "the request is too large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported-media-type", "the request must be JSON"),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => ("malformed", "the request cannot be read"),
            StatusCode::UPGRADE_REQUIRED => ("upgrade-required", "this is spoken over a WebSocket"),
            status if status.is_server_error() => ("fault", "the server could not do it"),
            _ => ("refused", "the request was refused"),
        };
        let problem = Self::new(status, slug, title);
        if detail.is_empty() { problem.detail("Nothing was stored.") } else { problem.detail(detail) }
    }

    /// The response, naming the request it answers.
    pub(crate) fn respond(self, instance: Option<String>) -> Response {
        let body = sync::protocol::Problem {
            kind: format!("{PROBLEM_BASE}{}", self.slug),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            instance,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        // For the guard, which knows the request's id.
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.respond(None)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not do it");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "store", "the store did not answer in time")
            .detail("Nothing was changed as far as is known here; what is on the device is kept. Send it again.")
            .retry_after_s(1)
    }
}

impl From<Misfit> for Problem {
    fn from(misfit: Misfit) -> Self {
        let (status, title) = match misfit {
            Misfit::ClientOlder(_) => (StatusCode::UPGRADE_REQUIRED, "the app is too old for this server"),
            Misfit::ServerOlder(_) => (StatusCode::SERVICE_UNAVAILABLE, "the server is too old for this app"),
        };
        let seldom_s = u32::try_from(SELDOM_MS / 1000).unwrap_or(u32::MAX);
        Self::new(status, misfit.code(), title).detail(misfit.sentence()).retry_after_s(seldom_s)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

macro_rules! from_rejection {
    ($($rejection:ty),*) => {$(
        impl From<$rejection> for Problem {
            fn from(rejection: $rejection) -> Self {
                Self::of_status(rejection.status(), format!("{}. Nothing was stored.", rejection.body_text()))
            }
        }
    )*};
}

from_rejection!(JsonRejection, PathRejection, QueryRejection);

/// For paths that nobody declares.
pub(crate) fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-found", "there is nothing here")
        .detail("The address is not one of this server's. Nothing was stored.")
}
