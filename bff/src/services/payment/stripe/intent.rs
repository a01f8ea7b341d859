//! An intent as Stripe tells of it, and what that means here.

use domain::OrderId;
use domain::payment::Report;
use serde::Deserialize;

use super::super::provider::Word;
use super::refusal::Said;

/// How the names of intents begin.
pub(super) const PREFIX: &str = "pi_";

/// What is read of an intent; it says much more.
#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: Status,
    #[serde(default)]
    metadata: Metadata,
    /// Why the card was declined.
    #[serde(default)]
    last_payment_error: Option<Said>,
    /// The charge, where it was asked for; else its name.
    #[serde(default)]
    latest_charge: serde_json::Value,
}

/// What we wrote on it.
#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    order: Option<String>,
}

impl Metadata {
    fn order(&self) -> Option<OrderId> {
        self.order.as_ref()?.parse().ok().map(OrderId)
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// No card yet, or the card was declined.
    RequiresPaymentMethod,
    /// The bank wants its customer to do something, which they cannot do here.
    RequiresAction,
    /// It is set aside.
    RequiresCapture,
    /// It is taken, though it may have been given back since.
    Succeeded,
    /// It was let go, or has lapsed.
    Canceled,
    /// On its way.
    #[serde(other)]
    Open,
}

impl Status {
    /// Whether the customer misses the money.
    pub(super) fn holds_money(self) -> bool {
        matches!(self, Self::RequiresCapture | Self::Succeeded)
    }
}

impl Intent {
    /// What has become of the money; nothing while that is open.
    pub(super) fn report(&self) -> Option<Report> {
        let declined = |reason: &str| Some(Report::Declined { reason: reason.to_owned() });
        match self.status {
            Status::RequiresPaymentMethod => self.last_payment_error.as_ref().and_then(|why| declined(why.words())),
            // Should the customer find a way to answer all the same, the yes is heard, and the money let go.
            Status::RequiresAction => declined(super::refusal::WANTS_AN_ANSWER),
            Status::RequiresCapture => Some(Report::Reserved { reference: self.id.clone() }),
            Status::Succeeded if self.refunded() > 0 => Some(Report::Refunded { total: self.refunded() }),
            Status::Succeeded => Some(Report::Charged),
            Status::Canceled => Some(Report::Released),
            Status::Open => None,
        }
    }

    /// How much of it was given back, in minor units.
    pub(super) fn refunded(&self) -> i64 {
        self.latest_charge["amount_refunded"].as_i64().unwrap_or_default()
    }

    fn order(&self) -> Option<OrderId> {
        self.metadata.order()
    }
}

/// A word of Stripe's. Which release of the API writes it is set where the webhook is set up; what is read of it is the same
/// in all that are in use.
#[derive(Deserialize)]
pub(super) struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    /// What it is about, as it was when that happened.
    object: serde_json::Value,
}

/// The word that money was given back, in part or whole. It shows the charge, which has what we wrote on its intent.
const GIVEN_BACK: &str = "charge.refunded";

/// What is read of a charge.
#[derive(Deserialize)]
struct Charge {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    amount_refunded: i64,
}

/// The words that say something about money. Each shows the intent as it was then, so that says what it means.
const WORDS: &[&str] = &[
    "payment_intent.amount_capturable_updated",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "payment_intent.succeeded",
];

impl Event {
    /// What it means; nothing where it shows no intent though it is about one. Whatever else happens on the account, and
    /// what is not about an order of ours, is heard and means nothing.
    pub(super) fn word(self) -> Option<Word> {
        let about = match self.kind.as_str() {
            GIVEN_BACK => {
                let Charge { metadata, amount_refunded: total } = serde_json::from_value(self.data.object).ok()?;
                metadata.order().zip(Some(Report::Refunded { total }))
            }
            kind if WORDS.contains(&kind) => {
                let intent: Intent = serde_json::from_value(self.data.object).ok()?;
                intent.order().zip(intent.report())
            }
            _ => None,
        };
        Some(Word { id: self.id, about })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn intent(status: &str) -> serde_json::Value {
        let order = uuid::Uuid::from_u128(7).to_string();
        json!({ "id": "pi_7", "object": "payment_intent", "status": status, "metadata": { "order": order } })
    }

    fn report(intent: serde_json::Value) -> Option<Report> {
        serde_json::from_value::<Intent>(intent).expect("an intent").report()
    }

    /// Stripe's words in ours: the whole mapping.
    #[test]
    fn what_an_intent_says_means_this() {
        let reserved = Report::Reserved { reference: "pi_7".into() };
        for (status, wanted) in [
            ("requires_payment_method", None),
            ("requires_confirmation", None),
            ("processing", None),
            ("something_new", None),
            ("requires_action", Some(Report::Declined { reason: super::super::refusal::WANTS_AN_ANSWER.into() })),
            ("requires_capture", Some(reserved)),
            ("succeeded", Some(Report::Charged)),
            ("canceled", Some(Report::Released)),
        ] {
            assert_eq!(report(intent(status)), wanted, "{status}");
        }
        let mut declined = intent("requires_payment_method");
        declined["last_payment_error"] = json!({ "type": "card_error", "code": "expired_card" });
        assert_eq!(report(declined), Some(Report::Declined { reason: "the card has expired".into() }));
        let mut given_back = intent("succeeded");
        given_back["latest_charge"] = json!({ "amount_refunded": 300, "refunded": false });
        assert_eq!(report(given_back), Some(Report::Refunded { total: 300 }));
    }

    #[test]
    fn only_words_about_the_money_of_an_order_mean_something() {
        let word = |kind: &str, object: serde_json::Value| {
            let event = json!({ "id": "evt_7", "type": kind, "data": { "object": object } });
            serde_json::from_value::<Event>(event).expect("an event").word()
        };
        let about = |kind: &str, status: &str| word(kind, intent(status)).expect("a word").about;
        let order = OrderId(uuid::Uuid::from_u128(7));
        assert_eq!(about("payment_intent.succeeded", "succeeded"), Some((order, Report::Charged)));
        assert_eq!(about("payment_intent.canceled", "canceled"), Some((order, Report::Released)));
        assert_eq!(about("payment_intent.created", "requires_capture"), None);
        assert_eq!(word("charge.refunded", json!({ "id": "ch_7" })).expect("a word").about, None);
        let charge = json!({ "id": "ch_7", "amount_refunded": 300, "metadata": { "order": order.to_string() } });
        let given_back = word("charge.refunded", charge).expect("a word").about;
        assert_eq!(given_back, Some((order, Report::Refunded { total: 300 })));
        let of_another_shop = json!({ "id": "pi_8", "status": "succeeded", "metadata": {} });
        assert_eq!(word("payment_intent.succeeded", of_another_shop).expect("a word").about, None);
        assert_eq!(word("payment_intent.succeeded", json!({ "id": "pi_8" })), None);
    }
}
