//! What the platform adds for convenience or speed, and small things.

use crate::args::{Handle, Out};
use crate::env::OrPend;
use crate::status::Status;
use crate::table::functions;
use crate::tables::Table;
use concord_engine::Kind;
use std::ffi::c_char;

/// `napi_node_version`.
#[repr(C)]
pub(crate) struct NodeVersion {
    major: u32,
    minor: u32,
    patch: u32,
    release: *const c_char,
}

// SAFETY: it points to a constant.
unsafe impl Sync for NodeVersion {}

/// There is no Node; this is the first long-term release with version 8 of Node-API.
static NODE_VERSION: NodeVersion = NodeVersion { major: 16, minor: 13, patch: 0, release: c"node".as_ptr() };

/// What `napi_create_callsite_info` makes. The engine has inline caches of its own, for which nothing needs to be kept.
struct CallSite;

functions! {
    plain fn napi_get_node_version(_env, result: Out<*const NodeVersion>) {
        result.check()?.set(&raw const NODE_VERSION);
        Ok(())
    }

    /// The engine counts what it keeps alive itself; the sum is all there is to it.
    plain fn napi_adjust_external_memory(env, change: i64, result: Out<i64>) {
        let result = result.check()?;
        let total = Table::<i64>::of(env);
        let sum = total.with(0, |sum| {
            *sum = sum.saturating_add(change).max(0);
            *sum
        });
        result.set(sum.unwrap_or_else(|_| {
            let sum = change.max(0);
            total.set(0, sum);
            sum
        }));
        Ok(())
    }

    plain fn napi_create_strong_reference(env, value: Handle, result: Out<usize>) {
        let value = value.get(env)?;
        result.check()?.set(env.new_reference(value, 1)?);
        Ok(())
    }

    plain fn napi_delete_strong_reference(env, reference: usize) {
        env.delete_reference(reference)
    }

    plain fn napi_get_strong_reference_value(env, reference: usize, result: Out<Handle>) {
        let result = result.check()?;
        let value = env.reference_value(reference)?.ok_or(Status::InvalidArg)?;
        result.give(env, value);
        Ok(())
    }

    guarded fn napi_create_callsite_info(env, result: Out<usize>) {
        result.check()?.set(Table::of(env).add(CallSite));
        Ok(())
    }

    guarded fn napi_delete_callsite_info(env, info: usize) {
        Table::<CallSite>::of(env).take(info).map(drop)
    }

    guarded fn napi_get_property_with_callsite_info(env, object: Handle, key: Handle, _info: usize, result: Out<Handle>, hit: Out<bool>) {
        let (object, key) = (object.get(env)?, key.get(env)?);
        let result = result.check()?;
        let locals = env.locals();
        let object = locals.to_object(object).map_err(|_| Status::ObjectExpected)?;
        let value = locals.get(object, key).or_pend(env)?;
        if let Some(hit) = hit.optional() {
            hit.set(false);
        }
        result.give(env, value);
        Ok(())
    }

    guarded fn napi_set_property_with_callsite_info(env, object: Handle, key: Handle, value: Handle, _info: usize, hit: Out<bool>) {
        let (object, key, value) = (object.get(env)?, key.get(env)?, value.get(env)?);
        let locals = env.locals();
        if !matches!(locals.kind(object), Kind::Object | Kind::Function) {
            return Err(Status::ObjectExpected);
        }
        locals.set(object, key, value).or_pend(env)?;
        if let Some(hit) = hit.optional() {
            hit.set(false);
        }
        Ok(())
    }

    /// References that keep their values alive.
    guarded fn napi_get_global_handle_count(env, result: Out<usize>) {
        result.check()?.set(env.strong_references());
        Ok(())
    }
}
