//! `concord ark` around the programs themselves: bad input, exit codes, the cache of translated text.

use concord_tests::{Concord, fixtures};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn concord() -> Concord {
    Concord::new(env!("CARGO_BIN_EXE_concord"))
}

/// An abc of fixtures/lang.
fn program(name: &str) -> Option<PathBuf> {
    fixtures("lang").map(|folder| folder.join(name).join("main.abc"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("fixture paths are UTF-8")
}

#[test]
fn what_is_no_bytecode_is_refused() {
    let concord = concord();
    let file = concord.home().join("x.abc");
    for content in [&b""[..], b"PK\x03\x04", b"PANDA\0\0\0", &[0xff; 4096]] {
        fs::write(&file, content).expect("the file can be written");
        for command in ["run", "disasm", "translate"] {
            let ran = concord.run(&["ark", command, text(&file)]);
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{command} {content:?}: {}", ran.stderr);
            assert!(ran.stderr.contains("x.abc"), "{command}: {}", ran.stderr);
        }
    }
}

#[test]
fn truncated_programs_end() {
    let Some(path) = program("closures-loops") else { return };
    let concord = concord();
    let whole = fs::read(path).expect("the fixture can be read");
    let file = concord.home().join("x.abc");
    for size in (0..whole.len()).step_by(97) {
        fs::write(&file, &whole[..size]).expect("the file can be written");
        let ran = concord.run(&["ark", "run", text(&file)]);
        assert_eq!(ran.code, 2, "{size} bytes: {}", ran.stderr);
    }
}

#[test]
fn an_unknown_entry_is_named() {
    let Some(path) = program("mod-basic") else { return };
    let ran = concord().run(&["ark", "run", text(&path), "--entry", "nope"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no record nope") && ran.stderr.contains("lang/mod-basic/main"), "{}", ran.stderr);
}

#[test]
fn the_engine_accepts_the_text_of_every_program() {
    let Some(folder) = fixtures("lang") else { return };
    let mut arguments = vec!["ark".to_owned(), "translate".to_owned(), "--check".to_owned()];
    for program in fs::read_dir(folder).expect("the fixtures can be listed").flatten() {
        for file in fs::read_dir(program.path()).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|extension| extension == "abc") {
                arguments.push(text(&file.path()).to_owned());
            }
        }
    }
    let ran = concord().run(&arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout.lines().count(), arguments.len() - 3);
}

#[test]
fn a_record_that_cannot_be_translated_is_named() {
    let concord = concord();
    let file = concord.home().join("x.abc");
    let text_of = "record good (script)\nmethod func_main_0 (function)\n  registers 1 arguments 3\n  returnundefined\n\
        record bad (script)\nmethod func_main_0 (function)\n  registers 1 arguments 3\n  ldundefined\n  \
        ldsuperbyname \"x\"\n  return\n";
    let abc = concord_abi::asm::assemble(text_of, concord_abi::abc::Version::NEWEST).expect("the program assembles");
    fs::write(&file, abc).expect("the file can be written");
    let ran = concord.run(&["ark", "translate", "--check", text(&file)]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("bad: super outside a method at offset"), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 records were not accepted"), "{}", ran.stderr);
}

#[test]
fn functions_without_a_name_are_anonymous_in_stacks() {
    let concord = concord();
    let file = concord.home().join("x.abc");
    let text_of = "record t (script)\nmethod func_main_0 (function)\n  registers 1 arguments 3\n  newlexenv 1\n  \
        definefunc 0, #*#\n  stlexvar 0, 0\n  ldlexvar 0, 0\n  callarg0\n  return\n\
        method #*# (function)\n  registers 1 arguments 3\n  tryldglobalbyname \"Error\"\n  sta v0\n  \
        newobjrange 1, v0\n  throw\n";
    let abc = concord_abi::asm::assemble(text_of, concord_abi::abc::Version::NEWEST).expect("the program assembles");
    fs::write(&file, abc).expect("the file can be written");
    let ran = concord.run(&["ark", "run", text(&file)]);
    let frames: Vec<&str> = ran.stderr.lines().filter_map(|line| line.trim().strip_prefix("at ")).collect();
    let names: Vec<&str> = frames.iter().filter_map(|frame| frame.split(' ').next()).collect();
    assert_eq!((ran.code, names.as_slice()), (1, &["anonymous", "func_main_0"][..]), "{}", ran.stderr);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let Some(path) = program("loops-basic") else { return };
    let concord = concord();
    let mut child = concord.command(&["ark", "run", text(&path)]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn translated_text_is_kept_and_damage_is_ignored() {
    let Some(path) = program("mod-basic") else { return };
    let concord = concord();
    let run = || concord.run(&["ark", "run", text(&path)]);
    let first = run();
    assert_eq!(first.code, 0, "{}", first.stderr);
    let folder = concord.home().join(".cache/concord/ark");
    let files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the cache was made")
        .map(|entry| entry.expect("the cache can be listed").path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(run().stdout, first.stdout);
    for damage in [&b""[..], b"concord-ark-0002 and more"] {
        fs::write(&files[0], damage).expect("the cache can be written");
        assert_eq!(run().stdout, first.stdout);
    }
}

#[test]
fn nothing_is_needed_of_the_home() {
    let Some(path) = program("mod-basic") else { return };
    let concord = concord();
    let wanted = concord.run(&["ark", "run", text(&path)]).stdout;
    for home in [None, Some("/nonexistent"), Some("/proc"), Some("relative")] {
        let mut command: Command = concord.command(&["ark", "run", text(&path)]);
        match home {
            Some(home) => command.env("HOME", home),
            None => command.env_remove("HOME"),
        };
        let output = command.output().expect("the binary starts");
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{home:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{home:?}");
    }
}
