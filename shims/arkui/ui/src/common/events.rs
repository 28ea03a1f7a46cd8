//! Events: handlers are kept by the name of the method that sets them.

use crate::component::Setter;
use crate::value::{Args, Value};

impl Setter<'_> {
    /// Keeps a handler, or forgets it when there is none any more.
    pub fn handler(&mut self, event: &'static str, args: Args<'_>) -> Value {
        if let Some(node) = self.tree.get_mut(self.node) {
            match args.get(0).as_callback() {
                Some(callback) => node.common.events.insert(event, callback.clone()),
                None => node.common.events.remove(event),
            };
        }
        Value::Undefined
    }
}

/// Methods that keep a handler.
#[macro_export]
macro_rules! handlers {
    ($($name:literal),* $(,)?) => {
        &[$(Method { name: $name, apply: |node, args| node.handler($name, args) }),*]
    };
}
