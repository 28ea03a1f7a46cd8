//! Engines on threads of the guest, further contexts, event loops.

use crate::args::Out;
use crate::call;
use crate::env::{Env, EnvPointer, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::seed::{Seed, ThreadRuntime};
use concord_engine::Context;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most engines on threads of the guest, as on the platform.
const MAX_RUNTIMES: usize = 64;
/// `napi_event_mode_nowait`.
const NO_WAIT: i32 = 1;

static SEED: OnceLock<Seed> = OnceLock::new();
static RUNTIMES: AtomicUsize = AtomicUsize::new(0);
static UV_LOOP: OnceLock<fn(&Context) -> *mut c_void> = OnceLock::new();

thread_local! {
    /// The engine that the guest has made on this thread.
    static RUNTIME: RefCell<Option<ThreadRuntime>> = const { RefCell::new(None) };
    /// Contexts that the guest has made on this thread, by the words of their environments.
    static CONTEXTS: RefCell<Vec<(usize, Context)>> = const { RefCell::new(Vec::new()) };
    /// The environment that was switched to; 0 for the thread's first one.
    static SWITCHED_TO: Cell<usize> = const { Cell::new(0) };
}

/// Most contexts that a guest may make on a thread.
const MAX_CONTEXTS: usize = 1000;

/// Whether the environment is that of a context which the guest has made.
fn is_further(env: &Env) -> bool {
    let word = env.pointer().word();
    CONTEXTS.with_borrow(|contexts| contexts.iter().any(|(own, _)| *own == word))
}

/// Says what engines on other threads grow from; the first one counts.
pub(crate) fn set_seed(seed: &Seed) {
    SEED.get_or_init(|| seed.clone());
}

/// Name of the app's main module.
pub(crate) fn main_module() -> Option<String> {
    SEED.get().map(|seed| seed.packages.entry().module().module.name.clone())
}

/// Says what gives `napi_get_uv_event_loop` the `uv_loop_t` of a context's loop, or null.
pub fn set_uv_event_loop(find: fn(&Context) -> *mut c_void) {
    // The one that is there is as good.
    let _ = UV_LOOP.set(find);
}

/// Whether the environment is one that this thread has made with `napi_create_ark_runtime`.
fn is_own(env: &Env) -> bool {
    RUNTIME.with(|runtime| {
        let runtime = runtime.borrow();
        runtime.as_ref().is_some_and(|runtime| Env::of(&runtime.context).pointer().word() == env.pointer().word())
    })
}

functions! {
    /// Runs until nothing is left to do (mode 0), or what is due (mode 1). Only for environments of `napi_create_ark_runtime`.
    plain fn napi_run_event_loop(env, mode: i32) {
        if !(0..=NO_WAIT).contains(&mode) {
            return Err(Status::InvalidArg);
        }
        if !is_own(env) {
            return Err(Status::GenericFailure);
        }
        let event_loop = EventLoop::of(env.context()).ok_or(Status::InvalidArg)?;
        if event_loop.is_running() {
            return Ok(());
        }
        if mode == NO_WAIT {
            event_loop.turn(env.context());
            return Ok(());
        }
        let limits = RunLimits { until_idle: true, deadline: None };
        event_loop.run(env.context(), limits).map_err(|_| Status::GenericFailure)?;
        event_loop.resume();
        Ok(())
    }

    plain fn napi_stop_event_loop(env) {
        if !is_own(env) {
            return Err(Status::GenericFailure);
        }
        let event_loop = EventLoop::of(env.context()).ok_or(Status::InvalidArg)?;
        if event_loop.is_running() {
            event_loop.request_exit(0);
        }
        Ok(())
    }

    /// A further global object, with nothing of the app in it. Only the main environment makes one.
    guarded fn napi_create_ark_context(env, result: Out<EnvPointer>) {
        let result = result.check()?;
        if is_own(env) || is_further(env) {
            return Err(Status::InvalidArg);
        }
        if CONTEXTS.with_borrow(Vec::len) >= MAX_CONTEXTS {
            return Err(Status::GenericFailure);
        }
        let context = env.context().sibling().map_err(|_| Status::GenericFailure)?;
        if let Some(event_loop) = EventLoop::of(env.context()) {
            context.set_host_data(Rc::new(event_loop));
        }
        crate::modules::install_globals(&context).or_pend(env)?;
        let pointer = Env::of(&context).pointer();
        CONTEXTS.with_borrow_mut(|contexts| contexts.push((pointer.word(), context)));
        result.set(pointer);
        Ok(())
    }

    /// Every function runs in the context of its environment; what is switched to only cannot be destroyed.
    guarded fn napi_switch_ark_context(env) {
        SWITCHED_TO.set(if is_further(env) { env.pointer().word() } else { 0 });
        Ok(())
    }

    /// Neither the first context of a thread nor the one that was switched to can be destroyed.
    guarded fn napi_destroy_ark_context(env) {
        let word = env.pointer().word();
        if !is_further(env) || SWITCHED_TO.get() == word || env.is_running() {
            return Err(Status::InvalidArg);
        }
        let context = CONTEXTS.with_borrow_mut(|contexts| {
            let place = contexts.iter().position(|(own, _)| *own == word)?;
            Some(contexts.swap_remove(place).1)
        });
        if let Some(context) = context {
            crate::modules::tear_down(&context);
            context.dispose();
        }
        Ok(())
    }

    plain fn napi_get_uv_event_loop(env, result: Out<*mut c_void>) {
        let result = result.check()?;
        let find = UV_LOOP.get().ok_or(Status::GenericFailure)?;
        let found = find(env.context());
        if found.is_null() {
            return Err(Status::GenericFailure);
        }
        result.set(found);
        Ok(())
    }
}

/// An engine of its own for a thread of the guest; the platform allows 64.
pub(crate) extern "C" fn napi_create_ark_runtime(result: Out<EnvPointer>) -> Status {
    call::anywhere(|| {
        let result = result.check()?;
        let seed = SEED.get().ok_or(Status::InvalidArg)?;
        if RUNTIME.with(|runtime| runtime.borrow().is_some()) || Env::is_on_this_thread() {
            return Err(Status::CreateArkRuntimeOnlyOneEnvPerThread);
        }
        if RUNTIMES.fetch_add(1, Ordering::AcqRel) >= MAX_RUNTIMES {
            RUNTIMES.fetch_sub(1, Ordering::AcqRel);
            return Err(Status::CreateArkRuntimeTooManyEnvs);
        }
        let grown = match seed.grow() {
            Ok(grown) => grown,
            Err(error) => {
                RUNTIMES.fetch_sub(1, Ordering::AcqRel);
                tracing::warn!("no ArkTS runtime for a thread of the app: {error}");
                return Err(Status::GenericFailure);
            }
        };
        grown.event_loop.count_intervals();
        result.set(Env::of(&grown.context).pointer());
        RUNTIME.set(Some(grown));
        Ok(())
    })
}

/// Ends an engine of this thread, and nulls the pointer to it.
pub(crate) extern "C" fn napi_destroy_ark_runtime(env: Out<EnvPointer>) -> Status {
    call::anywhere(|| -> Outcome {
        let place = env.check()?;
        let held = place.read().hold().map_err(|_| Status::DestroyArkRuntimeEnvNotExist)?;
        if !is_own(&held) {
            return Err(Status::DestroyArkRuntimeEnvNotExist);
        }
        if held.is_running() {
            return Err(Status::GenericFailure);
        }
        let runtime = RUNTIME.take();
        crate::modules::tear_down(held.context());
        drop(held);
        drop(runtime);
        RUNTIMES.fetch_sub(1, Ordering::AcqRel);
        place.set(EnvPointer::null());
        Ok(())
    })
}
