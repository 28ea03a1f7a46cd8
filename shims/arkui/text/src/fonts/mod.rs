//! Which fonts there are. See [`Fonts`].

mod places;
mod status;

use std::cell::{Ref, RefCell, RefMut};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FallbackKey, FamilyId, FontInfoOverride, Script};
use parley::fontique::{SourceCache, SourceCacheOptions, SourceKind};
use parley::{FontContext, FontData, FontStyle, GenericFamily, LayoutContext};

pub(crate) use places::EMOJI_FAMILY;
pub use places::{FONTS_VARIABLE, Place, Role, default_places};
pub use status::{FontsStatus, PlaceStatus};

/// The largest font that an app may register, in bytes.
const MAX_FONT_BYTES: usize = 64 << 20;
/// All fonts that an app registers together, in bytes.
const MAX_APP_BYTES: usize = 256 << 20;

/// Fonts in one file; real collections have about ten.
const MAX_FACES: u32 = 256;

/// Why a font was not registered.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FontError {
    /// No name was given.
    #[error("a font needs a family name")]
    NoName,
    /// The data has no font that can be used.
    #[error("the data for font family “{0}” is no TrueType or OpenType font")]
    NotAFont(String),
    /// More than fits.
    #[error(
        "font family “{family}” takes {bytes} bytes; one font may take {MAX_FONT_BYTES} bytes, all together {MAX_APP_BYTES}"
    )]
    TooLarge {
        /// The family.
        family: String,
        /// Its size.
        bytes: usize,
    },
}

/// A family and its regular face.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyInfo {
    /// Its name.
    pub family: String,
    /// The file it is in.
    pub path: PathBuf,
    /// 100 … 900.
    pub weight: u16,
    /// 100 is normal.
    pub width_percent: f32,
    /// Is it slanted?
    pub italic: bool,
}

/// Ascent and descent of the platform's font, in em (documented with the `adapter_text_height` metadata of module.json5).
/// All fonts which stand in for it are given these, so that lines are as high as on a device and do not depend on
/// the font that a character happens to be found in.
pub(crate) const SYSTEM_ASCENT: f32 = 0.928;
/// See [`SYSTEM_ASCENT`].
pub(crate) const SYSTEM_DESCENT: f32 = 0.244;

/// The fonts of an app: a shared handle, cheap to clone, for one thread.
///
/// Fonts are found in an explicit, ordered list of places ([`default_places`]), never by asking the system, so that the
/// same text looks the same everywhere. Nothing is opened before the first text is shaped; then files are mapped,
/// not read.
#[derive(Clone)]
pub struct Fonts(Rc<RefCell<State>>);

pub(crate) struct State {
    places: Vec<Place>,
    /// Opened on first use.
    contexts: Option<Contexts>,
    status: FontsStatus,
    /// Family name that the app registered → the name in the collection, and how large its data is.
    app_families: BTreeMap<String, (String, usize)>,
    /// Blobs of the app's fonts: those keep their own metrics.
    app_blobs: HashSet<u64>,
    /// Font data in use. Held so that its identity stays, by which glyph caches know it.
    loaded: Vec<FontData>,
    generation: u32,
}

/// What parley needs to work.
pub(crate) struct Contexts {
    pub(crate) font: FontContext,
    pub(crate) layout: LayoutContext<()>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new(default_places())
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Fonts {
    /// Fonts of these places, in this order. With none, text is laid out all the same, as boxes.
    pub fn new(places: Vec<Place>) -> Self {
        Self(Rc::new(RefCell::new(State {
            places,
            contexts: None,
            status: FontsStatus::default(),
            app_families: BTreeMap::new(),
            app_blobs: HashSet::new(),
            loaded: Vec::new(),
            generation: 0,
        })))
    }

    /// Makes a font of the app known by the name `family` (`@ohos.font.registerFont`). A family registered before under
    /// that name is replaced. Paragraphs that exist are shaped anew when they are laid out again.
    pub fn register(&self, family: &str, data: Vec<u8>) -> Result<(), FontError> {
        let family = family.trim();
        if family.is_empty() {
            return Err(FontError::NoName);
        }
        let mut state = self.state_mut();
        let others: usize =
            state.app_families.iter().filter(|(name, _)| *name != family).map(|(_, (_, size))| size).sum();
        let bytes = data.len();
        if bytes > MAX_FONT_BYTES || others.saturating_add(bytes) > MAX_APP_BYTES {
            return Err(FontError::TooLarge { family: family.to_owned(), bytes });
        }
        if faces(&data) > MAX_FACES {
            return Err(FontError::NotAFont(family.to_owned()));
        }
        state.generation += 1;
        // A name of its own per registration, because a collection adds to families and never replaces them.
        let name = format!("{family}\u{1}{}", state.generation);
        let blob = Blob::new(Arc::new(data));
        let blob_id = blob.id();
        let over = FontInfoOverride { family_name: Some(&name), ..FontInfoOverride::default() };
        if state.contexts().font.collection.register_fonts(blob, Some(over)).is_empty() {
            return Err(FontError::NotAFont(family.to_owned()));
        }
        state.app_families.insert(family.to_owned(), (name, bytes));
        state.app_blobs.insert(blob_id);
        Ok(())
    }

    /// Forgets a family of the app. Returns whether there was one.
    pub fn unregister(&self, family: &str) -> bool {
        let mut state = self.state_mut();
        let there = state.app_families.remove(family.trim()).is_some();
        if there {
            state.generation += 1;
        }
        there
    }

    /// The families that may be asked for (`font.getSystemFontList`), sorted, without the app's own.
    pub fn system_families(&self) -> Vec<String> {
        let mut state = self.state_mut();
        let names = state.contexts().font.collection.family_names();
        let mut names: Vec<String> = names.filter(|name| !name.contains('\u{1}')).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// What is known of a family: its regular face (`font.getFontByName`). Of the system's only, not of the app's own.
    pub fn family_info(&self, family: &str) -> Option<FamilyInfo> {
        let mut state = self.state_mut();
        if state.app_families.contains_key(family.trim()) {
            return None;
        }
        let name = state.family_name(family)?;
        let found = state.contexts().font.collection.family_by_name(&name)?;
        let face = found.default_font()?;
        let path = match face.source().kind() {
            SourceKind::Path(path) => path.to_path_buf(),
            SourceKind::Memory(_) => return None,
        };
        Some(FamilyInfo {
            family: found.name().to_owned(),
            path,
            weight: face.weight().value() as u16,
            width_percent: face.width().percentage(),
            italic: face.style() != FontStyle::Normal,
        })
    }

    /// Is there a font with the platform's symbols (`SymbolGlyph`)?
    pub fn has_symbols(&self) -> bool {
        self.state_mut().family_name(places::SYMBOL_FAMILY).is_some()
    }

    /// What was found where, for `concord doctor`. Looks for fonts if that has not happened yet.
    pub fn status(&self) -> FontsStatus {
        let mut state = self.state_mut();
        state.contexts();
        state.status.clone()
    }

    /// Changes whenever fonts do.
    pub(crate) fn generation(&self) -> u32 {
        self.state().generation
    }

    pub(crate) fn state(&self) -> Ref<'_, State> {
        self.0.borrow()
    }

    pub(crate) fn state_mut(&self) -> RefMut<'_, State> {
        self.0.borrow_mut()
    }
}

impl State {
    /// What shapes text; finds the fonts the first time.
    pub(crate) fn contexts(&mut self) -> &mut Contexts {
        let Self { contexts, places, status, .. } = self;
        contexts.get_or_insert_with(|| {
            let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
            *status = status::load(places, &mut collection);
            set_fallbacks(&mut collection);
            let source_cache = SourceCache::new(SourceCacheOptions { shared: true });
            Contexts { font: FontContext { collection, source_cache }, layout: LayoutContext::new() }
        })
    }

    /// The family in the collection that a name of the app's stands for.
    pub(crate) fn family_name(&mut self, name: &str) -> Option<String> {
        let name = name.trim().trim_matches(['"', '\'']);
        if let Some((internal, _)) = self.app_families.get(name) {
            return Some(internal.clone());
        }
        let collection = &mut self.contexts().font.collection;
        if collection.family_id(name).is_some() {
            return Some(name.to_owned());
        }
        if places::is_default_alias(name) {
            return Some(places::DEFAULT_FAMILY.to_owned());
        }
        places::generic_alias(name).filter(|alias| collection.family_id(alias).is_some()).map(str::to_owned)
    }

    /// The families to try for a style, best first.
    pub(crate) fn family_stack(&mut self, wanted: &[String]) -> Vec<String> {
        const MAX_FAMILIES: usize = 32;
        let mut stack: Vec<String> = Vec::with_capacity(wanted.len() + 1);
        let names = wanted.iter().take(MAX_FAMILIES).flat_map(|entry| entry.split(','));
        for name in names.map(str::to_owned).chain(["HarmonyOS Sans".to_owned()]) {
            if let Some(family) = self.family_name(&name)
                && !stack.contains(&family)
            {
                stack.push(family);
            }
        }
        stack
    }

    /// Does this font keep its own line metrics? Otherwise it stands in for the platform's.
    pub(crate) fn is_app_font(&self, font: &FontData) -> bool {
        self.app_blobs.contains(&font.data.id())
    }

    /// Holds on to font data that a paragraph uses.
    pub(crate) fn keep(&mut self, font: &FontData) {
        if !self.loaded.iter().any(|known| known.data.id() == font.data.id()) {
            self.loaded.push(font.clone());
        }
    }
}

/// How many fonts a collection claims to have; 1 for a file that is none.
fn faces(data: &[u8]) -> u32 {
    match (data.get(..4), data.get(8..12)) {
        (Some(b"ttcf"), Some(&[a, b, c, d])) => u32::from_be_bytes([a, b, c, d]),
        _ => 1,
    }
}

/// What is tried for a character after the families of the style.
fn set_fallbacks(collection: &mut Collection) {
    let ids = |collection: &mut Collection, names: &[&str]| -> Vec<FamilyId> {
        names.iter().filter_map(|name| collection.family_id(name)).collect()
    };
    let default = ids(collection, &[places::DEFAULT_FAMILY, places::LAST_RESORT_FAMILY]);
    let emoji = ids(collection, &[places::EMOJI_FAMILY]);
    collection.set_generic_families(GenericFamily::SansSerif, default.iter().copied());
    collection.set_generic_families(GenericFamily::Emoji, emoji.iter().copied());
    // Everything else, in the order of the places. The query consults the families of Han for every script.
    let all: Vec<FamilyId> = collection.family_ids().collect();
    let mut order = default;
    order.extend(emoji);
    let mut rest: Vec<(String, FamilyId)> = Vec::new();
    for id in all {
        if !order.contains(&id)
            && let Some(name) = collection.family_name(id)
        {
            rest.push((name.to_owned(), id));
        }
    }
    rest.sort();
    order.extend(rest.into_iter().map(|(_, id)| id));
    collection.set_fallbacks(FallbackKey::new(Script::from_bytes(*b"Hani"), None), order.into_iter());
}
