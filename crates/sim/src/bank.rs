//! The payment provider: a system outside, with books of its own that no crash and no restore of ours touches. What is asked of
//! it and what it says may be lost, come twice, late, and in any order.

use std::collections::{BTreeMap, BTreeSet};

use domain::OrderId;
use domain::Service;
use domain::id::payment_key;
use domain::payment::{Payment, RefundTotals, Report, Standing, hold};
use domain::trade::{Event, Row, Trade};
use flow::Writes;
use flow::fact::Put;
use sync::{Key, Millis};

use crate::report::Fault;
use crate::server::Server;
use crate::world::{self, World};

/// How often the server asks what is still to be asked, in milliseconds of virtual time, at most.
const ASKED_EVERY_MS: u64 = 900;

/// How long the bank thinks, in milliseconds of virtual time, at most: mostly, and where it is slow.
const THINKS_MS: u64 = 300;
const THINKS_MS_MAX: u64 = 20_000;

/// What the bank knows of an order's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It is set aside: so many minor units.
    Reserved(i64),
    /// It cannot be had.
    Declined,
    /// It was let go, or given back.
    Released,
    /// It was taken: so many minor units.
    Charged(i64),
}

/// The bank's books.
#[derive(Default)]
pub struct Bank {
    /// By order.
    pub held: BTreeMap<OrderId, Held>,
    /// What it gave back of what was taken, in minor units, by order.
    pub given_back: BTreeMap<OrderId, i64>,
    /// What it would not give back: the same request gets the same no.
    refused: BTreeSet<(OrderId, i64)>,
}

impl Bank {
    /// It takes back a no: whoever stands behind the card was slow, and says yes after all. What it says then, if so.
    fn relents(&mut self, wanted: &Payment) -> Option<Report> {
        let held = self.held.get_mut(&wanted.order).filter(|held| **held == Held::Declined)?;
        *held = Held::Reserved(wanted.amount.minor);
        Some(Report::Reserved { reference: wanted.order.to_string() })
    }

    /// It is asked what it holds for an order.
    fn looks(&self, order: OrderId) -> Option<Report> {
        match self.held.get(&order)? {
            Held::Reserved(_) => Some(Report::Reserved { reference: order.to_string() }),
            Held::Declined | Held::Released | Held::Charged(_) => None,
        }
    }

    /// It gives back until so much is back in all, or will not, and says so.
    fn gives_back(&mut self, wanted: &Payment, declines: bool) -> Report {
        let known = self.given_back.entry(wanted.order).or_default();
        let RefundTotals { asked, waived, .. } = wanted.given_back;
        let request = (wanted.order, asked + waived);
        if *known < asked && (self.refused.contains(&request) || declines) {
            self.refused.insert(request);
            return Report::RefundFailed { total: asked, back: *known, reason: "the card is gone".into() };
        }
        *known = asked.max(*known);
        Report::Refunded { total: *known }
    }

    /// What it makes of what the server wants, and says.
    fn does(&mut self, wanted: &Payment, declines: bool) -> Report {
        if wanted.standing == Standing::Charged {
            return self.gives_back(wanted, declines);
        }
        let held = self.held.entry(wanted.order);
        let held = match wanted.standing {
            Standing::LettingGo => held.and_modify(|held| {
                if *held != Held::Declined {
                    *held = Held::Released;
                }
            }),
            // What was let go in a history that a restore took back is charged anew: the bank knows the card.
            Standing::Charging => held.and_modify(|held| {
                if *held != Held::Declined {
                    *held = Held::Charged(wanted.amount.minor);
                }
            }),
            // After a restore an order may be placed anew, and cost something else: that sum takes the place of the other.
            _ => held.and_modify(|held| {
                if let Held::Reserved(sum) = held {
                    *sum = wanted.amount.minor;
                }
            }),
        };
        let first = match wanted.standing {
            Standing::LettingGo => Held::Released,
            _ if declines => Held::Declined,
            _ => Held::Reserved(wanted.amount.minor),
        };
        match *held.or_insert(first) {
            Held::Reserved(_) => Report::Reserved { reference: wanted.order.to_string() },
            Held::Declined => Report::Declined { reason: "no funds".into() },
            Held::Released => Report::Released,
            Held::Charged(_) => match self.given_back.get(&wanted.order) {
                Some(total) if *total > 0 => Report::Refunded { total: *total },
                _ => Report::Charged,
            },
        }
    }
}

impl Server {
    /// What is still to be asked of the bank: all of it is in the books, so a crash forgets nothing.
    pub fn awaited(&self) -> Vec<Payment> {
        let payments = self.truth.rows.range(Key("payment/".into())..).map_while(|(_, (row, _))| row.as_payment());
        let is_awaited = |payment: &&Payment| match payment.standing {
            Standing::Asked | Standing::LettingGo | Standing::Charging => true,
            Standing::Charged => payment.given_back.is_awaited(),
            _ => false,
        };
        payments.filter(is_awaited).cloned().collect()
    }

    /// The orders for which nothing is set aside, as the books have it.
    pub fn let_go(&self) -> Vec<OrderId> {
        let payments = self.truth.rows.range(Key("payment/".into())..).map_while(|(_, (row, _))| row.as_payment());
        let is_let_go = |payment: &&Payment| matches!(payment.standing, Standing::Declined(_) | Standing::LetGo);
        payments.filter(is_let_go).map(|payment| payment.order).collect()
    }

    /// The bank says something: one transaction.
    fn hear_bank(&mut self, order: OrderId, report: &Report, now: Millis) {
        let key = payment_key(order);
        // A server that was restored may know nothing of the order any more.
        let Some((Row::Payment(before), version)) = self.truth.rows.get(&key).cloned() else { return };
        let events: Vec<_> = hold::hear(&before, report).into_iter().map(Event::Payment).collect();
        let row = Some((Row::Payment(before), version));
        let (after, facts) = flow::fact::told::<Trade>(Service::Payment.name(), now, &key, row, events);
        let changed = after.filter(|(_, after)| *after > version);
        let rows = changed.into_iter().map(|(row, version)| Put { key: key.clone(), version, row }).collect();
        self.write(Writes { rows, facts, ..Writes::default() }, None, [0; 32]);
        // It may be older than a yes that came while a restored server did not know the order yet.
        if matches!(report, Report::Declined { .. }) {
            self.truth.looked_for.insert(order);
        }
    }
}

impl World {
    /// The server asks the bank for all that is open.
    pub(crate) fn ask_bank(&mut self) {
        let pause = self.chance.ms(100, ASKED_EVERY_MS);
        self.at(pause, world::Event::BankAsked);
        if !self.host.is_up {
            return;
        }
        for wanted in self.server.awaited() {
            if !self.strikes(Fault::ProviderLost, 4) {
                let way = self.way();
                self.at(way, world::Event::BankHears(Box::new(wanted)));
            }
        }
        for order in self.server.truth.looked_for.clone() {
            if !self.strikes(Fault::ProviderLost, 4) {
                self.server.truth.looked_for.remove(&order);
                let found = self.bank.looks(order);
                found.iter().for_each(|report| self.bank_says(order, report));
            }
        }
    }

    /// The bank hears of an order's money, and says what became of it.
    pub(crate) fn bank_hears(&mut self, wanted: &Payment) {
        let declines = self.chance.once_in(6);
        let report = self.bank.does(wanted, declines);
        if matches!(report, Report::Declined { .. }) && self.strikes(Fault::ProviderRelents, 3) {
            let later = self.chance.ms(1, THINKS_MS_MAX);
            self.at(later, world::Event::BankRelents(Box::new(wanted.clone())));
        }
        let most = if self.strikes(Fault::ProviderLate, 6) { THINKS_MS_MAX } else { THINKS_MS };
        let times = if self.strikes(Fault::ProviderTwice, 4) { 2 } else { 1 };
        for _ in 0..times {
            let thinks = self.chance.ms(1, most);
            if !self.strikes(Fault::ProviderLost, 4) {
                self.at(thinks, world::Event::BankSays(wanted.order, report.clone()));
            }
        }
    }

    /// The bank takes a no back. Nobody asks about an order that is over, so it says so until it is heard.
    pub(crate) fn bank_relents(&mut self, wanted: &Payment) {
        if !self.host.is_up {
            self.at(THINKS_MS as Millis, world::Event::BankRelents(Box::new(wanted.clone())));
        } else if let Some(report) = self.bank.relents(wanted) {
            self.bank_says(wanted.order, &report);
        }
    }

    pub(crate) fn bank_says(&mut self, order: OrderId, report: &Report) {
        // A provider says it again until somebody takes it; here the next round of questions brings it back.
        if self.host.is_up {
            self.server.hear_bank(order, report, self.now);
            self.wake_server();
        }
    }
}
