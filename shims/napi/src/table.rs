//! The names that the library exports.

use concord_elf::{Absence, Symbol, SystemLibrary};
use std::sync::Arc;

/// Defines C functions that take a `napi_env` first, and `symbol`, which finds them by name.
///
/// Before `fn` stands how the function treats the environment: `plain`, `guarded` (refuses while an exception is pending) or
/// `quiet` (does not touch the last error), see `call.rs`. The body gets `&Env` and ends with `Outcome`; a panic in it becomes
/// `GenericFailure`.
macro_rules! functions {
    ($($(#[$meta:meta])* $flavour:ident fn $name:ident($env:ident $(, $argument:ident: $type:ty)* $(,)?) $body:block)*) => {
        $(
            $(#[$meta])*
            pub(crate) extern "C" fn $name(env: $crate::env::EnvPointer $(, $argument: $type)*) -> $crate::status::Status {
                $crate::call::$flavour(env, |$env: &$crate::env::Env| -> $crate::status::Outcome { $body })
            }
        )*

        /// The address of one of these functions.
        pub(crate) fn symbol(name: &str) -> Option<*const ()> {
            match name {
                $(stringify!($name) => Some($name as *const ()),)*
                _ => None,
            }
        }
    };
}
pub(crate) use functions;

struct LibNapi;

/// `libace_napi.z.so`.
pub fn library() -> Arc<dyn SystemLibrary> {
    Arc::new(LibNapi)
}

impl SystemLibrary for LibNapi {
    fn names(&self) -> &[&str] {
        &["libace_napi.z.so"]
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        if let Some(address) = crate::api::symbol(name) {
            return Some(Symbol::Address(address as usize));
        }
        // A name of the family that is not there yet, rather than one that does not exist.
        let ours = name.starts_with("napi_") || name.starts_with("node_api_");
        ours.then_some(Symbol::Absent(Absence::Abort))
    }
}
