//! Packages: whatever the bytes, opening, verifying and reading all entries ends, in bounded memory.
#![no_main]

use concord_abi::hap::resources::Qualifiers;
use concord_package::{Options, Package};
use libfuzzer_sys::fuzz_target;
use std::path::Path;

fuzz_target!(|data: &[u8]| {
    let name = Path::new("fuzz.hap");
    _ = concord_package::info::inspect_bytes(name, data.to_vec());
    let Ok(package) = Package::from_bytes(name, data.to_vec(), &Options::default()) else { return };
    for entry in package.entries() {
        assert!(!entry.starts_with('/') && !entry.split('/').any(|part| part == ".."));
        if let Ok(Some(bytes)) = package.read(entry) {
            assert_eq!(Some(bytes.len() as u64), package.size(entry));
        }
    }
    _ = package.abc();
    _ = package.pages();
    if let Ok(Some(table)) = package.resources() {
        for resource in table.resources().take(16) {
            _ = table.text(resource.id, &Qualifiers::default());
        }
    }
    if let Ok(Some(maps)) = package.source_maps() {
        for file in maps.files().take(16) {
            _ = maps.locate(file, 10, 10);
        }
    }
});
