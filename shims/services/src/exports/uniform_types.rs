//! Uniform data types: the platform's names for kinds of files, which skills may give instead of MIME types, and those that
//! packages declare (`resources/rawfile/arkdata/utd/utd.json5`).

use super::json5;
use concord_package::PackageSet;
use serde_json::Value;

/// A type that packages declare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredType {
    /// Its name, e.g. `com.example.drawing`.
    pub(super) id: String,
    /// The types that it belongs to.
    pub(super) parents: Vec<String>,
    /// Ends of names of files, without the dot.
    pub(super) extensions: Vec<String>,
    /// MIME types; at least one.
    pub(super) mimes: Vec<String>,
    /// For people.
    pub(super) description: String,
}

/// All types that packages of an app declare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declared {
    pub(super) types: Vec<DeclaredType>,
    /// How many of them are the app's own; those behind belong to other apps.
    pub(super) own: usize,
}

/// Where packages declare types.
const FILE: &str = "arkdata/utd/utd.json5";
/// Most types of a package, as its schema says.
const MOST: usize = 32;

impl Declared {
    /// Reads what packages declare; what cannot be read is told in `warnings`.
    pub fn of(set: &PackageSet, warnings: &mut Vec<String>) -> Declared {
        let mut own = Vec::new();
        let mut foreign = Vec::new();
        for package in set.packages() {
            let tree = match package.raw_file(FILE) {
                Ok(None) => continue,
                Ok(Some(bytes)) => json5::parse(&bytes),
                Err(error) => Err(error.to_string()),
            };
            match tree {
                Ok(tree) => {
                    own.extend(types(&tree, "UniformDataTypeDeclarations"));
                    foreign.extend(types(&tree, "ReferenceUniformDataTypeDeclarations"));
                }
                Err(error) => {
                    warnings.push(format!(
                        "{}: types of files are not declared: {FILE}: {error}",
                        package.path().display()
                    ));
                }
            }
        }
        let count = own.len();
        Declared { types: own.into_iter().chain(foreign).collect(), own: count }
    }
}

fn types(tree: &Value, list: &str) -> Vec<DeclaredType> {
    let list = tree.get(list).and_then(Value::as_array);
    list.into_iter().flatten().take(MOST).filter_map(declared_type).collect()
}

fn declared_type(tree: &Value) -> Option<DeclaredType> {
    // Names begin with a capital letter; older packages have small ones.
    let get = |name: &str| {
        let object = tree.as_object()?;
        object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let texts = |name: &str| {
        let list = get(name).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|item| item.as_str().map(str::to_owned)).take(MOST).collect::<Vec<_>>()
    };
    let id = get("TypeId")?.as_str().filter(|id| id.len() <= 127)?.to_owned();
    let safe = |text: &String| {
        !text.is_empty() && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b))
    };
    let extensions = texts("FilenameExtensions").into_iter().map(|end| end.trim_start_matches('.').to_owned());
    let extensions = extensions.filter(safe).collect();
    let mut mimes: Vec<String> = texts("MIMETypes").into_iter().filter(|mime| is_mime(mime)).collect();
    if mimes.is_empty() {
        // The desktop knows types by their MIME type only.
        let name: String = id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' })
            .collect();
        mimes.push(format!("application/x-{name}"));
    }
    let description = get("Description").and_then(Value::as_str).unwrap_or_default().chars().take(255).collect();
    Some(DeclaredType { parents: texts("BelongingToTypes"), id, extensions, mimes, description })
}

/// Whether a text is a MIME type without a wildcard.
pub(super) fn is_mime(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part.len() <= 100
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    text.split_once('/').is_some_and(|(media, kind)| word(media) && word(kind))
}

/// The platform's types that files have: name, parent, ends of names, MIME types; the first MIME type is the usual one.
type Known = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    ("general.text", "general.object", &[], &["text/*"]),
    ("general.plain-text", "general.text", &["txt", "text"], &["text/plain"]),
    ("general.html", "general.text", &["html", "htm"], &["text/html"]),
    ("general.xhtml", "general.text", &["xhtml"], &["application/xhtml+xml"]),
    ("general.xml", "general.text", &["xml"], &["text/xml", "application/xml"]),
    ("general.json", "general.text", &["json"], &["application/json"]),
    ("general.css", "general.text", &["css"], &["text/css"]),
    ("general.markdown", "general.text", &["md", "markdown"], &["text/markdown"]),
    ("general.comma-separated-values-text", "general.text", &["csv"], &["text/csv"]),
    ("general.java-script", "general.text", &["js"], &["text/javascript"]),
    ("general.vcard", "general.contact", &["vcf"], &["text/vcard"]),
    ("general.calendar", "general.object", &["ics"], &["text/calendar"]),
    ("general.image", "general.media", &[], &["image/*"]),
    ("general.jpeg", "general.image", &["jpg", "jpeg", "jpe"], &["image/jpeg"]),
    ("general.png", "general.image", &["png"], &["image/png"]),
    ("general.gif", "general.image", &["gif"], &["image/gif"]),
    ("general.webp", "general.image", &["webp"], &["image/webp"]),
    ("general.bmp", "general.image", &["bmp"], &["image/bmp"]),
    ("general.ico", "general.image", &["ico"], &["image/vnd.microsoft.icon"]),
    ("general.svg", "general.image", &["svg"], &["image/svg+xml"]),
    ("general.tiff", "general.image", &["tif", "tiff"], &["image/tiff"]),
    ("general.heif", "general.image", &["heif"], &["image/heif"]),
    ("general.heic", "general.image", &["heic"], &["image/heic"]),
    ("general.video", "general.media", &[], &["video/*"]),
    ("general.mpeg-4", "general.video", &["mp4", "m4v"], &["video/mp4"]),
    ("general.mpeg", "general.video", &["mpg", "mpeg"], &["video/mpeg"]),
    ("general.avi", "general.video", &["avi"], &["video/x-msvideo"]),
    ("general.quick-time-movie", "general.video", &["mov"], &["video/quicktime"]),
    ("general.webm", "general.video", &["webm"], &["video/webm"]),
    ("general.3gpp", "general.video", &["3gp"], &["video/3gpp"]),
    ("org.matroska.mkv", "general.video", &["mkv"], &["video/x-matroska"]),
    ("general.audio", "general.media", &[], &["audio/*"]),
    ("general.mp3", "general.audio", &["mp3"], &["audio/mpeg"]),
    ("general.mpeg-4-audio", "general.audio", &["m4a"], &["audio/mp4"]),
    ("general.aac", "general.audio", &["aac"], &["audio/aac"]),
    ("general.flac", "general.audio", &["flac"], &["audio/flac"]),
    ("general.ogg", "general.audio", &["ogg", "oga"], &["audio/ogg"]),
    ("general.ms-wave", "general.audio", &["wav"], &["audio/x-wav"]),
    ("general.midi-audio", "general.audio", &["mid", "midi"], &["audio/midi"]),
    ("com.adobe.pdf", "general.composite-object", &["pdf"], &["application/pdf"]),
    ("general.rtf", "general.text", &["rtf"], &["application/rtf"]),
    ("general.epub", "general.ebook", &["epub"], &["application/epub+zip"]),
    ("com.microsoft.word.doc", "general.composite-object", &["doc"], &["application/msword"]),
    ("org.openxmlformats.wordprocessingml.document", "general.composite-object", &["docx"],
        &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]),
    ("com.microsoft.excel.xls", "general.spreadsheet", &["xls"], &["application/vnd.ms-excel"]),
    ("org.openxmlformats.spreadsheetml.sheet", "general.spreadsheet", &["xlsx"],
        &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]),
    ("com.microsoft.powerpoint.ppt", "general.presentation", &["ppt"], &["application/vnd.ms-powerpoint"]),
    ("org.openxmlformats.presentationml.presentation", "general.presentation", &["pptx"],
        &["application/vnd.openxmlformats-officedocument.presentationml.presentation"]),
    ("general.archive", "general.file", &[], &[]),
    ("general.zip-archive", "general.archive", &["zip"], &["application/zip"]),
    ("general.tar-archive", "general.archive", &["tar"], &["application/x-tar"]),
    ("general.gnu-zip-archive", "general.archive", &["gz"], &["application/gzip"]),
    ("general.bzip2-archive", "general.archive", &["bz2"], &["application/x-bzip2"]),
    ("com.7-zip.7z-archive", "general.archive", &["7z"], &["application/x-7z-compressed"]),
    ("com.rarlab.rar-archive", "general.archive", &["rar"], &["application/vnd.rar"]),
];

/// Names of types: what skills and files mean by them.
pub struct TypeNames<'a> {
    declared: &'a Declared,
}

/// A file's type, in both ways of saying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileType {
    /// Uniform data type, empty when the platform has none.
    pub(crate) uniform: String,
    /// MIME type.
    pub(crate) mime: String,
}

impl<'a> TypeNames<'a> {
    /// Names of the platform, and those that an app declares.
    pub fn new(declared: &'a Declared) -> TypeNames<'a> {
        TypeNames { declared }
    }

    /// The MIME types that a skill's type stands for, those of types below included. Empty for what a desktop cannot say
    /// (`*/*`, every file).
    pub(super) fn mimes(&self, name: &str) -> Vec<String> {
        let mut mimes: Vec<String> = Vec::new();
        if is_mime(name) {
            mimes.push(name.to_ascii_lowercase());
        } else if let Some(media) = name.strip_suffix('*').filter(|media| media.len() > 1 && *media != "*/") {
            let all = KNOWN.iter().flat_map(|(.., known)| known.iter()).copied();
            mimes.extend(all.filter(|mime| is_mime(mime) && mime.starts_with(media)).map(str::to_owned));
        } else {
            let below = KNOWN.iter().filter(|(id, ..)| self.is_a(id, name)).flat_map(|(.., mimes)| mimes.iter());
            mimes.extend(below.filter(|mime| is_mime(mime)).map(|mime| (*mime).to_owned()));
            let own = self.declared.types.iter().filter(|own| self.is_a(&own.id, name));
            mimes.extend(own.flat_map(|own| own.mimes.iter().cloned()));
        }
        let mut seen = Vec::new();
        mimes.retain(|mime| {
            let new = !seen.contains(mime);
            seen.push(mime.clone());
            new
        });
        mimes
    }

    /// Whether a type is another or belongs to it.
    fn is_a(&self, name: &str, other: &str) -> bool {
        let mut todo = vec![name];
        // Packages may declare circles.
        for _ in 0..64 {
            let Some(name) = todo.pop() else { return false };
            if name.eq_ignore_ascii_case(other) {
                return true;
            }
            todo.extend(KNOWN.iter().filter(|(id, ..)| *id == name).map(|(_, parent, ..)| *parent));
            let own = self.declared.types.iter().filter(|own| own.id == name);
            todo.extend(own.flat_map(|own| own.parents.iter().map(String::as_str)));
        }
        false
    }

    /// The type that the end of a file's name stands for.
    pub(crate) fn of_file(&self, name: &str) -> FileType {
        let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
        let own = self.declared.types.iter().find(|own| own.extensions.iter().any(|e| e.eq_ignore_ascii_case(&end)));
        if let Some(own) = own.filter(|_| !end.is_empty()) {
            return FileType { uniform: own.id.clone(), mime: own.mimes.first().cloned().unwrap_or_default() };
        }
        let known = KNOWN.iter().find(|(_, _, ends, _)| ends.contains(&end.as_str()));
        match known {
            Some((id, _, _, mimes)) => {
                FileType { uniform: (*id).to_owned(), mime: mimes.first().copied().unwrap_or_default().to_owned() }
            }
            None => FileType { uniform: "general.file".to_owned(), mime: "application/octet-stream".to_owned() },
        }
    }

    /// Whether a skill's type takes a file.
    pub(crate) fn accepts(&self, offered: &str, file: &FileType) -> bool {
        let offered = offered.trim();
        if offered == "*/*" || matches!(offered, "general.entity" | "general.object" | "general.file") {
            return true;
        }
        if let Some(media) = offered.strip_suffix('*') {
            return file.mime.starts_with(&media.to_ascii_lowercase());
        }
        offered.eq_ignore_ascii_case(&file.mime)
            || self.is_a(&file.uniform, offered)
            || self.mimes(offered).contains(&file.mime)
    }
}

/// Whether the platform's own types have this end of a name.
pub(super) fn is_known_extension(end: &str) -> bool {
    KNOWN.iter().any(|(_, _, ends, _)| ends.iter().any(|known| known.eq_ignore_ascii_case(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn declared() -> Declared {
        let tree = json!({ "UniformDataTypeDeclarations": [
            { "TypeId": "com.example.Drawing", "BelongingToTypes": ["general.image"], "FilenameExtensions": [".draw", "../x"],
              "Description": "A drawing" },
            { "typeId": "com.example.a", "belongingToTypes": ["com.example.b"], "mimeTypes": ["text/a", "bad type"] },
            { "typeId": "com.example.b", "belongingToTypes": ["com.example.a"] },
            { "no": "id" }, 7 ] });
        let types = types(&tree, "UniformDataTypeDeclarations");
        Declared { own: types.len(), types }
    }

    #[test]
    fn declarations_are_read_with_care() {
        let declared = declared();
        assert_eq!(declared.types.len(), 3);
        assert_eq!(declared.types[0].mimes, ["application/x-com.example.drawing"]);
        assert_eq!(declared.types[0].extensions, ["draw"]);
        assert_eq!(declared.types[1].mimes, ["text/a"]);
    }

    #[test]
    fn types_stand_for_those_below() {
        let declared = declared();
        let names = TypeNames::new(&declared);
        assert_eq!(names.mimes("general.png"), ["image/png"]);
        assert_eq!(names.mimes("Image/PNG"), ["image/png"]);
        let images = names.mimes("general.image");
        assert!(images.contains(&"image/jpeg".to_owned()), "{images:?}");
        assert!(images.contains(&"application/x-com.example.drawing".to_owned()), "{images:?}");
        assert!(names.mimes("audio/*").contains(&"audio/mpeg".to_owned()));
        assert_eq!(names.mimes("*/*"), Vec::<String>::new());
        assert_eq!(names.mimes("com.example.none"), Vec::<String>::new());
        assert_eq!(names.mimes("com.example.a"), ["text/a", "application/x-com.example.b"]);
    }

    #[test]
    fn files_are_known_by_their_names() {
        let declared = declared();
        let names = TypeNames::new(&declared);
        let photo = names.of_file("My.Photo.JPG");
        assert_eq!((photo.uniform.as_str(), photo.mime.as_str()), ("general.jpeg", "image/jpeg"));
        for offered in ["image/*", "*/*", "image/jpeg", "general.image", "general.file", "general.media"] {
            assert!(names.accepts(offered, &photo), "{offered}");
        }
        for offered in ["text/plain", "general.png", "general.video", "image/png", ""] {
            assert!(!names.accepts(offered, &photo), "{offered}");
        }
        assert!(names.accepts("general.image", &names.of_file("a.draw")));
        assert_eq!(names.of_file("README").mime, "application/octet-stream");
    }
}
