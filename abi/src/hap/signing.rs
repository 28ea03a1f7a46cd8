//! The signing block of a package: where it is, what it contains, and what its digest is taken of.
//!
//! The block lies between the last entry and the central directory of the zip file, and ends with a 32-byte footer.
//! Nothing is verified here: that takes cryptography, which the package loader has.

use super::json::{self, JsonError, lenient, lenient_list};
use serde::Deserialize;
use std::borrow::Cow;
use std::ops::Range;

/// Why a signing block was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} (offset {offset:#x})")]
pub struct SigningError {
    /// Offset at fault.
    pub offset: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Chunks that digests are taken of.
pub const CHUNK: usize = 1 << 20;
const FOOTER: usize = 32;
const MAGIC: &[u8; 16] = b"<hap sign block>";
/// Of block versions 1 and 2.
const OLD_MAGIC: &[u8; 16] = b"HAP Sig Block 42";
/// Signature, profile, rotation, property and two more for enterprises: never more than ten parts.
const MAX_PARTS: u32 = 10;

/// Type of a part of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// PKCS#7 signature over the digest.
    Signature,
    /// Key rotation.
    Rotation,
    /// Profile: who may run the app where, itself PKCS#7.
    Profile,
    /// Properties, such as code signing of native libraries.
    Property,
    /// One that this version does not know.
    Other(u32),
}

/// A signing block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningBlock {
    /// The whole block in the file.
    pub range: Range<usize>,
    /// Version of the block format.
    pub version: u32,
    /// Parts with their place in the file, in order.
    pub parts: Vec<(PartKind, Range<usize>)>,
    directory: Range<usize>,
    end: usize,
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

impl SigningBlock {
    /// Finds the block of a package: `directory` is where the central directory of the zip file is, `end` where the
    /// record behind it is. `Ok(None)` means that the package is not signed.
    pub fn find(data: &[u8], directory: Range<usize>, end: usize) -> Result<Option<SigningBlock>, SigningError> {
        let Some(footer) = directory.start.checked_sub(FOOTER) else { return Ok(None) };
        let magic = data.get(footer + 12..footer + 28).unwrap_or_default();
        if magic != MAGIC && magic != OLD_MAGIC {
            return Ok(None);
        }
        let fail = |offset, what| Err(SigningError { offset, what });
        let cut = SigningError { offset: footer, what: "the footer of the signing block is cut short" };
        let field = |at| word(data, footer + at).ok_or_else(|| cut.clone());
        let (count, low, high, version) = (field(0)?, field(4)?, field(8)?, field(28)?);
        if (magic == OLD_MAGIC) != (version < 3) {
            return fail(footer, "the signing block has the mark of another version");
        }
        let size = low as usize;
        if high != 0 || size < FOOTER || size > directory.start {
            return fail(footer, "the signing block is larger than the file");
        }
        if count > MAX_PARTS {
            return fail(footer, "the signing block has too many parts");
        }
        if directory.end != end {
            return fail(directory.end, "there is something between the directory and the end of a signed package");
        }
        let start = directory.start - size;
        let mut parts = Vec::new();
        for index in 0..count as usize {
            let head = start + index * 12;
            if head + 12 > footer {
                return fail(head, "the parts of the signing block are cut short");
            }
            let field = |at| word(data, head + at).ok_or_else(|| cut.clone());
            let (kind, length, offset) = (field(0)?, field(4)? as usize, field(8)? as usize);
            let range = start + offset..start + offset + length;
            if range.end > footer {
                return fail(head, "a part of the signing block is not within it");
            }
            let kind = match kind {
                0x2000_0000 => PartKind::Signature,
                0x2000_0001 => PartKind::Rotation,
                0x2000_0002 => PartKind::Profile,
                0x2000_0003 => PartKind::Property,
                other => PartKind::Other(other),
            };
            parts.push((kind, range));
        }
        Ok(Some(SigningBlock { range: start..directory.start, version, parts, directory, end }))
    }

    /// The bytes of the first part of a kind.
    pub fn part<'a>(&self, data: &'a [u8], kind: PartKind) -> Option<&'a [u8]> {
        let (_, range) = self.parts.iter().find(|(found, _)| *found == kind)?;
        data.get(range.clone())
    }

    /// What chunk digests are taken of, in order: the entries, the directory, and the end record as it was before the
    /// block was put in. The digest of a chunk is that of `0xa5`, its length (32 bits, little-endian) and its bytes.
    pub fn chunks<'a>(&self, data: &'a [u8]) -> Vec<Cow<'a, [u8]>> {
        let piece = |range: Range<usize>| data.get(range).unwrap_or_default();
        let mut end = piece(self.end..data.len()).to_vec();
        let start = u32::try_from(self.range.start).unwrap_or(u32::MAX).to_le_bytes();
        if let Some(field) = end.get_mut(16..20) {
            field.copy_from_slice(&start);
        }
        let entries = piece(0..self.range.start).chunks(CHUNK).map(Cow::Borrowed);
        let directory = piece(self.directory.clone()).chunks(CHUNK).map(Cow::Borrowed);
        entries.chain(directory).chain([Cow::Owned(end)]).collect()
    }

    /// What the digest of the package is taken of after `0x5a`, the number of chunks (32 bits, little-endian) and the
    /// chunk digests: every part but the signature, in order.
    pub fn other_parts<'a>(&self, data: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.parts
            .iter()
            .filter(|(kind, _)| *kind != PartKind::Signature)
            .filter_map(move |(_, range)| data.get(range.clone()))
    }
}

/// The digest that a signature vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedDigest<'a> {
    /// Number of the signature algorithm, e.g. `0x201` for ECDSA with SHA-256.
    pub algorithm: u32,
    /// The digest; its length (32, 48, 64) tells SHA-256, -384 and -512 apart.
    pub digest: &'a [u8],
}

impl<'a> SignedDigest<'a> {
    /// Reads the content of the PKCS#7 signature.
    pub fn parse(content: &'a [u8]) -> Option<SignedDigest<'a>> {
        let length = word(content, 16)? as usize;
        let digest = content.get(20..20_usize.checked_add(length)?)?;
        matches!(length, 32 | 48 | 64).then_some(SignedDigest { algorithm: word(content, 12)?, digest })
    }
}

/// The profile: what the signer says about the app.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Profile {
    /// `debug` or `release`.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: String,
    /// `app_gallery`, `enterprise`, `os_integration` …
    #[serde(deserialize_with = "lenient")]
    pub app_distribution_type: String,
    /// Identity of the profile.
    #[serde(deserialize_with = "lenient")]
    pub uuid: String,
    /// Who issued it.
    #[serde(deserialize_with = "lenient")]
    pub issuer: String,
    /// When it is valid.
    #[serde(deserialize_with = "lenient")]
    pub validity: Validity,
    /// The app.
    #[serde(deserialize_with = "lenient")]
    pub bundle_info: BundleInfo,
    /// Permissions beyond the app's level.
    #[serde(deserialize_with = "lenient")]
    pub acls: Acls,
    /// Devices that a debug build may run on.
    #[serde(deserialize_with = "lenient")]
    pub debug_info: DebugInfo,
}

/// When a profile is valid, in seconds since 1970.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Validity {
    /// From.
    #[serde(deserialize_with = "lenient")]
    pub not_before: u64,
    /// Until.
    #[serde(deserialize_with = "lenient")]
    pub not_after: u64,
}

/// The app that a profile is for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct BundleInfo {
    /// Developer.
    #[serde(deserialize_with = "lenient")]
    pub developer_id: String,
    /// Bundle name.
    #[serde(deserialize_with = "lenient")]
    pub bundle_name: String,
    /// `normal`, `system_basic` or `system_core`.
    #[serde(deserialize_with = "lenient")]
    pub apl: String,
    /// `hos_normal_app`, `hos_system_app` …
    #[serde(deserialize_with = "lenient")]
    pub app_feature: String,
    /// Identity that stays when the certificate changes.
    #[serde(deserialize_with = "lenient")]
    pub app_identifier: String,
    /// Certificate (PEM) that signs debug builds.
    #[serde(deserialize_with = "lenient")]
    pub development_certificate: String,
    /// Certificate (PEM) that signs releases.
    #[serde(deserialize_with = "lenient")]
    pub distribution_certificate: String,
}

/// Permissions beyond the app's level.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Acls {
    /// Names.
    #[serde(deserialize_with = "lenient_list")]
    pub allowed_acls: Vec<String>,
}

/// Devices of a debug build.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct DebugInfo {
    /// Kind of the ids, `udid`.
    #[serde(deserialize_with = "lenient")]
    pub device_id_type: String,
    /// Ids.
    #[serde(deserialize_with = "lenient_list")]
    pub device_ids: Vec<String>,
}

impl Profile {
    /// Parses the content of the profile's PKCS#7 envelope.
    pub fn parse(text: &[u8]) -> Result<Profile, JsonError> {
        json::typed(&json::parse(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries, a block with the given parts, a directory and an end record.
    fn file(parts: &[(u32, &[u8])]) -> (Vec<u8>, Range<usize>, usize) {
        let mut data = vec![7; 100];
        let start = data.len();
        let mut offset = parts.len() * 12;
        for (kind, bytes) in parts {
            for field in [*kind, bytes.len() as u32, offset as u32] {
                data.extend(field.to_le_bytes());
            }
            offset += bytes.len();
        }
        for (_, bytes) in parts {
            data.extend(*bytes);
        }
        data.extend((parts.len() as u32).to_le_bytes());
        data.extend((data.len() as u64 + 28 - start as u64).to_le_bytes());
        data.extend(MAGIC);
        data.extend(3_u32.to_le_bytes());
        let directory = data.len()..data.len() + 10;
        data.extend([9; 10]);
        let end = data.len();
        data.extend([5; 22]);
        (data, directory, end)
    }

    #[test]
    fn block_and_digest_inputs() {
        let (data, directory, end) = file(&[(0x2000_0002, b"profile"), (0x2000_0000, b"pkcs7"), (42, b"new")]);
        let block = SigningBlock::find(&data, directory, end).unwrap().unwrap();
        assert_eq!(block.version, 3);
        assert_eq!(block.range.start, 100);
        assert_eq!(block.part(&data, PartKind::Profile).unwrap(), b"profile");
        assert_eq!(block.part(&data, PartKind::Rotation), None);
        assert_eq!(block.other_parts(&data).collect::<Vec<_>>(), [&b"profile"[..], b"new"]);
        let chunks = block.chunks(&data);
        assert_eq!(chunks.iter().map(|chunk| chunk.len()).collect::<Vec<_>>(), [100, 10, 22]);
        assert_eq!(chunks[2][16..20], 100_u32.to_le_bytes(), "the directory is where the block begins");
    }

    #[test]
    fn unsigned_and_damaged() {
        let (mut data, directory, end) = file(&[(0x2000_0000, b"pkcs7")]);
        for cut in 0..data.len() {
            let _ = SigningBlock::find(&data[..cut], directory.clone(), end);
        }
        for at in 100..directory.start {
            let mut bad = data.clone();
            bad[at] = 0xff;
            let _ = SigningBlock::find(&bad, directory.clone(), end);
        }
        data[directory.start - 10] = 0;
        assert_eq!(SigningBlock::find(&data, directory, end), Ok(None));
        assert_eq!(SigningBlock::find(b"", 0..0, 0), Ok(None));
    }

    #[test]
    fn signed_content() {
        let mut content = Vec::new();
        for field in [2_u32, 1, 40, 0x201, 32] {
            content.extend(field.to_le_bytes());
        }
        content.extend([1; 32]);
        let signed = SignedDigest::parse(&content).unwrap();
        assert_eq!((signed.algorithm, signed.digest.len()), (0x201, 32));
        assert_eq!(SignedDigest::parse(&content[..40]), None);
    }
}
