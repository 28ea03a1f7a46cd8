//! What the platform's native libraries export (`data/ndk.tsv`), whether Concord has it or not.

use concord_elf::Absence;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Facts only: library, API version, answer of a stub, symbols. Made by `data/generate.py` from the platform's own lists.
const TEXT: &str = include_str!("../data/ndk.tsv");

/// A symbol of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// API version that brought it (`9`, `26.0.0`); `-` when the platform's list does not say.
    pub(crate) since: &'static str,
    /// What a stub of it does.
    pub(crate) stub: Stub,
}

/// What stands in for a symbol that Concord does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stub {
    /// A function.
    Function(Absence),
    /// An object. There is nothing that could be answered when one is read.
    Data,
}

type Rows = FxHashMap<&'static str, Vec<(Known, &'static str)>>;

fn rows() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = Rows::default();
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(library), Some(since), Some(answer), Some(symbols)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let stub = match answer {
                "data" => Stub::Data,
                "abort" => Stub::Function(Absence::Abort),
                // Negative answers are those of C's `int` and of what is wider: sign-extended they fit both.
                number => match number.parse::<i64>() {
                    Ok(number) => Stub::Function(Absence::Answer(number.cast_unsigned())),
                    Err(_) => continue,
                },
            };
            rows.entry(library).or_default().push((Known { since, stub }, symbols));
        }
        rows
    })
}

/// File names of all libraries, sorted.
pub(crate) fn libraries() -> Vec<&'static str> {
    let mut names: Vec<_> = rows().keys().copied().collect();
    names.sort_unstable();
    names
}

/// The symbols of a library.
pub(crate) fn symbols(library: &str) -> impl Iterator<Item = (&'static str, Known)> {
    let rows = rows().get(library).map(Vec::as_slice).unwrap_or_default();
    rows.iter().flat_map(|&(known, symbols)| symbols.split(' ').map(move |symbol| (symbol, known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        let symbols_in_text: usize = TEXT
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.rsplit('\t').next().unwrap_or_default().split(' ').count())
            .sum();
        let understood: usize = libraries().into_iter().map(|library| symbols(library).count()).sum();
        assert_eq!(understood, symbols_in_text);
        assert!(understood > 10_000, "{understood}");
    }

    #[test]
    fn answers_are_what_the_headers_ask_for() {
        let find = |library: &str, name: &str| {
            symbols(library).find(|(symbol, _)| *symbol == name).map(|(_, known)| known.stub)
        };
        let answer = |value: i64| Some(Stub::Function(Absence::Answer(value.cast_unsigned())));
        assert_eq!(find("libnative_rdb_ndk.z.so", "OH_Rdb_CreateOrOpen"), answer(0), "a pointer");
        assert_eq!(find("libpixelmap.so", "OH_PixelmapNative_CreatePixelmap"), answer(801), "an error code");
        assert_eq!(find("libuv.so", "uv_fs_open"), answer(-38), "errno as libuv gives it");
        assert_eq!(
            find("libhuks_ndk.z.so", "OH_Huks_GenerateKeyItem"),
            Some(Stub::Function(Absence::Abort)),
            "a struct"
        );
        assert_eq!(find("libnative_media_codecbase.so", "OH_AVCODEC_MIMETYPE_VIDEO_AVC"), Some(Stub::Data));
        assert_eq!(find("libuv.so", "uv_no_such_function"), None);
    }

    /// The list of all symbols of the NDK is kept beside the fixtures.
    #[test]
    fn nothing_of_the_platform_is_left_out() {
        let fixtures = std::env::var_os("CONCORD_FIXTURES").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"),
            std::path::PathBuf::from,
        );
        let path = fixtures.join("../api/ndk.tsv.gz");
        let Ok(file) = std::fs::File::open(&path) else {
            eprintln!("skipped: there is no {}", path.display());
            return;
        };
        let all: std::collections::HashSet<_> =
            libraries().into_iter().flat_map(symbols).map(|(symbol, _)| symbol).collect();
        let list = std::io::read_to_string(flate2::read::GzDecoder::new(file)).expect("a list");
        // The first line names the columns; libc and Node-API have tables of their own.
        let absent: Vec<_> = list
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once('\t'))
            .filter(|(library, _)| !matches!(*library, "libc" | "libc_lite" | "libnapi"))
            .filter(|(_, rest)| rest.split('\t').next().is_some_and(|symbol| !all.contains(symbol)))
            .collect();
        assert!(absent.is_empty(), "{absent:?}");
    }
}
