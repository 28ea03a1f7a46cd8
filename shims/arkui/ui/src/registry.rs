//! Which components there are. Whoever puts the tree together says so; the tree itself knows none of them.

use crate::common;
use crate::component::{Component, Method};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Components by name, and what can be called on their nodes.
#[derive(Default)]
pub struct Registry {
    components: FxHashMap<&'static str, &'static dyn Component>,
    /// Where the methods of each component are in `methods`, by name.
    ranges: FxHashMap<&'static str, Range<usize>>,
    /// Those of one component after the other, by name; a component's own before the common ones.
    methods: Vec<Method>,
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
            let methods: BTreeMap<_, _> =
                common.chain(component.methods()).map(|method| (method.name, *method)).collect();
            let first = registry.methods.len();
            registry.methods.extend(methods.into_values());
            registry.ranges.insert(component.name(), first..registry.methods.len());
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

    /// A method of a component by its name.
    pub fn method(&self, component: &dyn Component, name: &str) -> Option<Method> {
        let methods = self.methods_of(component);
        let index = methods.binary_search_by_key(&name, |method| method.name).ok()?;
        methods.get(index).copied()
    }

    /// A method of a component by its number ([`Registry::numbers`]). The number of another component's method means the one
    /// with the same name: pages call methods of one class on nodes of another (`Common`, `@Styles`).
    pub fn numbered(&self, component: &dyn Component, number: usize) -> Option<Method> {
        let method = self.methods.get(number)?;
        if self.numbers(component).contains(&number) { Some(*method) } else { self.method(component, method.name) }
    }

    /// The numbers of the methods of a component, in the order of [`Registry::method_names`]. They hold as long as the registry does.
    pub fn numbers(&self, component: &dyn Component) -> Range<usize> {
        self.ranges.get(component.name()).cloned().unwrap_or_default()
    }

    fn methods_of(&self, component: &dyn Component) -> &[Method] {
        self.methods.get(self.numbers(component)).unwrap_or_default()
    }

    /// A command of a component: what a controller calls.
    pub fn command(&self, component: &dyn Component, name: &str) -> Option<Method> {
        self.commands.get(&(component.name(), name)).copied()
    }

    /// Names of the methods of a component, sorted.
    pub fn method_names(&self, component: &dyn Component) -> Vec<&'static str> {
        self.methods_of(component).iter().map(|method| method.name).collect()
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

#[cfg(test)]
mod tests {
    use crate::testing::plain::PLAIN;

    #[test]
    fn methods_go_by_number_and_by_name() {
        let (column, row) = (PLAIN.get("Column").expect("a component"), PLAIN.get("Row").expect("a component"));
        let width = PLAIN.method_names(column).iter().position(|name| *name == "width").expect("a method");
        let number = PLAIN.numbers(column).start + width;
        assert_eq!(PLAIN.numbered(column, number).map(|method| method.name), Some("width"));
        assert_eq!(PLAIN.numbered(row, number).map(|method| method.name), Some("width"));
        assert!(PLAIN.numbered(column, usize::MAX).is_none());
        assert_eq!(PLAIN.method(column, "width").map(|method| method.name), Some("width"));
        assert!(PLAIN.method(column, "widths").is_none());
    }
}
