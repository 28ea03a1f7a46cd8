//! `Radio`: one of a group, of which one at most is chosen.

use super::checkbox::{self, frame_color};
use super::choice::{self, Choosable, Chosen};
use super::{EMPHASIZE, PRESSED, content, members, square, tell, tick};
use concord_paint::kurbo::{Cap, Circle, Join, Rect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct Radio;

#[derive(Default)]
struct State {
    chosen: Chosen,
    value: Option<Rc<str>>,
    group: Option<Rc<str>>,
    /// `RadioIndicatorType.DOT` instead of a tick.
    dot: bool,
    checked: Option<Color>,
    unchecked: Option<Color>,
    indicator: Option<Color>,
}

/// The dot by the size of the button.
const DOT: f64 = 0.5;

impl Choosable for State {
    fn chosen(&mut self) -> &mut Chosen {
        &mut self.chosen
    }
}

fn set(tree: &mut Tree, node: NodeId, on: bool) {
    let Some(bound) = choice::turn::<State>(tree, node, on) else { return };
    let group = tree.state::<State>(node).and_then(|state| state.group.clone());
    if on && group.is_some() {
        for other in members(tree, node, |state: &State| state.chosen.on && state.group == group) {
            if other != node {
                set(tree, other, false);
            }
        }
    }
    tell(tree, node, bound.as_ref(), vec![Value::Bool(on)]);
}

impl Component for Radio {
    fn name(&self) -> &'static str {
        "Radio"
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
        checkbox::looks(tree, node)
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        checkbox::measure(&pass.tree.environment, constraint)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let vp = |vp: f32| f64::from(environment.vp(vp));
        let shape = square(content(tree, node));
        let center = shape.center();
        let radius = shape.width() / 2.0;
        let circle = |radius: f64| Circle::new(center, radius.max(0.0)).to_path(0.1);
        if state.chosen.on {
            painter.fill(circle(radius), &Brush::Solid(state.checked.unwrap_or(EMPHASIZE.of(environment))));
            let brush = Brush::Solid(state.indicator.unwrap_or(Color::WHITE));
            if state.dot {
                painter.fill(circle(radius * DOT), &brush);
            } else {
                let stroke = Stroke::new(vp(2.0)).with_caps(Cap::Round).with_join(Join::Round);
                let inner = Rect::from_center_size(center, (shape.width(), shape.height()));
                painter.stroke(tick(inner), &stroke, &brush);
            }
        } else {
            let width = vp(1.0);
            let color = state.unchecked.unwrap_or(frame_color(environment));
            painter.stroke(circle(radius - width / 2.0), &Stroke::new(width), &Brush::Solid(color));
        }
        if tree.ui_state(node).has(UiState::PRESSED) {
            painter.fill(circle(radius), &Brush::Solid(PRESSED.of(environment)));
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        // What is chosen stays so until another one is.
        set(pass.tree, node, true);
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let value = state.value.clone().map_or(Value::text(""), Value::String);
        Some(Value::object([("value", value), ("checked", Value::Bool(state.chosen.on))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.flag("checked", state.chosen.on);
        out.text("value", state.value.as_deref().unwrap_or_default());
        out.text("group", state.group.as_deref().unwrap_or_default());
    }
}

static COMMANDS: &[Method] = &[Method {
    name: "triggerChange",
    apply: |node, args| {
        set(node.tree, node.node, args.get(0).as_bool() == Some(true));
        Value::Undefined
    },
}];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let text = |name: &str| options.get(name).as_str().map(Rc::from);
            node.restyle(|state: &mut State| {
                state.value = text("value");
                state.group = text("group");
                state.dot = options.get("indicatorType").as_i32() == Some(1);
            })
        },
    },
    Method { name: "checked", apply: |node, args| choice::told::<State>(node, args, set) },
    Method {
        name: "radioStyle",
        apply: |node, args| {
            let style = args.get(0);
            node.redraw(|state: &mut State| {
                state.checked = parse_color(style.get("checkedBackgroundColor"));
                state.unchecked = parse_color(style.get("uncheckedBorderColor"));
                state.indicator = parse_color(style.get("indicatorColor"));
            })
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];
