//! A global object with its own virtual machine: creating it, running text in it, ending it.

use crate::exception::{Exception, JsResult};
use crate::function;
use crate::host::{self, HostCalls};
use crate::intrinsics::{self, Intrinsic};
use crate::library::{self, LoadError};
use crate::limits::LimitState;
use crate::native::Graveyard;
use crate::roots::{Collections, Roots};
use crate::string::JsString;
use crate::sys::{self, Api, ValueRef};
use crate::{Value, bits};
use rustc_hash::FxHashMap;
use std::any::{Any, TypeId};
use std::cell::{Cell, OnceCell, RefCell};
use std::ffi::c_void;
use std::ops::Deref;
use std::ptr;
use std::rc::Rc;
use std::sync::Arc;

/// Property keys longer than this are not kept.
const KEPT_KEY_BYTES: usize = 40;
const KEPT_KEYS: usize = 2048;
/// Most engine tasks run by one call of [`Context::run_engine_tasks`].
const ENGINE_TASKS: usize = 64;

/// A global object with its own virtual machine. Cheap to clone; lives as long as any value of it.
///
/// A closure given to [`Context::function`] that captures a `Context` or [`Value`] keeps the context alive, a cycle that only
/// [`Context::dispose`] breaks; inside, prefer [`Call::context`](crate::Call).
#[derive(Clone)]
pub struct Context {
    pub(crate) inner: Rc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) raw: sys::GlobalContextRef,
    machine: Rc<Machine>,
    /// How native functions are made; `None` is the C interface.
    pub(crate) host: Cell<Option<&'static HostCalls>>,
    pub(crate) job_function: OnceCell<usize>,
    intrinsics: OnceCell<[usize; Intrinsic::COUNT]>,
    /// JavaScript strings for property names, protected as long as the context lives.
    keys: RefCell<FxHashMap<Box<str>, usize>>,
    host_data: RefCell<FxHashMap<TypeId, Rc<dyn Any>>>,
}

/// What belongs to a virtual machine. It has to outlive it: the machine goes with the last of its contexts.
#[derive(Default)]
pub(crate) struct Machine {
    pub(crate) graveyard: Graveyard,
    pub(crate) limits: Arc<LimitState>,
    pub(crate) watchdog_running: Cell<bool>,
    pub(crate) roots: OnceCell<Rc<Roots>>,
    pub(crate) collections: Collections,
    /// While Rust code holds a slice of an array buffer, no script may run.
    pub(crate) bytes_borrowed: Cell<bool>,
}

impl Deref for Inner {
    type Target = Machine;
    fn deref(&self) -> &Machine {
        &self.machine
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if Rc::strong_count(&self.machine) == 1 {
            self.stop_watchdog();
        }
        function::forget_functions_of(self);
        // SAFETY: `raw` was created by us and is released once. Finalizers run inside and only fill the graveyard.
        unsafe { (self.api.JSGlobalContextRelease)(self.raw) };
        self.graveyard.bury();
    }
}

impl Context {
    /// Loads the library (once per process) and makes a context with a virtual machine of its own on this thread.
    pub fn new() -> Result<Context, LoadError> {
        Context::in_machine_of(None)
    }

    /// A further global object in the machine of this context: values of one may be used in the other.
    pub fn sibling(&self) -> Result<Context, LoadError> {
        Context::in_machine_of(Some(self))
    }

    fn in_machine_of(other: Option<&Context>) -> Result<Context, LoadError> {
        let loaded = library::loaded()?;
        let api = &loaded.api;
        task_loop(api);
        // SAFETY: a null class asks for the default global object; the other context is alive, and so is its group.
        let raw = unsafe {
            match other {
                None => (api.JSGlobalContextCreate)(ptr::null_mut()),
                Some(other) => {
                    (api.JSGlobalContextCreateInGroup)((api.JSContextGetGroup)(other.raw()), ptr::null_mut())
                }
            }
        };
        if raw.is_null() {
            return Err(LoadError::NoContext);
        }
        let inner = Inner {
            api,
            raw,
            machine: other.map(|other| Rc::clone(&other.inner.machine)).unwrap_or_default(),
            host: Cell::new(None),
            job_function: OnceCell::new(),
            intrinsics: OnceCell::new(),
            keys: RefCell::default(),
            host_data: RefCell::default(),
        };
        let context = Context { inner: Rc::new(inner) };
        if !context.encoding_is_known() {
            return Err(LoadError::Unsuitable { path: loaded.engine.library.clone(), function: "(value encoding)" });
        }
        let intrinsics = intrinsics::install(&context).ok_or(LoadError::NoContext)?;
        // The cell is empty: this is the only place that sets it.
        let _ = context.inner.intrinsics.set(intrinsics);
        context.inner.host.set(loaded.host.as_ref().filter(|host| host::works(&context, api, host)));
        Ok(context)
    }

    /// Whether native functions are called without the detour through the C interface (see `host.rs`).
    pub fn has_fast_calls(&self) -> bool {
        self.inner.host.get().is_some()
    }

    /// Whether values are encoded as [`bits`] believes.
    fn encoding_is_known(&self) -> bool {
        let api = self.inner.api;
        let raw = self.raw();
        // SAFETY: the context is alive; these make primitives.
        let (undefined, null, truth, falsehood) = unsafe {
            (
                (api.JSValueMakeUndefined)(raw) as usize,
                (api.JSValueMakeNull)(raw) as usize,
                (api.JSValueMakeBoolean)(raw, true) as usize,
                (api.JSValueMakeBoolean)(raw, false) as usize,
            )
        };
        (undefined, null, truth, falsehood) == (bits::UNDEFINED, bits::NULL, bits::TRUE, bits::FALSE)
            && [0.0, -0.0, 1.0, -1.0, 0.5, 1e300, 2_147_483_648.0, f64::NAN, f64::NEG_INFINITY].iter().all(|&n| {
                // SAFETY: as above.
                bits::number(n) == unsafe { (api.JSValueMakeNumber)(raw, n) } as usize
            })
    }

    pub(crate) fn raw(&self) -> sys::ContextRef {
        self.inner.raw
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.inner.api
    }

    /// Runs one C call that may throw: `Err` when it stored an exception.
    pub(crate) fn catching<R>(
        &self,
        call: impl FnOnce(&Api, sys::ContextRef, *mut ValueRef) -> R,
    ) -> Result<R, Exception> {
        let mut exception: ValueRef = ptr::null();
        let result = call(self.inner.api, self.raw(), &raw mut exception);
        if exception.is_null() { Ok(result) } else { Err(Exception(self.adopt(exception))) }
    }

    /// As [`Self::catching`], for calls that run guest code: refused after a termination, and the graveyard is emptied after.
    pub(crate) fn running<R>(
        &self,
        call: impl FnOnce(&Api, sys::ContextRef, *mut ValueRef) -> R,
    ) -> Result<R, Exception> {
        if self.inner.limits.is_set() {
            return Err(self.termination_error());
        }
        if self.inner.bytes_borrowed.get() {
            return Err(
                self.throw(crate::ErrorKind::Error, "script was run while native code held the bytes of a buffer")
            );
        }
        let was_running = self.inner.limits.enter();
        let result = self.catching(call);
        self.inner.limits.leave(was_running);
        self.inner.graveyard.bury();
        if self.inner.limits.is_set() {
            self.clear_pending_exception();
            return Err(self.termination_error());
        }
        result
    }

    /// A microtask that was ended leaves its exception pending in the machine, which the next call would not expect.
    pub(crate) fn clear_pending_exception(&self) {
        // Conversions pick up whatever is pending; that of `undefined` runs no script.
        // SAFETY: a primitive.
        let _ = self.catching(|api, ctx, exception| unsafe {
            (api.JSValueToNumber)(ctx, bits::value_ref(bits::UNDEFINED), exception)
        });
    }

    /// A handle for a value that the library returned.
    pub(crate) fn adopt(&self, value: ValueRef) -> Value {
        Value::protect(self.clone(), value as usize)
    }

    pub(crate) fn intrinsic(&self, which: Intrinsic) -> sys::ObjectRef {
        let table = self.inner.intrinsics.get().map_or(0, |table| table[which as usize]);
        table as sys::ObjectRef
    }

    /// Calls one of our own JavaScript helpers.
    pub(crate) fn call_intrinsic(&self, which: Intrinsic, args: &[&Value]) -> JsResult {
        let function = self.intrinsic(which);
        let mut raw = [ptr::null::<c_void>(); 4];
        for (slot, arg) in raw.iter_mut().zip(args) {
            *slot = arg.value_ref();
        }
        let count = args.len().min(raw.len());
        // SAFETY: the function is a protected cell of this context; the arguments outlive the call.
        let result = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectCallAsFunction)(ctx, function, ptr::null_mut(), count, raw.as_ptr(), exception)
        })?;
        Ok(self.adopt(result))
    }

    /// The JavaScript string of a property name, kept for the next use when short. The reference is valid for `use_key`.
    pub(crate) fn with_key<R>(&self, key: &str, use_key: impl FnOnce(ValueRef) -> R) -> R {
        let known = self.inner.keys.borrow().get(key).copied();
        if let Some(raw) = known {
            return use_key(bits::value_ref(raw));
        }
        let value = self.string(key);
        if key.len() <= KEPT_KEY_BYTES {
            let mut keys = self.inner.keys.borrow_mut();
            if keys.len() < KEPT_KEYS {
                // SAFETY: a live value of this context; it stays protected until the context ends.
                unsafe { (self.inner.api.JSValueProtect)(self.raw(), value.value_ref()) };
                keys.insert(key.into(), value.raw());
            }
        }
        use_key(value.value_ref())
    }

    /// Runs a script in sloppy mode at global scope; its value is that of the last statement. `url` names it in stacks.
    pub fn eval(&self, source: &str, url: &str) -> JsResult {
        self.eval_at(source, url, 1)
    }

    /// Like [`Context::eval`], with the number of the first line in stacks.
    pub fn eval_at(&self, source: &str, url: &str, first_line: u32) -> JsResult {
        let source = JsString::new(self.api(), source);
        let url = JsString::new(self.api(), url);
        let line = i32::try_from(first_line).unwrap_or(i32::MAX);
        // SAFETY: strings and context are alive; a null `this` means the global object.
        let result = self.running(|api, ctx, exception| unsafe {
            (api.JSEvaluateScript)(ctx, source.raw(), ptr::null_mut(), url.raw(), line, exception)
        })?;
        Ok(self.adopt(result))
    }

    /// Whether the engine accepts a script, without running it. The error is a `SyntaxError`, or a `RangeError` when the
    /// text is nested more deeply than this thread's stack allows.
    pub fn check_syntax(&self, source: &str, url: &str) -> JsResult<()> {
        let source = JsString::new(self.api(), source);
        let url = JsString::new(self.api(), url);
        // SAFETY: strings and context are alive.
        let accepted = self.catching(|api, ctx, exception| unsafe {
            (api.JSCheckScriptSyntax)(ctx, source.raw(), url.raw(), 1, exception)
        })?;
        if accepted {
            Ok(())
        } else {
            Err(Exception(self.error(crate::ErrorKind::SyntaxError, "the script was not accepted")))
        }
    }

    /// The global object.
    pub fn global(&self) -> Value {
        // SAFETY: the context is alive.
        let global = unsafe { (self.inner.api.JSContextGetGlobalObject)(self.raw()) };
        self.adopt(global)
    }

    /// Runs `work` as one job: microtasks wait until it has returned, and calls inside are
    /// cheaper (the engine's lock is taken once).
    ///
    /// Without it every call from outside JavaScript ends with the microtasks that are due.
    pub fn job<R>(&self, work: impl FnOnce() -> R) -> R {
        function::job(self, work)
    }

    /// Runs pending microtasks. They also run whenever the outermost call into the engine returns, and this does nothing
    /// while JavaScript is running.
    pub fn drain_microtasks(&self) {
        // Any outermost call ends with the microtask checkpoint; an empty script is the cheapest.
        let nothing = JsString::new(self.api(), "");
        // SAFETY: the string and the context are alive.
        let _ = self.running(|api, ctx, exception| unsafe {
            (api.JSEvaluateScript)(ctx, nothing.raw(), ptr::null_mut(), ptr::null_mut(), 1, exception)
        });
    }

    /// Runs what the engine scheduled for this thread's event loop: `FinalizationRegistry` callbacks, asynchronous
    /// WebAssembly, `Atomics.waitAsync`. Never blocks; call it once per turn of the host's loop. Returns whether anything ran.
    pub fn run_engine_tasks(&self) -> bool {
        let task_loop = task_loop(self.inner.api);
        let (Some(iterate), false) = (self.inner.api.g_main_context_iteration, task_loop.is_null()) else {
            return false;
        };
        let mut ran = false;
        for _ in 0..ENGINE_TASKS {
            // SAFETY: the loop belongs to this thread; 0 means do not block.
            if unsafe { iterate(task_loop, 0) } == 0 {
                break;
            }
            ran = true;
        }
        self.inner.graveyard.bury();
        ran
    }

    /// Collects garbage now and drops the Rust values of dead objects (as far as no stale copy lies on the stack).
    pub fn collect_garbage(&self) {
        let api = self.inner.api;
        // The plain function only tells the engine that much has died.
        let collect = api.JSSynchronousGarbageCollectForDebugging.unwrap_or(api.JSGarbageCollect);
        // SAFETY: the context is alive.
        unsafe { collect(self.raw()) };
        self.inner.graveyard.bury();
    }

    /// Bytes in use in the JavaScript heap after its last collection; 0 before the first, or when this version cannot tell.
    pub fn heap_size(&self) -> usize {
        let Some(statistics) = self.inner.api.JSGetMemoryUsageStatistics else { return 0 };
        // SAFETY: the context is alive and this is its thread.
        let statistics = self.adopt(unsafe { statistics(self.raw()) });
        statistics.get("heapSize").ok().and_then(|size| size.as_f64()).unwrap_or(0.0) as usize
    }

    /// Stores host state, one value per type.
    pub fn set_host_data<T: 'static>(&self, data: Rc<T>) {
        let old = self.inner.host_data.borrow_mut().insert(TypeId::of::<T>(), data);
        drop(old);
    }

    /// Host state stored by [`Context::set_host_data`].
    pub fn host_data<T: 'static>(&self) -> Option<Rc<T>> {
        let data = self.inner.host_data.borrow().get(&TypeId::of::<T>()).cloned()?;
        data.downcast().ok()
    }

    /// Drops all native closures and host data, which breaks cycles between them and the context. Native functions that are
    /// called afterwards throw. The context is freed when the last handle goes.
    pub fn dispose(&self) {
        if self.inner.limits.is_set() {
            self.clear_pending_exception();
        }
        function::forget_functions_of(&self.inner);
        let data = std::mem::take(&mut *self.inner.host_data.borrow_mut());
        drop(data);
        self.inner.graveyard.bury();
    }
}

/// The GLib main context of this thread, made before the engine looks for it; null when GLib's functions are not found.
fn task_loop(api: &'static Api) -> *mut c_void {
    struct TaskLoop(*mut c_void, &'static Api);
    impl Drop for TaskLoop {
        fn drop(&mut self) {
            if let (Some(pop), Some(unref), false) =
                (self.1.g_main_context_pop_thread_default, self.1.g_main_context_unref, self.0.is_null())
            {
                // SAFETY: pushed by this thread in `task_loop`; we own one reference.
                unsafe {
                    pop(self.0);
                    unref(self.0);
                }
            }
        }
    }
    thread_local!(static LOOP: OnceCell<TaskLoop> = const { OnceCell::new() });
    LOOP.try_with(|cell| {
        cell.get_or_init(|| {
            let raw = match (api.g_main_context_new, api.g_main_context_push_thread_default) {
                // SAFETY: a new context is pushed once for this thread.
                (Some(new), Some(push)) => unsafe {
                    let raw = new();
                    push(raw);
                    raw
                },
                _ => ptr::null_mut(),
            };
            TaskLoop(raw, api)
        })
        .0
    })
    .unwrap_or(ptr::null_mut())
}
