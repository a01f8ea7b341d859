//! The live feed's socket. Whatever an old socket still says is not heard.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, WebSocket};

/// What a socket tells.
pub(crate) enum Said {
    Opened,
    Text(String),
    Closed,
}

/// One socket; dropping it closes it and silences it.
pub(crate) struct Socket {
    raw: WebSocket,
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

impl Socket {
    /// Opens a socket to `/live` of the page's own origin.
    pub(crate) fn open(hear: impl Fn(Said) + 'static) -> Option<Self> {
        let origin = web_sys::window()?.location().origin().ok()?;
        let raw = WebSocket::new(&format!("{}/live", origin.replacen("http", "ws", 1))).ok()?;
        let hear = Rc::new(hear);
        let on_open = {
            let hear = hear.clone();
            Closure::<dyn FnMut()>::new(move || hear(Said::Opened))
        };
        let on_message = {
            let hear = hear.clone();
            // Binary is no word of the protocol; it is passed on as an empty text, which is none either.
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                hear(Said::Text(event.data().as_string().unwrap_or_default()));
            })
        };
        let on_close = Closure::<dyn FnMut()>::new(move || hear(Said::Closed));
        raw.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        raw.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        raw.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { raw, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    /// Says `text`; a failure shows as a close.
    pub(crate) fn say(&self, text: &str) {
        let _ = self.raw.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.raw.set_onopen(None);
        self.raw.set_onmessage(None);
        self.raw.set_onclose(None);
        let _ = self.raw.close();
    }
}
