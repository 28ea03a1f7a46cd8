//! Certificates, lists and key stores that `openssl` makes. Skipped where there is no `openssl`.

use serde_json::json;

use super::chain::{self, Demand, Fault};
use super::{Signed, certificate, names, revocations};
use crate::core::encoding::{self, to_hex};
use crate::core::error::Error;
use crate::core::hash::Hash;
use crate::core::openssl_tests::OpenSsl;
use crate::core::{cms, pem, pkcs12};

const CONFIG: &str = "\
[ca]
default_ca = own
[own]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
policy = any
new_certs_dir = .
serial = serial
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
CN = nobody
[authority]
basicConstraints = critical, CA:true, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
[leaf]
basicConstraints = CA:false
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:example.org, DNS:*.example.net, IP:127.0.0.1, email:somebody@example.org
crlDistributionPoints = URI:http://example.org/list.crl
";

/// Root, intermediate and leaf, from the leaf upwards.
fn make(openssl: &OpenSsl) -> [Vec<u8>; 3] {
    openssl.file("config", CONFIG);
    openssl.run("req -x509 -config config -newkey rsa:1024 -nodes -keyout root.key -subj /C=DE/O=Roots/CN=Root -days 30 -extensions authority -out root.pem");
    openssl.run("req -config config -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout middle.key -subj /CN=Middle -out middle.csr");
    openssl.run("x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile config -extensions authority -out middle.pem");
    openssl.run("req -config config -newkey rsa:1024 -nodes -keyout leaf.key -subj /CN=example.org -out leaf.csr");
    openssl.run("x509 -req -in leaf.csr -CA middle.pem -CAkey middle.key -set_serial 4711 -days 30 -extfile config -extensions leaf -out leaf.pem");
    ["leaf", "middle", "root"].map(|name| openssl.run(&format!("x509 -in {name}.pem -outform DER")))
}

fn check(chain: &[&[u8]], anchor: serde_json::Value, more: serde_json::Value) -> Result<usize, chain::Distrust> {
    let mut demand = json!({ "chain": chain.iter().map(|der| to_hex(der)).collect::<Vec<_>>(), "anchors": [anchor] });
    for (name, value) in more.as_object().unwrap() {
        demand[name] = value.clone();
    }
    serde_json::from_value::<Demand>(demand).unwrap().check()
}

#[test]
fn what_is_in_a_certificate() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, _, root] = make(&openssl);
    let all = certificate(&leaf).unwrap();
    assert_eq!(all["version"], 3);
    assert_eq!(all["serial"], "1267");
    assert_eq!(all["issuer"]["line"], "/CN=Middle");
    assert_eq!(all["algorithm"]["name"], "SHA256withECDSA");
    assert_eq!(all["keyUsage"], json!([1, 0, 1]));
    assert_eq!(all["extKeyUsage"], json!(["1.3.6.1.5.5.7.3.1"]));
    assert_eq!(all["crlPoints"], json!(["http://example.org/list.crl"]));
    assert_eq!(all["subjectNames"][0]["text"], "example.org");
    assert_eq!(all["subjectNames"][2]["bytes"], "7f000001");
    assert_eq!(all["extensions"]["ca"], -1);
    let root = certificate(&root).unwrap();
    assert_eq!(root["subject"]["line"], "/C=DE/O=Roots/CN=Root");
    assert_eq!(root["subject"]["utf8"], "C=DE,O=Roots,CN=Root");
    assert_eq!((&root["pathLength"], &root["extensions"]["ca"]), (&json!(1), &json!(1)));
    let again = names::describe(&names::parse("/C=DE/O=Roots/CN=Root").unwrap()).unwrap();
    assert_eq!(again["der"], root["subject"]["der"]);
}

#[test]
fn chains_are_checked() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, middle, root] = make(&openssl);
    let anchor = || json!({ "cert": to_hex(&root) });
    let fault = |result: Result<usize, chain::Distrust>| result.err().map(|distrust| distrust.fault);
    assert_eq!(check(&[&leaf, &middle], anchor(), json!({})).unwrap(), 0);
    assert_eq!(check(&[&leaf, &middle, &root], anchor(), json!({})).unwrap(), 0);
    let key = certificate(&root).unwrap();
    assert_eq!(
        check(&[&leaf, &middle], json!({ "key": key["key"], "subject": key["subject"]["der"] }), json!({})).unwrap(),
        0
    );
    assert_eq!(fault(check(&[&leaf], anchor(), json!({}))), Some(Fault::NoIssuer));
    assert_eq!(fault(check(&[&middle, &leaf], anchor(), json!({}))), Some(Fault::MayNotSign));
    assert_eq!(fault(check(&[&leaf, &middle], anchor(), json!({ "date": 4e9 }))), Some(Fault::Expired));
    assert_eq!(fault(check(&[&leaf, &middle], anchor(), json!({ "date": 1e9 }))), Some(Fault::NotYetValid));
    for (host, fits) in [
        ("example.org", true),
        ("a.example.net", true),
        ("a.b.example.net", false),
        ("127.0.0.1", true),
        ("other.org", false),
    ] {
        assert_eq!(check(&[&leaf, &middle], anchor(), json!({ "hostname": host })).is_ok(), fits, "{host}");
    }
    assert!(check(&[&leaf, &middle], anchor(), json!({ "usage": [0, 2] })).is_ok());
    assert_eq!(fault(check(&[&leaf, &middle], anchor(), json!({ "usage": [5] }))), Some(Fault::Other));
    // A certificate whose signature has been changed.
    let mut forged = leaf.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(matches!(fault(check(&[&forged, &middle], anchor(), json!({}))), Some(Fault::Signature | Fault::Other)));
    let pool = [root.clone(), middle.clone()];
    assert_eq!(chain::build(&leaf, &pool, 64).unwrap(), [leaf.clone(), middle.clone(), root.clone()]);
    assert_eq!(chain::build(&leaf, &pool, 2).unwrap(), [leaf, middle]);
}

#[test]
fn revoked_certificates() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, middle, root] = make(&openssl);
    openssl.file("index.txt", "");
    openssl.file("crlnumber", "0A\n");
    openssl.run("ca -config config -cert middle.pem -keyfile middle.key -revoke leaf.pem");
    openssl.run("ca -config config -cert middle.pem -keyfile middle.key -gencrl -out list.pem");
    let list = openssl.run("crl -in list.pem -outform DER");
    let all = revocations(&list).unwrap();
    assert_eq!(all["entries"][0]["serial"], "1267");
    assert_eq!(all["number"], "0a");
    let key = |der: &[u8]| {
        encoding::read_public(&encoding::from_hex(certificate(der).unwrap()["key"].as_str().unwrap()).unwrap()).unwrap()
    };
    assert!(Signed::read(&list).unwrap().verify(&key(&middle)).unwrap());
    assert!(!Signed::read(&list).unwrap().verify(&key(&root)).unwrap_or(false));
    let anchor = || json!({ "cert": to_hex(&root) });
    let with = |revocation: &str| json!({ "crls": [to_hex(&list)], "revocation": revocation });
    assert!(check(&[&leaf, &middle], anchor(), with("")).is_ok());
    assert!(check(&[&leaf, &middle], anchor(), with("leaf")).is_err());
    assert!(check(&[&leaf, &middle], anchor(), with("all")).is_err());
}

#[test]
fn key_stores() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, middle, _] = make(&openssl);
    for options in ["", " -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"] {
        openssl.run(&format!(
            "pkcs12 -export -inkey leaf.key -in leaf.pem -certfile middle.pem -passout pass:secret -out store{options}"
        ));
        let store = std::fs::read(openssl.path("store")).unwrap();
        let contents = pkcs12::read(&store, "secret").unwrap();
        assert_eq!(contents.certificates, [leaf.clone(), middle.clone()]);
        let key = encoding::read_private(&contents.keys[0]).unwrap();
        assert_eq!(to_hex(&encoding::spki(&key.public().unwrap()).unwrap()), certificate(&leaf).unwrap()["key"]);
        assert!(matches!(pkcs12::read(&store, "wrong"), Err(Error::Operation(why)) if why == pkcs12::WRONG_PASSWORD));
        for length in [0, 10, 100, store.len() - 1] {
            assert!(pkcs12::read(&store[..length], "secret").is_err());
        }
    }
}

#[test]
fn signed_messages() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, middle, _] = make(&openssl);
    let key = |name: &str| pem::read_private(&std::fs::read_to_string(openssl.path(name)).unwrap(), None).unwrap();
    let signer = |pss: bool, attributes: bool| cms::Signer {
        certificate: leaf.clone(),
        key: key("leaf.key"),
        hash: Hash::Sha256,
        pss,
        attributes,
        capabilities: attributes,
    };
    let curve = || cms::Signer { certificate: middle.clone(), key: key("middle.key"), ..signer(false, true) };
    assert!(signer(false, true).fits().unwrap() && curve().fits().unwrap());
    assert!(!cms::Signer { certificate: middle.clone(), ..signer(false, true) }.fits().unwrap());
    let verify = "cms -verify -noverify -inform DER -binary -in message.p7";
    for signers in [
        vec![signer(false, true)],
        vec![signer(false, false)],
        vec![signer(true, true)],
        vec![signer(false, true), curve()],
    ] {
        let message = cms::signed(&signers, &[leaf.clone(), middle.clone()], b"message", false).unwrap();
        openssl.file("message.p7", message);
        assert_eq!(openssl.run(verify), b"message");
    }
    openssl.file("message.p7", cms::signed(&[curve()], std::slice::from_ref(&middle), b"message", true).unwrap());
    openssl.file("content", b"message");
    openssl.run(&format!("{verify} -content content"));
    assert_eq!(cms::text(b"a\nb\r\n"), b"Content-Type: text/plain\r\n\r\na\r\nb\r\n");
}

#[test]
fn damaged_certificates_are_errors() {
    let Some(openssl) = OpenSsl::find() else { return };
    let [leaf, ..] = make(&openssl);
    for length in 0..leaf.len() {
        assert!(certificate(&leaf[..length]).is_err());
    }
    for place in 0..leaf.len() {
        let mut changed = leaf.clone();
        changed[place] ^= 0x55;
        // It may still be one; it must not panic.
        let _ = certificate(&changed);
        let _ = check(&[&changed], json!({ "cert": to_hex(&leaf) }), json!({ "hostname": "a" }));
    }
}
