//! Why something cannot be linked.

use crate::ImageError;

/// Why something cannot be linked. The texts are what `dlerror` gives to guests, in the words that the platform's C library uses.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No source and no system library has it.
    #[error("Error loading shared library {name}: No such file or directory{needed_by}")]
    NotFound {
        /// The library.
        name: String,
        /// ` (needed by libfoo.so)`, or nothing.
        needed_by: String,
    },
    /// `RTLD_NOLOAD`.
    #[error("Library {name} is not already loaded")]
    NotLoaded {
        /// The library.
        name: String,
    },
    /// The file cannot be read or mapped.
    #[error("Error loading shared library {name}: {error}")]
    Unreadable {
        /// The library.
        name: String,
        /// What the host says.
        error: std::io::Error,
    },
    /// The file is no library, or a damaged one.
    #[error("Error loading shared library {name}: Exec format error: {error}")]
    Refused {
        /// The library.
        name: String,
        /// What is wrong with it.
        error: ImageError,
    },
    /// The library is for another processor.
    #[error(
        "Error loading shared library {name}: Exec format error: built for arm64, and this processor is x86_64; the package needs libs/x86_64"
    )]
    Processor {
        /// The library.
        name: String,
    },
    /// A relocation or an initialiser makes no sense.
    #[error("Error relocating {name}: {problem}")]
    Relocation {
        /// The library.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// No library that the request reaches has the symbol.
    #[error("Symbol not found: {name}")]
    SymbolNotFound {
        /// The symbol.
        name: String,
    },
    /// A guest passes a handle that is not open.
    #[error("Invalid library handle {handle:#x}")]
    BadHandle {
        /// The handle.
        handle: usize,
    },
    /// More libraries than any app has.
    #[error("Error loading shared library {name}: more than {limit} libraries are loaded")]
    TooMany {
        /// The library.
        name: String,
        /// How many there may be.
        limit: usize,
    },
}
