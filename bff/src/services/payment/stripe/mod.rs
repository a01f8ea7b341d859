//! The adapter to Stripe, by its PaymentIntents: a reservation is an intent whose card was asked and that is captured by hand.
//!
//! The rule that holds here: an order has one intent in its life, made under a key that is the order's. So whoever does not
//! know the intent's name, because the answer was lost or its word has not come yet, says the same request again and is told
//! it ([`Stripe::name_of`]). Cancelling and capturing carry no key: an intent is cancelled or captured once however often
//! that is asked, and under a key Stripe would repeat an early no for a day.
//!
//! What an intent means here is in [`intent`], what an answer means that is no yes in [`refusal`].

mod intent;
mod refusal;

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::Context as _;
use axum::http::{HeaderMap, HeaderValue};
use domain::OrderId;
use domain::payment::{Payment, Report, Standing};
use futures::future::BoxFuture;
use reqwest::header::AUTHORIZATION;
use reqwest::{RequestBuilder, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sync::Millis;

use self::intent::{Event, Intent, Status};
use self::refusal::{Refusal, Said};
use super::http;
use super::provider::{Failure, Provider, Request, Word};
use crate::outside::patience;
use crate::outside::signature::{self, Disbelief};
use crate::state::now;

/// Where Stripe is.
pub(crate) const BASE: &str = "https://api.stripe.com";

/// The release of the API whose shapes are read here; without it they would change with the account's settings.
const VERSION: &str = "2025-03-31.basil";
const VERSION_HEADER: &str = "stripe-version";

/// The header that carries what it signs.
const SIGNATURE_HEADER: &str = "stripe-signature";

/// The header by which it knows a request that comes again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// How long an answer may take: the card's bank is asked while we wait, and may take many seconds. Six of them are within a
/// customer's two minutes.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// Stripe, as a client of it.
pub(crate) struct Stripe {
    base: String,
    secrets: Vec<String>,
    http: reqwest::Client,
}

/// The fields of a form.
type Fields = Vec<(&'static str, String)>;

impl Stripe {
    /// The one at `base`, for the account that has `key`; its words are signed with one of `secrets`.
    ///
    /// # Errors
    /// A sentence: where the key would not be safe or is none.
    pub(crate) fn new(base: &str, key: &str, secrets: Vec<String>) -> anyhow::Result<Self> {
        anyhow::ensure!(is_private(base), "the address in --payments must be https, for the key goes there: {base}");
        let is_secret = ["sk_", "rk_"].iter().any(|kind| key.starts_with(kind));
        anyhow::ensure!(
            is_secret,
            "the key in CARRYOUT_PAYMENTS_KEY is no secret key of Stripe's: they begin with sk_ or rk_"
        );
        let mut bearer = HeaderValue::from_str(&format!("Bearer {key}"))
            .ok()
            .context("the key in CARRYOUT_PAYMENTS_KEY has letters that no key has")?;
        // So that no log of a request prints it; it is kept nowhere else here.
        bearer.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(VERSION_HEADER, HeaderValue::from_static(VERSION));
        let http = http::client(base, ANSWER_MAX).default_headers(headers).build();
        let http = http.context("cannot reach Stripe safely: are the system's root certificates installed?")?;
        Ok(Self { base: base.trim_end_matches('/').to_owned(), secrets, http })
    }

    fn post(&self, path: &str, fields: &[(&'static str, String)]) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).form(fields)
    }

    /// Makes the order's intent and has the card's bank asked.
    async fn reserve(&self, payment: &Payment) -> Result<Intent, Refusal> {
        let mut fields = bare(payment);
        fields.extend([
            ("payment_method", payment.card.token.as_str().to_owned()),
            ("confirm", "true".to_owned()),
            // Nobody is at a browser to be sent to their bank's page: such a card is declined instead.
            ("error_on_requires_action", "true".to_owned()),
        ]);
        self.create(payment.order, &fields).await
    }

    async fn create(&self, order: OrderId, fields: &[(&'static str, String)]) -> Result<Intent, Refusal> {
        answer(self.post("/v1/payment_intents", fields).header(IDEMPOTENCY_KEY, reservation(order))).await
    }

    /// Lets the money go, and gives it back where it was taken in a history that a restore took back.
    async fn release(&self, payment: &Payment) -> Result<(), Failure> {
        let name = match self.name_of(payment).await {
            Ok(name) => name,
            // The card was declined: nothing was set aside.
            Err(Failure::Refused(_)) => return Err(Failure::Unknown),
            Err(failure) => return Err(failure),
        };
        let cancelled = answer::<Intent>(self.post(&format!("/v1/payment_intents/{name}/cancel"), &[])).await;
        match cancelled.map_err(|refusal| (refusal.stands(), refusal)) {
            Ok(_) | Err((Some(Status::Canceled), _)) => Ok(()),
            Err((Some(Status::Succeeded), _)) => self.give_back(name).await,
            Err((_, refusal)) => Err(refusal.failure),
        }
    }

    async fn give_back(&self, name: String) -> Result<(), Failure> {
        match answer::<Refund>(self.post("/v1/refunds", &[("payment_intent", name)])).await {
            Ok(_) => Ok(()),
            Err(refusal) if refusal.said.code() == "charge_already_refunded" => Ok(()),
            Err(refusal) => Err(refusal.failure),
        }
    }

    /// Gives back what is missing of what is to be back in all. How much is back Stripe says itself, so what was asked before,
    /// longer ago than it remembers a key, is not asked again.
    async fn give_back_to(&self, payment: &Payment) -> Result<(), Failure> {
        let name = self.name_of(payment).await?;
        let back = self.intent(&name).await?.refunded();
        let missing = payment.given_back.asked - back;
        if missing <= 0 {
            return Ok(());
        }
        let fields = [("payment_intent", name), ("amount", missing.to_string())];
        // Named after what is there already: where a request that was thought lost is still under way, Stripe says that the name
        // was given to another sum, instead of giving back both.
        let key = format!("carryout-refund-{}-{back}-{}", payment.order, payment.given_back.waived);
        match answer::<Refund>(self.post("/v1/refunds", &fields).header(IDEMPOTENCY_KEY, key)).await {
            Ok(Refund { status }) if FAILED.contains(&status.as_str()) => {
                Err(Failure::Refused("the card\u{2019}s bank does not take it back".to_owned()))
            }
            Ok(_) => Ok(()),
            Err(refusal) => Err(refusal.failure),
        }
    }

    /// How an intent stands. An answer that Stripe repeats, and what its search shows, is as things stood: how they stand is
    /// asked by name.
    async fn intent(&self, name: &str) -> Result<Intent, Failure> {
        self.get(&format!("/v1/payment_intents/{name}"), &[("expand[]", "latest_charge")]).await
    }

    async fn charge(&self, payment: &Payment) -> Result<(), Failure> {
        let name = self.name_of(payment).await?;
        let captured = answer::<Intent>(self.post(&format!("/v1/payment_intents/{name}/capture"), &[])).await;
        match captured.map_err(|refusal| (refusal.stands(), refusal)) {
            Ok(_) | Err((Some(Status::Succeeded), _)) => Ok(()),
            Err((Some(Status::Canceled | Status::RequiresPaymentMethod), _)) => {
                Err(Failure::Refused("the reservation has lapsed".to_owned()))
            }
            Err((_, refusal)) => Err(refusal.failure),
        }
    }

    /// Stripe's name for the order's intent.
    ///
    /// Its word brings it. Before that, the search may know it, but is a minute behind and longer on bad days: what it finds
    /// is there, what it does not find may be, too. Then the request that made the intent is said again, whose answer Stripe
    /// repeats under the same key for a day; after a day the search has long caught up.
    async fn name_of(&self, payment: &Payment) -> Result<String, Failure> {
        if let Some(name) = payment.reference.as_ref().filter(|reference| reference.starts_with(intent::PREFIX)) {
            return Ok(name.clone());
        }
        if let Some(found) = self.search(payment.order).await? {
            return Ok(found);
        }
        let made = match payment.standing {
            Standing::Asked => self.reserve(payment).await,
            Standing::LettingGo => self.withdraw(payment).await,
            // It is asked after a restore, longer ago than the search is behind: what it does not find was never made.
            Standing::Declined(_) | Standing::LetGo => return Err(Failure::Unknown),
            // What is to be charged was seen, so the search will find it. To make another here would be to charge twice.
            _ => return Err(Failure::Busy { why: "its search knows no such order yet".to_owned(), again_after: None }),
        };
        // The answer to a card that was declined names the intent, too.
        let name = made.map(|intent| intent.id);
        name.or_else(|refusal| refusal.said.payment_intent.map(|intent| intent.id).ok_or(refusal.failure))
    }

    /// Takes the order's key for an intent that asks no bank. Where the reservation never arrived, it cannot any more: its
    /// key means something else now, and nobody's card is touched for an order that is over. Where it did, Stripe says that
    /// the key was given, and the same request again names the intent.
    async fn withdraw(&self, payment: &Payment) -> Result<Intent, Refusal> {
        match self.create(payment.order, &bare(payment)).await {
            Err(refusal) if refusal.is_other_request() => self.reserve(payment).await,
            made => made,
        }
    }

    /// The intent that the search knows for an order. Where it knows several, a restored history asked anew after a day: the
    /// one that holds money matters.
    async fn search(&self, order: OrderId) -> Result<Option<String>, Failure> {
        let query = format!("metadata['order']:'{order}'");
        let found: Found = self.get("/v1/payment_intents/search", &[("query", &query)]).await?;
        let found = found.data.into_iter().max_by_key(|intent| intent.status.holds_money());
        Ok(found.map(|intent| intent.id))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, Failure> {
        let url = Url::parse_with_params(&format!("{}{path}", self.base), query);
        let url = url.map_err(|_| Failure::Busy { why: "its address is none".to_owned(), again_after: None })?;
        answer(self.http.get(url)).await.map_err(|refusal| refusal.failure)
    }
}

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    /// The key is not used: see the rule above.
    fn send<'a>(&'a self, request: Request, payment: &'a Payment, _key: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            match request {
                // That the card was declined is heard here, and once more by a word, which then finds nothing left to say.
                Request::Reserve => self.reserve(payment).await.map(|_| ()).map_err(|refusal| refusal.failure),
                Request::Release => self.release(payment).await,
                Request::Charge => self.charge(payment).await,
                Request::GiveBack => self.give_back_to(payment).await,
            }
        })
    }

    fn look<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Result<Option<Report>, Failure>> {
        Box::pin(async move {
            let name = self.name_of(payment).await?;
            Ok(self.intent(&name).await?.report())
        })
    }

    fn read(&self, headers: &HeaderMap, body: &[u8], now: Millis) -> Result<Word, Disbelief> {
        signature::check(&self.secrets, headers, SIGNATURE_HEADER, body, now)?;
        let event: Event = serde_json::from_slice(body).map_err(|_| Disbelief("it cannot be read"))?;
        event.word().ok_or(Disbelief("it cannot be read"))
    }
}

/// What the search answers.
#[derive(Deserialize)]
struct Found {
    data: Vec<Intent>,
}

/// What a refund answers.
#[derive(Deserialize)]
struct Refund {
    #[serde(default)]
    status: String,
}

/// A refund that stands so gives nothing back.
const FAILED: [&str; 2] = ["failed", "canceled"];

/// The key under which an order's intent is made.
fn reservation(order: OrderId) -> String {
    format!("carryout-reserve-{order}")
}

/// An intent for an order's money, without a card.
fn bare(payment: &Payment) -> Fields {
    vec![
        ("amount", payment.amount.minor.to_string()),
        ("currency", payment.amount.currency.code().to_ascii_lowercase()),
        ("capture_method", "manual".to_owned()),
        // Cards only: other ways to pay redirect.
        ("payment_method_types[]", "card".to_owned()),
        ("metadata[order]", payment.order.to_string()),
    ]
}

/// Whether what is sent to `base` is read by nobody on the way.
fn is_private(base: &str) -> bool {
    let Ok(url) = Url::parse(base) else { return false };
    let is_here = || url.host_str().is_some_and(|host| host == "localhost" || host == Ipv4Addr::LOCALHOST.to_string());
    url.scheme() == "https" || url.scheme() == "http" && is_here()
}

/// What Stripe answers to a request.
async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Refusal> {
    let broken = |error: reqwest::Error| Refusal { failure: http::broken(&error), said: Said::default() };
    let answer = request.send().await.map_err(broken)?;
    let (status, again_after) = (answer.status(), patience::again_after(answer.headers(), now()));
    if status.is_success() {
        return answer.json().await.map_err(broken);
    }
    let said = answer.bytes().await.map_err(broken)?;
    Err(refusal::refusal(status, again_after, &said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_only_where_nobody_reads_it_on_the_way() {
        for base in [BASE, "https://proxy.example/stripe", "http://127.0.0.1:9", "http://localhost:9"] {
            assert!(is_private(base), "{base}");
            assert!(Stripe::new(base, "rk_test_carryout", vec![]).is_ok(), "{base}");
        }
        for base in ["http://api.stripe.com", "http://127.0.0.1.example", "api.stripe.com", ""] {
            assert!(Stripe::new(base, "sk_test_carryout", vec![]).is_err(), "{base}");
        }
    }

    #[test]
    fn only_a_secret_key_is_one_and_no_complaint_shows_it() {
        for key in ["pk_test_carryout", "carryout", "sk_\n"] {
            let complaint = Stripe::new(BASE, key, vec![]).err().expect("a complaint").to_string();
            assert!(!complaint.contains(key), "{complaint}");
        }
    }
}
