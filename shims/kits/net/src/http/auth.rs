//! Digest authentication (RFC 7616) with MD5 and SHA-256.

use std::fmt::Write;

use md5::Md5;
use sha2::{Digest, Sha256};

/// What a request shows for itself.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Credentials {
    pub(crate) username: String,
    pub(crate) password: String,
    /// `basic`, `digest` or `ntlm`.
    #[serde(default, rename = "type")]
    pub(crate) kind: String,
}

/// The answer to a challenge (`WWW-Authenticate`), as value of `Authorization`; none for challenges of other kinds.
/// `nonce` is our own part of the hash.
pub(crate) fn answer(who: &Credentials, challenge: &str, method: &str, target: &str, nonce: &str) -> Option<String> {
    let (scheme, rest) = challenge.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("digest") {
        return None;
    }
    let parameter = |name: &str| {
        parameters(rest).into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let algorithm = parameter("algorithm").unwrap_or_else(|| "MD5".to_owned());
    let hash = |text: String| match algorithm.to_ascii_uppercase().trim_end_matches("-SESS") {
        "MD5" => Some(hex(&Md5::digest(text))),
        "SHA-256" => Some(hex(&Sha256::digest(text))),
        _ => None,
    };
    let (realm, given) = (parameter("realm")?, parameter("nonce")?);
    let mut secret = hash(format!("{}:{realm}:{}", who.username, who.password))?;
    if algorithm.to_ascii_uppercase().ends_with("-SESS") {
        secret = hash(format!("{secret}:{given}:{nonce}"))?;
    }
    let about = hash(format!("{method}:{target}"))?;
    let quality = parameter("qop").filter(|offered| offered.split(',').any(|one| one.trim() == "auth"));
    let mut text = format!(
        "Digest username=\"{}\", realm=\"{realm}\", nonce=\"{given}\", uri=\"{target}\", algorithm={algorithm}",
        who.username.replace('"', "")
    );
    let response = match quality {
        Some(_) => {
            text.push_str(&format!(", qop=auth, nc=00000001, cnonce=\"{nonce}\""));
            hash(format!("{secret}:{given}:00000001:{nonce}:auth:{about}"))?
        }
        None => hash(format!("{secret}:{given}:{about}"))?,
    };
    text.push_str(&format!(", response=\"{response}\""));
    if let Some(opaque) = parameter("opaque") {
        text.push_str(&format!(", opaque=\"{opaque}\""));
    }
    Some(text)
}

/// `name=value, name="value"`.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        found.push((name.trim_matches([' ', ',', '\t']).to_owned(), value.trim().to_owned()));
        rest = next;
    }
    found
}

/// Lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7616() {
        let who = Credentials {
            username: "Mufasa".to_owned(),
            password: "Circle of Life".to_owned(),
            kind: "digest".to_owned(),
        };
        let challenge = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, \
            nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let text = answer(&who, challenge, "GET", "/dir/index.html", cnonce).expect("an answer");
        assert!(text.contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""), "{text}");
        assert!(answer(&who, "Basic realm=\"x\"", "GET", "/", "n").is_none());
    }
}
