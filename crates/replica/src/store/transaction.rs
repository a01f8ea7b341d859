//! A transaction of the outbox, wherever it is kept: on the disk, or in memory where the browser keeps nothing.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{StoreError, idb, memory};

/// One transaction. It is over, and on the disk durable, only at [`Transaction::durable`]; let go before, it is undone.
pub(super) enum Transaction {
    Disk(idb::Transaction),
    Memory(memory::Transaction),
}

impl Transaction {
    pub(super) async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        match self {
            Self::Disk(disk) => disk.get(store, key).await,
            Self::Memory(memory) => Ok(memory.get(store, key)),
        }
    }

    pub(super) async fn all(&self, store: &str) -> Result<Array, StoreError> {
        match self {
            Self::Disk(disk) => disk.all(store).await,
            Self::Memory(memory) => Ok(memory.all(store)),
        }
    }

    pub(super) async fn all_keys(&self, store: &str) -> Result<Array, StoreError> {
        match self {
            Self::Disk(disk) => disk.all_keys(store).await,
            Self::Memory(memory) => Ok(memory.all_keys(store)),
        }
    }

    pub(super) fn put(&mut self, store: &str, value: &JsValue, key: Option<&str>) -> Result<(), StoreError> {
        match self {
            Self::Disk(disk) => disk.put(store, value, key)?,
            Self::Memory(memory) => memory.put(store, value, key),
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, store: &str, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Disk(disk) => disk.delete(store, key)?,
            Self::Memory(memory) => memory.delete(store, key),
        }
        Ok(())
    }

    pub(super) async fn durable(self) -> Result<(), StoreError> {
        match self {
            Self::Disk(disk) => disk.durable().await?,
            Self::Memory(memory) => memory.end(),
        }
        Ok(())
    }
}
