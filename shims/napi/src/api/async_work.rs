//! Asynchronous work: `execute` on a thread of the pool, then `complete` on the thread of the environment.

use crate::args::{Handle, Out};
use crate::env::EnvPointer;
use crate::handles::Handles;
use crate::loop_side::{EnvName, LoopSide, Word};
use crate::pool::{self, Qos, Ticket};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_ability::event_loop::Hold;
use concord_engine::JsResult;
use std::ffi::c_void;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// `napi_async_execute_callback`.
pub(crate) type Execute = unsafe extern "C" fn(env: EnvPointer, data: *mut c_void);
/// `napi_async_complete_callback`.
pub(crate) type Complete = unsafe extern "C" fn(env: EnvPointer, status: i32, data: *mut c_void);

/// A `napi_async_work`.
struct Work {
    env: EnvName,
    side: Arc<LoopSide>,
    execute: Execute,
    complete: Option<Complete>,
    data: Word,
    phase: Mutex<Phase>,
}

enum Phase {
    /// May be queued; after completion again.
    Ready,
    /// Waits for a thread. The hold keeps the loop from being idle.
    Queued(Option<Ticket>, Hold),
    /// Executes, or waits for the loop.
    Running,
    /// Deleted: what is under way ends quietly.
    Deleted,
}

static WORK: Handles<Work> = Handles::new(0x1000);

impl Work {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn queue(handle: usize, qos: Qos) -> Outcome {
    let work = WORK.get(handle).ok_or(Status::InvalidArg)?;
    let mut phase = work.phase();
    if !matches!(*phase, Phase::Ready) {
        return Err(Status::GenericFailure);
    }
    *phase = Phase::Queued(None, work.side.hold());
    // The job begins with this lock, so it finds the ticket in place.
    let job = Arc::clone(&work);
    let ticket = pool::pool().submit(qos, move || execute(handle, &job));
    match (ticket, &mut *phase) {
        (Ok(ticket), Phase::Queued(place, _)) => {
            *place = Some(ticket);
            Ok(())
        }
        (Ok(_), _) => Ok(()),
        (Err(error), _) => {
            tracing::warn!("asynchronous work cannot be started: {error}");
            *phase = Phase::Ready;
            Err(Status::GenericFailure)
        }
    }
}

/// On a thread of the pool.
fn execute(handle: usize, work: &Arc<Work>) {
    let hold = {
        let mut phase = work.phase();
        match std::mem::replace(&mut *phase, Phase::Running) {
            Phase::Queued(_, hold) => hold,
            other => {
                *phase = other;
                return;
            }
        }
    };
    // SAFETY: a C function of the guest with its own data; the pointer to the environment is only passed on.
    unsafe { (work.execute)(work.env.pointer(), work.data.pointer()) };
    post_completion(handle, work, Status::Ok, hold);
}

fn post_completion(handle: usize, work: &Arc<Work>, status: Status, hold: Hold) {
    let done = Arc::clone(work);
    work.side.post(move |_, _| {
        let _hold = hold;
        finish(handle, &done, status)
    });
}

/// On the thread of the environment.
fn finish(handle: usize, work: &Work, status: Status) -> JsResult<()> {
    {
        let mut phase = work.phase();
        if WORK.get(handle).is_none() || matches!(*phase, Phase::Deleted) {
            return Ok(());
        }
        *phase = Phase::Ready;
    }
    if let (Some(complete), Ok(env)) = (work.complete, work.env.hold()) {
        let arguments = [env.pointer().word(), status as usize, work.data.0, 0];
        // SAFETY: a C function of the guest with these arguments.
        unsafe { env.call_guest(complete as *const c_void, arguments, |_| ()) };
    }
    Ok(())
}

functions! {
    /// Resource and its name are for observers, of which there are none.
    plain fn napi_create_async_work(env, _resource: Handle, name: Handle, execute: Option<Execute>, complete: Option<Complete>, data: *mut c_void, result: Out<usize>) {
        name.get(env)?;
        let execute = execute.ok_or(Status::InvalidArg)?;
        let result = result.check()?;
        let side = LoopSide::of(env.context()).ok_or(Status::GenericFailure)?;
        let (env, data) = (EnvName::of(env), Word(data as usize));
        let phase = Mutex::new(Phase::Ready);
        result.set(WORK.add(|_| Work { env, side, execute, complete, data, phase }));
        Ok(())
    }

    /// What is under way is not stopped, but `complete` is not called any more.
    plain fn napi_delete_async_work(_env, work: usize) {
        let work = WORK.remove(work).ok_or(Status::InvalidArg)?;
        let before = std::mem::replace(&mut *work.phase(), Phase::Deleted);
        if let Phase::Queued(Some(ticket), _) = before {
            pool::pool().cancel(ticket);
        }
        Ok(())
    }

    plain fn napi_queue_async_work(_env, work: usize) {
        queue(work, Qos::Default)
    }

    plain fn napi_queue_async_work_with_qos(_env, work: usize, qos: i32) {
        queue(work, Qos::from_raw(qos).ok_or(Status::InvalidArg)?)
    }

    /// takes back what has not begun; `complete` then hears of it.
    plain fn napi_cancel_async_work(_env, handle: usize) {
        let work = WORK.get(handle).ok_or(Status::InvalidArg)?;
        let mut phase = work.phase();
        let Phase::Queued(Some(ticket), _) = &*phase else { return Err(Status::GenericFailure) };
        if !pool::pool().cancel(*ticket) {
            return Err(Status::GenericFailure);
        }
        if let Phase::Queued(_, hold) = std::mem::replace(&mut *phase, Phase::Running) {
            post_completion(handle, &work, Status::Cancelled, hold);
        }
        Ok(())
    }
}
