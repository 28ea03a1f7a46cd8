//! Array patterns on hand-assembled code: what does exactly what the language does becomes a pattern, and what differs in
//! a single instruction keeps its calls.

use concord_abi::abc::{AbcFile, Version};

/// `x => { let [a] = x; return a; }` as compilers write it.
const ONE: &str = r##"
record t (script)
method func_main_0 (function)
  registers 0 arguments 3
  definefunc 1, #*#take
  return
method #*#take (arrow)
  registers 10 arguments 4
  try START..AFTER catch FAILED
  try CLOSE..CLOSED catch CAUGHT
  try DROP..DROPPED catch SWALLOW
  try START..TAKEN catch HANDLER
  lda v13
  getiterator
  sta v0
  ldobjbyname "next"
  sta v1
  ldfalse
  sta v2
  ldfalse
  sta v3
START:
  mov v6, v3
  mov v4, v3
  lda v3
  callruntime.istrue
  jnez NONE
  lda v1
  callthis0 v0
  sta v9
  throw.ifnotobject v9
  ldobjbyname "done"
  sta v3
  mov v6, v3
  mov v4, v3
  callruntime.isfalse
  jnez SOME
  ldtrue
  sta v3
  jmp NONE
SOME:
  lda v9
  ldobjbyname "value"
  jmp TAKEN
NONE:
  ldundefined
AFTER:
  jmp TAKEN
FAILED:
  sta v7
  mov v4, v6
  ldtrue
  sta v9
  mov v4, v9
  lda v7
  throw
TAKEN:
  sta v8
  lda v3
  callruntime.istrue
  jnez END
  lda v2
  callruntime.istrue
  jnez END
  ldundefined
  sta v1
  ldhole
  sta v2
CLOSE:
  lda v0
  ldobjbyname "return"
  sta v6
  ldundefined
  eq v6
  jnez END
  lda v6
  callthis0 v0
  sta v0
CLOSED:
  jmp RETURNED
CAUGHT:
  sta v3
  mov v2, v3
  jmp CHECK
RETURNED:
  mov v1, v0
CHECK:
  ldhole
  sta v0
  lda v2
  noteq v0
  jeqz OBJECT
  lda v2
  throw
OBJECT:
  throw.ifnotobject v1
  jmp END
HANDLER:
  sta v5
  lda v4
  callruntime.istrue
  jnez THROW
  lda v2
  callruntime.istrue
  jnez DROPTHROW
DROP:
  lda v0
  ldobjbyname "return"
  sta v1
  ldundefined
  eq v1
  jnez DROPTHROW
  lda v1
  callthis0 v0
DROPPED:
  jmp SWALLOW
SWALLOW:
  lda v5
  throw
DROPTHROW:
  lda v5
  throw
THROW:
  lda v5
  throw
END:
  lda v8
  return
"##;

fn text(program: &str) -> String {
    let abc = concord_abi::asm::assemble(program, Version::NEWEST).expect("the program can be assembled");
    let file = AbcFile::parse(&abc).expect("a container");
    let records = file.records().expect("its records");
    let record = records.first().expect("a record");
    concord_ark::translate(&file, record, &concord_ark::Options::default()).expect("the program can be translated").text
}

/// Replaces the first occurrence of some lines.
fn with(old: &str, new: &str) -> String {
    assert!(ONE.contains(old), "no {old:?}");
    text(&ONE.replacen(old, new, 1))
}

#[test]
fn the_exact_form_is_a_pattern() {
    let text = text(ONE);
    assert!(text.contains("([v0]) => v0"), "{text}");
}

#[test]
fn copies_of_registers_make_no_difference() {
    let text =
        with("  lda v1\n  callthis0 v0\n  sta v9", "  mov v5, v9\n  lda v1\n  mov v7, v6\n  callthis0 v0\n  sta v9");
    assert!(text.contains("([v0]) => v0"), "{text}");
}

#[test]
fn what_differs_keeps_its_calls() {
    let cases = [
        ("a failing step closes", "  ldtrue\n  sta v9\n  mov v4, v9\n  lda v7", "  lda v7"),
        ("the closing is not checked", "  throw.ifnotobject v1\n  jmp END", "  jmp END"),
        ("a result is not checked", "  throw.ifnotobject v9\n", ""),
        ("another object is asked", "  callthis0 v0\n  sta v9", "  callthis0 v13\n  sta v9"),
        (
            "something happens before next is read",
            "  sta v0\n  ldobjbyname \"next\"",
            "  sta v0\n  lda v13\n  ldobjbyname \"x\"\n  lda v0\n  ldobjbyname \"next\"",
        ),
        ("done is asked for later", "END:\n  lda v8", "END:\n  lda v3"),
        ("the iterator is used later", "END:\n  lda v8", "END:\n  lda v0\n  ldobjbyname \"x\""),
        ("the iterator is used in between", "TAKEN:\n  sta v8", "TAKEN:\n  sta v8\n  lda v0\n  ldobjbyname \"x\""),
        ("the wrong exits are taken", "  callruntime.isfalse\n  jnez SOME", "  callruntime.istrue\n  jnez SOME"),
        ("the other way is the one of the value", "NONE:\n  ldundefined", "NONE:\n  ldnull"),
        (
            "control comes from elsewhere",
            "  lda v13\n  getiterator",
            "  lda v13\n  callruntime.istrue\n  jnez SOME\n  lda v13\n  getiterator",
        ),
    ];
    for (what, old, new) in cases {
        let text = with(old, new);
        assert!(text.contains("$.getIterator("), "{what}:\n{text}");
        assert!(!text.contains("$.pattern"), "{what}:\n{text}");
    }
}

/// The same with a call behind the element, which no pattern has.
fn with_a_call() -> String {
    ONE.replace("try START..TAKEN catch HANDLER", "try START..DONE catch HANDLER")
        .replace("TAKEN:\n  sta v8\n", "TAKEN:\n  sta v8\n  callarg0\n  callarg0\nDONE:\n")
}

/// Between the steps the source may do what it likes; what a pattern cannot say keeps the helpers.
#[test]
fn what_a_pattern_cannot_say_keeps_the_helpers() {
    let text = text(&with_a_call());
    for helper in ["$.pattern(", "$.patternTake(", "$.patternDrop(", "$.patternEnd("] {
        assert!(text.contains(helper), "{helper}\n{text}");
    }
}

/// What is thrown between the steps has to close the iterator as the language says.
#[test]
fn the_handler_has_to_close() {
    let cases = [
        (
            "another method closes",
            "DROP:\n  lda v0\n  ldobjbyname \"return\"",
            "DROP:\n  lda v0\n  ldobjbyname \"close\"",
        ),
        ("errors of closing are thrown", "  try DROP..DROPPED catch SWALLOW\n", ""),
        ("another exception is thrown", "SWALLOW:\n  lda v5", "SWALLOW:\n  lda v8"),
        ("nothing closes", "  try START..DONE catch HANDLER\n", ""),
        ("the exception is swallowed", "DROPTHROW:\n  lda v5\n  throw", "DROPTHROW:\n  lda v5\n  return"),
        ("it is closed when it is done", "HANDLER:\n  sta v5\n  lda v4", "HANDLER:\n  sta v5\n  lda v2"),
    ];
    for (what, old, new) in cases {
        let program = with_a_call();
        assert!(program.contains(old), "{what}: no {old:?}");
        let text = text(&program.replacen(old, new, 1));
        assert!(text.contains("$.getIterator(") && !text.contains("$.pattern"), "{what}:\n{text}");
    }
}
