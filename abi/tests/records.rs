//! Records of every form, annotations, debug information and the listing.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_abi::abc::{AbcFile, DebugInfo, FunctionKind, LineEntry, Version, disassemble};
use concord_abi::asm::assemble;
use std::path::Path;

const FORMS: &str = r#"
record app/a (top-level await, shared)
  package @org/app
  request 0 "./b"
  request 1 lazy "@ohos:hilog"
  import 0 {default as b} from request 0
  import 1 {x as y} from request 1
  import * as everything from request 0
  export slot 0 {f as f}
  export slot 0 {f as default}
  export slot 1 {g as g}
  export {one as two} from request 1
  export * from request 0
  method func_main_0 (async sendable)
    call type 0b0101
    registers 1 arguments 1
    returnundefined
record app/b (commonjs)
  method func_main_0 (function)
    registers 0 arguments 8
    returnundefined
record app/c (script)
  method func_main_0 (function)
    registers 0 arguments 3
    returnundefined
record app/d (json)
  json "{\"a\": \"\u{e4}\n\"}"
"#;

fn file(text: &str, version: Version, with: impl Fn(&AbcFile<'_>)) {
    let bytes = assemble(text, version).unwrap();
    with(&AbcFile::parse(&bytes).unwrap());
}

#[test]
fn records_of_every_form() {
    for version in [Version([9, 0, 0, 0]), Version([12, 0, 6, 0]), Version([13, 0, 1, 0]), Version::NEWEST] {
        file(FORMS, version, |file| {
            let records = file.records().unwrap();
            let names: Vec<&str> = records.iter().map(|record| record.name.as_ref()).collect();
            assert_eq!(names, ["app/a", "app/b", "app/c", "app/d"]);

            let a = file.record("app/a").unwrap().unwrap();
            assert_eq!((a.top_level_await, a.shared, a.package.as_deref()), (true, true, Some("@org/app")));
            let module = a.module.unwrap();
            assert_eq!(module.requests, ["./b", "@ohos:hilog"]);
            assert_eq!(module.lazy, [false, true]);
            let import = &module.imports[1];
            assert_eq!((import.local.as_ref(), import.imported.as_ref(), import.request), ("y", "x", 1));
            assert_eq!(module.namespace_imports, [("everything".into(), 0)]);
            let slots: Vec<_> =
                module.local_exports.iter().map(|export| (export.exported.as_ref(), export.slot)).collect();
            assert_eq!(slots, [("f", 0), ("default", 0), ("g", 1)]);
            let indirect = &module.indirect_exports[0];
            assert_eq!((indirect.exported.as_ref(), indirect.imported.as_ref(), indirect.request), ("two", "one", 1));
            assert_eq!(module.star_exports, [0]);
            let main = file.method(a.main.unwrap()).unwrap();
            assert_eq!((main.kind, main.sendable, main.call_type), (FunctionKind::Async, true, 0b0101));

            let [_, b, c, d] = records.as_slice() else { panic!() };
            assert!(b.commonjs && b.module.is_none() && b.main.is_some());
            assert!(!c.commonjs && c.module.is_none() && c.main.is_some());
            assert_eq!(file.method(c.main.unwrap()).unwrap().call_type, 15);
            assert_eq!((d.json.as_deref(), d.main), (Some("{\"a\": \"\u{e4}\n\"}"), None));
            assert!(file.record("app/e").unwrap().is_none());
        });
    }
}

#[test]
fn one_module_per_file() {
    let text = r#"
record page (unmerged, top-level await)
  request 0 "@ohos:util"
  export slot 0 {f as default}
  method func_main_0 (async)
    registers 0 arguments 3
    ldtrue
    returnundefined
"#;
    for version in [Version([9, 0, 0, 0]), Version::LEGACY] {
        file(text, version, |file| {
            assert!(!file.is_merged().unwrap());
            let records = file.records().unwrap();
            let [record] = records.as_slice() else { panic!() };
            assert_eq!((record.name.as_ref(), record.top_level_await, record.commonjs), ("page", true, false));
            let module = record.module.as_ref().unwrap();
            assert_eq!(
                (module.requests[0].as_ref(), module.local_exports[0].exported.as_ref()),
                ("@ohos:util", "default")
            );
        });
    }
    let text = text.replace("unmerged, top-level await", "unmerged, commonjs");
    file(&text, Version([9, 0, 0, 0]), |file| {
        let record = file.record("whatever").unwrap().unwrap();
        assert!(record.commonjs && record.module.is_none());
    });
}

#[test]
fn the_listing_reads_like_this() {
    let text = r#"
record t/main
  method func_main_0 (function)
    registers 2 arguments 3
    try a..b catch b
    a:
    ldai -5
    jnez b
    createarraywithbuffer ["q\"\\\n\u{d800}", 1, -0.5, true, null, [3]]
    definefunc 1, #*#f
    wide.ldlexvar 0, 1
    fldai 0.25
    b:
    returnundefined
  method #*#f (arrow)
    registers 0 arguments 3
    returnundefined
"#;
    file(text, Version::NEWEST, |file| {
        let mut listing = String::new();
        assert_eq!(disassemble(file, Some("t/main"), &mut listing), Ok(0));
        let without_offsets: Vec<&str> = listing.lines().map(|line| line.split("  # 0x").next().unwrap()).collect();
        let expected = r#"
record t/main  # class
  method func_main_0 (function)
    registers 2 arguments 3
    try L0..L1 catch L1
  L0:
    0000  ldai -5
    0005  jnez L1
    0007  createarraywithbuffer ["q\"\\\n\u{d800}", 1, -0.5, true, null, [3]]
    000b  definefunc 1, #*#f
    0010  wide.ldlexvar 0, 1
    0016  fldai 0.25
  L1:
    001f  returnundefined

  method #*#f (arrow)
    registers 0 arguments 3
    0000  returnundefined"#;
        let shown: Vec<&str> = without_offsets.iter().skip(1).map(|l| l.split(" 0x").next().unwrap()).collect();
        let shown = shown.join("\n").replace("  # class\n\n", "  # class\n");
        assert_eq!(shown, expected);
    });
}

fn debug_of(seed: &str, name: &str, with: impl Fn(DebugInfo<'_>)) {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/abc").join(seed)).unwrap();
    let file = AbcFile::parse(&bytes).unwrap();
    let methods = file.classes().unwrap().into_iter().flat_map(|class| class.methods);
    let method = methods.map(|offset| file.method(offset).unwrap()).find(|method| method.name == name).unwrap();
    with(file.debug_info(&method).unwrap().unwrap());
}

#[test]
fn debug_builds_have_columns_and_names() {
    debug_of("debug-lexenv.v12.abc", "#*#", |debug| {
        assert_eq!(debug.source_file.as_deref(), Some("lang/debug-lexenv/main.js"));
        // `const q = () => v` at column 581 of the only line; the prologue has no position.
        assert_eq!(debug.lines[0], LineEntry { pc: 0, line: 0, column: 0 });
        assert!(debug.lines.contains(&LineEntry { pc: 0x11, line: 1, column: 581 }), "{:?}", debug.lines);
        assert!(debug.locals.contains(&(4, "q".into(), 0xe, 0x5d)), "{:?}", debug.locals);
    });
}

#[test]
fn release_builds_have_lines_for_what_can_throw() {
    debug_of("sendable-basic.v12.abc", "func_main_0", |debug| {
        assert!(debug.lines.iter().any(|entry| entry.line > 0), "{:?}", debug.lines);
        assert!(debug.locals.is_empty());
    });
}
