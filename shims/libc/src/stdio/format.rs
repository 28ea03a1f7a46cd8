//! The grammar of format strings of the `printf` family.

/// A character of a format: a byte or a `wchar_t`.
pub(crate) trait Unit: Copy + 'static {
    /// The conversion that prints a counted text of such characters: `s` or `ls`.
    const TEXT: &'static str;

    /// The character where it is ASCII, else 0.
    fn ascii(self) -> u8;

    /// A character of ASCII.
    fn from_ascii(byte: u8) -> Self;
}

impl Unit for u8 {
    const TEXT: &'static str = "s";

    fn ascii(self) -> u8 {
        if self.is_ascii() { self } else { 0 }
    }

    fn from_ascii(byte: u8) -> Self {
        byte
    }
}

impl Unit for libc::wchar_t {
    const TEXT: &'static str = "ls";

    fn ascii(self) -> u8 {
        u8::try_from(self).ok().filter(u8::is_ascii).unwrap_or(0)
    }

    fn from_ascii(byte: u8) -> Self {
        byte.into()
    }
}

/// Positions of arguments go to 9 (`NL_ARGMAX` of the platform).
pub(crate) const POSITIONS: usize = 10;

/// Why a format or what comes of it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not a format: `EINVAL`.
    Invalid,
    /// More characters than an `int` counts: `EOVERFLOW`.
    Overflow,
    /// glibc failed and has set `errno`.
    Output,
}

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Fixed(i32),
    /// `*`: the next argument.
    Next,
    /// `*1$`: the argument at this position.
    At(usize),
}

/// The size of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    Int,
    Char,
    Short,
    Long,
    LongLong,
    /// `z`, `t` and `j`.
    Word,
    LongDouble,
}

impl Length {
    fn text(self) -> &'static str {
        match self {
            Length::Int => "",
            Length::Char => "hh",
            Length::Short => "h",
            Length::Long => "l",
            Length::LongLong => "ll",
            Length::Word => "j",
            Length::LongDouble => "L",
        }
    }
}

/// The flags of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    pub(crate) alternate: bool,
    pub(crate) zero: bool,
    pub(crate) left: bool,
    pub(crate) space: bool,
    pub(crate) plus: bool,
}

/// A conversion, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    /// Which argument, where the format says it.
    pub(crate) position: Option<usize>,
    pub(crate) flags: Flags,
    pub(crate) width: Amount,
    pub(crate) precision: Option<Amount>,
    pub(crate) length: Length,
    pub(crate) conversion: u8,
}

impl Spec {
    /// Whether it takes a `double` or `long double`.
    pub(crate) fn is_float(&self) -> bool {
        matches!(self.conversion.to_ascii_lowercase(), b'a' | b'e' | b'f' | b'g')
    }

    /// Whether glibc does with it what the platform does.
    fn is_common(&self) -> bool {
        self.length != Length::LongDouble && !matches!(self.conversion, b'a' | b'A' | b'm' | b'p')
    }
}

/// A part of a format.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a, U> {
    Text(&'a [U]),
    Spec(Spec),
}

/// Takes a format apart.
pub(crate) struct Parts<'a, U> {
    rest: &'a [U],
    /// Whether arguments have been named by position. Then all must be.
    positional: bool,
}

impl<'a, U: Unit> Parts<'a, U> {
    pub(crate) fn of(format: &'a [U]) -> Self {
        Parts { rest: format, positional: false }
    }

    /// Whether glibc prints the whole format as the platform does.
    pub(crate) fn are_common(self) -> bool {
        let mut parts = self;
        parts.all(|part| match part {
            Ok(Part::Text(_)) => true,
            Ok(Part::Spec(spec)) => spec.is_common(),
            Err(_) => false,
        })
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.rest.get(ahead).map_or(0, |unit| unit.ascii())
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// The position in `1$`, which it skips.
    fn position(&mut self, ahead: usize) -> Option<usize> {
        let digit = self.peek(ahead);
        (digit.is_ascii_digit() && self.peek(ahead + 1) == b'$').then(|| {
            self.skip(ahead + 2);
            self.positional = true;
            usize::from(digit - b'0')
        })
    }

    fn number(&mut self) -> Result<i32, Fault> {
        let mut number = 0i32;
        while self.peek(0).is_ascii_digit() {
            let digit = i32::from(self.peek(0) - b'0');
            number = number.checked_mul(10).and_then(|number| number.checked_add(digit)).ok_or(Fault::Overflow)?;
            self.skip(1);
        }
        Ok(number)
    }

    fn amount(&mut self) -> Result<Amount, Fault> {
        if self.peek(0) != b'*' {
            return self.number().map(Amount::Fixed);
        }
        if let Some(position) = self.position(1) {
            return Ok(Amount::At(position));
        }
        self.skip(1);
        if self.positional { Err(Fault::Invalid) } else { Ok(Amount::Next) }
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            match self.peek(0) {
                b'#' => flags.alternate = true,
                b'0' => flags.zero = true,
                b'-' => flags.left = true,
                b' ' => flags.space = true,
                b'+' => flags.plus = true,
                // Grouping: the platform's locales have none.
                b'\'' => {}
                _ => return flags,
            }
            self.skip(1);
        }
    }

    fn length(&mut self) -> Length {
        let (length, characters) = match (self.peek(0), self.peek(1)) {
            (b'h', b'h') => (Length::Char, 2),
            (b'h', _) => (Length::Short, 1),
            (b'l', b'l') => (Length::LongLong, 2),
            (b'l', _) => (Length::Long, 1),
            (b'z' | b't' | b'j', _) => (Length::Word, 1),
            (b'L', _) => (Length::LongDouble, 1),
            _ => (Length::Int, 0),
        };
        self.skip(characters);
        length
    }

    /// What follows a `%`.
    fn spec(&mut self) -> Result<Spec, Fault> {
        let position = self.position(0);
        let flags = self.flags();
        let width = self.amount()?;
        let precision = if self.peek(0) == b'.' {
            self.skip(1);
            Some(self.amount()?)
        } else {
            None
        };
        let length = self.length();
        let conversion = self.peek(0);
        self.skip(1);
        let valid = match conversion {
            b'd' | b'i' | b'o' | b'u' | b'x' | b'X' => length != Length::LongDouble,
            b'n' => true,
            b'a' | b'A' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                matches!(length, Length::Int | Length::Long | Length::LongDouble)
            }
            b'c' | b's' => matches!(length, Length::Int | Length::Long),
            b'C' | b'S' | b'p' => length == Length::Int,
            b'm' => length == Length::Int && position.is_none(),
            _ => false,
        };
        // Arguments are all named by position or none is.
        let named = position.is_some() || conversion == b'm';
        if !valid || self.positional && !named || position == Some(0) {
            return Err(Fault::Invalid);
        }
        Ok(Spec { position, flags, width, precision, length, conversion })
    }
}

impl<'a, U: Unit> Iterator for Parts<'a, U> {
    type Item = Result<Part<'a, U>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let is_percent = |unit: &U| unit.ascii() == b'%';
        let mut end = self.rest.iter().position(is_percent).unwrap_or(self.rest.len());
        if end == 0 && self.peek(1) != b'%' {
            self.skip(1);
            let spec = self.spec();
            if spec.is_err() {
                self.rest = &[];
            }
            return Some(spec.map(Part::Spec));
        }
        // The first of two percent signs belongs to the text.
        let doubled = self.peek(end) == b'%' && self.peek(end + 1) == b'%';
        end += usize::from(doubled);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.skip(usize::from(doubled));
        Some(Ok(Part::Text(text)))
    }
}

/// A conversion with its amounts known, as glibc is asked for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved {
    pub(crate) flags: Flags,
    pub(crate) width: u32,
    pub(crate) precision: Option<u32>,
    pub(crate) length: Length,
    pub(crate) conversion: u8,
}

impl Resolved {
    /// A text of so many characters.
    pub(crate) fn text(characters: u32) -> Self {
        Resolved {
            flags: Flags::default(),
            width: 0,
            precision: Some(characters),
            length: Length::Int,
            conversion: b's',
        }
    }

    /// As a format for one argument, with the zero at its end.
    pub(crate) fn format<U: Unit>(&self) -> Vec<U> {
        let mut text = String::from("%");
        let Flags { alternate, zero, left, space, plus } = self.flags;
        let flags = [(alternate, '#'), (zero, '0'), (left, '-'), (space, ' '), (plus, '+')];
        text.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag));
        if self.width > 0 {
            text += &self.width.to_string();
        }
        if let Some(precision) = self.precision {
            text.push('.');
            text += &precision.to_string();
        }
        text += self.length.text();
        text.bytes().chain([self.conversion, 0]).map(U::from_ascii).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(format: &str) -> Vec<Result<Part<'_, u8>, Fault>> {
        Parts::of(format.as_bytes()).collect()
    }

    #[test]
    fn takes_formats_apart() {
        let found = parts("a%%b%-5.3Lg|");
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], Ok(Part::Text(b"a%")));
        assert_eq!(found[1], Ok(Part::Text(b"b")));
        let Ok(Part::Spec(spec)) = &found[2] else { panic!("{found:?}") };
        assert_eq!((spec.width, spec.precision), (Amount::Fixed(5), Some(Amount::Fixed(3))));
        assert_eq!((spec.length, spec.conversion, spec.flags.left), (Length::LongDouble, b'g', true));
    }

    #[test]
    fn refuses_what_the_platform_refuses() {
        for format in ["%", "%y", "%5%", "%Ld", "%hf", "%1$d %d", "%1$*d", "%lp", "%0$d", "%1$m"] {
            assert_eq!(parts(format).last(), Some(&Err(Fault::Invalid)), "{format}");
        }
        assert_eq!(parts("%2147483648d").last(), Some(&Err(Fault::Overflow)));
        assert!(parts("%2147483647d%.d%lls").last().is_some_and(Result::is_err));
    }

    #[test]
    fn knows_what_can_be_left_to_glibc() {
        for format in ["", "plain", "%d %5.2f %s %ls %zu %n", "%1$s %2$*1$d", "%lc%C%S"] {
            assert!(Parts::of(format.as_bytes()).are_common(), "{format}");
        }
        for format in ["%Lf", "%p", "%a", "%m", "%q"] {
            assert!(!Parts::of(format.as_bytes()).are_common(), "{format}");
        }
    }

    #[test]
    fn asks_glibc_for_one_conversion() {
        let spec = Resolved {
            flags: Flags { zero: true, plus: true, ..Flags::default() },
            width: 12,
            precision: Some(0),
            length: Length::Word,
            conversion: b'd',
        };
        assert_eq!(spec.format::<u8>(), b"%0+12.0jd\0");
        assert_eq!(Resolved::text(3).format::<libc::wchar_t>().len(), 5);
    }

    #[test]
    fn any_text_is_taken_apart() {
        const ALPHABET: &[u8] = b"%%%$*.-+ #0123456789lhLjztdiouxXeEfFgGaAcCsSpnm[]^y\xff";
        let mut random = 1u64;
        for _ in 0..20_000 {
            let mut next = || {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (random >> 33) as usize
            };
            let length = next() % 24;
            let format: Vec<u8> = (0..length).map(|_| ALPHABET[next() % ALPHABET.len()]).collect();
            let texts: usize =
                Parts::of(&format).map(|part| if let Ok(Part::Text(text)) = part { text.len() } else { 0 }).sum();
            assert!(texts <= format.len());
            crate::stdio::scan::is_common(&format);
        }
    }
}
