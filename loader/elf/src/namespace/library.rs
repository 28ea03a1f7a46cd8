//! What `dlopen` and `dladdr` give, and what `dlopen` and `dlsym` take.

use super::{Namespace, SymbolScope as Scope};
use crate::Module;
use std::ffi::CStr;
use std::fmt;
use std::sync::Arc;

/// How a library is opened: the `RTLD_` flags of `dlopen`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenFlags {
    /// `RTLD_GLOBAL`: later libraries and `RTLD_DEFAULT` see its symbols, and those of what it needs.
    pub global: bool,
    /// `RTLD_NOLOAD`: only when it is loaded already.
    pub no_load: bool,
    /// `RTLD_NODELETE`: closing never unloads it.
    pub no_delete: bool,
}

impl OpenFlags {
    /// Of `dlopen`'s argument: RTLD_LAZY 1, RTLD_NOW 2, RTLD_NOLOAD 4, RTLD_GLOBAL 0x100, RTLD_NODELETE 0x1000. Everything is bound at once, whichever is asked for.
    pub fn from_bits(bits: i32) -> OpenFlags {
        OpenFlags { global: bits & 0x100 != 0, no_load: bits & 4 != 0, no_delete: bits & 0x1000 != 0 }
    }
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

/// A library in use: what `dlopen` gives. It counts as one opening however often it is cloned; [`Namespace::close`] gives that back.
#[derive(Clone)]
pub struct Library {
    namespace: &'static Namespace,
    what: What,
}

/// What a handle stands for.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// `dlopen(NULL)`.
    App,
    /// A system library, by its place in the options.
    System(usize),
    Guest(Arc<Module>),
}

/// Handles are numbers that no pointer has: 16 for the app, then the system libraries, from here on the guests'.
const GUESTS: usize = 1 << 20;

impl What {
    pub(super) fn of_handle(
        handle: usize,
        system: usize,
        guest: impl FnOnce(u64) -> Option<Arc<Module>>,
    ) -> Option<What> {
        if !handle.is_multiple_of(16) {
            return None;
        }
        match handle / 16 {
            0 => None,
            1 => Some(What::App),
            number if number < GUESTS => Some(What::System(number - 2)).filter(|_| number - 2 < system),
            number => guest((number - GUESTS) as u64).map(What::Guest),
        }
    }

    fn handle(&self) -> usize {
        16 * match self {
            What::App => 1,
            What::System(index) => index + 2,
            What::Guest(module) => module.id as usize + GUESTS,
        }
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Library").field(&self.what).finish()
    }
}

impl Library {
    pub(super) fn new(namespace: &'static Namespace, what: What) -> Library {
        Library { namespace, what }
    }

    pub(super) fn what(&self) -> &What {
        &self.what
    }

    /// The address of a symbol of this library, or of those that it needs in breadth-first order.
    pub fn symbol(&self, name: &str) -> Option<usize> {
        self.namespace.symbol_for(Scope::Library(self), name).ok()
    }

    /// A number for guests, never 0: the same for every opening of a library.
    pub fn handle(&self) -> usize {
        self.what.handle()
    }

    /// File name: `libfoo.so`. Empty for the app as a whole.
    pub fn name(&self) -> &str {
        match &self.what {
            What::App => "",
            What::System(index) => self.namespace.system_name(*index).unwrap_or_default(),
            What::Guest(module) => module.name(),
        }
    }

    /// The name that the app sees: a path, or the name of a system library.
    pub fn path(&self) -> &str {
        match &self.what {
            What::Guest(module) => module.path().to_str().unwrap_or_default(),
            _ => self.name(),
        }
    }

    /// The loaded library, when it is one of the app's.
    pub fn module(&self) -> Option<&Module> {
        match &self.what {
            What::Guest(module) => Some(module),
            _ => None,
        }
    }
}

/// What `dladdr` says. The strings stay where they are as long as the library is loaded.
#[derive(Clone, Debug)]
pub struct AddressInfo {
    module: Arc<Module>,
    address: usize,
}

impl AddressInfo {
    pub(super) fn new(module: Arc<Module>, address: usize) -> AddressInfo {
        AddressInfo { module, address }
    }

    /// `dli_fname`.
    pub fn path(&self) -> &CStr {
        self.module.path()
    }

    /// `dli_fbase`: where the file begins in memory.
    pub fn base(&self) -> usize {
        self.module.range().start
    }

    /// `dli_sname` and `dli_saddr`: the exported symbol that the address lies in.
    pub fn symbol(&self) -> Option<(&CStr, usize)> {
        self.module.symbol_at(self.address)
    }
}
