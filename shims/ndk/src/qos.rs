//! `libqos.so`: the priority of threads. It is kept and told; the host's scheduler decides.

use crate::boundary::put;
use crate::library::{Export, exports};
use std::cell::Cell;
use std::ffi::c_int;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_QoS_SetThreadQoS: "kept and told, without effect on the host's scheduler",
    OH_QoS_ResetThreadQoS,
    OH_QoS_GetThreadQoS,
];

/// `QOS_USER_INTERACTIVE`; the least is 0.
const MOST: c_int = 5;

thread_local! {
    static LEVEL: Cell<Option<c_int>> = const { Cell::new(None) };
}

extern "C" fn OH_QoS_SetThreadQoS(level: c_int) -> c_int {
    if !(0..=MOST).contains(&level) {
        return -1;
    }
    LEVEL.set(Some(level));
    0
}

extern "C" fn OH_QoS_ResetThreadQoS() -> c_int {
    LEVEL.set(None);
    0
}

/// Fails for a thread that has none.
///
/// # Safety
/// As in C: `out` may be written.
unsafe extern "C" fn OH_QoS_GetThreadQoS(out: *mut c_int) -> c_int {
    let Some(level) = LEVEL.get() else { return -1 };
    // SAFETY: by the contract of the function.
    if unsafe { put(out, level) } { 0 } else { -1 }
}
