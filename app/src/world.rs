//! What every screen holds: the replica's rows as signals, and the way to give commands and keep drafts.
//!
//! A screen derives memos from [`World::read`]; they run again whenever rows or the status may look different, and the
//! page changes only where their answers do.

use std::time::Duration;

use domain::{Command, RestaurantId, Row, Trade, access};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::{KeptDraft, Settings, Storage, Subscription};
use serde::{Serialize, de::DeserializeOwned};
use sync::client::{Forecast, Reach, Status};
use sync::{Actor, CommandId, Key, Millis};

use crate::condition::{Condition, conditions, speaks};
use crate::words;

mod acts;
mod attachments;
mod keeping;
mod people;

pub use acts::Stays;

/// The replica of this trade.
pub type Replica = replica::Replica<Trade>;

/// What [`World::read`] reads.
pub type Client = sync::client::Client<Trade>;

/// The release that this bundle is of: what the build was told, or the version.
pub const RELEASE: &str = match option_env!("CARRYOUT_RELEASE") {
    Some(release) => release,
    None => env!("CARGO_PKG_VERSION"),
};

/// How often times on the screen are looked at again: they are shown in minutes.
const CLOCK: Duration = Duration::from_secs(20);

/// The replica, as signals. Cheap to copy.
#[derive(Clone, Copy)]
pub struct World {
    replica: StoredValue<Replica, LocalStorage>,
    _subscription: StoredValue<(Subscription, Open), LocalStorage>,
    revision: RwSignal<u64>,
    clock: RwSignal<Millis>,
    said: RwSignal<String>,
    status: Memo<Status>,
    storage: Memo<Storage>,
    conditions: Memo<Vec<Condition>>,
    actor: Memo<Option<Actor>>,
    filling: Memo<Filling>,
}

/// Whether rows are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filling {
    /// They are.
    Filled,
    /// None yet, and they may come any moment.
    Coming,
    /// None yet, and the server cannot be reached.
    Empty,
}

fn filling(status: &Status) -> Filling {
    match status.reach {
        _ if status.as_of.is_some() => Filling::Filled,
        Reach::Online | Reach::Syncing => Filling::Coming,
        Reach::Offline | Reach::Unreachable => Filling::Empty,
    }
}

/// Closes the replica when the screens that it was opened for are gone.
struct Open(Replica);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A tab that has only just begun does not know yet how far it reaches; where the browser knows that there is no network,
/// that is the truth already.
fn truthful(status: Status, has_network: bool) -> Status {
    match status.reach {
        Reach::Syncing if !has_network => Status { reach: Reach::Offline, ..status },
        _ => status,
    }
}

/// Opens the replica.
///
/// # Errors
/// A sentence for a person.
pub async fn open() -> Result<Replica, String> {
    let settings = Settings {
        prefix: "carryout".to_owned(),
        public_scopes: vec![access::catalog_scope()],
        release: RELEASE.to_owned(),
    };
    Replica::open(settings).await.map_err(|error| words::store_failure(&error.0))
}

impl World {
    /// The world around an open replica; lives as long as the present owner.
    pub fn new(replica: Replica) -> Self {
        let revision = RwSignal::new(0);
        let clock = RwSignal::new(replica.now());
        let subscription = replica.on_change(move |_| {
            revision.try_update(|revision| *revision += 1);
        });
        let tick = set_interval_with_handle(
            move || {
                clock.try_set(replica::now());
            },
            CLOCK,
        );
        on_cleanup(move || {
            let _ = tick.map(|tick| tick.clear());
        });
        keeping::ask_before_leaving(replica.clone());
        let open = Open(replica.clone());
        let replica = StoredValue::new_local(replica);
        let status = Memo::new(move |_| {
            revision.track();
            clock.track();
            truthful(replica.with_value(Replica::status), window().navigator().on_line())
        });
        let actor = Memo::new(move |_| {
            revision.track();
            replica.with_value(Replica::actor)
        });
        let subscription = StoredValue::new_local((subscription, open));
        let said = RwSignal::new(String::new());
        let filling = Memo::new(move |_| status.with(filling));
        let storage = Memo::new(move |_| {
            revision.track();
            replica.with_value(Replica::storage)
        });
        let conditions = Memo::new(move |_| {
            let is_signed_in = actor.with(Option::is_some);
            revision.track();
            let speaks = replica.with_value(|replica| replica.read(speaks));
            status.with(|status| storage.with(|storage| conditions(status, storage, is_signed_in, speaks)))
        });
        Self {
            replica,
            _subscription: subscription,
            revision,
            clock,
            said,
            status,
            storage,
            conditions,
            actor,
            filling,
        }
    }

    /// The world of this page.
    pub fn here() -> Self {
        expect_context()
    }

    // ---- what is known ------------------------------------------------------------------------------------------

    /// Reads rows, outbox, inbox. Runs again, where it is tracked, when they may look different.
    pub fn read<T>(self, read: impl FnOnce(&Client) -> T) -> T {
        self.revision.track();
        self.replica.with_value(|replica| replica.read(read))
    }

    /// The row `key` with pending acts over it, as `narrow` sees it.
    pub fn row<T: Clone>(self, key: &Key, narrow: impl FnOnce(&Row) -> Option<&T>) -> Option<T> {
        self.read(|client| client.row(key).and_then(narrow).cloned())
    }

    /// How far the device reaches, and what waits.
    pub fn status(self) -> Memo<Status> {
        self.status
    }

    /// Whether the first rows have ever come.
    pub fn has_rows(self) -> bool {
        self.filling.get() == Filling::Filled
    }

    /// Whether more rows may come any moment, so that an empty screen is one that loads.
    pub fn is_loading(self) -> bool {
        self.filling.get() == Filling::Coming
    }

    /// Who acts here, as last known: somebody who is signed in, or this device's guest.
    pub fn actor(self) -> Option<Actor> {
        self.actor.get()
    }

    /// The restaurant whose staff is signed in.
    pub fn own_restaurant(self) -> Option<RestaurantId> {
        let role = self.actor()?.role;
        role.of.filter(|_| role.name == access::RESTAURANT).map(RestaurantId)
    }

    /// The device's clock, looked at again now and then.
    pub fn now(self) -> Millis {
        self.clock.get()
    }

    /// What speaks against `command` as things stand here.
    pub fn forecast(self, command: &Command) -> Forecast<Trade> {
        let now = self.now();
        self.read(|client| client.forecast(command, now))
    }

    /// All that is so, the most urgent first.
    pub fn conditions(self) -> Memo<Vec<Condition>> {
        self.conditions
    }

    // ---- what is done -------------------------------------------------------------------------------------------

    /// Gives a command; once this resolves it is saved on this device.
    ///
    /// # Errors
    /// A sentence for a person; nothing was saved.
    pub async fn act(self, command: Command, resolves: Option<CommandId>) -> Result<CommandId, String> {
        self.act_with(command, resolves, vec![]).await
    }

    /// Gives a command, and keeps drafts as they are after it, in one step.
    ///
    /// # Errors
    /// A sentence for a person; nothing was saved.
    pub async fn act_with(
        self,
        command: Command,
        resolves: Option<CommandId>,
        drafts: Vec<KeptDraft>,
    ) -> Result<CommandId, String> {
        let replica = self.replica.get_value();
        replica.act_with(command, resolves, drafts).await.map_err(|failure| words::act_failure(&failure))
    }

    /// Gives a command for a button: `busy` is set until it is saved, and what went wrong is said.
    pub fn give(self, command: Command, resolves: Option<CommandId>, busy: RwSignal<bool>) {
        self.doing(busy, async move { self.act(command, resolves).await.map(|_| ()) });
    }

    /// Lets an inbox item go, for a button.
    pub fn dismiss(self, item: CommandId, busy: RwSignal<bool>) {
        let replica = self.replica.get_value();
        self.doing(busy, async move {
            replica.dismiss(item).await.map(|_| ()).map_err(|failure| words::act_failure(&failure))
        });
    }

    /// Runs `work` while `busy` is set, unless it is already, and says what went wrong.
    pub fn doing(self, busy: RwSignal<bool>, work: impl Future<Output = Result<(), String>> + 'static) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(why) = work.await {
                self.say(&words::sentence(&why));
            }
            busy.try_set(false);
        });
    }

    /// Asks the server for what nobody keeps.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn ask<A: DeserializeOwned>(self, path: &str) -> Result<A, String> {
        let replica = self.replica.try_get_value().ok_or_else(words::page_left)?;
        replica.ask(path).await.map_err(|why| words::ask_failure(&why))
    }

    /// Asks the server for words that nobody keeps.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn ask_words(self, path: &str) -> Result<String, String> {
        let replica = self.replica.try_get_value().ok_or_else(words::page_left)?;
        replica.ask_words(path).await.map_err(|why| words::ask_failure(&why))
    }

    /// Asks the server to do something that is no act: now, or not at all.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn ask_for<A: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<A, String> {
        let replica = self.replica.try_get_value().ok_or_else(words::page_left)?;
        replica.ask_for(path, body).await.map_err(|why| words::ask_failure(&why))
    }

    /// Tries everything that waits now.
    pub fn send_now(self) {
        self.replica.with_value(Replica::send_now);
    }

    /// Lets a parked act try again.
    pub fn try_again(self, id: CommandId) {
        self.replica.with_value(|replica| replica.try_again(id));
    }

    /// Shows a sentence for a while, and reads it out where a screen reader listens.
    pub fn say(self, sentence: &str) {
        self.said.try_set(sentence.to_owned());
    }

    /// What was said last.
    pub fn said(self) -> RwSignal<String> {
        self.said
    }

    // ---- drafts -------------------------------------------------------------------------------------------------

    /// A draft that was kept on this device under `name`.
    pub fn draft<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        self.revision.track();
        let text = self.replica.with_value(|replica| replica.draft(name))?;
        serde_json::from_str(&text).ok()
    }

    /// All drafts whose names begin with `prefix`, by name.
    pub fn drafts<T: DeserializeOwned>(self, prefix: &str) -> Vec<(String, T)> {
        self.revision.track();
        let drafts = self.replica.with_value(|replica| replica.drafts_with_prefix(prefix));
        drafts.into_iter().filter_map(|(name, text)| Some((name, serde_json::from_str(&text).ok()?))).collect()
    }

    /// Keeps a draft, or forgets it.
    ///
    /// # Errors
    /// A sentence for a person; the draft holds until the page is closed.
    pub async fn keep_draft<T: Serialize>(self, name: &str, draft: Option<&T>) -> Result<(), String> {
        let (name, text) = kept_draft(name, draft);
        let replica = self.replica.get_value();
        replica.set_draft(&name, text).await.map_err(|why| words::store_failure(&why))
    }

    /// Keeps a draft in the background, and says so where that fails.
    pub fn note_draft<T: Serialize + 'static>(self, name: String, draft: Option<T>) {
        spawn_local(async move {
            if let Err(why) = self.keep_draft(&name, draft.as_ref()).await {
                self.say(&words::sentence(&why));
            }
        });
    }
}

/// A draft as it is kept.
pub fn kept_draft<T: Serialize>(name: &str, draft: Option<&T>) -> KeptDraft {
    (name.to_owned(), draft.map(|draft| serde_json::to_string(draft).expect("a draft is plain data")))
}
