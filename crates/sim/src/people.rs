//! What people do: order, change their minds, cook, raise prices, close early.

use domain::access;
use domain::account::PersonCommand;
use domain::catalog::menu::Edit;
use domain::catalog::{
    Availability, Hours, Item, Menu, MenuCommand, MenuEvent, Restaurant, RestaurantCommand, RestaurantEvent, Section,
};
use domain::delivery::{DriverCommand, Errand, ErrandCommand, Hitch, OfferCommand, Place, Standing, TakingsCommand};
use domain::dining::staff;
use domain::id::{HandInId, driver_key, menu_key, restaurant_key, takings_key, zone_key};
use domain::kitchen::TicketCommand;
use domain::ops::{Case, CaseCommand, Concern};
use domain::ordering::slot::SLOT_MS;
use domain::ordering::{Cart, Contact, Destination, OrderCommand, OrderRefusal, PlaceOrder, price};
use domain::payment::{Card, Method};
use domain::trade::{Command, Event, Refusal, Row, Trade};
use domain::{Currency, Money, OrderId, RestaurantId};
use sync::client::Client;
use sync::outbox::Stage;
use sync::{AccountId, Act, InboxItem, Key, Millis, Personal, Reason};

use crate::chance::Chance;
use crate::profile::Tap;
use crate::waiters;

/// The restaurants of the simulated town.
pub const RESTAURANTS: [&str; 2] = ["dolma", "pasta"];

/// Where drivers bring the meals of the first of them; the other's customers come themselves, or it brings them.
pub const TOWN: &str = "town";

/// The dishes of each menu; every third is counted.
const DISHES: usize = 4;

/// How many portions of a counted dish there are.
pub const PORTIONS: u32 = 3;

/// What an import would write.
pub fn town() -> Vec<(Key, Event)> {
    let restaurant = |name: &&str| {
        let id = RestaurantId::from(*name);
        let described = Restaurant {
            id: id.clone(),
            name: (*name).to_owned(),
            description: String::new(),
            cuisines: vec![],
            address: String::new(),
            geo: None,
            drivers: (*name == RESTAURANTS[0]).then(|| TOWN.into()),
            telephone: String::new(),
            currency: Currency::EUR,
            zone: "UTC".into(),
            hours: Hours::always(),
            // The first quarter of an hour of a run is one that can be had, and comes in some runs.
            lead_min: Some(1),
            rush_min: 0,
            closed_for_now: false,
        };
        let items = (0..DISHES).map(dish).collect();
        let menu = Menu { restaurant: id.clone(), sections: vec![Section { name: "All".into(), items }] };
        [
            (restaurant_key(&id), Event::Restaurant(RestaurantEvent::Described(Box::new(described)))),
            (menu_key(&id), Event::Menu(MenuEvent::Written(Box::new(menu)))),
        ]
    };
    RESTAURANTS.iter().flat_map(restaurant).collect()
}

fn dish(index: usize) -> Item {
    Item {
        id: format!("dish-{index}").as_str().into(),
        name: format!("Dish {index}"),
        description: String::new(),
        price: Money::new(500 + 100 * index as i64, Currency::EUR),
        groups: vec![],
        allergens: vec![],
        diets: vec![],
        is_ready_made: index == 1,
        availability: if index % 3 == 2 { Availability::Left(PORTIONS) } else { Availability::Available },
    }
}

/// A word that stands in every text about a person, so that one that is not sealed is found.
pub const SECRET: &str = "zebra";

/// Text about a person, by `account`; it says by whom.
fn said(text: &str, account: &AccountId) -> Personal {
    format!("{text} {SECRET}-{account}!").as_str().into()
}

/// By whom the texts in `json` are.
pub fn authors(json: &str) -> impl Iterator<Item = AccountId> {
    let texts = json.split(SECRET).skip(1).filter_map(|rest| rest.strip_prefix('-')?.split_once('!'));
    texts.map(|(account, _)| AccountId::from(account))
}

/// What a person does next, as they see things.
pub fn next_tap(client: &Client<Trade>, chance: &mut Chance, now: Millis) -> Option<Tap> {
    let actor = client.actor()?.clone();
    let me = &actor.account;
    if chance.once_in(8)
        && let Some(tap) = second_thought(client, chance)
    {
        return Some(tap);
    }
    let inbox: Vec<_> =
        client.cache().inbox().into_iter().filter(|item| client.choice_made(item.id).is_none()).collect();
    if let Some(item) =
        chance.pick(&inbox).filter(|_| inbox.len() > 2).or_else(|| inbox.first().filter(|_| now % 3 == 0))
    {
        return Some(settle(item, chance));
    }
    let command = match (actor.role.name.as_str(), actor.role.of.clone()) {
        (access::RESTAURANT, Some(restaurant)) => cook_act(client, &RestaurantId(restaurant), me, chance, now),
        (access::DRIVER, _) => driver_act(client, me, chance, now),
        (access::OPERATOR, _) => desk_act(client, me, chance),
        _ => customer_act(client, me, chance, now),
    };
    command.map(|command| Tap::Act { act: Act::Do(command), resolves: None, replaces: None })
}

/// Takes back or changes an act that has not left yet.
fn second_thought(client: &Client<Trade>, chance: &mut Chance) -> Option<Tap> {
    let me = &client.actor()?.account;
    let here = client.outbox().entries().filter(|entry| {
        let record = &entry.record;
        record.account == *me && record.stage == Stage::Saved && !record.left
    });
    let here: Vec<_> = here.filter_map(|entry| entry.envelope.as_ref()).collect();
    let envelope = chance.pick(&here)?;
    match &envelope.act {
        Act::Do(Command::Order(OrderCommand::Place(place))) if chance.once_in(2) => {
            let place = PlaceOrder { note: said("no onions", me), ..(**place).clone() };
            let act = Act::Do(Command::Order(OrderCommand::Place(Box::new(place))));
            Some(Tap::Act { act, resolves: None, replaces: Some(envelope.id) })
        }
        _ => Some(Tap::Withdraw(envelope.id)),
    }
}

/// The choice a person makes about an inbox item.
pub fn settle(item: &InboxItem<Trade>, chance: &mut Chance) -> Tap {
    let choice = |act| Tap::Act { act, resolves: Some(item.id), replaces: None };
    let again = |lines: Vec<_>, place: &PlaceOrder| {
        let place = PlaceOrder { lines, ..place.clone() };
        choice(Act::Do(Command::Order(OrderCommand::Place(Box::new(place)))))
    };
    let dismiss = choice(Act::Dismiss);
    if let (Act::Do(Command::Tab(refused)), Reason::Trade(Refusal::Tab(why))) = (&item.act, &item.reason) {
        let along = staff::going_along(refused, why).filter(|_| chance.once_in(2));
        return along.map_or(dismiss, |command| choice(Act::Do(Command::Tab(command))));
    }
    let Act::Do(Command::Order(OrderCommand::Place(place))) = &item.act else { return dismiss };
    match (&item.reason, chance.below(3)) {
        (Reason::Trade(Refusal::Order(OrderRefusal::Changed { lines, after: Some(_), .. })), 0) => {
            again(price::with_changes(&place.lines, lines), place)
        }
        (Reason::Trade(Refusal::Order(OrderRefusal::Changed { lines, .. })), 1) if lines.len() < place.lines.len() => {
            again(price::without_changed(&place.lines, lines), place)
        }
        (Reason::Trade(Refusal::Order(OrderRefusal::Closed { .. })) | Reason::Stale { .. }, 0) => {
            again(place.lines.clone(), place)
        }
        (Reason::Trade(Refusal::Order(OrderRefusal::SlotGone { next, .. })), which @ 0..=1) => {
            let wanted = next.filter(|_| which == 0);
            again(place.lines.clone(), &PlaceOrder { wanted, ..(**place).clone() })
        }
        _ => dismiss,
    }
}

fn by_card(me: &AccountId) -> Method {
    Method::Card(Card { token: format!("tok-{SECRET}").as_str().into(), label: said("Card", me) })
}

fn customer_act(client: &Client<Trade>, me: &AccountId, chance: &mut Chance, now: Millis) -> Option<Command> {
    if chance.once_in(150) {
        return Some(Command::Person(PersonCommand::Erase { person: me.clone() }));
    }
    if chance.once_in(4) {
        let orders = client.rows_of_kind("order");
        let open: Vec<OrderId> = orders
            .iter()
            .filter_map(|(_, row)| row.as_order())
            .filter(|order| !order.status.is_final() && !order.cancel_asked)
            .map(|order| order.id)
            .collect();
        return chance
            .pick(&open)
            .map(|id| Command::Order(OrderCommand::Cancel { order: *id, reason: said("hungry no more", me) }));
    }
    let restaurant = RestaurantId::from(*chance.pick(&RESTAURANTS)?);
    let menu = client.row(&menu_key(&restaurant)).and_then(Row::as_menu)?;
    let mut cart = Cart::new(restaurant);
    for _ in 0..=chance.below(3) {
        let items: Vec<_> = menu.items().filter(|item| item.availability.covers(1)).collect();
        let item = chance.pick(&items)?;
        cart.add(menu, &item.id, &[], 1 + u32::try_from(chance.below(2)).ok()?, "").ok()?;
    }
    let place = PlaceOrder {
        order: OrderId(chance.uuid(now)),
        restaurant: cart.restaurant,
        lines: cart.lines,
        destination: if chance.once_in(2) { Destination::Collect } else { Destination::Deliver(said("Road 1", me)) },
        contact: Contact { name: said("Ada", me), phone: said("555", me) },
        note: if chance.once_in(2) { said("no onions", me) } else { Personal::default() },
        pays: Method::AtHandOver,
        tip_percent: 0,
        // What a wrong clock takes for later is past, or too far ahead.
        wanted: chance.once_in(4).then(|| (now.div_euclid(SLOT_MS) + chance.ms(1, 3) as Millis) * SLOT_MS),
    };
    let by_card =
        PlaceOrder { pays: by_card(me), tip_percent: if chance.once_in(3) { 10 } else { 0 }, ..place.clone() };
    let place = if chance.once_in(2) { by_card } else { place };
    Some(Command::Order(OrderCommand::Place(Box::new(place))))
}

/// A driver comes and goes, takes what is offered or does not, and brings it or does not.
fn driver_act(client: &Client<Trade>, me: &AccountId, chance: &mut Chance, now: Millis) -> Option<Command> {
    let driver = me.clone();
    let on_duty = client.row(&driver_key(&driver)).and_then(Row::as_driver).is_some_and(|driver| driver.on_duty);
    if !on_duty {
        let at = chance.once_in(2).then_some(Place(1.0, 1.0));
        return Some(Command::Driver(DriverCommand::GoOnDuty { driver, at }));
    }
    if chance.once_in(40) {
        return Some(Command::Driver(DriverCommand::GoOffDuty { driver }));
    }
    let rows = client.rows_of_kind("offer");
    if let Some(offer) = rows.iter().filter_map(|(_, row)| row.as_offer()).find(|offer| offer.shown_to().is_some()) {
        let order = offer.order;
        let claims = !chance.once_in(8);
        return Some(Command::Offer(if claims {
            OfferCommand::Claim { order }
        } else {
            OfferCommand::Decline { order }
        }));
    }
    let rows = client.rows_of_kind("delivery");
    let errands: Vec<_> = rows.iter().filter_map(|(_, row)| row.as_errand()).collect();
    if chance.once_in(6) {
        return hand_in(client, me, &errands, chance, now);
    }
    let errand = chance.pick(&errands)?;
    let order = errand.order;
    let command = match (errand.standing, chance.below(8)) {
        (Standing::Assigned, 0) => ErrandCommand::DropOut { order },
        (Standing::Assigned, _) => ErrandCommand::PickUp { order },
        (Standing::PickedUp, 0) => ErrandCommand::Fail { order, reason: said("a flat tyre", me), hitch: Hitch::Other },
        (Standing::PickedUp, 1) => {
            ErrandCommand::Fail { order, reason: said("nobody opens", me), hitch: Hitch::NobodyThere }
        }
        (Standing::PickedUp, _) => ErrandCommand::Deliver { order },
        _ => return None,
    };
    Some(Command::Errand(command))
}

/// Hands in what they carry, also out of a tunnel, and sometimes more than they have.
fn hand_in(
    client: &Client<Trade>,
    me: &AccountId,
    errands: &[&Errand],
    chance: &mut Chance,
    now: Millis,
) -> Option<Command> {
    let takings = client.row(&takings_key(me)).and_then(Row::as_takings);
    let waiting: Vec<_> = errands.iter().filter(|errand| errand.standing == Standing::Delivered).collect();
    let cash = waiting
        .iter()
        .filter(|errand| !errand.by_card)
        .fold(Money::new(0, Currency::EUR), |cash, errand| cash.plus(errand.total));
    let carried = takings.map_or(cash, |takings| takings.carried(Currency::EUR).plus(cash));
    let most = if chance.once_in(8) { carried.plus(Money::new(100, Currency::EUR)) } else { carried };
    let (driver, id) = (me.clone(), HandInId(chance.uuid(now)));
    let counting = waiting.iter().map(|errand| errand.order).collect();
    (most.minor > 0)
        .then(|| Command::Takings(TakingsCommand::HandIn { driver, id, amount: some_of(most, chance), counting }))
}

/// An operator does something about one of the orders in trouble, also what does not help it.
fn desk_act(client: &Client<Trade>, me: &AccountId, chance: &mut Chance) -> Option<Command> {
    let rows = client.rows_of_kind("case");
    // What was charged is rare among what troubles anybody, so it comes first.
    let mut charged =
        rows.iter().filter_map(|(_, row)| row.as_case()).filter_map(|case| Some((case, case.may_give_back()?)));
    if let Some((case, most)) = charged.next().filter(|_| chance.once_in(2)) {
        let (order, amount) = (case.order, some_of(most, chance));
        return Some(Command::Case(CaseCommand::GiveBack { order, amount, note: said("so sorry", me) }));
    }
    let troubled = |case: &&Case| !case.troubles.is_empty();
    let cases: Vec<_> = rows.iter().filter_map(|(_, row)| row.as_case()).filter(troubled).collect();
    let case = chance.pick(&cases)?;
    let (order, concern) = (case.order, chance.pick(&case.troubles)?.concern);
    let board = client.row(&zone_key(&TOWN.into())).and_then(Row::as_zone);
    let driver = chance.pick(board.map_or(&[][..], |board| &board.drivers[..])).map(|seat| seat.driver.clone());
    let settle = CaseCommand::Settle { order, concern, note: said("rang", me) };
    Some(Command::Case(match (concern, chance.below(4)) {
        (Concern::KitchenSilent, 0..=2) => CaseCommand::GiveTime { order, minutes: 1 + chance.below(5) as u32 },
        (Concern::NobodyFound, 0..=2) => CaseCommand::Choose { order, driver: driver? },
        (Concern::KitchenSilent | Concern::NobodyFound, _) => CaseCommand::GiveUp { order, concern },
        _ => settle,
    }))
}

/// All of it, or a part.
fn some_of(most: Money, chance: &mut Chance) -> Money {
    let part = if chance.once_in(2) { most.minor } else { chance.ms(1, most.minor.unsigned_abs()) };
    Money::new(part, most.currency)
}

fn cook_act(
    client: &Client<Trade>,
    restaurant: &RestaurantId,
    me: &AccountId,
    chance: &mut Chance,
    now: Millis,
) -> Option<Command> {
    if chance.once_in(3) {
        return waiters::next(client, restaurant, chance, now).map(Command::Tab);
    }
    let menu = client.row(&menu_key(restaurant)).and_then(Row::as_menu);
    match chance.below(10) {
        0 => {
            let items: Vec<_> = menu?.items().collect();
            let item = chance.pick(&items)?;
            let to = Money::new(item.price.minor + chance.ms(1, 300), Currency::EUR);
            let price = Some(Edit { from: item.price, to });
            let command = MenuCommand::ChangeItem { item: item.id.clone(), name: None, price };
            Some(Command::Menu { restaurant: restaurant.clone(), command })
        }
        1 => {
            // Counted dishes are left to the count.
            let items: Vec<_> =
                menu?.items().filter(|item| !matches!(item.availability, Availability::Left(_))).collect();
            let item = chance.pick(&items)?;
            let sold_out = item.availability.covers(1);
            let command = MenuCommand::SetSoldOut { item: item.id.clone(), sold_out };
            Some(Command::Menu { restaurant: restaurant.clone(), command })
        }
        2 => {
            let closed = client.row(&restaurant_key(restaurant)).and_then(Row::as_restaurant)?.closed_for_now;
            let command = if closed { RestaurantCommand::Open {} } else { RestaurantCommand::Close {} };
            Some(Command::Restaurant { restaurant: restaurant.clone(), command })
        }
        _ => {
            let tickets = client.rows_of_kind("ticket");
            let open: Vec<OrderId> = tickets
                .iter()
                .filter_map(|(_, row)| row.as_ticket())
                .filter(|ticket| !ticket.progress.is_final())
                .map(|ticket| ticket.order)
                .collect();
            let eaten = tickets.iter().filter_map(|(_, row)| row.as_ticket());
            let eaten: Vec<_> = eaten.filter_map(|ticket| Some((ticket.order, ticket.may_give_back()?))).collect();
            if chance.once_in(4)
                && let Some((order, most)) = chance.pick(&eaten)
            {
                let (order, amount, reason) = (*order, some_of(*most, chance), said("cold", me));
                return Some(Command::Ticket(TicketCommand::GiveBack { order, amount, reason }));
            }
            let order = *chance.pick(&open)?;
            Some(Command::Ticket(match chance.below(6) {
                0 | 1 => TicketCommand::Accept { order, ready_in_min: 15 },
                2 if chance.once_in(3) => TicketCommand::CallOff { order, reason: said("the oven broke", me) },
                2 => TicketCommand::Refuse { order, reason: said("too busy", me) },
                3 => TicketCommand::StartCooking { order },
                4 => TicketCommand::MarkReady { order },
                _ => TicketCommand::HandOver { order },
            }))
        }
    }
}
