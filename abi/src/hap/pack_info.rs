//! `pack.info`: what a package tells the installer and the store about itself, without being unpacked.

use super::json::{self, JsonError, lenient, lenient_list};
use serde::Deserialize;

/// A parsed `pack.info`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PackInfo {
    /// Modules and application.
    #[serde(deserialize_with = "lenient")]
    pub summary: Summary,
    /// Packages of the application.
    #[serde(deserialize_with = "lenient_list")]
    pub packages: Vec<PackageSummary>,
}

/// Modules and application.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Application.
    #[serde(deserialize_with = "lenient")]
    pub app: AppSummary,
    /// Modules.
    #[serde(deserialize_with = "lenient_list")]
    pub modules: Vec<ModuleSummary>,
}

/// Application.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppSummary {
    /// Bundle name.
    #[serde(deserialize_with = "lenient")]
    pub bundle_name: String,
    /// Bundle type.
    #[serde(deserialize_with = "lenient")]
    pub bundle_type: String,
    /// Version.
    #[serde(deserialize_with = "lenient")]
    pub version: VersionSummary,
}

/// Version of the application.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VersionSummary {
    /// Number that grows.
    #[serde(deserialize_with = "lenient")]
    pub code: u64,
    /// For people.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
}

/// A module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ModuleSummary {
    /// Name of the main ability.
    #[serde(deserialize_with = "lenient")]
    pub main_ability: String,
    /// Device types.
    #[serde(deserialize_with = "lenient_list")]
    pub device_type: Vec<String>,
    /// How it is delivered.
    #[serde(deserialize_with = "lenient")]
    pub distro: Distro,
    /// API levels.
    #[serde(deserialize_with = "lenient")]
    pub api_version: ApiVersion,
}

/// How a module is delivered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Distro {
    /// `entry`, `feature`, `shared`.
    #[serde(deserialize_with = "lenient")]
    pub module_type: String,
    /// Module name.
    #[serde(deserialize_with = "lenient")]
    pub module_name: String,
    /// Installed together with the application.
    #[serde(deserialize_with = "lenient")]
    pub delivery_with_install: bool,
    /// Not installed at all.
    #[serde(deserialize_with = "lenient")]
    pub installation_free: bool,
}

/// API levels of a module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApiVersion {
    /// Oldest.
    #[serde(deserialize_with = "lenient")]
    pub compatible: u32,
    /// Built for.
    #[serde(deserialize_with = "lenient")]
    pub target: u32,
    /// `Release`, `Beta1` …
    #[serde(deserialize_with = "lenient")]
    pub release_type: String,
}

/// A package file of the application.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PackageSummary {
    /// File name without `.hap` or `.hsp`.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// Module type.
    #[serde(deserialize_with = "lenient")]
    pub module_type: String,
    /// Device types.
    #[serde(deserialize_with = "lenient_list")]
    pub device_type: Vec<String>,
    /// Installed together with the application.
    #[serde(deserialize_with = "lenient")]
    pub delivery_with_install: bool,
}

impl PackInfo {
    /// Parses a `pack.info`.
    pub fn parse(text: &[u8]) -> Result<PackInfo, JsonError> {
        json::typed(&json::parse(text)?)
    }
}
