//! A guest: somebody who orders without an account, known by a secret that their device minted.
//!
//! ```text
//! secret  kept on the device; begins the guest's session
//!   └► proof  the hash of the secret; claims the guest's orders, and begins no session
//!        └► account  the hash of the proof: the guest's name
//! ```
//! A guest is named after their secret, so nobody has to be asked before a guest may order, nothing secret is kept
//! anywhere but on the device, and whoever shows a proof is checked by anyone who knows the name. Each is a hash of 256
//! random bits: there is nothing to guess, so it needs neither salt nor slowness.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sync::AccountId;
use uuid::Builder;

use crate::OrderId;

/// What the name of every guest begins with. No other account is given such a name.
const PREFIX: &str = "guest-";

/// The most orders of a guest that are remembered: past it the oldest are forgotten, which are long over.
pub const ORDERS_MAX: usize = 200;

/// What a guest's device knows and nobody else: 256 random bits in hex.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Secret(String);

/// Knowledge of a guest's secret, without the secret: its hash in hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Proof(pub String);

impl Secret {
    /// A secret of these random bytes.
    pub fn new(chance: [u8; 32]) -> Self {
        Self(hex(&chance))
    }

    /// What proves that its holder is the guest.
    pub fn proof(&self) -> Proof {
        Proof(hex(&hash("proof", &self.0)))
    }

    /// The guest's name.
    pub fn account(&self) -> AccountId {
        self.proof().account()
    }

    /// The text that is kept on the device.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Secret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && is_hex { Ok(Self(text)) } else { Err("a guest's secret is 64 hexadecimal digits") }
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> Self {
        secret.0
    }
}

// A secret is not written to a log by accident.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Proof {
    /// Whose proof it is.
    pub fn account(&self) -> AccountId {
        let name = hash("name", &self.0);
        let first: [u8; 16] = name[..16].try_into().expect("a hash has 32 bytes");
        AccountId(format!("{PREFIX}{}", Builder::from_custom_bytes(first).into_uuid()))
    }
}

/// Each use of the hash has a word of its own, so that one is never taken for another.
fn hash(word: &str, text: &str) -> [u8; 32] {
    Sha256::digest(format!("carryout guest {word}\n{text}").as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the account is a guest's.
pub fn is_guest(account: &AccountId) -> bool {
    account.as_str().starts_with(PREFIX)
}

/// What is known of a guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guest {
    /// Their name.
    pub account: AccountId,
    /// What they ordered, the newest last; at most [`ORDERS_MAX`].
    #[serde(default)]
    pub orders: Vec<OrderId>,
    /// The person who took them over. From then on the guest does nothing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<AccountId>,
}

/// What a person may ask for about a guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuestCommand {
    /// To have the guest's orders as one's own.
    Claim {
        /// Which guest.
        guest: AccountId,
        /// That the person was that guest.
        proof: Proof,
    },
}

impl GuestCommand {
    /// Which guest it is about.
    pub fn guest(&self) -> &AccountId {
        let Self::Claim { guest, .. } = self;
        guest
    }

    /// Whether whoever gives it has shown that they were that guest. The bare name shows nothing.
    pub fn is_proven(&self) -> bool {
        let Self::Claim { guest, proof } = self;
        proof.account() == *guest
    }
}

/// What happened to a guest. What is claimed and what is ordered may be heard of in any order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuestEvent {
    /// They ordered.
    Ordered {
        /// Who.
        guest: AccountId,
        /// What.
        order: OrderId,
    },
    /// A person took them over.
    Claimed {
        /// Whom.
        guest: AccountId,
        /// Who did.
        by: AccountId,
    },
}

impl GuestEvent {
    fn guest(&self) -> &AccountId {
        match self {
            Self::Ordered { guest, .. } | Self::Claimed { guest, .. } => guest,
        }
    }
}

/// Why the trade says no to a person about a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuestRefusal {
    /// Somebody else took the guest over before.
    ClaimedBefore,
}

/// Decides for the person `by`, who has proven that they were the guest. Claiming what one has changes nothing.
pub(crate) fn decide(
    guest: Option<&Guest>,
    command: &GuestCommand,
    by: &AccountId,
) -> Result<Vec<GuestEvent>, GuestRefusal> {
    match guest.and_then(|guest| guest.claimed_by.as_ref()) {
        None => Ok(vec![GuestEvent::Claimed { guest: command.guest().clone(), by: by.clone() }]),
        Some(owner) if owner == by => Ok(vec![]),
        Some(_) => Err(GuestRefusal::ClaimedBefore),
    }
}

/// The guest after `event`. Who claimed first has them.
pub(crate) fn apply(guest: Option<Guest>, event: &GuestEvent) -> Guest {
    let unknown = || Guest { account: event.guest().clone(), orders: vec![], claimed_by: None };
    let mut guest = guest.unwrap_or_else(unknown);
    match event {
        GuestEvent::Ordered { order, .. } if guest.orders.contains(order) => {}
        GuestEvent::Ordered { order, .. } => {
            guest.orders.push(*order);
            guest.orders.drain(..guest.orders.len().saturating_sub(ORDERS_MAX));
        }
        GuestEvent::Claimed { by, .. } => {
            guest.claimed_by.get_or_insert_with(|| by.clone());
        }
    }
    guest
}
