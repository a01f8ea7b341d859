//! Noticing that a browser threw away what was kept here, and finding out what of it can be known.
//!
//! Eviction takes the storage of a site whole and usually leaves its cookies. A script's cookie says how much waits, and
//! under which name; the server's own names the device and is asked for what it heard from it. What both say is kept until
//! the person has read it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use js_sys::Reflect;
use reqwest::Method;
use serde_json::json;
use sync::Model;
use sync::client::{Client, Link};
use sync::loss::{Loss, Remembered, Trace};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::replica::Replica;
use crate::tabs::Notice;
use crate::{http, now};

/// How long the script's cookie is asked to stay, in seconds: the longest that browsers let one stay, 400 days. Some keep
/// a script's only seven days; then only the server's is left.
const COOKIE_S: u32 = 400 * 24 * 60 * 60;

/// How long after a failure the server is asked again what it knows.
const ASK_AGAIN: Duration = Duration::from_secs(30);

/// The path of a server's word on devices.
const DEVICE: &str = "/api/device";

/// What an earlier page left, if it could.
pub(crate) fn read(prefix: &str) -> Option<Trace> {
    let cookies = Reflect::get(&document()?, &"cookie".into()).ok()?.as_string()?;
    let name = cookie_name(prefix);
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).and_then(|(_, value)| Trace::from_text(value))
}

fn write(prefix: &str, trace: &Trace) {
    let secure = if origin("protocol") == "https:" { "; Secure" } else { "" };
    let (name, value) = (cookie_name(prefix), trace.to_text());
    let cookie = format!("{name}={value}; Path=/; SameSite=Strict; Max-Age={COOKIE_S}{secure}");
    if let Some(document) = document() {
        // A browser that takes no cookie leaves no trace, and a loss is then noticed by less.
        let _ = Reflect::set(&document, &"cookie".into(), &cookie.into());
    }
}

/// Storage is kept by port and cookies are not, so that the cookie's name has the port where the address has one.
fn cookie_name(prefix: &str) -> String {
    match origin("port").as_str() {
        "" => format!("{prefix}-waits"),
        port => format!("{prefix}-waits-{port}"),
    }
}

fn document() -> Option<JsValue> {
    Some(web_sys::window()?.document()?.into())
}

fn origin(part: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = location.and_then(|location| Reflect::get(&location, &part.into()).ok());
    part.and_then(|part| part.as_string()).unwrap_or_default()
}

impl<M: Model> Replica<M> {
    /// What is known of an outbox of this browser profile that is gone, until its person has read it.
    pub fn loss(&self) -> Option<Loss> {
        self.0.loss.borrow().clone()
    }

    /// The person has read what is known of the loss.
    pub async fn loss_was_read(&self) {
        self.set_loss(None).await;
    }

    /// Notes what waits where an eviction does not reach, from here on; and asks the server, as soon as it speaks with
    /// this tab, what it knows of an earlier device.
    pub(crate) fn leave_traces(&self) {
        let weak = Rc::downgrade(&self.0);
        let left = Cell::new(None::<Trace>);
        let asked = Rc::new(Cell::new(false));
        let look = move || {
            let Some(inner) = weak.upgrade() else { return };
            let replica = Self(inner);
            replica.leave_trace(&left);
            let speaks = replica.read(|client| client.leads() && matches!(client.link(), Link::Live { .. }));
            if speaks && !asked.replace(true) {
                let asked = asked.clone();
                spawn_local(async move {
                    if replica.ask_what_is_known().await.is_err() {
                        sleep(ASK_AGAIN).await;
                        asked.set(false);
                    }
                });
            }
        };
        look();
        // It is to last as long as the replica does.
        std::mem::forget(self.on_change(move |_| look()));
    }

    fn leave_trace(&self, left: &Cell<Option<Trace>>) {
        let trace = self.read(|client| Trace::of(client.device(), client.outbox(), now()));
        if !left.get().is_some_and(|left| left.says_as(&trace)) {
            left.set(Some(trace));
            write(&self.settings().prefix, &trace);
        }
    }

    /// The answer is durable here before the server's cookie names another device: else a page that dies in between would
    /// have asked in vain.
    async fn ask_what_is_known(&self) -> Result<(), ()> {
        let here = self.read(Client::device);
        let known = http::request::<Option<Remembered>>(Method::GET, DEVICE, None::<&()>).await.map_err(drop)?;
        let is_named = known.as_ref().is_some_and(|known| known.device == here);
        let loss = Loss::told(self.loss(), here, known, now());
        if loss != self.loss() && !self.set_loss(loss).await {
            return Err(());
        }
        if !is_named {
            http::send(Method::PUT, DEVICE, Some(&json!({ "device": here }))).await.map_err(drop)?;
        }
        Ok(())
    }

    /// Keeps what is known, or that it was read; false if it could not be kept.
    async fn set_loss(&self, loss: Option<Loss>) -> bool {
        let is_kept = self.0.outbox.set_loss(loss.as_ref()).await.is_ok();
        *self.0.loss.borrow_mut() = loss;
        self.tell(&Notice::Loss);
        self.notify(&[]);
        is_kept
    }

    pub(crate) async fn read_loss(&self) {
        if let Ok(loss) = self.0.outbox.loss().await {
            *self.0.loss.borrow_mut() = loss;
            self.notify(&[]);
        }
    }
}
