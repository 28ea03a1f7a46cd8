//! `XComponent`: components of ArkUI that native code draws and that tell native code of touches. `surfaces.rs` is the side of
//! ArkUI, which knows nothing of the rest.

mod component;
mod events;
mod frames;
mod functions;
mod surfaces;

pub(crate) use functions::EXPORTS;
pub(crate) use surfaces::FACE;
