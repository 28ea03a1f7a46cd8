//! The encoding of values on 64-bit targets, so that numbers and other primitives need no call into the library.
//!
//! `JSValueRef` is the encoded value itself (`JSCJSValue.h`): the top 15 bits set mean an int32 in the low half, other
//! patterns with any of the top 15 bits a double plus 2^49, small constants the singletons, everything else a pointer
//! to a heap cell. It has been so since 2010, and is verified when a context is made.

use crate::sys::ValueRef;

pub(crate) const UNDEFINED: usize = 0x0a;
pub(crate) const NULL: usize = 0x02;
pub(crate) const FALSE: usize = 0x06;
pub(crate) const TRUE: usize = 0x07;
const NUMBER_TAG: u64 = 0xfffe_0000_0000_0000;
const NOT_CELL: u64 = NUMBER_TAG | 0x02;
const DOUBLE_OFFSET: u64 = 1 << 49;

pub(crate) fn is_cell(raw: usize) -> bool {
    raw as u64 & NOT_CELL == 0 && raw != 0
}

pub(crate) fn number(n: f64) -> usize {
    let int = n as i32;
    let bits = if f64::from(int).to_bits() == n.to_bits() {
        NUMBER_TAG | u64::from(int.cast_unsigned())
    } else {
        // Other NaN patterns would collide with the tags.
        let n = if n.is_nan() { f64::from_bits(0x7ff8_0000_0000_0000) } else { n };
        n.to_bits().wrapping_add(DOUBLE_OFFSET)
    };
    bits as usize
}

pub(crate) fn int32(n: i32) -> usize {
    (NUMBER_TAG | u64::from(n.cast_unsigned())) as usize
}

pub(crate) fn as_int32(raw: usize) -> Option<i32> {
    let bits = raw as u64;
    (bits & NUMBER_TAG == NUMBER_TAG).then(|| (bits as u32).cast_signed())
}

pub(crate) fn as_number(raw: usize) -> Option<f64> {
    let bits = raw as u64;
    if bits & NUMBER_TAG == NUMBER_TAG {
        Some(f64::from((bits as u32).cast_signed()))
    } else if bits & NUMBER_TAG != 0 {
        Some(f64::from_bits(bits.wrapping_sub(DOUBLE_OFFSET)))
    } else {
        None
    }
}

pub(crate) fn value_ref(raw: usize) -> ValueRef {
    raw as ValueRef
}

const _: () = assert!(size_of::<usize>() == 8, "values are encoded in 64 bits");
