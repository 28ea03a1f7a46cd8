//! `libz.so`: zlib by `libz-rs-sys`, which has its C interface. Files are opened by the app's C library, so they have the names that the app
//! knows.

use crate::boundary::{bytes, guarded};
use crate::library::{Export, exports};
use crate::printf::vsnprintf;
use crate::process::libc_function;
use concord_elf::variadic;
use libz_rs_sys as z;
use std::ffi::{c_char, c_int, c_void};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    adler32 = z::adler32,
    adler32_combine = z::adler32_combine,
    adler32_combine64 = z::adler32_combine64,
    adler32_z = z::adler32_z,
    compress = z::compress,
    compress2 = z::compress2,
    compressBound = z::compressBound,
    crc32 = z::crc32,
    crc32_combine = z::crc32_combine,
    crc32_combine64 = z::crc32_combine64,
    crc32_z = z::crc32_z,
    deflate = z::deflate,
    deflateBound = z::deflateBound,
    deflateCopy = z::deflateCopy,
    deflateEnd = z::deflateEnd,
    deflateGetDictionary = z::deflateGetDictionary,
    deflateInit2_ = z::deflateInit2_,
    deflateInit_ = z::deflateInit_,
    deflateParams = z::deflateParams,
    deflatePending = z::deflatePending,
    deflatePrime = z::deflatePrime,
    deflateReset = z::deflateReset,
    deflateResetKeep = z::deflateResetKeep,
    deflateSetDictionary = z::deflateSetDictionary,
    deflateSetHeader = z::deflateSetHeader,
    deflateTune = z::deflateTune,
    get_crc_table = z::get_crc_table,
    gzbuffer = z::gzbuffer,
    gzclearerr = z::gzclearerr,
    gzclose = z::gzclose,
    gzclose_r = z::gzclose_r,
    gzclose_w = z::gzclose_w,
    gzdirect = z::gzdirect,
    gzdopen = z::gzdopen,
    gzeof = z::gzeof,
    gzerror = z::gzerror,
    gzflush = z::gzflush,
    gzfread = z::gzfread,
    gzfwrite = z::gzfwrite,
    gzgetc = z::gzgetc,
    gzgetc_ = z::gzgetc_,
    gzgets = z::gzgets,
    gzoffset64 = z::gzoffset64,
    gzopen,
    gzopen64 = gzopen,
    gzprintf,
    gzputc = z::gzputc,
    gzputs = z::gzputs,
    gzread = z::gzread,
    gzrewind = z::gzrewind,
    gzseek = z::gzseek,
    gzseek64 = z::gzseek64,
    gzsetparams = z::gzsetparams,
    gztell = z::gztell,
    gztell64 = z::gztell64,
    gzungetc = z::gzungetc,
    gzvprintf,
    gzwrite = z::gzwrite,
    inflate = z::inflate,
    inflateBack = z::inflateBack,
    inflateBackEnd = z::inflateBackEnd,
    inflateBackInit_ = z::inflateBackInit_,
    inflateCodesUsed = z::inflateCodesUsed,
    inflateCopy = z::inflateCopy,
    inflateEnd = z::inflateEnd,
    inflateGetDictionary = z::inflateGetDictionary,
    inflateGetHeader = z::inflateGetHeader,
    inflateInit2_ = z::inflateInit2_,
    inflateInit_ = z::inflateInit_,
    inflateMark = z::inflateMark,
    inflatePrime = z::inflatePrime,
    inflateReset = z::inflateReset,
    inflateReset2 = z::inflateReset2,
    inflateResetKeep = z::inflateResetKeep,
    inflateSetDictionary = z::inflateSetDictionary,
    inflateSync = z::inflateSync,
    inflateSyncPoint = z::inflateSyncPoint,
    inflateUndermine = z::inflateUndermine,
    inflateValidate = z::inflateValidate,
    uncompress = z::uncompress,
    uncompress2 = z::uncompress2,
    zError = z::zError,
    zlibCompileFlags = z::zlibCompileFlags,
    zlibVersion = z::zlibVersion,
];

/// Flags of `open` for a mode of `gzopen`.
fn flags(mode: &[u8]) -> Option<c_int> {
    let flags = mode.iter().fold(None, |flags, letter| match letter {
        b'r' => Some(libc::O_RDONLY),
        b'w' => Some(libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC),
        b'a' => Some(libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND),
        _ => flags,
    })?;
    let exclusive = if mode.contains(&b'x') { libc::O_EXCL } else { 0 };
    let close = if mode.contains(&b'e') { libc::O_CLOEXEC } else { 0 };
    Some(flags | exclusive | close)
}

/// # Safety
/// As in C: both texts end with zero.
unsafe extern "C" fn gzopen(path: *const c_char, mode: *const c_char) -> *mut c_void {
    type Open = unsafe extern "C" fn(*const c_char, c_int, ...) -> c_int;
    guarded("gzopen", std::ptr::null_mut(), || {
        // SAFETY: by the contract of the function.
        let flags = unsafe { bytes(mode) }.and_then(|mode| flags(mode.to_bytes()));
        let (Some(flags), false, Some(open)) = (flags, path.is_null(), libc_function("open")) else {
            return std::ptr::null_mut();
        };
        // SAFETY: this is what the function of this name is in C.
        let open = unsafe { std::mem::transmute::<usize, Open>(open) };
        // SAFETY: the path ends with zero.
        let descriptor = unsafe { open(path, flags, 0o666) };
        if descriptor < 0 {
            return std::ptr::null_mut();
        }
        // SAFETY: the mode ends with zero.
        let file = unsafe { z::gzdopen(descriptor, mode) };
        if file.is_null() {
            // SAFETY: nobody else has it.
            unsafe { libc::close(descriptor) };
        }
        file.cast::<c_void>()
    })
}

variadic! {
    /// `gzprintf(file, format, …)`
    gzprintf(2) => gzvprintf;
}

/// # Safety
/// As in C: the file is open, the arguments are what the format says.
unsafe extern "C" fn gzvprintf(file: *mut c_void, format: *const c_char, list: *mut c_void) -> c_int {
    /// The platform's buffer is no larger unless the guest asks.
    const LONGEST: usize = 8192;
    guarded("gzvprintf", z::Z_STREAM_ERROR, || {
        // SAFETY: by the contract of the function.
        let Some(format) = (unsafe { bytes(format) }) else { return z::Z_STREAM_ERROR };
        let mut text = vec![0_u8; LONGEST];
        // SAFETY: the buffer has this size; the rest by the contract of the function.
        let length = unsafe { vsnprintf()(text.as_mut_ptr().cast(), LONGEST, format.as_ptr(), list) };
        // A text that does not fit is not written at all.
        let Some(text) =
            usize::try_from(length).ok().filter(|length| *length < LONGEST).and_then(|end| text.get(..end))
        else {
            return 0;
        };
        let Ok(length) = u32::try_from(text.len()) else { return 0 };
        // SAFETY: the file is open, the text has this length.
        unsafe { z::gzwrite(file.cast(), text.as_ptr().cast(), length) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CString;

    #[test]
    fn streams_are_laid_out_as_in_c() {
        // `zlib.h` on 64-bit machines.
        assert_eq!(size_of::<z::z_stream>(), 112);
        assert_eq!(std::mem::offset_of!(z::z_stream, next_out), 24);
        assert_eq!(std::mem::offset_of!(z::z_stream, zalloc), 64);
        assert_eq!(std::mem::offset_of!(z::z_stream, adler), 96);
        assert_eq!(size_of::<z::gz_header>(), 80);
    }

    #[test]
    fn files_are_written_with_formats_and_read_back() {
        type Print = unsafe extern "C" fn(*mut c_void, *const c_char, ...) -> c_int;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.gz");
        let file = std::fs::File::create(&path).expect("a file");
        // SAFETY: that is what the function is for C.
        let print = unsafe { std::mem::transmute::<unsafe extern "C" fn(), Print>(gzprintf) };
        // SAFETY: descriptors are open, texts end with zero, arguments are what the formats say.
        unsafe {
            let gz = z::gzdopen(std::os::fd::IntoRawFd::into_raw_fd(file), c"wb".as_ptr());
            assert_eq!(print(gz.cast(), c"%s is %d\n".as_ptr(), c"answer".as_ptr(), 42), 13);
            let long = CString::new("x".repeat(9000)).expect("text");
            assert_eq!(print(gz.cast(), c"%s".as_ptr(), long.as_ptr()), 0, "too long for the buffer");
            assert_eq!(z::gzclose(gz), 0);
        }
        let mut text = String::new();
        let file = std::fs::File::open(&path).expect("a file");
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file), &mut text).expect("gzip");
        assert_eq!(text, "answer is 42\n");
    }

    #[test]
    fn modes_are_flags() {
        assert_eq!(flags(b"rb"), Some(libc::O_RDONLY));
        assert_eq!(flags(b"wb9"), Some(libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC));
        assert_eq!(
            flags(b"axe"),
            Some(libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND | libc::O_EXCL | libc::O_CLOEXEC)
        );
        assert_eq!(flags(b"9"), None);
    }
}
