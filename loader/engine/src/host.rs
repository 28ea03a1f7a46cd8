//! Host functions without the detour through the C interface.
//!
//! A function made by `JSObjectMakeFunctionWithCallback` costs about 75 ns per call: the engine gives up its lock around every
//! callback and takes it again. Its own built-ins are called in less than 10 ns, and the library exports what makes them, as
//! WebKitGTK uses it too. Those are C++ functions whose names spell out every argument type, so a name that is found is a
//! signature that is known; and before the first use, once per process, a test calls such functions in all ways that there are.
//! Where a name or the test fails, on other processors, or with `CONCORD_FAST_CALLS=0`, the C interface is used.
//!
//! What differs for callees: the engine's lock stays held, so no microtask runs and no collection starts while native code is
//! not calling the engine; `this` arrives as it is.

use crate::function::{self, LocalTarget, Target};
use crate::sys::{Api, ContextRef, GroupRef, ObjectRef};
use crate::{Context, Local};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// `JSC::JSFunction::create`. The function pointers travel in classes of one word, which are passed as that word.
type Create = unsafe extern "C" fn(
    vm: GroupRef,
    global: ContextRef,
    length: u32,
    name: *const *const c_void,
    function: HostFunction,
    visibility: u8,
    intrinsic: u8,
    constructor: HostFunction,
    signature: *const c_void,
) -> ObjectRef;

/// The same before host functions could be hidden from stacks.
type CreateVisible = unsafe extern "C" fn(
    vm: GroupRef,
    global: ContextRef,
    length: u32,
    name: *const *const c_void,
    function: HostFunction,
    intrinsic: u8,
    constructor: HostFunction,
    signature: *const c_void,
) -> ObjectRef;

/// `JSC::VM::throwException(JSGlobalObject*, JSValue)`.
type Throw = unsafe extern "C" fn(vm: GroupRef, global: ContextRef, value: u64) -> *mut c_void;

/// A host function: the global object and the call's frame; the encoded result, or 0 after throwing.
type HostFunction = unsafe extern "C" fn(global: ContextRef, frame: *const u64) -> u64;

#[derive(Clone, Copy)]
enum Maker {
    Create(Create),
    Visible(CreateVisible),
}

/// What [`Maker`] is called, newest first.
const CREATE: &str = "_ZN3JSC10JSFunction6createERNS_2VMEPNS_14JSGlobalObjectEjRKN3WTF6StringENS5_11FunctionPtrILNS5_6PtrTagE1E\
FlS4_PNS_9CallFrameEELNS5_18FunctionAttributesE2EEENS_24ImplementationVisibilityENS_9IntrinsicESF_PKNS_6DOMJIT9SignatureE";
const CREATE_VISIBLE: &str = "_ZN3JSC10JSFunction6createERNS_2VMEPNS_14JSGlobalObjectEjRKN3WTF6StringENS5_11FunctionPtrILNS5_6PtrTagE1E\
FlS4_PNS_9CallFrameEELNS5_18FunctionAttributesE2EEENS_9IntrinsicESF_PKNS_6DOMJIT9SignatureE";
const THROW: &str = "_ZN3JSC2VM14throwExceptionEPNS_14JSGlobalObjectENS_7JSValueE";
/// The construct behaviour of functions that are no constructors.
const NOT_A_CONSTRUCTOR: &str = "_ZN3JSC29callHostFunctionAsConstructorEPNS_14JSGlobalObjectEPNS_9CallFrameE";

/// Words of a frame (`CallFrameSlot`, in units of 8 bytes).
const CALLEE: usize = 3;
const COUNT_WITH_THIS: usize = 4;
const THIS: usize = 5;

/// The library's own functions.
#[derive(Clone, Copy)]
pub(crate) struct HostCalls {
    maker: Maker,
    throw: Throw,
    not_a_constructor: HostFunction,
}

impl HostCalls {
    /// Looks the functions up; `None` where the C interface is to be used.
    pub(crate) fn find(library: &libloading::Library) -> Option<HostCalls> {
        let wanted = std::env::var_os("CONCORD_FAST_CALLS").is_none_or(|value| value != "0");
        if !wanted || !cfg!(target_arch = "x86_64") {
            return None;
        }
        // SAFETY: the mangled name spells the argument types out; that one-word classes are passed as the word is the
        // processor's C++ ABI, and the self-test would show.
        unsafe {
            let maker = match library.get::<Create>(CREATE.as_bytes()) {
                Ok(create) => Maker::Create(*create),
                Err(_) => Maker::Visible(*library.get::<CreateVisible>(CREATE_VISIBLE.as_bytes()).ok()?),
            };
            let throw = *library.get::<Throw>(THROW.as_bytes()).ok()?;
            let not_a_constructor = *library.get::<HostFunction>(NOT_A_CONSTRUCTOR.as_bytes()).ok()?;
            Some(HostCalls { maker, throw, not_a_constructor })
        }
    }

    /// A nameless function whose calls arrive at [`function::dispatch`] with its own address.
    pub(crate) fn make(&self, context: &Context, constructs: bool) -> Option<Local<'static>> {
        let api = context.api();
        let (lock, unlock) = api.JSLock.zip(api.JSUnlock)?;
        let constructor = if constructs { construct } else { self.not_a_constructor };
        let name = std::ptr::null();
        // SAFETY: context and group are alive, the lock is held as the engine's insides want it; a null word is the null
        // string; 0 is "public" and "no intrinsic".
        unsafe {
            lock(context.raw());
            let group = (api.JSContextGetGroup)(context.raw());
            let function = match self.maker {
                Maker::Create(create) => {
                    create(group, context.raw(), 0, &raw const name, call, 0, 0, constructor, std::ptr::null())
                }
                Maker::Visible(create) => {
                    create(group, context.raw(), 0, &raw const name, call, 0, constructor, std::ptr::null())
                }
            };
            unlock(context.raw());
            Local::from_raw(function as u64)
        }
    }
}

unsafe extern "C" fn call(global: ContextRef, frame: *const u64) -> u64 {
    // SAFETY: called by the engine as a host function.
    unsafe { enter(global, frame, false) }
}

unsafe extern "C" fn construct(global: ContextRef, frame: *const u64) -> u64 {
    // SAFETY: as above.
    unsafe { enter(global, frame, true) }
}

/// # Safety
/// The arguments are those of a host function.
#[inline(always)]
unsafe fn enter(global: ContextRef, frame: *const u64, construct: bool) -> u64 {
    // SAFETY: the layout of frames is what the self-test has looked at; the arguments live as long as the call.
    let (callee, this, arguments) = unsafe {
        let count = *frame.add(COUNT_WITH_THIS) as u32 as usize;
        let arguments = std::slice::from_raw_parts(frame.add(THIS + 1).cast::<Local<'_>>(), count.saturating_sub(1));
        (*frame.add(CALLEE) as usize, *frame.add(THIS) as usize, arguments)
    };
    match function::call_recent(callee, this, arguments, construct) {
        Some(Ok(value)) => value as u64,
        Some(Err(thrown)) => throw(global, thrown),
        None => enter_anew(global, callee, this, arguments, construct),
    }
}

/// The rest of [`enter`] for functions that were not called lately, or are closures.
#[inline(never)]
fn enter_anew(global: ContextRef, callee: usize, this: usize, arguments: &[Local<'_>], construct: bool) -> u64 {
    // Nothing may unwind into the engine.
    match catch_unwind(AssertUnwindSafe(|| function::dispatch(callee, this, arguments, construct))) {
        Ok(Some(Ok(value))) => value as u64,
        Ok(Some(Err(thrown))) => throw(global, thrown),
        Ok(None) => throw(global, function::failure(global, None)),
        Err(panic) => throw(global, function::failure(global, Some(panic))),
    }
}

/// Makes the running function throw. The result is what it has to return.
#[cold]
fn throw(global: ContextRef, thrown: usize) -> u64 {
    if let Ok(loaded) = crate::library::loaded()
        && let Some(host) = &loaded.host
    {
        // SAFETY: the context is running this function and holds the lock; the value is alive.
        unsafe { (host.throw)((loaded.api.JSContextGetGroup)(global), global, thrown as u64) };
    }
    0
}

/// Whether functions made by [`HostCalls`] work; tested once per process.
pub(crate) fn works(context: &Context, api: &Api, host: &HostCalls) -> bool {
    static WORKS: OnceLock<bool> = OnceLock::new();
    *WORKS.get_or_init(|| {
        let works = api.JSLock.is_some() && api.JSUnlock.is_some() && test(context, host).is_some();
        tracing::debug!(works, "host functions without the C interface");
        works
    })
}

/// Calls, constructs, throws; `None` when anything is not as it should be.
fn test(context: &Context, host: &HostCalls) -> Option<()> {
    let make = |constructs| {
        let function = host.make(context, constructs)?;
        let target = Target::Local(LocalTarget::new(context, probe, [7; 3]));
        let companion = function::register(context, function.raw() as usize, target);
        Some((context.adopt(function.value_ref()), companion))
    };
    let ((plain, _alive), (class, _alive_too)) = (make(false)?, make(true)?);
    let source = "(function (plain, class_) {
        'use strict';
        const same = (a, b) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
        const o = {}, symbol = Symbol();
        if (!same(plain(), [undefined, undefined])) return 1;
        if (!same(plain.call(o, 1, 'two', symbol, 0.5), [o, undefined, 1, 'two', symbol, 0.5])) return 2;
        if (!same(plain.apply(5, Array(300).fill(o)), [5, undefined, ...Array(300).fill(o)])) return 3;
        try { plain.call(null, 'throw', o); return 4 } catch (e) { if (e !== o) return 5 }
        try { new plain; return 6 } catch (e) { if (!(e instanceof TypeError)) return 7 }
        class Derived extends class_ { constructor(x) { super(x, 2); } }
        class_.prototype = {};
        if (!same(new class_(1), [class_, class_, 1])) return 8;
        if (!same(new Derived(o), [Derived, Derived, o, 2])) return 9;
        try { new class_('throw', o); return 10 } catch (e) { if (e !== o) return 11 }
        if (!same(class_.call(o), [o, undefined])) return 12;
        for (let i = 0; i < 2000; i++) if (plain(i)[2] !== i) return 13;
        return 0;
    })";
    // A derived class looks at `prototype` when it is declared.
    let prepared = context.eval("(f => { f.prototype = null; })", "").ok()?;
    prepared.call(&context.undefined(), std::slice::from_ref(&class)).ok()?;
    let failed = context.eval(source, "").ok()?.call(&context.undefined(), &[plain, class]).ok()?;
    if failed.as_i64() != Some(0) {
        tracing::warn!(check = ?failed.as_i64(), "this library's host functions are not as expected");
        return None;
    }
    Some(())
}

/// `[this, new.target, ...arguments]`, or throws its second argument.
fn probe<'a>(call: &function::LocalCall<'a>) -> crate::LocalResult<'a> {
    let locals = call.locals;
    let first = call.args.first().copied().unwrap_or(Local::UNDEFINED);
    if *call.data != [7; 3] {
        return Ok(Local::NULL);
    }
    if locals.strict_equals(first, locals.string("throw")) {
        return Err(call.args.get(1).copied().unwrap_or(Local::NULL));
    }
    let list = locals.array(&[call.this, call.new_target.unwrap_or(Local::UNDEFINED)])?;
    for (index, argument) in (2..).zip(call.args) {
        locals.set_index(list, index, *argument)?;
    }
    Ok(list)
}
