//! The driver's one screen, what is most urgent first: the meal that is offered, what may be added to a delivery that was just
//! made, the meals in the bag, those to be fetched, and whether they are on duty.

use std::time::Duration;

use domain::access::DRIVER;
use domain::delivery::offer::Standing as Answer;
use domain::delivery::{Driver, DriverCommand, Errand, Offer};
use domain::id::driver_key;
use domain::{Command, OrderId, Row};
use leptos::prelude::*;
use sync::AccountId;

use super::errand::ErrandCard;
use super::offer::OfferCard;
use super::proof::AtTheDoor;
use super::sighted::Sighted;
use crate::parts::place::place;
use crate::parts::{Chime, Empty, Page, Skeleton};
use crate::pending::{Pending, Pinned, pinned};
use crate::texts::delivery;
use crate::world::World;
use crate::{bonus, words};

/// How long coming on duty waits to know where that is, so that the nearest is asked about a meal first: a shift begins also where
/// nobody knows where it does.
const PLACE_WAIT_MAX: Duration = Duration::from_secs(2);

/// What waits for a yes or a no, and what got a yes of which the server has not heard: it sends no other that is claimed.
fn offered(row: &Row) -> Option<&Offer> {
    row.as_offer().filter(|offer| matches!(offer.standing, Answer::Open | Answer::Claimed))
}

fn own_errand(row: &Row) -> Option<&Errand> {
    row.as_errand().filter(|errand| errand.shown_to().is_some())
}

/// The first screen of a driver.
#[component]
pub fn Shift() -> impl IntoView {
    let world = World::here();
    let me = Memo::new(move |_| world.actor().filter(|actor| actor.role.name == DRIVER).map(|actor| actor.account));
    let offers = Memo::new(move |_| world.read(|client| pinned(client, "offer", offered)));
    let errands = Memo::new(move |_| world.read(|client| pinned(client, "delivery", own_errand)));
    let carried = move || errands.with(|errands| errands.iter().filter(|meal| meal.row.carried_by().is_some()).count());
    let open = move || offers.with(|offers| offers.iter().filter(|offer| offer.row.shown_to().is_some()).count());
    Chime::here().ring_while(Memo::new(move |_| open() > 0));
    let title = move || match (open(), carried()) {
        (0, 0) => delivery::shift().to_owned(),
        (0, meals) => delivery::shift_with(meals as u64),
        (_, _) => delivery::shift_offer().to_owned(),
    };
    let body = move || match me.get() {
        None => signed_out(world).into_any(),
        Some(_) if world.is_loading() => view! { <Skeleton rows=3 /> }.into_any(),
        Some(me) => view! {
            <Offers offers />
            <AtTheDoor />
            <Errands errands />
            <Sighted me=me.clone() errands />
            <Duty me />
            <a class="button quiet" href="/drive/takings" data-test="takings-link">{delivery::takings()}</a>
            <a class="button quiet" href="/drive/archive" data-test="archive-link">{words::archive()}</a>
        }
        .into_any(),
    };
    view! { <Page title=Signal::derive(title) class="page-shift">{body}</Page> }
}

pub(super) fn signed_out(world: World) -> impl IntoView {
    let text = if world.actor().is_some() { delivery::other_signed_in() } else { delivery::nobody_signed_in() };
    view! {
        <Empty title=delivery::sign_in_as_driver() text>
            <a class="button primary" href="/drive/sign-in">{words::sign_in()}</a>
        </Empty>
    }
}

#[component]
fn Duty(me: AccountId) -> impl IntoView {
    let world = World::here();
    let key = driver_key(&me);
    let (row, pending) = (key.clone(), key);
    let driver = Memo::new(move |_| world.row(&row, Row::as_driver));
    let pending = Memo::new(move |_| world.read(|client| Pending::of(client, &pending)));
    let on_duty =
        Memo::new(move |_| driver.with(|driver| driver.as_ref().is_some_and(|driver: &Driver| driver.on_duty)));
    bonus::stay_awake(on_duty.into());
    let busy = RwSignal::new(false);
    let me = StoredValue::new(me);
    let turn = move |_| {
        let driver = me.get_value();
        if on_duty.get_untracked() {
            return world.give(Command::Driver(DriverCommand::GoOffDuty { driver }), None, busy);
        }
        world.doing(busy, async move {
            let at = place(PLACE_WAIT_MAX).await;
            world.act(Command::Driver(DriverCommand::GoOnDuty { driver, at }), None).await.map(|_| ())
        });
    };
    let words = move || if on_duty.get() { delivery::on_duty() } else { delivery::off_duty() };
    let button = move || match (busy.get(), on_duty.get()) {
        (true, _) => words::saving(),
        (false, true) => delivery::go_off_duty(),
        (false, false) => delivery::go_on_duty(),
    };
    view! {
        <section class="panel duty" data-test="duty" data-on=move || on_duty.get().to_string()
            data-stage=move || pending.with(Pending::name)>
            <p class="duty-words" role="status">{words}</p>
            {move || pending.with(Pending::words)}
            <button type="button" class="button large wide" class:primary=move || !on_duty.get() data-test="turn-duty"
                prop:disabled=busy on:click=turn>{button}</button>
        </section>
    }
}

#[component]
fn Offers(offers: Memo<Vec<Pinned<Offer>>>) -> impl IntoView {
    let ids = Memo::new(move |_| offers.with(|offers| offers.iter().map(|offer| offer.row.order).collect::<Vec<_>>()));
    let one = move |id: OrderId| {
        let pinned =
            Memo::new(move |_| offers.with(|offers| offers.iter().find(|offer| offer.row.order == id).cloned()));
        view! { <li>{move || pinned.get().map(|pinned| view! { <OfferCard pinned /> })}</li> }
    };
    view! { <ul class="tickets"><For each=move || ids.get() key=|id| *id children=one /></ul> }
}

#[component]
fn Errands(errands: Memo<Vec<Pinned<Errand>>>) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let mut errands = errands.get();
        // Called off comes before all: somebody may be on the way for nothing.
        errands.sort_by_key(|errand| (std::cmp::Reverse(errand.row.standing), errand.row.since));
        errands.into_iter().map(|errand| errand.row.order).collect::<Vec<_>>()
    });
    let one = move |id: OrderId| {
        let pinned =
            Memo::new(move |_| errands.with(|errands| errands.iter().find(|errand| errand.row.order == id).cloned()));
        view! { <li>{move || pinned.get().map(|pinned| view! { <ErrandCard pinned /> })}</li> }
    };
    view! {
        <ul class="tickets"><For each=move || ids.get() key=|id| *id children=one /></ul>
    }
}
