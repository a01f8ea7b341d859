//! What is said of a dish wherever it is shown.

use domain::catalog::{Availability, Item};
use leptos::prelude::*;

use crate::texts::catalog;
use crate::words;

/// Diets and allergens.
#[component]
pub fn DishFacts(item: Item) -> impl IntoView {
    let diets = item.diets.iter().map(|diet| view! { <li class="tag diet">{words::diet(*diet)}</li> }).collect_view();
    let allergens = words::allergens(&item.allergens);
    view! {
        {(!item.diets.is_empty()).then(|| view! { <ul class="tags" aria-label=catalog::suits()>{diets}</ul> })}
        {(!allergens.is_empty()).then(|| view! { <span class="allergens">{catalog::contains(&allergens)}</span> })}
    }
}

/// A mark where a dish is not to be had, or only just.
#[component]
pub fn SoldOutMark(availability: Availability) -> impl IntoView {
    match availability {
        Availability::Available => ().into_any(),
        Availability::SoldOut | Availability::Left(0) => {
            view! { <span class="pill bad">{catalog::sold_out()}</span> }.into_any()
        }
        Availability::Left(left) if left <= LEFT_SHOWN_MAX => {
            view! { <span class="pill warning">{catalog::left(u64::from(left))}</span> }.into_any()
        }
        Availability::Left(_) => ().into_any(),
    }
}

/// The most portions that are counted down before a customer's eyes; more is plenty.
const LEFT_SHOWN_MAX: u32 = 10;
