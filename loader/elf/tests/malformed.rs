//! The malformed and odd images of the fixtures: 91, each with what it must end as.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{MISSING, Table, call, fixtures, on_missing, small_libc};
use concord_elf::{Image, LibraryFile, LibrarySource, LinkError, Machine, Namespace, Options};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

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

/// One file under its own name.
struct Only(PathBuf);

impl LibrarySource for Only {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        if !self.0.ends_with(name) {
            return Ok(None);
        }
        let file = File::open(&self.0)?;
        let size = file.metadata()?.len();
        Ok(Some(LibraryFile { path: format!("/data/libs/{name}"), file, offset: 0, size }))
    }
}

/// Opens a file in a namespace of its own; says how it ended.
fn end_of(path: &Path) -> Result<&'static str, LinkError> {
    let file = path.file_name().unwrap().to_str().unwrap();
    // `libmissing_fixture.so` is in none of them.
    let other = Table { names: vec!["libother.so"], symbols: Default::default() };
    let system = vec![small_libc(), std::sync::Arc::new(other) as _];
    let options = Options { sources: vec![Box::new(Only(path.to_owned()))], system, on_missing };
    let library = Namespace::install(options).open(file)?;
    let Some(answer) = library.symbol("fx_answer") else { return Ok("loaded without fx_answer") };
    assert_eq!(call(Some(answer)) as i32, 42, "{file}");
    let data = library.symbol("fx_data").unwrap();
    // SAFETY: a word of data in a library that is loaded and stays.
    assert_eq!(unsafe { (data as *const usize).read() }, answer, "{file}");
    Ok("loaded")
}

#[test]
fn every_image_ends_as_its_table_says() {
    let Some(folder) = fixtures("native/malformed-elf") else { return };
    let mut counts: BTreeMap<(String, &str), u32> = BTreeMap::new();
    for [file, arch, expect] in expectations(&folder) {
        let path = folder.join("files").join(&file);
        let image = Image::parse(std::fs::read(&path).unwrap());
        if let Ok(image) = &image {
            assert_eq!(image.machine() == Machine::Aarch64, arch == "arm64", "{file}");
        }
        let outcome = match end_of(&path) {
            Ok(outcome) => outcome,
            Err(error) => {
                let text = error.to_string();
                assert!(text.contains(&file), "{text}");
                match error {
                    // Later there will be a translator for them; the image itself is right.
                    LinkError::Processor { .. } if expect != "refuse" => "another processor",
                    LinkError::Processor { .. } => panic!("{file} was not refused for what is wrong with it"),
                    _ => "refused",
                }
            }
        };
        let fits = match expect.as_str() {
            "load" => outcome == "loaded" || outcome == "another processor",
            "refuse" => outcome == "refused",
            _ => true,
        };
        assert!(fits, "{file}: {outcome}, should {expect}");
        *counts.entry((expect, outcome)).or_default() += 1;
    }
    println!("{counts:#?}");
    assert_eq!(counts.values().sum::<u32>(), 91);
    assert_eq!(counts.iter().filter(|((expect, _), _)| expect == "refuse").map(|(_, count)| count).sum::<u32>(), 69);
    assert!(MISSING.lock().unwrap().is_empty(), "no image calls what is missing");
}

#[test]
fn what_is_missing_is_called_by_name() {
    let Some(folder) = fixtures("native/malformed-elf") else { return };
    assert_eq!(end_of(&folder.join("files/symbol_missing.so")).unwrap(), "loaded");
    let image = Image::parse(std::fs::read(folder.join("files/symbol_missing.so")).unwrap()).unwrap();
    let missing = concord_elf::unresolved(&image, &[small_libc()], &[]);
    assert_eq!(missing.iter().map(|missing| missing.symbol.as_str()).collect::<Vec<_>>(), ["fx_no_such_symbol"]);
}
