//! Classes, fields, methods and annotations.

use super::reader::Reader;
use super::string::Names;
use super::{AbcError, AbcFile, string};
use crate::isa::{Encoding, Op};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What kind of function a method is (bits 8..15 of its access flags; in version 0.0.0.2 the instruction that
/// defines it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// Class constructor, method or accessor.
    None,
    /// Ordinary function.
    Function,
    /// Arrow function.
    Arrow,
    /// `function*`.
    Generator,
    /// `async function`.
    Async,
    /// `async function*`.
    AsyncGenerator,
    /// `async () =>`.
    AsyncArrow,
    /// `"use concurrent"` function.
    Concurrent,
}

impl FunctionKind {
    /// From the low three bits of the platform's numbering.
    pub(super) fn from_bits(bits: u32) -> FunctionKind {
        match bits & 7 {
            0 => FunctionKind::None,
            1 => FunctionKind::Function,
            2 => FunctionKind::Arrow,
            3 => FunctionKind::Generator,
            4 => FunctionKind::Async,
            5 => FunctionKind::AsyncGenerator,
            6 => FunctionKind::AsyncArrow,
            _ => FunctionKind::Concurrent,
        }
    }
}

/// A class item; in merged files one per module record.
#[derive(Debug, Clone)]
pub struct Class<'a> {
    /// File offset of the class item.
    pub offset: u32,
    /// Name without the descriptor's `L…;`, e.g. `&entry/src/main/ets/pages/Index&`.
    pub name: Cow<'a, str>,
    /// Fields in file order; only integer initial values occur in dynamic abc files.
    pub fields: Vec<Field<'a>>,
    /// Offsets of the methods, for [`AbcFile::method`].
    pub methods: Vec<u32>,
    /// Source file, when the class (not only its debug information) names one.
    pub source_file: Option<u32>,
    /// Whether the class is the type of an annotation, not code.
    pub annotation: bool,
}

/// A field of a class; module metadata (`moduleRecordIdx`, `isCommonjs`, `pkgName@…`) is stored as such.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    /// Field name.
    pub name: Cow<'a, str>,
    /// Initial value, 0 when the file gives none.
    pub value: u32,
}

/// A method item without its code.
#[derive(Debug, Clone)]
pub struct Method<'a> {
    /// File offset of the method item: its identity.
    pub offset: u32,
    /// Offset of the class that the method says it belongs to.
    pub class: u32,
    /// Mangled name as stored, e.g. `#~A>#foo`.
    pub name: Cow<'a, str>,
    /// Function kind.
    pub kind: FunctionKind,
    /// Whether the sendable bit is set.
    pub sendable: bool,
    /// Offset of the code item, if there is one.
    pub code: Option<u32>,
    /// Offset of the debug information, if there is any.
    pub debug_info: Option<u32>,
    /// Call type: bit 0 `this`, bit 1 `newTarget`, bit 2 extra arguments, bit 3 `func`. 15 when not annotated.
    pub call_type: u8,
    /// Offsets of the annotations, for [`AbcFile::annotation`].
    pub annotations: Vec<u32>,
}

/// An annotation of a method.
#[derive(Debug, Clone)]
pub struct Annotation<'a> {
    /// Name of the annotation's class, e.g. `_ESSlotNumberAnnotation`.
    pub class: Cow<'a, str>,
    /// Its elements in file order.
    pub elements: Vec<AnnotationElement<'a>>,
}

/// One element of an annotation.
#[derive(Debug, Clone)]
pub struct AnnotationElement<'a> {
    /// Name.
    pub name: Cow<'a, str>,
    /// Value.
    pub value: AnnotationValue<'a>,
}

/// Value of an annotation element.
#[derive(Debug, Clone, PartialEq)]
pub enum AnnotationValue<'a> {
    /// Integers of up to 32 bits and booleans.
    Integer(u32),
    /// Double precision number.
    Double(f64),
    /// String.
    String(Cow<'a, str>),
    /// Any other type, with its tag and the raw word (a value or an offset).
    Other(u8, u32),
}

const ANNOTATION_FLAG: u32 = 0x2000;

impl<'a> AbcFile<'a> {
    /// All classes of the file, foreign ones left out.
    pub fn classes(&self) -> Result<Vec<Class<'a>>, AbcError> {
        self.each_class().collect()
    }

    /// Reads the classes one by one. Items of an honest file do not overlap; where they take more than the whole file
    /// there is no end to the work a small file can ask for, so that is an error.
    pub(super) fn each_class(&self) -> impl Iterator<Item = Result<Class<'a>, AbcError>> + '_ {
        let mut left = Some(self.size());
        self.class_offsets().map_while(move |offset| {
            let before = left?;
            let (class, end) = match self.class_until(offset) {
                Ok(found) => found,
                Err(error) => {
                    left = None;
                    return Some(Err(error));
                }
            };
            left = before.checked_sub(end.saturating_sub(offset));
            match left {
                Some(_) => Some(Ok(class)),
                None => Some(Err(AbcError::malformed(offset, "the classes overlap"))),
            }
        })
    }

    /// Name of the class at an offset (foreign ones have nothing else).
    pub fn class_name(&self, offset: u32) -> Result<Cow<'a, str>, AbcError> {
        Ok(strip_descriptor(string::decode(string::raw(&mut self.reader(offset)?)?).text))
    }

    /// The class at an offset.
    pub fn class(&self, offset: u32) -> Result<Class<'a>, AbcError> {
        self.class_until(offset).map(|(class, _)| class)
    }

    /// The class at an offset and the offset after its item.
    fn class_until(&self, offset: u32) -> Result<(Class<'a>, u32), AbcError> {
        let mut reader = self.reader(offset)?;
        let name = strip_descriptor(string::decode(string::raw(&mut reader)?).text);
        let _superclass = reader.u32()?;
        let flags = reader.uleb()?;
        // A field takes 10 bytes at least, a method 10.
        let field_count = reader.uleb_count(10)?;
        let method_count = reader.uleb_count(10)?;
        let mut source_file = None;
        loop {
            let at = reader.offset();
            match reader.u8()? {
                0 => break,
                1 => {
                    let count = reader.uleb_count(2)?;
                    reader.bytes((count * 2) as u32)?;
                }
                2 => _ = reader.u8()?,
                3..=6 => _ = reader.u32()?,
                7 => source_file = Some(reader.u32()?),
                tag => return Err(AbcError::malformed(at, format!("unknown class tag {tag}"))),
            }
        }
        let mut names = Names::of(self);
        let mut fields = Vec::with_capacity(field_count);
        for _ in 0..field_count {
            fields.push(field(&mut reader, &mut names)?);
        }
        let mut methods = Vec::with_capacity(method_count);
        for _ in 0..method_count {
            methods.push(reader.offset());
            skip_method(&mut reader)?;
        }
        let annotation = flags & ANNOTATION_FLAG != 0;
        Ok((Class { offset, name, fields, methods, source_file, annotation }, reader.offset()))
    }

    /// The method item at an offset.
    pub fn method(&self, offset: u32) -> Result<Method<'a>, AbcError> {
        let item = self.method_item(offset)?;
        let kind = match self.encoding() {
            Encoding::Current => FunctionKind::from_bits(item.flags >> 8),
            Encoding::Legacy => self.legacy_kind(offset),
        };
        let mut call_type = 15;
        for &annotation in &item.annotations {
            if let Some(value) = self.call_type(annotation)? {
                call_type = value;
            }
        }
        Ok(Method {
            offset,
            class: item.class,
            name: self.name(item.name)?,
            kind,
            sendable: self.encoding() == Encoding::Current && item.flags & 0x800 != 0,
            code: item.code,
            debug_info: item.debug_info,
            call_type,
            annotations: item.annotations,
        })
    }

    /// The annotation at an offset.
    pub fn annotation(&self, offset: u32) -> Result<Annotation<'a>, AbcError> {
        let mut reader = self.reader(offset)?;
        let class = self.annotation_class(offset, &mut reader)?;
        let count = reader.u16()?;
        let mut raw = Vec::new();
        for _ in 0..count {
            raw.push((reader.u32()?, reader.u32()?));
        }
        let mut names = Names::of(self);
        let mut elements = Vec::with_capacity(raw.len());
        for (name, word) in raw {
            let value = match reader.u8()? {
                b'1'..=b'7' => AnnotationValue::Integer(word),
                b'B' => AnnotationValue::Double(f64::from_bits(self.reader(word)?.u64()?)),
                b'C' => AnnotationValue::String(names.get(word)?),
                tag => AnnotationValue::Other(tag, word),
            };
            elements.push(AnnotationElement { name: names.get(name)?, value });
        }
        Ok(Annotation { class, elements })
    }

    /// Value of the call type annotation, when this is one.
    fn call_type(&self, offset: u32) -> Result<Option<u8>, AbcError> {
        let mut reader = self.reader(offset)?;
        if self.annotation_class(offset, &mut reader)? != "_ESCallTypeAnnotation" {
            return Ok(None);
        }
        let annotation = self.annotation(offset)?;
        Ok(annotation.elements.first().and_then(|element| match element.value {
            AnnotationValue::Integer(value) => u8::try_from(value & 15).ok(),
            _ => None,
        }))
    }

    fn annotation_class(&self, offset: u32, reader: &mut Reader<'a>) -> Result<Cow<'a, str>, AbcError> {
        let index = u32::from(reader.u16()?);
        let Some(class) = self.class_at(offset, index) else {
            return Err(AbcError::malformed(
                offset,
                format!("the annotation's class index {index} is not in the table"),
            ));
        };
        self.class_name(class)
    }

    fn method_item(&self, offset: u32) -> Result<MethodItem, AbcError> {
        let mut reader = self.reader(offset)?;
        let class_index = u32::from(reader.u16()?);
        let _prototype = reader.u16()?;
        let name = reader.u32()?;
        let flags = reader.uleb()?;
        let Some(class) = self.class_at(offset, class_index) else {
            let what = format!("the method's class index {class_index} is not in the table");
            return Err(AbcError::malformed(offset, what));
        };
        let mut item = MethodItem { class, name, flags, code: None, debug_info: None, annotations: Vec::new() };
        if self.is_foreign(offset) {
            return Ok(item);
        }
        method_tags(&mut reader, |tag, value| match tag {
            1 => item.code = Some(value),
            5 => item.debug_info = Some(value),
            6 => item.annotations.push(value),
            _ => {}
        })?;
        Ok(item)
    }

    /// Checks that an operand can be a method of this file.
    pub(super) fn check_method(&self, offset: u32) -> Result<u32, AbcError> {
        let mut reader = self.reader(offset)?;
        reader.bytes(9)?;
        Ok(offset)
    }

    /// Kind of a function of a 0.0.0.2 file. All code is read once; what cannot be read defines nothing.
    fn legacy_kind(&self, method: u32) -> FunctionKind {
        let kinds = self.legacy_kinds.get_or_init(|| {
            let mut kinds = FxHashMap::default();
            let mut left = self.size();
            for definer in self.each_class().flatten().flat_map(|class| class.methods) {
                let Ok(MethodItem { code: Some(code), .. }) = self.method_item(definer) else { continue };
                // As with classes: the code of an honest file takes less than the file.
                let Some(rest) = self.code_size(code).ok().and_then(|size| left.checked_sub(size)) else { continue };
                left = rest;
                let Ok(code) = self.code_at(definer, code) else { continue };
                for instruction in code.instructions {
                    if let (Op::Definefunc, &[_, kind], &[id]) =
                        (instruction.op, instruction.imms(), instruction.id_offsets())
                    {
                        kinds.insert(id, FunctionKind::from_bits(kind as u32));
                    }
                }
            }
            kinds
        });
        kinds.get(&method).copied().unwrap_or(FunctionKind::None)
    }
}

fn field<'a>(reader: &mut Reader<'a>, names: &mut Names<'_, 'a>) -> Result<Field<'a>, AbcError> {
    let _class = reader.u16()?;
    let _type = reader.u16()?;
    let name = names.get(reader.u32()?)?;
    let _flags = reader.uleb()?;
    let mut value = 0;
    loop {
        let at = reader.offset();
        match reader.u8()? {
            0 => return Ok(Field { name, value }),
            1 => value = reader.sleb()?.cast_unsigned(),
            2 => value = reader.u32()?,
            3..=6 => _ = reader.u32()?,
            tag => return Err(AbcError::malformed(at, format!("unknown field tag {tag}"))),
        }
    }
}

/// What a method item says, unresolved.
struct MethodItem {
    class: u32,
    name: u32,
    flags: u32,
    code: Option<u32>,
    debug_info: Option<u32>,
    annotations: Vec<u32>,
}

fn skip_method(reader: &mut Reader<'_>) -> Result<(), AbcError> {
    reader.bytes(8)?;
    reader.uleb()?;
    method_tags(reader, |_, _| {})
}

fn method_tags(reader: &mut Reader<'_>, mut with: impl FnMut(u8, u32)) -> Result<(), AbcError> {
    loop {
        let at = reader.offset();
        match reader.u8()? {
            0 => return Ok(()),
            tag @ 2 => with(tag, u32::from(reader.u8()?)),
            tag @ (1 | 3..=9) => with(tag, reader.u32()?),
            tag => return Err(AbcError::malformed(at, format!("unknown method tag {tag}"))),
        }
    }
}

fn strip_descriptor(name: Cow<'_, str>) -> Cow<'_, str> {
    let strip = |name: &str| Some(name.strip_prefix('L')?.strip_suffix(';')?.len());
    match (strip(&name), name) {
        (Some(len), Cow::Borrowed(name)) => Cow::Borrowed(name.get(1..=len).unwrap_or(name)),
        (Some(len), Cow::Owned(name)) => Cow::Owned(name.get(1..=len).unwrap_or(&name).to_owned()),
        (None, name) => name,
    }
}
