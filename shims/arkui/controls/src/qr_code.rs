//! `QRCode`: a text as a QR code.

use super::{content, square};
use concord_paint::kurbo::{BezPath, Rect, Shape};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct QrCode;

#[derive(Default)]
struct State {
    text: String,
    /// Modules row by row, and how many there are in each; empty where the text cannot be shown.
    dark: Vec<bool>,
    width: usize,
    color: Option<Color>,
    background: Option<Color>,
    opacity: Option<f32>,
}

/// Values of `ohos_qrcode_pattern` in the theme; they are the same in the dark.
const COLOR: Color = Color::from_argb(0xff18_2431);
const BACKGROUND: Color = Color::WHITE;
const SIDE: f32 = 240.0;
/// Characters that are shown; the platform cuts off the rest.
const MOST_CHARACTERS: usize = 512;

fn encode(state: &mut State, text: &str) {
    if state.text == text && state.width > 0 {
        return;
    }
    state.text = text.to_owned();
    let shown: String = text.chars().take(MOST_CHARACTERS).collect();
    (state.width, state.dark) = match qrcode::QrCode::new(shown.as_bytes()) {
        Ok(_) if shown.is_empty() => (0, Vec::new()),
        Ok(code) => (code.width(), code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect()),
        Err(error) => {
            tracing::warn!(%error, characters = text.len(), "this text has no QR code");
            (0, Vec::new())
        }
    };
}

impl Component for QrCode {
    fn name(&self) -> &'static str {
        "QRCode"
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

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        let side = pass.tree.environment.vp(SIDE);
        let given = [constraint.ideal.width, constraint.ideal.height].into_iter().flatten();
        let side = given.fold(side, f32::min);
        constraint.fit(Size::new(side, side))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node).filter(|state| state.width > 0) else { return };
        let rect = content(tree, node);
        painter.fill_rect(rect, &Brush::Solid(state.background.unwrap_or(BACKGROUND)));
        let square = square(rect);
        // Whole pixels, so that no lines show between modules.
        let module = (square.width() / state.width as f64).floor();
        if module < 1.0 {
            return;
        }
        let side = module * state.width as f64;
        let origin = (square.center() - concord_paint::kurbo::Vec2::new(side / 2.0, side / 2.0)).round();
        let mut path = BezPath::new();
        for (row, modules) in state.dark.chunks(state.width).enumerate() {
            let y = origin.y + row as f64 * module;
            let mut column = 0;
            // Neighbours are drawn as one.
            for run in modules.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let x = origin.x + column as f64 * module;
                    let bar = Rect::new(x, y, x + run.len() as f64 * module, y + module);
                    path.extend(bar.path_elements(0.1));
                }
                column += run.len();
            }
        }
        let color = state.color.unwrap_or(COLOR).multiply_alpha(state.opacity.unwrap_or(1.0));
        painter.fill(path, &Brush::Solid(color));
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("value", state.text.as_str());
        out.color("color", state.color.unwrap_or(COLOR));
        out.color("backgroundColor", state.background.unwrap_or(BACKGROUND));
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let text = match args.get(0) {
                Value::String(text) => text.to_string(),
                Value::Number(number) => number.to_string(),
                _ => String::new(),
            };
            node.restyle(|state: &mut State| encode(state, &text))
        },
    },
    Method {
        name: "color",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.color, parse_color(args.get(0)))),
    },
    Method {
        name: "backgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.background, parse_color(args.get(0)))),
    },
    Method {
        name: "contentOpacity",
        apply: |node, args| {
            let opacity = args.get(0).as_f32().map(|opacity| opacity.clamp(0.0, 1.0));
            node.redraw(|state: &mut State| put(&mut state.opacity, opacity))
        },
    },
];
