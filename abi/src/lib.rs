//! What HarmonyOS looks like from outside: file formats, instruction set, names and numbers.
//!
//! Nothing here does I/O or decides policy: every parser takes bytes and gives borrowed views or a typed error that
//! names the offset. All of it is total: no input makes it panic or use unbounded time or memory.
#![forbid(unsafe_code)]

pub mod abc;
#[cfg(any(test, feature = "asm"))]
pub mod asm;
pub mod hap;
pub mod isa;
pub mod request;
