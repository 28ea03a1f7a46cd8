//! `libnative_image.so`: what takes pictures out of a queue, as a texture of OpenGL or as buffers.

use super::buffer::{Buffer, INVALID_ARGUMENTS, INVALID_OPERATION, NO_BUFFER, OK, UNKNOWN, close_fence};
use super::queue::{Frame, Queue};
use super::window::{IDENTITY, Window};
use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use std::ffi::{c_int, c_void};
use std::ptr::null_mut;
use std::sync::{Arc, Mutex, PoisonError};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeImage_Create: "textures are GL_TEXTURE_2D",
    OH_NativeImage_AcquireNativeWindow,
    OH_NativeImage_AttachContext,
    OH_NativeImage_DetachContext,
    OH_NativeImage_UpdateSurfaceImage: "pictures are copied into the texture; RGBA only",
    OH_NativeImage_GetTimestamp,
    OH_NativeImage_GetTransformMatrix: "the identity",
    OH_NativeImage_GetTransformMatrixV2 = OH_NativeImage_GetTransformMatrix: "the identity",
    OH_NativeImage_GetBufferMatrix = OH_NativeImage_GetTransformMatrix: "the identity",
    OH_NativeImage_GetSurfaceId,
    OH_NativeImage_SetOnFrameAvailableListener,
    OH_NativeImage_UnsetOnFrameAvailableListener,
    OH_NativeImage_Destroy,
    OH_NativeImage_AcquireNativeWindowBuffer,
    OH_NativeImage_AcquireLatestNativeWindowBuffer,
    OH_NativeImage_ReleaseNativeWindowBuffer,
    OH_NativeImage_SetDropBufferMode,
    OH_NativeImage_GetColorSpace,
    OH_ConsumerSurface_Create,
    OH_ConsumerSurface_SetDefaultUsage,
    OH_ConsumerSurface_SetDefaultSize,
];

#[derive(Default)]
struct State {
    texture: Option<u32>,
    shown: Option<Frame>,
    window: Option<usize>,
}

/// `OH_NativeImage`.
pub(crate) struct NativeImage {
    queue: Arc<Queue>,
    state: Mutex<State>,
}

impl NativeImage {
    fn for_guest(texture: Option<u32>) -> *mut NativeImage {
        let state = Mutex::new(State { texture, ..State::default() });
        Box::into_raw(Box::new(NativeImage { queue: Queue::new(), state }))
    }
}

impl Drop for NativeImage {
    fn drop(&mut self) {
        self.queue.set_listener(None);
        let window = self.state.get_mut().unwrap_or_else(PoisonError::into_inner).window.take();
        if let Some(window) = window {
            // SAFETY: the image's own reference, made by `Window::for_guest`.
            drop(unsafe { Arc::from_raw(window as *const Window) });
        }
    }
}

/// Runs a function of an image.
///
/// # Safety
/// `image` is null or alive.
unsafe fn with(
    image: *const NativeImage,
    name: &'static str,
    f: impl FnOnce(&NativeImage) -> Result<(), c_int>,
) -> c_int {
    guarded(name, UNKNOWN, || {
        // SAFETY: by the contract of the function.
        match unsafe { image.as_ref() } {
            Some(image) => f(image).err().unwrap_or(OK),
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

extern "C" fn OH_NativeImage_Create(texture: u32, _target: u32) -> *mut NativeImage {
    guarded("OH_NativeImage_Create", null_mut(), || NativeImage::for_guest(Some(texture)))
}

extern "C" fn OH_ConsumerSurface_Create() -> *mut NativeImage {
    guarded("OH_ConsumerSurface_Create", null_mut(), || NativeImage::for_guest(None))
}

/// The image keeps the window; guests do not give it up.
///
/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_AcquireNativeWindow(image: *const NativeImage) -> *mut Window {
    guarded("OH_NativeImage_AcquireNativeWindow", null_mut(), || {
        // SAFETY: by the contract of the function.
        let Some(image) = (unsafe { image.as_ref() }) else { return null_mut() };
        let mut state = image.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state.window.get_or_insert_with(|| Window::for_guest(Arc::clone(&image.queue)) as usize) as *mut Window
    })
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_AttachContext(image: *const NativeImage, texture: u32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_AttachContext", |image| {
            image.state.lock().unwrap_or_else(PoisonError::into_inner).texture = Some(texture);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_DetachContext(image: *const NativeImage) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_DetachContext", |image| {
            image.state.lock().unwrap_or_else(PoisonError::into_inner).texture = None;
            Ok(())
        })
    }
}

/// Shows the newest picture: copies it into the texture of the context that is current.
///
/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_UpdateSurfaceImage(image: *const NativeImage) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_UpdateSurfaceImage", |image| {
            let mut state = image.state.lock().unwrap_or_else(PoisonError::into_inner);
            let texture = state.texture.ok_or(INVALID_OPERATION)?;
            let frame = image.queue.acquire(true)?;
            if let Some(old) = state.shown.take() {
                image.queue.release(&old.buffer)?;
            }
            let copied = super::egl::upload(texture, &frame.buffer);
            state.shown = Some(frame);
            copied
        })
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_GetTimestamp(image: *const NativeImage) -> i64 {
    // SAFETY: by the contract of the function.
    let Some(image) = (unsafe { image.as_ref() }) else { return -1 };
    let state = image.state.lock().unwrap_or_else(PoisonError::into_inner);
    state.shown.as_ref().map_or(0, |frame| frame.time)
}

/// # Safety
/// As in C: the image is alive, the result may be written.
unsafe extern "C" fn OH_NativeImage_GetTransformMatrix(image: *const NativeImage, out: *mut [f32; 16]) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(image, "OH_NativeImage_GetTransformMatrix", |_| give(out, IDENTITY)) }
}

/// # Safety
/// As in C: the image is alive, the result may be written.
unsafe extern "C" fn OH_NativeImage_GetSurfaceId(image: *const NativeImage, out: *mut u64) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(image, "OH_NativeImage_GetSurfaceId", |image| give(out, image.queue.id())) }
}

/// `OH_OnFrameAvailableListener`, which is passed by value.
#[repr(C)]
#[derive(Clone, Copy)]
struct FrameListener {
    context: *mut c_void,
    callback: Option<unsafe extern "C" fn(*mut c_void)>,
}

// SAFETY: the guest is called on the thread that draws, as on the platform, with a context of which it knows that.
unsafe impl Send for FrameListener {}
// SAFETY: as above.
unsafe impl Sync for FrameListener {}

impl FrameListener {
    fn tell(self) {
        if let Some(callback) = self.callback {
            // SAFETY: the guest says that this is a callback with such a context.
            unsafe { callback(self.context) };
        }
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_SetOnFrameAvailableListener(
    image: *const NativeImage,
    listener: FrameListener,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_SetOnFrameAvailableListener", |image| {
            if listener.callback.is_none() {
                return Err(INVALID_ARGUMENTS);
            }
            image.queue.set_listener(Some(Arc::new(move || listener.tell())));
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_UnsetOnFrameAvailableListener(image: *const NativeImage) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_UnsetOnFrameAvailableListener", |image| {
            image.queue.set_listener(None);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: `image` is null or points to an image that is alive and not used again.
unsafe extern "C" fn OH_NativeImage_Destroy(image: *mut *mut NativeImage) {
    guarded("OH_NativeImage_Destroy", (), || {
        // SAFETY: by the contract of the function.
        let Some(image) = (unsafe { image.as_mut() }) else { return };
        if !image.is_null() {
            // SAFETY: it came from a box.
            drop(unsafe { Box::from_raw(*image) });
            *image = null_mut();
        }
    });
}

/// # Safety
/// As in C: the image is alive, results may be written.
unsafe fn acquire(image: *const NativeImage, out: *mut *mut Buffer, fence: *mut c_int, newest: bool) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_AcquireNativeWindowBuffer", |image| {
            if out.is_null() {
                return Err(INVALID_ARGUMENTS);
            }
            let frame = image.queue.acquire(newest)?;
            put(fence, -1);
            give(out, Arc::as_ptr(&frame.buffer).cast_mut())
        })
    }
}

/// # Safety
/// As in C: the image is alive, results may be written.
unsafe extern "C" fn OH_NativeImage_AcquireNativeWindowBuffer(
    image: *const NativeImage,
    out: *mut *mut Buffer,
    fence: *mut c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { acquire(image, out, fence, false) }
}

/// # Safety
/// As in C: the image is alive, results may be written.
unsafe extern "C" fn OH_NativeImage_AcquireLatestNativeWindowBuffer(
    image: *const NativeImage,
    out: *mut *mut Buffer,
    fence: *mut c_int,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { acquire(image, out, fence, true) }
}

/// # Safety
/// As in C: the image is alive, the buffer came from it, the descriptor is given away.
unsafe extern "C" fn OH_NativeImage_ReleaseNativeWindowBuffer(
    image: *const NativeImage,
    buffer: *mut Buffer,
    fence: c_int,
) -> c_int {
    close_fence(fence);
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_ReleaseNativeWindowBuffer", |image| {
            image.queue.release(&Buffer::of_guest(buffer).ok_or(NO_BUFFER)?)
        })
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_NativeImage_SetDropBufferMode(image: *const NativeImage, on: bool) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_NativeImage_SetDropBufferMode", |image| {
            image.queue.set_drops(on);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the image is alive, the result may be written.
unsafe extern "C" fn OH_NativeImage_GetColorSpace(image: *const NativeImage, out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(image, "OH_NativeImage_GetColorSpace", |image| give(out, image.queue.settings().color_space)) }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_ConsumerSurface_SetDefaultUsage(image: *const NativeImage, usage: u64) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_ConsumerSurface_SetDefaultUsage", |image| {
            image.queue.change(|settings| settings.usage = usage);
            Ok(())
        })
    }
}

/// # Safety
/// As in C: the image is alive.
unsafe extern "C" fn OH_ConsumerSurface_SetDefaultSize(image: *const NativeImage, width: i32, height: i32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(image, "OH_ConsumerSurface_SetDefaultSize", |image| {
            if width <= 0 || height <= 0 {
                return Err(INVALID_ARGUMENTS);
            }
            image.queue.change(|settings| (settings.width, settings.height) = (width, height));
            Ok(())
        })
    }
}
