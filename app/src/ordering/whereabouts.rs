//! Where the driver was last seen who has this order in their bag: in words, and as a picture. The server is asked while somebody
//! looks, and what it said last stays, with its age.

use std::time::Duration;

use domain::OrderId;
use domain::delivery::sighting::{KEPT_MS, Seen, TOLD_EVERY_MS};
use domain::delivery::{Place, Wind};
use domain::ordering::{Order, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sync::Millis;

use super::sketch::{SIZE, Sketch};
use crate::parts::place::place;
use crate::parts::while_looked_at;
use crate::texts::{ordering, parts};
use crate::words;
use crate::world::World;

/// How often the server is asked, in milliseconds: as often as a phone tells it.
const ASKED_EVERY_MS: u32 = TOLD_EVERY_MS as u32;

/// How long who asks how far it is waits for this phone to know where it is.
const LOOKS_MAX: Duration = Duration::from_secs(10);

/// From how many metres on somebody is no more at a kitchen, as their phone has it.
const AT_M: u32 = 50;

/// What is known of where the driver is; it outlives what else changes on the page.
#[derive(Clone, Copy)]
pub(super) struct Lookout {
    /// The order that is looked out for, while it is in a bag.
    carried: Memo<Option<OrderId>>,
    seen: RwSignal<Sight>,
    /// Where this phone is, once it was asked; inside nothing where it does not say.
    here: RwSignal<Option<Option<Place>>>,
    asks: RwSignal<bool>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Sight {
    #[default]
    Asked,
    Nowhere,
    /// There, at a moment of this device's clock.
    At(Place, Millis),
}

/// Whether a driver has it in their bag.
pub(super) fn is_carried(order: &Order) -> bool {
    order.is_dispatched() && order.status == Status::PickedUp
}

impl Lookout {
    /// Looks out for the order that is carried, as long as the page is there and looked at.
    pub(super) fn of(world: World, carried: Memo<Option<OrderId>>) -> Self {
        let lookout =
            Self { carried, seen: RwSignal::default(), here: RwSignal::new(None), asks: RwSignal::new(false) };
        Effect::new(move |_| {
            carried.track();
            lookout.seen.set(Sight::Asked);
        });
        while_looked_at(carried, async move |order| {
            let said = world.ask::<Option<Seen>>(&format!("/api/deliveries/{order}/driver")).await;
            let is_still_wanted = carried.try_get_untracked() == Some(Some(order));
            // What cannot be asked leaves what was said; an answer that comes late is of another order.
            if let Ok(said) = said
                && is_still_wanted
            {
                let sight = |seen: Seen| Sight::At(seen.at, replica::now() - seen.ago_ms);
                lookout.seen.try_set(said.map_or(Sight::Nowhere, sight));
            }
            ASKED_EVERY_MS
        });
        lookout
    }

    /// Where the driver is, as long as that says something.
    fn fresh(self, now: Millis) -> Sight {
        match self.seen.get() {
            Sight::At(_, when) if now - when >= KEPT_MS => Sight::Nowhere,
            sight => sight,
        }
    }

    fn ask_here(self) {
        if self.asks.get_untracked() {
            return;
        }
        self.asks.set(true);
        spawn_local(async move {
            let found = place(LOOKS_MAX).await;
            self.here.try_set(Some(found));
            self.asks.try_set(false);
        });
    }
}

/// Says it, and draws it where the kitchen's place is known.
#[component]
pub(super) fn Whereabouts(lookout: Lookout, restaurant: String, kitchen: Option<Place>) -> impl IntoView {
    let world = World::here();
    let restaurant = StoredValue::new(restaurant);
    let sight = Memo::new(move |_| lookout.fresh(world.now()));
    let told = move |at: Place, when: Millis| {
        let age = match u64::try_from((world.now() - when) / 60_000) {
            Ok(minutes @ 1..) => ordering::driver_seen(minutes),
            _ => ordering::driver_seen_now().to_owned(),
        };
        let from_kitchen = kitchen.map(|kitchen| restaurant.with_value(|name| from_kitchen(kitchen, at, name)));
        view! {
            <p class="driver-seen" data-test="driver-seen" data-at=format!("{},{}", at.0, at.1)>
                <strong>{age}</strong>
                {from_kitchen.map(|words| view! { <br /><span>{words}</span> })}
            </p>
            {move || lookout.here.get().map(|here| from_here(here, at))}
            {move || {
                let here = lookout.here.get().flatten();
                let marks = [Some((Mark::Driver, at)), kitchen.map(|at| (Mark::Kitchen, at)), here.map(|at| (Mark::Here, at))];
                let marks: Vec<_> = marks.into_iter().flatten().collect();
                (marks.len() > 1).then(|| restaurant.with_value(|name| drawn(&marks, name)))
            }}
        }
    };
    let asks = move || {
        let name = if lookout.asks.get() { ordering::how_far_is_asked() } else { ordering::how_far_from_here() };
        lookout.here.get().flatten().is_none().then(|| {
            view! {
                <button type="button" class="button quiet" data-test="how-far" prop:disabled=lookout.asks
                    on:click=move |_| lookout.ask_here()>{name}</button>
                <p class="hint">{ordering::here_stays()}</p>
            }
        })
    };
    move || {
        lookout.carried.get()?;
        let body = match sight.get() {
            Sight::Asked => view! { <p class="hint">{ordering::driver_asked()}</p> }.into_any(),
            Sight::Nowhere => {
                view! { <p class="hint" data-test="driver-unseen">{ordering::driver_unseen()}</p> }.into_any()
            }
            Sight::At(at, when) => view! { {move || told(at, when)} {asks} }.into_any(),
        };
        Some(view! { <section class="whereabouts" data-test="whereabouts">{body}</section> })
    }
}

fn from_kitchen(kitchen: Place, at: Place, restaurant: &str) -> String {
    match kitchen.metres_to(at) {
        0..AT_M => ordering::driver_at_kitchen(restaurant),
        metres => {
            let wind = words::wind(Wind::from(kitchen, at));
            ordering::driver_from_kitchen(&words::length(metres), restaurant, wind)
        }
    }
}

fn from_here(here: Option<Place>, at: Place) -> impl IntoView {
    let words = here.map_or_else(
        || parts::here_unknown().to_owned(),
        |here| ordering::driver_from_here(&words::length(here.metres_to(at))),
    );
    view! { <p data-test="from-here">{words}</p> }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Driver,
    Kitchen,
    Here,
}

impl Mark {
    fn class(self) -> &'static str {
        match self {
            Self::Driver => "mark driver",
            Self::Kitchen => "mark kitchen",
            Self::Here => "mark here",
        }
    }

    /// Each has a form of its own, because colours are not for everybody.
    fn form(self, (x, y): (f64, f64)) -> AnyView {
        match self {
            Self::Driver => view! { <circle class=self.class() cx=x cy=y r="8" /> }.into_any(),
            Self::Kitchen => {
                view! { <rect class=self.class() x=x - 7.0 y=y - 7.0 width="14" height="14" /> }.into_any()
            }
            Self::Here => view! {
                <path class=self.class() d=format!("M{x} {} l9 15 h-18 z", y - 10.0) />
            }
            .into_any(),
        }
    }
}

/// The picture says nothing that the words do not, so a screen reader passes it by.
fn drawn(marks: &[(Mark, Place)], restaurant: &str) -> impl IntoView + use<> {
    let places: Vec<_> = marks.iter().map(|(_, place)| *place).collect();
    let sketch = Sketch::of(&places);
    let of = |wanted| marks.iter().position(|(mark, _)| *mark == wanted).map(|index| sketch.marks[index]);
    let way = of(Mark::Kitchen).zip(of(Mark::Driver)).map(|((from_x, from_y), (to_x, to_y))| {
        view! { <line class="way" x1=from_x y1=from_y x2=to_x y2=to_y /> }
    });
    let name = |mark| match mark {
        Mark::Driver => ordering::sketch_driver().to_owned(),
        Mark::Kitchen => restaurant.to_owned(),
        Mark::Here => ordering::sketch_here().to_owned(),
    };
    let legend = marks.iter().map(|(mark, _)| {
        view! {
            <li><svg viewBox="0 0 20 20" aria-hidden="true">{mark.form((10.0, 10.0))}</svg><bdi>{name(*mark)}</bdi></li>
        }
    });
    let legend = legend.collect_view();
    // The driver is drawn last, above all else.
    let forms = marks.iter().zip(&sketch.marks).rev().map(|((mark, _), at)| mark.form(*at)).collect_view();
    let (bar, bar_m) = sketch.bar;
    view! {
        <figure class="sketch" data-test="sketch">
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) aria-hidden="true">
                {way}
                {forms}
                <path class="bar" d=format!("M10 {y} v-4 v4 h{bar} v-4", y = SIZE.1 - 8.0) />
            </svg>
            <figcaption>
                <ul class="sketch-legend">{legend}</ul>
                <p class="hint">{ordering::sketch_scale(&words::length(bar_m))}</p>
            </figcaption>
        </figure>
    }
}
