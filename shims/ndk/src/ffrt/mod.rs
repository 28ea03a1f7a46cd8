//! `libffrt.z.so`: tasks with dependencies, queues, timers and locks. Tasks run on threads of the host: one that waits holds its thread, and
//! others get new ones.

mod attr;
mod pool;
mod queue;
mod sync;
mod task;

use crate::library::{Export, exports};
use attr::*;
use queue::*;
use sync::*;
use task::*;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    ffrt_task_attr_init,
    ffrt_task_attr_destroy,
    ffrt_task_attr_set_name,
    ffrt_task_attr_get_name,
    ffrt_task_attr_set_qos: "kept, without effect on the host's scheduler",
    ffrt_task_attr_get_qos,
    ffrt_task_attr_set_delay,
    ffrt_task_attr_get_delay,
    ffrt_task_attr_set_queue_priority,
    ffrt_task_attr_get_queue_priority,
    ffrt_task_attr_set_stack_size: "kept, without effect: stacks have 2 MB",
    ffrt_task_attr_get_stack_size,
    ffrt_this_task_update_qos: "kept, without effect on the host's scheduler",
    ffrt_this_task_get_qos,
    ffrt_this_task_get_id,
    ffrt_alloc_auto_managed_function_storage_base,
    ffrt_submit_base,
    ffrt_submit_h_base,
    ffrt_submit_f,
    ffrt_submit_h_f,
    ffrt_task_handle_inc_ref,
    ffrt_task_handle_dec_ref,
    ffrt_task_handle_destroy,
    ffrt_wait_deps,
    ffrt_wait,
    ffrt_queue_attr_init,
    ffrt_queue_attr_destroy,
    ffrt_queue_attr_set_qos: "kept, without effect on the host's scheduler",
    ffrt_queue_attr_get_qos,
    ffrt_queue_attr_set_timeout: "kept, tasks that take longer are not reported",
    ffrt_queue_attr_get_timeout,
    ffrt_queue_attr_set_callback: "kept, tasks that take longer are not reported",
    ffrt_queue_attr_get_callback,
    ffrt_queue_attr_set_max_concurrency,
    ffrt_queue_attr_get_max_concurrency,
    ffrt_queue_attr_set_thread_mode,
    ffrt_queue_attr_get_thread_mode,
    ffrt_queue_create,
    ffrt_queue_destroy,
    ffrt_queue_submit,
    ffrt_queue_submit_h,
    ffrt_queue_submit_f,
    ffrt_queue_submit_h_f,
    ffrt_queue_wait = ffrt_task_wait,
    ffrt_queue_cancel,
    ffrt_get_current_queue,
    ffrt_timer_start,
    ffrt_timer_stop,
    ffrt_usleep,
    ffrt_yield,
    ffrt_mutexattr_init,
    ffrt_mutexattr_settype,
    ffrt_mutexattr_gettype,
    ffrt_mutexattr_destroy = ffrt_mutexattr_init,
    ffrt_mutex_init,
    ffrt_mutex_lock = libc::pthread_mutex_lock,
    ffrt_mutex_unlock = libc::pthread_mutex_unlock,
    ffrt_mutex_trylock = libc::pthread_mutex_trylock,
    ffrt_mutex_destroy = libc::pthread_mutex_destroy,
    ffrt_rwlock_init,
    ffrt_rwlock_wrlock = libc::pthread_rwlock_wrlock,
    ffrt_rwlock_trywrlock = libc::pthread_rwlock_trywrlock,
    ffrt_rwlock_rdlock = libc::pthread_rwlock_rdlock,
    ffrt_rwlock_tryrdlock = libc::pthread_rwlock_tryrdlock,
    ffrt_rwlock_unlock = libc::pthread_rwlock_unlock,
    ffrt_rwlock_destroy = libc::pthread_rwlock_destroy,
    ffrt_cond_init,
    ffrt_cond_signal = libc::pthread_cond_signal,
    ffrt_cond_broadcast = libc::pthread_cond_broadcast,
    ffrt_cond_wait = libc::pthread_cond_wait,
    ffrt_cond_timedwait = libc::pthread_cond_timedwait,
    ffrt_cond_destroy = libc::pthread_cond_destroy,
];

/// `ffrt_success`
const OK: std::ffi::c_int = 0;
/// `ffrt_error`
const ERROR: std::ffi::c_int = -1;
/// `ffrt_error_inval`
const INVALID: std::ffi::c_int = libc::EINVAL;
/// `ffrt_qos_default`
const QOS_DEFAULT: std::ffi::c_int = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::c_void;
    use std::ptr::{null, null_mut};
    use std::sync::Mutex;

    /// What the tasks of a test have done, in order, and what a task adds to it.
    struct Note(&'static Mutex<Vec<u32>>, u32);

    unsafe extern "C" fn note(data: *mut c_void) {
        // SAFETY: the tests pass boxes of this type, once.
        let Note(log, number) = *unsafe { Box::from_raw(data.cast::<Note>()) };
        std::thread::sleep(std::time::Duration::from_millis(u64::from(10 / (number + 1))));
        log.lock().expect("a log").push(number);
    }

    fn noting(log: &'static Mutex<Vec<u32>>, number: u32) -> *mut c_void {
        Box::into_raw(Box::new(Note(log, number))).cast()
    }

    fn data(item: &u64) -> Dependence {
        Dependence { kind: 0, item: (&raw const *item).cast() }
    }

    #[test]
    fn tasks_wait_for_what_they_depend_on() {
        static LOG: Mutex<Vec<u32>> = Mutex::new(Vec::new());
        let (a, b) = (1, 2);
        let (on_a, on_b) = ([data(&a)], [data(&b)]);
        let deps = |items: &[Dependence]| Dependences { count: items.len() as u32, items: items.as_ptr() };
        // SAFETY: dependences are there, tasks get what they take.
        unsafe {
            ffrt_submit_f(Some(note), noting(&LOG, 0), null(), &deps(&on_a), null());
            ffrt_submit_f(Some(note), noting(&LOG, 1), &deps(&on_a), &deps(&on_b), null());
            let last = ffrt_submit_h_f(Some(note), noting(&LOG, 2), &deps(&on_b), null(), null());
            let on_task = [Dependence { kind: 1, item: last.cast_const().cast() }];
            ffrt_submit_f(Some(note), noting(&LOG, 3), &deps(&on_task), &deps(&on_a), null());
            ffrt_wait_deps(&deps(&on_a));
            assert_eq!(*LOG.lock().expect("a log"), [0, 1, 2, 3]);
            ffrt_task_handle_destroy(last);
        }
        ffrt_wait();
    }

    #[test]
    fn serial_queues_keep_order_and_priorities() {
        static LOG: Mutex<Vec<u32>> = Mutex::new(Vec::new());
        // SAFETY: the queue is alive until destroyed, tasks get what they take.
        unsafe {
            let queue = ffrt_queue_create(0, c"test".as_ptr(), null());
            let gate = ffrt_queue_submit_h_f(queue, Some(note), noting(&LOG, 0), null());
            let mut attr = std::mem::zeroed();
            ffrt_task_attr_init(&mut attr);
            ffrt_queue_submit_f(queue, Some(note), noting(&LOG, 1), &attr);
            ffrt_task_attr_set_queue_priority(&mut attr, 0);
            ffrt_queue_submit_f(queue, Some(note), noting(&LOG, 2), &attr);
            ffrt_task_attr_set_delay(&mut attr, 3_600_000_000);
            let never = ffrt_queue_submit_h_f(queue, Some(note), noting(&LOG, 9), &attr);
            assert_eq!(ffrt_queue_cancel(never), OK);
            assert_eq!(ffrt_queue_cancel(never), 1, "it is already");
            ffrt_task_attr_destroy(&mut attr);
            let last = ffrt_queue_submit_h_f(queue, Some(note), noting(&LOG, 3), null());
            ffrt_task_wait(last);
            assert_eq!(*LOG.lock().expect("a log"), [0, 2, 1, 3]);
            for handle in [gate, never, last] {
                ffrt_task_handle_destroy(handle);
            }
            ffrt_queue_destroy(queue);
            assert!(ffrt_queue_create(7, null(), null()).is_null(), "no such kind");
            assert_eq!(ffrt_queue_cancel(null_mut()), INVALID);
        }
    }
}
