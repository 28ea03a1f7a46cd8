//! The symbol table, its names and its two hash tables. Symbol versions are tolerated, not distinguished, as in musl.

use super::ImageError;
use super::bytes::{u16_at, u32_at, u64_at};
use super::dynamic::Dynamic;
use super::segments::Segments;
use goblin::elf::section_header::{SHN_ABS, SHN_UNDEF};
use goblin::elf::sym::{
    STB_GLOBAL, STB_GNU_UNIQUE, STB_LOCAL, STB_WEAK, STT_COMMON, STT_FUNC, STT_NOTYPE, STT_OBJECT, STT_TLS,
    STV_DEFAULT, STV_PROTECTED,
};
use std::ffi::CStr;
use std::ops::Range;

/// Bytes of an entry.
const ENTRY: u64 = 24;

/// Where the tables are in the file; they were found to be inside of it.
#[derive(Clone, Debug)]
pub(crate) struct SymbolTable {
    strings: Range<usize>,
    symbols: Range<usize>,
    count: u32,
    hash: Option<SysvHash>,
    gnu: Option<GnuHash>,
    versions: Option<Range<usize>>,
}

#[derive(Clone, Debug)]
struct SysvHash {
    buckets: Range<usize>,
    chains: Range<usize>,
}

#[derive(Clone, Debug)]
struct GnuHash {
    bloom: Range<usize>,
    shift: u32,
    buckets: Range<usize>,
    /// Words for the symbols from `first` on.
    chains: Range<usize>,
    first: u32,
}

/// An entry of the symbol table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    name: u32,
    info: u8,
    other: u8,
    section: u16,
    pub(crate) value: u64,
    pub(crate) size: u64,
}

impl Entry {
    pub(crate) fn is_defined(&self) -> bool {
        u32::from(self.section) != SHN_UNDEF
    }

    pub(crate) fn is_weak(&self) -> bool {
        self.info >> 4 == STB_WEAK
    }

    pub(crate) fn is_thread_local(&self) -> bool {
        self.info & 15 == STT_TLS
    }

    pub(crate) fn is_absolute(&self) -> bool {
        u32::from(self.section) == SHN_ABS
    }

    /// Whether uses of it in its own library always mean this definition.
    pub(crate) fn binds_locally(&self) -> bool {
        self.is_defined() && (self.info >> 4 == STB_LOCAL || self.other & 3 != STV_DEFAULT)
    }

    /// Whether others may bind to it.
    fn is_offered(&self, segments: &Segments) -> bool {
        self.is_defined()
            && matches!(self.info & 15, STT_NOTYPE | STT_OBJECT | STT_FUNC | STT_COMMON | STT_TLS)
            && matches!(self.info >> 4, STB_GLOBAL | STB_WEAK | STB_GNU_UNIQUE)
            && matches!(self.other & 3, STV_DEFAULT | STV_PROTECTED)
            && if self.is_thread_local() {
                segments.tls.is_some_and(|tls| self.value < tls.memory_size)
            } else {
                self.is_absolute() || segments.span.contains(&self.value) || self.value == segments.span.end
            }
    }
}

/// A name to look for, with its hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a [u8],
    gnu: u32,
}

impl<'a> Name<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Name<'a> {
        let gnu = text.iter().fold(5381u32, |hash, byte| hash.wrapping_mul(33).wrapping_add(u32::from(*byte)));
        Name { text, gnu }
    }

    fn sysv(&self) -> u32 {
        self.text.iter().fold(0u32, |hash, byte| {
            let hash = (hash << 4).wrapping_add(u32::from(*byte));
            let high = hash & 0xf000_0000;
            (hash ^ (high >> 24)) & !high
        })
    }
}

impl SymbolTable {
    /// `used` is one more than the largest index that a relocation has.
    pub(super) fn parse(
        bytes: &[u8],
        dynamic: &Dynamic,
        segments: &Segments,
        used: u32,
    ) -> Result<SymbolTable, ImageError> {
        let strings = strings(bytes, dynamic, segments)?;
        let address = dynamic.symbols.ok_or(ImageError::Dynamic("no DT_SYMTAB"))?;
        let wrong = |problem| ImageError::Table { table: "DT_SYMTAB", address, problem };
        if dynamic.symbol_size.is_some_and(|size| size != ENTRY) {
            return Err(ImageError::Dynamic("DT_SYMENT is not 24"));
        }
        let rest = segments.file_rest(address).ok_or_else(|| wrong("outside the segments"))?;
        let room = u32::try_from(rest.len() as u64 / ENTRY).unwrap_or(u32::MAX);
        let (hash, counted) = match dynamic.hash {
            Some(address) => sysv_hash(bytes, address, segments)?,
            None => (None, None),
        };
        let (gnu, hashed) = match dynamic.gnu_hash {
            Some(address) => gnu_hash(bytes, address, segments)?,
            None => (None, 0),
        };
        // Only DT_HASH says how many symbols there are; without it those count that are hashed or used.
        let count = counted.unwrap_or(hashed.max(used));
        if count < hashed || count > room {
            return Err(wrong("runs out of its segment, or disagrees with the hash tables"));
        }
        if used > count {
            return Err(wrong("relocations use symbols beyond its end"));
        }
        let symbols =
            segments.file_range(address, u64::from(count) * ENTRY).ok_or_else(|| wrong("runs out of its segment"))?;
        let versions = dynamic.versions.and_then(|address| segments.file_range(address, u64::from(count) * 2));
        let table = SymbolTable { strings, symbols, count, hash, gnu, versions };
        for index in 0..count {
            if table.entry(bytes, index).is_none_or(|entry| entry.name as usize >= table.strings.len()) {
                return Err(wrong("a name lies outside the string table"));
            }
        }
        Ok(table)
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    pub(crate) fn entry(&self, bytes: &[u8], index: u32) -> Option<Entry> {
        let table = bytes.get(self.symbols.clone())?;
        let at = usize::try_from(index).ok()?.checked_mul(ENTRY as usize)?;
        let entry = table.get(at..at + ENTRY as usize)?;
        Some(Entry {
            name: u32_at(entry, 0)?,
            info: *entry.get(4)?,
            other: *entry.get(5)?,
            section: u16_at(entry, 6)?,
            value: u64_at(entry, 8)?,
            size: u64_at(entry, 16)?,
        })
    }

    /// A string of the string table, which ends with a zero byte.
    pub(super) fn string<'a>(&self, bytes: &'a [u8], offset: u64) -> Option<&'a CStr> {
        let strings = bytes.get(self.strings.clone())?;
        CStr::from_bytes_until_nul(strings.get(usize::try_from(offset).ok()?..)?).ok()
    }

    pub(crate) fn name<'a>(&self, bytes: &'a [u8], entry: &Entry) -> Option<&'a CStr> {
        self.string(bytes, u64::from(entry.name))
    }

    /// The definition that others get for a name.
    pub(crate) fn find(&self, bytes: &[u8], segments: &Segments, name: &Name<'_>) -> Option<Entry> {
        match (&self.gnu, &self.hash) {
            (Some(gnu), _) => self.find_gnu(bytes, segments, gnu, name),
            (None, Some(hash)) => self.find_sysv(bytes, segments, hash, name),
            (None, None) => None,
        }
    }

    fn find_gnu(&self, bytes: &[u8], segments: &Segments, table: &GnuHash, name: &Name<'_>) -> Option<Entry> {
        let words = u32::try_from(table.bloom.len() / 8).ok()?;
        let word = u64_at(bytes.get(table.bloom.clone())?, 8 * (name.gnu / 64).checked_rem(words)? as usize)?;
        let bits = 1u64 << (name.gnu % 64) | 1u64 << (name.gnu.checked_shr(table.shift).unwrap_or(0) % 64);
        if word & bits != bits {
            return None;
        }
        let buckets = u32::try_from(table.buckets.len() / 4).ok()?;
        let mut index = u32_at(bytes.get(table.buckets.clone())?, 4 * name.gnu.checked_rem(buckets)? as usize)?;
        let chains = bytes.get(table.chains.clone())?;
        // Chains end inside the table: that was checked.
        loop {
            let hash = u32_at(chains, 4 * index.checked_sub(table.first)? as usize)?;
            if hash | 1 == name.gnu | 1
                && let Some(entry) = self.offered(bytes, segments, index, name)
            {
                return Some(entry);
            }
            if hash & 1 != 0 {
                return None;
            }
            index = index.checked_add(1)?;
        }
    }

    fn find_sysv(&self, bytes: &[u8], segments: &Segments, table: &SysvHash, name: &Name<'_>) -> Option<Entry> {
        let buckets = u32::try_from(table.buckets.len() / 4).ok()?;
        let mut index = u32_at(bytes.get(table.buckets.clone())?, 4 * name.sysv().checked_rem(buckets)? as usize)?;
        let chains = bytes.get(table.chains.clone())?;
        // A chain may be a cycle; none has more members than there are symbols.
        for _ in 0..self.count {
            if index == 0 {
                return None;
            }
            if let Some(entry) = self.offered(bytes, segments, index, name) {
                return Some(entry);
            }
            index = u32_at(chains, 4 * index as usize)?;
        }
        None
    }

    fn offered(&self, bytes: &[u8], segments: &Segments, index: u32, name: &Name<'_>) -> Option<Entry> {
        let entry = self.entry(bytes, index)?;
        let text = bytes.get(self.strings.clone())?.get(entry.name as usize..)?;
        let same = text.starts_with(name.text) && text.get(name.text.len()) == Some(&0);
        (same && entry.is_offered(segments) && !self.is_hidden(bytes, index)).then_some(entry)
    }

    /// Of several versions of a name, all but the default one are marked.
    fn is_hidden(&self, bytes: &[u8], index: u32) -> bool {
        let version = self.versions.as_ref().and_then(|range| u16_at(bytes.get(range.clone())?, 2 * index as usize));
        version.is_some_and(|version| version & 0x8000 != 0)
    }

    /// What others may bind to, in the order of the table.
    pub(crate) fn offers(&self, bytes: &[u8], segments: &Segments) -> impl Iterator<Item = Entry> {
        (1..self.count)
            .filter(|index| !self.is_hidden(bytes, *index))
            .filter_map(|index| self.entry(bytes, index))
            .filter(|entry| entry.is_offered(segments))
    }
}

fn strings(bytes: &[u8], dynamic: &Dynamic, segments: &Segments) -> Result<Range<usize>, ImageError> {
    let address = dynamic.strings.ok_or(ImageError::Dynamic("no DT_STRTAB"))?;
    let size = dynamic.strings_size.ok_or(ImageError::Dynamic("no DT_STRSZ"))?;
    let wrong = |problem| ImageError::Table { table: "DT_STRTAB", address, problem };
    let range = segments.file_range(address, size).ok_or_else(|| wrong("outside the segments"))?;
    match bytes.get(range.clone()).and_then(<[u8]>::last) {
        Some(0) => Ok(range),
        Some(_) => Err(wrong("no zero byte at its end")),
        None => Err(wrong("empty")),
    }
}

/// The table, and how many symbols it says there are.
fn sysv_hash(bytes: &[u8], address: u64, segments: &Segments) -> Result<(Option<SysvHash>, Option<u32>), ImageError> {
    let wrong = |problem| ImageError::Table { table: "DT_HASH", address, problem };
    let table = segments.file_rest(address).ok_or_else(|| wrong("outside the segments"))?;
    let words = |at| bytes.get(table.clone()).and_then(|table| u32_at(table, at));
    let (Some(buckets), Some(chains)) = (words(0), words(4)) else {
        return Err(wrong("runs out of its segment"));
    };
    let first = table.start + 8;
    let middle = first + 4 * buckets as usize;
    let end = middle + 4 * chains as usize;
    if end > table.end {
        return Err(wrong("runs out of its segment"));
    }
    Ok((Some(SysvHash { buckets: first..middle, chains: middle..end }), Some(chains)))
}

/// The table, and one more than the index of the last symbol in it.
fn gnu_hash(bytes: &[u8], address: u64, segments: &Segments) -> Result<(Option<GnuHash>, u32), ImageError> {
    let wrong = |problem| ImageError::Table { table: "DT_GNU_HASH", address, problem };
    let table = segments.file_rest(address).ok_or_else(|| wrong("outside the segments"))?;
    let word = |at| {
        bytes.get(table.clone()).and_then(|table| u32_at(table, at)).ok_or_else(|| wrong("runs out of its segment"))
    };
    let (buckets, first, words, shift) = (word(0)?, word(4)?, word(8)?, word(12)?);
    let bloom = table.start + 16;
    let middle = bloom + 8 * words as usize;
    let end = middle + 4 * buckets as usize;
    if end > table.end {
        return Err(wrong("runs out of its segment"));
    }
    let (mut last, mut used) = (0, 0);
    for at in (middle..end).step_by(4) {
        last = last.max(u32_at(bytes, at).unwrap_or(0));
    }
    if last > 0 {
        let chain = last.checked_sub(first).ok_or_else(|| wrong("a bucket lies before the first symbol"))?;
        // The last chain ends with an odd word.
        let mut at = end + 4 * chain as usize;
        while at < table.end && u32_at(bytes, at).is_some_and(|hash| hash & 1 == 0) {
            at += 4;
        }
        if at + 4 > table.end {
            return Err(wrong("its chains run out of their segment"));
        }
        used = u32::try_from((at + 4 - end) / 4)
            .ok()
            .and_then(|symbols| symbols.checked_add(first))
            .ok_or_else(|| wrong("too many symbols"))?;
    }
    let chains = end..end + 4 * used.saturating_sub(first) as usize;
    Ok((Some(GnuHash { bloom: bloom..middle, shift, buckets: middle..end, chains, first }), used))
}
