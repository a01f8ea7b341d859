//! The life cycle that both bundles share, and what a person sees before the replica is open.
//!
//! The contract with the shell is single-spa's: `bootstrap()` once; `mount(element)` draws into the element it is given
//! and nowhere else; `unmount()` removes what `mount` drew and lets go of sockets and locks. A panic is told to the
//! shell as the window event `carryout:panic` with the message as its detail; that there is more to see than a skeleton as
//! `carryout:shown`.

use std::any::Any;
use std::cell::RefCell;
use std::time::Duration;

use js_sys::Function;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos::task::spawn_local;
use replica::StoreError;
use wasm_bindgen::JsValue;

use crate::language;
use crate::parts::Skeleton;
use crate::words;
use crate::world::{self, World};

thread_local! {
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// Prepares the bundle; called once by its entry, which says how the [words](crate::language) are fetched.
pub fn bootstrap(words: Function) {
    language::fetched_by(words);
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        tell_shell("carryout:panic", &JsValue::from_str(&panic.to_string()));
    }));
}

/// Draws `screens` into `element` as soon as the replica is open.
///
/// # Errors
/// When the words of the page's language cannot be fetched; then nothing is drawn.
pub async fn mount(element: web_sys::HtmlElement, screens: fn() -> AnyView) -> Result<(), JsValue> {
    language::begin().await?;
    let handle = leptos::mount::mount_to(element, move || view! { <Opening screens /> });
    MOUNTED.with(|mounted| *mounted.borrow_mut() = Some(Box::new(handle)));
    Ok(())
}

/// Takes the micro-app off the page again.
pub fn unmount() {
    MOUNTED.with(|mounted| mounted.borrow_mut().take());
}

/// Tells the shell something, as a window event.
pub fn tell_shell(event: &str, detail: &JsValue) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &init) {
        // Nobody cancels these events, so what dispatching answers says nothing.
        let _ = window().dispatch_event(&event);
    }
}

/// Tells the shell which role is signed in here now, so that the next start opens that role's app.
pub fn tell_role(role: Option<&str>) {
    let detail = js_sys::Object::new();
    let role = role.map_or(JsValue::NULL, JsValue::from_str);
    if js_sys::Reflect::set(&detail, &"role".into(), &role).is_ok() {
        tell_shell("carryout:session", &detail);
    }
}

/// Tells the shell how much waits behind one of its navigation links.
pub fn tell_badge(key: &str, count: usize) {
    let detail = js_sys::Object::new();
    let set = |name: &str, value: JsValue| js_sys::Reflect::set(&detail, &name.into(), &value).is_ok();
    if set("key", key.into()) && set("count", JsValue::from_f64(count as f64)) {
        tell_shell("carryout:badge", &detail);
    }
}

/// Opens a path of another micro-app.
pub fn go_elsewhere(path: &str) {
    tell_shell("carryout:navigate", &JsValue::from_str(path));
}

/// How long after it could not be opened the replica is opened again: what held it may have been closed by then.
const OPEN_AGAIN: Duration = Duration::from_secs(2);

/// How long what is kept on this device may take to be read before a person hears that it does not answer. It is waited for all
/// the same: who gave up on a slow disk and began anew would never come to its end.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

#[component]
fn Opening(screens: fn() -> AnyView) -> impl IntoView {
    let opened = RwSignal::new(None::<Result<World, String>>);
    // What is tried again must not keep alive what was taken off the page.
    let owner = Owner::current().expect("a component has an owner").downgrade();
    let tries = RwSignal::new(0);
    let again = move || {
        tries.try_update(|tries| *tries += 1);
    };
    let is_slow = RwSignal::new(false);
    set_timeout(
        move || {
            let _ = is_slow.try_set(true);
        },
        ANSWERS_WITHIN,
    );
    Effect::new(move |_| {
        tries.track();
        let owner = owner.clone();
        spawn_local(async move {
            let replica = world::open().await;
            // The page may have moved on to another micro-app meanwhile, or an earlier try succeeded late.
            let is_wanted = opened.try_with_untracked(|opened| !matches!(opened, Some(Ok(_))));
            let Some(owner) = owner.upgrade().filter(|_| is_wanted == Some(true)) else {
                return replica.into_iter().for_each(|replica| replica.close());
            };
            if replica.is_err() {
                set_timeout(again, OPEN_AGAIN);
            }
            let world = replica.map(|replica| owner.with(|| World::new(replica)));
            opened.set(Some(world));
        });
    });
    let has_something_to_show = move || {
        opened.with(|opened| match opened {
            Some(Ok(world)) => !world.is_loading(),
            Some(Err(_)) => true,
            None => is_slow.get(),
        })
    };
    Effect::new(move |was_told: Option<bool>| {
        let is_told = was_told == Some(true) || has_something_to_show();
        if is_told && was_told != Some(true) {
            // In the next frame it is drawn.
            request_animation_frame(|| tell_shell("carryout:shown", &JsValue::NULL));
        }
        is_told
    });
    move || match opened.get() {
        None if is_slow.get() => {
            view! { <CannotOpen why=words::store_failure(&StoreError::Slow) again=reload /> }.into_any()
        }
        None => view! { <div class="opening"><Skeleton rows=5 /></div> }.into_any(),
        Some(Ok(world)) => {
            provide_context(world);
            view! { <Spoken screens /> }.into_any()
        }
        Some(Err(why)) => view! { <CannotOpen why again /> }.into_any(),
    }
}

/// The screens in the language that is spoken. Another language is another page: of the old one nothing is kept but what the world holds.
#[component]
fn Spoken(screens: fn() -> AnyView) -> impl IntoView {
    let spoken = language::spoken();
    let drawn = StoredValue::new(None::<Owner>);
    let draw = move |_| {
        let owner = Owner::new();
        let before = drawn.try_update_value(|drawn| drawn.replace(owner.clone())).flatten();
        // A router that is still referred to from within itself would go on answering for the new one.
        before.inspect(Owner::cleanup);
        // What is drawn later, such as the page of an address that there is not, belongs to the same owner.
        OwnedView::new_with_owner(owner.with(screens), owner)
    };
    view! { <For each=move || [spoken.get()] key=|language| *language children=draw /> }
}

/// Why the replica is not open, and a way to try it again.
#[component]
fn CannotOpen(why: String, again: impl Fn() + 'static) -> impl IntoView {
    view! {
        <section class="app-error" role="alert" data-test="app-error">
            <h1>{words::cannot_open()}</h1>
            <p>{words::sentence(&why)}</p>
            <button class="button" type="button" data-test="retry" on:click=move |_| again()>{words::try_again()}</button>
        </section>
    }
}

/// Loads the page anew: what was begun and does not end goes with it.
fn reload() {
    // A page that is being closed is not loaded again.
    let _ = window().location().reload();
}
