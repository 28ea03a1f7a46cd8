//! The ELF header and the program headers: what will be where in memory.

use super::ImageError;
use goblin::container::{Container, Ctx, Endian};
use goblin::elf::header::{
    EI_CLASS, EI_DATA, EI_VERSION, ELFCLASS64, ELFDATA2LSB, ELFMAG, EM_AARCH64, EM_X86_64, ET_DYN, EV_CURRENT,
    et_to_str, machine_to_str,
};
use goblin::elf::program_header::{PF_R, PF_W, PF_X, PT_DYNAMIC, PT_GNU_EH_FRAME, PT_GNU_RELRO, PT_LOAD, PT_TLS};
use goblin::elf::{Elf, Header, ProgramHeader};
use goblin::elf64::header::SIZEOF_EHDR;
use goblin::elf64::program_header::SIZEOF_PHDR;
use std::ops::Range;

/// Pages of the hosts that Concord runs on and of the platform's phones.
pub(crate) const PAGE: u64 = 4096;

/// Program headers of a library; real ones have about ten.
const MAX_HEADERS: usize = 128;

/// Bytes from the first to the last address of a library: code of the usual model reaches 2 GiB.
const MAX_SPAN: u64 = 1 << 31;

/// Bytes of a library's thread-local storage, of which every thread has its own.
const MAX_TLS: u64 = 16 << 20;

/// Alignment of segments and thread-local storage: a huge page.
const MAX_ALIGN: u64 = 2 << 20;

/// Processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// `EM_X86_64`.
    X86_64,
    /// `EM_AARCH64`: read and described, not loaded.
    Aarch64,
}

/// A `PT_LOAD`. Its pages overlap with no other's, and the file has all that it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) offset: u64,
    pub(crate) address: u64,
    pub(crate) file_size: u64,
    pub(crate) memory_size: u64,
    pub(crate) read: bool,
    pub(crate) write: bool,
    pub(crate) execute: bool,
}

/// `PT_TLS`: what every thread gets a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TlsTemplate {
    pub(crate) address: u64,
    pub(crate) file_size: u64,
    pub(crate) memory_size: u64,
    /// A power of two.
    pub(crate) align: u64,
}

/// What the headers say. All addresses are the file's own.
#[derive(Clone, Debug)]
pub(crate) struct Segments {
    pub(crate) machine: Machine,
    /// In ascending order.
    pub(crate) loads: Vec<Segment>,
    /// All of them, for `dl_iterate_phdr`.
    pub(crate) headers: Vec<ProgramHeader>,
    /// Whole pages.
    pub(crate) span: Range<u64>,
    /// What the start must be a multiple of.
    pub(crate) align: u64,
    pub(crate) dynamic: Range<u64>,
    /// Whole pages that are read-only once relocated.
    pub(crate) relro: Option<Range<u64>>,
    pub(crate) tls: Option<TlsTemplate>,
    /// `PT_GNU_EH_FRAME`.
    pub(crate) unwind: Option<Range<u64>>,
}

fn page_down(address: u64) -> u64 {
    address & !(PAGE - 1)
}

fn page_up(address: u64) -> u64 {
    // Addresses are below 2^63 here: the span was checked.
    page_down(address + (PAGE - 1))
}

impl Segment {
    fn pages(&self) -> Range<u64> {
        page_down(self.address)..page_up(self.address + self.memory_size)
    }

    /// Whether `length` bytes at `address` are inside.
    pub(crate) fn holds(&self, address: u64, length: u64) -> bool {
        within(self.address..self.address + self.memory_size, address, length)
    }
}

fn within(range: Range<u64>, address: u64, length: u64) -> bool {
    address >= range.start && address.checked_add(length).is_some_and(|end| end <= range.end)
}

fn machine_of(bytes: &[u8]) -> Result<(Header, Machine), ImageError> {
    if !bytes.starts_with(ELFMAG) {
        return Err(ImageError::NotElf);
    }
    let ident = bytes.get(..SIZEOF_EHDR).ok_or(ImageError::Truncated("ELF header"))?;
    if ident.get(EI_CLASS) != Some(&ELFCLASS64) {
        return Err(ImageError::Format("not of the 64-bit class"));
    }
    if ident.get(EI_DATA) != Some(&ELFDATA2LSB) {
        return Err(ImageError::Format("not little-endian"));
    }
    let header = Elf::parse_header(bytes).map_err(|_| ImageError::Truncated("ELF header"))?;
    if ident.get(EI_VERSION) != Some(&EV_CURRENT) || header.e_version != u32::from(EV_CURRENT) {
        return Err(ImageError::Format("of another version than 1"));
    }
    if header.e_type != ET_DYN {
        return Err(ImageError::Type(et_to_str(header.e_type)));
    }
    let machine = match header.e_machine {
        EM_X86_64 => Machine::X86_64,
        EM_AARCH64 => Machine::Aarch64,
        other => return Err(ImageError::Machine(format!("{} ({other})", machine_to_str(other)))),
    };
    Ok((header, machine))
}

fn program_headers(bytes: &[u8], header: &Header) -> Result<Vec<ProgramHeader>, ImageError> {
    let count = usize::from(header.e_phnum);
    if usize::from(header.e_phentsize) != SIZEOF_PHDR {
        return Err(ImageError::Headers("their size is not 56 bytes"));
    }
    if count > MAX_HEADERS {
        return Err(ImageError::Headers("more than 128"));
    }
    const CUT: ImageError = ImageError::Truncated("program headers");
    let start = usize::try_from(header.e_phoff).map_err(|_| CUT)?;
    let end = start.checked_add(count * SIZEOF_PHDR).ok_or(CUT)?;
    if end > bytes.len() {
        return Err(CUT);
    }
    ProgramHeader::parse(bytes, start, count, Ctx::new(Container::Big, Endian::Little)).map_err(|_| CUT)
}

/// A `PT_LOAD`, checked against the file and against the one before it.
fn load(header: &ProgramHeader, before: Option<&Segment>, file_size: u64) -> Result<Segment, &'static str> {
    let segment = Segment {
        offset: header.p_offset,
        address: header.p_vaddr,
        file_size: header.p_filesz,
        memory_size: header.p_memsz,
        read: header.p_flags & PF_R != 0,
        write: header.p_flags & PF_W != 0,
        execute: header.p_flags & PF_X != 0,
    };
    if segment.file_size > segment.memory_size {
        return Err("larger in the file than in memory");
    }
    if segment.address.checked_add(segment.memory_size).is_none_or(|end| end > MAX_SPAN) {
        return Err("ends above 2 GiB");
    }
    if segment.offset.checked_add(segment.file_size).is_none_or(|end| end > file_size) {
        return Err("reaches past the end of the file");
    }
    if segment.offset % PAGE != segment.address % PAGE {
        return Err("offset and address disagree modulo the page size");
    }
    if header.p_align > 1 && !(header.p_align.is_power_of_two() && header.p_align <= MAX_ALIGN) {
        return Err("its alignment is not a power of two up to 2 MiB");
    }
    if segment.write && segment.execute {
        return Err("both writable and executable");
    }
    if segment.memory_size > segment.file_size && !segment.write {
        return Err("read-only, with zeroes that are not in the file");
    }
    if before.is_some_and(|before| segment.pages().start < before.pages().end) {
        return Err("overlaps with the segment before it, or stands out of order");
    }
    Ok(segment)
}

impl Segments {
    pub(super) fn parse(bytes: &[u8]) -> Result<Segments, ImageError> {
        let (header, machine) = machine_of(bytes)?;
        let headers = program_headers(bytes, &header)?;
        let mut loads: Vec<Segment> = Vec::new();
        let mut align = PAGE;
        for (index, header) in headers.iter().enumerate() {
            if header.p_type == PT_LOAD && header.p_memsz > 0 {
                let segment = load(header, loads.last(), bytes.len() as u64)
                    .map_err(|problem| ImageError::Segment { index, address: header.p_vaddr, problem })?;
                align = align.max(header.p_align);
                loads.push(segment);
            }
        }
        let (Some(first), Some(last)) = (loads.first(), loads.last()) else {
            return Err(ImageError::Headers("no PT_LOAD"));
        };
        let span = first.pages().start..last.pages().end;
        let mut segments = Segments {
            machine,
            loads,
            headers: Vec::new(),
            span,
            align,
            dynamic: 0..0,
            relro: None,
            tls: None,
            unwind: None,
        };
        let mut dynamic = None;
        for (index, header) in headers.iter().enumerate() {
            let wrong = |problem| ImageError::Segment { index, address: header.p_vaddr, problem };
            match header.p_type {
                PT_DYNAMIC if dynamic.is_some() => return Err(wrong("a second PT_DYNAMIC")),
                PT_DYNAMIC => {
                    segments
                        .file_range(header.p_vaddr, header.p_filesz)
                        .ok_or_else(|| wrong("PT_DYNAMIC lies outside the segments"))?;
                    dynamic = Some(header.p_vaddr..header.p_vaddr + header.p_filesz);
                }
                PT_GNU_RELRO => segments.relro = Some(segments.relro_of(header).map_err(wrong)?),
                PT_TLS if segments.tls.is_some() => return Err(wrong("a second PT_TLS")),
                PT_TLS if header.p_memsz > 0 => segments.tls = Some(segments.tls_of(header).map_err(wrong)?),
                PT_GNU_EH_FRAME => {
                    // Only backtraces need it.
                    segments.unwind = segments
                        .file_range(header.p_vaddr, header.p_filesz)
                        .map(|_| header.p_vaddr..header.p_vaddr + header.p_filesz);
                }
                _ => {}
            }
        }
        segments.dynamic = dynamic.ok_or(ImageError::Headers("no PT_DYNAMIC: the library is linked statically"))?;
        segments.headers = headers;
        Ok(segments)
    }

    fn relro_of(&self, header: &ProgramHeader) -> Result<Range<u64>, &'static str> {
        let inside = self.loads.iter().any(|segment| {
            // Linkers round its end up to a page, beyond the segment's own.
            segment.write && within(segment.pages(), header.p_vaddr, header.p_memsz)
        });
        if !inside {
            return Err("PT_GNU_RELRO lies outside the writable segments");
        }
        let start = page_down(header.p_vaddr);
        Ok(start..page_down(header.p_vaddr + header.p_memsz).max(start))
    }

    fn tls_of(&self, header: &ProgramHeader) -> Result<TlsTemplate, &'static str> {
        if header.p_filesz > header.p_memsz {
            return Err("PT_TLS is larger in the file than in memory");
        }
        if header.p_memsz > MAX_TLS {
            return Err("PT_TLS is larger than 16 MiB");
        }
        let align = header.p_align.max(1);
        if !align.is_power_of_two() || align > PAGE {
            return Err("the alignment of PT_TLS is not a power of two up to a page");
        }
        if header.p_filesz > 0 && self.file_range(header.p_vaddr, header.p_filesz).is_none() {
            return Err("PT_TLS lies outside the segments");
        }
        Ok(TlsTemplate { address: header.p_vaddr, file_size: header.p_filesz, memory_size: header.p_memsz, align })
    }

    /// Where in the file the bytes at an address are, when a segment has all of them from the file.
    pub(crate) fn file_range(&self, address: u64, length: u64) -> Option<Range<usize>> {
        let segment = self
            .loads
            .iter()
            .find(|segment| within(segment.address..segment.address + segment.file_size, address, length))?;
        let start = usize::try_from(address - segment.address + segment.offset).ok()?;
        Some(start..start + usize::try_from(length).ok()?)
    }

    /// From an address to the end of what its segment has from the file.
    pub(crate) fn file_rest(&self, address: u64) -> Option<Range<usize>> {
        let segment = self
            .loads
            .iter()
            .find(|segment| (segment.address..segment.address + segment.file_size).contains(&address))?;
        self.file_range(address, segment.address + segment.file_size - address)
    }

    /// Whether `length` bytes at an address are inside one segment.
    pub(crate) fn holds(&self, address: u64, length: u64) -> bool {
        self.loads.iter().any(|segment| segment.holds(address, length))
    }

    /// Whether they are inside a writable segment.
    pub(crate) fn writable(&self, address: u64, length: u64) -> bool {
        self.loads.iter().any(|segment| segment.write && segment.holds(address, length))
    }

    /// Whether an address is in an executable segment.
    pub(crate) fn executable(&self, address: u64) -> bool {
        self.loads.iter().any(|segment| segment.execute && segment.holds(address, 1))
    }
}
