//! Promises and rejections that nobody handles.

use crate::intrinsics::Intrinsic;
use crate::sys::ObjectRef;
use crate::{Context, Value};

/// The two functions that settle a promise.
#[derive(Clone, Debug)]
pub struct Resolver {
    /// Fulfils the promise, or follows another one.
    pub resolve: Value,
    /// Rejects the promise.
    pub reject: Value,
}

impl Resolver {
    /// Fulfils the promise with `value`; does nothing when it is settled.
    pub fn resolve(&self, value: &Value) {
        settle(&self.resolve, value);
    }

    /// Rejects the promise with `reason`; does nothing when it is settled.
    pub fn reject(&self, reason: &Value) {
        settle(&self.reject, reason);
    }
}

fn settle(function: &Value, value: &Value) {
    // A resolving function never throws, but the script may be over.
    if let Err(exception) = function.call(&function.context().undefined(), std::slice::from_ref(value)) {
        tracing::debug!(%exception, "a promise could not be settled");
    }
}

impl Context {
    /// A pending promise and its resolving functions.
    pub fn promise(&self) -> (Value, Resolver) {
        let parts = self.call_intrinsic(Intrinsic::Deferred, &[]);
        let part = |index| match &parts {
            Ok(parts) => parts.get_index(index).unwrap_or_else(|_| self.undefined()),
            Err(_) => self.undefined(),
        };
        (part(0), Resolver { resolve: part(1), reject: part(2) })
    }

    /// Calls `f` with (promise, reason) for each rejection that is unhandled when the microtasks have run. Replaces an earlier
    /// callback. Without it such rejections are silent.
    pub fn on_unhandled_rejection(&self, f: impl Fn(Value, Value) + 'static) {
        let Some(set) = self.api().JSGlobalContextSetUnhandledRejectionCallback else {
            tracing::warn!("this version of JavaScriptCore does not report unhandled rejections");
            return;
        };
        let callback = self.function("onUnhandledRejection", 2, move |call| {
            f(call.arg(0), call.arg(1));
            Ok(call.context.undefined())
        });
        // SAFETY: the callback is a live function; the engine keeps it.
        let result =
            self.catching(|_, _, exception| unsafe { set(self.inner.raw, callback.raw() as ObjectRef, exception) });
        if let Err(exception) = result {
            tracing::warn!(%exception, "unhandled rejections will not be reported");
        }
    }
}

impl Value {
    /// Whether this is a promise (`Promise.prototype` is in its chain).
    pub fn is_promise(&self) -> bool {
        self.is_object() && self.context().call_intrinsic(Intrinsic::IsPromise, &[self]).is_ok_and(|is| is.to_boolean())
    }
}
