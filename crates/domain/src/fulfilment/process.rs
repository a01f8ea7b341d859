//! One run of a saga for one order: what it is about, and its log folded.

use saga::{Record, Saga, State};
use serde::{Deserialize, Serialize};
use sync::Millis;

use crate::delivery::Place;
use crate::id::ZoneId;
use crate::ordering::{Cancelled, Order};
use crate::payment::Method;
use crate::{ItemId, Money, OrderId, RestaurantId};

/// One run of a saga.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Process {
    /// What it is about.
    #[serde(flatten)]
    pub claim: Claim,
    /// How far it has come.
    pub state: State,
    /// The portions that are held for it: what is given back is what was taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<(ItemId, u32)>,
    /// What was held is not given back: it was cooked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_used_up: bool,
    /// Why its order ends, where it does not end well, as the customer is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Cancelled>,
    /// Until when somebody may be silent: when the customer is told, and when it is given up, by the server's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<(Millis, Millis)>,
    /// Somebody has been silent for so long that the customer was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
    /// Who had said yes gave it back, and somebody else is looked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_given_back: bool,
}

/// What whoever does a step has to know, copied from the order once: what changes later is not part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Which order.
    pub order: OrderId,
    /// Whose stock.
    pub restaurant: RestaurantId,
    /// Which portions.
    pub portions: Vec<(ItemId, u32)>,
    /// How much money.
    pub amount: Money,
    /// From where.
    #[serde(default, skip_serializing_if = "Method::is_at_hand_over")]
    pub pays: Method,
    /// Where a driver is to be found, where one brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneId>,
    /// Where its kitchen is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kitchen_at: Option<Place>,
    /// When it is to be begun, where it is not wanted as soon as possible: nobody is asked to fetch it before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin_by: Option<Millis>,
}

impl Process {
    /// A run of which nothing has happened yet.
    fn begun(claim: Claim) -> Self {
        Self {
            claim,
            state: State::default(),
            held: vec![],
            is_used_up: false,
            because: None,
            waits: None,
            is_late: false,
            is_given_back: false,
        }
    }
}

impl Claim {
    /// What `order` claims.
    pub(crate) fn of(order: &Order) -> Self {
        Self {
            order: order.id,
            restaurant: order.restaurant.clone(),
            portions: order.lines.iter().map(|line| (line.item.clone(), line.quantity)).collect(),
            amount: order.total,
            pays: order.pays.clone(),
            zone: order.dispatch.as_ref().map(|dispatch| dispatch.zone.clone()),
            kitchen_at: order.dispatch.as_ref().and_then(|dispatch| dispatch.kitchen_at),
            begin_by: order.wanted.map(|wanted| wanted.begin_by),
        }
    }
}

/// What happened in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcessEvent {
    /// It is to begin, for this.
    Claimed(Box<Claim>),
    /// These portions are held for it.
    Held(Vec<(ItemId, u32)>),
    /// What was held for it was cooked, and is not given back.
    UsedUp,
    /// It will not end well, and this is why.
    Doomed(Cancelled),
    /// Somebody may be silent until then.
    Waits {
        /// When the customer is told.
        warn_at: Millis,
        /// When it is given up.
        end_at: Millis,
    },
    /// Somebody has been silent for so long that the customer is told.
    Late,
    /// Who had said yes gave it back; or somebody else has it now.
    GivenBack(bool),
    /// A line of its log.
    Logged(Record),
}

impl ProcessEvent {
    /// Which try it asks for, where it asks.
    pub fn attempt(&self) -> u32 {
        match self {
            Self::Logged(Record::Asked { attempt, .. }) => *attempt,
            _ => 1,
        }
    }

    /// Its name on the wire: an entry of a step, an end, or a note.
    pub(crate) fn name(&self, saga: &Saga) -> &'static str {
        match self {
            Self::Logged(record) => saga.kind(record),
            Self::Late
            | Self::Claimed(_)
            | Self::Held(_)
            | Self::UsedUp
            | Self::Doomed(_)
            | Self::Waits { .. }
            | Self::GivenBack(_) => saga.noted,
        }
    }
}

/// The run after `event`.
pub(crate) fn apply(process: Option<Process>, event: &ProcessEvent) -> Option<Process> {
    if let ProcessEvent::Claimed(claim) = event {
        return Some(process.unwrap_or_else(|| Process::begun((**claim).clone())));
    }
    let mut process = process?;
    match event {
        ProcessEvent::Claimed(_) => {}
        ProcessEvent::Held(portions) => process.held.clone_from(portions),
        ProcessEvent::UsedUp => process.is_used_up = true,
        ProcessEvent::Doomed(why) => _ = process.because.get_or_insert_with(|| why.clone()),
        ProcessEvent::Waits { warn_at, end_at } => process.waits = Some((*warn_at, *end_at)),
        ProcessEvent::Late => process.is_late = true,
        ProcessEvent::GivenBack(is) => process.is_given_back = *is,
        ProcessEvent::Logged(record) => process.state.apply(record),
    }
    Some(process)
}

/// Lines of a log as events.
pub(crate) fn logged(records: Vec<Record>) -> impl Iterator<Item = ProcessEvent> {
    records.into_iter().map(ProcessEvent::Logged)
}

/// With the reason before the lines that rest on it; nothing for nothing.
pub(crate) fn doomed(records: Vec<Record>, why: Cancelled) -> Vec<ProcessEvent> {
    let reason = (!records.is_empty()).then_some(ProcessEvent::Doomed(why));
    reason.into_iter().chain(logged(records)).collect()
}
