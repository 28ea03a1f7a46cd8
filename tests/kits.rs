//! Suites of the system modules (fixtures `kits`), through `concord test`.

use concord_tests::{Concord, fixtures};

#[path = "kits/services.rs"]
mod services;

/// Runs suites of a test package; every case has to pass, and there have to be `cases` of them.
fn suites(tests: &str, suites: &str, cases: u64) {
    let Some(folder) = fixtures("kits/hap") else { return };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let json = concord.home().join("report.json").display().to_string();
    let package = |name: &str| folder.join(name).display().to_string();
    let (main, tests) = (package("entry.hap"), package(tests));
    let ran = concord.run(&["test", &main, &tests, "--class", suites, "--json", &json]);
    let text = std::fs::read_to_string(&json).unwrap_or_else(|error| panic!("no report ({error}): {ran:#?}"));
    let report: serde_json::Value = serde_json::from_str(&text).expect("the report is JSON");
    assert_eq!(ran.code, 0, "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(report["counts"]["passed"], cases, "{}", ran.stdout);
}

#[test]
fn util() {
    suites("core_test.hap", "Util", 64);
}

#[test]
fn containers() {
    suites("core_test.hap", "Containers", 32);
}

#[test]
fn buffer() {
    suites("core_test.hap", "Buffer", 30);
}

#[test]
fn url_uri_json() {
    suites("core_test.hap", "Url,Uri,Json", 38);
}

#[test]
fn resource_manager() {
    suites("system_test.hap", "ResourceManager", 39);
}

#[test]
fn workers_and_the_task_pool() {
    suites("core_test.hap", "Worker,TaskPool", 45);
}

#[test]
fn xml_and_process() {
    suites("core_test.hap", "Xml,ConvertXml,Process", 27);
}

#[test]
fn preferences() {
    suites("data_test.hap", "Preferences", 27);
}

#[test]
fn relational_store() {
    suites("data_test.hap", "RelationalStore", 58);
}

#[test]
fn key_value_store_and_unified_data() {
    suites("data_test.hap", "KVStore,Udmf", 23);
}

#[test]
fn events() {
    suites("system_test.hap", "Emitter,CommonEvent", 24);
}

#[test]
fn devices() {
    suites("system_test.hap", "DeviceInfo,Display,SystemDateTime,BatteryPower,SensorVibrator,Universal", 44);
}

#[test]
fn system_services() {
    suites("system_test.hap", "Settings,InputMethodContact,FaultLogger,HiLog,HiTrace,HiAppEvent", 26);
    suites("system_test.hap", "Notification,Pasteboard,BundleManager,Context,AbilityConstants", 54);
}

#[test]
fn security() {
    suites("sec_test.hap", "Digest,Cipher,SignKdf,Huks", 41);
}

#[test]
fn files_and_archives() {
    suites("files_test.hap", "Fs,FileUri,FileHash,StatVfs,Zlib", 89);
}

#[test]
fn intl() {
    suites("system_test.hap", "Intl", 14);
}

#[test]
fn pictures() {
    suites("sec_test.hap", "PixelMap,ImageCodec", 24);
}

#[test]
fn collections_locks_and_decimal() {
    suites("core_test.hap", "Collections,ArkTSUtils,Decimal", 29);
}

#[test]
fn network() {
    suites("net_test.hap", "Http,TcpSocket,UdpSocket,Connection", 45);
}
