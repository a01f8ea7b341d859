//! What a person may do about an inbox item: each choice is a new act that settles it, or lets it go. Two wishes for one
//! dish have choices of their own ([`super::clash`]).

use domain::dining::{TabCommand, TabRefusal, staff};
use domain::id::{menu_key, restaurant_key};
use domain::ordering::{Destination, LineChange, OrderCommand, OrderRefusal, PlaceOrder, price};
use domain::{Command, Money, Refusal, Row, Trade};
use sync::{Act, InboxItem, Millis, Reason};

use crate::ordering::Times;
use crate::parts::money;
use crate::texts::sync_centre;
use crate::words;
use crate::world::Client;

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// Its name in the page's tests.
    pub(super) hook: &'static str,
    /// What stands on it.
    pub(super) name: String,
    /// The act; `None` lets the item go.
    pub(super) command: Option<Command>,
    /// Whether it is what most people want.
    pub(super) is_first: bool,
}

/// What is so now of an order that was held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The lines that are not as they were shown.
    pub(super) changes: Vec<LineChange>,
    /// The sum as it was shown.
    pub(super) before: Option<Money>,
    /// The sum with all changes taken.
    pub(super) after: Option<Money>,
    /// When it can be had, where the restaurant is known here.
    pub(super) times: Option<Times>,
}

/// What changed: by the menu where that is newer than the refusal, else by the refusal's own word.
pub(super) fn facts(client: &Client, item: &InboxItem<Trade>, now: Millis) -> Facts {
    let Some(place) = placed(item) else { return Facts::default() };
    let told = match &item.reason {
        Reason::Trade(Refusal::Order(OrderRefusal::Changed { lines, .. })) => lines.clone(),
        _ => vec![],
    };
    let cache = client.cache();
    let key = menu_key(&place.restaurant);
    let refused_at = cache.get(&InboxItem::<Trade>::key(item.id)).map(|row| row.stored.position);
    let is_newer = cache.get(&key).map(|row| row.stored.position) > refused_at;
    let menu = cache.row(&key).and_then(Row::as_menu).filter(|_| is_newer || told.is_empty());
    let changes = menu.map_or(told, |menu| price::changes(&place.lines, menu));
    let after = total(place, &price::with_changes(&place.lines, &changes));
    let restaurant = client.row(&restaurant_key(&place.restaurant)).and_then(Row::as_restaurant);
    let is_brought = matches!(place.destination, Destination::Deliver(_));
    let times = restaurant.filter(|_| is_about_time(&item.reason)).map(|it| Times::of(it, is_brought, now));
    Facts { changes, before: place.total(), after, times }
}

/// Whether the order was held because of when it was wanted, or when it came.
fn is_about_time(reason: &Reason<Trade>) -> bool {
    matches!(
        reason,
        Reason::Trade(Refusal::Order(OrderRefusal::Closed { .. } | OrderRefusal::SlotGone { .. }))
            | Reason::Stale { .. }
    )
}

/// The order at another time, which its customer chooses, and what it comes to: at today's prices where they are known.
pub(super) fn at_another_time(item: &InboxItem<Trade>, facts: &Facts) -> Option<(PlaceOrder, Money)> {
    let place = placed(item).filter(|_| is_about_time(&item.reason))?;
    let lines = price::with_changes(&place.lines, &facts.changes);
    let sum = total(place, &lines)?;
    Some((PlaceOrder { lines, ..place.clone() }, sum))
}

fn placed(item: &InboxItem<Trade>) -> Option<&PlaceOrder> {
    match &item.act {
        Act::Do(Command::Order(OrderCommand::Place(place))) => Some(place),
        _ => None,
    }
}

/// The choices for an item, the likeliest first.
pub(super) fn offered(item: &InboxItem<Trade>, facts: &Facts) -> Vec<Choice> {
    let mut choices = match (&item.reason, placed(item)) {
        (Reason::Trade(Refusal::Order(OrderRefusal::Changed { .. })), Some(place)) => for_changed(place, facts),
        (Reason::Trade(Refusal::Order(OrderRefusal::Closed { .. })) | Reason::Stale { .. }, Some(place)) => {
            for_late(place, facts)
        }
        (Reason::Trade(Refusal::Order(OrderRefusal::SlotGone { .. })), Some(_)) => as_soon_as_possible(item, facts),
        (Reason::Trade(Refusal::Tab(why)), _) => match &item.act {
            Act::Do(Command::Tab(refused)) => for_tab(refused, why),
            _ => vec![],
        },
        _ => vec![],
    };
    if let Some(first) = choices.first_mut() {
        first.is_first = true;
    }
    let name = match placed(item) {
        Some(_) if !choices.is_empty() || is_about_time(&item.reason) => sync_centre::do_not_order(),
        None if !choices.is_empty() => sync_centre::leave_it(),
        _ => words::all_right(),
    };
    choices.push(let_go("dismiss", name));
    choices
}

/// What a colleague did at the same table can be gone along with.
fn for_tab(refused: &TabCommand, why: &TabRefusal) -> Vec<Choice> {
    let Some(again) = staff::going_along(refused, why) else { return vec![] };
    let (hook, name) = match &again {
        TabCommand::Bill { total: None, .. } => ("bill-as-it-is", sync_centre::close_table().to_owned()),
        TabCommand::Bill { total, .. } => ("bill-as-it-is", sync_centre::make_bill(&words::sum(*total))),
        _ => ("reopen-bill", sync_centre::reopen_bill().to_owned()),
    };
    vec![choice(hook, &name, Command::Tab(again))]
}

fn for_changed(place: &PlaceOrder, facts: &Facts) -> Vec<Choice> {
    if facts.changes.is_empty() {
        return vec![send("send-again", sync_centre::menu_is_back(), place, place.lines.clone())];
    }
    let kept = price::with_changes(&place.lines, &facts.changes);
    let rest = price::without_changed(&place.lines, &facts.changes);
    let mut choices = vec![];
    // Where nothing but the rest can be had, taking the changes and taking the rest are one choice.
    if let Some(sum) = total(place, &kept).filter(|_| kept != rest) {
        let name = sync_centre::take_changes(&money::text(sum));
        choices.push(send("accept-changes", &name, place, kept));
    }
    if let Some(sum) = total(place, &rest) {
        let name = sync_centre::order_the_rest(&money::text(sum));
        choices.push(send("drop-lines", &name, place, rest));
    }
    choices
}

/// It came too late: the same once more, at today's prices where they are known.
fn for_late(place: &PlaceOrder, facts: &Facts) -> Vec<Choice> {
    let lines = price::with_changes(&place.lines, &facts.changes);
    total(place, &lines)
        .map(|sum| send("send-again", &sync_centre::order_now_for(&money::text(sum)), place, lines))
        .into_iter()
        .collect()
}

/// Its time is gone: as soon as possible, where somebody cooks now. Another time is chosen from a list beside.
fn as_soon_as_possible(item: &InboxItem<Trade>, facts: &Facts) -> Vec<Choice> {
    let is_open = facts.times.as_ref().is_none_or(|times| times.soonest_min.is_some());
    let Some((place, sum)) = at_another_time(item, facts).filter(|_| is_open) else { return vec![] };
    let (name, lines) = (sync_centre::order_soonest_for(&money::text(sum)), place.lines.clone());
    vec![send("as-soon-as-possible", &name, &PlaceOrder { wanted: None, ..place }, lines)]
}

/// What it comes to with these lines, and the tip on them.
fn total(place: &PlaceOrder, lines: &[domain::ordering::Line]) -> Option<Money> {
    PlaceOrder { lines: lines.to_vec(), ..place.clone() }.total()
}

fn send(hook: &'static str, name: &str, place: &PlaceOrder, lines: Vec<domain::ordering::Line>) -> Choice {
    let place = PlaceOrder { lines, ..place.clone() };
    choice(hook, name, Command::Order(OrderCommand::Place(Box::new(place))))
}

fn choice(hook: &'static str, name: &str, command: Command) -> Choice {
    Choice { hook, name: name.to_owned(), command: Some(command), is_first: false }
}

fn let_go(hook: &'static str, name: &str) -> Choice {
    Choice { hook, name: name.to_owned(), command: None, is_first: false }
}
