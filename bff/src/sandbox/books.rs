//! The sandbox's books: payments, the requests that were taken, and the words that are still to be told.

use std::path::Path;

use anyhow::Context as _;
use domain::OrderId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::Millis;
use uuid::Uuid;

use super::wire::{Event, Payment, Reserve, Status};

const TABLES: &str = "
    create table if not exists payment (
        name text primary key,
        body text not null,
        card text not null
    );
    create table if not exists word (id text primary key, name text not null, body text not null, due_at integer not null,
        tries integer not null default 0, times integer not null, told integer not null default 0);
";

/// How the bank answers a card: with what, after how long, and how often it is told.
struct Manner {
    status: Status,
    after_ms: Millis,
    times: i64,
    reason: Option<&'static str>,
}

/// Words that wait to be told.
pub(super) struct Due {
    pub(super) id: String,
    pub(super) body: String,
    pub(super) tries: i64,
}

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is done, or was before.
    Yes,
    /// There is no such payment.
    Unknown,
    /// It cannot be done.
    No(&'static str),
    /// Nobody will ever answer.
    Silence,
}

#[derive(Clone)]
pub(super) struct Books(SqlitePool);

impl Books {
    pub(super) async fn open(folder: &Path) -> anyhow::Result<Self> {
        let cannot = || format!("cannot keep the sandbox's books in {}", folder.display());
        std::fs::create_dir_all(folder).with_context(cannot)?;
        let file = SqliteConnectOptions::new().filename(folder.join("sandbox-payments.sqlite")).create_if_missing(true);
        // One connection: its transactions are one after the other.
        let pool = SqlitePoolOptions::new().max_connections(1);
        let pool = pool.connect_with(file.journal_mode(SqliteJournalMode::Wal)).await.with_context(cannot)?;
        sqlx::raw_sql(TABLES).execute(&pool).await.with_context(cannot)?;
        Ok(Self(pool))
    }

    /// Sets money aside, once however often it is asked. A merchant that lost its memory may want another sum: it takes the
    /// place of the one before.
    pub(super) async fn reserve(&self, wanted: &Reserve, late_ms: Millis, now: Millis) -> anyhow::Result<Taken> {
        let manner = match wanted.card.as_str() {
            "tok_succeeds" => Manner { status: Status::Reserved, after_ms: 0, times: 1, reason: None },
            "tok_late" => Manner { status: Status::Reserved, after_ms: late_ms, times: 1, reason: None },
            "tok_twice" => Manner { status: Status::Reserved, after_ms: 0, times: 2, reason: None },
            "tok_declined" => {
                Manner { status: Status::Declined, after_ms: 0, times: 1, reason: Some("the bank said no") }
            }
            "tok_silent" => return Ok(Taken::Silence),
            _ => return Ok(Taken::No("there is no such card")),
        };
        let amount_minor = wanted.amount_minor;
        let mut books = self.0.begin().await?;
        if let Some(known) = payment(&mut books, wanted.order).await? {
            if known.status == Status::Reserved {
                put(&mut books, &Payment { amount_minor, ..known }).await?;
                books.commit().await?;
            }
            return Ok(Taken::Yes);
        }
        let id = format!("pay_{}", Uuid::now_v7().simple());
        let open = Payment {
            id,
            order: wanted.order,
            amount_minor,
            refunded_minor: 0,
            status: Status::Processing,
            reason: None,
        };
        sqlx::query("insert into payment (name, body, card) values (?, ?, ?)")
            .bind(wanted.order.to_string())
            .bind(json(&open)?)
            .bind(&wanted.card)
            .execute(&mut *books)
            .await?;
        let answered = Payment { status: manner.status, reason: manner.reason.map(str::to_owned), ..open };
        say(&mut books, answered, manner.times, now + manner.after_ms).await?;
        books.commit().await?;
        Ok(Taken::Yes)
    }

    /// Lets go of a payment, or gives it back where it was taken. It is told again whenever it is asked: who asks has not
    /// heard.
    pub(super) async fn void(&self, order: OrderId, now: Millis) -> anyhow::Result<Taken> {
        let mut books = self.0.begin().await?;
        let Some(payment) = payment(&mut books, order).await? else { return Ok(Taken::Unknown) };
        // What the bank may still say does not matter any more.
        sqlx::query("delete from word where name = ? and told = 0")
            .bind(order.to_string())
            .execute(&mut *books)
            .await?;
        let gone = Payment { status: Status::Voided, reason: None, ..payment };
        put(&mut books, &gone).await?;
        say(&mut books, gone, 1, now).await?;
        books.commit().await?;
        Ok(Taken::Yes)
    }

    /// Takes what was set aside, once; what was let go meanwhile is taken from the card anew.
    pub(super) async fn capture(&self, order: OrderId, now: Millis) -> anyhow::Result<Taken> {
        let mut books = self.0.begin().await?;
        let Some(payment) = payment(&mut books, order).await? else { return Ok(Taken::Unknown) };
        match payment.status {
            Status::Captured => return Ok(Taken::Yes),
            Status::Processing | Status::Declined => return Ok(Taken::No("nothing is set aside")),
            Status::Reserved | Status::Voided => {}
        }
        let card: String = sqlx::query_scalar("select card from payment where name = ?")
            .bind(order.to_string())
            .fetch_one(&mut *books)
            .await?;
        let taken = Payment { status: Status::Captured, ..payment };
        put(&mut books, &taken).await?;
        say(&mut books, taken, if card == "tok_twice" { 2 } else { 1 }, now).await?;
        books.commit().await?;
        Ok(Taken::Yes)
    }

    /// Gives back of what was taken until `total_minor` is back. It is told again whenever it is asked.
    pub(super) async fn refund(&self, order: OrderId, total_minor: i64, now: Millis) -> anyhow::Result<Taken> {
        let mut books = self.0.begin().await?;
        let Some(payment) = payment(&mut books, order).await? else { return Ok(Taken::Unknown) };
        if payment.status != Status::Captured {
            return Ok(Taken::No("nothing was taken"));
        }
        if total_minor > payment.amount_minor {
            return Ok(Taken::No("that is more than was taken"));
        }
        let given = Payment { refunded_minor: payment.refunded_minor.max(total_minor), ..payment };
        put(&mut books, &given).await?;
        say(&mut books, given, 1, now).await?;
        books.commit().await?;
        Ok(Taken::Yes)
    }

    pub(super) async fn payment(&self, order: OrderId) -> anyhow::Result<Option<Payment>> {
        payment(&mut *self.0.acquire().await?, order).await
    }

    /// Words that are due. What a word says is true from the moment it is first told.
    pub(super) async fn due(&self, now: Millis) -> anyhow::Result<Vec<Due>> {
        let mut books = self.0.begin().await?;
        let words = sqlx::query(
            "select id, body, tries from word where due_at <= ? and times > 0 order by due_at, id limit 16",
        );
        let words = words.bind(now).fetch_all(&mut *books).await?;
        for word in &words {
            let event: Event = serde_json::from_str(word.get(1))?;
            let told = sqlx::query("update word set told = 1 where id = ? and told = 0");
            if told.bind(&event.id).execute(&mut *books).await?.rows_affected() > 0 {
                put(&mut books, &event.payment).await?;
            }
        }
        books.commit().await?;
        Ok(words.into_iter().map(|word| Due { id: word.get(0), body: word.get(1), tries: word.get(2) }).collect())
    }

    pub(super) async fn heard(&self, id: &str) -> anyhow::Result<()> {
        sqlx::query("update word set times = times - 1, tries = 0 where id = ?").bind(id).execute(&self.0).await?;
        Ok(())
    }

    pub(super) async fn unheard(&self, id: &str, due_at: Millis) -> anyhow::Result<()> {
        let again = sqlx::query("update word set tries = tries + 1, due_at = ? where id = ?");
        again.bind(due_at).bind(id).execute(&self.0).await?;
        Ok(())
    }
}

async fn payment(books: &mut SqliteConnection, order: OrderId) -> anyhow::Result<Option<Payment>> {
    let body: Option<String> = sqlx::query_scalar("select body from payment where name = ?")
        .bind(order.to_string())
        .fetch_optional(books)
        .await?;
    body.map(|body| from(&body)).transpose()
}

async fn put(books: &mut SqliteConnection, payment: &Payment) -> anyhow::Result<()> {
    let changed = sqlx::query("update payment set body = ? where name = ?");
    changed.bind(json(payment)?).bind(payment.order.to_string()).execute(books).await?;
    Ok(())
}

async fn say(books: &mut SqliteConnection, payment: Payment, times: i64, due_at: Millis) -> anyhow::Result<()> {
    let (id, name) = (format!("evt_{}", Uuid::now_v7().simple()), payment.order.to_string());
    let body = json(&Event { id: id.clone(), payment })?;
    sqlx::query("insert into word (id, name, body, due_at, times) values (?, ?, ?, ?, ?)")
        .bind(id)
        .bind(name)
        .bind(body)
        .bind(due_at)
        .bind(times)
        .execute(books)
        .await?;
    Ok(())
}

fn json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn from<T: DeserializeOwned>(text: &str) -> anyhow::Result<T> {
    Ok(serde_json::from_str(text)?)
}
