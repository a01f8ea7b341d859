//! What some browsers can do and others cannot: asked for by name, and done without where it is not there.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What `method` of `object` answers; nothing where there is none, or where it throws.
fn ask(object: &JsValue, method: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let method = js_sys::Reflect::get(object, &method.into()).ok()?;
    method.dyn_into::<js_sys::Function>().ok()?.apply(object, arguments).ok()
}

/// Waits for what `method` of `object` promises.
async fn promised(object: &JsValue, method: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let promise = ask(object, method, arguments)?.dyn_into::<js_sys::Promise>().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Shows on the app's icon how much waits.
pub fn badge_app(count: usize) {
    let (method, arguments) = match count {
        0 => ("clearAppBadge", js_sys::Array::new()),
        some => ("setAppBadge", js_sys::Array::of1(&JsValue::from_f64(some as f64))),
    };
    // An app that is not installed has no icon, which is no fault.
    spawn_local(async move { drop(promised(&window().navigator(), method, &arguments).await) });
}

/// Has the device tremble, twice.
pub fn vibrate() {
    let pattern_ms = [200, 100, 200].map(JsValue::from).into_iter().collect::<js_sys::Array>();
    ask(&window().navigator(), "vibrate", &js_sys::Array::of1(&pattern_ms));
}

/// Keeps the screen from going dark while `wanted` and while the page is looked at: hands that knead or steer cannot tap.
pub fn stay_awake(wanted: Signal<bool>) {
    let lock = StoredValue::new_local(None::<JsValue>);
    let let_go = move || {
        let held = lock.try_update_value(Option::take).flatten();
        held.map(|held| ask(&held, "release", &js_sys::Array::new()));
    };
    let hold = move || {
        spawn_local(async move {
            let Ok(locks) = js_sys::Reflect::get(&window().navigator(), &"wakeLock".into()) else { return };
            let held = promised(&locks, "request", &js_sys::Array::of1(&"screen".into())).await;
            let_go();
            lock.try_set_value(held);
            // The wish may have passed while the browser thought about it.
            if wanted.try_get_untracked() != Some(true) {
                let_go();
            }
        });
    };
    Effect::new(move |_| if wanted.get() { hold() } else { let_go() });
    // The browser lets go by itself when the page is hidden.
    let seen = window_event_listener_untyped("visibilitychange", move |_| {
        let is_seen = document().visibility_state() == web_sys::VisibilityState::Visible;
        if is_seen && wanted.try_get_untracked() == Some(true) {
            hold();
        }
    });
    on_cleanup(move || {
        seen.remove();
        let_go();
    });
}
