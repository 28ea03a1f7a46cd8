//! What is known of something that changes, for the thread of the app.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use concord_desktop::Listener;

/// How long the thread of the app may wait for what is not known yet: an app starts in about this time, and a service that the
/// bus has to start first would take longer.
const PATIENCE: Duration = Duration::from_millis(300);

struct Inner<T> {
    value: Option<T>,
    listener: Option<Listener<T>>,
    /// Nobody will learn more.
    over: bool,
}

struct Shared<T> {
    inner: Mutex<Inner<T>>,
    news: Condvar,
    begun: Instant,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A value that the thread of the buses learns.
pub(crate) struct Known<T>(Arc<Shared<T>>);

/// Who learns it. Once it is dropped nobody waits any longer.
pub(crate) struct Learner<T>(Arc<Shared<T>>);

impl<T: Clone + PartialEq> Known<T> {
    pub(crate) fn new() -> (Self, Learner<T>) {
        let inner = Mutex::new(Inner { value: None, listener: None, over: false });
        let shared = Arc::new(Shared { inner, news: Condvar::new(), begun: Instant::now() });
        (Self(Arc::clone(&shared)), Learner(shared))
    }

    /// What is known; waits until the patience of the whole run is over.
    pub(crate) fn get(&self) -> Option<T> {
        let left = PATIENCE.saturating_sub(self.0.begun.elapsed());
        let unknown = |inner: &mut Inner<T>| inner.value.is_none() && !inner.over;
        let guard = self.0.news.wait_timeout_while(self.0.lock(), left, unknown);
        guard.unwrap_or_else(PoisonError::into_inner).0.value.clone()
    }

    pub(crate) fn listen(&self, listener: Listener<T>) {
        self.0.lock().listener = Some(listener);
    }
}

impl<T: Clone + PartialEq> Learner<T> {
    /// Learns that a part is different; what else there is stays as it is, or as usual while nothing is known.
    pub(crate) fn change(&self, part: impl FnOnce(&mut T))
    where
        T: Default,
    {
        let mut value = self.0.lock().value.clone().unwrap_or_default();
        part(&mut value);
        self.learn(value);
    }

    /// Tells the listener when it is something new. What is learnt first is told too: the app may have gone on without.
    pub(crate) fn learn(&self, value: T) {
        let mut inner = self.0.lock();
        if inner.value.as_ref() == Some(&value) {
            return;
        }
        inner.value = Some(value.clone());
        self.0.news.notify_all();
        if let Some(listener) = &inner.listener {
            listener(value);
        }
    }
}

impl<T> Drop for Learner<T> {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.0.news.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use std::sync::{Arc, Mutex};

    #[test]
    fn only_news_are_told() {
        let (known, learner) = Known::new();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        learner.learn(1);
        known.listen(Box::new(move |value: i32| told.lock().expect("no panic").push(value)));
        for value in [1, 2, 2, 3] {
            learner.learn(value);
        }
        assert_eq!(known.get(), Some(3));
        assert_eq!(*heard.lock().expect("no panic"), [2, 3]);
    }

    #[test]
    fn a_service_that_is_silent_is_not_waited_for() {
        let (known, _learner) = Known::<i32>::new();
        assert_eq!(known.get(), None);
    }

    #[test]
    fn what_is_known_stays_known() {
        let (known, learner) = Known::new();
        learner.learn(1);
        drop(learner);
        assert_eq!(known.get(), Some(1));
    }
}
