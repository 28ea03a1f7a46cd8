//! `math.h`: functions with a `long double` that glibc does not have for binary128, and the rounding mode.

use crate::float::{self, F128};
use crate::table::shims;
use libc::c_int;
use std::cmp::Ordering;

shims! { __flt_rounds, nexttoward, nexttowardf }

unsafe extern "C" {
    fn nextafter(from: f64, to: f64) -> f64;
    fn nextafterf(from: f32, to: f32) -> f32;
    fn fegetround() -> c_int;
}

/// Where a `double` lies from a `long double`, and the sign of that. `None` for NaN.
fn compare(from: f64, to: F128) -> (Option<Ordering>, bool) {
    // As integers, numbers of one sign are in order.
    let order = |value: F128| {
        let size = float::bits(float::absolute(value)) as i128;
        if float::Parts::of(value).negative { -size } else { size }
    };
    let parts = float::Parts::of(to);
    if from.is_nan() || parts.special() == Some("nan") {
        return (None, false);
    }
    (Some(order(float::of_f64(from)).cmp(&order(to))), parts.negative)
}

#[expect(improper_ctypes_definitions, reason = "the type is passed as C passes `long double`")]
unsafe extern "C" fn nexttoward(from: f64, to: F128) -> f64 {
    let target = match compare(from, to) {
        (None, _) => return f64::NAN,
        // The answer is the second number, whose zero may have another sign.
        (Some(Ordering::Equal), negative) => return from.abs().copysign(if negative { -1.0 } else { 1.0 }),
        (Some(Ordering::Less), _) => f64::INFINITY,
        (Some(Ordering::Greater), _) => f64::NEG_INFINITY,
    };
    // SAFETY: it takes numbers.
    unsafe { nextafter(from, target) }
}

#[expect(improper_ctypes_definitions, reason = "the type is passed as C passes `long double`")]
unsafe extern "C" fn nexttowardf(from: f32, to: F128) -> f32 {
    let target = match compare(from.into(), to) {
        (None, _) => return f32::NAN,
        (Some(Ordering::Equal), negative) => return from.abs().copysign(if negative { -1.0 } else { 1.0 }),
        (Some(Ordering::Less), _) => f32::INFINITY,
        (Some(Ordering::Greater), _) => f32::NEG_INFINITY,
    };
    // SAFETY: it takes numbers.
    unsafe { nextafterf(from, target) }
}

/// `FLT_ROUNDS`, from the mode of the processor's control word.
unsafe extern "C" fn __flt_rounds() -> c_int {
    // SAFETY: it takes nothing.
    match unsafe { fegetround() } {
        0 => 1,
        0x400 => 3,
        0x800 => 2,
        0xc00 => 0,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_lies_towards_the_other() {
        let toward = |from, to| {
            // SAFETY: it takes numbers.
            unsafe { nexttoward(from, float::parse(to)) }
        };
        assert_eq!(toward(1.0, "1.0000000000000000000001"), 1.0 + f64::EPSILON);
        assert_eq!(toward(1.0, "0.9999999999999999999999"), 1.0 - f64::EPSILON / 2.0);
        assert_eq!(toward(1.0, "1"), 1.0);
        assert!(toward(0.0, "-0").is_sign_negative());
        assert_eq!(toward(0.0, "-1e-4000"), -5e-324);
        assert!(toward(f64::NAN, "1").is_nan() && toward(1.0, "nan").is_nan());
        // SAFETY: they take numbers.
        unsafe {
            assert_eq!(nexttowardf(1.0, float::parse("2")), 1.0 + f32::EPSILON);
            assert_eq!(__flt_rounds(), 1);
        }
    }
}
