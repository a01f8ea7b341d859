//! Who is asking.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sync::{Actor, Millis};

use super::problem::Problem;
use crate::state::AppState;

/// Whoever asks, signed in or not.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The verified identity; `None` for a stranger.
    pub(crate) actor: Option<Actor>,
    /// When the identity ends, by the server's clock.
    pub(crate) expires_at: Option<Millis>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Problem;
    async fn from_request_parts(_parts: &mut Parts, _state: &AppState) -> Result<Self, Problem> {
        Ok(Self { actor: None, expires_at: None })
    }
}
