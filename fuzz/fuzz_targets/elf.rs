//! A native library: read, checked, everything in it listed, every name looked up, its place in memory worked out.

#![no_main]

use concord_elf::{Image, unresolved};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(image) = Image::parse(bytes) {
        assert!(image.memory_size() > 0);
        let _ = (image.soname(), image.needed().count(), image.build_id());
        for name in image.exports().take(64) {
            let _ = image.offers(name);
        }
        let _ = unresolved(&image, &[], &[&image]);
    }
});
