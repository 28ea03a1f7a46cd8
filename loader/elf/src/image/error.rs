//! What can be wrong with a file.

/// Why a file is no library that can be loaded. It says where in the file; [`crate::LinkError`] adds the name of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// The first four bytes are others.
    #[error("not an ELF file")]
    NotElf,
    /// The file is shorter than it says.
    #[error("the file ends inside its {0}")]
    Truncated(&'static str),
    /// Another class, byte order or version.
    #[error("{0}; libraries are 64-bit little-endian ELF files")]
    Format(&'static str),
    /// Another processor.
    #[error("built for {0}; libraries are for x86_64 or aarch64")]
    Machine(String),
    /// An executable, an object file, a core dump.
    #[error("its type is {0}, not ET_DYN: it is no shared library")]
    Type(&'static str),
    /// The table of program headers.
    #[error("program headers: {0}")]
    Headers(&'static str),
    /// One program header.
    #[error("program header {index} (address {address:#x}): {problem}")]
    Segment {
        /// Its position in the table.
        index: usize,
        /// `p_vaddr`.
        address: u64,
        /// What is wrong.
        problem: &'static str,
    },
    /// An entry of the dynamic section, or its absence.
    #[error("dynamic section: {0}")]
    Dynamic(&'static str),
    /// A table that the dynamic section points to.
    #[error("{table} at {address:#x}: {problem}")]
    Table {
        /// The tag in the dynamic section.
        table: &'static str,
        /// Address in the file's own terms.
        address: u64,
        /// What is wrong.
        problem: &'static str,
    },
    /// A relocation.
    #[error("relocation {index} of {table}, for {target:#x}: {problem}")]
    Relocation {
        /// `DT_RELA`, `DT_JMPREL` or `DT_RELR`.
        table: &'static str,
        /// Position in it.
        index: usize,
        /// What it would change.
        target: u64,
        /// What is wrong.
        problem: String,
    },
}
