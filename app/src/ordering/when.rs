//! When a meal is wanted: as soon as possible, which says how soon that is, or a time. What is not offered is not chosen, and nothing
//! is chosen for anybody: where the restaurant is closed, the first line asks for a time.

use domain::catalog::Restaurant;
use domain::catalog::restaurant::Openness;
use domain::id::restaurant_key;
use domain::ordering::slot::{Kitchen, SLOT_MS};
use domain::{RestaurantId, Row};
use leptos::prelude::*;
use sync::Millis;

use super::checkout::Fields;
use crate::parts::time;
use crate::texts::ordering;
use crate::words;
use crate::world::World;

/// How often the times are looked at anew, in milliseconds: as often as a clock on the wall shows another one.
const LOOK_MS: Millis = 60_000;

/// What stands in the list for as soon as possible.
const SOON: &str = "soon";

/// What a restaurant offers, as far as it is known here.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// In how many minutes it is there as soon as possible; none where nobody cooks now.
    pub soonest_min: Option<i64>,
    /// The times to choose from, in order.
    pub slots: Vec<Millis>,
    doors: Doors,
    /// When this was looked up, by the quarter of an hour: a list that somebody has open is drawn anew when another time is on it, and
    /// not each minute.
    now: Millis,
}

/// Why there is no as soon as possible, as far as a time helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doors {
    /// There is, or no time helps.
    Other,
    /// The restaurant is closed by its hours.
    Closed,
    /// Nothing would be ready before it closes.
    LastOrdersOver,
}

impl Times {
    /// What `restaurant` offers.
    pub fn of(restaurant: &Restaurant, is_brought: bool, now: Millis) -> Self {
        let utc_offset_min = &replica::zone::utc_offset_min;
        let kitchen = Kitchen { restaurant, is_brought, utc_offset_min };
        let openness = restaurant.openness(now, utc_offset_min);
        let takes_orders = openness.may_order();
        let soonest_min = takes_orders.then(|| kitchen.soonest_min());
        let doors = match openness {
            Openness::ClosedByHours { .. } => Doors::Closed,
            Openness::LastOrdersOver { .. } => Doors::LastOrdersOver,
            Openness::Open { .. } | Openness::NotKnown | Openness::ClosedForNow => Doors::Other,
        };
        Self { soonest_min, slots: kitchen.slots(now), doors, now: now.div_euclid(SLOT_MS) * SLOT_MS }
    }

    /// The times alone, without as soon as possible; none where there are none.
    pub fn for_later(self) -> Option<Self> {
        Some(Self { soonest_min: None, ..self }).filter(|times| !times.slots.is_empty())
    }

    /// Whether a time has to be chosen: there are some, and now is none of them.
    fn is_to_be_chosen(&self) -> bool {
        self.soonest_min.is_none() && !self.slots.is_empty()
    }

    /// The times by their days, for a list.
    fn by_day(&self) -> Vec<(String, Vec<Millis>)> {
        let mut days: Vec<(String, Vec<Millis>)> = vec![];
        for slot in &self.slots {
            let day = time::day(*slot, self.now);
            match days.last_mut().filter(|(known, _)| *known == day) {
                Some((_, slots)) => slots.push(*slot),
                None => days.push((day, vec![*slot])),
            }
        }
        days
    }
}

/// What the restaurant offers for what is typed in `fields`; none while it is not known here.
pub(super) fn times(world: World, id: RestaurantId, fields: RwSignal<Fields>) -> Memo<Option<Times>> {
    let is_brought = Memo::new(move |_| fields.with(Fields::is_brought));
    let now = Memo::new(move |_| world.now().div_euclid(LOOK_MS) * LOOK_MS);
    Memo::new(move |_| {
        let restaurant = world.row(&restaurant_key(&id), Row::as_restaurant)?;
        Some(Times::of(&restaurant, is_brought.get(), now.get()))
    })
}

/// Whether the person has still to say when.
pub(super) fn is_to_be_chosen(times: Memo<Option<Times>>, fields: RwSignal<Fields>) -> bool {
    fields.with(|fields| fields.wanted.is_none())
        && times.with(|times| times.as_ref().is_some_and(Times::is_to_be_chosen))
}

/// The part of a checkout that asks for the time.
#[component]
pub(super) fn WhenFields(times: Memo<Option<Times>>, fields: RwSignal<Fields>) -> impl IntoView {
    let wanted = Memo::new(move |_| fields.with(|fields| fields.wanted));
    let choose = move |value: String| fields.update(|fields| fields.wanted = value.parse().ok());
    let has_choice = Memo::new(move |_| {
        wanted.get().is_some() || times.with(|times| times.as_ref().is_some_and(|times| !times.slots.is_empty()))
    });
    let is_required = Memo::new(move |_| times.with(|times| times.as_ref().is_some_and(Times::is_to_be_chosen)));
    let soonest = move || soonest(times.with(|times| times.as_ref().and_then(|times| times.soonest_min)));
    let doors = move || times.with(|times| times.as_ref().filter(|times| times.is_to_be_chosen()).map(|it| it.doors));
    let hint = move || match (wanted.get(), doors()) {
        (Some(_), _) if fields.with(Fields::is_brought) => Some(ordering::brought_in_slot()),
        (Some(_), _) => Some(ordering::ready_in_slot()),
        (None, Some(Doors::Closed)) => Some(ordering::closed_choose_a_time()),
        (None, Some(Doors::LastOrdersOver)) => Some(ordering::last_orders_choose_a_time()),
        (None, Some(Doors::Other) | None) => None,
    };
    let choice = move || {
        has_choice.get().then(|| {
            view! {
                <label class="field">
                    <span>{ordering::when_time()}</span>
                    <select name="wanted" data-test="wanted" prop:required=is_required
                        on:change:target=move |event| choose(event.target().value())>
                        {move || times.get().map(|times| view! { <TimeOptions times wanted /> })}
                    </select>
                </label>
            }
        })
    };
    view! {
        <fieldset class="panel">
            <legend>{ordering::when()}</legend>
            {choice}
            {move || (!has_choice.get()).then(|| view! { <p data-test="soonest">{soonest}</p> })}
            {move || hint().map(|hint| view! { <p class="hint" data-test="when-says" role="status">{hint}</p> })}
        </fieldset>
    }
}

/// As soon as possible, and how soon that is where it is known.
fn soonest(minutes: Option<i64>) -> String {
    minutes.map_or_else(
        || ordering::as_soon_as_possible().to_owned(),
        |minutes| ordering::soonest_in(&words::duration(minutes)),
    )
}

/// The lines of a list of times: first as soon as possible, or the wish that a time be chosen; then each day. A time that was chosen
/// and is not offered any more stays chosen and says so.
#[component]
pub fn TimeOptions(times: Times, #[prop(into)] wanted: Signal<Option<Millis>>) -> impl IntoView {
    let option = move |at: Millis, words: String| {
        view! { <option value=at.to_string() prop:selected=move || wanted.get() == Some(at)>{words}</option> }
    };
    let first = match times.soonest_min {
        Some(minutes) => (SOON, soonest(Some(minutes))),
        None => ("", ordering::choose_a_time().to_owned()),
    };
    let slots = times.slots.clone();
    let gone = move || {
        let gone = wanted.get().filter(|at| !slots.contains(at));
        gone.map(|at| option(at, ordering::time_gone(&time::slot(at))))
    };
    let day = move |(day, slots): (String, Vec<Millis>)| {
        let slots = slots.into_iter().map(|at| option(at, time::slot_of_day(at)));
        view! { <optgroup label=day>{slots.collect_view()}</optgroup> }
    };
    view! {
        <option value=first.0 prop:selected=move || wanted.get().is_none()>{first.1}</option>
        {gone}
        {times.by_day().into_iter().map(day).collect_view()}
    }
}
