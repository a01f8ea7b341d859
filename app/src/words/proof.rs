//! Proof at the door: what a driver keeps of a delivery, how far it has come, and what its customer and the desk see of it.

use ::sync::attachment::{AttachError, End, Stage};
use domain::delivery::ProofKind;
use replica::Keeping;

use super::sentence;

say! {
    /// Above what is added to deliveries that were just made.
    proof_title: "At the door";
    /// Under it.
    proof_hint: "Add a photo, a signature or a word if it helps. It is saved on this phone and sent after the status.";
    /// On the button that opens the camera.
    proof_take_photo: "Photo";
    /// While a photo is made smaller.
    proof_reading: "Saving the photo\u{2026}";
    /// On the button that opens the signature pad.
    proof_take_signature: "Signature";
    /// On the button that opens the words.
    proof_take_word: "In words";
    /// On the button that puts the card away.
    proof_done: "Done";
    /// The pad, and what it is for whoever does not see it.
    proof_pad: "Sign here with a finger or a pen";
    /// Under the pad.
    proof_pad_hint: "Who cannot sign: close this and choose \u{201c}In words\u{201d}.";
    /// Takes the last line of the signature back.
    proof_undo: "Undo";
    /// Begins the signature anew.
    proof_clear: "Clear";
    /// Keeps it.
    proof_save: "Save";
    /// Closes it.
    proof_back: "Back";
    /// Asks how it was handed over.
    proof_word_title: "How was it handed over?";
    /// A ready answer.
    proof_left_at_door: "Left at the door";
    /// Another.
    proof_to_neighbour: "Given to a neighbour";
    /// The field for any other.
    proof_word_field: "Or in your own words, such as who took it";
    /// The browser cannot read the file.
    proof_unreadable: "This picture cannot be read here. Take another one.";
    /// A file that is far too large to read.
    proof_huge: "This file is too large for this phone to read. Take a photo with the camera.";
    /// Nothing was drawn.
    proof_nothing_signed: "Nothing is signed yet.";
    /// Something is there already.
    proof_there: "It is saved already.";
    /// Above all that follows acts.
    proofs_on_phone: "Photos and signatures";
    /// One that was refused is deleted.
    proof_delete: "Delete from this phone";
    /// Above the proofs of an order, for its customer and the desk.
    proof_of_delivery: "Proof of delivery";
    /// A picture that does not load.
    proof_not_loaded: "It is shown as soon as the server can be reached.";
    /// One whose time is over.
    proof_not_kept: "It was kept for 30 days and is gone.";
}

/// The heading of a delivery whose customer is known here.
pub fn proof_of(name: &str, was_delivered: bool) -> String {
    if was_delivered { format!("Delivered to {name}") } else { format!("Not delivered to {name}") }
}

/// The heading of a delivery whose customer is not on this phone any more.
pub fn proof_at(clock: &str, was_delivered: bool) -> String {
    if was_delivered { format!("Delivered at {clock}") } else { format!("Not delivered, at {clock}") }
}

/// What kind of proof it is.
pub fn proof_kind(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::Photo => "Photo",
        ProofKind::Signature => "Signature",
        ProofKind::Word => "In words",
    }
}

/// What kind of proof it is, and when it came.
pub fn proof_line(kind: ProofKind, moment: &str) -> String {
    match kind {
        ProofKind::Photo => format!("Photo, {moment}"),
        ProofKind::Signature => format!("Signature, {moment}"),
        ProofKind::Word => format!("In the driver\u{2019}s words, {moment}"),
    }
}

/// The picture, for whoever does not see it.
pub fn proof_picture(kind: ProofKind, moment: &str) -> String {
    match kind {
        ProofKind::Photo => format!("Photo by the driver, {moment}"),
        ProofKind::Signature => format!("Signature at the door, {moment}"),
        ProofKind::Word => format!("In the driver\u{2019}s words, {moment}"),
    }
}

/// How far it has come.
pub fn proof_stage(stage: &Stage, is_on_its_way: bool, kept: Keeping) -> &'static str {
    match stage {
        Stage::Free if is_on_its_way => "Being sent",
        Stage::Saved | Stage::Free if kept == Keeping::Memory => "Only in this window",
        Stage::Saved | Stage::Free => "Saved on this phone",
        Stage::Sent => "Sent",
        Stage::Ended(_) => "Not sent",
    }
}

/// Why it was not sent.
pub fn proof_end(end: &End) -> String {
    match end {
        End::ActRefused => "What it belongs to was refused, so it is not sent.".to_owned(),
        End::Lost => "It is not on this phone any more, so it cannot be sent.".to_owned(),
        End::Refused { slug, detail } => match slug.as_str() {
            "called-off" => "This meal was called off, so no proof is kept. The desk has what you reported.".to_owned(),
            "customer-erased" => "The customer was erased, so nothing about them is kept.".to_owned(),
            "too-late" => "The delivery is over for more than 30 days, so it is not kept any more.".to_owned(),
            "too-many-proofs" => "This delivery has as many proofs as it may have.".to_owned(),
            "not-your-delivery" => "This meal was never yours, so the server does not take it.".to_owned(),
            "too-large" => "It is too large for the server.".to_owned(),
            _ => sentence(detail.as_deref().unwrap_or("the server does not take it")),
        },
    }
}

/// Why it was not saved.
pub fn proof_failure(error: &replica::AttachFailure) -> String {
    match error {
        replica::AttachFailure::Attach(AttachError::There) => proof_there().to_owned(),
        replica::AttachFailure::Attach(AttachError::Full(..)) => {
            "There is no room for more on this phone. Connect, wait \
            until what waits is sent, and try again. This one was not saved."
                .to_owned()
        }
        other => sentence(&other.to_string()),
    }
}
