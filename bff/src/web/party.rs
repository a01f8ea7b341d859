//! Who asks for orders that are over or long past, and which of them are theirs.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::{RestaurantId, access};
use sync::AccountId;

use super::problem::Problem;
use super::session::Identity;
use crate::account::session::Session;
use crate::state::AppState;

/// Somebody who had a part in orders, or looks after all of them; anyone else is answered with a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// Who ordered.
    Customer(AccountId),
    /// The staff of who cooked.
    Restaurant(RestaurantId),
    /// Who brought it.
    Driver(AccountId),
    /// Who looks after all.
    Operator,
}

impl FromRequestParts<AppState> for Party {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Identity(Session { actor, .. }) = Identity::from_request_parts(parts, state).await?;
        match (actor.role.name.as_str(), actor.role.of) {
            (access::CUSTOMER, None) => Ok(Self::Customer(actor.account)),
            (access::RESTAURANT, Some(of)) => Ok(Self::Restaurant(RestaurantId(of))),
            (access::DRIVER, _) => Ok(Self::Driver(actor.account)),
            (access::OPERATOR, _) => Ok(Self::Operator),
            _ => Err(Problem::new(StatusCode::FORBIDDEN, "not-allowed", "orders are for who had a part in them")
                .detail("Sign in as who ordered, cooked or brought them.")),
        }
    }
}
