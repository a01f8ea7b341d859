//! What can be said when a browser threw away what was kept on this device: what is known, and never that nothing was
//! lost.

use ::sync::Millis;
use ::sync::loss::{Loss, Word};

use crate::texts::loss;

/// What happened, what is known of it, and what to do, a sentence each; `moment` words a time.
pub fn loss(loss: &Loss, moment: impl Fn(Millis) -> String) -> Vec<String> {
    let noted = loss.trace.filter(|trace| trace.waiting > 0);
    let noted = noted.map(|trace| loss::noted(&moment(trace.since), trace.waiting as u64));
    let known = match &loss.word {
        Word::Awaited => loss::known_awaited().to_owned(),
        Word::Nothing => loss::known_nothing().to_owned(),
        Word::Known(known) => match (known.waiting, known.missing.len()) {
            (0, _) => loss::known_none_waited().to_owned(),
            (_, 0) => loss::known_all_arrived().to_owned(),
            (_, missing) => loss::known_missing(missing as u64),
        },
    };
    let unknown = match loss.unknown_since() {
        Some(since) => loss::may_be_lost_since(&moment(since)),
        None => loss::may_be_lost().to_owned(),
    };
    let (happened, advice) = (loss::happened().to_owned(), loss::advice().to_owned());
    [Some(happened), noted, Some(known), Some(unknown), Some(advice)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use ::sync::loss::{Remembered, Trace};
    use ::sync::{CommandId, DeviceId};
    use uuid::Uuid;

    use super::*;

    fn device(n: u128) -> DeviceId {
        DeviceId(Uuid::from_u128(n))
    }

    fn said(waiting: usize, word: Word) -> String {
        let trace = Some(Trace { device: device(1), waiting, since: 5 });
        super::loss(&Loss { noticed_at: 9, trace, word }, |at| format!("minute {at}")).join(" ")
    }

    fn known(waiting: usize, missing: usize) -> Word {
        let missing = (0..missing).map(|n| CommandId(Uuid::from_u128(n as u128))).collect();
        Word::Known(Remembered { device: device(1), seq: 7, heard_at: Some(4), waiting, missing })
    }

    #[test]
    fn what_is_known_is_said_and_no_more() {
        let offline = said(2, Word::Awaited);
        assert!(offline.contains("2 things were waiting to be sent, the oldest since minute 5."), "{offline}");
        assert!(offline.contains("What was done here since minute 5 may be lost."), "{offline}");
        let online = said(2, known(3, 3));
        assert!(online.contains("3 things known to be waiting on this device have never arrived."), "{online}");
        assert!(online.contains("since minute 4 may be lost."), "{online}");
        assert!(said(1, known(1, 1)).contains("1 thing known to be waiting on this device has never arrived."));
    }

    #[test]
    fn nobody_is_ever_told_that_nothing_was_lost() {
        for word in [Word::Awaited, Word::Nothing, known(0, 0), known(2, 0), known(2, 2)] {
            let said = said(0, word);
            assert!(said.contains("may be lost"), "{said}");
            assert!(!said.to_lowercase().contains("nothing was lost") && !said.contains("Nothing is lost"), "{said}");
        }
    }
}
