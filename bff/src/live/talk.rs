//! One talk: hello, then frames and beats until one side has enough. A [`Carrier`] carries it: a socket
//! ([`super::socket`]), or the answer to a request ([`super::poll`]).
//!
//! A talk keeps no queue: whoever reads slowly is sent what stands when they are ready again, in bounded frames.

use std::time::Duration;

use axum::http::HeaderMap;
use domain::{Trade, access};
use flow::feed::{Start, Talk, digests_told_at};
use sync::outbox::WAITING_MAX;
use sync::protocol::{Beat, Bye, ERASED, Hello, Misfit, OTHERS_MAX, SELDOM_MS, ServerMessage, Spoken};
use sync::{AccountId, Actor, Millis, Position};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::read::{self, Address};
use super::view;
use crate::account::session::{self, Token};
use crate::device;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::session::{Visitor, token_of};

/// How long a client waits for the feed to come to where the client is.
const CATCH_UP_WAIT_MAX: Duration = Duration::from_secs(3);

/// What takes a talk's words to the client.
pub(super) trait Carrier: Send {
    /// How long it may go without a word.
    const BEAT: Duration;

    /// Takes one word there: a [`ServerMessage`] as JSON.
    fn say(&mut self, message: String) -> impl Future<Output = Result<(), End>> + Send;

    /// Waits until the client ends the talk; after its hello it has nothing more to say.
    fn ended(&mut self) -> impl Future<Output = End> + Send;

    /// Whether it can take no more; the talk is over then.
    fn is_full(&self) -> bool;
}

/// Why a talk ended before it was over.
#[derive(Debug)]
pub(super) enum End {
    /// The client is not there any more.
    Gone,
    /// The client speaks another protocol.
    Misfit(Misfit),
    /// What the client said is no hello; a sentence.
    BadHello(String),
    /// The identity that the client named is not, or no longer, signed in; a sentence.
    SignedOut(&'static str),
    /// Whoever was signed in is erased.
    Erased,
    /// The connection is too slow.
    Slow,
    /// The server goes, or is not ready; a sentence.
    Restart(&'static str),
    /// The server has trouble.
    Store(StoreError),
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl End {
    /// What the client is told; nothing once it is gone.
    pub(super) fn bye(self) -> Option<Bye> {
        let bye = |code: &str, reason: &str, retry_after_ms| {
            Some(Bye { code: code.to_owned(), reason: reason.to_owned(), retry_after_ms })
        };
        match self {
            Self::Gone => None,
            Self::Misfit(misfit) => bye(misfit.code(), &misfit.sentence(), SELDOM_MS),
            Self::BadHello(reason) => bye("bad-hello", &reason, SELDOM_MS),
            Self::SignedOut(reason) => bye("signed-out", reason, 0),
            Self::Erased => bye(ERASED, "this account was erased, as its owner wished", 0),
            Self::Slow => bye("slow", "the connection is too slow", 1_000),
            Self::Restart(reason) => bye("restart", reason, 1_000),
            Self::Store(error) => {
                tracing::error!(%error, "a talk ended because the store did not answer");
                bye("restart", "the store did not answer", 1_000)
            }
        }
    }
}

/// Who listens.
pub(super) struct Caller {
    actor: Option<Actor>,
    token: Option<Token>,
    expires_at: Option<Millis>,
}

impl Caller {
    /// Whoever sent the request with these headers.
    pub(super) fn new(state: &AppState, visitor: Visitor, headers: &HeaderMap) -> Self {
        let Visitor { actor, expires_at } = visitor;
        Self { actor, expires_at, token: token_of(headers, state) }
    }
}

/// Reads a hello.
///
/// # Errors
/// [`End::Misfit`] or [`End::BadHello`].
pub(super) fn hello(text: &[u8]) -> Result<Hello, End> {
    let unreadable = |error: serde_json::Error| End::BadHello(format!("the hello cannot be read: {error}"));
    let Spoken { protocol } = serde_json::from_slice(text).map_err(unreadable)?;
    if let Some(misfit) = Misfit::of(protocol) {
        return Err(End::Misfit(misfit));
    }
    let hello: Hello = serde_json::from_slice(text).map_err(unreadable)?;
    if hello.others.len() > OTHERS_MAX {
        return Err(End::BadHello(format!("the hello names more than {OTHERS_MAX} others")));
    }
    if hello.unsettled.len() > WAITING_MAX || hello.holds.open.len() > WAITING_MAX {
        return Err(End::BadHello("the hello names more acts than an outbox holds".into()));
    }
    Ok(hello)
}

/// Talks with `caller`, who said `hello`, until `carrier` is full.
///
/// # Errors
/// Why it ended before; where the carrier is never full, always.
pub(super) async fn hold<C: Carrier>(
    state: &AppState,
    caller: Caller,
    hello: Hello,
    carrier: &mut C,
) -> Result<(), End> {
    let mut beats = interval(C::BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats.tick().await;
    let mut feed = state.wake.feed.subscribe();
    let mut line = Line::begin(state, &hello, caller.actor, carrier).await?;
    let mut expiry = std::pin::pin!(sleep_until(instant(caller.expires_at)));
    line.tell_of_the_erased().await?;
    loop {
        feed.borrow_and_update();
        line.catch_up(false).await?;
        if line.carrier.is_full() {
            return line.beat().await;
        }
        tokio::select! {
            _ = feed.changed() => {}
            _ = beats.tick() => {
                if let Some(address) = &line.address
                    && !still_signed_in(state, caller.token.as_ref()).await?
                {
                    return Err(signed_out(state, &address.account, "this account was signed out").await?);
                }
                line.tell_of_the_erased().await?;
                line.catch_up(true).await?;
                line.beat().await?;
                if line.carrier.is_full() {
                    return Ok(());
                }
            }
            end = line.carrier.ended() => return Err(end),
            () = &mut expiry => return Err(End::SignedOut("the sign-in has ended")),
            () = state.stop.cancelled() => return Err(End::Restart("the server restarts")),
        }
    }
}

/// A talk and what carries it.
struct Line<'a, C> {
    state: &'a AppState,
    talk: Talk,
    address: Option<Address>,
    carrier: &'a mut C,
    /// By requests, and not the first of them.
    goes_on: bool,
    /// The last frame was not the last of its catch-up.
    more: bool,
    /// Whose acts lie on the device beside the caller's, as far as it was not told yet that they are erased.
    others: Vec<AccountId>,
}

impl<'a, C: Carrier> Line<'a, C> {
    /// Begins where the client stands, with the identity that the talk is held with.
    async fn begin(state: &'a AppState, hello: &Hello, actor: Option<Actor>, carrier: &'a mut C) -> Result<Self, End> {
        let actor = identity(state, hello, actor).await?;
        let address = actor.as_ref().map(|actor| Address { account: actor.account.clone(), device: hello.device });
        if let Some(actor) = &actor {
            device::note(state, &actor.account, hello.device, &hello.holds, Some(&hello.release));
        }
        let fact_there = match hello.place() {
            Some(place) => state.hub.fact_at(place.position).await?,
            None => None,
        };
        if let Some(place) = hello.place().filter(|place| place.fact == fact_there && fact_there.is_some()) {
            wait_for(state, place.position).await?;
        }
        let (head, granted) = (*state.wake.feed.borrow(), access::scopes_of(actor.as_ref()));
        let horizon =
            view::standing(&mut *state.views.readers.acquire().await.map_err(StoreError::from)?).await?.horizon;
        let mut talk = Talk::begin::<Trade>(Start { hello, granted, epoch: state.epoch(), head, fact_there, horizon });
        if hello.goes_on {
            talk.go_on(hello, digests_told_at(hello.device, now()));
        }
        Ok(Self { state, talk, address, carrier, goes_on: hello.goes_on, more: false, others: hello.others.clone() })
    }

    /// Sends what stands after the talk's place. When `idle`, also a step that brings nothing: it moves the client's
    /// cursor to the head, so that a later beat finds it there.
    async fn catch_up(&mut self, idle: bool) -> Result<(), End> {
        loop {
            let now = now();
            let head = *self.state.wake.feed.borrow();
            // A client that asks by requests asks about its acts with each; that alone is no news.
            let answers = idle || !self.goes_on;
            let asked = answers && !self.talk.asked().is_empty();
            if !self.talk.is_new() && self.talk.is_at(head) && !self.talk.wants_digests(now) && !asked {
                return Ok(());
            }
            let window = read::window(self.state, &self.talk, self.address.as_ref(), answers, now).await?;
            if self.talk.is_overtaken(window.horizon) {
                return Err(End::Restart("what this device has still to hear was forgotten meanwhile"));
            }
            let moved = idle && window.head > self.talk.at();
            if !self.talk.is_new() && !self.talk.concerns(&window) && !moved {
                return Ok(());
            }
            let frame = self.talk.frame(window, now);
            self.more = frame.more;
            self.tell(&ServerMessage::Frame(frame)).await?;
            if self.carrier.is_full() {
                return Ok(());
            }
        }
    }

    /// Says how far the feed has come, unless the client has not been sent that far.
    async fn beat(&mut self) -> Result<(), End> {
        if self.more {
            return Ok(());
        }
        let beat = Beat { epoch: self.state.epoch(), head: self.talk.at(), now: now() };
        self.tell(&ServerMessage::Beat(beat)).await
    }

    /// Who of the others on the device is erased.
    async fn tell_of_the_erased(&mut self) -> Result<(), End> {
        for other in std::mem::take(&mut self.others) {
            if session::is_erased(&self.state.truth.readers, other.as_str()).await? {
                self.tell(&ServerMessage::Erased(other)).await?;
            } else {
                self.others.push(other);
            }
        }
        Ok(())
    }

    /// Says it as this client may read it.
    async fn tell(&mut self, message: &ServerMessage<Trade>) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(StoreError::from)?;
        let text = self.state.keys.open_all(text).await?;
        self.carrier.say(text).await
    }
}

/// The client was here before and the feed is only behind, such as while it is built again: nothing is to be thrown away.
async fn wait_for(state: &AppState, position: Position) -> Result<(), End> {
    let mut feed = state.wake.feed.subscribe();
    let caught_up = timeout(CATCH_UP_WAIT_MAX, feed.wait_for(|head| *head >= position)).await.is_ok();
    if caught_up { Ok(()) } else { Err(End::Restart("the feed is being built")) }
}

async fn identity(state: &AppState, hello: &Hello, actor: Option<Actor>) -> Result<Option<Actor>, End> {
    let Some(account) = &hello.account else { return Ok(None) };
    match actor {
        Some(actor) if actor.account == *account => Ok(Some(actor)),
        _ => Err(signed_out(state, account, "this account is not signed in here").await?),
    }
}

/// Why `account` is not signed in. That it is erased is told whether or not its session is still known: a device may have been
/// away for longer than one lasts.
async fn signed_out(state: &AppState, account: &AccountId, reason: &'static str) -> Result<End, StoreError> {
    let erased = session::is_erased(&state.truth.readers, account.as_str()).await?;
    Ok(if erased { End::Erased } else { End::SignedOut(reason) })
}

/// A sign-out in another window ends the talks of the session too.
async fn still_signed_in(state: &AppState, token: Option<&Token>) -> Result<bool, StoreError> {
    match token {
        Some(token) => Ok(session::find(&state.truth, token).await?.is_some()),
        None => Ok(false),
    }
}

/// When a moment of the server's clock comes; a day from now where none is given.
fn instant(at: Option<Millis>) -> Instant {
    let wait_ms = at.map_or(24 * 60 * 60 * 1000, |at| u64::try_from(at - now()).unwrap_or(0));
    Instant::now() + Duration::from_millis(wait_ms)
}
