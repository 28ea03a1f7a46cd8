//! Members of classes in the text: recovered where the bytecode does what the language does. What the programs print is
//! compared by the tests of `concord-runtime`; here only the form of the text is looked at.
#![expect(clippy::print_stderr, reason = "a skipped test says why")]

use concord_abi::abc::{AbcFile, Version};
use std::path::PathBuf;

/// Translates `lang/<name>`; `None` prints that there are no fixtures.
fn fixture(name: &str) -> Option<String> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    if !root.join("lang").is_dir() {
        eprintln!("skipped: no fixtures (CONCORD_FIXTURES is not set and ../shared/fixtures is absent)");
        return None;
    }
    Some(text(&std::fs::read(root.join("lang").join(name)).expect("fixture can be read")))
}

fn text(bytes: &[u8]) -> String {
    let file = AbcFile::parse(bytes).expect("a container");
    let options = concord_ark::Options::default();
    let all = concord_ark::translate_all(&file, &options).expect("records");
    all.map(|(_, translation)| translation.expect("the record can be translated").text).collect()
}

/// A class whose constructor calls the initialiser of its fields, with a body for each.
fn class_with_fields(constructor: &str, initialiser: &str) -> String {
    let program = format!(
        "record t (script)\nmethod func_main_0 (function)\n  registers 4 arguments 3\n  newlexenv 2\n  ldhole\n  sta v0\n  \
         defineclasswithbuffer #~A=#A, [0], 0, v0\n  sta v1\n  ldobjbyname \"prototype\"\n  sta v2\n  \
         definemethod 0, #~A>#instance_initializer\n  stlexvar 0, 0\n  lda v1\n  return\n\
         method #~A=#A (none)\n  registers 2 arguments 3\n{constructor}  lda v4\n  return\n\
         method #~A>#instance_initializer (none)\n  registers 2 arguments 3\n{initialiser}  returnundefined\n"
    );
    text(&concord_abi::asm::assemble(&program, Version::NEWEST).expect("the program assembles"))
}

const CALL: &str = "  ldlexvar 0, 0\n  callruntime.callinit v4\n";
const FIELD: &str = "  ldai 1\n  definepropertybyname \"x\", v4\n";

#[test]
fn fields_become_native_in_every_version() {
    for version in ["main.abc", "main.v13.abc", "main.v24.abc"] {
        let Some(text) = fixture(&format!("class-fields/{version}")) else { return };
        for wanted in [
            "\n    y = this.x + 1;\n",
            "\n    arrow = () => this.y;\n",
            "\n    \"str key\" = \"sk\";\n",
            "\n    static self = () => this;\n",
            "\n    f = () => super.base() + this.v;\n",
            "let S2 = class extends S {\n    f = 5;\n  };",
        ] {
            assert!(text.contains(wanted), "{version}: {wanted}\n{text}");
        }
        assert!(!text.contains("$.callInit("), "{version}:\n{text}");
    }
}

#[test]
fn accessors_and_blocks_stand_in_the_class() {
    let Some(text) = fixture("class-accessors/main.abc") else { return };
    assert!(text.contains("\n    set c(p0) {\n      if (p0 < -273) throw new RangeError(\"too cold\");"), "{text}");
    assert!(text.contains("return super.v + \"E\";") && !text.contains("$.withHome("), "{text}");
    let Some(text) = fixture("class-static-blocks/main.abc") else { return };
    assert!(text.contains("\n    static {\n") && !text.contains("static_initializer"), "{text}");
}

#[test]
fn fields_stay_functions_where_javascript_would_run_them_at_another_time() {
    let text = class_with_fields(CALL, FIELD);
    assert!(text.contains("x = 1;") && !text.contains("constructor"), "{text}");
    // Something is done before the fields are made.
    let text = class_with_fields(&format!("  tryldglobalbyname \"f\"\n  callarg0\n{CALL}"), FIELD);
    assert!(text.contains("$.callInit(") && !text.contains("x = 1;"), "{text}");
    // They are made twice, or not at all.
    let text = class_with_fields(&format!("{CALL}{CALL}"), FIELD);
    assert!(text.contains("$.callInit("), "{text}");
    let text = class_with_fields("", FIELD);
    assert!(text.contains("instance_initializer"), "{text}");
    // The initialiser does something else too.
    let text = class_with_fields(CALL, &format!("  tryldglobalbyname \"f\"\n  callarg0\n{FIELD}"));
    assert!(text.contains("$.callInit("), "{text}");
    // A field cannot have that name.
    let text = class_with_fields(CALL, "  ldai 1\n  definepropertybyname \"constructor\", v4\n");
    assert!(text.contains("$.callInit("), "{text}");
}

#[test]
fn private_fields_become_native_where_only_the_class_uses_them() {
    let Some(text) = fixture("class-fields/main.abc") else { return };
    assert!(text.contains(" = \"stamped\";\n    pub = 1;") && text.contains("return p0.#"), "{text}");
    assert!(!text.contains("$.createPrivateProperty("), "{text}");
}

#[test]
fn parameters_that_count_for_nothing_are_left_out() {
    let program = |length: u32, code: &str| {
        let program = format!(
            "record t (script)\nmethod func_main_0 (function)\n  registers 1 arguments 3\n  definefunc {length}, #*#f\n  \
             return\nmethod #*#f (function)\n  registers 0 arguments 6\n{code}  returnundefined\n"
        );
        text(&concord_abi::asm::assemble(&program, Version::NEWEST).expect("the program assembles"))
    };
    assert!(program(0, "").contains("function f() {}"));
    assert!(program(2, "").contains("function f(p0, p1) {}"));
    assert!(program(1, "  lda v4\n  return\n").contains("function f(p0, p1 = undefined) {"));
}
