//! Signing in. One browser profile keeps one person, and the page says so. What a guest did on this device is sent under
//! their own name first; then it moves to the account with the sign-in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_query_map;
use sync::client::{Pause, Reach};

use super::guest::{Forget, TakesOver};
use super::signed_in::{SignedIn, home_of};
use super::your_data::YourData;
use crate::parts::{LanguageChoice, Notice, Page, Tone, use_way_on};
use crate::texts::account as texts;
use crate::world::World;
use crate::{start, words};

/// The sign-in of the micro-app whose first screen is `home` and whose people have `role`.
#[component]
pub fn SignIn(home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let person = Memo::new(move |_| world.person());
    // Who is known here and no longer to the server must be able to sign in without signing out first.
    let ran_out = Memo::new(move |_| {
        world.status().with(|status| status.paused.filter(|why| matches!(why, Pause::SignedOut | Pause::OtherAccount)))
    });
    let known = Memo::new(move |_| person.get().filter(|_| ran_out.get().is_none()));
    let title = move || if known.with(Option::is_some) { texts::your_account() } else { words::sign_in() }.to_owned();
    view! {
        <Page title=Signal::derive(title)>
            {move || ran_out.get().map(|why| view! { <Notice tone=Tone::Warning><p>{words::paused(why)}</p></Notice> })}
            {move || match known.get() {
                Some(actor) => view! { <SignedIn actor home role /> }.into_any(),
                None => view! { <Form home role /><Forget /> }.into_any(),
            }}
            <LanguageChoice />
            <YourData />
            <Notice tone=Tone::Info><p>{words::one_account()}</p></Notice>
        </Page>
    }
}

/// A path of this page to go on to; anything else would lead astray.
fn next(query: Option<String>, home: &str) -> String {
    query.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or_else(|| home.to_owned())
}

/// How far the form has come.
#[derive(Clone, Copy)]
struct Progress {
    busy: RwSignal<bool>,
    /// What a guest did is being sent.
    handing_in: RwSignal<bool>,
    /// How much of it could not be sent, once that is known.
    left_behind: RwSignal<usize>,
    wrong: RwSignal<Option<String>>,
}

impl Progress {
    fn new() -> Self {
        let (busy, handing_in) = (RwSignal::new(false), RwSignal::new(false));
        Self { busy, handing_in, left_behind: RwSignal::new(0), wrong: RwSignal::new(None) }
    }

    /// Sends what the guest did. Whether the person may go on: all has left, or they were told what has not.
    async fn hands_in(self, world: World) -> bool {
        let told = self.left_behind.get_untracked();
        self.handing_in.set(true);
        let left = world.hand_in().await;
        self.handing_in.try_set(false);
        self.left_behind.try_set(left);
        left <= told
    }
}

#[component]
fn Form(home: &'static str, role: &'static str) -> impl IntoView {
    let world = World::here();
    let way_on = use_way_on();
    let query = use_query_map();
    let (account, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let takes_over = RwSignal::new(true);
    let progress = Progress::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let way_on = way_on.clone();
        let next = next(query.with_untracked(|query| query.get("next")), home);
        progress.wrong.set(None);
        let is_guest = untrack(|| world.is_guest());
        world.doing(progress.busy, async move {
            if is_guest && !progress.hands_in(world).await {
                return Ok(());
            }
            let (account, password) = (account.get_untracked(), password.get_untracked());
            match world.sign_in(account.trim(), &password, takes_over.get_untracked()).await {
                Ok((actor, told)) if actor.role.name == role => {
                    way_on(&next, NavigateOptions { replace: true, ..Default::default() });
                    if !told.is_empty() {
                        world.say(&told.join(" "));
                    }
                }
                Ok((actor, _)) => start::go_elsewhere(home_of(&actor)),
                Err(why) => {
                    progress.wrong.try_set(Some(words::sentence(&why)));
                }
            }
            Ok(())
        });
    };
    view! {
        <form class="panel sign-in" on:submit=submit>
            <Doubts progress />
            <TakesOver takes_over />
            <label class="field">
                <span>{texts::account()}</span>
                <input type="text" name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required
                    prop:value=account on:input:target=move |event| account.set(event.target().value()) />
            </label>
            <label class="field">
                <span>{texts::password()}</span>
                <input type="password" name="password" autocomplete="current-password" required
                    prop:value=password on:input:target=move |event| password.set(event.target().value()) />
            </label>
            <button type="submit" class="button primary wide" data-test="sign-in" prop:disabled=progress.busy>
                {move || label(progress)}
            </button>
        </form>
    }
}

fn label(progress: Progress) -> &'static str {
    match (progress.busy.get(), progress.handing_in.get(), progress.left_behind.get()) {
        (true, true, _) => words::sending_first(),
        (true, false, _) => texts::signing_in(),
        (false, _, 0) => words::sign_in(),
        (false, ..) => words::sign_in_all_the_same(),
    }
}

/// What speaks against signing in just now.
#[component]
fn Doubts(progress: Progress) -> impl IntoView {
    let world = World::here();
    let away = move || matches!(world.status().get().reach, Reach::Offline | Reach::Unreachable);
    let left = progress.left_behind;
    view! {
        {move || away().then(|| view! {
            <Notice tone=Tone::Warning><p>{texts::needs_server()}</p></Notice>
        })}
        {move || progress.wrong.get().map(|wrong| view! { <div role="alert"><Notice tone=Tone::Bad><p>{wrong}</p></Notice></div> })}
        {move || (left.get() > 0).then(|| view! {
            <div role="alert" data-test="left-behind" data-count=left.get().to_string()>
                <Notice tone=Tone::Warning><p>{words::left_behind(left.get(), !world.guest_has_left())}</p></Notice>
            </div>
        })}
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
