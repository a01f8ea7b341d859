//! Signing in and out. One browser profile keeps one person, and the page says so.

use domain::id::restaurant_key;
use domain::{Row, access};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_query_map;
use sync::Actor;
use sync::client::Reach;

use crate::parts::{Notice, Page, Tone, use_way_on};
use crate::world::World;
use crate::{start, words};

/// The sign-in of the micro-app whose first screen is `home` and whose people have `role`.
#[component]
pub fn SignIn(home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let actor = Memo::new(move |_| world.actor());
    let title = move || if actor.with(Option::is_some) { "Your account" } else { words::sign_in() }.to_owned();
    view! {
        <Page title=Signal::derive(title)>
            {move || match actor.get() {
                Some(actor) => view! { <SignedIn actor home role /> }.into_any(),
                None => view! { <Form home role /> }.into_any(),
            }}
            <Notice tone=Tone::Info><p>{words::one_account()}</p></Notice>
        </Page>
    }
}

/// A path of this page to go on to; anything else would lead astray.
fn next(query: Option<String>, home: &str) -> String {
    query.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or_else(|| home.to_owned())
}

fn home_of(actor: &Actor) -> &'static str {
    if actor.role.name == access::RESTAURANT { "/kitchen" } else { "/" }
}

#[component]
fn Form(home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    let query = use_query_map();
    let (account, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let way_on = way_on.clone();
        let next = next(query.with_untracked(|query| query.get("next")), home);
        wrong.set(None);
        world.doing(busy, async move {
            let (account, password) = (account.get_untracked(), password.get_untracked());
            match world.sign_in(account.trim(), &password).await {
                Ok(actor) if actor.role.name == role => {
                    way_on(&next, NavigateOptions { replace: true, ..Default::default() });
                }
                Ok(actor) => start::go_elsewhere(home_of(&actor)),
                Err(why) => {
                    wrong.try_set(Some(words::sentence(&why)));
                }
            }
            Ok(())
        });
    };
    let away = move || matches!(world.status().get().reach, Reach::Offline | Reach::Unreachable);
    view! {
        <form class="panel sign-in" on:submit=submit>
            {move || away().then(|| view! {
                <Notice tone=Tone::Warning><p>"Signing in needs the server, and it cannot be reached just now. You can look around and fill a cart meanwhile."</p></Notice>
            })}
            {move || wrong.get().map(|wrong| view! { <div role="alert"><Notice tone=Tone::Bad><p>{wrong}</p></Notice></div> })}
            <label class="field">
                <span>"Account"</span>
                <input type="text" name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required
                    prop:value=account on:input:target=move |event| account.set(event.target().value()) />
            </label>
            <label class="field">
                <span>"Password"</span>
                <input type="password" name="password" autocomplete="current-password" required
                    prop:value=password on:input:target=move |event| password.set(event.target().value()) />
            </label>
            <button type="submit" class="button primary wide" data-test="sign-in" prop:disabled=busy>
                {move || if busy.get() { "Signing in\u{2026}" } else { words::sign_in() }}
            </button>
        </form>
    }
}

#[component]
fn SignedIn(actor: Actor, home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let busy = RwSignal::new(false);
    let waiting = Memo::new(move |_| world.status().with(|status| status.waiting));
    let sign_out = move |_| world.doing(busy, async move { world.sign_out().await });
    let elsewhere = actor.role.name != role;
    let key = actor.role.of.as_deref().map(|restaurant| restaurant_key(&restaurant.into()));
    let what = Memo::new(move |_| {
        let Some(key) = &key else { return "You can order, and follow your orders.".to_owned() };
        let name = world.row(key, Row::as_restaurant).map_or_else(|| key.id().to_owned(), |restaurant| restaurant.name);
        format!("For {name}.")
    });
    let there = home_of(&actor);
    view! {
        <section class="panel">
            <p class="account-name">{words::signed_in_as(actor.account.as_str())}</p>
            <p>{move || what.get()}</p>
            {elsewhere.then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>"This account belongs to another part of Carryout."</p>
                    <a class="button" href=there>"Go there"</a>
                </Notice>
            })}
            {move || (waiting.get() > 0).then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>{words::sealed_until_you_return(waiting.get())}</p>
                </Notice>
            })}
            <div class="actions">
                <a class="button primary" href=home>"Go on"</a>
                <button type="button" class="button" data-test="sign-out" prop:disabled=busy on:click=sign_out>{words::sign_out()}</button>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(next(Some("/r/x/checkout".into()), "/"), "/r/x/checkout");
        for astray in ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""] {
            assert_eq!(next(Some(astray.into()), "/"), "/", "{astray}");
        }
    }
}
