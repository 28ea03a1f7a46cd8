//! Thread-safe functions: any thread may have one called on the thread of its environment.

use crate::args::{Finalize, Handle, Out};
use crate::call;
use crate::env::{Env, EnvPointer};
use crate::handles::Handles;
use crate::loop_side::{EnvName, LoopSide, Urgent, Word};
use crate::queue::{Next, Queue, Refusal};
use crate::status::Status;
use crate::table::functions;
use concord_ability::event_loop::{EventLoop, Hold};
use concord_engine::{Kind, Value};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// `napi_threadsafe_function_call_js`.
pub(crate) type CallJs =
    unsafe extern "C" fn(env: EnvPointer, function: Handle, context: *mut c_void, data: *mut c_void);

/// Most threads that a function may be made for, as on the platform.
const MAX_THREADS: usize = 128;
/// Entries that are delivered before other tasks of the loop have their turn.
const TURN: usize = 1000;

/// A `napi_threadsafe_function`.
struct Function {
    handle: usize,
    env: EnvName,
    side: Arc<LoopSide>,
    queue: Queue<Word>,
    call_js: Option<CallJs>,
    context: Word,
    finalize: Option<Finalize>,
    finalize_data: Word,
    /// Keeps the loop from being idle; `None` after `napi_unref_threadsafe_function`, and at the end.
    hold: Mutex<Option<Hold>>,
}

static FUNCTIONS: Handles<Function> = Handles::new(0x100_0000_1000);

/// The script side of thread-safe functions of a context.
#[derive(Default)]
struct Callbacks(RefCell<FxHashMap<usize, Value>>);

impl Callbacks {
    fn of(env: &Env) -> Rc<Callbacks> {
        env.context().host_data().unwrap_or_else(|| {
            let callbacks = Rc::new(Callbacks::default());
            env.context().set_host_data(Rc::clone(&callbacks));
            env.on_teardown(tear_down);
            callbacks
        })
    }
}

/// From any thread.
pub(crate) extern "C" fn napi_get_threadsafe_function_context(function: usize, result: Out<*mut c_void>) -> Status {
    call::anywhere(|| {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        result.check()?.set(function.context.0 as *mut c_void);
        Ok(())
    })
}

/// From any thread; `mode` 1 waits for room.
pub(crate) extern "C" fn napi_call_threadsafe_function(function: usize, data: *mut c_void, mode: i32) -> Status {
    call::anywhere(|| {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        match function.queue.push(Word(data as usize), mode == 1, function.side.is_here()) {
            Ok(wake) => {
                if wake && !function.wake() {
                    return Err(Status::GenericFailure);
                }
                Ok(())
            }
            Err(Refusal::Full) => Err(Status::QueueFull),
            Err(Refusal::Deadlock) => Err(Status::WouldDeadlock),
            Err(Refusal::Closing) => {
                function.forget();
                Err(Status::Closing)
            }
            Err(Refusal::Unused) => Err(Status::InvalidArg),
        }
    })
}

/// From any thread.
pub(crate) extern "C" fn napi_call_threadsafe_function_with_priority(
    function: usize,
    data: *mut c_void,
    priority: i32,
    is_tail: bool,
) -> Status {
    call::anywhere(|| {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        let priority = usize::try_from(priority).map_err(|_| Status::InvalidArg)?;
        if !function.queue.is_open() {
            return Err(Status::Closing);
        }
        let call = Urgent { function: function.handle, data: Word(data as usize) };
        if !function.side.push_urgent(priority, is_tail, call) {
            return Err(Status::InvalidArg);
        }
        let side = Arc::clone(&function.side);
        let posted = function.side.post(move |_, event_loop| {
            if let Some(call) = side.pop_urgent()
                && let Some(function) = FUNCTIONS.get(call.function)
            {
                function.deliver(event_loop, call.data);
            }
            Ok(())
        });
        if posted { Ok(()) } else { Err(Status::GenericFailure) }
    })
}

/// From any thread.
pub(crate) extern "C" fn napi_acquire_threadsafe_function(function: usize) -> Status {
    call::anywhere(|| {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        function.queue.acquire().map_err(|_| Status::GenericFailure)
    })
}

/// From any thread; `mode` 1 aborts.
pub(crate) extern "C" fn napi_release_threadsafe_function(function: usize, mode: i32) -> Status {
    call::anywhere(|| {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        match function.queue.release(mode == 1) {
            Ok(true) if !function.wake() => Err(Status::GenericFailure),
            Ok(_) => Ok(()),
            Err(_) => {
                function.forget();
                Err(Status::GenericFailure)
            }
        }
    })
}

impl Function {
    /// Has the loop deliver. False when there is none any more.
    fn wake(self: &Arc<Self>) -> bool {
        let function = Arc::clone(self);
        self.side.post(move |_, event_loop| {
            function.turn(event_loop);
            Ok(())
        })
    }

    /// Forgets it when nobody can name it any more.
    fn forget(&self) {
        if self.queue.is_forgotten() {
            FUNCTIONS.remove(self.handle);
        }
    }

    fn turn(self: &Arc<Self>, event_loop: &EventLoop) {
        // One more than there are, to notice that the last thread has left.
        let count = self.queue.begin_turn().min(TURN) + 1;
        for _ in 0..count {
            match self.queue.next() {
                Next::Deliver(data) => self.deliver(event_loop, data),
                Next::Wait => break,
                Next::Close(rest) => return self.close(rest),
            }
            if event_loop.exit_requested().is_some() {
                break;
            }
        }
        if self.queue.end_turn() {
            self.wake();
        }
    }

    /// Calls the function once; what is thrown is an uncaught error of the app.
    fn deliver(&self, event_loop: &EventLoop, data: Word) {
        let Ok(env) = self.env.hold() else { return };
        // Contexts share a loop: that of the environment need not be the one that runs its tasks.
        let context = env.context();
        let callback = Callbacks::of(&env).0.borrow().get(&self.handle).cloned();
        match (self.call_js, callback) {
            (Some(call_js), callback) => {
                let function = callback.as_ref().map_or(0, |callback| env.locals().local(callback).raw() as usize);
                let arguments = [env.pointer().word(), function, self.context.0, data.0];
                // SAFETY: a C function of the guest with these arguments; `callback` keeps the handle alive.
                unsafe { env.call_guest(call_js as *const c_void, arguments, |_| ()) };
            }
            (None, Some(callback)) => {
                if let Err(exception) = callback.call(&context.undefined(), &[]) {
                    event_loop.report(context, exception);
                }
            }
            (None, None) => {}
        }
    }

    /// Finalizes, then gives up what is still in the queue.
    fn close(&self, rest: impl IntoIterator<Item = Word>) {
        if let Ok(env) = self.env.hold() {
            Callbacks::of(&env).0.borrow_mut().remove(&self.handle);
            if let Some(finalize) = self.finalize {
                env.finalize(finalize, self.finalize_data.pointer(), self.context.pointer());
            }
            if let Some(call_js) = self.call_js {
                for data in rest {
                    // Null for environment and function means that the data is only to be freed.
                    // SAFETY: a C function of the guest with these arguments.
                    unsafe { env.call_guest(call_js as *const c_void, [0, 0, self.context.0, data.0], |_| ()) };
                }
            }
        }
        self.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.forget();
    }
}

/// Ends those of an environment.
fn tear_down(env: &Env) {
    let Some(side) = LoopSide::known(env.context()) else { return };
    for function in FUNCTIONS.find(|function| Arc::ptr_eq(&function.side, &side)) {
        if let Some(rest) = function.queue.abandon() {
            function.close(rest);
        }
    }
}

functions! {
    plain fn napi_create_threadsafe_function(env, function: Handle, _resource: Handle, name: Handle, max_queue_size: usize, initial_thread_count: usize, finalize_data: *mut c_void, finalize: Option<Finalize>, context: *mut c_void, call_js: Option<CallJs>, result: Out<usize>) {
        name.get(env)?;
        if initial_thread_count == 0 || initial_thread_count > MAX_THREADS {
            return Err(Status::InvalidArg);
        }
        let result = result.check()?;
        let function = match function.optional(env) {
            Some(function) if env.locals().kind(function) == Kind::Function => Some(function.to_value(env.context())),
            Some(_) => return Err(Status::FunctionExpected),
            None if call_js.is_none() => return Err(Status::InvalidArg),
            None => None,
        };
        let side = LoopSide::of(env.context()).ok_or(Status::GenericFailure)?;
        let handle = FUNCTIONS.add(|handle| Function {
            handle,
            env: EnvName::of(env),
            hold: Mutex::new(Some(side.hold())),
            side,
            queue: Queue::new(max_queue_size, initial_thread_count),
            call_js,
            context: Word(context as usize),
            finalize,
            finalize_data: Word(finalize_data as usize),
        });
        let callbacks = Callbacks::of(env);
        if let Some(function) = function {
            callbacks.0.borrow_mut().insert(handle, function);
        }
        result.set(handle);
        Ok(())
    }

    /// The app is busy as long as it is there.
    plain fn napi_ref_threadsafe_function(_env, function: usize) {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        if !function.side.is_here() {
            return Err(Status::GenericFailure);
        }
        let mut hold = function.hold.lock().unwrap_or_else(PoisonError::into_inner);
        if function.queue.is_open() && hold.is_none() {
            *hold = Some(function.side.hold());
        }
        Ok(())
    }

    /// The app may be idle although it is there.
    plain fn napi_unref_threadsafe_function(_env, function: usize) {
        let function = FUNCTIONS.get(function).ok_or(Status::InvalidArg)?;
        if !function.side.is_here() {
            return Err(Status::GenericFailure);
        }
        function.hold.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(())
    }
}
