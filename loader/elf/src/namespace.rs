//! The libraries of an app and what they can see of each other.

use crate::{ExitHandler, LibrarySource, OnMissing, SystemLibrary};
use std::ffi::CStr;
use std::sync::Arc;

/// What a namespace is made of.
pub struct Options {
    /// Asked in order, before the system libraries.
    pub sources: Vec<Box<dyn LibrarySource>>,
    /// The system's libraries. [`SystemLibrary::symbol`] is called while the namespace is locked: it must not call back.
    pub system: Vec<Arc<dyn SystemLibrary>>,
    /// Told of calls of functions that Concord does not have.
    pub on_missing: OnMissing,
}

/// The libraries of an app.
pub struct Namespace {
    #[expect(dead_code, reason = "the interface comes first")]
    options: Options,
}

/// Why something cannot be linked. The texts are what `dlerror` gives to guests.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No source and no system library has it.
    #[error("Error loading shared library {name}: No such file or directory{needed_by}")]
    NotFound {
        /// The library.
        name: String,
        /// ` (needed by libfoo.so)`, or nothing.
        needed_by: String,
    },
    /// No library that the request reaches has the symbol.
    #[error("Symbol not found: {name}")]
    SymbolNotFound {
        /// The symbol.
        name: String,
    },
}

/// How a library is opened: the `RTLD_` flags of `dlopen`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenFlags {
    /// `RTLD_GLOBAL`: later libraries and `RTLD_DEFAULT` see its symbols.
    pub global: bool,
    /// `RTLD_NOLOAD`: only when it is loaded already.
    pub no_load: bool,
    /// `RTLD_NODELETE`: closing never unloads it.
    pub no_delete: bool,
}

/// Where `dlsym` looks.
#[derive(Clone, Copy, Debug)]
pub enum SymbolScope<'a> {
    /// A handle: the library and those that it needs, in breadth-first order.
    Library(&'a Library),
    /// `RTLD_DEFAULT`, called from an address.
    Default {
        /// The return address of the call.
        caller: usize,
    },
    /// `RTLD_NEXT`: after the library that calls.
    Next {
        /// The return address of the call.
        caller: usize,
    },
}

/// A library in use: what `dlopen` gives.
#[derive(Clone, Debug)]
pub struct Library {}

/// What `dladdr` says. The strings stay where they are as long as the library is loaded.
#[derive(Clone, Debug)]
pub struct AddressInfo {}

impl OpenFlags {
    /// Of `dlopen`'s argument: RTLD_LAZY 1, RTLD_NOW 2, RTLD_NOLOAD 4, RTLD_GLOBAL 0x100, RTLD_NODELETE 0x1000. Everything is bound at once, whichever is asked for.
    pub fn from_bits(bits: i32) -> OpenFlags {
        OpenFlags { global: bits & 0x100 != 0, no_load: bits & 4 != 0, no_delete: bits & 0x1000 != 0 }
    }
}

impl Namespace {
    /// An empty namespace. The process has one, because an app process runs one app: it is what [`Namespace::of_process`] gives from then on.
    pub fn install(options: Options) -> &'static Namespace {
        Box::leak(Box::new(Namespace { options }))
    }

    /// The namespace of this process, once installed.
    pub fn of_process() -> Option<&'static Namespace> {
        None
    }

    /// Loads a library and what it needs, in breadth-first order, and runs the initialisers of those that are new; or finds it when it is there already.
    pub fn open(&self, name: &str) -> Result<Library, LinkError> {
        self.open_with_flags(Some(name), OpenFlags::default())
    }

    /// `dlopen`. The name of a file (`libfoo.so`), the path of a library as the app sees it, a system library, or none for the app as a whole.
    pub fn open_with_flags(&self, name: Option<&str>, _flags: OpenFlags) -> Result<Library, LinkError> {
        Err(LinkError::NotFound { name: name.unwrap_or_default().to_owned(), needed_by: String::new() })
    }

    /// The library of a handle that was given out before (see [`Library::handle`]): guests pass anything.
    pub fn library(&self, handle: usize) -> Result<Library, LinkError> {
        Err(LinkError::NotFound { name: format!("{handle:#x}"), needed_by: String::new() })
    }

    /// `dlclose`: gives one opening back. What nobody needs any more runs its finalisers and goes away.
    pub fn close(&self, _library: &Library) -> Result<(), LinkError> {
        Ok(())
    }

    /// `dlsym`.
    pub fn symbol_for(&self, _scope: SymbolScope<'_>, name: &str) -> Result<usize, LinkError> {
        Err(LinkError::SymbolNotFound { name: name.to_owned() })
    }

    /// `dladdr`: the guest library that an address lies in. `None` for other addresses.
    pub fn address_info(&self, _address: usize) -> Option<AddressInfo> {
        None
    }

    /// `__cxa_atexit` and `atexit`.
    pub fn at_exit(&self, _handler: ExitHandler) {}

    /// `__cxa_finalize`: runs the handlers of a library, newest first, each once; those of all libraries for 0.
    pub fn finalize(&self, _dso: usize) {}

    /// Exit of the app: handlers of all libraries, newest first, then `fini` of all libraries, in the reverse order of their initialisation. Later calls do nothing.
    pub fn exit(&self) {}
}

impl Library {
    /// The address of a symbol of this library, or of those that it needs in breadth-first order.
    pub fn symbol(&self, _name: &str) -> Option<usize> {
        None
    }

    /// A number for guests, never 0: the same for every opening of a library.
    pub fn handle(&self) -> usize {
        0
    }

    /// File name: `libfoo.so`.
    pub fn name(&self) -> &str {
        ""
    }

    /// The name that the app sees.
    pub fn path(&self) -> &str {
        ""
    }
}

impl AddressInfo {
    /// `dli_fname`.
    pub fn path(&self) -> &CStr {
        c""
    }

    /// `dli_fbase`: where the file begins in memory.
    pub fn base(&self) -> usize {
        0
    }

    /// `dli_sname` and `dli_saddr`: the exported symbol nearest below the address.
    pub fn symbol(&self) -> Option<(&CStr, usize)> {
        None
    }
}
