//! Tabs of one profile: one leads, all are told.
//!
//! The lead is a Web Lock: the browser gives it to the next tab when the holder goes, however it goes. A browser without
//! Web Locks lets every tab lead; the fence in the outbox then still lets only the last one write.

use futures::channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use sync::client::Standing;
use sync::{CommandId, Key};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

/// What tabs tell each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Notice {
    /// The outbox on the disk has changed.
    Outbox,
    /// These rows on the disk have changed.
    Cache { keys: Vec<Key> },
    /// Somebody signed in or out.
    Identity,
    /// How the leader stands.
    Standing(Standing),
    /// A tab that was opened asks how far the leader reaches.
    WhoLeads,
    /// A tab that is looked at would like to lead.
    WouldLead,
    /// The person wants everything tried now.
    SendNow,
    /// The person wants a parked act tried again.
    TryAgain(CommandId),
    /// A half-written text has changed.
    Draft { name: String, text: Option<String> },
}

/// The channel between tabs.
pub(crate) struct Channel {
    raw: Option<BroadcastChannel>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    pub(crate) fn open(prefix: &str, hear: impl Fn(Notice) + 'static) -> Self {
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let notice = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            if let Some(notice) = notice {
                hear(notice);
            }
        });
        let raw = BroadcastChannel::new(&format!("{prefix}-tabs")).ok();
        if let Some(raw) = &raw {
            raw.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self { raw, _on_message: on_message }
    }

    pub(crate) fn tell(&self, notice: &Notice) {
        let text = serde_json::to_string(notice).expect("a notice is plain data");
        if let Some(raw) = &self.raw {
            let _ = raw.post_message(&text.into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(raw) = &self.raw {
            raw.close();
        }
    }
}

/// Dropping it gives the lead back.
pub(crate) struct Lead {
    _release: oneshot::Sender<()>,
}

/// Waits until this tab may lead.
pub(crate) async fn lead(prefix: &str) -> Lead {
    let (release, released) = oneshot::channel::<()>();
    let (granted, grant) = oneshot::channel::<()>();
    let held = Closure::once_into_js(move || -> Promise {
        let _ = granted.send(());
        future_to_promise(async move {
            let _ = released.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Some(requested) = request(&format!("{prefix}-leader"), &held) {
        // The promise of the whole lock ends when it is released, or fails when it is stolen; either way it is over.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(requested).await;
        });
        let _ = grant.await;
    }
    Lead { _release: release }
}

fn request(name: &str, held: &JsValue) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &name.into(), held).ok()?.dyn_into().ok()
}
