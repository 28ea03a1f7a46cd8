//! Errors on their way to another thread.

use concord_engine::{ErrorKind, Exception};
use concord_runtime::Runtime;
use concord_runtime::transfer::{Copied, Message, Moved};

/// What an `ErrorEvent` tells.
#[derive(Clone)]
pub(crate) struct Failure {
    /// As text: `Error: what happened`.
    pub(crate) message: String,
    /// File of the innermost frame; empty when there is none.
    pub(crate) file: String,
    /// Line there, from 1; 0 when it is unknown.
    pub(crate) line: u32,
    /// Column there.
    pub(crate) column: u32,
    /// The thrown value, or a plain error where that cannot travel.
    pub(crate) error: Option<Message>,
}

impl Failure {
    /// Describes what was thrown in the context of `exception`.
    pub(crate) fn of(exception: &Exception) -> Failure {
        let value = &exception.0;
        let context = value.context();
        let Some(runtime) = Runtime::of(context) else {
            return Failure { message: exception.headline(), file: String::new(), line: 0, column: 0, error: None };
        };
        let report = runtime.describe(exception);
        let message = match report.name.as_str() {
            "" => report.message.clone(),
            name => format!("{name}: {}", report.message),
        };
        let (file, line, column) = place(&report.stack).unwrap_or_default();
        Failure { message, file, line, column, error: Failure::value(exception) }
    }

    /// The thrown value as a message; a plain error of the same text where it cannot travel. `None` where even that fails: the
    /// engine is ending.
    pub(crate) fn value(exception: &Exception) -> Option<Message> {
        let value = &exception.0;
        let context = value.context();
        let _ =
            Runtime::of(context).map(|runtime| runtime.prelude().call_method("caught", std::slice::from_ref(value)));
        // The stack as other threads can read it: their engines do not know the places of this one.
        if let (true, Some(runtime)) = (value.is_error(), Runtime::of(context))
            && let Some(stack) = value.get("stack").ok().and_then(|stack| stack.as_string())
        {
            let mapped = runtime.map_stack(&stack);
            let _ = value.set("stack", &context.string(if mapped.is_empty() { &stack } else { &mapped }));
        }
        let take = |value: &concord_engine::Value| Message::take(value, Moved::None, Copied::None).ok();
        take(value).or_else(|| take(&context.error(ErrorKind::Error, &exception.headline())))
    }
}

/// File, line and column of the first frame of a stack (`    at f (file:line:column)`).
fn place(stack: &str) -> Option<(String, u32, u32)> {
    let frame = stack.lines().find(|line| line.trim_start().starts_with("at "))?;
    let (_, place) = frame.rsplit_once('(')?;
    let (rest, column) = place.trim_end_matches(')').rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some((file.to_owned(), line.parse().ok()?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_are_read_from_stacks() {
        let stack = "    at f (entry/src/main/ets/workers/w.ets:12:7)\n    at g (x:1:1)\n";
        assert_eq!(super::place(stack), Some(("entry/src/main/ets/workers/w.ets".to_owned(), 12, 7)));
        assert_eq!(super::place(""), None);
        assert_eq!(super::place("    at f (native)"), None);
    }
}
