//! `config.json` of the FA model (API 8 and older, and some of API 9): enough to say what such a package is.

use super::json::{self, JsonError, lenient, lenient_list};
use serde::Deserialize;

/// A parsed `config.json`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConfigJson {
    /// Application.
    pub app: FaApp,
    /// Module.
    pub module: FaModule,
}

/// Application.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FaApp {
    /// Bundle name. Never empty.
    pub bundle_name: String,
    /// Who made it.
    #[serde(deserialize_with = "lenient")]
    pub vendor: String,
    /// Version.
    #[serde(deserialize_with = "lenient")]
    pub version: super::pack_info::VersionSummary,
    /// API levels.
    #[serde(deserialize_with = "lenient")]
    pub api_version: super::pack_info::ApiVersion,
}

/// Module.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FaModule {
    /// Package of the module.
    #[serde(deserialize_with = "lenient")]
    pub package: String,
    /// Class of the ability package.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// Name of the main ability.
    #[serde(deserialize_with = "lenient")]
    pub main_ability: String,
    /// Device types.
    #[serde(deserialize_with = "lenient_list")]
    pub device_type: Vec<String>,
    /// Delivery, with the module's name.
    #[serde(deserialize_with = "lenient")]
    pub distro: super::pack_info::Distro,
    /// Abilities.
    #[serde(deserialize_with = "lenient_list")]
    pub abilities: Vec<FaAbility>,
    /// Pages, one set for each ability.
    #[serde(deserialize_with = "lenient_list")]
    pub js: Vec<FaPages>,
    /// Permissions asked for.
    #[serde(deserialize_with = "lenient_list")]
    pub req_permissions: Vec<super::module_json::RequestPermission>,
    /// Test runner.
    #[serde(deserialize_with = "lenient")]
    pub test_runner: Option<super::module_json::TestRunner>,
}

/// An ability of the FA model.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FaAbility {
    /// Name.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// `page`, `service`, `data` or `CA`.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: String,
    /// `js`, `ets` or `java`.
    #[serde(deserialize_with = "lenient")]
    pub src_language: String,
    /// Folder of its sources.
    #[serde(deserialize_with = "lenient")]
    pub src_path: String,
    /// May others start it.
    #[serde(deserialize_with = "lenient")]
    pub visible: bool,
}

/// Pages of an ability.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FaPages {
    /// Name of the set.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// Page paths.
    #[serde(deserialize_with = "lenient_list")]
    pub pages: Vec<String>,
}

impl ConfigJson {
    /// Parses a `config.json`. Only a bundle name is required.
    pub fn parse(text: &[u8]) -> Result<ConfigJson, JsonError> {
        let config: ConfigJson = json::typed(&json::parse(text)?)?;
        if config.app.bundle_name.is_empty() {
            return Err(JsonError::Missing("app.bundleName"));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_file() {
        let text = r#"{"app":{"bundleName":"a.b","version":{"code":1,"name":"1.0"},"apiVersion":{"compatible":8,"target":8}},
            "deviceConfig":{},"module":{"package":"a.b","mainAbility":".MainAbility","deviceType":["phone"],
            "distro":{"moduleName":"entry","moduleType":"entry"},"abilities":[{"name":"M","type":"page","srcLanguage":"ets"}],
            "js":[{"pages":["pages/index"],"name":".M","window":{"designWidth":720}}]}}"#;
        let config = ConfigJson::parse(text.as_bytes()).unwrap();
        assert_eq!(config.app.api_version.compatible, 8);
        assert_eq!(config.module.js[0].pages, ["pages/index"]);
        assert!(ConfigJson::parse(b"{}").is_err());
    }
}
