//! What is done again and again while somebody looks at the page, and not behind their back.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// How often it is seen whether a hidden page is looked at again, in milliseconds: who comes back does not wait for news.
const PEEKS_EVERY_MS: u32 = 1_000;

/// Does `work` for what is `wanted` at once and again and again, until something else is wanted or the view is gone, and leaves it out
/// while the page is hidden. What `work` answers is after how many milliseconds it is to be done anew.
pub fn while_looked_at<T: Copy + PartialEq + Send + Sync + 'static>(
    wanted: Memo<Option<T>>,
    work: impl AsyncFn(T) -> u32 + Copy + 'static,
) {
    // Which wish is the last: the same may be wanted again while the earlier one still waits for its turn.
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        turn.update_value(|turn| *turn += 1);
        let (Some(what), mine) = (wanted.get(), turn.get_value()) else { return };
        spawn_local(async move {
            while turn.try_get_value() == Some(mine) {
                let wait_ms = if document().hidden() { PEEKS_EVERY_MS } else { work(what).await };
                TimeoutFuture::new(wait_ms).await;
            }
        });
    });
}
