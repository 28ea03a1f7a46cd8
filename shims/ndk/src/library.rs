//! A library of the NDK: what Concord has of it, and stubs for the rest.

use crate::table::{self, Stub};
use concord_elf::{Symbol, SystemLibrary};
use concord_runtime::Support;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A function or object of ours that guests can link with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Export {
    /// The name in C.
    pub(crate) name: &'static str,
    address: *const (),
    /// What is missing of it, when something is.
    pub(crate) missing: Option<&'static str>,
}

// SAFETY: the address is only a number here; what it points to is code or an immutable object of this program.
unsafe impl Sync for Export {}
// SAFETY: as above.
unsafe impl Send for Export {}

impl Export {
    pub(crate) const fn new(name: &'static str, address: *const (), missing: Option<&'static str>) -> Export {
        Export { name, address, missing }
    }

    pub(crate) fn symbol(&self) -> Symbol {
        Symbol::Address(self.address as usize)
    }
}

/// A table of functions that are called in C what they are called here, or what is said:
/// `exports![uv_run, uv_stop: "what is missing", OH_X64 = OH_X]`.
macro_rules! exports {
    ($($name:ident $(= $function:path)? $(: $missing:literal)?),* $(,)?) => {
        &[$($crate::library::Export::new(
            stringify!($name),
            $crate::library::exports!(@address $name $($function)?),
            $crate::library::exports!(@missing $($missing)?),
        )),*]
    };
    (@address $name:ident) => { $name as *const () };
    (@address $name:ident $function:path) => { $function as *const () };
    (@missing) => { None };
    (@missing $missing:literal) => { Some($missing) };
}
pub(crate) use exports;

/// Looks a function of a library of the host up; `None` when the library is not installed or has no such function.
pub(crate) type HostLookup = fn(&str) -> Option<usize>;

/// What Concord has of a library.
#[derive(Clone, Copy, Default)]
pub(crate) struct Provided {
    /// Functions of ours.
    pub(crate) exports: &'static [Export],
    /// Where else to look.
    pub(crate) host: Option<Host>,
}

/// A library of the host whose functions guests call directly.
#[derive(Clone, Copy)]
pub(crate) struct Host {
    pub(crate) lookup: HostLookup,
    /// A function that is there whenever the library is.
    pub(crate) probe: &'static str,
    /// Functions that guests must not call as they are: stubs where there is none of ours.
    pub(crate) kept_back: &'static [&'static str],
    /// What to install when it is absent.
    pub(crate) remedy: &'static str,
}

/// One library of the platform.
pub(crate) struct NdkLibrary {
    names: [&'static str; 1],
    provided: Provided,
    symbols: OnceLock<FxHashMap<&'static str, Symbol>>,
}

/// What an import of an object that Concord does not have refers to: zeros, as large as any object of the NDK.
static NO_OBJECT: [u64; 64] = [0; 64];

impl NdkLibrary {
    pub(crate) fn new(name: &'static str, provided: Provided) -> NdkLibrary {
        NdkLibrary { names: [name], provided, symbols: OnceLock::new() }
    }

    fn symbols(&self) -> &FxHashMap<&'static str, Symbol> {
        self.symbols.get_or_init(|| {
            let ours = self.provided.exports.iter().map(|export| (export.name, export.symbol()));
            let mut symbols: FxHashMap<_, _> = ours.collect();
            for (name, known) in self.names.into_iter().flat_map(table::symbols) {
                symbols.entry(name).or_insert_with(|| match known.stub {
                    Stub::Function(absence) => Symbol::Absent(absence),
                    Stub::Data => Symbol::Address(NO_OBJECT.as_ptr() as usize),
                });
            }
            symbols
        })
    }
}

impl Host {
    fn function(&self, name: &str) -> Option<usize> {
        if self.kept_back.contains(&name) { None } else { (self.lookup)(name) }
    }

    /// What to install, when the host has no such library.
    pub(crate) fn wanted(&self) -> Option<&'static str> {
        (self.lookup)(self.probe).is_none().then_some(self.remedy)
    }
}

impl SystemLibrary for NdkLibrary {
    fn names(&self) -> &[&str] {
        &self.names
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        let symbol = self.symbols().get(name).copied()?;
        let host = match symbol {
            Symbol::Absent(_) => self.provided.host.and_then(|host| host.function(name)),
            Symbol::Address(_) => None,
        };
        Some(host.map_or(symbol, Symbol::Address))
    }
}

/// Support of one symbol, for `concord apis`.
#[derive(Debug, Clone, Copy)]
pub struct NativeApi {
    /// File name of the library.
    pub library: &'static str,
    /// Name in C.
    pub symbol: &'static str,
    /// API version that brought it.
    pub since: &'static str,
    /// Level.
    pub support: Support,
}

/// All symbols of one library.
pub(crate) fn apis(library: &'static str, provided: Provided) -> Vec<NativeApi> {
    let ours: FxHashMap<_, _> = provided.exports.iter().map(|export| (export.name, export.missing)).collect();
    let level = |symbol: &str| match (ours.get(symbol), provided.host) {
        (Some(Some(missing)), _) => Support::Partial(missing),
        (Some(None), _) => Support::Full,
        (None, Some(host)) if !host.kept_back.contains(&symbol) => Support::Partial(host.remedy),
        (None, _) => Support::Stub,
    };
    table::symbols(library)
        .map(|(symbol, known)| NativeApi { library, symbol, since: known.since, support: level(symbol) })
        .collect()
}
