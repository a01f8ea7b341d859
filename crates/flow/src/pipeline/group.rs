//! Group by key, keeping the last: several units of one key become the one with the highest position, and how many it stands for
//! is kept. For effects that are a row as it is now: what stood there between two looks changes nothing.

use std::collections::BTreeMap;

use sync::Model;

use super::{Counts, Unit};

/// The last unit of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept<'f, M: Model, T> {
    /// That.
    pub unit: Unit<'f, M, T>,
    /// How many others of its key were left out.
    pub left_out: u64,
}

/// Of the units of each `key` the last by position, in order of position. The order in which they come, and how often each comes,
/// changes nothing but the count.
pub fn last_of_each<'f, M: Model, T, K: Ord>(
    units: impl IntoIterator<Item = Unit<'f, M, T>>,
    key: impl Fn(&Unit<'f, M, T>) -> K,
    counts: &mut Counts,
) -> Vec<Kept<'f, M, T>> {
    let mut last: BTreeMap<K, Kept<'f, M, T>> = BTreeMap::new();
    for unit in units {
        let key = key(&unit);
        let Some(kept) = last.get_mut(&key) else {
            last.insert(key, Kept { unit, left_out: 0 });
            continue;
        };
        kept.left_out += 1;
        let gone = if place(&unit) > place(&kept.unit) { std::mem::replace(&mut kept.unit, unit) } else { unit };
        counts.grouped_away(gone.rule);
    }
    let mut kept: Vec<_> = last.into_values().collect();
    kept.sort_by_key(|kept| place(&kept.unit));
    kept
}

/// Two rules may have made a unit of one fact: then it is the name of the rule that decides, whichever comes first.
fn place<M: Model, T>(unit: &Unit<'_, M, T>) -> (sync::Position, &'static str) {
    (unit.position, unit.rule)
}
