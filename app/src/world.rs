//! What every screen holds: the replica's rows as signals, and the way to give commands and keep drafts.
//!
//! A screen derives memos from [`World::read`]; they run again whenever rows or the status may look different, and the
//! page changes only where their answers do.

use std::time::Duration;

use domain::{Command, RestaurantId, Row, Trade, access};
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::{Settings, Subscription};
use serde::{Serialize, de::DeserializeOwned};
use sync::client::{Forecast, Reach, Status};
use sync::{AccountId, Actor, CommandId, Key, Millis};

use crate::{start, words};

/// What the names of drafts begin with that hold somebody's name, telephone number or address.
const PERSONAL_DRAFTS: [&str; 2] = ["contact", "checkout/"];

/// The replica of this trade.
pub type Replica = replica::Replica<Trade>;

/// What [`World::read`] reads.
pub type Client = sync::client::Client<Trade>;

/// How often times on the screen are looked at again: they are shown in minutes.
const CLOCK: Duration = Duration::from_secs(20);

/// The replica, as signals. Cheap to copy.
#[derive(Clone, Copy)]
pub struct World {
    replica: StoredValue<Replica, LocalStorage>,
    _subscription: StoredValue<Subscription, LocalStorage>,
    revision: RwSignal<u64>,
    clock: RwSignal<Millis>,
    said: RwSignal<String>,
    status: Memo<Status>,
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

/// Opens the replica.
///
/// # Errors
/// A sentence for a person.
pub async fn open() -> Result<Replica, String> {
    let settings = Settings { prefix: "carryout".to_owned(), public_scopes: vec![access::catalog_scope()] };
    Replica::open(settings).await.map_err(|error| error.to_string())
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
        let replica = StoredValue::new_local(replica);
        let status = Memo::new(move |_| {
            revision.track();
            clock.track();
            replica.with_value(Replica::status)
        });
        let actor = Memo::new(move |_| {
            revision.track();
            replica.with_value(Replica::actor)
        });
        let subscription = StoredValue::new_local(subscription);
        let said = RwSignal::new(String::new());
        let filling = Memo::new(move |_| status.with(filling));
        Self { replica, _subscription: subscription, revision, clock, said, status, actor, filling }
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

    /// Who is signed in, as last known.
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

    /// Why storing on this device fails, where it does.
    pub fn storage_trouble(self) -> Option<String> {
        self.revision.track();
        self.replica.with_value(Replica::storage_trouble)
    }

    // ---- what is done -------------------------------------------------------------------------------------------

    /// Gives a command; once this resolves it is saved on this device.
    ///
    /// # Errors
    /// A sentence for a person; nothing was saved.
    pub async fn act(self, command: Command, resolves: Option<CommandId>) -> Result<CommandId, String> {
        let replica = self.replica.get_value();
        replica.act(command, resolves).await.map_err(|failure| words::act_failure(&failure))
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

    // ---- who ----------------------------------------------------------------------------------------------------

    /// Signs in.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn sign_in(self, name: &str, password: &str) -> Result<Actor, String> {
        let replica = self.replica.get_value();
        let before = replica.actor().map(|actor| actor.account);
        let actor = replica.sign_in(name, password).await.map_err(|error| error.to_string())?;
        if before.is_some_and(|before| before != actor.account) {
            self.forget_personal_drafts().await;
        }
        start::tell_role(Some(&actor.role.name));
        Ok(actor)
    }

    /// Signs out. What waits stays on this device, sealed.
    ///
    /// # Errors
    /// A sentence for a person.
    pub async fn sign_out(self) -> Result<(), String> {
        let replica = self.replica.get_value();
        replica.sign_out().await.map_err(|error| error.to_string())?;
        self.forget_personal_drafts().await;
        start::tell_role(None);
        Ok(())
    }

    /// Names, telephone numbers and addresses are not left for the next person at this browser. Carts stay.
    async fn forget_personal_drafts(self) {
        let replica = self.replica.get_value();
        for prefix in PERSONAL_DRAFTS {
            for (name, _) in replica.drafts_with_prefix(prefix) {
                if let Err(error) = replica.set_draft(&name, None).await {
                    self.say(&words::sentence(&error.to_string()));
                }
            }
        }
    }

    /// Whose account it is, if anyone's.
    pub fn account(self) -> Option<AccountId> {
        self.actor().map(|actor| actor.account)
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
        let text = draft.map(|draft| serde_json::to_string(draft).expect("a draft is plain data"));
        let replica = self.replica.get_value();
        replica.set_draft(name, text).await.map_err(|error| error.to_string())
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
