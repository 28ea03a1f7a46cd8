//! Values as data: `napi_serialize` makes a copy that any thread may turn back into a value, as often as it likes.

use crate::args::{Handle, Out};
use crate::env::{Env, EnvPointer, OrPend};
use crate::handles::Handles;
use crate::helpers::From;
use crate::loop_side::Word;
use crate::status::{Outcome, Status};
use crate::table::functions;
use crate::tables::Table;
use concord_engine::{ArrayType, Kind, Local, Value};
use std::ffi::c_void;

/// A part of a record of `clone.js`.
#[derive(Clone, Debug)]
enum Part {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    Text(Vec<u16>),
    BigInt(String),
    Bytes(Vec<u8>),
    Native(Detached),
}

/// A native object on its way between environments.
#[derive(Clone, Copy, Debug)]
struct Detached {
    attach: Attach,
    object: Word,
    hint: Word,
}

/// The records of a value.
struct Serialized(Vec<Vec<Part>>);

static SERIALIZED: Handles<Serialized> = Handles::new(0x300_0000_1000);

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

/// Takes a value apart. Native objects are detached, buffers of `transferred` handed over.
fn take(env: &Env, value: Local<'_>, transferred: Local<'_>) -> Outcome<Serialized> {
    let (context, locals) = (env.context(), env.locals());
    let own = &env.helpers()?;
    let (sendable, binding) = (own.own("isSendable").or_pend(env)?, own.own("binding").or_pend(env)?);
    let arguments = [value, transferred, locals.local(&sendable), locals.local(&binding)];
    // Handles from here on, because records are walked while script runs.
    let records: Value = env.help(From::Clone, "take", &arguments)?.to_value(context);
    let count = records.array_len().or_pend(env)?;
    let mut serialized = Vec::with_capacity(count as usize);
    for index in 0..count {
        let record = records.get_index(index).or_pend(env)?;
        let tag = record.get_index(0).or_pend(env)?.as_string().unwrap_or_default();
        let length = record.array_len().or_pend(env)?;
        let mut parts = Vec::with_capacity(length as usize);
        for part in 0..length {
            let value = record.get_index(part).or_pend(env)?;
            let value = match (&*tag, part) {
                ("native", 1) => {
                    parts.push(detach(env, &value)?);
                    continue;
                }
                // Before its bytes are looked at: that would keep the engine from letting it go.
                ("buffer", 1) if record.get_index(2).or_pend(env)?.as_bool() == Some(true) => {
                    env.help(From::Clone, "handOver", &[locals.local(&value)])?.to_value(context)
                }
                _ => value,
            };
            parts.push(part_of(&value).ok_or(Status::GenericFailure)?);
        }
        serialized.push(parts);
    }
    Ok(Serialized(serialized))
}

fn part_of(value: &Value) -> Option<Part> {
    Some(if value.is_undefined() {
        Part::Undefined
    } else if value.is_null() {
        Part::Null
    } else if let Some(truth) = value.as_bool() {
        Part::Boolean(truth)
    } else if let Some(number) = value.as_f64() {
        Part::Number(number)
    } else if let Some(text) = value.as_utf16() {
        Part::Text(text)
    } else if value.is_bigint() {
        Part::BigInt(value.to_js_string().ok()?)
    } else {
        Part::Bytes(value.bytes()?)
    })
}

/// Lets the guest take a native object out of its environment.
fn detach(env: &Env, number: &Value) -> Outcome<Part> {
    let number = number.as_f64().ok_or(Status::GenericFailure)? as usize;
    let Binding { detach, attach, object, hint } = Table::<Binding>::of(env).with(number, |binding| *binding)?;
    let arguments = [env.pointer().word(), object as usize, hint as usize, 0];
    // SAFETY: a C function of the guest with these arguments.
    let detached = unsafe { env.call_guest(detach as *const c_void, arguments, |bits| bits.map_or(0, Local::raw)) };
    Ok(Part::Native(Detached { attach, object: Word(detached as usize), hint: Word(hint as usize) }))
}

/// Makes the value anew.
fn give(env: &Env, serialized: &Serialized) -> Outcome<Value> {
    let context = env.context();
    let natives = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let mut records = Vec::with_capacity(serialized.0.len());
    for record in &serialized.0 {
        let mut parts = Vec::with_capacity(record.len());
        for part in record {
            parts.push(match part {
                Part::Undefined => context.undefined(),
                Part::Null => context.null(),
                Part::Boolean(truth) => context.boolean(*truth),
                Part::Number(number) => context.number(*number),
                Part::Text(text) => context.string_utf16(text),
                Part::BigInt(text) => context.bigint_from_text(text).or_pend(env)?,
                Part::Bytes(bytes) => context.array_buffer(bytes.clone()),
                Part::Native(native) => {
                    let mut natives = natives.borrow_mut();
                    natives.push(*native);
                    context.number((natives.len() - 1) as f64)
                }
            });
        }
        records.push(context.array(&parts));
    }
    let pointer = env.pointer();
    let attach = context.function("attach", 1, move |call| {
        let native = call.arg(0).as_f64().and_then(|number| natives.borrow().get(number as usize).copied());
        let (Some(Detached { attach, object, hint }), Ok(env)) = (native, pointer.hold()) else {
            return Ok(call.context.undefined());
        };
        let arguments = [pointer.word(), object.0, hint.0, 0];
        // SAFETY: a C function of the guest with these arguments.
        let attached = unsafe { env.try_call_guest(attach as *const c_void, arguments) };
        attached.map(|value| value.unwrap_or_else(|| call.context.undefined())).map_err(concord_engine::Exception)
    });
    let locals = env.locals();
    let (records, sendable) = (context.array(&records), env.helpers()?.own("sealSendable").or_pend(env)?);
    let arguments = [locals.local(&records), locals.local(&sendable), locals.local(&attach)];
    Ok(env.help(From::Clone, "give", &arguments)?.to_value(context))
}

fn list_or_undefined(env: &Env, list: Handle) -> Outcome<Local<'_>> {
    let list = list.get(env)?;
    if list != Local::UNDEFINED && !env.locals().is_array(list) {
        return Err(Status::InvalidArg);
    }
    Ok(list)
}

functions! {
    /// Sendable objects are copied, whether they are in `clone_list` or not: they live on one thread here.
    plain fn napi_serialize(env, object: Handle, transfer_list: Handle, clone_list: Handle, result: Out<usize>) {
        let object = object.get(env)?;
        let transferred = list_or_undefined(env, transfer_list)?;
        list_or_undefined(env, clone_list)?;
        let result = result.check()?;
        result.set(0);
        let serialized = take(env, object, transferred)?;
        result.set(SERIALIZED.add(|_| serialized));
        Ok(())
    }

    plain fn napi_deserialize(env, buffer: usize, object: Out<Handle>) {
        let object = object.check()?;
        let serialized = SERIALIZED.get(buffer).ok_or(Status::InvalidArg)?;
        let value = give(env, &serialized)?;
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
        env.help(From::Own, "bind", &[object, Local::number(number as f64)])?;
        Ok(())
    }
}
