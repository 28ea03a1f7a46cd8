//! Every abc of the language fixtures is read whole, and read right.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

use concord_abi::abc::{AbcFile, disassemble};
use concord_abi::asm::assemble;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The fixtures folder, unless it is absent.
fn fixtures() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures");
    let folder = std::env::var_os("CONCORD_FIXTURES").map_or(beside, PathBuf::from).join("lang");
    if !folder.is_dir() {
        eprintln!("skipped: no fixtures at {} (set CONCORD_FIXTURES)", folder.display());
        return None;
    }
    Some(folder)
}

/// The abc files of a folder and its subfolders, with the name of their program relative to the top.
fn abc_files(top: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "abc") {
                let name = folder.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn everything_decodes_to_the_instructions_the_index_names() {
    let Some(top) = fixtures() else { return };
    let mut per_program: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let files = abc_files(&top);
    assert!(files.len() > 500, "{} files", files.len());
    for (program, path) in files {
        let bytes = std::fs::read(&path).unwrap();
        let file = AbcFile::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mnemonics = per_program.entry(program).or_default();
        for class in file.classes().unwrap() {
            for offset in class.methods {
                let method = file.method(offset).unwrap();
                let at = |error| panic!("{} {}: {error}", path.display(), method.name);
                let code = file.code(&method).unwrap_or_else(at);
                let lines = file.debug_info(&method).unwrap().unwrap_or_default().lines;
                assert!(lines.iter().all(|entry| entry.pc <= code.size), "{} {}", path.display(), method.name);
                mnemonics.extend(code.instructions.iter().map(|i| file.mnemonic(&code, i).into_owned()));
            }
        }
        let mut listing = String::new();
        assert_eq!(disassemble(&file, None, &mut listing), Ok(0), "{}", path.display());
    }

    let index = std::fs::read_to_string(top.join("INDEX.tsv")).unwrap();
    let mut compared = 0;
    for line in index.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let expected: BTreeSet<String> = columns[4].split_whitespace().map(str::to_owned).collect();
        let found = per_program.get(columns[0]).unwrap_or_else(|| panic!("no abc of {}", columns[0]));
        assert_eq!(found, &expected, "{}", columns[0]);
        compared += 1;
    }
    assert!(compared > 150, "{compared} programs");
}

/// A listing without positions and debug information, which the assembler does not keep.
fn essence(listing: &str) -> String {
    let mut out = String::new();
    for line in listing.lines() {
        let line = line.split("  # ").next().unwrap_or_default();
        let text = line.trim();
        if text.starts_with('#') || text.starts_with('@') || text.starts_with("source ") || text.starts_with("local ") {
            continue;
        }
        let text = match text.split_once("  ") {
            Some((pc, rest)) if pc.bytes().all(|byte| byte.is_ascii_hexdigit()) => rest,
            _ => text,
        };
        let text = if text.starts_with("registers") { text.split(" (").next().unwrap_or_default() } else { text };
        out.push_str(text);
        out.push('\n');
    }
    out
}

#[test]
fn listings_assemble_to_the_same_program() {
    let Some(top) = fixtures() else { return };
    for (_, path) in abc_files(&top) {
        let bytes = std::fs::read(&path).unwrap();
        let file = AbcFile::parse(&bytes).unwrap();
        let mut listing = String::new();
        disassemble(&file, None, &mut listing).unwrap();
        let again = assemble(&listing, file.version()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let again = AbcFile::parse(&again).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut second = String::new();
        assert_eq!(disassemble(&again, None, &mut second), Ok(0), "{}", path.display());
        let (first, second) = (essence(&listing), essence(&second));
        if let Some((a, b)) = first.lines().zip(second.lines()).find(|(a, b)| a != b) {
            panic!("{}:\n{a}\nbecame\n{b}", path.display());
        }
        assert_eq!(first.lines().count(), second.lines().count(), "{}", path.display());
    }
}

/// Files of real packages, which are not ours to keep here: CONCORD_ABC_CORPUS names a folder of them.
#[test]
fn real_files_decode() {
    let Some(folder) = std::env::var_os("CONCORD_ABC_CORPUS") else {
        eprintln!("skipped: CONCORD_ABC_CORPUS names no folder of abc files");
        return;
    };
    for (_, path) in abc_files(Path::new(&folder)) {
        let bytes = std::fs::read(&path).unwrap();
        let file = AbcFile::parse(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut listing = String::new();
        assert_eq!(disassemble(&file, None, &mut listing), Ok(0), "{}", path.display());
        if let Err(error) = assemble(&listing, file.version()) {
            panic!("{}: {error}", path.display());
        }
    }
}
