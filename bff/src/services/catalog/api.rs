//! Public menus over HTTP, for whoever has no feed: search engines, link previews, a page before its first sync.
//!
//! Answers may be kept by anyone for a minute; after that a tag made of the history and the row's version tells in one
//! small exchange whether anything changed.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::RestaurantId;
use domain::catalog::Restaurant;
use domain::catalog::restaurant::Openness;
use domain::id::{menu_key, restaurant_key};
use domain::trade::Row;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sync::Key;
use tower_http::compression::CompressionLayer;

use crate::hex::hex;
use crate::state::{AppState, now};
use crate::store::{StoreError, Truth};
use crate::web::guard::in_time;
use crate::web::problem::{Problem, not_found};
use crate::web::static_files::matches;
use crate::zones;

/// Fresh for a minute, shown while it is asked again for ten more.
const KEEP: &str = "public, max-age=60, stale-while-revalidate=600";

/// Restaurants of a page, where nobody says how many.
const LIMIT: u32 = 50;

/// The most restaurants of a page.
const LIMIT_MAX: u32 = 200;

/// Restaurants of a first look: as many as a phone or a tablet shows without scrolling.
const LOOK_MAX: usize = 12;

/// `/api/catalog/...`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/catalog/first-look", get(first_look))
        .route("/api/catalog/restaurants", get(list))
        .route("/api/catalog/restaurants/{id}", get(restaurant))
        .route("/api/catalog/restaurants/{id}/menu", get(menu))
        .layer(CompressionLayer::new())
}

#[derive(Deserialize)]
struct Page {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A page of restaurants, by name of their key.
#[derive(Serialize)]
struct Restaurants {
    restaurants: Vec<Restaurant>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(page) = page?;
    let after = match &page.cursor {
        Some(cursor) => decode(cursor).ok_or_else(bad_cursor)?,
        None => String::new(),
    };
    let limit = page.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let query = sqlx::query_as::<_, (String, i64, String)>(
        "select key, version, body from catalog_row where key > ? and key glob 'restaurant/*' order by key limit ?",
    );
    let mut rows = in_time(query.bind(&after).bind(limit + 1).fetch_all(&state.truth.readers)).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(key, ..)| encode(key));
    let versions = rows.iter().map(|(key, version, _)| format!("{key}@{version}")).collect::<Vec<_>>().join(",");
    let restaurants = rows.iter().map(|(_, _, body)| body_of(body, Row::into_restaurant)).collect::<Result<_, _>>()?;
    let tag =
        format!("{}-{}", state.epoch().0.simple(), hex(&Sha256::digest(format!("{versions};{}", next.is_some()))[..8]));
    Ok(cached(&headers, &tag, || Restaurants { restaurants, next }))
}

/// What `public/first-look.js` shows of a restaurant.
#[derive(Serialize)]
struct Look {
    id: RestaurantId,
    name: String,
    cuisines: Vec<String>,
    is_open: bool,
}

/// The restaurants at the top of a customer's first screen, in its order: what a first visitor reads before the app is there.
async fn first_look(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    let query =
        sqlx::query_as::<_, (i64, String)>("select version, body from catalog_row where key glob 'restaurant/*'");
    let rows = in_time(query.fetch_all(&state.truth.readers)).await?;
    let there = rows.iter().map(|(_, body)| body_of(body, Row::into_restaurant)).collect::<Result<Vec<_>, _>>()?;
    let now = now();
    let openness = |restaurant: &Restaurant| restaurant.openness(now, &zones::utc_offset_min);
    let mut there: Vec<_> = there.iter().map(|restaurant| (restaurant, openness(restaurant))).collect();
    there.sort_by_key(|(restaurant, openness)| restaurant.place(*openness));
    let look = |(restaurant, openness): &(&Restaurant, Openness)| Look {
        id: restaurant.id.clone(),
        name: restaurant.name.clone(),
        cuisines: restaurant.cuisines.clone(),
        is_open: openness.may_order(),
    };
    let looks: Vec<_> = there.iter().take(LOOK_MAX).map(look).collect();
    let text = serde_json::to_vec(&looks).map_err(StoreError::from)?;
    Ok(cached(&headers, &hex(&Sha256::digest(text)[..8]), || looks))
}

async fn restaurant(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    one(&state, &restaurant_key(&RestaurantId(id)), &headers, Row::into_restaurant).await
}

async fn menu(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    one(&state, &menu_key(&RestaurantId(id)), &headers, Row::into_menu).await
}

async fn one<T: Serialize>(
    state: &AppState,
    key: &Key,
    headers: &HeaderMap,
    narrow: impl FnOnce(Row) -> Option<T>,
) -> Result<Response, Problem> {
    let query = sqlx::query_as::<_, (i64, String)>("select version, body from catalog_row where key = ?");
    let row = in_time(query.bind(key.as_str()).fetch_optional(&state.truth.readers)).await?;
    let (version, body) = row.ok_or_else(not_found)?;
    let value = body_of(&body, narrow)?;
    Ok(cached(headers, &format!("{}-{version}", state.epoch().0.simple()), || value))
}

fn body_of<T>(body: &str, narrow: impl FnOnce(Row) -> Option<T>) -> Result<T, Problem> {
    let row: Row = serde_json::from_str(body).map_err(StoreError::from)?;
    narrow(row).ok_or_else(not_found)
}

fn cached<T: Serialize>(headers: &HeaderMap, tag: &str, value: impl FnOnce() -> T) -> Response {
    let etag = format!("\"{tag}\"");
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let keep = [(CACHE_CONTROL, KEEP.to_owned()), (ETAG, etag.clone())];
    if known.is_some_and(|known| matches(known, &etag)) {
        return (StatusCode::NOT_MODIFIED, keep).into_response();
    }
    (keep, axum::Json(value())).into_response()
}

/// Cursors are opaque, so that what they hold may change.
fn encode(key: &str) -> String {
    hex(key.as_bytes())
}

fn decode(cursor: &str) -> Option<String> {
    let digits = cursor.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    String::from_utf8(bytes?).ok()
}

fn bad_cursor() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-cursor", "the cursor is not one of this server's")
        .detail("Begin again without one.")
}

/// Whether nobody offers anything yet.
///
/// # Errors
/// The store's.
pub(crate) async fn is_empty(truth: &Truth) -> Result<bool, StoreError> {
    let any: Option<i64> =
        sqlx::query_scalar("select 1 from catalog_row limit 1").fetch_optional(&truth.readers).await?;
    Ok(any.is_none())
}
