//! System parameters, as `param get` and `@ohos.systemParameterEnhance` see them.

/// Parameters of the device that Concord is (names from reference `testflow.md` 6.4).
pub fn defaults() -> Vec<(String, String)> {
    [
        ("bootevent.boot.completed", "true"),
        ("const.ohos.apiversion", "20"),
        ("const.ohos.fullname", "OpenHarmony-6.0.0.0"),
        ("const.ohos.releasetype", "Release"),
        ("const.ohos.version.security_patch", "2026-01-01"),
        ("const.product.brand", "Concord"),
        ("const.product.cpu.abilist", "x86_64"),
        ("const.product.devicetype", "phone"),
        ("const.product.manufacturer", "Concord"),
        ("const.product.model", "Concord"),
        ("const.product.name", "Concord"),
        ("const.product.software.version", concat!("Concord ", env!("CARGO_PKG_VERSION"))),
        ("const.security.developermode.state", "true"),
        ("ohos.boot.sn", "0"),
        ("persist.ace.testmode.enabled", "1"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into()
}
