//! `long double`, which is IEEE binary128 for guests, by glibc's functions for that format.

use crate::glibc;
use std::ffi::{CString, c_char, c_int};
use std::sync::OnceLock;

pub(crate) use concord_elf::F128;

/// glibc's functions that the shims themselves use. They are found by name: Rust cannot declare them, because they take SSE registers of 16 bytes.
#[expect(improper_ctypes_definitions, reason = "the type is passed as C passes `_Float128`")]
struct Functions {
    to_text: unsafe extern "C" fn(*mut c_char, usize, *const c_char, F128) -> c_int,
    from_text: unsafe extern "C" fn(*const c_char, *mut *mut c_char) -> F128,
}

fn functions() -> Option<&'static Functions> {
    static FUNCTIONS: OnceLock<Option<Functions>> = OnceLock::new();
    FUNCTIONS
        .get_or_init(|| {
            let to_text = glibc::address("strfromf128")?;
            let from_text = glibc::address("strtof128")?;
            // SAFETY: that is how glibc declares them; `_Float128` is passed as any other type of class SSE, SSEUP.
            let functions = unsafe {
                Functions {
                    to_text: std::mem::transmute::<
                        usize,
                        unsafe extern "C" fn(*mut c_char, usize, *const c_char, F128) -> c_int,
                    >(to_text),
                    from_text: std::mem::transmute::<
                        usize,
                        unsafe extern "C" fn(*const c_char, *mut *mut c_char) -> F128,
                    >(from_text),
                }
            };
            Some(functions)
        })
        .as_ref()
}

/// The bits of a number.
pub(crate) fn bits(value: F128) -> u128 {
    // SAFETY: both are 16 bytes of which every pattern is valid.
    unsafe { std::mem::transmute::<F128, u128>(value) }
}

/// The number of these bits.
pub(crate) fn of_bits(bits: u128) -> F128 {
    // SAFETY: both are 16 bytes of which every pattern is valid.
    unsafe { std::mem::transmute::<u128, F128>(bits) }
}

/// The number without its sign.
pub(crate) fn absolute(value: F128) -> F128 {
    of_bits(bits(value) & (u128::MAX >> 1))
}

/// Sign, exponent and mantissa.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    pub(crate) negative: bool,
    exponent: u32,
    mantissa: u128,
}

/// The bits of the mantissa that are stored.
const MANTISSA: u32 = 112;
const HIGHEST_EXPONENT: u32 = 0x7fff;
const BIAS: i32 = 16_383;

impl Parts {
    pub(crate) fn of(value: F128) -> Self {
        let bits = bits(value);
        Parts {
            negative: bits >> 127 != 0,
            exponent: (bits >> MANTISSA) as u32 & HIGHEST_EXPONENT,
            mantissa: bits & ((1 << MANTISSA) - 1),
        }
    }

    /// `inf` or `nan`.
    pub(crate) fn special(&self) -> Option<&'static str> {
        (self.exponent == HIGHEST_EXPONENT).then_some(if self.mantissa == 0 { "inf" } else { "nan" })
    }

    /// Mantissa and exponent of a finite number, with bit 112 of the mantissa set unless the number is zero.
    pub(crate) fn normalised(&self) -> (u128, i32) {
        if self.exponent > 0 {
            return (self.mantissa | 1 << MANTISSA, self.exponent as i32 - BIAS);
        }
        if self.mantissa == 0 {
            return (0, 0);
        }
        let shift = self.mantissa.leading_zeros() - (127 - MANTISSA);
        (self.mantissa << shift, 1 - BIAS - shift as i32)
    }
}

/// A `double`, exactly.
pub(crate) fn of_f64(value: f64) -> F128 {
    let bits = value.to_bits();
    let (exponent, mantissa) = (bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
    let (exponent, mantissa) = match (exponent, mantissa) {
        (0, 0) => (0, 0),
        (0, _) => {
            let shift = mantissa.leading_zeros() - 11;
            (1 - 1023 - shift as i32 + BIAS, mantissa << shift & ((1 << 52) - 1))
        }
        (0x7ff, _) => (HIGHEST_EXPONENT as i32, mantissa),
        _ => (exponent as i32 - 1023 + BIAS, mantissa),
    };
    let sign = u128::from(bits >> 63) << 127;
    of_bits(sign | u128::from(exponent.unsigned_abs()) << MANTISSA | u128::from(mantissa) << (MANTISSA - 52))
}

/// A finite number in the form e or f with so many digits after its point.
pub(crate) fn decimal(value: F128, form: u8, digits: u32) -> Vec<u8> {
    let format = format!("%.{digits}{}\0", form as char);
    // The form f has up to 4,933 digits before its point.
    let mut text = vec![0u8; digits as usize + 5_000];
    let Some(functions) = functions() else { return Vec::new() };
    // SAFETY: the format is a string and the buffer is as long as is said.
    let length = unsafe { (functions.to_text)(text.as_mut_ptr().cast(), text.len(), format.as_ptr().cast(), value) };
    text.truncate(usize::try_from(length).unwrap_or(0));
    text
}

/// The number in a text, 0 if there is none. Sets `errno` as `strtold` does.
pub(crate) fn parse(text: &str) -> F128 {
    let (Ok(text), Some(functions)) = (CString::new(text), functions()) else { return of_bits(0) };
    // SAFETY: the text is a string.
    unsafe { (functions.from_text)(text.as_ptr(), std::ptr::null_mut()) }
}
