//! Certificates and revocation lists: what is in them as JSON for the face, names, signatures, chains.

pub(crate) mod chain;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use const_oid::AssociatedOid;
use der::asn1::{AnyRef, BitStringRef};
use der::{Decode, DecodeOwned, Encode, Reader, SliceReader};
use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, CrlDistributionPoints, ExtendedKeyUsage,
    IssuerAltName, KeyUsage, NameConstraints, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use super::encoding::{self, to_hex};
use super::error::{Result, operation, unsupported};
use super::hash::Hash;
use super::key::PublicKey;
use super::rsa::{SALT_AUTO, SignPadding};
use super::sign::{self, Scheme};
use super::{pem, sm2};

/// Longest certificate or list that is looked at, in bytes.
const LONGEST: usize = 8 << 20;

/// A signed structure: certificate, list or request.
pub(crate) struct Signed<'a> {
    /// The bytes that are signed.
    pub(crate) body: &'a [u8],
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    pub(crate) signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Takes the three parts of the sequence.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Signed<'a>> {
        super::asn1::read_sequence(bytes, |reader: &mut SliceReader<'a>| {
            let body = reader.tlv_bytes()?;
            let algorithm = AlgorithmIdentifierOwned::from_der(reader.tlv_bytes()?)?;
            let signature: BitStringRef<'a> = reader.decode()?;
            let signature = signature.as_bytes().ok_or_else(|| operation("the signature is not whole bytes"))?;
            Ok(Signed { body, algorithm, signature })
        })
    }

    /// Whether a key made the signature.
    pub(crate) fn verify(&self, key: &PublicKey) -> Result<bool> {
        let (scheme, hash) = scheme_of(&self.algorithm)?;
        verify_bytes(key, scheme, hash, self.body, self.signature)
    }
}

/// Whether a signature over bytes is right.
pub(crate) fn verify_bytes(
    key: &PublicKey,
    scheme: Scheme,
    hash: Option<Hash>,
    body: &[u8],
    signature: &[u8],
) -> Result<bool> {
    let message = match (scheme, hash, key) {
        (Scheme::Sm2, _, PublicKey::Ec(key)) => Hash::Sm3.of(&[&sm2::identity(key, sm2::DEFAULT_ID)?, body]),
        (_, Some(hash), _) => hash.of(&[body]),
        (_, None, _) => body.to_vec(),
    };
    sign::verify(key, scheme, &message, signature)
}

/// (object identifier, the platform's name, digest, kind of signature)
const ALGORITHMS: [(&str, &str, Option<Hash>, char); 17] = [
    ("1.2.840.113549.1.1.4", "MD5withRSA", Some(Hash::Md5), 'R'),
    ("1.2.840.113549.1.1.5", "SHA1withRSA", Some(Hash::Sha1), 'R'),
    ("1.2.840.113549.1.1.14", "SHA224withRSA", Some(Hash::Sha224), 'R'),
    ("1.2.840.113549.1.1.11", "SHA256withRSA", Some(Hash::Sha256), 'R'),
    ("1.2.840.113549.1.1.12", "SHA384withRSA", Some(Hash::Sha384), 'R'),
    ("1.2.840.113549.1.1.13", "SHA512withRSA", Some(Hash::Sha512), 'R'),
    ("1.2.840.10045.4.1", "SHA1withECDSA", Some(Hash::Sha1), 'D'),
    ("1.2.840.10045.4.3.1", "SHA224withECDSA", Some(Hash::Sha224), 'D'),
    ("1.2.840.10045.4.3.2", "SHA256withECDSA", Some(Hash::Sha256), 'D'),
    ("1.2.840.10045.4.3.3", "SHA384withECDSA", Some(Hash::Sha384), 'D'),
    ("1.2.840.10045.4.3.4", "SHA512withECDSA", Some(Hash::Sha512), 'D'),
    ("1.2.840.10040.4.3", "SHA1withDSA", Some(Hash::Sha1), 'D'),
    ("2.16.840.1.101.3.4.3.1", "SHA224withDSA", Some(Hash::Sha224), 'D'),
    ("2.16.840.1.101.3.4.3.2", "SHA256withDSA", Some(Hash::Sha256), 'D'),
    ("1.2.156.10197.1.501", "SM3withSM2", Some(Hash::Sm3), 'S'),
    ("1.3.101.112", "ED25519", None, 'E'),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS", None, 'P'),
];

/// How a signature of an algorithm is checked.
pub(crate) fn scheme_of(algorithm: &AlgorithmIdentifierOwned) -> Result<(Scheme, Option<Hash>)> {
    let oid = algorithm.oid.to_string();
    let known = ALGORITHMS.iter().find(|(known, ..)| *known == oid);
    let (_, _, hash, kind) = known.ok_or_else(|| unsupported(format_args!("signatures of {oid} are not known")))?;
    Ok(match kind {
        'R' => (Scheme::Rsa(SignPadding::Pkcs1(*hash)), *hash),
        'D' => (Scheme::Dsa, *hash),
        'S' => (Scheme::Sm2, *hash),
        'E' => (Scheme::Ed25519, None),
        _ => {
            let (digest, mgf) = pss_digests(algorithm)?;
            (Scheme::Rsa(SignPadding::Pss { digest, mgf, salt: SALT_AUTO }), Some(digest))
        }
    })
}

/// The object identifier of a signature of a key with a digest.
pub(crate) fn signature_oid(key: &PublicKey, hash: Hash) -> Result<&'static str> {
    let kind = match key {
        PublicKey::Rsa(_) => "RSA",
        PublicKey::Ec(key) if key.curve == super::ec::Curve::Sm2 => "SM2",
        PublicKey::Ec(_) => "ECDSA",
        PublicKey::Dsa(_) => "DSA",
        PublicKey::Ed25519(_) => return Ok("1.3.101.112"),
        _ => return Err(unsupported("keys of this kind do not sign")),
    };
    let wanted = format!("{}with{kind}", hash.name());
    let known = ALGORITHMS.iter().find(|(_, name, ..)| *name == wanted);
    known.map(|(oid, ..)| *oid).ok_or_else(|| unsupported(format_args!("there is no signature {wanted}")))
}

/// Digest and digest of the mask of RSASSA-PSS-params; SHA-1 where they say nothing.
fn pss_digests(algorithm: &AlgorithmIdentifierOwned) -> Result<(Hash, Hash)> {
    let (mut digest, mut mgf) = (Hash::Sha1, Hash::Sha1);
    let Some(parameters) = &algorithm.parameters else { return Ok((digest, mgf)) };
    let named = |bytes: &[u8]| -> Result<AlgorithmIdentifierOwned> { Ok(AlgorithmIdentifierOwned::from_der(bytes)?) };
    let known = |algorithm: &AlgorithmIdentifierOwned| {
        Hash::identified(&algorithm.oid).ok_or_else(|| unsupported("digest of a signature"))
    };
    let mut reader = SliceReader::new(parameters.value())?;
    while !reader.is_finished() {
        let field = AnyRef::decode(&mut reader)?;
        match der::Tagged::tag(&field).number().value() {
            0 => digest = known(&named(field.value())?)?,
            1 => {
                let inner = named(field.value())?.parameters.ok_or_else(|| operation("the mask has no digest"))?;
                mgf = known(&named(&inner.to_der()?)?)?;
            }
            _ => {}
        }
    }
    Ok((digest, mgf))
}

/// A certificate of DER or PEM, as DER.
pub(crate) fn der_of(bytes: Vec<u8>, label: &str) -> Result<Vec<u8>> {
    if bytes.len() > LONGEST {
        return Err(operation("the data are too long"));
    }
    // DER begins with a sequence.
    if bytes.first() == Some(&0x30) {
        return Ok(bytes);
    }
    let text = String::from_utf8(bytes).map_err(|_| operation("the data are neither DER nor PEM"))?;
    let (found, der) = pem::decode(&text)?;
    if found == label || (label == "CERTIFICATE" && found == "X509 CERTIFICATE") {
        Ok(der)
    } else {
        Err(operation(format_args!("this is no {label}")))
    }
}

fn time(time: &Time) -> Value {
    let moment = time.to_date_time();
    let rest = format!(
        "{:02}{:02}{:02}{:02}{:02}Z",
        moment.month(),
        moment.day(),
        moment.hour(),
        moment.minutes(),
        moment.seconds()
    );
    let text = match time {
        Time::UtcTime(_) => format!("{:02}{rest}", moment.year() % 100),
        Time::GeneralTime(_) => format!("{:04}{rest}", moment.year()),
    };
    json!({ "text": text, "seconds": time.to_unix_duration().as_secs() })
}

fn algorithm(signed: &Signed<'_>) -> Result<Value> {
    let oid = signed.algorithm.oid.to_string();
    let name = ALGORITHMS.iter().find(|(known, ..)| *known == oid).map(|(_, name, ..)| *name);
    let parameters = signed.algorithm.parameters.as_ref().map(Encode::to_der).transpose()?;
    Ok(json!({ "oid": oid, "name": name, "parameters": parameters.map(|bytes| to_hex(&bytes)) }))
}

/// What an extension says, when it is there and can be read.
fn extension<T: DecodeOwned + AssociatedOid>(extensions: &[Extension]) -> Option<T> {
    let found = extensions.iter().find(|extension| extension.extn_id == T::OID)?;
    T::from_der(found.extn_value.as_bytes()).ok()
}

fn raw_extension<T: AssociatedOid>(extensions: &[Extension]) -> Option<String> {
    extensions
        .iter()
        .find(|extension| extension.extn_id == T::OID)
        .map(|extension| to_hex(extension.extn_value.as_bytes()))
}

/// All extensions of a list, and their encoding.
pub(crate) fn extensions(all: &[Extension]) -> Result<Value> {
    let rows = all.iter().map(|extension| {
        Ok(json!({
            "oid": extension.extn_id.to_string(),
            "critical": extension.critical,
            "der": to_hex(&extension.to_der()?),
            "value": to_hex(&extension.extn_value.to_der()?),
        }))
    });
    Ok(json!({
        "all": rows.collect::<Result<Vec<_>>>()?,
        "der": to_hex(&all.to_vec().to_der()?),
        "ca": certificate_authority(all),
    }))
}

/// The longest path below a certificate that may sign others; -1 when it may not or does not say.
fn certificate_authority(all: &[Extension]) -> i64 {
    let signs = extension::<KeyUsage>(all).is_some_and(|usage| usage.key_cert_sign());
    let constraints = extension::<BasicConstraints>(all).filter(|constraints| constraints.ca);
    match constraints {
        Some(constraints) if signs => constraints.path_len_constraint.map_or(-1, i64::from),
        _ => -1,
    }
}

fn general_name(name: &GeneralName) -> Value {
    let text = |kind: u8, value: &str| json!({ "type": kind, "text": value, "bytes": to_hex(value.as_bytes()) });
    match name {
        GeneralName::OtherName(name) => {
            json!({ "type": 0, "bytes": name.to_der().map(|bytes| to_hex(&bytes)).unwrap_or_default() })
        }
        GeneralName::Rfc822Name(value) => text(1, value.as_str()),
        GeneralName::DnsName(value) => text(2, value.as_str()),
        GeneralName::DirectoryName(name) => {
            json!({ "type": 4, "bytes": name.to_der().map(|bytes| to_hex(&bytes)).unwrap_or_default() })
        }
        GeneralName::EdiPartyName(name) => {
            json!({ "type": 5, "bytes": name.to_der().map(|bytes| to_hex(&bytes)).unwrap_or_default() })
        }
        GeneralName::UniformResourceIdentifier(value) => text(6, value.as_str()),
        GeneralName::IpAddress(bytes) => json!({ "type": 7, "bytes": to_hex(bytes.as_bytes()) }),
        GeneralName::RegisteredId(oid) => {
            json!({ "type": 8, "text": oid.to_string(), "bytes": to_hex(oid.as_bytes()) })
        }
    }
}

fn distribution_points(all: &[Extension]) -> Vec<String> {
    let points = extension::<CrlDistributionPoints>(all).map(|points| points.0).unwrap_or_default();
    let names = points.into_iter().filter_map(|point| match point.distribution_point {
        Some(DistributionPointName::FullName(names)) => Some(names),
        _ => None,
    });
    names
        .flatten()
        .filter_map(|name| match name {
            GeneralName::UniformResourceIdentifier(uri) => Some(uri.as_str().to_owned()),
            _ => None,
        })
        .collect()
}

/// Everything that the face asks of a certificate.
pub(crate) fn certificate(der: &[u8]) -> Result<Value> {
    let signed = Signed::read(der)?;
    let certificate = Certificate::from_der(der)?;
    let tbs = &certificate.tbs_certificate;
    let all = tbs.extensions.clone().unwrap_or_default();
    let usage_bits = all.iter().find(|extension| extension.extn_id == KeyUsage::OID).and_then(|extension| {
        let bits = BitStringRef::from_der(extension.extn_value.as_bytes()).ok()?;
        Some(bits.bits().map(u8::from).collect::<Vec<_>>())
    });
    let constraints = extension::<BasicConstraints>(&all);
    let alternatives =
        extension::<SubjectAltName>(&all).map(|names| names.0.iter().map(general_name).collect::<Vec<_>>());
    let issuers = extension::<IssuerAltName>(&all).map(|names| names.0.iter().map(general_name).collect::<Vec<_>>());
    let policies = extension::<CertificatePolicies>(&all)
        .map(|all| all.0.iter().map(|policy| policy.policy_identifier.to_string()).collect::<Vec<_>>());
    Ok(json!({
        "version": tbs.version as u8 + 1,
        "serial": to_hex(tbs.serial_number.as_bytes()),
        "issuer": names::describe(&tbs.issuer)?,
        "subject": names::describe(&tbs.subject)?,
        "notBefore": time(&tbs.validity.not_before),
        "notAfter": time(&tbs.validity.not_after),
        "body": to_hex(signed.body),
        "signature": to_hex(signed.signature),
        "algorithm": algorithm(&signed)?,
        "key": to_hex(&tbs.subject_public_key_info.to_der()?),
        "keyAlgorithm": tbs.subject_public_key_info.algorithm.oid.to_string(),
        "issuerId": tbs.issuer_unique_id.as_ref().map(|id| to_hex(id.raw_bytes())),
        "subjectId": tbs.subject_unique_id.as_ref().map(|id| to_hex(id.raw_bytes())),
        "keyUsage": usage_bits,
        "extKeyUsage": extension::<ExtendedKeyUsage>(&all).map(|usage| usage.0.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "isAuthority": constraints.as_ref().is_some_and(|constraints| constraints.ca),
        "pathLength": constraints.filter(|constraints| constraints.ca).and_then(|constraints| constraints.path_len_constraint),
        "subjectNames": alternatives,
        "issuerNames": issuers,
        "crlPoints": distribution_points(&all),
        "policies": policies,
        "authorityKeyId": raw_extension::<AuthorityKeyIdentifier>(&all),
        "subjectKeyId": raw_extension::<SubjectKeyIdentifier>(&all),
        "nameConstraints": raw_extension::<NameConstraints>(&all),
        "extensions": if all.is_empty() { Value::Null } else { extensions(&all)? },
    }))
}

/// Everything that the face asks of a revocation list.
pub(crate) fn revocations(der: &[u8]) -> Result<Value> {
    let signed = Signed::read(der)?;
    let list = CertificateList::from_der(der)?;
    let tbs = &list.tbs_cert_list;
    let entries = tbs.revoked_certificates.iter().flatten().map(|entry| {
        let all = entry.crl_entry_extensions.clone().unwrap_or_default();
        Ok(json!({
            "der": to_hex(&entry.to_der()?),
            "serial": to_hex(entry.serial_number.as_bytes()),
            "date": time(&entry.revocation_date),
            "extensions": if all.is_empty() { Value::Null } else { extensions(&all)? },
        }))
    });
    let entries = entries.collect::<Result<Vec<_>>>()?;
    let all = tbs.crl_extensions.clone().unwrap_or_default();
    let number = all.iter().find(|extension| extension.extn_id.to_string() == "2.5.29.20");
    let number = number.and_then(|extension| {
        super::asn1::read_integer(&mut SliceReader::new(extension.extn_value.as_bytes()).ok()?).ok()
    });
    Ok(json!({
        "version": tbs.version as u8 + 1,
        "issuer": names::describe(&tbs.issuer)?,
        "lastUpdate": time(&tbs.this_update),
        "nextUpdate": tbs.next_update.as_ref().map(time),
        "body": to_hex(signed.body),
        "signature": to_hex(signed.signature),
        "algorithm": algorithm(&signed)?,
        "entries": entries,
        "number": number.map(|number| to_hex(&number)),
        "extensions": if all.is_empty() { Value::Null } else { extensions(&all)? },
    }))
}

/// The public key of a certificate.
pub(crate) fn key_of(certificate: &Certificate) -> Result<PublicKey> {
    encoding::read_public(&certificate.tbs_certificate.subject_public_key_info.to_der()?)
}
