//! The functions, by topic. Semantics are those of Node-API version 8; where the platform differs, the function says so.

pub(crate) mod ark;
pub(crate) mod async_work;
pub(crate) mod buffers;
mod callbacks;
mod errors;
mod extras;
mod functions;
pub(crate) mod lifetime;
mod loading;
mod numbers;
mod objects;
mod promises;
mod scopes;
mod sendable;
pub(crate) mod serialize;
mod strings;
mod texts;
pub(crate) mod threadsafe;
mod wrap;

/// The address of a function by its name.
pub(crate) fn symbol(name: &str) -> Option<*const ()> {
    const TOPICS: &[fn(&str) -> Option<*const ()>] = &[
        objects::symbol,
        numbers::symbol,
        strings::symbol,
        functions::symbol,
        scopes::symbol,
        errors::symbol,
        wrap::symbol,
        buffers::symbol,
        promises::symbol,
        async_work::symbol,
        threadsafe::symbol,
        lifetime::symbol,
        loading::symbol,
        ark::symbol,
        callbacks::symbol,
        extras::symbol,
        sendable::symbol,
        serialize::symbol,
        texts::symbol,
        without_environment,
    ];
    TOPICS.iter().find_map(|topic| topic(name))
}

/// Functions that take no environment: they are called from any thread, or before there is one.
fn without_environment(name: &str) -> Option<*const ()> {
    Some(match name {
        "napi_fatal_error" => errors::napi_fatal_error as *const (),
        "napi_module_register" => loading::napi_module_register as *const (),
        "napi_create_ark_runtime" => ark::napi_create_ark_runtime as *const (),
        "napi_destroy_ark_runtime" => ark::napi_destroy_ark_runtime as *const (),
        "napi_remove_async_cleanup_hook" => lifetime::napi_remove_async_cleanup_hook as *const (),
        "napi_get_threadsafe_function_context" => threadsafe::napi_get_threadsafe_function_context as *const (),
        "napi_call_threadsafe_function" => threadsafe::napi_call_threadsafe_function as *const (),
        "napi_call_threadsafe_function_with_priority" => {
            threadsafe::napi_call_threadsafe_function_with_priority as *const ()
        }
        "napi_acquire_threadsafe_function" => threadsafe::napi_acquire_threadsafe_function as *const (),
        "napi_release_threadsafe_function" => threadsafe::napi_release_threadsafe_function as *const (),
        _ => return None,
    })
}
