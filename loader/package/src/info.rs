//! What a package is and what it needs: `concord info`.
//!
//! A report is made of any package that can be opened at all, also of those that Concord cannot run: then it says why.

use crate::Bytes;
use crate::contents::Contents;
use crate::package::{Package, no_module, static_code};
use crate::signature::{self, Signature, Trust};
use crate::{PackageError, set};
use concord_abi::abc::AbcFile;
use concord_abi::hap::module_json::{ModuleJson, api_level};
use concord_abi::hap::resources::Format;
use concord_abi::hap::{ConfigJson, signing};
use concord_abi::request::Request;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// The ABI of libraries that run.
const NATIVE_ABI: &str = "x86_64";

/// A report on one package.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file or folder, `file.app!/entry.hap` for packages inside another.
    pub path: PathBuf,
    /// `stage`, `fa`, or empty when it is neither.
    pub model: &'static str,
    /// The application.
    pub bundle: Bundle,
    /// API levels.
    pub api: Api,
    /// The module.
    pub module: Module,
    /// UIAbilities.
    pub abilities: Vec<Ability>,
    /// Extension abilities.
    pub extensions: Vec<Ability>,
    /// Permissions asked for.
    pub permissions: Vec<String>,
    /// Modules that must be there too, `bundle/module` or `module`.
    pub dependencies: Vec<String>,
    /// Pages.
    pub pages: Vec<String>,
    /// Bytecode, when there is any.
    pub code: Option<Code>,
    /// System modules that the bytecode imports, e.g. `@ohos:hilog`.
    pub system_modules: BTreeSet<String>,
    /// File names of native libraries by ABI.
    pub libraries: BTreeMap<String, Vec<String>>,
    /// What is known of the native libraries, by ABI; empty when nobody has looked into them.
    pub native_libraries: BTreeMap<String, Vec<Library>>,
    /// Resources, when there are any.
    pub resources: Option<Resources>,
    /// Number of entries.
    pub entries: usize,
    /// Signature.
    pub signature: SignatureReport,
    /// Why it cannot run, in sentences; empty when nothing is known against it.
    pub obstacles: Vec<String>,
}

/// The application.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the properties of module.json")]
pub struct Bundle {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub vendor: String,
    pub version_name: String,
    pub version_code: u64,
    pub debug: bool,
}

/// API levels.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// Oldest level it runs on.
    pub min: u32,
    /// Level it was built for.
    pub target: u32,
    /// `Release`, `Beta1` …
    pub release_type: String,
    /// SDK it was built with.
    pub sdk: String,
}

/// The module.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the properties of module.json")]
pub struct Module {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub package_name: String,
    pub device_types: Vec<String>,
    pub main_element: String,
    pub compile_mode: String,
    pub virtual_machine: String,
    pub test_runner: String,
}

/// An ability or extension.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the properties of module.json")]
pub struct Ability {
    pub name: String,
    /// Launch type, or type of the extension.
    #[serde(rename = "type")]
    pub kind: String,
    pub src_entry: String,
    pub exported: bool,
}

/// Bytecode.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    /// Version of the bytecode, e.g. `12.0.6.0`.
    pub version: String,
    /// Size in bytes.
    pub size: usize,
    /// Number of modules in it.
    pub records: usize,
}

/// What is known of a native library.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Library {
    /// File name.
    pub name: String,
    /// Size in bytes.
    pub size: usize,
    /// Libraries that it is linked with.
    pub needed: Vec<String>,
    /// Build id, when it has one.
    pub build_id: Option<String>,
    /// Functions that it imports and nobody supplies, `libfoo.so:function`: a call of one ends the app.
    pub missing: Vec<String>,
    /// Functions that it imports and that only say that they have failed.
    pub stubs: Vec<String>,
    /// Why it cannot be loaded, in a sentence.
    pub problem: Option<String>,
}

/// Looks into the libraries of one ABI, given by file name with their bytes.
pub type Examine<'a> = &'a dyn Fn(&str, &[(String, Bytes)]) -> Vec<Library>;

/// Resources.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    /// Version of the index, 1 or 2.
    pub version: u32,
    /// Number of resources.
    pub count: usize,
    /// Folders that they are for, e.g. `base`, `zh_CN`.
    pub qualifiers: Vec<String>,
}

/// Signature.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureReport {
    /// `unsigned`, `trusted`, `unknown signer`, `not verified` or `wrong`.
    pub state: &'static str,
    /// Who signed it.
    pub signer: String,
    /// The root that it leads to, or why it leads to none.
    pub trust: String,
    /// Type of the profile: `debug` or `release`.
    pub profile: String,
    /// Privilege level that the profile gives.
    pub apl: String,
    /// What is odd, in sentences.
    pub warnings: Vec<String>,
}

/// Reports on a package; on an `.app`, on each package in it.
pub fn inspect(path: &Path) -> Result<Vec<Report>, PackageError> {
    reports(Contents::open(path)?, None)
}

/// As [`inspect`], and has somebody look into the native libraries.
pub fn inspect_with(path: &Path, examine: Examine<'_>) -> Result<Vec<Report>, PackageError> {
    reports(Contents::open(path)?, Some(examine))
}

/// Reports on a package that is in memory; errors call it `name`.
pub fn inspect_bytes(name: &Path, bytes: Vec<u8>) -> Result<Vec<Report>, PackageError> {
    reports(Contents::from_bytes(name, bytes.into())?, None)
}

fn reports(contents: Contents, examine: Option<Examine<'_>>) -> Result<Vec<Report>, PackageError> {
    if set::is_app(&contents) {
        return Ok(set::inner(&contents)?.into_iter().map(|contents| report(contents, examine)).collect());
    }
    Ok(vec![report(contents, examine)])
}

fn report(contents: Contents, examine: Option<Examine<'_>>) -> Report {
    let mut report = Report {
        path: contents.path().to_owned(),
        entries: contents.names().count(),
        signature: signature_of(&contents),
        ..Report::default()
    };
    if report.signature.state == "wrong" {
        report.obstacles.push(report.signature.trust.clone());
    }
    for (abi, file) in contents.names().filter_map(|name| name.strip_prefix("libs/")?.split_once('/')) {
        report.libraries.entry(abi.to_owned()).or_default().push(file.to_owned());
    }
    if let Some(examine) = examine {
        report.fill_libraries(&contents, examine);
    }
    if !contents.contains("module.json") {
        report.obstacles.push(sentence(&no_module(&contents)));
        if let Ok(Some(config)) = contents.parse("config.json", ConfigJson::parse) {
            report.fill_fa(&config);
        }
        return report;
    }
    match Package::describe(contents) {
        Ok(package) => report.fill_stage(&package),
        Err(error) => report.obstacles.push(sentence(&error)),
    }
    report
}

/// An error without the path, which the report has already.
fn sentence(error: &PackageError) -> String {
    match &error.hint {
        Some(hint) => format!("{}; {hint}", error.what),
        None => error.what.clone(),
    }
}

fn signature_of(contents: &Contents) -> SignatureReport {
    let verified = contents.archive().map(|archive| signature::verify(archive.data(), archive.layout(), true));
    let signed = match verified {
        None | Some(Ok(Signature::Unsigned)) => return SignatureReport { state: "unsigned", ..Default::default() },
        Some(Err(why)) => return SignatureReport { state: "wrong", trust: why, ..Default::default() },
        Some(Ok(Signature::Signed(signed))) => *signed,
    };
    let (state, trust) = match signed.trust {
        Trust::Known(root) => ("trusted", root.to_owned()),
        Trust::Unknown(why) => ("unknown signer", why),
        Trust::NotVerified(why) => ("not verified", why),
    };
    let signing::Profile { kind, bundle_info, .. } = signed.profile.unwrap_or_default();
    SignatureReport {
        state,
        signer: signed.signer,
        trust,
        profile: kind,
        apl: bundle_info.apl,
        warnings: signed.warnings,
    }
}

impl Report {
    fn fill_libraries(&mut self, contents: &Contents, examine: Examine<'_>) {
        for (abi, files) in &self.libraries {
            let mut libraries = Vec::new();
            for file in files {
                match contents.read(&format!("libs/{abi}/{file}")) {
                    Ok(bytes) => libraries.extend(bytes.map(|bytes| (file.clone(), bytes))),
                    Err(error) => self.obstacles.push(sentence(&error)),
                }
            }
            self.native_libraries.insert(abi.clone(), examine(abi, &libraries));
        }
    }

    fn fill_fa(&mut self, config: &ConfigJson) {
        self.model = "fa";
        self.bundle = Bundle {
            name: config.app.bundle_name.clone(),
            vendor: config.app.vendor.clone(),
            version_name: config.app.version.name.clone(),
            version_code: config.app.version.code,
            ..Bundle::default()
        };
        self.api = Api {
            min: api_level(config.app.api_version.compatible),
            target: api_level(config.app.api_version.target),
            release_type: config.app.api_version.release_type.clone(),
            ..Api::default()
        };
        let module = &config.module;
        self.module = Module {
            name: module.distro.module_name.clone(),
            kind: module.distro.module_type.clone(),
            package_name: module.package.clone(),
            device_types: module.device_type.clone(),
            main_element: module.main_ability.clone(),
            test_runner: module.test_runner.as_ref().map(|runner| runner.name.clone()).unwrap_or_default(),
            ..Module::default()
        };
        self.abilities = module
            .abilities
            .iter()
            .map(|ability| Ability {
                name: ability.name.clone(),
                kind: format!("{}, {}", ability.kind, ability.src_language),
                src_entry: ability.src_path.clone(),
                exported: ability.visible,
            })
            .collect();
        self.permissions = module.req_permissions.iter().map(|permission| permission.name.clone()).collect();
        self.pages = module.js.iter().flat_map(|set| set.pages.iter().cloned()).collect();
    }

    fn fill_stage(&mut self, package: &Package) {
        self.model = "stage";
        self.fill_module(package.module());
        match package.pages() {
            Ok(pages) => self.pages = pages,
            Err(error) => self.obstacles.push(sentence(&error)),
        }
        match package.resources() {
            Ok(Some(table)) => {
                self.resources = Some(Resources {
                    version: if table.format() == Format::V1 { 1 } else { 2 },
                    count: table.resources().count(),
                    qualifiers: table.configurations().iter().map(ToString::to_string).collect(),
                });
            }
            Ok(None) => {}
            Err(error) => self.obstacles.push(sentence(&error)),
        }
        if package.module().is_static() {
            self.obstacles.push(sentence(&static_code(package.path())));
        }
        match package.abc() {
            Ok(Some(abc)) => self.fill_code(&abc),
            Ok(None) => {}
            Err(error) => self.obstacles.push(sentence(&error)),
        }
    }

    fn fill_module(&mut self, json: &ModuleJson) {
        let (app, module) = (&json.app, &json.module);
        self.bundle = Bundle {
            name: app.bundle_name.clone(),
            kind: app.bundle_type.clone(),
            vendor: app.vendor.clone(),
            version_name: app.version_name.clone(),
            version_code: app.version_code,
            debug: app.debug,
        };
        self.api = Api {
            min: api_level(app.min_api_version),
            target: api_level(app.target_api_version),
            release_type: app.api_release_type.clone(),
            sdk: format!("{} {}", app.compile_sdk_type, app.compile_sdk_version).trim().to_owned(),
        };
        self.module = Module {
            name: module.name.clone(),
            kind: module.kind.name().to_owned(),
            package_name: module.package_name.clone(),
            device_types: module.device_types.clone(),
            main_element: module.main_element.clone(),
            compile_mode: module.compile_mode.clone(),
            virtual_machine: module.virtual_machine.clone(),
            test_runner: module.test_runner.as_ref().map(|runner| runner.src_path.clone()).unwrap_or_default(),
        };
        self.abilities = module
            .abilities
            .iter()
            .map(|ability| Ability {
                name: ability.name.clone(),
                kind: format!("{:?}", ability.launch_type).to_lowercase(),
                src_entry: ability.src_entry.clone(),
                exported: ability.exported,
            })
            .collect();
        self.extensions = module
            .extension_abilities
            .iter()
            .map(|extension| Ability {
                name: extension.name.clone(),
                kind: extension.kind.clone(),
                src_entry: extension.src_entry.clone(),
                exported: extension.exported,
            })
            .collect();
        self.permissions = module.request_permissions.iter().map(|permission| permission.name.clone()).collect();
        self.dependencies = module
            .dependencies
            .iter()
            .map(|dependency| match dependency.bundle_name.as_str() {
                "" => dependency.module_name.clone(),
                bundle if bundle == app.bundle_name => dependency.module_name.clone(),
                bundle => format!("{bundle}/{}", dependency.module_name),
            })
            .collect();
    }

    fn fill_code(&mut self, abc: &[u8]) {
        let mut code = Code { size: abc.len(), ..Code::default() };
        let scanned = AbcFile::parse(abc).and_then(|file| {
            code.version = file.version().0.map(|part| part.to_string()).join(".");
            let records = file.records()?;
            code.records = records.len();
            for request in records.iter().filter_map(|record| record.module.as_ref()).flat_map(|m| &m.requests) {
                if matches!(Request::parse(request), Request::System { .. }) {
                    self.system_modules.insert(request.to_string());
                }
            }
            Ok(())
        });
        if let Err(error) = scanned {
            self.obstacles.push(format!("ets/modules.abc: {error}"));
        }
        self.code = Some(code);
    }
}

impl fmt::Display for Report {
    /// The report for people: a heading, then a line for each thing that there is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Clean(&self.path.display().to_string()))?;
        let (bundle, module, api) = (&self.bundle, &self.module, &self.api);
        if !bundle.name.is_empty() {
            let debug = if bundle.debug { ", debug build" } else { "" };
            let version = format!("{} ({})", bundle.version_name, bundle.version_code);
            line(f, "Bundle", &[format!("{} {version}{debug}", bundle.name)])?;
            let kind = if self.model == "fa" { format!("{}, FA model", module.kind) } else { module.kind.clone() };
            line(
                f,
                "Module",
                &[format!("{} ({kind}), for {}", module.name, or_none(&module.device_types.join(", ")))],
            )?;
            let details = [&api.release_type, &api.sdk].map(String::as_str).join(", ");
            line(f, "API level", &[format!("{} to {} ({})", api.min, api.target, details.trim_matches([',', ' ']))])?;
        }
        let ability = |ability: &Ability| {
            let main = if ability.name == module.main_element { "main, " } else { "" };
            let exported = if ability.exported { ", exported" } else { "" };
            format!("{} ({main}{}{exported}) {}", ability.name, ability.kind, ability.src_entry)
        };
        line(f, "Abilities", &self.abilities.iter().map(ability).collect::<Vec<_>>())?;
        line(f, "Extensions", &self.extensions.iter().map(ability).collect::<Vec<_>>())?;
        if !module.test_runner.is_empty() {
            line(f, "Test runner", std::slice::from_ref(&module.test_runner))?;
        }
        line(f, "Permissions", &self.permissions)?;
        line(f, "Needs modules", &self.dependencies)?;
        line(f, "Pages", &self.pages)?;
        if let Some(code) = &self.code {
            let text = format!("version {}, {} modules, {} KiB", code.version, code.records, code.size.div_ceil(1024));
            line(f, "Bytecode", &[text])?;
        }
        line(f, "Imports", &self.system_modules.iter().cloned().collect::<Vec<_>>())?;
        line(f, "Native code", &self.native_lines())?;
        if let Some(resources) = &self.resources {
            let qualifiers = resources.qualifiers.join(", ");
            line(
                f,
                "Resources",
                &[format!("{} for {qualifiers} (index version {})", resources.count, resources.version)],
            )?;
        }
        let signature = &self.signature;
        let text = match signature.state {
            "unsigned" => "unsigned".to_owned(),
            "wrong" => format!("wrong: {}", signature.trust),
            state => format!("{state}: `{}`, {} ({} profile)", signature.signer, signature.trust, signature.profile),
        };
        line(f, "Signature", &[text])?;
        line(f, "", &signature.warnings)?;
        line(f, "Cannot run", &self.obstacles)
    }
}

/// Names that a line lists.
const LISTED: usize = 12;

/// Names in one line, cut short.
fn listed(names: &[String]) -> String {
    let rest = names.len().saturating_sub(LISTED);
    let text = names.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if rest > 0 { format!("{text} and {rest} more (--json has all)") } else { text }
}

impl Report {
    /// Lines on the native libraries.
    fn native_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (abi, files) in &self.libraries {
            let Some(libraries) = self.native_libraries.get(abi) else {
                lines.push(format!("{abi}: {}", files.join(", ")));
                continue;
            };
            for library in libraries {
                let id = library.build_id.as_ref().map(|id| format!(", build id {id}")).unwrap_or_default();
                let needs = if library.needed.is_empty() { "nothing".to_owned() } else { library.needed.join(", ") };
                let size = library.size.div_ceil(1024);
                lines.push(format!("{abi}: {} ({size} KiB{id}), needs {needs}", library.name));
                if let Some(problem) = &library.problem {
                    lines.push(format!("  cannot be loaded: {problem}"));
                }
                if !library.missing.is_empty() {
                    lines.push(format!("  missing, a call ends the app: {}", listed(&library.missing)));
                }
                if !library.stubs.is_empty() {
                    lines.push(format!("  stubs, a call fails: {}", listed(&library.stubs)));
                }
            }
        }
        if !self.libraries.is_empty() && !self.libraries.contains_key(NATIVE_ABI) {
            lines.push(format!("none for {NATIVE_ABI}, the only ABI that runs here: imports of them fail"));
        }
        lines
    }
}

/// A line with a label, further values below the first; nothing for no values.
fn line(f: &mut fmt::Formatter<'_>, label: &str, values: &[String]) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        writeln!(f, "  {:<14} {}", if index == 0 { label } else { "" }, Clean(value))?;
    }
    Ok(())
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "no device type" } else { text }
}

/// Text of a package with control characters made visible, so that it cannot steer the terminal.
struct Clean<'a>(&'a str);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.trim_end().chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        Ok(())
    }
}
