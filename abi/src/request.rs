//! The grammar of module requests: what the strings in the import tables of an abc mean, and which record they name.
//!
//! Facts: openharmony/arkcompiler_ets_runtime `ecmascript/module/module_path_helper`; `reference/testflow.md` section 3.

use crate::hap::PkgContextInfo;
use std::collections::HashMap;

/// A module request, parsed. Parsing never fails: what has no known prefix is a bare name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request<'a> {
    /// `@ohos:file.fs`, `@hms:core.scan`, `@native:system.app`: a module of the system.
    System(&'a str),
    /// `@app:bundle/module/entry`, `@normalized:Y&module&bundle&libentry.so&version`: a native library of the app.
    Library(Library<'a>),
    /// `@normalized:N&module&bundle&path&version`, `@bundle:…`, `@package:…`, `@module:…`: a record by its full name.
    Record(RecordRef<'a>),
    /// `./x`, `../x/y.js`: relative to the importing record.
    Relative(&'a str),
    /// `@ohos/hypium`, `lodash/add`, `ets/x`: a package, an alias of one, or a path in one.
    Bare(&'a str),
}

/// A native library of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library<'a> {
    /// Bundle, empty for the importing one.
    pub bundle: &'a str,
    /// Module, empty for the importing one.
    pub module: &'a str,
    /// File name, e.g. `libentry.so`.
    pub file: String,
    /// Name without `lib` and `.so`.
    pub name: &'a str,
}

/// A record of some abc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRef<'a> {
    /// Bundle, empty for the importing one.
    pub bundle: &'a str,
    /// Module whose abc holds the record, empty for the importing one.
    pub module: &'a str,
    /// Record name as in the abc, e.g. `&entry/src/main/ets/pages/Index&`.
    pub record: String,
}

/// Who imports.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    /// Bundle name of the app.
    pub bundle: &'a str,
    /// Module whose abc holds the importing record.
    pub module: &'a str,
    /// Importing record.
    pub record: &'a str,
    /// `pkgContextInfo.json` of the module.
    pub packages: Option<&'a PkgContextInfo>,
}

/// What resolution asks of an abc.
pub trait Records {
    /// Whether it has this record.
    fn has_record(&self, record: &str) -> bool;
    /// The entry of the table that the compiler writes for names it could not resolve: records with a single field of
    /// no special meaning map the record's name to the field's name.
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
    /// A record.
    Record {
        /// Bundle, empty for the importing one.
        bundle: String,
        /// Module whose abc holds the record, empty for the importing one.
        module: String,
        /// Record name.
        record: String,
    },
}

/// Replacements that a test asked for (`setMockList`): requested name → request to use instead.
pub type MockMap = HashMap<String, String>;
