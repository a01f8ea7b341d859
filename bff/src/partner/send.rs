//! One call to a partner: signed, with an end, and without following anybody elsewhere.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use sync::Millis;

use crate::outside::{address, patience, signature};

/// How much of an answer is read, in bytes: a sentence or two for whoever looks what went wrong.
const ANSWER_BYTES_MAX: usize = 300;

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// None where nobody answered.
    pub(super) status: Option<u16>,
    /// The beginning of the answer, or why there was none.
    pub(super) text: String,
    /// How long they want to be left alone.
    pub(super) again_after: Option<Duration>,
}

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// They have it.
    Taken,
    /// They want nothing any more.
    Gone,
    /// They may take it another time.
    NotNow,
}

impl Answer {
    fn none(why: &str) -> Self {
        Self { status: None, text: why.to_owned(), again_after: None }
    }

    /// Only a clear yes is one: what is sent elsewhere, or not understood, may be mended on their side within the day.
    pub(super) fn meaning(&self) -> Meaning {
        match self.status {
            Some(200..300) => Meaning::Taken,
            Some(410) => Meaning::Gone,
            _ => Meaning::NotNow,
        }
    }

    /// The same in a few words, and none of theirs.
    pub(super) fn in_short(&self) -> String {
        self.status.map_or_else(|| self.text.clone(), |status| format!("it answered {status}"))
    }
}

/// Sends `body` to `url`, signed with each of the `secrets` at `now`.
pub(super) async fn send(client: Option<&Client>, url: &str, secrets: &[&str], body: String, now: Millis) -> Answer {
    let Some(client) = client else { return Answer::none("this machine has no certificates to trust it by") };
    // Asked again, because another release, or a hand in the database, may have written it.
    let url = match address::read(url) {
        Ok(url) => url,
        Err(wrong) => return Answer::none(&format!("its address is not called: {wrong}")),
    };
    let signed = signature::sign_by(secrets, body.as_bytes(), now);
    let request = client.post(url).header(CONTENT_TYPE, "application/json").header(signature::HEADER, signed);
    match request.body(body).send().await {
        Ok(response) => answer(response, now).await,
        Err(error) => Answer::none(address::why(&error)),
    }
}

async fn answer(mut response: Response, now: Millis) -> Answer {
    let status = response.status();
    let again_after = patience::again_after(response.headers(), now);
    let mut bytes = vec![];
    while bytes.len() < ANSWER_BYTES_MAX {
        // Whoever breaks off in the middle of their words has answered all the same.
        let Ok(Some(chunk)) = response.chunk().await else { break };
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(ANSWER_BYTES_MAX);
    Answer { status: Some(status.as_u16()), text: words(status, &bytes), again_after }
}

/// What a terminal may show of an answer.
fn words(status: StatusCode, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let text = text.trim();
    if text.is_empty() { status.canonical_reason().unwrap_or_default().to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16) -> Answer {
        Answer { status: Some(status), text: "words".into(), again_after: None }
    }

    #[test]
    fn only_a_clear_yes_is_one_and_only_gone_ends_it() {
        for (status, wanted) in [
            (200, Meaning::Taken),
            (204, Meaning::Taken),
            (301, Meaning::NotNow),
            (307, Meaning::NotNow),
            (400, Meaning::NotNow),
            (401, Meaning::NotNow),
            (404, Meaning::NotNow),
            (410, Meaning::Gone),
            (429, Meaning::NotNow),
            (500, Meaning::NotNow),
        ] {
            assert_eq!(answered(status).meaning(), wanted, "{status}");
        }
        assert_eq!(Answer::none("it did not answer in time").meaning(), Meaning::NotNow);
        assert_eq!(answered(500).in_short(), "it answered 500", "and not in their words");
    }

    #[test]
    fn a_terminal_is_shown_no_letters_that_it_obeys() {
        assert_eq!(words(StatusCode::BAD_REQUEST, b"\x1b[31mno\r\n such \xff dish\n"), "[31mno such \u{fffd} dish");
        assert_eq!(words(StatusCode::BAD_GATEWAY, b""), "Bad Gateway");
    }
}
