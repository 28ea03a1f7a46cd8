//! Which glyphs can be drawn. The raster library trusts fonts; apps bring their own, which may be damaged.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use skrifa::color::{Brush, ColorPainter, CompositeMode, Transform};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::metrics::BoundingBox;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::list::GlyphRun;

/// Fonts (and places on their axes) that are remembered; then everything is checked anew.
const MAX_FONTS: usize = 256;
/// Glyph numbers of OpenType have 16 bits.
const GLYPHS: usize = 1 << 16;

/// The font's data, its number in a collection, the place on its axes.
type Key = (u64, u32, Arc<[i16]>);

/// What is known about the glyphs of fonts.
#[derive(Debug, Default)]
pub(super) struct Fonts(HashMap<Key, Option<Glyphs>>);

/// A bit for each glyph.
#[derive(Debug)]
struct Glyphs {
    known: Vec<u64>,
    drawable: Vec<u64>,
}

impl Fonts {
    /// Whether every glyph of a run can be drawn, or the numbers of those that can. None when the font cannot be read.
    pub(super) fn drawable(&mut self, run: &GlyphRun) -> Option<Vec<vello_cpu::Glyph>> {
        if self.0.len() >= MAX_FONTS {
            self.0.clear();
        }
        let font = FontRef::from_index(run.font.data.data(), run.font.index);
        let key = (run.font.data.id(), run.font.index, Arc::clone(&run.normalized_coords));
        let glyphs = self.0.entry(key).or_insert_with(|| {
            let readable = font.as_ref().is_ok_and(|font| font.head().is_ok());
            if !readable {
                tracing::warn!("a font cannot be read; its text is not drawn");
            }
            readable.then(|| Glyphs { known: vec![0; GLYPHS / 64], drawable: vec![0; GLYPHS / 64] })
        });
        let (Some(glyphs), Ok(font)) = (glyphs, font) else { return None };
        let mut drawable = Vec::with_capacity(run.glyphs.len());
        for glyph in run.glyphs.iter() {
            if glyphs.check(glyph.id, &font, &run.normalized_coords) {
                drawable.push(vello_cpu::Glyph { id: glyph.id, x: glyph.x, y: glyph.y });
            }
        }
        Some(drawable)
    }
}

impl Glyphs {
    fn check(&mut self, id: u32, font: &FontRef<'_>, coords: &[i16]) -> bool {
        let (index, bit) = (id as usize / 64, 1_u64 << (id % 64));
        let (Some(known), Some(drawable)) = (self.known.get_mut(index), self.drawable.get_mut(index)) else {
            return false;
        };
        if *known & bit == 0 {
            *known |= bit;
            if is_drawable(id, font, coords) {
                *drawable |= bit;
            } else {
                tracing::warn!("glyph {id} of a font is damaged and not drawn");
            }
        }
        *drawable & bit != 0
    }
}

/// Draws it to nowhere. Reading damaged tables may panic, too.
fn is_drawable(id: u32, font: &FontRef<'_>, coords: &[i16]) -> bool {
    let coords: Vec<NormalizedCoord> = coords.iter().map(|coord| NormalizedCoord::from_bits(*coord)).collect();
    let draw = || {
        let (glyph, location) = (GlyphId::new(id), LocationRef::new(&coords));
        if !has_sound_outline(glyph, font, location) {
            return false;
        }
        let Some(color) = font.color_glyphs().get(glyph) else { return true };
        let mut layers = Layers { font, location, sound: true };
        color.paint(location, &mut layers).is_ok() && layers.sound
    };
    catch_unwind(AssertUnwindSafe(draw)).unwrap_or(false)
}

/// A glyph without an outline (a space, a picture) is fine.
fn has_sound_outline(glyph: GlyphId, font: &FontRef<'_>, location: LocationRef<'_>) -> bool {
    let Some(outline) = font.outline_glyphs().get(glyph) else { return true };
    outline.draw(DrawSettings::unhinted(Size::unscaled(), location), &mut Nowhere).is_ok()
}

/// Looks at the layers of a colour glyph: other glyphs, filled with gradients that need colours.
struct Layers<'a> {
    font: &'a FontRef<'a>,
    location: LocationRef<'a>,
    sound: bool,
}

impl ColorPainter for Layers<'_> {
    fn push_transform(&mut self, _: Transform) {}
    fn pop_transform(&mut self) {}
    fn push_clip_glyph(&mut self, glyph: GlyphId) {
        self.sound &= has_sound_outline(glyph, self.font, self.location);
    }
    fn push_clip_box(&mut self, _: BoundingBox) {}
    fn pop_clip(&mut self) {}
    fn fill(&mut self, brush: Brush<'_>) {
        self.sound &= match brush {
            Brush::Solid { .. } => true,
            Brush::LinearGradient { color_stops, .. }
            | Brush::RadialGradient { color_stops, .. }
            | Brush::SweepGradient { color_stops, .. } => !color_stops.is_empty(),
        };
    }
    fn push_layer(&mut self, _: CompositeMode) {}
}

struct Nowhere;

impl OutlinePen for Nowhere {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
