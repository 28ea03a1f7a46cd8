//! Loading: files are found, mapped and relocated. No code of theirs runs here.

use super::state::{Dependency, State};
use super::{Namespace, lock};
use crate::image::{Entry, Name};
use crate::relocate::{Binding, path, relocate};
use crate::system::SystemScope;
use crate::{Absence, LibraryFile, LinkError, MissingCall, Module, Symbol, modules};
use std::sync::Arc;

/// Libraries that an app may have loaded at a time.
const MAX_LIBRARIES: usize = 2048;

/// Where the relocations of new libraries look.
struct Scope<'a> {
    guests: Vec<Arc<Module>>,
    system: SystemScope<'a>,
}

impl Namespace {
    /// A library that is loaded already, by file name or by path.
    pub(super) fn loaded(&self, state: &State, name: &str) -> Option<Dependency> {
        let same = |module: &&Arc<Module>| {
            if name.contains('/') { module.path().to_bytes() == name.as_bytes() } else { module.name() == name }
        };
        state.modules().find(same).map(|module| Dependency::Guest(module.id))
    }

    /// Loads a library and what it needs. When something is wrong with one of them, none of them stays.
    pub(super) fn load(&self, state: &mut State, name: &str) -> Result<Dependency, LinkError> {
        let mut new = Vec::new();
        let root = self.load_all(state, name, &mut new).and_then(|root| {
            self.link(state, root, &new)?;
            Ok(root)
        });
        if root.is_err() {
            for module in &new {
                state.forget(module.id);
            }
        } else {
            modules::add(new);
        }
        root
    }

    fn load_all(&self, state: &mut State, name: &str, new: &mut Vec<Arc<Module>>) -> Result<Dependency, LinkError> {
        let root = self.load_one(state, name, None, new)?;
        let mut next = 0;
        while let Some(module) = new.get(next).cloned() {
            next += 1;
            for name in module.image.needed() {
                let dependency = match self.loaded(state, name) {
                    Some(dependency) => dependency,
                    None => self.load_one(state, name, Some(&module), new)?,
                };
                if let Some(member) = state.member(module.id) {
                    member.needed.push(dependency);
                }
            }
        }
        Ok(root)
    }

    fn load_one(
        &self,
        state: &mut State,
        name: &str,
        needed_by: Option<&Module>,
        new: &mut Vec<Arc<Module>>,
    ) -> Result<Dependency, LinkError> {
        let file_name = name.rsplit('/').next().unwrap_or(name);
        if let Some(file) = self.file(name, file_name)? {
            if state.len() >= MAX_LIBRARIES {
                return Err(LinkError::TooMany { name: name.to_owned(), limit: MAX_LIBRARIES });
            }
            let module = Arc::new(Module::map(state.next_id(), file_name, file)?);
            state.insert(Arc::clone(&module));
            new.push(Arc::clone(&module));
            return Ok(Dependency::Guest(module.id));
        }
        // Apps also give the paths that system libraries have on a device.
        let of_system = file_name == name || name.starts_with("/system/");
        let system = self.options.system.iter().position(|library| library.names().contains(&file_name));
        system.filter(|_| of_system).map(Dependency::System).ok_or_else(|| LinkError::NotFound {
            name: name.to_owned(),
            needed_by: needed_by.map_or_else(String::new, |module| format!(" (needed by {})", path(module))),
        })
    }

    fn file(&self, name: &str, file_name: &str) -> Result<Option<LibraryFile>, LinkError> {
        if file_name.is_empty() || name.contains('\0') {
            return Ok(None);
        }
        for source in &self.options.sources {
            let found = if file_name == name { source.find(name) } else { source.find_path(name) };
            let found = found.map_err(|error| LinkError::Unreadable { name: name.to_owned(), error })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn link(&self, state: &mut State, root: Dependency, new: &[Arc<Module>]) -> Result<(), LinkError> {
        let Dependency::Guest(root) = root else { return Ok(()) };
        let mut guests: Vec<Arc<Module>> = state.global().collect();
        let mut needed = Vec::new();
        for dependency in state.breadth_first(root) {
            match dependency {
                Dependency::Guest(id) => guests.extend(state.module(id)),
                Dependency::System(index) => needed.extend(self.system_name(index)),
            }
        }
        let scope = Scope { guests, system: SystemScope::new(&self.options.system, &needed) };
        for module in new {
            let mut bound = Vec::new();
            relocate(module, |entry, name| {
                let binding = self.resolve(&scope, module, entry, name)?;
                if let Binding::Guest(owner, _) = &binding {
                    bound.push(owner.id);
                }
                Ok(binding)
            })?;
            if let Some(member) = state.member(module.id) {
                member.bound.extend(bound);
            }
        }
        let failed =
            |module: &Module, error: nix::Error| LinkError::Unreadable { name: path(module), error: error.into() };
        for module in new {
            check_initialisers(module, state)?;
            if let Some(pages) = &module.image.segments.relro {
                module.mapping.protect(pages).map_err(|error| failed(module, error))?;
            }
            lock(&self.stubs).close().map_err(|error| failed(module, error))?;
        }
        Ok(())
    }

    /// What a symbol of `importer` stands for.
    fn resolve(
        &self,
        scope: &Scope<'_>,
        importer: &Arc<Module>,
        entry: &Entry,
        name: &Name<'_>,
    ) -> Result<Binding, LinkError> {
        for guest in &scope.guests {
            if let Some(entry) = guest.image.find(name) {
                return Ok(Binding::Guest(Arc::clone(guest), entry));
            }
        }
        let text = String::from_utf8_lossy(name.text);
        let (library, absence) = match scope.system.find(&text, entry.is_weak()) {
            Some((_, Symbol::Address(address))) => return Ok(Binding::Address(address)),
            // Guests that import weakly test for null.
            _ if entry.is_weak() => return Ok(Binding::Address(0)),
            Some((library, Symbol::Absent(absence))) => {
                (library.names().first().map(|name| (*name).to_owned()), absence)
            }
            None => (None, Absence::Abort),
        };
        tracing::warn!(symbol = %text, library, importer = importer.name(), "not implemented; calls of it are reported");
        let call = MissingCall { symbol: text.into_owned(), library, importer: importer.name().to_owned() };
        let stub = lock(&self.stubs).get(call, absence, self.options.on_missing);
        let failed = |error: nix::Error| LinkError::Unreadable { name: path(importer), error: error.into() };
        stub.map(Binding::Address).map_err(failed)
    }
}

/// Initialisers are in the code of a loaded library: nothing runs otherwise.
fn check_initialisers(module: &Module, state: &State) -> Result<(), LinkError> {
    for address in module.initialisers() {
        if !module.executes(address) && !state.modules().any(|other| other.executes(address)) {
            let problem = format!("an initialiser at {address:#x} is outside the code of the library");
            return Err(LinkError::Relocation { name: path(module), problem });
        }
    }
    Ok(())
}
