//! What is written down about an installed bundle, so that listing does not open packages.

use concord_abi::hap::module_json::{Ability as AbilityJson, ModuleKind};
use concord_package::{PackageSet, Signature};
use serde::{Deserialize, Serialize};

/// `installed.json` of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Version of this form.
    pub format: u32,
    /// Bundle.
    pub bundle_name: String,
    /// Version as a number that grows.
    pub version_code: u64,
    /// Version for people.
    pub version_name: String,
    /// Who made it.
    pub vendor: String,
    /// Identifier that the signer's profile gives the app; empty when it is not signed.
    #[serde(default)]
    pub app_identifier: String,
    /// Modules, those with code to start first.
    pub modules: Vec<Module>,
    /// UIAbilities of all modules.
    pub abilities: Vec<Ability>,
    /// Files for the desktop, relative to the user's folder for data.
    #[serde(default)]
    pub exports: Vec<String>,
}

/// An installed module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Name.
    pub name: String,
    /// `entry`, `feature` or `shared`.
    pub kind: String,
    /// File or folder in the generation.
    pub file: String,
}

/// A UIAbility of an installed bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ability {
    /// Name.
    pub name: String,
    /// Module that it is in.
    pub module: String,
    /// Whether it stands in the menu.
    pub launchable: bool,
    /// May others start it.
    pub exported: bool,
}

/// The version of the form that is written.
pub(super) const FORMAT: u32 = 1;

impl Record {
    /// Describes packages that are stored under `files`, which are in the order of the set.
    pub(super) fn of(set: &PackageSet, files: Vec<String>, exports: Vec<String>) -> Record {
        let app = &set.entry().module().app;
        let modules = set.packages().iter().zip(files).map(|(package, file)| Module {
            name: package.module().module.name.clone(),
            kind: package.module().module.kind.name().to_owned(),
            file,
        });
        let abilities = set.packages().iter().flat_map(|package| {
            let module = &package.module().module;
            module.abilities.iter().map(|ability| Ability {
                name: ability.name.clone(),
                module: module.name.clone(),
                launchable: is_launchable(ability),
                exported: ability.exported,
            })
        });
        Record {
            format: FORMAT,
            bundle_name: app.bundle_name.clone(),
            version_code: app.version_code,
            version_name: app.version_name.clone(),
            vendor: app.vendor.clone(),
            app_identifier: app_identifier(set),
            abilities: abilities.collect(),
            modules: modules.collect(),
            exports,
        }
    }

    /// Whether it has a module that can be started.
    pub(super) fn has_entry(&self) -> bool {
        self.modules.iter().any(|module| module.kind == ModuleKind::Entry.name())
    }

    /// The version as people and the platform write it: `1.0.0 (1000000)`.
    pub fn version(&self) -> String {
        format!("{} ({})", self.version_name, self.version_code)
    }
}

/// Whether an ability stands in the menu: the launcher's rule.
pub(crate) fn is_launchable(ability: &AbilityJson) -> bool {
    ability.skills.iter().any(|skill| {
        skill.entities.iter().any(|entity| entity == "entity.system.home")
            && skill
                .actions
                .iter()
                .any(|action| matches!(action.as_str(), "action.system.home" | "ohos.want.action.home"))
    })
}

/// What the signer's profile calls the app.
pub(super) fn app_identifier(set: &PackageSet) -> String {
    match set.entry().signature() {
        Signature::Signed(signed) => {
            signed.profile.as_ref().map(|profile| profile.bundle_info.app_identifier.clone()).unwrap_or_default()
        }
        Signature::Unsigned => String::new(),
    }
}
