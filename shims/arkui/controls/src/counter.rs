//! `Counter`: something between two buttons, less and more.

use super::{DISABLED, content, text_color, track_color};
use concord_paint::kurbo::{Line, Rect, Shape, Stroke};
use concord_paint::{Brush, Painter};
use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use std::any::Any;

/// See the module.
pub(crate) struct Counter;

#[derive(Debug, Clone, Copy, Default)]
struct State {
    dec_disabled: bool,
    inc_disabled: bool,
}

/// Sizes in vp: the whole, and each button.
const WIDTH: f32 = 100.0;
const HEIGHT: f32 = 32.0;
const BUTTON: f32 = 32.0;

/// The width of a button in px of a content box.
fn button_width(tree: &Tree, width: f32) -> f32 {
    tree.environment.vp(BUTTON).min(width / 2.0)
}

impl Component for Counter {
    fn name(&self) -> &'static str {
        "Counter"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks {
            width: Some(Length::vp(WIDTH)),
            height: Some(Length::vp(HEIGHT)),
            radius: Some(Length::vp(4.0)),
            opacity: super::opacity(tree, node),
            ..Looks::default()
        }
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let vp = pass.tree.environment.vp(1.0);
        let size = constraint.fit(Size::new(WIDTH * vp, HEIGHT * vp));
        let button = button_width(pass.tree, size.width);
        let inner = Size::new((size.width - 2.0 * button).max(0.0), size.height);
        for child in pass.children(node) {
            pass.measure(child, &Constraint::up_to(inner));
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::Center);
        let button = button_width(pass.tree, content.size.width);
        let inner = Size::new((content.size.width - 2.0 * button).max(0.0), content.size.height);
        let right_to_left = pass.tree.is_right_to_left(node);
        for child in pass.children(node) {
            let outer = pass.outer(child);
            let (x, y) = alignment.factors(right_to_left);
            let at = Point::new(button + (inner.width - outer.width) * x, (inner.height - outer.height) * y);
            pass.place_child(child, content.origin + at);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let rect = content(tree, node);
        let button = f64::from(button_width(tree, rect.width() as f32));
        let vp = f64::from(environment.vp(1.0));
        let line = Brush::Solid(track_color(environment));
        let frame = Rect::new(rect.x0, rect.y0, rect.x1, rect.y1).inset(-vp / 2.0).to_rounded_rect(4.0 * vp);
        painter.stroke(frame.to_path(0.1), &Stroke::new(vp), &line);
        for x in [rect.x0 + button, rect.x1 - button] {
            painter.stroke(Line::new((x, rect.y0), (x, rect.y1)).to_path(0.1), &Stroke::new(vp), &line);
        }
        let right_to_left = tree.is_right_to_left(node);
        for (inc, disabled) in [(false, state.dec_disabled), (true, state.inc_disabled)] {
            let at_right = inc != right_to_left;
            let x = if at_right { rect.x1 - button / 2.0 } else { rect.x0 + button / 2.0 };
            let y = rect.center().y;
            let color = text_color(environment);
            let brush = Brush::Solid(if disabled { color.multiply_alpha(DISABLED) } else { color });
            let (arm, stroke) = (5.0 * vp, Stroke::new(1.5 * vp));
            painter.stroke(Line::new((x - arm, y), (x + arm, y)).to_path(0.1), &stroke, &brush);
            if inc {
                painter.stroke(Line::new((x, y - arm), (x, y + arm)).to_path(0.1), &stroke, &brush);
            }
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let state = pass.tree.state::<State>(node).copied().unwrap_or_default();
        let button = button_width(pass.tree, content.size.width);
        let x = at.x - content.origin.x;
        let at_left = x < button;
        if !at_left && x <= content.size.width - button {
            return;
        }
        let inc = at_left == pass.tree.is_right_to_left(node);
        if !(if inc { state.inc_disabled } else { state.dec_disabled }) {
            pass.tree.emit_event(node, if inc { "onInc" } else { "onDec" }, Vec::new());
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.flag("enableInc", !state.inc_disabled);
        out.flag("enableDec", !state.dec_disabled);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: super::without_effect },
    Method {
        name: "enableInc",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.inc_disabled, args.get(0).as_bool() == Some(false)))
        },
    },
    Method {
        name: "enableDec",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.dec_disabled, args.get(0).as_bool() == Some(false)))
        },
    },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onInc", "onDec"];
