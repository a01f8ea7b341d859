//! The inbox: acts that were refused, what happened in plain words, and the choices.

use domain::catalog::MenuRefusal;
use domain::catalog::menu::Clash;
use domain::ordering::OrderCommand;
use domain::{Command, Money, Refusal, Trade};
use leptos::prelude::*;
use sync::{Act, CommandId, InboxItem, Reason};

use super::choices::{Choice, Facts, facts, offered};
use crate::ordering::Changes;
use crate::parts::{Empty, Page, money, time};
use crate::words;
use crate::world::World;

/// All items that wait for the person who is signed in.
#[component]
pub fn Inbox() -> impl IntoView {
    let world = World::here();
    let ids = Memo::new(move |_| {
        world.read(|client| client.cache().inbox().into_iter().map(|item| item.id).collect::<Vec<CommandId>>())
    });
    view! {
        <Page title=words::inbox().to_owned()>
            <p class="lead">"What could not be done as you wanted, and waits for your decision."</p>
            {move || ids.with(Vec::is_empty).then(|| view! {
                <Empty title="All settled" text="When something clashes with what others did, it comes back here and you decide." />
            })}
            <ul class="acts"><For each=move || ids.get() key=|id| *id children=|id| view! { <ItemCard id /> } /></ul>
        </Page>
    }
}

#[component]
fn ItemCard(id: CommandId) -> impl IntoView {
    let world = World::here();
    let shown = Memo::new(move |_| {
        world.read(|client| {
            let item = client.cache().inbox().into_iter().find(|item| item.id == id)?.clone();
            let what = words::act(&item.act, &words::Names(client));
            let facts = facts(client, &item);
            Some((item, what, facts, client.choice_made(id).map(|(_, stage)| stage)))
        })
    });
    let busy = RwSignal::new(false);
    move || {
        let (item, what, facts, chosen) = shown.get()?;
        let choices = offered(&item, &facts);
        let was_order = matches!(item.act, Act::Do(Command::Order(OrderCommand::Place(_))));
        let choose = move |choice: Choice| match choice.command {
            Some(command) => world.give(command, Some(id), busy),
            None => world.dismiss(id, busy),
        };
        let button = |choice: Choice| {
            let class = if choice.is_first { "button primary" } else { "button" };
            let (hook, name) = (choice.hook, choice.name.clone());
            view! {
                <button type="button" class=class data-test="choice" data-choice=hook prop:disabled=busy
                    on:click=move |_| choose(choice.clone())>{name}</button>
            }
        };
        let settle = match chosen {
            Some(stage) => view! {
                <p class="pending" role="status">{words::choice_made(stage)}</p>
            }
            .into_any(),
            None => view! { <div class="actions">{choices.into_iter().map(button).collect_view()}</div> }.into_any(),
        };
        Some(view! {
            <li class="panel inbox-item" data-test="inbox-item" data-id=id.to_string() data-code=item.reason.code()>
                <h2>{words::inbox_title(&item.reason)}</h2>
                <p class="card-note">
                    {what} " \u{b7} you tapped at " {time::moment(item.acted_at)}
                </p>
                <p>{words::reason(&item.reason)} {was_order.then(words::nothing_happened)}</p>
                <Details item=item.clone() facts />
                {settle}
            </li>
        })
    }
}

#[component]
fn Details(item: InboxItem<Trade>, facts: Facts) -> impl IntoView {
    match (&item.reason, &item.act) {
        (Reason::Trade(Refusal::Menu(MenuRefusal::EditedMeanwhile { name, price, .. })), _) => {
            let name = name.as_deref().map(|clash| clash_row("Name", clash, Clone::clone));
            let price = price.as_deref().map(|clash| clash_row("Price", clash, |price: &Money| money::text(*price)));
            view! {
                <table class="changes">
                    <thead><tr>
                        <th scope="col">"Field"</th><th scope="col">"You saw"</th>
                        <th scope="col">"Now"</th><th scope="col">"You want"</th>
                    </tr></thead>
                    <tbody>{name}{price}</tbody>
                </table>
            }
            .into_any()
        }
        (_, Act::Do(Command::Order(OrderCommand::Place(_)))) if !facts.changes.is_empty() => {
            let sums = facts.before.map(|before| {
                let after = facts.after.map_or_else(|| "nothing left to order".to_owned(), money::text);
                view! { <p class="total"><span>"Total"</span><span class="price"><s>{money::text(before)}</s>" "<strong>{after}</strong></span></p> }
            });
            view! { <Changes changes=facts.changes />{sums} }.into_any()
        }
        _ => ().into_any(),
    }
}

fn clash_row<T>(field: &'static str, clash: &Clash<T>, text: impl Fn(&T) -> String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{field}</th>
            <td class="before"><s>{text(&clash.seen)}</s></td>
            <td class="after">{text(&clash.theirs)}</td>
            <td class="after">{text(&clash.yours)}</td>
        </tr>
    }
    .into_any()
}
