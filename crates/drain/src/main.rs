//! The service worker's bundle: on a `sync` event it sends what waits, with all tabs closed, through the same code as a
//! tab does. It has no screens and never opens the cache.
//!
//! `public/sw.js` imports its glue as it starts and its wasm only inside the event.

use domain::trade::Trade;
use replica::Drained;
use wasm_bindgen::prelude::*;

/// What the page's replica is called.
const PREFIX: &str = "carryout";

/// Runs when the wasm is started.
fn main() {
    console_error_panic_hook::set_once();
}

/// Sends what waits.
///
/// # Errors
/// The browser is to ask again later: something waits that could not be sent now, or a tab that is there is to send it
/// and had not yet.
#[wasm_bindgen]
pub async fn drain() -> Result<(), JsError> {
    match replica::drain::<Trade>(PREFIX).await {
        Ok(Drained::Empty | Drained::NeedsPerson) => Ok(()),
        Ok(Drained::TabLeads) => Err(JsError::new("acts wait, and a tab that is open leads")),
        Ok(Drained::Later) => Err(JsError::new("acts wait, and the server cannot be reached")),
        Err(error) => Err(JsError::new(&error.to_string())),
    }
}
