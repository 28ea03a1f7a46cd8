//! Environments: what a `napi_env` stands for.

use crate::args::Finalize;
use crate::finalizers::Objects;
use crate::references::References;
use crate::scopes::Scopes;
use crate::status::{Outcome, Status};
use concord_ability::event_loop::EventLoop;
use concord_engine::{Context, ErrorKind, Exception, JsResult, Local, LocalResult, Locals, Roots, Value};
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_void};
use std::ptr;
use std::rc::Rc;

/// What a `napi_env` points to. It is never freed, as guests keep the pointer wherever they like; the environment behind it
/// ends with its context.
pub(crate) struct EnvHandle {
    /// The only thread on which it may be used: see [`this_thread`].
    thread: usize,
    env: Cell<*const Env>,
    last_error: Cell<ExtendedErrorInfo>,
}

/// A `napi_env`.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct EnvPointer(*const EnvHandle);

/// `napi_extended_error_info`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ExtendedErrorInfo {
    error_message: *const c_char,
    engine_reserved: *mut c_void,
    engine_error_code: u32,
    error_code: Status,
}

impl ExtendedErrorInfo {
    fn of(status: Status) -> ExtendedErrorInfo {
        ExtendedErrorInfo {
            error_message: status.message().map_or(ptr::null(), |text| text.as_ptr()),
            engine_reserved: ptr::null_mut(),
            engine_error_code: 0,
            error_code: status,
        }
    }
}

/// A number for this thread, as long as it lives.
pub(crate) fn this_thread() -> usize {
    thread_local!(static TOKEN: u8 = const { 0 });
    TOKEN.with(|token| ptr::from_ref(token) as usize)
}

/// The state of Node-API in one context. All native modules of the context share it, as they do on the platform.
pub struct Env {
    handle: &'static EnvHandle,
    context: Context,
    roots: Rc<Roots>,
    /// See [`Context::collections`].
    pub(crate) collections: Rc<Cell<u64>>,
    pub(crate) scopes: Scopes,
    last_error: Cell<Status>,
    is_pending: Cell<bool>,
    pending: RefCell<Option<Value>>,
    instance_data: Cell<Option<InstanceData>>,
    pub(crate) references: References,
    pub(crate) objects: Objects,
    teardown: RefCell<Vec<Teardown>>,
}

type Teardown = Box<dyn FnOnce(&Env)>;

/// What `napi_set_instance_data` was given.
#[derive(Clone, Copy)]
pub(crate) struct InstanceData {
    pub(crate) data: *mut c_void,
    pub(crate) finalize: Option<Finalize>,
    pub(crate) hint: *mut c_void,
}

/// Ends the environment when its context drops the host's data.
struct Owner(Rc<Env>);

thread_local! {
    /// Environments that there are on this thread.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.end();
        if self.0.is_running() {
            // The context was disposed of below a call of guest code, which returns through this environment.
            std::mem::forget(self.0.clone());
        }
    }
}

impl Env {
    /// The environment of a context, made when it is asked for first.
    pub fn of(context: &Context) -> Rc<Env> {
        if let Some(owner) = context.host_data::<Owner>() {
            return owner.0.clone();
        }
        let handle = Box::leak(Box::new(EnvHandle {
            thread: this_thread(),
            env: Cell::new(ptr::null()),
            last_error: Cell::new(ExtendedErrorInfo::of(Status::Ok)),
        }));
        let env = Rc::new(Env {
            handle,
            context: context.clone(),
            roots: context.roots().clone(),
            collections: context.collections().clone(),
            scopes: Scopes::default(),
            last_error: Cell::new(Status::Ok),
            is_pending: Cell::new(false),
            pending: RefCell::default(),
            instance_data: Cell::new(None),
            references: References::default(),
            objects: Objects::default(),
            teardown: RefCell::default(),
        });
        handle.env.set(Rc::as_ptr(&env));
        COUNT.set(COUNT.get() + 1);
        context.set_host_data(Rc::new(Owner(env.clone())));
        env
    }

    /// Whether this thread has an environment.
    pub(crate) fn is_on_this_thread() -> bool {
        COUNT.get() > 0
    }

    /// The `napi_env` to hand to guests.
    pub fn pointer(&self) -> EnvPointer {
        EnvPointer(self.handle)
    }

    /// The context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Access to values.
    pub fn locals(&self) -> Locals<'_> {
        // SAFETY: functions of this crate keep `Local`s in local variables, in arrays of guests (which are on their stacks, or
        // hold what scopes keep), and give them to scopes before they return them.
        unsafe { self.context.locals() }
    }

    /// Runs `work` when the environment ends, the last one given first. Guest code may be called in it.
    pub fn on_teardown(&self, work: impl FnOnce(&Env) + 'static) {
        self.teardown.borrow_mut().push(Box::new(work));
    }

    /// Ends the environment of a context, when it has one.
    pub(crate) fn end_of(context: &Context) {
        if let Some(owner) = context.host_data::<Owner>() {
            owner.0.end();
        }
    }

    fn end(&self) {
        if self.handle.env.get().is_null() {
            return;
        }
        loop {
            // Not borrowed while it runs: it may add more.
            let work = self.teardown.borrow_mut().pop();
            let Some(work) = work else { break };
            work(self);
        }
        self.finalize_everything();
        if let Some(InstanceData { data, finalize: Some(finalize), hint }) = self.instance_data.take() {
            self.finalize(finalize, data, hint);
        }
        self.handle.env.set(ptr::null());
        COUNT.set(COUNT.get() - 1);
        // These hold the context.
        self.references.clear();
        self.pending.borrow_mut().take();
    }

    pub(crate) fn instance_data(&self) -> Option<InstanceData> {
        self.instance_data.get()
    }

    pub(crate) fn set_instance_data(&self, data: InstanceData) {
        self.instance_data.set(Some(data));
    }

    /// Remembers the status of the last function.
    #[inline]
    pub(crate) fn set_last_error(&self, status: Status) {
        self.last_error.set(status);
    }

    /// The `napi_extended_error_info` of the last function; it stays in place.
    pub(crate) fn last_error_info(&self) -> *const ExtendedErrorInfo {
        self.handle.last_error.set(ExtendedErrorInfo::of(self.last_error.get()));
        self.handle.last_error.as_ptr()
    }

    /// Whether an exception waits for the return of the native function.
    #[inline]
    pub fn is_exception_pending(&self) -> bool {
        self.is_pending.get()
    }

    /// Makes `thrown` the pending exception. The status is for `return Err(…)`.
    pub fn pend(&self, thrown: Local<'_>) -> Status {
        *self.pending.borrow_mut() = Some(self.locals().value(thrown));
        self.is_pending.set(true);
        Status::PendingException
    }

    /// Makes a new error the pending exception.
    pub fn pend_error(&self, kind: ErrorKind, message: &str) -> Status {
        self.pend(self.locals().error(kind, message))
    }

    /// Takes the pending exception away.
    #[inline]
    pub fn take_pending(&self) -> Option<Value> {
        if !self.is_pending.replace(false) {
            return None;
        }
        self.pending.borrow_mut().take()
    }

    /// Gives an error that no caller sees to the app's handler of uncaught errors.
    pub fn report_uncaught(&self, error: Value) {
        match EventLoop::of(&self.context) {
            Some(event_loop) => event_loop.report(&self.context, Exception(error)),
            None => tracing::error!("uncaught in native code: {}", Exception(error).describe()),
        }
    }
}

/// Turns thrown values into pending exceptions.
pub trait OrPend<T> {
    /// `Err` pends the exception.
    fn or_pend(self, env: &Env) -> Outcome<T>;
}

impl<T> OrPend<T> for JsResult<T> {
    fn or_pend(self, env: &Env) -> Outcome<T> {
        self.map_err(|exception| env.pend(env.locals().thrown(exception)))
    }
}

impl<T> OrPend<T> for LocalResult<'_, T> {
    fn or_pend(self, env: &Env) -> Outcome<T> {
        self.map_err(|thrown| env.pend(thrown))
    }
}

impl EnvPointer {
    /// The pointer as the word that functions carry.
    pub(crate) fn word(self) -> usize {
        self.0 as usize
    }

    /// What [`Self::word`] gave.
    ///
    /// # Safety
    /// The word came from [`Self::word`].
    pub(crate) unsafe fn from_word(word: usize) -> EnvPointer {
        EnvPointer(word as *const EnvHandle)
    }

    /// What [`Self::word`] gave, on the thread of the environment; `None` when that has ended.
    ///
    /// # Safety
    /// The word came from [`Self::word`], on this thread.
    #[inline(always)]
    pub(crate) unsafe fn here<'a>(word: usize) -> Option<&'a Env> {
        // SAFETY: what the pointer points to is never freed. As for `get`.
        unsafe { (*(word as *const EnvHandle)).env.get().as_ref() }
    }

    /// A pointer that is null.
    pub fn null() -> EnvPointer {
        EnvPointer(ptr::null())
    }

    /// Whether this thread may use the environment; any thread may ask.
    pub fn is_of_this_thread(self) -> bool {
        // SAFETY: the guest passes null or what it got from us, which is never freed; `thread` never changes.
        !self.0.is_null() && unsafe { (*self.0).thread } == this_thread()
    }

    /// The environment. `InvalidArg` for null, `GenericFailure` on other threads than its own, `Closing` when it has ended.
    #[inline]
    pub fn get<'a>(self) -> Outcome<&'a Env> {
        if self.0.is_null() {
            return Err(Status::InvalidArg);
        }
        // SAFETY: the guest promises that the pointer came from us; what it points to is never freed.
        let handle = unsafe { &*self.0 };
        if handle.thread != this_thread() {
            wrong_thread();
            return Err(Status::GenericFailure);
        }
        // SAFETY: null, or alive: cleared on this thread before the environment is dropped, which does not happen while guest code
        // runs (see `Owner`); the others are `held`.
        unsafe { handle.env.get().as_ref() }.ok_or(Status::Closing)
    }

    /// A reference of its own to the environment.
    pub fn hold(self) -> Outcome<Rc<Env>> {
        let env = ptr::from_ref(self.get()?);
        // SAFETY: `env` came from an `Rc` that is alive, since the handle points to it.
        unsafe {
            Rc::increment_strong_count(env);
            Ok(Rc::from_raw(env))
        }
    }
}

#[cold]
fn wrong_thread() {
    tracing::error!("Node-API was called on a thread that the environment does not belong to");
}
