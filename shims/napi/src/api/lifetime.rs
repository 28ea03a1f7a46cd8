//! What ends with an environment: cleanup hooks and instance data.

use crate::args::{Finalize, Out};
use crate::call;
use crate::env::{Env, InstanceData};
use crate::handles::Handles;
use crate::loop_side::EnvName;
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_ability::event_loop::EventLoop;
use std::cell::RefCell;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// `void (*)(void *arg)`.
type Hook = unsafe extern "C" fn(arg: *mut c_void);
/// `napi_async_cleanup_hook`.
type AsyncHook = unsafe extern "C" fn(handle: usize, arg: *mut c_void);

/// How long the end of an environment waits for what asynchronous hooks have begun.
const PATIENCE: Duration = Duration::from_secs(2);

/// A hook, in the order in which they were added.
enum Entry {
    Plain { hook: Hook, arg: *mut c_void },
    Async { handle: usize, hook: AsyncHook, arg: *mut c_void },
}

/// The hooks of a context.
#[derive(Default)]
struct Hooks(RefCell<Vec<Entry>>);

/// An asynchronous hook, named by what `napi_add_async_cleanup_hook` gives.
struct Removal {
    env: EnvName,
    started: AtomicBool,
}

static REMOVALS: Handles<Removal> = Handles::new(0x200_0000_1000);

impl Hooks {
    fn of(env: &Env) -> Rc<Hooks> {
        env.context().host_data().unwrap_or_else(|| {
            let hooks = Rc::new(Hooks::default());
            env.context().set_host_data(Rc::clone(&hooks));
            let own = Rc::clone(&hooks);
            env.on_teardown(move |env| own.run(env));
            hooks
        })
    }

    /// Runs all, the last one added first. A hook may add and remove others.
    fn run(&self, env: &Env) {
        let mut waiting = Vec::new();
        loop {
            let next = self.0.borrow_mut().pop();
            match next {
                None => break,
                Some(Entry::Plain { hook, arg }) => {
                    // SAFETY: a C function with this argument.
                    unsafe { env.call_guest(hook as *const c_void, [arg as usize, 0, 0, 0], |_| ()) };
                }
                Some(Entry::Async { handle, hook, arg }) => {
                    if let Some(removal) = REMOVALS.get(handle) {
                        removal.started.store(true, Ordering::Release);
                        waiting.push(handle);
                        // SAFETY: a C function with these arguments.
                        unsafe { env.call_guest(hook as *const c_void, [handle, arg as usize, 0, 0], |_| ()) };
                    }
                }
            }
        }
        // They say that they are done by removing themselves.
        let begun = Instant::now();
        while waiting.iter().any(|handle| REMOVALS.get(*handle).is_some()) && begun.elapsed() < PATIENCE {
            if let Some(event_loop) = EventLoop::of(env.context()) {
                event_loop.turn(env.context());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        for handle in waiting {
            if REMOVALS.remove(handle).is_some() {
                tracing::warn!("an asynchronous cleanup hook did not end in time");
            }
        }
    }
}

functions! {
    /// The finalizer of data that was there before runs now, as on the platform.
    plain fn napi_set_instance_data(env, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void) {
        let old = env.instance_data();
        env.set_instance_data(InstanceData { data, finalize, hint });
        if let Some(InstanceData { data, finalize: Some(finalize), hint }) = old {
            env.finalize(finalize, data, hint);
        }
        Ok(())
    }

    plain fn napi_get_instance_data(env, data: Out<*mut c_void>) {
        data.check()?.set(env.instance_data().map_or(std::ptr::null_mut(), |instance| instance.data));
        Ok(())
    }

    plain fn napi_add_env_cleanup_hook(env, hook: Option<Hook>, arg: *mut c_void) {
        let hook = hook.ok_or(Status::InvalidArg)?;
        Hooks::of(env).0.borrow_mut().push(Entry::Plain { hook, arg });
        Ok(())
    }

    plain fn napi_remove_env_cleanup_hook(env, hook: Option<Hook>, arg: *mut c_void) {
        let wanted = hook.ok_or(Status::InvalidArg)? as usize;
        Hooks::of(env).0.borrow_mut().retain(|entry| {
            !matches!(entry, Entry::Plain { hook, arg: own } if *hook as usize == wanted && *own == arg)
        });
        Ok(())
    }

    plain fn napi_add_async_cleanup_hook(env, hook: Option<AsyncHook>, arg: *mut c_void, result: Out<usize>) {
        let hook = hook.ok_or(Status::InvalidArg)?;
        let handle = REMOVALS.add(|_| Removal { env: EnvName::of(env), started: AtomicBool::new(false) });
        Hooks::of(env).0.borrow_mut().push(Entry::Async { handle, hook, arg });
        if let Some(result) = result.optional() {
            result.set(handle);
        }
        Ok(())
    }
}

/// From any thread, once its hook has started.
pub(crate) extern "C" fn napi_remove_async_cleanup_hook(handle: usize) -> Status {
    call::anywhere(|| -> Outcome {
        let removal = REMOVALS.remove(handle).ok_or(Status::InvalidArg)?;
        if removal.started.load(Ordering::Acquire) {
            return Ok(());
        }
        let env = removal.env.hold()?;
        Hooks::of(&env)
            .0
            .borrow_mut()
            .retain(|entry| !matches!(entry, Entry::Async { handle: own, .. } if *own == handle));
        Ok(())
    })
}
