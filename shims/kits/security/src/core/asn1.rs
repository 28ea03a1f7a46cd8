//! Writing and reading the few forms of DER that keys and messages are made of.

use der::asn1::{Any, AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode, Encode, Reader, SliceReader, Tag};

use super::error::{Result, invalid, operation};

/// A value of any form, with its tag and length.
pub(crate) fn tlv(tag: Tag, content: &[u8]) -> Result<Vec<u8>> {
    Ok(Any::new(tag, content)?.to_der()?)
}

/// `SEQUENCE` of parts that are encoded already.
pub(crate) fn sequence(parts: &[&[u8]]) -> Result<Vec<u8>> {
    tlv(Tag::Sequence, &parts.concat())
}

/// `SET` of parts that are encoded already, in the order that DER demands.
pub(crate) fn set_of(mut parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
    parts.sort();
    tlv(Tag::Set, &parts.concat())
}

/// Unsigned `INTEGER` of big-endian bytes.
pub(crate) fn integer(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(UintRef::new(bytes)?.to_der()?)
}

/// `OCTET STRING`
pub(crate) fn octets(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(OctetStringRef::new(bytes)?.to_der()?)
}

/// `BIT STRING` of whole bytes.
pub(crate) fn bits(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(BitStringRef::from_bytes(bytes)?.to_der()?)
}

/// `OBJECT IDENTIFIER`
pub(crate) fn oid(oid: &ObjectIdentifier) -> Result<Vec<u8>> {
    Ok(oid.to_der()?)
}

/// `NULL`
pub(crate) const NULL: [u8; 2] = [5, 0];

/// `[number] EXPLICIT`, or IMPLICIT of something constructed.
pub(crate) fn context(number: u8, content: &[u8]) -> Result<Vec<u8>> {
    if number > 30 {
        return Err(invalid("tag number"));
    }
    // Identifier octet: context-specific, constructed.
    let mut encoded = tlv(Tag::OctetString, content)?;
    if let Some(first) = encoded.first_mut() {
        *first = 0xa0 | number;
    }
    Ok(encoded)
}

/// Identifier from dotted text.
pub(crate) fn parse_oid(text: &str) -> Result<ObjectIdentifier> {
    ObjectIdentifier::new(text).map_err(|_| invalid(format_args!("\"{text}\" is no object identifier")))
}

/// Reads all of `bytes` as one `SEQUENCE`.
pub(crate) fn read_sequence<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut SliceReader<'a>) -> Result<T>) -> Result<T> {
    let any = AnyRef::from_der(bytes)?;
    if any.value().is_empty() || der::Tagged::tag(&any) != Tag::Sequence {
        return Err(operation("the encoding is damaged: a sequence is missing"));
    }
    let mut reader = SliceReader::new(any.value())?;
    read(&mut reader)
}

/// Reads an unsigned `INTEGER` into its bytes, without leading zeros.
pub(crate) fn read_integer(reader: &mut SliceReader<'_>) -> Result<Vec<u8>> {
    let value: UintRef<'_> = reader.decode()?;
    Ok(value.as_bytes().to_vec())
}
