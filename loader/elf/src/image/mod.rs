//! A library as a file: everything that is read from it is checked here, before anything is mapped.

mod bytes;
mod dynamic;
mod error;
mod notes;
mod relocations;
mod segments;
mod symbols;

pub use error::ImageError;
pub use segments::Machine;

pub(crate) use dynamic::Dynamic;
pub(crate) use relocations::{Kind, RelocationTables};
pub(crate) use segments::{PAGE, Segment, Segments, TlsTemplate};
pub(crate) use symbols::{Entry, Name, SymbolTable};

use std::ffi::CStr;

/// A library that was read and found consistent. `B` holds the bytes of the file, which stay the same.
#[derive(Clone, Debug)]
pub struct Image<B> {
    bytes: B,
    pub(crate) segments: Segments,
    pub(crate) dynamic: Dynamic,
    pub(crate) symbols: SymbolTable,
    pub(crate) relocations: RelocationTables,
}

/// A symbol that a library takes from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Import<'a> {
    /// Its name.
    pub name: &'a str,
    /// A weak import is null when nobody supplies it.
    pub weak: bool,
}

impl<B: AsRef<[u8]>> Image<B> {
    /// Reads a library and checks it whole: all tables and the targets of all relocations lie inside of it.
    pub fn parse(bytes: B) -> Result<Image<B>, ImageError> {
        let file = bytes.as_ref();
        let segments = Segments::parse(file)?;
        let dynamic = Dynamic::parse(file, &segments)?;
        let (relocations, used) = RelocationTables::parse(file, &dynamic, &segments)?;
        let symbols = SymbolTable::parse(file, &dynamic, &segments, used)?;
        for (table, offset) in dynamic
            .needed
            .iter()
            .map(|offset| ("DT_NEEDED", *offset))
            .chain(dynamic.soname.map(|offset| ("DT_SONAME", offset)))
        {
            let name = symbols.string(file, offset).and_then(|name| name.to_str().ok());
            if name.is_none_or(str::is_empty) {
                return Err(ImageError::Table { table, address: offset, problem: "no name in the string table" });
            }
        }
        Ok(Image { segments, dynamic, symbols, relocations, bytes })
    }

    /// The processor that it is for.
    pub fn machine(&self) -> Machine {
        self.segments.machine
    }

    /// `DT_SONAME`.
    pub fn soname(&self) -> Option<&str> {
        self.string(self.dynamic.soname?)
    }

    /// `DT_NEEDED`, in order.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        self.dynamic.needed.iter().filter_map(|offset| self.string(*offset))
    }

    /// What it takes from others, in the order of the symbol table.
    pub fn imports(&self) -> impl Iterator<Item = Import<'_>> {
        (1..self.symbols.count()).filter_map(|index| {
            let entry = self.symbols.entry(self.bytes(), index)?;
            let name = self.symbol_name(&entry)?.to_str().ok()?;
            (!entry.is_defined() && !name.is_empty()).then_some(Import { name, weak: entry.is_weak() })
        })
    }

    /// Names that it offers to others.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        let offers = self.symbols.offers(self.bytes(), &self.segments);
        offers.filter_map(|entry| self.symbol_name(&entry)?.to_str().ok())
    }

    /// Whether others can bind to a name of it.
    pub fn offers(&self, name: &str) -> bool {
        self.find(&Name::new(name.as_bytes())).is_some()
    }

    /// Bytes of address space that it takes, in whole pages.
    pub fn memory_size(&self) -> u64 {
        self.segments.span.end - self.segments.span.start
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    pub(crate) fn symbol_name(&self, entry: &Entry) -> Option<&CStr> {
        self.symbols.name(self.bytes(), entry)
    }

    pub(crate) fn find(&self, name: &Name<'_>) -> Option<Entry> {
        self.symbols.find(self.bytes(), &self.segments, name)
    }

    fn string(&self, offset: u64) -> Option<&str> {
        self.symbols.string(self.bytes(), offset)?.to_str().ok()
    }
}
