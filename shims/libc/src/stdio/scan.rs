//! Formats of the `scanf` family that read a `long double`.
//!
//! A format is cut at the conversions of `long double` and at `%n`. What is between goes to glibc with the pointers that it takes; it
//! says how far it came by a `%n` that is put behind it.

use super::format::{Length, Unit};
use crate::float;
use concord_elf::VaList;
use std::ffi::c_int;

/// Longer numbers do not match.
const LONGEST_NUMBER: usize = 1 << 20;

/// Where characters come from: a stream or a string.
pub(super) trait Source {
    type Unit: Unit;

    /// Scans by a format that glibc knows, with a zero at its end; what glibc answers.
    ///
    /// # Safety
    /// The arguments are what the format says.
    unsafe fn scan(&mut self, format: &[Self::Unit], arguments: &mut VaList) -> c_int;

    /// Goes past so many characters that were scanned.
    fn advance(&mut self, count: usize);

    /// The next character, `None` at the end.
    fn next(&mut self) -> Option<Self::Unit>;

    /// Puts the last character back.
    fn back(&mut self, unit: Self::Unit);
}

/// A part of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<U> {
    /// Left to glibc. How many arguments it takes is in `arguments`: positions, or `None` for the next.
    Common {
        format: Vec<U>,
        arguments: Vec<Option<usize>>,
    },
    Number {
        stored: bool,
        position: Option<usize>,
        width: usize,
    },
    Count {
        stored: bool,
        position: Option<usize>,
        length: Length,
    },
}

struct Reader<'a, U> {
    rest: &'a [U],
}

impl<U: Unit> Reader<'_, U> {
    fn peek(&self, ahead: usize) -> u8 {
        self.rest.get(ahead).map_or(0, |unit| unit.ascii())
    }

    fn take(&mut self, into: &mut Vec<U>) {
        if let Some((first, rest)) = self.rest.split_first() {
            into.push(*first);
            self.rest = rest;
        }
    }
}

/// Takes a format apart. What is not a format is left to glibc, which stops there.
fn pieces<U: Unit>(format: &[U]) -> Vec<Piece<U>> {
    let mut reader = Reader { rest: format };
    let mut pieces = Vec::new();
    let (mut common, mut arguments) = (Vec::new(), Vec::new());
    while !reader.rest.is_empty() {
        if reader.peek(0) != b'%' || reader.peek(1) == b'%' {
            let characters = if reader.peek(0) == b'%' { 2 } else { 1 };
            (0..characters).for_each(|_| reader.take(&mut common));
            continue;
        }
        let mut spec = Vec::new();
        reader.take(&mut spec);
        let mut position = None;
        let suppressed = reader.peek(0) == b'*';
        if suppressed {
            reader.take(&mut spec);
        } else if reader.peek(0).is_ascii_digit() && reader.peek(1) == b'$' {
            position = Some(usize::from(reader.peek(0) - b'0'));
            reader.rest = reader.rest.get(2..).unwrap_or_default();
        }
        let mut width = 0usize;
        while reader.peek(0).is_ascii_digit() {
            width = width.saturating_mul(10).saturating_add(usize::from(reader.peek(0) - b'0'));
            reader.take(&mut spec);
        }
        let mut letters = Vec::new();
        while matches!(reader.peek(0), b'm' | b'h' | b'l' | b'j' | b'z' | b't' | b'L') {
            letters.push(reader.peek(0));
            reader.take(&mut spec);
        }
        let conversion = reader.peek(0);
        reader.take(&mut spec);
        let piece = match (conversion.to_ascii_lowercase(), letters.as_slice()) {
            (b'a' | b'e' | b'f' | b'g', b"L") => Piece::Number { stored: !suppressed, position, width },
            (b'n', _) => {
                let length = match letters.as_slice() {
                    b"hh" => Length::Char,
                    b"h" => Length::Short,
                    b"l" | b"ll" | b"j" | b"z" | b"t" => Length::Long,
                    _ => Length::Int,
                };
                Piece::Count { stored: !suppressed, position, length }
            }
            _ => {
                if conversion == b'[' {
                    // A bracket that comes first belongs to the set.
                    if reader.peek(0) == b'^' {
                        reader.take(&mut spec);
                    }
                    reader.take(&mut spec);
                    while !reader.rest.is_empty() && reader.peek(0) != b']' {
                        reader.take(&mut spec);
                    }
                    reader.take(&mut spec);
                }
                common.append(&mut spec);
                if !suppressed {
                    arguments.push(position);
                }
                continue;
            }
        };
        if !common.is_empty() {
            let format = std::mem::take(&mut common);
            pieces.push(Piece::Common { format, arguments: std::mem::take(&mut arguments) });
        }
        pieces.push(piece);
    }
    if !common.is_empty() {
        pieces.push(Piece::Common { format: common, arguments });
    }
    pieces
}

/// Whether glibc can have the whole format.
pub(super) fn is_common<U: Unit>(format: &[U]) -> bool {
    let is_long = |pair: &[U]| {
        pair[0].ascii() == b'L' && matches!(pair[1].ascii().to_ascii_lowercase(), b'a' | b'e' | b'f' | b'g')
    };
    // Few formats have these letters at all.
    !format.windows(2).any(is_long) || !pieces(format).iter().any(|piece| matches!(piece, Piece::Number { .. }))
}

/// The next pointer that the call was given, or the one at a position.
///
/// # Safety
/// The arguments are what the format says.
unsafe fn pointer(list: &mut VaList, position: Option<usize>) -> usize {
    let Some(position) = position else {
        // SAFETY: by the contract of the function.
        return unsafe { list.arg_ptr::<u8>() } as usize;
    };
    let mut list = *list;
    // SAFETY: by the contract of the function.
    (0..position).map(|_| unsafe { list.arg_ptr::<u8>() } as usize).last().unwrap_or_default()
}

/// Why scanning stops.
enum Stop {
    /// There is no more input.
    End,
    /// The input is not what the format says.
    Mismatch,
}

/// Takes characters of a number, as many as a width allows.
struct Digits<'a, S: Source> {
    source: &'a mut S,
    left: usize,
    text: String,
}

impl<S: Source> Digits<'_, S> {
    /// Takes the next character if it is one of those.
    fn take(&mut self, wanted: impl FnOnce(u8) -> bool) -> bool {
        if self.left == 0 || self.text.len() >= LONGEST_NUMBER {
            return false;
        }
        let Some(unit) = self.source.next() else { return false };
        let character = unit.ascii().to_ascii_lowercase();
        if character == 0 || !wanted(character) {
            self.source.back(unit);
            return false;
        }
        self.text.push(character as char);
        self.left -= 1;
        true
    }

    fn take_all(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let before = self.text.len();
        while self.take(&wanted) {}
        self.text.len() > before
    }

    fn take_word(&mut self, word: &str) -> bool {
        word.bytes().all(|letter| self.take(|character| character == letter))
    }

    /// Takes a number; whether there is one.
    fn number(&mut self) -> bool {
        self.take(|character| matches!(character, b'+' | b'-'));
        if self.take(|character| character == b'i') {
            return self.take_word("nf") && (!self.take(|character| character == b'i') || self.take_word("nity"));
        }
        if self.take(|character| character == b'n') {
            let word = |character: u8| character.is_ascii_alphanumeric() || character == b'_';
            return self.take_word("an")
                && (!self.take(|character| character == b'(') || {
                    self.take_all(word);
                    self.take(|character| character == b')')
                });
        }
        let zero = self.take(|character| character == b'0');
        let hexadecimal = zero && self.take(|character| character == b'x');
        let digit =
            |character: u8| if hexadecimal { character.is_ascii_hexdigit() } else { character.is_ascii_digit() };
        let whole = self.take_all(digit) || zero && !hexadecimal;
        let fraction = self.take(|character| character == b'.') && self.take_all(digit);
        let exponent = if hexadecimal { b'p' } else { b'e' };
        if !whole && !fraction {
            return false;
        }
        if !self.take(|character| character == exponent) {
            return true;
        }
        self.take(|character| matches!(character, b'+' | b'-'));
        self.take_all(|character| character.is_ascii_digit())
    }
}

/// Skips white space; how much there was.
fn skip_space<S: Source>(source: &mut S) -> Result<usize, Stop> {
    let mut skipped = 0;
    loop {
        let unit = source.next().ok_or(Stop::End)?;
        if !matches!(unit.ascii(), b' ' | b'\t'..=b'\r') {
            source.back(unit);
            return Ok(skipped);
        }
        skipped += 1;
    }
}

/// Scans; what the function of C answers.
///
/// # Safety
/// The arguments are what the format says.
pub(super) unsafe fn scan<S: Source>(source: &mut S, format: &[S::Unit], list: &mut VaList) -> c_int {
    let (mut stored, mut read) = (0, 0);
    for piece in pieces(format) {
        // SAFETY: by the contract of the function.
        let done = match unsafe { step(source, piece, list, read) } {
            Ok(done) => done,
            Err((Stop::End, more)) if stored + more == 0 => return libc::EOF,
            Err((_, more)) => return stored + more,
        };
        stored += done.stored;
        read += done.read;
    }
    stored
}

/// What a piece did.
struct Done {
    /// How many arguments it stored to.
    stored: c_int,
    /// How many characters it took.
    read: usize,
}

/// Does one piece of a format. A fault comes with the number of arguments that were stored to.
///
/// # Safety
/// The arguments are what the format says.
unsafe fn step<S: Source>(
    source: &mut S,
    piece: Piece<S::Unit>,
    list: &mut VaList,
    read: usize,
) -> Result<Done, (Stop, c_int)> {
    match piece {
        Piece::Common { mut format, arguments } => {
            let mut consumed: c_int = -1;
            // SAFETY: by the contract of the function.
            let mut words: Vec<_> = arguments.into_iter().map(|position| unsafe { pointer(list, position) }).collect();
            words.push(&raw mut consumed as usize);
            format.extend(b"%n\0".iter().map(|&byte| S::Unit::from_ascii(byte)));
            // SAFETY: by the contract of the function; the last pointer is for the `%n` at the end.
            let stored = unsafe { source.scan(&format, &mut VaList::of_words(&words)) };
            if stored < 0 {
                return Err((Stop::End, 0));
            }
            let read = usize::try_from(consumed).map_err(|_| (Stop::Mismatch, stored))?;
            source.advance(read);
            Ok(Done { stored, read })
        }
        Piece::Number { stored, position, width } => {
            // SAFETY: by the contract of the function.
            let target = stored.then(|| unsafe { pointer(list, position) });
            let skipped = skip_space(source).map_err(|stop| (stop, 0))?;
            let left = if width == 0 { usize::MAX } else { width };
            let mut digits = Digits { source, left, text: String::new() };
            if !digits.number() {
                return Err((Stop::Mismatch, 0));
            }
            if let Some(target) = target {
                // SAFETY: by the contract of the function.
                unsafe { (target as *mut u128).write_unaligned(float::bits(float::parse(&digits.text))) };
            }
            Ok(Done { stored: stored.into(), read: skipped + digits.text.len() })
        }
        Piece::Count { stored, position, length } => {
            if stored {
                // SAFETY: by the contract of the function.
                unsafe {
                    let target = pointer(list, position);
                    match length {
                        Length::Char => (target as *mut u8).write_unaligned(read as u8),
                        Length::Short => (target as *mut u16).write_unaligned(read as u16),
                        Length::Long => (target as *mut u64).write_unaligned(read as u64),
                        _ => (target as *mut u32).write_unaligned(read as u32),
                    }
                }
            }
            Ok(Done { stored: 0, read: 0 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text(Vec<u8>, usize);

    impl Source for Text {
        type Unit = u8;

        unsafe fn scan(&mut self, _: &[u8], _: &mut VaList) -> c_int {
            unreachable!()
        }

        fn advance(&mut self, _: usize) {}

        fn next(&mut self) -> Option<u8> {
            self.1 += 1;
            self.0.get(self.1 - 1).copied()
        }

        fn back(&mut self, _: u8) {
            self.1 -= 1;
        }
    }

    fn number(text: &str, width: usize) -> Option<String> {
        let mut source = Text(text.as_bytes().to_vec(), 0);
        let mut digits = Digits { source: &mut source, left: width, text: String::new() };
        digits.number().then_some(digits.text)
    }

    #[test]
    fn numbers_are_as_long_as_can_be() {
        for (text, found) in [
            ("1.5e3x", Some("1.5e3")),
            ("-.5,", Some("-.5")),
            ("0x1.8p1 ", Some("0x1.8p1")),
            ("INFinityx", Some("infinity")),
            ("infx", Some("inf")),
            ("nan(12)", Some("nan(12)")),
            ("0", Some("0")),
            ("1e+", None),
            ("0x", None),
            (".", None),
            ("infin", None),
            ("nan(", None),
            ("", None),
        ] {
            assert_eq!(number(text, usize::MAX).as_deref(), found, "{text}");
        }
        assert_eq!(number("123456", 3).as_deref(), Some("123"));
        assert_eq!(number(&"1".repeat(LONGEST_NUMBER + 5), usize::MAX).map(|text| text.len()), Some(LONGEST_NUMBER));
    }

    #[test]
    fn formats_are_cut_at_long_doubles() {
        assert!(is_common(b"%d %s %Lx %%Lf %[Lf]"));
        assert!(!is_common(b"%Lf"));
        let found = pieces(b"a%d%%%*Lg%[]Lf]%n%5Lf");
        let common = |format: &[u8], arguments: usize| Piece::Common {
            format: format.to_vec(),
            arguments: vec![None; arguments],
        };
        assert_eq!(
            found,
            [
                common(b"a%d%%", 1),
                Piece::Number { stored: false, position: None, width: 0 },
                common(b"%[]Lf]", 1),
                Piece::Count { stored: true, position: None, length: Length::Int },
                Piece::Number { stored: true, position: None, width: 5 },
            ]
        );
        for format in ["%", "%[", "%[^", "%1$", "%9999999999999999999999Lf"] {
            pieces(format.as_bytes());
        }
    }
}
