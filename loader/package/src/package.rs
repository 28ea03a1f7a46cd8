//! One package: a `.hap` or `.hsp` file, or a folder with the same content.

use crate::{Bytes, PackageError};
use concord_abi::hap::{ModuleJson, PackInfo, PkgContextInfo};
use std::path::Path;

/// An opened package. Nothing of it is unpacked to disk; entries are read when asked for.
#[derive(Debug)]
pub struct Package {}

impl Package {
    /// Opens a `.hap`, `.hsp` or unpacked folder. For `.app` files see [`crate::PackageSet`].
    pub fn open(path: &Path) -> Result<Package, PackageError> {
        Err(PackageError::new(path, "not yet"))
    }
    /// Where it came from: a file, a folder, or `file.app!/entry.hap`.
    pub fn path(&self) -> &Path {
        Path::new("")
    }
    /// `module.json`.
    pub fn module(&self) -> &ModuleJson {
        unreachable!()
    }
    /// `pkgContextInfo.json`; present when import requests are normalized.
    pub fn pkg_context(&self) -> Option<&PkgContextInfo> {
        None
    }
    /// `pack.info`.
    pub fn pack_info(&self) -> Option<&PackInfo> {
        None
    }
    /// Paths of all entries, in package order, e.g. `ets/modules.abc`.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
    /// Whether there is an entry of this path.
    pub fn contains(&self, _entry: &str) -> bool {
        false
    }
    /// Bytes of an entry; `Ok(None)` when there is none of this path.
    pub fn read(&self, _entry: &str) -> Result<Option<Bytes>, PackageError> {
        Ok(None)
    }
    /// `ets/modules.abc`, checked to be dynamic Ark bytecode.
    pub fn abc(&self) -> Result<Option<Bytes>, PackageError> {
        Ok(None)
    }
    /// A file under `resources/rawfile`, by its path there.
    pub fn raw_file(&self, _path: &str) -> Result<Option<Bytes>, PackageError> {
        Ok(None)
    }
    /// Names of files and folders directly under a folder of `resources/rawfile` (`""` is the top).
    pub fn raw_files(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }
    /// Page paths (`pages/Index`), first one first.
    pub fn pages(&self) -> Result<Vec<String>, PackageError> {
        Ok(Vec::new())
    }
    /// Native libraries for an ABI (`x86_64`, `arm64-v8a`, `armeabi-v7a`): file names such as `libentry.so`.
    pub fn libraries(&self, _abi: &str) -> Vec<&str> {
        Vec::new()
    }
}
