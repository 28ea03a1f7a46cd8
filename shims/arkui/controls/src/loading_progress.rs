//! `LoadingProgress`: a ring with a comet around it, which says that something goes on.
//!
//! What it shows follows from the time of the frame. It asks for frames only while somebody looks: an app that only waits is
//! idle, and tests of it come to an end. In every frame that is drawn for another reason, the comet is where it has to be.

use super::{Bound, arc, content, fill_square, square};
use concord_paint::kurbo::{Circle, Point, Shape, Stroke, Vec2};
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
pub(crate) struct LoadingProgress;

#[derive(Debug, Clone, Copy, Default)]
struct State {
    color: Option<Color>,
    still: bool,
}

/// Values of `ohos_progress_pattern` in the theme; lengths are parts of a side of 40 vp.
const COLOR: Color = Color::from_argb(0xff66_6666);
const COLOR_DARK: Color = Color::from_argb(0xffa9_a9a9);
const SIDE: f64 = 40.0;
const RING: f64 = 10.5;
const RING_WIDTH: f64 = 2.8;
const ORBIT: f64 = 17.0;
const COMET: f64 = 3.0;
const TAIL: u32 = 12;
const TAIL_DEGREES: f64 = 60.0;
/// Once around, in ms.
const TURN: f64 = 1200.0;

impl Component for LoadingProgress {
    fn name(&self) -> &'static str {
        "LoadingProgress"
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
        fill_square(constraint, pass.tree.environment.vp(SIDE as f32))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        turn(pass.tree, node);
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        if pass.tree.is_shown(node) {
            pass.tree.mark_paint(node);
        }
        turn(pass.tree, node);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node).filter(|state| !state.still) else { return };
        let square = square(content(tree, node));
        let unit = square.width() / SIDE;
        let center = square.center();
        let color = state.color.unwrap_or(if tree.environment.dark { COLOR_DARK } else { COLOR });
        let stroke = Stroke::new(RING_WIDTH * unit);
        painter.stroke(arc(center, RING * unit, 0.0, 360.0), &stroke, &Brush::Solid(color));
        let turned = 360.0 * (tree.now / TURN).fract();
        for step in 0..TAIL {
            let part = f64::from(step) / f64::from(TAIL);
            let angle = (turned - TAIL_DEGREES * part - 90.0).to_radians();
            // The orbit is seen from the side.
            let offset = Vec2::new(angle.cos() * ORBIT, angle.sin() * ORBIT * 0.6) * unit;
            let at: Point = center + offset;
            let faded = color.multiply_alpha(if step == 0 { 1.0 } else { 0.3 * (1.0 - part as f32) });
            painter.fill(Circle::new(at, COMET * unit * (1.0 - part * 0.5)).to_path(0.1), &Brush::Solid(faded));
        }
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([("enableLoading", Value::Bool(!state.still))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.color("color", state.color.unwrap_or(if tree.environment.dark { COLOR_DARK } else { COLOR }));
        out.flag("enableLoading", !state.still);
    }
}

/// Asks for the next frame, as long as it turns.
fn turn(tree: &mut Tree, node: NodeId) {
    if tree.state::<State>(node).is_some_and(|state| !state.still) {
        tree.tick_while_watched(node, 1.0);
    }
}

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method { name: "create", apply: super::without_effect },
    Method {
        name: "color",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.color, parse_color(args.get(0)))),
    },
    Method {
        name: "enableLoading",
        apply: |node, args| {
            let on = Bound::args(args).value.as_bool() != Some(false);
            node.restyle(|state: &mut State| put(&mut state.still, !on))
        },
    },
];
