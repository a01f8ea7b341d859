//! A case: one order as the desk has it.
//!
//! | what troubles it | raised by | goes away with | what an operator can do |
//! |---|---|---|---|
//! | the kitchen is silent | `order-submission-expired` | its yes or no, or the order's end | give it time, give the order up |
//! | nobody fetches it | `driver-assignment-aborted` | a driver, or the order's end | choose a driver, give the order up |
//! | it was not delivered | `delivery-failed` | | call the customer, settle it |
//! | nobody took it at the door | `delivery-failed`, and the driver says so | | call the customer, settle it |
//! | money is not given back | `payment-refund-failed` | `payment-refunded` | give it otherwise, settle it |
//! | two say what cannot both be | a report on a delivery that was over | | ask both, settle it |
//! | the money is not had | `payment-capture-failed`, until somebody saw to it | `payment-captured` | settle it |
//!
//! Of whatever is before the desk and was charged, an operator may give back money.
//!
//! The first two are the matrix' (design 8.3): the desk comes first, and where it does nothing the saga ends the order in time.

use serde::{Deserialize, Serialize};
use sync::{AccountId, Actor, Millis, Personal};

use crate::delivery::{Proof, proof};
use crate::id::ZoneId;
use crate::kitchen::ticket::REASON_CHARS_MAX;
use crate::ordering::{Contact, Order};
use crate::{Money, OrderId, RestaurantId, personal};

/// How long a case is shown after its last trouble is over, in milliseconds: whoever comes back from a call finds it.
pub const SHOWN_MS: Millis = 60 * 60_000;

/// Within which time somebody ought to have looked at a trouble that has no end of its own, in milliseconds: a customer who
/// has no meal waits for a call.
pub const LOOK_WITHIN_MS: Millis = 15 * 60_000;

/// The most time that a kitchen is given at once, in minutes: after an hour its customer is asked, and not the kitchen.
pub const GIVE_MIN_MAX: u32 = 60;

/// The most measures of one case that are remembered: past it the oldest is forgotten.
const DONE_MAX: usize = 50;

/// What the desk knows of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Which.
    pub order: OrderId,
    /// From where.
    pub restaurant: RestaurantId,
    /// The restaurant's name.
    pub restaurant_name: String,
    /// Whom to call about it.
    pub contact: Contact,
    /// What the customer agreed to.
    pub total: Money,
    /// Where a driver is to be found, where one brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneId>,
    /// What troubles it now, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<Trouble>,
    /// What cannot trouble it any more: its kitchen has answered, its driver is found, somebody sees to its money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Concern>,
    /// What was done about it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Done>,
    /// What proves how it ended at the door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// Its money was charged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_charged: bool,
    /// What the desk has given back in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_back: Option<Money>,
    /// The order is over, well or not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_over: bool,
    /// The desk has it before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_shown: bool,
    /// When it came to stand as it does, by the server's clock.
    pub since: Millis,
}

/// What can trouble an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// The kitchen says neither yes nor no.
    KitchenSilent,
    /// Nobody in the zone fetches it.
    NobodyFound,
    /// The driver could not bring it.
    NotDelivered,
    /// The driver was at the door, and nobody took it.
    NobodyThere,
    /// Somebody reports what cannot be, as far as the system knows.
    Contradicted,
    /// The meal was eaten and its money is not had.
    NotCharged,
    /// Money was to be given back, and is not.
    NotGivenBack,
}

impl Concern {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::KitchenSilent => "kitchen-silent",
            Self::NobodyFound => "nobody-found",
            Self::NotDelivered => "not-delivered",
            Self::NobodyThere => "nobody-there",
            Self::Contradicted => "contradicted",
            Self::NotCharged => "not-charged",
            Self::NotGivenBack => "not-given-back",
        }
    }

    /// Whether it is about an order that is still under way, and means nothing once that is over.
    fn ends_with_order(self) -> bool {
        matches!(self, Self::KitchenSilent | Self::NobodyFound)
    }
}

/// One thing that troubles an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// What.
    pub concern: Concern,
    /// Since when.
    pub since: Millis,
    /// When it ends by itself, or somebody ought to have looked at it.
    pub due: Millis,
    /// Who said so, where that was a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// What was said, in their words; may be empty.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub words: Personal,
}

/// What an operator did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Millis,
    /// What.
    pub what: Measure,
}

/// What an operator can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The kitchen has until then.
    TimeGiven {
        /// Until when.
        until: Millis,
    },
    /// The order is not waited for any longer, because of this.
    GivenUp(Concern),
    /// This driver is to fetch it.
    Chosen {
        /// Who.
        driver: AccountId,
    },
    /// It was seen to.
    Settled {
        /// What.
        concern: Concern,
        /// How.
        note: Personal,
    },
    /// Money was given back.
    GivenBack {
        /// How much.
        amount: Money,
        /// With all that the desk gave back before.
        total: Money,
        /// Why.
        note: Personal,
    },
}

/// What an operator may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseCommand {
    /// The kitchen was called: let it have so much more time from now.
    GiveTime {
        /// Of which order.
        order: OrderId,
        /// How much.
        minutes: u32,
    },
    /// It will not come to anything: end it.
    GiveUp {
        /// Which.
        order: OrderId,
        /// For which reason.
        concern: Concern,
    },
    /// This driver fetches it.
    Choose {
        /// Which.
        order: OrderId,
        /// Who.
        driver: AccountId,
    },
    /// It was seen to.
    Settle {
        /// Of which order.
        order: OrderId,
        /// What.
        concern: Concern,
        /// How.
        note: Personal,
    },
    /// Give back some of the money, or all of it.
    GiveBack {
        /// Of which order.
        order: OrderId,
        /// How much.
        amount: Money,
        /// Why.
        note: Personal,
    },
}

impl CaseCommand {
    /// Of which order.
    pub fn order(&self) -> OrderId {
        match self {
            Self::GiveTime { order, .. }
            | Self::GiveUp { order, .. }
            | Self::Choose { order, .. }
            | Self::Settle { order, .. }
            | Self::GiveBack { order, .. } => *order,
        }
    }

    /// The trouble it is about; money is given back whatever the trouble is.
    fn concern(&self) -> Option<Concern> {
        match self {
            Self::GiveTime { .. } => Some(Concern::KitchenSilent),
            Self::Choose { .. } => Some(Concern::NobodyFound),
            Self::GiveUp { concern, .. } | Self::Settle { concern, .. } => Some(*concern),
            Self::GiveBack { .. } => None,
        }
    }
}

/// What happened to a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseEvent {
    /// There is an order.
    Opened(Box<Case>),
    /// Something troubles it.
    Raised(Trouble),
    /// That cannot trouble it, or does no longer.
    Passed {
        /// What.
        concern: Concern,
        /// When.
        at: Millis,
    },
    /// It can again: its driver gave it back.
    Wanting(Concern),
    /// The order is over.
    OrderOver {
        /// When.
        at: Millis,
    },
    /// Its money was charged.
    Charged,
    /// The driver has sent a proof of how it ended at the door.
    Proved(Proof),
    /// An operator did something.
    Done(Done),
    /// It was shown for long enough.
    Filed,
    /// Its customer is forgotten.
    Erased,
}

/// Why the trade says no to an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseRefusal {
    /// There is no such case.
    NoSuchCase,
    /// That does not trouble it any more: it went away, or a colleague saw to it.
    NotTroubled(Concern),
    /// An order is given up for want of a kitchen or a driver; all else is settled.
    NotToBeGivenUp,
    /// Saying that it was seen to finds neither a kitchen nor a driver.
    NotToBeSettled,
    /// So much cannot be given back; this is the most, where there is anything.
    NotToGiveBack {
        /// The most.
        most: Option<Money>,
    },
    /// A text or a number that cannot be, in a sentence.
    Malformed(String),
}

impl Case {
    /// The most that the desk may still give back; nothing, where there is nothing to give back.
    pub fn may_give_back(&self) -> Option<Money> {
        let given = self.given_back.map_or(0, |total| total.minor);
        let left = Money::new(self.total.minor - given, self.total.currency);
        (self.is_charged && left.minor > 0).then_some(left)
    }

    /// What is known of this trouble, where it has it.
    pub fn trouble(&self, concern: Concern) -> Option<&Trouble> {
        self.troubles.iter().find(|trouble| trouble.concern == concern)
    }
}

/// Decides for an operator.
pub(crate) fn decide(
    case: Option<&Case>,
    command: &CaseCommand,
    actor: &Actor,
    now: Millis,
) -> Result<Vec<CaseEvent>, CaseRefusal> {
    let case = case.ok_or(CaseRefusal::NoSuchCase)?;
    let what = measure(case, command, now)?;
    if let Some(concern) = command.concern().filter(|concern| case.trouble(*concern).is_none()) {
        return Err(CaseRefusal::NotTroubled(concern));
    }
    // What was given up has not ended yet; it is not given up twice, whoever asks.
    let is_under_way = |done: &Done| done.what == what && matches!(what, Measure::GivenUp(_));
    if case.done.last().is_some_and(is_under_way) {
        return Ok(vec![]);
    }
    Ok(vec![CaseEvent::Done(Done { by: actor.account.clone(), at: now, what })])
}

fn measure(case: &Case, command: &CaseCommand, now: Millis) -> Result<Measure, CaseRefusal> {
    Ok(match command {
        CaseCommand::GiveTime { minutes, .. } if !(1..=GIVE_MIN_MAX).contains(minutes) => {
            return Err(CaseRefusal::Malformed(format!("a kitchen is given between 1 and {GIVE_MIN_MAX} minutes")));
        }
        CaseCommand::Settle { note, .. } | CaseCommand::GiveBack { note, .. }
            if note.is_longer_than(REASON_CHARS_MAX) =>
        {
            return Err(CaseRefusal::Malformed(format!("a note has at most {REASON_CHARS_MAX} characters")));
        }
        CaseCommand::GiveUp { concern, .. } if !concern.ends_with_order() => return Err(CaseRefusal::NotToBeGivenUp),
        CaseCommand::Settle { concern, .. } if concern.ends_with_order() => return Err(CaseRefusal::NotToBeSettled),
        // A colleague may have given it longer.
        CaseCommand::GiveTime { minutes, .. } => {
            let known = case.trouble(Concern::KitchenSilent).map_or(now, |trouble| trouble.due);
            Measure::TimeGiven { until: known.max(now + Millis::from(*minutes) * 60_000) }
        }
        CaseCommand::GiveUp { concern, .. } => Measure::GivenUp(*concern),
        CaseCommand::Choose { driver, .. } => Measure::Chosen { driver: driver.clone() },
        CaseCommand::Settle { concern, note, .. } => Measure::Settled { concern: *concern, note: note.trimmed() },
        CaseCommand::GiveBack { amount, note, .. } => {
            let most = case.may_give_back();
            if !most.is_some_and(|most| amount.is_some_of(most)) {
                return Err(CaseRefusal::NotToGiveBack { most });
            }
            let total = case.given_back.map_or(*amount, |before| before.plus(*amount));
            Measure::GivenBack { amount: *amount, total, note: note.trimmed() }
        }
    })
}

/// The case of an order that nothing troubles.
pub(crate) fn open(order: &Order, at: Millis) -> Case {
    Case {
        order: order.id,
        restaurant: order.restaurant.clone(),
        restaurant_name: order.restaurant_name.clone(),
        contact: order.contact.clone(),
        total: order.total,
        zone: order.dispatch.as_ref().map(|dispatch| dispatch.zone.clone()),
        troubles: vec![],
        passed: vec![],
        done: vec![],
        proofs: vec![],
        is_charged: false,
        given_back: None,
        is_over: false,
        is_shown: false,
        since: at,
    }
}

/// What follows when something is said to trouble an order. Word of it may come after word of its end: each service speaks
/// when it comes to it.
pub(crate) fn raise(case: &Case, trouble: Trouble) -> Option<CaseEvent> {
    let concern = trouble.concern;
    let is_past = case.passed.contains(&concern) || (concern.ends_with_order() && case.is_over);
    (!is_past).then_some(CaseEvent::Raised(trouble))
}

/// What follows when a trouble is over, or will not come.
pub(crate) fn pass(case: &Case, concern: Concern, at: Millis) -> Option<CaseEvent> {
    let is_news = concern.ends_with_order() && !case.passed.contains(&concern);
    (is_news || case.trouble(concern).is_some()).then_some(CaseEvent::Passed { concern, at })
}

/// What follows when what had passed is wanted again.
pub(crate) fn want(case: &Case, concern: Concern) -> Option<CaseEvent> {
    case.passed.contains(&concern).then_some(CaseEvent::Wanting(concern))
}

/// What follows when its money is charged.
pub(crate) fn charge(case: &Case) -> Option<CaseEvent> {
    (!case.is_charged).then_some(CaseEvent::Charged)
}

/// What follows when the order is over.
pub(crate) fn end(case: &Case, at: Millis) -> Option<CaseEvent> {
    (!case.is_over).then_some(CaseEvent::OrderOver { at })
}

/// When a case is to be looked at: it has been before the desk for long enough.
pub(crate) fn due(case: &Case) -> Option<Millis> {
    (case.is_shown && case.troubles.is_empty()).then_some(case.since + SHOWN_MS)
}

/// What follows when a case's time has come.
pub(crate) fn file(case: &Case, now: Millis) -> Option<CaseEvent> {
    due(case).is_some_and(|due| due <= now).then_some(CaseEvent::Filed)
}

/// The case after `event`.
pub(crate) fn apply(case: Option<Case>, event: &CaseEvent) -> Option<Case> {
    if let CaseEvent::Opened(opened) = event {
        return Some(case.unwrap_or_else(|| (**opened).clone()));
    }
    let mut case = case?;
    match event {
        CaseEvent::Opened(_) => {}
        CaseEvent::Raised(trouble) => {
            let known = case.trouble(trouble.concern).map(|known| (known.since, known.due));
            let (since, due) = known.unwrap_or((trouble.since, trouble.due));
            // What somebody ought to look at by then does not wait longer because it came again.
            let due = if trouble.concern.ends_with_order() { trouble.due } else { due };
            case.drop_trouble(trouble.concern);
            case.troubles.push(Trouble { since, due, ..trouble.clone() });
            case.troubles.sort_by_key(|trouble| trouble.since);
            (case.is_shown, case.since) = (true, trouble.since);
        }
        CaseEvent::Passed { concern, at } => {
            case.drop_trouble(*concern);
            if concern.ends_with_order() && !case.passed.contains(concern) {
                case.passed.push(*concern);
            }
            case.since = *at;
        }
        CaseEvent::Wanting(concern) => case.passed.retain(|passed| passed != concern),
        CaseEvent::OrderOver { at } => {
            case.troubles.retain(|trouble| !trouble.concern.ends_with_order());
            (case.is_over, case.since) = (true, *at);
        }
        CaseEvent::Done(done) => {
            match &done.what {
                Measure::TimeGiven { until } => {
                    let silent = case.troubles.iter_mut().filter(|it| it.concern == Concern::KitchenSilent);
                    silent.for_each(|trouble| trouble.due = *until);
                }
                Measure::Settled { concern, .. } => {
                    case.drop_trouble(*concern);
                    // It is tried on by itself, and somebody knows: each try in vain is no news.
                    if *concern == Concern::NotCharged {
                        case.passed.push(*concern);
                    }
                }
                Measure::GivenBack { total, .. } => case.given_back = Some(*total),
                Measure::GivenUp(_) | Measure::Chosen { .. } => {}
            }
            case.since = done.at;
            case.done.push(done.clone());
            let too_many = case.done.len().saturating_sub(DONE_MAX);
            case.done.drain(..too_many);
        }
        CaseEvent::Charged => case.is_charged = true,
        CaseEvent::Filed => case.is_shown = false,
        CaseEvent::Proved(proof) => proof::note(&mut case.proofs, proof),
        CaseEvent::Erased => {
            personal::erase(personal::of_case(&mut case));
            case.proofs.clear();
        }
    }
    Some(case)
}

impl Case {
    fn drop_trouble(&mut self, concern: Concern) {
        self.troubles.retain(|trouble| trouble.concern != concern);
    }
}
