//! The dynamic section, as the file has it: goblin's own reading turns some of its addresses into offsets.

use super::ImageError;
use super::bytes::u64_at;
use super::segments::Segments;
use goblin::elf::dynamic::{
    DF_1_NODELETE, DF_TEXTREL, DT_FINI, DT_FINI_ARRAY, DT_FINI_ARRAYSZ, DT_FLAGS, DT_FLAGS_1, DT_GNU_HASH, DT_HASH,
    DT_INIT, DT_INIT_ARRAY, DT_INIT_ARRAYSZ, DT_JMPREL, DT_NEEDED, DT_NULL, DT_PLTREL, DT_PLTRELSZ, DT_REL, DT_RELA,
    DT_RELAENT, DT_RELASZ, DT_SONAME, DT_STRSZ, DT_STRTAB, DT_SYMENT, DT_SYMTAB, DT_TEXTREL, DT_VERSYM,
};
use std::ops::Range;

/// Tags that goblin has no names for.
const DT_RELRSZ: u64 = 35;
const DT_RELR: u64 = 36;
const DT_RELRENT: u64 = 37;

/// Entries of the section; real libraries have about thirty, and one more for each library that they need.
const MAX_ENTRIES: u64 = 4096;

/// The entries that count here. Addresses are the file's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dynamic {
    /// Offsets into the string table.
    pub(super) needed: Vec<u64>,
    pub(super) soname: Option<u64>,
    pub(super) strings: Option<u64>,
    pub(super) strings_size: Option<u64>,
    pub(super) symbols: Option<u64>,
    pub(super) symbol_size: Option<u64>,
    pub(super) hash: Option<u64>,
    pub(super) gnu_hash: Option<u64>,
    pub(super) versions: Option<u64>,
    pub(super) rela: Option<u64>,
    pub(super) rela_size: Option<u64>,
    pub(super) rela_entry: Option<u64>,
    pub(super) plt: Option<u64>,
    pub(super) plt_size: Option<u64>,
    pub(super) plt_kind: Option<u64>,
    pub(super) relr: Option<u64>,
    pub(super) relr_size: Option<u64>,
    pub(super) relr_entry: Option<u64>,
    pub(crate) init: Option<u64>,
    pub(crate) fini: Option<u64>,
    pub(super) init_array_start: Option<u64>,
    pub(super) init_array_size: Option<u64>,
    pub(super) fini_array_start: Option<u64>,
    pub(super) fini_array_size: Option<u64>,
    /// Slots of eight bytes.
    pub(crate) init_array: Range<u64>,
    pub(crate) fini_array: Range<u64>,
    /// `DF_1_NODELETE`.
    pub(crate) no_delete: bool,
}

impl Dynamic {
    pub(super) fn parse(bytes: &[u8], segments: &Segments) -> Result<Dynamic, ImageError> {
        let range = &segments.dynamic;
        let size = range.end - range.start;
        let entries = segments
            .file_range(range.start, size)
            .and_then(|range| bytes.get(range))
            .ok_or(ImageError::Dynamic("lies outside the segments"))?;
        let mut dynamic = Dynamic::default();
        let mut text_relocations = false;
        let mut at = 0;
        loop {
            if at as u64 / 16 >= MAX_ENTRIES {
                return Err(ImageError::Dynamic("more than 4096 entries"));
            }
            let (Some(tag), Some(value)) = (u64_at(entries, at), u64_at(entries, at + 8)) else {
                return Err(ImageError::Dynamic("no DT_NULL at its end"));
            };
            at += 16;
            match tag {
                DT_NULL => break,
                DT_NEEDED => dynamic.needed.push(value),
                DT_SONAME => dynamic.soname = Some(value),
                DT_STRTAB => dynamic.strings = Some(value),
                DT_STRSZ => dynamic.strings_size = Some(value),
                DT_SYMTAB => dynamic.symbols = Some(value),
                DT_SYMENT => dynamic.symbol_size = Some(value),
                DT_HASH => dynamic.hash = Some(value),
                DT_GNU_HASH => dynamic.gnu_hash = Some(value),
                DT_VERSYM => dynamic.versions = Some(value),
                DT_RELA => dynamic.rela = Some(value),
                DT_RELASZ => dynamic.rela_size = Some(value),
                DT_RELAENT => dynamic.rela_entry = Some(value),
                DT_JMPREL => dynamic.plt = Some(value),
                DT_PLTRELSZ => dynamic.plt_size = Some(value),
                DT_PLTREL => dynamic.plt_kind = Some(value),
                DT_RELR => dynamic.relr = Some(value),
                DT_RELRSZ => dynamic.relr_size = Some(value),
                DT_RELRENT => dynamic.relr_entry = Some(value),
                DT_INIT => dynamic.init = Some(value).filter(|address| *address != 0),
                DT_FINI => dynamic.fini = Some(value).filter(|address| *address != 0),
                DT_INIT_ARRAY => dynamic.init_array_start = Some(value),
                DT_INIT_ARRAYSZ => dynamic.init_array_size = Some(value),
                DT_FINI_ARRAY => dynamic.fini_array_start = Some(value),
                DT_FINI_ARRAYSZ => dynamic.fini_array_size = Some(value),
                DT_REL => {
                    return Err(ImageError::Dynamic("DT_REL: relocations without addends are of other processors"));
                }
                DT_TEXTREL => text_relocations = true,
                DT_FLAGS => text_relocations |= value & DF_TEXTREL != 0,
                DT_FLAGS_1 => dynamic.no_delete = value & DF_1_NODELETE != 0,
                _ => {}
            }
        }
        if text_relocations {
            return Err(ImageError::Dynamic("DT_TEXTREL: code would have to be changed; build it with -fPIC"));
        }
        dynamic.check_code(segments)?;
        Ok(dynamic)
    }

    /// Initialisers and finalisers: what is known of them before anything is relocated.
    fn check_code(&mut self, segments: &Segments) -> Result<(), ImageError> {
        for (table, address) in [("DT_INIT", self.init), ("DT_FINI", self.fini)] {
            if let Some(address) = address
                && !segments.executable(address)
            {
                return Err(ImageError::Table { table, address, problem: "outside the code" });
            }
        }
        let array = |table, start: Option<u64>, size: Option<u64>| {
            let (start, size) = (start.unwrap_or(0), size.unwrap_or(0));
            let wrong = |problem| ImageError::Table { table, address: start, problem };
            if size == 0 {
                return Ok(0..0);
            }
            if size % 8 != 0 {
                return Err(wrong("its size is not a multiple of 8"));
            }
            if !segments.holds(start, size) {
                return Err(wrong("outside the segments"));
            }
            Ok(start..start + size)
        };
        self.init_array = array("DT_INIT_ARRAY", self.init_array_start, self.init_array_size)?;
        self.fini_array = array("DT_FINI_ARRAY", self.fini_array_start, self.fini_array_size)?;
        Ok(())
    }
}
