//! Attributes of tasks and queues: they lie in memory of the guest's, laid out as we like.

use super::{ERROR, OK, QOS_DEFAULT};
use crate::boundary::{allocated, bytes, guarded};
use std::ffi::{c_char, c_int, c_void};

/// `ffrt_queue_priority_low`
pub(super) const PRIORITY_DEFAULT: c_int = 2;

/// `ffrt_task_attr_t`, which has 128 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct TaskAttr {
    pub(super) qos: c_int,
    pub(super) priority: c_int,
    /// Microseconds.
    pub(super) delay: u64,
    stack_size: u64,
    name: *mut c_char,
    rest: [u64; 12],
}

/// `ffrt_queue_attr_t`, which has 128 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct QueueAttr {
    qos: c_int,
    pub(super) concurrency: c_int,
    /// Microseconds.
    timeout: u64,
    callback: *mut c_void,
    thread_mode: bool,
    rest: [u64; 12],
}

const _: () = assert!(size_of::<TaskAttr>() == 128 && size_of::<QueueAttr>() == 128);

impl Default for TaskAttr {
    fn default() -> TaskAttr {
        TaskAttr {
            qos: QOS_DEFAULT,
            priority: PRIORITY_DEFAULT,
            delay: 0,
            stack_size: 1 << 20,
            name: std::ptr::null_mut(),
            rest: [0; 12],
        }
    }
}

impl TaskAttr {
    /// What a guest gave, or what it did not give.
    ///
    /// # Safety
    /// `attr` is null or was initialised.
    pub(super) unsafe fn of(attr: *const TaskAttr) -> TaskAttr {
        // SAFETY: by the contract of the function.
        unsafe { attr.as_ref() }.copied().unwrap_or_default()
    }
}

/// # Safety
/// As in C: the attributes are null or may be written.
pub(super) unsafe extern "C" fn ffrt_task_attr_init(attr: *mut TaskAttr) -> c_int {
    // SAFETY: by the contract of the function.
    if unsafe { crate::boundary::put(attr, TaskAttr::default()) } { OK } else { ERROR }
}

/// # Safety
/// As in C: the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_task_attr_destroy(attr: *mut TaskAttr) {
    // SAFETY: by the contract of the function; the name came from `malloc`, or is null.
    unsafe {
        if let Some(attr) = attr.as_mut() {
            libc::free(attr.name.cast());
            *attr = TaskAttr::default();
        }
    }
}

/// # Safety
/// As in C: the attributes were initialised, the name ends with zero.
pub(super) unsafe extern "C" fn ffrt_task_attr_set_name(attr: *mut TaskAttr, name: *const c_char) {
    guarded("ffrt_task_attr_set_name", (), || {
        // SAFETY: by the contract of the function.
        let (attr, name) = unsafe { (attr.as_mut(), bytes(name)) };
        if let (Some(attr), Some(name)) = (attr, name) {
            // SAFETY: it came from `malloc`, or is null.
            unsafe { libc::free(attr.name.cast()) };
            attr.name = allocated(name.to_bytes());
        }
    });
}

/// # Safety
/// As in C: the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_task_attr_get_name(attr: *const TaskAttr) -> *const c_char {
    // SAFETY: by the contract of the function.
    unsafe { attr.as_ref() }.map_or(std::ptr::null(), |attr| attr.name)
}

/// # Safety
/// As in C: the attributes are null or may be written.
pub(super) unsafe extern "C" fn ffrt_queue_attr_init(attr: *mut QueueAttr) -> c_int {
    let initial = QueueAttr {
        qos: QOS_DEFAULT,
        concurrency: 1,
        timeout: 0,
        callback: std::ptr::null_mut(),
        thread_mode: false,
        rest: [0; 12],
    };
    // SAFETY: by the contract of the function.
    if unsafe { crate::boundary::put(attr, initial) } { OK } else { ERROR }
}

/// # Safety
/// As in C: the attributes are null or were initialised.
pub(super) unsafe extern "C" fn ffrt_queue_attr_destroy(attr: *mut QueueAttr) {
    // SAFETY: by the contract of the function.
    unsafe { ffrt_queue_attr_init(attr) };
}

/// Makes the functions that read and write a member.
macro_rules! members {
    ($object:ty; $($set:ident $get:ident $member:ident $type:ty, $none:expr;)*) => { $(
        /// # Safety
        /// As in C: the attributes are null or were initialised.
        pub(super) unsafe extern "C" fn $set(attr: *mut $object, value: $type) {
            // SAFETY: by the contract of the function.
            if let Some(attr) = unsafe { attr.as_mut() } {
                attr.$member = value;
            }
        }

        /// # Safety
        /// As in C: the attributes are null or were initialised.
        pub(super) unsafe extern "C" fn $get(attr: *const $object) -> $type {
            // SAFETY: by the contract of the function.
            unsafe { attr.as_ref() }.map_or($none, |attr| attr.$member)
        }
    )* };
}

members! { TaskAttr;
    ffrt_task_attr_set_qos ffrt_task_attr_get_qos qos c_int, QOS_DEFAULT;
    ffrt_task_attr_set_delay ffrt_task_attr_get_delay delay u64, 0;
    ffrt_task_attr_set_queue_priority ffrt_task_attr_get_queue_priority priority c_int, PRIORITY_DEFAULT;
    ffrt_task_attr_set_stack_size ffrt_task_attr_get_stack_size stack_size u64, 0;
}

members! { QueueAttr;
    ffrt_queue_attr_set_qos ffrt_queue_attr_get_qos qos c_int, QOS_DEFAULT;
    ffrt_queue_attr_set_timeout ffrt_queue_attr_get_timeout timeout u64, 0;
    ffrt_queue_attr_set_callback ffrt_queue_attr_get_callback callback *mut c_void, std::ptr::null_mut();
    ffrt_queue_attr_set_max_concurrency ffrt_queue_attr_get_max_concurrency concurrency c_int, 0;
    ffrt_queue_attr_set_thread_mode ffrt_queue_attr_get_thread_mode thread_mode bool, false;
}
