//! Reading zip files where they lie: stored entries are borrowed from the mapping, compressed ones inflated on demand.
//!
//! Packages come from anywhere, so everything is checked before anything is believed: names, overlaps, duplicates,
//! sizes. The archives that platform tools write are plain (no encryption, no splitting, no zip64), and so is this reader.

use crate::Bytes;
use std::collections::HashMap;
use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

/// Largest entry that is inflated.
const MAX_INFLATED: u64 = 1 << 29;
/// Largest sum of sizes of compressed entries.
const MAX_TOTAL: u64 = 4 << 30;
/// A compressed entry of more than [`SUSPICIOUS_SIZE`] bytes may not be larger than this many times its compressed size.
const MAX_RATIO: u64 = 250;
const SUSPICIOUS_SIZE: u64 = 16 << 20;

/// What is wrong with an archive or an entry of it, without the name of the file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{what}")]
pub(crate) struct ArchiveError {
    pub(crate) what: String,
    pub(crate) hint: Option<&'static str>,
}

type Result<T> = std::result::Result<T, ArchiveError>;

const DAMAGED: &str = "the file is damaged or was not copied completely; copy or build it again";
const HOSTILE: &str = "no packaging tool writes such a file; it may be meant to do harm";

fn damaged(what: impl Into<String>) -> ArchiveError {
    ArchiveError { what: what.into(), hint: Some(DAMAGED) }
}

fn hostile(what: impl Into<String>) -> ArchiveError {
    ArchiveError { what: what.into(), hint: Some(HOSTILE) }
}

/// An opened archive.
#[derive(Debug)]
pub(crate) struct Archive {
    data: Bytes,
    layout: Layout,
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

/// Where the parts of an archive are, which the signing block refers to.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The central directory.
    pub(crate) directory: Range<usize>,
    /// The record that ends the file.
    pub(crate) end: usize,
}

#[derive(Debug)]
struct Entry {
    name: String,
    compressed: bool,
    /// Where its bytes are.
    data: Range<usize>,
    /// Uncompressed size.
    size: u64,
    checksum: u32,
    /// Set when the checksum of a stored entry was found right.
    verified: OnceLock<()>,
}

fn u16_at(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

impl Archive {
    /// Reads the directory of an archive and checks it as a whole.
    pub(crate) fn open(data: Bytes) -> Result<Archive> {
        let layout = Layout::find(&data)?;
        let mut entries = Vec::new();
        let mut by_name = HashMap::new();
        let mut spans = Vec::new();
        let mut total = 0_u64;
        let mut at = layout.directory.start;
        while at < layout.directory.end {
            let (header, next) = Header::read(&data, at, &layout)?;
            at = next;
            let (entry, span) = header.locate(&data, &layout)?;
            spans.push((span, entry.name.clone()));
            if entry.name.ends_with('/') {
                continue;
            }
            if entry.compressed {
                total = total.saturating_add(entry.size);
            }
            if by_name.insert(entry.name.clone(), entries.len()).is_some() {
                return Err(hostile(format!("entry `{}` is there twice", entry.name)));
            }
            entries.push(entry);
        }
        if total > MAX_TOTAL {
            return Err(hostile(format!("its entries would unpack to {} MiB", total >> 20)));
        }
        spans.sort_by_key(|(span, _)| span.start);
        for pair in spans.windows(2) {
            if let [(first, one), (second, other)] = pair
                && first.end > second.start
            {
                return Err(hostile(format!("entries `{one}` and `{other}` overlap")));
            }
        }
        Ok(Archive { data, layout, entries, by_name })
    }

    pub(crate) fn data(&self) -> &Bytes {
        &self.data
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Names in directory order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Uncompressed size of an entry.
    pub(crate) fn size(&self, name: &str) -> Option<u64> {
        Some(self.entries.get(*self.by_name.get(name)?)?.size)
    }

    /// Where the bytes of a stored entry are in the archive.
    pub(crate) fn stored_at(&self, name: &str) -> Option<Range<usize>> {
        let entry = self.entries.get(*self.by_name.get(name)?)?;
        (!entry.compressed).then(|| entry.data.clone())
    }

    /// Bytes of an entry, checked against its checksum.
    pub(crate) fn read(&self, name: &str) -> Option<Result<Bytes>> {
        let entry = self.entries.get(*self.by_name.get(name)?)?;
        let raw = self.data.slice(entry.data.clone())?;
        Some(if entry.compressed { entry.inflate(&raw).map(Bytes::from) } else { entry.verify(&raw).map(|()| raw) })
    }
}

impl Layout {
    fn find(data: &[u8]) -> Result<Layout> {
        const END: usize = 22;
        if data.is_empty() {
            return Err(damaged("the file is empty"));
        }
        let last = data.len().checked_sub(END).ok_or_else(|| damaged("the file is too short to be a package"))?;
        // The record is followed by a comment of up to 64 KiB, almost always an empty one.
        let first = last.saturating_sub(0xffff);
        let fits = |at: &usize| {
            data.get(*at..).is_some_and(|end| end.starts_with(b"PK\x05\x06"))
                && u16_at(data, at + 20) == Some(data.len() - at - END)
        };
        let end = (first..=last).rev().find(fits).ok_or_else(|| {
            damaged(if data.starts_with(b"PK") {
                "the end of the zip file is missing"
            } else {
                "this is not a package (a zip file)"
            })
        })?;
        let field = |at: usize| u16_at(data, end + at).unwrap_or_default();
        let word = |at: usize| u32_at(data, end + at).unwrap_or_default();
        let (count, here, size, start) = (field(10), field(8), word(12) as usize, word(16) as usize);
        if count == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff {
            let what = "the file is a zip64 archive, which packages never are".to_owned();
            return Err(ArchiveError { what, hint: None });
        }
        if field(4) != 0 || field(6) != 0 || here != count {
            return Err(damaged("the file is one part of a split archive"));
        }
        let directory = start..start.saturating_add(size);
        if directory.end > end {
            return Err(damaged("the directory of the zip file is not within the file"));
        }
        // Each entry of the directory takes 46 bytes and more.
        if count * 46 > size {
            return Err(damaged(format!(
                "the zip file claims {count} entries, but its directory has no room for them"
            )));
        }
        Ok(Layout { directory, end })
    }
}

/// An entry as the directory describes it.
struct Header {
    name: String,
    method: usize,
    checksum: u32,
    compressed_size: usize,
    size: u64,
    local: usize,
}

impl Header {
    /// Reads the entry at an offset of the directory; gives the offset of the next.
    fn read(data: &[u8], at: usize, layout: &Layout) -> Result<(Header, usize)> {
        let short = || damaged(format!("the directory of the zip file is cut short at offset {at:#x}"));
        let directory = data.get(..layout.directory.end).ok_or_else(short)?;
        if directory.get(at..).is_none_or(|rest| !rest.starts_with(b"PK\x01\x02")) {
            return Err(damaged(format!("there is no directory entry at offset {at:#x}")));
        }
        let field = |offset: usize| u16_at(directory, at + offset).ok_or_else(short);
        let word = |offset: usize| u32_at(directory, at + offset).ok_or_else(short);
        let (flags, method) = (field(8)?, field(10)?);
        let (name_length, extra, comment) = (field(28)?, field(30)?, field(32)?);
        let name = directory.get(at + 46..at + 46 + name_length).ok_or_else(short)?;
        let next = at + 46 + name_length + extra + comment;
        if next > directory.len() {
            return Err(short());
        }
        let Ok(name) = std::str::from_utf8(name) else {
            let name = String::from_utf8_lossy(name);
            return Err(hostile(format!("entry `{name}` has a name that is not UTF-8")));
        };
        check_name(name)?;
        if flags & 1 != 0 {
            let what = format!("entry `{name}` is encrypted with a password");
            return Err(ArchiveError { what, hint: Some("packages are not password-protected; unpack and repack it") });
        }
        if method != 0 && method != 8 {
            let what = format!("entry `{name}` is compressed with method {method}; packages use only deflate");
            return Err(ArchiveError { what, hint: Some("repack it with an ordinary zip tool") });
        }
        let header = Header {
            name: name.to_owned(),
            method,
            checksum: word(16)?,
            compressed_size: word(20)? as usize,
            size: u64::from(word(24)?),
            local: word(42)? as usize,
        };
        Ok((header, next))
    }

    /// Finds the entry's bytes and checks that its sizes are plausible; gives also the whole span it takes.
    fn locate(self, data: &[u8], layout: &Layout) -> Result<(Entry, Range<usize>)> {
        let Header { name, method, checksum, compressed_size, size, local } = self;
        let outside = || damaged(format!("entry `{name}` is not within the file"));
        let bytes = data.get(..layout.directory.start).ok_or_else(outside)?;
        if bytes.get(local..).is_none_or(|rest| !rest.starts_with(b"PK\x03\x04")) {
            return Err(damaged(format!("entry `{name}` has no header at offset {local:#x}")));
        }
        let name_length = u16_at(bytes, local + 26).ok_or_else(outside)?;
        let extra = u16_at(bytes, local + 28).ok_or_else(outside)?;
        let local_name = bytes.get(local + 30..local + 30 + name_length).ok_or_else(outside)?;
        if local_name != name.as_bytes() {
            let other = String::from_utf8_lossy(local_name);
            return Err(hostile(format!("entry `{name}` calls itself `{other}` in its own header")));
        }
        let start = local + 30 + name_length + extra;
        let range = start..start.saturating_add(compressed_size);
        if range.end > bytes.len() {
            return Err(outside());
        }
        let compressed = method == 8;
        if !compressed && compressed_size as u64 != size {
            return Err(hostile(format!("entry `{name}` is stored, but its two sizes differ")));
        }
        if compressed && size > MAX_INFLATED {
            return Err(hostile(format!("entry `{name}` would unpack to {} MiB", size >> 20)));
        }
        if compressed && size > SUSPICIOUS_SIZE && size / (compressed_size as u64).max(1) > MAX_RATIO {
            let what = format!("entry `{name}` would unpack from {compressed_size} bytes to {} MiB", size >> 20);
            return Err(hostile(what));
        }
        let entry = Entry { name, compressed, data: range.clone(), size, checksum, verified: OnceLock::new() };
        Ok((entry, local..range.end))
    }
}

/// Refuses names that would lead out of a folder they are unpacked to, or that mean different things to different tools.
fn check_name(name: &str) -> Result<()> {
    let path = name.strip_suffix('/').unwrap_or(name);
    let wrong = if path.is_empty() {
        Some("is empty")
    } else if path.starts_with('/') || path.get(1..2) == Some(":") {
        Some("is an absolute path")
    } else if path.contains('\\') {
        Some("has a backslash")
    } else if path.contains('\0') {
        Some("has a NUL")
    } else if path.split('/').any(|part| part == "..") {
        Some("leads out of the package")
    } else if path.split('/').any(|part| part.is_empty() || part == ".") {
        Some("has an empty part")
    } else {
        None
    };
    match wrong {
        Some(why) => Err(hostile(format!("the name of entry `{}` {why}", name.escape_debug()))),
        None => Ok(()),
    }
}

impl Entry {
    fn verify(&self, raw: &[u8]) -> Result<()> {
        if self.verified.get().is_none() {
            self.compare(raw)?;
            let _ = self.verified.set(());
        }
        Ok(())
    }

    fn compare(&self, bytes: &[u8]) -> Result<()> {
        let mut checksum = flate2::Crc::new();
        checksum.update(bytes);
        if checksum.sum() == self.checksum {
            Ok(())
        } else {
            Err(damaged(format!("entry `{}` is damaged: its checksum is wrong", self.name)))
        }
    }

    fn inflate(&self, raw: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size.min(SUSPICIOUS_SIZE)).unwrap_or_default());
        let decoder = flate2::bufread::DeflateDecoder::new(raw);
        match decoder.take(self.size + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 == self.size => self.compare(&bytes).map(|()| bytes),
            Ok(_) if bytes.len() as u64 > self.size => {
                Err(hostile(format!("entry `{}` unpacks to more than the {} bytes it claims", self.name, self.size)))
            }
            Ok(_) | Err(_) => Err(damaged(format!("entry `{}` cannot be unpacked", self.name))),
        }
    }
}

#[cfg(test)]
mod tests;
