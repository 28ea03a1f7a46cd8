//! The modules, one file each; the path mirrors the foreign name. Faces without leaves are listed here.

use concord_runtime::FaceModule;

mod multimedia;

/// Everything, by family.
pub(crate) static FAMILIES: &[&[FaceModule]] = &[multimedia::MODULES];
