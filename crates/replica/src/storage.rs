//! How well this device keeps what was done on it, and how much room there is; never better than the browser says.

use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use sync::Model;
use sync::loss::Loss;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::replica::Replica;
use crate::store::StoreError;

/// How well it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keeping {
    /// The browser has promised not to throw it away by itself.
    Durable,
    /// It is on the disk, and the browser may throw it away when the disk is nearly full.
    BestEffort,
    /// Only until the page is closed: the browser keeps nothing for it.
    Memory,
}

/// What is known of this device's storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Storage {
    /// How well it is kept.
    pub kept: Keeping,
    /// Whether the browser promised to keep it when it was asked; `None` if it was not asked or cannot be.
    pub granted: Option<bool>,
    /// Bytes that this site uses, about.
    pub used: Option<u64>,
    /// Bytes that it may use, about.
    pub quota: Option<u64>,
    /// Why acts are kept badly at the moment, or not at all.
    pub trouble: Option<StoreError>,
    /// Why rows are not kept at the moment. Acts are.
    pub cache_trouble: Option<StoreError>,
    /// An outbox of this browser profile that is gone, until its person has read of it.
    pub loss: Option<Loss>,
    /// Records of acts that do not even say which act they are. They are left alone, for a release that can read them.
    pub unreadable: usize,
}

/// What the browser said about the storage.
#[derive(Default)]
pub(crate) struct Room {
    asked: bool,
    granted: Option<bool>,
    used: Option<u64>,
    quota: Option<u64>,
}

impl<M: Model> Replica<M> {
    /// How well it is kept.
    pub fn kept(&self) -> Keeping {
        match self.0.room.borrow().granted {
            _ if self.0.outbox.is_in_memory() => Keeping::Memory,
            Some(true) => Keeping::Durable,
            _ => Keeping::BestEffort,
        }
    }

    /// What is known of this device's storage.
    pub fn storage(&self) -> Storage {
        let room = self.0.room.borrow();
        Storage {
            kept: self.kept(),
            granted: room.granted,
            used: room.used,
            quota: room.quota,
            trouble: self.0.trouble.borrow().clone(),
            cache_trouble: self.0.cache_trouble.borrow().clone(),
            loss: self.loss(),
            unreadable: self.0.unreadable,
        }
    }

    /// Asks the browser how it stands with the storage, now.
    pub async fn weigh(&self) -> Storage {
        if let Some(true) = ask("persisted").await.and_then(|is| is.as_bool()) {
            self.0.room.borrow_mut().granted = Some(true);
        }
        if let Some(estimate) = ask("estimate").await {
            let bytes = |name: &str| Some(Reflect::get(&estimate, &name.into()).ok()?.as_f64()? as u64);
            let mut room = self.0.room.borrow_mut();
            room.used = bytes("usage");
            room.quota = bytes("quota");
        }
        self.storage()
    }

    /// Asks the browser how it stands with the storage, beside everything else.
    pub(crate) fn weigh_soon(&self) {
        let replica = self.clone();
        spawn_local(async move {
            replica.weigh().await;
            replica.notify(&[]);
        });
    }

    /// The first thing of worth is kept: the browser is asked not to throw it away by itself. Once in a page's life, since
    /// some browsers ask the person.
    pub(crate) fn ask_to_keep(&self) {
        if std::mem::replace(&mut self.0.room.borrow_mut().asked, true) || self.storage().kept != Keeping::BestEffort {
            return;
        }
        let replica = self.clone();
        spawn_local(async move {
            let granted = ask("persist").await.and_then(|granted| granted.as_bool());
            replica.0.room.borrow_mut().granted = granted;
            replica.weigh().await;
            replica.notify(&[]);
        });
    }
}

/// Asks `navigator.storage`; `None` where there is none, or it does not answer.
async fn ask(what: &str) -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    let method: Function = Reflect::get(&storage, &what.into()).ok()?.dyn_into().ok()?;
    let answer: Promise = method.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}
