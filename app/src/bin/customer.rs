//! The customer bundle: browse, order, follow.
//!
//! Its life cycle is in [`app::start`]; its routes, role and navigation entries are declared to the shell in
//! `app/mfe/customer.json`.

use app::account::SignIn;
use app::archive::Archive;
use app::catalog::{ItemPage, MenuPage, Restaurants};
use app::ordering::{CartPage, Checkout, History, Revision, Tracking, badge};
use app::parts::{Frame, Missing, Places};
use app::start;
use app::sync_centre::{Inbox, Outbox, SyncCentre};
use app::texts::ordering;
use app::world::World;
use domain::access::CUSTOMER;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use wasm_bindgen::prelude::*;

const PLACES: Places =
    Places { home: "/", sync_centre: "/sync", outbox: "/outbox", inbox: "/inbox", sign_in: "/sign-in" };

fn main() {}

/// Prepares the bundle; called once by its entry, with what fetches the words of a language.
#[wasm_bindgen]
pub fn bootstrap(words: js_sys::Function) {
    start::bootstrap(words);
}

/// Draws the micro-app into `element`.
#[wasm_bindgen]
pub async fn mount(element: web_sys::HtmlElement) -> Result<(), JsValue> {
    start::mount(element, screens).await
}

/// Takes the micro-app off the page again.
#[wasm_bindgen]
pub fn unmount() {
    start::unmount();
}

fn screens() -> AnyView {
    badge(World::here());
    view! {
        <Router>
            <Frame places=PLACES>
                <FlatRoutes fallback=|| view! { <Missing home="/" /> }>
                    <Route path=path!("/") view=Restaurants />
                    <Route path=path!("/r/:restaurant") view=MenuPage />
                    <Route path=path!("/r/:restaurant/i/:item") view=ItemPage />
                    <Route path=path!("/r/:restaurant/checkout") view=Checkout />
                    <Route path=path!("/cart") view=CartPage />
                    <Route path=path!("/orders") view=History />
                    <Route path=path!("/orders/archive") view=|| view! {
                        <Archive back=("/orders", ordering::your_orders()) sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/orders/:order") view=Tracking />
                    <Route path=path!("/orders/:order/change") view=Revision />
                    <Route path=path!("/outbox") view=|| view! { <Outbox sign_in="/sign-in" /> } />
                    <Route path=path!("/inbox") view=Inbox />
                    <Route path=path!("/sync") view=|| view! {
                        <SyncCentre outbox=PLACES.outbox inbox=PLACES.inbox sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/sign-in") view=|| view! { <SignIn home="/" role=CUSTOMER /> } />
                </FlatRoutes>
            </Frame>
        </Router>
    }
    .into_any()
}
