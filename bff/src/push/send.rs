//! One call to a push service (RFC 8030).

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, Url};
use sync::Millis;

use super::book::Address;
use super::letter::Letter;
use super::sealed;
use super::vapid::Vapid;
use crate::outside::address::{self, Wrong};
use crate::outside::patience;

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The push service has it.
    Taken,
    /// There is no such device any more.
    Gone,
    /// Another time, and not before that.
    Later { again_after: Option<Duration>, is_well: bool },
    /// Never, and it is our doing; why, in words of ours.
    Refused(String),
}

/// Reads where a device says that it is reached: a push service of the open internet. `may_be_here` lets it be this very machine, to try
/// things; anybody may name an address, and what listens here is not for everybody.
pub(super) fn read(endpoint: &str, may_be_here: bool) -> Result<Url, Wrong> {
    let url = address::read(endpoint)?;
    if !may_be_here && address::is_here(&url) { Err(Wrong::Private) } else { Ok(url) }
}

/// What is said about a message to whoever carries it.
pub(super) struct Cover<'a> {
    pub(super) client: Option<&'a Client>,
    pub(super) vapid: &'a Vapid,
    pub(super) may_be_here: bool,
    pub(super) now: Millis,
}

impl Cover<'_> {
    /// Sends one message.
    pub(super) async fn send(&self, letter: &Letter, to: &Address) -> Answer {
        let Some(client) = self.client else {
            return Answer::Refused("this machine has no certificates to trust it by".to_owned());
        };
        // Asked again, because another release, or a hand in the database, may have written it.
        let url = match read(&to.endpoint, self.may_be_here) {
            Ok(url) => url,
            Err(wrong) => return Answer::Refused(format!("its address is not called: {wrong}")),
        };
        let (Ok(sealed), Some(word)) =
            (sealed::seal(&to.keys(), letter.text().as_bytes()), self.vapid.word(&url, self.now))
        else {
            return Answer::Refused("it could not be sealed".to_owned());
        };
        let good_for_s = (letter.until - self.now).max(0) / 1000;
        let request = client
            .post(url)
            .header(AUTHORIZATION, word)
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("ttl", good_for_s)
            .header("urgency", if letter.notice.is_urgent() { "high" } else { "normal" })
            .header("topic", letter.topic());
        match request.body(sealed).send().await {
            Ok(response) => meaning(response.status().as_u16(), patience::again_after(response.headers(), self.now)),
            Err(error) => {
                tracing::debug!(service = letter.service, why = address::why(&error), "a push service was not reached");
                Answer::Later { again_after: None, is_well: false }
            }
        }
    }
}

fn meaning(status: u16, again_after: Option<Duration>) -> Answer {
    match status {
        200..300 => Answer::Taken,
        404 | 410 => Answer::Gone,
        408 | 425 | 429 => Answer::Later { again_after, is_well: true },
        500.. => Answer::Later { again_after, is_well: false },
        _ => Answer::Refused(format!("it answered {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_tried_again_and_what_rests_is() {
        let rest = Some(Duration::from_secs(7));
        let later = |is_well| Answer::Later { again_after: rest, is_well };
        for (status, wanted) in [
            (201, Answer::Taken),
            (204, Answer::Taken),
            (404, Answer::Gone),
            (410, Answer::Gone),
            (429, later(true)),
            (500, later(false)),
            (503, later(false)),
        ] {
            assert_eq!(meaning(status, rest), wanted, "{status}");
        }
        for status in [301, 307, 400, 401, 403, 413] {
            assert!(matches!(meaning(status, rest), Answer::Refused(_)), "{status}");
        }
    }

    #[test]
    fn a_device_is_reached_over_the_open_internet_alone() {
        for (endpoint, is_read) in [
            ("https://fcm.googleapis.com/fcm/send/abc", true),
            ("https://updates.push.services.mozilla.com/wpush/v2/abc", true),
            ("http://updates.push.services.mozilla.com/wpush/v2/abc", false),
            ("https://10.0.0.1/", false),
            ("https://169.254.169.254/latest/meta-data", false),
            ("http://127.0.0.1:8080/", false),
            ("https://127.0.0.1/", false),
            ("https://localhost/", false),
            ("https://push.localhost/", false),
            ("https://[::1]/", false),
            ("no address", false),
        ] {
            assert_eq!(read(endpoint, false).is_ok(), is_read, "{endpoint}");
        }
        assert!(read("http://127.0.0.1:8080/", true).is_ok(), "to try things");
        assert!(read("http://10.0.0.1/", true).is_err());
    }
}
