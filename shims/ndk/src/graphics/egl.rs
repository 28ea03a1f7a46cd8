//! `libEGL.so`, `libGLESv2.so`, `libGLESv3.so` and `libGLv4.so`: the host's EGL and OpenGL, drawing off the screen.
//!
//! The display is the host's surfaceless one where there is such a platform, so neither a window system nor a graphics card is needed. A
//! surface of a native window is a buffer of pixels of its size; swapping reads it back and hands it to the window's queue.

use super::buffer::{Buffer, INVALID_OPERATION, RGBA_8888, UNSUPPORTED};
use super::queue::Queue;
use super::window::Window;
use crate::boundary::{bytes, guarded};
use crate::library::{Export, Host, exports};
use libloading::Library;
use rustc_hash::FxHashMap;
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::ptr::{null, null_mut};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Functions of ours of `libEGL.so`.
pub(crate) static EXPORTS: &[Export] = exports![
    eglGetDisplay,
    eglGetPlatformDisplay,
    eglChooseConfig,
    eglGetConfigAttrib,
    eglCreateWindowSurface: "a surface keeps the size that its window had",
    eglCreatePlatformWindowSurface: "a surface keeps the size that its window had",
    eglCreatePlatformWindowSurfaceEXT = eglCreatePlatformWindowSurface: "a surface keeps the size that its window had",
    eglDestroySurface,
    eglSwapBuffers,
    eglSwapBuffersWithDamageEXT: "the whole picture counts",
    eglSwapInterval,
    eglGetProcAddress,
];

const REMEDY: &str = "needs EGL and OpenGL ES of the host (Debian and Ubuntu: libegl1 libgles2 libegl-mesa0, Fedora: libglvnd-egl \
                      libglvnd-gles mesa-libEGL, Arch: libglvnd mesa, openSUSE: Mesa-libEGL1 Mesa-libGLESv2-2)";

/// What the host must have for EGL.
pub(crate) const EGL: Host = Host { lookup: egl_function, probe: "eglInitialize", kept_back: &[], remedy: REMEDY };
/// What the host must have for OpenGL.
pub(crate) const GL: Host = Host { lookup: gl_function, probe: "glClear", kept_back: &[], remedy: REMEDY };

type Display = *mut c_void;
type Surface = *mut c_void;
type EglConfig = *mut c_void;

const EGL_FALSE: c_uint = 0;
const EGL_PBUFFER_BIT: c_int = 1;
const EGL_WINDOW_BIT: c_int = 4;
const EGL_NATIVE_VISUAL_ID: c_int = 0x302e;
const EGL_SURFACE_TYPE: c_int = 0x3033;
const EGL_NONE: c_int = 0x3038;
const EGL_HEIGHT: c_int = 0x3056;
const EGL_WIDTH: c_int = 0x3057;
const EGL_PLATFORM_SURFACELESS_MESA: c_uint = 0x31dd;

const GL_TEXTURE_2D: c_uint = 0x0de1;
const GL_TEXTURE_BINDING_2D: c_uint = 0x8069;
const GL_UNSIGNED_BYTE: c_uint = 0x1401;
const GL_RGBA: c_uint = 0x1908;
const GL_PACK_ALIGNMENT: c_uint = 0x0d05;
const GL_UNPACK_ALIGNMENT: c_uint = 0x0cf5;
const GL_UNPACK_ROW_LENGTH: c_uint = 0x0cf2;

/// Attributes in a list; more are not sensible.
const MOST_ATTRIBUTES: usize = 256;

fn open(names: &[&str]) -> Option<Library> {
    let mut reasons = Vec::new();
    for &name in names {
        // SAFETY: a library of the host's graphics stack; its initialisers are trusted as for any program that draws.
        match unsafe { Library::new(name) } {
            Ok(library) => return Some(library),
            Err(error) => reasons.push(error.to_string()),
        }
    }
    tracing::warn!("{}: {REMEDY}", reasons.join("; "));
    None
}

/// A function that a library exports.
fn symbol(library: &Library, name: &str) -> Option<usize> {
    // SAFETY: only the address is taken.
    unsafe { library.get::<*const c_char>(name.as_bytes()) }.ok().map(|symbol| *symbol as usize)
}

/// A function of the host's EGL.
fn egl_function(name: &str) -> Option<usize> {
    static EGL: OnceLock<Option<Library>> = OnceLock::new();
    let library = EGL.get_or_init(|| open(&["libEGL.so.1"])).as_ref()?;
    symbol(library, name).or_else(|| proc_address(library, name))
}

/// A function of the host's OpenGL.
fn gl_function(name: &str) -> Option<usize> {
    static GLES: OnceLock<Option<Library>> = OnceLock::new();
    let library = GLES.get_or_init(|| open(&["libGLESv2.so.2"])).as_ref()?;
    symbol(library, name).or_else(|| egl_function(name))
}

/// What EGL knows by name.
fn proc_address(library: &Library, name: &str) -> Option<usize> {
    type GetProcAddress = unsafe extern "C" fn(*const c_char) -> *const c_void;
    let get = symbol(library, "eglGetProcAddress")?;
    let name = std::ffi::CString::new(name).ok()?;
    // SAFETY: this is what the function of this name is; the name ends with zero.
    let found = unsafe { std::mem::transmute::<usize, GetProcAddress>(get)(name.as_ptr()) };
    (!found.is_null()).then_some(found as usize)
}

/// A function of the host, by its prototype; looked up once.
macro_rules! host {
    ($find:ident $name:literal as $prototype:ty) => {{
        static ADDRESS: OnceLock<Option<usize>> = OnceLock::new();
        let address = *ADDRESS.get_or_init(|| $find($name));
        // SAFETY: this is what the function of this name is.
        address.map(|address| unsafe { std::mem::transmute::<usize, $prototype>(address) })
    }};
}

/// The display that everything is drawn for.
fn display() -> Display {
    static DISPLAY: OnceLock<usize> = OnceLock::new();
    let find = || {
        type Platform = unsafe extern "C" fn(c_uint, *mut c_void, *const isize) -> Display;
        let platform = host!(egl_function "eglGetPlatformDisplay" as Platform);
        // SAFETY: a display without anything native.
        let found =
            platform.map_or(null_mut(), |get| unsafe { get(EGL_PLATFORM_SURFACELESS_MESA, null_mut(), null()) });
        if !found.is_null() {
            return found as usize;
        }
        let default = host!(egl_function "eglGetDisplay" as unsafe extern "C" fn(*mut c_void) -> Display);
        // SAFETY: the default display.
        default.map_or(0, |get| unsafe { get(null_mut()) } as usize)
    };
    *DISPLAY.get_or_init(find) as Display
}

extern "C" fn eglGetDisplay(_native: *mut c_void) -> Display {
    guarded("eglGetDisplay", null_mut(), display)
}

extern "C" fn eglGetPlatformDisplay(_platform: c_uint, _native: *mut c_void, _attributes: *const isize) -> Display {
    guarded("eglGetPlatformDisplay", null_mut(), display)
}

/// The attributes of a list, in pairs.
///
/// # Safety
/// The list is null or ends with `EGL_NONE`.
unsafe fn attributes(list: *const c_int) -> Vec<(c_int, c_int)> {
    let mut found = Vec::new();
    if list.is_null() {
        return found;
    }
    for at in 0..MOST_ATTRIBUTES {
        // SAFETY: the list has not ended before.
        let name = unsafe { list.add(2 * at).read() };
        if name == EGL_NONE {
            break;
        }
        // SAFETY: attributes come in pairs.
        found.push((name, unsafe { list.add(2 * at + 1).read() }));
    }
    found
}

/// Windows are pixel buffers here, so that is what configurations are asked for.
///
/// # Safety
/// As in C: the list ends, results may be written.
unsafe extern "C" fn eglChooseConfig(
    display: Display,
    list: *const c_int,
    out: *mut EglConfig,
    size: c_int,
    count: *mut c_int,
) -> c_uint {
    type Choose = unsafe extern "C" fn(Display, *const c_int, *mut EglConfig, c_int, *mut c_int) -> c_uint;
    guarded("eglChooseConfig", EGL_FALSE, || {
        let Some(choose) = host!(egl_function "eglChooseConfig" as Choose) else { return EGL_FALSE };
        // SAFETY: by the contract of the function.
        let mut wanted = unsafe { attributes(list) };
        // Windows are the default.
        if !wanted.iter().any(|(name, _)| *name == EGL_SURFACE_TYPE) {
            wanted.push((EGL_SURFACE_TYPE, EGL_WINDOW_BIT));
        }
        let mut words = Vec::with_capacity(2 * wanted.len() + 1);
        for (name, value) in wanted {
            let drawable = name == EGL_SURFACE_TYPE && value >= 0 && value & EGL_WINDOW_BIT != 0;
            words.extend([name, if drawable { value & !EGL_WINDOW_BIT | EGL_PBUFFER_BIT } else { value }]);
        }
        words.push(EGL_NONE);
        // SAFETY: by the contract of the function; the list ends.
        unsafe { choose(display, words.as_ptr(), out, size, count) }
    })
}

/// # Safety
/// As in C: the configuration is one of the display's, the result may be written.
unsafe extern "C" fn eglGetConfigAttrib(display: Display, config: EglConfig, name: c_int, out: *mut c_int) -> c_uint {
    type Get = unsafe extern "C" fn(Display, EglConfig, c_int, *mut c_int) -> c_uint;
    guarded("eglGetConfigAttrib", EGL_FALSE, || {
        let Some(get) = host!(egl_function "eglGetConfigAttrib" as Get) else { return EGL_FALSE };
        // SAFETY: by the contract of the function.
        let done = unsafe { get(display, config, name, out) };
        // SAFETY: by the contract of the function.
        match unsafe { out.as_mut() } {
            Some(value) if done != EGL_FALSE && name == EGL_SURFACE_TYPE && *value & EGL_PBUFFER_BIT != 0 => {
                *value |= EGL_WINDOW_BIT;
            }
            Some(value) if done != EGL_FALSE && name == EGL_NATIVE_VISUAL_ID => *value = RGBA_8888,
            _ => {}
        }
        done
    })
}

/// The queue that a surface of a window draws into, and its size.
type Shown = (Arc<Queue>, i32, i32);

/// Surfaces of windows.
fn windows() -> &'static Mutex<FxHashMap<usize, Shown>> {
    static WINDOWS: OnceLock<Mutex<FxHashMap<usize, Shown>>> = OnceLock::new();
    WINDOWS.get_or_init(Mutex::default)
}

/// # Safety
/// As in C: the guest holds the window.
unsafe fn create_surface(display: Display, config: EglConfig, window: *const Window) -> Surface {
    type Create = unsafe extern "C" fn(Display, EglConfig, *const c_int) -> Surface;
    guarded("eglCreateWindowSurface", null_mut(), || {
        let Some(create) = host!(egl_function "eglCreatePbufferSurface" as Create) else { return null_mut() };
        // SAFETY: by the contract of the function.
        let Some(window) = (unsafe { Window::of_guest(window) }) else { return null_mut() };
        let settings = window.queue.settings();
        let (width, height) = (settings.width.max(1), settings.height.max(1));
        let list = [EGL_WIDTH, width, EGL_HEIGHT, height, EGL_NONE];
        // SAFETY: by the contract of the function; the list ends.
        let surface = unsafe { create(display, config, list.as_ptr()) };
        if !surface.is_null() {
            let mut windows = windows().lock().unwrap_or_else(PoisonError::into_inner);
            windows.insert(surface as usize, (Arc::clone(&window.queue), width, height));
        }
        surface
    })
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn eglCreateWindowSurface(
    display: Display,
    config: EglConfig,
    window: *const Window,
    _attributes: *const c_int,
) -> Surface {
    // SAFETY: by the contract of the function.
    unsafe { create_surface(display, config, window) }
}

/// # Safety
/// As in C: the guest holds the window.
unsafe extern "C" fn eglCreatePlatformWindowSurface(
    display: Display,
    config: EglConfig,
    window: *const Window,
    _attributes: *const c_void,
) -> Surface {
    // SAFETY: by the contract of the function.
    unsafe { create_surface(display, config, window) }
}

/// # Safety
/// As in C: the surface is one of the display's.
unsafe extern "C" fn eglDestroySurface(display: Display, surface: Surface) -> c_uint {
    guarded("eglDestroySurface", EGL_FALSE, || {
        let destroy = host!(egl_function "eglDestroySurface" as unsafe extern "C" fn(Display, Surface) -> c_uint);
        windows().lock().unwrap_or_else(PoisonError::into_inner).remove(&(surface as usize));
        // SAFETY: by the contract of the function.
        destroy.map_or(EGL_FALSE, |destroy| unsafe { destroy(display, surface) })
    })
}

/// # Safety
/// As in C: the surface is one of the display's, and current.
unsafe extern "C" fn eglSwapBuffers(display: Display, surface: Surface) -> c_uint {
    guarded("eglSwapBuffers", EGL_FALSE, || {
        let shown = windows().lock().unwrap_or_else(PoisonError::into_inner).get(&(surface as usize)).cloned();
        if let Some((queue, width, height)) = shown {
            if let Err(code) = present(&queue, width, height) {
                tracing::warn!("eglSwapBuffers: a picture is lost: error {code}");
            }
            return 1;
        }
        let swap = host!(egl_function "eglSwapBuffers" as unsafe extern "C" fn(Display, Surface) -> c_uint);
        // SAFETY: by the contract of the function.
        swap.map_or(EGL_FALSE, |swap| unsafe { swap(display, surface) })
    })
}

/// # Safety
/// As in C: the surface is one of the display's, and current.
unsafe extern "C" fn eglSwapBuffersWithDamageEXT(
    display: Display,
    surface: Surface,
    _rectangles: *const c_int,
    _count: c_int,
) -> c_uint {
    // SAFETY: by the contract of the function.
    unsafe { eglSwapBuffers(display, surface) }
}

/// There is no display whose frames could be waited for.
extern "C" fn eglSwapInterval(_display: Display, _interval: c_int) -> c_uint {
    1
}

/// # Safety
/// As in C: the name ends with zero.
unsafe extern "C" fn eglGetProcAddress(name: *const c_char) -> *const c_void {
    guarded("eglGetProcAddress", null(), || {
        // SAFETY: by the contract of the function.
        let Some(name) = (unsafe { bytes(name) }).and_then(|name| name.to_str().ok()) else { return null() };
        if let Some(ours) = EXPORTS.iter().find(|export| export.name == name)
            && let concord_elf::Symbol::Address(address) = ours.symbol()
        {
            return address as *const c_void;
        }
        gl_function(name).unwrap_or(0) as *const c_void
    })
}

/// Hands what was drawn to a window.
fn present(queue: &Queue, width: i32, height: i32) -> Result<(), c_int> {
    type ReadPixels = unsafe extern "C" fn(c_int, c_int, c_int, c_int, c_uint, c_uint, *mut c_void);
    let read = host!(gl_function "glReadPixels" as ReadPixels).ok_or(UNSUPPORTED)?;
    let store = host!(gl_function "glPixelStorei" as unsafe extern "C" fn(c_uint, c_int)).ok_or(UNSUPPORTED)?;
    let ask = host!(gl_function "glGetIntegerv" as unsafe extern "C" fn(c_uint, *mut c_int)).ok_or(UNSUPPORTED)?;
    let (w, h) = (width.unsigned_abs() as usize, height.unsigned_abs() as usize);
    let mut pixels = vec![0_u8; w.checked_mul(h).and_then(|area| area.checked_mul(4)).ok_or(INVALID_OPERATION)?];
    let mut alignment = 4;
    // SAFETY: the surface is current, as `eglSwapBuffers` asks; rows of 4 bytes per pixel fill the vector exactly.
    unsafe {
        ask(GL_PACK_ALIGNMENT, &mut alignment);
        store(GL_PACK_ALIGNMENT, 1);
        read(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.as_mut_ptr().cast());
        store(GL_PACK_ALIGNMENT, alignment);
    }
    queue.change(|settings| (settings.width, settings.height, settings.format) = (width, height, RGBA_8888));
    let buffer = queue.request()?;
    buffer.write_upside_down(&pixels);
    queue.flush(&buffer)
}

/// Copies a picture into a texture of the current context.
pub(super) fn upload(texture: c_uint, buffer: &Buffer) -> Result<(), c_int> {
    type TexImage = unsafe extern "C" fn(c_uint, c_int, c_int, c_int, c_int, c_int, c_uint, c_uint, *const c_void);
    let config = buffer.config();
    if config.format != RGBA_8888 {
        return Err(UNSUPPORTED);
    }
    let bind = host!(gl_function "glBindTexture" as unsafe extern "C" fn(c_uint, c_uint)).ok_or(UNSUPPORTED)?;
    let image = host!(gl_function "glTexImage2D" as TexImage).ok_or(UNSUPPORTED)?;
    let store = host!(gl_function "glPixelStorei" as unsafe extern "C" fn(c_uint, c_int)).ok_or(UNSUPPORTED)?;
    let ask = host!(gl_function "glGetIntegerv" as unsafe extern "C" fn(c_uint, *mut c_int)).ok_or(UNSUPPORTED)?;
    let (mut bound, mut row, mut alignment) = (0, 0, 4);
    // SAFETY: without a current context these do nothing; the buffer has as many rows of its stride as are read.
    unsafe {
        ask(GL_TEXTURE_BINDING_2D, &mut bound);
        ask(GL_UNPACK_ROW_LENGTH, &mut row);
        ask(GL_UNPACK_ALIGNMENT, &mut alignment);
        bind(GL_TEXTURE_2D, texture);
        store(GL_UNPACK_ROW_LENGTH, config.stride / 4);
        store(GL_UNPACK_ALIGNMENT, 4);
        let (kind, data) = (GL_RGBA.cast_signed(), buffer.pixels());
        image(GL_TEXTURE_2D, 0, kind, config.width, config.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, data);
        store(GL_UNPACK_ROW_LENGTH, row);
        store(GL_UNPACK_ALIGNMENT, alignment);
        bind(GL_TEXTURE_2D, bound.cast_unsigned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_arrives_in_the_windows_queue() {
        type Initialize = unsafe extern "C" fn(Display, *mut c_int, *mut c_int) -> c_uint;
        type CreateContext = unsafe extern "C" fn(Display, EglConfig, *mut c_void, *const c_int) -> *mut c_void;
        type MakeCurrent = unsafe extern "C" fn(Display, Surface, Surface, *mut c_void) -> c_uint;
        let display = eglGetDisplay(null_mut());
        let initialize = host!(egl_function "eglInitialize" as Initialize);
        // SAFETY: the display is one, and the numbers are not asked for.
        let ready =
            initialize.is_some_and(|initialize| unsafe { initialize(display, null_mut(), null_mut()) } != EGL_FALSE);
        if !ready {
            eprintln!("skipped: {REMEDY}");
            return;
        }
        let queue = Queue::new();
        queue.change(|settings| (settings.width, settings.height) = (8, 4));
        let window = Window::for_guest(Arc::clone(&queue));
        // EGL_RENDERABLE_TYPE: EGL_OPENGL_ES2_BIT; alpha of 8 bits.
        let list = [0x3040, 4, 0x3021, 8, EGL_NONE];
        let (mut config, mut count) = (null_mut(), 0);
        let create = host!(egl_function "eglCreateContext" as CreateContext).expect("EGL");
        let bind = host!(egl_function "eglBindAPI" as unsafe extern "C" fn(c_uint) -> c_uint).expect("EGL");
        let current = host!(egl_function "eglMakeCurrent" as MakeCurrent).expect("EGL");
        let clear = host!(gl_function "glClear" as unsafe extern "C" fn(c_uint)).expect("GLES");
        // SAFETY: everything is made here, lists end, and the context is current on this thread.
        unsafe {
            assert_eq!(eglChooseConfig(display, list.as_ptr(), &mut config, 1, &mut count), 1);
            assert_eq!(count, 1, "a configuration");
            let mut kinds = 0;
            eglGetConfigAttrib(display, config, EGL_SURFACE_TYPE, &mut kinds);
            assert_ne!(kinds & EGL_WINDOW_BIT, 0, "windows are possible");
            let surface = eglCreateWindowSurface(display, config, window, null());
            assert!(!surface.is_null());
            assert_eq!(bind(0x30a0), 1, "EGL_OPENGL_ES_API");
            let context = create(display, config, null_mut(), [0x3098, 2, EGL_NONE].as_ptr());
            assert_eq!(current(display, surface, surface, context), 1);
            let color = eglGetProcAddress(c"glClearColor".as_ptr());
            let color = std::mem::transmute::<*const c_void, unsafe extern "C" fn(f32, f32, f32, f32)>(color);
            color(1.0, 0.5, 0.0, 1.0);
            clear(0x4000);
            let swap = eglGetProcAddress(c"eglSwapBuffers".as_ptr());
            assert_eq!(swap, eglSwapBuffers as *const c_void, "ours");
            assert_eq!(eglSwapBuffers(display, surface), 1);
            let frame = queue.acquire(true).expect("a picture");
            assert_eq!((frame.buffer.config().width, frame.buffer.config().height), (8, 4));
            let pixel = frame.buffer.pixels().cast::<[u8; 4]>().read();
            assert!(matches!(pixel, [255, 127 | 128, 0, 255]), "{pixel:?}");
            assert_eq!(eglDestroySurface(display, surface), 1);
            current(display, null_mut(), null_mut(), null_mut());
            drop(Arc::from_raw(window.cast_const()));
        }
    }
}
