//! `Toggle`: a switch, a checkbox or a button that stays pressed.

use super::checkbox::{self, Colors};
use super::glide::{Glide, Pace, may_glide};
use super::{Bound, DISABLED, EMPHASIZE, PRESSED, content, length, set_selected, tell};
use concord_paint::kurbo::{Circle, Rect, RoundedRect, Shape};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::{LengthEdges, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Args, Callback, Value};
use std::any::Any;

/// See the module.
pub(crate) struct Toggle;

/// `ToggleType`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Type {
    Checkbox,
    #[default]
    Switch,
    Button,
}

#[derive(Default)]
struct State {
    kind: Type,
    on: bool,
    created: bool,
    bound: Option<Callback>,
    selected: Option<Color>,
    unselected: Option<Color>,
    point: Option<Color>,
    point_radius: Option<Length>,
    track_radius: Option<Length>,
    /// Where the point is while it moves: 0 is off, 1 is on.
    glide: Glide,
}

/// Values of `ohos_switch_pattern` and `ohos_toggle_pattern` in the theme.
const OFF: Color = Color::from_argb(0x1900_0000);
const OFF_DARK: Color = Color::from_argb(0x33ff_ffff);
const BUTTON: Color = Color::from_argb(0x0c18_2431);
const BUTTON_DARK: Color = Color::from_argb(0x19ff_ffff);
const BUTTON_ON_ALPHA: f32 = 0.2;
/// Beside a switch; see [`checkbox::MARGIN`].
const SWITCH_MARGIN: Length = Length::vp(2.0);
/// Width of a switch by its height.
const ASPECT: f64 = 1.8;
/// How long the point takes from one side to the other, in ms.
const MOVES: f64 = 200.0;

impl State {
    fn button_color(&self, environment: &Environment) -> Color {
        match (self.on, environment.dark) {
            (true, _) => self.selected.unwrap_or(EMPHASIZE.of(environment).with_alpha(BUTTON_ON_ALPHA)),
            (false, false) => BUTTON,
            (false, true) => BUTTON_DARK,
        }
    }
}

fn set(tree: &mut Tree, node: NodeId, on: bool) -> bool {
    let (now, glides) = (tree.now, may_glide(tree, node));
    let Some(state) = tree.state_mut::<State>(node) else { return false };
    let (changed, bound) = (state.on != on, state.bound.clone());
    let told = changed && state.created;
    state.on = on;
    if changed && state.kind == Type::Switch {
        let moves = told && glides;
        state.glide.begin(f64::from(u8::from(!on)), now, moves.then_some(Pace::Within(MOVES)));
        if moves {
            tree.tick_next(node);
        }
    }
    set_selected(tree, node, on);
    if told {
        tell(tree, node, bound.as_ref(), vec![Value::Bool(on)]);
    }
    changed
}

impl Component for Toggle {
    fn name(&self) -> &'static str {
        "Toggle"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<State>(node) else { return Looks::default() };
        let ui = tree.ui_state(node);
        let opacity = ui.has(UiState::DISABLED).then_some(DISABLED);
        if state.kind != Type::Button {
            let mut margin = checkbox::around(checkbox::MARGIN);
            if state.kind == Type::Switch {
                (margin.left, margin.right) = (Some(SWITCH_MARGIN), Some(SWITCH_MARGIN));
            }
            return Looks { margin, opacity, ..Looks::default() };
        }
        let side = Some(Length::vp(8.0));
        Looks {
            padding: LengthEdges { left: side.clone(), right: side, ..LengthEdges::default() },
            height: Some(Length::vp(28.0)),
            background: Some(state.button_color(&tree.environment)),
            radius: Some(Length::vp(14.0)),
            overlay: (ui.has(UiState::PRESSED) && opacity.is_none()).then(|| PRESSED.of(&tree.environment)),
            opacity,
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let vp = pass.tree.environment.vp(1.0);
        match pass.tree.state::<State>(node).map(|state| state.kind).unwrap_or_default() {
            Type::Button => pass.measure_stacked(node, constraint),
            Type::Checkbox => constraint.fit(Size::new(20.0 * vp, 20.0 * vp)),
            Type::Switch => constraint.fit(Size::new(36.0 * vp, 20.0 * vp)),
        }
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        // Only a button shows what is in it.
        if pass.tree.state::<State>(node).is_some_and(|state| state.kind == Type::Button) {
            let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
            place_aligned(pass, node, alignment);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let pressed = tree.ui_state(node).has(UiState::PRESSED);
        let rect = content(tree, node);
        match state.kind {
            Type::Button => {}
            Type::Checkbox => {
                let colors = Colors { selected: state.selected, unselected: state.unselected, ..Colors::default() };
                checkbox::paint(painter, rect, &tree.environment, &colors, checkbox::Mark::of(state.on), pressed);
            }
            Type::Switch => paint_switch(painter, rect, tree, state, pressed),
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let to = f64::from(u8::from(state.on));
        if state.glide.advance(to, now) {
            pass.tree.tick_next(node);
        }
        pass.tree.mark_paint(node);
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let on = pass.tree.state::<State>(node).is_some_and(|state| state.on);
        set(pass.tree, node, !on);
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([("isOn", Value::Bool(state.on))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let kind = match state.kind {
            Type::Checkbox => "ToggleType.Checkbox",
            Type::Switch => "ToggleType.Switch",
            Type::Button => "ToggleType.Button",
        };
        out.text("type", kind);
        out.flag("isOn", state.on);
        out.color("selectedColor", state.selected.unwrap_or(EMPHASIZE.of(&tree.environment)));
        out.color("switchPointColor", state.point.unwrap_or(Color::WHITE));
    }
}

/// The track as large as fits with its proportion, and the point on it.
fn paint_switch(painter: &mut Painter, rect: Rect, tree: &Tree, state: &State, pressed: bool) {
    let environment = &tree.environment;
    let width = rect.width().min(rect.height() * ASPECT);
    let track = Rect::from_center_size(rect.center(), (width, width / ASPECT));
    let off = state.unselected.unwrap_or(if environment.dark { OFF_DARK } else { OFF });
    let on = state.glide.shown().unwrap_or(f64::from(u8::from(state.on)));
    let color = off.lerp(state.selected.unwrap_or(EMPHASIZE.of(environment)), on as f32);
    let px = |length: &Option<Length>| length.as_ref().map(|length| f64::from(length.to_px(environment)));
    let radius = px(&state.track_radius).unwrap_or(f64::INFINITY).min(track.height() / 2.0);
    painter.fill_rounded(RoundedRect::from_rect(track, radius), &Brush::Solid(color));
    if pressed {
        painter.fill_rounded(RoundedRect::from_rect(track, radius), &Brush::Solid(PRESSED.of(environment)));
    }
    let gap = f64::from(environment.vp(2.0)).min(track.height() / 4.0);
    let reach = track.height() / 2.0;
    let x = track.x0 + reach + (track.width() - 2.0 * reach) * on;
    let own = px(&state.point_radius).unwrap_or(reach - gap).min(reach);
    let point = Circle::new((x, track.center().y), own).to_path(0.1);
    painter.fill(point, &Brush::Solid(state.point.unwrap_or(Color::WHITE)));
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let bound = Bound::member(options, "isOn");
    let kind = match options.get("type").as_i32() {
        Some(0) => Type::Checkbox,
        Some(2) => Type::Button,
        _ => Type::Switch,
    };
    node.restyle(|state: &mut State| {
        state.kind = kind;
        state.bound = bound.change;
    });
    set(node.tree, node.node, bound.value.as_bool() == Some(true));
    node.restyle(|state: &mut State| put(&mut state.created, true))
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
    Method { name: "create", apply: create },
    Method {
        name: "selectedColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.selected, parse_color(args.get(0)))),
    },
    Method {
        name: "switchPointColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.point, parse_color(args.get(0)))),
    },
    Method {
        name: "switchStyle",
        apply: |node, args| {
            let style = args.get(0);
            node.redraw(|state: &mut State| {
                state.point_radius = length(style.get("pointRadius"));
                state.track_radius = length(style.get("trackBorderRadius"));
                state.unselected = parse_color(style.get("unselectedColor"));
                state.point = parse_color(style.get("pointColor")).or(state.point);
            })
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];
