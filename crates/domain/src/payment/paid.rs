//! What an order's customer is told of its money.

use serde::{Deserialize, Serialize};

/// What has become of an order's money, where a card pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paid {
    /// Nothing yet, or it is paid at the hand-over.
    #[default]
    NotYet,
    /// The bank is being asked.
    Asking,
    /// The provider cannot be reached; it is asked again.
    ProviderBusy,
    /// It is reserved on the card.
    Reserved,
    /// It could not be had.
    Declined,
    /// It is not reserved any more, and nothing was charged.
    LetGo,
    /// It is charged.
    Charged,
}

impl Paid {
    /// Whether there is nothing to say.
    pub fn is_not_yet(&self) -> bool {
        *self == Self::NotYet
    }

    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::Asking => "asking",
            Self::ProviderBusy => "provider-busy",
            Self::Reserved => "reserved",
            Self::Declined => "declined",
            Self::LetGo => "let-go",
            Self::Charged => "charged",
        }
    }
}
