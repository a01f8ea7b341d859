//! The server's books, read from its files: what was ordered, what is cooked, what was answered.
//!
//! Every query of the tests stands here, so that a table that is renamed is renamed in one place.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::server::{Database, Server};
use crate::wait::{PATIENCE, until};

/// Every order that exists, as the row says it.
const ORDERS: &str = "select body -> '$.order' as body from ordering_row where key like 'order/%' order by key";
/// Every ticket that exists, as the row says it.
const TICKETS: &str = "select body -> '$.ticket' as body from kitchen_row where key like 'ticket/%' order by key";
/// The menus, as the rows say them.
const MENUS: &str = "select body -> '$.menu' as body from catalog_row where key like 'menu/%'";
/// The money of every order that is paid by card, as the rows say it.
const PAYMENTS: &str = "select body -> '$.payment' as body from payment_row where key like 'payment/%'";
/// The commands that were decided, accepted or refused.
const ANSWERS: &str = "select id, account, device from answer order by id";
/// Every fact that was published, in the order of the hub.
const FACTS: &str = "select kind, key from hub order by position";

/// How many acts each device said to hold unanswered when it was last heard.
const HELD: &str = "select device, json_array_length(open) as open from device_holds order by heard_at";
/// Numbers that a device gave twice.
const TWICE: &str = "select count(*) from (select 1 from answer group by device, seq having count(*) > 1)";

impl Server {
    /// How many acts the devices said to hold unanswered when they were last heard, all together.
    pub async fn heard_to_wait(&self) -> Result<u64> {
        let rows = self.rows(Database::Truth, HELD).await?;
        Ok(rows.iter().filter_map(|row| row["open"].as_u64()).sum())
    }

    /// How many numbers of acts were given twice by one device.
    pub async fn numbers_given_twice(&self) -> Result<i64> {
        self.number(Database::Truth, TWICE).await
    }

    /// Every order that exists: `id`, `status`, `lines` with `item`, `total` and more.
    pub async fn orders(&self) -> Result<Vec<Value>> {
        self.bodies(ORDERS).await
    }

    /// Every ticket that exists.
    pub async fn tickets(&self) -> Result<Vec<Value>> {
        self.bodies(TICKETS).await
    }

    /// Whose money is not where its order is, or is another sum, each with what was found; and how much was charged in all.
    pub async fn money_that_is_not_where_its_order_is(&self) -> Result<(Vec<String>, i64)> {
        let payments = self.bodies(PAYMENTS).await?;
        let (mut astray, mut charged) = (Vec::new(), 0);
        for order in self.orders().await? {
            let payment = payments.iter().find(|payment| payment["order"] == order["id"]);
            let sum = order["total"]["minor"].as_i64().context("an order has a sum")?;
            let standing = payment.map_or(json!("none"), |payment| payment["standing"].clone());
            let wanted: &[&str] = match (order["pays"].is_object(), order["status"].as_str()) {
                (false, _) => &["none"],
                (true, Some("handed-over" | "delivered")) => &["charged"],
                (true, Some("cancelled" | "rejected")) => &["none", "let-go"],
                (true, _) => &["reserved"],
            };
            let is_there = standing.as_str().is_some_and(|standing| wanted.contains(&standing));
            if !is_there || payment.is_some_and(|payment| payment["amount"]["minor"] != order["total"]["minor"]) {
                astray.push(format!("{}: {} of {sum}, money {standing}: {payment:?}", order["id"], order["status"]));
            }
            charged += if standing == "charged" { sum } else { 0 };
        }
        Ok((astray, charged))
    }

    /// What happened to a table, in the order of the hub.
    pub async fn told_of_table(&self, table: &str) -> Result<Vec<String>> {
        let query = format!("select kind from hub where key = 'tab/{table}' order by position");
        let rows = self.rows(Database::Truth, &query).await?;
        Ok(rows.iter().filter_map(|row| row["kind"].as_str().map(str::to_owned)).collect())
    }

    /// What a dish costs on a restaurant's menu, in the currency's smallest unit.
    pub async fn price(&self, restaurant: &str, item: &str) -> Result<i64> {
        let menus = self.bodies(MENUS).await?;
        let menu = menus.iter().find(|menu| menu["restaurant"] == restaurant).context("there is no such menu")?;
        let sections = menu["sections"].as_array().context("a menu has sections")?;
        let mut dishes = sections.iter().filter_map(|section| section["items"].as_array()).flatten();
        let dish = dishes.find(|dish| dish["id"] == item).with_context(|| format!("no {item} on the menu"))?;
        dish["price"]["minor"].as_i64().context("a dish has a price")
    }

    /// The ids of the commands that were decided.
    pub async fn answered(&self) -> Result<Vec<String>> {
        let rows = self.rows(Database::Truth, ANSWERS).await?;
        Ok(rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect())
    }

    /// The aggregates that facts of this kind were told of, oldest fact first.
    pub async fn told(&self, kind: &str) -> Result<Vec<String>> {
        let rows = self.rows(Database::Truth, FACTS).await?;
        let of_kind = rows.iter().filter(|row| row["kind"] == kind);
        Ok(of_kind.filter_map(|row| Some(row["key"].as_str()?.split_once('/')?.1.to_owned())).collect())
    }

    /// The ids of the commands of one account and device that were decided.
    pub async fn decided_of(&self, account: &str, device: &str) -> Result<BTreeSet<String>> {
        let rows = self.rows(Database::Truth, ANSWERS).await?;
        let of_theirs = rows.iter().filter(|row| row["account"] == account && row["device"] == device);
        Ok(of_theirs.filter_map(|row| row["id"].as_str().map(str::to_owned)).collect())
    }

    /// People who are like one of the demo's, but for their names; their password is the same.
    pub async fn knows_as(&self, names: &[String], like: &str) -> Result<()> {
        for name in names {
            self.change(&format!(
                "insert into account_user (account, name, password_hash, role, role_of, created_at)
                    select '{name}', '{name}', password_hash, role, role_of, created_at from account_user where account = '{like}'"
            ))
            .await?;
        }
        Ok(())
    }

    /// Ends every session, as time does: whoever was signed in finds out with the next request.
    pub async fn forgets_everybody(&self) -> Result<()> {
        self.change("update account_session set expires_at = 0").await
    }

    /// An order ended long ago, and so did its ticket. The clock looks as soon as anything is written.
    pub async fn has_ended_long_ago(&self, order: &str) -> Result<()> {
        for (table, kind, since) in
            [("ordering_row", "order", "$.order.steps[#-1].at"), ("kitchen_row", "ticket", "$.ticket.opened_at")]
        {
            let key = format!("{kind}/{order}");
            self.change(&format!("update {table} set body = json_set(body, '{since}', 0) where key = '{key}'")).await?;
            self.change(&format!("update timer set due_at = 0 where key = '{key}'")).await?;
        }
        Ok(())
    }

    /// The minute is over that erasing waits at least, once nothing is under way for `account` any more.
    pub async fn a_minute_passes_for(&self, account: &str) -> Result<()> {
        let waits = format!("select count(*) from timer where key = 'person/{account}'");
        let is_due =
            async || -> Result<Option<()>> { Ok((self.number(Database::Truth, &waits).await? == 1).then_some(())) };
        until(PATIENCE, is_due).await?.context("nothing is to be erased")?;
        self.change(&format!("update timer set due_at = 1 where key = 'person/{account}'")).await
    }

    /// The moment has come until which drivers are asked about the oldest meal of a zone. The server does not run meanwhile:
    /// it finds out when it starts.
    pub async fn nobody_was_found_in(&self, zone: &str) -> Result<()> {
        self.has_passed("delivery_row", &format!("zone/{zone}"), "zone.sought[0].until").await
    }

    /// The time is over in which the driver who was asked could have said yes. The server does not run meanwhile.
    pub async fn an_offer_runs_out(&self, order: &str) -> Result<()> {
        self.has_passed("delivery_row", &format!("offer/{order}"), "offer.until").await
    }

    /// A kitchen has been silent for so long that its customer is told. The server does not run meanwhile.
    pub async fn nobody_has_answered(&self, order: &str) -> Result<()> {
        self.has_passed("fulfilment_row", &format!("arrange/{order}"), "process.waits[0]").await
    }

    /// A kitchen has been silent for so long that it is given up. The server does not run meanwhile.
    pub async fn nobody_will_answer(&self, order: &str) -> Result<()> {
        self.has_passed("fulfilment_row", &format!("arrange/{order}"), "process.waits[1]").await
    }

    async fn has_passed(&self, table: &str, key: &str, moment: &str) -> Result<()> {
        let past = format!("json_set(body, '$.{moment}', 1)");
        self.change(&format!("update {table} set body = {past} where key = '{key}'")).await?;
        self.change(&format!("update timer set due_at = 1 where key = '{key}'")).await
    }

    /// Ordering cannot read its row of this order, as after a bad release.
    pub async fn spoils(&self, order: &str) -> Result<()> {
        self.spoils_by(7, order).await
    }

    /// The same, by one of several causes: each number is one.
    pub async fn spoils_by(&self, cause: u8, order: &str) -> Result<()> {
        self.change("create table if not exists kept as select key, body from ordering_row").await?;
        let unreadable = format!("json('{{\"order\":{cause}}}')");
        self.change(&format!("update ordering_row set body = {unreadable} where key = 'order/{order}'")).await
    }

    /// The days before the last one had reports too: so many orders were placed on each, and one of them was cancelled.
    pub async fn had_days_before(&self, placed: &[usize]) -> Result<()> {
        for (before, placed) in (1..).zip(placed) {
            let report = format!(
                "insert into reporting_report select restaurant, date(day, '-{before} days'), version, made_at,
                     json_set(figures, '$[0].placed', {placed}, '$[0].cancelled', 1), file
                 from reporting_report where day = (select max(day) from reporting_report)
                 order by version desc limit 1"
            );
            self.change(&report).await?;
        }
        Ok(())
    }

    /// How many facts wait to be tried again.
    pub async fn waits_to_be_tried(&self) -> Result<i64> {
        self.number(Database::Truth, "select count(*) from parked").await
    }

    /// It can again.
    pub async fn mends(&self) -> Result<()> {
        self.mends_what(7).await
    }

    /// It can again what it could not by this cause.
    pub async fn mends_what(&self, cause: u8) -> Result<()> {
        let kept = "select body from kept where kept.key = ordering_row.key";
        self.change(&format!("update ordering_row set body = ({kept}) where json_extract(body, '$.order') = {cause}"))
            .await
    }

    /// The dishes of the only order there is.
    pub async fn dishes(&self) -> Result<Vec<String>> {
        let orders = self.orders().await?;
        let [order] = orders.as_slice() else { anyhow::bail!("there are {} orders: {orders:?}", orders.len()) };
        let lines = order["lines"].as_array().context("an order has lines")?;
        Ok(lines.iter().filter_map(|line| line["item"].as_str().map(str::to_owned)).collect())
    }

    async fn bodies(&self, query: &str) -> Result<Vec<Value>> {
        let rows = self.rows(Database::Truth, query).await?;
        let body = |row: &Value| -> Result<Value> {
            let text = row["body"].as_str().context("a body is text")?;
            Ok(serde_json::from_str(text)?)
        };
        rows.iter().map(body).collect()
    }
}
