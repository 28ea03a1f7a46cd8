//! Hand-assembled programs through the translator and the engine: instructions that the compiler of today never emits, the
//! deprecated ones, and the old encoding.

use concord_abi::abc::{AbcFile, Version};
use concord_engine::{Context, Value};
use std::fmt::Write as _;

const OLD: Version = Version([0, 0, 0, 2]);

/// What a program must do.
enum Outcome {
    /// JSON of the value that the entry function returns.
    Returns(String),
    /// `Name: message` of the error.
    Throws(String),
}

struct Case {
    name: String,
    outcome: Outcome,
    new_encoding: bool,
    old_encoding: bool,
    text: String,
}

fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("case ") {
            let outcome = Outcome::Returns("undefined".into());
            cases.push(Case {
                name: name.into(),
                outcome,
                new_encoding: true,
                old_encoding: true,
                text: String::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(value) = line.strip_prefix("expect ") {
            case.outcome = Outcome::Returns(value.into());
        } else if let Some(error) = line.strip_prefix("throws ") {
            case.outcome = Outcome::Throws(error.into());
        } else if line == "new encoding only" {
            case.old_encoding = false;
        } else if line == "old encoding only" {
            case.new_encoding = false;
        } else {
            let _ = writeln!(case.text, "{line}");
        }
    }
    cases
}

/// Runs every case and names those that fail.
fn run_all(file: &str) {
    let mut failures = String::new();
    for case in cases(file) {
        if case.new_encoding {
            check(&case, &case.text, Version::NEWEST, &mut failures);
        }
        if case.old_encoding {
            check(&case, &in_old_instructions(&case.text), OLD, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn check(case: &Case, text: &str, version: Version, failures: &mut String) {
    let outcome = run(text, version);
    let passed = match (&case.outcome, &outcome) {
        (Outcome::Returns(expected), Ok(actual)) => expected.replace(' ', "") == actual.replace(' ', ""),
        (Outcome::Throws(expected), Err(actual)) => expected == actual,
        _ => false,
    };
    if !passed {
        let _ = writeln!(
            failures,
            "{} ({version}): {outcome:?}\n{}\n",
            case.name,
            translated(text, version).unwrap_or_default()
        );
    }
}

fn translated(text: &str, version: Version) -> Result<String, String> {
    let abc = concord_abi::asm::assemble(text, version).map_err(|error| error.to_string())?;
    let file = AbcFile::parse(&abc).map_err(|error| error.to_string())?;
    let records = file.records().map_err(|error| error.to_string())?;
    let record = records.first().ok_or("no record")?;
    let translation =
        concord_ark::translate(&file, record, &concord_ark::Options::default()).map_err(|error| error.to_string())?;
    Ok(format!("({})", translation.text.trim_end().trim_end_matches(';')))
}

/// Assembles, translates and runs a program. Gives the JSON of its result, or its error.
fn run(text: &str, version: Version) -> Result<String, String> {
    let unit = translated(text, version)?;
    let context = Context::new().expect("JavaScriptCore loads");
    let evaluate =
        |text: &str, url: &str| context.eval(text, url).map_err(|thrown| format!("{url}: {}", thrown.describe()));
    let helpers = evaluate(&format!("{}({{}})", concord_ark::PRELUDE.trim_end()), "prelude.js")?;
    let factory = evaluate(&unit, "unit.js")?;
    let script = context
        .function("script", 1, |call| call.context.eval(&call.arg(0).as_string().unwrap_or_default(), "globals.js"));
    let outcome = evaluate(RUNNER, "runner.js")?
        .call(&context.undefined(), &[helpers, factory, script])
        .map_err(|thrown| format!("runner: {}", thrown.describe()))?;
    context.drain_microtasks();
    let read = |key: &str| outcome.get(key).ok().as_ref().and_then(Value::as_string);
    read("value").ok_or_else(|| read("error").unwrap_or_else(|| "did not finish".into()))
}

/// Runs a unit with a module object whose bindings say what they are.
const RUNNER: &str = r#"(function ($, factory, script) {
    const cell = v => ({ v });
    const module = {
        i: [0, 1, 2, 3].map(k => cell("import " + k)),
        e: [0, 1, 2, 3].map(() => cell($.hole)),
        ns: k => "namespace " + k,
        import: specifier => Promise.resolve("imported " + specifier),
        declare(name, constant, value) {
            globalThis.declared = value;
            script(`${constant ? "const" : "let"} ${name} = declared`);
            delete globalThis.declared;
        },
    };
    const outcome = {};
    const fail = e => { $.caught(e); outcome.error = e instanceof Error ? e.name + ": " + e.message : String(e); };
    try {
        const result = factory($, module)();
        Promise.resolve(result).then(value => { outcome.value = JSON.stringify(value) ?? "undefined"; }).catch(fail);
    } catch (e) {
        fail(e);
    }
    return outcome;
})"#;

/// Registers that the rewriting below needs beside those of the program.
const SCRATCH: u32 = 5;

/// Rewrites a program into instructions that version 0.0.0.2 has: where today's take an operand in acc, the old ones take it
/// in a register. The scratch registers come after the program's own, so arguments move up.
fn in_old_instructions(text: &str) -> String {
    let mut out = String::new();
    let mut registers = 0;
    for line in text.lines() {
        if let Some(rest) = line.trim_start().strip_prefix("registers ") {
            let mut words = rest.split(' ');
            registers = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            let arguments: Vec<&str> = words.collect();
            let _ = writeln!(out, "  registers {} {}", registers + SCRATCH, arguments.join(" "));
            continue;
        }
        if !line.starts_with("  ") || line.trim_start().starts_with("try ") {
            let _ = writeln!(out, "{line}");
            continue;
        }
        let line = shift_arguments(line.trim(), registers);
        for instruction in old_form(text, &line, registers) {
            let _ = writeln!(out, "  {instruction}");
        }
    }
    out
}

/// Renumbers the argument registers of an instruction, leaving strings alone.
fn shift_arguments(line: &str, registers: u32) -> String {
    let mut words = Vec::new();
    for word in line.split(' ') {
        let number = word.strip_prefix('v').map(|rest| rest.trim_end_matches([',', ']']));
        match number.and_then(|digits| digits.parse::<u32>().ok()) {
            Some(register) if register >= registers => {
                words.push(word.replacen(&format!("v{register}"), &format!("v{}", register + SCRATCH), 1))
            }
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

fn old_form(text: &str, line: &str, registers: u32) -> Vec<String> {
    let (mnemonic, operands) = line.split_once(' ').unwrap_or((line, ""));
    let s = |i: u32| format!("v{}", registers + i);
    let keep = format!("sta {}", s(0));
    let (s0, restore) = (s(0), format!("lda {}", s(0)));
    let list: Vec<&str> = operands.split(", ").filter(|operand| !operand.is_empty()).collect();
    match mnemonic {
        "ldobjbyname" => vec![keep, format!("deprecated.ldobjbyname {operands}, {s0}")],
        "ldobjbyvalue" | "delobjprop" | "asyncfunctionawaituncaught" | "suspendgenerator" | "copydataproperties" => {
            vec![keep, format!("deprecated.{mnemonic} {operands}, {s0}")]
        }
        "ldobjbyindex" => vec![keep, format!("deprecated.ldobjbyindex {operands}, {s0}")],
        "inc" | "dec" | "neg" | "not" | "tonumber" | "tonumeric" | "resumegenerator" | "getresumemode"
        | "gettemplateobject" | "dynamicimport" => {
            vec![keep, format!("deprecated.{mnemonic} {s0}")]
        }
        // The old encoding has an instruction for each kind of function.
        "definefunc" => {
            let method = list.last().copied().unwrap_or_default();
            let kinds = ["function", "arrow", "generator", "async", "asyncgenerator"];
            let kind = kinds.iter().zip(1..).find(|(kind, _)| text.contains(&format!("method {method} ({kind})")));
            vec![format!("definefunc {}, {}, {method}", list[0], kind.map_or(1, |(_, number)| number))]
        }
        "callarg0" => vec![keep, format!("deprecated.callarg0 {s0}")],
        "callarg1" | "callargs2" | "callargs3" => vec![keep, format!("deprecated.{mnemonic} {s0}, {operands}")],
        "callthis0" | "callthis1" | "callthis2" | "callthis3" => {
            let mut lines = vec![keep];
            lines.extend(list.iter().zip(1..).map(|(register, i)| format!("mov {}, {register}", s(i))));
            lines.push(format!("deprecated.callthisrange {}, {s0}", list.len()));
            lines
        }
        "createarraywithbuffer" => vec![format!("deprecated.createarraywithbuffer {operands}")],
        "createobjectwithbuffer" if operands.contains(" method ") => {
            vec!["deprecated.ldlexenv".into(), format!("deprecated.createobjecthavingmethod {operands}")]
        }
        "createobjectwithbuffer" => vec![format!("deprecated.createobjectwithbuffer {operands}")],
        "stlexvar" => vec![keep, format!("deprecated.stlexvar {operands}, {s0}"), restore],
        "setobjectwithproto" => vec![keep, format!("deprecated.setobjectwithproto {operands}, {s0}"), restore],
        "supercallthisrange" => vec!["ldfunction".into(), format!("supercallarrowrange {operands}")],
        // The state of an async generator follows from its requests.
        "setgeneratorstate" => Vec::new(),
        _ => vec![line.to_owned()],
    }
}

#[test]
fn instructions_that_the_compiler_never_emits() {
    run_all(include_str!("assembled/never_emitted.txt"));
}

#[test]
fn deprecated_instructions() {
    run_all(include_str!("assembled/deprecated.txt"));
}

#[test]
fn order_of_evaluation_and_scopes() {
    run_all(include_str!("assembled/order.txt"));
}

#[test]
fn what_only_damaged_bytecode_contains() {
    run_all(include_str!("assembled/damaged.txt"));
}

#[test]
fn code_that_no_text_could_say_is_refused() {
    let program = |kind: &str, code: &str| {
        let define = match kind {
            "async constructor" => "ldhole\n  sta v0\n  defineclasswithbuffer #*#f, [0], 0, v0",
            _ => "definefunc 0, #*#f",
        };
        let kind = kind.split(' ').next().unwrap_or(kind);
        format!(
            "record t (script)\nmethod func_main_0 (function)\n  registers 2 arguments 3\n  {define}\n  return\n\
            method #*#f ({kind})\n  registers 2 arguments 3\n{code}  return\n"
        )
    };
    for (kind, code, complaint) in [
        ("function", "  ldundefined\n  ldsuperbyname \"x\"\n", "super outside a method"),
        ("async", "  asyncfunctionenter\n  sta v0\n  suspendgenerator v0\n", "a suspension outside a generator"),
        ("async constructor", "  asyncfunctionenter\n  sta v0\n", "a class constructor that is async"),
    ] {
        let refusal = translated(&program(kind, code), Version::NEWEST).expect_err(complaint);
        assert!(refusal.starts_with(complaint), "{refusal}");
    }
}

/// Values that the compare-and-jump forms tell apart, as the instructions that load them.
const VALUES: [(&str, &str); 9] = [
    ("undefined", "ldundefined"),
    ("null", "ldnull"),
    ("false", "ldfalse"),
    ("0", "ldai 0"),
    ("-0", "fldai -0.0"),
    ("\"\"", "lda.str \"\""),
    ("NaN", "ldnan"),
    ("true", "ldtrue"),
    ("{}", "createemptyobject"),
];

#[test]
fn jumps_on_a_comparison_with_a_constant() {
    // A letter for each of VALUES: y where the jump is taken.
    let taken = [
        ("jeqz", "nnyyynnnn"),
        ("jnez", "nnnnnnyyn"),
        ("jstricteqz", "nnnyynnnn"),
        ("jnstricteqz", "yyynnyyyy"),
        ("jeqnull", "yynnnnnnn"),
        ("jnenull", "nnyyyyyyy"),
        ("jstricteqnull", "nynnnnnnn"),
        ("jnstricteqnull", "ynyyyyyyy"),
        ("jequndefined", "yynnnnnnn"),
        ("jneundefined", "nnyyyyyyy"),
        ("jstrictequndefined", "ynnnnnnnn"),
        ("jnstrictequndefined", "nyyyyyyyy"),
    ];
    let mut failures = String::new();
    for (mnemonic, expected) in taken {
        // The value comes through a parameter, so that the translator cannot know it.
        let body = format!("  lda v3\n  {mnemonic} yes\n  lda.str \"n\"\n  return\nyes:\n  lda.str \"y\"\n  return\n");
        let pairs: Vec<(&str, &str)> = VALUES.iter().map(|(_, load)| (*load, "ldundefined")).collect();
        compare(mnemonic, &body, &pairs, expected, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn jumps_on_a_comparison_of_two_values() {
    let pairs = [
        ("ldai 1", "lda.str \"1\""),
        ("ldai 1", "ldai 1"),
        ("ldnull", "ldundefined"),
        ("ldnan", "ldnan"),
        ("createemptyobject", "createemptyobject"),
        ("ldtrue", "ldai 1"),
        ("ldhole", "ldhole"),
        ("ldhole", "ldundefined"),
    ];
    let taken = [("jeq", "yyynnyyn"), ("jne", "nnnyynny"), ("jstricteq", "nynnnnyn"), ("jnstricteq", "ynyyyyny")];
    let mut failures = String::new();
    for (mnemonic, expected) in taken {
        let body =
            format!("  lda v4\n  {mnemonic} v3, yes\n  lda.str \"n\"\n  return\nyes:\n  lda.str \"y\"\n  return\n");
        compare(mnemonic, &body, &pairs, expected, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Calls a function of that body with each pair and compares the letters that it returns.
fn compare(mnemonic: &str, body: &str, pairs: &[(&str, &str)], expected: &str, failures: &mut String) {
    let mut text = String::from(
        "record t (script)\nmethod func_main_0 (function)\n  registers 4 arguments 3\n  definefunc 2, #*#f\n  sta v0\n  lda.str \"\"\n  sta v3\n",
    );
    for (first, second) in pairs {
        let _ = write!(
            text,
            "  {first}\n  sta v1\n  {second}\n  sta v2\n  lda v0\n  callargs2 v1, v2\n  add2 v3\n  sta v3\n"
        );
    }
    let _ = write!(text, "  lda v3\n  return\nmethod #*#f (function)\n  registers 0 arguments 5\n{body}");
    let outcome = run(&text, Version::NEWEST);
    if outcome.as_deref() != Ok(format!("\"{expected}\"").as_str()) {
        let _ = writeln!(failures, "{mnemonic}: {outcome:?}, expected {expected}");
    }
}
