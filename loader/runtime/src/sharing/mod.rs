//! Objects that threads share.
//!
//! Nothing of an engine crosses threads. A sendable object begins as an object of JavaScript alone (`loader/ark/src/prelude/sendable.js`
//! and faces of system modules); when it is first to be seen by another thread its state moves here, and the object stays
//! behind as the *face* of it. Other machines make faces of their own, at most one each at a time, so that the same object is
//! the same to everybody who compares.
//!
//! What sends values between threads asks [`Runtime::share`] for a [`SharedRef`] of each object that it meets, and gives the
//! receiver [`Runtime::face`] of it. `natives.rs` is what the faces use; `object.rs` what is shared.

mod modules;
mod natives;
mod object;
mod parking;
mod value;

pub use object::{Kind, SharedRef, WeakRef};
pub use value::SharedValue;

use crate::Runtime;
use concord_engine::{Context, JsResult, Local, LocalResult, Locals, Value, Weak as WeakValue};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

pub(crate) use natives::install;

/// The faces of a machine.
#[derive(Default)]
pub(crate) struct Faces {
    known: RefCell<FxHashMap<u64, WeakValue>>,
    /// `share(object)`: its handle, or `undefined` when it is not sendable; `adopt(name, module, detail, handle)`: a new face.
    share: OnceCell<Value>,
    adopt: OnceCell<Value>,
    /// `open(handle)`: the face.
    open: OnceCell<Value>,
}

/// What a face holds: the Rust value of its handle, a native object.
#[derive(Clone)]
struct Handle {
    object: SharedRef,
    /// Forgets the face when the handle dies with it.
    _entry: Rc<Entry>,
}

struct Entry {
    id: u64,
    faces: Weak<Faces>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let Some(faces) = self.faces.upgrade() else { return };
        let mut known = faces.known.borrow_mut();
        // A younger face of the same object stays.
        if known.get(&self.id).is_some_and(|face| face.get().is_none()) {
            let dead = known.remove(&self.id);
            drop(known);
            drop(dead);
        }
    }
}

impl Faces {
    fn of(context: &Context) -> Option<Rc<Faces>> {
        context.host_data()
    }

    fn handle(self: &Rc<Self>, object: SharedRef) -> Box<Handle> {
        let entry = Rc::new(Entry { id: object.id(), faces: Rc::downgrade(self) });
        Box::new(Handle { object, _entry: entry })
    }

    /// The face of an object in this machine, made when there is none.
    fn open<'s>(self: &Rc<Self>, locals: Locals<'s>, object: &SharedRef) -> LocalResult<'s> {
        let known = self.known.borrow().get(&object.id()).and_then(|face| locals.weak(face));
        if let Some(face) = known {
            return Ok(face);
        }
        let kind = object.kind().clone();
        let handle = locals.native_object(self.handle(object.clone()));
        let adopt = self.adopt.get().map_or(Local::UNDEFINED, |adopt| locals.local(adopt));
        let text = |text: &str| locals.string(text);
        let face = locals.call(
            adopt,
            Local::UNDEFINED,
            &[text(&kind.name), text(&kind.module), text(&kind.detail), handle],
        )?;
        self.bind(locals, object, face);
        Ok(face)
    }

    fn bind(&self, locals: Locals<'_>, object: &SharedRef, face: Local<'_>) {
        let old = self.known.borrow_mut().insert(object.id(), locals.context().weak(face));
        drop(old);
    }
}

/// The object behind a handle.
pub(crate) fn object_of<'s>(locals: Locals<'s>, handle: Local<'s>) -> Option<SharedRef> {
    locals.native::<Handle>(handle).map(|handle| handle.object)
}

impl Runtime {
    /// The reference through which other threads reach a sendable object (an instance of a sendable class, such a class, a
    /// collection, a lock, a shared buffer …). `None` for everything else, primitives included: that is copied.
    ///
    /// From then on the object's state is outside of the engine, and with it everything sendable that it refers to.
    pub fn share(&self, value: &Value) -> JsResult<Option<SharedRef>> {
        let Some(share) = Faces::of(self.context()).and_then(|faces| faces.share.get().cloned()) else {
            return Ok(None);
        };
        if !value.is_object() {
            return Ok(None);
        }
        let handle = share.call(&self.context().undefined(), std::slice::from_ref(value))?;
        Ok(shared_ref(&handle))
    }

    /// What stands for a shared object in this machine: always the same object as long as anybody holds it. Throws when its class
    /// cannot be loaded here.
    pub fn face(&self, object: &SharedRef) -> JsResult {
        let context = self.context();
        let open = Faces::of(context).and_then(|faces| faces.open.get().cloned());
        let open = open.unwrap_or_else(|| context.undefined());
        open.call(&context.undefined(), &[handle(context, object)])
    }
}

/// What faces call their handle: stands for a shared object in JavaScript of ours, never in that of apps.
pub fn handle(context: &Context, object: &SharedRef) -> Value {
    match Faces::of(context) {
        Some(faces) => context.native_object(faces.handle(object.clone()), None),
        None => context.undefined(),
    }
}

/// The object behind a handle that JavaScript of ours passes.
pub fn shared_ref(handle: &Value) -> Option<SharedRef> {
    handle.native::<Handle>().map(|handle| handle.object.clone())
}
