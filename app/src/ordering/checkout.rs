//! Checkout: who, where to, and the tap that places the order.
//!
//! The order's name is minted when the checkout is first seen and kept with its draft, so that six taps or two tabs are one
//! order. That it is saved, that the cart is empty and that the draft is gone are one step.

use std::time::Duration;

use domain::id::{order_key, restaurant_key};
use domain::ordering::order::TEXT_CHARS_MAX;
use domain::ordering::{Cart, Contact, Destination, OrderCommand, OrderRefusal, PlaceOrder, price};
use domain::payment::card::{SANDBOX_CARDS, SandboxCard};
use domain::payment::{Card, Method};
use domain::{Command, OrderId, Refusal, RestaurantId, Row};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use serde::{Deserialize, Serialize};
use sync::Millis;
use sync::client::Forecast;

use super::cart_page::CartChanges;
use super::carts;
use super::changes::Lines;
use super::when::{WhenFields, is_to_be_chosen, times};
use crate::catalog::restaurant_param;
use crate::parts::{Empty, Notice, Page, Tone, money, use_way_on};
use crate::texts::ordering;
use crate::words;
use crate::world::{World, kept_draft};

/// How long after the last keystroke the fields are kept: a pause between two words.
const KEEP_AFTER: Duration = Duration::from_millis(400);

/// The name and address that the next checkout begins with.
const CONTACT_DRAFT: &str = "contact";

/// A checkout as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Fields {
    order: OrderId,
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    deliver: bool,
    #[serde(default)]
    address: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    pays: Method,
    #[serde(default)]
    tip_percent: u8,
    /// The time that was chosen; none: as soon as possible, or nothing yet where that cannot be.
    #[serde(default)]
    pub(super) wanted: Option<Millis>,
}

impl Fields {
    fn new(world: World) -> Self {
        let order = OrderId(replica::new_uuid());
        let before = world.draft::<Self>(CONTACT_DRAFT);
        let blank = Self {
            order,
            name: String::new(),
            phone: String::new(),
            deliver: false,
            address: String::new(),
            note: String::new(),
            pays: Method::AtHandOver,
            tip_percent: 0,
            wanted: None,
        };
        // What was tipped once is not meant for ever, and neither is a time.
        before.map_or(blank, |before| Self { order, note: String::new(), tip_percent: 0, wanted: None, ..before })
    }

    /// What an order that was placed said.
    pub(super) fn of(place: &PlaceOrder) -> Self {
        let (deliver, address) = match &place.destination {
            Destination::Collect => (false, String::new()),
            Destination::Deliver(address) => (true, address.as_str().to_owned()),
        };
        let [name, phone, note] =
            [&place.contact.name, &place.contact.phone, &place.note].map(|text| text.as_str().to_owned());
        Self {
            order: place.order,
            name,
            phone,
            deliver,
            address,
            note,
            pays: place.pays.clone(),
            tip_percent: place.tip_percent,
            wanted: place.wanted,
        }
    }

    /// Whether it is brought.
    pub(super) fn is_brought(&self) -> bool {
        self.deliver
    }

    pub(super) fn command(&self, cart: &Cart) -> Command {
        let destination =
            if self.deliver { Destination::Deliver(self.address.trim().into()) } else { Destination::Collect };
        Command::Order(OrderCommand::Place(Box::new(PlaceOrder {
            order: self.order,
            restaurant: cart.restaurant.clone(),
            lines: cart.lines.clone(),
            destination,
            contact: Contact { name: self.name.trim().into(), phone: self.phone.trim().into() },
            note: self.note.trim().into(),
            pays: self.pays.clone(),
            // A card that was chosen before may have brought one.
            tip_percent: if self.pays.is_at_hand_over() { 0 } else { self.tip_percent },
            wanted: self.wanted,
        })))
    }
}

fn draft_name(restaurant: &RestaurantId) -> String {
    format!("checkout/{restaurant}")
}

/// The checkout that was begun at a restaurant, unless its order is placed: another tab may have kept what was typed there
/// after the tap here.
fn begun(world: World, restaurant: &RestaurantId) -> Option<Fields> {
    let fields = world.draft::<Fields>(&draft_name(restaurant))?;
    world.read(|client| client.row(&order_key(fields.order)).is_none()).then_some(fields)
}

/// The checkout of the restaurant that the address names.
#[component]
pub fn Checkout() -> impl IntoView {
    let world = World::here();
    let id = restaurant_param().get_untracked();
    let fields = untrack(|| begun(world, &id).unwrap_or_else(|| Fields::new(world)));
    world.note_draft(draft_name(&id), Some(fields.clone()));
    let (busy, done) = (RwSignal::new(false), RwSignal::new(false));
    let cart = {
        let id = id.clone();
        // From the tap on, the page shows what is ordered: the cart itself is emptied in the same step.
        Memo::new(move |shown: Option<&Cart>| match shown {
            Some(shown) if busy.get() || done.get() => shown.clone(),
            _ => carts::cart(world, &id),
        })
    };
    let is_empty = Memo::new(move |_| cart.with(|cart| cart.lines.is_empty()));
    let key = restaurant_key(&id);
    let title = Memo::new(move |_| match world.row(&key, Row::as_restaurant) {
        Some(restaurant) => ordering::checkout_at(&restaurant.name),
        None => ordering::checkout().to_owned(),
    });
    let fields = RwSignal::new(fields);
    let body = move || {
        let id = id.clone();
        if is_empty.get() {
            view! {
                <Empty title=ordering::nothing_to_check_out() text=ordering::nothing_to_check_out_says()>
                    <a class="button" href=format!("/r/{id}")>{ordering::to_the_menu()}</a>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Form id cart fields busy done /> }.into_any()
        }
    };
    view! { <Page title=title back=("/cart".to_owned(), ordering::cart().to_owned())>{body}</Page> }.into_any()
}

#[component]
fn Form(
    id: RestaurantId,
    cart: Memo<Cart>,
    fields: RwSignal<Fields>,
    busy: RwSignal<bool>,
    done: RwSignal<bool>,
) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    keep_while_typing(world, draft_name(&id), fields, done);

    let times = times(world, id.clone(), fields);
    let is_open_question = Memo::new(move |_| is_to_be_chosen(times, fields));
    let forecast = Memo::new(move |_| match is_open_question.get() {
        // What speaks against an order for now is no news to somebody who is asked for a time.
        true => Forecast::Fair,
        false => world.forecast(&fields.with(|fields| cart.with(|cart| fields.command(cart)))),
    });
    let is_person = Memo::new(move |_| world.person().is_some());
    let submit = {
        let id = id.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if done.get_untracked() {
                return;
            }
            // The browser asks for it first; nothing is chosen for anybody.
            if is_open_question.get_untracked() {
                return world.say(ordering::choose_a_time());
            }
            let (way_on, id) = (way_on.clone(), id.clone());
            world.doing(busy, async move {
                let (now, cart) = (fields.get_untracked(), cart.get_untracked());
                world.be_somebody().await?;
                let after = vec![
                    carts::emptied(world, &id),
                    kept_draft::<Fields>(&draft_name(&id), None),
                    kept_draft(CONTACT_DRAFT, Some(&now)),
                ];
                world.act_with(now.command(&cart), None, after).await?;
                done.try_set(true);
                way_on(&format!("/orders/{}", now.order), NavigateOptions { replace: true, ..Default::default() });
                world.say(words::placed(world.kept()));
                Ok(())
            });
        }
    };
    view! {
        <form class="checkout" on:submit=submit>
            <section class="panel">
                <h2>{ordering::your_order()}</h2>
                <CartChanges id=id.clone() />
                {move || view! { <Lines lines=cart.with(|cart| cart.lines.clone()) /> }}
                <p class="total"><span>{ordering::total()}</span><strong class="price">{move || cart.with(|cart| cart.total().map(money::text))}</strong></p>
            </section>
            <ContactFields fields />
            <WhenFields times fields />
            <PaymentFields fields />
            <TipFields fields cart />
            {move || doubt(&forecast.get())}
            <div class="place">
                <PlaceButton forecast fields busy done />
                {move || (!is_person.get()).then(|| {
                    let href = format!("/sign-in?next=/r/{id}/checkout");
                    view! {
                        <p class="hint">{words::no_account_needed()}</p>
                        <a class="button quiet wide" href=href data-test="sign-in-to-order">{words::sign_in()}</a>
                    }
                })}
            </div>
        </form>
    }
}

#[component]
fn PlaceButton(
    forecast: Memo<Forecast<domain::Trade>>,
    fields: RwSignal<Fields>,
    busy: RwSignal<bool>,
    done: RwSignal<bool>,
) -> impl IntoView {
    let world = World::here();
    let label = move || match forecast.get() {
        _ if busy.get() => words::saving(),
        Forecast::Doubtful(_) => ordering::send_anyway(),
        _ => ordering::place_order(),
    };
    // A field that is empty does not stop the tap: the browser then shows which one.
    let is_impossible = move || match forecast.get() {
        Forecast::Impossible(Refusal::Order(OrderRefusal::Malformed(_))) => false,
        Forecast::Impossible(_) => true,
        Forecast::Fair | Forecast::Doubtful(_) => false,
    };
    let is_off = move || busy.get() || done.get() || is_impossible();
    let away = move || !matches!(world.status().get().reach, sync::client::Reach::Online);
    view! {
        <button type="submit" class="button primary wide" data-test="place-order" prop:disabled=is_off>{label}</button>
        <p class="hint">{move || if away() {
            words::leaves_later(world.kept())
        } else {
            fields.with(|fields| words::pays_then(&fields.pays))
        }}</p>
    }
}

pub(super) fn doubt(forecast: &Forecast<domain::Trade>) -> Option<AnyView> {
    match forecast {
        Forecast::Fair => None,
        // The changes are shown with the lines.
        Forecast::Doubtful(Refusal::Order(OrderRefusal::Changed { .. })) => {
            Some(view! { <Notice tone=Tone::Warning><p>{ordering::take_changes_first()}</p></Notice> }.into_any())
        }
        Forecast::Doubtful(why) => {
            let why = ordering::looked_so_last(&words::refusal(why));
            Some(view! { <Notice tone=Tone::Warning><p>{why}</p></Notice> }.into_any())
        }
        // An empty field is said by the field itself.
        Forecast::Impossible(Refusal::Order(OrderRefusal::Malformed(_))) => None,
        Forecast::Impossible(why) => {
            let why = words::refusal(why);
            Some(view! { <Notice tone=Tone::Bad><p>{why}</p></Notice> }.into_any())
        }
    }
}

fn keep_while_typing(world: World, name: String, fields: RwSignal<Fields>, done: RwSignal<bool>) {
    let typed = StoredValue::new(None::<Fields>);
    let keep = move || {
        let typed = typed.try_update_value(Option::take).flatten();
        if let Some(fields) = typed.filter(|_| done.try_get_untracked() == Some(false)) {
            world.note_draft(name.clone(), Some(fields));
        }
    };
    let mut keep_soon = leptos::leptos_dom::helpers::debounce(KEEP_AFTER, {
        let keep = keep.clone();
        move |()| keep()
    });
    Effect::new(move |first: Option<()>| {
        let fields = fields.get();
        if first.is_some() {
            typed.set_value(Some(fields));
            keep_soon(());
        }
    });
    // Who goes elsewhere, or puts the phone away, in the middle of a word finds it again.
    let leaving = ["visibilitychange", "pagehide"].map(|event| {
        let keep = keep.clone();
        window_event_listener_untyped(event, move |_| keep())
    });
    on_cleanup(move || {
        leaving.into_iter().for_each(WindowListenerHandle::remove);
        keep();
    });
}

#[component]
pub(super) fn ContactFields(fields: RwSignal<Fields>) -> impl IntoView {
    let deliver = Memo::new(move |_| fields.with(|fields| fields.deliver));
    let choice = move |value: &'static str, is_deliver: bool, name: &'static str| {
        view! {
            <label class="option">
                <input type="radio" name="destination" value=value prop:checked=move || deliver.get() == is_deliver
                    on:change=move |_| fields.update(|fields| fields.deliver = is_deliver) />
                <span class="option-name">{name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="panel">
            <legend>{ordering::who_is_it_for()}</legend>
            <TextField label=ordering::name_to_call() name="customer-name" autocomplete="name" required=Signal::stored(true)
                value=Signal::derive(move || fields.with(|fields| fields.name.clone()))
                change=move |text| fields.update(|fields| fields.name = text) />
            <TextField label=ordering::phone() name="phone" autocomplete="tel" kind="tel"
                value=Signal::derive(move || fields.with(|fields| fields.phone.clone()))
                change=move |text| fields.update(|fields| fields.phone = text) />
        </fieldset>
        <fieldset class="panel">
            <legend>{ordering::how_to_you()}</legend>
            <div class="options two">{choice("collect", false, ordering::collect_it())}{choice("deliver", true, ordering::deliver_it())}</div>
            <div prop:hidden=move || !deliver.get()>
                <TextField label=ordering::address() name="address" autocomplete="street-address" required=deliver
                    value=Signal::derive(move || fields.with(|fields| fields.address.clone()))
                    change=move |text| fields.update(|fields| fields.address = text) />
            </div>
            <TextField label=ordering::word_to_the_kitchen() name="note" autocomplete="off"
                value=Signal::derive(move || fields.with(|fields| fields.note.clone()))
                change=move |text| fields.update(|fields| fields.note = text) />
        </fieldset>
    }
}

/// How it is paid. Cards are the provider's: here they have a name and no number.
#[component]
pub(super) fn PaymentFields(fields: RwSignal<Fields>) -> impl IntoView {
    let choice = move |value: &'static str, pays: Method, name: String, note: &'static str| {
        let is_chosen = {
            let pays = pays.clone();
            move || fields.with(|fields| fields.pays == pays)
        };
        view! {
            <label class="option">
                <input type="radio" name="pays" value=value prop:checked=is_chosen
                    on:change=move |_| fields.update(|fields| fields.pays = pays.clone()) />
                <span class="option-name">{name}<small>{note}</small></span>
            </label>
        }
    };
    let cards = SANDBOX_CARDS.iter().map(|(token, label, does)| {
        let card = Card { token: (*token).into(), label: (*label).into() };
        choice(token, Method::Card(card), (*label).to_owned(), card_does(*does))
    });
    view! {
        <fieldset class="panel">
            <legend>{ordering::how_do_you_pay()}</legend>
            <div class="options">
                {choice("at-hand-over", Method::AtHandOver, ordering::pay_at_hand_over().to_owned(), ordering::pay_at_hand_over_says())}
                {cards.collect_view()}
            </div>
        </fieldset>
    }
}

/// How a payment with a card of the sandbox goes.
fn card_does(does: SandboxCard) -> &'static str {
    match does {
        SandboxCard::Succeeds => ordering::card_succeeds(),
        SandboxCard::Declined => ordering::card_declined(),
        SandboxCard::Silent => ordering::card_silent(),
        SandboxCard::Late => ordering::card_late(),
        SandboxCard::Twice => ordering::card_twice(),
    }
}

/// The tips to choose from, in percent.
const TIPS: [u8; 4] = [5, 10, 15, 20];

/// A tip, where a card pays, and what it all comes to.
#[component]
fn TipFields(fields: RwSignal<Fields>, cart: Memo<Cart>) -> impl IntoView {
    let by_card = Memo::new(move |_| fields.with(|fields| !fields.pays.is_at_hand_over()));
    let dishes = Memo::new(move |_| cart.with(Cart::total));
    let choice = move |percent: u8, name: String| {
        let note = move || dishes.get().and_then(|dishes| price::tip(dishes, percent)).map(money::text);
        view! {
            <label class="option">
                <input type="radio" name="tip" value=percent.to_string()
                    prop:checked=move || fields.with(|fields| fields.tip_percent == percent)
                    on:change=move |_| fields.update(|fields| fields.tip_percent = percent) />
                <span class="option-name">{name}<small>{note}</small></span>
            </label>
        }
    };
    let all = move || {
        let (dishes, percent) = (dishes.get()?, fields.with(|fields| fields.tip_percent));
        price::tip(dishes, percent).map(|tip| money::text(dishes.plus(tip)))
    };
    view! {
        <Show when=move || by_card.get()>
            <fieldset class="panel">
                <legend>{ordering::a_tip()}</legend>
                <div class="options two">
                    {choice(0, ordering::no_tip().to_owned())}
                    {TIPS.map(|percent| choice(percent, ordering::percent(u64::from(percent)))).collect_view()}
                </div>
                <p class="hint">{move || if fields.with(|fields| fields.deliver) {
                    ordering::tip_of_the_driver()
                } else {
                    ordering::tip_of_the_house()
                }}</p>
                {move || all().map(|all| view! {
                    <p class="total"><span>{ordering::with_the_tip()}</span><strong class="price" data-test="with-tip">{all}</strong></p>
                })}
            </fieldset>
        </Show>
    }
}

#[component]
fn TextField(
    label: &'static str,
    name: &'static str,
    autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] required: Signal<bool>,
    value: Signal<String>,
    #[prop(into)] change: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type=kind name=name autocomplete=autocomplete maxlength=TEXT_CHARS_MAX.to_string()
                prop:required=required prop:value=value
                on:input:target=move |event| change.run(event.target().value()) />
        </label>
    }
}
