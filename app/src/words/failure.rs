//! Why this device could not keep or read something, and why the server did not answer or said no.

use ::sync::protocol::COMMAND_BYTES_MAX;
use replica::{AskError, Refused, SignInError, StoreError};

use super::refusal::stays_as_it_is;
use super::sentence;
use crate::texts::failure;

/// Why the device could not keep or read something.
pub fn store_failure(why: &StoreError) -> String {
    let said = match why {
        StoreError::Full => failure::store_full(),
        StoreError::Refused => failure::store_refused(),
        StoreError::Blocked => failure::store_blocked(),
        StoreError::Newer => failure::store_newer(),
        StoreError::Evicted => failure::store_evicted(),
        StoreError::Slow => failure::store_slow(),
        StoreError::Fenced => failure::store_fenced(),
        StoreError::TooLarge(bytes) => return failure::store_too_large(*bytes as u64, COMMAND_BYTES_MAX as u64),
        StoreError::Stays(why) => return stays_as_it_is(*why),
        StoreError::OtherPerson => failure::store_other_person(),
        StoreError::Lost => failure::store_lost(),
        StoreError::Other(name) => return failure::store_other(name),
    };
    said.to_owned()
}

/// Why there is no answer to a question that only the server can answer.
pub fn ask_failure(why: &AskError) -> String {
    match why {
        AskError::Unreached => failure::unreached().to_owned(),
        AskError::Refused(why) => refused(why),
    }
}

/// Why something was not even asked: who wanted to know went on to another page.
pub fn page_left() -> String {
    failure::page_left().to_owned()
}

/// Why nobody was signed in or out.
pub fn sign_in_failure(why: &SignInError) -> String {
    match why {
        SignInError::Unreachable => failure::sign_in_unreachable().to_owned(),
        SignInError::Refused(Refused { status: 429, detail: None, .. }) => failure::too_many_tries().to_owned(),
        SignInError::Refused(Refused { detail: None, .. }) => failure::not_right().to_owned(),
        SignInError::Refused(why) => refused(why),
        SignInError::Storage(why) => store_failure(why),
        SignInError::StillWaiting => failure::still_waiting().to_owned(),
    }
}

/// What the server said no with: known problems in the language that is spoken, any other in the server's own words.
fn refused(why: &Refused) -> String {
    let said = match (why.slug.as_str(), why.retry_after_ms) {
        ("signed-out", _) => failure::signed_out(),
        ("timeout", _) => failure::server_slow(),
        ("stopping", _) => failure::server_stopping(),
        ("store", _) => failure::server_busy(),
        ("fault", _) => failure::server_fault(),
        ("wrong-credentials", _) => failure::wrong_credentials(),
        ("too-many-attempts", Some(wait_ms)) => return failure::too_many_attempts(wait_ms.div_ceil(1000)),
        ("account-erased", _) => failure::account_erased(),
        (slug, _) => return failure::server_says(&sentence(why.detail.as_deref().unwrap_or(slug))),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use ::sync::outbox::StayError;

    use super::*;

    #[test]
    fn the_english_of_a_failure_is_what_logs_say() {
        for why in [StoreError::Full, StoreError::Blocked, StoreError::Slow, StoreError::TooLarge(70_000)] {
            assert_eq!(store_failure(&why), sentence(&why.to_string()));
        }
        for stays in [StayError::Left, StayError::Gone, StayError::RestedOn(2)] {
            let why = StoreError::Stays(stays);
            assert_eq!(store_failure(&why), sentence(&why.to_string()));
        }
        assert_eq!(ask_failure(&AskError::Unreached), sentence(&AskError::Unreached.to_string()));
    }

    #[test]
    fn what_the_server_says_of_a_problem_that_is_not_known_here_is_passed_on() {
        let detail = Some("Write year, month and day.".to_owned());
        let why = Refused { status: 400, slug: "bad-day".to_owned(), detail, retry_after_ms: None };
        assert_eq!(ask_failure(&AskError::Refused(why)), "Write year, month and day.");
    }
}
