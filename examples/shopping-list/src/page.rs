//! The page: rows in, commands out.

use leptos::{logging::error, prelude::*, task::spawn_local};
use replica::{Replica, Settings};
use shopping_list::{Command, Shopping, Thing, WasFirst};
use sync::{InboxItem, Key, Reason, Scope, client::Client};

pub async fn open() {
    let public_scopes = vec![Scope::from("list")];
    let settings = Settings { prefix: "shopping".into(), public_scopes, release: String::new() };
    let replica = Replica::open(settings).await.expect("no other tab holds what this browser keeps");
    mount_to_body(move || page(replica));
}

fn page(replica: Replica<Shopping>) -> impl IntoView {
    let change = Trigger::new();
    std::mem::forget(replica.on_change(move |_| change.notify())); // the page lasts as long as its tab
    let replica = StoredValue::new_local(replica);
    let now = move || {
        change.track();
        replica.get_value()
    };
    let act = move |command| {
        spawn_local(async move {
            let kept = replica.get_value().act(command, None).await;
            kept.map_or_else(|why| error!("it was not kept: {why:?}"), drop);
        });
    };
    let thing = move |client: &Client<Shopping>, (key, thing): (Key, &Thing)| {
        let (name, pending) = (key.id().to_owned(), client.overlay(&key).is_some());
        let buy = Command::Buy(name.clone());
        let rest = match thing {
            Thing::BoughtBy(somebody) => format!(" bought by {somebody}").into_any(),
            Thing::Wanted => view! { " "<button on:click=move |_| act(buy.clone())>"Buy"</button> }.into_any(),
        };
        view! { <li>{name}{rest}{pending.then_some(" (saved here)")}</li> }
    };
    let item = move |item: &InboxItem<Shopping>| {
        let (id, name) = (item.id, item.lane.id().to_owned());
        let why = match &item.reason {
            Reason::Trade(WasFirst(somebody)) => format!("{somebody} bought it before you"),
            reason => reason.code().to_owned(),
        };
        let settle = move |_| spawn_local(async move { drop(replica.get_value().dismiss(id).await) });
        view! { <li>{name}": "{why}" "<button on:click=settle>"OK"</button></li> }
    };
    let status = move || format!("{:?}, {} waiting", now().status().reach, now().status().waiting);
    let things =
        move |client: &Client<_>| client.rows_of_kind("thing").into_iter().map(|row| thing(client, row)).collect_view();
    let name = RwSignal::new(String::new());
    let want = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        act(Command::Want(std::mem::take(&mut *name.write())));
    };
    view! {
        <p id="status">{status}</p>
        <form on:submit=want><input bind:value=name required aria-label="What is wanted"/><button>"Want"</button></form>
        <ul id="inbox">{move || now().read(|client| client.cache().inbox().into_iter().map(item).collect_view())}</ul>
        <ul id="things">{move || now().read(things)}</ul>
    }
}
