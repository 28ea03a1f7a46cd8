//! From a request and its importer to the module that it names.

use super::{RecordRequest, Request, join, library_file, system_request, without_suffix};
use crate::hap::PkgContextInfo;
use crate::hap::pkg_context::PackageContext;

/// Who imports.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    /// Bundle name of the app.
    pub bundle: &'a str,
    /// Module whose abc holds the importing record.
    pub module: &'a str,
    /// Importing record.
    pub record: &'a str,
    /// `pkgContextInfo.json` of that module.
    pub packages: Option<&'a PkgContextInfo>,
}

/// What resolution asks of the importing abc.
pub trait Records {
    /// Whether it has this record.
    fn has_record(&self, record: &str) -> bool;
    /// An entry of the name table that the compiler writes (`@system.app` → `@native.system.app`, `pkg_modules/x` → the
    /// package's real place): in the abc, a class whose single field is none of the known ones maps the class's name
    /// to the field's name.
    fn mapped(&self, name: &str) -> Option<String>;
}

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A system module, by its request (`@ohos:file.fs`).
    System(String),
    /// A native library of the app.
    Library {
        /// Bundle, empty for the importing one.
        bundle: String,
        /// Module, empty for the importing one.
        module: String,
        /// File name, e.g. `libentry.so`.
        file: String,
    },
    /// A record. It exists when bundle and module are empty; in another module's abc that is for the graph to see.
    Record {
        /// Bundle, empty for the importing one.
        bundle: String,
        /// Module whose abc holds the record, empty for the importing one.
        module: String,
        /// Record name.
        record: String,
    },
}

/// A request that names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot find module '{request}', imported from '{importer}'{}", hint.map(|h| format!(": {h}")).unwrap_or_default())]
pub struct ResolveError {
    /// The request.
    pub request: String,
    /// The importing record.
    pub importer: String,
    /// Why, where it can be said.
    pub hint: Option<&'static str>,
}

/// Finds what a request names. Mock lists are applied before, see [`super::mocked`].
pub fn resolve(request: &str, importer: &Importer<'_>, abc: &dyn Records) -> Result<Target, ResolveError> {
    let found = match Request::parse(request) {
        Request::System { .. } => return Ok(Target::System(request.to_owned())),
        Request::Library { bundle, module, name } => Some(importer.library(bundle, module, name)),
        Request::Record(record) => importer.record_target(&record, abc),
        Request::Relative(path) => importer.relative(path, abc),
        Request::Bare(name) => importer.bare(name, abc, 2),
    };
    let kit = request.starts_with("@kit.");
    found.ok_or_else(|| ResolveError {
        request: request.to_owned(),
        importer: importer.record.to_owned(),
        hint: kit.then_some("kits exist only at build time; import the module itself (`@ohos.…`)"),
    })
}

/// A record of the importing abc.
fn own(record: String) -> Target {
    Target::Record { bundle: String::new(), module: String::new(), record }
}

impl Importer<'_> {
    /// Bundle and module with those of the importer made empty.
    fn place(&self, bundle: &str, module: &str) -> (String, String) {
        let bundle = if bundle == self.bundle { "" } else { bundle };
        let module = if bundle.is_empty() && module == self.module { "" } else { module };
        (bundle.to_owned(), module.to_owned())
    }

    fn library(&self, bundle: &str, module: &str, name: &str) -> Target {
        let (bundle, module) = self.place(bundle, module);
        Target::Library { bundle, module, file: library_file(name) }
    }

    fn record_target(&self, request: &RecordRequest<'_>, abc: &dyn Records) -> Option<Target> {
        let (bundle, module, record) = match *request {
            RecordRequest::Normalized { module, bundle, path, version } => {
                let record = format!("{bundle}&{path}&{version}");
                let (other_bundle, other_module) = self.place(bundle, module);
                // Records of an app do not name its own bundle, requests may.
                let unnamed = format!("&{path}&{version}");
                let named = !other_bundle.is_empty() || abc.has_record(&record) || !abc.has_record(&unnamed);
                (other_bundle, other_module, if named { record } else { unnamed })
            }
            RecordRequest::Bundle { bundle, module, record } => {
                if abc.has_record(record) {
                    return Some(own(record.to_owned()));
                }
                // Records of abc files before API 9 have no bundle and module in their names.
                let short = record.splitn(3, '/').nth(2).unwrap_or_default();
                if abc.has_record(short) {
                    return Some(own(short.to_owned()));
                }
                let (bundle, module) = self.place(bundle, module);
                (bundle, module, record.to_owned())
            }
            RecordRequest::Package(record) => (String::new(), String::new(), record.to_owned()),
            RecordRequest::Module { module, path } => {
                let (_, module) = self.place("", module);
                (String::new(), module, format!("{}/{path}", self.bundle))
            }
        };
        let here = bundle.is_empty() && module.is_empty();
        (!here || abc.has_record(&record)).then_some(Target::Record { bundle, module, record })
    }

    /// Bundle, package path and version of the importing record, when its name is normalized.
    fn normalized(&self) -> Option<(&str, &str, &str)> {
        let (rest, version) = self.record.rsplit_once('&')?;
        let (bundle, path) = rest.rsplit_once('&')?;
        Some((bundle, path, version))
    }

    /// `path` relative to the folder of the importing record, as a file or as a folder with an index.
    fn relative(&self, path: &str, abc: &dyn Records) -> Option<Target> {
        let exists = |path: &str| {
            let record = match self.normalized() {
                Some((bundle, _, version)) => format!("{bundle}&{path}&{version}"),
                None => path.to_owned(),
            };
            abc.has_record(&record).then(|| own(record))
        };
        let base = self.normalized().map_or(self.record, |(_, path, _)| path);
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = join(folder, without_suffix(path));
        exists(&file).or_else(|| exists(&format!("{file}/index"))).or_else(|| exists(&join(folder, path)))
    }

    /// A package, a path in one, or a system module by source name. `rounds` bounds the table look-ups that lead to
    /// another request.
    fn bare(&self, name: &str, abc: &dyn Records, rounds: u32) -> Option<Target> {
        if without_suffix(name) != name
            && let Some(target) = self.relative(name, abc)
        {
            return Some(target);
        }
        if name.starts_with("ets/")
            && let Some(target) = self.in_module(name, abc)
        {
            return Some(target);
        }
        if abc.has_record(name) {
            return Some(own(name.to_owned()));
        }
        if let Some(packages) = self.packages
            && let Some(target) = self.package(packages, name)
        {
            return Some(target);
        }
        if rounds > 0
            && let Some(request) = self.mapped(name, abc)
        {
            return match Request::parse(&request) {
                Request::System { .. } => Some(Target::System(request)),
                Request::Library { bundle, module, name } => Some(self.library(bundle, module, name)),
                Request::Record(record) => self.record_target(&record, abc),
                Request::Relative(path) => self.relative(path, abc),
                Request::Bare(name) => self.bare(name, abc, rounds - 1),
            };
        }
        if let Some(request) = system_request(name) {
            return Some(Target::System(request));
        }
        self.installed_package(name, abc).map(own)
    }

    /// `ets/x` is a path in the importing module.
    fn in_module(&self, path: &str, abc: &dyn Records) -> Option<Target> {
        let path = without_suffix(path);
        let record = match self.normalized() {
            Some((bundle, own_path, version)) => {
                let (folder, _) = own_path.split_once("/ets/")?;
                format!("{bundle}&{folder}/{path}&{version}")
            }
            None => format!("{}/{}/{path}", self.bundle, self.module),
        };
        abc.has_record(&record).then(|| own(record))
    }

    /// A package of `pkgContextInfo.json` by name or alias, or a path in one.
    fn package(&self, packages: &PkgContextInfo, name: &str) -> Option<Target> {
        let target = |package: &PackageContext, path: Option<&str>| {
            let (bundle, module) = self.place(&package.bundle_name, &package.module_name);
            if package.is_so {
                return Target::Library { bundle, module, file: library_file(&package.package_name) };
            }
            let path = without_suffix(path.unwrap_or(&package.entry_path));
            let path = join(&package.package_name, path);
            Target::Record { bundle, module, record: format!("{}&{path}&{}", package.bundle_name, package.version) }
        };
        if let Some(package) = packages.imported_as(name) {
            return Some(target(package, None));
        }
        // Package names have one part, or two when scoped.
        name.match_indices('/').take(2).find_map(|(slash, _)| {
            let (alias, path) = (name.get(..slash)?, name.get(slash + 1..)?);
            packages.imported_as(alias).map(|package| target(package, Some(path)))
        })
    }

    /// The compiler's table, for a whole name or for the module that a path begins with.
    fn mapped(&self, name: &str, abc: &dyn Records) -> Option<String> {
        // The table writes `@bundle.` where requests say `@bundle:`.
        let as_request = |entry: String| match entry.starts_with('@') {
            true => entry.replacen('.', ":", 1),
            false => entry,
        };
        if let Some(entry) = abc.mapped(name) {
            return Some(as_request(entry));
        }
        name.match_indices('/').take(2).find_map(|(slash, _)| {
            let (module, path) = (name.get(..slash)?, name.get(slash..)?);
            // The entry names the module's index file; the path replaces it.
            let entry = abc.mapped(module)?;
            let (folder, _) = entry.rsplit_once('/')?;
            Some(as_request(format!("{folder}{}", path.strip_prefix("/src/main").unwrap_or(path))))
        })
    }

    /// An ohpm or npm package of abc files without normalized names.
    fn installed_package(&self, name: &str, abc: &dyn Records) -> Option<String> {
        let name = join("", name);
        let mut folders: Vec<String> = Vec::new();
        if self.record.starts_with("pkg_modules") {
            // Packages beside the importing one, then those of the enclosing folders.
            let mut place = self.record;
            while let Some((outer, _)) = place.rsplit_once("pkg_modules") {
                folders.push(format!("{outer}pkg_modules"));
                place = outer.trim_end_matches('/');
            }
            folders.extend(self.record.split('/').next().map(str::to_owned));
        } else if let Some(module) = self.record.split('/').nth(1) {
            let (module, har) = module.split_once('@').unwrap_or((module, module));
            folders.push(format!("pkg_modules@{har}"));
            folders.push(format!("pkg_modules@{module}"));
        }
        folders.push("pkg_modules".to_owned());
        let ohpm = folders.iter().find_map(|folder| ohpm_entry(folder, &name, abc));
        ohpm.or_else(|| {
            let levels = ["pkg_modules/0", "pkg_modules/1", "node_modules/0", "node_modules/1"];
            levels.iter().find_map(|level| file_or_entry(&format!("{level}/{name}"), abc))
        })
    }
}

/// A record, or the record of a folder's index.
fn file_or_index(path: &str, abc: &dyn Records) -> Option<String> {
    [path.to_owned(), format!("{path}/index")].into_iter().find(|record| abc.has_record(record))
}

/// A file or folder of a package, or the entry of a whole package.
fn file_or_entry(path: &str, abc: &dyn Records) -> Option<String> {
    let entry = || abc.mapped(path).filter(|record| abc.has_record(record));
    file_or_index(path, abc).or_else(entry)
}

/// A package in a folder: the table maps `folder/package` to its place, and that place to its entry record.
fn ohpm_entry(folder: &str, name: &str, abc: &dyn Records) -> Option<String> {
    let ends = name.match_indices('/').map(|(slash, _)| slash).chain([name.len()]);
    ends.take(8).find_map(|end| {
        let place = abc.mapped(&format!("{folder}/{}", name.get(..end)?))?;
        match name.get(end + 1..) {
            Some(path) if !path.is_empty() => file_or_index(&format!("{place}/{path}"), abc),
            _ => abc.mapped(&place).filter(|record| abc.has_record(record)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    #[derive(Default)]
    struct Abc(HashSet<&'static str>, HashMap<&'static str, &'static str>);

    impl Records for Abc {
        fn has_record(&self, record: &str) -> bool {
            self.0.contains(record)
        }
        fn mapped(&self, name: &str) -> Option<String> {
            self.1.get(name).map(|entry| (*entry).to_owned())
        }
    }

    fn to(target: Target) -> String {
        match target {
            Target::System(request) => request,
            Target::Library { bundle, module, file } => format!("[{bundle}|{module}] {file}"),
            Target::Record { bundle, module, record } => format!("[{bundle}|{module}] {record}"),
        }
    }

    #[test]
    fn normalized_packages() {
        let packages = PkgContextInfo::parse(
            br#"{"entry":{"entryPath":"src/main/"},"@ohos/hypium":{"version":"1.0.13","entryPath":"index.js"},
                 "@a/lib":{"dependencyAlias":"lib","entryPath":"./Index.ets","moduleName":"lib"},
                 "libentry.so":{"isSO":true},"shared":{"bundleName":"b2","moduleName":"m2","entryPath":"Index.ets"}}"#,
        )
        .unwrap();
        let abc = Abc(
            [
                "&entry/src/main/ets/pages/Index&",
                "&entry/src/main/ets/util/index&",
                "&@ohos/hypium/index&1.0.13",
                "&entry/src/main/ets/data&",
            ]
            .into(),
            [("@system.app", "@native.system.app")].into(),
        );
        let importer = Importer {
            bundle: "com.a",
            module: "entry",
            record: "&entry/src/main/ets/pages/Index&",
            packages: Some(&packages),
        };
        for (request, want) in [
            ("@ohos:hilog", "@ohos:hilog"),
            ("@ohos.hilog", "@ohos:hilog"),
            ("@system.app", "@native:system.app"),
            ("@normalized:N&&&entry/src/main/ets/pages/Index&", "[|] &entry/src/main/ets/pages/Index&"),
            ("@normalized:N&entry&com.a&entry/src/main/ets/data&", "[|] &entry/src/main/ets/data&"),
            ("@normalized:N&lib&&lib/Index&", "[|lib] &lib/Index&"),
            ("@normalized:N&m2&b2&shared/Index&1", "[b2|m2] b2&shared/Index&1"),
            ("../util", "[|] &entry/src/main/ets/util/index&"),
            ("../data.json", "[|] &entry/src/main/ets/data&"),
            ("@ohos/hypium", "[|] &@ohos/hypium/index&1.0.13"),
            ("lib", "[|lib] &@a/lib/Index&"),
            ("lib/src/main/ets/x.ets", "[|lib] &@a/lib/src/main/ets/x&"),
            ("@a/lib/src/x", "[|lib] &@a/lib/src/x&"),
            ("shared", "[b2|m2] b2&shared/Index&"),
            ("libentry.so", "[|] libentry.so"),
            ("ets/util/index", "[|] &entry/src/main/ets/util/index&"),
        ] {
            assert_eq!(to(resolve(request, &importer, &abc).unwrap()), want, "{request}");
        }
        assert!(resolve("absent", &importer, &abc).is_err());
        assert!(resolve("./absent", &importer, &abc).is_err());
        let error = resolve("@kit.ArkUI", &importer, &abc).unwrap_err().to_string();
        assert!(error.contains("build time"), "{error}");
    }

    #[test]
    fn bundle_names_and_installed_packages() {
        let hypium = "pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium";
        let abc = Abc(
            [
                "com.a/entry/ets/pages/Index",
                "com.a/entry/ets/util",
                "pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/index",
                "pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/src/core",
                "pkg_modules/0/old/index",
            ]
            .into(),
            [
                ("pkg_modules@entry/@ohos/hypium", hypium),
                (hypium, "pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/index"),
                ("lib", "@bundle.com.a/lib/Index"),
            ]
            .into(),
        );
        let importer =
            Importer { bundle: "com.a", module: "entry", record: "com.a/entry/ets/pages/Index", packages: None };
        for (request, want) in [
            ("@bundle:com.a/entry/ets/util", "[|] com.a/entry/ets/util"),
            ("@bundle:com.a/other/ets/x", "[|other] com.a/other/ets/x"),
            ("@bundle:com.b/other/ets/x", "[com.b|other] com.b/other/ets/x"),
            ("@module:other/ets/x", "[|other] com.a/other/ets/x"),
            ("@app:com.a/entry/entry", "[|] libentry.so"),
            ("../util.ts", "[|] com.a/entry/ets/util"),
            ("ets/util", "[|] com.a/entry/ets/util"),
            ("@ohos/hypium", "[|] pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/index"),
            ("@ohos/hypium/src/core", "[|] pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/src/core"),
            ("old", "[|] pkg_modules/0/old/index"),
            ("lib", "[|lib] com.a/lib/Index"),
            ("lib/src/main/ets/x", "[|lib] com.a/lib/ets/x"),
            ("lib/x", "[|lib] com.a/lib/x"),
        ] {
            assert_eq!(to(resolve(request, &importer, &abc).unwrap()), want, "{request}");
        }
        let inner = Importer { record: "pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/index", ..importer };
        assert_eq!(
            to(resolve("./src/core", &inner, &abc).unwrap()),
            "[|] pkg_modules/.ohpm/@ohos+hypium@1/pkg_modules/@ohos/hypium/src/core"
        );
    }

    #[test]
    fn old_records_have_no_bundle() {
        let abc = Abc(["ets/pages/Index", "ets/util"].into(), HashMap::new());
        let importer = Importer { bundle: "com.a", module: "entry", record: "ets/pages/Index", packages: None };
        assert_eq!(to(resolve("@bundle:com.a/entry/ets/util", &importer, &abc).unwrap()), "[|] ets/util");
        assert_eq!(to(resolve("../util", &importer, &abc).unwrap()), "[|] ets/util");
    }

    #[test]
    fn tables_that_lead_in_circles_end() {
        let abc = Abc(HashSet::new(), [("a", "b"), ("b", "a"), ("pkg_modules/c", "pkg_modules/c")].into());
        let importer = Importer { bundle: "x", module: "m", record: "x/m/ets/i", packages: None };
        assert!(resolve("a", &importer, &abc).is_err());
        assert!(resolve("c", &importer, &abc).is_err());
    }
}
