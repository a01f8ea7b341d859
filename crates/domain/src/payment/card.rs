//! How an order is paid.

use serde::{Deserialize, Serialize};
use sync::Personal;

/// The longest name that a provider gives a card, in characters: theirs have at most 64.
const TOKEN_CHARS_MAX: usize = 100;

/// The longest label: a brand, and the last digits.
const LABEL_CHARS_MAX: usize = 60;

/// How an order is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// In cash or by the restaurant's own terminal, when the meal is handed over.
    #[default]
    AtHandOver,
    /// By card: reserved before the kitchen begins, charged when the meal is handed over.
    Card(Card),
}

impl Method {
    /// The card, where one is charged.
    pub fn card(&self) -> Option<&Card> {
        match self {
            Self::Card(card) => Some(card),
            Self::AtHandOver => None,
        }
    }

    /// Whether it is paid at the counter or the door.
    pub fn is_at_hand_over(&self) -> bool {
        *self == Self::AtHandOver
    }
}

/// A card, by the name that the provider gave it. Its number is the provider's alone: it never comes near this system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The provider's name for it.
    pub token: Personal,
    /// What its owner knows it by: a brand, and the last digits.
    pub label: Personal,
}

impl Card {
    /// What is wrong with it, in a sentence.
    pub(crate) fn complaint(&self) -> Option<String> {
        let is_token = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let (token, label) = (self.token.as_str(), self.label.as_str());
        if self.token.is_empty() || token.len() > TOKEN_CHARS_MAX || !is_token(token) {
            return Some(format!("a card's name has 1 to {TOKEN_CHARS_MAX} letters, digits, - or _"));
        }
        if self.label.is_longer_than(LABEL_CHARS_MAX) || label.chars().any(char::is_control) {
            return Some(format!("what a card is called has at most {LABEL_CHARS_MAX} characters"));
        }
        // Whoever types a card's number here is stopped before it is kept anywhere.
        (has_card_number(token) || has_card_number(label))
            .then(|| "a card's number is not sent here; the payment provider takes it".to_owned())
    }
}

/// The fewest digits of a card's number (ISO/IEC 7812-1: 8 to 19; cards that are issued have 12 or more).
const NUMBER_DIGITS_MIN: usize = 12;

/// Whether so many digits follow each other, as people write them: with spaces or dashes between.
fn has_card_number(text: &str) -> bool {
    let mut run = 0;
    text.chars().filter(|letter| !matches!(letter, ' ' | '-')).any(|letter| {
        run = if letter.is_ascii_digit() { run + 1 } else { 0 };
        run >= NUMBER_DIGITS_MIN
    })
}

/// How a payment with a card of the sandbox provider goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxCard {
    /// It is charged.
    Succeeds,
    /// The bank says no.
    Declined,
    /// The provider never answers.
    Silent,
    /// The answer comes late.
    Late,
    /// Every answer comes twice.
    Twice,
}

/// Cards of the sandbox provider, each of which shows how a payment may go: name, label, what happens.
pub const SANDBOX_CARDS: &[(&str, &str, SandboxCard)] = &[
    ("tok_succeeds", "Sandbox card 4242", SandboxCard::Succeeds),
    ("tok_declined", "Sandbox card 0002", SandboxCard::Declined),
    ("tok_silent", "Sandbox card 0119", SandboxCard::Silent),
    ("tok_late", "Sandbox card 0341", SandboxCard::Late),
    ("tok_twice", "Sandbox card 9995", SandboxCard::Twice),
];
