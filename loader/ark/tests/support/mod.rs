//! What tests over hand-assembled code share.

use concord_abi::abc::{AbcFile, Version};

/// The text of the only record of a program.
pub fn text(program: &str) -> String {
    let abc = concord_abi::asm::assemble(program, Version::NEWEST).expect("the program can be assembled");
    let file = AbcFile::parse(&abc).expect("a container");
    let records = file.records().expect("its records");
    let record = records.first().expect("a record");
    concord_ark::translate(&file, record, &concord_ark::Options::default()).expect("the program can be translated").text
}
