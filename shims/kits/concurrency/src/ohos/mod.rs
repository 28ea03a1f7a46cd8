//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;
use concord_runtime::face::{face, full, partial, stub};

static FACES: [FaceModule; 2] = [
    face(
        "@ohos:taskpool",
        include_str!("taskpool.js"),
        &[
            full("*"),
            partial("taskpool", "tasks run one after another on the calling thread"),
            partial("taskpool.isConcurrent", "every function counts as concurrent"),
        ],
    ),
    face("@ohos:worker", include_str!("worker.js"), &[full("ThreadWorkerPriority"), stub("worker.ThreadWorker")]),
];

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&FACES];
