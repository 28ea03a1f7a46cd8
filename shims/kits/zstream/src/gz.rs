//! Files in the gzip format.

use std::ffi::{CStr, CString, c_int, c_void};
use std::fs::File;
use std::os::fd::IntoRawFd;

use libz_rs_sys as z;

/// The longest piece of one call: sizes are `int`.
const LONGEST: usize = 1 << 30;

/// Why a gzip file cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GzError {
    /// The mode says nothing that zlib knows.
    Mode,
    /// No memory.
    Memory,
}

/// An open file. Closed when dropped.
pub struct GzFile {
    /// NULL after closing, which every function of zlib but `gzprintf` takes for a wrong argument.
    raw: z::gzFile,
    writing: bool,
}

impl Drop for GzFile {
    fn drop(&mut self) {
        self.close();
    }
}

impl GzFile {
    /// Takes over an open file. `mode` as for `gzopen`: `rb`, `wb9`, `ab`, with level, strategy and `T`.
    ///
    /// # Errors
    /// When the mode is not one; the file is closed then.
    pub fn new(file: File, mode: &str) -> Result<GzFile, GzError> {
        let writing = mode.contains(['w', 'a']);
        // Without one of these zlib knows no direction.
        if writing == mode.contains('r') || mode.contains('+') {
            return Err(GzError::Mode);
        }
        let mode = CString::new(mode).map_err(|_| GzError::Mode)?;
        // SAFETY: the descriptor is open and owned by zlib from now on; the text lives during the call.
        let raw = unsafe { z::gzdopen(file.into_raw_fd(), mode.as_ptr()) };
        if raw.is_null() { Err(GzError::Memory) } else { Ok(GzFile { raw, writing }) }
    }

    /// Whether it is written.
    pub fn is_writing(&self) -> bool {
        self.writing
    }

    /// `gzclose`: zlib's code.
    pub fn close(&mut self) -> i32 {
        let raw = std::mem::replace(&mut self.raw, std::ptr::null_mut());
        // SAFETY: NULL, or a file that was not closed.
        unsafe { z::gzclose(raw) }
    }

    /// `gzbuffer`: 0, or -1 when it is too late or too much.
    pub fn buffer(&mut self, size: u32) -> i32 {
        // zlib doubles it.
        let size = size.min(1 << 28);
        // SAFETY: NULL or open, as in all functions below.
        unsafe { z::gzbuffer(self.raw, size) }
    }

    /// `gzread`: bytes, or -1.
    pub fn read(&mut self, bytes: &mut [u8]) -> i32 {
        // SAFETY: pointer and length are those of the slice.
        unsafe { z::gzread(self.raw, bytes.as_mut_ptr().cast::<c_void>(), bytes.len().min(LONGEST) as u32) }
    }

    /// `gzwrite`: bytes, or 0.
    pub fn write(&mut self, bytes: &[u8]) -> i32 {
        // SAFETY: pointer and length are those of the slice.
        unsafe { z::gzwrite(self.raw, bytes.as_ptr().cast::<c_void>(), bytes.len().min(LONGEST) as u32) }
    }

    /// `gzgets`: a line with its line feed, of fewer bytes than `most`; none at the end.
    pub fn line(&mut self, most: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; most.clamp(1, LONGEST)];
        // SAFETY: pointer and length are those of the vector.
        let found = unsafe { z::gzgets(self.raw, bytes.as_mut_ptr().cast(), bytes.len() as c_int) };
        if found.is_null() {
            return None;
        }
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        bytes.truncate(end);
        Some(bytes)
    }

    /// `gzgetc`: a byte, or -1.
    pub fn get(&mut self) -> i32 {
        let mut byte = [0_u8];
        // SAFETY: one byte of room. (`gzgetc` itself is a macro over the insides of the file.)
        let count = unsafe { z::gzread(self.raw, byte.as_mut_ptr().cast::<c_void>(), 1) };
        if count == 1 { byte[0].into() } else { -1 }
    }

    /// `gzputc`: the byte, or -1.
    pub fn put(&mut self, byte: i32) -> i32 {
        // SAFETY: NULL or open.
        unsafe { z::gzputc(self.raw, byte) }
    }

    /// `gzungetc`: the byte, or -1.
    pub fn unget(&mut self, byte: i32) -> i32 {
        // SAFETY: NULL or open.
        unsafe { z::gzungetc(byte, self.raw) }
    }

    /// `gzflush`.
    pub fn flush(&mut self, flush: i32) -> i32 {
        // SAFETY: NULL or open.
        unsafe { z::gzflush(self.raw, flush) }
    }

    /// `gzsetparams`.
    pub fn set_params(&mut self, level: i32, strategy: i32) -> i32 {
        // SAFETY: NULL or open.
        unsafe { z::gzsetparams(self.raw, level, strategy) }
    }

    /// `gzseek`: the new place, or -1.
    pub fn seek(&mut self, offset: i64, whence: i32) -> i64 {
        // SAFETY: NULL or open.
        unsafe { z::gzseek64(self.raw, offset, whence) }
    }

    /// `gzrewind`: 0, or -1.
    pub fn rewind(&mut self) -> i32 {
        // SAFETY: NULL or open.
        unsafe { z::gzrewind(self.raw) }
    }

    /// `gztell`: place in the data, or -1.
    pub fn tell(&mut self) -> i64 {
        // SAFETY: NULL or open.
        unsafe { z::gztell64(self.raw) }
    }

    /// `gzoffset`: place in the file, or -1.
    pub fn offset(&mut self) -> i64 {
        // SAFETY: NULL or open.
        unsafe { z::gzoffset64(self.raw) }
    }

    /// `gzeof`.
    pub fn is_at_end(&mut self) -> bool {
        // SAFETY: NULL or open.
        unsafe { z::gzeof(self.raw) != 0 }
    }

    /// `gzdirect`: whether the file is read or written as it is.
    pub fn is_direct(&mut self) -> bool {
        // SAFETY: NULL or open.
        unsafe { z::gzdirect(self.raw) != 0 }
    }

    /// `gzclearerr`.
    pub fn clear_error(&mut self) {
        // SAFETY: NULL or open.
        unsafe { z::gzclearerr(self.raw) }
    }

    /// `gzerror`: zlib's code and a text.
    pub fn error(&mut self) -> (i32, String) {
        let mut code = crate::STREAM_ERROR;
        // SAFETY: NULL or open; the number outlives the call.
        let text = unsafe { z::gzerror(self.raw, &raw mut code) };
        if text.is_null() {
            return (crate::STREAM_ERROR, String::new());
        }
        // SAFETY: a text of zlib's, valid until the next call on this file.
        (code, unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_line_by_line() {
        let path = std::env::temp_dir().join(format!("concord-zstream-{}.gz", std::process::id()));
        let mut file = GzFile::new(File::create(&path).expect("a file"), "wb6").expect("gzip");
        assert_eq!(file.write(b"one\ntwo\n"), 8);
        assert_eq!((file.tell(), file.read(&mut [0; 4])), (8, -1));
        assert_eq!((file.close(), file.close()), (crate::OK, crate::STREAM_ERROR));
        let mut file = GzFile::new(File::open(&path).expect("a file"), "rb").expect("gzip");
        assert_eq!(file.line(80).as_deref(), Some(&b"one\n"[..]));
        assert_eq!((file.get(), file.unget(i32::from(b't'))), (i32::from(b't'), i32::from(b't')));
        assert_eq!(file.line(3).as_deref(), Some(&b"tw"[..]));
        assert_eq!(file.line(80).as_deref(), Some(&b"o\n"[..]));
        assert_eq!((file.line(80), file.is_at_end()), (None, true));
        drop(file);
        assert_eq!(GzFile::new(File::open(&path).expect("a file"), "q").err(), Some(GzError::Mode));
        std::fs::remove_file(path).expect("a removal");
    }
}
