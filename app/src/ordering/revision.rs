//! Changing an order that has not left this device: what is saved here takes its place in one step. What was begun is
//! kept on this device, apart from the cart, so that neither overwrites the other.

use domain::id::{menu_key, order_key};
use domain::ordering::order::QUANTITY_MAX;
use domain::ordering::{Cart, Line, OrderCommand, PlaceOrder};
use domain::{Command, OrderId, Row};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use sync::CommandId;
use sync::client::Forecast;

use super::carts;
use super::changes::{Changes, LineDetails};
use super::checkout::{ContactFields, Fields, doubt};
use super::when::{WhenFields, is_to_be_chosen, times};
use crate::parts::{Empty, Notice, Page, Stepper, Tone, money, use_way_on};
use crate::sync_centre::AskToCancel;
use crate::texts::ordering;
use crate::words;
use crate::world::{Client, World};

/// A change as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Begun {
    /// The act that it is to take the place of.
    act: CommandId,
    fields: Fields,
    cart: Cart,
}

/// What stands in the way of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// Nothing.
    Open,
    /// The order has left; whether it may still be cancelled.
    Left { may_cancel: bool },
    /// Something was done later that rests on it.
    RestedOn,
}

fn draft_name(order: OrderId) -> String {
    // It holds a name and an address, as checkouts do, and is forgotten with them when somebody else signs in.
    format!("checkout/change/{order}")
}

/// The newest act of this person that places the order.
fn placed(client: &Client, order: OrderId) -> Option<(CommandId, PlaceOrder)> {
    let (key, account) = (order_key(order), &client.actor()?.account);
    let mut own =
        client.outbox().entries().rev().filter(|entry| entry.record.lane == key && entry.record.account == *account);
    own.find_map(|entry| match entry.envelope.as_ref()?.command()? {
        Command::Order(OrderCommand::Place(place)) => Some((entry.record.id, (**place).clone())),
        _ => None,
    })
}

fn way(client: &Client, order: OrderId, act: CommandId) -> Way {
    let row = client.row(&order_key(order)).and_then(Row::as_order);
    let may_cancel = row.is_some_and(|order| !order.status.is_final() && !order.cancel_asked);
    match client.withdrawal(act) {
        Ok(going) if going.len() == 1 => Way::Open,
        Ok(_) => Way::RestedOn,
        Err(_) => Way::Left { may_cancel },
    }
}

/// The order that the address names, to be changed.
#[component]
pub fn Revision() -> impl IntoView {
    let world = World::here();
    let params = use_params_map();
    let order = params.with_untracked(|params| params.get("order")).and_then(|text| text.parse().ok()).map(OrderId);
    let found = untrack(|| order.and_then(|order| world.read(|client| placed(client, order))));
    let body = match found {
        Some((act, place)) => {
            let begun = untrack(|| world.draft::<Begun>(&draft_name(place.order))).filter(|begun| begun.act == act);
            let begun = begun.unwrap_or_else(|| {
                let cart = Cart { restaurant: place.restaurant.clone(), lines: place.lines.clone() };
                Begun { act, fields: Fields::of(&place), cart }
            });
            view! { <Form order=place.order begun /> }.into_any()
        }
        None => view! {
            <Empty title=ordering::none_waits() text=ordering::none_waits_says()>
                <a class="button" href="/orders">{ordering::your_orders()}</a>
            </Empty>
        }
        .into_any(),
    };
    view! { <Page title=ordering::change_your_order().to_owned() back=("/outbox".to_owned(), words::outbox().to_owned())>{body}</Page> }
}

#[component]
fn Form(order: OrderId, begun: Begun) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    let act = begun.act;
    let (fields, cart) = (RwSignal::new(begun.fields), RwSignal::new(begun.cart));
    let (busy, done) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |first: Option<()>| {
        let begun = Begun { act, fields: fields.get(), cart: cart.get() };
        if first.is_some() && !done.get_untracked() {
            world.note_draft(draft_name(order), Some(begun));
        }
    });
    // Once it is saved the act that was there is gone, which is no news any more.
    let way = Memo::new(move |before: Option<&Way>| match before {
        Some(before) if done.get() => before.clone(),
        _ => world.read(|client| way(client, order, act)),
    });
    let command = move || fields.with(|fields| cart.with(|cart| fields.command(cart)));
    let times = times(world, cart.with_untracked(|cart| cart.restaurant.clone()), fields);
    let is_open_question = Memo::new(move |_| is_to_be_chosen(times, fields));
    let forecast = Memo::new(move |_| match is_open_question.get() {
        true => Forecast::Fair,
        false => world.forecast_instead(&command(), act),
    });
    let is_off = Memo::new(move |_| {
        let is_empty = cart.with(|cart| cart.lines.is_empty());
        busy.get() || done.get() || is_empty || way.get() != Way::Open || is_open_question.get()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_off.get_untracked() {
            return;
        }
        let way_on = way_on.clone();
        world.doing(busy, async move {
            world.edit(act, untrack(command)).await.map_err(|why| why.sentence())?;
            done.try_set(true);
            way_on(&format!("/orders/{order}"), NavigateOptions { replace: true, ..Default::default() });
            world.say(words::changed(world.kept()));
            world.keep_draft::<Begun>(&draft_name(order), None).await
        });
    };
    view! {
        <form class="checkout" on:submit=submit data-test="revision">
            {move || view! { <InTheWay way=way.get() order /> }}
            <section class="panel">
                <h2>{ordering::your_order()}</h2>
                <MenuChanges cart />
                <ul class="lines">{move || rows(cart)}</ul>
                <FromCart cart />
                <p class="total"><span>{ordering::total()}</span><strong class="price">{move || cart.with(|cart| cart.total().map(money::text))}</strong></p>
            </section>
            <ContactFields fields />
            <WhenFields times fields />
            {move || doubt(&forecast.get())}
            <div class="place">
                <button type="submit" class="button primary wide" data-test="save-revision" prop:disabled=is_off>
                    {move || if busy.get() {
                        words::saving()
                    } else if matches!(forecast.get(), Forecast::Doubtful(_)) {
                        ordering::save_anyway()
                    } else {
                        ordering::save_change()
                    }}
                </button>
                <p class="hint">{ordering::takes_its_place()}</p>
            </div>
        </form>
    }
}

#[component]
fn InTheWay(way: Way, order: OrderId) -> impl IntoView {
    match way {
        Way::Open => ().into_any(),
        Way::Left { may_cancel } => view! {
            <Notice tone=Tone::Warning attr:data-test="act-left" attr:role="alert">
                <p>{words::order_has_left()}</p>
                {may_cancel.then(|| view! { <AskToCancel order /> })}
            </Notice>
        }
        .into_any(),
        Way::RestedOn => view! {
            <Notice tone=Tone::Warning attr:role="alert">
                <p>{words::stays(sync::outbox::StayError::RestedOn(1))}</p>
                <a class="button" href="/outbox">{words::outbox()}</a>
            </Notice>
        }
        .into_any(),
    }
}

fn rows(cart: RwSignal<Cart>) -> impl IntoView {
    let lines = cart.with(|cart| cart.lines.clone());
    let row = |(index, line): (usize, Line)| {
        let change = move |count| cart.update(|cart| cart.set_quantity(index, count));
        let quantity = line.quantity;
        view! {
            <li class="line" data-test="revision-line" data-id=line.item.to_string()>
                <span class="line-words">
                    <span class="line-name">{line.name.clone()}</span>
                    <LineDetails line=line.clone() />
                    <Stepper label=ordering::how_many_of(&line.name) value=Signal::stored(quantity) min=0 max=QUANTITY_MAX change />
                </span>
                <span class="price">{money::text(line.unit.times(quantity))}</span>
            </li>
        }
    };
    lines.into_iter().enumerate().map(row).collect_view()
}

/// What changed on the menu since the order was saved, with a yes to all of it.
#[component]
fn MenuChanges(cart: RwSignal<Cart>) -> impl IntoView {
    let world = World::here();
    let menu = Memo::new(move |_| world.row(&menu_key(&cart.with(|cart| cart.restaurant.clone())), Row::as_menu));
    let changes = Memo::new(move |_| {
        menu.with(|menu| menu.as_ref().map(|menu| cart.with(|cart| cart.changes(menu))).unwrap_or_default())
    });
    let accept = move |_| {
        if let Some(menu) = menu.get_untracked() {
            cart.update(|cart| cart.accept_changes(&menu));
        }
    };
    move || {
        let changes = changes.get();
        (!changes.is_empty()).then(|| view! {
            <Notice tone=Tone::Warning attr:data-test="overtaken">
                <h3>{ordering::menu_changed()}</h3>
                <Changes changes />
                <button type="button" class="button" data-test="accept-changes" on:click=accept>{ordering::take_changes()}</button>
            </Notice>
        })
    }
}

/// The way to add dishes: what is in the cart of the same restaurant joins the order.
#[component]
fn FromCart(cart: RwSignal<Cart>) -> impl IntoView {
    let world = World::here();
    let id = StoredValue::new(cart.with_untracked(|cart| cart.restaurant.clone()));
    let more = Memo::new(move |_| carts::cart(world, &id.get_value()));
    let add = move |_| {
        let Some(menu) = untrack(|| world.row(&menu_key(&id.get_value()), Row::as_menu)) else { return };
        let lines = more.get_untracked().lines;
        let mut joined = cart.get_untracked();
        let added = lines.iter().try_for_each(|line| {
            let chosen = domain::ordering::cart::chosen(&line.choices);
            joined.add(&menu, &line.item, &chosen, line.quantity, line.note.as_str())
        });
        match added {
            Ok(()) => {
                cart.set(joined);
                carts::update(world, &id.get_value(), |cart| cart.lines.clear());
            }
            Err(why) => world.say(&words::not_added(&why)),
        }
    };
    move || {
        let count = more.with(Cart::count);
        if count == 0 {
            let href = format!("/r/{}", id.get_value());
            return view! { <a class="button quiet" href=href data-test="add-more">{ordering::add_from_menu()}</a> }
                .into_any();
        }
        let label = ordering::add_from_cart(u64::from(count));
        view! { <button type="button" class="button" data-test="add-from-cart" on:click=add>{label}</button> }
            .into_any()
    }
}
