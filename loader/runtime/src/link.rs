//! Which binding a name imported from a module stands for: ECMAScript's ResolveExport and GetExportedNames, iteratively.
//!
//! Pure data, so that it can be tested without an engine. ECMAScript defines the search recursively with a set of what was
//! visited; as a star export contributes "the set of distinct bindings that it reaches", the same answer comes from a work
//! list, and the answer for a module can be kept for later searches that reach it.

use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Identifies a module of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

impl ModuleId {
    /// As an index of vectors.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An interned name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u32);

/// `default`, interned first in every [`Names`].
pub const DEFAULT: Name = Name(0);
/// `*`, which as an imported name stands for the namespace object.
pub const STAR: Name = Name(1);

/// Names by number and back.
pub struct Names {
    texts: Vec<Rc<str>>,
    numbers: FxHashMap<Rc<str>, Name>,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Names { texts: Vec::new(), numbers: FxHashMap::default() };
        for text in ["default", "*"] {
            names.intern(text);
        }
        names
    }
}

impl Names {
    /// The number of a text.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(&name) = self.numbers.get(text) {
            return name;
        }
        let text: Rc<str> = text.into();
        let name = Name(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.clone());
        self.numbers.insert(text, name);
        name
    }

    /// The text of a number.
    pub fn text(&self, name: Name) -> Rc<str> {
        self.texts.get(name.0 as usize).cloned().unwrap_or_else(|| "?".into())
    }
}

/// What a module exports.
#[derive(Debug, Clone)]
pub enum Exports {
    /// Known from tables.
    Tables {
        /// `export {local as name}`: exported name → slot.
        local: FxHashMap<Name, u32>,
        /// `export {imported as name} from`: exported name → module and name in it.
        indirect: FxHashMap<Name, (ModuleId, Name)>,
        /// `export * from`.
        stars: Vec<ModuleId>,
    },
    /// Known when the module has run: system modules, native libraries, CommonJS.
    Dynamic,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binding {
    /// A slot of a module.
    Slot(ModuleId, u32),
    /// The namespace object of a module.
    Namespace(ModuleId),
    /// A property of the exports object of a module.
    Property(ModuleId, Name),
}

/// Answer of [`Linker::resolve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// No such export.
    Missing,
    /// Several star exports provide different bindings of this name.
    Ambiguous,
    /// This binding.
    Found(Binding),
}

/// Why a search gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The graph is so large that linking it was given up.
    #[error("the module graph is too large to link")]
    TooLarge,
    /// The answer depends on the exports object of a dynamic module that has not run. Run it and ask again.
    #[error("a module behind `export *` has not run")]
    NotRun(ModuleId),
}

/// The modules of a graph, seen from their exports.
pub struct Linker {
    modules: Vec<Exports>,
    known: FxHashMap<(ModuleId, Name), Resolution>,
    steps: u64,
}

/// Steps of all searches of a graph together. The largest real package that was measured needs about a hundred thousand.
const MAX_STEPS: u64 = 100_000_000;

impl Default for Linker {
    fn default() -> Self {
        Linker { modules: Vec::new(), known: FxHashMap::default(), steps: MAX_STEPS }
    }
}

impl Linker {
    /// Adds a module; ids count from 0.
    pub fn add(&mut self, exports: Exports) -> ModuleId {
        self.modules.push(exports);
        ModuleId(u32::try_from(self.modules.len() - 1).unwrap_or(u32::MAX))
    }

    /// Replaces what a module exports, once its requests are resolved.
    pub fn set(&mut self, module: ModuleId, exports: Exports) {
        if let Some(entry) = self.modules.get_mut(module.index()) {
            *entry = exports;
        }
    }

    fn step(&mut self) -> Result<(), LinkError> {
        self.steps = self.steps.checked_sub(1).ok_or(LinkError::TooLarge)?;
        Ok(())
    }

    /// What `name` of `module` stands for.
    ///
    /// `has_property` answers whether the exports object of a dynamic module has a property, none when the module has not
    /// run; it is asked only for names that arrive through `export *`, because then the answer decides what the name means.
    pub fn resolve(
        &mut self,
        module: ModuleId,
        name: Name,
        has_property: &mut dyn FnMut(ModuleId, Name) -> Option<bool>,
    ) -> Result<Resolution, LinkError> {
        if name == STAR {
            return Ok(Resolution::Found(Binding::Namespace(module)));
        }
        let root = (module, name);
        if let Some(&known) = self.known.get(&root) {
            return Ok(known);
        }
        let mut visited = FxHashSet::default();
        let mut work = vec![(module, name, false)];
        let mut found: Option<Binding> = None;
        let mut answer = None;
        while let Some((module, name, through_star)) = work.pop() {
            self.step()?;
            let binding = match self.known.get(&(module, name)) {
                Some(Resolution::Found(binding)) => Some(*binding),
                Some(Resolution::Missing) => None,
                Some(Resolution::Ambiguous) => {
                    answer = Some(Resolution::Ambiguous);
                    break;
                }
                None if name == STAR => Some(Binding::Namespace(module)),
                None if !visited.insert((module, name)) => None,
                None => match self.modules.get(module.index()) {
                    Some(Exports::Tables { local, indirect, stars }) => {
                        if let Some(&slot) = local.get(&name) {
                            Some(Binding::Slot(module, slot))
                        } else if let Some(&(target, imported)) = indirect.get(&name) {
                            work.push((target, imported, false));
                            None
                        } else {
                            if name != DEFAULT {
                                work.extend(stars.iter().map(|&target| (target, name, true)));
                            }
                            None
                        }
                    }
                    Some(Exports::Dynamic) => {
                        let provides = !through_star || has_property(module, name).ok_or(LinkError::NotRun(module))?;
                        provides.then_some(Binding::Property(module, name))
                    }
                    None => None,
                },
            };
            match (found, binding) {
                (Some(first), Some(second)) if first != second => {
                    answer = Some(Resolution::Ambiguous);
                    break;
                }
                (None, Some(_)) => found = binding,
                _ => {}
            }
        }
        let answer = answer.unwrap_or(found.map_or(Resolution::Missing, Resolution::Found));
        self.known.insert(root, answer);
        Ok(answer)
    }

    /// Names that `module` exports, without those that resolve to nothing, in no particular order. The names of dynamic
    /// modules come from `properties`, which gives none when the module has not run.
    pub fn exported_names(
        &mut self,
        module: ModuleId,
        properties: &mut dyn FnMut(ModuleId) -> Option<Vec<Name>>,
    ) -> Result<Vec<Name>, LinkError> {
        let mut names = Vec::new();
        let mut seen = FxHashSet::default();
        let mut visited = FxHashSet::default();
        let mut work = vec![module];
        while let Some(current) = work.pop() {
            self.step()?;
            if !visited.insert(current) {
                continue;
            }
            let mut add = |name: Name| {
                if (current == module || name != DEFAULT) && seen.insert(name) {
                    names.push(name);
                }
            };
            match self.modules.get(current.index()) {
                Some(Exports::Tables { local, indirect, stars }) => {
                    local.keys().chain(indirect.keys()).for_each(|&name| add(name));
                    work.extend(stars);
                }
                Some(Exports::Dynamic) => {
                    properties(current).ok_or(LinkError::NotRun(current))?.into_iter().for_each(add);
                }
                None => {}
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds tables from `name=slot`, `name<module.imported` and `*module` words.
    fn tables(names: &mut Names, words: &str) -> Exports {
        let (mut local, mut indirect, mut stars) = (FxHashMap::default(), FxHashMap::default(), Vec::new());
        for word in words.split_whitespace() {
            if let Some((name, slot)) = word.split_once('=') {
                local.insert(names.intern(name), slot.parse().unwrap());
            } else if let Some((name, from)) = word.split_once('<') {
                let (module, imported) = from.split_once('.').unwrap();
                indirect.insert(names.intern(name), (ModuleId(module.parse().unwrap()), names.intern(imported)));
            } else {
                stars.push(ModuleId(word.trim_start_matches('*').parse().unwrap()));
            }
        }
        Exports::Tables { local, indirect, stars }
    }

    fn graph(modules: &[&str]) -> (Linker, Names) {
        let (mut linker, mut names) = (Linker::default(), Names::default());
        for words in modules {
            let exports = if *words == "dynamic" { Exports::Dynamic } else { tables(&mut names, words) };
            linker.add(exports);
        }
        (linker, names)
    }

    fn resolve(graph: &mut (Linker, Names), module: u32, name: &str) -> Resolution {
        let name = graph.1.intern(name);
        graph.0.resolve(ModuleId(module), name, &mut |_, _| Some(true)).unwrap()
    }

    fn slot(module: u32, slot: u32) -> Resolution {
        Resolution::Found(Binding::Slot(ModuleId(module), slot))
    }

    #[test]
    fn local_beats_star_and_stars_meet() {
        let mut g = graph(&["a=0 *1 *2", "a=0 b=1 same<3.x", "b=0 same<3.x default=2", "x=7"]);
        assert_eq!(resolve(&mut g, 0, "a"), slot(0, 0));
        assert_eq!(resolve(&mut g, 0, "b"), Resolution::Ambiguous);
        assert_eq!(resolve(&mut g, 0, "same"), slot(3, 7));
        assert_eq!(resolve(&mut g, 0, "default"), Resolution::Missing);
        assert_eq!(resolve(&mut g, 0, "nope"), Resolution::Missing);
        assert_eq!(resolve(&mut g, 0, "*"), Resolution::Found(Binding::Namespace(ModuleId(0))));
    }

    #[test]
    fn cycles_end() {
        let mut g = graph(&["a=0 *1", "b=0 *0", "loop<3.loop", "loop<2.loop"]);
        assert_eq!(resolve(&mut g, 0, "b"), slot(1, 0));
        assert_eq!(resolve(&mut g, 1, "a"), slot(0, 0));
        assert_eq!(resolve(&mut g, 1, "c"), Resolution::Missing);
        assert_eq!(resolve(&mut g, 2, "loop"), Resolution::Missing);
    }

    #[test]
    fn ambiguity_behind_an_indirect_export_counts() {
        let mut g = graph(&["x<1.x", "*2 *3", "x=0", "x=0"]);
        assert_eq!(resolve(&mut g, 0, "x"), Resolution::Ambiguous);
        assert_eq!(resolve(&mut g, 0, "x"), Resolution::Ambiguous);
    }

    #[test]
    fn dynamic_modules_take_any_name_except_through_star() {
        let mut g = graph(&["x<1.x *1", "dynamic"]);
        let x = g.1.intern("x");
        let y = g.1.intern("y");
        assert_eq!(resolve(&mut g, 0, "x"), Resolution::Found(Binding::Property(ModuleId(1), x)));
        assert_eq!(g.0.resolve(ModuleId(0), y, &mut |_, _| Some(false)), Ok(Resolution::Missing));
    }

    #[test]
    fn exported_names_leave_out_default_of_stars() {
        let mut g = graph(&["a=0 default=1 *1", "b=0 default=1 *0"]);
        let names = g.0.exported_names(ModuleId(0), &mut |_| Some(Vec::new())).unwrap();
        let mut names: Vec<_> = names.into_iter().map(|name| g.1.text(name).to_string()).collect();
        names.sort();
        assert_eq!(names, ["a", "b", "default"]);
    }

    #[test]
    fn a_long_chain_neither_recurses_nor_repeats() {
        let mut names = Names::default();
        let mut linker = Linker::default();
        let count = 200_000;
        for module in 0..count {
            let words = if module + 1 == count { "end=0".to_owned() } else { format!("*{}", module + 1) };
            let exports = tables(&mut names, &words);
            linker.add(exports);
        }
        let end = names.intern("end");
        let found = linker.resolve(ModuleId(0), end, &mut |_, _| Some(false));
        assert_eq!(found, Ok(slot(count - 1, 0)));
    }

    #[test]
    fn hostile_graphs_are_given_up() {
        let mut g = graph(&["*0 *0"]);
        g.0.steps = 10;
        for index in 0..20 {
            let name = g.1.intern(&format!("n{index}"));
            if g.0.resolve(ModuleId(0), name, &mut |_, _| Some(false)) == Err(LinkError::TooLarge) {
                return;
            }
        }
        panic!("no limit");
    }
}
