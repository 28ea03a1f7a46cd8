//! `libnative_window.so`: windows that native code draws into, which are queues of buffers.

use super::buffer::{
    self, Buffer, INVALID_ARGUMENTS, INVALID_OPERATION, NO_BUFFER, OK, UNKNOWN, UNSUPPORTED, close_fence,
};
use super::queue::Queue;
use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use concord_elf::{VaList, variadic};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::{Arc, Mutex, PoisonError};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeWindow_DestroyNativeWindow,
    OH_NativeWindow_CreateNativeWindowFromSurfaceId,
    OH_NativeWindow_CreateNativeWindowBufferFromNativeBuffer,
    OH_NativeWindow_DestroyNativeWindowBuffer,
    OH_NativeWindow_NativeWindowRequestBuffer,
    OH_NativeWindow_NativeWindowFlushBuffer: "the whole picture counts, not the region",
    OH_NativeWindow_NativeWindowAbortBuffer,
    OH_NativeWindow_GetLastFlushedBuffer: "the matrix is the identity",
    OH_NativeWindow_GetLastFlushedBufferV2 = OH_NativeWindow_GetLastFlushedBuffer: "the matrix is the identity",
    OH_NativeWindow_NativeWindowHandleOpt: "times of frames and brightness are without effect",
    OH_NativeWindow_GetBufferHandleFromNative,
    OH_NativeWindow_NativeObjectReference,
    OH_NativeWindow_NativeObjectUnreference,
    OH_NativeWindow_GetNativeObjectMagic: "numbers of our own",
    OH_NativeWindow_NativeWindowSetScalingMode: "kept, without effect",
    OH_NativeWindow_NativeWindowSetScalingModeV2: "kept, without effect",
    OH_NativeWindow_GetSurfaceId,
    OH_NativeWindow_SetBufferHold: "without effect",
    OH_NativeWindow_SetColorSpace: "kept, without effect",
    OH_NativeWindow_GetColorSpace,
    OH_NativeWindow_CleanCache,
    OH_NativeWindow_PreAllocBuffers,
    OH_NativeWindow_LockBuffer,
    OH_NativeWindow_UnlockAndFlushBuffer,
];

const MAGIC: u32 = u32::from_be_bytes(*b"WIND");

/// `OHNativeWindow`.
#[repr(C)]
pub(crate) struct Window {
    magic: u32,
    pub(crate) queue: Arc<Queue>,
    framework: Mutex<CString>,
    locked: Mutex<Option<Arc<Buffer>>>,
}

impl Window {
    /// A window that draws into a queue, as guests hold it.
    pub(crate) fn for_guest(queue: Arc<Queue>) -> *mut Window {
        let window = Window { magic: MAGIC, queue, framework: Mutex::default(), locked: Mutex::default() };
        Arc::into_raw(Arc::new(window)).cast_mut()
    }

    /// What a guest holds, if it is a window.
    ///
    /// # Safety
    /// `window` is null or an object of native windows that the guest holds.
    pub(crate) unsafe fn of_guest<'a>(window: *const Window) -> Option<&'a Window> {
        // SAFETY: by the contract of the function; all such objects begin with a number.
        let magic = unsafe { window.cast::<u32>().as_ref() }?;
        // SAFETY: it is one, as it says itself.
        (*magic == MAGIC).then(|| unsafe { &*window })
    }
}

/// Runs a function of a window.
///
/// # Safety
/// As for [`Window::of_guest`].
unsafe fn with(window: *const Window, name: &'static str, f: impl FnOnce(&Window) -> Result<(), c_int>) -> c_int {
    guarded(name, UNKNOWN, || {
        // SAFETY: by the contract of the function.
        match unsafe { Window::of_guest(window) } {
            Some(window) => f(window).err().unwrap_or(OK),
            None => INVALID_ARGUMENTS,
        }
    })
}

/// Writes a result, which the guest must want.
///
/// # Safety
/// `out` is null or may be written.
unsafe fn give<T>(out: *mut T, value: T) -> Result<(), c_int> {
    // SAFETY: by the contract of the function.
    if unsafe { put(out, value) } { Ok(()) } else { Err(INVALID_ARGUMENTS) }
}

/// # Safety
/// As in C: the guest holds the window, and gives it up.
unsafe extern "C" fn OH_NativeWindow_DestroyNativeWindow(window: *mut Window) {
    // SAFETY: by the contract of the function.
    unsafe { OH_NativeWindow_NativeObjectUnreference(window.cast::<c_void>()) };
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_NativeWindow_CreateNativeWindowFromSurfaceId(surface: u64, out: *mut *mut Window) -> c_int {
    guarded("OH_NativeWindow_CreateNativeWindowFromSurfaceId", UNKNOWN, || {
        let Some(queue) = Queue::by_id(surface).filter(|_| !out.is_null()) else { return INVALID_ARGUMENTS };
        // SAFETY: by the contract of the function.
        unsafe { put(out, Window::for_guest(queue)) };
        OK
    })
}

/// # Safety
/// As in C: the guest holds the buffer.
unsafe extern "C" fn OH_NativeWindow_CreateNativeWindowBufferFromNativeBuffer(buffer: *mut Buffer) -> *mut Buffer {
    // SAFETY: by the contract of the function.
    unsafe { Buffer::of_guest(buffer) }.map_or(null_mut(), Buffer::into_guest)
}

/// # Safety
/// As in C: the guest holds the buffer, and gives it up.
unsafe extern "C" fn OH_NativeWindow_DestroyNativeWindowBuffer(buffer: *mut Buffer) {
    // SAFETY: by the contract of the function.
    guarded("OH_NativeWindow_DestroyNativeWindowBuffer", (), || unsafe {
        Buffer::release(buffer);
    });
}

/// The buffer stays the queue's; the guest takes no reference.
///
/// # Safety
/// As in C: the guest holds the window, results may be written.
unsafe extern "C" fn OH_NativeWindow_NativeWindowRequestBuffer(
    window: *mut Window,
    out: *mut *mut Buffer,
    fence: *mut c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_NativeWindowRequestBuffer", |window| {
            if out.is_null() {
                return Err(INVALID_ARGUMENTS);
            }
            let buffer = window.queue.request()?;
            put(fence, -1);
            give(out, Arc::as_ptr(&buffer).cast_mut())
        })
    }
}

/// `Region`, which is passed by value.
#[repr(C)]
struct Region {
    rectangles: *const c_void,
    count: i32,
}

/// # Safety
/// As in C: the guest holds the window and has requested the buffer, and gives the descriptor away.
unsafe extern "C" fn OH_NativeWindow_NativeWindowFlushBuffer(
    window: *mut Window,
    buffer: *mut Buffer,
    fence: c_int,
    _region: Region,
) -> c_int {
    close_fence(fence);
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_NativeWindowFlushBuffer", |window| {
            window.queue.flush(&Buffer::of_guest(buffer).ok_or(INVALID_ARGUMENTS)?)
        })
    }
}

/// # Safety
/// As in C: the guest holds the window and has requested the buffer.
unsafe extern "C" fn OH_NativeWindow_NativeWindowAbortBuffer(window: *mut Window, buffer: *mut Buffer) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_NativeWindowAbortBuffer", |window| {
            window.queue.abort(&Buffer::of_guest(buffer).ok_or(INVALID_ARGUMENTS)?)
        })
    }
}

/// The matrix that changes nothing.
pub(super) const IDENTITY: [f32; 16] = [1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1.];

/// The guest gets a reference, as on the platform.
///
/// # Safety
/// As in C: the guest holds the window, results may be written.
unsafe extern "C" fn OH_NativeWindow_GetLastFlushedBuffer(
    window: *mut Window,
    out: *mut *mut Buffer,
    fence: *mut c_int,
    matrix: *mut [f32; 16],
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_GetLastFlushedBuffer", |window| {
            if out.is_null() {
                return Err(INVALID_ARGUMENTS);
            }
            let frame = window.queue.last().ok_or(NO_BUFFER)?;
            put(fence, -1);
            put(matrix, IDENTITY);
            give(out, frame.buffer.into_guest())
        })
    }
}

variadic! {
    /// `(window, operation, …)`
    OH_NativeWindow_NativeWindowHandleOpt(2) => handle_operation;
}

/// # Safety
/// As in C: the guest holds the window; the arguments are those of the operation, and what is asked for may be written.
unsafe extern "C" fn handle_operation(window: *mut Window, operation: c_int, list: *mut VaList) -> c_int {
    let run = |window: &Window| -> Result<(), c_int> {
        // SAFETY: by the contract of the function.
        unsafe {
            let list = list.as_mut().ok_or(INVALID_ARGUMENTS)?;
            let queue = &window.queue;
            let settings = queue.settings();
            match operation {
                0 => {
                    let (width, height) = (list.arg_int() as i32, list.arg_int() as i32);
                    if width < 0 || height < 0 {
                        return Err(INVALID_ARGUMENTS);
                    }
                    queue.change(|settings| (settings.width, settings.height) = (width, height));
                    Ok(())
                }
                // Height comes first.
                1 => {
                    give(list.arg_ptr(), settings.height)?;
                    give(list.arg_ptr(), settings.width)
                }
                2 => give(list.arg_ptr(), settings.format),
                3 => {
                    let format = list.arg_int() as i32;
                    queue.change(|settings| settings.format = format);
                    Ok(())
                }
                4 => give(list.arg_ptr(), settings.usage),
                5 => {
                    let usage = list.arg_int();
                    queue.change(|settings| settings.usage = usage);
                    Ok(())
                }
                // Rows are as long as they have to be.
                6 => Ok(()),
                7 => {
                    let width = settings.width.max(1).unsigned_abs() as usize;
                    let stride = i32::try_from((width * 4).next_multiple_of(64)).map_err(|_| INVALID_OPERATION)?;
                    give(list.arg_ptr(), stride)
                }
                8 => {
                    let interval = list.arg_int() as i32;
                    queue.change(|settings| settings.swap_interval = interval);
                    Ok(())
                }
                9 => give(list.arg_ptr(), settings.swap_interval),
                10 => {
                    let timeout = list.arg_int() as i32;
                    queue.change(|settings| settings.timeout = timeout);
                    Ok(())
                }
                11 => give(list.arg_ptr(), settings.timeout),
                12 => {
                    let gamut = list.arg_int() as i32;
                    queue.change(|settings| settings.color_gamut = gamut);
                    Ok(())
                }
                13 => give(list.arg_ptr(), settings.color_gamut),
                14 => {
                    let transform = list.arg_int() as i32;
                    queue.change(|settings| settings.transform = transform);
                    Ok(())
                }
                15 => give(list.arg_ptr(), settings.transform),
                16 | 22 | 23 | 24 => Ok(()),
                17 => give(list.arg_ptr(), queue.capacity()),
                18 => {
                    let source = list.arg_int() as i32;
                    queue.change(|settings| settings.source_type = source);
                    Ok(())
                }
                19 => give(list.arg_ptr(), settings.source_type),
                20 => {
                    let name = list.arg_ptr::<c_char>();
                    if name.is_null() {
                        return Err(INVALID_ARGUMENTS);
                    }
                    *window.framework.lock().unwrap_or_else(PoisonError::into_inner) = CStr::from_ptr(name).to_owned();
                    Ok(())
                }
                // The text lives until another one is set.
                21 => give(
                    list.arg_ptr::<*const c_char>(),
                    window.framework.lock().unwrap_or_else(PoisonError::into_inner).as_ptr(),
                ),
                _ => Err(UNSUPPORTED),
            }
        }
    };
    // SAFETY: by the contract of the function.
    unsafe { with(window, "OH_NativeWindow_NativeWindowHandleOpt", run) }
}

/// # Safety
/// As in C: the guest holds the buffer.
unsafe extern "C" fn OH_NativeWindow_GetBufferHandleFromNative(buffer: *const Buffer) -> *const c_void {
    // SAFETY: by the contract of the function.
    unsafe { buffer.as_ref() }.map_or(std::ptr::null(), Buffer::handle)
}

/// # Safety
/// As in C: the guest holds the object.
unsafe extern "C" fn OH_NativeWindow_NativeObjectReference(object: *mut c_void) -> c_int {
    // SAFETY: by the contract of the function; each object says what it is.
    unsafe {
        match object.cast::<u32>().as_ref() {
            Some(&MAGIC) => Arc::increment_strong_count(object.cast::<Window>().cast_const()),
            Some(&buffer::MAGIC) => Arc::increment_strong_count(object.cast::<Buffer>().cast_const()),
            _ => return INVALID_ARGUMENTS,
        }
    }
    OK
}

/// # Safety
/// As in C: the guest holds the object, and gives it up.
unsafe extern "C" fn OH_NativeWindow_NativeObjectUnreference(object: *mut c_void) -> c_int {
    // SAFETY: by the contract of the function; each object says what it is.
    guarded("OH_NativeWindow_NativeObjectUnreference", UNKNOWN, || unsafe {
        match object.cast::<u32>().as_ref() {
            Some(&MAGIC) => drop(Arc::from_raw(object.cast::<Window>().cast_const())),
            Some(&buffer::MAGIC) => return Buffer::release(object.cast::<Buffer>()),
            _ => return INVALID_ARGUMENTS,
        }
        OK
    })
}

/// # Safety
/// As in C: the guest holds the object.
unsafe extern "C" fn OH_NativeWindow_GetNativeObjectMagic(object: *const c_void) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { object.cast::<u32>().as_ref() }.map_or(-1, |magic| magic.cast_signed())
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_NativeWindowSetScalingMode(
    window: *mut Window,
    _number: u32,
    mode: c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { OH_NativeWindow_NativeWindowSetScalingModeV2(window, mode) }
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_NativeWindowSetScalingModeV2(window: *mut Window, mode: c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_NativeWindowSetScalingModeV2", |window| {
            if !(0..=4).contains(&mode) {
                return Err(INVALID_ARGUMENTS);
            }
            window.queue.change(|settings| settings.scaling_mode = mode);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the guest holds the window, the result may be written.
unsafe extern "C" fn OH_NativeWindow_GetSurfaceId(window: *mut Window, out: *mut u64) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(window, "OH_NativeWindow_GetSurfaceId", |window| give(out, window.queue.id())) }
}

extern "C" fn OH_NativeWindow_SetBufferHold(_window: *mut Window) {}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_SetColorSpace(window: *mut Window, space: c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_SetColorSpace", |window| {
            window.queue.change(|settings| settings.color_space = space);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the guest holds the window, the result may be written.
unsafe extern "C" fn OH_NativeWindow_GetColorSpace(window: *mut Window, out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(window, "OH_NativeWindow_GetColorSpace", |window| give(out, window.queue.settings().color_space)) }
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_CleanCache(window: *mut Window) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_CleanCache", |window| {
            window.queue.clean();
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_PreAllocBuffers(window: *mut Window, count: u32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(window, "OH_NativeWindow_PreAllocBuffers", |window| window.queue.allocate(count)) }
}

/// # Safety
/// As in C: the guest holds the window, the result may be written.
unsafe extern "C" fn OH_NativeWindow_LockBuffer(window: *mut Window, _region: Region, out: *mut *mut Buffer) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_LockBuffer", |window| {
            let mut locked = window.locked.lock().unwrap_or_else(PoisonError::into_inner);
            if locked.is_some() {
                return Err(INVALID_OPERATION);
            }
            if out.is_null() {
                return Err(INVALID_ARGUMENTS);
            }
            let buffer = window.queue.request()?;
            let address = Arc::as_ptr(&buffer).cast_mut();
            *locked = Some(buffer);
            give(out, address)
        })
    }
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn OH_NativeWindow_UnlockAndFlushBuffer(window: *mut Window) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(window, "OH_NativeWindow_UnlockAndFlushBuffer", |window| {
            let locked = window.locked.lock().unwrap_or_else(PoisonError::into_inner).take();
            window.queue.flush(&locked.ok_or(INVALID_OPERATION)?)
        })
    }
}
