//! Sendable objects. On the platform threads share them; here they live on one thread, like those of bytecode, and differ from other
//! objects in that they are marked and sealed.

use crate::api::buffers::typed_array;
use crate::api::objects;
use crate::args::{Callback, Chars, Finalize, Handle, In, Out, PropertyDescriptor};
use crate::env::{Env, OrPend};
use crate::finalizers::{Finalizer, Wrap};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{ArrayType, Local};
use std::ffi::c_void;
use std::ptr;

/// Attributes of properties of sendable classes (`napi_property_attributes` of the platform): fields of instances.
const INSTANCE: i32 = 1 << 9;
const INSTANCE_OBJECT: i32 = 1 << 11;
const INSTANCE_GENERIC: i32 = 1 << 12;

/// What the platform wants of an object before it wraps something into it.
fn sendable_object<'s>(env: &'s Env, object: Handle) -> Outcome<Local<'s>> {
    let object = object.get(env)?;
    if env.locals().is_object(object) && env.asks("isSendable", object)? {
        Ok(object)
    } else {
        Err(Status::ObjectExpected)
    }
}

/// Whether a sendable object may hold the value.
fn is_sendable(env: &Env, value: Local<'_>) -> Outcome<bool> {
    let locals = env.locals();
    let primitive = !locals.is_object(value) && locals.kind(value) != concord_engine::Kind::Symbol;
    // SAFETY: the value is alive, as the caller's is.
    let value = unsafe { Local::from_raw(value.raw()) }.ok_or(Status::InvalidArg)?;
    Ok(primitive || env.asks("isSendable", value)?)
}

fn mark<'s>(env: &'s Env, object: Local<'s>) -> Outcome<Local<'s>> {
    env.help("markSendable", &[object])
}

fn wrap(env: &Env, object: Handle, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void) -> Outcome {
    if data.is_null() {
        return Err(Status::InvalidArg);
    }
    let object = sendable_object(env, object)?;
    let finalizer = finalize.map(|finalize| Finalizer { finalize, data, hint });
    env.wrap(object, Wrap { data, finalizer });
    Ok(())
}

fn ok(status: Status) -> Outcome {
    if status == Status::Ok { Ok(()) } else { Err(status) }
}

functions! {
    guarded fn napi_define_sendable_class(env, name: Chars, length: usize, constructor: Option<Callback>, data: *mut c_void, count: usize, properties: In<PropertyDescriptor>, parent: Handle, result: Out<Handle>) {
        let result = result.check()?;
        let locals = env.locals();
        let (fields, others): (Vec<&PropertyDescriptor>, Vec<&PropertyDescriptor>) = properties
            .slice(count)?
            .iter()
            .partition(|property| property.attributes & (INSTANCE | INSTANCE_OBJECT | INSTANCE_GENERIC) != 0);
        let others: Vec<PropertyDescriptor> = others.into_iter().copied().collect();
        let mut class = Handle::NULL;
        ok(objects::napi_define_class(
            env.pointer(), name, length, constructor, data, others.len(), In::of(&others), Out::to(&mut class),
        ))?;
        let list = locals.array(&[]).or_pend(env)?;
        for (at, field) in (0_u32..).zip(fields) {
            let key = if field.utf8name.is_null() { field.name.get(env)? } else { locals.string(&field.utf8name.text()?) };
            locals.set_index(list, at * 2, key).or_pend(env)?;
            locals.set_index(list, at * 2 + 1, field.value.optional(env).unwrap_or(Local::UNDEFINED)).or_pend(env)?;
        }
        let parent = parent.optional(env).unwrap_or(Local::UNDEFINED);
        let class = env.help("sendableClass", &[class.get(env)?, parent, list])?;
        result.give(env, class);
        Ok(())
    }

    plain fn napi_is_sendable(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(is_sendable(env, value)?);
        Ok(())
    }

    plain fn napi_create_sendable_object_with_properties(env, count: usize, properties: In<PropertyDescriptor>, result: Out<Handle>) {
        let result = result.check()?;
        let object = env.locals().object();
        ok(objects::napi_define_properties(env.pointer(), env.keep(object), count, properties))?;
        env.help("sealSendable", &[object])?;
        result.give(env, object);
        Ok(())
    }

    plain fn napi_create_sendable_array(env, result: Out<Handle>) {
        let result = result.check()?;
        let array = env.locals().array(&[]).or_pend(env)?;
        result.give(env, mark(env, array)?);
        Ok(())
    }

    plain fn napi_create_sendable_array_with_length(env, length: usize, result: Out<Handle>) {
        let result = result.check()?;
        let locals = env.locals();
        let array = locals.array(&[]).or_pend(env)?;
        locals.set(array, locals.key("length"), Local::number(length as f64)).or_pend(env)?;
        result.give(env, mark(env, array)?);
        Ok(())
    }

    guarded fn napi_create_sendable_arraybuffer(env, byte_length: usize, data: Out<*mut c_void>, result: Out<Handle>) {
        let (data, result) = (data.check()?, result.check()?);
        let (buffer, start) = env.new_buffer(byte_length)?;
        data.set(start.cast());
        result.give(env, mark(env, buffer)?);
        Ok(())
    }

    guarded fn napi_create_sendable_typedarray(env, kind: i32, length: usize, buffer: Handle, byte_offset: usize, result: Out<Handle>) {
        let buffer = buffer.get(env)?;
        let result = result.check()?;
        if env.locals().array_type(buffer) != ArrayType::Buffer || !env.asks("isSendable", buffer)? {
            return Err(Status::ArraybufferExpected);
        }
        let array = typed_array(env, kind, length, buffer, byte_offset)?;
        result.give(env, mark(env, array)?);
        Ok(())
    }

    guarded fn napi_wrap_sendable(env, object: Handle, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void) {
        wrap(env, object, data, finalize, hint)
    }

    /// The size is for the collector of the platform.
    guarded fn napi_wrap_sendable_with_size(env, object: Handle, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void, _size: usize) {
        wrap(env, object, data, finalize, hint)
    }

    /// Null for an object that wraps nothing, as on the platform.
    guarded fn napi_unwrap_sendable(env, object: Handle, result: Out<*mut c_void>) {
        let object = sendable_object(env, object)?;
        result.check()?.set(env.wrapped(object).unwrap_or(ptr::null_mut()));
        Ok(())
    }

    guarded fn napi_remove_wrap_sendable(env, object: Handle, result: Out<*mut c_void>) {
        let object = sendable_object(env, object)?;
        result.check()?.set(env.unwrap(object).unwrap_or(ptr::null_mut()));
        Ok(())
    }

    plain fn napi_create_strong_sendable_reference(env, value: Handle, result: Out<usize>) {
        let value = value.get(env)?;
        let result = result.check()?;
        if !is_sendable(env, value)? {
            return Err(Status::ObjectExpected);
        }
        result.set(env.new_reference(value, 1)?);
        Ok(())
    }

    plain fn napi_delete_strong_sendable_reference(env, reference: usize) {
        env.delete_reference(reference)
    }

    plain fn napi_get_strong_sendable_reference_value(env, reference: usize, result: Out<Handle>) {
        let result = result.check()?;
        let value = env.reference_value(reference)?.ok_or(Status::GenericFailure)?;
        result.give(env, value);
        Ok(())
    }
}
