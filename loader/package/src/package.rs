//! One package: a `.hap` or `.hsp` file, or a folder with the same content.

use crate::contents::Contents;
use crate::signature::{self, Signature, Trust};
use crate::{Bytes, PackageError};
use concord_abi::hap::resources::Qualifiers;
use concord_abi::hap::{ConfigJson, ModuleJson, PackInfo, PkgContextInfo, ResourceTable, SourceMaps};
use concord_abi::request::EntryNames;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// How packages are opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Refuse packages that are not signed by somebody whom the platform trusts.
    pub require_trusted: bool,
    /// Device type to choose packages of an `.app` for, when it has several of one module; `phone` when empty.
    pub device_type: String,
}

/// An opened package. Nothing of it is unpacked to disk; entries are read when asked for.
#[derive(Debug)]
pub struct Package {
    contents: Contents,
    module: ModuleJson,
    pkg_context: Option<PkgContextInfo>,
    pack_info: Option<PackInfo>,
    signature: Signature,
    resources: OnceLock<Option<ResourceTable<Bytes>>>,
    source_maps: OnceLock<Option<SourceMaps<Bytes>>>,
}

/// Where an entry can be mapped from, for the native library loader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// The host file.
    pub path: PathBuf,
    /// Bytes of the entry in it.
    pub range: Range<u64>,
}

const ABC: &str = "ets/modules.abc";
const RAW_FILES: &str = "resources/rawfile/";

impl Package {
    /// Opens a `.hap`, `.hsp` or unpacked folder. For `.app` files see [`crate::PackageSet`].
    pub fn open(path: &Path, options: &Options) -> Result<Package, PackageError> {
        Package::from_contents(Contents::open(path)?, options)
    }

    /// Opens a package that is in memory; errors call it `name`.
    pub fn from_bytes(name: &Path, bytes: Vec<u8>, options: &Options) -> Result<Package, PackageError> {
        Package::from_contents(Contents::from_bytes(name, bytes.into())?, options)
    }

    pub(crate) fn from_contents(contents: Contents, options: &Options) -> Result<Package, PackageError> {
        let mut package = Package::describe(contents)?;
        if package.module.is_static() {
            return Err(static_code(package.path()));
        }
        package.signature = verify(&package.contents, &package.module, options)?;
        Ok(package)
    }

    /// Reads what describes a package, whether or not it can run; its signature is not looked at.
    pub(crate) fn describe(contents: Contents) -> Result<Package, PackageError> {
        let module = match contents.parse("module.json", ModuleJson::parse)? {
            Some(module) => module,
            None => return Err(no_module(&contents)),
        };
        let pkg_context = contents.parse("pkgContextInfo.json", PkgContextInfo::parse)?;
        // Only the installer needs it, so a damaged one does not matter here.
        let pack_info = contents.parse("pack.info", PackInfo::parse).unwrap_or_else(|error| {
            tracing::warn!("{error}");
            None
        });
        let (signature, resources, source_maps) = (Signature::Unsigned, OnceLock::new(), OnceLock::new());
        Ok(Package { contents, module, pkg_context, pack_info, signature, resources, source_maps })
    }

    /// Where it came from: a file, a folder, or `file.app!/entry.hap`.
    pub fn path(&self) -> &Path {
        self.contents.path()
    }

    /// The whole package file, its signature included; none for an unpacked folder.
    pub fn file(&self) -> Option<&Bytes> {
        self.contents.archive().map(|archive| archive.data())
    }

    /// `module.json`.
    pub fn module(&self) -> &ModuleJson {
        &self.module
    }

    /// `pkgContextInfo.json`; present when import requests are normalized.
    pub fn pkg_context(&self) -> Option<&PkgContextInfo> {
        self.pkg_context.as_ref()
    }

    /// `pack.info`.
    pub fn pack_info(&self) -> Option<&PackInfo> {
        self.pack_info.as_ref()
    }

    /// Whether it is signed, and by whom.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// For looking up records by source names (`srcEntry`, page URLs).
    pub fn entry_names(&self) -> EntryNames<'_> {
        EntryNames {
            bundle: &self.module.app.bundle_name,
            module: &self.module.module.name,
            package: &self.module.module.package_name,
            packages: self.pkg_context(),
        }
    }

    /// Paths of all entries, e.g. `ets/modules.abc`.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        self.contents.names()
    }

    /// Whether there is an entry of this path.
    pub fn contains(&self, entry: &str) -> bool {
        self.contents.contains(entry)
    }

    /// Uncompressed size of an entry.
    pub fn size(&self, entry: &str) -> Option<u64> {
        self.contents.size(entry)
    }

    /// Bytes of an entry; `Ok(None)` when there is none of this path.
    pub fn read(&self, entry: &str) -> Result<Option<Bytes>, PackageError> {
        self.contents.read(entry)
    }

    /// `ets/modules.abc`, checked to be dynamic Ark bytecode. `Ok(None)` for packages without code.
    pub fn abc(&self) -> Result<Option<Bytes>, PackageError> {
        let Some(abc) = self.read(ABC)? else {
            if self.contains("ets/modules_static.abc") {
                return Err(static_code(self.path()));
            }
            return Ok(None);
        };
        if !abc.starts_with(b"PANDA\0\0\0") {
            let what = if abc.is_empty() { "is empty" } else { "does not begin as Ark bytecode does" };
            let error = PackageError::new(self.path(), format!("{ABC} {what}"));
            return Err(error.hint(
                "it is damaged, or encrypted by the app store: such packages run only on the device they were \
                 downloaded to; use a package from the developer's build",
            ));
        }
        // Major 0, minor 1: ArkTS-static code, another language and another instruction set.
        if abc.get(12..14) == Some(&[0, 1]) {
            return Err(static_code(self.path()));
        }
        Ok(Some(abc))
    }

    /// `resources.index`. A damaged one is an error the first time and absent from then on.
    pub fn resources(&self) -> Result<Option<&ResourceTable<Bytes>>, PackageError> {
        self.cached(&self.resources, "resources.index", ResourceTable::parse)
    }

    /// `ets/sourceMaps.map`. A damaged one is an error the first time and absent from then on.
    pub fn source_maps(&self) -> Result<Option<&SourceMaps<Bytes>>, PackageError> {
        self.cached(&self.source_maps, "ets/sourceMaps.map", SourceMaps::parse)
    }

    fn cached<'a, T, E: std::fmt::Display>(
        &'a self,
        cell: &'a OnceLock<Option<T>>,
        entry: &str,
        parse: impl FnOnce(Bytes) -> Result<T, E>,
    ) -> Result<Option<&'a T>, PackageError> {
        if let Some(known) = cell.get() {
            return Ok(known.as_ref());
        }
        let parsed = self.read(entry).and_then(|bytes| {
            let parsed = bytes.map(parse).transpose();
            parsed.map_err(|e| PackageError::new(self.path(), format!("{entry}: {e}")))
        });
        match parsed {
            Ok(value) => Ok(cell.get_or_init(|| value).as_ref()),
            Err(error) => {
                let _ = cell.set(None);
                Err(error)
            }
        }
    }

    /// The entry that a media or profile resource names: its value begins with the module's name.
    pub fn resource_entry<'a>(&self, value: &'a str) -> &'a str {
        match value.split_once('/') {
            Some((first, rest)) if first != "resources" => rest,
            _ => value,
        }
    }

    /// A profile by its reference in `module.json`, e.g. `$profile:main_pages`; `Ok(None)` when there is none.
    pub fn profile(&self, reference: &str) -> Result<Option<Value>, PackageError> {
        let Some(name) = reference.strip_prefix("$profile:").filter(|name| !name.is_empty()) else { return Ok(None) };
        let indexed = self.resources()?.and_then(|table| {
            let id = table.find_reference(reference)?;
            table.text(id, &Qualifiers::default()).ok().map(|value| self.resource_entry(&value).to_owned())
        });
        let entry = indexed.unwrap_or_else(|| format!("resources/base/profile/{name}.json"));
        self.contents.parse(&entry, concord_abi::hap::json::parse)
    }

    /// Page paths (`pages/Index`), first one first.
    pub fn pages(&self) -> Result<Vec<String>, PackageError> {
        let profile = self.profile(&self.module.module.pages)?;
        let list = profile.as_ref().and_then(|profile| profile.get("src")).and_then(Value::as_array);
        Ok(list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// A file under `resources/rawfile`, by its path there.
    pub fn raw_file(&self, path: &str) -> Result<Option<Bytes>, PackageError> {
        self.read(&format!("{RAW_FILES}{path}"))
    }

    /// Names of files and folders directly under a folder of `resources/rawfile` (`""` is the top); empty when there
    /// is no such folder.
    pub fn raw_files(&self, folder: &str) -> Vec<String> {
        let folder = folder.trim_matches('/');
        let prefix = if folder.is_empty() { RAW_FILES.to_owned() } else { format!("{RAW_FILES}{folder}/") };
        let names = self.entries().filter_map(|entry| entry.strip_prefix(prefix.as_str())?.split('/').next());
        names.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// ABIs that it has native libraries for, e.g. `arm64-v8a`.
    pub fn abis(&self) -> BTreeSet<&str> {
        self.entries().filter_map(|entry| entry.strip_prefix("libs/")?.split_once('/')).map(|(abi, _)| abi).collect()
    }

    /// File names of the native libraries for an ABI, e.g. `libentry.so`, or `sub/libx.so`.
    pub fn libraries(&self, abi: &str) -> Vec<&str> {
        let prefix = format!("libs/{abi}/");
        self.entries().filter_map(|entry| entry.strip_prefix(prefix.as_str())).collect()
    }

    /// Bytes of a native library.
    pub fn library(&self, abi: &str, file: &str) -> Result<Option<Bytes>, PackageError> {
        self.read(&format!("libs/{abi}/{file}"))
    }

    /// The host file that holds an entry uncompressed, when there is one, for mapping it as a library.
    pub fn host_file(&self, entry: &str) -> Option<HostFile> {
        self.contents.host_file(entry).map(|(path, range)| HostFile { path, range })
    }
}

pub(crate) fn static_code(path: &Path) -> PackageError {
    let error = PackageError::new(path, "is written in ArkTS-static (ArkTS 1.2)");
    error.hint("Concord runs dynamic ArkTS, JavaScript and native code; static bytecode is not supported")
}

/// Says what a package without `module.json` is instead.
pub(crate) fn no_module(contents: &Contents) -> PackageError {
    let error = |what: &str| PackageError::new(contents.path(), what);
    let has = |suffix: &str| contents.names().any(|name| name.ends_with(suffix));
    if has(".dex") {
        return error("is a Java package (it has .dex files)")
            .hint("Java apps of HarmonyOS 2 and 3 need a Java runtime, which Concord does not have");
    }
    if contents.contains("config.json") {
        let details = match contents.parse("config.json", ConfigJson::parse) {
            Ok(Some(config)) => format!(" of API {}", config.app.api_version.compatible),
            _ => String::new(),
        };
        return error(&format!("is an app{details} in the FA model (config.json), which is not supported"))
            .hint("build it for the stage model (API 9 or newer); `concord info` shows what is in it");
    }
    if has(".hap") || has(".hsp") {
        return error("holds other packages: it is an .app").hint("it is opened as a set of packages");
    }
    if contents.contains("AndroidManifest.xml") {
        return error("is an Android package").hint("Concord runs HarmonyOS and OpenHarmony packages");
    }
    if contents.contains("oh-package.json5") {
        return error("is a library (.har) or a project, not a package")
            .hint("build it; the package is under build/default/outputs");
    }
    error("has no module.json, so it is not a package of the stage model")
        .hint("name a .hap or .hsp file, or the folder that module.json is in")
}

/// Verifies the signature and applies the policy.
fn verify(contents: &Contents, module: &ModuleJson, options: &Options) -> Result<Signature, PackageError> {
    let path = contents.path();
    let signature = match contents.archive() {
        Some(archive) => {
            signature::verify(archive.data(), archive.layout(), options.require_trusted).map_err(|what| {
                PackageError::new(path, what).hint("the file was changed after signing, or damaged; get it again")
            })?
        }
        None => Signature::Unsigned,
    };
    let refuse = |what: String| {
        let error = PackageError::new(path, what);
        Err(error.hint("trusted signatures were required; leave that out to run it nevertheless"))
    };
    match &signature {
        Signature::Unsigned if options.require_trusted => return refuse("is not signed".to_owned()),
        Signature::Unsigned => {}
        Signature::Signed(signed) => {
            for warning in &signed.warnings {
                tracing::warn!("{}: {warning}", path.display());
            }
            if let Trust::Unknown(why) | Trust::NotVerified(why) = &signed.trust {
                if options.require_trusted {
                    return refuse(format!("is signed by `{}`, which is not trusted: {why}", signed.signer));
                }
                tracing::warn!("{}: signed by `{}`, which is not trusted: {why}", path.display(), signed.signer);
            }
            let bundle = &module.app.bundle_name;
            if let Some(profile) = &signed.profile
                && profile.bundle_info.bundle_name != *bundle
            {
                let other = &profile.bundle_info.bundle_name;
                let what = format!("the profile is for bundle `{other}`, the package is of `{bundle}`");
                if options.require_trusted {
                    return refuse(what);
                }
                tracing::warn!("{}: {what}", path.display());
            }
            if options.require_trusted && signed.profile.is_none() {
                return refuse("has no usable profile".to_owned());
            }
        }
    }
    Ok(signature)
}
