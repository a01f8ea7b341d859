//! Proof at the door: a photo, a signature or a word that a driver keeps of a meal they handed over, or brought in vain.
//!
//! The bytes come after the status and lie with the delivery service alone, sealed under the customer's key. What others hear
//! of is this: that there is a proof, of which kind, and what its bytes add up to. Whether one is taken is [`prove`], and what
//! it may consist of is [`FORMS`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sync::{Actor, Millis};
use uuid::Uuid;

use super::errand::{Errand, ErrandEvent, Standing};

/// How long a proof is kept, in milliseconds (30 days): as long as an order stays on its customer's screen
/// ([`crate::put_away`]), which is as long as anybody comes back to it. What shows somebody's door is not kept for longer.
pub const KEPT_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// The most proofs of one delivery: a few photos of a large order, a signature and a word.
pub const PROOFS_MAX: usize = 8;

/// The most bytes of a photo: 1600 pixels of a street at night, as a phone's browser packs them, and twice that.
pub const PHOTO_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The most bytes of a signature: a line in black on white is far smaller.
pub const SIGNATURE_BYTES_MAX: usize = 256 * 1024;

/// The most bytes of a word: a name and where it was left.
pub const WORD_BYTES_MAX: usize = 400;

/// A proof's name: the device makes it of the act that it follows and of its bytes, so the same proof is the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProofId(pub Uuid);

impl fmt::Display for ProofId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ProofId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// What kind of proof it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofKind {
    /// A picture of where it was left, or of the door.
    Photo,
    /// Who took it signed on the driver's screen.
    Signature,
    /// Who took it, or where it was left, in the driver's words.
    Word,
}

impl ProofKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Photo, Self::Signature, Self::Word];

    /// Its name on the wire and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Signature => "signature",
            Self::Word => "word",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// In which form its bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// A JPEG file.
    Jpeg,
    /// A PNG file.
    Png,
    /// A WebP file.
    Webp,
    /// Plain text in UTF-8.
    Text,
}

impl Medium {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Text];

    /// Its MIME type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The medium of this MIME type, whatever its parameters.
    pub fn of_type(content_type: &str) -> Option<Self> {
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|medium| essence(medium.content_type()) == essence(content_type))
    }

    /// Whether `bytes` are what they are said to be, by how such a file begins.
    pub fn is_of(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Text => std::str::from_utf8(bytes).is_ok_and(|text| !text.trim().is_empty()),
        }
    }
}

/// What may prove something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Form {
    pub kind: ProofKind,
    pub medium: Medium,
    pub bytes_max: usize,
}

/// The forms that are taken.
pub const FORMS: &[Form] = &[
    Form { kind: ProofKind::Photo, medium: Medium::Jpeg, bytes_max: PHOTO_BYTES_MAX },
    Form { kind: ProofKind::Photo, medium: Medium::Png, bytes_max: PHOTO_BYTES_MAX },
    Form { kind: ProofKind::Photo, medium: Medium::Webp, bytes_max: PHOTO_BYTES_MAX },
    Form { kind: ProofKind::Signature, medium: Medium::Png, bytes_max: SIGNATURE_BYTES_MAX },
    Form { kind: ProofKind::Word, medium: Medium::Text, bytes_max: WORD_BYTES_MAX },
];

/// That there is a proof. Nothing in it is about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Which.
    pub id: ProofId,
    /// Of which kind.
    pub kind: ProofKind,
    /// In which form.
    pub medium: Medium,
    /// How many bytes.
    pub bytes: u32,
    /// The SHA-256 of its bytes in hexadecimal digits. None of a word, which could be guessed by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// When the server had it, by its clock.
    pub at: Millis,
}

impl Proof {
    /// Whether its bytes are still kept.
    pub fn is_kept(&self, now: Millis) -> bool {
        now < self.at + KEPT_MS
    }
}

/// Why a proof is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProofRefusal {
    /// There is no such delivery.
    NoSuchDelivery,
    /// It was never theirs.
    NotTheirs,
    /// Nothing is known yet of the meal being delivered: the status comes first, and this again.
    NotYet,
    /// Nobody wants the meal any more, and nobody is to be shown it.
    CalledOff,
    /// Its customer is forgotten.
    Forgotten,
    /// It would be thrown away at once: the delivery is over for so long.
    TooLate,
    /// There are as many as there may be.
    TooMany,
    /// It has more bytes than such a proof may have.
    TooLarge(usize),
    /// It is not in a form that proves such a thing.
    WrongForm,
    /// There is another one of this name.
    OtherBytes,
}

/// Whether the delivery has come to where it can be proved, by where it stands.
fn is_to_be_proved(standing: Standing) -> Result<(), ProofRefusal> {
    match standing {
        Standing::Open | Standing::Assigned | Standing::PickedUp => Err(ProofRefusal::NotYet),
        Standing::Delivered | Standing::Failed => Ok(()),
        Standing::CalledOff => Err(ProofRefusal::CalledOff),
    }
}

/// What follows when a driver brings `proof`, made at `proof.at`; nothing where it is here already.
///
/// # Errors
/// [`ProofRefusal`]; nothing is kept.
pub fn prove(errand: Option<&Errand>, proof: &Proof, actor: &Actor) -> Result<Option<ErrandEvent>, ProofRefusal> {
    let errand = errand.ok_or(ProofRefusal::NoSuchDelivery)?;
    if !errand.drivers.contains(&actor.account) {
        return Err(ProofRefusal::NotTheirs);
    }
    let is_same = |known: &Proof| (known.kind, known.bytes, &known.hash) == (proof.kind, proof.bytes, &proof.hash);
    if let Some(known) = errand.proofs.iter().find(|known| known.id == proof.id) {
        return if is_same(known) { Ok(None) } else { Err(ProofRefusal::OtherBytes) };
    }
    fits(proof.kind, proof.medium, proof.bytes as usize)?;
    is_to_be_proved(errand.standing)?;
    if errand.contact.name.is_empty() {
        return Err(ProofRefusal::Forgotten);
    }
    if errand.since + KEPT_MS <= proof.at {
        return Err(ProofRefusal::TooLate);
    }
    if errand.proofs.len() >= PROOFS_MAX {
        return Err(ProofRefusal::TooMany);
    }
    Ok(Some(ErrandEvent::Proved { driver: actor.account.clone(), proof: proof.clone() }))
}

/// Whether a proof of this kind may be in this form and as large.
///
/// # Errors
/// [`ProofRefusal::WrongForm`] or [`ProofRefusal::TooLarge`].
pub fn fits(kind: ProofKind, medium: Medium, bytes: usize) -> Result<(), ProofRefusal> {
    let form = FORMS.iter().find(|form| (form.kind, form.medium) == (kind, medium)).ok_or(ProofRefusal::WrongForm)?;
    if bytes > form.bytes_max { Err(ProofRefusal::TooLarge(form.bytes_max)) } else { Ok(()) }
}

/// Adds a proof to those that are known, once.
pub(crate) fn note(proofs: &mut Vec<Proof>, proof: &Proof) {
    if !proofs.iter().any(|known| known.id == proof.id) {
        proofs.push(proof.clone());
    }
}
