//! The way of an act, from the tap to the final word.

use ::sync::client::{Pause, Reach};
use ::sync::outbox::StayError;
use ::sync::outbox::{Parked, Stage};
use ::sync::{AccountId, Act};
use domain::catalog::edits::Hand;
use domain::catalog::menu::Edit;
use domain::catalog::{MenuCommand, RestaurantCommand};
use domain::delivery::{DriverCommand, ErrandCommand, OfferCommand, TakingsCommand};
use domain::dining::TabCommand;
use domain::id::{case_key, errand_key, menu_key, order_key, restaurant_key, tab_key, ticket_key};
use domain::kitchen::TicketCommand;
use domain::ops::CaseCommand;
use domain::ordering::{OrderCommand, PlaceOrder};
use domain::{Command, ItemId, Money, OrderId, Refusal, RestaurantId, Row};
use replica::Keeping;

use super::{refusal, sentence};
use crate::meanwhile::Field;
use crate::parts::{money, time};
use crate::texts::{catalog, sync_centre};
use crate::world::Client;

/// A stage on its own, on a device that keeps what is done on it so well.
pub fn stage(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => sync_centre::stage_in_window(),
        Stage::Saved => sync_centre::stage_saved(),
        Stage::Sent => sync_centre::stage_sent(),
        Stage::Accepted => sync_centre::stage_accepted(),
        Stage::Asked => sync_centre::stage_asked(),
        Stage::Done => sync_centre::stage_done(),
        Stage::Refused => sync_centre::stage_refused(),
        Stage::NeedsYou => sync_centre::stage_needs_you(),
    }
}

/// A stage among the others, in a word.
pub fn stage_short(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => sync_centre::short_in_window(),
        Stage::Saved => sync_centre::short_saved(),
        Stage::Sent => sync_centre::short_sent(),
        Stage::Asked => sync_centre::short_asked(),
        other => self::stage(other, kept),
    }
}

/// A stage, as a sentence beside what was done.
pub fn stage_of(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => sync_centre::in_window_says(),
        Stage::Saved => sync_centre::saved_says(),
        Stage::Sent => sync_centre::sent_says(),
        Stage::Accepted => sync_centre::accepted_says(),
        Stage::Asked => sync_centre::asked_says(),
        Stage::Done => sync_centre::done_says(),
        Stage::Refused => sync_centre::refused_says(),
        Stage::NeedsYou => sync_centre::needs_you_says(),
    }
}

/// Why an act can be taken back and not changed.
pub fn cannot_change(why: StayError) -> String {
    sync_centre::cannot_change(&stays(why))
}

/// An act was changed before it left.
pub fn changed(kept: Keeping) -> &'static str {
    match kept {
        Keeping::Memory => sync_centre::changed_in_window(),
        Keeping::Durable | Keeping::BestEffort => sync_centre::changed(),
    }
}

/// Something was changed by others meanwhile: by whom, where that is known. Who is signed in here may be who changed it, on
/// another device.
pub fn changed_meanwhile(hand: Option<&Hand>, own: Option<&AccountId>) -> String {
    match hand {
        Some(Hand { by, at }) if own == Some(by) => sync_centre::changed_by_yourself(&time::moment(*at), by.as_str()),
        Some(Hand { by, at }) => sync_centre::changed_by(&time::moment(*at), by.as_str()),
        None => sync_centre::changed_by_somebody().to_owned(),
    }
}

/// A field that two people changed, on its own.
pub fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => catalog::name(),
        Field::Price => catalog::price(),
        other => field_now(other),
    }
}

/// A field, above what stood in it.
pub fn field_seen(field: Field) -> &'static str {
    match field {
        Field::Name => sync_centre::name_seen(),
        Field::Price => sync_centre::price_seen(),
        _ => sync_centre::you_saw(),
    }
}

/// A field, above what stands in it now.
pub fn field_now(field: Field) -> &'static str {
    match field {
        Field::Name => sync_centre::name_now(),
        Field::Price => sync_centre::price_now(),
        Field::Dish => sync_centre::dish_now(),
        Field::Order => sync_centre::order_now(),
        Field::Ticket => sync_centre::ticket_now(),
        Field::Table => sync_centre::table_now(),
        Field::Delivery => sync_centre::delivery_now(),
        Field::Doors => sync_centre::doors_now(),
    }
}

/// An act that cannot leave before another one is settled.
pub fn waits_behind(before: &str) -> String {
    sync_centre::waits_behind(before)
}

/// What waits in the outbox, and how much of it needs its person.
pub fn waiting_to_leave(waiting: usize, needs_you: usize) -> String {
    let leaving = waiting.saturating_sub(needs_you) as u64;
    match needs_you {
        0 => sync_centre::waiting(leaving),
        some => sync_centre::waiting_and_needing_you(some as u64, leaving),
    }
}

/// How an inbox item was settled by a choice made here.
pub fn settled_here(choice: &Act<Command>, names: &Names<'_>) -> String {
    match choice {
        Act::Do(_) => sync_centre::you_decided(&act(choice, names)),
        Act::Dismiss => sync_centre::you_let_go().to_owned(),
    }
}

/// What pressing "send now" does.
pub fn trying_now(reach: Reach) -> &'static str {
    match reach {
        Reach::Offline => sync_centre::trying_offline(),
        Reach::Unreachable => sync_centre::trying_unreachable(),
        Reach::Online | Reach::Syncing => sync_centre::trying(),
    }
}

/// On the button that takes an act back, with how many follow it.
pub fn take_back(others: usize) -> String {
    match others {
        0 => sync_centre::take_back().to_owned(),
        more => sync_centre::take_back_all(more as u64 + 1),
    }
}

/// Why an act cannot be changed or taken back any more.
pub fn stays(why: StayError) -> String {
    match why {
        StayError::Left => sync_centre::stays_left().to_owned(),
        StayError::Gone => sync_centre::stays_gone().to_owned(),
        StayError::RestedOn(later) => sync_centre::stays_rested_on(later as u64),
    }
}

/// What goes when an act is taken back, besides itself.
pub fn goes_with_it(others: &[String]) -> String {
    if others.is_empty() {
        return sync_centre::goes_alone().to_owned();
    }
    sync_centre::goes_with_it(&others.join(sync_centre::acts_semicolon()), others.len() as u64)
}

/// Acts that were taken back.
pub fn taken_back(number: usize) -> String {
    sync_centre::taken_back(number.max(1) as u64)
}

/// A choice was made in the inbox and is not confirmed yet.
pub fn choice_made(stage: Stage, kept: Keeping) -> &'static str {
    match stage {
        Stage::Saved if kept == Keeping::Memory => sync_centre::choice_in_window(),
        Stage::Saved => sync_centre::choice_saved(),
        Stage::NeedsYou => sync_centre::choice_needs_you(),
        _ => sync_centre::choice_on_its_way(),
    }
}

/// Why an act needs its person.
pub fn parked(why: Option<Parked>) -> &'static str {
    match why {
        Some(Parked::UnknownCommand) => sync_centre::parked_unknown(),
        Some(Parked::IdReused) => sync_centre::parked_id_reused(),
        Some(Parked::TooLarge) => sync_centre::parked_too_large(),
        Some(Parked::UnreadableAnswer) => sync_centre::parked_unreadable_answer(),
        Some(Parked::Malformed) | None => sync_centre::parked_malformed(),
    }
}

/// Why nothing is sent.
pub fn paused(why: Pause) -> &'static str {
    match why {
        Pause::SignedOut => sync_centre::paused_signed_out(),
        Pause::OtherAccount => sync_centre::paused_other_account(),
        Pause::UpdateNeeded => sync_centre::paused_update_needed(),
    }
}

/// A forecast that something will not go through.
pub fn forecast(why: &Refusal) -> String {
    sync_centre::forecast(&refusal(why))
}

/// In how many minutes a kitchen says a meal is ready that it promises for its time, and no later.
pub const AT_ITS_TIME_MIN: u32 = 1;

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

    /// For whom a meal is.
    fn eater(&self, id: OrderId) -> Option<&str> {
        self.0.row(&errand_key(id)).and_then(Row::as_errand).map(|errand| errand.contact.name.as_str())
    }

    /// Whose order is before the desk.
    fn customer(&self, id: OrderId) -> Option<&str> {
        self.0.row(&case_key(id)).and_then(Row::as_case).map(|case| case.contact.name.as_str())
    }

    fn tab(&self, command: &TabCommand) -> String {
        let tab = self.0.row(&tab_key(command.tab())).and_then(Row::as_tab);
        let name = tab.map_or_else(|| sync_centre::unknown_table(&command.tab().provisional()), super::seat);
        let dish = match command {
            TabCommand::Add { restaurant, item, .. } => self.item(restaurant, item),
            TabCommand::TakeBack { line, .. } | TabCommand::WriteOff { line, .. } => {
                let line = tab.and_then(|tab| tab.line(*line));
                line.map_or_else(|| sync_centre::a_line().to_owned(), |line| line.name.clone())
            }
            _ => String::new(),
        };
        super::dining::tab_act(command, &name, &dish)
    }

    /// What is promised of a meal for later is its time, unless the kitchen needs longer.
    fn ticket(&self, command: &TicketCommand) -> String {
        let order = self.order(command.order());
        let wanted = self.0.row(&ticket_key(command.order())).and_then(Row::as_ticket).and_then(|ticket| ticket.wanted);
        match (command, wanted) {
            (TicketCommand::Accept { ready_in_min: AT_ITS_TIME_MIN, .. }, Some(wanted)) => {
                sync_centre::act_accept_for(&time::moment(wanted.ready_by), &order)
            }
            _ => ticket(command, &order),
        }
    }

    fn placed(&self, place: &PlaceOrder) -> String {
        let dishes: u32 = place.lines.iter().map(|line| line.quantity).sum();
        let sum = place.total().map(money::text).unwrap_or_default();
        let said = sync_centre::act_place(u64::from(dishes), &self.restaurant(&place.restaurant), &sum);
        match place.wanted {
            Some(at) => sync_centre::act_for_later(&said, &time::slot(at)),
            None => said,
        }
    }
}

/// What an act is, in the words of the trade.
pub fn act(act: &Act<Command>, names: &Names<'_>) -> String {
    let Act::Do(command) = act else { return sync_centre::act_dismiss().to_owned() };
    let said = match command {
        Command::Order(OrderCommand::Place(place)) => return names.placed(place),
        Command::Order(OrderCommand::Cancel { order, .. }) => return sync_centre::act_cancel(&names.order(*order)),
        Command::Ticket(command) => return names.ticket(command),
        Command::Errand(command) => return errand(command, names.eater(command.order())),
        Command::Case(command) => return case(command, names.customer(command.order())),
        Command::Tab(command) => return names.tab(command),
        Command::Menu { restaurant, command } => return menu(command, |item| names.item(restaurant, item)),
        Command::Person(_) => super::erase(),
        Command::Driver(DriverCommand::GoOnDuty { .. }) => sync_centre::act_on_duty(),
        Command::Driver(DriverCommand::GoOffDuty { .. }) => sync_centre::act_off_duty(),
        Command::Takings(TakingsCommand::HandIn { amount, .. }) => {
            return sync_centre::act_hand_in(&money::text(*amount));
        }
        Command::Offer(OfferCommand::Claim { .. }) => sync_centre::act_claim(),
        Command::Offer(OfferCommand::Decline { .. }) => sync_centre::act_decline(),
        Command::Restaurant { command: RestaurantCommand::Open {}, .. } => sync_centre::act_open_doors(),
        Command::Restaurant { command: RestaurantCommand::Close {}, .. } => sync_centre::act_close_doors(),
        Command::Restaurant { command: RestaurantCommand::Rush { more_min: 0 }, .. } => sync_centre::act_rush_over(),
        Command::Restaurant { command: RestaurantCommand::Rush { more_min }, .. } => {
            return sync_centre::act_rush(u64::from(*more_min));
        }
        Command::Guest(_) => sync_centre::act_take_guest_over(),
    };
    said.to_owned()
}

fn ticket(command: &TicketCommand, order: &str) -> String {
    match command {
        TicketCommand::Accept { ready_in_min, .. } => sync_centre::act_accept(u64::from(*ready_in_min), order),
        TicketCommand::Refuse { reason, .. } => sync_centre::act_refuse(order, &sentence(reason.as_str())),
        TicketCommand::CallOff { reason, .. } => sync_centre::act_call_off(order, &sentence(reason.as_str())),
        TicketCommand::StartCooking { .. } => sync_centre::act_start_cooking(order),
        TicketCommand::MarkReady { .. } => sync_centre::act_mark_ready(order),
        TicketCommand::HandOver { .. } => sync_centre::act_hand_over(order),
        TicketCommand::GiveBack { amount, .. } => sync_centre::act_give_back(order, &money::text(*amount)),
    }
}

/// A driver's act; `name` is for whom the meal is, where that is known.
fn errand(command: &ErrandCommand, name: Option<&str>) -> String {
    let letters = &command.order().provisional();
    match (command, name) {
        (ErrandCommand::PickUp { .. }, Some(name)) => sync_centre::act_pick_up_for(name),
        (ErrandCommand::PickUp { .. }, None) => sync_centre::act_pick_up(letters),
        (ErrandCommand::Deliver { .. }, Some(name)) => sync_centre::act_deliver_for(name),
        (ErrandCommand::Deliver { .. }, None) => sync_centre::act_deliver(letters),
        (ErrandCommand::DropOut { .. }, Some(name)) => sync_centre::act_drop_out_for(name),
        (ErrandCommand::DropOut { .. }, None) => sync_centre::act_drop_out(letters),
        (ErrandCommand::Fail { reason, .. }, Some(name)) => {
            sync_centre::act_not_deliver_for(name, &sentence(reason.as_str()))
        }
        (ErrandCommand::Fail { reason, .. }, None) => sync_centre::act_not_deliver(letters, &sentence(reason.as_str())),
    }
}

/// The desk's act; `name` is whose order it is, where that is known.
fn case(command: &CaseCommand, name: Option<&str>) -> String {
    let letters = &command.order().provisional();
    match (command, name) {
        (CaseCommand::GiveTime { minutes, .. }, Some(name)) => {
            sync_centre::act_give_time_of(letters, u64::from(*minutes), name)
        }
        (CaseCommand::GiveTime { minutes, .. }, None) => sync_centre::act_give_time(letters, u64::from(*minutes)),
        (CaseCommand::GiveUp { .. }, Some(name)) => sync_centre::act_give_up_of(letters, name),
        (CaseCommand::GiveUp { .. }, None) => sync_centre::act_give_up(letters),
        (CaseCommand::Choose { driver, .. }, Some(name)) => sync_centre::act_choose_of(driver.as_str(), letters, name),
        (CaseCommand::Choose { driver, .. }, None) => sync_centre::act_choose(driver.as_str(), letters),
        (CaseCommand::GiveBack { amount, .. }, Some(name)) => {
            sync_centre::act_desk_gives_back_of(letters, name, &money::text(*amount))
        }
        (CaseCommand::GiveBack { amount, .. }, None) => {
            sync_centre::act_desk_gives_back(letters, &money::text(*amount))
        }
        (CaseCommand::Settle { note, .. }, Some(name)) => {
            sync_centre::act_settle_of(letters, name, &sentence(note.as_str()))
        }
        (CaseCommand::Settle { note, .. }, None) => sync_centre::act_settle(letters, &sentence(note.as_str())),
    }
}

fn menu(command: &MenuCommand, name: impl Fn(&ItemId) -> String) -> String {
    match command {
        MenuCommand::SetReadyMade { item, is_ready_made: true } => sync_centre::act_needs_no_kitchen(&name(item)),
        MenuCommand::SetReadyMade { item, is_ready_made: false } => sync_centre::act_is_cooked(&name(item)),
        MenuCommand::SetSoldOut { item, sold_out: true } => sync_centre::act_sold_out(&name(item)),
        MenuCommand::SetSoldOut { item, sold_out: false } => sync_centre::act_can_be_had(&name(item)),
        MenuCommand::SetLeft { item, left } => match left.to {
            Some(left) => sync_centre::act_left(&name(item), u64::from(left)),
            None => sync_centre::act_not_counted(&name(item)),
        },
        MenuCommand::ChangeItem { item, name: renamed, price } => {
            changes(&name(item), renamed.as_ref(), price.as_ref())
        }
    }
}

fn changes(dish: &str, name: Option<&Edit<String>>, price: Option<&Edit<Money>>) -> String {
    let price = price.map(|edit| (money::text(edit.from), money::text(edit.to)));
    match (name, price) {
        (Some(name), Some((before, after))) => sync_centre::act_change_name_and_price(&after, &before, dish, &name.to),
        (Some(name), None) => sync_centre::act_change_name(dish, &name.to),
        (None, Some((before, after))) => sync_centre::act_change_price(&after, &before, dish),
        (None, None) => sync_centre::act_change_dish(dish),
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;
    use crate::language::{Language, speaking};

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn what_waits_is_counted_apart_from_what_needs_its_person() {
        assert_eq!(waiting_to_leave(1, 0), "1 thing waits to be sent.");
        assert_eq!(waiting_to_leave(3, 1), "2 things wait to be sent, 1 needs you.");
        assert_eq!(waiting_to_leave(3, 2), "1 thing waits to be sent, 2 need you.");
        let said = speaking(Language::Arabic, || waiting_to_leave(4, 2));
        assert_eq!(said, "أمران ينتظران الإرسال، وأمران بحاجة إليك.");
    }

    #[test]
    fn what_follows_an_act_is_named_with_it() {
        let (one, two) = ("a".to_owned(), "b".to_owned());
        assert_eq!(
            goes_with_it(std::slice::from_ref(&one)),
            "This, and what follows it: a. Neither has left this phone."
        );
        assert_eq!(goes_with_it(&[one, two]), "This, and the 2 things that follow it: a; b. None has left this phone.");
        assert_eq!([taken_back(0), taken_back(1)], ["Taken back. It never left this phone."; 2]);
    }

    #[test]
    fn a_changed_dish_is_said_with_what_it_was_and_is() {
        let name = Edit { from: "Soup".to_owned(), to: "Stew".to_owned() };
        let price = Edit { from: euros(600), to: euros(700) };
        let prices = format!("{} \u{2192} {}", money::text(price.from), money::text(price.to));
        let expected = format!("Change Soup: name \u{201c}Stew\u{201d}, price {prices}");
        assert_eq!(changes("Soup", Some(&name), Some(&price)), expected);
        assert_eq!(changes("Soup", None, Some(&price)), format!("Change Soup: price {prices}"));
    }

    #[test]
    fn a_meal_goes_by_who_eats_it_or_by_its_letters() {
        let order = OrderId(uuid::Uuid::from_u128(0xab12));
        let picked_up = ErrandCommand::PickUp { order };
        assert_eq!(errand(&picked_up, Some("Ada")), "meal for Ada picked up");
        assert_eq!(errand(&picked_up, None), "meal AB12 picked up");
    }
}
