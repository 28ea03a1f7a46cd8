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
}

/// A value that the thread of the buses learns. All clones are the same.
pub(crate) struct Known<T>(Arc<(Mutex<Inner<T>>, Condvar)>, Instant);

impl<T> Clone for Known<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0), self.1)
    }
}

impl<T: Clone + PartialEq> Known<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::new((Mutex::new(Inner { value: None, listener: None }), Condvar::new())), Instant::now())
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known; waits until the patience of the whole run is over.
    pub(crate) fn get(&self) -> Option<T> {
        let left = PATIENCE.saturating_sub(self.1.elapsed());
        let guard = self.0.1.wait_timeout_while(self.lock(), left, |inner| inner.value.is_none());
        guard.unwrap_or_else(PoisonError::into_inner).0.value.clone()
    }

    pub(crate) fn listen(&self, listener: Listener<T>) {
        self.lock().listener = Some(listener);
    }

    /// Tells the listener when it is something new. What is learnt first is told too: the app may have gone on without.
    pub(crate) fn learn(&self, value: T) {
        let mut inner = self.lock();
        if inner.value.as_ref() == Some(&value) {
            return;
        }
        inner.value = Some(value.clone());
        self.0.1.notify_all();
        if let Some(listener) = &inner.listener {
            listener(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use std::sync::{Arc, Mutex};

    #[test]
    fn only_news_are_told() {
        let known = Known::new();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        known.learn(1);
        known.listen(Box::new(move |value: i32| told.lock().expect("no panic").push(value)));
        for value in [1, 2, 2, 3] {
            known.learn(value);
        }
        assert_eq!(known.get(), Some(3));
        assert_eq!(*heard.lock().expect("no panic"), [2, 3]);
    }

    #[test]
    fn a_service_that_is_silent_is_not_waited_for() {
        assert_eq!(Known::<i32>::new().get(), None);
    }
}
