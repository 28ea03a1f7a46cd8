//! Values as data: `napi_serialize` makes a copy that any thread may turn back into a value, as often as it likes.

use crate::args::{Handle, Out};
use crate::env::{Env, EnvPointer, OrPend};
use crate::handles::Handles;
use crate::loop_side::Word;
use crate::status::{Outcome, Status};
use crate::table::functions;
use crate::tables::Table;
use concord_engine::{ArrayType, Context, ErrorKind, Exception, JsResult, Kind, Local, Value};
use concord_runtime::transfer::{Copied, Message, Moved, Shared, Sharing, add_sharing};
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;

/// A native object on its way between environments.
#[derive(Clone, Copy, Debug)]
struct Detached {
    attach: Attach,
    object: Word,
    hint: Word,
}

static SERIALIZED: Handles<Message> = Handles::new(0x300_0000_1000);

/// `napi_native_binding_detach_callback`.
type Detach = unsafe extern "C" fn(env: EnvPointer, object: *mut c_void, hint: *mut c_void) -> *mut c_void;
/// `napi_native_binding_attach_callback`.
type Attach = unsafe extern "C" fn(env: EnvPointer, object: *mut c_void, hint: *mut c_void) -> Handle;

/// What `napi_coerce_to_native_binding_object` was given for an object.
#[derive(Clone, Copy)]
struct Binding {
    detach: Detach,
    attach: Attach,
    object: *mut c_void,
    hint: *mut c_void,
}

/// Objects that `napi_coerce_to_native_binding_object` was called with: the guest takes them out of one environment and puts them
/// into another.
struct Natives;

/// That they are known to messages of this context.
struct Known;

impl Natives {
    fn make_known(env: &Env) -> Outcome<()> {
        let context = env.context();
        if context.host_data::<Known>().is_some() {
            return Ok(());
        }
        let predicate = env.helpers()?.own("isBound").or_pend(env)?;
        add_sharing(context, &predicate, Rc::new(Natives)).or_pend(env)?;
        context.set_host_data(Rc::new(Known));
        Ok(())
    }
}

fn failed(context: &Context, env: &Env) -> Exception {
    let pending = env.take_pending().map(Exception);
    pending
        .unwrap_or_else(|| Exception(context.error(ErrorKind::Error, "a native object cannot change its environment")))
}

impl Sharing for Natives {
    fn share(&self, object: &Value, _copy: bool) -> JsResult<Option<Shared>> {
        let context = object.context();
        let env = Env::of(context);
        let detached = detach(&env, object).map_err(|_| failed(context, &env))?;
        Ok(Some(Arc::new(detached)))
    }

    fn adopt(&self, context: &Context, shared: &Shared) -> JsResult<Option<Value>> {
        let Some(Detached { attach, object, hint }) = shared.downcast_ref::<Detached>().copied() else {
            return Ok(None);
        };
        let env = Env::of(context);
        let arguments = [env.pointer().word(), object.0, hint.0, 0];
        // SAFETY: a C function of the guest with these arguments.
        let attached = unsafe { env.try_call_guest(attach as *const c_void, arguments) };
        attached.map(|value| Some(value.unwrap_or_else(|| context.undefined()))).map_err(Exception)
    }
}

/// Lets the guest take a native object out of its environment.
fn detach(env: &Env, object: &Value) -> Outcome<Detached> {
    let number = env.helpers()?.own("binding").or_pend(env)?;
    let number = number.call(&env.context().undefined(), std::slice::from_ref(object)).or_pend(env)?;
    let number = number.as_f64().ok_or(Status::GenericFailure)? as usize;
    let Binding { detach, attach, object, hint } = Table::<Binding>::of(env).with(number, |binding| *binding)?;
    let arguments = [env.pointer().word(), object as usize, hint as usize, 0];
    // SAFETY: a C function of the guest with these arguments.
    let detached = unsafe { env.call_guest(detach as *const c_void, arguments, |bits| bits.map_or(0, Local::raw)) };
    Ok(Detached { attach, object: Word(detached as usize), hint: Word(hint as usize) })
}

fn list_or_undefined(env: &Env, list: Handle) -> Outcome<Local<'_>> {
    let list = list.get(env)?;
    if list != Local::UNDEFINED && !env.locals().is_array(list) {
        return Err(Status::InvalidArg);
    }
    Ok(list)
}

functions! {
    /// Sendable objects are shared unless they are in `clone_list`.
    plain fn napi_serialize(env, object: Handle, transfer_list: Handle, clone_list: Handle, result: Out<usize>) {
        let object = object.get(env)?;
        let transferred = list_or_undefined(env, transfer_list)?;
        let copied = list_or_undefined(env, clone_list)?;
        let result = result.check()?;
        result.set(0);
        Natives::make_known(env)?;
        let context = env.context();
        let [object, transferred, copied] = [object, transferred, copied].map(|value| value.to_value(context));
        let moved = if transferred.is_object() { Moved::Listed(&transferred) } else { Moved::None };
        let copied = if copied.is_object() { Copied::Listed(&copied) } else { Copied::None };
        let message = Message::take(&object, moved, copied).or_pend(env)?;
        result.set(SERIALIZED.add(|_| message));
        Ok(())
    }

    plain fn napi_deserialize(env, buffer: usize, object: Out<Handle>) {
        let object = object.check()?;
        let serialized = SERIALIZED.get(buffer).ok_or(Status::InvalidArg)?;
        Natives::make_known(env)?;
        let value = Message::clone(&serialized).give(env.context()).or_pend(env)?;
        object.give(env, env.locals().local(&value));
        Ok(())
    }

    plain fn napi_delete_serialization_data(_env, buffer: usize) {
        SERIALIZED.remove(buffer).map(drop).ok_or(Status::InvalidArg)
    }

    plain fn napi_coerce_to_native_binding_object(env, object: Handle, detach: Option<Detach>, attach: Option<Attach>, native: *mut c_void, hint: *mut c_void) {
        let object = object.get(env)?;
        let (detach, attach) = (detach.ok_or(Status::InvalidArg)?, attach.ok_or(Status::InvalidArg)?);
        if native.is_null() {
            return Err(Status::InvalidArg);
        }
        let locals = env.locals();
        if !matches!(locals.kind(object), Kind::Object | Kind::Function) || locals.array_type(object) != ArrayType::None {
            return Err(Status::ObjectExpected);
        }
        let number = Table::of(env).add(Binding { detach, attach, object: native, hint });
        env.help("bind", &[object, Local::number(number as f64)])?;
        Ok(())
    }
}
