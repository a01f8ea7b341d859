//! Attachments on this device: kept by any tab, carried to the server by the one that leads. When and which says
//! [`sync::attachment`]; here are its hands.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use sync::attachment::{self, Attach, AttachError, Attachment, AttachmentId, Carrier, Chances, End, Stage};
use sync::client::{Client, Reach, SendError};
use sync::{AccountId, Model};
use wasm_bindgen_futures::spawn_local;

use crate::driver::is_hidden;
use crate::replica::Replica;
use crate::store::StoreError;
use crate::store::attachments::AttachmentStore;
use crate::tabs::Notice;
use crate::{http, now};

/// Why something was not attached. Nothing was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachFailure {
    /// It cannot be.
    #[error(transparent)]
    Attach(#[from] AttachError),
    /// The device could not keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a page knows of attachments.
pub(crate) struct Attachments {
    store: AttachmentStore,
    kept: RefCell<Vec<Attachment>>,
    carrier: RefCell<Carrier>,
    timer: RefCell<Option<Timeout>>,
    /// Whether a round is under way, and whether another one is wanted after it.
    carrying: Cell<bool>,
    wanted: Cell<bool>,
}

impl Attachments {
    pub(crate) fn new(prefix: &str, seed: u64) -> Self {
        Self {
            store: AttachmentStore::new(prefix),
            kept: RefCell::default(),
            carrier: RefCell::new(Carrier::new(seed)),
            timer: RefCell::default(),
            carrying: Cell::default(),
            wanted: Cell::default(),
        }
    }

    pub(crate) fn stay_in_memory(&self) {
        self.store.stay_in_memory();
    }

    pub(crate) fn let_go(&self) {
        self.timer.borrow_mut().take();
        self.store.close();
    }
}

impl<M: Model> Replica<M> {
    /// Attaches `bytes` to an act. When this returns they are **saved on this device**; before, they are not.
    ///
    /// # Errors
    /// [`AttachFailure`]; nothing was kept.
    pub async fn attach(&self, attach: Attach, bytes: &[u8]) -> Result<AttachmentId, AttachFailure> {
        let _turn = self.0.appending.lock().await;
        // Another tab may have attached something meanwhile.
        let all = self.0.attachments.store.all().await?;
        self.know_attachments(all);
        let by = self.actor().map(|actor| actor.account);
        let kept = self.read(|client| {
            let known = self.0.attachments.kept.borrow();
            attachment::attach(&known, client.outbox(), by.as_ref(), attach, bytes, now())
        })?;
        self.making_room(async || self.0.attachments.store.put(&kept, bytes).await).await?;
        let id = kept.id;
        self.0.attachments.kept.borrow_mut().push(kept);
        self.tell(&Notice::Attachments);
        self.notify(&[]);
        self.carry();
        self.ask_to_keep();
        Ok(id)
    }

    /// What whoever acts here has attached, the oldest first.
    pub fn attachments(&self) -> Vec<Attachment> {
        let Some(actor) = self.actor() else { return vec![] };
        let kept = self.0.attachments.kept.borrow();
        kept.iter().filter(|kept| kept.account == actor.account).cloned().collect()
    }

    /// Which attachment is on its way at this moment, by this tab.
    pub fn attachment_on_its_way(&self) -> Option<AttachmentId> {
        self.0.attachments.carrier.borrow().carries()
    }

    /// Has one that the server did not take tried again.
    ///
    /// # Errors
    /// [`StoreError`]; it is as it was.
    pub async fn try_attachment_again(&self, id: AttachmentId) -> Result<(), StoreError> {
        let ended = self.attachments().into_iter().find(|kept| kept.id == id);
        let Some(again) = ended.and_then(|ended| attachment::again(&ended, now())) else { return Ok(()) };
        self.change_attachments(vec![again], vec![]).await?;
        self.carry();
        Ok(())
    }

    /// Lets one go that will not be sent.
    ///
    /// # Errors
    /// [`StoreError`]; it is as it was.
    pub async fn let_attachment_go(&self, id: AttachmentId) -> Result<(), StoreError> {
        let is_ended = |kept: &Attachment| kept.id == id && matches!(kept.stage, Stage::Ended(_));
        if self.attachments().iter().any(is_ended) {
            self.change_attachments(vec![], vec![id]).await?;
        }
        Ok(())
    }

    /// How many attachments of whoever acts here still have to reach the server.
    pub(crate) fn attachments_waiting(&self) -> usize {
        let actor = self.actor();
        actor.map_or(0, |actor| attachment::waiting(&self.0.attachments.kept.borrow(), &actor.account))
    }

    // ---- for the rest of this crate ------------------------------------------------------------------------------

    /// Reads what is on the disk for the first time; what is in its second place only is put there first.
    pub(crate) fn open_attachments(&self) {
        let replica = self.clone();
        spawn_local(async move {
            // What cannot be put there now is read into it at the next start.
            let _ = replica.0.attachments.store.open().await;
            replica.read_attachments();
        });
    }

    /// Reads what is on the disk, as any tab may have left it.
    pub(crate) fn read_attachments(&self) {
        let replica = self.clone();
        spawn_local(async move {
            if let Ok(all) = replica.0.attachments.store.all().await {
                replica.know_attachments(all);
                replica.carry();
            }
        });
    }

    fn know_attachments(&self, all: Vec<Attachment>) {
        if *self.0.attachments.kept.borrow() != all {
            *self.0.attachments.kept.borrow_mut() = all;
            self.notify(&[]);
        }
    }

    /// Nothing is left of these accounts.
    pub(crate) async fn forget_attachments(&self, accounts: &[AccountId]) -> Result<(), StoreError> {
        self.0.attachments.store.forget(accounts).await?;
        self.0.attachments.kept.borrow_mut().retain(|kept| !accounts.contains(&kept.account));
        self.tell(&Notice::Attachments);
        Ok(())
    }

    /// Somebody signed in, or wants everything tried now.
    pub(crate) fn hurry_attachments(&self) {
        self.0.attachments.carrier.borrow_mut().hurry();
        self.carry();
    }

    /// Follows the acts and carries what may leave, now or when this tab runs again.
    pub(crate) fn carry(&self) {
        let attachments = &self.0.attachments;
        if attachments.kept.borrow().is_empty() || self.is_closed() {
            return;
        }
        attachments.wanted.set(true);
        if attachments.carrying.replace(true) {
            return;
        }
        let replica = self.clone();
        spawn_local(async move {
            let attachments = &replica.0.attachments;
            while attachments.wanted.replace(false) && !replica.is_closed() {
                replica.thawed().await;
                replica.follow_acts().await;
                if let Some(carried) = replica.next_attachment() {
                    replica.carry_one(carried).await;
                    attachments.wanted.set(true);
                }
            }
            attachments.carrying.set(false);
        });
    }

    async fn follow_acts(&self) {
        let (changed, gone) = self.read(|client| {
            let kept = self.0.attachments.kept.borrow();
            attachment::follow(&kept, client.outbox(), now())
        });
        if !changed.is_empty() || !gone.is_empty() {
            // What cannot be written now is found again at the next look.
            let _ = self.change_attachments(changed, gone).await;
        }
    }

    /// The one that may leave now; where it is not its time yet, it is looked again then.
    fn next_attachment(&self) -> Option<Attachment> {
        let now = now();
        let next = self.read(|client| {
            let status = client.status(now);
            let is_reached = matches!(status.reach, Reach::Online | Reach::Syncing);
            let account = client.actor().map(|actor| &actor.account);
            let may_send = Client::leads(client) && is_reached && status.paused.is_none();
            let chances = Chances { account, outbox: client.outbox(), may_send, visible: !is_hidden() };
            let kept = self.0.attachments.kept.borrow();
            self.0.attachments.carrier.borrow_mut().next(&kept, &chances, now)
        });
        match next {
            Ok(next) => Some(next),
            Err(at) => {
                let timer = at.map(|at| {
                    let replica = self.clone();
                    let delay = u32::try_from((at - now).clamp(0, 86_400_000)).unwrap_or(0);
                    Timeout::new(delay, move || replica.carry())
                });
                *self.0.attachments.timer.borrow_mut() = timer;
                None
            }
        }
    }

    async fn carry_one(&self, carried: Attachment) {
        self.notify(&[]);
        let answer = match self.0.attachments.store.bytes(carried.id).await {
            Ok(Some(bytes)) => send(&carried, bytes).await,
            Ok(None) => return self.has_lost(carried).await,
            Err(_) => Err((SendError::Lost { retry_after_ms: None }, None)),
        };
        // A phone that was locked meanwhile hears the answer when somebody wakes it.
        self.thawed().await;
        let changed = self.0.attachments.carrier.borrow_mut().answered(&carried, answer, !is_hidden(), now());
        if let Some(changed) = changed {
            let stored = self.change_attachments(vec![changed], vec![]).await;
            self.note_trouble(stored.as_ref().err());
        }
        self.notify(&[]);
    }

    /// Its bytes are not here any more: that is told, and not tried for ever.
    async fn has_lost(&self, carried: Attachment) {
        let ended = Attachment { stage: Stage::Ended(End::Lost), changed_at: now(), ..carried.clone() };
        let lost = Err((SendError::Lost { retry_after_ms: Some(0) }, None));
        self.0.attachments.carrier.borrow_mut().answered(&carried, lost, !is_hidden(), now());
        let _ = self.change_attachments(vec![ended], vec![]).await;
    }

    async fn change_attachments(&self, changed: Vec<Attachment>, gone: Vec<AttachmentId>) -> Result<(), StoreError> {
        self.making_room(async || self.0.attachments.store.change(&changed, &gone).await).await?;
        let all = self.0.attachments.store.all().await?;
        self.know_attachments(all);
        self.tell(&Notice::Attachments);
        Ok(())
    }
}

/// Brings one to the server.
async fn send(carried: &Attachment, bytes: Vec<u8>) -> Result<(), (SendError, Option<String>)> {
    let sent = http::put(&carried.path(), &carried.content_type, &carried.account, bytes).await;
    sent.map_err(|failed| (failed.error, failed.detail))
}

/// Carries what may leave, in a service worker while no tab is there; whether something is left that may leave later.
pub(crate) async fn drain<M: Model>(prefix: &str, client: &Client<M>, seed: u64) -> Result<bool, StoreError> {
    let store = AttachmentStore::new(prefix);
    let mut carrier = Carrier::new(seed);
    let kept = store.all().await?;
    let (changed, gone) = attachment::follow(&kept, client.outbox(), now());
    store.change(&changed, &gone).await?;
    loop {
        let kept = store.all().await?;
        let account = client.actor().map(|actor| &actor.account);
        let chances = Chances { account, outbox: client.outbox(), may_send: true, visible: false };
        let Ok(next) = carrier.next(&kept, &chances, now()) else {
            return Ok(account.is_some_and(|account| attachment::waiting(&kept, account) > 0));
        };
        let Some(bytes) = store.bytes(next.id).await? else { return Ok(true) };
        let answer = send(&next, bytes).await;
        if let Some(changed) = carrier.answered(&next, answer, false, now()) {
            store.change(&[changed], &[]).await?;
        }
    }
}
