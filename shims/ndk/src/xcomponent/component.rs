//! `OH_NativeXComponent`: what native code knows of one component.

use super::events::{KeyEvent, MouseEvent, TouchEvent};
use super::frames::Beats;
use crate::graphics::window::Window;
use std::ffi::{c_char, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};

const MAGIC: u32 = u32::from_be_bytes(*b"XCMP");

/// A function that is called with the component and its window.
pub(super) type Handler = unsafe extern "C" fn(*const NativeXComponent, *const c_void);
/// A function that is called at each frame with the component and two times in nanoseconds.
pub(super) type FrameHandler = unsafe extern "C" fn(*const NativeXComponent, u64, u64);

/// `OH_NativeXComponent_Callback`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct Callbacks {
    pub(super) created: Option<Handler>,
    pub(super) changed: Option<Handler>,
    pub(super) destroyed: Option<Handler>,
    pub(super) touch: Option<Handler>,
}

/// `OH_NativeXComponent_MouseEvent_Callback`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct MouseCallbacks {
    pub(super) mouse: Option<Handler>,
    pub(super) hover: Option<unsafe extern "C" fn(*const NativeXComponent, bool)>,
}

/// What of a component changes.
pub(super) struct State {
    /// What the page calls the component.
    pub(super) id: String,
    /// Null before the surface is there and after it is gone.
    pub(super) window: *const Window,
    /// In px.
    pub(super) size: (u64, u64),
    /// In px of the window of the app.
    pub(super) offset: (f64, f64),
    /// The guest's own, as on the platform: it may change its members later.
    pub(super) callbacks: *const Callbacks,
    pub(super) mouse_callbacks: *const MouseCallbacks,
    pub(super) focus: Option<Handler>,
    pub(super) blur: Option<Handler>,
    pub(super) key: Option<Handler>,
    pub(super) show: Option<Handler>,
    pub(super) hide: Option<Handler>,
    pub(super) frame: Option<FrameHandler>,
    pub(super) beats: Beats,
    pub(super) touch: TouchEvent,
    pub(super) mouse: MouseEvent,
}

// SAFETY: the pointers are the guest's, and windows; any thread may have both.
unsafe impl Send for State {}

/// `OH_NativeXComponent`. Guests keep pointers to it wherever they like, so it is never freed: it is small, and its window goes with
/// the surface.
#[repr(C)]
pub(super) struct NativeXComponent {
    magic: u32,
    state: Mutex<State>,
    /// The last key; guests get its address.
    pub(super) key_event: KeyEvent,
}

impl NativeXComponent {
    /// A component without a surface.
    pub(super) fn new(beats: Beats) -> &'static NativeXComponent {
        let state = State {
            id: String::new(),
            window: std::ptr::null(),
            size: (0, 0),
            offset: (0.0, 0.0),
            callbacks: std::ptr::null(),
            mouse_callbacks: std::ptr::null(),
            focus: None,
            blur: None,
            key: None,
            show: None,
            hide: None,
            frame: None,
            beats,
            touch: TouchEvent::default(),
            mouse: MouseEvent::default(),
        };
        let key_event = KeyEvent::default();
        Box::leak(Box::new(NativeXComponent { magic: MAGIC, state: Mutex::new(state), key_event }))
    }

    /// What a guest holds, if it is a component.
    ///
    /// # Safety
    /// The pointer is null, or the guest got it from us.
    pub(super) unsafe fn of_guest(component: *const NativeXComponent) -> Option<&'static NativeXComponent> {
        // SAFETY: by the contract of the function; none is ever freed.
        unsafe { component.as_ref() }.filter(|component| component.magic == MAGIC)
    }

    /// Its state. Not to be held while the guest is called.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The functions that the guest has registered.
    pub(super) fn callbacks(&self) -> Callbacks {
        let registered = self.state().callbacks;
        // SAFETY: null, or what the guest says is there as long as the component is.
        if registered.is_null() { Callbacks::default() } else { unsafe { registered.read() } }
    }

    /// The functions for mice that the guest has registered.
    pub(super) fn mouse_callbacks(&self) -> MouseCallbacks {
        let registered = self.state().mouse_callbacks;
        // SAFETY: as above.
        if registered.is_null() { MouseCallbacks::default() } else { unsafe { registered.read() } }
    }

    /// Copies the id, with a zero behind it. Returns its length, `None` when there is no room.
    ///
    /// # Safety
    /// So many bytes may be written.
    pub(super) unsafe fn write_id(&self, out: *mut c_char, size: usize) -> Option<u64> {
        let state = self.state();
        let id = state.id.as_bytes();
        if out.is_null() || id.len() >= size {
            return None;
        }
        // SAFETY: by the contract of the function; the text and its zero have room.
        unsafe {
            out.cast::<u8>().copy_from_nonoverlapping(id.as_ptr(), id.len());
            out.add(id.len()).write(0);
        }
        Some(id.len() as u64)
    }
}
