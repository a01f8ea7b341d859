//! Which partner asks: `Authorization: Bearer KEY`. Whoever has no key of ours is told just that, and not what is wrong with
//! theirs.

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::book::{self, Partner};
use crate::state::AppState;
use crate::web::guard::in_time;
use crate::web::problem::Problem;
use crate::web::rate::{Limit, Rate};

/// The longest key that is looked up, in characters: a few more than ours have.
const KEY_CHARS_MAX: usize = 100;

/// A partner that asks. Each time counts by the [`Rate`] of the route.
pub(super) struct Caller(pub(super) Partner);

/// How often one partner may ask, and all of them together.
pub(super) fn rate(each: Limit, together: Limit) -> Extension<Arc<Rate>> {
    Extension(Arc::new(Rate::new(each, together)))
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Some(key) = key_of(&parts.headers) else { return Err(strange()) };
        let found = in_time(book::of_key(&state.truth.readers, key)).await;
        let Some(partner) = found.map_err(|error| Problem::from(error).into_response())? else { return Err(strange()) };
        let rate = parts.extensions.get::<Arc<Rate>>().expect("each route of partners has a rate");
        let taken = rate.take(&partner.id, Instant::now());
        taken.map(|()| Self(partner)).map_err(|wait_s| too_often(wait_s).into_response())
    }
}

fn key_of(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty() && key.len() <= KEY_CHARS_MAX).then_some(key)
}

fn strange() -> Response {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, "no-partner", "this is for partners")
        .detail("Nothing was done. Send a partner's key, as `Authorization: Bearer KEY`.");
    ([(WWW_AUTHENTICATE, "Bearer")], problem).into_response()
}

fn too_often(wait_s: u32) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "this was asked too often")
        .detail("Nothing was done. Send it again later.")
        .retry_after_s(wait_s)
}
