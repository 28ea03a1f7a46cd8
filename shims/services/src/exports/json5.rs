//! JSON5, in which packages declare types of files (`utd.json5` is packed as it was written), turned into JSON.

use serde_json::Value;

/// Largest file read.
const LARGEST: usize = 1 << 20;

/// Parses JSON5 as configuration files use it: comments, commas at the end, names without quotes, single quotes. Numbers that
/// only JSON5 has are not understood.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, String> {
    if bytes.len() > LARGEST {
        return Err(format!("is larger than {LARGEST} bytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    // serde_json bounds the depth.
    serde_json::from_str(&to_json(text)).map_err(|error| error.to_string())
}

/// The same value as JSON. What is no JSON5 becomes something that is no JSON.
fn to_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '/' if after.starts_with('/') => after.find('\n').and_then(|end| after.get(end..)).unwrap_or_default(),
            '/' if after.starts_with('*') => after.find("*/").and_then(|end| after.get(end + 2..)).unwrap_or_default(),
            '"' | '\'' => string(after, c, &mut out),
            '}' | ']' => {
                // A comma before the end says nothing.
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
                after
            }
            c if c.is_ascii_alphabetic() || c == '_' || c == '$' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
                let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                let is_name = after.trim_start().starts_with(':');
                out.push_str(&if is_name { format!("\"{word}\"") } else { word.to_owned() });
                after
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// Copies a string; gives what comes behind it.
fn string<'a>(text: &'a str, quote: char, out: &mut String) -> &'a str {
    out.push('"');
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => {
                out.push('"');
                return text.get(at + c.len_utf8()..).unwrap_or_default();
            }
            '\\' => match chars.next() {
                Some((_, '\n')) => {}
                Some((_, '\'')) => out.push('\''),
                Some((_, next)) => out.extend(['\\', next]),
                None => {}
            },
            '"' => out.push_str("\\\""),
            c => out.push(c),
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_people_write() {
        let text = "\u{feff}// types\n{ /* one */ List: [ { 'Id': \"a // b\", ext: ['.x', '.\\'y\"'], n: true, }, ], }";
        assert_eq!(
            parse(text.as_bytes()).unwrap(),
            json!({ "List": [{ "Id": "a // b", "ext": [".x", ".'y\""], "n": true }] })
        );
    }

    #[test]
    fn what_is_broken_is_an_error() {
        for text in ["", "{", "{a:'", "/*", "[1,,2]", "{a b}", "\"\\"] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
