//! `long double` in text, and hexadecimal floating point, for `printf`.

use super::format::Flags;
use crate::float::{self, F128};

/// No binary128 has more digits after its decimal point (2⁻¹⁶⁴⁹⁴ has this many).
const MOST_DECIMALS: u32 = 16_494;

/// A number in the parts between which padding goes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    /// Sign and `0x`.
    pub(super) prefix: &'static str,
    pub(super) head: Vec<u8>,
    /// How many zeros follow the head.
    pub(super) zeros: u32,
    /// The exponent.
    pub(super) tail: Vec<u8>,
    /// Infinities and NaN are not padded with zeros.
    pub(super) finite: bool,
}

/// The sign that is printed.
fn sign(negative: bool, flags: Flags, hexadecimal: bool) -> &'static str {
    match (negative, flags.plus, flags.space, hexadecimal) {
        (true, _, _, false) => "-",
        (_, true, _, false) => "+",
        (_, _, true, false) => " ",
        (_, _, _, false) => "",
        (true, _, _, true) => "-0x",
        (_, true, _, true) => "+0x",
        (_, _, true, true) => " 0x",
        (_, _, _, true) => "0x",
    }
}

/// A number in one of the forms a, e, f, g, in lower case.
pub(super) fn render(value: F128, form: u8, flags: Flags, precision: Option<u32>) -> Number {
    let parts = float::Parts::of(value);
    if let Some(name) = parts.special() {
        return Number { prefix: sign(parts.negative, flags, false), head: name.into(), ..Number::default() };
    }
    let value = float::absolute(value);
    let mut number = match form {
        b'a' => hexadecimal(parts, precision, flags.alternate),
        b'g' => general(value, precision, flags.alternate),
        _ => plain(value, form, precision.unwrap_or(6), flags.alternate),
    };
    number.prefix = sign(parts.negative, flags, form == b'a');
    number.finite = true;
    number
}

/// The forms e and f.
fn plain(value: F128, form: u8, precision: u32, alternate: bool) -> Number {
    let digits = precision.min(MOST_DECIMALS);
    let mut head = float::decimal(value, form, digits);
    let exponent = head.iter().position(|&byte| byte == b'e').unwrap_or(head.len());
    let tail = head.split_off(exponent);
    if precision == 0 && alternate {
        head.push(b'.');
    }
    Number { head, zeros: precision - digits, tail, ..Number::default() }
}

/// The form g: e or f, whichever suits the exponent, without the zeros at its end.
fn general(value: F128, precision: Option<u32>, alternate: bool) -> Number {
    let digits = precision.unwrap_or(6).max(1);
    let scientific = plain(value, b'e', digits - 1, true);
    let exponent = std::str::from_utf8(scientific.tail.get(1..).unwrap_or_default()).ok();
    let exponent: i64 = exponent.and_then(|text| text.parse().ok()).unwrap_or_default();
    let decimals = i64::from(digits) - 1 - exponent;
    let mut number = match u32::try_from(decimals) {
        Ok(decimals) if exponent >= -4 => plain(value, b'f', decimals, true),
        _ => scientific,
    };
    if !alternate {
        number.zeros = 0;
        if number.head.contains(&b'.') {
            while number.head.last() == Some(&b'0') {
                number.head.pop();
            }
            if number.head.last() == Some(&b'.') {
                number.head.pop();
            }
        }
    }
    number
}

/// The form a: as the platform has it, every number but zero begins with a one.
fn hexadecimal(parts: float::Parts, precision: Option<u32>, alternate: bool) -> Number {
    // The mantissa has 112 bits, 28 digits, after its first bit.
    const DIGITS: u32 = 28;
    let (mut mantissa, exponent) = parts.normalised();
    let digits = precision.unwrap_or(DIGITS).min(DIGITS);
    let cut = 4 * (DIGITS - digits);
    if cut > 0 {
        let unit = 1u128 << cut;
        let rest = mantissa & (unit - 1);
        mantissa -= rest;
        let odd = mantissa & unit != 0;
        if rest > unit / 2 || rest == unit / 2 && odd {
            mantissa += unit;
        }
    }
    let mut head = vec![b'0' + (mantissa >> 112) as u8, b'.'];
    for digit in 0..digits {
        let digit = (mantissa >> (108 - 4 * digit)) & 15;
        head.push(char::from_digit(digit as u32, 16).map_or(b'0', |digit| digit as u8));
    }
    if precision.is_none() {
        while head.last() == Some(&b'0') && head.len() > 2 {
            head.pop();
        }
    }
    if head.len() == 2 && !alternate {
        head.pop();
    }
    let tail = format!("p{exponent:+}").into_bytes();
    Number { head, zeros: precision.unwrap_or(0).saturating_sub(DIGITS), tail, ..Number::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: F128, form: u8, flags: Flags, precision: Option<u32>) -> String {
        let number = render(value, form, flags, precision);
        let zeros = "0".repeat(number.zeros as usize);
        let part = |bytes| String::from_utf8(bytes).unwrap();
        format!("{}{}{zeros}{}", number.prefix, part(number.head), part(number.tail))
    }

    fn of(text: &str) -> F128 {
        float::parse(text)
    }

    #[test]
    fn numbers_are_written_in_every_form() {
        let plain = Flags::default();
        let third = of("0.1");
        assert_eq!(text(third, b'g', plain, Some(36)), "0.100000000000000000000000000000000005");
        assert_eq!(text(of("1e4932"), b'g', plain, None), "1e+4932");
        assert_eq!(text(of("-0.0001"), b'g', plain, None), "-0.0001");
        assert_eq!(text(of("0.00001"), b'g', plain, None), "1e-05");
        assert_eq!(text(of("999999.5"), b'g', plain, None), "1e+06");
        assert_eq!(text(of("100000"), b'g', Flags { alternate: true, ..plain }, None), "100000.");
        assert_eq!(text(of("0"), b'g', plain, Some(0)), "0");
        assert_eq!(text(of("2.5"), b'f', plain, Some(0)), "2");
        assert_eq!(text(of("2.5"), b'e', Flags { alternate: true, plus: true, ..plain }, Some(0)), "+2.e+00");
        assert_eq!(text(of("1.5"), b'f', plain, Some(20_000)).len(), 20_002);
        assert_eq!(text(of("-inf"), b'f', plain, None), "-inf");
        assert_eq!(text(of("nan"), b'a', Flags { space: true, ..plain }, None), " nan");
    }

    #[test]
    fn hexadecimal_is_normalised() {
        let plain = Flags::default();
        assert_eq!(text(of("0.1"), b'a', plain, None), "0x1.999999999999999999999999999ap-4");
        assert_eq!(text(of("1.5"), b'a', plain, Some(3)), "0x1.800p+0");
        assert_eq!(text(of("1.9"), b'a', plain, Some(0)), "0x2p+0");
        assert_eq!(text(of("-0"), b'a', plain, None), "-0x0p+0");
        assert_eq!(text(of("1"), b'a', Flags { alternate: true, ..plain }, None), "0x1.p+0");
        assert_eq!(text(of("0x1p-16494"), b'a', plain, None), "0x1p-16494");
        assert_eq!(text(float::of_f64(5e-324), b'a', plain, None), "0x1p-1074");
        assert_eq!(text(of("1"), b'a', plain, Some(30)).len(), "0x1.".len() + 30 + "p+0".len());
    }
}
