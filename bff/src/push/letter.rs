//! Messages: what each device is to be told, as it is noted, and until it is told.

use domain::account::{GuestEvent, PersonEvent};
use domain::push::{self, HEARD, Notice, Told, Whom};
use domain::trade::Event;
use serde_json::json;
use sqlx::{AssertSqlSafe, Row as _, SqlitePool};
use sync::protocol::Body;
use sync::{AccountId, Millis};

use super::book;
use crate::account::session;
use crate::hub::{Placed, Wanted};
use crate::ledger::{Fact, number};
use crate::outside::Queue;
use crate::store::{StoreError, Work};

/// The most messages that are looked at in one round.
const ROUND_MAX: i64 = 128;

/// What concerns devices beside what is told: who takes a guest over, and who is forgotten.
const OF_PEOPLE: [&str; 2] = ["guest-claimed", "person-erased"];

/// Which facts are heard.
pub(super) fn heard() -> Wanted {
    Wanted::of(&[&HEARD[..], &OF_PEOPLE].concat())
}

/// What a fact tells; nothing of most.
fn told(fact: &Fact) -> Option<Told> {
    let (Some(event), Some(entity)) = (&fact.event, &fact.entity) else { return None };
    let Some(Body::Row(row)) = &entity.body else { return None };
    push::of(event, row)
}

/// Whether any device is there that could be told.
///
/// # Errors
/// The store's.
pub(super) async fn has_devices(truth: &SqlitePool) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar("select exists (select 1 from push_subscription)").fetch_one(truth).await?)
}

/// Notes what these facts tell to which devices. Noted twice, it is noted once.
///
/// # Errors
/// The store's.
pub(super) async fn note(work: &mut Work<'_>, facts: &[Placed], now: Millis) -> Result<(), StoreError> {
    for (position, fact) in facts {
        match &fact.event {
            Some(Event::Guest(GuestEvent::Claimed { guest, by })) => book::claim(work, guest, by).await?,
            Some(Event::Person(PersonEvent::Erased { person, .. })) => book::erase(work, person).await?,
            _ => {}
        }
        let Some(told) = told(fact) else { continue };
        let until = fact.at + told.notice.worth_for_ms();
        // What is noted late, after a rest or a restore, may be no news any more.
        if until > now {
            keep(work, &told, number(position.0), until, now).await?;
        }
    }
    Ok(())
}

async fn keep(work: &mut Work<'_>, told: &Told, position: i64, until: Millis, now: Millis) -> Result<(), StoreError> {
    let (column, whose) = match &told.to {
        Whom::Account(account) => ("account", account.as_str()),
        Whom::Staff(restaurant) => ("staff_of", restaurant.0.as_str()),
    };
    let goes_on = session::goes_on("push_subscription", "?6");
    let noted = format!(
        "insert into push_message (subscription, position, notice, order_id, noted_at, due_at, until)
         select id, ?1, ?2, ?3, ?6, ?6, ?5 from push_subscription
         where {column} = ?4 and since < ?1 and {goes_on} and exists (select 1 from json_each(topics) where value = ?7)
         on conflict do nothing"
    );
    let order = told.order.to_string();
    sqlx::query(AssertSqlSafe(noted))
        .bind(position)
        .bind(told.notice.name())
        .bind(&order)
        .bind(whose)
        .bind(until)
        .bind(now)
        .bind(told.notice.topic().name())
        .execute(&mut **work)
        .await?;
    // One order has one notification: what was not told yet is overtaken.
    let overtaken = sqlx::query(
        "delete from push_message as old where order_id = ?1 and position < ?2 and exists
         (select 1 from push_message as new where new.subscription = old.subscription and new.position = ?2)",
    );
    overtaken.bind(&order).bind(position).execute(&mut **work).await?;
    Ok(())
}

/// A message that is to be sent.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) seq: i64,
    pub(super) subscription: String,
    pub(super) service: String,
    pub(super) subject: AccountId,
    pub(super) sealed: Vec<u8>,
    pub(super) notice: Notice,
    pub(super) order: String,
    pub(super) until: Millis,
    pub(super) tries: u32,
}

impl Letter {
    /// What the device reads. Nothing of a person is in it.
    pub(super) fn text(&self) -> String {
        json!({ "v": 1, "kind": self.notice.name(), "key": format!("order/{}", self.order) }).to_string()
    }

    /// By which a push service that still holds an earlier message of the same order drops that one. It tells nothing of the order.
    pub(super) fn topic(&self) -> String {
        book::id_of(&format!("{}/{}", self.subscription, self.order))[..TOPIC_CHARS].to_owned()
    }
}

/// As long as a topic may be (RFC 8030, 5.4).
const TOPIC_CHARS: usize = 32;

/// The messages that are due, of each device the first.
///
/// # Errors
/// The store's.
pub(super) async fn due(truth: &SqlitePool, now: Millis) -> Result<Vec<Letter>, StoreError> {
    let goes_on = session::goes_on("push_subscription", "?1");
    let due = format!(
        "select seq, subscription, service, subject, sealed, notice, order_id, until, tries
         from push_message as here join push_subscription on id = subscription
         where due_at <= ?1 and until > ?1 and {goes_on} and not exists
             (select 1 from push_message as earlier where earlier.subscription = here.subscription and earlier.seq < here.seq)
         order by due_at, seq limit ?2"
    );
    let rows = sqlx::query(AssertSqlSafe(due)).bind(now).bind(ROUND_MAX).fetch_all(truth).await?;
    let letter = |row: &sqlx::sqlite::SqliteRow| {
        let notice: String = row.get(5);
        Some(Letter {
            seq: row.get(0),
            subscription: row.get(1),
            service: row.get(2),
            subject: AccountId(row.get(3)),
            sealed: row.get(4),
            // One that a later release noted goes when its time is over.
            notice: Notice::ALL.into_iter().find(|known| known.name() == notice)?,
            order: row.get(6),
            until: row.get(7),
            tries: row.get(8),
        })
    };
    Ok(rows.iter().filter_map(letter).collect())
}

/// What is waited for longest: when the next message is due, or its time is over. None where none waits.
///
/// # Errors
/// The store's.
pub(super) async fn next(truth: &SqlitePool) -> Result<Option<Millis>, StoreError> {
    Ok(sqlx::query_scalar("select min(min(due_at, until)) from push_message").fetch_one(truth).await?)
}

/// Drops what is no news any more, and what was for somebody who has left; how much of it.
///
/// # Errors
/// The store's.
pub(super) async fn drop_old(work: &mut Work<'_>, now: Millis) -> Result<u64, StoreError> {
    let old = format!("delete from push_message where {}", is_old());
    Ok(sqlx::query(AssertSqlSafe(old)).bind(now).execute(&mut **work).await?.rows_affected())
}

/// Whether there is any such.
///
/// # Errors
/// The store's.
pub(super) async fn has_old(truth: &SqlitePool, now: Millis) -> Result<bool, StoreError> {
    let old = format!("select exists (select 1 from push_message where {})", is_old());
    Ok(sqlx::query_scalar(AssertSqlSafe(old)).bind(now).fetch_one(truth).await?)
}

fn is_old() -> String {
    let goes_on = session::goes_on("push_subscription", "?1");
    format!("until <= ?1 or not exists (select 1 from push_subscription where id = subscription and {goes_on})")
}

/// A message is done with.
///
/// # Errors
/// The store's.
pub(super) async fn end(work: &mut Work<'_>, letter: &Letter) -> Result<(), StoreError> {
    sqlx::query("delete from push_message where seq = ?").bind(letter.seq).execute(&mut **work).await?;
    Ok(())
}

/// A message is tried again then.
///
/// # Errors
/// The store's.
pub(super) async fn put_off(work: &mut Work<'_>, letter: &Letter, due_at: Millis) -> Result<(), StoreError> {
    let again = sqlx::query("update push_message set tries = tries + 1, due_at = ? where seq = ?");
    again.bind(due_at).bind(letter.seq).execute(&mut **work).await?;
    Ok(())
}

/// What devices are still to be told; none where no device wants to be told.
///
/// # Errors
/// The store's.
pub(crate) async fn queue(truth: &SqlitePool) -> Result<Option<Queue>, StoreError> {
    if !has_devices(truth).await? {
        return Ok(None);
    }
    let queue = sqlx::query("select count(*), min(noted_at), max(tries) from push_message");
    Ok(Some(Queue::of(&queue.fetch_one(truth).await?)))
}
