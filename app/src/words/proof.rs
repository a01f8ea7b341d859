//! Proof at the door: what a driver keeps of a delivery, how far it has come, and what its customer and the desk see of it.

use ::sync::attachment::{AttachError, End, Stage};
use domain::delivery::ProofKind;
use replica::{AttachFailure, Keeping};

use super::{sentence, store_failure};
use crate::texts::proof;
pub use crate::texts::proof::{
    back as proof_back, clear as proof_clear, delete as proof_delete, done as proof_done, hint as proof_hint,
    huge as proof_huge, left_at_door as proof_left_at_door, not_kept as proof_not_kept, not_loaded as proof_not_loaded,
    nothing_signed as proof_nothing_signed, of_delivery as proof_of_delivery, on_phone as proofs_on_phone,
    pad as proof_pad, pad_hint as proof_pad_hint, reading as proof_reading, save as proof_save,
    take_photo as proof_take_photo, take_signature as proof_take_signature, take_word as proof_take_word,
    there as proof_there, title as proof_title, to_neighbour as proof_to_neighbour, undo as proof_undo,
    unreadable as proof_unreadable, word_field as proof_word_field, word_title as proof_word_title,
};

/// The heading of a delivery whose customer is known here.
pub fn proof_of(name: &str, was_delivered: bool) -> String {
    if was_delivered { proof::delivered_to(name) } else { proof::not_delivered_to(name) }
}

/// The heading of a delivery whose customer is not on this phone any more.
pub fn proof_at(clock: &str, was_delivered: bool) -> String {
    if was_delivered { proof::delivered_at(clock) } else { proof::not_delivered_at(clock) }
}

/// What kind of proof it is.
pub fn proof_kind(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::Photo => proof::photo(),
        ProofKind::Signature => proof::signature(),
        ProofKind::Word => proof::word(),
    }
}

/// What kind of proof it is, and when it came.
pub fn proof_line(kind: ProofKind, moment: &str) -> String {
    match kind {
        ProofKind::Photo => proof::photo_at(moment),
        ProofKind::Signature => proof::signature_at(moment),
        ProofKind::Word => proof::word_at(moment),
    }
}

/// The picture, for whoever does not see it.
pub fn proof_picture(kind: ProofKind, moment: &str) -> String {
    match kind {
        ProofKind::Photo => proof::picture_photo(moment),
        ProofKind::Signature => proof::picture_signature(moment),
        ProofKind::Word => proof::word_at(moment),
    }
}

/// How far it has come.
pub fn proof_stage(stage: &Stage, is_on_its_way: bool, kept: Keeping) -> &'static str {
    match stage {
        Stage::Free if is_on_its_way => proof::stage_being_sent(),
        Stage::Saved | Stage::Free if kept == Keeping::Memory => proof::stage_only_here(),
        Stage::Saved | Stage::Free => proof::stage_saved(),
        Stage::Sent => proof::stage_sent(),
        Stage::Ended(_) => proof::stage_not_sent(),
    }
}

/// Why it was not sent.
pub fn proof_end(end: &End) -> String {
    match end {
        End::ActRefused => proof::end_act_refused().to_owned(),
        End::Lost => proof::end_lost().to_owned(),
        End::Refused { slug, detail } => match slug.as_str() {
            "called-off" => proof::end_called_off().to_owned(),
            "customer-erased" => proof::end_erased().to_owned(),
            "too-late" => proof::end_too_late().to_owned(),
            "too-many-proofs" => proof::end_too_many().to_owned(),
            "not-your-delivery" => proof::end_not_yours().to_owned(),
            "too-large" => proof::end_too_large().to_owned(),
            _ => detail.as_deref().map_or_else(|| proof::end_refused().to_owned(), sentence),
        },
    }
}

/// Why it was not saved.
pub fn proof_failure(error: &AttachFailure) -> String {
    let words = match error {
        AttachFailure::Attach(AttachError::SignedOut) => proof::signed_out(),
        AttachFailure::Attach(AttachError::NoAct) => proof::no_act(),
        AttachFailure::Attach(AttachError::There) => proof::there(),
        AttachFailure::Attach(AttachError::TooLarge(_)) => proof::too_large(),
        AttachFailure::Attach(AttachError::Full(..)) => proof::full(),
        AttachFailure::Store(why) => return store_failure(why),
    };
    words.to_owned()
}
