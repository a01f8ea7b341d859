//! `/live`: a talk over a WebSocket, or by requests where no socket passes.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flow::memory::{Listener, Memory};
use sync::protocol::{BEAT_MS, Bye, HELLO_BYTES_MAX, Hello, Misfit, POLL_HOLD_MS, SELDOM_MS, ServerMessage, Spoken};
use sync::{Actor, Model};
use tokio::time::{Instant, sleep, timeout_at};

use crate::problem::{self, Problem};
use crate::{Shared, Shop, now};

const SOMEBODY_ELSE: &str = "somebody else is signed in here";

pub(crate) fn router<M: Model>() -> Router<Arc<Shared<M>>>
where
    Memory<M>: Send,
{
    let live = get(upgrade::<M>).post(poll::<M>).layer(DefaultBodyLimit::max(HELLO_BYTES_MAX));
    Router::new().route("/live", live)
}

impl<M: Model> Shared<M> {
    /// Begins to talk to `actor`; none where the client takes somebody else to be signed in.
    fn listen(&self, hello: &Hello, actor: &Actor) -> Option<Listener> {
        let is_them = hello.account.as_ref().is_none_or(|account| *account == actor.account);
        let sees = (self.house.sees)(actor);
        is_them.then(|| self.memory().listen(hello, actor.account.clone(), sees, now()))
    }
}

async fn upgrade<M: Model>(State(shop): Shop<M>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response
where
    Memory<M>: Send,
{
    let actor = (shop.house.who)(&headers);
    upgrade.max_message_size(HELLO_BYTES_MAX).on_upgrade(async move |mut socket| {
        let _ = talk(&shop, &actor, &mut socket).await; // a client that has gone needs no words
    })
}

/// Talks until the client goes, or has been told why it must.
async fn talk<M: Model>(shop: &Shared<M>, actor: &Actor, socket: &mut WebSocket) -> Option<()>
where
    Memory<M>: Send,
{
    let mut news = shop.news.subscribe();
    let heard = socket.recv().await?.ok()?.into_text().ok()?;
    let mut listener = match hear(shop, actor, &heard) {
        Ok(listener) => listener,
        Err(bye) => return socket.send(Message::text(bye)).await.ok(),
    };
    loop {
        let words: Vec<String> = shop.memory().say(&mut listener, now()).iter().map(line).collect();
        for word in words {
            socket.send(Message::text(word)).await.ok()?;
        }
        tokio::select! {
            _ = news.changed() => {}
            () = sleep(Duration::from_millis(BEAT_MS)) => {}
            heard = socket.recv() => { heard?.ok()?; }
        }
    }
}

/// Begins with what the client said first; or why not, as the last word to it.
fn hear<M: Model>(shop: &Shared<M>, actor: &Actor, heard: &str) -> Result<Listener, String> {
    let bye = |code: &str, reason: String, retry_after_ms| {
        line(&ServerMessage::<M>::Bye(Bye { code: code.to_owned(), reason, retry_after_ms }))
    };
    let bad = |error: serde_json::Error| bye("bad-hello", error.to_string(), SELDOM_MS);
    let Spoken { protocol } = serde_json::from_str(heard).map_err(bad)?;
    if let Some(misfit) = Misfit::of(protocol) {
        return Err(bye(misfit.code(), misfit.sentence(), SELDOM_MS));
    }
    let hello = serde_json::from_str(heard).map_err(bad)?;
    shop.listen(&hello, actor).ok_or_else(|| bye("signed-out", SOMEBODY_ELSE.to_owned(), 0))
}

/// Answers with one frame at most, and holds the answer back until there is something to say, or long enough.
async fn poll<M: Model>(State(shop): Shop<M>, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let until = Instant::now() + Duration::from_millis(POLL_HOLD_MS);
    let mut news = shop.news.subscribe();
    let listener = shop.listen(&problem::read(&body)?, &(shop.house.who)(&headers));
    let mut listener = listener.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "signed-out", SOMEBODY_ELSE))?;
    loop {
        let held = Instant::now() >= until;
        let lines: String =
            shop.memory().answer(&mut listener, now(), held).iter().map(|word| line(word) + "\n").collect();
        if !lines.is_empty() {
            let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/x-ndjson")];
            return Ok((headers, lines).into_response());
        }
        let _ = timeout_at(until, news.changed()).await; // looked at again either way
    }
}

fn line<M: Model>(message: &ServerMessage<M>) -> String {
    serde_json::to_string(message).expect("words are plain data")
}
