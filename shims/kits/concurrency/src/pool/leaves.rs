//! What `@ohos:taskpool` calls.

use super::job::{Event, Job, Listener, Ticket};
use super::queue::IDLE;
use super::schedule::Pool;
use super::thread::{self, Member};
use crate::worker::serialization_error;
use concord_ability::event_loop::EventLoop;
use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, Exception, JsResult, Value};
use concord_runtime::face::{index_arg, text_arg};
use concord_runtime::transfer::{Copied, Message, Moved};
use concord_runtime::{Native, Runtime};
use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(crate) const NATIVES: &[(&str, Native)] = &[
    ("listen", listen),
    ("runner", runner),
    ("done", done),
    ("failed", failed),
    ("number", number),
    ("isConcurrent", is_concurrent),
    ("submit", submit),
    ("cancel", cancel),
    ("cancelTask", cancel_task),
    ("hearData", hear_data),
    ("release", release),
    ("facts", facts),
    ("isCanceled", is_canceled),
    ("sendData", send_data),
];

fn pool(call: &Call<'_>) -> JsResult<Arc<Pool>> {
    Ok(AppState::of_call(call)?.seed.common::<Pool>())
}

/// `listen(deliver)`: on threads that have tasks run.
fn listen(call: &Call<'_>) -> JsResult {
    let _ = Listener::of(call.context).0.set(call.arg(0));
    Ok(call.context.undefined())
}

/// `runner(run)`: on threads of the pool; elsewhere nothing.
fn runner(call: &Call<'_>) -> JsResult {
    if let Some(member) = call.context.host_data::<Member>() {
        let _ = member.runner.set(call.arg(0));
    }
    Ok(call.context.undefined())
}

/// `done(result)`: of the task that runs on this thread.
fn done(call: &Call<'_>) -> JsResult {
    thread::end(call.context, Ok(call.arg(0)));
    Ok(call.context.undefined())
}

/// `failed(error)`: of the task that runs on this thread.
fn failed(call: &Call<'_>) -> JsResult {
    thread::end(call.context, Err(Exception(call.arg(0))));
    Ok(call.context.undefined())
}

/// `number()`: one that no other task or run of the process has.
fn number(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(pool(call)?.number() as f64))
}

/// `isConcurrent(f)`
fn is_concurrent(call: &Call<'_>) -> JsResult {
    let name = Runtime::of(call.context).and_then(|runtime| runtime.concurrent_name(&call.arg(0)));
    Ok(call.context.boolean(name.is_some()))
}

/// `submit(task, name, function, arguments, priority, long, transfer, copied, hearsData, hearsStart)`: the number of the run.
/// Without a list of what is transferred, all buffers are.
fn submit(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let state = AppState::of_call(call)?;
    let (Some(runtime), Some(event_loop)) = (Runtime::of(context), EventLoop::of(context)) else {
        return Err(business_error(context, 10_200_003, "Worker initialization failed."));
    };
    let function = runtime
        .concurrent_name(&call.arg(2))
        .ok_or_else(|| business_error(context, 10_200_014, "The function is not marked as concurrent."))?;
    let (transfer, copied) = (call.arg(6), call.arg(7));
    let moved = if transfer.is_object() { Moved::Listed(&transfer) } else { Moved::All };
    let copied = if copied.is_object() { Copied::Listed(&copied) } else { Copied::None };
    let arguments =
        Message::take(&call.arg(3), moved, copied).map_err(|exception| serialization_error(context, &exception))?;
    let pool = state.seed.common::<Pool>();
    let run = pool.number();
    let (task, long) = (index_arg(call, 0) as u64, call.arg(5).to_boolean());
    let mut ticket = Ticket::new(run, task, text_arg(call, 1)?, long, event_loop.remote());
    ticket.hears_data.store(call.arg(8).to_boolean(), Ordering::Relaxed);
    ticket.hears_start = call.arg(9).to_boolean();
    let job = Job { ticket: Arc::new(ticket), function, arguments };
    pool.submit(&state.seed, index_arg(call, 4).min(IDLE), job);
    Ok(context.number(run as f64))
}

/// `cancel(run)`: whether there was such a run.
fn cancel(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(pool(call)?.cancel(index_arg(call, 0) as u64)))
}

/// `cancelTask(task)`: the same for the last run of a task of any thread.
fn cancel_task(call: &Call<'_>) -> JsResult {
    let pool = pool(call)?;
    let run = pool.run_of(index_arg(call, 0) as u64);
    Ok(call.context.boolean(run.is_some_and(|run| pool.cancel(run))))
}

/// `hearData(run, hears)`
fn hear_data(call: &Call<'_>) -> JsResult {
    pool(call)?.hear_data(index_arg(call, 0) as u64, call.arg(1).to_boolean());
    Ok(call.context.undefined())
}

/// `release(task)`: a long task's thread may go.
fn release(call: &Call<'_>) -> JsResult {
    pool(call)?.release(index_arg(call, 0) as u64);
    Ok(call.context.undefined())
}

/// `facts()`: `[[[tid, [task, …]], …], [[task, name, milliseconds or undefined while it waits, canceled], …]]`
fn facts(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let (threads, tasks) = pool(call)?.facts();
    let number = |number: u64| context.number(number as f64);
    let threads: Vec<Value> = threads
        .into_iter()
        .map(|thread| {
            let tasks: Vec<Value> = thread.tasks.into_iter().map(number).collect();
            context.array(&[context.number(f64::from(thread.tid)), context.array(&tasks)])
        })
        .collect();
    let tasks: Vec<Value> = tasks
        .into_iter()
        .map(|task| {
            let running = task.running.map(|time| context.number(time.as_millis() as f64));
            let running = running.unwrap_or_else(|| context.undefined());
            context.array(&[number(task.task), context.string(&task.name), running, context.boolean(task.canceled)])
        })
        .collect();
    Ok(context.array(&[context.array(&threads), context.array(&tasks)]))
}

/// `isCanceled()`: of the task that runs on this thread.
fn is_canceled(call: &Call<'_>) -> JsResult {
    let member = call.context.host_data::<Member>();
    let canceled =
        member.is_some_and(|member| member.current.borrow().as_ref().is_some_and(|run| run.ticket.is_canceled()));
    Ok(call.context.boolean(canceled))
}

/// `sendData(arguments)`
fn send_data(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let Some(member) = context.host_data::<Member>() else {
        return Err(business_error(context, 10_200_022, "The function is not called in the TaskPool thread."));
    };
    let ticket = member.current.borrow().as_ref().map(|progress| Arc::clone(&progress.ticket));
    let Some(ticket) = ticket else {
        return Err(business_error(context, 10_200_023, "The function is not called in the concurrent function."));
    };
    let data = Message::take(&call.arg(0), Moved::None, Copied::None)
        .map_err(|exception| serialization_error(context, &exception))?;
    if !ticket.hears_data.load(Ordering::Acquire) {
        return Err(business_error(context, 10_200_024, "The callback is not registered on the host side."));
    }
    ticket.tell(Event::Data(data));
    Ok(context.undefined())
}
