//! Native data of objects.

use super::objects::object;
use crate::args::{Finalize, Handle, Out};
use crate::env::Env;
use crate::finalizers::{Finalizer, Wrap};
use crate::status::{Outcome, Status};
use crate::table::functions;
use std::ffi::c_void;
use std::ptr;

fn wrap(
    env: &Env,
    target: Handle,
    data: *mut c_void,
    finalize: Option<Finalize>,
    hint: *mut c_void,
    result: Out<usize>,
) -> Outcome {
    let object = object(env, target)?;
    if data.is_null() {
        return Err(Status::InvalidArg);
    }
    let finalizer = finalize.map(|finalize| Finalizer { finalize, data, hint });
    env.wrap(object, Wrap { data, finalizer });
    if let Some(result) = result.optional() {
        result.set(env.new_reference(object, 1)?);
    }
    Ok(())
}

functions! {
    /// As on the platform: a finalizer is asked for, a second wrap takes the place of the first, and the reference that is asked for
    /// is strong.
    guarded fn napi_wrap(env, target: Handle, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void, result: Out<usize>) {
        let finalize = finalize.ok_or(Status::InvalidArg)?;
        wrap(env, target, data, Some(finalize), hint, result)
    }

    /// The finalizer runs on the event loop in any case.
    guarded fn napi_wrap_enhance(
        env,
        target: Handle,
        data: *mut c_void,
        finalize: Option<Finalize>,
        asynchronous: bool,
        hint: *mut c_void,
        size: usize,
        result: Out<usize>,
    ) {
        let _ = (asynchronous, size);
        wrap(env, target, data, finalize, hint, result)
    }

    /// An object that wraps nothing gives null and success, as on the platform.
    guarded fn napi_unwrap(env, target: Handle, result: Out<*mut c_void>) {
        let result = result.check()?;
        let object = object(env, target)?;
        result.set(env.wrapped(object).unwrap_or(ptr::null_mut()));
        Ok(())
    }

    guarded fn napi_remove_wrap(env, target: Handle, result: Out<*mut c_void>) {
        let object = object(env, target)?;
        let data = env.unwrap(object).unwrap_or(ptr::null_mut());
        if let Some(result) = result.optional() {
            result.set(data);
        }
        Ok(())
    }

    guarded fn napi_create_external(env, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void, result: Out<Handle>) {
        let result = result.check()?;
        let external = env.locals().external(data);
        if let Some(finalize) = finalize {
            env.add_finalizer(external, Finalizer { finalize, data, hint });
        }
        result.give(env, external);
        Ok(())
    }

    plain fn napi_get_value_external(env, value: Handle, result: Out<*mut c_void>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.set(env.locals().external_data(value).ok_or(Status::InvalidArg)?);
        Ok(())
    }

    plain fn napi_add_finalizer(env, target: Handle, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void, result: Out<usize>) {
        let object = object(env, target)?;
        let finalize = finalize.ok_or(Status::InvalidArg)?;
        env.add_finalizer(object, Finalizer { finalize, data, hint });
        if let Some(result) = result.optional() {
            result.set(env.new_reference(object, 1)?);
        }
        Ok(())
    }
}
