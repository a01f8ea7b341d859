//! Views: tables in the views' file that are computed from the hub, each with a place of its own, in the transaction of what it
//! read. A view whose place is lost or of another history is emptied and computed again from the first fact.

use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection, SqlitePool};
use sync::Position;
use uuid::Uuid;

use crate::hub::{Placed, Wanted};
use crate::ledger::{number, position};
use crate::state::AppState;
use crate::store::StoreError;

/// What a view makes of facts, in one transaction with its place.
type Write = for<'a> fn(&'a mut SqliteConnection, &'a [Placed]) -> BoxFuture<'a, Result<(), StoreError>>;

/// How fast a view follows the hub.
pub(crate) struct Pace {
    /// The most facts of one transaction.
    pub(crate) batch_max: usize,
    /// The rest after each: the feed writes the same file, and has people waiting.
    pub(crate) rest: Duration,
}

/// A view.
pub(crate) struct View {
    /// By which its place is kept.
    pub(crate) name: &'static str,
    /// What is emptied when it is computed again.
    pub(crate) tables: &'static [&'static str],
}

impl View {
    /// Follows the hub until the server stops.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn follow(&self, state: &AppState, pace: Pace, write: Write) -> Result<(), StoreError> {
        let mut hub = state.hub.heads();
        let mut views = state.views.connect().await?;
        let mut here = self.begin(state, &mut views).await?;
        loop {
            hub.borrow_and_update();
            let page = state.hub.read(&Wanted::default().after(here), pace.batch_max).await?;
            if let Some((last, fact)) = page.facts.last() {
                let mut transaction = views.begin_with("begin immediate").await?;
                write(&mut transaction, &page.facts).await?;
                self.reach(state, &mut transaction, *last, fact.id).await?;
                transaction.commit().await?;
            }
            here = page.reached;
            if page.facts.len() == pace.batch_max {
                continue; // Far behind: it is built again.
            }
            tokio::select! {
                () = tokio::time::sleep(pace.rest) => {}
                () = state.stop.cancelled() => return Ok(()),
            }
            tokio::select! {
                _ = hub.wait_for(|head| *head > here) => {}
                () = state.stop.cancelled() => return Ok(()),
            }
        }
    }

    /// Where the view stands, once it is sure that it is of this history.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn begin(&self, state: &AppState, views: &mut SqliteConnection) -> Result<Position, StoreError> {
        let found = sqlx::query("select position, fact, epoch from checkpoint where name = ?")
            .bind(self.name)
            .fetch_optional(&mut *views)
            .await?;
        if let Some(found) = found {
            let here = position(found.get(0));
            let (fact, epoch): (Option<String>, String) = (found.get(1), found.get(2));
            let there = state.hub.fact_at(here).await?.map(|id| id.to_string());
            if epoch == state.epoch().to_string() && fact == there {
                return Ok(here);
            }
            tracing::warn!(view = self.name, %here, "a view is of another history; it is built again");
        }
        let mut transaction = views.begin().await?;
        for table in self.tables {
            sqlx::query(AssertSqlSafe(format!("delete from {table}"))).execute(&mut *transaction).await?;
        }
        let place = sqlx::query("delete from checkpoint where name = ?").bind(self.name);
        place.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Position(0))
    }

    /// Notes how far the view has come: to `here`, where the fact `fact` is.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn reach(
        &self,
        state: &AppState,
        views: &mut SqliteConnection,
        here: Position,
        fact: Uuid,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "insert into checkpoint (name, position, fact, epoch) values (?, ?, ?, ?)
             on conflict do update set position = excluded.position, fact = excluded.fact, epoch = excluded.epoch",
        )
        .bind(self.name)
        .bind(number(here.0))
        .bind(fact.to_string())
        .bind(state.epoch().to_string())
        .execute(views)
        .await?;
        Ok(())
    }

    /// How far the view has come.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn reached(&self, views: &SqlitePool) -> Result<Position, StoreError> {
        let found = sqlx::query_scalar("select position from checkpoint where name = ?").bind(self.name);
        Ok(found.fetch_optional(views).await?.map_or(Position(0), position))
    }
}
