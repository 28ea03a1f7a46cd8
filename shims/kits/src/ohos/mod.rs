//! The modules, one file each; the path mirrors the foreign name (`@ohos:util.json` is `util/json.js`). A face that needs
//! leaves has a `.rs` file beside it; faces without leaves are listed in the file of their family or here.

use concord_runtime::FaceModule;

use crate::face::{face, full};

mod buffer;
mod containers;
mod file;
mod process;
mod uri;
mod url;
mod util;

static SHARED: [FaceModule; 4] = [
    face("@concord:kits", include_str!("../common.js"), &[]),
    face("@ohos:util.json", include_str!("util/json.js"), &[full("json.*")]),
    face("@ohos:util.stream", include_str!("util/stream.js"), &[full("stream.*")]),
    face(
        "@ohos:base",
        include_str!("base.js"),
        &[full("BusinessError.*"), full("Callback"), full("AsyncCallback"), full("ErrorCallback")],
    ),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[
    &SHARED,
    &util::MODULES,
    &containers::MODULES,
    &buffer::MODULES,
    &url::MODULES,
    &uri::MODULES,
    &process::MODULES,
    &file::fs::MODULES,
];
