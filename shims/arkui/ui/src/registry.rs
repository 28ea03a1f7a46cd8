//! Which components there are. Whoever puts the tree together says so; the tree itself knows none of them.

use crate::common;
use crate::component::{Component, Method};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Components by name, and what can be called on their nodes.
#[derive(Default)]
pub struct Registry {
    components: FxHashMap<&'static str, &'static dyn Component>,
    /// By component and name, the component's own before the common ones.
    methods: FxHashMap<(&'static str, &'static str), Method>,
    /// What controllers call, by component and name.
    commands: FxHashMap<(&'static str, &'static str), Method>,
}

/// The registry of trees that were given none.
pub(crate) static NONE: LazyLock<Registry> = LazyLock::new(Registry::default);

impl Registry {
    /// A registry of these components. Of two with the same name the later one counts.
    pub fn new(components: impl IntoIterator<Item = &'static dyn Component>) -> Registry {
        let components: FxHashMap<_, _> =
            components.into_iter().map(|component| (component.name(), component)).collect();
        let mut registry = Registry { components, ..Registry::default() };
        for component in registry.components.values() {
            let common = common::METHODS.iter().flat_map(|group| group.iter()).filter(|_| !component.is_syntax());
            for method in common.chain(component.methods()) {
                registry.methods.insert((component.name(), method.name), *method);
            }
            for command in component.commands() {
                registry.commands.insert((component.name(), command.name), *command);
            }
        }
        registry
    }

    /// A component by the name that compiled pages use.
    pub fn get(&self, name: &str) -> Option<&'static dyn Component> {
        self.components.get(name).copied()
    }

    /// All components, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &'static dyn Component> + '_ {
        self.components.values().copied()
    }

    /// A method of a component.
    pub fn method(&self, component: &dyn Component, name: &str) -> Option<Method> {
        self.methods.get(&(component.name(), name)).copied()
    }

    /// A command of a component: what a controller calls.
    pub fn command(&self, component: &dyn Component, name: &str) -> Option<Method> {
        self.commands.get(&(component.name(), name)).copied()
    }

    /// Names of the methods of a component, sorted.
    pub fn method_names(&self, component: &dyn Component) -> Vec<&'static str> {
        let own = self.methods.keys().filter(|(owner, _)| *owner == component.name());
        let mut names: Vec<_> = own.map(|(_, name)| *name).collect();
        names.sort_unstable();
        names
    }
}

/// Names of the attributes and events that every component has, sorted.
pub fn common_method_names() -> Vec<&'static str> {
    let methods = common::METHODS.iter().flat_map(|group| group.iter());
    let mut names: Vec<_> = methods.map(|method| method.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
