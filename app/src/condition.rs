//! How this device stands, one condition at a time, the most urgent first. The status line shows the first, the sync
//! centre all of them.

use replica::{Keeping, Storage};
use sync::client::{Link, Pause, Reach, Status};

use crate::world::Client;

/// Something that is so now. The order is that of urgency: what may lose something, what stops everything, what only
/// delays, and what is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// What is done here is gone when the page is closed.
    NotKept,
    /// The device fails to keep things.
    StorageFails,
    /// An outbox of this device is gone, and its person has not read so yet.
    Lost,
    /// The server does not speak with a release as old as this one.
    UpdateNeeded,
    /// The session belongs to somebody else than what waits.
    OtherAccount,
    /// The session is over.
    SessionOver,
    /// The device has no network.
    Offline,
    /// There may be a network, and the server does not answer.
    Unreachable,
    /// What waits does not move although the server is there.
    Stalled,
    /// Acts need the person.
    NeedsYou,
    /// Acts can be read only by an update.
    Unreadable,
    /// There is hardly any room left.
    NearlyFull,
    /// Rows are not kept, so that acts can be.
    RowsNotKept,
    /// The server is being asked whether it is there.
    Connecting,
    /// Acts are on their way.
    Sending,
    /// Rows are on their way.
    Syncing,
    /// Nobody is signed in, and the server is there.
    SignedOut,
    /// All is here.
    UpToDate,
}

impl Condition {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotKept => "not-kept",
            Self::StorageFails => "storage-fails",
            Self::Lost => "lost",
            Self::UpdateNeeded => "update-needed",
            Self::OtherAccount => "other-account",
            Self::SessionOver => "session-over",
            Self::Offline => "offline",
            Self::Unreachable => "unreachable",
            Self::Stalled => "stalled",
            Self::NeedsYou => "needs-you",
            Self::Unreadable => "unreadable",
            Self::NearlyFull => "nearly-full",
            Self::RowsNotKept => "rows-not-kept",
            Self::Connecting => "connecting",
            Self::Sending => "sending",
            Self::Syncing => "syncing",
            Self::SignedOut => "signed-out",
            Self::UpToDate => "up-to-date",
        }
    }

    /// How it is meant to be taken, as the style sheet names it.
    pub fn tone(self) -> &'static str {
        match self {
            Self::NotKept | Self::StorageFails | Self::UpdateNeeded | Self::Offline | Self::Unreachable => "bad",
            Self::OtherAccount | Self::SessionOver | Self::SignedOut => "away",
            Self::Lost | Self::Stalled | Self::NeedsYou | Self::Unreadable | Self::NearlyFull | Self::RowsNotKept => {
                "warning"
            }
            Self::Connecting | Self::Sending | Self::Syncing => "moving",
            Self::UpToDate => "good",
        }
    }
}

/// The share of the room past which a person should hear of it, as a divisor: a tenth left.
const NEARLY_FULL_LEFT: u64 = 10;

fn is_nearly_full(storage: &Storage) -> bool {
    let left = storage.quota.zip(storage.used).map(|(quota, used)| (quota, quota.saturating_sub(used)));
    left.is_some_and(|(quota, left)| left < quota / NEARLY_FULL_LEFT)
}

/// What this tab knows of the server's voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// It speaks with this tab.
    Here,
    /// It does not yet.
    NotYet,
    /// Another tab would know.
    ElsewhereMaybe,
}

/// What this tab knows of the server's voice.
pub fn speaks(client: &Client) -> Speaks {
    match client.link() {
        _ if !client.leads() => Speaks::ElsewhereMaybe,
        Link::Live { .. } => Speaks::Here,
        _ => Speaks::NotYet,
    }
}

/// All that is so, the most urgent first; never empty.
pub fn conditions(status: &Status, storage: &Storage, is_signed_in: bool, speaks: Speaks) -> Vec<Condition> {
    let leaving = status.waiting.saturating_sub(status.needs_you);
    let paused = |why| status.paused == Some(why);
    let is_moving = status.reach == Reach::Syncing;
    let reaches = matches!(status.reach, Reach::Online | Reach::Syncing);
    let all = [
        (Condition::NotKept, storage.kept == Keeping::Memory),
        (Condition::StorageFails, storage.kept != Keeping::Memory && storage.trouble.is_some()),
        (Condition::Lost, storage.loss.is_some()),
        (Condition::UpdateNeeded, paused(Pause::UpdateNeeded)),
        (Condition::OtherAccount, paused(Pause::OtherAccount)),
        (Condition::SessionOver, paused(Pause::SignedOut)),
        (Condition::Offline, status.reach == Reach::Offline),
        (Condition::Unreachable, status.reach == Reach::Unreachable),
        (Condition::Stalled, status.stalled),
        (Condition::NeedsYou, status.needs_you > 0),
        (Condition::Unreadable, status.unreadable > 0),
        (Condition::NearlyFull, is_nearly_full(storage)),
        (Condition::RowsNotKept, storage.cache_trouble.is_some()),
        (Condition::Connecting, is_moving && speaks == Speaks::NotYet),
        (Condition::Sending, is_moving && speaks == Speaks::Here && leaving > 0),
        (
            Condition::Syncing,
            is_moving && (speaks == Speaks::ElsewhereMaybe || (speaks == Speaks::Here && leaving == 0)),
        ),
        (Condition::SignedOut, !is_signed_in && reaches && status.paused.is_none()),
        (Condition::UpToDate, status.reach == Reach::Online && is_signed_in && status.paused.is_none()),
    ];
    let mut so: Vec<_> = all.into_iter().filter(|(_, is_so)| *is_so).map(|(condition, _)| condition).collect();
    so.sort();
    so
}

#[cfg(test)]
mod tests {
    use replica::StoreError;

    use super::*;

    fn status(reach: Reach) -> Status {
        let (paused, as_of) = (None, Some(0));
        Status { reach, waiting: 0, needs_you: 0, inbox: 0, as_of, paused, stalled: false, unreadable: 0 }
    }

    fn storage() -> Storage {
        let (granted, used, quota, trouble, cache_trouble, loss) = Default::default();
        Storage { kept: Keeping::Durable, granted, used, quota, trouble, cache_trouble, loss, unreadable: 0 }
    }

    #[test]
    fn room_is_scarce_when_less_than_a_tenth_is_left() {
        let used = |used| Storage { used: Some(used), quota: Some(1000), ..storage() };
        assert!(is_nearly_full(&used(901)));
        assert!(!is_nearly_full(&used(900)));
        assert!(!is_nearly_full(&storage()), "what nobody says is not said to be scarce");
    }

    #[test]
    fn what_may_lose_something_comes_before_what_only_waits() {
        let status = Status { waiting: 2, stalled: true, ..status(Reach::Unreachable) };
        // In memory the one sentence says it all.
        let storage = Storage { kept: Keeping::Memory, trouble: Some(StoreError::Refused), ..storage() };
        let expected = [Condition::NotKept, Condition::Unreachable, Condition::Stalled];
        assert_eq!(conditions(&status, &storage, true, Speaks::Here), expected);
    }

    #[test]
    fn all_is_well_only_where_nothing_else_is_so() {
        let storage = storage();
        assert_eq!(conditions(&status(Reach::Online), &storage, true, Speaks::Here), [Condition::UpToDate]);
        assert_eq!(conditions(&status(Reach::Online), &storage, false, Speaks::Here), [Condition::SignedOut]);
        let paused = Status { paused: Some(Pause::UpdateNeeded), ..status(Reach::Online) };
        assert_eq!(conditions(&paused, &storage, true, Speaks::Here), [Condition::UpdateNeeded]);
    }

    #[test]
    fn there_is_always_something_to_say() {
        for reach in [Reach::Online, Reach::Syncing, Reach::Offline, Reach::Unreachable] {
            for paused in [None, Some(Pause::SignedOut), Some(Pause::OtherAccount), Some(Pause::UpdateNeeded)] {
                for is_signed_in in [true, false] {
                    for speaks in [Speaks::Here, Speaks::NotYet, Speaks::ElsewhereMaybe] {
                        let status = Status { paused, waiting: 1, ..status(reach) };
                        assert!(!conditions(&status, &storage(), is_signed_in, speaks).is_empty(), "{status:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_called_on_its_way_before_the_server_speaks() {
        let one = Status { waiting: 1, ..status(Reach::Syncing) };
        let first = |speaks| conditions(&one, &storage(), true, speaks)[0];
        let all = [Speaks::NotYet, Speaks::Here, Speaks::ElsewhereMaybe].map(first);
        assert_eq!(all, [Condition::Connecting, Condition::Sending, Condition::Syncing]);
    }

    #[test]
    fn what_needs_its_person_is_not_called_on_its_way() {
        let one = Status { waiting: 1, needs_you: 1, ..status(Reach::Syncing) };
        assert_eq!(conditions(&one, &storage(), true, Speaks::Here), [Condition::NeedsYou, Condition::Syncing]);
    }
}
