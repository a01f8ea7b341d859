//! The restaurant bundle. Its contract with the shell is single-spa's life cycle, exported through wasm-bindgen:
//!
//! - `bootstrap()` once, before the first mount; `mount(element)` draws into the element it is given, and nowhere else;
//!   `unmount()` removes what `mount` drew and lets go of sockets and locks. Each may be `async`.
//! - A panic is told to the shell as the window event `carryout:panic`, with the message as its detail.
//! - Another micro-app is reached by a plain link, or by the window event `carryout:navigate` with the path as its detail.
//!
//! Routes, role and navigation entries are declared in `app/mfe/restaurant.json`.

use std::{any::Any, cell::RefCell};

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

thread_local! {
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

fn main() {}

/// Prepares the bundle; called once by the shell.
#[wasm_bindgen]
pub fn bootstrap() {
    console_error_panic_hook::set_once();
}

/// Draws the micro-app into `element`.
#[wasm_bindgen]
pub fn mount(element: web_sys::HtmlElement) {
    let handle = leptos::mount::mount_to(element, || view! { <h1>"Carryout: restaurant"</h1> });
    MOUNTED.with(|mounted| *mounted.borrow_mut() = Some(Box::new(handle)));
}

/// Takes the micro-app off the page again.
#[wasm_bindgen]
pub fn unmount() {
    MOUNTED.with(|mounted| mounted.borrow_mut().take());
}
