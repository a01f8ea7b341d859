//! The operators' bundle: orders in trouble, and what can be done about them.
//!
//! Its life cycle is in [`app::start`]; its routes, role and navigation entries are declared to the shell in
//! `app/mfe/ops.json`.

use app::account::SignIn;
use app::archive::Archive;
use app::ops::{Desk, System};
use app::parts::{Frame, Missing, Places};
use app::start;
use app::sync_centre::{Inbox, Outbox, SyncCentre};
use app::texts::desk;
use domain::access::OPERATOR;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use wasm_bindgen::prelude::*;

const PLACES: Places = Places {
    home: "/desk",
    sync_centre: "/desk/sync",
    outbox: "/desk/outbox",
    inbox: "/desk/inbox",
    sign_in: "/desk/sign-in",
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
                <FlatRoutes fallback=|| view! { <Missing home="/desk" /> }>
                    <Route path=path!("/desk") view=Desk />
                    <Route path=path!("/desk/system") view=System />
                    <Route path=path!("/desk/archive") view=|| view! {
                        <Archive back=("/desk", desk::desk()) sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/desk/outbox") view=|| view! { <Outbox sign_in="/desk/sign-in" /> } />
                    <Route path=path!("/desk/inbox") view=Inbox />
                    <Route path=path!("/desk/sync") view=|| view! {
                        <SyncCentre outbox=PLACES.outbox inbox=PLACES.inbox sign_in=PLACES.sign_in />
                    } />
                    <Route path=path!("/desk/sign-in") view=|| view! { <SignIn home="/desk" role=OPERATOR /> } />
                </FlatRoutes>
            </Frame>
        </Router>
    }
    .into_any()
}
