//! `@ohos:file.*`.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial, stub};

mod chooser;
pub(crate) mod fs;
mod hash;
mod shares;
mod volumes;

pub(crate) static MODULES: [FaceModule; 10] = [
    hash::MODULE,
    shares::ENVIRONMENT,
    shares::SHARES,
    volumes::STATISTICS,
    volumes::STATVFS,
    face("@ohos:file.securityLabel", include_str!("securityLabel.js"), &[full("*")]),
    face("@ohos:file.fileuri", include_str!("fileuri.js"), &[full("fileUri.*")]),
    chooser::MODULE,
    face(
        "@ohos:file.picker",
        include_str!("picker.js"),
        &[
            full("picker.*"),
            partial("picker.DocumentViewPicker.getSelectedIndex", "always -1: desktops add no suffix by themselves"),
            partial("picker.DocumentSelectOptions.selectMode", "MIXED chooses files"),
            partial("picker.DocumentSelectOptions.authMode", "without effect: people are asked for files as usual"),
            partial("picker.DocumentSelectOptions.multiAuthMode", "without effect"),
            partial("picker.DocumentSelectOptions.multiUriArray", "without effect"),
            partial("picker.DocumentSelectOptions.isEncryptionSupported", "without effect"),
            partial("picker.DocumentSaveOptions.pickerMode", "DOWNLOAD asks for a folder, and gives the folder"),
        ],
    ),
    face(
        "@ohos:file.photoAccessHelper",
        include_str!("photoAccessHelper.js"),
        &[
            partial("photoAccessHelper.PhotoViewPicker", "the desktop's dialog for files"),
            full("photoAccessHelper.PhotoSelectResult"),
            partial("photoAccessHelper.PhotoSelectOptions", "kind and number decide, the rest is without effect"),
            partial("photoAccessHelper.BaseSelectOptions", "kind and number decide, the rest is without effect"),
            full("photoAccessHelper.PhotoViewMIMETypes"),
            full("photoAccessHelper.RecommendationType"),
            full("photoAccessHelper.PhotoType"),
            stub("photoAccessHelper.getPhotoAccessHelper"),
        ],
    ),
];
