//! How services answer: later, from another thread, exactly once.

/// Why a service did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// There is no such service.
    #[error("this desktop has no service for {0}; nothing has been done")]
    Absent(&'static str),
    /// It does not answer.
    #[error("the desktop's service for {0} did not answer in time")]
    TimedOut(&'static str),
    /// It answered with an error.
    #[error("the desktop's service for {service} refused: {reason}")]
    Refused {
        /// What was asked.
        service: &'static str,
        /// What it said.
        reason: String,
    },
    /// The connection to the desktop ended before an answer came.
    #[error("the connection to the desktop has ended")]
    Gone,
}

/// What does something with an answer.
type Deliver<T> = Box<dyn FnOnce(Result<T, ServiceError>) + Send>;

/// Where an answer goes. Called once, from any thread; whoever drops it answers [`ServiceError::Gone`].
pub struct Reply<T>(Option<Deliver<T>>);

/// What hears of changes, from any thread. It returns at once.
pub type Listener<T> = Box<dyn Fn(T) + Send + Sync>;

impl<T> Reply<T> {
    /// A reply that `deliver` gets.
    pub fn new(deliver: impl FnOnce(Result<T, ServiceError>) + Send + 'static) -> Self {
        Self(Some(Box::new(deliver)))
    }

    /// Answers.
    pub fn send(mut self, answer: Result<T, ServiceError>) {
        if let Some(deliver) = self.0.take() {
            deliver(answer);
        }
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        if let Some(deliver) = self.0.take() {
            deliver(Err(ServiceError::Gone));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Reply, ServiceError};
    use std::sync::mpsc;

    fn asked() -> (Reply<u8>, mpsc::Receiver<Result<u8, ServiceError>>) {
        let (sender, receiver) = mpsc::channel();
        let reply = Reply::new(move |answer| {
            let _ = sender.send(answer);
        });
        (reply, receiver)
    }

    #[test]
    fn an_answer_is_given_once() {
        let (reply, heard) = asked();
        reply.send(Ok(7));
        assert_eq!(heard.iter().collect::<Vec<_>>(), [Ok(7)]);
    }

    #[test]
    fn a_dropped_reply_answers() {
        let (reply, heard) = asked();
        drop(reply);
        assert_eq!(heard.iter().collect::<Vec<_>>(), [Err(ServiceError::Gone)]);
    }
}
