//! Laying out the file.

use super::encode::{Encoded, Ids, encode};
use super::{AsmError, Id, Lit, RecordDef, Units};
use crate::abc::Version;
use crate::isa::Encoding;
use std::collections::HashMap;

const HEADER_SIZE: usize = 60;
const UNSET: u32 = u32::MAX;
const CALL_TYPE_CLASS: &str = "_ESCallTypeAnnotation";

/// Strings, methods and literal arrays in the order of their indexes.
#[derive(Default)]
struct Tables {
    record: usize,
    entities: Vec<(usize, Id)>,
    entity_numbers: HashMap<(usize, Id), u16>,
    literals: Vec<(usize, Id)>,
    literal_numbers: HashMap<(usize, Id), u16>,
}

fn number(
    line: usize,
    key: (usize, Id),
    list: &mut Vec<(usize, Id)>,
    numbers: &mut HashMap<(usize, Id), u16>,
) -> Result<u16, AsmError> {
    if let Some(&number) = numbers.get(&key) {
        return Ok(number);
    }
    let number = u16::try_from(list.len()).map_err(|_| AsmError::new(line, "more than 65536 ids in the file"))?;
    list.push(key.clone());
    numbers.insert(key, number);
    Ok(number)
}

impl Ids for Tables {
    fn entity(&mut self, line: usize, id: &Id) -> Result<u16, AsmError> {
        number(line, (self.record, id.clone()), &mut self.entities, &mut self.entity_numbers)
    }
    fn literal(&mut self, line: usize, id: &Id) -> Result<u16, AsmError> {
        number(line, (self.record, id.clone()), &mut self.literals, &mut self.literal_numbers)
    }
}

/// Bytes of the file from `base` on.
struct Body {
    base: usize,
    /// Version 0.0.0.2: kinds of functions are said where they are defined.
    legacy: bool,
    bytes: Vec<u8>,
    strings: HashMap<Units, u32>,
    methods: HashMap<(usize, String), u32>,
}

/// Writes the file.
pub(super) fn write(records: &[RecordDef], version: Version) -> Result<Vec<u8>, AsmError> {
    let legacy = version == Version::LEGACY;
    let encoding = if legacy { Encoding::Legacy } else { Encoding::Current };
    let unmerged = legacy || records.iter().any(|record| record.unmerged);
    if unmerged && records.len() > 1 {
        return Err(AsmError::new(records[1].line, "a file that is not merged holds one record"));
    }
    let mut tables = Tables::default();
    let mut codes: Vec<Vec<Encoded>> = Vec::new();
    for (i, record) in records.iter().enumerate() {
        tables.record = i;
        let encoded = record.methods.iter().map(|method| encode(encoding, method, &mut tables));
        codes.push(encoded.collect::<Result<_, _>>()?);
    }
    let with_table = version <= Version([12, 0, 6, 0]);
    // The module record of an old file is found through the table of literal arrays; its entry follows the others.
    let module_class = unmerged && records.iter().any(has_module);
    let module_literal = legacy && module_class;
    let literal_count = tables.literals.len() + usize::from(module_literal);
    // Classes whose presence says something about a file that is not merged.
    let flags = [
        ("_CommonJsRecord", records.iter().any(|record| record.commonjs)),
        ("_HasTopLevelAwait", records.iter().any(|record| record.top_level_await)),
    ];
    let flags: Vec<&str> = flags.into_iter().filter(|&(_, set)| set && unmerged).map(|(name, _)| name).collect();
    let needs_call_type = records.iter().flat_map(|record| &record.methods).any(|method| method.call_type != 15);
    let classes = records.len() + usize::from(needs_call_type) + usize::from(module_class) + flags.len();

    let class_table = HEADER_SIZE;
    let literal_table = class_table + 4 * classes;
    let region = literal_table + 4 * literal_count;
    let region_classes = region + 40;
    let entity_table = region_classes + 4 * classes;
    let base = entity_table + 4 * tables.entities.len();
    let mut body = Body { base, legacy, bytes: Vec::new(), strings: HashMap::new(), methods: HashMap::new() };

    body.intern_all(records, &tables);
    let mut modules = Vec::new();
    for record in records {
        modules.push((body.module(record), body.lazy_flags(record)));
    }
    let mut class_offsets = Vec::new();
    let mut call_type_index = 0;
    if needs_call_type {
        call_type_index = class_offsets.len() as u16;
        class_offsets.push(body.class(CALL_TYPE_CLASS, 0x2000, &[], &[], 0, &mut |_, _| {}));
    }
    if let (true, Some(record)) = (module_class, records.first()) {
        let literal = match modules.first() {
            Some((Some(offset), _)) if !legacy => *offset,
            _ => tables.literals.len() as u32,
        };
        class_offsets.push(body.class("_ESModuleRecord", 0, &[(record.name.clone(), literal)], &[], 0, &mut |_, _| {}));
    }
    for flag in flags {
        class_offsets.push(body.class(flag, 0, &[], &[], 0, &mut |_, _| {}));
    }
    for (i, (record, codes)) in records.iter().zip(&codes).enumerate() {
        let mut items = Vec::new();
        for (method, code) in record.methods.iter().zip(codes) {
            let code = body.code(method.registers, method.arguments, code);
            let annotation = (method.call_type != 15).then(|| body.call_type(call_type_index, method.call_type));
            items.push((method, code, annotation));
        }
        let mut fields = Vec::new();
        let (module, lazy) = modules[i];
        if !unmerged {
            if let Some(json) = &record.json {
                fields.push(("jsonFileContent".to_owned(), body.strings.get(json).copied().unwrap_or(0)));
            } else {
                fields.push(("isCommonjs".to_owned(), u32::from(record.commonjs)));
                fields.push(("hasTopLevelAwait".to_owned(), u32::from(record.top_level_await)));
                fields.push(("isSharedModule".to_owned(), u32::from(record.shared)));
            }
            fields.extend(module.map(|offset| ("moduleRecordIdx".to_owned(), offset)));
            fields.extend(lazy.map(|offset| ("moduleRequestPhaseIdx".to_owned(), offset)));
            fields.extend(record.package.as_ref().map(|package| (format!("pkgName@{package}"), 0)));
        }
        let name = if unmerged { "_GLOBAL" } else { record.name.as_str() };
        let index = class_offsets.len() as u16;
        let mut placed = Vec::new();
        let offset = body.class(name, 0, &fields, &items, index, &mut |name, at| placed.push((name.to_owned(), at)));
        for (name, at) in placed {
            body.methods.entry((i, name)).or_insert(at);
        }
        class_offsets.push(offset);
    }
    let mut literal_offsets = Vec::new();
    for (record, id) in &tables.literals {
        if let Id::Literal(literals) = id {
            literal_offsets.push(body.literals(*record, literals)?);
        }
    }
    if module_literal {
        literal_offsets.extend(modules.iter().filter_map(|(module, _)| *module));
    }
    let mut entity_offsets = Vec::new();
    for (record, id) in &tables.entities {
        entity_offsets.push(match id {
            Id::String(units) => body.strings.get(units).copied().unwrap_or(0),
            Id::Method(name) => body.method(*record, name)?,
            Id::Literal(literals) => body.literals(*record, literals)?,
        });
    }

    let size = base + body.bytes.len();
    let mut file = Vec::with_capacity(size);
    let word = |value: u32, file: &mut Vec<u8>| file.extend(value.to_le_bytes());
    file.extend(b"PANDA\0\0\0");
    word(0, &mut file);
    file.extend(version.0);
    let literals = if with_table { [literal_count as u32, literal_table as u32] } else { [UNSET, UNSET] };
    let header = [size as u32, 0, 0, classes as u32, class_table as u32, 0, base as u32];
    for value in header.into_iter().chain(literals).chain([1, region as u32]) {
        word(value, &mut file);
    }
    class_offsets.iter().chain(&literal_offsets).for_each(|&offset| word(offset, &mut file));
    let region = [
        base as u32,
        size as u32,
        classes as u32,
        region_classes as u32,
        entity_offsets.len() as u32,
        entity_table as u32,
        UNSET,
        UNSET,
        UNSET,
        UNSET,
    ];
    region.iter().chain(&class_offsets).chain(&entity_offsets).for_each(|&value| word(value, &mut file));
    file.extend(&body.bytes);
    let checksum = adler32(&file[12..]);
    file[8..12].copy_from_slice(&checksum.to_le_bytes());
    Ok(file)
}

fn has_module(record: &RecordDef) -> bool {
    !record.script && !record.commonjs && record.json.is_none()
}

impl Body {
    fn here(&self) -> u32 {
        (self.base + self.bytes.len()) as u32
    }

    fn word(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    fn uleb(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn string(&mut self, units: &[u16]) -> u32 {
        if let Some(&offset) = self.strings.get(units) {
            return offset;
        }
        let offset = self.here();
        self.string_bytes(units);
        self.strings.insert(units.to_vec(), offset);
        offset
    }

    fn text(&mut self, text: &str) -> u32 {
        self.string(&units(text))
    }

    fn string_bytes(&mut self, units: &[u16]) {
        let ascii = units.iter().all(|unit| (1..0x80).contains(unit));
        self.uleb((units.len() as u32) << 1 | u32::from(ascii));
        for &unit in units {
            match unit {
                1..0x80 => self.bytes.push(unit as u8),
                0 | 0x80..0x800 => self.bytes.extend([0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8]),
                _ => self.bytes.extend([
                    0xe0 | (unit >> 12) as u8,
                    0x80 | (unit >> 6 & 0x3f) as u8,
                    0x80 | (unit & 0x3f) as u8,
                ]),
            }
        }
        self.bytes.push(0);
    }

    /// Places all strings, so that items can be written without interruption.
    fn intern_all(&mut self, records: &[RecordDef], tables: &Tables) {
        for name in ["isCommonjs", "hasTopLevelAwait", "isSharedModule", "moduleRecordIdx"] {
            self.text(name);
        }
        for name in ["moduleRequestPhaseIdx", "jsonFileContent", "callType"] {
            self.text(name);
        }
        for record in records {
            if let Some(package) = &record.package {
                self.text(&format!("pkgName@{package}"));
            }
            if let Some(json) = &record.json {
                self.string(json);
            }
            self.text(&record.name);
            for (request, _) in &record.requests {
                self.string(request);
            }
            let names = record.imports.iter().flat_map(|(a, b, _)| [a, b]);
            let names = names.chain(record.local_exports.iter().flat_map(|(a, b)| [a, b]));
            let names = names.chain(record.indirect_exports.iter().flat_map(|(a, b, _)| [a, b]));
            let names = names.chain(record.namespace_imports.iter().map(|(name, _)| name));
            for name in names.chain(record.methods.iter().map(|method| &method.name)) {
                self.text(name);
            }
            for instruction in record.methods.iter().flat_map(|method| &method.instructions) {
                instruction.ids.iter().for_each(|id| self.intern(id));
            }
        }
        tables.literals.iter().for_each(|(_, id)| self.intern(id));
    }

    fn intern(&mut self, id: &Id) {
        match id {
            Id::String(units) => _ = self.string(units),
            Id::Literal(literals) => self.intern_literals(literals),
            Id::Method(_) => {}
        }
    }

    fn intern_literals(&mut self, literals: &[Lit]) {
        for literal in literals {
            match literal {
                Lit::String(_, units) => _ = self.string(units),
                Lit::Array(inner) => self.intern_literals(inner),
                _ => {}
            }
        }
    }

    /// Import and export tables; none for scripts, CommonJS and JSON.
    fn module(&mut self, record: &RecordDef) -> Option<u32> {
        if !has_module(record) {
            return None;
        }
        let offset = self.here();
        self.word(0);
        self.word(record.requests.len() as u32);
        for (request, _) in &record.requests {
            let name = self.string(request);
            self.word(name);
        }
        self.word(record.imports.len() as u32);
        for (local, imported, request) in &record.imports {
            self.pair(local, imported);
            self.bytes.extend(request.to_le_bytes());
        }
        self.word(record.namespace_imports.len() as u32);
        for (local, request) in &record.namespace_imports {
            let local = self.text(local);
            self.word(local);
            self.bytes.extend(request.to_le_bytes());
        }
        self.word(record.local_exports.len() as u32);
        for (local, exported) in &record.local_exports {
            self.pair(local, exported);
        }
        self.word(record.indirect_exports.len() as u32);
        for (exported, imported, request) in &record.indirect_exports {
            self.pair(exported, imported);
            self.bytes.extend(request.to_le_bytes());
        }
        self.word(record.star_exports.len() as u32);
        for request in &record.star_exports {
            self.bytes.extend(request.to_le_bytes());
        }
        Some(offset)
    }

    fn lazy_flags(&mut self, record: &RecordDef) -> Option<u32> {
        if !record.requests.iter().any(|(_, lazy)| *lazy) {
            return None;
        }
        let offset = self.here();
        self.word(record.requests.len() as u32);
        self.bytes.extend(record.requests.iter().map(|(_, lazy)| u8::from(*lazy)));
        Some(offset)
    }

    fn pair(&mut self, first: &str, second: &str) {
        for name in [first, second] {
            let name = self.text(name);
            self.word(name);
        }
    }

    fn code(&mut self, registers: u32, arguments: u32, code: &Encoded) -> u32 {
        let offset = self.here();
        for value in [registers, arguments, code.bytes.len() as u32, code.tries.len() as u32] {
            self.uleb(value);
        }
        let start = self.bytes.len();
        self.bytes.extend(&code.bytes);
        for (at, id) in &code.string_offsets {
            if let Id::String(units) = id {
                let string = self.strings.get(units).copied().unwrap_or(0);
                self.bytes[start + at..start + at + 4].copy_from_slice(&string.to_le_bytes());
            }
        }
        for &[from, to, handler] in &code.tries {
            for value in [from, to.saturating_sub(from), 1, 0, handler, 0] {
                self.uleb(value);
            }
        }
        offset
    }

    fn call_type(&mut self, class: u16, value: u8) -> u32 {
        let offset = self.here();
        self.bytes.extend(class.to_le_bytes());
        self.bytes.extend(1u16.to_le_bytes());
        let name = self.strings.get(&units("callType")).copied().unwrap_or(0);
        self.word(name);
        self.word(u32::from(value));
        self.bytes.push(b'7');
        offset
    }

    /// Writes a class item; `placed` is told where each method is.
    fn class(
        &mut self,
        name: &str,
        flags: u32,
        fields: &[(String, u32)],
        methods: &[(&super::MethodDef, u32, Option<u32>)],
        index: u16,
        placed: &mut dyn FnMut(&str, u32),
    ) -> u32 {
        let offset = self.here();
        self.string_bytes(&units(&format!("L{name};")));
        self.word(0);
        self.uleb(flags);
        self.uleb(fields.len() as u32);
        self.uleb(methods.len() as u32);
        self.bytes.push(0);
        for (name, value) in fields {
            self.bytes.extend(index.to_le_bytes());
            self.bytes.extend(0u16.to_le_bytes());
            let name = self.strings.get(&units(name)).copied().unwrap_or(0);
            self.word(name);
            self.bytes.extend([0, 2]);
            self.word(*value);
            self.bytes.push(0);
        }
        for &(method, code, annotation) in methods {
            placed(&method.name, self.here());
            self.bytes.extend(index.to_le_bytes());
            self.bytes.extend(u16::MAX.to_le_bytes());
            let name = self.strings.get(&units(&method.name)).copied().unwrap_or(0);
            self.word(name);
            let kind = u32::from(method.kind) << 8 | u32::from(method.sendable) << 11;
            self.uleb(8 | if self.legacy { 0 } else { kind });
            self.bytes.push(1);
            self.word(code);
            if let Some(annotation) = annotation {
                self.bytes.push(6);
                self.word(annotation);
            }
            self.bytes.push(0);
        }
        offset
    }

    fn method(&self, record: usize, name: &str) -> Result<u32, AsmError> {
        let found = self.methods.get(&(record, name.to_owned())).copied();
        found.ok_or_else(|| AsmError::new(0, format!("there is no method {name} in the record")))
    }

    fn literals(&mut self, record: usize, literals: &[Lit]) -> Result<u32, AsmError> {
        let mut inner = Vec::new();
        for literal in literals {
            if let Lit::Array(literals) = literal {
                inner.push(self.literals(record, literals)?);
            }
        }
        let mut inner = inner.into_iter();
        let offset = self.here();
        self.word(literals.len() as u32 * 2);
        for literal in literals {
            match literal {
                Lit::Byte(tag, value) => self.bytes.extend([*tag, *value]),
                Lit::Half(tag, value) => {
                    self.bytes.push(*tag);
                    self.bytes.extend(value.to_le_bytes());
                }
                Lit::Word(tag, value) => {
                    self.bytes.push(*tag);
                    self.word(*value);
                }
                Lit::Double(bits) => {
                    self.bytes.push(0x04);
                    self.bytes.extend(bits.to_le_bytes());
                }
                Lit::String(tag, units) => {
                    let string = self.strings.get(units).copied().unwrap_or(0);
                    self.bytes.push(*tag);
                    self.word(string);
                }
                Lit::Method(tag, name) => {
                    let method = self.method(record, name)?;
                    self.bytes.push(*tag);
                    self.word(method);
                }
                Lit::Array(_) => {
                    self.bytes.push(0x18);
                    let array = inner.next().unwrap_or(0);
                    self.word(array);
                }
            }
        }
        Ok(offset)
    }
}

fn units(text: &str) -> Units {
    text.encode_utf16().collect()
}

/// The checksum of the header.
fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65521;
        b = (b + a) % 65521;
    }
    b << 16 | a
}
