//! Opens the fonts of a list of places, and tells what was found.

use std::fmt;
use std::path::PathBuf;

use parley::fontique::Collection;

use super::places::{self, Place, Role};

/// What was found where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontsStatus {
    /// One entry per place, in order.
    pub places: Vec<PlaceStatus>,
    /// Family used for text that asks for none; `None` if there is no font at all, and text is drawn as boxes.
    pub default_family: Option<String>,
    /// Colour emoji.
    pub emoji_family: Option<String>,
    /// Icons of the platform (`SymbolGlyph`).
    pub symbol_family: Option<String>,
}

/// What was found at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceStatus {
    /// What the fonts are for.
    pub role: Role,
    /// What was looked for: a file name, or the folders of `CONCORD_FONTS`.
    pub wanted: String,
    /// The files that were found.
    pub files: Vec<PathBuf>,
}

impl FontsStatus {
    /// Is anything missing that apps need, and what helps?
    pub fn remedy(&self) -> Option<String> {
        let mut packages = Vec::new();
        if self.default_family.as_deref() != Some(places::DEFAULT_FAMILY) {
            packages.push("fonts-noto-cjk");
        }
        if self.emoji_family.is_none() {
            packages.push("fonts-noto-color-emoji");
        }
        (!packages.is_empty()).then(|| {
            format!(
                "run scripts/setup, or install {} (or name fonts in {})",
                packages.join(" and "),
                places::FONTS_VARIABLE
            )
        })
    }
}

impl fmt::Display for FontsStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |family: &Option<String>| family.clone().unwrap_or_else(|| "none".to_owned());
        write!(
            f,
            "text {}, emoji {}, symbols {}",
            name(&self.default_family),
            name(&self.emoji_family),
            name(&self.symbol_family)
        )
    }
}

/// Makes the fonts of `places` known to `collection`. Files are mapped, and only their tables of names and characters
/// are looked at.
pub(super) fn load(places: &[Place], collection: &mut Collection) -> FontsStatus {
    let mut status = FontsStatus::default();
    for place in places {
        let files = place.files();
        for file in &files {
            collection.load_fonts_from_paths([file]);
        }
        let wanted = if place.file.is_empty() {
            place.folders.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(":")
        } else {
            place.file.to_owned()
        };
        status.places.push(PlaceStatus { role: place.role, wanted, files });
    }
    let mut first =
        |names: &[&str]| names.iter().find(|name| collection.family_id(name).is_some()).map(|name| (*name).to_owned());
    status.default_family = first(&["HarmonyOS Sans", places::DEFAULT_FAMILY, places::LAST_RESORT_FAMILY]);
    status.emoji_family = first(&[places::EMOJI_FAMILY]);
    status.symbol_family = first(&[places::SYMBOL_FAMILY]);
    tracing::debug!(%status, "fonts");
    if let Some(remedy) = status.remedy() {
        tracing::warn!("fonts are missing, text will look wrong: {remedy}");
    }
    status
}
