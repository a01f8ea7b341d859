//! How facts travel: from the services into the hub, and from the hub to the other services and the views.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

use domain::Service;
use domain::ordering::OrderEvent;
use domain::rules::{self, Happened};
use domain::trade::{Event, Row, Trade};
use flow::Fact;
use flow::fact::Question;
use flow::react::{self, Own, Rule};
use sync::{AccountId, Key, Millis, Position};

use super::Server;

/// One rule of the domain as the flow knows rules.
struct DomainRule(&'static rules::Rule);

impl Rule<Trade> for DomainRule {
    fn id(&self) -> &str {
        self.0.id
    }

    fn is_on(&self, kind: &str) -> bool {
        self.0.on.contains(&kind)
    }

    fn reads(&self, fact: &Fact<Trade>) -> Vec<Key> {
        happened(fact).map(|happened| (self.0.reads)(&happened)).unwrap_or_default()
    }

    fn react(&self, fact: &Fact<Trade>, rows: &dyn Fn(&Key) -> Option<Row>) -> Vec<(Key, Event)> {
        happened(fact).map(|happened| (self.0.react)(&happened, rows)).unwrap_or_default()
    }
}

fn happened(fact: &Fact<Trade>) -> Option<Happened<'_>> {
    let row = fact.entity.as_ref().and_then(|entity| match &entity.body {
        Some(sync::protocol::Body::Row(row)) => Some(row),
        _ => None,
    });
    Some(Happened { key: &fact.key, event: fact.event.as_ref()?, row, at: fact.at })
}

/// Whether a service reacts to a fact or keeps a copy of its row.
fn concerns(service: Service, fact: &Fact<Trade>) -> bool {
    static HEARD: LazyLock<BTreeSet<(Service, &str)>> = LazyLock::new(|| {
        let rules = rules::RULES.iter();
        rules.flat_map(|rule| rule.on.iter().map(|kind| (rule.service, *kind))).collect()
    });
    let is_copied = |key: &Key| service.copies().contains(&key.kind());
    HEARD.contains(&(service, fact.kind.as_str()))
        || fact.entity.as_ref().is_some_and(|entity| is_copied(&entity.key))
        || (service == Service::Ordering
            && fact
                .event
                .as_ref()
                .is_some_and(|event| rules::inbox_passes(event).is_some() || rules::forgets(event).is_some()))
}

impl Server {
    /// Does one step of one part; whether there was one to do.
    pub fn work(&mut self, now: Millis) -> bool {
        self.publish()
            || Service::ALL.into_iter().any(|service| self.listen(service, now))
            || self.materialise()
            || self.strike(now)
    }

    /// Whether a row wants to be looked at by now.
    pub fn is_due(&self, now: Millis) -> bool {
        self.truth.timers.values().any(|due| *due <= now)
    }

    /// Looks at one row whose time has come.
    fn strike(&mut self, now: Millis) -> bool {
        let due = self.truth.timers.iter().find(|(_, due)| **due <= now);
        let Some(key) = due.map(|(key, _)| key.clone()) else { return false };
        let clock = rules::clock(&key).expect("only rows with a clock are wound");
        let (row, version) = self.truth.rows.get(&key).cloned().expect("a row that is wound is there");
        let events = (clock.strike)(&row, now);
        let writes = flow::clock::strike(clock.id, &key, (row, version), events, clock.service.name(), now);
        self.write(writes, None, [0; 32]);
        let still = self.truth.timers.get(&key).is_some_and(|due| *due <= now);
        assert!(!still, "{} strikes for ever", clock.id);
        true
    }

    /// Copies what services wrote into the hub, and forgets that it was to be copied: one transaction.
    fn publish(&mut self) -> bool {
        if self.truth.changes.is_empty() {
            return false;
        }
        let changes = std::mem::take(&mut self.truth.changes);
        let changes = changes.iter().map(|json| serde_json::from_str(json).expect("facts are read back")).collect();
        let head = Position(self.truth.hub.len() as u64);
        for (position, fact) in flow::publish::publish::<Trade>(head, changes, &BTreeSet::new()) {
            assert_eq!(position.0, self.truth.hub.len() as u64 + 1, "positions have no gap");
            self.truth.concerned.push(Service::ALL.map(|service| concerns(service, &fact)));
            self.truth.hub.push(Rc::new(fact));
        }
        true
    }

    pub(super) fn fact_at(&self, position: Position) -> Option<Rc<Fact<Trade>>> {
        let index = usize::try_from(position.0).ok()?.checked_sub(1)?;
        self.truth.hub.get(index).cloned()
    }

    /// The next fact that concerns a service: effects and checkpoint in one transaction, with what lies before it.
    fn listen(&mut self, service: Service, now: Millis) -> bool {
        let (read, head) = (self.truth.read(service), Position(self.truth.hub.len() as u64));
        if read == head {
            return false;
        }
        let mut unread = (read.next().0..=head.0).map(Position);
        let Some(position) = unread.find(|position| self.truth.concerns(service, *position)) else {
            self.truth.read.insert(service, head);
            return true;
        };
        let fact = self.fact_at(position).expect("what concerns a service is there");
        if let Some(copy) = react::copy(position, &fact, service.copies()) {
            let older =
                self.truth.copies.get(&(service, copy.key.clone())).is_none_or(|(_, version)| *version < copy.version);
            if older {
                self.truth.copies.insert((service, copy.key.clone()), (copy.row.clone(), copy.version));
            }
        }
        for rule in rules::RULES.iter().filter(|rule| rule.service == service) {
            self.follow(&DomainRule(rule), service, &fact, now);
        }
        if service == Service::Ordering
            && let Some((from, to)) = fact.event.as_ref().and_then(rules::inbox_passes)
        {
            self.pass_inbox(&fact, from, to, now);
            self.keys.pass(from, to);
        }
        if service == Service::Ordering
            && let Some(person) = fact.event.as_ref().and_then(rules::forgets)
        {
            self.keys.destroy(person);
            self.forget(person, now);
        }
        self.truth.read.insert(service, position);
        true
    }

    /// Passes all that waits for `from`, and the answers that are still to come, on to `to`.
    fn pass_inbox(&mut self, fact: &Fact<Trade>, from: &AccountId, to: &AccountId, now: Millis) {
        let items = self.truth.items.values().filter(|(item, _)| item.account == *from).cloned().collect();
        let asked = |question: &&Question<Trade>| question.cause.account == *from;
        let questions = self.truth.questions.values().filter(asked).cloned().collect();
        let passed = react::pass_inbox(fact, to, items, questions, Service::Ordering.name(), now);
        let kept = passed.questions.into_iter().map(|question| (question.cause.command, question));
        self.truth.questions.extend(kept);
        self.write(passed.writes, None, [0; 32]);
    }

    /// Ordering forgets what the orders of a person say of them.
    fn forget(&mut self, person: &AccountId, now: Millis) {
        let theirs = |row: &Row| row.as_order().is_some_and(|order| order.customer == *person);
        let orders: Vec<_> = self.truth.rows.iter().filter(|(_, (row, _))| theirs(row)).collect();
        let orders: Vec<_> = orders.into_iter().map(|(key, row)| (key.clone(), row.clone())).collect();
        for (key, row) in orders {
            let events = vec![Event::Order(OrderEvent::Erased)];
            let writes = flow::clock::strike("ordering.forget", &key, row, events, Service::Ordering.name(), now);
            self.write(writes, None, [0; 32]);
        }
    }

    fn follow(&mut self, rule: &DomainRule, service: Service, fact: &Fact<Trade>, now: Millis) {
        if !rule.is_on(&fact.kind) {
            return;
        }
        let keys = rule.reads(fact);
        let rows = keys.iter().filter_map(|key| Some((key.clone(), self.truth.rows.get(key)?.clone()))).collect();
        let asked = |question: &&Question<Trade>| keys.contains(&question.lane);
        let questions = self.truth.questions.values().filter(asked).cloned().collect();
        let writes = react::react(rule, fact, Own { rows, questions }, service.name(), now);
        self.write(writes, None, [0; 32]);
    }
}
