//! `@ohos:file.*`.

use concord_runtime::FaceModule;

use crate::face::{face, full};

pub(super) mod fs;

pub(super) static MODULES: [FaceModule; 1] =
    [face("@ohos:file.fileuri", include_str!("fileuri.js"), &[full("fileUri.*")])];
