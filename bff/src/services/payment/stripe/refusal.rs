//! Stripe's answers that are no yes, and what they mean here.
//!
//! The rule that holds here: only a word about this payment may decline a customer's card. And nothing of Stripe's sentences
//! is kept or logged, because they may name the card; its codes say enough.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use super::super::provider::Failure;
use super::intent::{Intent, Status};

/// An answer that is no yes.
pub(super) struct Refusal {
    /// What it means, where nothing more is known.
    pub(super) failure: Failure,
    /// What was said.
    pub(super) said: Said,
}

/// What is read of Stripe's error; an intent keeps its last one in the same shape.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    code: Option<String>,
    /// Why the bank said no.
    #[serde(default)]
    decline_code: Option<String>,
    /// The field that is wrong.
    #[serde(default)]
    param: Option<String>,
    /// The intent it is about, as it stands.
    #[serde(default)]
    pub(super) payment_intent: Option<Box<Intent>>,
}

#[derive(Deserialize)]
struct Body {
    error: Said,
}

impl Said {
    pub(super) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }

    /// Why a card was declined, for the customer.
    pub(super) fn words(&self) -> &'static str {
        let code = self.decline_code.as_deref().unwrap_or(self.code());
        DECLINES.iter().find(|(known, _)| *known == code).map_or(THE_BANK_SAID_NO, |(_, words)| words)
    }
}

/// What a customer is told where there is nothing better to say.
const THE_BANK_SAID_NO: &str = "the bank said no";

/// What a customer is told whose bank wants to hear from them.
pub(super) const WANTS_AN_ANSWER: &str = "the bank wants to ask you first, which it cannot do here";

/// What a customer is told, by Stripe's code. That a card was lost or stolen, or that a fraud is suspected, is no row here:
/// whoever holds it must not learn it, as Stripe says.
const DECLINES: &[(&str, &str)] = &[
    ("insufficient_funds", "there is not enough money on the card"),
    ("card_velocity_exceeded", "the limit of the card is reached"),
    ("withdrawal_count_limit_exceeded", "the limit of the card is reached"),
    ("expired_card", "the card has expired"),
    ("incorrect_cvc", "the security code of the card is wrong"),
    ("invalid_cvc", "the security code of the card is wrong"),
    ("card_not_supported", "the card does not pay for such things"),
    ("currency_not_supported", "the card does not pay in this currency"),
    ("processing_error", "the bank could not decide just now; it may if you order again"),
    ("try_again_later", "the bank could not decide just now; it may if you order again"),
    ("issuer_not_available", "the bank could not be reached; it may if you order again"),
    ("authentication_required", WANTS_AN_ANSWER),
    ("authentication_not_handled", WANTS_AN_ANSWER),
];

impl Refusal {
    /// Where the intent stands, if that is why it could not be moved.
    pub(super) fn stands(&self) -> Option<Status> {
        if self.said.code() != "payment_intent_unexpected_state" {
            return None;
        }
        self.said.payment_intent.as_ref().map(|intent| intent.status)
    }

    /// Whether the key was given to another request before. That one is just being worked on is another thing, and a 409.
    pub(super) fn is_other_request(&self) -> bool {
        self.said.kind == "idempotency_error" && self.said.code() != "idempotency_key_in_use"
    }
}

/// What the answer `status` with this body means.
pub(super) fn refusal(status: StatusCode, again_after: Option<Duration>, body: &[u8]) -> Refusal {
    let said = serde_json::from_slice(body).map_or_else(|_| Said::default(), |Body { error }| error);
    Refusal { failure: failure(status, again_after, &said), said }
}

fn failure(status: StatusCode, again_after: Option<Duration>, said: &Said) -> Failure {
    let busy = |why: String| Failure::Busy { why, again_after };
    let refused = |why: &str| Failure::Refused(why.to_owned());
    match (status, said.code()) {
        (StatusCode::PAYMENT_REQUIRED, _) => refused(said.words()),
        // Another 404 is a wrong address, of which nothing follows.
        (StatusCode::NOT_FOUND, "resource_missing") => Failure::Unknown,
        (StatusCode::BAD_REQUEST, "resource_missing") if said.param.as_deref() == Some("payment_method") => {
            refused("there is no such card")
        }
        (StatusCode::BAD_REQUEST, "amount_too_small") => refused("the sum is too small for a card"),
        (StatusCode::BAD_REQUEST, "amount_too_large") => refused("the sum is too large for a card"),
        (StatusCode::BAD_REQUEST, "charge_expired_for_capture") => refused("the reservation has lapsed"),
        (StatusCode::BAD_REQUEST, "charge_disputed") => refused("the customer\u{2019}s bank disputes the charge"),
        (StatusCode::BAD_REQUEST, "charge_already_refunded") => refused("all of it was given back before"),
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) => {
            busy(format!("it does not take our key ({status}): look at CARRYOUT_PAYMENTS_KEY"))
        }
        // A request like it is being worked on, there were too many, it has trouble, or we said something it does not know.
        (_, code) => busy(format!("it answered {status} {}", plain(if code.is_empty() { &said.kind } else { code }))),
    }
}

/// How long a code may be in a log, in characters: Stripe's have at most half of that.
const CODE_CHARS_MAX: usize = 80;

/// A code as it may stand in a log.
fn plain(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(CODE_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(status: u16, error: serde_json::Value) -> Refusal {
        let status = StatusCode::from_u16(status).expect("a status");
        refusal(status, Some(Duration::from_secs(7)), json!({ "error": error }).to_string().as_bytes())
    }

    #[test]
    fn a_declined_card_is_told_of_in_words_and_a_stolen_one_is_not() {
        let words = |error| match said(402, error).failure {
            Failure::Refused(words) => words,
            other => panic!("{other:?}"),
        };
        let declined =
            |code: &str| words(json!({ "type": "card_error", "code": "card_declined", "decline_code": code }));
        assert_eq!(declined("insufficient_funds"), "there is not enough money on the card");
        assert_eq!(declined("authentication_required"), WANTS_AN_ANSWER);
        for secret in ["lost_card", "stolen_card", "fraudulent", "pickup_card", "merchant_blacklist", "restricted_card"]
        {
            assert_eq!(declined(secret), THE_BANK_SAID_NO, "{secret}");
        }
        assert_eq!(words(json!({ "type": "card_error", "code": "expired_card" })), "the card has expired");
        assert_eq!(words(json!({ "code": "expired_card", "decline_code": "stolen_card" })), THE_BANK_SAID_NO);
        assert_eq!(words(json!({})), THE_BANK_SAID_NO);
    }

    #[test]
    fn only_a_word_about_the_payment_declines_it() {
        for (status, code) in [
            (400, "parameter_unknown"),
            (400, "idempotency_error"),
            (400, "resource_missing"),
            (401, ""),
            (403, ""),
            (404, ""),
            (409, "idempotency_key_in_use"),
            (409, "lock_timeout"),
            (429, "rate_limit"),
            (429, "lock_timeout"),
            (500, ""),
            (503, ""),
        ] {
            let failure = said(status, json!({ "code": code, "message": "No such PaymentMethod: 'pm_1'" })).failure;
            let Failure::Busy { why, again_after } = failure else { panic!("{status} {code}: {failure:?}") };
            assert_eq!(again_after, Some(Duration::from_secs(7)), "{status} {code}");
            assert!(why.contains(code) && !why.contains("pm_1"), "{why}");
        }
        assert_eq!(said(404, json!({ "code": "resource_missing" })).failure, Failure::Unknown);
        let no_card = json!({ "code": "resource_missing", "param": "payment_method" });
        assert_eq!(said(400, no_card).failure, Failure::Refused("there is no such card".into()));
    }

    #[test]
    fn a_key_in_use_is_waited_for_and_one_that_was_given_away_is_not() {
        assert!(said(400, json!({ "type": "idempotency_error" })).is_other_request());
        assert!(
            !said(409, json!({ "type": "idempotency_error", "code": "idempotency_key_in_use" })).is_other_request()
        );
        assert!(!said(400, json!({ "type": "invalid_request_error" })).is_other_request());
    }

    #[test]
    fn an_answer_that_is_no_json_is_no_word_about_the_payment() {
        let refusal = refusal(StatusCode::BAD_GATEWAY, None, b"<html>");
        assert!(matches!(refusal.failure, Failure::Busy { .. }));
        assert_eq!(refusal.stands(), None);
    }
}
