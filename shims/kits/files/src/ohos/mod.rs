//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;

pub(crate) mod file;
mod zlib;

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&file::fs::MODULES, &file::MODULES, &zlib::MODULES];
