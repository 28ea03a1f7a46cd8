//! Key files: groups of `Key=value`, as desktop entries and D-Bus services are written.

/// Longest text for people, in characters.
const LONGEST_LABEL: usize = 512;

/// A text for people: cut off where no menu would show it.
pub(super) fn label(text: &str) -> String {
    value(text.char_indices().nth(LONGEST_LABEL).and_then(|(end, _)| text.get(..end)).unwrap_or(text))
}

/// A text for a value: line ends and other white space as escapes, control characters left out.
pub(super) fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            ' ' if at == 0 => out.push_str("\\s"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One word of a list: its separators are escaped, too.
pub(super) fn item(text: &str) -> String {
    value(text).replace(';', "\\;")
}

/// A command line for `Exec=`. `%` is doubled (it begins a field code), and words with anything but plain characters are quoted.
pub(super) fn command<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| quote(word).replace('%', "%%")).collect();
    value(&quoted.join(" "))
}

/// The same where `%` means nothing: services of the bus.
pub(super) fn plain_command<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(quote).collect();
    value(&quoted.join(" "))
}

fn quote(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-+,:@=%".contains(&b) || !b.is_ascii();
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    let mut out = String::from("\"");
    for c in word.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '`' | '$' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_on_their_line() {
        assert_eq!(value(" a\nExec=rm\r\t\\x\u{7}"), "\\sa\\nExec=rm\\r\\t\\\\x");
        assert_eq!(item("a;b"), "a\\;b");
        assert_eq!((label("ä\nb"), label(&"ä".repeat(9999)).chars().count()), ("ä\\nb".to_owned(), LONGEST_LABEL));
    }

    #[test]
    fn commands_are_quoted_twice() {
        assert_eq!(command(["/usr/bin/concord", "run", "a.b/C"]), "/usr/bin/concord run a.b/C");
        // The quoting of the shell, then that of the key file.
        assert_eq!(command(["/my apps/$x", "100%"]), "\"/my apps/\\\\$x\" 100%%");
        assert_eq!(plain_command(["/a b", "5%", ""]), "\"/a b\" 5% \"\"");
    }
}
