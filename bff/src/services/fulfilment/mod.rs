//! Fulfilment: the sagas that carry an order from submitted to fulfilled. It hears and tells, and does nothing itself.

use domain::OrderId;
use domain::Service;
use sqlx::SqlitePool;

use super::Manifest;
use crate::roster::{Actor, Entry, Kind, Phase};
use crate::store::StoreError;

/// The facts by which a run of a saga ends.
pub(crate) const ENDS: &[&str] = &[
    "order-not-secured",
    "order-arranged",
    "order-not-arranged",
    "order-fulfilled",
    "order-cancellation-settled",
    "order-not-settled",
];

/// The orders of which a saga goes on, by their ids, at most `limit` after `after`.
///
/// # Errors
/// The store's.
pub(crate) async fn under_way(
    truth: &SqlitePool,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<OrderId>, StoreError> {
    let open = sqlx::query_scalar(
        "select distinct json_extract(body, '$.process.order') as open_order from fulfilment_row
         where json_extract(body, '$.process.state.ended_well') is null
             and json_extract(body, '$.process.order') > ? order by 1 limit ?",
    );
    let after = after.map(|order| order.to_string()).unwrap_or_default();
    let open: Vec<String> = open.bind(after).bind(limit).fetch_all(truth).await?;
    let order = |id: &String| id.parse().map(OrderId).map_err(|_| StoreError::Strange("the order of a saga"));
    open.iter().map(order).collect()
}

/// What fulfilment writes and hears.
pub(crate) const MANIFEST: Manifest = Manifest {
    service: Service::Fulfilment,
    entry: Entry {
        name: "fulfilment",
        kind: Kind::Control,
        actor: Actor::Nobody,
        aggregates: &["secure", "arrange", "settle"],
        phase: Phase::Use,
        tables: &["fulfilment_row"],
        api: &[],
    },
    produces: &[
        "securing-noted",
        "stock-hold-requested",
        "stock-release-requested",
        "payment-authorization-requested",
        "payment-authorization-cancelled",
        "order-secured",
        "order-not-secured",
        "arranging-noted",
        "restaurant-order-requested",
        "restaurant-order-cancelled",
        "driver-assignment-requested",
        "driver-assignment-cancelled",
        "delivery-initiated",
        "order-submission-expired",
        "order-arranged",
        "order-not-arranged",
        "settling-noted",
        "payment-capture-requested",
        "order-fulfilled",
        "order-cancellation-settled",
        "order-not-settled",
    ],
    consumes: &[
        "order-submitted",
        "order-cancellation-requested",
        "order-cancelled",
        "order-confirmed",
        "order-status-changed",
        "order-received",
        "order-rejected",
        "restaurant-order-withdrawn",
        "driver-assigned",
        "driver-dropped-out",
        "driver-assignment-aborted",
        "driver-released",
        "delivery-completed",
        "delivery-failed",
        "stock-held",
        "stock-short",
        "stock-released",
        "stock-used-up",
        "payment-authorized",
        "payment-declined",
        "payment-voided",
        "payment-captured",
        "payment-capture-failed",
        "kitchen-time-given",
        "order-given-up",
    ],
};
