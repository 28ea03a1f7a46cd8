//! Resource indexes: whatever the bytes, every look-up ends, and what the table says about itself is consistent.
#![no_main]

use concord_abi::hap::resources::{ColorMode, Locale, Qualifiers, ResourceTable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(table) = ResourceTable::parse(data) else { return };
    let plain = Qualifiers::default();
    let dark = Qualifiers {
        locale: Locale::parse("zh-Hant-HK"),
        color_mode: Some(ColorMode::Dark),
        density: Some(480),
        mcc: Some(460),
        ..plain
    };
    for resource in table.resources().take(256) {
        assert!(table.get(resource.id).is_some());
        _ = table.find(resource.kind, &resource.name);
        for device in [&plain, &dark] {
            _ = table.text(resource.id, device);
            _ = table.list(resource.id, device);
            _ = table.plural(resource.id, "few", device);
            _ = table.pattern(resource.id, device);
        }
    }
    for config in table.configurations().iter().take(64) {
        _ = dark.compare(config, &plain);
        _ = config.to_string();
    }
    _ = table.locales();
});
