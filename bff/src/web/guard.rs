//! What holds for every request: limits on waits and sizes, none from other sites' pages, a problem for every error.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures::FutureExt as _;
use tower_http::limit::RequestBodyLimitLayer;
use tracing::Instrument as _;
use uuid::Uuid;

use super::hear_out::hear_out;
use super::problem::Problem;
use super::{BODY_BYTES_MAX, REQUEST_WAIT_MAX};
use crate::state::AppState;
use crate::store::{STORE_WAIT_MAX, StoreError};

/// What the browser may do with our pages. Styles stand in files, scripts too; wasm is compiled from bytes.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("content-security-policy"), CONTENT_SECURITY_POLICY),
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("referrer-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"),
];

/// Two years of https only, once it was seen.
const STRICT_TRANSPORT_SECURITY: (HeaderName, &str) =
    (HeaderName::from_static("strict-transport-security"), "max-age=63072000");

/// The most that is read of the framework's own words about an error, in bytes.
const DETAIL_BYTES_MAX: usize = 1024;

/// Limits for requests with an answer that is awaited; the socket is not one.
pub(crate) fn limit(router: Router<AppState>) -> Router<AppState> {
    within(BODY_BYTES_MAX, REQUEST_WAIT_MAX, router)
}

/// Limits of a router's own: the most bytes of a request's body, and the longest that a request may take.
pub(crate) fn within(bytes_max: usize, wait_max: Duration, router: Router<AppState>) -> Router<AppState> {
    let limited = router.layer(DefaultBodyLimit::max(bytes_max)).layer(RequestBodyLimitLayer::new(bytes_max));
    patient(wait_max, limited)
}

/// The longest that a request may take, of a router that says by itself what is too large.
pub(crate) fn patient(wait_max: Duration, router: Router<AppState>) -> Router<AppState> {
    router
        .layer(middleware::from_fn(move |request, next| in_patience(wait_max, request, next)))
        .layer(middleware::from_fn(hear_out))
}

/// What holds for every answer: it has a request id and security headers, and an error is a problem.
pub(crate) fn harden(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    router.layer(middleware::from_fn_with_state(state.clone(), watch))
}

/// Reads from the store, no longer than a request may wait for it.
///
/// # Errors
/// The store's, or [`StoreError::Busy`].
pub(crate) async fn in_time<T>(read: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, StoreError> {
    match tokio::time::timeout(STORE_WAIT_MAX, read).await {
        Ok(read) => Ok(read?),
        Err(_) => Err(StoreError::Busy),
    }
}

async fn in_patience(wait_max: Duration, request: Request, next: Next) -> Response {
    tokio::time::timeout(wait_max, next.run(request)).await.unwrap_or_else(|_| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", "the server took too long")
            .detail("It may have been done or not. Send it again: the same act is never done twice.")
            .retry_after_s(1)
            .into_response()
    })
}

async fn watch(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let answered = async {
        if from_another_site(&request, state.settings.public_host.as_deref()) {
            return cross_site().into_response();
        }
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        answered.unwrap_or_else(|_| {
            tracing::error!("a handler panicked");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "the server could not do it")
                .detail("A fault of ours. What was not answered as done may be sent again.")
                .into_response()
        })
    };
    let response = answered.instrument(span.clone()).await;
    tracing::debug!(parent: &span, status = response.status().as_u16(), "answered");
    let mut response = as_problem(response, &id).await;
    let headers = response.headers_mut();
    let tls = state.settings.tls().then_some(STRICT_TRANSPORT_SECURITY);
    for (name, value) in HEADERS.into_iter().chain(tls) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// Gives an error its form and its request's id; keeps the headers it came with, such as `allow`.
async fn as_problem(response: Response, id: &str) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let problem = match parts.extensions.remove::<Problem>() {
        Some(problem) => problem,
        None => Problem::of_status(status, words(&parts.headers, body).await),
    };
    let mut written = problem.respond(Some(format!("urn:uuid:{id}")));
    for (name, value) in parts.headers.iter().filter(|(name, _)| **name != CONTENT_TYPE && **name != CONTENT_LENGTH) {
        written.headers_mut().entry(name).or_insert(value.clone());
    }
    written
}

/// The framework's own words about an error, where they are short text.
async fn words(headers: &HeaderMap, body: Body) -> String {
    let is_text = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let bytes = if is_text { to_bytes(body, DETAIL_BYTES_MAX).await.unwrap_or_default() } else { Default::default() };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether another site's page sends this request, with the person's cookie, to change something or to listen.
///
/// Browsers say so themselves in `Sec-Fetch-Site`; older ones name the page's origin. What says neither is no browser,
/// and has no cookie that it was not given.
fn from_another_site(request: &Request, public_host: Option<&str>) -> bool {
    let headers = request.headers();
    if request.method().is_safe() && !headers.contains_key(UPGRADE) {
        return false;
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN) else { return false };
    let origin = origin.split_once("://").map_or(origin, |(_, host)| host);
    let own = text(HOST).or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    own != Some(origin) && public_host != Some(origin)
}

fn cross_site() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "cross-site", "another site's page may not do this")
        .detail("Nothing was done. Open the app itself and try again there.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, headers: &[(&str, &str)]) -> Request {
        let builder = Request::builder().method(method).uri("/api/commands");
        let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
        builder.body(Body::empty()).expect("a request")
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        let host = ("host", "carryout.test:8080");
        for (method, headers, refused) in [
            ("POST", vec![host, ("sec-fetch-site", "same-origin")], false),
            ("POST", vec![host, ("sec-fetch-site", "cross-site")], true),
            ("POST", vec![host, ("sec-fetch-site", "same-site")], true),
            ("POST", vec![host, ("origin", "http://carryout.test:8080")], false),
            ("POST", vec![host, ("origin", "http://evil.test")], true),
            ("POST", vec![host, ("origin", "null")], true),
            ("POST", vec![host, ("origin", "https://food.test")], false),
            ("POST", vec![host], false),
            ("GET", vec![host, ("sec-fetch-site", "cross-site")], false),
            ("GET", vec![host, ("upgrade", "websocket"), ("origin", "http://evil.test")], true),
        ] {
            let request = request(method, &headers);
            assert_eq!(from_another_site(&request, Some("food.test")), refused, "{method} {headers:?}");
        }
    }
}
