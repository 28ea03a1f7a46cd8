//! What runs when the app exits or a library is closed.

use crate::Module;
use std::ffi::c_void;
use std::sync::{Mutex, PoisonError};

/// A function that `atexit` or `__cxa_atexit` were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitHandler {
    /// Address of `void (*)(void *)`; for `atexit`, which passes nothing, the argument is ignored by the function.
    pub function: usize,
    /// What it is called with.
    pub argument: usize,
    /// The `__dso_handle` of the library that asks; 0 when it is not known (`atexit`), then the library is found by the address of the function.
    pub dso: usize,
}

impl ExitHandler {
    pub(crate) fn belongs_to(&self, module: &Module) -> bool {
        module.range().contains(if self.dso == 0 { &self.function } else { &self.dso })
    }
}

/// The handlers that have not run, oldest first.
#[derive(Default)]
pub(crate) struct Handlers(Mutex<Vec<ExitHandler>>);

impl Handlers {
    pub(crate) fn add(&self, handler: ExitHandler) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(handler);
    }

    /// Runs those that are wanted, newest first, each once; also those that are added meanwhile.
    pub(crate) fn run(&self, wanted: impl Fn(&ExitHandler) -> bool) {
        loop {
            let handler = {
                let mut handlers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(place) = handlers.iter().rposition(&wanted) else { return };
                handlers.remove(place)
            };
            if handler.function != 0 {
                // SAFETY: a guest registered this function for being called with this argument, and its library is still loaded: its handlers run before it goes.
                let function: extern "C" fn(*mut c_void) =
                    unsafe { std::mem::transmute(handler.function as *const ()) };
                function(handler.argument as *mut c_void);
            }
        }
    }
}
