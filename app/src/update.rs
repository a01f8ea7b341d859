//! Reloading into the release that the server has now, when a person asks for it.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long the new release may take to come before the page is reloaded all the same: a slow phone fetching a bundle.
const PATIENCE: Duration = Duration::from_secs(30);

/// Fetches the new release's service worker, lets it take over, and reloads. Where there is none, reloads.
pub async fn take() {
    reload_after(PATIENCE);
    if let Some(worker) = newest().await {
        take_over(&worker);
    } else {
        reload();
    }
}

/// The worker of a release newer than the one that runs, once it is complete on this device or on its way there.
async fn newest() -> Option<web_sys::ServiceWorker> {
    let container = js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    let container: web_sys::ServiceWorkerContainer = container.dyn_into().ok()?;
    let registration: web_sys::ServiceWorkerRegistration =
        JsFuture::from(container.get_registration()).await.ok()?.dyn_into().ok()?;
    // Without a network there is nothing newer to find, and reloading shows what is kept.
    let _ = JsFuture::from(registration.update().ok()?).await;
    registration.waiting().or_else(|| registration.installing())
}

fn take_over(worker: &web_sys::ServiceWorker) {
    let watched = worker.clone();
    let step = move || match watched.state() {
        web_sys::ServiceWorkerState::Installed => ask_to_take_over(&watched),
        // It did not come whole; the one that is here goes on, and knows what it can do.
        web_sys::ServiceWorkerState::Activated | web_sys::ServiceWorkerState::Redundant => reload(),
        _ => {}
    };
    step();
    let on_change = wasm_bindgen::closure::Closure::<dyn Fn()>::new(step).into_js_value();
    worker.set_onstatechange(Some(on_change.unchecked_ref()));
}

fn ask_to_take_over(worker: &web_sys::ServiceWorker) {
    let message = js_sys::Object::new();
    let asked = js_sys::Reflect::set(&message, &"type".into(), &JsValue::from_str("skip-waiting"))
        .is_ok_and(|_| worker.post_message(&message).is_ok());
    if !asked {
        reload();
    }
}

fn reload_after(wait: Duration) {
    set_timeout(reload, wait);
}

fn reload() {
    // A page that cannot be reloaded is on its way out already.
    let _ = window().location().reload();
}
