//! Pictures of native code: buffers, windows, what takes pictures out of windows, beats of the display, EGL and OpenGL.

pub(crate) mod buffer;
pub(crate) mod egl;
pub(crate) mod image;
pub(crate) mod queue;
pub(crate) mod vsync;
pub(crate) mod window;
