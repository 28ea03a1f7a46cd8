//! Damaged packages, resource indexes and requests: the seeds of the fuzz targets, and what is left when bytes of them
//! change, are opened without a panic and in bounded time.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_abi::hap::resources::{Qualifiers, ResourceTable};
use concord_abi::request::{Importer, Records, resolve};
use concord_package::{Options, Package, info};
use std::path::Path;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A small generator of reproducible noise.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Calls `check` with `rounds` variants of each seed: bytes changed, pieces removed, repeated or exchanged.
fn mutants(target: &str, rounds: usize, mut check: impl FnMut(Vec<u8>)) {
    let seeds = seeds(target);
    let mut noise = Noise(42);
    for seed in &seeds {
        check(seed.clone());
        for _ in 0..rounds {
            let mut bytes = seed.clone();
            for _ in 0..=noise.below(4) {
                let at = noise.below(bytes.len().max(1));
                let end = (at + noise.below(32)).min(bytes.len());
                match noise.below(6) {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(at.min(end)..end)),
                    2 => {
                        let piece = bytes[at.min(end)..end].to_vec();
                        let to = noise.below(bytes.len() + 1);
                        bytes.splice(to..to, piece);
                    }
                    3 => {
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte = [0, 1, 0x7f, 0x80, 0xff][noise.below(5)];
                        }
                    }
                    4 => {
                        let other = &seeds[noise.below(seeds.len())];
                        let from = noise.below(other.len());
                        let piece = other[from..(from + 16).min(other.len())].to_vec();
                        bytes.splice(at.min(end)..end, piece);
                    }
                    _ => {
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte ^= 1 << noise.below(8);
                        }
                    }
                }
            }
            check(bytes);
        }
    }
}

#[test]
fn packages() {
    let name = Path::new("damaged.hap");
    let mut opened = 0;
    mutants("package", 400, |bytes| {
        _ = info::inspect_bytes(name, bytes.clone());
        let Ok(package) = Package::from_bytes(name, bytes, &Options::default()) else { return };
        opened += 1;
        for entry in package.entries() {
            _ = package.read(entry);
        }
        _ = package.pages();
        _ = package.abc();
    });
    assert!(opened > 2, "the seeds themselves open");
}

#[test]
fn resources() {
    let mut opened = 0;
    mutants("resources", 2000, |bytes| {
        let Ok(table) = ResourceTable::parse(bytes) else { return };
        opened += 1;
        for resource in table.resources().take(100) {
            _ = table.text(resource.id, &Qualifiers::default());
            _ = table.list(resource.id, &Qualifiers::default());
            _ = table.pattern(resource.id, &Qualifiers::default());
            _ = table.find(resource.kind, &resource.name);
        }
    });
    assert!(opened > 10, "most changes leave an index readable");
}

#[test]
fn requests() {
    struct Abc<'a>(Vec<&'a str>);
    impl Records for Abc<'_> {
        fn has_record(&self, record: &str) -> bool {
            self.0.contains(&record)
        }
        fn mapped(&self, name: &str) -> Option<String> {
            let entry = |line: &&str| line.split_once('=').filter(|(n, _)| *n == name).map(|(_, e)| e.to_owned());
            self.0.iter().find_map(entry)
        }
    }
    let mut found = 0;
    mutants("requests", 5000, |bytes| {
        let Ok(text) = String::from_utf8(bytes) else { return };
        let mut lines = text.split('\n');
        let (request, record) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let importer = Importer { bundle: "com.a", module: "entry", record, packages: None };
        found += usize::from(resolve(request, &importer, &Abc(lines.collect())).is_ok());
    });
    assert!(found > 100, "only {found} resolved");
}
