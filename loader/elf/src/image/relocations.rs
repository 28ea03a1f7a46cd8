//! The relocation tables: which changes they ask for, and whether each stays inside the library.

use super::ImageError;
use super::bytes::u64_at;
use super::dynamic::Dynamic;
use super::segments::{Machine, Segments};
use goblin::elf::header::{EM_AARCH64, EM_X86_64};
use goblin::elf::reloc::{
    R_AARCH64_ABS64, R_AARCH64_GLOB_DAT, R_AARCH64_JUMP_SLOT, R_AARCH64_NONE, R_AARCH64_RELATIVE, R_AARCH64_TLS_DTPMOD,
    R_AARCH64_TLS_DTPREL, R_X86_64_64, R_X86_64_DTPMOD64, R_X86_64_DTPOFF64, R_X86_64_GLOB_DAT, R_X86_64_JUMP_SLOT,
    R_X86_64_NONE, R_X86_64_RELATIVE, r_to_str,
};
use std::ops::Range;

/// Bytes of an entry with an addend.
const ENTRY: u64 = 24;
/// Bytes that a relocation changes.
const WORD: u64 = 8;
/// `DT_PLTREL`: entries with addends.
const PLT_RELA: u64 = 7;

/// Where the tables are in the file.
#[derive(Clone, Debug)]
pub(crate) struct RelocationTables {
    machine: Machine,
    rela: Range<usize>,
    plt: Range<usize>,
    relr: Range<usize>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing.
    Nothing,
    /// The library's place and the addend.
    Relative,
    /// A symbol's address and the addend.
    Absolute,
    /// A symbol's address.
    Address,
    /// The number of the library that has a thread-local variable.
    TlsModule,
    /// The offset of a thread-local variable in its library's block.
    TlsOffset,
}

/// An entry with an addend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relocation {
    pub(crate) target: u64,
    pub(crate) kind: Kind,
    /// 0 for none.
    pub(crate) symbol: u32,
    pub(crate) addend: i64,
}

fn kind(machine: Machine, number: u32) -> Result<Kind, String> {
    Ok(match (machine, number) {
        (Machine::X86_64, R_X86_64_NONE) | (Machine::Aarch64, R_AARCH64_NONE) => Kind::Nothing,
        (Machine::X86_64, R_X86_64_RELATIVE) | (Machine::Aarch64, R_AARCH64_RELATIVE) => Kind::Relative,
        (Machine::X86_64, R_X86_64_64) => Kind::Absolute,
        // On this processor their addends count as well.
        (Machine::Aarch64, R_AARCH64_ABS64 | R_AARCH64_GLOB_DAT | R_AARCH64_JUMP_SLOT) => Kind::Absolute,
        (Machine::X86_64, R_X86_64_GLOB_DAT | R_X86_64_JUMP_SLOT) => Kind::Address,
        (Machine::X86_64, R_X86_64_DTPMOD64) | (Machine::Aarch64, R_AARCH64_TLS_DTPMOD) => Kind::TlsModule,
        (Machine::X86_64, R_X86_64_DTPOFF64) | (Machine::Aarch64, R_AARCH64_TLS_DTPREL) => Kind::TlsOffset,
        _ => {
            let name = r_to_str(number, if machine == Machine::X86_64 { EM_X86_64 } else { EM_AARCH64 });
            let prefix = if name.starts_with("R_") { "" } else { "R_" };
            return Err(format!("unsupported relocation type {prefix}{name} ({number})"));
        }
    })
}

impl RelocationTables {
    /// Finds the tables. Gives one more than the largest symbol index in them, too.
    pub(super) fn parse(
        bytes: &[u8],
        dynamic: &Dynamic,
        segments: &Segments,
    ) -> Result<(RelocationTables, u32), ImageError> {
        let rela = table("DT_RELA", dynamic.rela, dynamic.rela_size, ENTRY, segments)?;
        if dynamic.rela_entry.is_some_and(|size| size != ENTRY) {
            return Err(ImageError::Dynamic("DT_RELAENT is not 24"));
        }
        let plt = table("DT_JMPREL", dynamic.plt, dynamic.plt_size, ENTRY, segments)?;
        if !plt.is_empty() && dynamic.plt_kind != Some(PLT_RELA) {
            return Err(ImageError::Dynamic("DT_PLTREL is not DT_RELA"));
        }
        let relr = table("DT_RELR", dynamic.relr, dynamic.relr_size, WORD, segments)?;
        if dynamic.relr_entry.is_some_and(|size| size != WORD) {
            return Err(ImageError::Dynamic("DT_RELRENT is not 8"));
        }
        let tables = RelocationTables { machine: segments.machine, rela, plt, relr };
        let mut used = 0;
        for (table, range) in [("DT_RELA", &tables.rela), ("DT_JMPREL", &tables.plt)] {
            for (index, relocation) in tables.read(bytes, range).enumerate() {
                let wrong = |target, problem| ImageError::Relocation { table, index, target, problem };
                let relocation = relocation.map_err(|(target, problem)| wrong(target, problem))?;
                if relocation.kind != Kind::Nothing {
                    check_target(relocation.target, segments)
                        .map_err(|problem| wrong(relocation.target, problem.to_owned()))?;
                }
                used = used.max(relocation.symbol.saturating_add(1));
            }
        }
        tables.check_relr(bytes, segments)?;
        Ok((tables, used))
    }

    fn check_relr(&self, bytes: &[u8], segments: &Segments) -> Result<(), ImageError> {
        let mut begun = false;
        let entries = bytes.get(self.relr.clone()).unwrap_or_default().as_chunks::<8>().0;
        for (index, entry) in entries.iter().enumerate() {
            let word = u64::from_le_bytes(*entry);
            if word & 1 != 0 && !begun {
                let problem = "a bitmap without an address before it".to_owned();
                return Err(ImageError::Relocation { table: "DT_RELR", index, target: word, problem });
            }
            begun = true;
        }
        let mut wrong = Ok(());
        self.each_relr(bytes, |target| {
            if wrong.is_ok()
                && let Err(problem) = check_target(target, segments)
            {
                wrong = Err(ImageError::Relocation { table: "DT_RELR", index: 0, target, problem: problem.to_owned() });
            }
        });
        wrong
    }

    /// All entries with addends.
    pub(crate) fn entries<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Relocation> + 'a {
        [&self.rela, &self.plt].into_iter().flat_map(|range| self.read(bytes, range)).flatten()
    }

    fn read<'a>(
        &'a self,
        bytes: &'a [u8],
        range: &Range<usize>,
    ) -> impl Iterator<Item = Result<Relocation, (u64, String)>> + 'a {
        let entries = bytes.get(range.clone()).unwrap_or_default().as_chunks::<{ ENTRY as usize }>().0;
        entries.iter().map(|entry| {
            let word = |at| u64_at(entry, at).unwrap_or(0);
            let (target, info) = (word(0), word(8));
            let kind = kind(self.machine, info as u32).map_err(|problem| (target, problem))?;
            Ok(Relocation { target, kind, symbol: (info >> 32) as u32, addend: word(16).cast_signed() })
        })
    }

    /// The places of `DT_RELR`: each holds an address to which the library's place is added.
    pub(crate) fn each_relr(&self, bytes: &[u8], mut visit: impl FnMut(u64)) {
        let mut next = 0u64;
        for entry in bytes.get(self.relr.clone()).unwrap_or_default().as_chunks::<8>().0 {
            let word = u64::from_le_bytes(*entry);
            if word & 1 == 0 {
                visit(word);
                next = word.wrapping_add(WORD);
            } else {
                let mut bits = word >> 1;
                while bits != 0 {
                    visit(next.wrapping_add(u64::from(bits.trailing_zeros()) * WORD));
                    bits &= bits - 1;
                }
                next = next.wrapping_add(63 * WORD);
            }
        }
    }
}

fn check_target(target: u64, segments: &Segments) -> Result<(), &'static str> {
    if segments.writable(target, WORD) {
        Ok(())
    } else if segments.holds(target, WORD) {
        Err("its target is in a read-only segment")
    } else {
        Err("its target is outside the library")
    }
}

fn table(
    table: &'static str,
    address: Option<u64>,
    size: Option<u64>,
    entry: u64,
    segments: &Segments,
) -> Result<Range<usize>, ImageError> {
    let Some(address) = address else { return Ok(0..0) };
    let wrong = |problem| ImageError::Table { table, address, problem };
    let size = size.ok_or_else(|| wrong("the dynamic section does not say its size"))?;
    if size == 0 {
        return Ok(0..0);
    }
    if size % entry != 0 {
        return Err(wrong("its size is not a multiple of its entries'"));
    }
    segments.file_range(address, size).ok_or_else(|| wrong("runs out of its segment"))
}
