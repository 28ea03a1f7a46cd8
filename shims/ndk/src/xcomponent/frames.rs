//! Calls at the frames of the display, on the main thread.

use super::component::NativeXComponent;
use concord_ability::event_loop::{EventLoop, Remote};
use concord_engine::Context;
use concord_napi::Env;
use std::cell::Cell;
use std::ffi::c_void;
use std::rc::Rc;
use std::time::Duration;

/// Time from frame to frame, in nanoseconds.
const PERIOD: u64 = 16_666_667;

/// Whether a component's frames are counted, and the way to who counts them.
pub(super) struct Beats {
    main_loop: Option<Remote>,
    runs: bool,
}

impl Beats {
    /// None yet.
    pub(super) fn new(main_loop: Option<Remote>) -> Beats {
        Beats { main_loop, runs: false }
    }
}

/// Has the component told of frames from now on, as long as it has a function for them and a surface. Any thread may ask.
pub(super) fn start(component: &'static NativeXComponent) {
    let mut state = component.state();
    if state.beats.runs || state.frame.is_none() || state.window.is_null() {
        return;
    }
    let Some(main_loop) = state.beats.main_loop.clone() else { return };
    state.beats.runs = main_loop.post(move |_, event_loop| {
        repeat(component, event_loop);
        Ok(())
    });
}

fn repeat(component: &'static NativeXComponent, event_loop: &EventLoop) {
    let timer = Rc::new(Cell::new(0));
    let own = Rc::clone(&timer);
    timer.set(event_loop.every(Duration::from_nanos(PERIOD), move |context| {
        if !beat(component, context)
            && let Some(event_loop) = EventLoop::of(context)
        {
            event_loop.clear_timer(own.get());
        }
        Ok(())
    }));
}

/// One frame. False when there is nobody to tell any more.
fn beat(component: &'static NativeXComponent, context: &Context) -> bool {
    let told = {
        let mut state = component.state();
        let told = state.frame.filter(|_| !state.window.is_null());
        state.beats.runs = told.is_some();
        told
    };
    let Some(told) = told else { return false };
    let now = crate::graphics::vsync::now();
    let arguments = [std::ptr::from_ref(component) as usize, now as usize, (now + PERIOD) as usize, 0];
    // SAFETY: the guest has registered it as a function with these arguments.
    unsafe { Env::of(context).call_guest(told as *const c_void, arguments, |_| ()) };
    true
}
