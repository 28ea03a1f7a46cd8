//! Tasks that wait, by priority.

use std::collections::VecDeque;

/// Priorities of tasks: high, medium, low, idle.
pub(super) const PRIORITIES: usize = 4;
/// The priority of tasks that run when nothing else does.
pub(super) const IDLE: usize = 3;
/// So many tasks of a priority run before one of the next has its turn, so that none starves.
const BURST: u32 = 5;

/// First come, first served within a priority.
pub(super) struct Queue<T> {
    lists: [VecDeque<T>; PRIORITIES],
    /// Tasks of a priority that ran since the one below had its turn.
    served: [u32; PRIORITIES],
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { lists: Default::default(), served: [0; PRIORITIES] }
    }
}

impl<T> Queue<T> {
    pub(super) fn push(&mut self, priority: usize, item: T) {
        if let Some(list) = self.lists.get_mut(priority.min(IDLE)) {
            list.push_back(item);
        }
    }

    /// The next one; `quiet` says that nothing else runs, so that tasks of the idle priority may.
    pub(super) fn pop(&mut self, quiet: bool) -> Option<T> {
        let below = |queue: &Self, priority: usize| queue.lists[priority + 1..IDLE].iter().any(|list| !list.is_empty());
        for priority in 0..IDLE {
            if self.lists[priority].is_empty() {
                continue;
            }
            if self.served[priority] >= BURST && below(self, priority) {
                self.served[priority] = 0;
                continue;
            }
            self.served[priority] += 1;
            return self.lists[priority].pop_front();
        }
        // Everybody above has given way.
        let waiting = self.lists[..IDLE].iter_mut().find(|list| !list.is_empty());
        match waiting {
            Some(list) => list.pop_front(),
            None if quiet => self.lists[IDLE].pop_front(),
            None => None,
        }
    }

    /// Takes one out.
    pub(super) fn remove(&mut self, wanted: impl Fn(&T) -> bool) -> Option<T> {
        self.lists.iter_mut().find_map(|list| {
            let place = list.iter().position(&wanted)?;
            list.remove(place)
        })
    }

    /// Those that do not wait for silence.
    pub(super) fn len(&self) -> usize {
        self.lists[..IDLE].iter().map(VecDeque::len).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.iter().all(VecDeque::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::{IDLE, Queue};

    #[test]
    fn the_most_urgent_run_first_and_the_others_have_their_turns() {
        let mut queue = Queue::default();
        for n in 0..7 {
            queue.push(1, ("medium", n));
            queue.push(0, ("high", n));
        }
        queue.push(2, ("low", 0));
        queue.push(IDLE, ("idle", 0));
        let order: Vec<_> = std::iter::from_fn(|| queue.pop(false)).map(|(name, _)| &name[..1]).collect();
        assert_eq!(order.concat(), "hhhhhmhhmmmmlmm");
        assert!(!queue.is_empty());
        assert_eq!(queue.pop(true), Some(("idle", 0)));
        assert_eq!(queue.pop(true), None);
    }

    #[test]
    fn tasks_can_be_taken_out() {
        let mut queue = Queue::default();
        (0..4).for_each(|n| queue.push(1, n));
        assert_eq!(queue.remove(|n| *n == 2), Some(2));
        assert_eq!(queue.remove(|n| *n == 2), None);
        assert_eq!(queue.len(), 3);
    }
}
