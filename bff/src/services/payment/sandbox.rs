//! The adapter to the sandbox provider (`bff sandbox-payments`).

use std::time::Duration;

use axum::http::HeaderMap;
use domain::payment::{Payment, Report};
use futures::future::BoxFuture;
use reqwest::StatusCode;
use serde_json::json;
use sync::Millis;

use super::http;
use super::provider::{Failure, Provider, Request, Word};
use crate::outside::patience;
use crate::outside::signature::{self, Disbelief};
use crate::sandbox::wire::{self, Status};
use crate::state::now;

/// How long the provider may take to take a request. Money moves later; a request is only noted.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// The header by which providers know a request that comes again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The sandbox provider, as a client of it.
pub(crate) struct Sandbox {
    base: String,
    secrets: Vec<String>,
    http: reqwest::Client,
}

impl Sandbox {
    /// The one at `base`, such as `http://127.0.0.1:8089`, whose words are signed with one of `secrets`.
    pub(crate) fn new(base: &str, secrets: Vec<String>) -> anyhow::Result<Self> {
        let http = http::client(base, ANSWER_MAX).build()?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), secrets, http })
    }

    async fn post(&self, path: String, key: &str, body: serde_json::Value) -> Result<(), Failure> {
        let request = self.http.post(format!("{}{path}", self.base)).header(IDEMPOTENCY_KEY, key).json(&body);
        answered(request.send().await).await.map(|_| ())
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn send<'a>(&'a self, request: Request, payment: &'a Payment, key: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            let Payment { order, amount, card, .. } = payment;
            match request {
                Request::Reserve => {
                    let wanted = wire::Reserve {
                        order: *order,
                        amount_minor: amount.minor,
                        currency: amount.currency.code().to_owned(),
                        card: card.token.as_str().to_owned(),
                    };
                    self.post("/v1/payments".into(), key, json!(wanted)).await
                }
                Request::Release => self.post(format!("/v1/payments/{order}/void"), key, json!({})).await,
                Request::Charge => self.post(format!("/v1/payments/{order}/capture"), key, json!({})).await,
                Request::GiveBack => {
                    let wanted = wire::Refund { total_minor: payment.given_back.asked };
                    self.post(format!("/v1/payments/{order}/refund"), key, json!(wanted)).await
                }
            }
        })
    }

    fn look<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Result<Option<Report>, Failure>> {
        Box::pin(async move {
            let request = self.http.get(format!("{}/v1/payments/{}", self.base, payment.order));
            let answer = answered(request.send().await).await?;
            let found: wire::Payment = answer.json().await.map_err(|error| http::broken(&error))?;
            Ok(report(&found))
        })
    }

    fn read(&self, headers: &HeaderMap, body: &[u8], now: Millis) -> Result<Word, Disbelief> {
        signature::check(&self.secrets, headers, signature::HEADER, body, now)?;
        let event: wire::Event = serde_json::from_slice(body).map_err(|_| Disbelief("it cannot be read"))?;
        Ok(word(&event))
    }
}

/// What an event of the provider means here.
fn word(event: &wire::Event) -> Word {
    Word { id: event.id.clone(), about: report(&event.payment).map(|report| (event.payment.order, report)) }
}

/// What the provider's view of a payment means here; nothing while it is open.
fn report(payment: &wire::Payment) -> Option<Report> {
    let reason = || payment.reason.clone().unwrap_or_default();
    match payment.status {
        Status::Processing => None,
        Status::Reserved => Some(Report::Reserved { reference: payment.id.clone() }),
        Status::Declined => Some(Report::Declined { reason: reason() }),
        Status::Voided => Some(Report::Released),
        Status::Captured if payment.refunded_minor > 0 => Some(Report::Refunded { total: payment.refunded_minor }),
        Status::Captured => Some(Report::Charged),
    }
}

/// The provider's answer, where it took the request.
async fn answered(sent: reqwest::Result<reqwest::Response>) -> Result<reqwest::Response, Failure> {
    let answer = sent.map_err(|error| http::broken(&error))?;
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let again_after = patience::again_after(answer.headers(), now());
    let words = answer.text().await.unwrap_or_default();
    Err(failure(status, again_after, &words))
}

/// What an answer means that is no yes. Only a word about this payment may decline a customer's card: a wrong key, or the
/// provider's own trouble, is asked again.
fn failure(status: StatusCode, again_after: Option<Duration>, words: &str) -> Failure {
    match status {
        StatusCode::NOT_FOUND => Failure::Unknown,
        StatusCode::PAYMENT_REQUIRED | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
            let words: String = words.chars().filter(|letter| !letter.is_control()).take(WORDS_CHARS_MAX).collect();
            Failure::Refused(if words.is_empty() { format!("it answered {status}") } else { words })
        }
        _ => Failure::Busy { why: format!("it answered {status}"), again_after },
    }
}

/// How much of a refusal in the provider's words is kept, in characters: a sentence.
const WORDS_CHARS_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use domain::OrderId;

    use super::*;

    fn payment(status: Status) -> wire::Payment {
        wire::Payment {
            id: "pay_7".into(),
            order: OrderId(uuid::Uuid::from_u128(7)),
            amount_minor: 1300,
            refunded_minor: 0,
            status,
            reason: Some("no funds".into()),
        }
    }

    #[test]
    fn only_a_word_about_the_payment_declines_it() {
        let said = |status: u16| failure(StatusCode::from_u16(status).expect("a status"), None, "no\nfunds");
        for status in [402, 409, 422] {
            assert_eq!(said(status), Failure::Refused("nofunds".into()), "{status}");
        }
        assert_eq!(said(404), Failure::Unknown);
        for status in [400, 401, 403, 408, 429, 500, 503] {
            assert!(matches!(said(status), Failure::Busy { .. }), "{status}");
        }
    }

    /// The provider's words in ours: the whole mapping.
    #[test]
    fn what_the_provider_says_means_this() {
        for (status, wanted) in [
            (Status::Processing, None),
            (Status::Reserved, Some(Report::Reserved { reference: "pay_7".into() })),
            (Status::Declined, Some(Report::Declined { reason: "no funds".into() })),
            (Status::Voided, Some(Report::Released)),
            (Status::Captured, Some(Report::Charged)),
        ] {
            assert_eq!(report(&payment(status)), wanted, "{status:?}");
        }
        let given_back = wire::Payment { refunded_minor: 300, ..payment(Status::Captured) };
        assert_eq!(report(&given_back), Some(Report::Refunded { total: 300 }));
    }
}
