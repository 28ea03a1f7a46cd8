//! zlib's streams behind safe types; see README.md.

mod gz;
mod stream;

pub use gz::{GzError, GzFile};
pub use stream::{Header, Kind, Moved, Stream};

/// `Z_OK`.
pub const OK: i32 = 0;
/// `Z_STREAM_END`.
pub const STREAM_END: i32 = 1;
/// `Z_ERRNO`.
pub const ERRNO: i32 = -1;
/// `Z_STREAM_ERROR`.
pub const STREAM_ERROR: i32 = -2;
/// `Z_DATA_ERROR`.
pub const DATA_ERROR: i32 = -3;
/// `Z_BUF_ERROR`.
pub const BUF_ERROR: i32 = -5;

/// Version of zlib, as it says itself.
pub fn version() -> &'static str {
    // SAFETY: a constant text that ends with NUL.
    let text = unsafe { std::ffi::CStr::from_ptr(libz_rs_sys::zlibVersion()) };
    text.to_str().unwrap_or("1.3.0")
}

/// `zlibCompileFlags`.
pub fn compile_flags() -> u64 {
    libz_rs_sys::zlibCompileFlags()
}

/// Adler-32 of `bytes`, after those of which `start` is the sum (1 for none).
pub fn adler32(start: u32, bytes: &[u8]) -> u32 {
    // SAFETY: pointer and length are those of the slice.
    unsafe { libz_rs_sys::adler32_z(start.into(), bytes.as_ptr(), bytes.len()) as u32 }
}

/// CRC-32 of `bytes`, after those of which `start` is the sum (0 for none).
pub fn crc32(start: u32, bytes: &[u8]) -> u32 {
    // SAFETY: pointer and length are those of the slice.
    unsafe { libz_rs_sys::crc32_z(start.into(), bytes.as_ptr(), bytes.len()) as u32 }
}

/// Adler-32 of two texts of which the second has `length` bytes.
pub fn adler32_combine(first: u32, second: u32, length: i64) -> u32 {
    libz_rs_sys::adler32_combine(first.into(), second.into(), length) as u32
}

/// CRC-32 of two texts of which the second has `length` bytes.
pub fn crc32_combine(first: u32, second: u32, length: i64) -> u32 {
    libz_rs_sys::crc32_combine(first.into(), second.into(), length) as u32
}

/// The most bytes that `length` bytes can become.
pub fn compress_bound(length: u64) -> u64 {
    libz_rs_sys::compressBound(length)
}
