//! The open menu of a `Select`: a layer above everything in the window, which a click beside the menu closes.

use super::select::{self, Divider, MenuLooks};
use super::{EMPHASIZE, text_color};
use concord_paint::kurbo::{self, Line, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter, ShadowShape};
use concord_ui::component::{Component, Looks, Method};
use concord_ui::content;
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase, UiState};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;
use std::rc::Rc;

/// The layer; the menu is the one child in it.
pub(crate) struct Layer;

/// An option.
pub(crate) struct Choice;

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
    divider: Option<Divider>,
    height: Option<Length>,
    /// A tick instead of a background says that it is chosen; all options of the menu leave room for it.
    ticks: bool,
    /// The width in px of the widest option of the menu.
    least: f32,
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
const ICON: f32 = 24.0;
const ICON_SPACE: f32 = 8.0;
const DIVIDER_WIDTH: Length = Length::px(1.0);
/// Between the button and the menu, and from the edges of the window.
const GAP: f32 = 8.0;

/// Opens a menu for a node. `None` when the node is in no window.
///
/// `builder` builds what options show, see [`content`](concord_ui::content).
pub(super) fn open(
    tree: &mut Tree,
    owner: NodeId,
    rows: &[Row],
    looks: &MenuLooks,
    builder: Option<&Callback>,
) -> Option<NodeId> {
    let window = std::iter::successors(Some(owner), |id| tree.get(*id)?.parent()).last()?;
    let layer = tree.create_named("SelectMenu", -1)?;
    tree.append(window, layer);
    if let Some(state) = tree.state_mut::<LayerState>(layer) {
        state.owner = Some(owner);
        state.looks = looks.clone();
    }
    let scroll = tree.create_named("Scroll", -1)?;
    let column = tree.create_named("Column", -1)?;
    tree.append(layer, scroll);
    tree.append(scroll, column);
    tree.set(scroll, "scrollBar", &[Value::Number(0.0)]);
    tree.set(scroll, "padding", &[Value::Number(f64::from(MENU_PADDING))]);
    let corners = [Value::Number(f64::from(MENU_RADIUS))];
    tree.set(scroll, "borderRadius", &corners);
    for (name, args) in &looks.attributes {
        tree.set(scroll, name, args);
    }
    let divider = (!looks.divider.hidden).then(|| looks.divider.clone());
    for (position, row) in rows.iter().enumerate() {
        let option = tree.create_named("Option", -1)?;
        if let Some(state) = tree.state_mut::<ChoiceState>(option) {
            let given = if row.chosen { &looks.chosen } else { &looks.plain };
            state.owner = Some(owner);
            state.index = row.index;
            state.text = Rc::clone(&row.text);
            state.icon = row.icon.clone();
            state.symbol = row.symbol.clone();
            state.chosen = row.chosen;
            state.font = given.font.clone();
            state.font.overlay(given.modified.clone());
            state.ticks = looks.ticks;
            state.background = given.background;
            state.height = looks.height.clone();
            state.divider = divider.clone().filter(|_| position > 0);
        }
        tree.set_ui_state(option, UiState::SELECTED, row.chosen);
        tree.append(column, option);
        if !row.symbol.is_nullish() {
            icon(tree, option, "SymbolGlyph", row.symbol.get("create"), &row.symbol);
        } else if !row.icon.is_nullish() {
            icon(tree, option, "Image", &row.icon, &Value::Undefined);
        }
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

/// A picture before the text of an option, with attributes by their names.
fn icon(tree: &mut Tree, option: NodeId, component: &str, source: &Value, attributes: &Value) {
    let Some(node) = tree.create_named(component, -1) else { return };
    tree.set(node, "create", std::slice::from_ref(source));
    if component == "Image" {
        tree.set(node, "width", &[Value::Number(f64::from(ICON))]);
        tree.set(node, "height", &[Value::Number(f64::from(ICON))]);
    } else {
        tree.set(node, "fontSize", &[Value::Number(f64::from(ICON))]);
    }
    for (name, value) in attributes.as_object().map(|object| object.properties.as_slice()).unwrap_or_default() {
        if &**name != "create" {
            tree.set(node, name, std::slice::from_ref(value));
        }
    }
    tree.append(option, node);
}

impl Layer {
    /// The frame of the button, unless it is gone or out of sight.
    fn anchor(&self, tree: &Tree, node: NodeId) -> Option<Rect> {
        let owner = tree.state::<LayerState>(node)?.owner?;
        let mut up = std::iter::successors(Some(owner), |id| tree.get(*id)?.parent());
        let shown = up.all(|id| {
            tree.get(id).is_some_and(|node| node.component.is_syntax() || node.layout.active || node.parent().is_none())
        });
        shown.then(|| concord_ui::input::space::bounds(tree, owner))
    }
}

impl Component for Layer {
    fn name(&self) -> &'static str {
        "SelectMenu"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(LayerState::default())
    }

    fn commands(&self) -> &'static [Method] {
        // `close()`: a back press.
        &[Method {
            name: "close",
            apply: |node, _| {
                let owner = node.tree.state::<LayerState>(node.node).and_then(|state| state.owner);
                if let Some(owner) = owner {
                    select::close(node.tree, owner);
                }
                Value::Undefined
            },
        }]
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
        let beside = pass.tree.state::<LayerState>(node).is_some_and(|state| state.looks.beside_button);
        let room = match self.anchor(pass.tree, node).filter(|_| beside) {
            Some(anchor) => {
                let avoid = pass.tree.environment.avoid_area;
                let (above, below) =
                    (anchor.origin.y - avoid.top, constraint.max.height - avoid.bottom - anchor.bottom());
                Size::new(room.width, (above.max(below) - 1.5 * gap / 2.0).clamp(0.0, room.height))
            }
            None => room,
        };
        for child in pass.children(node) {
            pass.measure(child, &Constraint::up_to(room));
            if even(pass.tree, child) {
                pass.measure(child, &Constraint::up_to(room));
            }
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
            // Below the button; above it where there is no room; else as far down as it fits, unless it must not cover the
            // button: it is low enough for one of the sides then.
            let y = if below <= lowest || above < avoid.top + gap && !looks.beside_button {
                below.min(lowest)
            } else {
                above
            };
            let x = x.min(size.width - gap - menu.width).max(gap);
            pass.place_child(child, Point::new(x, y.max(avoid.top + gap)));
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<LayerState>(node) else { return };
        let environment = &tree.environment;
        // A blurred menu shows what is behind it, unless it has a colour of its own.
        let blurred =
            ["backgroundBlurStyle", "backgroundEffect"].iter().any(|name| state.looks.attributes.contains_key(name));
        let default = if environment.dark { MENU_DARK } else { MENU };
        let color = state.looks.background.unwrap_or(if blurred { Color::TRANSPARENT } else { default });
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

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(ChoiceState::default())
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<ChoiceState>(node) else { return Looks::default() };
        let chosen = (state.chosen && !state.ticks).then(|| EMPHASIZE.of(&tree.environment).with_alpha(CHOSEN_ALPHA));
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
        let (wanted, fixed) = widest(pass.tree, node);
        let mut icons = 0.0;
        for child in pass.children(node) {
            pass.measure(child, &constraint.for_child());
            icons += pass.outer(child).width + environment.vp(ICON_SPACE);
        }
        let Some(state) = pass.tree.state_mut::<ChoiceState>(node) else { return Size::ZERO };
        let (text, font) = (Rc::clone(&state.text), state.font.clone());
        let color = if state.chosen { concord_ui::theme::ACTIVATED.of(&environment) } else { text_color(&environment) };
        let tick = if state.ticks { environment.vp(ICON + ICON_SPACE) } else { 0.0 };
        let beside = 2.0 * environment.vp(OPTION_PADDING) + icons + tick;
        let most = if fixed { wanted } else { constraint.max.width };
        let room = (most - beside).max(0.0);
        let size = Length::Plain(16.0, Unit::Fp);
        let label =
            state.label.measure(&fonts, room, 2, || (text.to_string(), font.style(&environment, &size, color, 400)));
        let height = state.height.as_ref().map_or(environment.vp(OPTION_HEIGHT), |height| height.to_px(&environment));
        let least = state.least;
        let width =
            if fixed { wanted } else { wanted.max(least).max(label.width + beside).max(environment.vp(LEAST_WIDTH)) };
        constraint.fit(Size::new(width, height.max(label.height) + state.embedded(&environment)))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let environment = pass.tree.environment.clone();
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let above = pass.tree.state::<ChoiceState>(node).map_or(0.0, |state| state.embedded(&environment));
        let right_to_left = pass.tree.is_right_to_left(node);
        let mut x = environment.vp(OPTION_PADDING);
        for child in pass.children(node) {
            let outer = pass.outer(child);
            let left = if right_to_left { content.size.width - x - outer.width } else { x };
            let y = above + (content.size.height - above - outer.height) / 2.0;
            pass.place_child(child, content.origin + Point::new(left, y));
            x += outer.width + environment.vp(ICON_SPACE);
        }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<ChoiceState>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<ChoiceState>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let padding = environment.vp(OPTION_PADDING);
        let right_to_left = tree.is_right_to_left(node);
        if let Some(divider) = &state.divider {
            divider.paint(environment, super::content(tree, node), right_to_left, painter);
        }
        let above = state.embedded(environment);
        let mut area = found.layout.content();
        area.origin.y += above;
        area.size.height -= above;
        let label = state.label.size();
        let icons = tree.frame_children(node).into_iter().filter_map(|child| tree.get(child));
        let icons: f32 = icons.map(|icon| icon.layout.outer().width + environment.vp(ICON_SPACE)).sum();
        let from = padding + icons;
        let x = if right_to_left { area.size.width - from - label.width } else { from };
        let origin = area.origin + Point::new(x, 0.0);
        state.label.paint(painter, &Rect { origin, size: Size::new(label.width, area.size.height) });
        if state.ticks && state.chosen {
            let side = environment.vp(ICON);
            let x = if right_to_left { padding } else { area.size.width - padding - side };
            let origin = area.origin + Point::new(x, (area.size.height - side) / 2.0);
            let mark = super::tick(super::rect(&Rect { origin, size: Size::new(side, side) }));
            let stroke = Stroke::new(f64::from(environment.vp(1.5)));
            painter.stroke(mark, &stroke, &Brush::Solid(text_color(environment)));
        }
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

/// Makes all options of a measured menu as wide as the widest. Returns whether one of them is to be measured again.
fn even(tree: &mut Tree, menu: NodeId) -> bool {
    let options: Vec<NodeId> =
        tree.subtree(menu).into_iter().filter(|id| tree.state::<ChoiceState>(*id).is_some()).collect();
    let width = |tree: &Tree, id: NodeId| tree.get(id).map_or(0.0, |option| option.layout.size.width);
    let widest = options.iter().map(|id| width(tree, *id)).fold(0.0, f32::max);
    let mut changed = false;
    for id in options {
        if width(tree, id) < widest
            && let Some(option) = tree.state_mut::<ChoiceState>(id)
        {
            option.least = widest;
            tree.mark_measure(id);
            changed = true;
        }
    }
    changed
}

impl ChoiceState {
    /// The room that a divider takes above the option, in px.
    fn embedded(&self, environment: &Environment) -> f32 {
        let divider = self.divider.as_ref().filter(|divider| divider.embedded);
        divider.map_or(0.0, |divider| divider.width(environment))
    }
}

impl Divider {
    fn width(&self, environment: &Environment) -> f32 {
        self.width.as_ref().unwrap_or(&DIVIDER_WIDTH).to_px(environment)
    }

    /// Draws the line at the top of an option: around its edge, or in the room that it has.
    fn paint(&self, environment: &Environment, option: kurbo::Rect, right_to_left: bool, painter: &mut Painter) {
        let width = f64::from(self.width(environment));
        let margin = |margin: &Option<Length>| {
            f64::from(margin.as_ref().map_or(environment.vp(OPTION_PADDING), |margin| margin.to_px(environment)))
        };
        let (mut start, mut end) = (margin(&self.start), margin(&self.end));
        if start + end > option.width() {
            // Margins that leave nothing count as unset.
            start = f64::from(environment.vp(OPTION_PADDING));
            end = start;
        }
        let (left, right) = if right_to_left { (end, start) } else { (start, end) };
        let y = option.y0 + if self.embedded { width / 2.0 } else { 0.0 };
        let default = if environment.dark { DIVIDER_DARK } else { DIVIDER };
        if left + right < option.width() && width > 0.0 {
            let line = Line::new((option.x0 + left, y), (option.x1 - right, y));
            painter.stroke(line.to_path(0.1), &Stroke::new(width), &Brush::Solid(self.color.unwrap_or(default)));
        }
    }
}

/// The width of options in px that the app asks for (then nothing else counts), or that of the button.
fn widest(tree: &Tree, node: NodeId) -> (f32, bool) {
    let environment = &tree.environment;
    let owner = tree.state::<ChoiceState>(node).and_then(|state| state.owner);
    let Some((owner, state)) = owner.and_then(|owner| Some((owner, tree.state::<select::State>(owner)?))) else {
        return (0.0, false);
    };
    let button = tree.get(owner).map_or(0.0, |owner| owner.layout.size.width - 2.0 * environment.vp(MENU_PADDING));
    match (&state.menu.width, state.menu.as_wide_as_button) {
        (Some(width), _) => (width.to_px(environment), true),
        (None, Some(true)) => (button, true),
        (None, Some(false)) => (0.0, false),
        (None, None) => (button, false),
    }
}
