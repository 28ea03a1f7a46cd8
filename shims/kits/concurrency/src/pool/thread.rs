//! A thread of the pool: it grows an engine and runs one task after another.

use super::job::{Event, Job, Ticket, Times};
use super::schedule::{Next, PATIENCE, Pool};
use crate::failure::Failure;
use crate::worker::serialization_error;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::seed::Seed;
use concord_ability::state::AppState;
use concord_engine::{Context, Exception, JsResult, Value};
use concord_runtime::Runtime;
use concord_runtime::transfer::{Copied, Message, Moved};
use nix::time::{ClockId, clock_gettime};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// What a context of the pool knows of itself.
pub(super) struct Member {
    /// The run that is in progress.
    pub(super) current: RefCell<Option<Arc<Ticket>>>,
    /// `run(function, arguments, done, failed)` of the face.
    pub(super) runner: OnceCell<Value>,
}

/// Tells the pool when the thread ends, however it does.
struct Presence<'a> {
    seed: &'a Seed,
    pool: &'a Arc<Pool>,
    id: u64,
}

impl Drop for Presence<'_> {
    fn drop(&mut self) {
        self.pool.gone(self.seed, self.id);
    }
}

/// The whole life of a thread.
pub(super) fn live(seed: &Seed, pool: &Arc<Pool>, id: u64) {
    let _presence = Presence { seed, pool, id };
    let grown = match seed.grow() {
        Ok(grown) => grown,
        Err(error) => return tracing::error!("no engine for a thread of the task pool: {error}"),
    };
    let Some(_membership) = seed.threads.enter(&grown) else { return };
    grown.context.set_host_data(Rc::new(Member { current: RefCell::default(), runner: OnceCell::new() }));
    grown.event_loop.set_error_handler(|context, event_loop, exception| uncaught(context, event_loop, &exception));
    grown.context.on_unhandled_rejection(|promise, reason| complain(promise.context(), &Exception(reason)));
    if let Err(exception) = grown.runtime.require("@ohos:taskpool") {
        return tracing::error!("the task pool does not start: {}", exception.describe());
    }
    follow(&grown.context, &grown.event_loop, pool, id, pool.ready(id, grown.event_loop.remote()));
    if let Err(error) = grown.event_loop.run(&grown.context, RunLimits::default()) {
        tracing::error!("a thread of the task pool ends: {error}");
    }
}

fn follow(context: &Context, event_loop: &EventLoop, pool: &Arc<Pool>, id: u64, next: Next) {
    match next {
        Next::Run(job) => {
            let pool = Arc::clone(pool);
            // In a turn of its own, so that what the last task has left behind comes first.
            event_loop.post(move |context| {
                run(context, &pool, id, job);
                Ok(())
            });
        }
        Next::Wait => {
            let pool = Arc::clone(pool);
            event_loop.after(PATIENCE, move |context| {
                if pool.may_leave(id)
                    && let Some(event_loop) = EventLoop::of(context)
                {
                    event_loop.request_exit(0);
                }
                Ok(())
            });
        }
        Next::Leave => event_loop.request_exit(0),
    }
    let _ = context;
}

/// What a callback of a task has thrown (a timer, for instance) belongs to nobody: the task goes on.
fn uncaught(context: &Context, event_loop: &EventLoop, exception: &Exception) {
    if exception.is_termination() {
        event_loop.request_exit(0);
    } else {
        complain(context, exception);
    }
}

fn complain(_context: &Context, exception: &Exception) {
    let failure = Failure::of(exception);
    tracing::error!("uncaught in a thread of the task pool: {} ({}:{})", failure.message, failure.file, failure.line);
}

/// Time of the processor that this thread has had.
fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map(Duration::from).unwrap_or_default()
}

/// Runs a task on this thread; it may go on after this returns.
pub(super) fn run(context: &Context, pool: &Arc<Pool>, id: u64, job: Job) {
    let Job { ticket, function, arguments } = job;
    let (begun, processor) = (Instant::now(), processor_time());
    *ticket.started.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    ticket.tell(Event::Started);
    let Some(member) = context.host_data::<Member>() else { return };
    *member.current.borrow_mut() = Some(Arc::clone(&ticket));
    let end = {
        let (pool, ticket) = (Arc::clone(pool), Arc::clone(&ticket));
        Rc::new(move |context: &Context, result: JsResult| {
            let result = result.and_then(|value| {
                let taken = Message::take(&value, Moved::All, Copied::None);
                taken.map_err(|exception| serialization_error(context, &exception))
            });
            let result = result.map_err(|exception| Failure::value(&exception));
            let cpu = processor_time().saturating_sub(processor);
            if let Some(member) = context.host_data::<Member>() {
                *member.current.borrow_mut() = None;
            }
            ticket.tell(Event::Done { result, times: Times { total: begun.elapsed(), cpu } });
            if let (Some(state), Some(event_loop)) = (AppState::of(context), EventLoop::of(context)) {
                let next = pool.finished(&state.seed, id, &ticket);
                follow(context, &event_loop, &pool, id, next);
            }
        })
    };
    let started = start(context, &member, &function, arguments, &end);
    if let Err(exception) = started
        && !exception.is_termination()
    {
        end(context, Err(exception));
    }
}

/// Calls the function. `end` hears of the result, at once or later; not when this fails.
fn start(
    context: &Context,
    member: &Member,
    function: &concord_runtime::FunctionName,
    arguments: Message,
    end: &Rc<impl Fn(&Context, JsResult) + 'static>,
) -> JsResult<()> {
    let missing = || Exception(context.error(concord_engine::ErrorKind::Error, "the thread has no runtime"));
    let runtime = Runtime::of(context).ok_or_else(missing)?;
    let runner = member.runner.get().cloned().ok_or_else(missing)?;
    let function = runtime.concurrent_function(function)?;
    let arguments = arguments.give(context)?;
    let settle = |failed: bool| {
        let end = Rc::clone(end);
        context.function("settle", 1, move |call| {
            let value = call.arg(0);
            end(call.context, if failed { Err(Exception(value)) } else { Ok(value) });
            Ok(call.context.undefined())
        })
    };
    runner.call(&context.undefined(), &[function, arguments, settle(false), settle(true)]).map(drop)
}
