//! The functions, by topic. Semantics are those of Node-API version 8; where the platform differs, the function says so.

mod scopes;

/// The address of a function by its name.
pub(crate) fn symbol(name: &str) -> Option<*const ()> {
    const TOPICS: [fn(&str) -> Option<*const ()>; 1] = [scopes::symbol];
    TOPICS.iter().find_map(|topic| topic(name))
}
