//! `borderImage`: a border made of a picture in nine parts, or of a gradient.

use super::gradient::GradientStyle;
use super::size::LengthEdges;
use crate::component::{Method, Setter};
use crate::geometry::{Edges, Size};
use crate::pictures::{Loaded, PictureError, Source};
use crate::units::{Environment, Length};
use crate::value::{Args, Value};
use std::rc::Rc;

/// A border made of a picture.
#[derive(Debug)]
pub struct BorderImage {
    /// The picture; none when there is a gradient.
    pub source: Option<Source>,
    /// What came of the picture; none until the next layout.
    pub loaded: Option<Result<Rc<Loaded>, PictureError>>,
    /// The gradient, when there is no picture.
    pub gradient: Option<GradientStyle>,
    /// How the edges are filled.
    pub repeat: Repeat,
    /// Whether the middle is drawn, too.
    pub fill: bool,
    slice: LengthEdges,
    width: LengthEdges,
    outset: LengthEdges,
}

/// `RepeatMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// The middle of the picture's edge, as often as it fits; the last one is cut off.
    Repeat,
    /// One, as long as it takes.
    #[default]
    Stretch,
    /// A whole number of them, made smaller or larger.
    Round,
    /// A whole number of them with space between.
    Space,
}

impl BorderImage {
    fn from_value(value: &Value) -> Option<BorderImage> {
        value.as_object()?;
        let repeat = match value.get("repeat").as_str() {
            Some("Repeat") => Repeat::Repeat,
            Some("Round") => Repeat::Round,
            Some("Space") => Repeat::Space,
            _ => Repeat::Stretch,
        };
        let source = Source::from_value(value.get("source"));
        Some(BorderImage {
            gradient: GradientStyle::linear(value.get("source")).filter(|_| source.is_none()),
            source,
            loaded: None,
            repeat,
            fill: value.get("fill").as_bool().unwrap_or(false),
            slice: LengthEdges::from_value(value.get("slice")),
            width: LengthEdges::from_value(value.get("width")),
            outset: LengthEdges::from_value(value.get("outset")),
        })
    }

    /// The parts of the edges of a picture of this size, px of the picture.
    pub fn slices(&self, environment: &Environment, own: Size) -> Edges {
        sides(&self.slice, environment, own)
    }

    /// How wide it is drawn around a box of this size; `border` are the widths of the node's border, px.
    pub fn widths(&self, environment: &Environment, size: Size, border: &Edges) -> Edges {
        if self.width == LengthEdges::default() { *border } else { sides(&self.width, environment, size) }
    }

    /// How far it lies outside of the box, px.
    pub fn outsets(&self, environment: &Environment, size: Size) -> Edges {
        sides(&self.outset, environment, size)
    }
}

/// Percentages are parts of the extent that an edge lies across.
fn sides(edges: &LengthEdges, environment: &Environment, size: Size) -> Edges {
    let px = |length: &Option<Length>, extent: f32| {
        length.as_ref().and_then(|length| length.resolve(environment, extent)).unwrap_or(0.0).max(0.0)
    };
    let (left, right) = edges.left_right(environment.right_to_left);
    Edges {
        left: px(left, size.width),
        top: px(&edges.top, size.height),
        right: px(right, size.width),
        bottom: px(&edges.bottom, size.height),
    }
}

fn set(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let mut image = BorderImage::from_value(args.get(0)).map(Box::new);
    if let (Some(new), Some(old)) = (&mut image, node.tree.get(node.node).and_then(|n| n.common.border_image.as_ref()))
        && new.source == old.source
    {
        new.loaded = old.loaded.clone();
    }
    node.tree.wants_picture.push(node.node);
    node.repaint(|common| common.border_image = image)
}

pub(super) static METHODS: &[Method] = &[Method { name: "borderImage", apply: set }];
