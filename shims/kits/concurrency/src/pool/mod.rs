//! The task pool: `queue.rs` is the order of tasks, `schedule.rs` which thread runs what, `thread.rs` a thread of the pool, `job.rs` a
//! task on its way, `leaves.rs` what `@ohos:taskpool` calls.

mod job;
mod leaves;
mod queue;
mod schedule;
mod thread;

pub(crate) use leaves::NATIVES;
