//! Public menus over HTTP.

use axum::Router;

use crate::state::AppState;
use crate::store::{StoreError, Truth};

/// `/api/catalog/...`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}

/// Whether nobody offers anything yet.
///
/// # Errors
/// The store's.
pub(crate) async fn is_empty(truth: &Truth) -> Result<bool, StoreError> {
    let any: Option<i64> = sqlx::query_scalar("select 1 from catalog_row limit 1").fetch_optional(&truth.readers).await?;
    Ok(any.is_none())
}
