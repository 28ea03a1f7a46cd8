//! The two borders: guests that call us, and we who call guests.

use crate::args::{Callback, Finalize, Handle};
use crate::env::{Current, Env, EnvPointer};
use crate::recovery::{self, Host};
use crate::scopes::Frame;
use crate::status::{Outcome, Status};
use concord_engine::{ErrorKind, Local, LocalCall, LocalResult, Value};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// A function that may be called while an exception is pending.
#[inline]
pub(crate) fn plain(env: EnvPointer, body: impl FnOnce(&Env) -> Outcome) -> Status {
    from_guest(env, |env| {
        let status = body(env).err().unwrap_or(Status::Ok);
        env.set_last_error(status);
        status
    })
}

/// A function that may run JavaScript, and refuses while an exception is pending.
#[inline]
pub(crate) fn guarded(env: EnvPointer, body: impl FnOnce(&Env) -> Outcome) -> Status {
    from_guest(env, |env| {
        let outcome = if env.is_exception_pending() { Err(Status::PendingException) } else { body(env) };
        let status = outcome.err().unwrap_or(Status::Ok);
        env.set_last_error(status);
        status
    })
}

/// A function that leaves the last error alone.
#[inline]
pub(crate) fn quiet(env: EnvPointer, body: impl FnOnce(&Env) -> Outcome) -> Status {
    from_guest(env, |env| body(env).err().unwrap_or(Status::Ok))
}

/// A function without an environment, from any thread.
pub(crate) fn anywhere(body: impl FnOnce() -> Outcome) -> Status {
    let _host = Host::enter();
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(outcome) => outcome.err().unwrap_or(Status::Ok),
        // The panic hook has written about it.
        Err(_) => Status::GenericFailure,
    }
}

#[inline]
fn from_guest(env: EnvPointer, body: impl FnOnce(&Env) -> Status) -> Status {
    let _host = Host::enter();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let alive = env.get()?;
        if alive.depth.get() > 0 {
            return Ok(body(alive));
        }
        // No entry of ours is below: nobody else holds the environment or the engine's lock.
        let held = env.hold()?;
        Ok(held.context().job(|| body(&held)))
    }));
    match outcome {
        Ok(Ok(status) | Err(status)) => status,
        // The panic hook has written about it.
        Err(_) => Status::GenericFailure,
    }
}

/// What `napi_callback_info` points to.
pub(crate) struct CallbackInfo<'a> {
    pub(crate) call: &'a LocalCall<'a>,
    pub(crate) this: Local<'a>,
    pub(crate) data: *mut c_void,
}

impl Env {
    /// A function that calls back into the guest.
    pub fn function(&self, name: &str, callback: Callback, data: *mut c_void, constructs: bool) -> Local<'_> {
        let words = [self.pointer().word(), callback as usize, data as usize];
        self.locals().local(&self.context().local_function(name, 0, constructs, arrive, words))
    }

    /// Calls a function of the guest with handle scope, recovery and all. The result is what it returned; an exception may be
    /// pending afterwards.
    ///
    /// # Safety
    /// `function` is a C function that takes these arguments, or fewer.
    #[inline]
    unsafe fn enter(&self, function: *const c_void, arguments: [usize; 4]) -> u64 {
        let current = Current::enter(self);
        let outer_function = self.running.replace(function as usize);
        self.depth.set(self.depth.get() + 1);
        let frame = Frame::new();
        // SAFETY: the frame stays where it is until `leave_frame`.
        let outer = unsafe { self.enter_frame(&frame) };
        // SAFETY: promised by the caller; nothing between here and the guest has a destructor.
        let result = unsafe { recovery::call(function, arguments) };
        self.leave_frame(&outer);
        self.depth.set(self.depth.get() - 1);
        self.running.set(outer_function);
        drop(current);
        result
    }

    /// Calls a function of the guest from the host's side, as one job, and reports an exception that it leaves as uncaught.
    /// `with` gets the result while it is alive.
    ///
    /// # Safety
    /// `function` is a C function that takes these arguments, or fewer. Handles among them are kept alive by the caller.
    pub unsafe fn call_guest<R>(
        &self,
        function: *const c_void,
        arguments: [usize; 4],
        with: impl FnOnce(Option<Local<'_>>) -> R,
    ) -> R {
        let (result, uncaught) = self.context().job(|| {
            // SAFETY: promised by the caller.
            let result = unsafe { self.enter(function, arguments) };
            let result = Handle::from_bits(result).optional(self);
            (with(result), self.take_pending())
        });
        if let Some(error) = uncaught {
            self.report_uncaught(error);
        }
        result
    }

    /// As [`Self::call_guest`], for functions that a caller in JavaScript waits for: `Err` is the exception that it left. A null
    /// result is `None`.
    ///
    /// # Safety
    /// As for [`Self::call_guest`].
    pub unsafe fn try_call_guest(
        &self,
        function: *const c_void,
        arguments: [usize; 4],
    ) -> Result<Option<Value>, Value> {
        self.context().job(|| {
            // SAFETY: promised by the caller.
            let result = unsafe { self.enter(function, arguments) };
            match self.take_pending() {
                Some(error) => Err(error),
                None => Ok(Handle::from_bits(result).optional(self).map(|value| self.locals().value(value))),
            }
        })
    }

    /// Runs `work` with a handle scope of its own and as one job: for hosts that call functions of guests by other ways than
    /// [`Self::call_guest`].
    pub fn with_scope<R>(&self, work: impl FnOnce() -> R) -> R {
        self.context().job(|| {
            self.depth.set(self.depth.get() + 1);
            let frame = Frame::new();
            // SAFETY: the frame stays where it is until `leave_frame`.
            let outer = unsafe { self.enter_frame(&frame) };
            let result = work();
            self.leave_frame(&outer);
            self.depth.set(self.depth.get() - 1);
            result
        })
    }

    /// Calls a finalizer.
    pub(crate) fn finalize(&self, finalize: Finalize, data: *mut c_void, hint: *mut c_void) {
        let arguments = [self.pointer().word(), data as usize, hint as usize, 0];
        // SAFETY: a finalizer takes these three.
        unsafe { self.call_guest(finalize as *const c_void, arguments, |_| ()) }
    }
}

/// Where calls of functions made by [`Env::function`] arrive.
fn arrive<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let [env, callback, data] = call.data;
    // SAFETY: put there by `Env::function`.
    let held = unsafe { EnvPointer::from_word(env) }.hold();
    let Ok(env) = held else {
        return Err(call.locals.error(ErrorKind::Error, "the native function's environment has ended"));
    };
    if env.depth.get() == 0 {
        env.sweep();
    }
    let mut this = call.this;
    if let Some(target) = call.new_target {
        let prototype = call.locals.get(target, call.locals.key("prototype"))?;
        this = call.locals.object_with_prototype(prototype)?;
    }
    let info = CallbackInfo { call, this, data: data as *mut c_void };
    let arguments = [env.pointer().word(), ptr::from_ref(&info) as usize, 0, 0];
    // SAFETY: `callback` is a `napi_callback`, which takes these two.
    let result = unsafe { env.enter(callback as *const c_void, arguments) };
    if let Some(error) = env.take_pending() {
        return Err(call.locals.local(&error));
    }
    // SAFETY: the guest returns a handle of a scope that has ended this moment; nothing was collected since.
    let result = unsafe { Local::from_raw(result) };
    Ok(match call.new_target {
        // As for functions in JavaScript, an object that is returned takes the place of the new one.
        Some(_) => result.filter(|result| call.locals.is_object(*result)).unwrap_or(this),
        None => result.unwrap_or(Local::UNDEFINED),
    })
}

/// Gives the innermost call of native code on this thread up: its caller gets an Error with `message`. Comes back, with `false`, when
/// there is no such call, or when other code than the guest's would have to be abandoned with it.
///
/// The frames between here and the guest's are dropped as they are: what they own leaks, and a lock that they hold stays locked.
pub fn abandon_call(message: &str) -> bool {
    if !recovery::can_give_up() {
        return false;
    }
    let Ok(env) = Current::get().get() else { return false };
    env.pend_error(ErrorKind::Error, message);
    // SAFETY: the frames above the entry are the guest's, and those of whoever reports its call of a missing function.
    unsafe { recovery::give_up() };
    false
}
