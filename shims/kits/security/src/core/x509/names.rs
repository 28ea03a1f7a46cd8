//! Distinguished names.

use der::asn1::{Any, Ia5StringRef, ObjectIdentifier, PrintableStringRef, SetOfVec, Utf8StringRef};
use der::{Encode, Tag, Tagged};
use serde_json::{Value, json};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use super::super::encoding::to_hex;
use super::super::error::{Result, invalid};

/// Short names of attributes, as OpenSSL has them.
const ATTRIBUTES: [(&str, &str); 22] = [
    ("CN", "2.5.4.3"),
    ("SN", "2.5.4.4"),
    ("serialNumber", "2.5.4.5"),
    ("C", "2.5.4.6"),
    ("L", "2.5.4.7"),
    ("ST", "2.5.4.8"),
    ("street", "2.5.4.9"),
    ("O", "2.5.4.10"),
    ("OU", "2.5.4.11"),
    ("title", "2.5.4.12"),
    ("description", "2.5.4.13"),
    ("businessCategory", "2.5.4.15"),
    ("postalCode", "2.5.4.17"),
    ("name", "2.5.4.41"),
    ("GN", "2.5.4.42"),
    ("initials", "2.5.4.43"),
    ("generationQualifier", "2.5.4.44"),
    ("dnQualifier", "2.5.4.46"),
    ("pseudonym", "2.5.4.65"),
    ("emailAddress", "1.2.840.113549.1.9.1"),
    ("DC", "0.9.2342.19200300.100.1.25"),
    ("UID", "0.9.2342.19200300.100.1.1"),
];

fn short_name(oid: &ObjectIdentifier) -> String {
    let text = oid.to_string();
    ATTRIBUTES.iter().find(|(_, known)| *known == text).map_or(text.clone(), |(name, _)| (*name).to_owned())
}

/// Text of a value, in whichever form it is.
fn value_text(value: &Any) -> String {
    let bytes = value.value();
    match value.tag() {
        Tag::BmpString => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        Tag::TeletexString => bytes.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The form with slashes: bytes that are not printable stand as hexadecimal numbers.
fn escaped(value: &Any) -> String {
    let printable =
        |byte: u8| if (b' '..=b'~').contains(&byte) { char::from(byte).to_string() } else { format!("\\x{byte:02X}") };
    value.value().iter().map(|byte| printable(*byte)).collect()
}

/// A name in all the ways in which it is asked for.
pub(crate) fn describe(name: &Name) -> Result<Value> {
    let mut line = String::new();
    let mut parts = Vec::new();
    let mut rdns = Vec::new();
    for rdn in &name.0 {
        let mut pairs = Vec::new();
        for attribute in rdn.0.iter() {
            let short = short_name(&attribute.oid);
            line.push_str(&format!("/{short}={}", escaped(&attribute.value)));
            let text = value_text(&attribute.value);
            pairs.push(format!("{short}={}", protected(&text)));
            parts.push(json!([short, text]));
        }
        rdns.push(pairs.join("+"));
    }
    Ok(json!({ "line": line, "utf8": rdns.join(","), "parts": parts, "der": to_hex(&name.to_der()?) }))
}

/// A value in a list of names (RFC 2253): what separates names is marked.
fn protected(text: &str) -> String {
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';')
            || (index == 0 && matches!(character, ' ' | '#'))
        {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// A name of the form `/C=…/O=…/CN=…`.
pub(crate) fn parse(text: &str) -> Result<Name> {
    let mut rdns = Vec::new();
    let rest = text.strip_prefix('/').ok_or_else(|| invalid("a name begins with a slash"))?;
    for part in rest.split('/') {
        let (short, value) =
            part.split_once('=').ok_or_else(|| invalid(format_args!("\"{part}\" is no attribute of a name")))?;
        let known = ATTRIBUTES.iter().find(|(name, _)| *name == short.trim());
        let oid = known.map_or(short.trim(), |(_, oid)| oid);
        let oid = ObjectIdentifier::new(oid).map_err(|_| invalid(format_args!("there is no attribute \"{short}\"")))?;
        let value = match short {
            "C" | "dnQualifier" | "serialNumber" => Any::from(PrintableStringRef::new(value)?),
            "emailAddress" | "DC" => Any::from(Ia5StringRef::new(value)?),
            _ => Any::from(Utf8StringRef::new(value)?),
        };
        let mut set = SetOfVec::new();
        set.insert(AttributeTypeAndValue { oid, value })?;
        rdns.push(RelativeDistinguishedName(set));
    }
    Ok(RdnSequence(rdns))
}
