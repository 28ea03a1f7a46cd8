//! `callGlobalCallObjectMethod`: a worker calls an object of its host and waits for the result.

use super::{Scope, Worker, deliver, not_running, serialization_error};
use concord_ability::state::business_error;
use concord_engine::{Call, Context, JsResult};
use concord_runtime::face::text_arg;
use concord_runtime::transfer::{Copied, Message, Moved};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest that a call waits, and how long where nothing sensible is said.
const LONGEST: Duration = Duration::from_millis(5000);

/// What the host answered: a value, or code and text of an error.
type Answer = Result<Message, (i64, String)>;

#[derive(Default)]
struct Reply {
    answer: Mutex<Option<Answer>>,
    given: Condvar,
}

impl Reply {
    fn give(&self, answer: Answer) {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(answer);
        self.given.notify_all();
    }

    fn wait(&self, limit: Duration) -> Option<Answer> {
        let deadline = Instant::now() + limit;
        let mut answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(answer) = answer.take() {
                return Some(answer);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            answer = self.given.wait_timeout(answer, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// The call that a worker waits for.
#[derive(Default)]
pub(super) struct PendingCalls(Mutex<Option<Arc<Reply>>>);

impl PendingCalls {
    /// The worker ends: it shall not wait.
    pub(super) fn abandon(&self) {
        if let Some(reply) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            reply.give(Err((10_200_004, "The Worker instance is not running.".to_owned())));
        }
    }

    fn set(&self, reply: Option<Arc<Reply>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reply;
    }
}

/// `callHost(instance, method, timeout, arguments)`: what the method gave.
pub(super) fn call_host(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let scope = context.host_data::<Scope>().ok_or_else(|| not_running(context))?;
    let (instance, method) = (text_arg(call, 0)?, text_arg(call, 1)?);
    let limit =
        call.arg(2).as_f64().filter(|limit| *limit >= 1.0).map(|limit| Duration::from_micros((limit * 1e3) as u64));
    let limit = limit.map_or(LONGEST, |limit| limit.min(LONGEST));
    let arguments = Message::take(&call.arg(3), Moved::None, Copied::None)
        .map_err(|exception| serialization_error(context, &exception))?;
    let reply = Arc::new(Reply::default());
    scope.worker.calls.set(Some(Arc::clone(&reply)));
    let (worker, answer) = (Arc::clone(&scope.worker), Arc::clone(&reply));
    let posted = scope.host.post(move |context, _| {
        answer.give(answer_of(context, &worker, &instance, &method, arguments));
        Ok(())
    });
    let answer = if posted && !scope.worker.has_ended() { reply.wait(limit) } else { None };
    scope.worker.calls.set(None);
    match answer {
        Some(Ok(result)) => result.give(context),
        Some(Err((code, text))) => Err(business_error(context, code, &text)),
        None if scope.worker.has_ended() => Err(not_running(context)),
        None => Err(business_error(context, 10_200_021, "The global call exceeds the timeout.")),
    }
}

/// Runs on the host's thread.
fn answer_of(context: &Context, worker: &Worker, instance: &str, method: &str, arguments: Message) -> Answer {
    let failed = |exception: concord_engine::Exception| {
        let code = exception.0.get("code").ok().and_then(|code| code.as_i64()).unwrap_or(10_200_020);
        let text = exception.0.get("message").ok().and_then(|text| text.as_string());
        (code, text.unwrap_or_else(|| exception.headline()))
    };
    let arguments = arguments.give(context).map_err(failed)?;
    let values = [context.string(instance), context.string(method), arguments];
    let result = deliver(context, worker.id, "call", &values).map_err(failed)?;
    Message::take(&result, Moved::None, Copied::None)
        .map_err(|exception| failed(serialization_error(context, &exception)))
}
