//! The modules, one file each; the path mirrors the foreign name.

use concord_runtime::FaceModule;

mod net;

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[&net::MODULES, &net::http::MODULES, &net::socket::MODULES];
