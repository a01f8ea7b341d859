//! An order on paper: what was ordered, what it came to and what became of it, for whoever keeps or finds it later. Nothing in it is
//! about a person: no name, no address, and none of the words that people wrote.

use domain::dining::{Means, Seat, Tab};
use domain::ordering::{Destination, Order};
use domain::trade::Row;
use domain::{Money, RestaurantId};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use sync::protocol::Body;
use sync::{AccountId, Key, Millis, Version};

use crate::ledger::{Fact, json};
use crate::store::StoreError;
use crate::web::cursor::{self, Cursor};

/// An order, or what was eaten at a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Paper {
    /// The order's id, or the table's: with [`Paper::at`] it is the name of the row that it came from.
    pub(crate) id: String,
    /// Where it was eaten.
    pub(crate) at: Eaten,
    /// Of which restaurant.
    pub(crate) restaurant: RestaurantId,
    /// The restaurant's name then; none of a table, which only its own staff read of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) restaurant_name: String,
    /// The kitchen's number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<u32>,
    /// What has become of it, by its name on the wire.
    pub(crate) status: String,
    /// When it was placed, or the table opened, by the server's clock.
    pub(crate) placed_at: Millis,
    /// When it was wanted, where that was not as soon as possible: the beginning of the quarter of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wanted_at: Option<Millis>,
    /// When it came to stand as it does.
    pub(crate) since: Millis,
    /// What was ordered, and of a table what is paid.
    pub(crate) lines: Vec<Line>,
    /// What it came to, with the tip.
    pub(crate) total: Money,
    /// How much of that is a tip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tip: Option<Money>,
    /// What was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refunded: Option<Money>,
    /// A card pays it.
    pub(crate) by_card: bool,
}

/// Where it was eaten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Eaten {
    /// It was brought.
    Brought,
    /// It was fetched.
    Fetched,
    /// At a table, by what the house calls it.
    Table(String),
    /// It was bought at the counter.
    Counter,
}

/// A dish of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Its name then.
    pub(crate) name: String,
    /// What was chosen with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) choices: Vec<String>,
    /// How many.
    pub(crate) count: u32,
    /// What one of them cost with what was chosen.
    pub(crate) unit: Money,
}

/// A page of papers, the latest first.
#[derive(Debug, Serialize)]
pub(crate) struct Papers {
    papers: Vec<Paper>,
    /// What to ask for as `before` to have the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Papers {
    /// The page of at most `limit`, from rows of when each stands in the order of pages, its name, and the paper; there may be one
    /// row more, of the next page.
    ///
    /// # Errors
    /// A paper that cannot be read.
    pub(crate) fn read(rows: &[SqliteRow], limit: u32) -> Result<Self, StoreError> {
        let read = |row: &SqliteRow| {
            let (at, of): (Millis, String) = (row.get(0), row.get(1));
            Ok((Cursor { at, of: Key(of) }, json(row.get(2))?))
        };
        let mut found = rows.iter().map(read).collect::<Result<Vec<(Cursor, Paper)>, StoreError>>()?;
        let next = cursor::page(&mut found, limit, |(cursor, _)| cursor.clone());
        Ok(Self { papers: found.into_iter().map(|(_, paper)| paper).collect(), next })
    }
}

/// A paper, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) paper: Paper,
    /// The row's version: a later one says all that an earlier did.
    pub(crate) version: Version,
    /// Who ordered it; nobody of a table, and nobody who was erased.
    pub(crate) customer: Option<AccountId>,
}

/// The facts after which an order reads otherwise than before.
pub(crate) const OF_ORDERS: &[&str] = &[
    "order-submitted",
    "order-numbered",
    "order-status-changed",
    "order-cancelled",
    "order-refund-noted",
    "order-claimed",
];

/// The facts after which a table does: from the bill that was paid.
pub(crate) const OF_TABLES: &[&str] = &["bill-paid", "bill-given-back", "table-closed"];

/// The order of a fact.
pub(crate) fn of_order(fact: &Fact) -> Option<Written> {
    let (Row::Order(order), version) = row(fact)? else { return None };
    Some(Written { paper: order_on_paper(order, fact.at), version, customer: Some(order.customer.clone()) })
}

/// The table of a fact, once it is paid: until then nothing was bought.
pub(crate) fn of_table(fact: &Fact) -> Option<Written> {
    let (Row::Tab(tab), version) = row(fact)? else { return None };
    Some(Written { paper: table_on_paper(tab, fact.at)?, version, customer: None })
}

/// The row as a fact left it.
pub(crate) fn row(fact: &Fact) -> Option<(&Row, Version)> {
    let entity = fact.entity.as_ref()?;
    match &entity.body {
        Some(Body::Row(row)) => Some((row, entity.version)),
        _ => None,
    }
}

fn order_on_paper(order: &Order, at: Millis) -> Paper {
    let line = |line: &domain::ordering::Line| Line {
        name: line.name.clone(),
        choices: line.choices.iter().map(|choice| choice.name.clone()).collect(),
        count: line.quantity,
        unit: line.unit,
    };
    Paper {
        id: order.id.to_string(),
        at: if matches!(order.destination, Destination::Collect) { Eaten::Fetched } else { Eaten::Brought },
        restaurant: order.restaurant.clone(),
        restaurant_name: order.restaurant_name.clone(),
        number: order.number,
        status: order.status.name().to_owned(),
        placed_at: order.steps.first().map_or(at, |step| step.at),
        wanted_at: order.wanted.map(|wanted| wanted.at),
        since: order.steps.last().map_or(at, |step| step.at),
        lines: order.lines.iter().map(line).collect(),
        total: order.total,
        tip: order.tip,
        refunded: order.refunded,
        by_card: order.pays.card().is_some(),
    }
}

fn table_on_paper(tab: &Tab, at: Millis) -> Option<Paper> {
    let settlement = tab.settlement.as_ref()?;
    let line = |line: &domain::dining::TabLine| Line {
        name: line.name.clone(),
        choices: line.choices.clone(),
        count: line.count,
        unit: line.unit,
    };
    let tip = settlement.tip;
    Some(Paper {
        id: tab.id.to_string(),
        at: match &tab.seat {
            Seat::Table(name) => Eaten::Table(name.clone()),
            Seat::Counter => Eaten::Counter,
        },
        restaurant: tab.restaurant.clone(),
        restaurant_name: String::new(),
        number: None,
        status: if tab.closed_at.is_some() { "closed" } else { "paid" }.to_owned(),
        placed_at: tab.opened_at,
        wanted_at: None,
        since: at,
        lines: tab.lines.iter().filter(|line| line.is_billable()).map(line).collect(),
        total: tip.map_or(settlement.paid, |tip| settlement.paid.plus(tip)),
        tip,
        refunded: settlement.given_back,
        by_card: settlement.means == Means::Card,
    })
}
