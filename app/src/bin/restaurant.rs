//! The restaurant bundle: cook what was ordered, keep the menu true.
//!
//! Its life cycle is in [`app::start`]; its routes, role and navigation entries are declared to the shell in
//! `app/mfe/restaurant.json`.

use app::account::SignIn;
use app::archive::Archive;
use app::catalog::Editor;
use app::dining::{TableView, Tables};
use app::kitchen::{Alarm, Board, Figures};
use app::parts::{Frame, Missing, Places};
use app::start;
use app::sync_centre::{Inbox, Outbox, SyncCentre};
use app::texts::kitchen;
use domain::access::RESTAURANT;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use wasm_bindgen::prelude::*;

const PLACES: Places = Places {
    home: "/kitchen",
    sync_centre: "/kitchen/sync",
    outbox: "/kitchen/outbox",
    inbox: "/kitchen/inbox",
    sign_in: "/kitchen/sign-in",
};

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
    view! {
        <Router>
            <Frame places=PLACES>
                <Alarm />
                <FlatRoutes fallback=|| view! { <Missing home="/kitchen" /> }>
                    <Route path=path!("/kitchen") view=Board />
                    <Route path=path!("/kitchen/menu") view=Editor />
                    <Route path=path!("/kitchen/tables") view=Tables />
                    <Route path=path!("/kitchen/tables/:tab") view=TableView />
                    <Route path=path!("/kitchen/outbox") view=|| view! { <Outbox sign_in="/kitchen/sign-in" /> } />
                    <Route path=path!("/kitchen/inbox") view=Inbox />
                    <Route path=path!("/kitchen/sync") view=|| view! {
                        <SyncCentre outbox=PLACES.outbox inbox=PLACES.inbox sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/kitchen/archive") view=|| view! {
                        <Archive back=("/kitchen", kitchen::board()) sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/kitchen/figures") view=Figures />
                    <Route path=path!("/kitchen/sign-in") view=|| view! { <SignIn home="/kitchen" role=RESTAURANT /> } />
                </FlatRoutes>
            </Frame>
        </Router>
    }
    .into_any()
}
