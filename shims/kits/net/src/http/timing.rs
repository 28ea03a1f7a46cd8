//! How long the steps of a request took. The connector does not know for which request it works, so the task that runs the request
//! carries the table, and whatever happens inside it leaves a mark there.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;

use tower_layer::Layer;
use tower_service::Service;

/// Moments, in microseconds since the request began; 0 for what has not happened (a connection that was open already, say).
pub(crate) struct Times {
    begun: Instant,
    /// The name was looked up.
    pub(crate) name: AtomicU64,
    /// The connection stands, TLS included.
    pub(crate) connected: AtomicU64,
    /// The head of the answer was there.
    pub(crate) head: AtomicU64,
    /// The last redirection was behind us.
    pub(crate) redirected: AtomicU64,
}

tokio::task_local! {
    static TIMES: Arc<Times>;
}

impl Times {
    pub(crate) fn begin() -> Arc<Self> {
        let zero = AtomicU64::default;
        Arc::new(Self { begun: Instant::now(), name: zero(), connected: zero(), head: zero(), redirected: zero() })
    }

    pub(crate) fn elapsed(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
    }
}

/// Runs `work` with `times` to mark.
pub(crate) async fn scope<T>(times: Arc<Times>, work: impl Future<Output = T>) -> T {
    TIMES.scope(times, work).await
}

/// Marks a moment of the request that this task runs, if it runs one.
pub(crate) fn mark(moment: impl Fn(&Times) -> &AtomicU64) {
    let _ = TIMES.try_with(|times| moment(times).store(times.elapsed(), Ordering::Relaxed));
}

/// Milliseconds of a moment.
pub(crate) fn milliseconds(moment: &AtomicU64) -> f64 {
    moment.load(Ordering::Relaxed) as f64 / 1000.0
}

/// Marks when connections stand.
#[derive(Clone, Copy)]
pub(crate) struct MarkConnections;

impl<S> Layer<S> for MarkConnections {
    type Service = Marked<S>;

    fn layer(&self, inner: S) -> Marked<S> {
        Marked(inner)
    }
}

/// A connector that marks when it is done.
#[derive(Clone)]
pub(crate) struct Marked<S>(S);

impl<R, S: Service<R>> Service<R> for Marked<S>
where
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let connecting = self.0.call(request);
        Box::pin(async move {
            let connected = connecting.await;
            mark(|times| &times.connected);
            connected
        })
    }
}
