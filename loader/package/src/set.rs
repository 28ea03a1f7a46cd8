//! Several packages of one bundle.

use crate::contents::Contents;
use crate::package::Options;
use crate::{Package, PackageError};
use concord_abi::hap::module_json::ModuleKind;
use std::path::{Path, PathBuf};

/// The packages of one bundle that are loaded together: entry, features, HSPs, tests. Never empty.
#[derive(Debug)]
pub struct PackageSet {
    packages: Vec<Package>,
    entry: usize,
}

/// Most packages of a set.
const MAX_PACKAGES: usize = 256;

impl PackageSet {
    /// Opens `.hap`, `.hsp`, `.app` files and unpacked folders of one bundle, and checks that they belong together.
    pub fn open(paths: &[PathBuf], options: &Options) -> Result<PackageSet, PackageError> {
        let mut sets = PackageSet::open_bundles(paths, options)?.into_iter();
        let (first, second) = (sets.next(), sets.next());
        match (first, second) {
            (Some(set), None) => Ok(set),
            (Some(set), Some(other)) => {
                let what = format!("belongs to bundle `{}`", other.bundle_name());
                let hint =
                    format!("the first package is of bundle `{}`; give packages of one bundle", set.bundle_name());
                Err(PackageError::new(other.entry().path(), what).hint(hint))
            }
            (None, _) => {
                Err(PackageError::new(Path::new("."), "no package was given").hint("name at least one .hap file"))
            }
        }
    }

    /// Opens packages of any number of bundles: one set for each, in the order of their first packages.
    pub fn open_bundles(paths: &[PathBuf], options: &Options) -> Result<Vec<PackageSet>, PackageError> {
        let mut bundles: Vec<Vec<Package>> = Vec::new();
        for package in open_all(paths, options)? {
            match bundles.iter_mut().find(|bundle| same_bundle(bundle, &package)) {
                Some(bundle) => bundle.push(package),
                None => bundles.push(vec![package]),
            }
        }
        bundles.into_iter().map(PackageSet::new).collect()
    }

    /// Checks that packages of a bundle agree where the platform's installer wants them to.
    fn new(packages: Vec<Package>) -> Result<PackageSet, PackageError> {
        let fail =
            |package: &Package, what: String, hint: &str| Err(PackageError::new(package.path(), what).hint(hint));
        for (index, package) in packages.iter().enumerate() {
            let name = &package.module().module.name;
            let Some(before) = packages.get(..index).and_then(|b| b.iter().find(|p| p.module().module.name == *name))
            else {
                continue;
            };
            let what = format!("module `{name}` is in {} already", before.path().display());
            return fail(package, what, "give each module once");
        }
        if let Some((first, rest)) = packages.split_first() {
            for package in rest {
                let (a, b) = (&first.module().app, &package.module().app);
                let pairs = [
                    ("versionCode", a.version_code.to_string(), b.version_code.to_string()),
                    ("bundleType", kind(&a.bundle_type).to_owned(), kind(&b.bundle_type).to_owned()),
                ];
                for (property, a, b) in pairs {
                    if a != b {
                        let what = format!("{property} is {b}, but {a} in {}", first.path().display());
                        return fail(
                            package,
                            what,
                            "packages of a bundle are built and installed together; build all of them again",
                        );
                    }
                }
            }
        }
        let entry = packages.iter().position(|p| p.module().module.kind == ModuleKind::Entry);
        let code = || packages.iter().position(|p| p.module().module.kind != ModuleKind::Shared);
        Ok(PackageSet { entry: entry.or_else(code).unwrap_or(0), packages })
    }

    /// Bundle name.
    pub fn bundle_name(&self) -> &str {
        &self.entry().module().app.bundle_name
    }

    /// All packages, in the order given.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package of a module.
    pub fn module(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.module().module.name == name)
    }

    /// The package that a run starts from: the entry module, else the first that is not a shared library.
    #[expect(clippy::indexing_slicing, reason = "a set is made of at least one package and never changes")]
    pub fn entry(&self) -> &Package {
        &self.packages[self.entry]
    }

    /// Modules that packages of the set depend on but that are not in it: importing module, missing module. Those of
    /// other bundles are left out.
    pub fn missing_dependencies(&self) -> Vec<(&str, &str)> {
        let mut missing = Vec::new();
        for package in &self.packages {
            for dependency in &package.module().module.dependencies {
                let here = dependency.bundle_name.is_empty() || dependency.bundle_name == self.bundle_name();
                if here && self.module(&dependency.module_name).is_none() {
                    missing.push((package.module().module.name.as_str(), dependency.module_name.as_str()));
                }
            }
        }
        missing
    }
}

fn same_bundle(bundle: &[Package], package: &Package) -> bool {
    bundle.first().is_some_and(|first| first.module().app.bundle_name == package.module().app.bundle_name)
}

/// The bundle type, `app` when not written.
fn kind(bundle_type: &str) -> &str {
    if bundle_type.is_empty() { "app" } else { bundle_type }
}

/// Opens all packages, those in `.app` files included.
fn open_all(paths: &[PathBuf], options: &Options) -> Result<Vec<Package>, PackageError> {
    let mut packages = Vec::new();
    for path in paths {
        let contents = Contents::open(path)?;
        if is_app(&contents) {
            open_app(&contents, options, &mut packages)?;
        } else {
            packages.push(Package::from_contents(contents, options)?);
        }
        if packages.len() > MAX_PACKAGES {
            return Err(PackageError::new(path, format!("more than {MAX_PACKAGES} packages were given")));
        }
    }
    Ok(packages)
}

/// An `.app` has packages in it and no module of its own.
pub(crate) fn is_app(contents: &Contents) -> bool {
    !contents.contains("module.json") && !contents.contains("config.json") && contents.names().any(is_package_name)
}

fn is_package_name(name: &str) -> bool {
    !name.contains('/') && (name.ends_with(".hap") || name.ends_with(".hsp"))
}

/// Opens the packages of an `.app`: of several for one module the one for the device type.
fn open_app(app: &Contents, options: &Options, packages: &mut Vec<Package>) -> Result<(), PackageError> {
    let device = if options.device_type.is_empty() { "phone" } else { &options.device_type };
    let first = packages.len();
    for contents in inner(app)? {
        let package = Package::from_contents(contents, options)?;
        let suits = |p: &Package| {
            p.module().module.device_types.iter().any(|d| d == device || (d == "default" && device == "phone"))
        };
        let name = &package.module().module.name;
        let rival = packages.iter_mut().skip(first).find(|p| p.module().module.name == *name);
        match rival {
            Some(rival) if !suits(rival) && suits(&package) => *rival = package,
            Some(rival) => tracing::debug!("{} is chosen over {}", rival.path().display(), package.path().display()),
            None => packages.push(package),
        }
    }
    Ok(())
}

/// The packages inside an `.app`.
pub(crate) fn inner(app: &Contents) -> Result<Vec<Contents>, PackageError> {
    let names: Vec<String> = app.names().filter(|name| is_package_name(name)).map(str::to_owned).collect();
    let mut inner = Vec::new();
    for name in names.into_iter().take(MAX_PACKAGES + 1) {
        let path = PathBuf::from(format!("{}!/{name}", app.path().display()));
        if let Some(bytes) = app.read(&name)? {
            inner.push(Contents::from_bytes(&path, bytes)?);
        }
    }
    Ok(inner)
}
