//! The libraries of an app and what they can see of each other.

mod library;
mod load;
mod state;

pub use library::{AddressInfo, Library, OpenFlags, SymbolScope};

use crate::exit::Handlers;
use crate::image::Name;
use crate::stubs::Stubs;
use crate::system::SystemScope;
use crate::{ExitHandler, LibrarySource, LinkError, Module, OnMissing, Symbol, SystemLibrary, modules};
use library::What;
use state::{Dependency, State};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

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
///
/// A name is looked up for a new library among the libraries that were opened with `RTLD_GLOBAL`, then in the library that is being opened and in those that
/// it needs, breadth first, then in the system libraries that these need, then in all system libraries.
///
/// No lock is held while guest code runs.
pub struct Namespace {
    options: Options,
    state: Mutex<State>,
    stubs: Mutex<Stubs>,
    handlers: Handlers,
    /// In the order of their initialisation.
    initialised: Mutex<Vec<Arc<Module>>>,
    over: AtomicBool,
}

static PROCESS: OnceLock<&'static Namespace> = OnceLock::new();

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panicking thread leaves behind is consistent: members are added and removed whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Namespace {
    /// An empty namespace. The process has one, because an app process runs one app: the first is what [`Namespace::of_process`] gives from then on.
    pub fn install(options: Options) -> &'static Namespace {
        let namespace: &'static Namespace = Box::leak(Box::new(Namespace {
            options,
            state: Mutex::default(),
            stubs: Mutex::default(),
            handlers: Handlers::default(),
            initialised: Mutex::default(),
            over: AtomicBool::new(false),
        }));
        crate::unwind::prepare();
        PROCESS.get_or_init(|| namespace);
        namespace
    }

    /// The namespace of this process, once installed.
    pub fn of_process() -> Option<&'static Namespace> {
        PROCESS.get().copied()
    }

    /// Loads a library and what it needs, in breadth-first order, and runs the initialisers of those that are new; or finds it when it is there already.
    pub fn open(&'static self, name: &str) -> Result<Library, LinkError> {
        self.open_with_flags(Some(name), OpenFlags::default())
    }

    /// `dlopen`. The name of a file (`libfoo.so`), the path of a library as the app sees it, a system library, or none for the app as a whole.
    pub fn open_with_flags(&'static self, name: Option<&str>, flags: OpenFlags) -> Result<Library, LinkError> {
        let Some(name) = name else { return Ok(Library::new(self, What::App)) };
        let mut state = lock(&self.state);
        let found = match self.loaded(&state, name) {
            Some(found) => found,
            None if flags.no_load => return Err(LinkError::NotLoaded { name: name.to_owned() }),
            None => self.load(&mut state, name)?,
        };
        let id = match found {
            Dependency::System(index) => return Ok(Library::new(self, What::System(index))),
            Dependency::Guest(id) => id,
        };
        let Some(module) = state.open(id, flags) else { return Err(LinkError::NotLoaded { name: name.to_owned() }) };
        let order = state.initialisation_order(id);
        drop(state);
        for module in order {
            // Registered first: what it needs has run when this returns, and it is before what needs it.
            if module.initialise() {
                lock(&self.initialised).push(module);
            }
        }
        Ok(Library::new(self, What::Guest(module)))
    }

    /// The library of a handle that was given out before (see [`Library::handle`]): guests pass anything.
    pub fn library(&'static self, handle: usize) -> Result<Library, LinkError> {
        let what = What::of_handle(handle, self.options.system.len(), |id| lock(&self.state).module(id));
        what.map(|what| Library::new(self, what)).ok_or(LinkError::BadHandle { handle })
    }

    /// `dlclose`: gives one opening back. What nobody needs any more runs its finalisers and goes away.
    pub fn close(&self, library: &Library) -> Result<(), LinkError> {
        let What::Guest(module) = library.what() else { return Ok(()) };
        let gone = {
            let mut state = lock(&self.state);
            state.close(module.id).ok_or(LinkError::BadHandle { handle: library.handle() })?
        };
        if gone.is_empty() {
            return Ok(());
        }
        let mut order = Vec::new();
        lock(&self.initialised).retain(|module| {
            let goes = gone.iter().any(|gone| Arc::ptr_eq(gone, module));
            if goes {
                order.push(Arc::clone(module));
            }
            !goes
        });
        for module in order.iter().rev() {
            self.handlers.run(|handler| handler.belongs_to(module));
            module.finalise();
        }
        modules::remove(&gone);
        Ok(())
    }

    /// `dlsym`. A function that Concord does not have is not found, so that guests which ask first can do without.
    pub fn symbol_for(&self, scope: SymbolScope<'_>, name: &str) -> Result<usize, LinkError> {
        let looked = Name::new(name.as_bytes());
        let found = match scope {
            SymbolScope::Library(library) => match library.what() {
                What::System(index) => self.system_address(*index, name),
                What::App => self.find_from(None, false, &looked, name),
                What::Guest(module) => {
                    // Breadth first: guests and system libraries in the order in which they are needed.
                    let state = lock(&self.state);
                    state.breadth_first(module.id).into_iter().find_map(|dependency| match dependency {
                        Dependency::Guest(id) => state.module(id)?.find(&looked),
                        Dependency::System(index) => self.system_address(index, name),
                    })
                }
            },
            SymbolScope::Default { caller } => self.find_from(Some(caller), false, &looked, name),
            SymbolScope::Next { caller } => self.find_from(Some(caller), true, &looked, name),
        };
        found.ok_or_else(|| LinkError::SymbolNotFound { name: name.to_owned() })
    }

    /// Looks in the global libraries, then in those that the calling one needs, then in the system; from the calling one on when it is about the next definition.
    fn find_from(&self, caller: Option<usize>, next: bool, looked: &Name<'_>, name: &str) -> Option<usize> {
        let mut guests = Vec::new();
        let mut needed = Vec::new();
        {
            let state = lock(&self.state);
            guests.extend(state.global());
            let caller = caller.and_then(|caller| state.containing(caller));
            for dependency in caller.iter().flat_map(|module| state.breadth_first(module.id)) {
                match dependency {
                    Dependency::Guest(id) => guests.extend(
                        state.module(id).filter(|module| !guests.iter().any(|guest| Arc::ptr_eq(guest, module))),
                    ),
                    Dependency::System(index) => needed.extend(self.system_name(index)),
                }
            }
            if let (true, Some(caller)) = (next, caller)
                && let Some(place) = guests.iter().position(|guest| Arc::ptr_eq(guest, &caller))
            {
                guests.drain(..=place);
            }
        }
        if let Some(address) = guests.iter().find_map(|guest| guest.find(looked)) {
            return Some(address);
        }
        match SystemScope::new(&self.options.system, &needed).find(name, false) {
            Some((_, Symbol::Address(address))) => Some(address),
            Some((library, Symbol::Absent(_))) => {
                tracing::warn!(symbol = name, library = library.names().first(), "looked up, and not implemented");
                None
            }
            None => None,
        }
    }

    fn system_address(&self, index: usize, name: &str) -> Option<usize> {
        match self.options.system.get(index)?.symbol(name)? {
            Symbol::Address(address) => Some(address),
            Symbol::Absent(_) => {
                tracing::warn!(symbol = name, library = self.system_name(index), "looked up, and not implemented");
                None
            }
        }
    }

    fn system_name(&self, index: usize) -> Option<&str> {
        self.options.system.get(index)?.names().first().copied()
    }

    /// `dladdr`: the guest library that an address lies in. `None` for other addresses.
    pub fn address_info(&self, address: usize) -> Option<AddressInfo> {
        let modules = modules::modules();
        let module = modules.shared().iter().find(|module| module.range().contains(&address))?;
        Some(AddressInfo::new(Arc::clone(module), address))
    }

    /// `__cxa_atexit` and `atexit`.
    pub fn at_exit(&self, handler: ExitHandler) {
        self.handlers.add(handler);
    }

    /// `__cxa_finalize`: runs the handlers of a library, newest first, each once; those of all libraries for 0.
    pub fn finalize(&self, dso: usize) {
        let module = lock(&self.state).containing(dso);
        self.handlers.run(|handler| match &module {
            _ if dso == 0 => true,
            Some(module) => handler.belongs_to(module),
            None => handler.dso == dso,
        });
    }

    /// Exit of the app: handlers of all libraries, newest first, then the finalisers of all libraries, in the reverse order of their initialisation. Later calls do nothing.
    pub fn exit(&self) {
        if self.over.swap(true, Ordering::SeqCst) {
            return;
        }
        self.handlers.run(|_| true);
        loop {
            let Some(module) = lock(&self.initialised).pop() else { break };
            module.finalise();
            // A finaliser may register more.
            self.handlers.run(|_| true);
        }
    }
}
