//! Lines of JSON in memory that is there already.

use std::fmt::{self, Write};

/// Room for a line.
const SIZE: usize = 128 << 10;

/// A line in the making. What does not fit is left out, and the line is then not sent.
pub(super) struct Line {
    bytes: [u8; SIZE],
    used: usize,
    full: bool,
}

impl Line {
    pub(super) const fn new() -> Line {
        Line { bytes: [0; SIZE], used: 0, full: false }
    }

    /// Begins an event. A line that another thread was writing when everything stopped ends before it.
    pub(super) fn begin(&mut self, event: &str) {
        (self.used, self.full) = (0, false);
        let _ = write!(self, "\n{{\"event\":\"{event}\"");
    }

    /// Text that is JSON, or a part of it.
    pub(super) fn raw(&mut self, text: fmt::Arguments<'_>) {
        // That it does not fit is remembered.
        let _ = self.write_fmt(text);
    }

    /// `,"key":"text"` for bytes that may be anything.
    pub(super) fn text(&mut self, key: &str, text: &[u8]) {
        self.raw(format_args!(",\"{key}\":\""));
        for chunk in text.utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    '"' | '\\' => self.raw(format_args!("\\{character}")),
                    '\0'..' ' => self.raw(format_args!("\\u{:04x}", u32::from(character))),
                    _ => self.raw(format_args!("{character}")),
                }
            }
            if !chunk.invalid().is_empty() {
                self.raw(format_args!("\u{fffd}"));
            }
        }
        self.raw(format_args!("\""));
    }

    /// Room that is left, in bytes.
    pub(super) fn left(&self) -> usize {
        SIZE - self.used
    }

    /// The whole line with its ends; none when it has not fitted.
    pub(super) fn end(&mut self) -> Option<&[u8]> {
        let _ = self.write_str("}\n");
        if self.full { None } else { self.bytes.get(..self.used) }
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let Some(room) = self.bytes.get_mut(self.used..).and_then(|rest| rest.get_mut(..text.len())) else {
            self.full = true;
            return Err(fmt::Error);
        };
        room.copy_from_slice(text.as_bytes());
        self.used += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(write: impl FnOnce(&mut Line)) -> Option<String> {
        let mut line = Box::new(Line::new());
        line.begin("crash");
        write(&mut line);
        line.end().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    #[test]
    fn any_text_is_quoted() {
        let text = line(|line| line.text("name", b"a\"b\\c\n\xff\xc3\xa9"));
        assert_eq!(text.as_deref(), Some("\n{\"event\":\"crash\",\"name\":\"a\\\"b\\\\c\\u000a\u{fffd}é\"}\n"));
    }

    #[test]
    fn what_does_not_fit_is_not_sent() {
        assert_eq!(line(|line| (0..SIZE).for_each(|_| line.raw(format_args!("ab")))), None);
    }
}
