//! What a system library is.

use std::sync::Arc;

/// A library that Concord supplies, such as `libc.so`: a name and a table of what it exports.
pub trait SystemLibrary: Send + Sync {
    /// What `DT_NEEDED` entries and `dlopen` call it: `libc.so`. More than one where the platform's names are aliases.
    fn names(&self) -> &[&str];

    /// Looks a symbol up. `None` when the platform's library does not export it either.
    fn symbol(&self, name: &str) -> Option<Symbol>;
}

/// What a system library says about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// The address of a function or object, valid as long as the process.
    Address(usize),
    /// The platform has it, Concord does not: calls go to a stub that reports.
    Absent(Absence),
}

/// What the stub of a missing function does after it has reported the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The guest cannot go on: its call is given up.
    Abort,
    /// The function returns this (an error code, or null).
    Answer(u64),
}

/// A call of a function that Concord does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCall {
    /// The function.
    pub symbol: String,
    /// The system library that should have it; `None` when no library of the platform is known to.
    pub library: Option<String>,
    /// The guest library that imports it.
    pub importer: String,
}

/// Told of every call of a missing function, on the thread that calls. For [`Absence::Abort`] it must not return
/// (`aborts` is set): when it does, the process aborts.
pub type OnMissing = fn(call: &MissingCall, aborts: bool);

/// The system libraries in the order in which a guest sees them: those that it needs come first, then the others, because an app process of the platform has
/// them in its global scope.
pub(crate) struct SystemScope<'a> {
    libraries: Vec<&'a Arc<dyn SystemLibrary>>,
    /// How many of them are needed.
    needed: usize,
}

impl<'a> SystemScope<'a> {
    pub(crate) fn new(system: &'a [Arc<dyn SystemLibrary>], needed: &[&str]) -> SystemScope<'a> {
        let is_needed = |library: &&Arc<dyn SystemLibrary>| library.names().iter().any(|name| needed.contains(name));
        let (mut libraries, others): (Vec<_>, Vec<_>) = system.iter().partition(is_needed);
        let needed = libraries.len();
        libraries.extend(others);
        SystemScope { libraries, needed }
    }

    /// What the system says about a name, and which library does. One that has the function goes before one that only should.
    /// For weak imports only those that are needed are asked: most are of names that nobody has, and the others would all get their tables ready.
    pub(crate) fn find(&self, name: &str, weak: bool) -> Option<(&'a Arc<dyn SystemLibrary>, Symbol)> {
        let mut absent = None;
        let count = if weak { self.needed } else { self.libraries.len() };
        for library in self.libraries.iter().take(count) {
            match library.symbol(name) {
                Some(Symbol::Address(address)) => return Some((library, Symbol::Address(address))),
                Some(symbol) if absent.is_none() => absent = Some((*library, symbol)),
                _ => {}
            }
        }
        absent
    }
}
