//! What is to happen, by virtual time; what is due at the same time happens in the order in which it was planned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use sync::Millis;

/// The plan. Events are large and stay where they are put; what is sorted are their places.
pub struct Queue<E> {
    order: BinaryHeap<Reverse<(Millis, u64, usize)>>,
    events: Vec<Option<E>>,
    free: Vec<usize>,
    planned: u64,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self { order: BinaryHeap::new(), events: vec![], free: vec![], planned: 0 }
    }
}

impl<E> Queue<E> {
    /// Plans `event` for the moment `at`.
    pub fn plan(&mut self, at: Millis, event: E) {
        self.planned += 1;
        let place = self.free.pop().unwrap_or(self.events.len());
        if place == self.events.len() {
            self.events.push(None);
        }
        self.events[place] = Some(event);
        self.order.push(Reverse((at, self.planned, place)));
    }

    /// What happens next, if it happens until `end`.
    pub fn next_until(&mut self, end: Millis) -> Option<(Millis, E)> {
        let Reverse((at, _, place)) = *self.order.peek()?;
        if at > end {
            return None;
        }
        self.order.pop();
        self.free.push(place);
        let event = self.events[place].take().expect("what is in the order is planned");
        Some((at, event))
    }

    /// All that is planned, in no order.
    pub fn planned(&self) -> impl Iterator<Item = &E> {
        self.events.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_at_once_keeps_the_order_of_planning() {
        let mut queue = Queue::default();
        [(5, 'b'), (1, 'a'), (5, 'c'), (9, 'd')].into_iter().for_each(|(at, event)| queue.plan(at, event));
        let told: String = std::iter::from_fn(|| queue.next_until(8)).map(|(_, event)| event).collect();
        assert_eq!((told.as_str(), queue.planned().count()), ("abc", 1));
    }
}
