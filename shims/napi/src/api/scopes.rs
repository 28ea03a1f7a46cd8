//! Handle scopes and references.

use crate::args::{Handle, Out};
use crate::env::Env;
use crate::status::Status;
use crate::table::functions;

functions! {
    plain fn napi_open_handle_scope(env, result: Out<usize>) {
        result.check()?.set(env.open_scope(false));
        Ok(())
    }

    plain fn napi_close_handle_scope(env, scope: usize) {
        close(env, scope, false)
    }

    plain fn napi_open_escapable_handle_scope(env, result: Out<usize>) {
        result.check()?.set(env.open_scope(true));
        Ok(())
    }

    plain fn napi_close_escapable_handle_scope(env, scope: usize) {
        close(env, scope, true)
    }

    plain fn napi_escape_handle(env, scope: usize, escapee: Handle, result: Out<Handle>) {
        let value = escapee.get(env)?;
        let result = result.check()?;
        env.escape(scope, value)?;
        // The value itself is the handle.
        result.set(escapee);
        Ok(())
    }

    /// Of any value, as on the platform; Node takes only objects, functions and symbols.
    plain fn napi_create_reference(env, value: Handle, count: u32, result: Out<usize>) {
        let value = value.get(env)?;
        result.check()?.set(env.new_reference(value, count)?);
        Ok(())
    }

    plain fn napi_delete_reference(env, reference: usize) {
        env.delete_reference(reference)
    }

    plain fn napi_reference_ref(env, reference: usize, result: Out<u32>) {
        let count = env.reference_up(reference)?;
        if let Some(result) = result.optional() {
            result.set(count);
        }
        Ok(())
    }

    /// The count stays at 0 when it is there, as on the platform.
    plain fn napi_reference_unref(env, reference: usize, result: Out<u32>) {
        let count = env.reference_down(reference)?;
        if let Some(result) = result.optional() {
            result.set(count);
        }
        Ok(())
    }

    plain fn napi_get_reference_value(env, reference: usize, result: Out<Handle>) {
        let result = result.check()?;
        let value = env.reference_value(reference)?;
        result.set(value.map_or(Handle::NULL, |value| env.keep(value)));
        Ok(())
    }
}

fn close(env: &Env, scope: usize, escapable: bool) -> Result<(), Status> {
    if scope == 0 {
        return Err(Status::InvalidArg);
    }
    env.close_scope(scope, escapable)
}
