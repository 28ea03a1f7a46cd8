//! A thread of the pool: it grows an engine and runs one task after another.

use super::job::{Event, Job, Ticket, Times};
use super::schedule::{Next, PATIENCE, Pool};
use crate::failure::Failure;
use crate::worker::serialization_error;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::seed::Seed;
use concord_ability::state::AppState;
use concord_engine::{Context, Exception, JsResult, Value};
use concord_runtime::transfer::{Copied, Message, Moved};
use concord_runtime::{FunctionName, Runtime};
use nix::time::{ClockId, clock_gettime};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// What a context of the pool knows of itself.
pub(super) struct Member {
    /// The thread's number in the pool.
    id: u64,
    /// The run that is in progress.
    pub(super) current: RefCell<Option<Progress>>,
    /// `run(function, arguments)` of the face.
    pub(super) runner: OnceCell<Value>,
    /// Functions that were called before.
    functions: RefCell<FxHashMap<FunctionName, Value>>,
}

/// A run in progress.
pub(super) struct Progress {
    pub(super) ticket: Arc<Ticket>,
    pool: Arc<Pool>,
    begun: Instant,
    /// Time of the processor that the thread had had then.
    processor: Duration,
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
    let member = Member { id, current: RefCell::default(), runner: OnceCell::new(), functions: RefCell::default() };
    grown.context.set_host_data(Rc::new(member));
    grown.event_loop.set_error_handler(|_, event_loop, exception| uncaught(event_loop, &exception));
    grown.context.on_unhandled_rejection(|_, reason| complain(&Exception(reason)));
    if let Err(exception) = grown.runtime.require("@ohos:taskpool") {
        return tracing::error!("the task pool does not start: {}", exception.describe());
    }
    rest(&grown.event_loop, pool, id);
    follow(&grown.event_loop, pool, pool.ready(id, grown.event_loop.remote()));
    if let Err(error) = grown.event_loop.run(&grown.context, RunLimits::default()) {
        tracing::error!("a thread of the task pool ends: {error}");
    }
}

/// Has the thread leave when it was idle for long.
fn rest(event_loop: &EventLoop, pool: &Arc<Pool>, id: u64) {
    let pool = Arc::clone(pool);
    event_loop.every(PATIENCE, move |context| {
        if pool.may_leave(id)
            && let Some(event_loop) = EventLoop::of(context)
        {
            event_loop.request_exit(0);
        }
        Ok(())
    });
}

fn follow(event_loop: &EventLoop, pool: &Arc<Pool>, next: Next) {
    match next {
        Next::Run(job) => {
            let pool = Arc::clone(pool);
            // In a turn of its own, so that what the last task has left behind comes first.
            event_loop.post(move |context| {
                run(context, &pool, job);
                Ok(())
            });
        }
        Next::Wait => {}
        Next::Leave => event_loop.request_exit(0),
    }
}

/// What a callback of a task has thrown (a timer, for instance) belongs to nobody: the task goes on.
fn uncaught(event_loop: &EventLoop, exception: &Exception) {
    if exception.is_termination() {
        event_loop.request_exit(0);
    } else {
        complain(exception);
    }
}

fn complain(exception: &Exception) {
    let failure = Failure::of(exception);
    tracing::error!("uncaught in a thread of the task pool: {} ({}:{})", failure.message, failure.file, failure.line);
}

/// Time of the processor that this thread has had.
fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map(Duration::from).unwrap_or_default()
}

/// Runs a task on this thread; it may go on after this returns.
pub(super) fn run(context: &Context, pool: &Arc<Pool>, job: Job) {
    let Job { ticket, function, arguments } = job;
    let Some(member) = context.host_data::<Member>() else { return };
    let begun = Instant::now();
    *ticket.started.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    if ticket.hears_start {
        ticket.tell(Event::Started);
    }
    let progress = Progress { ticket, pool: Arc::clone(pool), begun, processor: processor_time() };
    *member.current.borrow_mut() = Some(progress);
    if let Err(exception) = start(context, &member, &function, arguments)
        && !exception.is_termination()
    {
        end(context, Err(exception));
    }
}

/// The end of the run that is in progress.
pub(super) fn end(context: &Context, result: JsResult) {
    let Some(member) = context.host_data::<Member>() else { return };
    let Some(Progress { ticket, pool, begun, processor }) = member.current.borrow_mut().take() else { return };
    let result = result.and_then(|value| {
        let taken = Message::take(&value, Moved::All, Copied::None);
        taken.map_err(|exception| serialization_error(context, &exception))
    });
    let result = result.map_err(|exception| Failure::value(&exception));
    let times = Times { total: begun.elapsed(), cpu: processor_time().saturating_sub(processor) };
    ticket.tell(Event::Done { result, times });
    if let (Some(state), Some(event_loop)) = (AppState::of(context), EventLoop::of(context)) {
        let next = pool.finished(&state.seed, member.id, &ticket);
        follow(&event_loop, &pool, next);
    }
}

/// Calls the function. The face says when it has ended; not when this fails.
fn start(context: &Context, member: &Member, name: &FunctionName, arguments: Message) -> JsResult<()> {
    let missing = || Exception(context.error(concord_engine::ErrorKind::Error, "the thread has no runtime"));
    let runner = member.runner.get().cloned().ok_or_else(missing)?;
    let known = member.functions.borrow().get(name).cloned();
    let function = match known {
        Some(function) => function,
        None => {
            let function = Runtime::of(context).ok_or_else(missing)?.concurrent_function(name)?;
            member.functions.borrow_mut().insert(name.clone(), function.clone());
            function
        }
    };
    let arguments = arguments.give(context)?;
    runner.call(&context.undefined(), &[function, arguments]).map(drop)
}
