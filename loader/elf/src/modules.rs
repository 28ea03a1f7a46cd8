//! The libraries that are loaded, readable from any thread and from signal handlers.

use std::ffi::CStr;

/// The loaded libraries at one moment; they stay mapped while this is held.
pub struct Modules {}

/// A loaded library.
pub struct Module {}

/// An address in a loaded library.
pub struct Location {}

/// The loaded libraries. Takes no lock and allocates nothing: fit for `dl_iterate_phdr` and for signal handlers.
pub fn modules() -> Modules {
    Modules {}
}

/// Finds the library that an address lies in. Async-signal-safe.
pub fn locate(_address: usize) -> Option<Location> {
    None
}

impl Modules {
    /// In the order in which they were loaded.
    pub fn iter(&self) -> impl Iterator<Item = &Module> {
        std::iter::empty()
    }

    /// How many were ever loaded (`dlpi_adds`).
    pub fn additions(&self) -> u64 {
        0
    }

    /// How many were unloaded (`dlpi_subs`).
    pub fn removals(&self) -> u64 {
        0
    }
}

impl Module {
    /// The name that the app sees (`dlpi_name`, `dli_fname`).
    pub fn path(&self) -> &CStr {
        c""
    }

    /// What is added to the addresses of the file (`dlpi_addr`).
    pub fn bias(&self) -> usize {
        0
    }

    /// `dlpi_phdr`, `dlpi_phnum`: a copy, valid as long as the library is loaded.
    pub fn program_headers(&self) -> &[libc::Elf64_Phdr] {
        &[]
    }

    /// `dlpi_tls_modid`: 0 when it has no thread-local storage.
    pub fn tls_module(&self) -> usize {
        0
    }

    /// `dlpi_tls_data`: this thread's block, null when it has none yet.
    pub fn tls_data(&self) -> *mut u8 {
        std::ptr::null_mut()
    }
}

impl Location {
    /// The library.
    pub fn module(&self) -> &Module {
        &Module {}
    }

    /// File name of the library: `libfoo.so`.
    pub fn name(&self) -> &str {
        ""
    }

    /// The address as the file has it, which `addr2line` understands.
    pub fn offset(&self) -> usize {
        0
    }

    /// The exported function that the address lies in or after, and how far.
    pub fn symbol(&self) -> Option<(&str, usize)> {
        None
    }
}
