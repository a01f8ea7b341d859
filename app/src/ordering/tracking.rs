//! One order on its way: what is known of it, how old that is, and how to take it back.

use std::sync::Arc;

use domain::fulfilment::Aftermath;
use domain::id::{order_key, restaurant_key};
use domain::ordering::{Cancelled, Cart, Destination, Order, OrderCommand, PlaceOrder, Status};
use domain::{Command, ItemId, OrderId, RestaurantId, Row, Trade};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use replica::Keeping;
use sync::outbox::{Entry, Stage};
use sync::{CommandId, Millis};

use super::carts;
use super::changes::Lines;
use super::whereabouts::{Lookout, Whereabouts, is_carried};
use crate::account::{BeingTakenOver, KeepOrder};
use crate::meanwhile::{Meanwhile, Overtaken, meanwhile_on};
use crate::parts::{Asking, Empty, Notice, Page, Proofs, Question, Reason, Skeleton, Tone, money, time};
use crate::push::{Asked, TellMe};
use crate::texts::ordering;
use crate::words;
use crate::world::{Client, World};

/// From how many minutes on before a meal for later is ready that is counted down: the longest that kitchens promise.
const COUNTED_MIN: i64 = 90;

/// The stages of a good order, up to where it leaves the kitchen.
const WAY: [Status; 4] = [Status::Submitted, Status::Received, Status::Preparing, Status::Prepared];

/// The stages of a good order.
fn way(order: &Order) -> Vec<Status> {
    let last: &[Status] =
        if order.is_dispatched() { &[Status::PickedUp, Status::Delivered] } else { &[Status::HandedOver] };
    [&WAY[..], last].concat()
}

/// What is known here of an order.
#[derive(Clone, PartialEq)]
enum Known {
    /// It is on its way, or was.
    Order {
        order: Box<Order>,
        /// The newest act on it that is not shown by the server's rows yet.
        stage: Option<Stage>,
        /// What speaks against that act, as last seen here.
        doubt: Option<String>,
        /// What others changed under the pending acts.
        meanwhile: Option<Meanwhile>,
        /// Whether the order waits here as it was placed, so that it may be changed.
        is_here: bool,
    },
    /// It was placed here and there is no order: what was wanted, and the inbox item that tells why.
    Held { place: Box<PlaceOrder>, stage: Stage, why: Option<String>, item: Option<CommandId> },
    /// It was placed here and the server took it; what became of it is not on this device, or not any more.
    Elsewhere,
    /// Nothing.
    Nothing,
}

fn known(client: &Client, id: OrderId) -> Known {
    let key = order_key(id);
    if let Some(order) = client.row(&key).and_then(Row::as_order) {
        let pending = client.overlay(&key).map(|overlay| &overlay.pending[..]).unwrap_or_default();
        let doubt = pending.iter().find_map(|act| act.forecast.as_ref().err()).map(words::forecast);
        let stage = pending.last().map(|act| act.stage);
        let meanwhile = meanwhile_on(client, &key);
        let is_here = matches!(pending, [place] if client.withdrawal(place.id).is_ok_and(|going| going.len() == 1));
        let is_here = is_here && order.status == Status::Submitted && client.cache().get(&key).is_none();
        return Known::Order { order: Box::new(order.clone()), stage, doubt, meanwhile, is_here };
    }
    let account = client.actor().map(|actor| &actor.account);
    let mine = |entry: &&Entry<Trade>| entry.record.lane == key && Some(&entry.record.account) == account;
    let newest =
        client.outbox().entries().rev().filter(mine).find_map(|entry| match entry.envelope.as_ref()?.command()? {
            Command::Order(OrderCommand::Place(place)) => Some((entry, place.clone())),
            _ => None,
        });
    let item = client.cache().inbox().into_iter().find(|item| item.lane == key).map(|item| item.id);
    match newest {
        Some((entry, _)) if entry.record.stage == Stage::Done => Known::Elsewhere,
        Some((entry, place)) => {
            let why = entry.record.reason.as_ref().map(words::reason);
            Known::Held { place, stage: entry.record.stage, why, item }
        }
        None => Known::Nothing,
    }
}

/// The order that the address names.
#[component]
pub fn Tracking() -> impl IntoView {
    let world = World::here();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("order")).and_then(|text| text.parse().ok()).map(OrderId));
    let known = Memo::new(move |_| match id.get() {
        Some(id) => world.read(|client| known(client, id)),
        None => Known::Nothing,
    });
    let told = Asked::of(world);
    let carried = Memo::new(move |_| {
        known.with(|known| match known {
            Known::Order { order, .. } if is_carried(order) => Some(order.id),
            _ => None,
        })
    });
    let lookout = Lookout::of(world, carried);
    let title = move || {
        known.with(|known| match known {
            Known::Order { order, .. } if !order.restaurant_name.is_empty() => {
                ordering::order_at(&order.restaurant_name)
            }
            _ => ordering::your_order().to_owned(),
        })
    };
    let body = move || match known.get() {
        Known::Order { order, stage, doubt, meanwhile, is_here } => {
            view! { <Track order=*order stage doubt meanwhile is_here told lookout /> }.into_any()
        }
        Known::Held { place, stage, why, item } => view! { <Held place=*place stage why item /> }.into_any(),
        Known::Elsewhere | Known::Nothing if world.is_loading() => view! { <Skeleton rows=5 /> }.into_any(),
        Known::Elsewhere => view! {
            <Empty title=ordering::not_kept_here() text=words::order_elsewhere()>
                <a class="button" href="/orders/archive">{words::archive()}</a>
                <a class="button quiet" href="/orders">{ordering::your_orders()}</a>
            </Empty>
        }
        .into_any(),
        Known::Nothing => view! {
            <BeingTakenOver />
            <Empty title=ordering::not_here() text=words::no_such_order()>
                <a class="button" href="/orders">{ordering::your_orders()}</a>
                <a class="button quiet" href="/orders/archive">{words::archive()}</a>
            </Empty>
        }
        .into_any(),
    };
    view! { <Page title=Signal::derive(title) back=("/orders".to_owned(), ordering::orders().to_owned())>{body}</Page> }
}

#[component]
fn Track(
    order: Order,
    stage: Option<Stage>,
    doubt: Option<String>,
    meanwhile: Option<Meanwhile>,
    is_here: bool,
    told: Asked,
    lookout: Lookout,
) -> impl IntoView {
    let world = World::here();
    let ready_at = order.ready_at.filter(|_| matches!(order.status, Status::Received | Status::Preparing));
    let is_for_later = order.wanted.is_some();
    let promise = move || {
        // Of a meal for later its time says all until somebody looks at the clock.
        let is_counted = |at: &Millis| !is_for_later || time::minutes(world.now(), *at) <= COUNTED_MIN;
        ready_at.filter(is_counted).map(|at| {
            let words = match u64::try_from(time::minutes(world.now(), at)) {
                Ok(left @ 1..) => ordering::ready_in(&time::clock(at), left),
                _ => ordering::ready_any_moment(&time::clock(at)),
            };
            view! { <p class="promise">{words}</p> }
        })
    };
    let items = order.lines.iter().map(|line| (line.item.clone(), line.name.clone())).collect::<Vec<_>>();
    let name = |id: &ItemId| {
        items.iter().find(|(known, _)| known == id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
    };
    let kept = World::here().kept();
    let ended = order.ended.as_ref().map(|why| {
        let tone = if *why == Cancelled::ByCustomer { Tone::Info } else { Tone::Bad };
        (tone, words::cancelled(why, Aftermath::of(&order) == Some(Aftermath::Paid), name))
    });
    view! {
        <article class="panel order" data-test="order" data-id=order.id.to_string() data-status=order.status.name()
            data-stage=stage.map(Stage::name).unwrap_or_default()>
            <header class="order-head">
                <Number order=order.clone() />
                <p class="order-status">{headline(&order, stage, kept)}</p>
                {order.wanted.map(|wanted| view! {
                    <p class="promise" data-test="wanted-for">{ordering::wanted_for(&time::slot(wanted.at))}</p>
                })}
                {promise}
            </header>
            {stage.map(|stage| view! {
                <Notice tone=if stage == Stage::NeedsYou { Tone::Bad } else { Tone::Info }><p>{words::stage_of(stage, kept)}</p></Notice>
            })}
            {meanwhile.map(|meanwhile| view! { <Overtaken meanwhile /> })}
            {doubt.map(|doubt| view! { <Notice tone=Tone::Warning><p>{doubt}</p></Notice> })}
            {ended.map(|(tone, why)| view! { <Notice tone><p>{why}</p></Notice> })}
            {(order.cancel_asked && !order.status.is_final()).then(|| view! {
                <Notice tone=Tone::Info><p>{ordering::cancel_asked()}</p></Notice>
            })}
            {(order.is_late && order.status == Status::Submitted).then(|| view! {
                <Notice tone=Tone::Warning><p data-test="late">{ordering::no_answer_yet()}</p></Notice>
            })}
            {(order.is_dispatched() && !order.status.is_final() && order.status < Status::PickedUp).then(|| view! {
                <p class="hint" data-test="driver" data-found=order.has_driver.to_string()>{words::driver(&order)}</p>
            })}
            {is_carried(&order).then(|| view! {
                <Whereabouts lookout restaurant=order.restaurant_name.clone()
                    kitchen=order.dispatch.as_ref().and_then(|dispatch| dispatch.kitchen_at) />
            })}
            <Steps order=order.clone() pending=stage.is_some() />
            {(!order.status.is_final()).then(|| view! { <TellMe asked=told centre="/sync" /> })}
        </article>
        <Proofs order=order.id proofs=order.proofs.clone() />
        <KeepOrder order=order.id />
        <section class="panel">
            <h2>{ordering::what_you_ordered()}</h2>
            <Lines lines=order.lines.clone() />
            {order.tip.map(|tip| view! { <p class="total"><span>{ordering::tip()}</span><span class="price" data-test="tip">{money::text(tip)}</span></p> })}
            <p class="total"><span>{ordering::total()}</span><strong class="price">{money::text(order.total)}</strong></p>
            {words::paid(&order).map(|words| view! {
                <p class="hint" data-test="paid" data-paid=order.paid.name()>{words}</p>
            })}
            <Facts destination=order.destination.clone() wanted=order.wanted.map(|wanted| wanted.at) name=order.contact.name.as_str().to_owned() note=order.note.as_str().to_owned() />
            <div class="actions">
                {is_here.then(|| view! {
                    <a class="button" href=format!("/orders/{}/change", order.id) data-test="order-change">{ordering::change_order()}</a>
                })}
                <CancelButton order=order.clone() />
                <AgainButton order=order.clone() />
            </div>
        </section>
    }
}

fn headline(order: &Order, stage: Option<Stage>, kept: Keeping) -> &'static str {
    match (order.status, stage) {
        (Status::Submitted, Some(Stage::Saved)) => words::stage(Stage::Saved, kept),
        (Status::Submitted, Some(Stage::Sent)) => ordering::to_the_restaurant(),
        (status, _) => words::order_status(status),
    }
}

/// The kitchen's number once it is known; until then the order's own mark.
#[component]
pub fn Number(order: Order) -> impl IntoView {
    match order.number {
        Some(number) => {
            view! { <p class="number"><small>{ordering::number()}</small>{format!("#{number}")}</p> }.into_any()
        }
        None => view! {
            <p class="number provisional"><small>{ordering::until_a_number()}</small>{order.id.provisional()}</p>
        }
        .into_any(),
    }
}

#[component]
fn Steps(order: Order, pending: bool) -> impl IntoView {
    let ended_badly = matches!(order.status, Status::Cancelled | Status::Rejected);
    let reached = |status| order.steps.iter().find(|step| step.status == status).map(|step| step.at);
    let way: Vec<Status> = if ended_badly { order.steps.iter().map(|step| step.status).collect() } else { way(&order) };
    let row = |status: Status| {
        let at = reached(status).or_else(|| (status < order.status && !ended_badly).then_some(0));
        let is_current = status == order.status;
        let class = match at {
            Some(_) if is_current && ended_badly => "step current ended",
            Some(_) if is_current && pending => "step current unsent",
            Some(_) if is_current => "step current",
            Some(_) => "step reached",
            None => "step",
        };
        let when = at.filter(|at| *at > 0).map(time::moment);
        let when = match when {
            Some(when) if pending && is_current => ordering::by_this_phone_at(&when),
            None if pending && is_current => ordering::by_this_phone().to_owned(),
            when => when.unwrap_or_default(),
        };
        view! {
            <li class=class aria-current=is_current.then_some("step")>
                <span class="step-name">{words::step(status, &order)}</span>
                <span class="step-time">{when}</span>
            </li>
        }
    };
    view! { <ol class="steps">{way.into_iter().map(row).collect_view()}</ol> }
}

#[component]
fn Facts(destination: Destination, wanted: Option<Millis>, name: String, note: String) -> impl IntoView {
    let when = wanted.map_or_else(|| ordering::as_soon_as_possible().to_owned(), time::slot);
    view! {
        <dl class="facts">
            <dt>{ordering::fact_for()}</dt><dd>{name}</dd>
            <dt>{ordering::fact_how()}</dt><dd>{words::destination(&destination)}</dd>
            <dt>{ordering::fact_when()}</dt><dd data-test="when">{when}</dd>
            {(!note.is_empty()).then(|| view! { <dt>{ordering::fact_note()}</dt><dd>{note}</dd> })}
        </dl>
    }
}

#[component]
fn CancelButton(order: Order) -> impl IntoView {
    let (asking, id) = (Asking::here(), order.id);
    let question = move || Question {
        title: ordering::cancel_title(),
        says: ordering::cancel_says(),
        reason: Reason::May(ordering::cancel_why()),
        most: None,
        confirm: ("confirm-cancel", ordering::cancel_confirm()),
        command: Arc::new(move |answer| {
            Command::Order(OrderCommand::Cancel { order: id, reason: answer.reason.into() })
        }),
    };
    let possible = matches!(order.status, Status::Submitted | Status::Received) && !order.cancel_asked;
    possible.then(|| {
        view! {
            <button type="button" class="button" data-test="cancel" on:click=move |_| asking.ask(question())>
                {ordering::cancel_order()}
            </button>
        }
    })
}

#[component]
fn AgainButton(order: Order) -> impl IntoView {
    let world = World::here();
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let (restaurant, lines) = (order.restaurant.clone(), order.lines.clone());
    let again = move |_| {
        let (navigate, cart) = (navigate.clone(), Cart { restaurant: restaurant.clone(), lines: lines.clone() });
        world.doing(busy, async move {
            carts::keep(world, &cart).await?;
            navigate("/cart", Default::default());
            Ok(())
        });
    };
    order.status.is_final().then(|| view! {
        <button type="button" class="button" data-test="order-again" prop:disabled=busy on:click=again>{ordering::order_again()}</button>
    })
}

/// An order that was placed here and does not exist: it was refused, or cannot be handed over.
#[component]
fn Held(place: PlaceOrder, stage: Stage, why: Option<String>, item: Option<CommandId>) -> impl IntoView {
    let kept = World::here().kept();
    let headline = if item.is_some() { words::held() } else { words::stage(stage, kept) };
    let way = match (item, stage) {
        (Some(_), _) => Some(("/inbox", ordering::decide_in_inbox())),
        (None, Stage::NeedsYou) => Some(("/outbox", ordering::see_outbox())),
        _ => None,
    };
    let restaurant = restaurant_name(&place.restaurant);
    view! {
        <article class="panel order" data-test="order" data-id=place.order.to_string() data-status="held" data-stage=stage.name()>
            <header class="order-head">
                <p class="number provisional"><small>{restaurant}</small>{place.order.provisional()}</p>
                <p class="order-status">{headline}</p>
            </header>
            <Notice tone=Tone::Warning>
                <p>{why.unwrap_or_else(|| words::stage_of(stage, kept).to_owned())}</p>
                <p>{words::nothing_happened()}</p>
                {way.map(|(href, name)| view! { <a class="button primary" href=href>{name}</a> })}
            </Notice>
            {place.wanted.map(|at| view! { <p class="hint" data-test="wanted-for">{ordering::wanted_for(&time::slot(at))}</p> })}
            <Lines lines=place.lines.clone() />
            <p class="total"><span>{ordering::total_as_seen()}</span><strong class="price">{place.total().map(money::text)}</strong></p>
        </article>
    }
}

fn restaurant_name(id: &RestaurantId) -> String {
    let row = untrack(|| World::here().row(&restaurant_key(id), Row::as_restaurant));
    row.map_or_else(|| id.to_string(), |restaurant| restaurant.name)
}
