//! The `uv_loop_t` of a thread of the app: it runs within the thread's own loop.

use super::host;
use concord_ability::event_loop::{EmbeddedLoop, EventLoop};
use concord_engine::Context;
use std::ffi::{c_int, c_uint, c_void};
use std::os::fd::BorrowedFd;
use std::rc::Rc;
use std::time::Duration;

type OfLoop = unsafe extern "C" fn(*mut c_void) -> c_int;

/// `UV_RUN_NOWAIT`
const NO_WAIT: c_uint = 2;

/// A loop. It lives as long as the process, because nobody knows when the guest has forgotten its address.
struct UvLoop {
    address: *mut c_void,
    descriptor: c_int,
    run: unsafe extern "C" fn(*mut c_void, c_uint) -> c_int,
    alive: OfLoop,
    timeout: OfLoop,
    update_time: unsafe extern "C" fn(*mut c_void),
}

/// A function of the host's libuv, by its prototype.
macro_rules! uv {
    ($name:literal as $prototype:ty) => {
        // SAFETY: this is what the function is in `uv.h`.
        host::function($name).map(|address| unsafe { std::mem::transmute::<usize, $prototype>(address) })
    };
}

impl UvLoop {
    fn new() -> Option<UvLoop> {
        let size = uv!("uv_loop_size" as unsafe extern "C" fn() -> usize)?;
        let init = uv!("uv_loop_init" as OfLoop)?;
        let descriptor = uv!("uv_backend_fd" as OfLoop)?;
        // SAFETY: it only answers a number.
        let words = unsafe { size() }.div_ceil(size_of::<u64>());
        let address = Box::leak(vec![0_u64; words].into_boxed_slice()).as_mut_ptr().cast::<c_void>();
        // SAFETY: there is room for a loop, aligned as C's allocator would.
        let code = unsafe { init(address) };
        if code != 0 {
            tracing::warn!("libuv.so: no loop for the app: error {code}");
            return None;
        }
        Some(UvLoop {
            address,
            // SAFETY: the loop was made above.
            descriptor: unsafe { descriptor(address) },
            run: uv!("uv_run" as unsafe extern "C" fn(*mut c_void, c_uint) -> c_int)?,
            alive: uv!("uv_loop_alive" as OfLoop)?,
            timeout: uv!("uv_backend_timeout" as OfLoop)?,
            update_time: uv!("uv_update_time" as unsafe extern "C" fn(*mut c_void))?,
        })
    }
}

impl EmbeddedLoop for UvLoop {
    fn descriptor(&self) -> BorrowedFd<'_> {
        // SAFETY: the loop keeps it open as long as it lives.
        unsafe { BorrowedFd::borrow_raw(self.descriptor) }
    }

    fn timeout(&self) -> Option<Duration> {
        // SAFETY: the loop lives, and this is its thread.
        let millis = unsafe {
            (self.update_time)(self.address);
            (self.timeout)(self.address)
        };
        u64::try_from(millis).ok().map(Duration::from_millis)
    }

    fn is_alive(&self) -> bool {
        // SAFETY: as above.
        unsafe { (self.alive)(self.address) != 0 }
    }

    fn turn(&self, context: &Context) {
        // SAFETY: as above. Callbacks are the guest's, which promises that they do not unwind.
        unsafe { (self.run)(self.address, NO_WAIT) };
        context.drain_microtasks();
    }
}

/// The loop of the thread that `context` belongs to, made when it is first asked for; null when the host has no libuv.
pub(crate) fn of_context(context: &Context) -> *mut c_void {
    if let Some(known) = context.host_data::<UvLoop>() {
        return known.address;
    }
    let Some(event_loop) = EventLoop::of(context) else { return std::ptr::null_mut() };
    let Some(made) = UvLoop::new() else { return std::ptr::null_mut() };
    let address = made.address;
    let made = Rc::new(made);
    context.set_host_data(Rc::clone(&made));
    event_loop.embed(made);
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use concord_ability::event_loop::{Clock, Ended, RunLimits};
    use std::cell::Cell;

    thread_local! {
        static FIRED: Cell<u32> = const { Cell::new(0) };
    }

    unsafe extern "C" fn fire(_timer: *mut c_void) {
        FIRED.set(FIRED.get() + 1);
    }

    unsafe extern "C" fn work(_request: *mut c_void) {}

    unsafe extern "C" fn done(_request: *mut c_void, status: c_int) {
        assert_eq!(status, 0);
        FIRED.set(FIRED.get() + 10);
    }

    #[test]
    fn timers_and_work_of_libuv_run_on_the_apps_loop() {
        let Some(queue) = uv!("uv_queue_work"
            as unsafe extern "C" fn(
                *mut c_void,
                *mut c_void,
                unsafe extern "C" fn(*mut c_void),
                unsafe extern "C" fn(*mut c_void, c_int),
            ) -> c_int)
        else {
            eprintln!("skipped: {}", super::super::HOST.remedy);
            return;
        };
        let init = uv!("uv_timer_init" as unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int).expect("libuv");
        let start =
            uv!("uv_timer_start"
                as unsafe extern "C" fn(*mut c_void, unsafe extern "C" fn(*mut c_void), u64, u64) -> c_int)
            .expect("libuv");
        let Ok(context) = Context::new() else {
            eprintln!("skipped: no JavaScriptCore");
            return;
        };
        let event_loop = EventLoop::new(&context, Clock::Virtual).expect("a loop");
        let uv = of_context(&context);
        assert!(!uv.is_null());
        assert_eq!(of_context(&context), uv, "one for a context");
        // `uv_timer_t` has 152 bytes, `uv_work_t` 128.
        let (mut timer, mut request) = ([0_u64; 19], [0_u64; 16]);
        // SAFETY: handle and request are large enough and outlive the loop's use of them.
        unsafe {
            assert_eq!(init(uv, timer.as_mut_ptr().cast()), 0);
            assert_eq!(start(timer.as_mut_ptr().cast(), fire, 5, 0), 0);
            assert_eq!(queue(uv, request.as_mut_ptr().cast(), work, done), 0);
        }
        assert!(!event_loop.is_idle());
        let limits = RunLimits { until_idle: true, ..RunLimits::default() };
        assert!(matches!(event_loop.run(&context, limits), Ok(Ended::Idle)));
        assert_eq!(FIRED.get(), 11);
    }
}
