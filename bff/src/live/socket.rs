//! `GET /live`: hello, then frames and beats until one side has enough.
//!
//! A talk keeps no queue: whoever reads slowly is sent what stands when they are ready again, in bounded frames.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::{Trade, access};
use flow::feed::{Start, Talk};
use futures::SinkExt as _;
use sync::protocol::{BEAT_MS, Beat, Bye, Hello, PROTOCOL, ServerMessage};
use sync::{Actor, Millis, Position};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::read::{self, Address};
use crate::account::session::{self, Token};
use crate::hub;
use crate::state::{AppState, now};
use crate::store::StoreError;
use crate::web::session::{Visitor, token_of};

/// The most bytes a client may say at once: a hello that asks about a full outbox is a third of it.
const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// The most acts that a hello may ask about; the outbox holds fewer.
const UNSETTLED_MAX: usize = 1024;

/// How long a client has for its hello.
const HELLO_WAIT_MAX: Duration = Duration::from_secs(5);

/// How long a client waits for the feed to come to where the client is.
const CATCH_UP_WAIT_MAX: Duration = Duration::from_secs(3);

/// How long one message may take to be sent; who reads slower is sent away to come back.
const SEND_WAIT_MAX: Duration = Duration::from_secs(10);

/// `/live`.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/live", get(upgrade))
}

async fn upgrade(
    State(state): State<AppState>,
    Visitor { actor, expires_at }: Visitor,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    let caller = Caller { token: token_of(&headers, &state), actor, expires_at };
    socket
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| talk(state, caller, socket))
}

/// Who opened the socket.
struct Caller {
    actor: Option<Actor>,
    token: Option<Token>,
    expires_at: Option<Millis>,
}

async fn talk(state: AppState, caller: Caller, mut socket: WebSocket) {
    let Err(end) = hold(&state, caller, &mut socket).await;
    let (code, bye) = match end {
        End::Gone => return,
        End::Said(code, bye) => (code, bye),
        End::Store(error) => {
            tracing::error!(%error, "a talk ended because the store did not answer");
            (close_code::RESTART, bye("restart", "the store did not answer", 1_000))
        }
    };
    let close = CloseFrame { code, reason: bye.code.clone().into() };
    let last_words = async {
        send(&mut socket, &ServerMessage::Bye(bye)).await.ok()?;
        socket.send(Message::Close(Some(close))).await.ok()?;
        socket.close().await.ok()
    };
    // The client may be gone already; then nobody misses the words.
    let _ = timeout(Duration::from_secs(1), last_words).await;
}

/// Why a talk ended.
enum End {
    /// The client is not there any more.
    Gone,
    /// The server has a reason.
    Said(u16, Bye),
    /// The server has trouble.
    Store(StoreError),
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

enum Never {}

fn bye(code: &str, reason: &str, retry_after_ms: u64) -> Bye {
    Bye { code: code.to_owned(), reason: reason.to_owned(), retry_after_ms }
}

fn bad(reason: &str) -> End {
    End::Said(close_code::POLICY, bye("bad-hello", reason, 60_000))
}

fn signed_out(reason: &str) -> End {
    End::Said(close_code::POLICY, bye("signed-out", reason, 0))
}

async fn hold(state: &AppState, caller: Caller, socket: &mut WebSocket) -> Result<Never, End> {
    let hello = timeout(HELLO_WAIT_MAX, hear(socket)).await.map_err(|_| bad("no hello came"))??;
    let actor = check(&hello, caller.actor)?;
    let address = actor.as_ref().map(|actor| Address { account: actor.account.clone(), device: hello.device });
    let mut feed = state.wake.feed.subscribe();
    let mut talk = begin(state, &hello, actor.as_ref()).await?;
    let mut beats = interval(Duration::from_millis(BEAT_MS));
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats.tick().await;
    let mut expiry = std::pin::pin!(sleep_until(instant(caller.expires_at)));
    loop {
        feed.borrow_and_update();
        catch_up(state, &mut talk, address.as_ref(), socket, false).await?;
        tokio::select! {
            _ = feed.changed() => {}
            _ = beats.tick() => {
                if actor.is_some() && !still_signed_in(state, caller.token.as_ref()).await? {
                    return Err(signed_out("this account was signed out"));
                }
                catch_up(state, &mut talk, address.as_ref(), socket, true).await?;
                let beat = Beat { epoch: state.epoch(), head: talk.at(), now: now() };
                send(socket, &ServerMessage::Beat(beat)).await?;
            }
            more = hear_nothing(socket) => return Err(more),
            () = &mut expiry => {
                return Err(signed_out("the sign-in has ended"));
            }
            () = state.stop.cancelled() => {
                return Err(End::Said(close_code::RESTART, bye("restart", "the server restarts", 1_000)));
            }
        }
    }
}

/// Sends what stands after the talk's place. A step that brings nothing is sent only when `even_empty`: it moves the
/// client's cursor to the head, so that a later beat finds it there.
async fn catch_up(
    state: &AppState,
    talk: &mut Talk,
    address: Option<&Address>,
    socket: &mut WebSocket,
    even_empty: bool,
) -> Result<(), End> {
    loop {
        let window = read::window(state, talk, address).await?;
        let moved = even_empty && window.head > talk.at();
        if !talk.is_new() && !talk.concerns(&window) && !moved {
            return Ok(());
        }
        let frame = talk.frame(window, now());
        let more = frame.more;
        send(socket, &ServerMessage::Frame(frame)).await?;
        if !more {
            return Ok(());
        }
    }
}

async fn begin(state: &AppState, hello: &Hello, actor: Option<&Actor>) -> Result<Talk, End> {
    let fact_there = match hello.cursor {
        Some(cursor) => hub::fact_at(&state.truth.readers, cursor.position).await?,
        None => None,
    };
    if let Some(cursor) = hello.cursor.filter(|cursor| cursor.fact == fact_there && fact_there.is_some()) {
        wait_for(state, cursor.position).await?;
    }
    let head = *state.wake.feed.borrow();
    let granted = access::scopes_of(actor);
    Ok(Talk::begin(Start { hello, granted, epoch: state.epoch(), head, fact_there }))
}

/// The client was here before and the feed is only behind, such as while it is built again: nothing is to be thrown away.
async fn wait_for(state: &AppState, position: Position) -> Result<(), End> {
    let mut feed = state.wake.feed.subscribe();
    let caught_up = timeout(CATCH_UP_WAIT_MAX, feed.wait_for(|head| *head >= position)).await.is_ok();
    if caught_up { Ok(()) } else { Err(End::Said(close_code::AGAIN, bye("restart", "the feed is being built", 1_000))) }
}

/// The identity that the talk is held with.
fn check(hello: &Hello, actor: Option<Actor>) -> Result<Option<Actor>, End> {
    if hello.protocol != PROTOCOL {
        return Err(End::Said(close_code::POLICY, bye("protocol", "this server speaks another protocol", 60_000)));
    }
    if hello.unsettled.len() > UNSETTLED_MAX {
        return Err(bad("too many acts are asked about"));
    }
    let Some(account) = &hello.account else { return Ok(None) };
    match actor {
        Some(actor) if actor.account == *account => Ok(Some(actor)),
        _ => Err(signed_out("this account is not signed in here")),
    }
}

/// A sign-out in another window ends the talks of the session too.
async fn still_signed_in(state: &AppState, token: Option<&Token>) -> Result<bool, StoreError> {
    match token {
        Some(token) => Ok(session::find(&state.truth, token).await?.is_some()),
        None => Ok(false),
    }
}

async fn hear(socket: &mut WebSocket) -> Result<Hello, End> {
    loop {
        return match socket.recv().await {
            Some(Ok(Message::Text(text))) => {
                serde_json::from_str(&text).map_err(|error| bad(&format!("the hello cannot be read: {error}")))
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            other => Err(end_of(other)),
        };
    }
}

/// After its hello a client has nothing more to say.
async fn hear_nothing(socket: &mut WebSocket) -> End {
    loop {
        match socket.recv().await {
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Text(_))) => return bad("one hello is enough"),
            other => return end_of(other),
        }
    }
}

fn end_of(heard: Option<Result<Message, axum::Error>>) -> End {
    match heard {
        Some(Ok(Message::Binary(_))) => {
            End::Said(close_code::UNSUPPORTED, bye("protocol", "this socket speaks text", 60_000))
        }
        Some(Err(error)) if error.to_string().to_lowercase().contains("too long") => {
            End::Said(close_code::SIZE, bye("bad-hello", "the message is too long", 60_000))
        }
        _ => End::Gone,
    }
}

async fn send(socket: &mut WebSocket, message: &ServerMessage<Trade>) -> Result<(), End> {
    let text = serde_json::to_string(message).map_err(StoreError::from)?;
    match timeout(SEND_WAIT_MAX, socket.send(Message::text(text))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::Said(close_code::AGAIN, bye("slow", "the connection is too slow", 1_000))),
    }
}

/// When a moment of the server's clock comes; a day from now where none is given.
fn instant(at: Option<Millis>) -> Instant {
    let wait_ms = at.map_or(24 * 60 * 60 * 1000, |at| u64::try_from(at - now()).unwrap_or(0));
    Instant::now() + Duration::from_millis(wait_ms)
}
