//! COMPATIBILITY.md is what the registration tables say.

use concord_tests::Concord;
use std::path::Path;

#[test]
fn the_document_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../COMPATIBILITY.md");
    let ran = Concord::new(env!("CARGO_BIN_EXE_concord")).run(&["apis", "--format", "md"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    if std::env::var_os("CONCORD_BLESS").is_some() {
        std::fs::write(&file, &ran.stdout).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == ran.stdout, "COMPATIBILITY.md is out of date; CONCORD_BLESS=1 writes it anew");
}
