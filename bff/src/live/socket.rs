//! `GET /live`: a talk over a WebSocket.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::Trade;
use futures::SinkExt as _;
use sync::protocol::{BEAT_MS, HELLO_BYTES_MAX, Hello, ServerMessage};
use tokio::time::timeout;

use super::talk::{self, Caller, Carrier, End};
use crate::state::AppState;
use crate::web::session::Visitor;

/// How long a client has for its hello.
const HELLO_WAIT_MAX: Duration = Duration::from_secs(5);

/// How long one message may take to be sent; who reads slower is sent away to come back.
const SEND_WAIT_MAX: Duration = Duration::from_secs(10);

/// `GET /live`.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/live", get(upgrade))
}

async fn upgrade(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    let caller = Caller::new(&state, visitor, &headers);
    let counted = state.talks.token();
    socket.max_message_size(HELLO_BYTES_MAX).max_frame_size(HELLO_BYTES_MAX).on_upgrade(async move |socket| {
        talk(state, caller, socket).await;
        drop(counted);
    })
}

async fn talk(state: AppState, caller: Caller, mut socket: WebSocket) {
    let talked = async {
        let hello = hear(&mut socket);
        let hello = timeout(HELLO_WAIT_MAX, hello).await.map_err(|_| End::BadHello("no hello came".into()))??;
        talk::hold(&state, caller, hello, &mut socket).await
    };
    let Some(bye) = talked.await.err().and_then(End::bye) else { return };
    let code = match bye.code.as_str() {
        "restart" => close_code::RESTART,
        "slow" => close_code::AGAIN,
        _ => close_code::POLICY,
    };
    let close = CloseFrame { code, reason: bye.code.clone().into() };
    let last_words = async {
        socket.say(serde_json::to_string(&ServerMessage::<Trade>::Bye(bye)).ok()?).await.ok()?;
        socket.send(Message::Close(Some(close))).await.ok()?;
        socket.close().await.ok()
    };
    // The client may be gone already; then nobody misses the words.
    let _ = timeout(Duration::from_secs(1), last_words).await;
}

impl Carrier for WebSocket {
    const BEAT: Duration = Duration::from_millis(BEAT_MS);

    async fn say(&mut self, message: String) -> Result<(), End> {
        match timeout(SEND_WAIT_MAX, self.send(Message::text(message))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(End::Slow),
        }
    }

    async fn ended(&mut self) -> End {
        loop {
            match self.recv().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(_))) => return End::BadHello("one hello is enough".into()),
                other => return end_of(other),
            }
        }
    }

    fn is_full(&self) -> bool {
        false
    }
}

async fn hear(socket: &mut WebSocket) -> Result<Hello, End> {
    loop {
        return match socket.recv().await {
            Some(Ok(Message::Text(text))) => talk::hello(text.as_bytes()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            other => Err(end_of(other)),
        };
    }
}

fn end_of(heard: Option<Result<Message, axum::Error>>) -> End {
    match heard {
        Some(Ok(Message::Binary(_))) => End::BadHello("this socket speaks text".into()),
        Some(Err(error)) if error.to_string().to_lowercase().contains("too long") => {
            End::BadHello(format!("a hello has at most {HELLO_BYTES_MAX} bytes"))
        }
        _ => End::Gone,
    }
}
