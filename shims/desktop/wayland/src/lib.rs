//! Windows on a Wayland compositor; see the README.
#![forbid(unsafe_code)]

mod buffers;
mod clipboard;
mod connection;
mod cursor;
mod keyboard;
mod outputs;
mod pointer;
mod text_input;
mod touch;
mod window;

pub use connection::WaylandDisplay;
