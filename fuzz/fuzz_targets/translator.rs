//! Translated text: whatever a container holds, what the translator accepts the engine accepts too.
#![no_main]

use concord_abi::abc::AbcFile;
use concord_ark::{Options, translate};
use concord_engine::Context;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static CONTEXT: Context = Context::new().expect("the target needs JavaScriptCore");
}

fuzz_target!(|data: &[u8]| {
    let Ok(file) = AbcFile::parse(data) else { return };
    let Ok(records) = file.records() else { return };
    for record in records.iter().take(16) {
        let Ok(translation) = translate(&file, record, &Options::default()) else { continue };
        CONTEXT.with(|context| {
            if let Err(thrown) = context.check_syntax(&translation.text, &record.name) {
                panic!("{}: {}\n{}", record.name, thrown.describe(), translation.text);
            }
        });
    }
});
