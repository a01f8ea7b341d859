//! The index: follows the hub, and writes the words of each order and whose it is.

use std::time::Duration;

use domain::id::order_key;
use domain::trade::Row;
use sqlx::{Row as _, SqliteConnection, SqlitePool};
use sync::{AccountId, Key, Position};

use super::query;
use crate::hub::Placed;
use crate::ledger::{Fact, json, number};
use crate::paper::{self, Eaten, OF_ORDERS, OF_TABLES, Paper, Written};
use crate::state::AppState;
use crate::store::StoreError;
use crate::view::{Pace, View};

const SEARCH: View = View { name: "search", tables: &["search_paper", "search_words"] };

/// A page of facts is a moment's work, and who looks for an order that is a second old has it before them.
const PACE: Pace = Pace { batch_max: 256, rest: Duration::from_millis(500) };

/// Writes the index until the server stops.
///
/// # Errors
/// The store's.
pub(crate) async fn run(state: AppState) -> Result<(), StoreError> {
    SEARCH.follow(&state, PACE, |views, facts| Box::pin(write(views, facts))).await
}

/// How far the index has come.
///
/// # Errors
/// The store's.
pub(crate) async fn reached(views: &SqlitePool) -> Result<Position, StoreError> {
    SEARCH.reached(views).await
}

async fn write(views: &mut SqliteConnection, facts: &[Placed]) -> Result<(), StoreError> {
    for (_, fact) in facts {
        match fact.kind.as_str() {
            kind if OF_ORDERS.contains(&kind) => put(views, fact, paper::of_order(fact)).await?,
            kind if OF_TABLES.contains(&kind) => put(views, fact, paper::of_table(fact)).await?,
            "order-picked-up" => brought(views, fact).await?,
            "order-erased" => erased(views, &fact.key).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn put(views: &mut SqliteConnection, fact: &Fact, written: Option<Written>) -> Result<(), StoreError> {
    let Some(Written { paper, version, customer }) = written else { return Ok(()) };
    let put = sqlx::query_scalar(
        "insert into search_paper (row_key, version, restaurant, customer, placed_at, paper) values (?, ?, ?, ?, ?, ?)
         on conflict do update set version = excluded.version, paper = excluded.paper,
             customer = iif(is_erased, null, excluded.customer)
         where excluded.version > version
         returning id",
    );
    let put = put.bind(fact.key.as_str()).bind(number(version.0)).bind(&paper.restaurant.0);
    let put = put.bind(customer.as_ref().map(AccountId::as_str)).bind(paper.placed_at);
    let put = put.bind(serde_json::to_string(&paper)?).fetch_optional(&mut *views).await?;
    match put {
        Some(id) => index(views, id).await,
        None => Ok(()),
    }
}

/// Whoever took it last brings it: facts of one order come in their order.
async fn brought(views: &mut SqliteConnection, fact: &Fact) -> Result<(), StoreError> {
    let Some((Row::Errand(errand), _)) = paper::row(fact) else { return Ok(()) };
    let set = sqlx::query_scalar("update search_paper set driver = ? where row_key = ? returning id");
    let set = set.bind(errand.driver.as_ref().map(AccountId::as_str)).bind(order_key(errand.order).0);
    let ids = set.fetch_all(&mut *views).await?;
    index_all(views, ids).await
}

async fn erased(views: &mut SqliteConnection, of: &Key) -> Result<(), StoreError> {
    let set =
        sqlx::query_scalar("update search_paper set is_erased = 1, customer = null where row_key = ? returning id");
    let ids = set.bind(of.as_str()).fetch_all(&mut *views).await?;
    index_all(views, ids).await
}

async fn index_all(views: &mut SqliteConnection, ids: Vec<i64>) -> Result<(), StoreError> {
    for id in ids {
        index(views, id).await?;
    }
    Ok(())
}

/// Writes the words of a paper anew.
async fn index(views: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    let found = sqlx::query("select paper, customer, driver from search_paper where id = ?");
    let found = found.bind(id).fetch_one(&mut *views).await?;
    let paper: Paper = json(found.get(0))?;
    let customer = found.get::<Option<String>, _>(1).map(|account| query::customer(&AccountId::from(account)));
    let driver = found.get::<Option<String>, _>(2).map(|account| query::driver(&AccountId::from(account)));
    let parties = [Some(query::house(&paper.restaurant)), customer, driver];
    let parties: Vec<String> = parties.into_iter().flatten().collect();
    let old = sqlx::query("delete from search_words where rowid = ?");
    old.bind(id).execute(&mut *views).await?;
    let new = sqlx::query("insert into search_words (rowid, words, parties) values (?, ?, ?)");
    new.bind(id).bind(words(&paper)).bind(parties.join(" ")).execute(&mut *views).await?;
    Ok(())
}

/// What an order is found by.
fn words(paper: &Paper) -> String {
    let mut words = vec![paper.restaurant_name.clone()];
    words.extend(paper.number.map(|number| number.to_string()));
    if let Eaten::Table(name) = &paper.at {
        words.push(name.clone());
    }
    for line in &paper.lines {
        words.push(line.name.clone());
        words.extend(line.choices.iter().cloned());
    }
    words.join("\n")
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money, RestaurantId};

    use super::*;
    use crate::paper::Line;

    #[test]
    fn an_order_is_found_by_dish_choice_house_number_and_table() {
        let line = Line {
            name: "Margherita".into(),
            choices: vec!["Extra cheese".into()],
            count: 2,
            unit: Money::new(900, Currency::EUR),
        };
        let paper = Paper {
            id: "1".into(),
            at: Eaten::Table("Window 4".into()),
            restaurant: RestaurantId::from("trattoria"),
            restaurant_name: "Trattoria Lucciola".into(),
            number: Some(42),
            status: "closed".into(),
            placed_at: 1,
            wanted_at: None,
            since: 2,
            lines: vec![line],
            total: Money::new(1800, Currency::EUR),
            tip: None,
            refunded: None,
            by_card: false,
        };
        assert_eq!(words(&paper), "Trattoria Lucciola\n42\nWindow 4\nMargherita\nExtra cheese");
    }
}
