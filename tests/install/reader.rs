//! An app of our own that says what it is started with and reads the files it is given.

use concord_abi::abc::Version;
use concord_abi::asm::assemble;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// An ability that logs `reader-create` or `reader-new` with its name and the URI of its Want, and the type and text of a file.
const PROGRAM: &str = r##"
record dev.concord.reader/entry/ets/ability/Reader
  request 0 "@ohos:app.ability.UIAbility"
  request 1 "@ohos:file.fs"
  import 0 {default as UIAbility} from request 0
  import 1 {default as fs} from request 1
  export slot 0 {Reader as default}

  method func_main_0 (function)
    registers 2 arguments 3
    ldexternalmodulevar 0
    sta v0
    defineclasswithbuffer 0, #~R=#Reader, ["onCreate", method #~R>#onCreate, length 2, "onNewWant", method #~R>#onNewWant, length 2, "report", method #~R>#report, length 2, 3], v0
    stmodulevar 0
    returnundefined

  method #~R=#Reader (function)
    registers 0 arguments 3
    lda v0
    callruntime.supercallforwardallargs v0
    return

  method #~R>#onCreate (none)
    registers 1 arguments 5
    lda.str "reader-create"
    sta v0
    lda v3
    ldobjbyname "report"
    callthis2 v3, v0, v4
    returnundefined

  method #~R>#onNewWant (none)
    registers 1 arguments 5
    lda.str "reader-new"
    sta v0
    lda v3
    ldobjbyname "report"
    callthis2 v3, v0, v4
    returnundefined

  method #~R>#report (none)
    registers 6 arguments 5
    lda v10
    ldobjbyname "abilityName"
    sta v2
    lda v10
    ldobjbyname "uri"
    sta v3
    tryldglobalbyname "console"
    sta v0
    ldobjbyname "info"
    callthis3 v0, v9, v2, v3
    lda.str "file:"
    sta v4
    lda v3
    ldobjbyname "startsWith"
    callthis1 v3, v4
    callruntime.isfalse
    jnez L0
    ldexternalmodulevar 1
    sta v4
    ldobjbyname "readTextSync"
    callthis1 v4, v3
    sta v5
    lda v10
    ldobjbyname "type"
    sta v4
    lda.str "reader-text"
    sta v2
    lda v0
    ldobjbyname "info"
    callthis3 v0, v2, v4, v5
  L0:
    returnundefined
"##;

/// Writes the package into a folder.
pub fn reader(folder: &Path) -> PathBuf {
    let home = json!({ "entities": ["entity.system.home"], "actions": ["action.system.home"] });
    let opens = json!({ "actions": ["ohos.want.action.viewData"], "uris": [
        { "scheme": "file", "type": "text/plain" }, { "scheme": "file", "utd": "dev.concord.note" } ] });
    let address = json!({ "actions": ["ohos.want.action.viewData"], "entities": ["entity.system.browsable"],
        "uris": [{ "scheme": "concord-reader", "host": "open" }, { "scheme": "https", "host": "example.com" }] });
    let ability = |name: &str, skills: serde_json::Value| {
        json!({ "name": name, "srcEntry": "./ets/ability/Reader.ets", "label": "Reader; 100%", "exported": true, "skills": skills,
            "metadata": [{ "name": "ohos.ability.shortcuts", "resource": if name == "Reader" { "$profile:shortcuts" } else { "" } }] })
    };
    let module = json!({
        "app": { "bundleName": "dev.concord.reader", "versionCode": 1, "versionName": "1", "minAPIVersion": 12, "targetAPIVersion": 12 },
        "module": { "name": "entry", "type": "entry", "mainElement": "Reader", "deviceTypes": ["phone"], "virtualMachine": "ark",
            "compileMode": "esmodule",
            "abilities": [ability("Reader", json!([home, opens, address])), ability("Second", json!([home]))] } });
    let types = "// Types of the reader.\n{ UniformDataTypeDeclarations: [{ 'TypeId': 'dev.concord.note', \
        BelongingToTypes: ['general.plain-text'], FilenameExtensions: ['.cnote'], MIMETypes: ['application/x-concord-note'], \
        Description: 'A note', }], }";
    let shortcuts = json!({ "shortcuts": [{ "shortcutId": "new_note", "label": "New note", "wants": [
        { "bundleName": "dev.concord.reader", "moduleName": "entry", "abilityName": "Second" }] }] });
    let abc = assemble(PROGRAM, Version::NEWEST).expect("the program assembles");
    let files = [
        ("module.json", module.to_string().into_bytes()),
        ("ets/modules.abc", abc),
        ("resources/rawfile/arkdata/utd/utd.json5", types.as_bytes().to_vec()),
        ("resources/base/profile/shortcuts.json", shortcuts.to_string().into_bytes()),
    ];
    for (name, bytes) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("a folder can be made");
        fs::write(file, bytes).expect("the file can be written");
    }
    folder.to_owned()
}
