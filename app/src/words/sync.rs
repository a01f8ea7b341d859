//! The way of an act, from the tap to the final word.

use ::sync::client::{Pause, Reach};
use ::sync::outbox::StayError;
use ::sync::outbox::{Parked, Stage};
use ::sync::{AccountId, Act};
use domain::catalog::edits::Hand;
use domain::catalog::{MenuCommand, RestaurantCommand};
use domain::delivery::{DriverCommand, ErrandCommand, OfferCommand};
use domain::dining::TabCommand;
use domain::id::{case_key, errand_key, menu_key, order_key, restaurant_key, tab_key, ticket_key};
use domain::kitchen::TicketCommand;
use domain::ops::CaseCommand;
use domain::ordering::{OrderCommand, PlaceOrder};
use domain::{Command, ItemId, OrderId, Refusal, RestaurantId, Row};
use replica::Keeping;

use super::{count, refusal, sentence};
use crate::parts::{money, time};
use crate::world::Client;

/// A stage on its own, on a device that keeps what is done on it so well.
pub fn stage(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => "Only in this window",
        Stage::Saved => "Saved on this phone",
        Stage::Sent => "Sent, not confirmed yet",
        Stage::Accepted => "Confirmed",
        Stage::Asked => "Asking the kitchen",
        Stage::Done => "Done",
        Stage::Refused => "Not done",
        Stage::NeedsYou => "Needs you",
    }
}

/// A stage among the others, in a word.
pub fn stage_short(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => "Here",
        Stage::Saved => "Saved",
        Stage::Sent => "Sent",
        Stage::Asked => "Asked",
        other => self::stage(other, kept),
    }
}

/// A stage, as a sentence beside what was done.
pub fn stage_of(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => {
            "Not saved: this browser keeps nothing. It is sent as soon as the server can be reached, if this window is still open."
        }
        Stage::Saved => {
            "Saved on this phone. It is sent as soon as the server can be reached; you may close this page."
        }
        Stage::Sent => "On its way. It may have arrived; the answer is not here yet.",
        Stage::Accepted => "The server has it for good. This screen follows in a moment.",
        Stage::Asked => "The kitchen has been asked and has not answered yet.",
        Stage::Done => "Done.",
        Stage::Refused => "It was not done.",
        Stage::NeedsYou => "It could not be handed over and needs you. See the outbox.",
    }
}

/// Why an act can be taken back and not changed.
pub fn cannot_change(why: StayError) -> String {
    format!("It cannot be changed: {}", stays(why))
}

/// Something was changed by others meanwhile: by whom, where that is known. Who is signed in here may be who changed it, on
/// another device.
pub fn changed_meanwhile(hand: Option<&Hand>, own: Option<&AccountId>) -> String {
    match hand {
        Some(Hand { by, at }) if own == Some(by) => {
            format!("Changed meanwhile by {by} on another device, at {}.", time::moment(*at))
        }
        Some(Hand { by, at }) => format!("Changed meanwhile by {by}, at {}.", time::moment(*at)),
        None => "Changed meanwhile by somebody else.".to_owned(),
    }
}

/// An act that cannot leave before another one is settled.
pub fn waits_behind(before: &str) -> String {
    format!("It waits until this is settled: {before}.")
}

/// How an inbox item was settled by a choice made here.
pub fn settled_here(choice: &Act<Command>, names: &Names<'_>) -> String {
    match choice {
        Act::Do(_) => format!("You decided: {}.", act(choice, names)),
        Act::Dismiss => "You let it go.".to_owned(),
    }
}

/// What pressing "send now" does.
pub fn trying_now(reach: Reach) -> &'static str {
    match reach {
        Reach::Offline => "There is no network. It is sent as soon as there is one.",
        Reach::Unreachable => "Asking the server again\u{2026}",
        Reach::Online | Reach::Syncing => "Sending\u{2026}",
    }
}

/// On the button that takes an act back, with how many follow it.
pub fn take_back(others: usize) -> String {
    match others {
        0 => "Take back".to_owned(),
        more => format!("Take back all {}", more + 1),
    }
}

/// Why an act cannot be changed or taken back any more.
pub fn stays(why: StayError) -> String {
    match why {
        StayError::Left => "It has left this phone meanwhile, so it cannot be taken back without a trace.".to_owned(),
        StayError::Gone => "It is not waiting any more.".to_owned(),
        StayError::RestedOn(1) => "Something you did later rests on it. Take that back first.".to_owned(),
        StayError::RestedOn(later) => format!("{later} things you did later rest on it. Take those back first."),
    }
}

/// What goes when an act is taken back, besides itself.
pub fn goes_with_it(others: &[String]) -> String {
    match others {
        [] => "It has not left this phone, so nobody will ever see it.".to_owned(),
        [one] => format!("This, and what follows it: {one}. Neither has left this phone."),
        many => format!(
            "This, and the {} things that follow it: {}. None has left this phone.",
            many.len(),
            many.join("; ")
        ),
    }
}

/// Acts that were taken back.
pub fn taken_back(number: usize) -> String {
    match number {
        0 | 1 => "Taken back. It never left this phone.".to_owned(),
        more => format!("{more} things taken back. They never left this phone."),
    }
}

/// A choice was made in the inbox and is not confirmed yet.
pub fn choice_made(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => {
            "Your choice is in this window only, and leaves as soon as the server can be reached."
        }
        Stage::Saved => "Your choice is saved on this phone and leaves as soon as the server can be reached.",
        Stage::NeedsYou => "Your choice could not be handed over. See the outbox.",
        _ => "Your choice is on its way.",
    }
}

/// Why an act needs its person.
pub fn parked(why: Option<Parked>) -> &'static str {
    match why {
        Some(Parked::UnknownCommand) => "The server does not know this act yet. It is tried again after an update.",
        Some(Parked::IdReused) => "The server has another act under this name. Keep a copy, and do it again.",
        Some(Parked::TooLarge) => "It is larger than the server takes. Keep a copy, and do it again in smaller parts.",
        Some(Parked::UnreadableAnswer) => {
            "A newer release of the server answered. Update this page to read the answer."
        }
        Some(Parked::Malformed) | None => "The server cannot read it. Keep a copy, and do it again.",
    }
}

/// Why nothing is sent.
pub fn paused(why: Pause) -> &'static str {
    match why {
        Pause::SignedOut => "Your session has ended. Sign in again, and what waits is sent.",
        Pause::OtherAccount => {
            "Somebody else is signed in on this browser. What waits is yours and stays here until you sign in again."
        }
        Pause::UpdateNeeded => {
            "The server has moved on and no longer understands this version. Please update; what waits is kept, and sent then."
        }
    }
}

/// A forecast that something will not go through.
pub fn forecast(why: &Refusal) -> String {
    format!("Will probably be refused: {}", refusal(why))
}

/// Names for what acts speak of, as far as they are known here.
pub struct Names<'a>(pub &'a Client);

impl Names<'_> {
    fn restaurant(&self, id: &RestaurantId) -> String {
        let row = self.0.row(&restaurant_key(id)).and_then(Row::as_restaurant);
        row.map_or_else(|| id.to_string(), |restaurant| restaurant.name.clone())
    }

    fn item(&self, restaurant: &RestaurantId, id: &ItemId) -> String {
        let menu = self.0.row(&menu_key(restaurant)).and_then(Row::as_menu);
        menu.and_then(|menu| menu.item(id)).map_or_else(|| id.to_string(), |item| item.name.clone())
    }

    fn order(&self, id: OrderId) -> String {
        let order = self.0.row(&order_key(id)).and_then(Row::as_order).and_then(|order| order.number);
        let ticket = self.0.row(&ticket_key(id)).and_then(Row::as_ticket).map(|ticket| ticket.number);
        order.or(ticket).map_or_else(|| id.provisional(), |number| format!("#{number}"))
    }

    fn errand(&self, id: OrderId) -> String {
        let errand = self.0.row(&errand_key(id)).and_then(Row::as_errand);
        errand.map_or_else(
            || format!("meal {}", id.provisional()),
            |errand| format!("meal for {}", errand.contact.name.as_str()),
        )
    }

    fn case(&self, id: OrderId) -> String {
        let case = self.0.row(&case_key(id)).and_then(Row::as_case);
        let whose = case.map(|case| format!(" of {}", case.contact.name.as_str())).unwrap_or_default();
        format!("the order {}{whose}", id.provisional())
    }

    fn tab(&self, command: &TabCommand) -> String {
        let tab = self.0.row(&tab_key(command.tab())).and_then(Row::as_tab);
        let name = tab.map_or_else(|| format!("Table {}", command.tab().provisional()), super::seat);
        let dish = match command {
            TabCommand::Add { restaurant, item, .. } => self.item(restaurant, item),
            TabCommand::TakeBack { line, .. } | TabCommand::WriteOff { line, .. } => {
                tab.and_then(|tab| tab.line(*line)).map_or_else(|| "a line".to_owned(), |line| line.name.clone())
            }
            _ => String::new(),
        };
        super::dining::tab_act(command, &name, &dish)
    }

    fn placed(&self, place: &PlaceOrder) -> String {
        let dishes: u32 = place.lines.iter().map(|line| line.quantity).sum();
        let sum = place.total().map(money::text).unwrap_or_default();
        let dishes = count(dishes as usize, "dish", "dishes");
        format!("Order at {}: {dishes}, {sum}", self.restaurant(&place.restaurant))
    }
}

/// What an act is, in the words of the trade.
pub fn act(act: &Act<Command>, names: &Names<'_>) -> String {
    let Act::Do(command) = act else { return "Let an inbox item go".to_owned() };
    match command {
        Command::Order(OrderCommand::Place(place)) => names.placed(place),
        Command::Order(OrderCommand::Cancel { order, .. }) => format!("Cancel order {}", names.order(*order)),
        Command::Ticket(command) => {
            let order = names.order(command.order());
            match command {
                TicketCommand::Accept { ready_in_min, .. } => format!("Accept {order}, ready in {ready_in_min} min"),
                TicketCommand::Refuse { reason, .. } => format!("Refuse {order}: {}", sentence(reason.as_str())),
                TicketCommand::CallOff { reason, .. } => format!("Call off {order}: {}", sentence(reason.as_str())),
                TicketCommand::StartCooking { .. } => format!("Start cooking {order}"),
                TicketCommand::MarkReady { .. } => format!("{order} is ready"),
                TicketCommand::HandOver { .. } => format!("Hand over {order}"),
                TicketCommand::GiveBack { amount, .. } => format!("Give back {} of {order}", money::text(*amount)),
            }
        }
        Command::Person(_) => super::erase().to_owned(),
        Command::Driver(DriverCommand::GoOnDuty { .. }) => "Go on duty".to_owned(),
        Command::Driver(DriverCommand::GoOffDuty { .. }) => "Go off duty".to_owned(),
        Command::Offer(OfferCommand::Claim { .. }) => "Take the meal that is offered".to_owned(),
        Command::Offer(OfferCommand::Decline { .. }) => "Leave the meal that is offered to somebody else".to_owned(),
        Command::Errand(command) => {
            let meal = names.errand(command.order());
            match command {
                ErrandCommand::PickUp { .. } => format!("{meal} picked up"),
                ErrandCommand::Deliver { .. } => format!("{meal} delivered"),
                ErrandCommand::DropOut { .. } => format!("Give {meal} back"),
                ErrandCommand::Fail { reason, .. } => format!("{meal} not delivered: {}", sentence(reason.as_str())),
            }
        }
        Command::Case(command) => {
            let order = names.case(command.order());
            match command {
                CaseCommand::GiveTime { minutes, .. } => format!("Give the kitchen {minutes} min more for {order}"),
                CaseCommand::GiveUp { .. } => format!("Give {order} up"),
                CaseCommand::Choose { driver, .. } => format!("{driver} fetches {order}"),
                CaseCommand::GiveBack { amount, .. } => format!("Give back {} of {order}", money::text(*amount)),
                CaseCommand::Settle { note, .. } => format!("{order} was seen to: {}", sentence(note.as_str())),
            }
        }
        Command::Tab(command) => names.tab(command),
        Command::Menu { restaurant, command: MenuCommand::SetReadyMade { item, is_ready_made } } => {
            let item = names.item(restaurant, item);
            if *is_ready_made { format!("{item} needs no kitchen") } else { format!("{item} is cooked") }
        }
        Command::Menu { restaurant, command: MenuCommand::SetSoldOut { item, sold_out } } => {
            let item = names.item(restaurant, item);
            if *sold_out { format!("{item} is sold out") } else { format!("{item} can be had again") }
        }
        Command::Menu { restaurant, command: MenuCommand::SetLeft { item, left } } => {
            let item = names.item(restaurant, item);
            match left.to {
                Some(left) => format!("{item}: {} left", count(left as usize, "portion", "portions")),
                None => format!("{item} is not counted any more"),
            }
        }
        Command::Menu { restaurant, command: MenuCommand::ChangeItem { item, name, price } } => {
            let renamed = name.as_ref().map(|edit| format!("name \u{201c}{}\u{201d}", edit.to));
            let repriced = price
                .as_ref()
                .map(|edit| format!("price {} \u{2192} {}", money::text(edit.from), money::text(edit.to)));
            let edits: Vec<_> = renamed.into_iter().chain(repriced).collect();
            format!("Change {}: {}", names.item(restaurant, item), edits.join(", "))
        }
        Command::Restaurant { command: RestaurantCommand::Open {}, .. } => "Take orders again".to_owned(),
        Command::Restaurant { command: RestaurantCommand::Close {}, .. } => "Take no more orders for now".to_owned(),
        Command::Guest(_) => "Move the guest\u{2019}s orders to this account".to_owned(),
    }
}
