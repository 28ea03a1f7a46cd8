//! Pictures behind the content: `backgroundImage` and what says where and how large it is.

use super::{Alignment, LengthEdges};
use crate::change::{Change, put};
use crate::component::{Method, Setter};
use crate::geometry::{Point, Rect, Size};
use crate::pictures::{Loaded, PictureError, Source};
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Value};
use std::rc::Rc;

/// A picture behind the content.
#[derive(Debug, Default)]
pub struct BackgroundImage {
    /// Where it comes from.
    pub source: Option<Source>,
    /// What came of it; none until the next layout.
    pub loaded: Option<Result<Rc<Loaded>, PictureError>>,
    /// Along which axes it is repeated.
    pub repeat: (bool, bool),
    /// `backgroundImageResizable`: the edges that are not stretched.
    pub slices: Option<LengthEdges>,
    size: Extent,
    position: Place,
}

#[derive(Debug, Default, PartialEq)]
enum Extent {
    /// `ImageSize.Auto`: its own.
    #[default]
    Own,
    /// `ImageSize.Cover`.
    Cover,
    /// `ImageSize.Contain`.
    Contain,
    /// `ImageSize.FILL`.
    Fill,
    /// What is not said follows the shape of the picture.
    Lengths(Option<Length>, Option<Length>),
}

#[derive(Debug, PartialEq)]
enum Place {
    At(Length, Length),
    Aligned(Alignment),
}

impl Default for Place {
    fn default() -> Place {
        Place::At(Length::ZERO, Length::ZERO)
    }
}

impl BackgroundImage {
    /// Where a picture of this size (px) lies in a box.
    pub fn place(&self, own: Size, space: Size, environment: &Environment) -> Rect {
        let (x, y) = (space.width / own.width, space.height / own.height);
        let scaled = |scale: f32| Size::new(own.width * scale, own.height * scale);
        let size = match &self.size {
            Extent::Own => own,
            Extent::Cover => scaled(x.max(y)),
            Extent::Contain => scaled(x.min(y)),
            Extent::Fill => space,
            Extent::Lengths(width, height) => {
                let px = |length: &Option<Length>, reference: f32| {
                    length.as_ref().and_then(|length| length.resolve(environment, reference)).filter(|px| *px > 0.0)
                };
                match (px(width, space.width), px(height, space.height)) {
                    (Some(width), Some(height)) => Size::new(width, height),
                    (Some(width), None) => scaled(width / own.width),
                    (None, Some(height)) => scaled(height / own.height),
                    (None, None) => own,
                }
            }
        };
        let origin = match &self.position {
            Place::At(x, y) => Point::new(
                x.resolve(environment, space.width).unwrap_or(0.0),
                y.resolve(environment, space.height).unwrap_or(0.0),
            ),
            Place::Aligned(alignment) => {
                let (x, y) = alignment.factors(false);
                Point::new((space.width - size.width) * x, (space.height - size.height) * y)
            }
        };
        Rect { origin, size }
    }
}

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut BackgroundImage) -> C) -> Value {
    node.repaint(|common| change(common.background.image.get_or_insert_default()))
}

/// `backgroundImage(source, repeat?)`; later versions give `{repeat}` instead of the number.
fn image(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let source = Source::from_value(args.get(0));
    let options = args.get(1);
    let repeat = options.as_i32().or_else(|| options.get("repeat").as_i32()).unwrap_or(0);
    node.tree.wants_picture.push(node.node);
    change(node, |image| {
        image.repeat = (matches!(repeat, 1 | 3), matches!(repeat, 2 | 3));
        if image.source != source {
            image.loaded = None;
        }
        image.source = source;
    })
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "backgroundImage", apply: image },
    Method {
        name: "backgroundImageResizable",
        apply: |node, args| {
            let slice = args.get(0).get("slice");
            let slices = slice.as_object().map(|_| LengthEdges::from_value(slice));
            change(node, |image| put(&mut image.slices, slices))
        },
    },
    Method {
        name: "backgroundImageSize",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
            let size = match value.as_i32() {
                Some(1) => Extent::Cover,
                Some(2) => Extent::Contain,
                Some(3) => Extent::Fill,
                Some(_) => Extent::Own,
                None => Extent::Lengths(length("width"), length("height")),
            };
            change(node, |image| put(&mut image.size, size))
        },
    },
    Method {
        name: "backgroundImagePosition",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp).unwrap_or(Length::ZERO);
            let position = match Alignment::from_value(value).filter(|_| value.as_object().is_none()) {
                Some(alignment) => Place::Aligned(alignment),
                None => Place::At(length("x"), length("y")),
            };
            change(node, |image| put(&mut image.position, position))
        },
    },
];
