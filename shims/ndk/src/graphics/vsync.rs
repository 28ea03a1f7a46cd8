//! `libnative_vsync.so`: callbacks at the beats of a display with 60 frames a second, on a thread of their own.

use super::buffer::{INVALID_ARGUMENTS, OK, UNKNOWN};
use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use std::ffi::{c_char, c_int, c_longlong, c_uint, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::time::Duration;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeVSync_Create,
    OH_NativeVSync_Create_ForAssociatedWindow: "all windows have the same beat",
    OH_NativeVSync_Destroy,
    OH_NativeVSync_RequestFrame,
    OH_NativeVSync_RequestFrameWithMultiCallback,
    OH_NativeVSync_GetPeriod,
    OH_NativeVSync_DVSyncSwitch: "without effect",
    OH_NativeVSync_SetExpectedFrameRateRange: "checked, without effect: 60 frames a second",
];

/// Time from beat to beat, in nanoseconds.
const PERIOD: u64 = 16_666_667;
/// Callbacks that one receiver may have waiting.
const MOST_CALLBACKS: usize = 1000;

/// `OH_NativeVSync_FrameCallback`: time of the beat in nanoseconds, data.
type Callback = unsafe extern "C" fn(c_longlong, *mut c_void);

/// One call that was asked for.
struct Call {
    callback: Callback,
    data: *mut c_void,
}

// SAFETY: the guest asks for calls on another thread, with data that it says may be used there.
unsafe impl Send for Call {}

/// `OH_NativeVSync`.
pub(crate) struct Receiver {
    waiting: Mutex<Vec<Call>>,
    destroyed: AtomicBool,
}

impl Receiver {
    /// Makes the calls that were asked for before this beat.
    fn beat(&self, time: c_longlong) {
        let calls = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for call in calls {
            if !self.destroyed.load(Ordering::Acquire) {
                // SAFETY: the guest says that this is a callback with such data.
                unsafe { (call.callback)(time, call.data) };
            }
        }
    }
}

/// Time of `CLOCK_MONOTONIC` in nanoseconds.
pub(crate) fn now() -> u64 {
    let time = nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC);
    time.map_or(0, |time| time.tv_sec().cast_unsigned() * 1_000_000_000 + time.tv_nsec().cast_unsigned())
}

/// The thread that beats; it sleeps while nobody waits.
fn thread() -> Option<&'static mpsc::Sender<Arc<Receiver>>> {
    static THREAD: OnceLock<Option<mpsc::Sender<Arc<Receiver>>>> = OnceLock::new();
    let start = || {
        let (sender, requests) = mpsc::channel::<Arc<Receiver>>();
        let run = move || {
            while let Ok(first) = requests.recv() {
                let beat = (now() / PERIOD + 1) * PERIOD;
                std::thread::sleep(Duration::from_nanos(beat.saturating_sub(now())));
                // What callbacks ask for is for the next beat. A receiver with several requests has none left the second time.
                let due: Vec<_> = std::iter::once(first).chain(requests.try_iter()).collect();
                for receiver in due {
                    receiver.beat(beat.cast_signed());
                }
            }
        };
        std::thread::Builder::new().name("VSync".to_owned()).spawn(run).ok().map(|_| sender)
    };
    THREAD.get_or_init(start).as_ref()
}

extern "C" fn OH_NativeVSync_Create(name: *const c_char, _length: c_uint) -> *mut Receiver {
    guarded("OH_NativeVSync_Create", null_mut(), || {
        if name.is_null() {
            return null_mut();
        }
        let receiver = Receiver { waiting: Mutex::default(), destroyed: AtomicBool::new(false) };
        Arc::into_raw(Arc::new(receiver)).cast_mut()
    })
}

extern "C" fn OH_NativeVSync_Create_ForAssociatedWindow(
    _window: u64,
    name: *const c_char,
    length: c_uint,
) -> *mut Receiver {
    OH_NativeVSync_Create(name, length)
}

/// # Safety
/// As in C: the receiver is alive, and not used again.
unsafe extern "C" fn OH_NativeVSync_Destroy(receiver: *mut Receiver) {
    guarded("OH_NativeVSync_Destroy", (), || {
        if receiver.is_null() {
            return;
        }
        // SAFETY: by the contract of the function; it came from an `Arc`.
        let receiver = unsafe { Arc::from_raw(receiver.cast_const()) };
        receiver.destroyed.store(true, Ordering::Release);
    });
}

/// # Safety
/// As in C: the receiver is alive.
unsafe fn request(receiver: *mut Receiver, callback: Option<Callback>, data: *mut c_void, alone: bool) -> c_int {
    guarded("OH_NativeVSync_RequestFrame", UNKNOWN, || {
        let (false, Some(callback)) = (receiver.is_null(), callback) else { return INVALID_ARGUMENTS };
        // SAFETY: by the contract of the function; it came from an `Arc`, which the guest keeps.
        let receiver = unsafe {
            Arc::increment_strong_count(receiver.cast_const());
            Arc::from_raw(receiver.cast_const())
        };
        let Some(thread) = thread() else { return UNKNOWN };
        {
            let mut waiting = receiver.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if alone {
                waiting.clear();
            }
            if waiting.len() >= MOST_CALLBACKS {
                return UNKNOWN;
            }
            waiting.push(Call { callback, data });
        }
        if thread.send(receiver).is_ok() { OK } else { UNKNOWN }
    })
}

/// # Safety
/// As in C: the receiver is alive.
unsafe extern "C" fn OH_NativeVSync_RequestFrame(
    receiver: *mut Receiver,
    callback: Option<Callback>,
    data: *mut c_void,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { request(receiver, callback, data, true) }
}

/// # Safety
/// As in C: the receiver is alive.
unsafe extern "C" fn OH_NativeVSync_RequestFrameWithMultiCallback(
    receiver: *mut Receiver,
    callback: Option<Callback>,
    data: *mut c_void,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { request(receiver, callback, data, false) }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_NativeVSync_GetPeriod(receiver: *const Receiver, out: *mut c_longlong) -> c_int {
    // SAFETY: by the contract of the function.
    if !receiver.is_null() && unsafe { put(out, PERIOD.cast_signed()) } { OK } else { INVALID_ARGUMENTS }
}

extern "C" fn OH_NativeVSync_DVSyncSwitch(receiver: *const Receiver, _on: bool) -> c_int {
    if receiver.is_null() { INVALID_ARGUMENTS } else { OK }
}

/// `OH_NativeVSync_ExpectedRateRange`.
#[repr(C)]
struct RateRange {
    least: i32,
    most: i32,
    expected: i32,
}

/// # Safety
/// As in C: the range is there.
unsafe extern "C" fn OH_NativeVSync_SetExpectedFrameRateRange(
    receiver: *const Receiver,
    range: *const RateRange,
) -> c_int {
    // SAFETY: by the contract of the function.
    let range = unsafe { range.as_ref() };
    let sensible = range.is_some_and(|range| {
        (0..=range.most).contains(&range.least) && (range.least..=range.most).contains(&range.expected)
    });
    if receiver.is_null() || !sensible { INVALID_ARGUMENTS } else { OK }
}

#[cfg(test)]
mod tests {
    use super::*;

    unsafe extern "C" fn send(time: c_longlong, data: *mut c_void) {
        // SAFETY: the test passes a sender that is never freed.
        let sender = unsafe { &*data.cast::<mpsc::Sender<c_longlong>>() };
        let _ = sender.send(time);
    }

    #[test]
    fn frames_come_at_beats() {
        let (sender, times) = mpsc::channel::<c_longlong>();
        // The thread may still be in its last call when the test is over.
        let data = Box::into_raw(Box::new(sender)).cast::<c_void>();
        let receiver = OH_NativeVSync_Create(c"test".as_ptr(), 4);
        // SAFETY: the receiver is alive until destroyed, and nothing is asked for after the last answer.
        unsafe {
            assert_eq!(OH_NativeVSync_RequestFrame(receiver, Some(send), data), OK);
            let first = times.recv().expect("a beat");
            assert_eq!(OH_NativeVSync_RequestFrame(receiver, Some(send), data), OK);
            let second = times.recv().expect("a beat");
            assert!(second > first);
            assert_eq!(first % PERIOD.cast_signed(), 0);
            assert_eq!(OH_NativeVSync_RequestFrame(receiver, None, data), INVALID_ARGUMENTS);
            OH_NativeVSync_Destroy(receiver);
        }
    }
}
