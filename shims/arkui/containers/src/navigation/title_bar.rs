//! `TitleBar`: back button, title and menu of a `Navigation` or `NavDestination`, which makes it. Metrics and colours are those of
//! `navigation_bar_pattern` in the theme.

use super::bars::{Bars, TitleMode, part};
use concord_paint::kurbo::{self, BezPath, Cap, Circle, Join, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Value};
use concord_ui::words::word;
use std::any::Any;

/// See the module.
pub(crate) struct TitleBar;

/// What is in the buttons that the bar has of its own: an arrow that goes back, dots for more of the menu.
pub(crate) struct BarIcon(pub(crate) &'static str);

/// Names of the icons.
pub(crate) const BACK: &str = "BackIcon";
pub(crate) const MORE: &str = "MoreIcon";

/// In vp: the height of the line with the buttons, their side and the space between them, the space at the ends of the bar.
const LINE: f32 = 56.0;
const BUTTON: f32 = 40.0;
const GAP: f32 = 8.0;
const MARGIN: f32 = 16.0;
const ICON: f64 = 24.0;
/// Between title and subtitle, in vp.
const LINE_GAP: f32 = 2.0;

const ICON_COLOR: Color = Color::from_argb(0xff18_2431);
const ICON_COLOR_DARK: Color = Color::from_argb(0xe5ff_ffff);

fn text_color(dark: bool, main: bool) -> u32 {
    match (dark, main) {
        (false, true) => 0xff18_2431,
        (false, false) => 0x9918_2431,
        (true, true) => 0xe5ff_ffff,
        (true, false) => 0x99ff_ffff,
    }
}

/// What a bar shows.
pub(super) struct Content {
    texts: (Value, Value),
    custom: Option<NodeId>,
    back: bool,
    back_icon: Value,
    on_back: Option<Callback>,
    menus: Vec<Value>,
    custom_menu: Option<NodeId>,
    mini: bool,
}

impl Content {
    pub(super) fn of(bars: &Bars) -> Content {
        Content {
            texts: bars.texts(),
            custom: bars.custom_title,
            back: bars.has_back(),
            back_icon: bars.back_icon.clone(),
            on_back: bars.on_back.clone(),
            menus: bars.menus.clone(),
            custom_menu: bars.custom_menu,
            mini: bars.mode == TitleMode::Mini,
        }
    }
}

#[derive(Default)]
struct State {
    mini: bool,
    color: Option<Color>,
    back: Option<NodeId>,
    /// Title and subtitle, or what the app has built.
    texts: Vec<NodeId>,
    custom: Option<NodeId>,
    menus: Vec<NodeId>,
    custom_menu: Option<NodeId>,
    /// Where children lie, as measured.
    places: Vec<(NodeId, Point)>,
}

fn button(tree: &mut Tree, bar: NodeId, click: Option<&Callback>) -> Option<NodeId> {
    let button = part(tree, bar, "Button")?;
    // A circle with a faint background.
    let options = Value::object([("type", Value::Number(2.0)), ("buttonStyle", Value::Number(0.0))]);
    tree.set(button, "createWithChild", &[options]);
    tree.set(button, "width", &[Value::Number(BUTTON.into())]);
    tree.set(button, "height", &[Value::Number(BUTTON.into())]);
    if let Some(click) = click {
        tree.set(button, "onClick", &[Value::Callback(click.clone())]);
    }
    Some(button)
}

/// A picture of 24 vp.
pub(super) fn icon(tree: &mut Tree, parent: NodeId, source: &Value) -> Option<NodeId> {
    let image = part(tree, parent, "Image")?;
    tree.set(image, "create", std::slice::from_ref(source));
    tree.set(image, "width", &[Value::Number(ICON)]);
    tree.set(image, "height", &[Value::Number(ICON)]);
    tree.set(image, "fillColor", &[Value::Number(text_color(tree.environment.dark, true).into())]);
    Some(image)
}

/// A line of text that is cut off where it does not fit.
pub(super) fn label(
    tree: &mut Tree,
    parent: NodeId,
    text: &Value,
    size: &str,
    weight: f64,
    color: u32,
) -> Option<NodeId> {
    let node = part(tree, parent, "Text")?;
    tree.set(node, "create", std::slice::from_ref(text));
    tree.set(node, "fontSize", &[Value::text(size)]);
    tree.set(node, "fontWeight", &[Value::Number(weight)]);
    tree.set(node, "fontColor", &[Value::Number(color.into())]);
    tree.set(node, "maxLines", &[Value::Number(1.0)]);
    tree.set(node, "textOverflow", &[Value::object([("overflow", Value::Number(2.0))])]);
    Some(node)
}

/// Makes a bar in its owner.
pub(super) fn build(tree: &mut Tree, owner: NodeId, content: Content, color: Option<Color>) -> Option<NodeId> {
    let bar = part(tree, owner, TitleBar.name())?;
    let dark = tree.environment.dark;
    let mut state = State { mini: content.mini, color, ..State::default() };
    if content.back {
        let back = button(tree, bar, content.on_back.as_ref())?;
        if content.back_icon.is_nullish() {
            part(tree, back, BACK);
        } else {
            icon(tree, back, &content.back_icon);
        }
        tree.set(back, "accessibilityText", &[Value::text(word(&tree.environment.locale, "Back"))]);
        state.back = Some(back);
    }
    if let Some(custom) = content.custom {
        tree.append(bar, custom);
        state.custom = Some(custom);
    } else {
        let (main, sub) = &content.texts;
        let size = match (content.mini, content.back) {
            (true, true) => "20fp",
            (true, false) => "26fp",
            (false, _) => "30fp",
        };
        if !main.is_nullish() {
            state.texts.extend(label(tree, bar, main, size, 700.0, text_color(dark, true)));
        }
        if !sub.is_nullish() {
            state.texts.extend(label(tree, bar, sub, "14fp", 400.0, text_color(dark, false)));
        }
    }
    if let Some(menu) = content.custom_menu {
        tree.append(bar, menu);
        state.custom_menu = Some(menu);
    } else {
        for item in &content.menus {
            let button = button(tree, bar, item.get("action").as_callback())?;
            if item.get("more").as_bool() == Some(true) {
                part(tree, button, MORE);
                tree.set(button, "accessibilityText", &[Value::text(word(&tree.environment.locale, "More"))]);
            } else if item.get("icon").is_nullish() {
                label(tree, button, item.get("value"), "14fp", 400.0, text_color(dark, true));
            } else {
                icon(tree, button, item.get("icon"));
                tree.set(button, "accessibilityText", &[item.get("value").clone()]);
            }
            if item.get("isEnabled").as_bool() == Some(false) {
                tree.set(button, "enabled", &[Value::Bool(false)]);
            }
            state.menus.push(button);
        }
    }
    if let Some(slot) = tree.state_mut::<State>(bar) {
        *slot = state;
    }
    Some(bar)
}

/// Anything up to a size.
fn at_most(width: f32, height: f32) -> Constraint {
    Constraint::up_to(Size::new(width.max(0.0), height.max(0.0)))
}

impl Component for TitleBar {
    fn name(&self) -> &'static str {
        "TitleBar"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { background: tree.state::<State>(node).and_then(|state| state.color), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = constraint.fit(constraint.max);
        let vp = |extent: f32| extent * pass.tree.environment.density;
        let (line, gap, margin, line_gap) = (vp(LINE), vp(GAP), vp(MARGIN), vp(LINE_GAP));
        let button = Size::new(vp(BUTTON), vp(BUTTON));
        let Some(state) = pass.tree.state::<State>(node) else { return size };
        let (mini, back, custom, custom_menu) = (state.mini, state.back, state.custom, state.custom_menu);
        let (texts, menus) = (state.texts.clone(), state.menus.clone());
        let right_to_left = pass.tree.is_right_to_left(node);
        let line = if mini { size.height } else { line.min(size.height) };
        let mut places = Vec::new();
        let mut put = |child: NodeId, from: f32, y: f32, own: Size| {
            let x = if right_to_left { size.width - from - own.width } else { from };
            places.push((child, Point::new(x, y)));
        };
        let mut start = margin;
        if let Some(back) = back {
            pass.measure(back, &at_most(button.width, button.height));
            put(back, start, (line - button.height) / 2.0, button);
            start += button.width + gap;
        }
        let mut end = size.width;
        if let Some(menu) = custom_menu {
            pass.measure(menu, &at_most(size.width - start, line));
            let own = pass.outer(menu);
            end -= own.width;
            put(menu, end, (line - own.height) / 2.0, own);
        } else if !menus.is_empty() {
            end -= margin - gap;
            for menu in menus.into_iter().rev() {
                pass.measure(menu, &at_most(button.width, button.height));
                end -= gap + button.width;
                put(menu, end, (line - button.height) / 2.0, button);
            }
        }
        // Large titles lie below the buttons.
        let (top, height) = if mini { (0.0, size.height) } else { (line, (size.height - line).max(0.0)) };
        if let Some(custom) = custom {
            let from = if back.is_some() { start } else { 0.0 };
            let (top, height) = if mini { (top, height) } else { (0.0, size.height) };
            let until = if mini { end } else { size.width };
            pass.measure(custom, &at_most(until - from, height));
            let own = pass.outer(custom);
            put(custom, from, top + (height - own.height) / 2.0, own);
        } else {
            let until = if mini { end } else { size.width };
            let from = if mini { start } else { margin };
            let mut sizes = Vec::new();
            for text in &texts {
                pass.measure(*text, &at_most(until - from - margin, height));
                sizes.push(pass.outer(*text));
            }
            let gaps = line_gap * sizes.len().saturating_sub(1) as f32;
            let total: f32 = sizes.iter().map(|size| size.height).sum::<f32>() + gaps;
            let mut y = top + (height - total) / 2.0;
            for (text, own) in texts.into_iter().zip(sizes) {
                put(text, from, y, own);
                y += own.height + line_gap;
            }
        }
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.places = places;
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let places = pass.tree.state::<State>(node).map(|state| state.places.clone()).unwrap_or_default();
        for (child, at) in places {
            pass.place_child(child, at);
        }
    }
}

impl Component for BarIcon {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, _constraint: &ContentConstraint) -> Size {
        let side = pass.tree.environment.vp(ICON as f32);
        Size::new(side, side)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(size) = tree.get(node).map(|node| node.layout.size) else { return };
        let unit = f64::from(size.width) / ICON;
        let right_to_left = tree.is_right_to_left(node);
        let at = |x: f64, y: f64| kurbo::Point::new(if right_to_left { ICON - x } else { x } * unit, y * unit);
        let color = if tree.environment.dark { ICON_COLOR_DARK } else { ICON_COLOR };
        let brush = Brush::Solid(color);
        if self.0 == MORE {
            let dots = [(6.5, 6.5), (17.5, 6.5), (6.5, 17.5), (17.5, 17.5)];
            for (x, y) in dots {
                painter.fill(Circle::new(at(x, y), 2.5 * unit).to_path(0.05), &brush);
            }
            return;
        }
        // A shaft with a head of two strokes.
        let mut path = BezPath::new();
        path.move_to(at(11.0, 5.0));
        path.line_to(at(4.0, 12.0));
        path.line_to(at(11.0, 19.0));
        path.move_to(at(4.0, 12.0));
        path.line_to(at(20.5, 12.0));
        let stroke = Stroke::new(1.5 * unit).with_caps(Cap::Round).with_join(Join::Round);
        painter.stroke(path, &stroke, &brush);
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }
}

/// The button for more of the menu.
pub(super) fn more_button(tree: &Tree, bar: NodeId) -> Option<NodeId> {
    let last = *tree.state::<State>(bar)?.menus.last()?;
    let icon = tree.get(last)?.children().first().and_then(|icon| tree.get(*icon))?;
    (icon.component.name() == MORE).then_some(last)
}
