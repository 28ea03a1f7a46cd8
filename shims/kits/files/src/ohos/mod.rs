//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial};

pub(crate) mod file;
mod zlib;

static OLDER: [FaceModule; 1] = [face(
    "@ohos:fileio",
    include_str!("fileio.js"),
    &[
        full("*"),
        partial("fileIO.mkdir", "the mode is that of @ohos.file.fs"),
        partial("fileIO.open", "the mode of a new file is that of @ohos.file.fs"),
        partial("fileIO.Stat", "without dev, nlink, rdev and blocks"),
    ],
)];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&file::fs::MODULES, &file::MODULES, &zlib::MODULES, &OLDER];
