//! Views: tables in the views' file that are computed from the hub, each with a place of its own, in the transaction of what it
//! read. A view whose place is lost or of another history is emptied and computed again from the first fact.

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use sync::Position;
use uuid::Uuid;

use crate::ledger::{number, position};
use crate::state::AppState;
use crate::store::StoreError;

/// A view.
pub(crate) struct View {
    /// By which its place is kept.
    pub(crate) name: &'static str,
    /// What is emptied when it is computed again.
    pub(crate) tables: &'static [&'static str],
}

impl View {
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

    /// How far the view has come, with the fact there.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn head(&self, views: &mut SqliteConnection) -> Result<(Position, Option<Uuid>), StoreError> {
        let found = sqlx::query("select position, fact from checkpoint where name = ?").bind(self.name);
        let found = found.fetch_optional(views).await?;
        Ok(found.map_or((Position(0), None), |found| {
            let fact: Option<String> = found.get(1);
            (position(found.get(0)), fact.and_then(|fact| fact.parse().ok()))
        }))
    }
}
