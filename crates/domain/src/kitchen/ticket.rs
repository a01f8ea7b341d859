//! A ticket: an order as the kitchen sees it.
//!
//! What a cook reports is a fact about the world, so a step that was skipped on the board (ready without start) is
//! believed, and a step that was reported before changes nothing.

use serde::{Deserialize, Serialize};
use sync::{Millis, Personal};

use crate::ordering::{Cancelled, Destination, Line, Order, Wanted};
use crate::{Money, OrderId, RestaurantId, personal};

/// The longest time a kitchen may promise, in minutes: half a day.
pub const READY_IN_MIN_MAX: u32 = 12 * 60;

/// The longest reason for a refusal or a cancellation, in characters: two lines on a ticket.
pub const REASON_CHARS_MAX: usize = 200;

/// An order on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Of which order.
    pub order: OrderId,
    /// Whose kitchen.
    pub restaurant: RestaurantId,
    /// Short and gap-free a restaurant, from 1.
    pub number: u32,
    /// The name to call out.
    pub customer_name: Personal,
    /// Whom to ring.
    #[serde(default)]
    pub phone: Personal,
    /// What to cook.
    pub lines: Vec<TicketLine>,
    /// A word to the kitchen.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
    /// How it leaves.
    pub destination: Destination,
    /// What the customer agreed to, with the tip.
    pub total: Money,
    /// A tip for the house; that of who brings it is theirs to see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<Money>,
    /// A card pays it, so nothing is to be taken at the hand-over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_card: bool,
    /// A driver fetches it: whether one is found. None: its customer does, or somebody of the house brings it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_driver: Option<bool>,
    /// When it is wanted; none: as soon as possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// Where it stands.
    pub progress: Progress,
    /// When it came onto the board, by the server's clock.
    pub opened_at: Millis,
    /// When it is to be ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<Millis>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Personal>,
    /// Why the customer asked to cancel, in their words; may be empty.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub cancel_reason: Personal,
    /// Why it was taken back, where that was neither the customer nor the kitchen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Cancelled>,
    /// What its kitchen gave back of the money, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_back: Vec<GivenBack>,
    /// What became of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Refund>,
    /// It is over for so long that no screen shows it any more ([`crate::put_away`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_put_away: bool,
}

/// Money that a kitchen gives back to who paid by card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GivenBack {
    /// How much.
    pub amount: Money,
    /// With all that it gave back before.
    pub total: Money,
    /// Why.
    pub reason: Personal,
    /// When.
    pub at: Millis,
}

/// What became of money that was to be given back of a ticket, whoever gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// What the customer has back in all.
    pub made: Money,
    /// What the provider would not give back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Money>,
    /// Why not; empty where it gave back all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Nothing was charged, so there is nothing to give back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_moot: bool,
}

impl Ticket {
    /// When it is to be begun, by which a board orders what is on it.
    pub fn begins_at(&self) -> Millis {
        self.wanted.map_or(self.opened_at, |wanted| wanted.begin_by.max(self.opened_at))
    }

    /// Since when its kitchen is asked: not before somebody is there.
    pub fn asked_at(&self) -> Millis {
        self.wanted.map_or(self.opened_at, |wanted| wanted.asked_at(self.opened_at))
    }

    /// What its kitchen has given back in all; nothing, where it gave back nothing.
    pub fn total_given_back(&self) -> Option<Money> {
        self.given_back.last().map(|given| given.total)
    }

    /// The most that its kitchen may still give back; nothing, where there is nothing to give back.
    pub fn may_give_back(&self) -> Option<Money> {
        let given = self.total_given_back().map_or(0, |total| total.minor);
        let left = Money::new(self.total.minor - given, self.total.currency);
        // Of a meal that could not be brought nothing is charged.
        let was_lost = matches!(self.withdrawn, Some(Cancelled::NotDelivered(_)))
            || self.refund.as_ref().is_some_and(|refund| refund.is_moot);
        (self.by_card && self.progress == Progress::HandedOver && !was_lost && left.minor > 0).then_some(left)
    }
}

/// What to cook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketLine {
    /// How many.
    pub quantity: u32,
    /// Of what.
    pub name: String,
    /// With what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// A word to the cook.
    #[serde(default, skip_serializing_if = "Personal::is_empty")]
    pub note: Personal,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// For a yes or a no.
    Waiting,
    /// The kitchen said yes.
    Accepted,
    /// On the stove.
    Cooking,
    /// On the pass.
    Ready,
    /// Gone.
    HandedOver,
    /// The customer took it back in time.
    Cancelled,
    /// The kitchen said no.
    Refused,
}

impl Progress {
    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Cooking => "cooking",
            Self::Ready => "ready",
            Self::HandedOver => "handed-over",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }

    /// Whether it has left the board.
    pub fn is_final(self) -> bool {
        matches!(self, Self::HandedOver | Self::Cancelled | Self::Refused)
    }
}

/// What kitchen staff may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketCommand {
    /// Say yes.
    Accept {
        /// Which.
        order: OrderId,
        /// Minutes until it is ready.
        ready_in_min: u32,
    },
    /// Say no.
    Refuse {
        /// Which.
        order: OrderId,
        /// What the customer is told.
        reason: Personal,
    },
    /// Take back the yes: it cannot be made after all.
    CallOff {
        /// Which.
        order: OrderId,
        /// What the customer is told.
        reason: Personal,
    },
    /// Put it on the stove.
    StartCooking {
        /// Which.
        order: OrderId,
    },
    /// Put it on the pass.
    MarkReady {
        /// Which.
        order: OrderId,
    },
    /// Give it away.
    HandOver {
        /// Which.
        order: OrderId,
    },
    /// Give back some of the money, or all of it.
    GiveBack {
        /// Of which order.
        order: OrderId,
        /// How much.
        amount: Money,
        /// Why.
        reason: Personal,
    },
}

impl TicketCommand {
    /// Which ticket it is for.
    pub fn order(&self) -> OrderId {
        match self {
            Self::Accept { order, .. }
            | Self::Refuse { order, .. }
            | Self::CallOff { order, .. }
            | Self::StartCooking { order }
            | Self::MarkReady { order }
            | Self::HandOver { order }
            | Self::GiveBack { order, .. } => *order,
        }
    }
}

/// What happened to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketEvent {
    /// It came onto the board.
    Opened(Box<Ticket>),
    /// The kitchen said yes.
    Accepted {
        /// When.
        at: Millis,
        /// When it is to be ready.
        ready_at: Millis,
    },
    /// The kitchen said no, or took back its yes.
    Refused {
        /// When.
        at: Millis,
        /// What the customer is told.
        reason: Personal,
    },
    /// It went onto the stove.
    CookingStarted {
        /// When.
        at: Millis,
    },
    /// It is on the pass.
    MarkedReady {
        /// When.
        at: Millis,
    },
    /// It is gone.
    HandedOver {
        /// When.
        at: Millis,
    },
    /// A driver is found who fetches it, or is not there any more.
    DriverFound(bool),
    /// Nobody waits for it any more.
    Withdrawn {
        /// When.
        at: Millis,
        /// Why.
        why: Cancelled,
    },
    /// The customer asked to cancel, in time.
    CancellationGranted {
        /// When.
        at: Millis,
        /// Why they asked, in their words; may be empty.
        #[serde(default, skip_serializing_if = "Personal::is_empty")]
        reason: Personal,
    },
    /// The customer asked to cancel, too late.
    CancellationRefused {
        /// When.
        at: Millis,
        /// How far it had come.
        progress: Progress,
        /// Why they asked, in their words; may be empty.
        #[serde(default, skip_serializing_if = "Personal::is_empty")]
        reason: Personal,
    },
    /// Its kitchen gives back some of the money.
    GivenBack(GivenBack),
    /// What became of that.
    RefundNoted(Refund),
    /// Its customer is forgotten.
    Erased,
    /// It is over for so long that no screen shows it any more.
    PutAway,
}

/// Why the trade says no to a cook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketRefusal {
    /// There is no such ticket.
    NoSuchTicket,
    /// It has ended like this, so nothing more can be done with it.
    Over(Progress),
    /// It was accepted, so it cannot be refused; it has come this far.
    AlreadyAccepted(Progress),
    /// It must be accepted first.
    NotAccepted,
    /// So much cannot be given back; this is the most, where there is anything.
    NotToGiveBack {
        /// The most.
        most: Option<Money>,
    },
    /// A number or a text that cannot be, in a sentence.
    Malformed(String),
}

/// How many tickets a restaurant has had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbering {
    /// The last number given.
    pub last: u32,
}

/// Decides for the kitchen.
pub(crate) fn decide(
    ticket: Option<&Ticket>,
    command: &TicketCommand,
    now: Millis,
) -> Result<Vec<TicketEvent>, TicketRefusal> {
    use Progress::{Accepted, Cancelled, Cooking, HandedOver, Ready, Refused, Waiting};
    let ticket = ticket.ok_or(TicketRefusal::NoSuchTicket)?;
    let at = now;
    match (command, ticket.progress) {
        (TicketCommand::Accept { ready_in_min, .. }, Waiting) => {
            if !(1..=READY_IN_MIN_MAX).contains(ready_in_min) {
                let what = format!("promise between 1 and {READY_IN_MIN_MAX} minutes");
                return Err(TicketRefusal::Malformed(what));
            }
            let earliest = now + i64::from(*ready_in_min) * 60_000;
            // A meal for later is promised for then: what is ready before grows cold.
            let ready_at = ticket.wanted.map_or(earliest, |wanted| wanted.ready_by.max(earliest));
            Ok(vec![TicketEvent::Accepted { at, ready_at }])
        }
        (TicketCommand::Accept { .. }, Accepted | Cooking | Ready | HandedOver) => Ok(vec![]),
        (
            TicketCommand::Refuse { reason, .. }
            | TicketCommand::CallOff { reason, .. }
            | TicketCommand::GiveBack { reason, .. },
            _,
        ) if reason.is_longer_than(REASON_CHARS_MAX) => {
            Err(TicketRefusal::Malformed(format!("a reason has at most {REASON_CHARS_MAX} characters")))
        }
        // Until the meal is gone its restaurant may take back its yes, and means it: a no that was tapped before a colleague's
        // yes was seen is another act.
        (TicketCommand::Refuse { reason, .. }, Waiting)
        | (TicketCommand::CallOff { reason, .. }, Waiting | Accepted | Cooking | Ready) => {
            Ok(vec![TicketEvent::Refused { at, reason: reason.trimmed() }])
        }
        (TicketCommand::Refuse { .. } | TicketCommand::CallOff { .. }, Refused) => Ok(vec![]),
        (TicketCommand::Refuse { .. }, far @ (Accepted | Cooking | Ready)) => Err(TicketRefusal::AlreadyAccepted(far)),
        (TicketCommand::GiveBack { amount, reason, .. }, _) => {
            let most = ticket.may_give_back();
            if !most.is_some_and(|most| amount.is_some_of(most)) {
                return Err(TicketRefusal::NotToGiveBack { most });
            }
            let total = ticket.total_given_back().map_or(*amount, |before| before.plus(*amount));
            Ok(vec![TicketEvent::GivenBack(GivenBack { amount: *amount, total, reason: reason.trimmed(), at })])
        }
        (TicketCommand::StartCooking { .. }, Accepted) => Ok(vec![TicketEvent::CookingStarted { at }]),
        (TicketCommand::StartCooking { .. }, Cooking | Ready | HandedOver) => Ok(vec![]),
        (TicketCommand::MarkReady { .. }, Accepted | Cooking) => Ok(vec![TicketEvent::MarkedReady { at }]),
        (TicketCommand::MarkReady { .. }, Ready | HandedOver) => Ok(vec![]),
        (TicketCommand::HandOver { .. }, Ready) => Ok(vec![TicketEvent::HandedOver { at }]),
        // No food leaves before it is prepared: a kitchen that skips the tap has it say so all the same.
        (TicketCommand::HandOver { .. }, Accepted | Cooking) => {
            Ok(vec![TicketEvent::MarkedReady { at }, TicketEvent::HandedOver { at }])
        }
        (TicketCommand::HandOver { .. }, HandedOver) => Ok(vec![]),
        (
            TicketCommand::StartCooking { .. } | TicketCommand::MarkReady { .. } | TicketCommand::HandOver { .. },
            Waiting,
        ) => Err(TicketRefusal::NotAccepted),
        (_, over @ (Cancelled | Refused | HandedOver)) => Err(TicketRefusal::Over(over)),
    }
}

/// The customer wants the order back. The kitchen grants it until cooking starts.
pub(crate) fn judge_cancellation(ticket: &Ticket, reason: &Personal, at: Millis) -> TicketEvent {
    let reason = reason.clone();
    match ticket.progress {
        Progress::Waiting | Progress::Accepted | Progress::Cancelled => TicketEvent::CancellationGranted { at, reason },
        progress => TicketEvent::CancellationRefused { at, progress, reason },
    }
}

/// Nobody waits for it any more. That cannot be refused: what was cooked by then is the house's loss.
pub(crate) fn withdraw(why: &Cancelled, at: Millis) -> TicketEvent {
    TicketEvent::Withdrawn { at, why: why.clone() }
}

/// A driver says that they have the meal, so it is gone, and the kitchen had it ready and said yes, whatever the board says.
pub(crate) fn picked_up(ticket: &Ticket, at: Millis) -> Vec<TicketEvent> {
    let (ready, gone) = (TicketEvent::MarkedReady { at }, TicketEvent::HandedOver { at });
    match ticket.progress {
        Progress::Waiting => vec![TicketEvent::Accepted { at, ready_at: at }, ready, gone],
        Progress::Accepted | Progress::Cooking => vec![ready, gone],
        Progress::Ready => vec![TicketEvent::HandedOver { at }],
        Progress::HandedOver | Progress::Cancelled | Progress::Refused => vec![],
    }
}

/// The ticket for `order`, under `number`.
pub(crate) fn open(order: &Order, number: u32, at: Millis) -> Ticket {
    Ticket {
        order: order.id,
        restaurant: order.restaurant.clone(),
        number,
        customer_name: order.contact.name.clone(),
        phone: order.contact.phone.clone(),
        lines: order.lines.iter().map(to_cook).collect(),
        note: order.note.clone(),
        destination: order.destination.clone(),
        total: order.total,
        tip: order.tip.filter(|_| !order.is_dispatched()),
        by_card: order.pays.card().is_some(),
        has_driver: order.is_dispatched().then_some(false),
        wanted: order.wanted,
        progress: Progress::Waiting,
        opened_at: at,
        ready_at: None,
        reason: None,
        cancel_reason: Personal::default(),
        withdrawn: None,
        given_back: vec![],
        refund: None,
        is_put_away: false,
    }
}

fn to_cook(line: &Line) -> TicketLine {
    let choices = line.choices.iter().map(|choice| choice.name.clone()).collect();
    TicketLine { quantity: line.quantity, name: line.name.clone(), choices, note: line.note.clone() }
}

/// The ticket after `event`. What has ended stays ended.
pub(crate) fn apply(ticket: Option<Ticket>, event: &TicketEvent) -> Option<Ticket> {
    if let TicketEvent::Opened(opened) = event {
        return Some(ticket.unwrap_or_else(|| (**opened).clone()));
    }
    let mut ticket = ticket?;
    if let TicketEvent::CancellationGranted { reason, .. } | TicketEvent::CancellationRefused { reason, .. } = event {
        ticket.cancel_reason.clone_from(reason);
    }
    if let TicketEvent::DriverFound(found) = event {
        ticket.has_driver = Some(*found);
    }
    // What became of a meal that is gone its kitchen wants to know, too.
    let is_news = |why: &Cancelled| {
        !ticket.progress.is_final() || (ticket.progress == Progress::HandedOver && why.is_on_the_way())
    };
    if let TicketEvent::Withdrawn { why, .. } = event
        && is_news(why)
    {
        ticket.withdrawn = Some(why.clone());
    }
    match event {
        TicketEvent::GivenBack(given) => ticket.given_back.push(given.clone()),
        TicketEvent::RefundNoted(refund) => ticket.refund = Some(refund.clone()),
        TicketEvent::PutAway => ticket.is_put_away = true,
        _ => {}
    }
    if *event == TicketEvent::Erased {
        personal::erase(personal::of_ticket(&mut ticket));
    }
    let progress = match event {
        TicketEvent::Opened(_)
        | TicketEvent::CancellationRefused { .. }
        | TicketEvent::DriverFound(_)
        | TicketEvent::GivenBack(_)
        | TicketEvent::RefundNoted(_)
        | TicketEvent::Erased
        | TicketEvent::PutAway => ticket.progress,
        TicketEvent::Accepted { ready_at, .. } => {
            ticket.ready_at = Some(*ready_at);
            Progress::Accepted
        }
        TicketEvent::Refused { reason, .. } => {
            ticket.reason = Some(reason.clone());
            Progress::Refused
        }
        TicketEvent::CookingStarted { .. } => Progress::Cooking,
        TicketEvent::MarkedReady { .. } => Progress::Ready,
        TicketEvent::HandedOver { .. } => Progress::HandedOver,
        TicketEvent::CancellationGranted { .. } | TicketEvent::Withdrawn { .. } => Progress::Cancelled,
    };
    if !ticket.progress.is_final() && progress > ticket.progress {
        ticket.progress = progress;
    }
    Some(ticket)
}
