//! A person's data, to take along: all that this device holds of them, as a file. It needs no network, and says as of when it is.

use domain::access;
use leptos::prelude::*;
use serde_json::{Value, json};
use sync::{AccountId, Key, Millis};
use wasm_bindgen::JsValue;

use crate::parts::Download;
use crate::words;
use crate::world::{Client, World};

/// The form of the file; it grows by fields, and a field that changes its meaning makes the next.
const FORMAT: u32 = 1;

/// The file of `account`.
#[component]
pub(super) fn Export(account: AccountId) -> impl IntoView {
    let world = World::here();
    let name = format!("carryout-{}.json", account.as_str());
    let content = move || world.read(|client| my_data(client, &account, world.now(), iso)).to_string();
    view! { <Download name test="export" label=words::export() content /> }
}

/// A moment as machines and people read it.
fn iso(at: Millis) -> String {
    js_sys::Date::new(&JsValue::from_f64(at as f64)).to_iso_string().into()
}

/// What this device holds of `account`: the rows that not everybody sees, with what waits in the inbox, and the acts. What is
/// public, such as menus, is nobody's.
fn my_data(client: &Client, account: &AccountId, now: Millis, moment: fn(Millis) -> String) -> Value {
    let public = access::catalog_scope();
    let own = client.cache().stored().filter(|row| row.scopes.iter().any(|scope| *scope != public));
    let rows: serde_json::Map<_, _> = own.map(|row| (row.key.as_str().to_owned(), json_or_text(&row.body))).collect();
    let mine = client.outbox().entries().map(|entry| &entry.record).filter(|record| record.account == *account);
    let act =
        |lane: &Key, stage: &str, bytes: &str| json!({ "about": lane, "stage": stage, "act": json_or_text(bytes) });
    let acts: Vec<_> = mine.map(|record| act(&record.lane, record.stage.name(), &record.bytes)).collect();
    json!({
        "format": FORMAT,
        "account": account,
        "made_at": moment(now),
        // None: nothing came from the server yet.
        "as_of": client.cache().mark().as_of.map(moment),
        "rows": rows,
        "acts": acts,
    })
}

/// What is stored is JSON; where a newer release wrote what this one cannot read, it is given as it is.
fn json_or_text(stored: &str) -> Value {
    serde_json::from_str(stored).unwrap_or_else(|_| Value::from(stored))
}
