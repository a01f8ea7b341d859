//! A store that lasts as long as the page: for a browser that keeps nothing for it. Whoever shows what is in here says so.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

type Records = BTreeMap<String, BTreeMap<String, JsValue>>;

/// Everything that is kept, by store and key.
#[derive(Clone, Default)]
pub(crate) struct Memory(Rc<RefCell<Records>>);

/// One transaction: what it wrote is there at its end, or never. None is begun before the one before it has ended,
/// because nothing that is awaited in between has to be waited for.
pub(crate) struct Transaction {
    memory: Memory,
    records: Records,
}

impl Memory {
    pub(crate) fn begin(&self) -> Transaction {
        Transaction { memory: self.clone(), records: self.0.borrow().clone() }
    }
}

impl Transaction {
    fn store(&self, store: &str) -> impl Iterator<Item = (&String, &JsValue)> {
        self.records.get(store).into_iter().flatten()
    }

    pub(crate) fn get(&self, store: &str, key: &str) -> JsValue {
        self.records.get(store).and_then(|records| records.get(key)).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    pub(crate) fn all(&self, store: &str) -> Array {
        self.store(store).map(|(_, value)| value.clone()).collect()
    }

    pub(crate) fn all_keys(&self, store: &str) -> Array {
        self.store(store).map(|(key, _)| JsValue::from_str(key)).collect()
    }

    /// Puts a value under `key`, or under its own `id` as the outbox's acts have it.
    pub(crate) fn put(&mut self, store: &str, value: &JsValue, key: Option<&str>) {
        let own = || Reflect::get(value, &"id".into()).ok().and_then(|id| id.as_string()).unwrap_or_default();
        let key = key.map_or_else(own, str::to_owned);
        self.records.entry(store.to_owned()).or_default().insert(key, value.clone());
    }

    pub(crate) fn delete(&mut self, store: &str, key: &str) {
        if let Some(records) = self.records.get_mut(store) {
            records.remove(key);
        }
    }

    pub(crate) fn end(self) {
        self.memory.0.replace(self.records);
    }
}
