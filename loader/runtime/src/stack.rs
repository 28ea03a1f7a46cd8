//! Stacks: from the engine's lines over translated text to the platform's over source files.
//!
//! The engine writes `name@url:line:column` per frame. The platform writes `    at name (file:line:column)`, where the file
//! is what the compiler recorded (`entry|entry|1.0.0|src/main/ets/pages/Index.ts`) until a source map of the package turns
//! it into the path of the source (`entry/src/main/ets/pages/Index.ets`).

use crate::runtime::Inner;
use concord_engine::{Call, Exception, JsResult};
use std::rc::Rc;

/// Scheme of the URLs of translated records.
const SCHEME: &str = "ark://";

/// The URL under which the text of a record is evaluated.
pub(crate) fn url(file: usize, index: usize, record: &str) -> String {
    format!("{SCHEME}{file}/{index}/{record}")
}

/// What an uncaught error is, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorReport {
    /// Class of the error, e.g. `TypeError`; empty when something else than an error was thrown.
    pub name: String,
    /// Message, or the thrown value as a string.
    pub message: String,
    /// `code` of a BusinessError.
    pub code: Option<i64>,
    /// Stack in the platform's form, one `    at …` line per frame, empty when there is none.
    pub stack: String,
}

/// A frame of translated code.
#[derive(Debug, PartialEq, Eq)]
struct Frame<'a> {
    function: &'a str,
    file: usize,
    index: usize,
    line: u32,
    column: u32,
}

/// Reads a line of an engine stack; none for frames that are not of translated code.
fn frame(line: &str) -> Option<Frame<'_>> {
    let at = line.find(SCHEME)?;
    let function = line.get(..at)?;
    let function = function.strip_suffix('@').unwrap_or(function);
    let mut place = line.get(at + SCHEME.len()..)?.rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    let mut path = place.next()?.splitn(3, '/');
    let file = path.next()?.parse().ok()?;
    let index = path.next()?.parse().ok()?;
    Some(Frame { function, file, index, line, column })
}

impl Inner {
    /// See [`crate::Runtime::map_stack`].
    pub(crate) fn map_stack(&self, stack: &str) -> String {
        let mut mapped = String::new();
        for line in stack.lines() {
            let Some(frame) = frame(line) else {
                // Programs may have put an already mapped stack in place.
                if line.trim_start().starts_with("at ") {
                    mapped.push_str(line);
                    mapped.push('\n');
                }
                continue;
            };
            let place = self.source_position(frame.file, frame.index, frame.line, frame.column);
            let function = match frame.function {
                "" | "global code" | "eval code" | "module code" => "anonymous",
                function => function,
            };
            mapped.push_str("    at ");
            mapped.push_str(function);
            mapped.push_str(" (");
            mapped.push_str(&place);
            mapped.push_str(")\n");
        }
        mapped
    }

    /// `host.mapStack(error)` of the prelude.
    pub(crate) fn native_map_stack(self: &Rc<Self>, call: &Call<'_>) -> JsResult {
        let stack = call.arg(0).get("stack")?.as_string().unwrap_or_default();
        // A stack that a program wrote itself is left alone.
        let mapped = if stack.contains(SCHEME) { self.map_stack(&stack) } else { stack };
        Ok(self.context.string(&mapped))
    }

    /// See [`crate::Runtime::describe`].
    pub(crate) fn describe(&self, exception: &Exception) -> ErrorReport {
        let value = &exception.0;
        let text = |key: &str| value.get(key).ok().and_then(|text| text.to_js_string().ok()).unwrap_or_default();
        if !value.is_error() {
            let message = match value.to_json() {
                Ok(Some(json)) if value.is_object() => json,
                _ => value.to_js_string().unwrap_or_else(|_| "a value that has no text".to_owned()),
            };
            return ErrorReport { message, ..ErrorReport::default() };
        }
        let code = value.get("code").ok().and_then(|code| code.as_i64());
        let caught = self.prelude.call_method("caught", std::slice::from_ref(value));
        let message = match caught {
            Ok(error) => error.get("message").and_then(|text| text.to_js_string()).unwrap_or_default(),
            Err(_) => text("message"),
        };
        ErrorReport { name: text("name"), message, code, stack: self.map_stack(&text("stack")) }
    }
}

impl crate::Runtime {
    /// Describes a thrown value.
    pub fn describe(&self, exception: &Exception) -> ErrorReport {
        self.inner().describe(exception)
    }

    /// Maps an engine stack (`fn@url:line:column` lines) to the platform's form; our own frames are left out.
    pub fn map_stack(&self, stack: &str) -> String {
        self.inner().map_stack(stack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_translated_code_are_read() {
        let line = "onCreate@ark://0/12/&entry/src/main/ets/a:b&1.0.0:34:7";
        assert_eq!(frame(line), Some(Frame { function: "onCreate", file: 0, index: 12, line: 34, column: 7 }));
        assert_eq!(frame("ark://0/1/x:1:2").map(|frame| frame.function), Some(""));
        assert_eq!(frame("@scope/f@ark://0/1/x:1:2").map(|frame| frame.function), Some("@scope/f"));
    }

    #[test]
    fn other_frames_are_hidden() {
        for line in
            ["then@[native code]", "stub@concord:system:3:4", "", "x@ark://", "x@ark://a/b:1:2", "x@ark://1/2/:x:1"]
        {
            assert_eq!(frame(line), None, "{line}");
        }
    }
}
