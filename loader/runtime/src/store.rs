//! The abc files of a run: records by name, and where requests lead.

use crate::{AbcSource, LoadError, ReadSourceMaps};
use concord_abi::abc::{AbcError, AbcFile, Record};
use concord_abi::hap::{PkgContextInfo, SourceMaps};
use concord_abi::request::{self, EntryNames, Importer, MockMap, Records};
use concord_engine::Context;
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Record by abc file and index.
    Record(usize, usize),
    /// System module by its request.
    System(String),
    /// Native library: module of the package that holds it, and file name.
    Library(String, String),
}

/// One abc file.
pub(crate) struct Abc {
    pub(crate) module: String,
    pub(crate) file: AbcFile<'static>,
    pub(crate) bytes: &'static [u8],
    read_source_maps: Option<ReadSourceMaps>,
    source_maps: OnceCell<Option<SourceMaps<Vec<u8>>>>,
    bundle: String,
    package: String,
    packages: Option<PkgContextInfo>,
    /// Records that were asked for; the others are not even read.
    records: RefCell<Vec<Rc<Record<'static>>>>,
    by_name: RefCell<FxHashMap<String, Result<Option<usize>, AbcError>>>,
}

/// All abc files, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) files: Vec<Abc>,
    pub(crate) mocks: MockMap,
}

impl Abc {
    /// Index of the record with a name. A malformed record is logged and counts as missing.
    fn find(&self, name: &str) -> Option<usize> {
        if let Some(known) = self.by_name.borrow().get(name) {
            return known.clone().unwrap_or_default();
        }
        let found = self.file.record(name).map(|record| {
            record.map(|record| {
                let mut records = self.records.borrow_mut();
                records.push(Rc::new(record));
                records.len() - 1
            })
        });
        if let Err(error) = &found {
            tracing::error!("record {name} of module {} is malformed: {error}", self.module);
        }
        self.by_name.borrow_mut().insert(name.to_owned(), found.clone());
        found.unwrap_or_default()
    }

    /// The source maps. Without them stacks name the compiled files, so damaged ones need not stop anything.
    pub(crate) fn source_maps(&self, context: &Context) -> Option<&SourceMaps<Vec<u8>>> {
        let read = || {
            let text = self.read_source_maps.as_ref()?(context)?;
            let warn = |error: &_| tracing::warn!("the source maps of {} are damaged: {error}", self.module);
            SourceMaps::parse(text).inspect_err(warn).ok()
        };
        self.source_maps.get_or_init(read).as_ref()
    }

    fn importer<'a>(&'a self, record: &'a str) -> Importer<'a> {
        Importer { bundle: &self.bundle, module: &self.module, record, packages: self.packages.as_ref() }
    }

    /// The record whose name ends in `/path`; where several do, one of the module's own package, then the shortest.
    fn find_by_suffix(&self, path: &str) -> Option<usize> {
        let tail = |name: &str| {
            let path_of = name.rsplit_once('&').map_or(name, |(rest, _)| rest);
            path_of.strip_suffix(path).is_some_and(|rest| rest.ends_with('/') || rest.ends_with('&'))
        };
        let owner = format!("&{}/", if self.package.is_empty() { &self.module } else { &self.package });
        let names = self.file.class_offsets().filter_map(|offset| self.file.class_name(offset).ok());
        let mut names: Vec<_> = names.filter(|name| tail(name)).collect();
        names.sort_by_key(|name| (!name.contains(&owner), name.len()));
        names.iter().find_map(|name| self.find(name))
    }
}

impl Records for Abc {
    fn has_record(&self, record: &str) -> bool {
        self.find(record).is_some()
    }

    fn mapped(&self, name: &str) -> Option<String> {
        self.file.alias(name).ok().flatten().map(|alias| alias.into_owned())
    }
}

impl Store {
    pub(crate) fn add(&mut self, source: AbcSource) -> Result<usize, LoadError> {
        let AbcSource { module, bundle, package, bytes, source_maps: read_source_maps, package_context } = source;
        let file = AbcFile::parse(bytes).map_err(|error| LoadError::Abc { module: module.clone(), error })?;
        let packages = package_context.map(|text| PkgContextInfo::parse(&text)).transpose();
        let packages = packages.map_err(|error| LoadError::PackageContext { module: module.clone(), error })?;
        self.files.push(Abc {
            module,
            file,
            bytes,
            read_source_maps,
            source_maps: OnceCell::new(),
            bundle,
            package,
            packages,
            records: RefCell::default(),
            by_name: RefCell::default(),
        });
        Ok(self.files.len() - 1)
    }

    /// A record at a place that this store gave.
    pub(crate) fn known_record(&self, file: usize, index: usize) -> Rc<Record<'static>> {
        self.files[file].records.borrow()[index].clone()
    }

    /// A record at a place that somebody else wrote down (a stack line, which programs can write too).
    pub(crate) fn record(&self, file: usize, index: usize) -> Option<Rc<Record<'static>>> {
        self.files.get(file)?.records.borrow().get(index).cloned()
    }

    /// Index of the record of an abc file that has this very name.
    pub(crate) fn find_record(&self, file: usize, name: &str) -> Option<usize> {
        self.files.get(file)?.find(name)
    }

    pub(crate) fn file_of_module(&self, module: &str) -> Option<usize> {
        self.files.iter().position(|abc| abc.module == module)
    }

    /// A record by the address of its file's bytes, which is the same in all threads, and its name.
    pub(crate) fn by_address(&self, address: usize, name: &str) -> Option<(usize, usize)> {
        let file = self.files.iter().position(|abc| abc.bytes.as_ptr() as usize == address)?;
        Some((file, self.files.get(file)?.find(name)?))
    }

    /// Names of all records of an abc file.
    pub(crate) fn names(&self, file: usize) -> Result<Vec<String>, AbcError> {
        let Some(abc) = self.files.get(file) else { return Ok(Vec::new()) };
        Ok(abc.file.records()?.into_iter().map(|record| record.name.into_owned()).collect())
    }

    /// The target of a request made by record `record` of abc `file`.
    pub(crate) fn resolve(&self, file: usize, record: &str, request: &str) -> Option<Target> {
        let abc = self.files.get(file)?;
        let mocked = request::mocked(&self.mocks, request);
        let target = match request::resolve(mocked.unwrap_or(request), &abc.importer(record), abc) {
            Ok(target) => target,
            Err(error) => {
                // The replacement of a test may also be the plain name of a record.
                let replacement = mocked.and_then(|mocked| abc.find(mocked));
                tracing::debug!("{error}");
                return replacement.map(|index| Target::Record(file, index));
            }
        };
        match target {
            request::Target::System(request) => {
                // A replacement may be keyed by what the request turned out to mean.
                match request::mocked(&self.mocks, &request).filter(|_| mocked.is_none()) {
                    Some(mock) => self.resolve(file, record, mock),
                    None => Some(Target::System(request)),
                }
            }
            request::Target::Library { module, file: library, .. } => {
                let module = if module.is_empty() { abc.module.clone() } else { module };
                Some(Target::Library(module, library))
            }
            request::Target::Record { bundle, module, record } => {
                if bundle.is_empty() && module.is_empty() {
                    return abc.find(&record).map(|index| Target::Record(file, index));
                }
                let bundle = if bundle.is_empty() { &abc.bundle } else { &bundle };
                self.in_module(bundle, &module, &record)
            }
        }
    }

    /// A record of another module; of any module when none of that name is loaded.
    fn in_module(&self, bundle: &str, module: &str, record: &str) -> Option<Target> {
        let named = |abc: &Abc| abc.module == module && (abc.bundle == bundle || bundle.is_empty());
        let files = || self.files.iter().enumerate();
        let named_files = files().filter(|(_, abc)| named(abc));
        let others = files().filter(|(_, abc)| !named(abc));
        named_files.chain(others).find_map(|(file, abc)| abc.find(record).map(|index| Target::Record(file, index)))
    }

    /// The record that a package means by a source name (`./ets/entryability/EntryAbility.ets`, `pages/Index`), a record
    /// name, or a request with a prefix.
    pub(crate) fn entry(&self, file: usize, path: &str) -> Option<Target> {
        let abc = self.files.get(file)?;
        if let Some(index) = abc.find(path) {
            return Some(Target::Record(file, index));
        }
        if path.starts_with("@normalized:") {
            return self.resolve(file, "", path);
        }
        let names = EntryNames {
            bundle: &abc.bundle,
            module: &abc.module,
            package: &abc.package,
            packages: abc.packages.as_ref(),
        };
        let candidates = names.source(path).into_iter().chain(names.page(path));
        if let Some(index) = candidates.into_iter().find_map(|name| abc.find(&name)) {
            return Some(Target::Record(file, index));
        }
        if path.starts_with("@bundle:") {
            return self.resolve(file, "", path);
        }
        let plain = path.trim_start_matches("./").trim_start_matches('/');
        let plain =
            [".ets", ".ts", ".js", ".abc"].iter().find_map(|suffix| plain.strip_suffix(suffix)).unwrap_or(plain);
        let suffixes = [plain.to_owned(), format!("ets/{plain}")];
        suffixes.iter().find_map(|path| abc.find_by_suffix(path)).map(|index| Target::Record(file, index))
    }
}

#[cfg(test)]
impl Store {
    /// Adds a record that is not in the container.
    pub(crate) fn insert(&mut self, file: usize, record: Record<'static>) {
        let abc = &self.files[file];
        let mut records = abc.records.borrow_mut();
        abc.by_name.borrow_mut().insert(record.name.to_string(), Ok(Some(records.len())));
        records.push(Rc::new(record));
    }
}
