//! Clock: a row's time has come, and nothing else has happened.

use sync::{Key, Millis, Model, Version};

use crate::fact::{self, Pen, Put, Writes};

/// What `events` make of the row `key` whose time has come, as `source` at `now`. The facts are named by the clock and by
/// the version that it found, so a clock that strikes twice says the same.
pub fn strike<M: Model>(
    clock: &str,
    key: &Key,
    (row, version): (M::Row, Version),
    events: Vec<M::Event>,
    source: &str,
    now: Millis,
) -> Writes<M> {
    let rule = format!("{clock}/{key}/{version}");
    let mut pen = Pen::of_clock(&rule, source, now);
    let (after, facts) = fact::apply_events(&mut pen, key, Some((row, version)), events);
    let changed = after.filter(|(_, after)| *after > version);
    let rows = changed.map(|(row, version)| Put { key: key.clone(), version, row }).into_iter().collect();
    Writes { rows, facts, ..Writes::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Event, Library, NOW, Row, book};

    #[test]
    fn a_clock_that_strikes_twice_says_the_same_and_moves_the_row_once() {
        let row = || (Row::Book { holder: Some("ada".into()), weeks: 1 }, Version(3));
        let strike =
            || strike::<Library>("lending.overdue", &book("emma"), row(), vec![Event::Renewed], "lending", NOW);
        let writes = strike();
        assert_eq!(writes.rows.iter().map(|put| put.version).collect::<Vec<_>>(), [Version(4)]);
        assert_eq!(writes.facts.iter().map(|fact| fact.kind.as_str()).collect::<Vec<_>>(), ["book-renewed"]);
        assert_eq!(writes, strike());
    }
}
