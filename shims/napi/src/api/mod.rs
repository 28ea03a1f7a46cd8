//! The functions, by topic. Semantics are those of Node-API version 8; where the platform differs, the function says so.

mod errors;
mod functions;
mod numbers;
mod objects;
mod scopes;
mod strings;
mod wrap;

/// The address of a function by its name.
pub(crate) fn symbol(name: &str) -> Option<*const ()> {
    const TOPICS: &[fn(&str) -> Option<*const ()>] = &[
        errors::symbol,
        functions::symbol,
        numbers::symbol,
        objects::symbol,
        scopes::symbol,
        strings::symbol,
        wrap::symbol,
    ];
    match name {
        "napi_fatal_error" => Some(errors::napi_fatal_error as *const ()),
        _ => TOPICS.iter().find_map(|topic| topic(name)),
    }
}
