//! What the package's own network configuration (`resources/base/profile/network_config.json`) allows: plain text, authorities, pins.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use concord_syscalls::VirtualPaths;
use serde_json::Value;

use crate::http::spec::digest_of;
use crate::tls::Material;

/// Where a device keeps the authorities that it trusts.
const DEVICE_ROOTS: &str = "/etc/security/certificates";

/// What holds for one host.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Rules {
    pub(crate) cleartext: bool,
    /// Authorities besides or instead of the host's.
    pub(crate) anchors: Vec<Material>,
    pub(crate) trusts_host: bool,
    pub(crate) pins: Vec<[u8; 32]>,
}

/// The configuration of an app.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policy {
    base: Option<Value>,
    domains: Vec<Value>,
}

impl Policy {
    /// Reads the text of a configuration; one that is no JSON configures nothing.
    pub(crate) fn parse(text: &[u8]) -> Self {
        let config: Value = match serde_json::from_slice(text) {
            Ok(config) => config,
            Err(error) => {
                tracing::warn!("network_config.json is not read: {error}");
                return Self::default();
            }
        };
        // Apps may switch the whole of it off for this kit.
        if config.pointer("/component-config/Network Kit") == Some(&Value::Bool(false)) {
            return Self::default();
        }
        let Some(rules) = config.get("network-security-config") else { return Self::default() };
        Self {
            base: rules.get("base-config").cloned(),
            domains: rules.get("domain-config").and_then(Value::as_array).cloned().unwrap_or_default(),
        }
    }

    /// What holds for `host`: the entry of the longest domain that covers it, and for what that leaves open the base.
    pub(crate) fn rules(&self, host: &str, paths: &VirtualPaths) -> Rules {
        let domain = self.domains.iter().filter_map(|entry| Some((covers(entry, host)?, entry)));
        let domain = domain.max_by_key(|(length, _)| *length).map(|(_, entry)| entry);
        let pick = |name: &str| {
            domain.and_then(|entry| entry.get(name)).or_else(|| self.base.as_ref().and_then(|base| base.get(name)))
        };
        let mut rules = Rules {
            cleartext: pick("cleartextTrafficPermitted").and_then(Value::as_bool).unwrap_or(true),
            ..Rules::default()
        };
        for anchor in pick("trust-anchors").and_then(Value::as_array).into_iter().flatten() {
            match anchor.get("certificates").and_then(Value::as_str) {
                Some(DEVICE_ROOTS) => rules.trusts_host = true,
                Some(name) => rules.anchors.extend(files(name, paths).into_iter().map(Material::File)),
                None => {}
            }
        }
        let pins = domain.and_then(|entry| entry.get("pin-set"));
        if let Some(pins) = pins.filter(|pins| !is_over(pins.get("expiration").and_then(Value::as_str))) {
            let all = pins.get("pin").and_then(Value::as_array).into_iter().flatten();
            rules.pins = all.filter_map(|pin| digest_of(pin.get("digest")?.as_str()?)).collect();
        }
        rules
    }
}

/// How long the domain of `entry` is that covers `host`.
fn covers(entry: &Value, host: &str) -> Option<usize> {
    let domains = entry.get("domains")?.as_array()?.iter();
    let host = host.to_ascii_lowercase();
    let fits = domains.filter_map(|domain| {
        let name = domain.get("name")?.as_str()?.to_ascii_lowercase();
        let below = domain.get("include-subdomains").and_then(Value::as_bool).unwrap_or(false);
        let fits = host == name || (below && host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.')));
        fits.then_some(name.len())
    });
    fits.max()
}

/// The file of a name, or all files of a folder.
fn files(name: &str, paths: &VirtualPaths) -> Vec<PathBuf> {
    let Ok(found) = paths.resolve(name) else { return Vec::new() };
    match std::fs::read_dir(&found.path) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect(),
        Err(_) => vec![found.path],
    }
}

/// Whether a date (`2024-11-08`) lies in the past; pins without one stay.
fn is_over(date: Option<&str>) -> bool {
    let Some(date) = date else { return false };
    let mut numbers = date.split('-').map(|part| part.parse::<i64>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (numbers.next(), numbers.next(), numbers.next())
    else {
        return false;
    };
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return false;
    }
    // Days of the civil calendar since 1970, with years that begin in March.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    i64::try_from(now).is_ok_and(|now| now > days)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
        "network-security-config": {
            "base-config": { "cleartextTrafficPermitted": false, "trust-anchors": [{ "certificates": "/etc/security/certificates" }] },
            "domain-config": [
                { "domains": [{ "name": "plain.example", "include-subdomains": true }], "cleartextTrafficPermitted": true },
                {
                    "domains": [{ "name": "secret.plain.example" }], "cleartextTrafficPermitted": false,
                    "pin-set": {
                        "expiration": "2999-01-01",
                        "pin": [{ "digest-algorithm": "sha256", "digest": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }]
                    }
                },
                {
                    "domains": [{ "name": "old.example" }],
                    "pin-set": {
                        "expiration": "2001-01-01",
                        "pin": [{ "digest-algorithm": "sha256", "digest": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }]
                    }
                }
            ]
        }
    }"#;

    #[test]
    fn the_longest_domain_decides() {
        let paths = VirtualPaths::new();
        let policy = Policy::parse(TEXT.as_bytes());
        assert!(!policy.rules("elsewhere.example", &paths).cleartext);
        assert!(policy.rules("elsewhere.example", &paths).trusts_host);
        assert!(policy.rules("PLAIN.example", &paths).cleartext);
        assert!(policy.rules("a.b.plain.example", &paths).cleartext);
        assert!(!policy.rules("notplain.example", &paths).cleartext);
        let secret = policy.rules("secret.plain.example", &paths);
        assert!(!secret.cleartext);
        assert_eq!(secret.pins, [[0; 32]]);
        assert!(policy.rules("old.example", &paths).pins.is_empty(), "pins that are over");
    }

    #[test]
    fn what_is_not_configured_is_allowed() {
        let paths = VirtualPaths::new();
        assert!(Policy::default().rules("a.example", &paths).cleartext);
        assert!(Policy::parse(b"nonsense").rules("a.example", &paths).cleartext);
        let off = TEXT.replacen('{', r#"{ "component-config": { "Network Kit": false },"#, 1);
        assert!(Policy::parse(off.as_bytes()).rules("a.example", &paths).cleartext, "switched off");
    }
}
