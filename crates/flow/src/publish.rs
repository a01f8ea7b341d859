//! The trigger: what services wrote goes into the hub, at gap-free positions.

use std::collections::BTreeSet;

use sync::{Model, Position};
use uuid::Uuid;

use crate::Fact;

/// Numbers `changes` from the one after `head`. A fact whose id is `known` in the hub is left out, so that publishing
/// again after a crash leaves neither a gap nor a double.
pub fn publish<M: Model>(head: Position, changes: Vec<Fact<M>>, known: &BTreeSet<Uuid>) -> Vec<(Position, Fact<M>)> {
    let mut seen = known.clone();
    let new = changes.into_iter().filter(move |fact| seen.insert(fact.id));
    new.zip(head.0 + 1..).map(|(fact, position)| (Position(position), fact)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Event, Library, desk};

    fn facts(numbers: impl IntoIterator<Item = u32>) -> Vec<Fact<Library>> {
        let fact =
            |number: u32| crate::fact::told("desk", i64::from(number), &desk(), None, vec![Event::DeskSet(true)]);
        let named = |number: u32| Fact { id: Uuid::from_u128(number.into()), ..fact(number).1.remove(0) };
        numbers.into_iter().map(named).collect()
    }

    fn published(head: u64, changes: Vec<Fact<Library>>, known: &[u128]) -> Vec<(u64, u128)> {
        let known = known.iter().map(|id| Uuid::from_u128(*id)).collect();
        let published = publish(Position(head), changes, &known);
        published.iter().map(|(position, fact)| (position.0, fact.id.as_u128())).collect()
    }

    #[test]
    fn facts_are_numbered_from_the_head_in_their_order() {
        assert_eq!(published(41, facts([5, 3, 9]), &[]), [(42, 5), (43, 3), (44, 9)]);
    }

    #[test]
    fn what_is_known_leaves_neither_gap_nor_double() {
        assert_eq!(published(7, facts([1, 2, 1, 3]), &[2]), [(8, 1), (9, 3)]);
    }
}
