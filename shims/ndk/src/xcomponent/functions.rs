//! `OH_NativeXComponent_…` of `libace_ndk.z.so`.

use super::component::{Callbacks, FrameHandler, Handler, MouseCallbacks, NativeXComponent};
use super::events::{KeyEvent, MouseEvent, TouchData};
use super::frames;
use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::Ordering::Relaxed;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeXComponent_GetXComponentId,
    OH_NativeXComponent_GetXComponentSize,
    OH_NativeXComponent_GetXComponentOffset,
    OH_NativeXComponent_GetTouchEvent,
    OH_NativeXComponent_GetTouchPointToolType,
    OH_NativeXComponent_GetTouchPointTiltX: "0",
    OH_NativeXComponent_GetTouchPointTiltY = OH_NativeXComponent_GetTouchPointTiltX: "0",
    OH_NativeXComponent_GetTouchPointWindowX,
    OH_NativeXComponent_GetTouchPointWindowY,
    OH_NativeXComponent_GetTouchPointDisplayX,
    OH_NativeXComponent_GetTouchPointDisplayY,
    OH_NativeXComponent_GetTouchEventSourceType,
    OH_NativeXComponent_GetHistoricalPoints: "none",
    OH_NativeXComponent_GetMouseEvent,
    OH_NativeXComponent_RegisterCallback,
    OH_NativeXComponent_RegisterMouseEventCallback,
    OH_NativeXComponent_RegisterFocusEventCallback,
    OH_NativeXComponent_RegisterBlurEventCallback,
    OH_NativeXComponent_RegisterKeyEventCallback,
    OH_NativeXComponent_GetKeyEvent,
    OH_NativeXComponent_GetKeyEventAction,
    OH_NativeXComponent_GetKeyEventCode,
    OH_NativeXComponent_GetKeyEventSourceType,
    OH_NativeXComponent_GetKeyEventDeviceId,
    OH_NativeXComponent_GetKeyEventTimestamp,
    OH_NativeXComponent_RegisterSurfaceShowCallback,
    OH_NativeXComponent_RegisterSurfaceHideCallback,
    OH_NativeXComponent_SetExpectedFrameRateRange: "checked, without effect: 60 frames a second",
    OH_NativeXComponent_RegisterOnFrameCallback,
    OH_NativeXComponent_UnregisterOnFrameCallback,
];

const SUCCESS: c_int = 0;
const FAILED: c_int = -1;
const BAD_PARAMETER: c_int = -2;

/// Runs a function of a component.
///
/// # Safety
/// As for [`NativeXComponent::of_guest`].
unsafe fn with(
    component: *const NativeXComponent,
    name: &'static str,
    work: impl FnOnce(&'static NativeXComponent) -> Result<(), c_int>,
) -> c_int {
    // SAFETY: by the contract of the function.
    let component = unsafe { NativeXComponent::of_guest(component) };
    guarded(name, FAILED, || {
        let done = component.ok_or(BAD_PARAMETER).and_then(work);
        done.err().unwrap_or(SUCCESS)
    })
}

/// Writes a result, which the guest must want.
///
/// # Safety
/// `out` is null or may be written.
unsafe fn give<T>(out: *mut T, value: T) -> Result<(), c_int> {
    // SAFETY: by the contract of the function.
    if unsafe { put(out, value) } { Ok(()) } else { Err(BAD_PARAMETER) }
}

/// Whether a window is the component's: what is asked for with another one fails.
fn own(component: &NativeXComponent, window: *const c_void) -> Result<(), c_int> {
    if window.is_null() {
        return Err(BAD_PARAMETER);
    }
    if component.state().window.cast() == window { Ok(()) } else { Err(FAILED) }
}

/// # Safety
/// As in C: the component is one, `id` has room for as many bytes as `size` says, which gets the length.
unsafe extern "C" fn OH_NativeXComponent_GetXComponentId(
    component: *const NativeXComponent,
    id: *mut c_char,
    size: *mut u64,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetXComponentId", |component| {
            let room = size.as_ref().copied().ok_or(BAD_PARAMETER)?;
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            give(size, component.write_id(id, room).ok_or(BAD_PARAMETER)?)
        })
    }
}

/// # Safety
/// As in C: the component is one, results may be written.
unsafe extern "C" fn OH_NativeXComponent_GetXComponentSize(
    component: *const NativeXComponent,
    window: *const c_void,
    width: *mut u64,
    height: *mut u64,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetXComponentSize", |component| {
            own(component, window)?;
            let size = component.state().size;
            give(width, size.0)?;
            give(height, size.1)
        })
    }
}

/// # Safety
/// As in C: the component is one, results may be written.
unsafe extern "C" fn OH_NativeXComponent_GetXComponentOffset(
    component: *const NativeXComponent,
    window: *const c_void,
    x: *mut f64,
    y: *mut f64,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetXComponentOffset", |component| {
            own(component, window)?;
            let offset = component.state().offset;
            give(x, offset.0)?;
            give(y, offset.1)
        })
    }
}

/// # Safety
/// As in C: the component is one, the result may be written.
unsafe extern "C" fn OH_NativeXComponent_GetTouchEvent(
    component: *const NativeXComponent,
    window: *const c_void,
    out: *mut TouchData,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetTouchEvent", |component| {
            own(component, window)?;
            let touch = component.state().touch.data;
            give(out, touch)
        })
    }
}

/// # Safety
/// As in C: the component is one, the result may be written.
unsafe extern "C" fn OH_NativeXComponent_GetMouseEvent(
    component: *const NativeXComponent,
    window: *const c_void,
    out: *mut MouseEvent,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetMouseEvent", |component| {
            own(component, window)?;
            let mouse = component.state().mouse;
            give(out, mouse)
        })
    }
}

/// Functions that tell one thing of a point of the last touch.
macro_rules! of_points {
    ($($name:ident($type:ty) = |$touch:ident, $point:ident| $value:expr;)*) => { $(
        /// # Safety
        /// As in C: the component is one, the result may be written.
        unsafe extern "C" fn $name(component: *const NativeXComponent, point: u32, out: *mut $type) -> c_int {
            // SAFETY: by the contract of the function.
            unsafe {
                with(component, stringify!($name), |component| {
                    let ($touch, $point) = (component.state().touch, point);
                    give(out, Option::<$type>::ok_or($value, BAD_PARAMETER)?)
                })
            }
        }
    )* };
}

of_points! {
    OH_NativeXComponent_GetTouchPointToolType(i32) = |touch, point| touch.has(point).then_some(touch.tool);
    OH_NativeXComponent_GetTouchPointTiltX(f32) = |touch, point| touch.has(point).then_some(0.0);
    OH_NativeXComponent_GetTouchPointWindowX(f32) = |touch, point| touch.in_window(point).map(|place| place.0);
    OH_NativeXComponent_GetTouchPointWindowY(f32) = |touch, point| touch.in_window(point).map(|place| place.1);
    OH_NativeXComponent_GetTouchPointDisplayX(f32) = |touch, point| touch.on_display(point).map(|place| place.0);
    OH_NativeXComponent_GetTouchPointDisplayY(f32) = |touch, point| touch.on_display(point).map(|place| place.1);
}

/// All fingers are of one device, so the finger does not matter.
///
/// # Safety
/// As in C: the component is one, the result may be written.
unsafe extern "C" fn OH_NativeXComponent_GetTouchEventSourceType(
    component: *const NativeXComponent,
    _finger: i32,
    out: *mut i32,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetTouchEventSourceType", |component| {
            let source = component.state().touch.source;
            give(out, source)
        })
    }
}

/// # Safety
/// As in C: the component is one, results may be written.
unsafe extern "C" fn OH_NativeXComponent_GetHistoricalPoints(
    component: *const NativeXComponent,
    window: *const c_void,
    count: *mut i32,
    points: *mut *mut c_void,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_GetHistoricalPoints", |component| {
            own(component, window)?;
            give(count, 0)?;
            give(points, std::ptr::null_mut())
        })
    }
}

/// The functions for the surface and for touches. The guest keeps the table, as on the platform.
///
/// # Safety
/// As in C: the component is one, the table stays as long as it does.
unsafe extern "C" fn OH_NativeXComponent_RegisterCallback(
    component: *const NativeXComponent,
    callbacks: *const Callbacks,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_RegisterCallback", |component| {
            component.state().callbacks = if callbacks.is_null() { return Err(BAD_PARAMETER) } else { callbacks };
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the component is one, the table stays as long as it does.
unsafe extern "C" fn OH_NativeXComponent_RegisterMouseEventCallback(
    component: *const NativeXComponent,
    callbacks: *const MouseCallbacks,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_RegisterMouseEventCallback", |component| {
            component.state().mouse_callbacks = if callbacks.is_null() { return Err(BAD_PARAMETER) } else { callbacks };
            Ok(())
        })
    }
}

/// Functions that register one function.
macro_rules! registrations {
    ($($name:ident => $field:ident;)*) => { $(
        /// # Safety
        /// As in C: the component is one.
        unsafe extern "C" fn $name(component: *const NativeXComponent, handler: Option<Handler>) -> c_int {
            // SAFETY: by the contract of the function.
            unsafe {
                with(component, stringify!($name), |component| {
                    component.state().$field = Some(handler.ok_or(BAD_PARAMETER)?);
                    Ok(())
                })
            }
        }
    )* };
}

registrations! {
    OH_NativeXComponent_RegisterFocusEventCallback => focus;
    OH_NativeXComponent_RegisterBlurEventCallback => blur;
    OH_NativeXComponent_RegisterKeyEventCallback => key;
    OH_NativeXComponent_RegisterSurfaceShowCallback => show;
    OH_NativeXComponent_RegisterSurfaceHideCallback => hide;
}

/// The event is the component's own, which changes with the next key.
///
/// # Safety
/// As in C: the component is one, the result may be written.
unsafe extern "C" fn OH_NativeXComponent_GetKeyEvent(
    component: *const NativeXComponent,
    out: *mut *const KeyEvent,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(component, "OH_NativeXComponent_GetKeyEvent", |component| give(out, &raw const component.key_event)) }
}

/// Functions that read a key event.
macro_rules! of_keys {
    ($($name:ident($type:ty) => $field:ident;)*) => { $(
        /// # Safety
        /// As in C: the event is a component's, the result may be written.
        unsafe extern "C" fn $name(event: *const KeyEvent, out: *mut $type) -> c_int {
            // SAFETY: by the contract of the function; components are never freed.
            let value = unsafe { event.as_ref() }.map(|event| event.$field.load(Relaxed));
            // SAFETY: by the contract of the function.
            if value.is_some_and(|value| unsafe { put(out, value) }) { SUCCESS } else { BAD_PARAMETER }
        }
    )* };
}

of_keys! {
    OH_NativeXComponent_GetKeyEventAction(i32) => action;
    OH_NativeXComponent_GetKeyEventCode(i32) => code;
    OH_NativeXComponent_GetKeyEventSourceType(i32) => source;
    OH_NativeXComponent_GetKeyEventDeviceId(i64) => device;
    OH_NativeXComponent_GetKeyEventTimestamp(i64) => time;
}

/// `OH_NativeXComponent_ExpectedRateRange`.
#[repr(C)]
struct RateRange {
    least: i32,
    most: i32,
    expected: i32,
}

/// # Safety
/// As in C: the component is one, the range is there.
unsafe extern "C" fn OH_NativeXComponent_SetExpectedFrameRateRange(
    component: *const NativeXComponent,
    range: *const RateRange,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_SetExpectedFrameRateRange", |_| {
            let RateRange { least, most, expected } = range.as_ref().ok_or(BAD_PARAMETER)?;
            let sensible = (0..=*most).contains(least) && (*expected == 0 || (least..=most).contains(&expected));
            if sensible { Ok(()) } else { Err(BAD_PARAMETER) }
        })
    }
}

/// # Safety
/// As in C: the component is one.
unsafe extern "C" fn OH_NativeXComponent_RegisterOnFrameCallback(
    component: *const NativeXComponent,
    handler: Option<FrameHandler>,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_RegisterOnFrameCallback", |component| {
            component.state().frame = Some(handler.ok_or(BAD_PARAMETER)?);
            frames::start(component);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the component is one.
unsafe extern "C" fn OH_NativeXComponent_UnregisterOnFrameCallback(component: *const NativeXComponent) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(component, "OH_NativeXComponent_UnregisterOnFrameCallback", |component| {
            component.state().frame = None;
            Ok(())
        })
    }
}
