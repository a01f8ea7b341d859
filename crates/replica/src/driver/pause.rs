//! Standing still: what a browser does to a tab in the background or in the middle of its work, and the end.
//!
//! A browser may freeze a tab: nothing runs, and what happens meanwhile waits. Here the same can be asked for, so that a
//! story can be told about it. What a replica does from outside comes through [`Replica::outside`] for that.
//!
//! A browser may also end a script where it stands: Firefox does when a tab is closed that is at work, and every browser when
//! somebody stops a page that does not answer. What came in from outside then finds a machine that was left in the middle
//! of a step. Such a page does nothing more; all that it called saved is on the disk.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use sync::Model;

use super::{Job, Read};
use crate::replica::Replica;

type Event<M> = Box<dyn FnOnce(&Replica<M>)>;

/// Whether the replica stands still, and what waits for it to go on.
pub(crate) struct Pause<M: Model> {
    closed: Cell<bool>,
    frozen: Cell<bool>,
    events: RefCell<Vec<Event<M>>>,
    tasks: RefCell<Vec<oneshot::Sender<()>>>,
}

impl<M: Model> Default for Pause<M> {
    fn default() -> Self {
        Self { closed: Cell::default(), frozen: Cell::default(), events: RefCell::default(), tasks: RefCell::default() }
    }
}

impl<M: Model> Replica<M> {
    /// Lets something in that happened outside: now, or once this tab runs again.
    pub(super) fn outside(&self, event: impl FnOnce(&Self) + 'static) {
        if self.was_cut_off() {
            self.end_here();
        } else if self.is_frozen() {
            self.0.pause.events.borrow_mut().push(Box::new(event));
        } else {
            event(self);
        }
    }

    /// Whether a script of this page was ended in the middle of a step: nothing else holds the machine between two turns.
    fn was_cut_off(&self) -> bool {
        self.0.client.try_borrow_mut().is_err()
    }

    /// Does nothing more, and has the shell say so and let another tab lead.
    fn end_here(&self) {
        if self.0.pause.closed.replace(true) {
            return;
        }
        let sentence = "the browser ended a script of this page in the middle: the page stops here, load it again";
        web_sys::console::warn_1(&sentence.into());
        tell_page(&format!("{}:panic", self.settings().prefix), sentence);
    }

    /// Waits until this tab runs.
    pub(crate) async fn thawed(&self) {
        while self.is_frozen() {
            let (run, running) = oneshot::channel();
            self.0.pause.tasks.borrow_mut().push(run);
            let _ = running.await;
        }
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.0.pause.frozen.get()
    }

    /// Freezes this tab as a browser does, or lets it run again.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.0.pause.frozen.set(frozen);
        if !frozen {
            let events = std::mem::take(&mut *self.0.pause.events.borrow_mut());
            events.into_iter().for_each(|event| event(self));
            self.0.pause.tasks.borrow_mut().clear();
            self.woken();
        }
    }

    /// The browser let this tab run again, after it may have stood still for long: what it knows may be old.
    pub(super) fn woken(&self) {
        self.later(Job::Read(Read::All));
    }

    /// Whether it does nothing more.
    pub(crate) fn is_closed(&self) -> bool {
        self.0.pause.closed.get()
    }

    /// Stops sending and listening and gives the lead to another tab. What was being written is written first; what waits
    /// stays on the device. Nothing can be done with a replica that was closed.
    pub fn close(&self) {
        if self.0.pause.closed.replace(true) {
            return;
        }
        self.freeze(false);
        self.0.pause.events.borrow_mut().clear();
        self.close_link();
        self.0.window.borrow_mut().take();
        self.0.timer.borrow_mut().take();
        self.0.device_events.borrow_mut().clear();
        self.forget_listeners();
        // The task that stores ends with what it was given, and then lets go of the rest.
        self.0.jobs.close_channel();
    }

    /// The last step of [`Replica::close`].
    pub(super) fn let_go(&self) {
        self.0.channel.borrow_mut().take();
        self.0.outbox.close();
        self.0.cache.close();
        self.0.attachments.let_go();
        self.0.lead.borrow_mut().take();
    }
}

/// Tells whoever is on the page, as a window event.
fn tell_page(event: &str, detail: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail.into());
    let Some(window) = web_sys::window() else { return };
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &init) {
        // Nobody cancels it, so what dispatching answers says nothing.
        let _ = window.dispatch_event(&event);
    }
}
