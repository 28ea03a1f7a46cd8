//! `PatternLock`: nine dots that a finger connects. Dots are numbered 0 to 8, row by row.

use super::{EMPHASIZE, content, length, text_color};
use concord_paint::kurbo::{self, BezPath, Cap, Circle, Join, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::input::{TouchInput, TouchPhase, space};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(crate) struct PatternLock;

#[derive(Default)]
struct State {
    side: Option<Length>,
    radius: Option<Length>,
    regular: Option<Color>,
    selected: Option<Color>,
    active: Option<Color>,
    path: Option<Color>,
    path_width: Option<Length>,
    background: Option<Color>,
    keep: bool,
    skip: bool,
    /// Dots that are connected, in order.
    dots: Vec<u8>,
    /// Where the finger is, in the frame.
    finger: Option<Point>,
    ring: Option<Ring>,
    /// Whether a pattern was drawn and stays to be seen.
    done: bool,
    /// `setChallengeResult`.
    wrong: Option<bool>,
}

/// Values of `ohos_pattern_lock_pattern` in the theme.
const PATH: Color = Color::from_argb(0x3318_2431);
const PATH_DARK: Color = Color::from_argb(0x33ff_ffff);
const WRONG: Color = Color::from_argb(0xfffa_2a2d);
const SIDE: f32 = 288.0;
const RADIUS: f32 = 6.0;
/// The ring around a dot by its radius.
const RING: f32 = 11.0 / 6.0;
const PATH_WIDTH: f32 = 12.0;
/// How near a finger has to come to a dot, as a part of its cell.
const REACH: f64 = 0.3;

/// `CircleStyleOptions`: a ring around dots that are connected.
#[derive(Debug, Clone)]
struct Ring {
    color: Option<Color>,
    radius: Option<Length>,
    /// `enableForeground`: it lies above the path.
    above: bool,
}

impl Ring {
    fn from_value(value: &Value) -> Option<Ring> {
        value.as_object().map(|_| Ring {
            color: parse_color(value.get("color")),
            radius: length(value.get("radius")),
            above: value.get("enableForeground").as_bool() == Some(true),
        })
    }
}

/// Where dots are.
struct Board {
    origin: kurbo::Point,
    cell: f64,
}

impl Board {
    fn new(tree: &Tree, node: NodeId) -> Board {
        let square = super::square(content(tree, node));
        Board { origin: square.origin(), cell: square.width() / 3.0 }
    }

    fn dot(&self, dot: u8) -> kurbo::Point {
        let (row, column) = (f64::from(dot / 3), f64::from(dot % 3));
        kurbo::Point::new(self.origin.x + (column + 0.5) * self.cell, self.origin.y + (row + 0.5) * self.cell)
    }

    fn at(&self, point: Point) -> Option<u8> {
        let point = kurbo::Point::new(f64::from(point.x), f64::from(point.y));
        (0..9).find(|dot| self.dot(*dot).distance(point) <= self.cell * REACH)
    }
}

/// The dot in the middle of two others.
fn between(a: u8, b: u8) -> Option<u8> {
    let (rows, columns) = ((a / 3 + b / 3), (a % 3 + b % 3));
    (rows % 2 == 0 && columns % 2 == 0).then_some(rows / 2 * 3 + columns / 2).filter(|dot| *dot != a && *dot != b)
}

fn connect(tree: &mut Tree, node: NodeId, dot: u8) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let mut added = Vec::new();
    // A straight line takes the dot that it crosses along.
    let crossed = state.dots.last().and_then(|last| between(*last, dot)).filter(|_| !state.skip);
    for dot in crossed.into_iter().chain([dot]) {
        if !state.dots.contains(&dot) {
            state.dots.push(dot);
            added.push(dot);
        }
    }
    for dot in added {
        tree.emit_event(node, "onDotConnect", vec![Value::Number(f64::from(dot))]);
    }
}

fn reset(state: &mut State) {
    state.dots.clear();
    state.finger = None;
    state.done = false;
    state.wrong = None;
}

impl Component for PatternLock {
    fn name(&self) -> &'static str {
        "PatternLock"
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

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let environment = &pass.tree.environment;
        let side = pass.tree.state::<State>(node).and_then(|state| state.side.clone()).unwrap_or(Length::vp(SIDE));
        let side = side.resolve(environment, constraint.percent.width).unwrap_or(environment.vp(SIDE));
        constraint.fit(Size::new(side, side))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let px = |length: &Option<Length>, default: f32| {
            f64::from(length.as_ref().map_or(environment.vp(default), |length| length.to_px(environment)))
        };
        let board = Board::new(tree, node);
        if let Some(color) = state.background {
            painter.fill_rect(content(tree, node), &Brush::Solid(color));
        }
        if state.ring.as_ref().is_some_and(|ring| !ring.above) {
            paint_rings(state, &board, environment, painter);
        }
        let told = state.wrong.map(|wrong| if wrong { WRONG } else { EMPHASIZE.of(&tree.environment) });
        let width = px(&state.path_width, PATH_WIDTH).min(board.cell);
        if !state.dots.is_empty() && width > 0.0 {
            let mut path = BezPath::new();
            for (index, dot) in state.dots.iter().enumerate() {
                let at = board.dot(*dot);
                if index == 0 {
                    path.move_to(at);
                } else {
                    path.line_to(at);
                }
            }
            if let Some(finger) = state.finger {
                path.line_to((f64::from(finger.x), f64::from(finger.y)));
            }
            let color = state.path.unwrap_or(if environment.dark { PATH_DARK } else { PATH });
            let stroke = Stroke::new(width).with_caps(Cap::Round).with_join(Join::Round);
            painter.stroke(path, &stroke, &Brush::Solid(color));
        }
        if state.ring.as_ref().is_some_and(|ring| ring.above) {
            paint_rings(state, &board, environment, painter);
        }
        let radius = px(&state.radius, RADIUS).min(board.cell / 2.0);
        for dot in 0..9 {
            let plain = text_color(environment);
            let color = if !state.dots.contains(&dot) {
                state.regular.unwrap_or(plain)
            } else if state.finger.is_some() && state.dots.last() == Some(&dot) {
                state.active.unwrap_or(plain)
            } else {
                told.or(state.selected).unwrap_or(plain)
            };
            painter.fill(Circle::new(board.dot(dot), radius).to_path(0.1), &Brush::Solid(color));
        }
    }

    fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<PanAxis> {
        Some(PanAxis::Free)
    }

    fn on_pan(&self, _pass: &mut Pass<'_>, _node: NodeId, event: &PanEvent) -> Point {
        // Heard as touches; nothing around scrolls along.
        event.delta
    }

    fn on_touch(&self, pass: &mut Pass<'_>, node: NodeId, input: &TouchInput) {
        if !pass.tree.is_enabled(node) {
            return;
        }
        let at = space::to_local(pass.tree, node, input.position);
        let dot = Board::new(pass.tree, node).at(at);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        match input.phase {
            TouchPhase::Down | TouchPhase::Move => {
                if state.done && input.phase == TouchPhase::Down && !state.keep {
                    reset(state);
                }
                if state.done {
                    return;
                }
                state.finger = Some(at);
                if let Some(dot) = dot {
                    connect(pass.tree, node, dot);
                }
            }
            TouchPhase::Up | TouchPhase::Cancel => {
                state.finger = None;
                if !state.dots.is_empty() && !state.done {
                    state.done = true;
                    let dots = state.dots.iter().map(|dot| Value::Number(f64::from(*dot)));
                    let dots = Value::array(dots.collect::<Vec<_>>());
                    pass.tree.emit_event(node, "onPatternComplete", vec![dots]);
                }
            }
        }
        pass.tree.mark_paint(node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.flag("autoReset", !state.keep);
        out.color("activeColor", state.active.unwrap_or(text_color(&tree.environment)));
    }
}

fn color(node: &mut Setter<'_>, args: Args<'_>, which: fn(&mut State) -> &mut Option<Color>) -> Value {
    node.redraw(|state: &mut State| *which(state) = parse_color(args.get(0)))
}

/// The rings around dots that are connected, which are as large as says a wave that has come to rest.
fn paint_rings(state: &State, board: &Board, environment: &Environment, painter: &mut Painter) {
    let Some(ring) = &state.ring else { return };
    let dot = state.radius.as_ref().map_or(environment.vp(RADIUS), |radius| radius.to_px(environment));
    let radius = ring.radius.as_ref().map_or(dot * RING, |radius| radius.to_px(environment));
    let radius = f64::from(radius).min(board.cell / 2.0);
    let color = ring.color.unwrap_or(state.path.unwrap_or(if environment.dark { PATH_DARK } else { PATH }));
    for dot in &state.dots {
        painter.fill(Circle::new(board.dot(*dot), radius).to_path(0.1), &Brush::Solid(color));
    }
}

static COMMANDS: &[Method] = &[
    Method { name: "reset", apply: |node, _| node.redraw(reset) },
    Method {
        name: "setChallengeResult",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.wrong, args.get(0).as_i32().map(|result| result == 2)))
        },
    },
];

static METHODS: &[Method] = &[
    Method { name: "create", apply: super::without_effect },
    Method {
        name: "sideLength",
        apply: |node, args| {
            let side = Length::from_value(args.get(0), concord_ui::units::Unit::Vp);
            node.restyle(|state: &mut State| put(&mut state.side, side))
        },
    },
    Method {
        name: "circleRadius",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.radius, length(args.get(0)))),
    },
    Method { name: "regularColor", apply: |node, args| color(node, args, |state| &mut state.regular) },
    Method { name: "selectedColor", apply: |node, args| color(node, args, |state| &mut state.selected) },
    Method { name: "activeColor", apply: |node, args| color(node, args, |state| &mut state.active) },
    Method { name: "pathColor", apply: |node, args| color(node, args, |state| &mut state.path) },
    Method { name: "backgroundColor", apply: |node, args| color(node, args, |state| &mut state.background) },
    Method {
        name: "pathStrokeWidth",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.path_width, length(args.get(0)))),
    },
    Method {
        name: "activateCircleStyle",
        apply: |node, args| node.redraw(|state: &mut State| state.ring = Ring::from_value(args.get(0))),
    },
    Method {
        name: "autoReset",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.keep, args.get(0).as_bool() == Some(false))),
    },
    Method {
        name: "skipUnselectedPoint",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.skip, args.get(0).as_bool() == Some(true))),
    },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onPatternComplete", "onDotConnect"];

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_line_takes_the_dot_that_it_crosses_along() {
        assert_eq!(between(0, 8), Some(4));
        assert_eq!(between(0, 2), Some(1));
        assert_eq!(between(6, 0), Some(3));
        assert_eq!(between(0, 1), None);
        assert_eq!(between(0, 5), None);
    }
}
