//! Bytecode containers: whatever the bytes, reading all of them ends, soon and without a panic.
#![no_main]

use concord_abi::abc::{AbcFile, disassemble};
use libfuzzer_sys::fuzz_target;
use std::fmt;

/// Counts what is written.
struct Sink(usize);

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(file) = AbcFile::parse(data) else { return };
    let mut sink = Sink(0);
    let problems = disassemble(&file, None, &mut sink);
    assert!(problems.is_ok(), "writing to the sink cannot fail");
    // Classes that are not records have methods too.
    for class in file.classes().unwrap_or_default() {
        assert!(class.offset < file.size());
        _ = file.record(&class.name);
        _ = file.alias(&class.name);
        for offset in class.methods.iter().take(64) {
            if let Ok(method) = file.method(*offset) {
                _ = file.debug_info(&method);
                if let Ok(code) = file.code(&method) {
                    assert!(code.instructions.iter().filter_map(|i| i.target()).all(|pc| code.index_of(pc).is_some()));
                    assert!(code.tries.iter().all(|region| code.index_of(region.handler).is_some()));
                }
            }
        }
    }
});
