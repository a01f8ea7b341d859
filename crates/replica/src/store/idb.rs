//! IndexedDB, with what a promise to a person needs of it: transactions whose end is durable, failures by their names, and
//! nothing half done.
//!
//! A transaction lives as long as requests are open in it, so a body awaits requests of its own transaction and nothing
//! else. It is over, and durable, only when the browser says `complete`.

use std::cell::{LazyCell, RefCell};
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use futures::future::{Either, select};
use futures::lock::Mutex;
use gloo_events::EventListener;
use gloo_timers::future::sleep;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    IdbDatabase, IdbFactory, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    PageTransitionEvent,
};

use super::StoreError;

/// A store of a database: its name, and the field that is its key where the key is part of the value.
#[derive(Clone, Copy)]
pub(crate) struct StoreShape {
    pub(crate) name: &'static str,
    pub(crate) key_path: Option<&'static str>,
}

/// What a transaction may do.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// What the end of a transaction promises.
#[derive(Clone, Copy)]
enum Durability {
    /// It is on the disk.
    Strict,
    /// The system has it; a power cut may take it back.
    Relaxed,
}

/// The one owner of a connection. It is opened again when the browser has closed it.
pub(crate) struct Database {
    name: String,
    shape: &'static [StoreShape],
    connection: RefCell<Option<Connection>>,
    opening: Mutex<()>,
    closed: RefCell<Option<Rc<dyn Fn()>>>,
}

/// A connection, and what the browser calls when it must end.
struct Connection {
    raw: IdbDatabase,
    _called: [Closure<dyn FnMut()>; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.raw.set_onversionchange(None);
        self.raw.set_onclose(None);
        self.raw.close();
    }
}

/// The version of every database here. A store is added by a higher one; none is ever taken away.
const VERSION: u32 = 1;

/// How long a database may take to open before a person hears that something holds it: another tab that does not let go
/// of an older one, or a disk that does not answer.
const OPEN_MAX: Duration = Duration::from_secs(5);

/// The browser's databases.
pub(crate) fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|_| StoreError::Refused)?;
    factory.dyn_into().map_err(|_| StoreError::Refused)
}

impl Database {
    pub(crate) fn new(name: &str, shape: &'static [StoreShape]) -> Self {
        let name = name.to_owned();
        Self { name, shape, connection: RefCell::default(), opening: Mutex::default(), closed: RefCell::default() }
    }

    /// Calls `act` when the browser closes the connection by itself, as it does when it throws the storage away.
    pub(crate) fn on_closed(&self, act: impl Fn() + 'static) {
        *self.closed.borrow_mut() = Some(Rc::new(act));
    }

    /// Lets go of the connection; the next transaction opens another.
    pub(crate) fn close(&self) {
        self.connection.borrow_mut().take();
    }

    /// Closes the connection as the browser does when it must: its owner finds out by itself.
    pub(crate) fn lose(&self) {
        if let Some(open) = self.connection.borrow().as_ref() {
            open.raw.close();
        }
    }

    async fn connection(&self) -> Result<IdbDatabase, StoreError> {
        // One opens and the others wait, so that there is never a second connection nobody owns.
        let _turn = self.opening.lock().await;
        if let Some(open) = self.connection.borrow().as_ref() {
            return Ok(open.raw.clone());
        }
        let opening = factory()?.open_with_u32(&self.name, VERSION);
        let opening = opening.map_err(|error| StoreError::from_js(&error))?;
        let upgrade = upgrade(&opening, self.shape);
        let opened = opened(&opening).await;
        drop(upgrade);
        let raw: IdbDatabase = match opened {
            Ok(database) => database.unchecked_into(),
            Err(StoreError::Lost) => return Err(StoreError::Refused),
            Err(error) => return Err(error),
        };
        *self.connection.borrow_mut() = Some(self.watched(raw.clone()));
        Ok(raw)
    }

    fn watched(&self, raw: IdbDatabase) -> Connection {
        // A newer release in another tab wants to upgrade: let go at once, and open again when next needed.
        let closing = raw.clone();
        let let_go = Closure::<dyn FnMut()>::new(move || closing.close());
        raw.set_onversionchange(Some(let_go.as_ref().unchecked_ref()));
        let tell = self.closed.borrow().clone();
        let closed = Closure::<dyn FnMut()>::new(move || tell.iter().for_each(|tell| tell()));
        raw.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Connection { raw, _called: [let_go, closed] }
    }

    /// Begins a transaction whose end is durable before it is reported.
    pub(crate) async fn strict(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        self.begin(stores, mode, Durability::Strict).await
    }

    /// Begins a transaction for what can be had again: it does not wait for the disk.
    pub(crate) async fn relaxed(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        self.begin(stores, mode, Durability::Relaxed).await
    }

    async fn begin(&self, stores: &[&str], mode: Mode, durability: Durability) -> Result<Transaction, StoreError> {
        let database = self.connection().await?;
        let begun =
            match raw_transaction(&database, stores, mode, durability).map_err(|error| StoreError::from_js(&error)) {
                // A connection that the browser closed shows itself only here; one fresh one is tried.
                Err(StoreError::Lost) => {
                    self.forget(&database);
                    let database = self.connection().await?;
                    raw_transaction(&database, stores, mode, durability).map_err(|error| StoreError::from_js(&error))?
                }
                begun => begun?,
            };
        Ok(Transaction::new(begun))
    }

    /// Lets go of a connection that is of no use any more, unless somebody has opened another one since.
    fn forget(&self, lost: &IdbDatabase) {
        let is_lost = self.connection.borrow().as_ref().is_some_and(|open| open.raw == *lost);
        if is_lost {
            self.close();
        }
    }
}

/// The database that a request opens, or why there is none yet. One that is given later is let go of at once.
async fn opened(opening: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let (tell, blocked) = oneshot::channel::<()>();
    let on_blocked = Closure::once(move || {
        let _ = tell.send(());
    });
    opening.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    let held = async move {
        if blocked.await.is_err() {
            pending::<()>().await;
        }
    };
    let end = select(Box::pin(done(opening)), select(Box::pin(held), Box::pin(sleep(OPEN_MAX)))).await;
    let opened = match end {
        Either::Left((opened, _)) => Some(opened),
        Either::Right(_) => None,
    };
    opening.set_onblocked(None);
    if let Some(opened) = opened {
        return opened;
    }
    let late = opening.clone();
    let let_go = Closure::once_into_js(move || {
        if let Ok(database) = late.result() {
            database.unchecked_into::<IdbDatabase>().close();
        }
    });
    opening.set_onsuccess(Some(let_go.unchecked_ref()));
    Err(StoreError::Blocked)
}

/// `database.transaction(stores, mode, { durability })`: the options are not in web-sys's stable part.
fn raw_transaction(
    database: &IdbDatabase,
    stores: &[&str],
    mode: Mode,
    durability: Durability,
) -> Result<IdbTransaction, JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    let durability = match durability {
        Durability::Strict => "strict",
        Durability::Relaxed => "relaxed",
    };
    Reflect::set(&options, &"durability".into(), &durability.into())?;
    let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let mode = match mode {
        Mode::Read => "readonly",
        Mode::Write => "readwrite",
    };
    Ok(begin.call3(database, &names, &mode.into(), &options)?.unchecked_into())
}

/// Makes the stores that are missing. None is ever deleted.
fn upgrade(opening: &IdbOpenDbRequest, shape: &'static [StoreShape]) -> Closure<dyn FnMut()> {
    let request = opening.clone();
    let upgrade = Closure::<dyn FnMut()>::new(move || {
        let Ok(database) = request.result() else { return };
        let database: IdbDatabase = database.unchecked_into();
        let present = database.object_store_names();
        for store in shape.iter().filter(|store| !present.contains(store.name)) {
            let parameters = IdbObjectStoreParameters::new();
            if let Some(path) = store.key_path {
                parameters.set_key_path(&path.into());
            }
            // A failure here aborts the upgrade, and the open request reports it.
            let _ = database.create_object_store_with_optional_parameters(store.name, &parameters);
        }
    });
    opening.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    upgrade
}

thread_local! {
    /// The transactions of this page that are not over, and what ends them when the page is put aside. A browser may keep a page
    /// that is left as it stands, to come back to, and WebKit keeps its open transactions with it: whatever is opened next would
    /// wait for them for ever. What is undone so was not called saved yet, and is done once more if somebody does come back.
    static OPEN: LazyCell<RefCell<Vec<IdbTransaction>>> = LazyCell::new(|| {
        if let Some(window) = web_sys::window() {
            let hidden = |event: &web_sys::Event| {
                // Of a page that goes for good the browser ends them itself.
                if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                    OPEN.with(|open| open.borrow().iter().for_each(undo));
                }
            };
            EventListener::new(&window, "pagehide", hidden).forget();
        }
        RefCell::default()
    });
}

/// Undoes a transaction, unless it is over already.
fn undo(transaction: &IdbTransaction) {
    let _ = transaction.abort();
}

/// One transaction. One that is let go before its end is undone: a browser would keep the half of it.
pub(crate) struct Transaction {
    raw: IdbTransaction,
    end: oneshot::Receiver<Result<(), StoreError>>,
    is_whole: bool,
    _listeners: Listeners,
}

impl Drop for Transaction {
    fn drop(&mut self) {
        OPEN.with(|open| open.borrow_mut().retain(|open| *open != self.raw));
        if !self.is_whole {
            undo(&self.raw);
        }
    }
}

/// What a transaction calls at its end. One that is let go before its end must not call what is gone.
struct Listeners {
    raw: IdbTransaction,
    _called: [Closure<dyn FnMut()>; 2],
}

impl Listeners {
    fn new(raw: &IdbTransaction, completed: Closure<dyn FnMut()>, aborted: Closure<dyn FnMut()>) -> Self {
        raw.set_oncomplete(Some(completed.as_ref().unchecked_ref()));
        raw.set_onabort(Some(aborted.as_ref().unchecked_ref()));
        Self { raw: raw.clone(), _called: [completed, aborted] }
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.raw.set_oncomplete(None);
        self.raw.set_onabort(None);
    }
}

impl Transaction {
    fn new(raw: IdbTransaction) -> Self {
        let (tell, end) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let completed = {
            let tell = tell.clone();
            Closure::<dyn FnMut()>::new(move || {
                if let Some(tell) = tell.borrow_mut().take() {
                    let _ = tell.send(Ok(()));
                }
            })
        };
        let aborted = {
            let transaction = raw.clone();
            Closure::<dyn FnMut()>::new(move || {
                if let Some(tell) = tell.borrow_mut().take() {
                    let why = transaction.error().map(JsValue::from);
                    let error = why.map_or(StoreError::Other("AbortError".into()), |why| StoreError::from_js(&why));
                    let _ = tell.send(Err(error));
                }
            })
        };
        let _listeners = Listeners::new(&raw, completed, aborted);
        OPEN.with(|open| open.borrow_mut().push(raw.clone()));
        Self { raw, end, is_whole: false, _listeners }
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.raw.object_store(name).map_err(|error| StoreError::from_js(&error))
    }

    pub(crate) async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        let request = self.store(store)?.get(&key.into()).map_err(|error| StoreError::from_js(&error))?;
        done(&request).await
    }

    pub(crate) async fn all(&self, store: &str) -> Result<Array, StoreError> {
        let request = self.store(store)?.get_all().map_err(|error| StoreError::from_js(&error))?;
        Ok(done(&request).await?.unchecked_into())
    }

    pub(crate) async fn all_keys(&self, store: &str) -> Result<Array, StoreError> {
        let request = self.store(store)?.get_all_keys().map_err(|error| StoreError::from_js(&error))?;
        Ok(done(&request).await?.unchecked_into())
    }

    /// Puts a value; a failure aborts the transaction and shows at its end.
    pub(crate) fn put(&self, store: &str, value: &JsValue, key: Option<&str>) -> Result<(), StoreError> {
        let store = self.store(store)?;
        let put = match key {
            Some(key) => store.put_with_key(value, &key.into()),
            None => store.put(value),
        };
        put.map(drop).map_err(|error| StoreError::from_js(&error))
    }

    /// Empties a store; a failure aborts the transaction and shows at its end.
    pub(crate) fn clear(&self, store: &str) -> Result<(), StoreError> {
        self.store(store)?.clear().map(drop).map_err(|error| StoreError::from_js(&error))
    }

    /// Deletes a value; a failure aborts the transaction and shows at its end.
    pub(crate) fn delete(&self, store: &str, key: &str) -> Result<(), StoreError> {
        self.store(store)?.delete(&key.into()).map(drop).map_err(|error| StoreError::from_js(&error))
    }

    /// Waits until it is over, and as durable as it was to be.
    pub(crate) async fn durable(mut self) -> Result<(), StoreError> {
        self.is_whole = true;
        (&mut self.end).await.unwrap_or(Err(StoreError::Lost))
    }
}

/// A request's result.
pub(crate) async fn done(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let (tell, end) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let (succeeded, failed) = (request.clone(), request.clone());
    let tell_failed = tell.clone();
    let on_success = Closure::<dyn FnMut()>::new(move || {
        if let Some(tell) = tell.borrow_mut().take() {
            let _ = tell.send(succeeded.result().map_err(|error| StoreError::from_js(&error)));
        }
    });
    let on_error = Closure::<dyn FnMut()>::new(move || {
        if let Some(tell) = tell_failed.borrow_mut().take() {
            let why = failed.error().ok().flatten().map(JsValue::from);
            let error = why.map_or(StoreError::Other("UnknownError".into()), |why| StoreError::from_js(&why));
            let _ = tell.send(Err(error));
        }
    });
    request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
    request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    end.await.unwrap_or(Err(StoreError::Lost))
}
