//! Thrown values.

use crate::{Context, Value};
use std::fmt;

/// A thrown JavaScript value, as the error of every call that can throw.
#[derive(Clone)]
pub struct Exception(pub Value);

/// Result of anything that runs JavaScript.
pub type JsResult<T = Value> = Result<T, Exception>;

/// Kinds of errors to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ErrorKind {
    Error,
    TypeError,
    RangeError,
    ReferenceError,
    SyntaxError,
}

impl Context {
    /// An error object of this context, as `new kind(message)`.
    pub fn error(&self, kind: ErrorKind, message: &str) -> Value {
        let kind = self.number(f64::from(kind as u8));
        let made = self.call_intrinsic(crate::intrinsics::Intrinsic::MakeError, &[&kind, &self.string(message)]);
        // Only an exhausted stack can make this fail: then the thrown RangeError serves as well.
        made.unwrap_or_else(|exception| exception.0)
    }

    /// [`Context::error`] as an exception, for `return Err(…)`.
    pub fn throw(&self, kind: ErrorKind, message: &str) -> Exception {
        Exception(self.error(kind, message))
    }
}

impl Exception {
    /// `name: message` and the stack as the engine gives it; never fails, whatever was thrown.
    pub fn describe(&self) -> String {
        let mut text = self.headline();
        if let Some(stack) = self.part("stack").filter(|stack| !stack.is_empty()) {
            for line in stack.lines() {
                text.push_str("\n    at ");
                text.push_str(line);
            }
        }
        text
    }

    /// `name: message`, or the text of a thrown value that is no error.
    pub fn headline(&self) -> String {
        if self.0.is_object() {
            let (name, message) = (self.part("name"), self.part("message"));
            match (name.filter(|s| !s.is_empty()), message.filter(|s| !s.is_empty())) {
                (Some(name), Some(message)) => return format!("{name}: {message}"),
                (Some(text), None) | (None, Some(text)) => return text,
                (None, None) => {}
            }
        }
        self.0.to_js_string().unwrap_or_else(|_| format!("{:?}", self.0))
    }

    /// Line and column (from 1) at which the engine saw the error, when it recorded them.
    pub fn position(&self) -> Option<(u32, u32)> {
        let number =
            |key| self.0.is_object().then(|| self.0.get(key).ok()?.as_i64())?.and_then(|n| u32::try_from(n).ok());
        Some((number("line")?, number("column").unwrap_or(1)))
    }

    fn part(&self, key: &str) -> Option<String> {
        let value = self.0.is_object().then(|| self.0.get(key).ok())??;
        if value.is_nullish() { None } else { value.to_js_string().ok() }
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())
    }
}

impl std::error::Error for Exception {}
