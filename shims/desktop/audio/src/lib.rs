//! Sound through the mixer of the desktop, and what files hold of it; see the README.
#![forbid(unsafe_code)]

mod decode;
mod mime;
pub mod pulse;
mod tags;

pub use decode::FileDecoders;
pub use pulse::PulseMixer;
