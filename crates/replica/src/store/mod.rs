//! What is kept on the device: two databases, because one may be thrown away and the other never.

pub(crate) mod cache;
pub(crate) mod idb;
pub(crate) mod outbox;

use wasm_bindgen::{JsCast, JsValue};

/// Why the device could not keep or read something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk or the site's share of it is full.
    #[error("this device's storage is full; free some space and try again")]
    Full,
    /// The browser keeps nothing for this page: a private window, or storage is switched off.
    #[error("this browser keeps nothing for this page (private window, or storage switched off)")]
    Refused,
    /// Another tab still runs an older release that holds the database.
    #[error("another tab still runs an older version; close the other tabs")]
    Blocked,
    /// Another tab leads now; nothing was written.
    #[error("another tab has taken over")]
    Fenced,
    /// The act is larger than one act may be; so many bytes.
    #[error("this is too large to keep: {0} bytes")]
    TooLarge(usize),
    /// The connection to the database was lost; it is opened again.
    #[error("the connection to this device's storage was lost")]
    Lost,
    /// Anything else, by the browser's name for it.
    #[error("this device's storage failed ({0})")]
    Other(String),
}

impl StoreError {
    /// Reads the browser's exception by its name; the names are those of the IndexedDB and Web IDL standards.
    pub(crate) fn from_js(value: &JsValue) -> Self {
        let name = value.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
        match name.as_deref() {
            Some("QuotaExceededError") => Self::Full,
            Some("SecurityError" | "NotAllowedError") => Self::Refused,
            Some("InvalidStateError") => Self::Lost,
            Some(name) => Self::Other(name.to_owned()),
            None => Self::Other(format!("{value:?}")),
        }
    }
}

/// A value as the browser's own object, through its JSON.
pub(crate) fn to_js(value: &impl serde::Serialize) -> JsValue {
    let text = serde_json::to_string(value).expect("what is stored is plain data");
    js_sys::JSON::parse(&text).expect("serde writes JSON")
}

/// The browser's own object as JSON text.
pub(crate) fn json_of(value: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(value).ok()?.as_string()
}
