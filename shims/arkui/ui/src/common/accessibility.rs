//! What assistive technologies are told of a node, and names for tools: kept as given. The inspector shows it, UiTest sees what
//! the platform shows it of this.

use super::Common;
use crate::component::{Method, Setter};
use crate::handlers;
use crate::inspector::Attributes;
use crate::value::{Args, Value};

/// Keeps an attribute as it was given, or forgets it.
fn keep(node: &mut Setter<'_>, name: &'static str, args: Args<'_>) -> Value {
    let value = args.get(0).clone();
    node.repaint(|common| {
        if value.is_nullish() {
            common.extra.remove(name);
        } else {
            common.extra.insert(name, value);
        }
    })
}

/// Attributes that are kept by their name.
macro_rules! kept {
    ($($name:literal),* $(,)?) => {
        /// Attributes of this group.
        pub(super) static METHODS: &[Method] =
            &[$(Method { name: $name, apply: |node, args| keep(node, $name, args) }),*];
        const NAMES: &[&str] = &[$($name),*];
    };
}

kept![
    "accessibilityGroup",
    "accessibilityText",
    "accessibilityDescription",
    "accessibilityTextHint",
    "accessibilityStateDescription",
    "accessibilityLevel",
    "accessibilityRole",
    "accessibilityChecked",
    "accessibilitySelected",
    "accessibilityVirtualNode",
    "accessibilityNextFocusId",
    "accessibilityDefaultFocus",
    "accessibilityUseSamePage",
    "accessibilityScrollTriggerable",
    "accessibilityFocusDrawLevel",
    "accessibilityActionOptions",
    "accessibilityCustomActions",
    "inspectorLabel",
    "restoreId",
];

/// Handlers that only assistive technologies call.
pub(super) static EVENTS: &[Method] = handlers![
    "onAccessibilityHover",
    "onAccessibilityHoverTransparent",
    "onAccessibilityFocus",
    "onAccessibilityActionIntercept",
];

impl Common {
    /// `accessibilityText` and its like, when it is a text.
    pub fn accessibility(&self, name: &str) -> Option<&str> {
        self.extra.get(name)?.as_str()
    }

    /// `accessibilityChecked` and its like, when the app has said so.
    pub fn accessibility_flag(&self, name: &str) -> Option<bool> {
        self.extra.get(name)?.as_bool()
    }

    /// What the inspector shows of this: what the app has said.
    pub(crate) fn inspect_accessibility(&self, out: &mut Attributes) {
        for name in NAMES {
            match self.extra.get(name) {
                Some(Value::String(text)) => out.text(name, &**text),
                Some(Value::Bool(flag)) => out.flag(name, *flag),
                Some(Value::Number(number)) => out.text(name, format!("{number}")),
                _ => {}
            }
        }
    }
}
