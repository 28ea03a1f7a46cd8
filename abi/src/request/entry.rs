//! From the source names in `module.json` and page URLs to records.

use super::{join, without_suffix};
use crate::hap::PkgContextInfo;

/// A module whose records are looked for by source name.
#[derive(Debug, Clone, Copy)]
pub struct EntryNames<'a> {
    /// Bundle name.
    pub bundle: &'a str,
    /// Module name.
    pub module: &'a str,
    /// `packageName` of `module.json`; empty in packages of older tools.
    pub package: &'a str,
    /// `pkgContextInfo.json` of the module.
    pub packages: Option<&'a PkgContextInfo>,
}

impl EntryNames<'_> {
    /// Records that a source name may stand for, likeliest first.
    ///
    /// `src` is `./ets/entryability/EntryAbility.ets` of an ability or AbilityStage, `/ets/testrunner/Runner` of a test
    /// runner, or a path under the module (`ets/pages/Index`). First comes the normalized name, then
    /// `bundle/module/path`, then the bare path of abc files before API 9.
    pub fn source(&self, src: &str) -> Vec<String> {
        self.candidates(self.module, &join("", without_suffix(src)))
    }

    /// Records that a page URL may stand for: `pages/Index`, or `@bundle:bundle/module/ets/pages/Index`.
    pub fn page(&self, url: &str) -> Vec<String> {
        let Some(full) = url.strip_prefix("@bundle:") else {
            return self.candidates(self.module, &join("ets", without_suffix(url)));
        };
        let full = without_suffix(full);
        let mut parts = full.splitn(3, '/');
        let (_, module, path) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let mut records = self.candidates(module, path);
        push_new(&mut records, full.to_owned());
        records
    }

    fn candidates(&self, module: &str, path: &str) -> Vec<String> {
        let mut records = Vec::new();
        if let Some(packages) = self.packages {
            // `module@har` is code of a static library that was compiled into the module.
            let owner = module.split_once('@').map_or(module, |(_, har)| har);
            let package = if owner == self.module && !self.package.is_empty() { self.package } else { owner };
            if let Some(context) = packages.get(package) {
                let record = |folder: &str| {
                    let path = join(&format!("{package}/{folder}"), path);
                    format!("{}&{path}&{}", context.bundle_name, context.version)
                };
                if path.starts_with(".test") {
                    records.push(record(""));
                } else if context.entry_path.ends_with('/') {
                    records.push(record(&context.entry_path));
                }
                push_new(&mut records, record("src/main"));
                push_new(&mut records, record("src/ohosTest"));
            }
        }
        push_new(&mut records, format!("{}/{module}/{path}", self.bundle));
        push_new(&mut records, path.to_owned());
        records
    }
}

fn push_new(records: &mut Vec<String>, record: String) {
    if !records.contains(&record) {
        records.push(record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(entry_path: &str) -> PkgContextInfo {
        let text =
            format!(r#"{{"entry":{{"packageName":"entry","entryPath":"{entry_path}"}},"har":{{"version":"2"}}}}"#);
        PkgContextInfo::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn normalized_first() {
        let packages = packages("src/main/");
        let names = EntryNames { bundle: "a.b", module: "entry", package: "entry", packages: Some(&packages) };
        let records = names.source("./ets/entryability/EntryAbility.ets");
        assert_eq!(records[0], "&entry/src/main/ets/entryability/EntryAbility&");
        assert!(records.contains(&"a.b/entry/ets/entryability/EntryAbility".to_owned()));
        assert_eq!(records.last().unwrap(), "ets/entryability/EntryAbility");
        assert_eq!(names.page("pages/Index")[0], "&entry/src/main/ets/pages/Index&");
        assert_eq!(names.page("@bundle:a.b/entry/ets/pages/X")[0], "&entry/src/main/ets/pages/X&");
        assert_eq!(names.page("@bundle:a.b/entry@har/ets/pages/X")[0], "&har/src/main/ets/pages/X&2");
    }

    #[test]
    fn test_modules() {
        let packages = packages("src/ohosTest/");
        let names = EntryNames { bundle: "a.b", module: "entry_test", package: "entry", packages: Some(&packages) };
        let records = names.source("/ets/testrunner/OpenHarmonyTestRunner");
        assert_eq!(records[0], "&entry/src/ohosTest/ets/testrunner/OpenHarmonyTestRunner&");
        let bare = EntryNames { packages: None, ..names };
        assert_eq!(bare.source("./ets/T.ts"), ["a.b/entry_test/ets/T", "ets/T"]);
    }
}
