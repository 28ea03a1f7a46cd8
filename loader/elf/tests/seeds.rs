//! The seeds of the fuzz target, and each of them with every bit of its first bytes turned over.

use concord_elf::{Image, unresolved};
use std::path::Path;

fn read(bytes: &[u8]) -> bool {
    let Ok(image) = Image::parse(bytes) else { return false };
    for name in image.exports() {
        let _ = image.offers(name);
    }
    let _ = (unresolved(&image, &[], &[&image]), image.memory_size(), image.needed().count());
    true
}

#[test]
fn seeds_are_read_and_damage_is_survived() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/elf");
    let mut seeds = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let mut bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(read(&bytes), "a seed is a good library");
        seeds += 1;
        for bit in 0..8 * bytes.len() {
            bytes[bit / 8] ^= 1 << (bit % 8);
            read(&bytes);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        for length in 0..bytes.len() {
            read(&bytes[..length]);
        }
    }
    assert!(seeds >= 4);
}
