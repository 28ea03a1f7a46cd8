//! `module.json` of the stage model: the merged `app.json5` and `module.json5` of a module.
//!
//! Every property that the platform documents for applications is here; what is not stays reachable through
//! [`ModuleJson::tree`]. `…Id` numbers are what the resource compiler added for `$string:…`, `$media:…` values.

use super::json::{self, JsonError, lenient, lenient_list, rename};
use serde::Deserialize;
use serde_json::Value;

/// Declares a tolerant serde struct: absent and oddly typed properties take their default.
macro_rules! lenient_struct {
    ($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:tt $(<$arg:ty>)?,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type $(<$arg>)?,)* }
    };
}

mod ability;

pub use ability::{Ability, ExtensionAbility, LaunchType, Skill, SkillUri};

/// A parsed `module.json`.
#[derive(Debug, Clone)]
pub struct ModuleJson {
    /// What concerns the whole application; the same in every package of a bundle.
    pub app: App,
    /// What concerns this module.
    pub module: Module,
    /// The whole file, for properties that have no field here.
    pub tree: Value,
}

lenient_struct! {
    /// The `app` object.
    App {
        /// Bundle name, e.g. `com.example.app`. Never empty.
        bundle_name: String,
        /// `app`, `atomicService`, `shared`, `appService` or `appPlugin`; empty means `app`.
        #[serde(deserialize_with = "lenient")]
        bundle_type: String,
        /// Who made it.
        #[serde(deserialize_with = "lenient")]
        vendor: String,
        /// Version as a number that grows.
        #[serde(deserialize_with = "lenient")]
        version_code: u64,
        /// Version for people.
        #[serde(deserialize_with = "lenient")]
        version_name: String,
        /// Oldest version whose data this one understands.
        #[serde(deserialize_with = "lenient")]
        min_compatible_version_code: Option<u64>,
        /// Oldest API level it runs on, as written; see [`api_level`].
        #[serde(rename = "minAPIVersion", deserialize_with = "lenient")]
        min_api_version: u32,
        /// API level it was built for, as written; see [`api_level`].
        #[serde(rename = "targetAPIVersion", deserialize_with = "lenient")]
        target_api_version: u32,
        /// `Release`, `Beta1`, `Canary2` …
        #[serde(deserialize_with = "lenient")]
        api_release_type: String,
        /// Version of the SDK it was built with, e.g. `5.0.3.135`.
        #[serde(deserialize_with = "lenient")]
        compile_sdk_version: String,
        /// `OpenHarmony` or `HarmonyOS`.
        #[serde(deserialize_with = "lenient")]
        compile_sdk_type: String,
        /// Whether it may be debugged.
        #[serde(deserialize_with = "lenient")]
        debug: bool,
        /// `debug`, `release`, `test`.
        #[serde(deserialize_with = "lenient")]
        build_mode: String,
        /// Icon of the application (`$media:…`).
        #[serde(deserialize_with = "lenient")]
        icon: String,
        /// Resource id of `icon`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        icon_id: u32,
        /// Name of the application (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        label: String,
        /// Resource id of `label`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        label_id: u32,
        /// Description (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        description: String,
        /// Resource id of `description`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        description_id: u32,
        /// Built from several projects.
        #[serde(deserialize_with = "lenient")]
        multi_projects: bool,
        /// `$profile:…` of the font size and colour mode settings of API 11 and newer.
        #[serde(deserialize_with = "lenient")]
        configuration: String,
        /// Environment variables of the app process.
        #[serde(deserialize_with = "lenient_list")]
        app_environments: Vec<NameValue>,
    }
}

lenient_struct! {
    /// A name with a value.
    NameValue {
        /// Name.
        #[serde(deserialize_with = "lenient")]
        name: String,
        /// Value.
        #[serde(deserialize_with = "lenient")]
        value: String,
    }
}

lenient_struct! {
    /// The `module` object.
    Module {
        /// Module name, e.g. `entry`. Never empty.
        name: String,
        /// `entry`, `feature`, `shared` or `har`.
        #[serde(rename = "type", deserialize_with = "lenient")]
        kind: ModuleKind,
        /// The AbilityStage, e.g. `./ets/myabilitystage/MyAbilityStage.ets`; empty when it has none.
        #[serde(deserialize_with = "lenient")]
        src_entry: String,
        /// Description (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        description: String,
        /// Resource id of `description`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        description_id: u32,
        /// Name of the UIAbility or extension that represents the module.
        #[serde(deserialize_with = "lenient")]
        main_element: String,
        /// `phone`, `tablet`, `2in1`, `tv`, `wearable`, `car`, `default` …
        #[serde(deserialize_with = "lenient_list")]
        device_types: Vec<String>,
        /// Installed together with the application.
        #[serde(deserialize_with = "lenient")]
        delivery_with_install: bool,
        /// Atomic service that is not installed.
        #[serde(deserialize_with = "lenient")]
        installation_free: bool,
        /// `ark` and the bytecode version, e.g. `ark12.0.6.0`.
        #[serde(deserialize_with = "lenient")]
        virtual_machine: String,
        /// `esmodule` (one merged abc) or `jsbundle` (one abc for each page).
        #[serde(deserialize_with = "lenient")]
        compile_mode: String,
        /// Package name as in `pkgContextInfo.json`; empty in packages of older tools.
        #[serde(deserialize_with = "lenient")]
        package_name: String,
        /// `$profile:…` of the list of pages.
        #[serde(deserialize_with = "lenient")]
        pages: String,
        /// `$profile:…` of the named routes.
        #[serde(deserialize_with = "lenient")]
        router_map: String,
        /// `$profile:…` of the start-up tasks.
        #[serde(deserialize_with = "lenient")]
        app_startup: String,
        /// `$profile:…` of shared queries of the file context menu.
        #[serde(deserialize_with = "lenient")]
        file_context_menu: String,
        /// `$profile:…` of the system theme.
        #[serde(deserialize_with = "lenient")]
        system_theme: String,
        /// UIAbilities.
        #[serde(deserialize_with = "lenient_list")]
        abilities: Vec<Ability>,
        /// Extension abilities.
        #[serde(deserialize_with = "lenient_list")]
        extension_abilities: Vec<ExtensionAbility>,
        /// Permissions asked for.
        #[serde(deserialize_with = "lenient_list")]
        request_permissions: Vec<RequestPermission>,
        /// Permissions defined here (system applications).
        #[serde(deserialize_with = "lenient_list")]
        define_permissions: Vec<DefinePermission>,
        /// Free-form data.
        #[serde(deserialize_with = "lenient_list")]
        metadata: Vec<Metadata>,
        /// Modules that must be installed too.
        #[serde(deserialize_with = "lenient_list")]
        dependencies: Vec<Dependency>,
        /// The test runner, in test packages of newer tools.
        #[serde(deserialize_with = "lenient")]
        test_runner: Option<TestRunner>,
        /// What is preloaded of an atomic service.
        #[serde(deserialize_with = "lenient")]
        atomic_service: Option<AtomicService>,
        /// Data offered to others without starting the app.
        #[serde(deserialize_with = "lenient_list")]
        proxy_data: Vec<ProxyData>,
        /// Schemes that `canOpenLink` may ask about.
        #[serde(deserialize_with = "lenient_list")]
        query_schemes: Vec<String>,
        /// Native packages that come with the module.
        #[serde(deserialize_with = "lenient_list")]
        hnp_packages: Vec<HnpPackage>,
        /// Environment variables of the app process.
        #[serde(deserialize_with = "lenient_list")]
        app_environments: Vec<NameValue>,
        /// `nonisolationFirst`, `isolationFirst`, `isolationOnly`, `nonisolationOnly`.
        #[serde(deserialize_with = "lenient")]
        isolation_mode: String,
        /// Process that abilities run in by default (system applications).
        #[serde(deserialize_with = "lenient")]
        process: String,
        /// Native libraries in a directory of their own.
        #[serde(deserialize_with = "lenient")]
        lib_isolation: bool,
        /// Whether `.so` files are compressed in the package.
        #[serde(deserialize_with = "lenient")]
        compress_native_libs: bool,
        /// Where native libraries are, when not in `libs/<abi>`.
        #[serde(deserialize_with = "lenient")]
        native_library_path: String,
        /// Bundle that this overlay is for.
        #[serde(deserialize_with = "lenient")]
        target_module_name: String,
        /// Hash of the module's content, in HSPs.
        #[serde(deserialize_with = "lenient")]
        build_hash: String,
        /// Language mode: `dynamic` (or empty), `static`, `hybrid`.
        #[serde(rename = "arkTSMode", deserialize_with = "lenient")]
        ark_ts_mode: String,
        /// Language mode of newer tools: `1.1` (dynamic), `1.2` (static), `hybrid`.
        #[serde(deserialize_with = "lenient")]
        code_language: String,
    }
}

/// What a module is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModuleKind {
    /// The main module of an application for a device type.
    #[default]
    Entry,
    /// Loaded beside the entry; test modules are features too.
    Feature,
    /// A shared library package (HSP).
    Shared,
    /// A static library; never a package of its own.
    Har,
}

impl ModuleKind {
    /// The name in `module.json`.
    pub fn name(self) -> &'static str {
        match self {
            ModuleKind::Entry => "entry",
            ModuleKind::Feature => "feature",
            ModuleKind::Shared => "shared",
            ModuleKind::Har => "har",
        }
    }
}

lenient_struct! {
    /// Free-form data.
    Metadata {
        /// Key.
        #[serde(deserialize_with = "lenient")]
        name: String,
        /// Value.
        #[serde(deserialize_with = "lenient")]
        value: String,
        /// Resource id of `value`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        value_id: u32,
        /// `$profile:…` of more.
        #[serde(deserialize_with = "lenient")]
        resource: String,
        /// Resource id of `resource`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        resource_id: u32,
    }
}

lenient_struct! {
    /// A permission asked for.
    RequestPermission {
        /// Name, e.g. `ohos.permission.INTERNET`.
        name: String,
        /// Why (`$string:…`).
        #[serde(deserialize_with = "lenient")]
        reason: String,
        /// Resource id of `reason`, 0 when absent.
        #[serde(deserialize_with = "lenient")]
        reason_id: u32,
        /// When and by what it is used.
        #[serde(deserialize_with = "lenient")]
        used_scene: UsedScene,
    }
}

lenient_struct! {
    /// When and by what a permission is used.
    UsedScene {
        /// Abilities.
        #[serde(deserialize_with = "lenient_list")]
        abilities: Vec<String>,
        /// `inuse` or `always`.
        #[serde(deserialize_with = "lenient")]
        when: String,
    }
}

lenient_struct! {
    /// A permission defined by a module.
    DefinePermission {
        /// Name.
        name: String,
        /// `system_grant` or `user_grant`.
        #[serde(deserialize_with = "lenient")]
        grant_mode: String,
        /// `normal`, `system_basic` or `system_core`.
        #[serde(deserialize_with = "lenient")]
        available_level: String,
    }
}

lenient_struct! {
    /// A module that must be there too.
    Dependency {
        /// Bundle; empty means the same bundle.
        #[serde(deserialize_with = "lenient")]
        bundle_name: String,
        /// Module.
        #[serde(deserialize_with = "lenient")]
        module_name: String,
        /// Version, for shared bundles.
        #[serde(deserialize_with = "lenient")]
        version_code: Option<u64>,
    }
}

lenient_struct! {
    /// The test runner of a test module.
    TestRunner {
        /// Name.
        #[serde(deserialize_with = "lenient")]
        name: String,
        /// Source file, e.g. `/ets/testrunner/OpenHarmonyTestRunner`.
        #[serde(deserialize_with = "lenient")]
        src_path: String,
        /// Language mode.
        #[serde(rename = "arkTSMode", deserialize_with = "lenient")]
        ark_ts_mode: String,
    }
}

lenient_struct! {
    /// Settings of an atomic service.
    AtomicService {
        /// Modules to load ahead.
        #[serde(deserialize_with = "lenient_list")]
        preloads: Vec<Preload>,
    }
}

lenient_struct! {
    /// A module to load ahead.
    Preload {
        /// Module.
        #[serde(deserialize_with = "lenient")]
        module_name: String,
    }
}

lenient_struct! {
    /// Data offered to others.
    ProxyData {
        /// URI.
        #[serde(deserialize_with = "lenient")]
        uri: String,
        /// Permission for reading.
        #[serde(deserialize_with = "lenient")]
        required_read_permission: String,
        /// Permission for changing.
        #[serde(deserialize_with = "lenient")]
        required_write_permission: String,
    }
}

lenient_struct! {
    /// A native package inside the package.
    HnpPackage {
        /// File name.
        #[serde(deserialize_with = "lenient")]
        package: String,
        /// `public` or `private`.
        #[serde(rename = "type", deserialize_with = "lenient")]
        kind: String,
    }
}

impl ModuleJson {
    /// Parses a `module.json`. Only a bundle name and a module name are required.
    pub fn parse(text: &[u8]) -> Result<ModuleJson, JsonError> {
        let mut tree = json::parse(text)?;
        modernise(&mut tree);
        let section = |name: &'static str| tree.get(name).filter(|v| v.is_object()).ok_or(JsonError::Missing(name));
        let app: App = json::typed(section("app")?)?;
        let mut module: Module = json::typed(section("module")?)?;
        if app.bundle_name.is_empty() {
            return Err(JsonError::Missing("app.bundleName"));
        }
        if module.name.is_empty() {
            return Err(JsonError::Missing("module.name"));
        }
        module.abilities.retain(|ability| !ability.name.is_empty());
        module.extension_abilities.retain(|extension| !extension.name.is_empty());
        Ok(ModuleJson { app, module, tree })
    }

    /// The UIAbility of a name.
    pub fn ability(&self, name: &str) -> Option<&Ability> {
        self.module.abilities.iter().find(|ability| ability.name == name)
    }

    /// The UIAbility that represents the module: `mainElement`, else one that accepts `action.system.home`, else the first.
    pub fn main_ability(&self) -> Option<&Ability> {
        let home = |ability: &&Ability| {
            ability.skills.iter().any(|skill| skill.actions.iter().any(|action| action == "action.system.home"))
        };
        self.ability(&self.module.main_element)
            .or_else(|| self.module.abilities.iter().find(home))
            .or_else(|| self.module.abilities.first())
    }

    /// Whether the module's code is ArkTS-static bytecode, which Concord cannot run.
    pub fn is_static(&self) -> bool {
        self.module.ark_ts_mode == "static" || self.module.code_language == "1.2"
    }
}

/// API level of a `minAPIVersion` or `targetAPIVersion`: HarmonyOS builds write `50002014` for 5.0.2(14).
pub fn api_level(version: u32) -> u32 {
    if version >= 1000 { version % 1000 } else { version }
}

/// Gives properties that were renamed with API 9 their present names.
fn modernise(tree: &mut Value) {
    let Some(module) = tree.get_mut("module").and_then(Value::as_object_mut) else { return };
    rename(module, "srcEntrance", "srcEntry");
    rename(module, "mainAbility", "mainElement");
    rename(module, "proxyDatas", "proxyData");
    for list in ["abilities", "extensionAbilities"] {
        for ability in module.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(ability) = ability.as_object_mut() else { continue };
            rename(ability, "srcEntrance", "srcEntry");
            rename(ability, "visible", "exported");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{"app":{"bundleName":"a.b","minAPIVersion":50002014,"versionCode":"oops"},
        "module":{"name":"entry","type":"feature","deviceTypes":["phone",3],
        "abilities":[{"name":"A","srcEntrance":"./ets/A.ts","visible":true,"launchType":"standard","extra":{}},
                     {"name":"B","skills":[{"actions":["action.system.home"]}]}, 7, {"srcEntry":"x"}]}}"#;

    #[test]
    fn odd_values_count_as_absent_and_old_names_are_understood() {
        let m = ModuleJson::parse(SMALL.as_bytes()).unwrap();
        assert_eq!(api_level(m.app.min_api_version), 14);
        assert_eq!(m.app.version_code, 0);
        assert_eq!(m.module.kind, ModuleKind::Feature);
        assert_eq!(m.module.device_types, ["phone"]);
        assert_eq!(m.module.abilities.len(), 2, "nameless and non-object abilities are dropped");
        let a = m.ability("A").unwrap();
        assert_eq!((a.src_entry.as_str(), a.exported, a.launch_type), ("./ets/A.ts", true, LaunchType::Multiton));
        assert_eq!(m.main_ability().unwrap().name, "B");
    }

    #[test]
    fn what_is_needed_is_named_when_missing() {
        for (text, want) in [
            ("{}", "`app`"),
            (r#"{"app":{"bundleName":""},"module":{"name":"m"}}"#, "`app.bundleName`"),
            (r#"{"app":{"bundleName":"b"},"module":{}}"#, "`module.name`"),
            ("[", "not valid JSON"),
        ] {
            let error = ModuleJson::parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(want), "{text}: {error}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let text = "[".repeat(100_000);
        assert!(ModuleJson::parse(text.as_bytes()).is_err());
    }
}
