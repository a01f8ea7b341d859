//! Deliveries: what each partner is told, as it is noted and as it went.

use std::collections::BTreeMap;

use domain::RestaurantId;
use serde::Serialize;
use serde::ser::Serializer;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection, SqliteExecutor, SqlitePool};
use sync::{Millis, Personal, Position};

use super::external::{self, LEAVES, Told};
use super::time;
use crate::faults::{self, Fault, Kind, Teller};
use crate::hub;
use crate::hub::Placed;
use crate::ledger::{self, json, number};
use crate::outside::Queue;
use crate::store::{StoreError, Work};

/// How long a delivery is kept, in milliseconds: a month, in which whoever keeps books has asked what is missing.
const KEPT_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// The most that are forgotten at once, so that the transaction that notes stays short.
const FORGOTTEN_MAX: i64 = 256;

/// The tries that are kept of a delivery, the latest: the first ones say the same.
const ATTEMPTS_KEPT: i64 = 20;

/// A delivery as it is shown.
#[derive(Debug, Serialize)]
pub(super) struct Delivery {
    #[serde(skip)]
    pub(super) seq: i64,
    pub(super) id: String,
    #[serde(skip)]
    pub(super) partner: String,
    #[serde(rename = "type")]
    pub(super) tells: String,
    pub(super) order: String,
    #[serde(rename = "noted_at", serialize_with = "moment")]
    pub(super) noted_at: Millis,
    pub(super) state: &'static str,
    /// When it is tried next, where it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_try_at: Option<String>,
    pub(super) tries: i64,
    pub(super) attempts: Vec<Attempt>,
}

/// A try.
#[derive(Debug, Serialize)]
pub(super) struct Attempt {
    #[serde(serialize_with = "moment")]
    pub(super) at: Millis,
    /// None where nobody answered.
    pub(super) status: Option<u16>,
    /// The beginning of the answer; why there was none, where there was none.
    pub(super) answer: Personal,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn moment<S: Serializer>(at: &Millis, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time(*at))
}

// ---- noting ----------------------------------------------------------------------------------------------------------

/// Partners by restaurant, each with the position of the hub after which they hear.
struct Audience(Vec<(String, RestaurantId, Position)>);

impl Audience {
    async fn read(reader: impl SqliteExecutor<'_>) -> Result<Self, StoreError> {
        let found = sqlx::query("select id, restaurant, since from partner").fetch_all(reader).await?;
        let partner = |row: &SqliteRow| (row.get(0), RestaurantId(row.get(1)), ledger::position(row.get(2)));
        Ok(Self(found.iter().map(partner).collect()))
    }

    /// Who hears of a fact at `position` about an order of `restaurant`.
    fn of(&self, restaurant: &RestaurantId, position: Position) -> impl Iterator<Item = &str> {
        let hears = move |partner: &&(String, RestaurantId, Position)| partner.1 == *restaurant && partner.2 < position;
        self.0.iter().filter(hears).map(|(id, ..)| id.as_str())
    }
}

/// Which facts may be told. The kinds are the table's.
pub(super) fn that_may_leave() -> hub::Wanted {
    hub::Wanted { kinds: LEAVES.iter().map(|row| row.on.to_owned()).collect(), ..hub::Wanted::default() }
}

/// Whether any of these facts is a partner's to hear.
///
/// # Errors
/// The store's.
pub(super) async fn concern_anyone(readers: &SqlitePool, facts: &[Placed]) -> Result<bool, StoreError> {
    let audience = Audience::read(readers).await?;
    let is_heard = |(position, fact): &Placed| {
        external::of(fact).is_some_and(|told| audience.of(&told.order.restaurant, *position).next().is_some())
    };
    Ok(facts.iter().any(is_heard))
}

/// Notes what these facts tell to whom. Noted twice, it is noted once.
///
/// # Errors
/// The store's.
pub(super) async fn note(work: &mut Work<'_>, facts: &[Placed], now: Millis) -> Result<(), StoreError> {
    let audience = Audience::read(&mut **work).await?;
    for (position, fact) in facts {
        let Some(told) = external::of(fact) else { continue };
        for partner in audience.of(&told.order.restaurant, *position) {
            keep(work, &told, *position, partner, now).await?;
        }
    }
    forget(work, now).await
}

async fn keep(
    work: &mut Work<'_>,
    told: &Told<'_>,
    position: Position,
    partner: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let event = told.to(partner);
    sqlx::query(
        "insert into partner_delivery
             (id, partner, position, order_id, customer, type, body, noted_at, asked_at, due_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8) on conflict do nothing",
    )
    .bind(event.id().to_string())
    .bind(partner)
    .bind(number(position.0))
    .bind(told.order.id.to_string())
    .bind(told.order.customer.as_str())
    .bind(told.tells)
    .bind(serde_json::to_string(&event)?)
    .bind(now)
    .execute(&mut **work)
    .await?;
    Ok(())
}

async fn forget(work: &mut Work<'_>, now: Millis) -> Result<(), StoreError> {
    let old = sqlx::query(
        "delete from partner_delivery where seq in (select seq from partner_delivery where noted_at < ? limit ?)",
    );
    old.bind(now - KEPT_MS).bind(FORGOTTEN_MAX).execute(&mut **work).await?;
    Ok(())
}

/// An operator is told of a partner's trouble.
///
/// # Errors
/// The store's.
pub(super) async fn tell(work: &mut Work<'_>, partner: &str, detail: String, now: Millis) -> Result<(), StoreError> {
    let fault = Fault { kind: Kind::PartnerNotTold, about: format!("partner {partner}"), detail, unit: None };
    faults::keep(work, &fault, &Teller::default(), now).await
}

// ---- how it went -----------------------------------------------------------------------------------------------------

/// Keeps a try; nothing of a delivery that is there no more.
///
/// # Errors
/// The store's.
pub(super) async fn keep_attempt(work: &mut Work<'_>, seq: i64, attempt: &Attempt) -> Result<(), StoreError> {
    let kept = sqlx::query(
        "insert into partner_attempt (delivery, at, status, answer)
         select seq, ?, ?, ? from partner_delivery where seq = ?",
    );
    let kept = kept.bind(attempt.at).bind(attempt.status).bind(serde_json::to_string(&attempt.answer)?).bind(seq);
    kept.execute(&mut **work).await?;
    let old = sqlx::query(
        "delete from partner_attempt where delivery = ?1 and id not in
             (select id from partner_attempt where delivery = ?1 order by id desc limit ?2)",
    );
    old.bind(seq).bind(ATTEMPTS_KEPT).execute(&mut **work).await?;
    Ok(())
}

/// Which deliveries.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Of this partner only.
    pub(super) partner: Option<String>,
    /// After this place.
    pub(super) after: i64,
    /// Only what was not delivered.
    pub(super) open: bool,
    /// So many.
    pub(super) limit: i64,
}

/// Deliveries in the order in which they were noted. What partners answered is sealed.
///
/// # Errors
/// The store's.
pub(super) async fn list(truth: &mut SqliteConnection, wanted: &Wanted) -> Result<Vec<Delivery>, StoreError> {
    let rows = sqlx::query(
        "select seq, id, partner, type, order_id, noted_at, ended, due_at, tries from partner_delivery
         where seq > ?1 and (?2 is null or partner = ?2) and (not ?3 or ended is not 'delivered') order by seq limit ?4",
    );
    let rows = rows.bind(wanted.after).bind(&wanted.partner).bind(wanted.open).bind(wanted.limit);
    let mut deliveries = vec![];
    for row in rows.fetch_all(&mut *truth).await? {
        let ended: Option<String> = row.get(6);
        let state = match ended.as_deref() {
            None => "waiting",
            Some("delivered") => "delivered",
            Some(_) => "given-up",
        };
        deliveries.push(Delivery {
            seq: row.get(0),
            id: row.get(1),
            partner: row.get(2),
            tells: row.get(3),
            order: row.get(4),
            noted_at: row.get(5),
            state,
            next_try_at: ended.is_none().then(|| time(row.get(7))),
            tries: row.get(8),
            attempts: vec![],
        });
    }
    let (Some(first), Some(last)) = (deliveries.first(), deliveries.last()) else { return Ok(deliveries) };
    let mut attempts = attempts(truth, first.seq, last.seq).await?;
    for delivery in &mut deliveries {
        delivery.attempts = attempts.remove(&delivery.seq).unwrap_or_default();
    }
    Ok(deliveries)
}

async fn attempts(
    truth: &mut SqliteConnection,
    first: i64,
    last: i64,
) -> Result<BTreeMap<i64, Vec<Attempt>>, StoreError> {
    let rows = sqlx::query(
        "select delivery, at, status, answer from partner_attempt where delivery between ? and ? order by id",
    );
    let mut attempts: BTreeMap<i64, Vec<Attempt>> = BTreeMap::new();
    for row in rows.bind(first).bind(last).fetch_all(truth).await? {
        let attempt = Attempt { at: row.get(1), status: row.get(2), answer: json(row.get(3))? };
        attempts.entry(row.get(0)).or_default().push(attempt);
    }
    Ok(attempts)
}

/// Has one sent again: the same event under the same id. False where there is no such delivery, or it is another's.
///
/// # Errors
/// The store's.
pub(super) async fn redeliver(
    truth: &mut SqliteConnection,
    id: &str,
    partner: Option<&str>,
    now: Millis,
) -> Result<bool, StoreError> {
    let again = sqlx::query(
        "update partner_delivery set ended = null, ended_at = null, tries = 0, asked_at = ?1, due_at = ?1
         where id = ?2 and (?3 is null or partner = ?3)",
    );
    let again = again.bind(now).bind(id).bind(partner).execute(truth).await?;
    Ok(again.rows_affected() > 0)
}

/// What partners are still to be told, as of `now`; none where there are no partners.
///
/// # Errors
/// The store's.
pub(crate) async fn queue(truth: &SqlitePool, now: Millis) -> Result<Option<Queue>, StoreError> {
    let partners: i64 = sqlx::query_scalar("select count(*) from partner").fetch_one(truth).await?;
    if partners == 0 {
        return Ok(None);
    }
    let queue = sqlx::query(
        "select count(*), min(asked_at), max(tries) from partner_delivery
         where ended is null and (due_at <= ? or tries > 0)
             and partner in (select id from partner where paused_at is null)",
    );
    Ok(Some(Queue::of(&queue.bind(now).fetch_one(truth).await?)))
}
