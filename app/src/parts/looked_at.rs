//! What is done again and again while somebody looks at the page, and not behind their back.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use wasm_bindgen_futures::spawn_local;

/// How often it is seen whether a hidden page is looked at again, in milliseconds: who comes back does not wait for news.
const PEEKS_EVERY_MS: u32 = 1_000;

/// Does `work` at once and again and again, as long as it `goes_on`, and leaves it out while the page is hidden. What `work` answers
/// is after how many milliseconds it is to be done anew.
pub fn while_looked_at(goes_on: impl Fn() -> bool + 'static, work: impl AsyncFn() -> u32 + 'static) {
    spawn_local(async move {
        while goes_on() {
            let wait_ms = if document().hidden() { PEEKS_EVERY_MS } else { work().await };
            TimeoutFuture::new(wait_ms).await;
        }
    });
}
