//! Objects that own a Rust value.

use crate::sys::{Api, ClassDefinition, ClassRef, FinalizeCallback, NO_AUTOMATIC_PROTOTYPE, ObjectRef};
use crate::{Context, Local, Locals, Value};
use std::any::Any;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Rust values of dead objects. Finalizers run inside the collector, where nothing of JavaScript may be touched, so they only
/// put values here; the context drops them at its next return.
#[derive(Default)]
pub(crate) struct Graveyard {
    dead: Mutex<Vec<Owned>>,
    /// Whether there is something in it: looked at after every call.
    filled: AtomicBool,
}

/// A value on its way from the finalizer to the context's thread.
struct Owned(#[expect(dead_code, reason = "held to be dropped")] Box<dyn Any>);
// SAFETY: made, moved out and dropped on the context's thread; the collector's thread, if a finalizer ever ran there, only
// moves the box. (`Inner` itself is not `Send`, so no other thread reaches the graveyard from safe code.)
unsafe impl Send for Owned {}

impl Graveyard {
    fn add(&self, value: Box<dyn Any>) {
        self.dead.lock().unwrap_or_else(PoisonError::into_inner).push(Owned(value));
        self.filled.store(true, Ordering::Release);
    }

    /// Drops what has died. Dropping may run arbitrary code, so no lock is held.
    pub(crate) fn bury(&self) {
        while self.filled.load(Ordering::Acquire) {
            self.filled.store(false, Ordering::Relaxed);
            let dead = {
                let mut dead = self.dead.lock().unwrap_or_else(PoisonError::into_inner);
                if dead.is_empty() {
                    return;
                }
                std::mem::take(&mut *dead)
            };
            drop(dead);
        }
    }
}

/// What the private pointer of a native object points to.
struct Payload {
    graveyard: *const Graveyard,
    data: Box<dyn Any>,
}

/// The one class of native objects; `JSClassRef` may be shared by virtual machines.
struct Class(ClassRef);
// SAFETY: the class is immutable after creation and its reference count is atomic.
unsafe impl Send for Class {}
// SAFETY: as above.
unsafe impl Sync for Class {}

fn make_class(api: &Api, finalize: Option<FinalizeCallback>) -> Class {
    let definition = ClassDefinition {
        version: 0,
        attributes: NO_AUTOMATIC_PROTOTYPE,
        class_name: c"Object".as_ptr(),
        parent: ptr::null_mut(),
        static_values: ptr::null(),
        static_functions: ptr::null(),
        initialize: ptr::null(),
        finalize,
        rest: [ptr::null(); 9],
    };
    // SAFETY: the definition is complete; the library copies it.
    Class(unsafe { (api.JSClassCreate)(&raw const definition) })
}

fn class(context: &Context) -> ClassRef {
    static CLASS: OnceLock<Class> = OnceLock::new();
    CLASS.get_or_init(|| make_class(context.api(), Some(finalize as FinalizeCallback))).0
}

/// The class of objects that stand for a pointer of somebody else's.
fn external_class(api: &Api) -> ClassRef {
    static CLASS: OnceLock<Class> = OnceLock::new();
    CLASS.get_or_init(|| make_class(api, None)).0
}

impl<'s> Locals<'s> {
    /// An object that stands for a pointer.
    #[expect(clippy::not_unsafe_ptr_arg_deref, reason = "the pointer is kept, never followed")]
    pub fn external(self, data: *mut c_void) -> Local<'s> {
        let api = self.context().api();
        // SAFETY: class and context are alive; the pointer is only kept.
        let object = unsafe { (api.JSObjectMake)(self.context().raw(), external_class(api), data) };
        // SAFETY: a live object, in a local variable of the caller.
        unsafe { Local::from_raw(object as u64) }.unwrap_or(Local::UNDEFINED)
    }

    /// The pointer of an object made by [`Self::external`].
    pub fn external_data(self, value: Local<'s>) -> Option<*mut c_void> {
        let api = self.context().api();
        // SAFETY: a live value of this context.
        let is = value.is_cell()
            && unsafe { (api.JSValueIsObjectOfClass)(self.context().raw(), value.value_ref(), external_class(api)) };
        // SAFETY: an object of our class.
        is.then(|| unsafe { (api.JSObjectGetPrivate)(value.value_ref().cast_mut()) })
    }
}

impl<'s> Locals<'s> {
    /// As [`Context::native_object`], with `Object.prototype`.
    pub fn native_object(self, data: Box<dyn Any>) -> Local<'s> {
        self.local(&self.context().native_object(data, None))
    }

    /// A copy of the Rust value of a native object: whether the object outlives the next call does not matter to it.
    pub fn native<T: Clone + 'static>(self, value: Local<'s>) -> Option<T> {
        let api = self.context().api();
        // SAFETY: a live value of this context.
        let ours = value.is_cell()
            && unsafe { (api.JSValueIsObjectOfClass)(self.context().raw(), value.value_ref(), class(self.context())) };
        if !ours {
            return None;
        }
        // SAFETY: objects of our class carry a payload until they are finalized, which cannot happen before the copy is made:
        // the engine is not called.
        let payload = unsafe { (api.JSObjectGetPrivate)(value.value_ref().cast_mut()).cast::<Payload>().as_ref() }?;
        payload.data.downcast_ref::<T>().cloned()
    }
}

unsafe extern "C" fn finalize(object: ObjectRef) {
    let Ok(loaded) = crate::library::loaded() else { return };
    // SAFETY: only objects of our class have this finalizer; their private pointer is set at creation and never changed.
    let payload = unsafe { (loaded.api.JSObjectGetPrivate)(object) }.cast::<Payload>();
    if payload.is_null() {
        return;
    }
    // SAFETY: made by `Box::into_raw` in `native_object`; an object is finalized once.
    let payload = *unsafe { Box::from_raw(payload) };
    // SAFETY: the graveyard lives in `Inner`, which outlives the virtual machine.
    unsafe { &*payload.graveyard }.add(payload.data);
}

impl Context {
    /// An object that owns a Rust value, dropped on this thread some time after the object was collected (at the next return
    /// from the engine), at the latest with the context. The prototype is `Object.prototype` unless given.
    ///
    /// A value that holds a [`Context`] or [`Value`] keeps the context alive as long as the object lives.
    pub fn native_object(&self, data: Box<dyn Any>, prototype: Option<&Value>) -> Value {
        let payload = Box::into_raw(Box::new(Payload { graveyard: &raw const self.inner.graveyard, data }));
        // SAFETY: class and context are alive; the object takes over the payload.
        let object =
            self.adopt(unsafe { (self.api().JSObjectMake)(self.raw(), class(self), payload.cast::<c_void>()) });
        if let Some(prototype) = prototype {
            object.set_prototype(prototype);
        }
        object
    }
}

impl Value {
    /// Borrows the Rust value of a native object.
    pub fn native<T: 'static>(&self) -> Option<&T> {
        let context = self.context();
        // SAFETY: a live value of this context.
        let ours = unsafe { (context.api().JSValueIsObjectOfClass)(context.raw(), self.value_ref(), class(context)) };
        if !ours {
            return None;
        }
        // SAFETY: objects of our class carry a payload until they are finalized, which the handle `self` prevents; nothing
        // takes a mutable borrow of it.
        let payload =
            unsafe { (context.api().JSObjectGetPrivate)(self.raw() as ObjectRef).cast::<Payload>().as_ref() }?;
        payload.data.downcast_ref()
    }
}
