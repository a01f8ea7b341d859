//! What is kept on the device: two databases, because one may be thrown away and the other never.

pub(crate) mod attachments;
pub(crate) mod cache;
pub(crate) mod idb;
pub(crate) mod memory;
pub(crate) mod name;
pub(crate) mod outbox;
pub(crate) mod restore;
mod transaction;
mod twin;

use serde::{Serialize, Serializer};
use sync::protocol::COMMAND_BYTES_MAX;
use wasm_bindgen::{JsCast, JsValue};

/// Why the device could not keep or read something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk or the site's share of it is full.
    #[error("this device has no room left; what you wrote is still on this screen. Free some room and try again")]
    Full,
    /// The browser keeps nothing for this page: a private window, or storage is switched off.
    #[error("this browser keeps nothing for this page (private window, or storage switched off)")]
    Refused,
    /// Something holds the database: another tab that runs an older release, or a disk that does not answer.
    #[error(
        "another tab holds this device's storage; close the other tabs of this site, and this one goes on by itself"
    )]
    Blocked,
    /// A newer release has taken the database over.
    #[error("a newer version of this page is open in another tab; nothing is lost. Load this page again")]
    Newer,
    /// The browser threw the database away while the page was open.
    #[error("the browser threw this device's storage away, and another tab has begun anew; load this page again")]
    Evicted,
    /// What was begun has not ended for long.
    #[error("this device's storage does not answer; nothing is saved until it does")]
    Slow,
    /// Another tab leads now; nothing was written.
    #[error("another tab has taken over")]
    Fenced,
    /// The act is larger than one act may be ([`COMMAND_BYTES_MAX`]); so many bytes.
    #[error(
        "this has {0} bytes, and {max} are the most that is kept of one act; nothing was saved, and what you wrote is still \
         on this screen. Make it shorter, or do it in parts",
        max = COMMAND_BYTES_MAX
    )]
    TooLarge(usize),
    /// The act that was to be taken back or replaced cannot be any more.
    #[error("it cannot be changed any more: {0}")]
    Stays(sync::outbox::StayError),
    /// Somebody signed in or out in another tab, and this one has not shown it yet; nothing was written.
    #[error("somebody signed in or out in another tab; nothing was saved. See who is signed in, and do it again")]
    OtherPerson,
    /// The connection to the database was lost; it is opened again.
    #[error("the connection to this device's storage was lost")]
    Lost,
    /// Anything else, by the browser's name for it.
    #[error("this device's storage failed ({0})")]
    Other(String),
}

/// As a sentence, for whoever reads a console.
impl Serialize for StoreError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl StoreError {
    /// Reads the browser's exception by its name; the names are those of the IndexedDB and Web IDL standards.
    pub(crate) fn from_js(value: &JsValue) -> Self {
        let name = value.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
        match name.as_deref() {
            Some("QuotaExceededError") => Self::Full,
            Some("SecurityError" | "NotAllowedError") => Self::Refused,
            Some("InvalidStateError") => Self::Lost,
            Some("VersionError") => Self::Newer,
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
