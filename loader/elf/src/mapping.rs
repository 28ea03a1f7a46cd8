//! A library in memory.

use crate::Image;
use crate::image::{PAGE, Segment, Segments};
use memmap2::{Mmap, MmapOptions};
use nix::sys::mman::{MapFlags, ProtFlags, mmap, mmap_anonymous, mprotect, munmap};
use std::ffi::c_void;
use std::fs::File;
use std::io::{Error, ErrorKind};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::ptr::NonNull;

/// The file that a library is read from and mapped from.
pub(crate) struct Source {
    pub(crate) file: File,
    pub(crate) offset: u64,
}

impl Source {
    /// All bytes of the image, for reading. They stay while the library is loaded: its tables are read from here, where guests cannot change them.
    pub(crate) fn view(&self, size: u64) -> std::io::Result<Mmap> {
        let end = self.offset.checked_add(size);
        if !self.offset.is_multiple_of(PAGE)
            || end.is_none_or(|end| end > self.file.metadata().map_or(0, |file| file.len()))
        {
            return Err(Error::new(ErrorKind::InvalidInput, "the library is not at the start of a page, or cut off"));
        }
        let size = usize::try_from(size).map_err(Error::other)?;
        // SAFETY: packages do not change while their app runs (an update is another file); a file that is cut off all the same ends the app process, nothing else.
        unsafe { MmapOptions::new().offset(self.offset).len(size).map(&self.file) }
    }
}

/// Address space with the segments of a library in it; given back when dropped.
pub(crate) struct Mapping {
    start: NonNull<c_void>,
    size: usize,
    /// What is added to the addresses of the file.
    pub(crate) bias: usize,
    segments: Segments,
}

// SAFETY: the memory belongs to the guest; this only knows where it is.
unsafe impl Send for Mapping {}
// SAFETY: as above; writes happen while one thread links, before others know of it.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Maps all segments, each with its own protection.
    pub(crate) fn new(image: &Image<Mmap>, source: &Source) -> nix::Result<Mapping> {
        let segments = image.segments.clone();
        let (start, size) = reserve(image.memory_size() as usize, segments.align as usize)?;
        let bias = (start.as_ptr() as usize).wrapping_sub(segments.span.start as usize);
        let mapping = Mapping { start, size, bias, segments };
        for segment in &mapping.segments.loads {
            mapping.place(segment, source)?;
        }
        Ok(mapping)
    }

    fn place(&self, segment: &Segment, source: &Source) -> nix::Result<()> {
        let mut protection = ProtFlags::PROT_NONE;
        protection.set(ProtFlags::PROT_READ, segment.read);
        protection.set(ProtFlags::PROT_WRITE, segment.write);
        protection.set(ProtFlags::PROT_EXEC, segment.execute);
        let flags = MapFlags::MAP_PRIVATE | MapFlags::MAP_FIXED;
        let file_end = segment.address + segment.file_size;
        let first = segment.address & !(PAGE - 1);
        let from_file = if segment.file_size == 0 { first } else { file_end.next_multiple_of(PAGE) };
        let end = (segment.address + segment.memory_size).next_multiple_of(PAGE);
        if let Some(length) = NonZeroUsize::new((from_file - first) as usize) {
            let skipped = segment.address - first;
            // An offset into a file is below 2^63: the file has it.
            let offset = (source.offset + segment.offset - skipped).cast_signed();
            // SAFETY: the pages are this segment's, inside of what `reserve` took, and nobody knows of them yet.
            unsafe { mmap(NonZeroUsize::new(self.address(first)), length, protection, flags, &source.file, offset)? };
        }
        if segment.memory_size > segment.file_size && segment.file_size > 0 {
            let rest = (from_file.min(segment.address + segment.memory_size) - file_end) as usize;
            // SAFETY: from the end of the file's part to the end of its page, or of the segment: mapped just now, and writable, for only writable segments are
            // larger in memory.
            unsafe { std::ptr::write_bytes(self.address(file_end) as *mut u8, 0, rest) };
        }
        if let Some(length) = NonZeroUsize::new((end - from_file) as usize) {
            // SAFETY: as for the file's part.
            unsafe { mmap_anonymous(NonZeroUsize::new(self.address(from_file)), length, protection, flags)? };
        }
        Ok(())
    }

    /// Where an address of the file is.
    pub(crate) fn address(&self, address: u64) -> usize {
        self.bias.wrapping_add(address as usize)
    }

    /// The address in the file's own terms, when it is inside.
    pub(crate) fn offset_of(&self, address: usize) -> Option<u64> {
        let start = self.start.as_ptr() as usize;
        (start..start + self.size).contains(&address).then(|| address.wrapping_sub(self.bias) as u64)
    }

    pub(crate) fn range(&self) -> Range<usize> {
        let start = self.start.as_ptr() as usize;
        start..start + self.size
    }

    /// Reads a word of a segment, 0 for other addresses.
    pub(crate) fn read(&self, address: u64) -> u64 {
        if !self.segments.loads.iter().any(|segment| segment.read && segment.holds(address, 8)) {
            return 0;
        }
        // SAFETY: inside a readable segment, which is mapped as long as `self`.
        unsafe { (self.address(address) as *const u64).read_unaligned() }
    }

    /// Changes a word of a writable segment; other addresses are left alone. Only before [`Mapping::protect`].
    pub(crate) fn write(&self, address: u64, value: u64) {
        if self.segments.writable(address, 8) {
            // SAFETY: inside a writable segment, which is mapped as long as `self`; the caller links, so no guest code runs in it yet.
            unsafe { (self.address(address) as *mut u64).write_unaligned(value) };
        }
    }

    /// Makes pages read-only: `PT_GNU_RELRO`.
    pub(crate) fn protect(&self, pages: &Range<u64>) -> nix::Result<()> {
        let length = (pages.end - pages.start) as usize;
        match NonNull::new(self.address(pages.start) as *mut c_void) {
            // SAFETY: pages of a writable segment of this mapping: the image's reader checked that. Nothing of the host is in them.
            Some(start) if length > 0 => unsafe { mprotect(start, length, ProtFlags::PROT_READ) },
            _ => Ok(()),
        }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: what `reserve` took; whoever holds the library's code or data keeps the mapping.
        if let Err(error) = unsafe { munmap(self.start, self.size) } {
            tracing::warn!(%error, "a library's memory stays mapped");
        }
    }
}

/// Takes address space without memory, at a multiple of `align`.
fn reserve(size: usize, align: usize) -> nix::Result<(NonNull<c_void>, usize)> {
    let page = PAGE as usize;
    let whole = NonZeroUsize::new(size + align - page).ok_or(nix::Error::EINVAL)?;
    let flags = MapFlags::MAP_PRIVATE | MapFlags::MAP_NORESERVE;
    // SAFETY: fresh pages wherever the kernel likes.
    let taken = unsafe { mmap_anonymous(None, whole, ProtFlags::PROT_NONE, flags)? };
    let taken = taken.as_ptr() as usize;
    let start = taken.next_multiple_of(align);
    for (from, to) in [(taken, start), (start + size, taken + whole.get())] {
        if let Some(from) = NonNull::new(from as *mut c_void)
            && to > from.as_ptr() as usize
        {
            // SAFETY: the ends of the pages that were taken just now.
            unsafe { munmap(from, to - from.as_ptr() as usize)? };
        }
    }
    Ok((NonNull::new(start as *mut c_void).ok_or(nix::Error::ENOMEM)?, size))
}
