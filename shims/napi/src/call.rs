//! The two borders: guests that call us, and we who call guests.

use crate::args::{Callback, Finalize, Handle};
use crate::env::{Env, EnvPointer};
use crate::recovery::{self, Host};
use crate::scopes::Entry;
use crate::status::{Outcome, Status};
use concord_engine::{ErrorKind, Local, LocalCall, LocalResult, Locals, Value};
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
        if alive.is_running() {
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
    #[inline(always)]
    unsafe fn enter(&self, function: *const c_void, arguments: [usize; 4]) -> u64 {
        let entry = Entry::new(self, function as usize);
        // SAFETY: promised by the caller; nothing between here and the guest has a destructor.
        entry.run(|| unsafe { recovery::call(&entry, function, arguments) })
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
        self.context().job(|| Entry::new(self, 0).run(work))
    }

    /// Calls a finalizer.
    pub(crate) fn finalize(&self, finalize: Finalize, data: *mut c_void, hint: *mut c_void) {
        let arguments = [self.pointer().word(), data as usize, hint as usize, 0];
        // SAFETY: a finalizer takes these three.
        unsafe { self.call_guest(finalize as *const c_void, arguments, |_| ()) }
    }
}

/// Where calls of functions made by [`Env::function`] arrive. Kept short: what is not every call's is elsewhere.
fn arrive<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let [env, callback, data] = *call.data;
    // SAFETY: put there by `Env::function` on the thread of the context.
    let Some(env) = (unsafe { EnvPointer::here(env) }) else { return Err(ended(call)) };
    if env.is_sweep_due() && !env.is_running() {
        env.sweep();
    }
    if let Some(target) = call.new_target {
        return construct(env, call, target);
    }
    let info = CallbackInfo { call, this: call.this, data: data as *mut c_void };
    // SAFETY: `callback` is a `napi_callback`.
    let result = unsafe { env.call_back(call.locals, callback, &info)? };
    Ok(result.unwrap_or(Local::UNDEFINED))
}

#[cold]
fn ended<'a>(call: &LocalCall<'a>) -> Local<'a> {
    call.locals.error(ErrorKind::Error, "the native function's environment has ended")
}

#[inline(never)]
fn construct<'a>(env: &Env, call: &LocalCall<'a>, target: Local<'a>) -> LocalResult<'a> {
    let prototype = call.locals.get(target, call.locals.key("prototype"))?;
    let this = call.locals.object_with_prototype(prototype)?;
    let [_, callback, data] = *call.data;
    let info = CallbackInfo { call, this, data: data as *mut c_void };
    // SAFETY: `callback` is a `napi_callback`.
    let result = unsafe { env.call_back(call.locals, callback, &info)? };
    // As for functions in JavaScript, an object that is returned takes the place of the new one.
    Ok(result.filter(|result| call.locals.is_object(*result)).unwrap_or(this))
}

impl Env {
    /// Calls a callback; `None` when it returns null.
    ///
    /// # Safety
    /// `callback` is a `napi_callback`.
    #[inline(always)]
    unsafe fn call_back<'a>(
        &self,
        locals: Locals<'a>,
        callback: usize,
        info: &CallbackInfo<'_>,
    ) -> LocalResult<'a, Option<Local<'a>>> {
        let arguments = [self.pointer().word(), ptr::from_ref(info) as usize, 0, 0];
        // SAFETY: a `napi_callback` takes these two.
        let result = unsafe { self.enter(callback as *const c_void, arguments) };
        if self.is_exception_pending()
            && let Some(error) = self.take_pending()
        {
            return Err(locals.local(&error));
        }
        // SAFETY: the guest returns a handle of a scope that has ended this moment; nothing was collected since.
        Ok(unsafe { Local::from_raw(result) })
    }
}

/// Gives the innermost call of native code on this thread up: its caller gets an Error with `message`. Comes back, with `false`, when
/// there is no such call, or when other code than the guest's would have to be abandoned with it.
///
/// The frames between here and the guest's are dropped as they are: what they own leaks, and a lock that they hold stays locked.
pub fn abandon_call(message: &str) -> bool {
    let Some(env) = recovery::can_give_up() else { return false };
    env.pend_error(ErrorKind::Error, message);
    // SAFETY: the frames above the entry are the guest's, and those of whoever reports its call of a missing function.
    unsafe { recovery::give_up() };
    false
}
