//! `ets/sourceMaps.map`: from positions in the code that was compiled back to the `.ets` source.
//!
//! One JSON object with a standard source map (revision 3) for each file. Keys are what the debug information of the abc
//! calls the file: `entry|entry|1.0.0|src/main/ets/pages/Index.ts`, in older packages `entry/src/main/ets/pages/Index.ts`.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// The source maps of a package. `D` holds the text; single maps are decoded when first asked for.
#[derive(Debug)]
pub struct SourceMaps<D> {
    data: D,
    files: HashMap<String, File>,
}

#[derive(Debug)]
struct File {
    /// Where its map is in the text.
    text: Range<usize>,
    map: OnceLock<Option<SourceMap>>,
}

/// A position in a source file, line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<'a> {
    /// Source path relative to the project, e.g. `entry/src/main/ets/pages/Index.ets`.
    pub source: &'a str,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One decoded source map.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<String>,
    /// Ascending by generated position.
    segments: Vec<Segment>,
}

/// Positions from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    generated: (u32, u32),
    source: u32,
    original: (u32, u32),
}

/// The properties of a map that are used.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    sources: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    mappings: Cow<'a, str>,
}

impl<D: AsRef<[u8]>> SourceMaps<D> {
    /// Finds the maps in the text; they are not decoded yet.
    pub fn parse(data: D) -> Result<SourceMaps<D>, super::JsonError> {
        let text = data.as_ref();
        let Entries(entries) = serde_json::from_slice(text).map_err(super::JsonError::Syntax)?;
        let base = text.as_ptr() as usize;
        let files = entries.into_iter().map(|(key, raw)| {
            let start = (raw.get().as_ptr() as usize).saturating_sub(base);
            (key.into_owned(), File { text: start..start + raw.get().len(), map: OnceLock::new() })
        });
        let files = files.collect();
        Ok(SourceMaps { data, files })
    }

    /// The files that have a map.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The map of a file by the name that debug information gives it.
    pub fn get(&self, file: &str) -> Option<&SourceMap> {
        let file = self.files.get(file)?;
        let text = self.data.as_ref().get(file.text.clone())?;
        file.map.get_or_init(|| SourceMap::parse(text)).as_ref()
    }

    /// The file that a record was compiled from: `&entry/src/main/ets/pages/Index&`, `com.a/entry/ets/pages/Index`.
    ///
    /// For records of methods without debug information; with it the file is named there.
    pub fn file_of_record(&self, record: &str) -> Option<&str> {
        let wanted = match record.rsplit('&').nth(1) {
            // bundle&package/path&version
            Some(path) => vec![path.to_owned()],
            None if record.starts_with("pkg_modules") => vec![record.replace("pkg_modules", "oh_modules")],
            // bundle/module@har/path
            None => {
                let (module, path) = record.split_once('/')?.1.split_once('/')?;
                let folder = module.split_once('@').map_or(module, |(_, har)| har);
                ["src/main", "src/ohosTest"].map(|source| format!("{folder}/{source}/{path}")).into()
            }
        };
        self.files().find(|file| {
            // module|package|version|path, or just a path
            let mut fields = file.split('|');
            let named = match (fields.next(), fields.next(), fields.next(), fields.next()) {
                (_, Some(package), _, Some(path)) => Cow::Owned(format!("{package}/{path}")),
                _ => Cow::Borrowed(*file),
            };
            let stem = named.rsplit_once('.').map_or(&*named, |(stem, _)| stem);
            wanted.iter().any(|wanted| wanted == stem)
        })
    }

    /// The source position of a position in a compiled file, both with lines and columns from 1.
    pub fn locate(&self, file: &str, line: u32, column: u32) -> Option<Position<'_>> {
        self.get(file)?.locate(line, column)
    }
}

impl SourceMap {
    /// Parses one map. Damaged mappings end the map where they begin; text that is no map gives nothing.
    fn parse(text: &[u8]) -> Option<SourceMap> {
        let document: Document<'_> = serde_json::from_slice(text).ok()?;
        let sources = document.sources.into_iter().map(Cow::into_owned).collect();
        let mut segments = decode(&document.mappings);
        segments.sort_by_key(|segment| segment.generated);
        Some(SourceMap { sources, segments })
    }

    /// The source position of a generated position, both with lines and columns from 1.
    ///
    /// As on the platform this is the mapping at or before the position. A map without mappings leaves positions as
    /// they are: the file was compiled as it is.
    pub fn locate(&self, line: u32, column: u32) -> Option<Position<'_>> {
        let generated = (line.checked_sub(1)?, column.saturating_sub(1));
        if self.segments.is_empty() {
            return Some(Position { source: self.sources.first()?, line, column });
        }
        let after = self.segments.partition_point(|segment| segment.generated <= generated);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        Some(Position {
            source: self.sources.get(segment.source as usize)?,
            line: segment.original.0.saturating_add(1),
            column: segment.original.1.saturating_add(1),
        })
    }

    /// Source paths.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }
}

/// Decodes a `mappings` text: lines separated by `;`, segments by `,`, fields as base 64 variable-length differences.
fn decode(mappings: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut source, mut line, mut column) = (0_i64, 0_i64, 0_i64);
    for (generated_line, text) in mappings.split(';').enumerate() {
        let mut generated_column = 0_i64;
        for text in text.split(',').filter(|text| !text.is_empty()) {
            let Some(fields) = differences(text) else { return segments };
            let [Some(generated), rest @ ..] = fields else { return segments };
            generated_column = generated_column.saturating_add(generated);
            // A segment of one field says that no source belongs to the position.
            let [Some(a), Some(b), Some(c)] = rest else { continue };
            (source, line, column) = (source.saturating_add(a), line.saturating_add(b), column.saturating_add(c));
            let number = |value: i64| u32::try_from(value).ok();
            let segment = (|| {
                Some(Segment {
                    generated: (u32::try_from(generated_line).ok()?, number(generated_column)?),
                    source: number(source)?,
                    original: (number(line)?, number(column)?),
                })
            })();
            let Some(segment) = segment else { return segments };
            segments.push(segment);
        }
    }
    segments
}

/// The first four numbers of a segment; `None` when a character is not of the alphabet or a number is cut short.
fn differences(text: &str) -> Option<[Option<i64>; 4]> {
    let mut fields = [None; 4];
    let mut bytes = text.bytes();
    for field in &mut fields {
        let Some(mut byte) = bytes.next() else { break };
        let (mut value, mut shift) = (0_i64, 0);
        loop {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            value |= i64::from(digit & 31) << shift;
            if digit & 32 == 0 {
                break;
            }
            shift += 5;
            if shift > 30 {
                return None;
            }
            byte = bytes.next()?;
        }
        *field = Some(if value & 1 == 1 { -(value >> 1) } else { value >> 1 });
    }
    Some(fields)
}

/// The top-level object; of repeated keys the last one counts.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<T: Deserializer<'de>>(from: T) -> Result<Self, T::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of source maps")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        from.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
        "entry|entry|1.0.0|src/main/ets/pages/Index.ts": {"version":3,"sources":["entry/src/main/ets/pages/Index.ets"],
            "names":[],"mappings":"AAAA;ACCE,IACD;;A"},
        "entry|lib|1|src/main/ets/pages/Index.ts": {"sources":["lib/Index.ets"],"mappings":""},
        "entry/src/main/ets/entryability/EntryAbility.ts": {"mappings":"!!"},
        "odd": 7
    }"#;

    fn maps() -> SourceMaps<&'static [u8]> {
        SourceMaps::parse(TEXT.as_bytes()).unwrap()
    }

    #[test]
    fn positions_map_back() {
        let maps = maps();
        let file = "entry|entry|1.0.0|src/main/ets/pages/Index.ts";
        let at = |line, column| maps.locate(file, line, column).map(|p| (p.line, p.column));
        assert_eq!(at(1, 1), Some((1, 1)));
        assert_eq!(at(1, 50), Some((1, 1)));
        assert_eq!(maps.get(file).unwrap().segments.len(), 3);
        assert_eq!(at(0, 1), None, "line 0 is no line");
        assert_eq!(maps.locate("entry|lib|1|src/main/ets/pages/Index.ts", 7, 3).unwrap().line, 7);
        assert_eq!(maps.locate("absent", 1, 1), None);
        assert_eq!(maps.locate("odd", 1, 1), None);
    }

    #[test]
    fn numbers_decode() {
        assert_eq!(differences("AAgBC").unwrap(), [Some(0), Some(0), Some(16), Some(1)]);
        assert_eq!(differences("D").unwrap(), [Some(-1), None, None, None]);
        assert_eq!(differences("gggggggggC"), None, "a number of unbounded length");
        assert_eq!(differences("g"), None, "cut short");
        assert_eq!(decode("AAAA,~~,AAAA").len(), 1);
        assert_eq!(decode("AADA").len(), 0, "a line before the first");
    }

    #[test]
    fn records_find_their_file() {
        let maps = maps();
        let file = |record| maps.file_of_record(record).unwrap_or_default();
        assert_eq!(file("&entry/src/main/ets/pages/Index&"), "entry|entry|1.0.0|src/main/ets/pages/Index.ts");
        assert_eq!(file("&lib/src/main/ets/pages/Index&1"), "entry|lib|1|src/main/ets/pages/Index.ts");
        assert_eq!(
            file("com.a/entry/ets/entryability/EntryAbility"),
            "entry/src/main/ets/entryability/EntryAbility.ts"
        );
        assert_eq!(file("&entry/src/main/ets/absent&"), "");
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for text in ["", "[]", "{\"a\":", "\u{0}", "{\"a\":{}} x"] {
            assert!(SourceMaps::parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}
