//! Every name of the platform's library.

use std::io::Read;
use std::path::PathBuf;

#[test]
fn every_name_of_the_platform_is_there() {
    let fixtures = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let Ok(file) = std::fs::File::open(fixtures.join("../api/ndk.tsv.gz")) else {
        return eprintln!("skipped: there is no api/ndk.tsv.gz beside the fixtures");
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("libnapi\t")?.split('\t').next()).collect();
    assert_eq!(names.len(), 192);
    let absent: Vec<&str> = names.into_iter().filter(|name| crate::api::symbol(name).is_none()).collect();
    assert!(absent.is_empty(), "{absent:?}");
}
