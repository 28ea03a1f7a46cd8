//! Module records: what can be loaded by name, with its import and export tables.

use super::string::Names;
use super::{AbcError, AbcFile, Class, string};
use crate::isa::Encoding;
use std::borrow::Cow;

/// The import and export tables of a module. Indexes into the tables are what the instructions use.
#[derive(Debug, Clone, Default)]
pub struct ModuleRecord<'a> {
    /// Request strings as written by the compiler (`@ohos:hilog`, `@normalized:N&&&…`, `./x`).
    pub requests: Vec<Cow<'a, str>>,
    /// Whether each request is `import lazy` (parallel to `requests`).
    pub lazy: Vec<bool>,
    /// `import {imported as local}`; `ldexternalmodulevar i` is the i-th of these.
    pub imports: Vec<Import<'a>>,
    /// `import * as local`: local name and request index.
    pub namespace_imports: Vec<(Cow<'a, str>, u32)>,
    /// `export {local as exported}`; a slot is the i-th distinct consecutive local name.
    pub local_exports: Vec<LocalExport<'a>>,
    /// `export {imported as exported} from`.
    pub indirect_exports: Vec<IndirectExport<'a>>,
    /// `export * from`: request indexes.
    pub star_exports: Vec<u32>,
}

/// A regular import.
#[derive(Debug, Clone)]
pub struct Import<'a> {
    /// Name in this module.
    pub local: Cow<'a, str>,
    /// Name in the other module (`default` included).
    pub imported: Cow<'a, str>,
    /// Request index.
    pub request: u32,
}

/// An export of a binding of this module.
#[derive(Debug, Clone)]
pub struct LocalExport<'a> {
    /// Name in this module.
    pub local: Cow<'a, str>,
    /// Name that others import.
    pub exported: Cow<'a, str>,
    /// Slot index as `stmodulevar` and `ldlocalmodulevar` use it.
    pub slot: u32,
}

/// A re-export.
#[derive(Debug, Clone)]
pub struct IndirectExport<'a> {
    /// Name that others import.
    pub exported: Cow<'a, str>,
    /// Name in the other module.
    pub imported: Cow<'a, str>,
    /// Request index.
    pub request: u32,
}

/// A module: a class of the file that can be loaded by name.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// Record name, e.g. `&entry/src/main/ets/pages/Index&`. In files that are not merged (one module per file) the
    /// name that the compiler gave the module, or an empty one for a script.
    pub name: Cow<'a, str>,
    /// The class that holds the methods.
    pub class: u32,
    /// Offset of `func_main_0`; none for JSON modules.
    pub main: Option<u32>,
    /// Import and export tables; none for scripts, CommonJS and JSON modules.
    pub module: Option<ModuleRecord<'a>>,
    /// Whether the record is a CommonJS module.
    pub commonjs: bool,
    /// Whether `func_main_0` is async.
    pub top_level_await: bool,
    /// `"use shared"`.
    pub shared: bool,
    /// Text of a JSON module.
    pub json: Option<Cow<'a, str>>,
    /// Package of the record (`pkgName@…`), when given.
    pub package: Option<Cow<'a, str>>,
    /// Literal array with the names that `@n` in method names stands for, when given.
    pub scope_names: Option<u32>,
}

const MAIN: &str = "func_main_0";
/// The class with all functions of a file that is not merged.
const GLOBAL_CLASS: &str = "_GLOBAL";
const MODULE_CLASS: &str = "_ESModuleRecord";
const COMMONJS_CLASS: &str = "_CommonJsRecord";
const TOP_LEVEL_AWAIT_CLASS: &str = "_HasTopLevelAwait";
/// Value of `moduleRecordIdx` in a record that has no import and export tables.
const NO_MODULE: u32 = u32::MAX;

/// What the fields of a class of a merged file say.
#[derive(Default)]
struct Metadata<'a> {
    commonjs: Option<bool>,
    json: Option<u32>,
    module: Option<u32>,
    lazy: Option<u32>,
    scope_names: Option<u32>,
    shared: bool,
    top_level_await: bool,
    package: Option<Cow<'a, str>>,
    /// The one field of a class that stands for another record: its name.
    alias: Option<Cow<'a, str>>,
}

impl<'a> Metadata<'a> {
    fn of(class: &Class<'a>) -> Metadata<'a> {
        let mut meta = Metadata::default();
        for field in &class.fields {
            match field.name.as_ref() {
                "isCommonjs" => meta.commonjs = Some(field.value != 0),
                "jsonFileContent" => meta.json = Some(field.value),
                "moduleRecordIdx" if field.value != NO_MODULE => meta.module = Some(field.value),
                "moduleRecordIdx" => {}
                "moduleRequestPhaseIdx" => meta.lazy = Some(field.value),
                "scopeNames" => meta.scope_names = Some(field.value),
                "isSharedModule" => meta.shared = field.value != 0,
                "hasTopLevelAwait" => meta.top_level_await = field.value != 0,
                name => match name.strip_prefix("pkgName@") {
                    Some(package) => meta.package = Some(Cow::Owned(package.to_owned())),
                    None => meta.alias = Some(field.name.clone()),
                },
            }
        }
        meta
    }

    /// Whether the class can be loaded as a module.
    fn is_record(&self) -> bool {
        self.commonjs.is_some() || self.json.is_some()
    }
}

/// What may still be read: the tables of all records of an honest file take less than the file.
struct Left<'f, 'a> {
    bytes: u32,
    names: Names<'f, 'a>,
}

impl<'f, 'a> Left<'f, 'a> {
    fn of(file: &'f AbcFile<'a>) -> Left<'f, 'a> {
        Left { bytes: file.size(), names: Names::of(file) }
    }
}

impl<'a> AbcFile<'a> {
    /// All records (modules, scripts, JSON) in file order.
    pub fn records(&self) -> Result<Vec<Record<'a>>, AbcError> {
        if !self.is_merged()? {
            return Ok(self.single_record()?.into_iter().collect());
        }
        let mut records = Vec::new();
        let mut left = Left::of(self);
        for class in self.each_class() {
            let class = class?;
            let meta = Metadata::of(&class);
            if meta.is_record() {
                records.push(self.record_of(class, meta, &mut left)?);
            }
        }
        Ok(records)
    }

    /// The record with a name; only its own class is read. A file that is not merged has one record, which answers to
    /// every name.
    pub fn record(&self, name: &str) -> Result<Option<Record<'a>>, AbcError> {
        if !self.is_merged()? {
            return self.single_record();
        }
        let Some(offset) = self.class_by_name(name) else { return Ok(None) };
        let class = self.class(offset)?;
        let meta = Metadata::of(&class);
        if meta.is_record() { self.record_of(class, meta, &mut Left::of(self)).map(Some) } else { Ok(None) }
    }

    /// The record that another name stands for: entry points of packages are stored so.
    pub fn alias(&self, name: &str) -> Result<Option<Cow<'a, str>>, AbcError> {
        let Some(offset) = self.class_by_name(name) else { return Ok(None) };
        let class = self.class(offset)?;
        let meta = Metadata::of(&class);
        Ok(meta.alias.filter(|_| !class.annotation))
    }

    /// Whether the file holds many modules under their record names (or one in the classic layout).
    pub fn is_merged(&self) -> Result<bool, AbcError> {
        const MERGED: [&str; 3] = ["isCommonjs", "moduleRecordIdx", "jsonFileContent"];
        if let Some(&known) = self.merged.get() {
            return Ok(known);
        }
        let mut merged = false;
        for class in self.each_class() {
            if class?.fields.iter().any(|field| MERGED.contains(&field.name.as_ref())) {
                merged = true;
                break;
            }
        }
        Ok(*self.merged.get_or_init(|| merged))
    }

    /// Reads what a class's metadata refers to.
    fn record_of(&self, class: Class<'a>, meta: Metadata<'a>, left: &mut Left<'_, 'a>) -> Result<Record<'a>, AbcError> {
        let mut module = meta.module.map(|offset| self.module_record(offset, left)).transpose()?;
        if let (Some(module), Some(lazy)) = (&mut module, meta.lazy) {
            self.lazy_flags(lazy, module)?;
        }
        Ok(Record {
            main: self.main_of(&class)?,
            class: class.offset,
            module,
            commonjs: meta.commonjs.unwrap_or(false),
            top_level_await: meta.top_level_await,
            shared: meta.shared,
            json: meta.json.map(|offset| self.name(offset)).transpose()?,
            package: meta.package,
            scope_names: meta.scope_names,
            name: class.name,
        })
    }

    /// The one record of a file that is not merged.
    fn single_record(&self) -> Result<Option<Record<'a>>, AbcError> {
        let Some(global) = self.class_by_name(GLOBAL_CLASS) else { return Ok(None) };
        let global = self.class(global)?;
        let mut name = Cow::Borrowed("");
        let mut module = None;
        if let Some(offset) = self.class_by_name(MODULE_CLASS)
            && let Some(field) = self.class(offset)?.fields.into_iter().next()
        {
            let offset = match self.encoding() {
                Encoding::Current => Some(field.value),
                Encoding::Legacy => self.literal_array_by_index(field.value),
            };
            let missing = || AbcError::malformed(offset.unwrap_or(0), "the module record is not in the table");
            module = Some(self.module_record(offset.ok_or_else(missing)?, &mut Left::of(self))?);
            name = field.name;
        }
        Ok(Some(Record {
            name,
            class: global.offset,
            main: self.main_of(&global)?,
            module,
            commonjs: self.class_by_name(COMMONJS_CLASS).is_some(),
            top_level_await: self.class_by_name(TOP_LEVEL_AWAIT_CLASS).is_some(),
            shared: false,
            json: None,
            package: None,
            scope_names: None,
        }))
    }

    fn main_of(&self, class: &Class<'a>) -> Result<Option<u32>, AbcError> {
        for &method in &class.methods {
            let mut reader = self.reader(method)?;
            reader.bytes(4)?;
            let mut name = self.reader(reader.u32()?)?;
            // Only a string of the right length is worth reading.
            let same_length = name.clone().uleb()? >> 1 == MAIN.len() as u32;
            if same_length && string::raw(&mut name)? == MAIN.as_bytes() {
                return Ok(Some(method));
            }
        }
        Ok(None)
    }

    fn module_record(&self, offset: u32, left: &mut Left<'_, 'a>) -> Result<ModuleRecord<'a>, AbcError> {
        let mut reader = self.reader(offset)?;
        let _literals = reader.u32()?;
        let mut module = ModuleRecord::default();
        for _ in 0..reader.count(4)? {
            module.requests.push(left.names.get(reader.u32()?)?);
        }
        let requests = module.requests.len();
        module.lazy = vec![false; requests];
        let request = |at: u32, index: u16| match usize::from(index) < requests {
            true => Ok(u32::from(index)),
            false => Err(AbcError::malformed(at, format!("module request {index} of {requests}"))),
        };
        for _ in 0..reader.count(10)? {
            let (local, imported) = (left.names.get(reader.u32()?)?, left.names.get(reader.u32()?)?);
            let request = request(reader.offset(), reader.u16()?)?;
            module.imports.push(Import { local, imported, request });
        }
        for _ in 0..reader.count(6)? {
            let local = left.names.get(reader.u32()?)?;
            let request = request(reader.offset(), reader.u16()?)?;
            module.namespace_imports.push((local, request));
        }
        for _ in 0..reader.count(8)? {
            let (local, exported) = (left.names.get(reader.u32()?)?, left.names.get(reader.u32()?)?);
            let slot = match module.local_exports.last() {
                None => 0,
                Some(before) if before.local == local => before.slot,
                Some(before) => before.slot.saturating_add(1),
            };
            module.local_exports.push(LocalExport { local, exported, slot });
        }
        for _ in 0..reader.count(10)? {
            let (exported, imported) = (left.names.get(reader.u32()?)?, left.names.get(reader.u32()?)?);
            let request = request(reader.offset(), reader.u16()?)?;
            module.indirect_exports.push(IndirectExport { exported, imported, request });
        }
        for _ in 0..reader.count(2)? {
            module.star_exports.push(request(reader.offset(), reader.u16()?)?);
        }
        left.bytes = left
            .bytes
            .checked_sub(reader.offset().saturating_sub(offset))
            .ok_or_else(|| AbcError::malformed(offset, "the module records overlap"))?;
        Ok(module)
    }

    fn lazy_flags(&self, offset: u32, module: &mut ModuleRecord<'a>) -> Result<(), AbcError> {
        let mut reader = self.reader(offset)?;
        let count = reader.count(1)?;
        for lazy in module.lazy.iter_mut().take(count) {
            *lazy = reader.u8()? != 0;
        }
        Ok(())
    }
}
