//! How long a library of 4,000 relocations takes to load: `cargo run --release --example link_time`, microseconds on standard output.
//!
//! The library is made here: 2,000 addresses of its own, 1,000 functions of its own that are looked up by name, 1,000 functions of the system.

use concord_elf::{LibraryFile, LibrarySource, Namespace, Options, Symbol, SystemLibrary};
use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

const RELATIVE: usize = 2000;
const OWN: usize = 1000;
const SYSTEM: usize = 1000;

struct Memory(File, u64);

impl LibrarySource for Memory {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        let file = LibraryFile { path: format!("/data/{name}"), file: self.0.try_clone()?, offset: 0, size: self.1 };
        Ok((name == "libmany.so").then_some(file))
    }
}

/// A table of many names, as the C library's is.
struct System(std::collections::HashMap<String, usize>);

impl SystemLibrary for System {
    fn names(&self) -> &[&str] {
        &["libc.so"]
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.0.get(name).copied().map(Symbol::Address)
    }
}

fn hash(name: &str) -> u32 {
    name.bytes().fold(5381u32, |hash, byte| hash.wrapping_mul(33).wrapping_add(u32::from(byte)))
}

/// Numbers one after the other, and places that are filled in later.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn words(&mut self, words: &[u64]) {
        self.0.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }

    fn halves(&mut self, halves: &[u32]) {
        self.0.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
    }

    fn align(&mut self, to: usize) -> u64 {
        self.0.resize(self.0.len().next_multiple_of(to), 0);
        self.0.len() as u64
    }
}

/// Two segments: tables, then data. Addresses are offsets, data lies a page further.
fn library() -> Vec<u8> {
    const BUCKETS: usize = 512;
    const BLOOM: usize = 256;
    let system: Vec<String> = (0..SYSTEM).map(|number| format!("system_function_{number}")).collect();
    let mut own: Vec<String> = (0..OWN).map(|number| format!("_ZN3own8function{number}Ev")).collect();
    own.sort_by_key(|name| hash(name) % BUCKETS as u32);
    let mut bytes = Bytes(vec![0; 64 + 4 * 56]);
    let mut strings = vec![0u8];
    let symbols = bytes.align(8);
    bytes.words(&[0, 0, 0]);
    for (name, defined) in system.iter().map(|name| (name, false)).chain(own.iter().map(|name| (name, true))) {
        // Name, then STB_GLOBAL and STT_FUNC, then the section.
        bytes.halves(&[strings.len() as u32, 0x12 | u32::from(defined) << 16]);
        bytes.words(&[if defined { 64 } else { 0 }, 8]);
        strings.extend(name.bytes());
        strings.push(0);
    }
    let string_table = bytes.align(8);
    let strings_size = strings.len() as u64;
    bytes.0.extend(strings);
    let first = SYSTEM + 1;
    let hashes: Vec<u32> = own.iter().map(|name| hash(name)).collect();
    let gnu_hash = bytes.align(8);
    bytes.halves(&[BUCKETS as u32, first as u32, BLOOM as u32, 6]);
    let mut bloom = vec![0u64; BLOOM];
    let mut buckets = vec![0u32; BUCKETS];
    for (index, hash) in hashes.iter().enumerate().rev() {
        bloom[*hash as usize / 64 % BLOOM] |= 1 << (hash % 64) | 1 << ((hash >> 6) % 64);
        buckets[*hash as usize % BUCKETS] = (first + index) as u32;
    }
    bytes.words(&bloom);
    bytes.halves(&buckets);
    for (index, hash) in hashes.iter().enumerate() {
        let last = hashes.get(index + 1).is_none_or(|next| *next as usize % BUCKETS != *hash as usize % BUCKETS);
        bytes.halves(&[hash & !1 | u32::from(last)]);
    }
    let relocations = bytes.align(8);
    let count = RELATIVE + SYSTEM + OWN;
    let data = (relocations + 24 * count as u64).next_multiple_of(4096);
    for index in 0..count {
        let target = data + 4096 + 0x200 + 8 * index as u64;
        if index < RELATIVE {
            bytes.words(&[target, 8, 64]);
        } else {
            bytes.words(&[target, (1 + index - RELATIVE) as u64 * (1 << 32) + 6, 0]);
        }
    }
    bytes.align(4096);
    let dynamic = [
        (5, string_table),
        (10, strings_size),
        (6, symbols),
        (11, 24),
        (0x6fff_fef5, gnu_hash),
        (7, relocations),
        (8, 24 * count as u64),
        (9, 24),
        (0, 0),
    ];
    for (tag, value) in dynamic {
        bytes.words(&[tag, value]);
    }
    bytes.align(0x200);
    bytes.0.resize(bytes.0.len() + 8 * count, 0);
    let size = bytes.0.len() as u64;
    let mut header = Bytes(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec());
    header.halves(&[3 | 62 << 16, 1]);
    header.words(&[0, 64, 0]);
    header.halves(&[0, 64 | 56 << 16, 3, 0]);
    for (kind, flags, offset, address, length, align) in [
        (1, 5, 0, 0, data, 4096),
        (1, 6, data, data + 4096, size - data, 4096),
        (2, 6, data, data + 4096, 16 * dynamic.len() as u64, 8),
    ] {
        header.halves(&[kind, flags]);
        header.words(&[offset, address, address, length, length, align]);
    }
    bytes.0[..header.0.len()].copy_from_slice(&header.0);
    bytes.0
}

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = library();
    let mut file = tempfile::tempfile()?;
    file.write_all(&bytes)?;
    let table = (0..3000).map(|number| (format!("system_function_{number}"), number + 1)).collect();
    let namespace = Namespace::install(Options {
        sources: vec![Box::new(Memory(file, bytes.len() as u64))],
        system: vec![Arc::new(System(table))],
        on_missing: |_, _| {},
    });
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        let library = namespace.open("libmany.so")?;
        times.push(start.elapsed());
        namespace.close(&library)?;
    }
    times.sort();
    println!(
        "{} relocations: median {} us, best {} us",
        RELATIVE + OWN + SYSTEM,
        times[100].as_micros(),
        times[0].as_micros()
    );
    Ok(())
}
