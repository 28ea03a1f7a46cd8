//! Module requests. Input lines: the request, the importing record, then records of the abc or `name=entry` of its table.
#![no_main]

use concord_abi::request::{EntryNames, Importer, Records, Target, resolve, system_request};
use libfuzzer_sys::fuzz_target;

struct Abc<'a>(Vec<&'a str>);

impl Records for Abc<'_> {
    fn has_record(&self, record: &str) -> bool {
        self.0.contains(&record)
    }
    fn mapped(&self, name: &str) -> Option<String> {
        self.0.iter().find_map(|line| Some(line.split_once('=')?).filter(|(n, _)| *n == name)).map(|(_, e)| e.to_owned())
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.split('\n');
    let (request, record) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let abc = Abc(lines.take(64).collect());
    let importer = Importer { bundle: "com.a", module: "entry", record, packages: None };
    if let Ok(Target::Record { bundle, module, record }) = resolve(request, &importer, &abc) {
        assert!(!bundle.is_empty() || !module.is_empty() || abc.has_record(&record), "a record of this abc exists");
    }
    _ = system_request(request);
    let names = EntryNames { bundle: "com.a", module: "entry", package: "entry", packages: None };
    for candidates in [names.source(request), names.page(request)] {
        assert!(!candidates.is_empty() && candidates.len() < 16);
    }
});
