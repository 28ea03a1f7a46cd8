//! Where fonts are looked for, in order. The list is explicit: what a machine happens to have installed must not change
//! how an app looks.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Files and folders that come before all others, separated by `:`.
pub const FONTS_VARIABLE: &str = "CONCORD_FONTS";

/// What a font is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Named by the user in `CONCORD_FONTS`.
    Chosen,
    /// The platform's font: Latin, Greek, Cyrillic, Chinese, Japanese, Korean.
    Default,
    /// Colour emoji.
    Emoji,
    /// Whatever the default font lacks (Arabic, Hebrew, mathematics …).
    LastResort,
    /// Scripts that no other font has. Only adds to them, so that it never changes other text.
    Script,
}

/// One font file that would be used, if it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is for.
    pub role: Role,
    /// Folders in which the file may be, in order (distributions differ).
    pub folders: Vec<PathBuf>,
    /// The file's name; empty if `folders` names files and folders to take as a whole.
    pub file: &'static str,
}

impl Place {
    /// The files of this place that are there.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        if self.file.is_empty() {
            let mut found = Vec::new();
            for folder in &self.folders {
                collect(folder, 0, &mut found);
            }
            return found;
        }
        self.folders.iter().map(|folder| folder.join(self.file)).find(|path| path.is_file()).into_iter().collect()
    }
}

/// The family that stands in for the platform's own.
pub(super) const DEFAULT_FAMILY: &str = "Noto Sans CJK SC";
/// Emoji.
pub(crate) const EMOJI_FAMILY: &str = "Noto Color Emoji";
/// What has glyphs for most scripts of Europe and the Middle East, and symbols.
pub(super) const LAST_RESORT_FAMILY: &str = "DejaVu Sans";
/// The platform's icon font; there is no free one, so it is found only in `CONCORD_FONTS` or registered by the app.
pub(super) const SYMBOL_FAMILY: &str = "HM Symbol";

/// Names by which apps ask for the platform's font.
pub(super) fn is_default_alias(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "HarmonyOS Sans",
        "HarmonyOS Sans SC",
        "HarmonyOS Sans TC",
        "HarmonyOS-Sans",
        "HarmonyOS_Sans",
        "HarmonyOS_Sans_SC",
        "sans-serif",
        "system-ui",
    ];
    NAMES.iter().any(|alias| alias.eq_ignore_ascii_case(name))
}

/// Families for names that are not fonts but kinds of fonts.
pub(super) fn generic_alias(name: &str) -> Option<&'static str> {
    if name.eq_ignore_ascii_case("monospace") {
        Some("Noto Sans Mono CJK SC")
    } else if name.eq_ignore_ascii_case("serif") {
        Some("Noto Serif CJK SC")
    } else {
        None
    }
}

/// The places that are used when nothing else is asked for.
pub fn default_places() -> Vec<Place> {
    let mut places = Vec::new();
    if let Some(chosen) = env::var_os(FONTS_VARIABLE) {
        places.push(chosen_place(&chosen));
    }
    // Regular and bold only, even where more weights are installed: results shall not depend on it.
    for file in ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"]
    {
        places.push(Place {
            role: Role::Default,
            folders: folders(&[
                "/usr/share/fonts/opentype/noto",
                "/usr/share/fonts/noto-cjk",
                "/usr/share/fonts/google-noto-cjk",
                "/usr/share/fonts/truetype",
            ]),
            file,
        });
    }
    places.push(Place {
        role: Role::Emoji,
        folders: folders(&[
            "/usr/share/fonts/truetype/noto",
            "/usr/share/fonts/noto",
            "/usr/share/fonts/google-noto-color-emoji-fonts",
            "/usr/share/fonts/google-noto-emoji",
            "/usr/share/fonts/truetype",
        ]),
        file: "NotoColorEmoji.ttf",
    });
    for file in ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"] {
        places.push(Place {
            role: Role::LastResort,
            folders: folders(&[
                "/usr/share/fonts/truetype/dejavu",
                "/usr/share/fonts/TTF",
                "/usr/share/fonts/dejavu-sans-fonts",
                "/usr/share/fonts/truetype",
            ]),
            file,
        });
    }
    for file in SCRIPT_FILES {
        places.push(Place {
            role: Role::Script,
            folders: folders(&[
                "/usr/share/fonts/truetype/noto",
                "/usr/share/fonts/noto",
                "/usr/share/fonts/google-noto",
            ]),
            file,
        });
    }
    places
}

/// Fonts of scripts which none of the others has.
const SCRIPT_FILES: [&str; 14] = [
    "NotoSansThai-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansTelugu-Regular.ttf",
    "NotoSansKannada-Regular.ttf",
    "NotoSansMalayalam-Regular.ttf",
    "NotoSansGujarati-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansKhmer-Regular.ttf",
    "NotoSansMyanmar-Regular.ttf",
    "NotoSansSinhala-Regular.ttf",
    "NotoSansTibetan-Regular.ttf",
    "NotoSansMongolian-Regular.ttf",
];

/// The place that a value of `CONCORD_FONTS` stands for.
fn chosen_place(value: &OsStr) -> Place {
    Place {
        role: Role::Chosen,
        folders: env::split_paths(value).filter(|p| !p.as_os_str().is_empty()).collect(),
        file: "",
    }
}

fn folders(names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(PathBuf::from).collect()
}

/// Font files below `path`, in the order of their names.
fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    const MAX_DEPTH: usize = 4;
    const MAX_FILES: usize = 2000;
    if found.len() >= MAX_FILES {
        return;
    }
    if path.is_dir() {
        if depth > MAX_DEPTH {
            return;
        }
        let Ok(entries) = path.read_dir() else { return };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            collect(&path, depth + 1, found);
        }
    } else if path.extension().and_then(OsStr::to_str).is_some_and(is_font_extension) && path.is_file() {
        found.push(path.to_owned());
    }
}

fn is_font_extension(extension: &str) -> bool {
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| known.eq_ignore_ascii_case(extension))
}
