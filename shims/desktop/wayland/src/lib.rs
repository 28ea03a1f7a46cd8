//! Windows on a Wayland compositor; see the README.
#![forbid(unsafe_code)]

mod activation;
mod buffers;
mod connection;
mod cursor;
mod data_device;
mod frame;
mod icons;
mod keyboard;
mod outputs;
mod pointer;
mod popup;
mod primary;
mod sheet;
mod text_input;
mod touch;
mod transfer;
mod window;

pub use connection::WaylandDisplay;
