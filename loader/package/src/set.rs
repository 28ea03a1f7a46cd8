//! Several packages of one bundle.

use crate::{Package, PackageError};
use std::path::PathBuf;

/// The packages of one bundle that are loaded together: entry, features, HSPs, tests.
#[derive(Debug)]
pub struct PackageSet {}

impl PackageSet {
    /// Opens `.hap`, `.hsp`, `.app` files and unpacked folders, and checks that they belong together.
    pub fn open(_paths: &[PathBuf]) -> Result<PackageSet, PackageError> {
        Err(PackageError::new(std::path::Path::new(""), "not yet"))
    }
    /// Bundle name.
    pub fn bundle_name(&self) -> &str {
        ""
    }
    /// All packages, in the order given.
    pub fn packages(&self) -> &[Package] {
        &[]
    }
    /// The package of a module.
    pub fn module(&self, _name: &str) -> Option<&Package> {
        None
    }
    /// The package that a run starts from: the entry module, else the first.
    pub fn entry(&self) -> &Package {
        unreachable!()
    }
}
