//! The developer's window: a global object, named as the replica's databases are, that shows how this device stands.
//!
//! It shows the signed-in person what is theirs and changes nothing. When the address says `?debug` it has switches as
//! well, which make this page's network and storage misbehave.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use js_sys::{Object, Reflect};
use serde_json::{Value, json};
use sync::client::{Client, Link, Sender, Via};
use sync::outbox::{Entry, Record};
use sync::{CommandId, Key, Model};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::replica::{Replica, Subscription};
use crate::store::to_js;
use crate::switches;

const HELP: &str = "\
read only:
  status()        how far this device reaches, what waits, whether this tab leads and all its rows are on the disk
  acts()          what you did here, oldest first: id, seq, lane, stage, left, reason, why, parked, changed_at, envelope
  act(id)         one of them
  watch()         says every stage of your acts here, as it comes; watch(false) ends that
  rows(kind?)     rows as shown, with what is pending on each
  inbox()         refused acts that wait for your decision
  cursor()        how far the feed was read; epoch() is the history it belongs to
  leader()        whether this tab sends and listens, and how
  storage()       a promise: how what you did is kept, how much room there is, and what is known of a loss
  faults()        what could not be made sense of since this page was opened
  release, device
with ?debug in the address also, for this page until it is loaded again:
  offline(true)   nothing passes; offline(false) lets it
  slow(ms)        everything passes later
  dropAcks(n)     the next n answers to sent acts are thrown away; the server has done them
  closeDatabase() the browser closes the databases
  freeze()        this tab stands still; freeze(false) lets it run
";

type Method = Closure<dyn FnMut(JsValue) -> JsValue>;

/// The global object; dropping it takes it away.
pub(crate) struct Window {
    name: JsValue,
    object: Object,
    methods: Vec<Method>,
    watching: Rc<RefCell<Option<Subscription>>>,
}

impl Drop for Window {
    fn drop(&mut self) {
        let global = js_sys::global();
        // Another replica may have been opened since, and then the name is its own.
        if Reflect::get(&global, &self.name).is_ok_and(|there| there == *self.object) {
            let _ = Reflect::delete_property(&global, &self.name);
        }
    }
}

impl Window {
    pub(crate) fn open<M: Model>(replica: &Replica<M>) -> Self {
        let name = replica.settings().prefix.as_str().into();
        let mut window = Self { name, object: Object::new(), methods: vec![], watching: Rc::default() };
        window.say("release", &replica.settings().release.as_str().into());
        window.say("device", &replica.read(|client| client.device().to_string()).into());
        window.method("help", replica, |_, _| HELP.into());
        window.shows("status", replica, |replica, _| status(replica));
        window.shows("acts", replica, |replica, _| {
            replica.read(|client| own_acts(client).map(act).collect::<Vec<_>>()).into()
        });
        window.shows("act", replica, |replica, id| {
            let id: Option<CommandId> = id.as_string().and_then(|id| id.parse().ok());
            replica.read(|client| own_acts(client).find(|entry| Some(entry.record.id) == id).map(act)).into()
        });
        let watching = window.watching.clone();
        window.method("watch", replica, move |replica, on| {
            *watching.borrow_mut() = (!on.is_falsy() || on.is_undefined()).then(|| watch(replica));
            JsValue::UNDEFINED
        });
        window.shows("rows", replica, |replica, kind| replica.read(|client| rows(client, kind.as_string().as_deref())));
        window.shows("inbox", replica, |replica, _| replica.read(|client| json!(client.cache().inbox())));
        window.shows("cursor", replica, |replica, _| replica.read(|client| json!(client.cache().mark().cursor)));
        window.shows("epoch", replica, |replica, _| replica.read(|client| json!(client.cache().epoch())));
        window.shows("leader", replica, |replica, _| leader(replica));
        window.shows("faults", replica, |replica, _| json!(*replica.0.faults.borrow()));
        window.method("storage", replica, |replica, _| {
            let replica = replica.clone();
            future_to_promise(async move { Ok(to_js(&replica.weigh().await)) }).into()
        });
        if is_asked_for() {
            window.switches(replica);
        }
        // A page that keeps this name for itself goes without the window.
        let _ = Reflect::set(&js_sys::global(), &window.name, &window.object);
        window
    }

    fn switches<M: Model>(&mut self, replica: &Replica<M>) {
        self.method("offline", replica, |replica, on| {
            switches::set_offline(!on.is_falsy());
            replica.network_switched();
            JsValue::UNDEFINED
        });
        self.method("slow", replica, |_, ms| {
            switches::set_slow(ms.as_f64().unwrap_or(0.0) as u32);
            JsValue::UNDEFINED
        });
        self.method("dropAcks", replica, |_, count| {
            switches::set_acks_to_drop(count.as_f64().unwrap_or(1.0) as u32);
            JsValue::UNDEFINED
        });
        self.method("closeDatabase", replica, |replica, _| {
            replica.lose_connections();
            JsValue::UNDEFINED
        });
        self.method("freeze", replica, |replica, on| {
            replica.freeze(on.is_undefined() || on.is_truthy());
            JsValue::UNDEFINED
        });
    }

    fn say(&self, name: &str, value: &JsValue) {
        // A plain object takes any property.
        let _ = Reflect::set(&self.object, &name.into(), value);
    }

    fn shows<M: Model>(
        &mut self,
        name: &str,
        replica: &Replica<M>,
        show: impl Fn(&Replica<M>, JsValue) -> Value + 'static,
    ) {
        self.method(name, replica, move |replica, argument| to_js(&show(replica, argument)));
    }

    fn method<M: Model>(
        &mut self,
        name: &str,
        replica: &Replica<M>,
        act: impl Fn(&Replica<M>, JsValue) -> JsValue + 'static,
    ) {
        let replica = Rc::downgrade(&replica.0);
        let method = Method::new(move |argument| match replica.upgrade() {
            Some(inner) => act(&Replica(inner), argument),
            None => JsValue::UNDEFINED,
        });
        self.say(name, method.as_ref());
        self.methods.push(method);
    }
}

/// Whether the page's address says `?debug`.
fn is_asked_for() -> bool {
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    search.trim_start_matches('?').split('&').any(|one| one.split('=').next() == Some("debug"))
}

fn own_acts<M: Model>(client: &Client<M>) -> impl Iterator<Item = &Entry<M>> {
    let account = client.actor().map(|actor| &actor.account);
    client.outbox().entries().filter(move |entry| Some(&entry.record.account) == account)
}

/// Says in the console what stage an act reaches, from now on, in words that name the act as its row is named.
fn watch<M: Model>(replica: &Replica<M>) -> Subscription {
    let stages = |client: &Client<M>| own_acts(client).map(|entry| (entry.record.id, told(entry))).collect();
    let before: RefCell<BTreeMap<CommandId, String>> = RefCell::new(replica.read(stages));
    let replica_too = Rc::downgrade(&replica.0);
    replica.on_change(move |_| {
        let Some(inner) = replica_too.upgrade() else { return };
        let now = Replica(inner).read(stages);
        let before = before.replace(now.clone());
        for (_, told) in now.iter().filter(|(id, told)| before.get(id) != Some(told)) {
            web_sys::console::log_1(&told.into());
        }
        for (id, _) in before.iter().filter(|(id, _)| !now.contains_key(id)) {
            web_sys::console::log_1(&format!("{id}: gone from this device").into());
        }
    })
}

/// How far an act is: `thing/milk: refused, was-first`.
fn told<M: Model>(entry: &Entry<M>) -> String {
    let Record { lane, stage, reason, .. } = &entry.record;
    let stage = json!(stage);
    let code = reason.as_ref().map(|reason| format!(", {}", reason.code())).unwrap_or_default();
    format!("{lane}: {}{code}", stage.as_str().unwrap_or_default())
}

fn act<M: Model>(entry: &Entry<M>) -> Value {
    let record = &entry.record;
    json!({
        "id": record.id,
        "seq": record.seq,
        "lane": record.lane,
        "stage": record.stage,
        "left": record.left,
        "reason": record.reason.as_ref().map(|reason| reason.code()),
        "why": record.reason,
        "parked": record.parked,
        "changed_at": record.changed_at,
        "envelope": serde_json::from_str::<Value>(&record.bytes).ok(),
    })
}

fn rows<M: Model>(client: &Client<M>, kind: Option<&str>) -> Value {
    let lanes = own_acts(client).map(|entry| &entry.record.lane);
    let keys: BTreeSet<&Key> = client.cache().stored().map(|row| &row.key).chain(lanes).collect();
    let shown = keys.into_iter().filter(|key| kind.is_none_or(|kind| key.kind() == kind));
    shown.filter_map(|key| row(client, key)).collect::<Vec<_>>().into()
}

fn row<M: Model>(client: &Client<M>, key: &Key) -> Option<Value> {
    let stored = client.cache().get(key).map(|row| &row.stored);
    let pending = client.overlay(key).map(|overlay| &overlay.pending[..]).unwrap_or_default();
    if stored.is_none() && pending.is_empty() {
        return None;
    }
    let pending = pending.iter().map(|act| {
        let doubt = act.forecast.as_ref().err().map(M::code);
        json!({ "id": act.id, "stage": act.stage, "doubt": doubt, "overtaken": act.overtaken })
    });
    Some(json!({
        "key": key,
        "version": stored.map(|row| row.version),
        "position": stored.map(|row| row.position),
        "scopes": stored.map(|row| &row.scopes),
        "row": client.row(key),
        "pending": pending.collect::<Vec<_>>(),
    }))
}

fn status<M: Model>(replica: &Replica<M>) -> Value {
    let status = replica.status();
    json!({
        "reach": status.reach,
        "waiting": status.waiting,
        "needs_you": status.needs_you,
        "inbox": status.inbox,
        "as_of": status.as_of,
        "rows_kept": replica.rows_are_kept(),
        "paused": status.paused,
        "stalled": status.stalled,
        "unreadable": status.unreadable,
        "account": replica.actor().map(|actor| actor.account),
        "leads": replica.read(Client::leads),
        "trouble": replica.storage_trouble(),
    })
}

fn leader<M: Model>(replica: &Replica<M>) -> Value {
    replica.read(|client| {
        let (link, via) = match client.link() {
            Link::Down { .. } => ("down", None),
            Link::Opening { via, .. } => ("opening", Some(via)),
            Link::Live { via, .. } => ("live", Some(via)),
        };
        let via = via.map(|via| if *via == Via::Socket { "socket" } else { "requests" });
        let sender = match client.sender() {
            Sender::Idle => "idle",
            Sender::Waiting { .. } => "waiting",
            Sender::Probing { .. } => "probing",
            Sender::Marking { .. } => "marking",
            Sender::Posting { .. } => "posting",
            Sender::Paused(_) => "paused",
        };
        json!({
            "leads": client.leads(),
            "generation": replica.0.generation.get(),
            "link": link,
            "via": via,
            "sender": sender,
            "frozen": replica.is_frozen(),
        })
    })
}
