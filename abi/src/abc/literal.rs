//! Literal arrays: the constant parts of array, object and class literals.

use super::string::Names;
use super::{AbcError, AbcFile, JsString};

/// One entry of a literal array.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal<'a> {
    /// Boolean.
    Bool(bool),
    /// 32-bit integer (also the plain tag-value bytes).
    Integer(i32),
    /// Single precision number.
    Float(f32),
    /// Double precision number.
    Double(f64),
    /// String (lone surrogates possible).
    String(JsString<'a>),
    /// Ordinary method or function, by method offset.
    Method(u32),
    /// Generator method, by method offset.
    GeneratorMethod(u32),
    /// Async generator method, by method offset.
    AsyncGeneratorMethod(u32),
    /// Getter, by method offset.
    Getter(u32),
    /// Setter, by method offset.
    Setter(u32),
    /// Placeholder of an accessor.
    Accessor(u8),
    /// `length` of the method before it.
    MethodAffiliate(u16),
    /// `null`, or a placeholder for a value that is defined later.
    Null,
    /// Another literal array, by offset.
    Array(u32),
    /// Index of a literal buffer.
    BufferIndex(u32),
    /// Field type of a sendable class.
    BuiltinType(u8),
    /// Interfaces that a sendable class implements.
    Implements(JsString<'a>),
    /// Typed array of a static language: element tag and raw bytes.
    Typed(u8, &'a [u8]),
}

impl<'a> AbcFile<'a> {
    /// The literal array at an offset (a resolved operand).
    pub fn literal_array(&self, offset: u32) -> Result<Vec<Literal<'a>>, AbcError> {
        let mut reader = self.reader(offset)?;
        // The count includes the tags, which is twice the number of entries.
        let entries = reader.count(1)?.div_ceil(2);
        let mut out = Vec::with_capacity(entries);
        let mut strings = Names::of(self);
        while out.len() < entries {
            let at = reader.offset();
            let tag = reader.u8()?;
            out.push(match tag {
                0x00 => Literal::Integer(i32::from(reader.u8()?)),
                0x01 => Literal::Bool(reader.u8()? != 0),
                0x02 => Literal::Integer(reader.u32()?.cast_signed()),
                0x03 => Literal::Float(f32::from_bits(reader.u32()?)),
                0x04 => Literal::Double(f64::from_bits(reader.u64()?)),
                0x05 => Literal::String(strings.string(reader.u32()?)?),
                0x06 => Literal::Method(self.check_method(reader.u32()?)?),
                0x07 => Literal::GeneratorMethod(self.check_method(reader.u32()?)?),
                0x08 => Literal::Accessor(reader.u8()?),
                0x09 => Literal::MethodAffiliate(reader.u16()?),
                0x0a..=0x15 => {
                    let width = match tag {
                        0x0a..=0x0c => 1,
                        0x0d | 0x0e => 2,
                        0x0f | 0x10 | 0x13 | 0x15 => 4,
                        _ => 8,
                    };
                    let count = reader.count(width)?;
                    out.push(Literal::Typed(tag, reader.bytes((count * width) as u32)?));
                    // Such an array is one entry, whatever the count says.
                    return Ok(out);
                }
                0x16 => Literal::AsyncGeneratorMethod(self.check_method(reader.u32()?)?),
                0x17 => Literal::BufferIndex(reader.u32()?),
                0x18 => Literal::Array(reader.u32()?),
                0x19 => Literal::BuiltinType(reader.u8()?),
                0x1a => Literal::Getter(self.check_method(reader.u32()?)?),
                0x1b => Literal::Setter(self.check_method(reader.u32()?)?),
                0x1c => Literal::Implements(strings.string(reader.u32()?)?),
                0xff => {
                    reader.u8()?;
                    Literal::Null
                }
                _ => return Err(AbcError::malformed(at, format!("unknown literal tag {tag:#04x}"))),
            });
        }
        Ok(out)
    }
}
