//! How well what is done here is kept, and what a person is asked and told about it.

use leptos::prelude::*;
use replica::{Keeping, Storage};
use sync::protocol::Fault;

use super::{Replica, World};

impl World {
    /// What the browser promises about this device's storage.
    pub fn storage(self) -> Memo<Storage> {
        self.storage
    }

    /// How well what is done here is kept. Whether it is kept at all never changes while the page is open, so that words
    /// that depend on it need not follow it.
    pub fn kept(self) -> Keeping {
        self.replica.with_value(Replica::kept)
    }

    /// What is known of a loss was read.
    pub async fn loss_was_read(self) {
        let replica = self.replica.get_value();
        replica.loss_was_read().await;
    }

    /// Asks the browser anew how much room there is.
    pub async fn weigh(self) {
        let replica = self.replica.get_value();
        replica.weigh().await;
        self.revision.try_update(|revision| *revision += 1);
    }

    /// What could not be made sense of since the page was opened.
    pub fn faults(self) -> Vec<Fault> {
        self.revision.track();
        self.replica.with_value(Replica::faults)
    }
}

/// Where nothing is kept, a person who closes the window with something still to be sent is asked first.
pub(super) fn ask_before_leaving(replica: Replica) {
    let replica = StoredValue::new_local(replica);
    let listening = window_event_listener(leptos::ev::beforeunload, move |event| {
        if replica.try_with_value(Replica::would_lose) == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listening.remove());
}
