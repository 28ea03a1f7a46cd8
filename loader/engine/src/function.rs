//! Native functions.
//!
//! A native function is the engine's own kind of host function: a real function to the guest, called in about 10 ns (see
//! `host.rs`), 75 where only the C interface is to be had. Such an object carries no data, so the closure is found by the object's address in a table of this thread. What keeps the
//! table right: the collector never moves objects; each function has a companion object, reachable only through it, whose
//! finalizer removes the entry; and an address that is used again carries another `id`.

use crate::context::Inner;
use crate::intrinsics::Intrinsic;
use crate::limits::LimitState;
use crate::sys::{Api, ContextRef, ObjectRef, ValueRef};
use crate::{Context, ErrorKind, Exception, JsResult, Local, LocalResult, Locals, Value, bits};
use rustc_hash::FxHashMap;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use std::sync::Arc;

/// Calls with at most this many arguments need no allocation.
const INLINE_ARGS: usize = 8;

/// What a native function sees of its call.
pub struct Call<'a> {
    /// The context that calls.
    pub context: &'a Context,
    /// `this`; the global object where a plain call has none, and never a primitive.
    pub this: Value,
    /// Arguments.
    pub args: &'a [Value],
    /// Whether called with `new` (only functions made by [`Context::constructor`] can be).
    pub construct: bool,
}

impl Call<'_> {
    /// Argument `index`, `undefined` when missing.
    pub fn arg(&self, index: usize) -> Value {
        self.args.get(index).cloned().unwrap_or_else(|| self.context.undefined())
    }
}

type Closure = Rc<dyn Fn(&Call<'_>) -> JsResult>;

/// A closure and what messages say about it.
pub(crate) struct NativeClosure {
    name: Box<str>,
    construct: bool,
    closure: Closure,
}

/// What [`Context::local_function`] calls. It must not panic: between it and the engine nothing catches that, for that costs
/// more than the call; the process would end.
pub type LocalFunction = for<'a> fn(&LocalCall<'a>) -> LocalResult<'a>;

/// A call of a function made by [`Context::local_function`].
pub struct LocalCall<'a> {
    /// The context that calls.
    pub locals: Locals<'a>,
    /// `this` as the caller gave it; `new.target` when constructing: making the object is up to the function.
    /// (Where the library offers no better than its C interface: objects, and the global object where there is none.)
    pub this: Local<'a>,
    /// Arguments.
    pub args: &'a [Local<'a>],
    /// `new.target`, when called with `new`.
    pub new_target: Option<Local<'a>>,
    /// What the function was made with.
    pub data: &'a [usize; 3],
}

/// A [`LocalFunction`] with what its calls need.
pub(crate) struct LocalTarget {
    handler: LocalFunction,
    data: [usize; 3],
    /// The context and its limits; they are alive whenever its JavaScript runs.
    context: *const Inner,
    limits: *const LimitState,
}

impl LocalTarget {
    pub(crate) fn new(context: &Context, handler: LocalFunction, data: [usize; 3]) -> Rc<LocalTarget> {
        let limits = Arc::as_ptr(&context.inner.limits);
        Rc::new(LocalTarget { handler, data, context: Rc::as_ptr(&context.inner), limits })
    }
}

/// Whom calls go to.
#[derive(Clone)]
pub(crate) enum Target {
    Closure(Rc<NativeClosure>),
    Local(Rc<LocalTarget>),
    /// Called by the wrapper of [`Intrinsic::MakeClass`] with `new.target` for `this`.
    LocalConstruct(Rc<LocalTarget>),
}

#[derive(Clone)]
struct NativeFunction {
    /// The context's `Inner`; it is alive whenever its JavaScript runs.
    context: *const Inner,
    id: u64,
    target: Target,
}

/// Functions called lately, found without hashing. A slot is emptied when [`FUNCTIONS`] loses or replaces its entry.
const RECENT: usize = 128;

#[derive(Clone, Copy)]
struct Recent {
    address: usize,
    target: *const LocalTarget,
}

impl Recent {
    const NONE: Recent = Recent { address: 0, target: ptr::null() };
}

fn recent_slot(address: usize) -> usize {
    // Cells are 16 bytes apart, and functions 32.
    (address >> 5) % RECENT
}

fn forget_recent() {
    let _ = RECENT_CALLS.try_with(|recent| recent.iter().for_each(|slot| slot.set(Recent::NONE)));
}

thread_local! {
    static RECENT_CALLS: [Cell<Recent>; RECENT] = const { [const { Cell::new(Recent::NONE) }; RECENT] };
    static FUNCTIONS: RefCell<FxHashMap<usize, NativeFunction>> = RefCell::default();
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
}

/// The Rust value of a companion object: dropped when the function has died.
struct Companion {
    address: usize,
    id: u64,
}

impl Drop for Companion {
    fn drop(&mut self) {
        // The table is gone when the thread is ending. The closure is dropped after the borrow.
        let _dead = FUNCTIONS.try_with(|functions| {
            let mut functions = functions.borrow_mut();
            let ours = functions.get(&self.address).is_some_and(|function| function.id == self.id);
            if !ours {
                return None;
            }
            let _ = RECENT_CALLS.try_with(|recent| recent[recent_slot(self.address)].set(Recent::NONE));
            functions.remove(&self.address)
        });
    }
}

/// Drops all closures of a context.
pub(crate) fn forget_functions_of(context: &Inner) {
    forget_recent();
    let _dead = FUNCTIONS.try_with(|functions| {
        let mut functions = functions.borrow_mut();
        let addresses: Vec<usize> =
            functions.iter().filter(|(_, f)| ptr::eq(f.context, context)).map(|(address, _)| *address).collect();
        let dead: Vec<_> = addresses.iter().filter_map(|address| functions.remove(address)).collect();
        if context.limits.is_running() {
            // Calls of these may be below, and read their targets.
            dead.iter().for_each(|function| std::mem::forget(function.target.clone()));
        }
        dead
    });
}

impl Context {
    /// A function object, like a built-in: `name` and `length` set, no `prototype`, not a constructor. A panic inside becomes a
    /// JavaScript Error, never an abort. The closure is dropped some time after the function was collected, at the latest by
    /// [`Context::dispose`] or with the context.
    pub fn function(&self, name: &str, length: u32, f: impl Fn(&Call<'_>) -> JsResult + 'static) -> Value {
        self.native_function(name, length, false, Rc::new(f))
    }

    /// A function that can also be called with `new` and extended by classes; [`Call::construct`] tells which happened. With
    /// `new`, `this` is a new object whose prototype comes from `new.target`, and is the result unless an object is returned.
    pub fn constructor(&self, name: &str, length: u32, f: impl Fn(&Call<'_>) -> JsResult + 'static) -> Value {
        let f: Closure = Rc::new(f);
        let call = self.native_function(name, length, false, f.clone());
        let construct = self.native_function(name, length, true, f);
        let (name, length) = (self.string(name), self.number(f64::from(length)));
        self.call_intrinsic(Intrinsic::MakeConstructor, &[&call, &construct, &name, &length])
            .unwrap_or_else(|exception| exception.0)
    }

    fn native_function(&self, name: &str, length: u32, construct: bool, closure: Closure) -> Value {
        let closure = NativeClosure { name: name.into(), construct, closure };
        self.function_of(name, length, Target::Closure(Rc::new(closure)), false)
    }

    /// A function for code that works with [`Local`] values. `data` is handed to `handler` with every call. With `constructs` it
    /// is a constructor, too; `prototype` is up to the caller.
    pub fn local_function(
        &self,
        name: &str,
        length: u32,
        constructs: bool,
        handler: LocalFunction,
        data: [usize; 3],
    ) -> Value {
        let target = LocalTarget::new(self, handler, data);
        if !constructs || self.inner.host.get().is_some() {
            return self.function_of(name, length, Target::Local(target), constructs);
        }
        let call = self.function_of(name, length, Target::Local(Rc::clone(&target)), false);
        let construct = self.function_of(name, length, Target::LocalConstruct(target), false);
        let (name, length) = (self.string(name), self.number(f64::from(length)));
        self.call_intrinsic(Intrinsic::MakeClass, &[&call, &construct, &name, &length])
            .unwrap_or_else(|exception| exception.0)
    }

    fn function_of(&self, name: &str, length: u32, target: Target, constructs: bool) -> Value {
        let fast = self.inner.host.get().and_then(|host| host.make(self, constructs));
        let function = match fast {
            Some(function) => self.adopt(function.value_ref()),
            // SAFETY: the context is alive; a null name is allowed.
            None => self.adopt(unsafe {
                (self.api().JSObjectMakeFunctionWithCallback)(self.raw(), ptr::null_mut(), Some(call_native))
            }),
        };
        let companion = register(self, function.raw(), target);
        let (name, length) = (self.string(name), self.number(f64::from(length)));
        if let Err(exception) = self.call_intrinsic(Intrinsic::AdoptFunction, &[&function, &companion, &name, &length])
        {
            tracing::warn!(%exception, "a native function could not be set up");
        }
        function
    }
}

/// Notes whom calls of the function at an address go to, as long as the companion lives that is the result.
pub(crate) fn register(context: &Context, address: usize, target: Target) -> Value {
    let id = NEXT_ID.with(|next| next.replace(next.get() + 1));
    let native = NativeFunction { context: Rc::as_ptr(&context.inner), id, target };
    let old = FUNCTIONS.with(|functions| functions.borrow_mut().insert(address, native));
    RECENT_CALLS.with(|recent| recent[recent_slot(address)].set(Recent::NONE));
    drop(old);
    context.native_object(Box::new(Companion { address, id }), None)
}

/// What [`call_job`] runs; on the stack of [`job`].
struct Job<'a> {
    api: &'static Api,
    work: &'a mut dyn FnMut(),
    panic: Option<Box<dyn Any + Send>>,
}

thread_local! {
    /// The `Job` about to be run.
    static JOB: Cell<*mut ()> = const { Cell::new(ptr::null_mut()) };
}

/// Runs `work` inside a call into the engine, so that it is not the outermost one that ends with the microtasks.
pub(crate) fn job<R>(context: &Context, work: impl FnOnce() -> R) -> R {
    let mut work = Some(work);
    let mut result = None;
    let mut run = || result = work.take().map(|work| work());
    let mut job = Job { api: context.api(), work: &mut run, panic: None };
    let function = *context.inner.job_function.get_or_init(|| {
        // SAFETY: the context is alive; the function stays protected until it ends.
        unsafe {
            let function =
                (context.api().JSObjectMakeFunctionWithCallback)(context.raw(), ptr::null_mut(), Some(call_job));
            (context.api().JSValueProtect)(context.raw(), function);
            function as usize
        }
    });
    JOB.set((&raw mut job).cast());
    // SAFETY: the function is a protected cell of this context. The callback uses `job` during this call only.
    let called = context.catching(|api, ctx, exception| unsafe {
        (api.JSObjectCallAsFunction)(ctx, function as ObjectRef, ptr::null_mut(), 0, ptr::null(), exception)
    });
    JOB.set(ptr::null_mut());
    context.inner.graveyard.bury();
    if let Some(panic) = job.panic {
        std::panic::resume_unwind(panic);
    }
    match (result, work) {
        (Some(result), _) => result,
        // The engine refused the call, because the stack is exhausted or a termination is under way: run it as it is.
        (None, Some(work)) => {
            tracing::debug!(refused = called.is_err(), "a job runs outside the engine");
            work()
        }
        (None, None) => unreachable!("the work was taken, and neither returned nor panicked"),
    }
}

unsafe extern "C" fn call_job(
    context: ContextRef,
    _function: ObjectRef,
    _this: ObjectRef,
    _count: usize,
    _arguments: *const ValueRef,
    _exception: *mut ValueRef,
) -> ValueRef {
    let job = JOB.replace(ptr::null_mut()).cast::<Job<'_>>();
    // SAFETY: set by `job`, whose frame waits for this call to return; cleared here, so it is used once.
    if let Some(job) = unsafe { job.as_mut() } {
        // The engine drops its lock around callbacks; holding it makes each call inside cheaper.
        let lock = job.api.JSLock.zip(job.api.JSUnlock);
        if let Some((lock, _)) = lock {
            // SAFETY: the context is running this callback on its own thread.
            unsafe { lock(context) };
        }
        job.panic = catch_unwind(AssertUnwindSafe(&mut *job.work)).err();
        if let Some((_, unlock)) = lock {
            // SAFETY: locked above.
            unsafe { unlock(context) };
        }
    }
    bits::value_ref(bits::UNDEFINED)
}

/// What the call of a function made by the C interface arrives at.
unsafe extern "C" fn call_native(
    context: ContextRef,
    function: ObjectRef,
    this: ObjectRef,
    count: usize,
    arguments: *const ValueRef,
    exception: *mut ValueRef,
) -> ValueRef {
    let arguments: &[Local<'_>] = match count {
        0 => &[],
        // SAFETY: the engine passes `count` arguments, alive during the call; a `Local` is laid out as they are.
        _ => unsafe { std::slice::from_raw_parts(arguments.cast(), count) },
    };
    // Nothing may unwind into the engine, the drop of the closure included.
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(function as usize, this as usize, arguments, false)));
    let thrown = match outcome {
        Ok(Some(Ok(value))) => return bits::value_ref(value),
        Ok(Some(Err(thrown))) => thrown,
        Ok(None) => failure(context, None),
        Err(panic) => failure(context, Some(panic)),
    };
    // SAFETY: the engine passes a place for the exception.
    unsafe { *exception = bits::value_ref(thrown) };
    bits::value_ref(bits::UNDEFINED)
}

/// Calls a [`LocalFunction`] that was called lately; `None` when the function is another.
#[inline(always)]
pub(crate) fn call_recent(
    address: usize,
    this: usize,
    arguments: &[Local<'_>],
    construct: bool,
) -> Option<Result<usize, usize>> {
    let recent = RECENT_CALLS.try_with(|recent| recent[recent_slot(address)].get()).unwrap_or(Recent::NONE);
    if recent.address != address {
        return None;
    }
    // SAFETY: in the table as long as the function lives, which is being called.
    Some(call_local(unsafe { &*recent.target }, this, arguments, construct))
}

/// Finds whom the call is for and calls it; `None` when it is gone. The values returned are alive until the engine has taken
/// them over: it scans the stack and the registers that they travel in. May panic: callers catch that.
pub(crate) fn dispatch(
    address: usize,
    this: usize,
    arguments: &[Local<'_>],
    construct: bool,
) -> Option<Result<usize, usize>> {
    call_recent(address, this, arguments, construct).or_else(|| find_and_call(address, this, arguments, construct))
}

/// The context of a native function.
fn running_context(context: *const Inner) -> ManuallyDrop<Context> {
    // SAFETY: `context` came from `Rc::as_ptr`, and its JavaScript is running, so whoever called it holds a reference. The
    // count is not changed: the handle is never dropped.
    ManuallyDrop::new(Context { inner: unsafe { Rc::from_raw(context) } })
}

fn find_and_call(
    address: usize,
    this: usize,
    arguments: &[Local<'_>],
    construct: bool,
) -> Option<Result<usize, usize>> {
    let native = FUNCTIONS.try_with(|functions| functions.borrow().get(&address).cloned()).ok()??;
    let context = running_context(native.context);
    Some(match native.target {
        Target::Closure(_) if context.inner.limits.is_set() => Err(context.termination_error().0.raw()),
        Target::Closure(closure) => call_closure(&context, &closure, this, arguments),
        Target::Local(target) => {
            let recent = Recent { address, target: Rc::as_ptr(&target) };
            let _ = RECENT_CALLS.try_with(|table| table[recent_slot(address)].set(recent));
            call_local(&target, this, arguments, construct)
        }
        Target::LocalConstruct(target) => call_local(&target, this, arguments, true),
    })
}

#[inline(always)]
fn call_local(target: &LocalTarget, this: usize, args: &[Local<'_>], construct: bool) -> Result<usize, usize> {
    let context = running_context(target.context);
    // SAFETY: kept by the context, whose JavaScript is running.
    if unsafe { (*target.limits).is_set() } {
        return Err(context.termination_error().0.raw());
    }
    // SAFETY: the values of this call are alive during it, and `LocalFunction`s keep theirs on the stack or root them.
    let locals = unsafe { context.locals() };
    // SAFETY: the engine keeps `this` alive during the call.
    let this = unsafe { Local::from_raw(this as u64) }.unwrap_or(Local::UNDEFINED);
    let call = LocalCall { locals, this, args, new_target: construct.then_some(this), data: &target.data };
    match (target.handler)(&call) {
        Ok(value) => Ok(value.raw() as usize),
        Err(thrown) => Err(thrown.raw() as usize),
    }
}

/// What to throw when [`dispatch`] had nothing to call, or panicked.
#[cold]
pub(crate) fn failure(context: ContextRef, panic: Option<Box<dyn Any + Send>>) -> usize {
    let Some(panic) = panic else {
        return raw_error(context, "the native function's context has been disposed of");
    };
    let what = panic_message(&*panic);
    tracing::error!(panic = what, "a native function panicked");
    raw_error(context, &format!("internal error in a native function: {what}"))
}

fn call_closure(
    context: &Context,
    native: &NativeClosure,
    this: usize,
    arguments: &[Local<'_>],
) -> Result<usize, usize> {
    let borrow = |raw: usize| {
        // SAFETY: the context is alive; its count is not changed, because the handle is never dropped.
        Value::borrowed(Context { inner: unsafe { Rc::from_raw(Rc::as_ptr(&context.inner)) } }, raw)
    };
    // The C interface has done this already.
    let this = match this {
        bits::UNDEFINED | bits::NULL => context.global().raw(),
        raw if bits::is_cell(raw) && ManuallyDrop::new(borrow(raw)).is_object() => raw,
        raw => {
            // SAFETY: a live value of this context.
            let object = context
                .catching(|api, ctx, exception| unsafe { (api.JSValueToObject)(ctx, bits::value_ref(raw), exception) });
            object.map_err(|Exception(thrown)| thrown.raw())? as usize
        }
    };
    // The engine keeps `this` and the arguments alive during the call, so these handles register nothing and are not dropped.
    let mut inline: [ManuallyDrop<Value>; INLINE_ARGS] =
        std::array::from_fn(|_| ManuallyDrop::new(borrow(bits::UNDEFINED)));
    let mut many: Vec<ManuallyDrop<Value>> = Vec::new();
    let args: &[ManuallyDrop<Value>] = if arguments.len() <= INLINE_ARGS {
        inline.iter_mut().zip(arguments).for_each(|(slot, arg)| *slot = ManuallyDrop::new(borrow(arg.raw() as usize)));
        &inline[..arguments.len()]
    } else {
        many.extend(arguments.iter().map(|arg| ManuallyDrop::new(borrow(arg.raw() as usize))));
        &many
    };
    // SAFETY: `ManuallyDrop<T>` has the layout of `T`, and a shared slice cannot be dropped through.
    let args = unsafe { &*(ptr::from_ref(args) as *const [Value]) };
    let call = ManuallyDrop::new(Call { context, this: borrow(this), args, construct: native.construct });
    let result = catch_unwind(AssertUnwindSafe(|| (native.closure)(&call)));
    match result {
        Ok(Ok(value)) => Ok(value.raw()),
        Ok(Err(Exception(value))) => Err(value.raw()),
        Err(panic) => {
            let what = panic_message(&*panic);
            tracing::error!(function = &*native.name, panic = what, "a native function panicked");
            let message = format!("internal error in native function {}: {what}", native.name);
            Err(context.error(ErrorKind::Error, &message).raw())
        }
    }
}

/// The text of a panic's payload.
fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}

/// A string to throw where no `Context` is at hand.
fn raw_error(context: ContextRef, message: &str) -> usize {
    let Ok(loaded) = crate::library::loaded() else { return bits::UNDEFINED };
    let message = crate::string::JsString::new(&loaded.api, message);
    // SAFETY: the context is running.
    unsafe { (loaded.api.JSValueMakeString)(context, message.raw()) as usize }
}
