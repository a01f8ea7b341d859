//! What may be chosen with a dish.

use domain::catalog::{Item, OptionGroup};
use domain::id::{GroupId, OptionId};
use leptos::prelude::*;

use crate::parts::money;
use crate::texts::catalog;
use crate::words;

/// What is chosen of which groups, the oldest first.
pub type Chosen = Vec<(GroupId, OptionId)>;

/// What a dish begins with: the first of each group that must be chosen from.
pub fn first_choices(item: &Item) -> Chosen {
    let first = |group: &OptionGroup| {
        let options = group.options.iter().take(group.min as usize);
        options.map(|option| (group.id.clone(), option.id.clone())).collect::<Vec<_>>()
    };
    item.groups.iter().flat_map(first).collect()
}

/// A group of options, to choose from.
#[component]
pub fn Group(group: OptionGroup, chosen: RwSignal<Chosen>) -> impl IntoView {
    let single = group.max == 1 && group.min == 1;
    let rule = match (group.min, group.max) {
        (1, 1) => catalog::choose_one().to_owned(),
        (0, 1) => catalog::choose_one_if_you_like().to_owned(),
        (0, max) if max as usize >= group.options.len() => catalog::as_many_as_you_like().to_owned(),
        (0, max) => catalog::up_to(u64::from(max)),
        (min, max) if min == max => catalog::choose_exactly(u64::from(min)),
        (min, max) => catalog::choose_between(u64::from(min), u64::from(max)),
    };
    let row = |option: &domain::catalog::OptionItem| {
        let key = (group.id.clone(), option.id.clone());
        let (is_chosen, toggled) = (key.clone(), key.clone());
        let max = group.max as usize;
        let toggle = move |_| chosen.update(|chosen| toggle(chosen, &toggled, max));
        let contains = words::allergens(&option.allergens);
        view! {
            <li>
                <label class="option">
                    <input type=if single { "radio" } else { "checkbox" } name=format!("group-{}", group.id)
                        value=option.id.to_string() on:change=toggle
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&is_chosen)) />
                    <span class="option-name">
                        <bdi>{option.name.clone()}</bdi>
                        {(!contains.is_empty()).then(|| view! { <small class="allergens">{catalog::contains(&contains)}</small> })}
                    </span>
                    <span class="price">{money::added(option.adds)}</span>
                </label>
            </li>
        }
    };
    let rows = group.options.iter().map(row).collect_view();
    view! {
        <fieldset class="group">
            <legend><bdi>{group.name.clone()}</bdi> " " <small>{rule}</small></legend>
            <ul class="options">{rows}</ul>
        </fieldset>
    }
}

/// Chooses or lets go; where a group is full, the oldest choice makes room.
fn toggle(chosen: &mut Chosen, key: &(GroupId, OptionId), max: usize) {
    if chosen.contains(key) {
        chosen.retain(|known| known != key);
        return;
    }
    let of_group = |known: &(GroupId, OptionId)| known.0 == key.0;
    while chosen.iter().filter(|known| of_group(known)).count() >= max.max(1) {
        let oldest = chosen.iter().position(of_group).expect("a full group has a choice");
        chosen.remove(oldest);
    }
    chosen.push(key.clone());
}
