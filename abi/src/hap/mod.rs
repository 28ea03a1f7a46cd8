//! The package format: what is inside a `.hap`, `.hsp` or `.app`, one file per format.
//!
//! Facts: openharmony/developtools_packing_tool, bundlemanager_bundle_framework, global_resource_management,
//! security_appverify; `reference/testflow.md` section 4.

pub mod config_json;
pub mod json;
pub mod module_json;
pub mod pack_info;
pub mod pkg_context;
pub mod resources;
pub mod signing;
pub mod source_map;

pub use config_json::ConfigJson;
pub use json::JsonError;
pub use module_json::ModuleJson;
pub use pack_info::PackInfo;
pub use pkg_context::PkgContextInfo;
pub use resources::ResourceTable;
pub use source_map::SourceMaps;
