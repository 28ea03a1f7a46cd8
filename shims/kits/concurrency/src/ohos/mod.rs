//! The modules, one face each; the path mirrors the foreign name. Their leaves are in `worker` and `pool`.

use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial};

mod arkts;

static THREADS: [FaceModule; 2] = [
    FaceModule {
        request: "@ohos:taskpool",
        source: include_str!("taskpool.js"),
        natives: crate::pool::NATIVES,
        apis: &[
            full("*"),
            partial(
                "taskpool.SequenceRunner.constructor",
                "queues of the same name are one queue within a thread only",
            ),
        ],
    },
    FaceModule {
        request: "@ohos:worker",
        source: include_str!("worker.js"),
        natives: crate::worker::NATIVES,
        apis: &[
            full("*"),
            partial("WorkerOptions.priority", "checked; all workers have the same priority"),
            partial("WorkerOptions.shared", "checked; no worker is shared"),
        ],
    },
];

/// Everything.
pub(crate) fn families() -> impl Iterator<Item = &'static FaceModule> {
    THREADS.iter().chain(&arkts::MODULES)
}
