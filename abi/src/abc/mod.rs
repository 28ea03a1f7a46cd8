//! The Ark bytecode container (`.abc`), versions 0.0.0.2 to 24.0.0.0.
//!
//! [`AbcFile::parse`] checks the header and the indexes; everything else is read when asked for, borrowing from the
//! file. Nothing panics on any input, and work is bounded by the size of the file.
//!
//! Facts: openharmony/docs `arkts-bytecode-file-format`, openharmony/arkcompiler_runtime_core `docs/file_format.md`
//! and `libpandafile`, openharmony/arkcompiler_ets_runtime `jspandafile`; measured on compiled files.
//!
//! Offsets (`u32`) are file offsets everywhere, so that an error or a listing can name the place.

mod code;
mod debug;
mod disasm;
mod error;
mod file;
mod item;
mod literal;
mod module;
mod reader;
mod string;

pub use code::{Code, TryBlock};
pub use debug::{DebugInfo, LineEntry};
#[cfg(any(test, feature = "asm"))]
pub(crate) use disasm::{IdRole, id_role};
pub use disasm::{disassemble, function_name};
pub use error::{AbcError, AbcErrorKind};
pub use file::{AbcFile, Version};
pub use item::{Annotation, AnnotationElement, AnnotationValue, Class, Field, FunctionKind, Method};
pub use literal::Literal;
pub use module::{Import, IndirectExport, LocalExport, ModuleRecord, Record};
pub use string::JsString;
