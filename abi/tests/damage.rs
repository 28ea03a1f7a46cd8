//! Damaged and hostile files: a typed error that names the place, never a panic, never much work.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_abi::abc::{AbcError, AbcErrorKind, AbcFile, Version, disassemble};
use concord_abi::asm::assemble;
use std::path::Path;

/// Reads everything; returns how many places could not be read.
fn walk(bytes: &[u8]) -> Option<u32> {
    let file = AbcFile::parse(bytes).ok()?;
    let mut listing = String::new();
    let problems = disassemble(&file, None, &mut listing).unwrap();
    for class in file.classes().unwrap_or_default() {
        _ = file.record(&class.name);
        for method in class.methods {
            if let Ok(method) = file.method(method) {
                _ = file.code(&method);
                _ = file.debug_info(&method);
            }
        }
    }
    Some(problems)
}

/// The seeds of the fuzz target.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/abc");
    let mut seeds: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    seeds.sort();
    assert!(seeds.len() >= 6);
    seeds
}

#[test]
fn seeds_are_read_whole() {
    for (name, bytes) in seeds() {
        // Seeds that fuzzing found are named for what is wrong with them.
        if !name.starts_with("bad-") {
            assert_eq!(walk(&bytes), Some(0), "{name}");
        } else {
            walk(&bytes);
        }
    }
}

#[test]
fn cut_files_are_refused() {
    for (name, bytes) in seeds() {
        for length in 0..bytes.len() {
            let cut = &bytes[..length];
            assert!(AbcFile::parse(cut).is_err(), "{name} cut to {length} bytes");
            // The same with a header that knows.
            let mut cut = cut.to_vec();
            if let Some(size) = cut.get_mut(16..20) {
                size.copy_from_slice(&(length as u32).to_le_bytes());
                walk(&cut);
            }
        }
    }
}

#[test]
fn changed_bytes_do_no_harm() {
    for (_, bytes) in seeds() {
        let mut changed = bytes.clone();
        for at in 8..bytes.len() {
            for value in [bytes[at] ^ 1 << (at % 8), 0xff] {
                changed[at] = value;
                walk(&changed);
            }
            changed[at] = bytes[at];
        }
    }
}

#[test]
fn many_changes_do_no_harm() {
    // A linear congruential generator: the same sequence on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for (_, bytes) in seeds() {
        for _ in 0..700 {
            let mut changed = bytes.clone();
            for _ in 0..1 + random(8) {
                let at = 8 + random(bytes.len() - 8);
                changed[at] = random(256) as u8;
            }
            walk(&changed);
        }
    }
}

fn parse_error(bytes: &[u8]) -> AbcError {
    AbcFile::parse(bytes).unwrap_err()
}

#[test]
fn what_is_not_bytecode_is_told_apart() {
    assert_eq!(parse_error(b"").kind, AbcErrorKind::NotAbc);
    let zip = parse_error(b"PK\x03\x04 and so on");
    assert_eq!(zip.kind, AbcErrorKind::NotAbc);
    assert_eq!(
        zip.to_string(),
        "not Ark bytecode, which starts with PANDA: found 50 4b 03 04 20 61 6e 64 at offset 0x0"
    );
    assert_eq!(parse_error(b"PANDA\0\0\0").kind, AbcErrorKind::Malformed);

    let mut bytes = assemble(HELLO, Version::NEWEST).unwrap();
    let mut kind = |version: [u8; 4]| {
        bytes[12..16].copy_from_slice(&version);
        AbcFile::parse(&bytes).map(|file| file.version().0).map_err(|error| error.kind)
    };
    assert_eq!(kind([0, 0, 0, 5]), Err(AbcErrorKind::Static));
    assert_eq!(kind([0, 1, 0, 7]), Err(AbcErrorKind::Static));
    assert_eq!(kind([11, 0, 1, 0]), Err(AbcErrorKind::Version));
    assert_eq!(kind([0, 0, 0, 1]), Err(AbcErrorKind::Version));
    assert_eq!(kind([26, 0, 0, 0]), Ok([26, 0, 0, 0]));
}

const HELLO: &str = "record a\n  method func_main_0 (function)\n    registers 1 arguments 3\n    returnundefined\n";

/// The error of the code of a program with these lines as its main function of four registers.
fn code_error(lines: &str) -> String {
    patched_code_error(lines, |_| {})
}

fn patched_code_error(lines: &str, patch: impl Fn(&mut Vec<u8>)) -> String {
    let text = format!("record a\n  method func_main_0 (function)\n    registers 1 arguments 3\n{lines}\n");
    let mut bytes = assemble(&text, Version([12, 0, 6, 0])).unwrap();
    patch(&mut bytes);
    let file = AbcFile::parse(&bytes).unwrap();
    let main = file.record("a").unwrap().unwrap().main.unwrap();
    let error = file.code(&file.method(main).unwrap()).unwrap_err();
    assert_eq!(error.kind, AbcErrorKind::Malformed);
    assert!((error.offset as usize) < bytes.len(), "{error:?}");
    error.what.into_owned()
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let at = bytes.windows(from.len()).rposition(|window| window == from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
}

#[test]
fn bad_code_is_refused() {
    assert_eq!(code_error("lda v4\nreturn"), "register v4 is outside of the frame of 4");
    assert_eq!(code_error("callrange 3, v2\nreturn"), "register v4 is outside of the frame of 4");
    assert_eq!(code_error("callthisrange 2, v2\nreturn"), "register v4 is outside of the frame of 4");
    assert_eq!(code_error("mov v9, v1\nreturn"), "register v9 is outside of the frame of 4");
    assert_eq!(code_error("ldundefined"), "control runs off the end of the code");
    assert_eq!(code_error("a:\njeqz a"), "control runs off the end of the code");
    assert_eq!(code_error(""), "control runs off the end of the code");
    // A call of nothing reads no register, wherever it points.
    assert_eq!(code_error("callrange 0, v200\nldtrue"), "control runs off the end of the code");

    let lines = "jmp a\na:\nldai 7\nreturn";
    let into_middle = |bytes: &mut Vec<u8>| replace(bytes, &[0x4d, 2, 0x62, 7], &[0x4d, 3]);
    assert_eq!(patched_code_error(lines, into_middle), "jump to 0x3, which is not an instruction");
    let before = |bytes: &mut Vec<u8>| replace(bytes, &[0x4d, 2, 0x62, 7], &[0x4d, 0xfe]);
    assert_eq!(patched_code_error(lines, before), "jump to -2, outside the code");
    let unknown = |bytes: &mut Vec<u8>| replace(bytes, &[0x4d, 2, 0x62, 7], &[0xfe, 0x7f]);
    assert_eq!(patched_code_error(lines, unknown), "unknown opcode 0xfe 0x7f");
    let short = |bytes: &mut Vec<u8>| replace(bytes, &[7, 0, 0, 0, 0x64], &[7, 0, 0, 0x62, 0]);
    assert_eq!(patched_code_error(lines, short), "control runs off the end of the code");

    let lines = "try a..b catch b\na:\nldai 7\nb:\nreturn";
    // The try block: start 0, length 5, one catch of everything, handler 5.
    let handler = |bytes: &mut Vec<u8>| replace(bytes, &[0, 5, 1, 0, 5, 0], &[0, 5, 1, 0, 4, 0]);
    assert_eq!(patched_code_error(lines, handler), "the handler at 0x4 is not an instruction");
    let beyond = |bytes: &mut Vec<u8>| replace(bytes, &[0, 5, 1, 0, 5, 0], &[2, 5, 1, 0, 5, 0]);
    assert_eq!(patched_code_error(lines, beyond), "the try region reaches beyond the code");

    let lines = "lda.str \"x\"\nreturn";
    let missing = |bytes: &mut Vec<u8>| replace(bytes, &[0x3e, 0, 0], &[0x3e, 1, 0]);
    assert_eq!(patched_code_error(lines, missing), "index 1 is not in the table of the region");
}

#[test]
fn arrays_that_contain_themselves_are_listed_to_an_end() {
    let elements = ["[1]"; 200].join(", ");
    let text = format!(
        "record a\n  method func_main_0 (function)\n    registers 1 arguments 3\n    createarraywithbuffer [{elements}]\n    return\n"
    );
    let mut bytes = assemble(&text, Version::NEWEST).unwrap();
    // Every element becomes the array itself: it starts with its count and ends the file.
    let start = bytes.windows(5).position(|window| window == [144, 1, 0, 0, 0x18]).unwrap();
    for i in 0..200 {
        let at = start + 4 + 5 * i + 1;
        bytes[at..at + 4].copy_from_slice(&(start as u32).to_le_bytes());
    }
    let file = AbcFile::parse(&bytes).unwrap();
    let mut listing = String::new();
    disassemble(&file, None, &mut listing).unwrap();
    assert!(listing.len() < 1 << 20, "{} bytes", listing.len());
    assert!(listing.contains('…'));
}

#[test]
fn counts_beyond_the_file_are_refused() {
    let text = "record a\n  request 0 \"./b\"\n  import 0 {x as x} from request 0\n";
    let bytes = assemble(text, Version::NEWEST).unwrap();
    assert!(AbcFile::parse(&bytes).unwrap().records().is_ok());
    // The module record starts with a zero and the number of requests; one import follows the request.
    let start = |window: &[u8]| window[..8] == [0, 0, 0, 0, 1, 0, 0, 0] && window[12..] == [1, 0, 0, 0];
    let at = bytes.windows(16).position(start).unwrap();
    let mut many = bytes.clone();
    many[at + 4..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    let problem = AbcFile::parse(&many).unwrap().records().unwrap_err();
    assert_eq!(problem.what, "there are more items than the file has room for");
}
