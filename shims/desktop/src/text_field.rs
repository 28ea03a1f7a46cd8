//! What an input method wants to know of what is typed into.

use crate::display::WindowId;

/// What is typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    /// The window that it is in.
    pub window: WindowId,
    /// Tells it apart from others.
    pub number: u64,
    /// Its caret in the content of the window: x, y, width, height.
    pub caret: (i32, i32, i32, i32),
    /// The text around the caret, without what an input method shows in it; none for secrets.
    pub surrounding: Option<Surrounding>,
    /// What is expected.
    pub purpose: Purpose,
    /// There may be several lines.
    pub multi_line: bool,
}

/// Text around a caret. Positions are bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surrounding {
    /// At most [`Surrounding::MOST`] bytes of the text.
    pub text: String,
    /// Where the caret is.
    pub cursor: usize,
    /// Where the selection begins; the same as the caret when nothing is selected.
    pub anchor: usize,
}

impl Surrounding {
    /// The most bytes that are told: a message of Wayland has no room for more.
    pub const MOST: usize = 4000;

    /// The part of a text around the caret that is short enough. Positions are bytes of the text, at borders of characters.
    pub fn of(text: &str, cursor: usize, anchor: usize) -> Surrounding {
        if text.len() <= Self::MOST {
            return Surrounding { text: text.to_owned(), cursor, anchor };
        }
        let room = Self::MOST / 2;
        let (mut start, mut end) = (cursor.saturating_sub(room), (cursor + room).min(text.len()));
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let part = text.get(start..end).unwrap_or_default();
        let within = |position: usize| position.clamp(start, end.max(start)) - start;
        Surrounding { text: part.to_owned(), cursor: within(cursor), anchor: within(anchor) }
    }
}

/// What is expected to be typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Anything.
    #[default]
    Normal,
    /// Digits.
    Digits,
    /// A number, perhaps with a sign and a point.
    Number,
    /// A telephone number.
    Phone,
    /// An address on the web.
    Url,
    /// An e-mail address.
    Email,
    /// Somebody's name.
    Name,
    /// A secret.
    Password,
    /// A secret of digits.
    Pin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_told_around_the_caret() {
        let text = "字".repeat(5000);
        let around = Surrounding::of(&text, 9000, 0);
        assert!(around.text.len() <= Surrounding::MOST && around.text.len() > Surrounding::MOST - 6);
        assert_eq!(around.anchor, 0);
        assert!(around.text.is_char_boundary(around.cursor));
        assert_eq!(Surrounding::of("ab", 1, 2), Surrounding { text: "ab".to_owned(), cursor: 1, anchor: 2 });
    }
}
