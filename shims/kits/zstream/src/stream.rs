//! Deflate and inflate.

use std::mem::MaybeUninit;
use std::ptr;

use libz_rs_sys as z;

use crate::STREAM_ERROR;

/// Room for what stands in the header of a gzip file: as much as its format allows for the extra field, and long names.
const EXTRA: usize = 1 << 16;
const TEXT: usize = 1 << 12;
/// `Z_NULL` statuses and sizes of the C interface are `int`; a piece is never longer.
const LONGEST: usize = 1 << 30;

/// What a stream is for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Not begun, or ended.
    Idle,
    /// Compresses.
    Deflate,
    /// Decompresses.
    Inflate,
}

/// What a call did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// zlib's code.
    pub status: i32,
    /// Bytes of the input that were taken.
    pub taken: usize,
    /// Bytes of the output that were written.
    pub given: usize,
}

/// The header of a gzip file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Whether it says that the data is text.
    pub text: bool,
    /// Time of the last change, in seconds since 1970.
    pub time: u64,
    /// Flags of the method.
    pub flags: i32,
    /// Number of the operating system.
    pub system: i32,
    /// Extra field.
    pub extra: Option<Vec<u8>>,
    /// Name of the file.
    pub name: Option<Vec<u8>>,
    /// Comment.
    pub comment: Option<Vec<u8>>,
    /// Whether there is a checksum of the header.
    pub checked: bool,
    /// 1 when it was read whole, 0 while it is read, -1 when the data has none.
    pub done: i32,
}

/// The header with the memory that it points at. Boxed and never moved while zlib may look at it.
struct HeaderMemory {
    raw: z::gz_header,
    extra: Vec<u8>,
    name: Vec<u8>,
    comment: Vec<u8>,
}

/// A stream of zlib. It never sees memory of the caller outside of a call.
pub struct Stream {
    kind: Kind,
    /// Boxed, because its state points back at it. Valid for the functions of `kind`.
    raw: Box<z::z_stream>,
    header: Option<Box<HeaderMemory>>,
}

impl Default for Stream {
    fn default() -> Stream {
        Stream { kind: Kind::Idle, raw: Box::default(), header: None }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}

fn version() -> *const std::ffi::c_char {
    z::zlibVersion()
}

const SIZE: i32 = size_of::<z::z_stream>() as i32;

impl Stream {
    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Bytes that were taken since the beginning.
    pub fn total_in(&self) -> u64 {
        self.raw.total_in
    }

    /// Bytes that were given since the beginning.
    pub fn total_out(&self) -> u64 {
        self.raw.total_out
    }

    /// zlib's guess: 0 binary, 1 text, 2 unknown.
    pub fn data_type(&self) -> i32 {
        self.raw.data_type
    }

    /// Checksum of what was decompressed or is to be compressed.
    pub fn adler(&self) -> u64 {
        self.raw.adler
    }

    fn begin(&mut self, kind: Kind, status: i32) -> i32 {
        self.kind = if status == crate::OK { kind } else { Kind::Idle };
        status
    }

    /// `deflateInit2`.
    pub fn deflate_init(&mut self, level: i32, method: i32, window_bits: i32, memory: i32, strategy: i32) -> i32 {
        self.end();
        // SAFETY: the stream is as `Default` made it, without a state, and stays in its box.
        let status =
            unsafe { z::deflateInit2_(&mut *self.raw, level, method, window_bits, memory, strategy, version(), SIZE) };
        self.begin(Kind::Deflate, status)
    }

    /// `inflateInit2`.
    pub fn inflate_init(&mut self, window_bits: i32) -> i32 {
        self.end();
        // SAFETY: the stream is as `Default` made it, without a state, and stays in its box.
        let status = unsafe { z::inflateInit2_(&mut *self.raw, window_bits, version(), SIZE) };
        self.begin(Kind::Inflate, status)
    }

    /// Frees the state. `STREAM_ERROR` when there is none, `DATA_ERROR` when a deflate stream was not finished.
    pub fn end(&mut self) -> i32 {
        let status = match self.kind {
            Kind::Idle => STREAM_ERROR,
            // SAFETY: the stream was initialised by the function for its kind, and not ended.
            Kind::Deflate => unsafe { z::deflateEnd(&mut *self.raw) },
            // SAFETY: as above.
            Kind::Inflate => unsafe { z::inflateEnd(&mut *self.raw) },
        };
        let (total_in, total_out) = (self.raw.total_in, self.raw.total_out);
        *self.raw = z::z_stream { total_in, total_out, ..z::z_stream::default() };
        self.header = None;
        self.kind = Kind::Idle;
        status
    }

    /// Runs `call` on a stream of `kind` whose input and output are these slices.
    fn with(
        &mut self,
        kind: Kind,
        input: &[u8],
        output: &mut [u8],
        call: impl FnOnce(&mut z::z_stream) -> i32,
    ) -> Moved {
        if self.kind != kind {
            return Moved { status: STREAM_ERROR, taken: 0, given: 0 };
        }
        let (available, room) = (input.len().min(LONGEST), output.len().min(LONGEST));
        self.raw.next_in = input.as_ptr();
        self.raw.avail_in = available as u32;
        self.raw.next_out = output.as_mut_ptr();
        self.raw.avail_out = room as u32;
        let status = call(&mut self.raw);
        let taken = available.saturating_sub(self.raw.avail_in as usize);
        let given = room.saturating_sub(self.raw.avail_out as usize);
        self.raw.next_in = ptr::null();
        self.raw.avail_in = 0;
        self.raw.next_out = ptr::null_mut();
        self.raw.avail_out = 0;
        Moved { status, taken, given }
    }

    /// `deflate`.
    pub fn deflate(&mut self, input: &[u8], output: &mut [u8], flush: i32) -> Moved {
        // SAFETY: `with` checks the kind and has put pointers and lengths of live slices into the stream.
        self.with(Kind::Deflate, input, output, |raw| unsafe { z::deflate(raw, flush) })
    }

    /// `inflate`.
    pub fn inflate(&mut self, input: &[u8], output: &mut [u8], flush: i32) -> Moved {
        // SAFETY: as for `deflate`.
        self.with(Kind::Inflate, input, output, |raw| unsafe { z::inflate(raw, flush) })
    }

    /// `inflateSync`.
    pub fn inflate_sync(&mut self, input: &[u8]) -> Moved {
        // SAFETY: as for `deflate`; there is no output.
        self.with(Kind::Inflate, input, &mut [], |raw| unsafe { z::inflateSync(raw) })
    }

    /// `deflateParams`, which may write what is pending.
    pub fn deflate_params(&mut self, input: &[u8], output: &mut [u8], level: i32, strategy: i32) -> Moved {
        // SAFETY: as for `deflate`.
        self.with(Kind::Deflate, input, output, |raw| unsafe { z::deflateParams(raw, level, strategy) })
    }

    /// A function that needs neither input nor output.
    fn plain(&mut self, kind: Kind, call: impl FnOnce(&mut z::z_stream) -> i32) -> i32 {
        if self.kind == kind { call(&mut self.raw) } else { STREAM_ERROR }
    }

    /// `deflateReset`.
    pub fn deflate_reset(&mut self) -> i32 {
        // SAFETY: `plain` checks that the stream is one of this kind.
        self.plain(Kind::Deflate, |raw| unsafe { z::deflateReset(raw) })
    }

    /// `deflateResetKeep`.
    pub fn deflate_reset_keep(&mut self) -> i32 {
        // SAFETY: as above.
        self.plain(Kind::Deflate, |raw| unsafe { z::deflateResetKeep(raw) })
    }

    /// `deflateTune`.
    pub fn deflate_tune(&mut self, good: i32, lazy: i32, nice: i32, chain: i32) -> i32 {
        // SAFETY: as above.
        self.plain(Kind::Deflate, |raw| unsafe { z::deflateTune(raw, good, lazy, nice, chain) })
    }

    /// `deflatePrime`.
    pub fn deflate_prime(&mut self, bits: i32, value: i32) -> i32 {
        // SAFETY: as above.
        self.plain(Kind::Deflate, |raw| unsafe { z::deflatePrime(raw, bits, value) })
    }

    /// `deflatePending`: status, bytes, bits.
    pub fn deflate_pending(&mut self) -> (i32, u32, i32) {
        let (mut bytes, mut bits) = (0, 0);
        // SAFETY: as above; both numbers outlive the call.
        let status = self.plain(Kind::Deflate, |raw| unsafe { z::deflatePending(raw, &raw mut bytes, &raw mut bits) });
        (status, bytes, bits)
    }

    /// `deflateBound`; without a stream the bound for the usual settings.
    pub fn deflate_bound(&mut self, length: u64) -> u64 {
        match self.kind {
            // SAFETY: the stream is one of this kind.
            Kind::Deflate => unsafe { z::deflateBound(&mut *self.raw, length) },
            _ => z::compressBound(length),
        }
    }

    /// `deflateSetDictionary` or `inflateSetDictionary`.
    pub fn set_dictionary(&mut self, kind: Kind, dictionary: &[u8]) -> i32 {
        let length = dictionary.len().min(LONGEST) as u32;
        self.plain(kind, |raw| match kind {
            // SAFETY: the stream is one of this kind; zlib copies the dictionary during the call.
            Kind::Deflate => unsafe { z::deflateSetDictionary(raw, dictionary.as_ptr(), length) },
            // SAFETY: as above.
            Kind::Inflate => unsafe { z::inflateSetDictionary(raw, dictionary.as_ptr(), length) },
            Kind::Idle => STREAM_ERROR,
        })
    }

    /// `deflateGetDictionary` or `inflateGetDictionary`: at most 32768 bytes.
    pub fn dictionary(&mut self, kind: Kind) -> (i32, Vec<u8>) {
        // The largest window.
        let mut bytes = vec![0; 1 << 15];
        let mut length = 0;
        let status = self.plain(kind, |raw| match kind {
            // SAFETY: the stream is one of this kind; a dictionary is never longer than a window.
            Kind::Deflate => unsafe { z::deflateGetDictionary(raw, bytes.as_mut_ptr(), &raw mut length) },
            // SAFETY: as above.
            Kind::Inflate => unsafe { z::inflateGetDictionary(raw, bytes.as_mut_ptr(), &raw mut length) },
            Kind::Idle => STREAM_ERROR,
        });
        bytes.truncate(length as usize);
        (status, bytes)
    }

    /// `inflateReset`.
    pub fn inflate_reset(&mut self) -> i32 {
        self.forget_header();
        // SAFETY: `plain` checks that the stream is one of this kind.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflateReset(raw) })
    }

    /// `inflateReset2`.
    pub fn inflate_reset_with(&mut self, window_bits: i32) -> i32 {
        self.forget_header();
        // SAFETY: as above.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflateReset2(raw, window_bits) })
    }

    /// `inflateResetKeep`.
    pub fn inflate_reset_keep(&mut self) -> i32 {
        self.forget_header();
        // SAFETY: as above.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflateResetKeep(raw) })
    }

    /// A reset makes zlib forget the header, after which its memory may go; it does so in all of its resets.
    fn forget_header(&mut self) {
        if self.kind == Kind::Inflate && self.header.is_some() {
            // SAFETY: the stream is one of this kind.
            unsafe { z::inflateReset(&mut *self.raw) };
            self.header = None;
        }
    }

    /// `inflatePrime`.
    pub fn inflate_prime(&mut self, bits: i32, value: i32) -> i32 {
        // SAFETY: `plain` checks that the stream is one of this kind.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflatePrime(raw, bits, value) })
    }

    /// `inflateValidate`.
    pub fn inflate_validate(&mut self, check: bool) -> i32 {
        // SAFETY: as above.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflateValidate(raw, check.into()) })
    }

    /// `inflateSyncPoint`.
    pub fn inflate_sync_point(&mut self) -> i32 {
        // SAFETY: as above.
        self.plain(Kind::Inflate, |raw| unsafe { z::inflateSyncPoint(raw) })
    }

    /// `inflateMark`; -65536 without a stream.
    pub fn inflate_mark(&self) -> i64 {
        // SAFETY: the stream is one of this kind.
        if self.kind == Kind::Inflate { unsafe { z::inflateMark(&*self.raw) } } else { -65536 }
    }

    /// `inflateCodesUsed`; -1 without a stream.
    pub fn inflate_codes_used(&mut self) -> i64 {
        // SAFETY: the stream is one of this kind.
        if self.kind == Kind::Inflate { unsafe { z::inflateCodesUsed(&mut *self.raw) as i64 } } else { -1 }
    }

    /// Becomes a copy of another stream of this kind. Headers are not copied.
    pub fn copy_from(&mut self, kind: Kind, source: &mut Stream) -> i32 {
        if source.kind != kind || source.header.is_some() {
            return STREAM_ERROR;
        }
        self.end();
        let mut copy: Box<MaybeUninit<z::z_stream>> = Box::new(MaybeUninit::zeroed());
        let status = match kind {
            // SAFETY: the source is a stream of this kind; the target is memory for one, in the box where it stays.
            Kind::Deflate => unsafe { z::deflateCopy(copy.as_mut_ptr(), &mut *source.raw) },
            Kind::Inflate => {
                // A stream without a place for its output counts as broken; nothing is written to this one.
                let mut nowhere = 0;
                source.raw.next_out = &raw mut nowhere;
                // SAFETY: as above.
                let status = unsafe { z::inflateCopy(copy.as_mut_ptr(), &*source.raw) };
                source.raw.next_out = std::ptr::null_mut();
                status
            }
            Kind::Idle => STREAM_ERROR,
        };
        if status == crate::OK {
            // SAFETY: the copy has succeeded, so the memory is that of a stream.
            self.raw = unsafe { copy.assume_init() };
            self.raw.next_out = std::ptr::null_mut();
        }
        self.begin(kind, status)
    }

    /// `deflateSetHeader`.
    pub fn set_header(&mut self, header: &Header) -> i32 {
        let text = |text: &Option<Vec<u8>>| {
            let mut text = text.clone().unwrap_or_default();
            text.retain(|byte| *byte != 0);
            text.push(0);
            text
        };
        let mut memory = Box::new(HeaderMemory {
            raw: z::gz_header::default(),
            extra: header.extra.clone().unwrap_or_default(),
            name: text(&header.name),
            comment: text(&header.comment),
        });
        memory.extra.truncate(EXTRA - 1);
        memory.raw.text = header.text.into();
        memory.raw.time = header.time;
        memory.raw.os = header.system;
        memory.raw.hcrc = header.checked.into();
        if header.extra.is_some() {
            memory.raw.extra = memory.extra.as_mut_ptr();
            memory.raw.extra_len = memory.extra.len() as u32;
        }
        if header.name.is_some() {
            memory.raw.name = memory.name.as_mut_ptr();
        }
        if header.comment.is_some() {
            memory.raw.comment = memory.comment.as_mut_ptr();
        }
        // SAFETY: the header and what it points at live until the stream is ended, or gets another header.
        let status = self.plain(Kind::Deflate, |raw| unsafe { z::deflateSetHeader(raw, &raw mut memory.raw) });
        if status == crate::OK {
            self.header = Some(memory);
        }
        status
    }

    /// `inflateGetHeader`: from now on [`Stream::header`] has what was read of it.
    pub fn want_header(&mut self) -> i32 {
        let mut memory = Box::new(HeaderMemory {
            raw: z::gz_header::default(),
            extra: vec![0; EXTRA],
            name: vec![0; TEXT],
            comment: vec![0; TEXT],
        });
        memory.raw.extra = memory.extra.as_mut_ptr();
        memory.raw.extra_max = EXTRA as u32;
        memory.raw.name = memory.name.as_mut_ptr();
        memory.raw.name_max = TEXT as u32;
        memory.raw.comment = memory.comment.as_mut_ptr();
        memory.raw.comm_max = TEXT as u32;
        // SAFETY: the header and what it points at live until the stream is ended or reset, or gets another header.
        let status = self.plain(Kind::Inflate, |raw| unsafe { z::inflateGetHeader(raw, &raw mut memory.raw) });
        if status == crate::OK {
            self.header = Some(memory);
        }
        status
    }

    /// What was read of the header of a gzip file.
    pub fn header(&self) -> Option<Header> {
        let memory = self.header.as_ref().filter(|_| self.kind == Kind::Inflate)?;
        let raw = &memory.raw;
        // zlib sets the pointers to NULL for what the file does not have.
        let text = |pointer: *mut u8, bytes: &[u8]| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            (!pointer.is_null()).then(|| bytes.iter().take(end).copied().collect())
        };
        let extra = memory.extra.iter().take(raw.extra_len as usize).copied().collect();
        Some(Header {
            text: raw.text != 0,
            time: raw.time,
            flags: raw.xflags,
            system: raw.os,
            extra: (!raw.extra.is_null()).then_some(extra),
            name: text(raw.name, &memory.name),
            comment: text(raw.comment, &memory.comment),
            checked: raw.hcrc != 0,
            done: raw.done,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OK, STREAM_END};

    fn deflated(bytes: &[u8], window_bits: i32) -> Vec<u8> {
        let mut stream = Stream::default();
        assert_eq!(stream.deflate_init(6, 8, window_bits, 8, 0), OK);
        let mut output = vec![0; 4096];
        let moved = stream.deflate(bytes, &mut output, 4);
        assert_eq!(moved.status, STREAM_END);
        output.truncate(moved.given);
        output
    }

    #[test]
    fn what_is_compressed_comes_back_in_small_pieces() {
        let text = b"a stream of pieces ".repeat(50);
        let packed = deflated(&text, 15);
        let mut stream = Stream::default();
        assert_eq!(stream.inflate_init(15), OK);
        let (mut rest, mut found) = (packed.as_slice(), Vec::new());
        loop {
            let mut piece = [0; 7];
            let moved = stream.inflate(&rest[..rest.len().min(3)], &mut piece, 0);
            found.extend_from_slice(&piece[..moved.given]);
            rest = &rest[moved.taken..];
            if moved.status == STREAM_END {
                break;
            }
            assert!(moved.status == OK && moved.taken + moved.given > 0, "{moved:?}");
        }
        assert_eq!(found, text);
        assert_eq!(stream.total_out(), text.len() as u64);
    }

    #[test]
    fn functions_of_the_other_kind_are_refused() {
        let mut stream = Stream::default();
        assert_eq!(stream.inflate_reset(), STREAM_ERROR);
        assert_eq!(stream.end(), STREAM_ERROR);
        assert_eq!(stream.inflate_init(15), OK);
        assert_eq!(stream.deflate(b"x", &mut [0; 8], 0).status, STREAM_ERROR);
        assert_eq!(stream.deflate_prime(1, 1), STREAM_ERROR);
        assert_eq!(stream.end(), OK);
    }

    #[test]
    fn headers_of_gzip_files_are_written_and_read() {
        let mut stream = Stream::default();
        assert_eq!(stream.deflate_init(6, 8, 31, 8, 0), OK);
        let header =
            Header { name: Some(b"poem.txt".to_vec()), extra: Some(vec![1, 2, 3]), time: 77, ..Header::default() };
        assert_eq!(stream.set_header(&header), OK);
        let mut output = [0; 256];
        let moved = stream.deflate(b"words", &mut output, 4);
        let mut reader = Stream::default();
        assert_eq!(reader.inflate_init(31), OK);
        assert_eq!(reader.want_header(), OK);
        assert_eq!(reader.inflate(&output[..moved.given], &mut [0; 64], 0).status, STREAM_END);
        let found = reader.header().expect("a header");
        assert_eq!((found.name, found.extra, found.comment), (header.name, header.extra, None));
        assert_eq!((found.time, found.done), (77, 1));
        assert_eq!(reader.inflate_reset(), OK);
        assert!(reader.header().is_none());
    }

    #[test]
    fn copies_go_their_own_way() {
        let packed = deflated(b"the same for both", -15);
        let mut first = Stream::default();
        assert_eq!(first.inflate_init(-15), OK);
        let moved = first.inflate(&packed[..4], &mut [0; 64], 0);
        let mut second = Stream::default();
        assert_eq!(second.copy_from(Kind::Inflate, &mut first), OK);
        drop(first);
        let mut output = [0; 64];
        assert_eq!(second.inflate(&packed[moved.taken..], &mut output, 0).status, STREAM_END);
        assert_eq!(second.total_out(), 17);
    }
}
