//! `pkgContextInfo.json`: which packages a module contains or refers to. Present in packages whose import requests are
//! normalized (`@normalized:…`).

use super::json::{self, JsonError, lenient};
use serde::Deserialize;

/// One package that a module contains or refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PackageContext {
    /// Package name, e.g. `@ohos/hypium`, `entry`, `libentry.so`.
    #[serde(deserialize_with = "lenient")]
    pub package_name: String,
    /// Bundle; empty means the bundle of the app.
    #[serde(deserialize_with = "lenient")]
    pub bundle_name: String,
    /// Module that holds its code; empty means this module.
    #[serde(deserialize_with = "lenient")]
    pub module_name: String,
    /// Version, often empty.
    #[serde(deserialize_with = "lenient")]
    pub version: String,
    /// Entry file, or a folder that ends in `/` (`src/main/`, `src/ohosTest/`).
    #[serde(deserialize_with = "lenient")]
    pub entry_path: String,
    /// Whether it is a native library.
    #[serde(rename = "isSO", deserialize_with = "lenient")]
    pub is_so: bool,
    /// Name under which the code imports it, when that is not `package_name`.
    #[serde(deserialize_with = "lenient")]
    pub dependency_alias: String,
}

/// The packages of a module, in file order.
#[derive(Debug, Clone, Default)]
pub struct PkgContextInfo {
    /// Packages.
    pub packages: Vec<PackageContext>,
}

impl PkgContextInfo {
    /// Parses a `pkgContextInfo.json`.
    pub fn parse(text: &[u8]) -> Result<PkgContextInfo, JsonError> {
        let tree = json::parse(text)?;
        let entries = tree.as_object().ok_or(JsonError::Missing("top-level object"))?;
        let mut packages = Vec::with_capacity(entries.len());
        for (name, entry) in entries {
            let mut package: PackageContext = json::typed(entry)?;
            if package.package_name.is_empty() {
                package.package_name.clone_from(name);
            }
            packages.push(package);
        }
        Ok(PkgContextInfo { packages })
    }

    /// The package of a name.
    pub fn get(&self, package_name: &str) -> Option<&PackageContext> {
        self.packages.iter().find(|package| package.package_name == package_name)
    }

    /// The package that the code imports under `name`: an alias first, else a package name.
    pub fn imported_as(&self, name: &str) -> Option<&PackageContext> {
        self.packages.iter().find(|package| package.dependency_alias == name).or_else(|| self.get(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases() {
        let text = r#"{"entry":{"packageName":"entry","entryPath":"src/main/","isSO":false},
            "lib":{"packageName":"@a/lib","dependencyAlias":"lib","version":"1.2"},"libx.so":{"isSO":true}}"#;
        let info = PkgContextInfo::parse(text.as_bytes()).unwrap();
        assert_eq!(info.get("entry").unwrap().entry_path, "src/main/");
        assert_eq!(info.imported_as("lib").unwrap().package_name, "@a/lib");
        assert!(info.get("libx.so").unwrap().is_so);
        assert!(info.imported_as("absent").is_none());
        assert!(PkgContextInfo::parse(b"[]").is_err());
    }
}
