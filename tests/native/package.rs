//! Packages whose ability calls one function of a native library, made from bytecode that is assembled here.

use concord_abi::abc::Version;
use concord_abi::asm::assemble;
use concord_tests::{Concord, PATIENCE, Ran, fixtures};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// An unpacked package. Its library is `tests/fixtures/native/crash/libcrash.so`.
pub struct Package {
    pub concord: Concord,
    folder: PathBuf,
}

const BUNDLE: &str = "dev.concord.native";

const MODULE_JSON: &str = r#"{
    "app": { "bundleName": "dev.concord.native", "versionCode": 1, "versionName": "1.0.0",
             "minAPIVersion": 12, "targetAPIVersion": 12, "apiReleaseType": "Release" },
    "module": { "name": "entry", "type": "entry", "mainElement": "EntryAbility", "deviceTypes": ["phone"],
                "compileMode": "esmodule",
                "testRunner": { "name": "Runner", "srcPath": "" },
                "abilities": [{ "name": "EntryAbility", "srcEntry": "./ets/entryability/EntryAbility.ets" }] }
}"#;

/// The record of the ability: when it is loaded, `callNative` calls `function`.
fn ability(function: &str) -> String {
    format!(
        "record &entry/src/main/ets/entryability/EntryAbility&\n\
         \x20 request 0 \"@normalized:Y&&&libcrash.so&\"\n\
         \x20 import 0 {{default as crash}} from request 0\n\
         \x20 export slot 0 {{EntryAbility as default}}\n\
         \x20 method func_main_0 (function)\n\
         \x20   registers 1 arguments 3\n\
         \x20   definefunc 0, #*#callNative\n\
         \x20   callarg0\n\
         \x20   definefunc 1, #*#EntryAbility\n\
         \x20   stmodulevar 0\n\
         \x20   returnundefined\n\
         \x20 method #*#EntryAbility (function)\n\
         \x20   registers 0 arguments 3\n\
         \x20   returnundefined\n\
         \x20 method #*#callNative (function)\n\
         \x20   registers 1 arguments 3\n\
         \x20   ldexternalmodulevar 0\n\
         \x20   sta v0\n\
         \x20   ldobjbyname \"{function}\"\n\
         \x20   callthis0 v0\n\
         \x20   returnundefined\n"
    )
}

/// The record of a test runner: it says that the first of three cases has begun, then calls `function`.
fn runner(function: &str) -> String {
    let print = "OHOS_REPORT_STATUS: class=Native\\nOHOS_REPORT_STATUS: numtests=3\\nOHOS_REPORT_STATUS: test=dies\\n\
                 OHOS_REPORT_STATUS_CODE: 1\\n";
    format!(
        "record &entry/src/main/ets/testrunner/Runner&\n\
         \x20 request 0 \"@normalized:Y&&&libcrash.so&\"\n\
         \x20 request 1 \"@ohos:app.ability.abilityDelegatorRegistry\"\n\
         \x20 import 0 {{default as crash}} from request 0\n\
         \x20 import 1 {{default as registry}} from request 1\n\
         \x20 export slot 0 {{Runner as default}}\n\
         \x20 method func_main_0 (function)\n\
         \x20   registers 0 arguments 3\n\
         \x20   definefunc 0, #*#Runner\n\
         \x20   stmodulevar 0\n\
         \x20   returnundefined\n\
         \x20 method #*#Runner (function)\n\
         \x20   registers 0 arguments 3\n\
         \x20   definefunc 0, #*#onPrepare\n\
         \x20   stobjbyname \"onPrepare\", v2\n\
         \x20   definefunc 1, #*#onRun\n\
         \x20   stobjbyname \"onRun\", v2\n\
         \x20   returnundefined\n\
         \x20 method #*#onPrepare (function)\n\
         \x20   registers 0 arguments 3\n\
         \x20   returnundefined\n\
         \x20 method #*#onRun (function)\n\
         \x20   registers 2 arguments 3\n\
         \x20   ldexternalmodulevar 1\n\
         \x20   sta v0\n\
         \x20   ldobjbyname \"getAbilityDelegator\"\n\
         \x20   callthis0 v0\n\
         \x20   sta v0\n\
         \x20   lda.str \"{print}\"\n\
         \x20   sta v1\n\
         \x20   lda v0\n\
         \x20   ldobjbyname \"printSync\"\n\
         \x20   callthis1 v0, v1\n\
         \x20   ldexternalmodulevar 0\n\
         \x20   sta v0\n\
         \x20   ldobjbyname \"{function}\"\n\
         \x20   callthis0 v0\n\
         \x20   returnundefined\n"
    )
}

/// The library, when the fixtures are there.
pub fn library() -> Option<Vec<u8>> {
    Some(fs::read(fixtures("native/crash")?.join("libcrash.so")).expect("the library is read"))
}

impl Package {
    /// A package that calls `function` when it is started or tested.
    pub fn new(function: &str) -> Option<Package> {
        let library = library()?;
        let package = Package::with_code(&(ability(function) + &runner(function)));
        package.write("libs/x86_64/libcrash.so", &library);
        Some(package)
    }

    /// A package with bytecode and no library.
    pub fn with_code(text: &str) -> Package {
        let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
        let folder = concord.home().join("app");
        let package = Package { concord, folder };
        let abc = assemble(text, Version::NEWEST).expect("the code assembles");
        package.write("ets/modules.abc", &abc);
        package.write("module.json", MODULE_JSON.as_bytes());
        package
    }

    /// Writes a file of the package.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let file = self.folder.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders are made");
        fs::write(file, bytes).expect("the file is written");
    }

    /// Where the package is.
    pub fn path(&self) -> String {
        self.folder.display().to_string()
    }

    /// Starts the ability; the second value is what `--json` has written.
    pub fn run(&self, args: &[&str]) -> (Ran, serde_json::Value) {
        self.run_package(&self.path(), args)
    }

    /// As [`Package::run`], with another form of the package.
    pub fn run_package(&self, package: &str, args: &[&str]) -> (Ran, serde_json::Value) {
        let json = self.concord.home().join("run.json");
        let file = json.display().to_string();
        let mut all = vec!["run", "--headless", package, "--exit-after", "idle", "--json", &file];
        all.extend(args);
        let ran = self.concord.run_within(&all, PATIENCE);
        (Ran { ..ran }, read_json(&json))
    }

    /// Files that were kept of crashes, oldest first.
    pub fn faultlogs(&self) -> Vec<PathBuf> {
        let folder = self.concord.home().join(".local/share/concord/faultlog");
        let mut files: Vec<_> =
            fs::read_dir(folder).map_or_else(|_| Vec::new(), |all| all.flatten().map(|e| e.path()).collect());
        files.sort();
        files.retain(|file| {
            file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("cppcrash-{BUNDLE}-")))
        });
        files
    }

    /// The package as a file, everything compressed.
    pub fn zipped(&self) -> String {
        let file = self.concord.home().join("app.hap");
        let mut zip = zip::ZipWriter::new(fs::File::create(&file).expect("a file"));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for name in ["module.json", "ets/modules.abc", "libs/x86_64/libcrash.so"] {
            zip.start_file(name, options).expect("an entry");
            zip.write_all(&fs::read(self.folder.join(name)).expect("a file of the package")).expect("it is written");
        }
        zip.finish().expect("the archive is whole");
        file.display().to_string()
    }
}

/// A report, null when there is none.
pub fn read_json(file: &Path) -> serde_json::Value {
    fs::read_to_string(file).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
