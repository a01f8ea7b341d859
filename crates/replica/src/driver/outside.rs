//! What comes from the network and the device, and what goes there.

use std::rc::Rc;

use futures::future::{AbortHandle, abortable};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use sync::client::{Client, SendError};
use sync::protocol::{Batch, Fault, Hello, ServerMessage};
use sync::{Millis, Model};
use wasm_bindgen_futures::spawn_local;

use super::{Job, Read};
use crate::replica::Replica;
use crate::socket::{Said, Socket};
use crate::tabs::Notice;
use crate::{http, now, switches};

/// The request that carries the feed; dropping it lets it go.
pub(crate) struct Polling {
    turn: u64,
    handle: AbortHandle,
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

impl<M: Model> Replica<M> {
    pub(super) fn post(&self, turn: u64, batch: Batch) {
        let replica = self.clone();
        spawn_local(async move {
            let answer = replica.post_batch(&batch).await;
            replica.outside(move |replica| replica.told(|client, now| client.answered(turn, answer, now)));
        });
    }

    pub(super) fn probe(&self) {
        let replica = self.clone();
        spawn_local(async move {
            let reached = http::is_there().await;
            replica.outside(move |replica| replica.told(|client, now| client.probed(reached, now)));
        });
    }

    /// Tells the operator, as well as it goes: what is wrong is on the screen anyway, and nothing waits for this.
    pub(crate) fn report(&self, fault: Fault) {
        let told = fault.clone();
        self.0.faults.borrow_mut().push(fault);
        spawn_local(async move {
            let _ = http::send(reqwest::Method::POST, "/api/faults", Some(&told)).await;
        });
    }

    // ---- the feed, by a socket ------------------------------------------------------------------------------------

    pub(super) fn open_link(&self) {
        if !self.wants_guest_session() {
            return self.open_socket();
        }
        let replica = self.clone();
        spawn_local(async move {
            let begun = replica.begin_guest_session().await.is_ok();
            replica
                .outside(move |replica| if begun { replica.open_socket() } else { replica.told(Client::link_closed) });
        });
    }

    fn open_socket(&self) {
        let replica = Rc::downgrade(&self.0);
        let number = self.0.sockets_opened.get() + 1;
        self.0.sockets_opened.set(number);
        // A socket must not be dropped while it speaks, so what it says is heard in a turn of its own; the executor keeps
        // the turns in order.
        let socket = Socket::open(move |said| {
            let Some(inner) = replica.upgrade() else { return };
            spawn_local(async move {
                if switches::pass().await {
                    Replica(inner).outside(move |replica| replica.heard_socket(number, said));
                }
            });
        });
        let socket = socket.filter(|_| !switches::is_offline());
        let opened = socket.is_some();
        *self.0.socket.borrow_mut() = socket;
        if !opened {
            let replica = self.clone();
            spawn_local(async move { replica.told(Client::link_closed) });
        }
    }

    /// The switch for the network was moved: what is open is cut, or everything is tried again.
    pub(crate) fn network_switched(&self) {
        if switches::is_offline() {
            let polls = self.0.polling.borrow().as_ref().map(|polling| polling.turn);
            self.close_link();
            self.told(Client::link_closed);
            if let Some(turn) = polls {
                self.heard_poll(turn, Err(SendError::Lost { retry_after_ms: None }));
            }
        } else {
            self.told(Client::send_now);
        }
    }

    pub(super) fn close_link(&self) {
        self.0.socket.borrow_mut().take();
        self.0.polling.borrow_mut().take();
    }

    fn heard_socket(&self, number: u64, said: Said) {
        // What a socket said before it was closed may come after that, also when there is another one.
        if self.0.socket.borrow().is_none() || number != self.0.sockets_opened.get() {
            return;
        }
        match said {
            Said::Opened => {
                // A request that still carries the feed is let go: from here on the socket does.
                self.0.polling.borrow_mut().take();
                self.told(Client::link_opened);
            }
            Said::Closed => self.told(Client::link_closed),
            Said::Text(text) => match serde_json::from_str::<ServerMessage<M>>(&text) {
                Ok(ServerMessage::Bye(bye)) if bye.code == "signed-out" && self.lost_guest_session() => {
                    self.close_link();
                    self.told(Client::link_closed);
                }
                Ok(message) => self.told(|client, now| client.heard(message, now)),
                Err(_) => self.told(Client::heard_noise),
            },
        }
    }

    pub(super) fn say_hello(&self, hello: &Hello) {
        if let Some(socket) = self.0.socket.borrow().as_ref() {
            socket.say(&serde_json::to_string(hello).expect("a hello is plain data"));
        }
    }

    // ---- the feed, by requests ------------------------------------------------------------------------------------

    pub(super) fn poll_feed(&self, turn: u64, hello: Hello) {
        let replica = self.clone();
        let (answer, handle) = abortable(async move {
            replica.begin_guest_session().await?;
            let answer = http::send(reqwest::Method::POST, "/live", Some(&hello)).await.map_err(|failed| failed.error);
            match answer {
                Err(SendError::Problem { status: 401, .. }) if replica.lost_guest_session() => {
                    Err(SendError::Lost { retry_after_ms: None })
                }
                answer => answer,
            }
        });
        *self.0.polling.borrow_mut() = Some(Polling { turn, handle });
        let replica = self.clone();
        spawn_local(async move {
            let Ok(answer) = answer.await else { return };
            replica.outside(move |replica| replica.heard_poll(turn, answer));
        });
    }

    fn heard_poll(&self, turn: u64, answer: Result<String, SendError>) {
        let mut messages = vec![];
        let mut noise = false;
        for line in answer.iter().flat_map(|text| text.lines()) {
            match serde_json::from_str::<ServerMessage<M>>(line) {
                Ok(message) => messages.push(message),
                Err(_) => noise = true,
            }
        }
        let answer = match answer {
            // Nothing of it is ours: something between us and the server said it.
            Ok(_) if messages.is_empty() => Err(SendError::Lost { retry_after_ms: None }),
            Ok(_) if noise => return self.told(Client::heard_noise),
            answer => answer.map(|_| messages),
        };
        self.told(|client, now| client.polled(turn, answer, now));
    }

    // ---- the device -------------------------------------------------------------------------------------------------

    pub(super) fn wake_at(&self, at: Millis) {
        let replica = self.clone();
        // One day is further than anything here plans, and fits the browser's timer.
        let delay = u32::try_from((at - now()).clamp(0, 86_400_000)).unwrap_or(0);
        let timer = Timeout::new(delay, move || {
            spawn_local(async move { replica.outside(|replica| replica.told(Client::tick)) });
        });
        *self.0.timer.borrow_mut() = Some(timer);
    }

    pub(super) fn watch_device(&self) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let on = |target: &web_sys::EventTarget, event: &'static str, act: fn(&Self)| {
            let replica = self.clone();
            EventListener::new(target, event, move |_| replica.outside(act))
        };
        let events = vec![
            on(&window, "online", |replica| {
                replica.told(|client, now| client.network(true, now));
                replica.hurry_attachments();
            }),
            on(&window, "offline", |replica| replica.told(|client, now| client.network(false, now))),
            on(&window, "pageshow", Self::shown),
            on(&document, "resume", Self::woken),
            on(&document, "visibilitychange", |replica| if is_hidden() { replica.hidden() } else { replica.shown() }),
        ];
        *self.0.device_events.borrow_mut() = events;
        let network = window.navigator().on_line();
        self.told(|client, now| {
            client.network(network, now);
            client.visible(!is_hidden(), now);
        });
    }

    /// The page is looked at: it asks who leads, would like to, and reads what it may have missed.
    fn shown(&self) {
        self.later(Job::Read(Read::All));
        if !self.read(Client::leads) {
            self.tell(&Notice::WhoLeads);
            self.tell(&Notice::WouldLead);
        }
        self.told(|client, now| client.visible(true, now));
        self.hurry_attachments();
    }

    /// Nobody looks at the page any more. The tab that is looked at instead may have been shown before this one was hidden,
    /// and was not heard then.
    fn hidden(&self) {
        if self.read(Client::leads) {
            self.tell(&Notice::WhoIsLookedAt);
        }
        self.told(|client, now| client.visible(false, now));
    }
}

pub(crate) fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Hidden)
}
