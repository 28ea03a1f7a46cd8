//! A library as a file: everything that is read from it is checked here, before anything is mapped.

/// A library that was read and found consistent. `B` holds the bytes of the file.
#[derive(Clone, Debug)]
pub struct Image<B> {
    #[expect(dead_code, reason = "the interface comes first")]
    bytes: B,
}

/// Processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// `EM_X86_64`.
    X86_64,
    /// `EM_AARCH64`: read and described, not loaded.
    Aarch64,
}

/// A symbol that a library takes from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Import<'a> {
    /// Its name.
    pub name: &'a str,
    /// A weak import is null when nobody supplies it.
    pub weak: bool,
}

/// Why a file is no library that can be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Not an ELF file.
    #[error("not an ELF file")]
    NotElf,
}

impl<B: AsRef<[u8]>> Image<B> {
    /// Reads a library and checks it whole.
    pub fn parse(_bytes: B) -> Result<Image<B>, ImageError> {
        Err(ImageError::NotElf)
    }

    /// The processor that it is for.
    pub fn machine(&self) -> Machine {
        Machine::X86_64
    }

    /// `DT_SONAME`.
    pub fn soname(&self) -> Option<&str> {
        None
    }

    /// `DT_NEEDED`, in order.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// What it takes from others.
    pub fn imports(&self) -> impl Iterator<Item = Import<'_>> {
        std::iter::empty()
    }

    /// Names that it offers to others.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}
