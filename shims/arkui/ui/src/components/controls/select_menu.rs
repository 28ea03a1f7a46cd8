//! The open menu of a `Select`: a layer above everything in the window, which a click beside the menu closes.

use super::select::{self, MenuLooks};
use super::{EMPHASIZE, text_color};
use crate::component::{Component, Looks, Method, Setter, lookup, method};
use crate::content;
use crate::font::Font;
use crate::geometry::{Point, Rect, Size};
use crate::input::key::code;
use crate::input::{KeyInput, KeyPhase, UiState};
use crate::inspector::Attributes;
use crate::label::Label;
use crate::layout::{Constraint, ContentConstraint, Pass};
use crate::tree::{NodeId, Tree};
use crate::units::{Length, Unit};
use crate::value::{Args, Callback, Value};
use concord_paint::kurbo::{Line, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter, ShadowShape};
use std::any::Any;
use std::rc::Rc;

/// The layer; the menu is the one child in it.
pub(in crate::components) struct Layer;

/// An option.
pub(in crate::components) struct Choice;

/// What an option is made from.
pub(super) struct Row {
    pub(super) index: usize,
    pub(super) text: Rc<str>,
    /// A picture, and a symbol which comes before it, as the app gave them.
    pub(super) icon: Value,
    pub(super) symbol: Value,
    pub(super) chosen: bool,
}

#[derive(Default)]
struct LayerState {
    owner: Option<NodeId>,
    looks: MenuLooks,
}

#[derive(Default)]
struct ChoiceState {
    owner: Option<NodeId>,
    index: usize,
    text: Rc<str>,
    icon: Value,
    symbol: Value,
    chosen: bool,
    font: Font,
    background: Option<Color>,
    divider: Option<Color>,
    height: Option<Length>,
    label: Label,
}

/// Values of `ohos_select_pattern` in the theme.
const MENU: Color = Color::WHITE;
const MENU_DARK: Color = Color::from_argb(0xff20_2224);
const SHADOW: Color = Color::from_argb(0x3300_0000);
const DIVIDER: Color = Color::from_argb(0x3318_2431);
const DIVIDER_DARK: Color = Color::from_argb(0x33ff_ffff);
const CHOSEN_ALPHA: f32 = 0.2;
const PRESSED: Color = Color::from_argb(0x1918_2431);
const MENU_RADIUS: f32 = 20.0;
const OPTION_RADIUS: f32 = 16.0;
const OPTION_HEIGHT: f32 = 48.0;
const LEAST_WIDTH: f32 = 64.0;
const MENU_PADDING: f32 = 4.0;
const OPTION_PADDING: f32 = 12.0;
/// Between the button and the menu, and from the edges of the window.
const GAP: f32 = 8.0;

/// Opens a menu for a node. `None` when the node is in no window.
///
/// `builder` builds what options show, see [`content`](crate::content).
pub(super) fn open(
    tree: &mut Tree,
    owner: NodeId,
    rows: &[Row],
    looks: &MenuLooks,
    builder: Option<&Callback>,
) -> Option<NodeId> {
    let window = std::iter::successors(Some(owner), |id| tree.get(*id)?.parent()).last()?;
    let layer = tree.create(lookup("SelectMenu")?, -1);
    tree.append(window, layer);
    if let Some(state) = tree.state_mut::<LayerState>(layer) {
        state.owner = Some(owner);
        state.looks = looks.clone();
    }
    let scroll = tree.create(lookup("Scroll")?, -1);
    let column = tree.create(lookup("Column")?, -1);
    tree.append(layer, scroll);
    tree.append(scroll, column);
    set(tree, scroll, "scrollBar", &[Value::Number(0.0)]);
    set(tree, scroll, "padding", &[Value::Number(f64::from(MENU_PADDING))]);
    let corners = [Value::Number(f64::from(MENU_RADIUS))];
    set(tree, scroll, "borderRadius", &corners);
    let divider = (!looks.without_divider)
        .then(|| looks.divider.unwrap_or(if tree.environment.dark { DIVIDER_DARK } else { DIVIDER }));
    for (position, row) in rows.iter().enumerate() {
        let option = tree.create(lookup("Option")?, -1);
        if let Some(state) = tree.state_mut::<ChoiceState>(option) {
            let given = if row.chosen { &looks.chosen } else { &looks.plain };
            state.owner = Some(owner);
            state.index = row.index;
            state.text = Rc::clone(&row.text);
            state.icon = row.icon.clone();
            state.symbol = row.symbol.clone();
            state.chosen = row.chosen;
            state.font = given.font.clone();
            state.background = given.background;
            state.height = looks.height.clone();
            state.divider = divider.filter(|_| position > 0);
        }
        tree.set_ui_state(option, UiState::SELECTED, row.chosen);
        tree.append(column, option);
        if builder.is_some() {
            content::set(tree, option, builder);
        }
    }
    Some(layer)
}

/// Closes a menu. Where the app's side has to forget what it has built before, it is destroyed with the next frame.
pub(super) fn close(tree: &mut Tree, layer: NodeId) {
    let mut built = false;
    for option in tree.subtree(layer) {
        built |= content::end(tree, option);
    }
    if !built {
        tree.destroy(layer);
        return;
    }
    if let Some(state) = tree.state_mut::<LayerState>(layer) {
        state.owner = None;
    }
    tree.mark_measure(layer);
    tree.tick_next(layer);
}

fn set(tree: &mut Tree, node: NodeId, name: &str, args: &[Value]) {
    let Some(component) = tree.get(node).map(|node| node.component) else { return };
    if let Some(method) = method(component, name) {
        (method.apply)(&mut Setter { tree, node }, Args(args));
    }
}

impl Layer {
    /// The frame of the button, unless it is gone or out of sight.
    fn anchor(&self, tree: &Tree, node: NodeId) -> Option<Rect> {
        let owner = tree.state::<LayerState>(node)?.owner?;
        let mut up = std::iter::successors(Some(owner), |id| tree.get(*id)?.parent());
        let shown = up.all(|id| {
            tree.get(id).is_some_and(|node| node.component.is_syntax() || node.layout.active || node.parent().is_none())
        });
        shown.then(|| crate::input::space::bounds(tree, owner))
    }
}

impl Component for Layer {
    fn name(&self) -> &'static str {
        "SelectMenu"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(LayerState::default())
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        if self.anchor(pass.tree, node).is_none() {
            // The button went away while the menu was open: so does the menu.
            pass.tree.tick_next(node);
            return Size::ZERO;
        }
        let inner = constraint.shrink(&pass.tree.environment.avoid_area);
        let gap = 2.0 * pass.tree.environment.vp(GAP);
        let room = Size::new((inner.max.width - gap).max(0.0), (inner.max.height - gap).max(0.0));
        for child in pass.children(node) {
            pass.measure(child, &Constraint::up_to(room));
        }
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(anchor) = self.anchor(pass.tree, node) else { return };
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        let environment = pass.tree.environment.clone();
        let looks = pass.tree.state::<LayerState>(node).map(|state| state.looks.clone()).unwrap_or_default();
        let px = |length: &Option<Length>| length.as_ref().map_or(0.0, |length| length.to_px(&environment));
        let gap = environment.vp(GAP);
        let at_end = (looks.align == 2) != (pass.tree.is_right_to_left(node) && looks.align != 1);
        for child in pass.children(node) {
            let menu = pass.outer(child);
            let x = match looks.align {
                1 => anchor.origin.x + (anchor.size.width - menu.width) / 2.0,
                _ if at_end => anchor.right() - menu.width,
                _ => anchor.origin.x,
            } + px(&looks.offset.0);
            let avoid = environment.avoid_area;
            let below = anchor.bottom() + gap / 2.0 + px(&looks.offset.1);
            let above = anchor.origin.y - gap / 2.0 - menu.height;
            let lowest = size.height - avoid.bottom - gap - menu.height;
            // Below the button; above it where there is no room; else as far down as it fits.
            let y = if below <= lowest || above < avoid.top + gap { below.min(lowest) } else { above };
            let x = x.min(size.width - gap - menu.width).max(gap);
            pass.place_child(child, Point::new(x, y.max(avoid.top + gap)));
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<LayerState>(node) else { return };
        let environment = &tree.environment;
        let color = state.looks.background.unwrap_or(if environment.dark { MENU_DARK } else { MENU });
        for menu in tree.frame_children(node) {
            let Some(menu) = tree.get(menu).filter(|menu| menu.layout.active) else { continue };
            let bounds = super::rect(&menu.layout.frame());
            let shape = RoundedRect::from_rect(bounds, f64::from(environment.vp(MENU_RADIUS)));
            let blur = f64::from(environment.vp(20.0));
            painter.shadow(ShadowShape::Rounded(shape), blur, SHADOW, (0.0, 0.0), true);
            painter.fill_rounded(shape, &Brush::Solid(color));
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let inside = pass
            .tree
            .frame_children(node)
            .into_iter()
            .any(|menu| pass.tree.get(menu).is_some_and(|menu| menu.layout.frame().contains(at)));
        let owner = pass.tree.state::<LayerState>(node).and_then(|state| state.owner);
        if let Some(owner) = owner.filter(|_| !inside) {
            select::close(pass.tree, owner);
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        if self.anchor(pass.tree, node).is_none() {
            pass.tree.destroy(node);
        }
    }
}

impl Component for Choice {
    fn name(&self) -> &'static str {
        "Option"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(ChoiceState::default())
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<ChoiceState>(node) else { return Looks::default() };
        let chosen = state.chosen.then(|| EMPHASIZE.with_alpha(CHOSEN_ALPHA));
        Looks {
            background: state.background.or(chosen),
            radius: Some(Length::vp(OPTION_RADIUS)),
            overlay: tree.ui_state(node).has(UiState::PRESSED).then_some(PRESSED),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        // All options of a menu are as wide as the widest, or as the app says.
        let wanted = widest(pass.tree, node);
        let Some(state) = pass.tree.state_mut::<ChoiceState>(node) else { return Size::ZERO };
        let (text, font) = (Rc::clone(&state.text), state.font.clone());
        let color = if state.chosen { EMPHASIZE } else { text_color(&environment) };
        let padding = 2.0 * environment.vp(OPTION_PADDING);
        let room = (constraint.max.width - padding).max(0.0);
        let size = Length::Plain(16.0, Unit::Fp);
        let label =
            state.label.measure(&fonts, room, 2, || (text.to_string(), font.style(&environment, &size, color, 400)));
        let height = state.height.as_ref().map_or(environment.vp(OPTION_HEIGHT), |height| height.to_px(&environment));
        let width = wanted.unwrap_or(0.0).max(label.width + padding).max(environment.vp(LEAST_WIDTH));
        constraint.fit(Size::new(width, height.max(label.height)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<ChoiceState>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<ChoiceState>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let padding = environment.vp(OPTION_PADDING);
        if let Some(color) = state.divider {
            let (rect, side) = (super::content(tree, node), f64::from(padding));
            let line = Line::new((rect.x0 + side, rect.y0), (rect.x1 - side, rect.y0));
            painter.stroke(line.to_path(0.1), &Stroke::new(1.0), &Brush::Solid(color));
        }
        let area = found.layout.content();
        let label = state.label.size();
        let right_to_left = tree.is_right_to_left(node);
        let x = if right_to_left { area.size.width - padding - label.width } else { padding };
        let origin = area.origin + Point::new(x, 0.0);
        state.label.paint(painter, &Rect { origin, size: Size::new(label.width, area.size.height) });
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let found = pass.tree.state::<ChoiceState>(node).and_then(|state| Some((state.owner?, state.index)));
        if let Some((owner, index)) = found {
            select::choose(pass.tree, owner, index);
        }
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let owner = pass.tree.state::<ChoiceState>(node).and_then(|state| state.owner);
        let closes = input.phase == KeyPhase::Down && matches!(input.code, code::ESCAPE | code::BACK);
        if let Some(owner) = owner.filter(|_| closes) {
            select::close(pass.tree, owner);
        }
        closes
    }

    fn commands(&self) -> &'static [Method] {
        &[Method {
            name: "triggerSelect",
            apply: |node, args| {
                let owner = node.tree.state::<ChoiceState>(node.node).and_then(|state| state.owner);
                let index = args.get(0).as_f64().filter(|index| *index >= 0.0);
                if let Some((owner, index)) = owner.zip(index) {
                    select::choose(node.tree, owner, index as usize);
                }
                Value::Undefined
            },
        }]
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<ChoiceState>(node)?;
        Some(Value::object([
            ("value", Value::String(Rc::clone(&state.text))),
            ("icon", state.icon.clone()),
            ("symbolIcon", state.symbol.clone()),
            ("index", Value::Number(state.index as f64)),
            ("selected", Value::Bool(state.chosen)),
        ]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<ChoiceState>(node) else { return };
        out.text("content", &*state.text);
        out.flag("selected", state.chosen);
    }
}

/// The width in px that the app, or the widest of the options that were measured before, asks for.
fn widest(tree: &Tree, node: NodeId) -> Option<f32> {
    let environment = &tree.environment;
    let owner = tree.state::<ChoiceState>(node)?.owner?;
    let given = tree.state::<select::State>(owner)?.menu.width.as_ref().map(|width| width.to_px(environment));
    let own = tree.get(owner).map(|owner| owner.layout.size.width - 2.0 * environment.vp(MENU_PADDING));
    given.or(own)
}
