//! Statements that are handed to the store together. SQLite runs in a thread of its own, and a change of threads costs more than what
//! most statements do.

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe, Encode, Sqlite, SqliteConnection, Type};

use super::StoreError;

/// Statements in their order, and what is bound in them.
#[derive(Default)]
pub(crate) struct Together {
    sql: String,
    values: SqliteArguments,
    trouble: Option<sqlx::Error>,
}

impl Together {
    /// How many of one kind are handed over at once: enough that the change of threads no longer counts, few shapes to keep prepared,
    /// and a text that is short, because the store reads it again for each statement in it.
    pub(crate) const SOME: usize = 16;

    /// Adds a statement. Its parameters are bare question marks, bound in their order by [`Together::bind`].
    pub(crate) fn then(&mut self, sql: &str) -> &mut Self {
        debug_assert!(!sql.contains("?1"), "a number would count from the first statement on");
        if !self.sql.is_empty() {
            self.sql.push(';');
        }
        self.sql.push_str(sql);
        self
    }

    /// Binds the next parameter.
    pub(crate) fn bind<'q>(&mut self, value: impl Encode<'q, Sqlite> + Type<Sqlite>) -> &mut Self {
        if let Err(error) = self.values.add(value) {
            self.trouble = Some(sqlx::Error::Encode(error));
        }
        self
    }

    /// Has the statement that `add` makes of each of `items` done, some at once.
    ///
    /// # Errors
    /// The store's, or of `add`.
    pub(crate) async fn each<T>(
        connection: &mut SqliteConnection,
        items: &[T],
        add: impl Fn(&mut Self, &T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for some in items.chunks(Self::SOME) {
            let mut together = Self::default();
            for item in some {
                add(&mut together, item)?;
            }
            together.done(&mut *connection).await?;
        }
        Ok(())
    }

    /// Has all of them done, or up to one that fails.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn done(self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        match self.trouble {
            Some(trouble) => Err(trouble.into()),
            None if self.sql.is_empty() => Ok(()),
            None => {
                sqlx::query_with(AssertSqlSafe(self.sql), self.values).execute(connection).await?;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;

    use super::*;

    #[tokio::test]
    async fn statements_that_are_sent_together_are_each_done_with_their_own_values() {
        let mut store = SqliteConnection::connect("sqlite::memory:").await.expect("a store");
        let mut together = Together::default();
        together.then("create table shelf (book text primary key, copies integer)");
        together.then("insert into shelf values (?, ?)").bind("ash").bind(1);
        together
            .then("insert into shelf values (?, ?) on conflict do update set copies = ?")
            .bind("oak")
            .bind(2)
            .bind(9);
        together.then("update shelf set copies = copies + ? where book = ?").bind(40).bind("oak");
        together.done(&mut store).await.expect("all are done");
        let shelf: Vec<(String, i64)> = sqlx::query_as("select book, copies from shelf order by book")
            .fetch_all(&mut store)
            .await
            .expect("a shelf");
        assert_eq!(shelf, [("ash".to_owned(), 1), ("oak".to_owned(), 42)]);

        // One that fails ends them, and is told.
        let mut together = Together::default();
        together.then("update shelf set copies = ? where book = ?").bind(7).bind("ash");
        together.then("insert into shelf values (?, ?)").bind("ash").bind(1);
        together.then("delete from shelf");
        assert!(together.done(&mut store).await.is_err());
        let copies: Vec<i64> =
            sqlx::query_scalar("select copies from shelf order by book").fetch_all(&mut store).await.expect("copies");
        assert_eq!(copies, [7, 42]);
        Together::default().done(&mut store).await.expect("nothing is nothing");
    }
}
