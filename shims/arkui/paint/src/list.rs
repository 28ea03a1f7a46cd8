//! Display lists: what is to be drawn, as plain data.

use std::fmt;
use std::sync::Arc;

use vello_cpu::kurbo::{Affine, BezPath, Rect, RoundedRect, Stroke, Vec2};
use vello_cpu::peniko::FontData;

use crate::geometry::NOWHERE;
use crate::{BlendMode, Brush, Color, Filter, Matrix4, Picture};

/// Lists nested deeper than this are not drawn; replaying one takes stack.
pub(crate) const MAX_DEPTH: u32 = 400;

/// How pictures are scaled. ArkUI's `ImageInterpolation` None, Low, Medium, High are these in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sampling {
    /// The nearest pixel.
    Nearest,
    /// Between four pixels.
    Linear,
    /// Between four pixels of a copy that was halved as often as needed: no shimmering when it is made much smaller.
    #[default]
    Mipmap,
    /// Between sixteen pixels.
    Cubic,
}

/// Which parts of a path that crosses itself are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FillRule {
    /// Where the path winds around.
    #[default]
    NonZero,
    /// Where the path is crossed an odd number of times on the way out.
    EvenOdd,
}

/// A glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Glyph {
    /// The font's number of it.
    pub id: u32,
    /// Its origin in the coordinates of the run, px.
    pub x: f32,
    /// The baseline there, px.
    pub y: f32,
}

/// Glyphs of one font at one size. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// The font; its identity is the identity of its data, so keep and clone one per font.
    pub font: FontData,
    /// Px per em.
    pub size: f32,
    /// The glyphs.
    pub glyphs: Arc<[Glyph]>,
    /// Where on its axes a variable font is: 2.14 fixed-point numbers.
    pub normalized_coords: Arc<[i16]>,
    /// Slant for a font that has no italic: tangent of the angle to the right, 0.0 for none.
    pub skew: f32,
    /// Widening of strokes for a font that has no bold, px on each side; 0.0 for none.
    pub embolden: f32,
    /// Only outlines of this width, px; none is filled (`textBackgroundStyle`, `strokeText`).
    pub outline: Option<f32>,
}

/// How a mask is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MaskMode {
    /// By opacity.
    #[default]
    Alpha,
    /// By brightness times opacity.
    Luminance,
}

/// What a layer is shown through.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// What is drawn, in the coordinates in which the layer is pushed.
    pub content: DisplayList,
    /// How it is read.
    pub mode: MaskMode,
}

/// How a layer is put on what is below it: filters first, then mask, clip, opacity and blend mode.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerStyle {
    /// 0.0 to 1.0.
    pub opacity: f32,
    /// How it is blended. A mode that does not leave uncovered places as they were acts on everything inside the clip.
    pub blend: BlendMode,
    /// Effects, applied in order.
    pub filters: Vec<Filter>,
    /// Shown through this.
    pub mask: Option<Mask>,
    /// Cut to this.
    pub clip: Option<BezPath>,
}

impl Default for LayerStyle {
    fn default() -> Self {
        Self { opacity: 1.0, blend: BlendMode::SrcOver, filters: Vec::new(), mask: None, clip: None }
    }
}

impl LayerStyle {
    /// A layer that is only more or less transparent.
    pub fn opacity(opacity: f32) -> Self {
        Self { opacity, ..Self::default() }
    }

    /// Whether a layer of this style draws what drawing without it would draw.
    pub fn is_plain(&self) -> bool {
        self.opacity >= 1.0
            && self.blend == BlendMode::SrcOver
            && self.mask.is_none()
            && self.clip.is_none()
            && self.filters.iter().all(Filter::is_identity)
    }
}

/// One step of a display list. State commands change the transform and the clip for what follows them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Command {
    Save,
    Restore,
    Transform(Affine),
    ClipRect(Rect),
    ClipPath(Arc<BezPath>, FillRule),
    FillRect(Rect, Brush),
    FillPath(Arc<BezPath>, FillRule, Brush),
    Stroke(Arc<(BezPath, Stroke)>, Brush),
    Shadow(Arc<Shadow>),
    Picture(Arc<PictureDraw>),
    Glyphs(Arc<(GlyphRun, Affine)>, Brush),
    Layer(Arc<(LayerStyle, DisplayList)>),
    Perspective(Arc<(Matrix4, DisplayList)>),
    Backdrop(Arc<(BezPath, Vec<Filter>)>),
    Append(DisplayList),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shadow {
    pub(crate) shape: ShadowShape,
    /// Standard deviation, px.
    pub(crate) sigma: f64,
    pub(crate) color: Color,
    pub(crate) offset: Vec2,
    pub(crate) fill: bool,
}

/// What throws a shadow.
#[derive(Debug, Clone, PartialEq)]
pub enum ShadowShape {
    /// A rectangle with rounded corners: fast where all radii are the same.
    Rounded(RoundedRect),
    /// Any path.
    Path(BezPath),
}

impl From<RoundedRect> for ShadowShape {
    fn from(shape: RoundedRect) -> Self {
        Self::Rounded(shape)
    }
}

impl From<Rect> for ShadowShape {
    fn from(shape: Rect) -> Self {
        Self::Rounded(RoundedRect::from_rect(shape, 0.0))
    }
}

impl From<BezPath> for ShadowShape {
    fn from(shape: BezPath) -> Self {
        Self::Path(shape)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PictureDraw {
    pub(crate) picture: Picture,
    pub(crate) source: Rect,
    pub(crate) target: Rect,
    pub(crate) sampling: Sampling,
    pub(crate) tint: Option<Color>,
}

/// A command and a rectangle of the list's own coordinates outside of which it changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) bounds: Rect,
    pub(crate) command: Command,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) items: Vec<Item>,
    pub(crate) bounds: Rect,
    /// 1 for a list without lists inside.
    pub(crate) depth: u32,
    /// Something inside reads the pixels below it: a backdrop, or a blend mode that erases.
    pub(crate) reads_back: bool,
    /// Something inside, at any depth, is repainted in a larger part than what was damaged: a backdrop, or a blurred layer.
    pub(crate) grows: bool,
}

/// What is to be drawn: plain data, cheap to clone, comparable. Made by a [`crate::Painter`].
#[derive(Clone)]
pub struct DisplayList(pub(crate) Arc<Inner>);

impl Default for DisplayList {
    fn default() -> Self {
        Self(Arc::new(Inner { items: Vec::new(), bounds: NOWHERE, depth: 1, reads_back: false, grows: false }))
    }
}

impl fmt::Debug for DisplayList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisplayList")
            .field("bounds", &self.0.bounds)
            .field("commands", &self.0.items.iter().map(|item| &item.command).collect::<Vec<_>>())
            .finish()
    }
}

impl PartialEq for DisplayList {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || (self.0.bounds == other.0.bounds && self.0.items == other.0.items)
    }
}

impl DisplayList {
    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.0.items.is_empty()
    }

    /// How many commands it has, not counting those inside layers and appended lists.
    pub fn len(&self) -> usize {
        self.0.items.len()
    }

    /// A rectangle, in the list's coordinates, outside of which nothing is changed; empty when nothing is.
    pub fn bounds(&self) -> Rect {
        self.0.bounds
    }

    /// Whether both are the same object: a quick test that never says yes wrongly.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// What has to be repainted when this list is drawn instead of `old`: rectangles in the list's coordinates, none when both draw
    /// the same. It is conservative: never too small.
    pub fn damage(&self, old: &Self) -> Vec<Rect> {
        crate::damage::between(self, old)
    }
}

impl Command {
    pub(crate) fn is_state(&self) -> bool {
        matches!(self, Self::Save | Self::Restore | Self::Transform(_) | Self::ClipRect(_) | Self::ClipPath(..))
    }
}
