//! Batches: what is written together, bounded by count and by bytes, so that no transaction and no message grows with what waits.

use super::Counts;

/// The bounds of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The most of it.
    pub count: usize,
    /// The most bytes of it all. What is larger alone goes alone: it must go some time.
    pub bytes: usize,
}

/// `units` in their order, in batches within `bound`; `bytes` says how large one is. None of them is empty.
pub fn batches<U>(
    units: impl IntoIterator<Item = U>,
    bound: Bound,
    bytes: impl Fn(&U) -> usize,
    counts: &mut Counts,
) -> Vec<Vec<U>> {
    assert!(bound.count > 0, "a batch holds at least one");
    let mut batches: Vec<Vec<U>> = vec![];
    let (mut open, mut size) = (vec![], 0_usize);
    for unit in units {
        let its = bytes(&unit);
        let fits = open.len() < bound.count && size.saturating_add(its) <= bound.bytes;
        if !fits && !open.is_empty() {
            counts.filled(open.len(), true);
            batches.push(std::mem::take(&mut open));
            size = 0;
        }
        size = size.saturating_add(its);
        open.push(unit);
    }
    if !open.is_empty() {
        counts.filled(open.len(), open.len() == bound.count);
        batches.push(open);
    }
    batches
}
