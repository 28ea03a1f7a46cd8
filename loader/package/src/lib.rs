//! Opening app packages: `.hap`, `.hsp`, `.app`, unpacked folders; verifying their signatures; saying what they need.
#![forbid(unsafe_code)]

mod bytes;
mod error;
mod package;
mod set;

pub use bytes::Bytes;
pub use error::PackageError;
pub use package::Package;
pub use set::PackageSet;
