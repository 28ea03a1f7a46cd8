//! Opening app packages: `.hap`, `.hsp`, `.app`, unpacked folders; verifying their signatures; saying what they need.
#![forbid(unsafe_code)]

mod archive;
mod bytes;
mod contents;
mod error;
mod folder;
pub mod info;
mod package;
mod set;
mod signature;

pub use bytes::Bytes;
pub use error::PackageError;
pub use package::{HostFile, Options, Package};
pub use set::PackageSet;
pub use signature::{Signature, Signed, Trust};
