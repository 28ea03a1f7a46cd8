//! Header, index regions and the class index.

use super::item::FunctionKind;
use super::reader::Reader;
use super::{AbcError, AbcErrorKind};
use crate::isa::Encoding;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// Four-part bytecode version, major first, e.g. `12.0.6.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub [u8; 4]);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, feature, build] = self.0;
        write!(f, "{major}.{minor}.{feature}.{build}")
    }
}

impl Version {
    /// The oldest version: other opcode numbers, literal arrays by index, names of module variables in the code.
    pub const LEGACY: Version = Version([0, 0, 0, 2]);
    /// The newest version that is known.
    pub const NEWEST: Version = Version([24, 0, 0, 0]);
    /// Preview versions with opcodes of their own, which no release reads.
    const INCOMPATIBLE: [Version; 2] = [Version([11, 0, 0, 0]), Version([11, 0, 1, 0])];
    /// Versions of the statically typed machine; dynamic bytecode went from 0.0.0.3 to 9.0.0.0.
    const STATIC: std::ops::Range<Version> = Version([0, 0, 0, 4])..Version([9, 0, 0, 0]);
    /// The last version whose header has the table of literal arrays.
    const LAST_WITH_LITERAL_TABLE: Version = Version([12, 0, 6, 0]);
}

/// A table of 4-byte entries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    offset: u32,
    count: u32,
}

/// A part of the file with its own 16-bit indexes.
#[derive(Debug)]
struct Region {
    start: u32,
    end: u32,
    classes: Table,
    /// Strings, methods and literal arrays in one.
    entities: Table,
}

/// A parsed container: a view of the file, nothing copied but small indexes.
#[derive(Debug)]
pub struct AbcFile<'a> {
    data: &'a [u8],
    version: Version,
    foreign: std::ops::Range<u32>,
    classes: Table,
    line_programs: Table,
    literal_arrays: Option<Table>,
    regions: Vec<Region>,
    by_name: OnceLock<FxHashMap<Cow<'a, str>, u32>>,
    /// Whether the file is merged; asked for with every record.
    pub(super) merged: OnceLock<bool>,
    /// Kinds of the functions of a 0.0.0.2 file, which says them where functions are defined.
    pub(super) legacy_kinds: OnceLock<FxHashMap<u32, FunctionKind>>,
}

const MAGIC: &[u8] = b"PANDA\0\0\0";
const HEADER_SIZE: u32 = 60;

impl<'a> AbcFile<'a> {
    /// Checks the header and the indexes of a container.
    pub fn parse(data: &'a [u8]) -> Result<AbcFile<'a>, AbcError> {
        let refuse = |kind, offset, what: Cow<'static, str>| Err(AbcError { kind, offset, what });
        if !data.starts_with(MAGIC) {
            let found = data.iter().take(8).map(|byte| format!(" {byte:02x}")).collect::<String>();
            let what = format!("not Ark bytecode, which starts with PANDA: found{found}");
            return refuse(AbcErrorKind::NotAbc, 0, what.into());
        }
        let mut header = Reader::at(data, MAGIC.len() as u32)?;
        let _checksum = header.u32()?;
        let version = Version(header.u32()?.to_le_bytes());
        if Version::STATIC.contains(&version) {
            let what = format!("version {version} is bytecode of the statically typed ArkTS machine");
            return refuse(AbcErrorKind::Static, 12, what.into());
        }
        if version < Version::LEGACY || Version::INCOMPATIBLE.contains(&version) {
            let what = format!("version {version} is a preview that no platform release reads; compile again");
            return refuse(AbcErrorKind::Version, 12, what.into());
        }
        let at = header.offset();
        let size = header.u32()?;
        if size < HEADER_SIZE || size as usize > data.len() {
            let what = format!("the header says {size} bytes, the file has {}", data.len());
            return refuse(AbcErrorKind::Malformed, at, what.into());
        }
        // Offsets are relative to the start and stay below `size`, so what follows is not ours.
        let data = data.get(..size as usize).unwrap_or_default();

        let foreign_start = header.u32()?;
        let foreign_size = header.u32()?;
        let classes = table(data, &mut header, 4)?;
        let line_programs = table(data, &mut header, 4)?;
        let literal_arrays = match version <= Version::LAST_WITH_LITERAL_TABLE {
            true => Some(table(data, &mut header, 4)?),
            false => {
                header.bytes(8)?;
                None
            }
        };
        let sections = table(data, &mut header, 40)?;
        let mut regions = Vec::with_capacity(sections.count as usize);
        for i in 0..sections.count {
            let mut region = Reader::at(data, sections.offset.saturating_add(i.saturating_mul(40)))?;
            let (start, end) = (region.u32()?, region.u32()?);
            let classes = table(data, &mut region, 4)?;
            let entities = table(data, &mut region, 4)?;
            // Two more pairs (fields, prototypes) are of no use for dynamic code and unset since version 12.
            regions.push(Region { start, end, classes, entities });
        }
        regions.sort_by_key(|region| region.start);
        Ok(AbcFile {
            data,
            version,
            foreign: foreign_start..foreign_start.saturating_add(foreign_size),
            classes,
            line_programs,
            literal_arrays,
            regions,
            by_name: OnceLock::new(),
            merged: OnceLock::new(),
            legacy_kinds: OnceLock::new(),
        })
    }

    /// Version of the file. One above [`Version::NEWEST`] is read as far as it is understood.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Which encoding its instructions have.
    pub fn encoding(&self) -> Encoding {
        if self.version == Version::LEGACY { Encoding::Legacy } else { Encoding::Current }
    }

    /// Size in bytes, as the header gives it.
    pub fn size(&self) -> u32 {
        // The header's own 32-bit size cut the data.
        self.data.len() as u32
    }

    /// Offsets of all classes of the file, foreign ones left out, in the order of the index.
    pub fn class_offsets(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.classes.count)
            .filter_map(|i| self.entry(self.classes, i))
            .filter(|offset| !self.foreign.contains(offset))
    }

    /// Offset of the class with a name (without the descriptor's `L…;`).
    pub fn class_by_name(&self, name: &str) -> Option<u32> {
        let index = self.by_name.get_or_init(|| {
            let mut index = FxHashMap::default();
            // Names of an honest file take less than the file.
            let mut left = self.data.len();
            for offset in self.class_offsets() {
                if let Ok(name) = self.class_name(offset)
                    && let Some(rest) = left.checked_sub(name.len())
                {
                    left = rest;
                    index.entry(name).or_insert(offset);
                }
            }
            index
        });
        index.get(name).copied()
    }

    /// Reads from a file offset.
    pub(super) fn reader(&self, offset: u32) -> Result<Reader<'a>, AbcError> {
        Reader::at(self.data, offset)
    }

    /// The literal array with an index of the header's table (instructions of version 0.0.0.2).
    pub(super) fn literal_array_by_index(&self, index: u32) -> Option<u32> {
        self.entry(self.literal_arrays?, index)
    }

    /// The line number program with an index.
    pub(super) fn line_program(&self, index: u32) -> Option<u32> {
        self.entry(self.line_programs, index)
    }

    /// Resolves a 16-bit index into the table of strings, methods and literal arrays that holds at `place`.
    pub(super) fn entity(&self, place: u32, index: u32) -> Option<u32> {
        self.entry(self.region(place)?.entities, index)
    }

    /// Resolves a 16-bit class index that holds at `place`.
    pub(super) fn class_at(&self, place: u32, index: u32) -> Option<u32> {
        self.entry(self.region(place)?.classes, index)
    }

    /// Whether an offset belongs to another file (only its name is here).
    pub(super) fn is_foreign(&self, offset: u32) -> bool {
        self.foreign.contains(&offset)
    }

    fn region(&self, place: u32) -> Option<&Region> {
        let after = self.regions.partition_point(|region| region.start <= place);
        let region = self.regions.get(after.checked_sub(1)?)?;
        (place < region.end).then_some(region)
    }

    fn entry(&self, table: Table, index: u32) -> Option<u32> {
        if index >= table.count {
            return None;
        }
        // The table was checked to lie in the file.
        self.reader(table.offset.checked_add(index.checked_mul(4)?)?).ok()?.u32().ok()
    }
}

/// Reads count and offset of a table and checks that it lies in the file.
fn table(data: &[u8], reader: &mut Reader<'_>, width: u64) -> Result<Table, AbcError> {
    let at = reader.offset();
    let count = reader.u32()?;
    let offset = reader.u32()?;
    if u64::from(offset) + u64::from(count) * width > data.len() as u64 {
        let what = format!("a table of {count} entries at {offset:#x} does not fit the file");
        return Err(AbcError::malformed(at, what));
    }
    Ok(Table { offset, count })
}
