//! Names for people, in every language that a package has.

use concord_abi::hap::resources::{Locale, Qualifiers, ResourceTable};
use concord_package::{Bytes, Package};
use std::collections::BTreeMap;

/// A text in several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Localized {
    /// For languages that it has no text for.
    pub(super) base: String,
    /// By the locale as key files write it (`zh_CN`, `sr@latin`), where it differs from the base.
    pub(super) others: BTreeMap<String, String>,
}

/// The resource table of a package; a damaged one counts as none (the package says so when it runs).
pub(super) fn table(package: &Package) -> Option<&ResourceTable<Bytes>> {
    package.resources().unwrap_or_else(|error| {
        tracing::warn!("{error}");
        None
    })
}

/// The id that a reference of a profile names: `$string:name`, or `$string:16777216` after compiling.
pub(super) fn referred(table: &ResourceTable<Bytes>, reference: &str) -> Option<u32> {
    let number = concord_abi::hap::resources::reference(reference).map(|(_, id)| id);
    number.or_else(|| table.find_reference(reference))
}

impl Localized {
    /// The text of a property: by its resource id, else by its reference, else as it is. None when there is none.
    pub(super) fn of(package: &Package, id: u32, text: &str) -> Option<Localized> {
        let table = table(package);
        let id = if id != 0 { Some(id) } else { table.and_then(|table| referred(table, text)) };
        let (Some(table), Some(id)) = (table, id) else {
            let literal = !text.is_empty() && !text.starts_with('$');
            return literal.then(|| Localized { base: text.to_owned(), others: BTreeMap::new() });
        };
        let shown = |locale| {
            let device = Qualifiers { locale, ..Qualifiers::default() };
            table.text(id, &device).ok().map(|text| text.into_owned()).filter(|text| !text.trim().is_empty())
        };
        let mut others: BTreeMap<String, String> = BTreeMap::new();
        for locale in table.configurations().iter().filter_map(|configuration| configuration.locale) {
            if let (Some(name), Some(text)) = (posix(&locale), shown(Some(locale))) {
                others.insert(name, text);
            }
        }
        // Some packages have no base text: English, else any.
        let base = shown(None).or_else(|| others.get("en_US").or(others.values().next()).cloned())?;
        others.retain(|_, text| *text != base);
        Some(Localized { base, others })
    }

    /// The lines of a key file.
    pub(super) fn lines(&self, key: &str) -> String {
        let mut lines = format!("{key}={}\n", super::keyfile::label(&self.base));
        for (locale, text) in &self.others {
            lines.push_str(&format!("{key}[{locale}]={}\n", super::keyfile::label(text)));
        }
        lines
    }
}

/// A locale as POSIX writes it: `lang_COUNTRY@MODIFIER`. Scripts become the country or the modifier that stands for them.
fn posix(locale: &Locale) -> Option<String> {
    let text = locale.to_string();
    let (mut language, mut script, mut region) = (None, None, None);
    for part in text.split(['_', '-']) {
        match part.len() {
            _ if language.is_none() => language = Some(part),
            4 => script = Some(part),
            _ => region = Some(part),
        }
    }
    // They come from packages and become part of a key.
    let word = |part: &&str| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let (language, region) = (language.filter(word)?, region.filter(word));
    let region = region.or(match (language, script) {
        ("zh", Some("Hans")) => Some("CN"),
        ("zh", Some("Hant")) => Some("TW"),
        _ => None,
    });
    let modifier = match (language, script) {
        ("zh", _) => "",
        (_, Some("Latn")) => "@latin",
        (_, Some("Cyrl")) => "@cyrillic",
        _ => "",
    };
    let region = region.map(|region| format!("_{region}")).unwrap_or_default();
    Some(format!("{language}{region}{modifier}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_of_key_files() {
        let posix = |text: &str| posix(&Locale::parse(text).unwrap());
        for (given, expected) in
            [("en_US", "en_US"), ("de", "de"), ("zh_Hans_CN", "zh_CN"), ("zh_Hant", "zh_TW"), ("sr_Latn", "sr@latin")]
        {
            assert_eq!(posix(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn lines_of_a_text() {
        let mut text = Localized { base: "To do".into(), ..Localized::default() };
        text.others.insert("de".into(), "Zu\ntun".into());
        assert_eq!(text.lines("Name"), "Name=To do\nName[de]=Zu\\ntun\n");
    }
}
