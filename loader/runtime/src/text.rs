//! Translated text of records, and positions in it.

use crate::graph::shown;
use crate::runtime::Inner;
use concord_engine::{ErrorKind, JsResult};

/// Text to evaluate.
pub(crate) struct Text {
    /// Declarations of the global bindings of a script.
    pub(crate) globals: Option<String>,
    /// The factory.
    pub(crate) text: String,
}

impl Inner {
    /// Translates a record, or takes its text from the cache.
    pub(crate) fn text(&self, file: usize, index: usize) -> JsResult<Text> {
        let store = self.store.borrow();
        let record = store.record(file, index);
        Err(self.throw(ErrorKind::SyntaxError, &format!("{} is not translated", shown(&record.name))))
    }

    /// `file:line:column` in the source of a place in the text of a record.
    pub(crate) fn source_position(&self, file: usize, index: usize, line: u32, column: u32) -> String {
        let store = self.store.borrow();
        let record = store.record(file, index);
        format!("{}:{line}:{column}", record.name)
    }
}
