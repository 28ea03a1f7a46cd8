//! The abc files of a run and their records by name.

use crate::resolve::Target;
use crate::{AbcSource, LoadError};
use concord_abi::abc::{AbcError, AbcFile, Record};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// One abc file.
pub(crate) struct Abc {
    pub(crate) module: String,
    pub(crate) bundle: String,
    pub(crate) file: AbcFile<'static>,
    pub(crate) bytes: &'static [u8],
    pub(crate) source_maps: Option<Vec<u8>>,
    /// Records that were asked for; the others are not even read.
    records: RefCell<Vec<Rc<Record<'static>>>>,
    by_name: RefCell<FxHashMap<String, Result<Option<usize>, AbcError>>>,
}

/// All abc files, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) files: Vec<Abc>,
    pub(crate) mocks: FxHashMap<String, String>,
}

impl Abc {
    /// Index of the record with a name.
    fn find(&self, name: &str) -> Result<Option<usize>, AbcError> {
        if let Some(known) = self.by_name.borrow().get(name) {
            return known.clone();
        }
        let found = self.file.record(name).map(|record| {
            record.map(|record| {
                let mut records = self.records.borrow_mut();
                records.push(Rc::new(record));
                records.len() - 1
            })
        });
        self.by_name.borrow_mut().insert(name.to_owned(), found.clone());
        found
    }
}

impl Store {
    pub(crate) fn add(&mut self, source: AbcSource) -> Result<usize, LoadError> {
        let malformed = |error| LoadError::Abc { module: source.module.clone(), error };
        let file = AbcFile::parse(source.bytes).map_err(malformed)?;
        let AbcSource { module, bundle, bytes, source_maps, .. } = source;
        self.files.push(Abc {
            module,
            bundle,
            file,
            bytes,
            source_maps,
            records: RefCell::default(),
            by_name: RefCell::default(),
        });
        Ok(self.files.len() - 1)
    }

    /// A record. Places come from this store only, so they are always valid.
    pub(crate) fn record(&self, file: usize, index: usize) -> Rc<Record<'static>> {
        self.files[file].records.borrow()[index].clone()
    }

    fn find(&self, file: usize, name: &str) -> Option<Target> {
        let abc = self.files.get(file)?;
        match abc.find(name) {
            Ok(index) => index.map(|index| Target::Record(file, index)),
            Err(error) => {
                tracing::error!("record {name} of module {} is malformed: {error}", abc.module);
                None
            }
        }
    }

    pub(crate) fn file_of_module(&self, module: &str) -> Option<usize> {
        self.files.iter().position(|abc| abc.module == module)
    }

    /// The target of a request made by record `record` of abc `file`.
    pub(crate) fn resolve(&self, file: usize, record: &str, request: &str) -> Option<Target> {
        let request = self.mocks.get(request).map_or(request, String::as_str);
        for prefix in ["@ohos:", "@hms:", "@native:"] {
            if request.starts_with(prefix) {
                return Some(Target::System(request.to_owned()));
            }
        }
        if let Some(rest) = request.strip_prefix("@ohos.") {
            return Some(Target::System(format!("@ohos:{rest}")));
        }
        if let Some(rest) = request.strip_prefix("@normalized:N&&&") {
            return self.find(file, &format!("&{rest}"));
        }
        if request.starts_with("./") || request.starts_with("../") {
            let mut parts: Vec<&str> = record.split('/').collect();
            parts.pop();
            for part in request.split('/') {
                match part {
                    "." | "" => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let path = parts.join("/");
            let path = path.strip_suffix(".js").or(path.strip_suffix(".ts")).unwrap_or(&path);
            return self.find(file, path).or_else(|| self.find(file, &format!("{path}/index")));
        }
        self.find(file, request)
    }

    /// The record that a package means by a path without extension (`ets/pages/Index`).
    pub(crate) fn entry(&self, file: usize, path: &str) -> Option<Target> {
        self.find(file, path)
    }
}
