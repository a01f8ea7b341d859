//! A bad network on demand, for this page alone: what the developer's window switches when the address says `?debug`.
//!
//! A latch holds until it is let go or the page is loaded again. Nothing here is ever on by itself.

use std::cell::Cell;

use gloo_timers::future::TimeoutFuture;

thread_local! {
    static OFFLINE: Cell<bool> = const { Cell::new(false) };
    static SLOW_MS: Cell<u32> = const { Cell::new(0) };
    static ACKS_TO_DROP: Cell<u32> = const { Cell::new(0) };
}

/// Whether nothing passes.
pub(crate) fn is_offline() -> bool {
    OFFLINE.get()
}

/// Lets nothing pass, or everything again.
pub(crate) fn set_offline(offline: bool) {
    OFFLINE.set(offline);
}

/// How much later everything passes, in milliseconds.
pub(crate) fn slow_ms() -> u32 {
    SLOW_MS.get()
}

/// Makes everything pass later by `ms` milliseconds.
pub(crate) fn set_slow(ms: u32) {
    SLOW_MS.set(ms);
}

/// Throws the next `count` answers to sent acts away.
pub(crate) fn set_acks_to_drop(count: u32) {
    ACKS_TO_DROP.set(count);
}

/// Whether the answer that has come is to be thrown away; it counts.
pub(crate) fn drops_ack() -> bool {
    let left = ACKS_TO_DROP.get();
    ACKS_TO_DROP.set(left.saturating_sub(1));
    left > 0
}

/// Waits as long as the network is made to be slow; whether anything passes then.
pub(crate) async fn pass() -> bool {
    if slow_ms() > 0 {
        TimeoutFuture::new(slow_ms()).await;
    }
    !is_offline()
}
