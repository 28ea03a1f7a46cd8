//! What runs when the app exits or a library is closed.

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
