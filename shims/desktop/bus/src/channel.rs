//! A queue that threads fill and one task empties.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;

struct Shared<T> {
    waiting: VecDeque<T>,
    waker: Option<Waker>,
}

/// The queue. All clones are the same queue; only one of them may receive.
pub(crate) struct Channel<T>(Arc<Mutex<Shared<T>>>);

impl<T> Clone for Channel<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Channel<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Shared { waiting: VecDeque::new(), waker: None })))
    }

    fn lock(&self) -> MutexGuard<'_, Shared<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn send(&self, item: T) {
        let waker = {
            let mut shared = self.lock();
            shared.waiting.push_back(item);
            shared.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Everything that waits. When that is nothing, the task of `cx` is woken by the next one.
    pub(crate) fn take(&self, cx: &Context<'_>) -> VecDeque<T> {
        let mut shared = self.lock();
        if shared.waiting.is_empty() {
            shared.waker = Some(cx.waker().clone());
        }
        std::mem::take(&mut shared.waiting)
    }

    /// The next one.
    pub(crate) async fn receive(&self) -> T {
        poll_fn(|cx| {
            let mut shared = self.lock();
            match shared.waiting.pop_front() {
                Some(item) => Poll::Ready(item),
                None => {
                    shared.waker = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

/// The next item of a stream; none at its end.
pub(crate) async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

/// The next item of a stream; none at its end, and as soon as anything is in `end`.
pub(crate) async fn next_or<S: Stream + Unpin>(stream: &mut S, end: &Channel<()>) -> Option<S::Item> {
    poll_fn(|cx| if end.take(cx).is_empty() { Pin::new(&mut *stream).poll_next(cx) } else { Poll::Ready(None) }).await
}
