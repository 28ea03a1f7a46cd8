//! `Checkbox`: chosen or not, alone or as one of a group.

use super::checkbox_group;
use super::choice::{self, Choosable, Chosen};
use super::{EMPHASIZE, PRESSED, content, length, square, tell, tick};
use concord_paint::kurbo::{Cap, Join, Line, Rect, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::{LengthEdges, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Args, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct Checkbox;

/// Colours and shape of boxes, as `Checkbox` and `CheckboxGroup` are told them.
#[derive(Debug, Clone, Default)]
pub(super) struct Colors {
    pub(super) selected: Option<Color>,
    pub(super) unselected: Option<Color>,
    pub(super) mark: Option<Color>,
    pub(super) mark_size: Option<Length>,
    pub(super) mark_width: Option<Length>,
    /// With corners, not round.
    pub(super) square: bool,
}

impl Colors {
    /// `mark({ strokeColor, size, strokeWidth })`.
    pub(super) fn set_mark(&mut self, style: &Value) {
        self.mark = parse_color(style.get("strokeColor"));
        self.mark_size = length(style.get("size"));
        self.mark_width = length(style.get("strokeWidth"));
    }
}

/// The state of a component that is drawn as a box.
pub(super) trait Boxed: 'static {
    /// How it looks.
    fn colors(&mut self) -> &mut Colors;
}

/// The attributes of the box, under the name that the component has for its shape.
pub(super) const fn box_methods<T: Boxed>(shape: &'static str) -> [Method; 4] {
    [
        Method { name: "selectedColor", apply: selected_color::<T> },
        Method { name: "unselectedColor", apply: unselected_color::<T> },
        Method { name: shape, apply: box_shape::<T> },
        Method { name: "mark", apply: mark::<T> },
    ]
}

fn selected_color<T: Boxed>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.redraw(|state: &mut T| put(&mut state.colors().selected, parse_color(args.get(0))))
}

fn unselected_color<T: Boxed>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.redraw(|state: &mut T| put(&mut state.colors().unselected, parse_color(args.get(0))))
}

/// `CheckBoxShape`: CIRCLE 0, ROUNDED_SQUARE 1.
fn box_shape<T: Boxed>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.redraw(|state: &mut T| put(&mut state.colors().square, args.get(0).as_i32() == Some(1)))
}

fn mark<T: Boxed>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.redraw(|state: &mut T| state.colors().set_mark(args.get(0)))
}

/// What is in the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Tick,
    Dash,
}

impl Mark {
    pub(super) fn of(on: bool) -> Mark {
        if on { Mark::Tick } else { Mark::None }
    }
}

/// Values of `ohos_checkbox_pattern` in the theme.
const FRAME: Color = Color::from_argb(0x6618_2431);
const FRAME_DARK: Color = Color::from_argb(0x66ff_ffff);
const INSIDE: Color = Color::from_argb(0x33ff_ffff);
/// Size and padding around, in vp.
pub(super) const SIDE: f32 = 24.0;
pub(super) const PADDING: f32 = 2.0;
/// What a finger may miss it by, which keeps neighbours away. The platform takes the 14 vp of its theme as px; this is what that
/// comes to on a phone of density 3, so that other densities look like it.
pub(super) const MARGIN: Length = Length::vp(14.0 / 3.0);
const SQUARE_RADIUS: f32 = 4.0;

/// The colour of frames of what is not chosen.
pub(super) fn frame_color(environment: &Environment) -> Color {
    if environment.dark { FRAME_DARK } else { FRAME }
}

/// Draws a box into a rectangle.
pub(super) fn paint(
    painter: &mut Painter,
    rect: Rect,
    environment: &Environment,
    colors: &Colors,
    mark: Mark,
    pressed: bool,
) {
    let vp = |vp: f32| f64::from(environment.vp(vp));
    let px = |length: &Option<Length>, default: f64| {
        length.as_ref().map_or(default, |length| f64::from(length.to_px(environment)))
    };
    let shape = square(rect);
    let radius = if !colors.square { shape.width() / 2.0 } else { vp(SQUARE_RADIUS).min(shape.width() / 2.0) };
    let outline = RoundedRect::from_rect(shape, radius);
    if mark == Mark::None {
        painter.fill_rounded(outline, &Brush::Solid(INSIDE));
        let width = vp(1.0);
        let line = RoundedRect::from_rect(shape.inset(-width / 2.0), (radius - width / 2.0).max(0.0));
        let color = colors.unselected.unwrap_or(frame_color(environment));
        painter.stroke(line.to_path(0.1), &Stroke::new(width), &Brush::Solid(color));
    } else {
        painter.fill_rounded(outline, &Brush::Solid(colors.selected.unwrap_or(EMPHASIZE.of(environment))));
        let inner = px(&colors.mark_size, shape.width()).min(shape.width());
        let inner = Rect::from_center_size(shape.center(), (inner, inner));
        let path = if mark == Mark::Tick {
            tick(inner)
        } else {
            let y = inner.center().y;
            Line::new((inner.x0 + inner.width() * 0.25, y), (inner.x1 - inner.width() * 0.25, y)).to_path(0.1)
        };
        let stroke = Stroke::new(px(&colors.mark_width, vp(2.0))).with_caps(Cap::Round).with_join(Join::Round);
        painter.stroke(path, &stroke, &Brush::Solid(colors.mark.unwrap_or(Color::WHITE)));
    }
    if pressed {
        painter.fill_rounded(outline, &Brush::Solid(PRESSED.of(environment)));
    }
}

/// The same length at all edges.
pub(super) fn around(length: Length) -> LengthEdges {
    let length = Some(length);
    LengthEdges {
        left: length.clone(),
        top: length.clone(),
        right: length.clone(),
        bottom: length,
        ..LengthEdges::default()
    }
}

/// Padding and margin around the box, and how a disabled one looks.
pub(super) fn looks(tree: &Tree, node: NodeId) -> Looks {
    Looks {
        margin: around(MARGIN),
        padding: around(Length::vp(PADDING)),
        opacity: super::opacity(tree, node),
        ..Looks::default()
    }
}

/// The size of the box without its padding.
pub(super) fn measure(environment: &Environment, constraint: &ContentConstraint) -> Size {
    let side = environment.vp(SIDE - 2.0 * PADDING);
    constraint.fit(Size::new(side, side))
}

#[derive(Default)]
pub(super) struct State {
    pub(super) chosen: Chosen,
    pub(super) group: Option<Rc<str>>,
    pub(super) name: Option<Rc<str>>,
    colors: Colors,
}

impl Boxed for State {
    fn colors(&mut self) -> &mut Colors {
        &mut self.colors
    }
}

impl Choosable for State {
    fn chosen(&mut self) -> &mut Chosen {
        &mut self.chosen
    }
}

/// Chooses a checkbox or not, and tells the app if that changes it. Returns whether it did.
pub(super) fn set(tree: &mut Tree, node: NodeId, on: bool) -> bool {
    let Some(bound) = choice::turn::<State>(tree, node, on) else { return false };
    tell(tree, node, bound.as_ref(), vec![Value::Bool(on)]);
    true
}

/// Does the same, and tells the group.
fn set_as_member(tree: &mut Tree, node: NodeId, on: bool) {
    if set(tree, node, on) {
        checkbox_group::member_changed(tree, node);
    }
}

impl Component for Checkbox {
    fn name(&self) -> &'static str {
        "Checkbox"
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
        looks(tree, node)
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        measure(&pass.tree.environment, constraint)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let pressed = tree.ui_state(node).has(UiState::PRESSED);
        let rect = content(tree, node);
        paint(painter, rect, &tree.environment, &state.colors, Mark::of(state.chosen.on), pressed);
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let on = pass.tree.state::<State>(node).is_some_and(|state| state.chosen.on);
        set_as_member(pass.tree, node, !on);
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let name = state.name.clone().map_or(Value::text(""), Value::String);
        Some(Value::object([("name", name), ("selected", Value::Bool(state.chosen.on))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.flag("select", state.chosen.on);
        out.text("name", state.name.as_deref().unwrap_or_default());
        out.text("group", state.group.as_deref().unwrap_or_default());
        out.color("selectedColor", state.colors.selected.unwrap_or(EMPHASIZE.of(&tree.environment)));
        out.color("unselectedColor", state.colors.unselected.unwrap_or(frame_color(&tree.environment)));
    }
}

fn text(value: &Value) -> Option<Rc<str>> {
    value.as_str().filter(|text| !text.is_empty()).map(Rc::from)
}

static COMMANDS: &[Method] = &[Method {
    name: "triggerChange",
    apply: |node, args| {
        set_as_member(node.tree, node.node, args.get(0).as_bool() == Some(true));
        Value::Undefined
    },
}];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.name = text(args.get(0).get("name"));
                state.group = text(args.get(0).get("group"));
            })
        },
    },
    Method { name: "select", apply: |node, args| choice::told::<State>(node, args, set_as_member) },
    BOX[0],
    BOX[1],
    BOX[2],
    BOX[3],
    EVENTS[0],
];

static BOX: [Method; 4] = box_methods::<State>("shape");
static EVENTS: &[Method] = handlers!["onChange"];
