//! The malformed and odd images of the fixtures.

use concord_elf::{Image, Machine};
use std::path::{Path, PathBuf};

fn fixtures() -> Option<PathBuf> {
    let folder = std::env::var_os("CONCORD_FIXTURES")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"));
    let folder = folder.join("native/malformed-elf");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no {}", folder.display());
    None
}

/// The rows of expectations.json: one object a line.
fn expectations(folder: &Path) -> Vec<[String; 3]> {
    let text = std::fs::read_to_string(folder.join("expectations.json")).unwrap();
    let field = |line: &str, name: &str| {
        let rest = line.split_once(&format!("\"{name}\": \""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let row = |line: &str| Some([field(line, "file")?, field(line, "arch")?, field(line, "expect")?]);
    text.lines().filter_map(row).collect()
}

#[test]
fn parse_refuses_what_must_be_refused() {
    let Some(folder) = fixtures() else { return };
    let (mut refused, mut read) = (Vec::new(), Vec::new());
    for [file, arch, expect] in expectations(&folder) {
        let bytes = std::fs::read(folder.join("files").join(&file)).unwrap();
        match Image::parse(bytes) {
            Ok(image) => {
                assert_eq!(image.machine() == Machine::Aarch64, arch == "arm64", "{file}");
                read.push((file, expect));
            }
            Err(error) => {
                println!("{file} ({expect}): {error}");
                assert_ne!(expect, "load", "{file}: {error}");
                refused.push(file);
            }
        }
    }
    println!("read: {read:?}");
    assert_eq!(refused.len() + read.len(), 91);
}
