//! Accounts: who signs in here, and as what.

use axum::Router;

use crate::state::AppState;
use crate::store::{StoreError, Truth};

/// `/api/session`.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
}

/// The accounts of the demo, made where they are missing.
pub(crate) async fn seed_demo(_truth: &Truth) -> Result<(), StoreError> {
    Ok(())
}
