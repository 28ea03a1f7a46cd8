//! Objects, arrays and their properties.

use crate::args::{Callback, Chars, Handle, In, Out, PropertyDescriptor, TypeTag};
use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{KeyFilter, Kind, Local};
use std::ffi::c_void;

/// `napi_static`: a property of the class itself.
const STATIC: i32 = 1 << 10;
/// What remains of attributes for `defineProperty`.
const ATTRIBUTES: i32 = 7;
/// Array lengths are 32-bit.
const MAX_ARRAY: usize = u32::MAX as usize;

mod filter {
    pub(super) const ENUMERABLE: i32 = 1 << 1;
    pub(super) const SKIP_SYMBOLS: i32 = 1 << 4;
    pub(super) const ALL: i32 = (1 << 5) - 1;
    pub(super) const PROTOTYPES: i32 = 1 << 5;
    pub(super) const NUMBERS: i32 = 1 << 6;
}

/// An object (functions are), as most functions want.
pub(super) fn object(env: &Env, value: Handle) -> Outcome<Local<'_>> {
    let value = value.get(env)?;
    if env.locals().is_object(value) { Ok(value) } else { Err(Status::ObjectExpected) }
}

/// An object, or the wrapper of a primitive.
fn convertible(env: &Env, value: Handle) -> Outcome<Local<'_>> {
    let value = value.get(env)?;
    let locals = env.locals();
    match value {
        value if locals.is_object(value) => Ok(value),
        value if value.is_nullish() => Err(Status::ObjectExpected),
        value => locals.to_object(value).or_pend(env),
    }
}

fn name(env: &Env, key: Handle) -> Outcome<Local<'_>> {
    let key = key.get(env)?;
    match env.locals().kind(key) {
        Kind::String | Kind::Symbol => Ok(key),
        _ => Err(Status::NameExpected),
    }
}

/// Defines one property; `holder` answers whether it belongs to the class or its prototype.
pub(super) fn define(env: &Env, target: Local<'_>, descriptor: &PropertyDescriptor) -> Outcome {
    let locals = env.locals();
    let text;
    let key = if descriptor.utf8name.is_null() {
        text = String::new().into();
        name(env, descriptor.name)?
    } else {
        text = descriptor.utf8name.text()?;
        locals.key(&text)
    };
    let attributes = descriptor.attributes & ATTRIBUTES;
    let function = |callback: Option<Callback>| {
        callback.map_or(Local::UNDEFINED, |callback| env.function(&text, callback, descriptor.data, false))
    };
    if descriptor.getter.is_some() || descriptor.setter.is_some() {
        let (getter, setter) = (function(descriptor.getter), function(descriptor.setter));
        return locals.define_accessor(target, key, getter, setter, attributes).or_pend(env);
    }
    let value = match descriptor.method {
        Some(method) => env.function(&text, method, descriptor.data, false),
        None => descriptor.value.optional(env).unwrap_or(Local::UNDEFINED),
    };
    locals.define_value(target, key, value, attributes).or_pend(env)
}

fn names(env: &Env, target: Local<'_>, bits: i32, result: Out<Handle>) -> Outcome {
    let result = result.check()?;
    result.give(env, env.locals().keys(target, KeyFilter(bits)).or_pend(env)?);
    Ok(())
}

functions! {
    plain fn napi_create_object(env, result: Out<Handle>) {
        result.check()?.give(env, env.locals().object());
        Ok(())
    }

    plain fn napi_create_array(env, result: Out<Handle>) {
        let result = result.check()?;
        result.give(env, env.locals().array(&[]).or_pend(env)?);
        Ok(())
    }

    plain fn napi_create_array_with_length(env, length: usize, result: Out<Handle>) {
        let result = result.check()?;
        let locals = env.locals();
        if length > MAX_ARRAY {
            return Err(Status::InvalidArg);
        }
        let array = locals.array(&[]).or_pend(env)?;
        locals.set(array, locals.key("length"), Local::number(length as f64)).or_pend(env)?;
        result.give(env, array);
        Ok(())
    }

    plain fn napi_is_array(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(env.locals().is_array(value));
        Ok(())
    }

    plain fn napi_get_array_length(env, value: Handle, result: Out<u32>) {
        let value = value.get(env)?;
        let result = result.check()?;
        let locals = env.locals();
        if !locals.is_array(value) {
            return Err(Status::ArrayExpected);
        }
        let length = locals.get(value, locals.key("length")).or_pend(env)?;
        result.set(length.as_f64().unwrap_or(0.0) as u32);
        Ok(())
    }

    guarded fn napi_get_prototype(env, value: Handle, result: Out<Handle>) {
        let object = object(env, value)?;
        let result = result.check()?;
        result.give(env, env.locals().prototype(object).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_set_property(env, target: Handle, key: Handle, value: Handle) {
        let (key, value) = (key.get(env)?, value.get(env)?);
        let object = object(env, target)?;
        env.locals().set(object, key, value).or_pend(env)
    }

    /// Of primitives, too.
    guarded fn napi_get_property(env, target: Handle, key: Handle, result: Out<Handle>) {
        let key = key.get(env)?;
        let result = result.check()?;
        let object = convertible(env, target)?;
        result.give(env, env.locals().get(object, key).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_has_property(env, target: Handle, key: Handle, result: Out<bool>) {
        let key = key.get(env)?;
        let result = result.check()?;
        let object = object(env, target)?;
        result.set(env.locals().has(object, key).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_has_own_property(env, target: Handle, key: Handle, result: Out<bool>) {
        let result = result.check()?;
        let object = object(env, target)?;
        let key = name(env, key)?;
        result.set(env.locals().has_own(object, key).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_delete_property(env, target: Handle, key: Handle, result: Out<bool>) {
        let key = key.get(env)?;
        let object = object(env, target)?;
        let deleted = env.locals().delete(object, key).or_pend(env)?;
        if let Some(result) = result.optional() {
            result.set(deleted);
        }
        Ok(())
    }

    guarded fn napi_set_named_property(env, target: Handle, key: Chars, value: Handle) {
        let value = value.get(env)?;
        let key = key.text()?;
        let object = object(env, target)?;
        let locals = env.locals();
        locals.set(object, locals.key(&key), value).or_pend(env)
    }

    guarded fn napi_get_named_property(env, target: Handle, key: Chars, result: Out<Handle>) {
        let key = key.text()?;
        let result = result.check()?;
        let object = convertible(env, target)?;
        let locals = env.locals();
        result.give(env, locals.get(object, locals.key(&key)).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_has_named_property(env, target: Handle, key: Chars, result: Out<bool>) {
        let key = key.text()?;
        let result = result.check()?;
        let object = object(env, target)?;
        let locals = env.locals();
        result.set(locals.has(object, locals.key(&key)).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_set_element(env, target: Handle, index: u32, value: Handle) {
        let value = value.get(env)?;
        let object = object(env, target)?;
        env.locals().set_index(object, index, value).or_pend(env)
    }

    guarded fn napi_get_element(env, target: Handle, index: u32, result: Out<Handle>) {
        let result = result.check()?;
        let object = convertible(env, target)?;
        result.give(env, env.locals().get_index(object, index).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_has_element(env, target: Handle, index: u32, result: Out<bool>) {
        let result = result.check()?;
        let object = object(env, target)?;
        result.set(env.locals().has(object, Local::number(f64::from(index))).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_delete_element(env, target: Handle, index: u32, result: Out<bool>) {
        let object = object(env, target)?;
        let deleted = env.locals().delete(object, Local::number(f64::from(index))).or_pend(env)?;
        if let Some(result) = result.optional() {
            result.set(deleted);
        }
        Ok(())
    }

    /// The object's own enumerable names, as on the platform; Node adds those of the prototypes.
    guarded fn napi_get_property_names(env, target: Handle, result: Out<Handle>) {
        let object = object(env, target)?;
        names(env, object, filter::ENUMERABLE | filter::SKIP_SYMBOLS, result)
    }

    guarded fn napi_get_all_property_names(env, target: Handle, mode: i32, keys: i32, conversion: i32, result: Out<Handle>) {
        let object = object(env, target)?;
        if !(0..=1).contains(&mode) || !(0..=1).contains(&conversion) {
            return Err(Status::InvalidArg);
        }
        let prototypes = if mode == 0 { filter::PROTOTYPES } else { 0 };
        let numbers = if conversion == 0 { filter::NUMBERS } else { 0 };
        names(env, object, keys & filter::ALL | prototypes | numbers, result)
    }

    guarded fn napi_object_freeze(env, target: Handle) {
        let object = object(env, target)?;
        env.locals().freeze(object).or_pend(env)
    }

    guarded fn napi_object_seal(env, target: Handle) {
        let object = object(env, target)?;
        env.locals().seal(object).or_pend(env)
    }

    guarded fn napi_define_properties(env, target: Handle, count: usize, properties: In<PropertyDescriptor>) {
        let object = object(env, target)?;
        for descriptor in properties.slice(count)? {
            define(env, object, descriptor)?;
        }
        Ok(())
    }

    /// A class: static properties are its own, the others its prototype's.
    guarded fn napi_define_class(
        env,
        utf8name: Chars,
        length: usize,
        constructor: Option<Callback>,
        data: *mut c_void,
        count: usize,
        properties: In<PropertyDescriptor>,
        result: Out<Handle>,
    ) {
        let name = String::from_utf8_lossy(utf8name.bytes(length)?);
        let constructor = constructor.ok_or(Status::InvalidArg)?;
        let result = result.check()?;
        let locals = env.locals();
        let class = env.function(&name, constructor, data, true);
        let prototype = locals.object();
        let hidden = concord_engine::WRITABLE | concord_engine::CONFIGURABLE;
        locals.define_value(prototype, locals.key("constructor"), class, hidden).or_pend(env)?;
        locals.define_value(class, locals.key("prototype"), prototype, 0).or_pend(env)?;
        for descriptor in properties.slice(count)? {
            let target = if descriptor.attributes & STATIC != 0 { class } else { prototype };
            define(env, target, descriptor)?;
        }
        result.give(env, class);
        Ok(())
    }

    guarded fn napi_instanceof(env, value: Handle, constructor: Handle, result: Out<bool>) {
        let (value, constructor) = (value.get(env)?, constructor.get(env)?);
        let result = result.check()?;
        let locals = env.locals();
        if locals.kind(constructor) != Kind::Function {
            return Err(Status::FunctionExpected);
        }
        result.set(locals.instance_of(value, constructor).or_pend(env)?);
        Ok(())
    }

    /// An object has one tag for ever; a second one is refused.
    guarded fn napi_type_tag_object(env, value: Handle, tag: In<TypeTag>) {
        let object = object(env, value)?;
        let tag = tag.one().ok_or(Status::InvalidArg)?;
        if env.set_tag(object, *tag) { Ok(()) } else { Err(Status::InvalidArg) }
    }

    guarded fn napi_check_object_type_tag(env, value: Handle, tag: In<TypeTag>, result: Out<bool>) {
        let object = object(env, value)?;
        let tag = tag.one().ok_or(Status::InvalidArg)?;
        result.check()?.set(env.tag(object) == Some(*tag));
        Ok(())
    }

    guarded fn napi_create_object_with_properties(env, result: Out<Handle>, count: usize, properties: In<PropertyDescriptor>) {
        let result = result.check()?;
        let object = env.locals().object();
        for descriptor in properties.slice(count)? {
            define(env, object, descriptor)?;
        }
        result.give(env, object);
        Ok(())
    }

    guarded fn napi_create_object_with_named_properties(env, result: Out<Handle>, count: usize, keys: In<Chars>, values: In<Handle>) {
        let result = result.check()?;
        let locals = env.locals();
        let object = locals.object();
        for (key, value) in keys.slice(count)?.iter().zip(values.slice(count)?) {
            let key = key.text()?;
            locals.set(object, locals.key(&key), value.get(env)?).or_pend(env)?;
        }
        result.give(env, object);
        Ok(())
    }
}
