//! The driver bundle: take what is offered, fetch it, bring it, hand the cash in.
//!
//! Its life cycle is in [`app::start`]; its routes, role and navigation entries are declared to the shell in
//! `app/mfe/driver.json`.

use app::account::SignIn;
use app::archive::Archive;
use app::delivery::{Shift, Takings};
use app::parts::{Frame, Missing, Places};
use app::start;
use app::sync_centre::{Inbox, Outbox, SyncCentre};
use app::texts::delivery;
use domain::access::DRIVER;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use wasm_bindgen::prelude::*;

const PLACES: Places = Places {
    home: "/drive",
    sync_centre: "/drive/sync",
    outbox: "/drive/outbox",
    inbox: "/drive/inbox",
    sign_in: "/drive/sign-in",
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
                <FlatRoutes fallback=|| view! { <Missing home="/drive" /> }>
                    <Route path=path!("/drive") view=Shift />
                    <Route path=path!("/drive/takings") view=Takings />
                    <Route path=path!("/drive/archive") view=|| view! {
                        <Archive back=("/drive", delivery::shift()) sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/drive/outbox") view=|| view! { <Outbox sign_in="/drive/sign-in" /> } />
                    <Route path=path!("/drive/inbox") view=Inbox />
                    <Route path=path!("/drive/sync") view=|| view! {
                        <SyncCentre outbox=PLACES.outbox inbox=PLACES.inbox sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/drive/sign-in") view=|| view! { <SignIn home="/drive" role=DRIVER /> } />
                </FlatRoutes>
            </Frame>
        </Router>
    }
    .into_any()
}
