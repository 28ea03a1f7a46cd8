//! What the app has said about nodes.

use concord_ui::value::Value;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Longest text of a value, in bytes or a little more.
const LONGEST: usize = 400;
/// Deepest value.
const DEEPEST: usize = 5;

/// Attributes and places in the source, by the numbers of nodes.
#[derive(Default)]
pub(super) struct Noted {
    nodes: FxHashMap<u64, Facts>,
}

/// What is known of a node.
#[derive(Default)]
pub(super) struct Facts {
    /// Arguments by the method that they were given to, as the app would write them.
    pub attributes: BTreeMap<&'static str, String>,
    /// File, line and column, as the compiler has noted it.
    pub source: Option<String>,
}

impl Noted {
    pub fn set(&mut self, node: u64, name: &'static str, args: &[Value]) {
        let mut text = String::new();
        list(&mut text, args.iter(), 0);
        self.nodes.entry(node).or_default().attributes.insert(name, text);
    }

    pub fn set_source(&mut self, node: u64, source: String) {
        self.nodes.entry(node).or_default().source = Some(source);
    }

    pub fn get(&self, node: u64) -> Option<&Facts> {
        self.nodes.get(&node)
    }

    /// Forgets nodes that are gone.
    pub fn retain(&mut self, is_there: impl Fn(u64) -> bool) {
        self.nodes.retain(|node, _| is_there(*node));
    }
}

fn list<'a>(text: &mut String, values: impl Iterator<Item = &'a Value>, depth: usize) {
    for (index, value) in values.enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        if text.len() > LONGEST {
            text.push('…');
            return;
        }
        write_value(text, value, depth);
    }
}

fn write_value(text: &mut String, value: &Value, depth: usize) {
    // Writing to a text cannot fail.
    let _ = match value {
        Value::Undefined => write!(text, "undefined"),
        Value::Null => write!(text, "null"),
        Value::Bool(flag) => write!(text, "{flag}"),
        Value::Number(number) => write!(text, "{number}"),
        Value::String(string) => {
            let short: String = string.chars().take(LONGEST).collect();
            let rest = if short.len() < string.len() { "…" } else { "" };
            write!(text, "'{}{rest}'", short.escape_debug())
        }
        Value::Callback(_) => write!(text, "ƒ"),
        Value::Resource(file) => write!(text, "$r({}/{})", file.module, file.path),
        Value::Foreign(_) => write!(text, "«object»"),
        Value::Array(_) | Value::Object(_) if depth >= DEEPEST => write!(text, "…"),
        Value::Array(items) => {
            text.push('[');
            list(text, items.iter(), depth + 1);
            write!(text, "]")
        }
        Value::Object(object) => {
            text.push('{');
            for (index, (name, value)) in object.properties.iter().enumerate() {
                if text.len() > LONGEST {
                    text.push_str(", …");
                    break;
                }
                let _ = write!(text, "{} {name}: ", if index > 0 { "," } else { "" });
                write_value(text, value, depth + 1);
            }
            write!(text, " }}")
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_the_app_wrote_them_and_stay_short() {
        let mut noted = Noted::default();
        let margin = Value::object([("left", Value::Number(4.0)), ("top", Value::text("5%"))]);
        noted.set(1, "margin", &[margin, Value::Bool(true)]);
        let text = |noted: &Noted| noted.get(1).expect("facts").attributes["margin"].clone();
        assert_eq!(text(&noted), "{ left: 4, top: '5%' }, true");
        let long = Value::array((0..100_000).map(|number| Value::Number(f64::from(number))));
        noted.set(1, "margin", &[Value::array([long.clone(), long])]);
        assert!(text(&noted).len() < 2 * LONGEST);
        noted.retain(|_| false);
        assert!(noted.get(1).is_none());
    }
}
