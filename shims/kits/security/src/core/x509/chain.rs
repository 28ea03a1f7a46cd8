//! Chains of certificates: whether each was signed by the next and the last by somebody who is trusted (RFC 5280, 6).

use std::time::{SystemTime, UNIX_EPOCH};

use der::{Decode, Encode};
use serde::Deserialize;
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, SubjectAltName};
use x509_cert::name::Name;

use super::super::encoding::{self, from_hex};
use super::super::error::{Error, Result, operation};
use super::super::key::PublicKey;
use super::{Signed, extension, key_of, names};

/// Most certificates of a chain.
const LONGEST: usize = 64;

/// Why a chain is not to be trusted. The numbers are the platform's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Something could not be read, a name or usage does not fit.
    Other = 19_030_001,
    Signature = 19_030_002,
    NotYetValid = 19_030_003,
    Expired = 19_030_004,
    NoIssuer = 19_030_005,
    MayNotSign = 19_030_006,
    NoDigitalSignature = 19_030_007,
}

/// A failed check.
#[derive(Debug)]
pub(crate) struct Distrust {
    pub(crate) fault: Fault,
    pub(crate) why: String,
}

impl From<Error> for Distrust {
    fn from(error: Error) -> Distrust {
        Distrust { fault: Fault::Other, why: error.to_string() }
    }
}

impl From<der::Error> for Distrust {
    fn from(error: der::Error) -> Distrust {
        Distrust::from(Error::from(error))
    }
}

fn distrust<T>(fault: Fault, why: impl Into<String>) -> std::result::Result<T, Distrust> {
    Err(Distrust { fault, why: why.into() })
}

/// Somebody who is trusted; bytes are hexadecimal.
#[derive(Deserialize)]
pub(crate) struct Anchor {
    cert: Option<String>,
    key: Option<String>,
    subject: Option<String>,
}

/// What a chain is checked against.
#[derive(Deserialize)]
pub(crate) struct Demand {
    /// From the leaf upwards, hexadecimal.
    chain: Vec<String>,
    anchors: Vec<Anchor>,
    /// Seconds since 1970; now when it is missing.
    date: Option<f64>,
    #[serde(default)]
    hostname: Option<String>,
    /// Bits of key usage that the leaf needs.
    #[serde(default)]
    usage: Vec<u8>,
    /// Revocation lists; `revocation` says whether they are looked at: none, leaf, all.
    #[serde(default)]
    crls: Vec<String>,
    #[serde(default)]
    revocation: String,
}

/// One who signs: a name and a key.
struct Signer {
    name: Option<Name>,
    key: PublicKey,
}

impl Demand {
    /// The place of the anchor that the chain ends at.
    pub(crate) fn check(&self) -> std::result::Result<usize, Distrust> {
        if self.chain.is_empty() || self.chain.len() > LONGEST {
            return distrust(Fault::Other, "the chain is empty or too long");
        }
        let ders = self.chain.iter().map(|hex| from_hex(hex)).collect::<Result<Vec<_>>>()?;
        let chain = ders.iter().map(|der| Certificate::from_der(der)).collect::<std::result::Result<Vec<_>, _>>()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
        for certificate in &chain {
            in_time(certificate, self.date.unwrap_or(now))?;
        }
        for (index, (certificate, der)) in chain.iter().zip(&ders).enumerate() {
            let Some(issuer) = chain.get(index + 1) else { break };
            let signer = authority(issuer, index)?;
            signed_by(certificate, der, &signer)?;
        }
        let (Some(last), Some(last_der)) = (chain.last(), ders.last()) else {
            return distrust(Fault::Other, "the chain is empty");
        };
        let anchor = self.anchor(last, last_der, chain.len() - 1)?;
        if let Some(leaf) = chain.first() {
            self.leaf(leaf)?;
        }
        let checked = match self.revocation.as_str() {
            "leaf" => 1,
            "all" => chain.len(),
            _ => 0,
        };
        self.not_revoked(&chain, checked)?;
        Ok(anchor)
    }

    /// Who is trusted and signed the last certificate, or is it.
    fn anchor(&self, last: &Certificate, der: &[u8], below: usize) -> std::result::Result<usize, Distrust> {
        let mut fault = None;
        for (index, anchor) in self.anchors.iter().enumerate() {
            let signer = match anchor {
                Anchor { cert: Some(hex), .. } => {
                    let bytes = from_hex(hex)?;
                    if bytes == der {
                        return Ok(index);
                    }
                    let certificate = Certificate::from_der(&bytes)?;
                    if certificate.tbs_certificate.subject != last.tbs_certificate.issuer {
                        continue;
                    }
                    authority(&certificate, below)?
                }
                Anchor { key: Some(key), subject, .. } => {
                    let name = subject.as_ref().map(|subject| from_hex(subject)).transpose()?;
                    let name = name.map(|bytes| Name::from_der(&bytes)).transpose()?;
                    Signer { name, key: encoding::read_public(&from_hex(key)?)? }
                }
                _ => continue,
            };
            match signed_by(last, der, &signer) {
                Ok(()) => return Ok(index),
                Err(other) => fault = Some(other),
            }
        }
        Err(fault
            .unwrap_or(Distrust { fault: Fault::NoIssuer, why: "nobody who is trusted has signed the chain".into() }))
    }

    fn leaf(&self, leaf: &Certificate) -> std::result::Result<(), Distrust> {
        let extensions = leaf.tbs_certificate.extensions.as_deref().unwrap_or_default();
        if let (false, Some(usage)) =
            (self.usage.is_empty(), extensions.iter().find(|one| one.extn_id.to_string() == "2.5.29.15"))
        {
            let bits = der::asn1::BitStringRef::from_der(usage.extn_value.as_bytes())?;
            let bits: Vec<bool> = bits.bits().collect();
            for wanted in &self.usage {
                if bits.get(usize::from(*wanted)) != Some(&true) {
                    let fault = if *wanted == 0 { Fault::NoDigitalSignature } else { Fault::Other };
                    return distrust(fault, "the key may not be used for this");
                }
            }
        }
        match &self.hostname {
            Some(host) if !fits_host(leaf, host)? => {
                distrust(Fault::Other, format!("the certificate is not one of {host}"))
            }
            _ => Ok(()),
        }
    }

    /// Looks for the first `count` certificates in the lists of their issuers.
    fn not_revoked(&self, chain: &[Certificate], count: usize) -> std::result::Result<(), Distrust> {
        for (index, certificate) in chain.iter().take(count).enumerate() {
            let issuer = chain.get(index + 1).map(key_of).transpose()?;
            for hex in &self.crls {
                let bytes = from_hex(hex)?;
                let list = CertificateList::from_der(&bytes)?;
                if list.tbs_cert_list.issuer != certificate.tbs_certificate.issuer {
                    continue;
                }
                let is_right = |key| Signed::read(&bytes)?.verify(key);
                if !issuer.as_ref().map_or(Ok(true), is_right)? {
                    return distrust(Fault::Signature, "the signature of a revocation list is wrong");
                }
                let serial = &certificate.tbs_certificate.serial_number;
                if list.tbs_cert_list.revoked_certificates.iter().flatten().any(|entry| entry.serial_number == *serial)
                {
                    return distrust(Fault::Other, "a certificate is revoked");
                }
            }
        }
        Ok(())
    }
}

fn in_time(certificate: &Certificate, date: f64) -> std::result::Result<(), Distrust> {
    let validity = &certificate.tbs_certificate.validity;
    if date < validity.not_before.to_unix_duration().as_secs_f64() {
        return distrust(Fault::NotYetValid, "a certificate is not valid yet");
    }
    if date > validity.not_after.to_unix_duration().as_secs_f64() {
        return distrust(Fault::Expired, "a certificate has expired");
    }
    Ok(())
}

/// A certificate as one who signs others, with `below` certificates between it and the leaf.
fn authority(certificate: &Certificate, below: usize) -> std::result::Result<Signer, Distrust> {
    let tbs = &certificate.tbs_certificate;
    let extensions = tbs.extensions.as_deref().unwrap_or_default();
    if extension::<KeyUsage>(extensions).is_some_and(|usage| !usage.key_cert_sign()) {
        return distrust(Fault::MayNotSign, "an issuer may not sign certificates");
    }
    // Certificates of the first version do not say whether they may.
    let constraints = extension::<BasicConstraints>(extensions);
    if !extensions.is_empty() && !constraints.as_ref().is_some_and(|constraints| constraints.ca) {
        return distrust(Fault::MayNotSign, "an issuer is no authority");
    }
    if constraints.and_then(|constraints| constraints.path_len_constraint).is_some_and(|most| below > usize::from(most))
    {
        return distrust(Fault::Other, "the chain is longer than an authority allows");
    }
    Ok(Signer { name: Some(tbs.subject.clone()), key: key_of(certificate)? })
}

fn signed_by(certificate: &Certificate, der: &[u8], signer: &Signer) -> std::result::Result<(), Distrust> {
    if signer.name.as_ref().is_some_and(|name| *name != certificate.tbs_certificate.issuer) {
        return distrust(Fault::NoIssuer, "a certificate has another issuer than the next of the chain");
    }
    let is_right = Signed::read(der).and_then(|signed| signed.verify(&signer.key)).unwrap_or(false);
    if is_right { Ok(()) } else { distrust(Fault::Signature, "the signature of a certificate is wrong") }
}

/// Whether a certificate names a host: by alternative names, else by its common name. A star stands for one label.
fn fits_host(certificate: &Certificate, host: &str) -> Result<bool> {
    let extensions = certificate.tbs_certificate.extensions.as_deref().unwrap_or_default();
    let address: Option<Vec<u8>> = host.parse::<std::net::IpAddr>().ok().map(|address| match address {
        std::net::IpAddr::V4(address) => address.octets().to_vec(),
        std::net::IpAddr::V6(address) => address.octets().to_vec(),
    });
    if let Some(names) = extension::<SubjectAltName>(extensions) {
        return Ok(names.0.iter().any(|name| match (name, &address) {
            (GeneralName::DnsName(pattern), None) => fits_pattern(pattern.as_str(), host),
            (GeneralName::IpAddress(bytes), Some(address)) => bytes.as_bytes() == address,
            _ => false,
        }));
    }
    let subject = names::describe(&certificate.tbs_certificate.subject)?;
    let parts = subject["parts"].as_array().ok_or_else(|| operation("the subject cannot be read"))?;
    Ok(parts.iter().any(|part| part[0] == "CN" && part[1].as_str().is_some_and(|name| fits_pattern(name, host))))
}

fn fits_pattern(pattern: &str, host: &str) -> bool {
    let (pattern, host) =
        (pattern.trim_end_matches('.').to_ascii_lowercase(), host.trim_end_matches('.').to_ascii_lowercase());
    match pattern.strip_prefix("*.") {
        Some(rest) => {
            rest.contains('.') && host.split_once('.').is_some_and(|(label, tail)| !label.is_empty() && tail == rest)
        }
        None => pattern == host,
    }
}

/// Orders certificates so that each is followed by its issuer, from `first` upwards.
pub(crate) fn build(first: &[u8], pool: &[Vec<u8>], most: usize) -> Result<Vec<Vec<u8>>> {
    let mut chain = vec![first.to_vec()];
    while chain.len() < most.min(LONGEST) {
        let Some(last) = chain.last() else { break };
        let certificate = Certificate::from_der(last)?;
        if certificate.tbs_certificate.subject == certificate.tbs_certificate.issuer {
            break;
        }
        let issuer = certificate.tbs_certificate.issuer.to_der()?;
        let next = pool.iter().find(|bytes| {
            let Ok(other) = Certificate::from_der(bytes) else { return false };
            other.tbs_certificate.subject.to_der().ok().as_ref() == Some(&issuer)
                && key_of(&other).and_then(|key| Signed::read(last)?.verify(&key)).unwrap_or(false)
                && !chain.contains(bytes)
        });
        match next {
            Some(next) => chain.push(next.clone()),
            None => break,
        }
    }
    Ok(chain)
}
