//! What of a fact is kept: the rules, each pure.

use domain::Trade;
use domain::id::order_key;
use domain::trade::Row;
use flow::pipeline::{Pipeline, Rule};
use sync::{AccountId, Key, Millis, Version};

use crate::ledger::Fact;
use crate::paper::{self, OF_ORDERS, OF_TABLES, Written};

/// From the hub to the archive.
pub(super) const PAPERS: Pipeline<Trade, Made> = Pipeline {
    name: "archive",
    rules: &[
        Rule { id: "order", on: OF_ORDERS, map: order },
        Rule { id: "table", on: OF_TABLES, map: table },
        Rule { id: "driver", on: &["order-picked-up"], map: driver },
        Rule { id: "erased", on: &["order-erased"], map: erased },
    ],
};

/// What is made of a fact, of the order or table whose row is named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub(super) of: Key,
    pub(super) what: What,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A paper.
    Paper(Box<Written>),
    /// Who brings it, and since when.
    Brought { driver: AccountId, version: Version, at: Millis },
    /// Whoever ordered it was erased.
    Erased,
}

/// What a unit is the last of: of one order, each kind for itself.
pub(super) fn key(_: &Fact, made: &Made) -> (Key, u8) {
    let kind = match made.what {
        What::Paper(_) => 0,
        What::Brought { .. } => 1,
        What::Erased => 2,
    };
    (made.of.clone(), kind)
}

fn order(fact: &Fact) -> Option<Made> {
    Some(Made { of: fact.key.clone(), what: What::Paper(Box::new(paper::of_order(fact)?)) })
}

fn table(fact: &Fact) -> Option<Made> {
    Some(Made { of: fact.key.clone(), what: What::Paper(Box::new(paper::of_table(fact)?)) })
}

fn driver(fact: &Fact) -> Option<Made> {
    let (Row::Errand(errand), version) = paper::row(fact)? else { return None };
    let driver = errand.driver.clone()?;
    Some(Made { of: order_key(errand.order), what: What::Brought { driver, version, at: fact.at } })
}

fn erased(fact: &Fact) -> Option<Made> {
    Some(Made { of: fact.key.clone(), what: What::Erased })
}
