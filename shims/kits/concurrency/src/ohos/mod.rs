//! The modules, one face each; the path mirrors the foreign name. Their leaves are in `worker` and `pool`.

use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial};

mod arkts;

const ONE_THREAD: &str = "queues of the same name are one queue within a thread only";

static THREADS: [FaceModule; 2] = [
    FaceModule {
        request: "@ohos:taskpool",
        source: include_str!("taskpool.js"),
        natives: crate::pool::NATIVES,
        apis: &[
            full("*"),
            partial("taskpool.SequenceRunner.constructor", ONE_THREAD),
            partial("taskpool.AsyncRunner.constructor", ONE_THREAD),
            partial("taskpool.Task.setCloneList", "sendable objects are shared all the same"),
            partial("taskpool.LongTask", "the pool sets no limit of three minutes for other tasks"),
        ],
    },
    FaceModule {
        request: "@ohos:worker",
        source: include_str!("worker.js"),
        natives: crate::worker::NATIVES,
        apis: &[
            full("*"),
            partial("worker.ThreadWorker.postMessage", "sendable objects are shared, not copied"),
            partial("WorkerOptions.priority", "checked; all workers have the same priority"),
            partial("WorkerOptions.shared", "checked; no worker is shared"),
        ],
    },
];

/// Everything.
pub(crate) fn families() -> impl Iterator<Item = &'static FaceModule> {
    THREADS.iter().chain(&arkts::MODULES)
}
