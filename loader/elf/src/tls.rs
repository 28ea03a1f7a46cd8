//! Thread-local storage of libraries that do not use the emulated kind.

/// The address of a variable in the calling thread's block of a library, made at its first use: what `__tls_get_addr` gives.
/// `module` and `offset` are the two words that it is given the address of.
pub fn thread_local_address(_module: usize, _offset: usize) -> *mut u8 {
    std::ptr::null_mut()
}
