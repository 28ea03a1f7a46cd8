//! Which ability opens a file or an address, and with what Want: what file managers and browsers of the platform do.

use super::StoreError;
use crate::exports::{Declared, TypeNames};
use crate::protocol::StartOrder;
use concord_abi::hap::module_json::{Ability, SkillUri};
use concord_ability::want::Want;
use concord_package::PackageSet;
use std::path::{Path, PathBuf};

/// The action of opening something.
const VIEW: &str = "ohos.want.action.viewData";
/// `wantConstant.Flags`: the app may read the file.
const READ: u32 = 1;
/// `wantConstant.Flags`: the app may write to the file.
const WRITE: u32 = 2;

/// What somebody wants to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file, by its absolute name.
    File(PathBuf),
    /// An address.
    Uri(String),
}

impl Target {
    /// Understands a word of a command line, or a URI of the desktop. What is a file is one, whatever it looks like.
    ///
    /// # Errors
    /// When it is neither a file nor an address.
    pub fn parse(text: &str) -> Result<Target, String> {
        let uri_path = text.strip_prefix("file://").and_then(|rest| rest.get(rest.find('/')?..));
        let path = match uri_path {
            Some(encoded) => percent_encoding::percent_decode_str(encoded).decode_utf8_lossy().into_owned(),
            None => text.to_owned(),
        };
        let path = std::path::absolute(Path::new(&path)).map_err(|error| format!("{text}: {error}"))?;
        if path.exists() {
            return Ok(Target::File(path));
        }
        let scheme = text.split_once(':').map(|(scheme, _)| scheme).filter(|_| uri_path.is_none());
        let is_uri = scheme.is_some_and(|scheme| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        });
        if is_uri {
            Ok(Target::Uri(text.to_owned()))
        } else {
            Err(format!("{text}: no such file, and no address either"))
        }
    }
}

/// What to start for a target: the given ability, else the first that accepts it.
///
/// # Errors
/// When no ability does.
pub fn opening(set: &PackageSet, target: &Target, ability: Option<&str>) -> Result<StartOrder, StoreError> {
    let declared = Declared::of(set, &mut Vec::new());
    let names = TypeNames::new(&declared);
    let want = |module: &str, ability: &str, mime: String| Want {
        bundle_name: set.bundle_name().to_owned(),
        module_name: module.to_owned(),
        ability_name: ability.to_owned(),
        action: VIEW.to_owned(),
        mime,
        ..Want::default()
    };
    // Those that say that they view things come first; some only name what they take.
    let mut best: Option<(bool, Want)> = None;
    for package in set.packages() {
        let module = &package.module().module;
        for candidate in module.abilities.iter().filter(|one| ability.is_none_or(|name| one.name == name)) {
            let Some((views, mime)) = accepts(candidate, target, &names) else { continue };
            if best.as_ref().is_none_or(|(known, _)| views && !known) {
                best = Some((views, want(&module.name, &candidate.name, mime)));
            }
        }
    }
    let found = best.map(|(_, want)| want).or_else(|| {
        // Whoever names the ability knows better than its skills.
        let has = |name: &str| set.packages().iter().find(|package| package.module().ability(name).is_some());
        let (name, package) = ability.and_then(|name| Some((name, has(name)?)))?;
        let mime = match target {
            Target::File(path) => names.of_file(&path.to_string_lossy()).mime,
            Target::Uri(_) => String::new(),
        };
        Some(want(&package.module().module.name, name, mime))
    });
    let mut want = found.ok_or_else(|| unopenable(set, target))?;
    match target {
        Target::File(path) => {
            want.flags = READ | WRITE;
            Ok(StartOrder { want, document: Some(path.clone()), token: None })
        }
        Target::Uri(uri) => {
            uri.clone_into(&mut want.uri);
            want.entities.push("entity.system.browsable".to_owned());
            Ok(StartOrder { want, ..StartOrder::default() })
        }
    }
}

/// Whether an ability takes a target: whether it says that it views things, and the type as it knows it.
fn accepts(ability: &Ability, target: &Target, names: &TypeNames<'_>) -> Option<(bool, String)> {
    let mut best = None;
    for skill in ability.skills.iter().filter(|skill| !skill.actions.is_empty()) {
        let views = skill.actions.iter().any(|action| action == VIEW);
        for uri in &skill.uris {
            let mime = match target {
                Target::File(path) => file_type(uri, path, names),
                Target::Uri(text) => matches_uri(uri, text).then(String::new),
            };
            if let Some(mime) = mime
                && best.as_ref().is_none_or(|(known, _)| views && !known)
            {
                best = Some((views, mime));
            }
        }
    }
    best
}

/// The type of a file in the way that a skill names types; none when it does not take the file.
fn file_type(uri: &SkillUri, path: &Path, names: &TypeNames<'_>) -> Option<String> {
    if !matches!(uri.scheme.to_ascii_lowercase().as_str(), "" | "file") {
        return None;
    }
    let file = names.of_file(&path.file_name()?.to_string_lossy());
    let offered = [&uri.kind, &uri.utd].into_iter().find(|name| !name.is_empty() && names.accepts(name, &file))?;
    let uniform = !offered.contains('/') && !file.uniform.is_empty();
    Some(if uniform { file.uniform } else { file.mime })
}

/// Whether a skill takes an address: scheme, then host and port, then one of the conditions for the path. Names compare without
/// case, as on the platform.
fn matches_uri(skill: &SkillUri, uri: &str) -> bool {
    let lower = |text: &str| text.to_ascii_lowercase();
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    if skill.scheme.is_empty() || lower(scheme) != lower(&skill.scheme) {
        return false;
    }
    if skill.host.is_empty() {
        return true;
    }
    let rest = rest.strip_prefix("//").unwrap_or_default();
    let (host, path) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or((rest, ""));
    let port = if skill.port.is_empty() { String::new() } else { format!(":{}", skill.port) };
    if lower(host) != lower(&format!("{}{port}", skill.host)) {
        return false;
    }
    let path = lower(path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/'));
    let condition = |text: &str| (!text.is_empty()).then(|| lower(text.trim_start_matches('/')));
    let (exact, start) = (condition(&skill.path), condition(&skill.path_start_with));
    if exact.is_none() && start.is_none() {
        // A regular expression is left to the app, which looks at the address anyway.
        return true;
    }
    exact.is_some_and(|exact| exact == path) || start.is_some_and(|start| path.starts_with(&start))
}

fn unopenable(set: &PackageSet, target: &Target) -> StoreError {
    let abilities = set.packages().iter().flat_map(|package| &package.module().module.abilities);
    let uris = abilities.flat_map(|ability| &ability.skills).flat_map(|skill| &skill.uris);
    let mut accepts: Vec<String> = uris
        .map(|uri| match [&uri.kind, &uri.utd].into_iter().find(|name| !name.is_empty()) {
            Some(kind) => kind.clone(),
            None if uri.host.is_empty() => format!("{}:", uri.scheme),
            None => format!("{}://{}", uri.scheme, uri.host),
        })
        .collect();
    accepts.sort();
    accepts.dedup();
    let target = match target {
        Target::File(path) => path.display().to_string(),
        Target::Uri(uri) => uri.clone(),
    };
    StoreError::Unopenable { bundle: set.bundle_name().to_owned(), target, accepts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_files_or_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b.txt");
        std::fs::write(&file, "").unwrap();
        let uri = format!("file://{}", file.display().to_string().replace(' ', "%20"));
        assert_eq!(Target::parse(&uri), Ok(Target::File(file.clone())));
        assert_eq!(Target::parse(&file.display().to_string()), Ok(Target::File(file)));
        assert_eq!(Target::parse("concord://open/item"), Ok(Target::Uri("concord://open/item".into())));
        assert_eq!(Target::parse("mailto:a@b"), Ok(Target::Uri("mailto:a@b".into())));
        for text in ["/no/such/file", "file:///no/such/file", "no-such-file", "1:2"] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_match_skills() {
        let skill = |scheme: &str, host: &str, path: &str, start: &str| SkillUri {
            scheme: scheme.into(),
            host: host.into(),
            path: path.into(),
            path_start_with: start.into(),
            ..SkillUri::default()
        };
        assert!(matches_uri(&skill("concord", "", "", ""), "CONCORD:anything"));
        assert!(matches_uri(&skill("concord", "Open", "item", ""), "concord://open/ITEM?x=1"));
        assert!(matches_uri(&skill("https", "a.b", "", "/shop"), "https://a.b/shop/1#top"));
        for other in ["concord://open/other", "concord://close/item", "https://open/item", "concord:item", "concord"] {
            assert!(!matches_uri(&skill("concord", "open", "item", ""), other), "{other}");
        }
        assert!(!matches_uri(&skill("", "", "", ""), "a:b"));
    }
}
