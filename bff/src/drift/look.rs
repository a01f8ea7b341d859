//! What differs between an order's facts and what services hold of it, at one moment of the truth.

use std::collections::{BTreeMap, BTreeSet};

use domain::OrderId;
use domain::Service;
use domain::trade::Row;
use sqlx::SqliteConnection;
use sync::protocol::Body;
use sync::{Key, Millis, Position, Version};

use crate::hub::Placed;
use crate::ledger;
use crate::store::StoreError;
use crate::{listener, parked, replay, services};

/// Something that differs.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Difference {
    /// A row is not what its last fact says.
    Row {
        /// Whose.
        service: Service,
        /// Which.
        key: Key,
        /// What the fact says.
        says: Option<Box<Row>>,
        /// As of which version.
        version: Version,
        /// What is held instead, without content.
        held: String,
    },
    /// A service heard a fact, and did not make of it what its rules say.
    Unfollowed {
        /// Who.
        service: Service,
        /// Where the fact is.
        position: Position,
        /// What kind of fact.
        kind: String,
        /// The kinds of facts that should have followed.
        missing: Vec<String>,
    },
}

/// Every difference of `order`, whose facts are these, the oldest first; of a service that did not follow, the first.
///
/// # Errors
/// The store's.
pub(super) async fn look(
    moment: &mut SqliteConnection,
    order: OrderId,
    facts: &[Placed],
    now: Millis,
) -> Result<Vec<Difference>, StoreError> {
    let mut differences = rows(moment, order, facts).await?;
    for service in Service::ALL {
        // Rows that are not what they should be would have rules say anything.
        let is_sound = differences.iter().all(|difference| difference.service() != service);
        if is_sound && let Some(unfollowed) = unfollowed(moment, service, facts, now).await? {
            differences.push(unfollowed);
        }
    }
    Ok(differences)
}

impl Difference {
    pub(super) fn service(&self) -> Service {
        match self {
            Self::Row { service, .. } | Self::Unfollowed { service, .. } => *service,
        }
    }
}

/// The rows of the order itself, compared with their last facts. What many orders share (a menu's stock, a zone's board) has facts
/// of others in between.
async fn rows(moment: &mut SqliteConnection, order: OrderId, facts: &[Placed]) -> Result<Vec<Difference>, StoreError> {
    let mut last = BTreeMap::new();
    let id = order.to_string();
    for entity in facts.iter().filter_map(|(_, fact)| fact.entity.as_ref()) {
        if entity.key.id() == id && Service::owner(&entity.key).is_some() {
            last.insert(&entity.key, entity);
        }
    }
    let mut differences = vec![];
    for (key, entity) in last {
        let says = match &entity.body {
            Some(Body::Row(row)) => Some(Box::new(row.clone())),
            Some(Body::Inbox(_)) => continue,
            None => None,
        };
        let service = Service::owner(key).ok_or(StoreError::Strange("the key of a row"))?;
        let held = match ledger::row(moment, service, key).await {
            Ok(Some((_, version))) if version > entity.version => continue, // a fact that is not in the hub yet
            Ok(Some((row, version))) if version == entity.version && Some(&row) == says.as_deref() => continue,
            Ok(Some((_, version))) if version == entity.version => "something else".to_owned(),
            Ok(Some((_, version))) => format!("version {version}"),
            Ok(None) if says.is_none() => continue,
            Ok(None) => "nothing".to_owned(),
            Err(error) if error.is_of_the_content() => "what cannot be read".to_owned(),
            Err(error) => return Err(error),
        };
        differences.push(Difference::Row { service, key: key.clone(), says, version: entity.version, held });
    }
    Ok(differences)
}

/// The first fact that `service` heard and did not follow, though nothing that it did since has overtaken it.
async fn unfollowed(
    moment: &mut SqliteConnection,
    service: Service,
    facts: &[Placed],
    now: Millis,
) -> Result<Option<Difference>, StoreError> {
    let heard = ledger::checkpoint(moment, service.name()).await?;
    let parked: BTreeSet<Key> = parked::keys(moment, service).await?;
    let consumes = services::manifest(service).consumes;
    for (position, fact) in facts.iter().filter(|(position, _)| *position <= heard) {
        if !consumes.contains(&fact.kind.as_str()) || parked.contains(&fact.key) {
            continue;
        }
        let missing = listener::missing(moment, service, fact, now).await?;
        // Little is ever missing, so what takes longer to find out is asked last.
        if !missing.is_empty() && !replay::is_overtaken(moment, service, *position, fact).await? {
            return Ok(Some(Difference::Unfollowed { service, position: *position, kind: fact.kind.clone(), missing }));
        }
    }
    Ok(None)
}
