//! `ImageSpan`: a picture in a text.

use concord_paint::{ColorMatrix, Filter, LayerStyle, Painter, Sampling, kurbo};
use concord_text::PlaceholderAlign;
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct ImageSpan;

/// How a picture lies in its box: those of `ImageFit` that differ here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Fit {
    Contain,
    #[default]
    Cover,
    Fill,
    None,
}

#[derive(Default)]
struct State {
    source: Option<Source>,
    align: PlaceholderAlign,
    fit: Fit,
    /// `colorFilter`.
    filter: Option<Box<ColorMatrix>>,
    /// Shown when there is no picture (`alt`).
    alt: Option<Source>,
    /// Read when the node is measured first.
    picture: Option<Rc<Loaded>>,
    /// Whether reading was tried.
    read: bool,
}

/// Where a box in a text stands in its line.
pub(crate) fn box_align(tree: &Tree, node: NodeId) -> PlaceholderAlign {
    ImageSpan::align(tree, node)
}

impl ImageSpan {
    /// Where a box in a text stands in its line; that of other components is the default.
    pub(super) fn align(tree: &Tree, node: NodeId) -> PlaceholderAlign {
        tree.state::<State>(node).map_or(PlaceholderAlign::Bottom, |state| state.align)
    }

    /// Reads the picture, and tells the app how that went.
    fn read(pass: &mut Pass<'_>, node: NodeId) {
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let Some(source) = state.source.clone().filter(|_| !state.read) else { return };
        state.read = true;
        let loaded = pass.tree.pictures.load(&source, pass.host);
        let density = f64::from(pass.tree.environment.density);
        match &loaded {
            Ok(picture) => {
                let (width, height) = picture.size();
                let (width, height) = (f64::from(width), f64::from(height));
                let number = Value::Number;
                let event = Value::object([
                    ("width", number(width)),
                    ("height", number(height)),
                    ("componentWidth", number(width / density)),
                    ("componentHeight", number(height / density)),
                    ("loadingStatus", number(1.0)),
                    ("contentWidth", number(width)),
                    ("contentHeight", number(height)),
                    ("contentOffsetX", number(0.0)),
                    ("contentOffsetY", number(0.0)),
                ]);
                pass.tree.emit_event(node, "onComplete", vec![event]);
            }
            Err(error) => {
                tracing::warn!(%error, "an ImageSpan has no picture");
                let event = Value::object([
                    ("componentWidth", Value::Number(0.0)),
                    ("componentHeight", Value::Number(0.0)),
                    ("message", Value::text(error.to_string())),
                ]);
                pass.tree.emit_event(node, "onError", vec![event]);
            }
        }
        let picture = match loaded {
            Ok(picture) => Some(picture),
            Err(_) => pass
                .tree
                .state::<State>(node)
                .and_then(|state| state.alt.clone())
                .and_then(|alt| pass.tree.pictures.load(&alt, pass.host).ok()),
        };
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.picture = picture;
        }
    }
}

impl Component for ImageSpan {
    fn name(&self) -> &'static str {
        "ImageSpan"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        ImageSpan::read(pass, node);
        let picture = pass.tree.state::<State>(node).and_then(|state| state.picture.as_ref());
        let Some(picture) = picture else { return Size::ZERO };
        let (width, height) = picture.size();
        // One given extent decides on the other.
        match (constraint.ideal.width, constraint.ideal.height) {
            (Some(given), None) => Size::new(given, given * height / width),
            (None, Some(given)) => Size::new(given * width / height, given),
            _ => Size::new(width, height),
        }
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        let (Some(state), Some(node)) = (tree.state::<State>(id), tree.get(id)) else { return };
        let Some(picture) = &state.picture else { return };
        let content = super::to_paint(&node.layout.content());
        let (width, height) = picture.size();
        let own = kurbo::Size::new(f64::from(width), f64::from(height));
        let (x, y) = (content.width() / own.width, content.height() / own.height);
        let (x, y) = match state.fit {
            Fit::Fill => (x, y),
            Fit::Contain => (x.min(y), x.min(y)),
            Fit::Cover => (x.max(y), x.max(y)),
            Fit::None => (1.0, 1.0),
        };
        let target = kurbo::Rect::from_center_size(content.center(), (own.width * x, own.height * y));
        let Some(pixels) = picture.picture(target.width() as f32, target.height() as f32, None) else { return };
        painter.save();
        painter.clip_rect(content);
        if let Some(matrix) = &state.filter {
            let filters = vec![Filter::Matrix(**matrix)];
            painter.push_layer(LayerStyle { filters, ..LayerStyle::default() });
        }
        painter.picture(&pixels, pixels.rect(), target, Sampling::default(), None);
        if state.filter.is_some() {
            painter.pop_layer();
        }
        painter.restore();
    }
}

/// A `ColorFilter`, or its 20 numbers.
fn color_matrix(value: &Value) -> Option<Box<ColorMatrix>> {
    let numbers = value.as_array().or(value.get("value").as_array())?;
    let numbers: Vec<f32> = numbers.iter().filter_map(Value::as_f32).collect();
    Some(Box::new(ColorMatrix(numbers.try_into().ok()?)))
}

fn create(node: &mut concord_ui::Setter<'_>, args: Args<'_>) -> Value {
    let source = Source::from_value(args.get(0));
    node.restyle(|state: &mut State| {
        state.source = source;
        state.read = false;
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "verticalAlign",
        apply: |node, args| {
            let align = match args.get(0).as_i32() {
                Some(1) => PlaceholderAlign::Top,
                Some(2) => PlaceholderAlign::Center,
                Some(4) => PlaceholderAlign::Baseline,
                _ => PlaceholderAlign::Bottom,
            };
            node.restyle(|state: &mut State| put(&mut state.align, align))
        },
    },
    Method {
        name: "objectFit",
        apply: |node, args| {
            let fit = match args.get(0).as_i32() {
                Some(0) => Fit::Contain,
                Some(3) => Fit::Fill,
                Some(5) => Fit::None,
                _ => Fit::Cover,
            };
            node.redraw(|state: &mut State| put(&mut state.fit, fit))
        },
    },
    Method {
        name: "colorFilter",
        apply: |node, args| {
            let filter = color_matrix(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.filter, filter))
        },
    },
    Method {
        name: "alt",
        apply: |node, args| {
            let alt = Source::from_value(args.get(0));
            node.restyle(|state: &mut State| {
                state.alt = alt;
                state.read = false;
            })
        },
    },
    // Everything that a picture of vectors can hold is shown.
    Method { name: "supportSvg2", apply: |_, _| Value::Undefined },
    Method { name: "onComplete", apply: |node, args| node.handler("onComplete", args) },
    Method { name: "onError", apply: |node, args| node.handler("onError", args) },
];
