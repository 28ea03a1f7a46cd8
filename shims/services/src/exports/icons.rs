//! Icons of menu entries, in the sizes of the hicolor theme.

use super::Export;
use super::desktop_entry::Entry;
use super::labels::{referred, table};
use concord_abi::hap::resources::Qualifiers;
use concord_package::{Package, PackageSet};
use serde_json::Value;

/// Sizes in px that desktops look for.
const SIZES: [u32; 13] = [16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 192, 256, 512];

/// An icon as a package has it: bytes of picture files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Icon {
    /// One picture, which brings its shape along.
    Picture(Vec<u8>),
    /// A layered icon: the foreground on the background, in the shape of the platform's icons.
    Layers {
        /// What is behind, if anything.
        background: Option<Vec<u8>>,
        /// What is in front, if anything.
        foreground: Option<Vec<u8>>,
    },
}

/// Draws icons.
pub trait DrawIcons {
    /// PNG files of an icon, `sizes` px to a side each.
    ///
    /// # Errors
    /// When a picture cannot be read; says which and why.
    fn draw(&self, icon: &Icon, sizes: &[u32]) -> Result<Vec<Vec<u8>>, String>;
}

/// The files of an entry's icon.
pub(super) fn export(
    set: &PackageSet,
    entry: &Entry<'_>,
    draw: &dyn DrawIcons,
    warnings: &mut Vec<String>,
) -> Vec<Export> {
    let mut files = Vec::new();
    let Some(icon) = find(set, entry) else { return files };
    match draw.draw(&icon, &SIZES) {
        Ok(pictures) => {
            for (size, png) in SIZES.iter().zip(pictures) {
                files.push(Export::new(format!("icons/hicolor/{size}x{size}/apps/{}.png", entry.stem), png));
            }
            if let Icon::Picture(bytes) = icon
                && is_svg(&bytes)
            {
                files.push(Export::new(format!("icons/hicolor/scalable/apps/{}.svg", entry.stem), bytes));
            }
        }
        Err(error) => warnings.push(format!("the icon of {} cannot be drawn: {error}", entry.ability.name)),
    }
    files
}

/// Whether an entry has an icon.
pub(super) fn find(set: &PackageSet, entry: &Entry<'_>) -> Option<Icon> {
    let ability = entry.ability;
    let own = load(entry.package, ability.icon_id, &ability.icon);
    own.or_else(|| {
        let app = &set.entry().module().app;
        load(set.entry(), app.icon_id, &app.icon)
    })
}

fn load(package: &Package, id: u32, reference: &str) -> Option<Icon> {
    let (entry, bytes) = media(package, id, reference)?;
    if !entry.ends_with(".json") {
        return Some(Icon::Picture(bytes));
    }
    let tree: Value = serde_json::from_slice(&bytes).ok()?;
    let layers = tree.get("layered-image")?;
    let layer = |name: &str| {
        let (_, bytes) = media(package, 0, layers.get(name)?.as_str()?)?;
        Some(bytes)
    };
    let (background, foreground) = (layer("background"), layer("foreground"));
    (background.is_some() || foreground.is_some()).then_some(Icon::Layers { background, foreground })
}

/// The largest version of a media resource: the name of its entry, and its bytes.
fn media(package: &Package, id: u32, reference: &str) -> Option<(String, Vec<u8>)> {
    let table = table(package)?;
    let id = if id != 0 { id } else { referred(table, reference)? };
    let device = Qualifiers { density: Some(640), ..Qualifiers::default() };
    let value = table.text(id, &device).ok()?;
    let entry = package.resource_entry(&value);
    let bytes = package.read(entry).ok().flatten()?;
    Some((entry.to_owned(), bytes.to_vec()))
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(512)).unwrap_or_default()).into_owned();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<svg") || start.starts_with("<?xml") && start.contains("<svg")
}
