//! What fuzzing has found: damaged containers whose text the engine once refused.

use concord_abi::abc::AbcFile;
use concord_ark::{Options, translate};
use concord_engine::Context;
use std::path::Path;

#[test]
fn the_engine_accepts_the_text_of_damaged_containers() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let context = Context::new().expect("the tests need JavaScriptCore");
    let mut texts = 0;
    for folder in ["translator", "abc"] {
        for entry in std::fs::read_dir(seeds.join(folder)).expect("the seeds") {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a seed");
            let Ok(file) = AbcFile::parse(&bytes) else { continue };
            for record in file.records().unwrap_or_default() {
                let Ok(translation) = translate(&file, &record, &Options::default()) else { continue };
                texts += 1;
                if let Err(thrown) = context.check_syntax(&translation.text, &record.name) {
                    panic!("{}: {}", path.display(), thrown.describe());
                }
            }
        }
    }
    assert!(texts > 0, "no seed has a record that can be translated");
}
