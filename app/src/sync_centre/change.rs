//! Changing an act before it left: the new one takes its place in one step.

use domain::catalog::MenuCommand;
use domain::catalog::menu::{Edit, NAME_CHARS_MAX};
use domain::kitchen::TicketCommand;
use domain::kitchen::ticket::REASON_CHARS_MAX;
use domain::ordering::OrderCommand;
use domain::{Command, ItemId, Money, OrderId, RestaurantId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use sync::CommandId;

use crate::parts::{Dialog, Field, focus_heading, money};
use crate::texts::{catalog, sync_centre};
use crate::words;
use crate::world::World;

/// How an act is changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Way {
    /// On a screen of its own.
    Order(OrderId),
    /// A dish's name and price.
    Dish { restaurant: RestaurantId, item: ItemId, name: Option<Edit<String>>, price: Option<Edit<Money>> },
    /// When an accepted order is promised, in minutes.
    Promise { order: OrderId, ready_in_min: u32 },
    /// Why an order was refused, or called off after a yes.
    Refusal { order: OrderId, reason: String, after_yes: bool },
}

/// How `command` is changed; what is only on or off is taken back instead.
pub(super) fn way(command: &Command) -> Option<Way> {
    match command {
        Command::Order(OrderCommand::Place(place)) => Some(Way::Order(place.order)),
        Command::Menu { restaurant, command: MenuCommand::ChangeItem { item, name, price } } => Some(Way::Dish {
            restaurant: restaurant.clone(),
            item: item.clone(),
            name: name.clone(),
            price: price.clone(),
        }),
        Command::Ticket(TicketCommand::Accept { order, ready_in_min }) => {
            Some(Way::Promise { order: *order, ready_in_min: *ready_in_min })
        }
        Command::Ticket(TicketCommand::Refuse { order, reason }) => {
            Some(Way::Refusal { order: *order, reason: reason.as_str().to_owned(), after_yes: false })
        }
        Command::Ticket(TicketCommand::CallOff { order, reason }) => {
            Some(Way::Refusal { order: *order, reason: reason.as_str().to_owned(), after_yes: true })
        }
        _ => None,
    }
}

/// The first and the second field of the question, as they stand when it is opened.
fn written(way: &Way) -> (String, String) {
    match way {
        Way::Order(_) => (String::new(), String::new()),
        Way::Dish { name, price, .. } => (
            name.as_ref().map(|edit| edit.to.clone()).unwrap_or_default(),
            price.as_ref().map(|edit| edit.to.decimal()).unwrap_or_default(),
        ),
        Way::Promise { ready_in_min, .. } => (ready_in_min.to_string(), String::new()),
        Way::Refusal { reason, .. } => (reason.clone(), String::new()),
    }
}

/// The command that the fields ask for; `None` where they undo what it would do.
fn command(way: &Way, first: &str, second: &str) -> Result<Option<Command>, String> {
    let first = first.trim();
    match way {
        Way::Order(_) => Ok(None),
        Way::Dish { restaurant, item, name, price } => {
            let name = name.as_ref().map(|edit| Edit { from: edit.from.clone(), to: first.to_owned() });
            let price = price.as_ref().map(|edit| {
                let to = money::read(second, edit.from.currency)?;
                Ok::<_, String>(Edit { from: edit.from, to })
            });
            let name = name.filter(|edit| edit.from != edit.to);
            let price = price.transpose()?.filter(|edit| edit.from != edit.to);
            let is_any = name.is_some() || price.is_some();
            let command = MenuCommand::ChangeItem { item: item.clone(), name, price };
            Ok(is_any.then(|| Command::Menu { restaurant: restaurant.clone(), command }))
        }
        Way::Promise { order, .. } => {
            let ready_in_min = first.parse().map_err(|_| sync_centre::minutes_needed().to_owned())?;
            Ok(Some(Command::Ticket(TicketCommand::Accept { order: *order, ready_in_min })))
        }
        Way::Refusal { order, after_yes, .. } => {
            let (order, reason) = (*order, first.into());
            Ok(Some(Command::Ticket(if *after_yes {
                TicketCommand::CallOff { order, reason }
            } else {
                TicketCommand::Refuse { order, reason }
            })))
        }
    }
}

/// The button, and the fields behind it.
#[component]
pub(super) fn ChangeAct(id: CommandId, way: Way, left: RwSignal<bool>) -> impl IntoView {
    if let Way::Order(order) = way {
        let href = format!("/orders/{order}/change");
        return view! { <a class="button" href=href data-test="act-edit">{sync_centre::change_act()}</a> }.into_any();
    }
    let world = World::here();
    let (asking, busy, wrong) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<String>));
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let way = StoredValue::new(way);
    let open = move |_| {
        let (one, two) = way.with_value(written);
        first.set(one);
        second.set(two);
        wrong.set(None);
        asking.set(true);
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let command = match way.with_value(|way| command(way, &first.get_untracked(), &second.get_untracked())) {
            Ok(command) => command,
            Err(why) => return wrong.set(Some(words::sentence(&why))),
        };
        world.doing(busy, async move {
            let changed = match command {
                Some(command) => world.edit(id, command).await.map(|_| words::changed(world.kept())),
                None => world.withdraw(id).await.map(|_| words::changed_back()),
            };
            match changed {
                Ok(said) => {
                    asking.try_set(false);
                    focus_heading();
                    world.say(said);
                }
                Err(why) if why.has_left() => {
                    asking.try_set(false);
                    left.try_set(true);
                }
                // What was typed stays where it is.
                Err(why) => {
                    wrong.try_set(Some(why.sentence()));
                }
            }
            Ok(())
        });
    };
    view! {
        <button type="button" class="button" data-test="act-edit" prop:disabled=busy on:click=open>{sync_centre::change_act()}</button>
        <Dialog open=asking title=sync_centre::change_before_it_leaves()>
            <form on:submit=save data-test="change-act">
                {move || wrong.get().map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
                {way.with_value(|way| fields(way, first, second))}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{sync_centre::leave_unchanged()}</button>
                    <button type="submit" class="button primary" data-test="save-change" prop:disabled=busy>
                        {move || if busy.get() { words::saving() } else { sync_centre::save_change() }}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

fn fields(way: &Way, first: RwSignal<String>, second: RwSignal<String>) -> AnyView {
    match way {
        Way::Order(_) => ().into_any(),
        Way::Dish { name, price, .. } => view! {
            {name.is_some().then(|| view! { <Field label=catalog::name() name="change-name" max=NAME_CHARS_MAX value=first /> })}
            {price.as_ref().map(|edit| {
                let label = catalog::price_in(edit.from.currency.code());
                view! { <Field label name="change-price" mode="decimal" value=second /> }
            })}
        }
        .into_any(),
        Way::Promise { .. } => {
            view! { <Field label=sync_centre::ready_in_minutes() name="change-minutes" mode="numeric" value=first /> }.into_any()
        }
        Way::Refusal { .. } => {
            view! { <Field label=sync_centre::reason_for_customer() name="change-reason" max=REASON_CHARS_MAX value=first /> }
                .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    fn repriced(from: i64, to: i64) -> Way {
        let euros = |minor| Money::new(minor, Currency::EUR);
        let price = Some(Edit { from: euros(from), to: euros(to) });
        Way::Dish { restaurant: "trattoria".into(), item: "soup".into(), name: None, price }
    }

    #[test]
    fn a_changed_edit_still_says_what_its_editor_saw() {
        let changed = command(&repriced(600, 700), "", "7,50").expect("a price").expect("a change");
        assert_eq!(way(&changed), Some(repriced(600, 750)));
    }

    #[test]
    fn an_edit_back_to_what_was_there_is_taken_back() {
        assert_eq!(command(&repriced(600, 700), "", "6.00"), Ok(None));
    }

    #[test]
    fn what_is_no_price_changes_nothing() {
        assert!(command(&repriced(600, 700), "", "seven").is_err());
    }
}
