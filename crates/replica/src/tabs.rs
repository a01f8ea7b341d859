//! Tabs of one profile: one leads, all are told.
//!
//! The lead is a Web Lock: the browser gives it to the next tab when the holder goes, however it goes. A browser without
//! Web Locks lets every tab lead; the fence in the outbox then still lets only the last one write.

use std::cell::Cell;
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use serde::{Deserialize, Serialize};
use sync::cache::{CacheWrite, Mark};
use sync::client::Standing;
use sync::{AccountId, CommandId, Key};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

/// What tabs tell each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Notice {
    /// The outbox on the disk has changed.
    Outbox,
    /// These rows on the disk have changed, and how far the cache is read with them. What is on the disk by the time it is
    /// heard may be further: a tab that takes the mark from there would be further than its rows.
    Cache { keys: Vec<Key>, mark: Mark },
    /// The cache on the disk is to be read whole: it was written whole, or another tab leads from here on.
    CacheAnew,
    /// These rows have changed, and are not on the disk.
    Rows(CacheWrite),
    /// The cache has given way to acts, and is not to be filled again for now.
    NoRoom,
    /// What is known of an outbox that is gone has changed.
    Loss,
    /// Somebody signed in or out.
    Identity,
    /// All of these accounts is forgotten: a person who was erased, and guests whom they took over.
    Forgot(Vec<AccountId>),
    /// How the leader stands.
    Standing(Standing),
    /// A tab that was opened asks how far the leader reaches.
    WhoLeads,
    /// A tab that is looked at would like to lead.
    WouldLead,
    /// The tab that leads is not looked at, and asks for one that is: a wish that was said before it led, or while it was
    /// still looked at, it did not hear.
    WhoIsLookedAt,
    /// What follows acts has changed on the disk.
    Attachments,
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

    /// Whether this browser lets tabs hear each other.
    pub(crate) fn is_open(&self) -> bool {
        self.raw.is_some()
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

/// Waits until this tab may lead; with `steal` it takes the lock from whoever holds it. The second part tells when
/// another tab takes it from this one.
pub(crate) async fn lead(prefix: &str, steal: bool) -> (Lead, oneshot::Receiver<()>) {
    hold(&lock_name(prefix), steal).await
}

/// Waits until nobody else in this browser holds the lock `name`.
pub(crate) async fn hold(name: &str, steal: bool) -> (Lead, oneshot::Receiver<()>) {
    let (release, released) = oneshot::channel::<()>();
    let (granted, grant) = oneshot::channel::<()>();
    let (lost, stolen) = oneshot::channel::<()>();
    let granted = Rc::new(Cell::new(Some(granted)));
    let held = {
        let granted = granted.clone();
        Closure::once_into_js(move || -> Promise {
            granted.take().map(|granted| granted.send(()));
            future_to_promise(async move {
                let _ = released.await;
                Ok(JsValue::UNDEFINED)
            })
        })
    };
    let options = Object::new();
    if steal {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &"steal".into(), &true.into());
    }
    if let Some(requested) = request(name, &options, &held) {
        // The promise of the whole lock ends when it is released, and fails when it is stolen.
        wasm_bindgen_futures::spawn_local(async move {
            if JsFuture::from(requested).await.is_err() {
                match granted.take() {
                    // Refused before it was granted: this browser has no locks for this page.
                    Some(granted) => drop(granted.send(())),
                    None => drop(lost.send(())),
                }
            }
        });
        let _ = grant.await;
    }
    (Lead { _release: release }, stolen)
}

/// Leads now, or not at all because a tab does. A browser without Web Locks cannot say, and then nobody leads here.
pub(crate) async fn lead_if_free(prefix: &str) -> Option<Lead> {
    let (release, released) = oneshot::channel::<()>();
    let (granted, grant) = oneshot::channel::<bool>();
    let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
        let free = !lock.is_null();
        let _ = granted.send(free);
        future_to_promise(async move {
            if free {
                let _ = released.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;
    let requested = request(&lock_name(prefix), &options, &held)?;
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(requested).await;
    });
    grant.await.unwrap_or(false).then_some(Lead { _release: release })
}

fn lock_name(prefix: &str) -> String {
    format!("{prefix}-leader")
}

fn request(name: &str, options: &Object, held: &JsValue) -> Option<Promise> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call3(&locks, &name.into(), options, held).ok()?.dyn_into().ok()
}
