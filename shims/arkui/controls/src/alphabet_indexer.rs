//! `AlphabetIndexer`: a column of letters that a finger picks from, beside a list. What a bubble beside it shows is in
//! `alphabet_popup.rs`.

use super::alphabet_popup::{self, Popup};
use super::{Bound, length};
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::font::Font;
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// See the module.
pub(super) struct AlphabetIndexer;

/// Extent of an item, size of its text, and space above and below all, in vp and fp.
const ITEM: f32 = 16.0;
const TEXT: f32 = 10.0;
const PADDING: f32 = 4.0;
const ITEM_RADIUS: f32 = 8.0;
/// Most items.
const MOST_ITEMS: usize = 1000;
/// Alphabets up to this length are never collapsed.
const NEVER_COLLAPSED: usize = 9;
/// Between how many letters the others are collapsed, where there is more or less room.
const COLLAPSED: [usize; 2] = [8, 6];
const DOT: &str = "•";
/// How long the bubble stays after the last touch, in ms.
const POPUP_STAYS: f64 = 3000.0;
/// Colours of `indexer_pattern` in the theme.
const COLOR: Color = Color::from_argb(0x9918_2431);
const COLOR_DARK: Color = Color::from_argb(0x99ff_ffff);
const SELECTED_COLOR: Color = Color::from_argb(0xff00_7dff);
const SELECTED_BACKGROUND: Color = Color::from_argb(0x1a00_7dff);

/// A line of the indexer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// One letter.
    One(usize),
    /// A dot for the letters from one up to another.
    Some(usize, usize),
}

impl Row {
    fn holds(self, index: usize) -> bool {
        match self {
            Row::One(own) => own == index,
            Row::Some(from, to) => (from..to).contains(&index),
        }
    }
}

#[derive(Default)]
pub(super) struct State {
    items: Vec<Rc<str>>,
    selected: usize,
    /// What the app said last that shall be selected.
    given: Option<usize>,
    changed: Option<Callback>,
    item_size: Option<Length>,
    font: Font,
    selected_font: Font,
    color: Option<Color>,
    selected_color: Option<Color>,
    selected_background: Option<Color>,
    item_radius: Option<Length>,
    without_collapse: bool,
    rows: Vec<Row>,
    labels: RefCell<Vec<(Rc<str>, bool, Label)>>,
    pub(super) popup: Popup,
    /// The node of the bubble while it is shown.
    bubble: Option<NodeId>,
}

impl State {
    fn item(&self, environment: &Environment) -> f32 {
        self.item_size.as_ref().unwrap_or(&Length::vp(ITEM)).to_px(environment).max(1.0)
    }

    /// The height of one row in a box that may be lower than all of them.
    fn pitch(&self, environment: &Environment, height: f32) -> f32 {
        let inner = (height - environment.vp(PADDING * 2.0)).max(0.0);
        self.item(environment).min(inner / self.rows.len().max(1) as f32)
    }

    /// Decides which letters have a row of their own, in px of height.
    fn collapse(&mut self, environment: &Environment, height: f32) {
        let count = self.items.len();
        let room = (height - environment.vp(PADDING * 2.0)) / self.item(environment) + 0.01;
        let all = || (0..count).map(Row::One).collect::<Vec<_>>();
        self.rows = if self.without_collapse || count <= NEVER_COLLAPSED || count as f32 <= room {
            all()
        } else {
            let fits = |letters: &usize| ((2 * letters - 1) as f32) <= room && 2 * letters - 1 < count;
            let least = COLLAPSED.into_iter().last().filter(|letters| 2 * letters - 1 < count);
            match COLLAPSED.into_iter().find(fits).or(least) {
                Some(letters) => collapsed(count, letters),
                None => all(),
            }
        };
        self.labels.get_mut().clear();
    }

    /// The letter at a height in the box.
    fn at(&self, environment: &Environment, content: &Rect, y: f32) -> Option<usize> {
        let pitch = self.pitch(environment, content.size.height);
        let row = (y - content.origin.y - environment.vp(PADDING)) / pitch.max(0.1);
        let last = self.rows.len().checked_sub(1)?;
        let number = (row.floor().max(0.0) as usize).min(last);
        Some(match self.rows.get(number)? {
            Row::One(index) => *index,
            Row::Some(from, to) => {
                let part = (row - number as f32).clamp(0.0, 0.999);
                from + (part * (to - from) as f32) as usize
            }
        })
    }

    pub(super) fn selected_text(&self) -> Rc<str> {
        self.items.get(self.selected).map_or_else(|| "".into(), Rc::clone)
    }
}

/// Letters at equal distances from the first to the last, with dots for those between.
fn collapsed(count: usize, letters: usize) -> Vec<Row> {
    let mut rows = Vec::with_capacity(2 * letters);
    let at = |number: usize| number * (count - 1) / (letters - 1);
    for number in 0..letters {
        rows.push(Row::One(at(number)));
        if number + 1 < letters && at(number) + 1 < at(number + 1) {
            rows.push(Row::Some(at(number) + 1, at(number + 1)));
        }
    }
    rows
}

/// Selects the item at a point of the node's frame, tells the app, and shows the bubble.
fn pick(pass: &mut Pass<'_>, node: NodeId, at: Point) {
    let environment = pass.tree.environment.clone();
    let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let Some(index) = state.at(&environment, &content, at.y) else { return };
    let before = std::mem::replace(&mut state.selected, index);
    let changed = state.changed.clone();
    if before != index {
        let number = Value::Number(index as f64);
        if let Some(changed) = changed {
            pass.tree.emit(&changed, vec![number.clone()]);
        }
        pass.tree.emit_event(node, "onSelect", vec![number.clone()]);
        pass.tree.emit_event(node, "onSelected", vec![number]);
    }
    show_popup(pass, node, index);
    pass.tree.mark_paint(node);
}

fn show_popup(pass: &mut Pass<'_>, node: NodeId, index: usize) {
    if !pass.tree.state::<State>(node).is_some_and(|state| state.popup.used) {
        return;
    }
    let asked = pass.call_event(node, "onRequestPopupData", &[Value::Number(index as f64)]).unwrap_or_default();
    let texts = asked.as_array().unwrap_or_default().iter().take(MOST_ITEMS);
    let texts: Vec<Rc<str>> = texts.filter_map(|text| text.as_str().map(Rc::from)).collect();
    let bubble = pass.tree.state::<State>(node).and_then(|state| state.bubble);
    let bubble = bubble.filter(|bubble| pass.tree.get(*bubble).is_some()).or_else(|| {
        let made = pass.tree.create_named("IndexerPopup", -1)?;
        pass.tree.append(node, made);
        Some(made)
    });
    let Some(bubble) = bubble else { return };
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    state.bubble = Some(bubble);
    let (title, popup) = (state.selected_text(), state.popup.clone());
    alphabet_popup::fill(pass.tree, bubble, node, title, texts, popup);
    pass.tree.mark_measure(node);
    let end = pass.tree.now + POPUP_STAYS;
    pass.tree.stop_ticking(node);
    pass.tree.tick_at(node, end);
}

impl Component for AlphabetIndexer {
    fn name(&self) -> &'static str {
        "AlphabetIndexer"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(EVENTS).copied().collect());
        &ALL
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        // Texts are drawn with the fonts that are known by then.
        pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let free = Size::new(f32::INFINITY, f32::INFINITY);
        for bubble in pass.children(node) {
            pass.measure(bubble, &Constraint::up_to(free));
        }
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let height = constraint.ideal.height.unwrap_or(constraint.max.height);
        state.collapse(&environment, height);
        let item = state.item(&environment);
        constraint.fit(Size::new(item, item * state.rows.len() as f32 + environment.vp(PADDING * 2.0)))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let right_to_left = pass.tree.is_right_to_left(node);
        let environment = pass.tree.environment.clone();
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        let Some(popup) = pass.tree.state::<State>(node).map(|state| state.popup.clone()) else { return };
        for bubble in pass.children(node) {
            let own = pass.outer(bubble);
            let at = popup.place(&environment, size, own, right_to_left);
            pass.place_child(bubble, at);
        }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.labels.get_mut().clear();
        }
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        pick(pass, node, at);
    }

    fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<PanAxis> {
        Some(PanAxis::Vertical)
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update) {
            return Point::ZERO;
        }
        pick(pass, node, event.position);
        Point::ZERO.with(Axis::Vertical, event.delta.y)
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let bubble = pass.tree.state_mut::<State>(node).and_then(|state| state.bubble.take());
        if let Some(bubble) = bubble {
            pass.tree.destroy(bubble);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let Some(fonts) = tree.known_fonts() else { return };
        let content = found.layout.content();
        let environment = &tree.environment;
        let pitch = state.pitch(environment, content.size.height);
        let mut labels = state.labels.borrow_mut();
        labels.resize_with(state.rows.len(), Default::default);
        let plain = state.color.unwrap_or(if environment.dark { COLOR_DARK } else { COLOR });
        for (number, (row, (known, was_selected, label))) in state.rows.iter().zip(labels.iter_mut()).enumerate() {
            let is_selected = row.holds(state.selected);
            let text: Rc<str> = match row {
                Row::One(index) => state.items.get(*index).map_or_else(|| "".into(), Rc::clone),
                Row::Some(..) => DOT.into(),
            };
            if *known != text || *was_selected != is_selected {
                (*known, *was_selected, *label) = (Rc::clone(&text), is_selected, Label::default());
            }
            let top = content.origin.y + environment.vp(PADDING) + pitch * number as f32;
            let area = Rect::new(content.origin.x, top, content.size.width, pitch);
            if is_selected {
                let color = state.selected_background.unwrap_or(SELECTED_BACKGROUND);
                let radius = state.item_radius.as_ref().unwrap_or(&Length::vp(ITEM_RADIUS)).to_px(environment);
                let shape = super::rect(&area).to_rounded_rect(f64::from(radius.min(pitch / 2.0)));
                painter.fill_rounded(kurbo::RoundedRect::from_rect(shape.rect(), shape.radii()), &Brush::Solid(color));
            }
            let (font, color) = if is_selected {
                (&state.selected_font, state.selected_color.unwrap_or(SELECTED_COLOR))
            } else {
                (&state.font, plain)
            };
            label.measure(&fonts, f32::INFINITY, 1, || {
                (text.to_string(), font.style(environment, &Length::Plain(TEXT, Unit::Fp), color, 400))
            });
            label.paint(painter, &area);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("selected", state.selected.to_string());
        out.flag("usingPopup", state.popup.used);
        out.flag("autoCollapse", !state.without_collapse);
    }
}

/// `selected`, which may be a two-way value.
fn select(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let Bound { value, change } = Bound::args(args);
    let index = value.as_f64().filter(|index| *index >= 0.0).map(|index| index as usize);
    node.redraw(|state: &mut State| {
        state.changed = change;
        if state.given != index {
            state.given = index;
            state.selected = index.unwrap_or(0);
        }
    })
}

/// Changes what is said of the letters.
fn look(node: &mut Setter<'_>, change: impl FnOnce(&mut State)) -> Value {
    node.redraw(|state: &mut State| {
        change(state);
        state.labels.get_mut().clear();
    })
}

/// Changes what is said of the bubble.
fn popup(node: &mut Setter<'_>, change: impl FnOnce(&mut Popup)) -> Value {
    node.restyle(|state: &mut State| change(&mut state.popup))
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let items = options.get("arrayValue").as_array().unwrap_or_default().iter().take(MOST_ITEMS);
            let items = items.filter_map(|item| item.as_str().map(Rc::from)).collect();
            select(node, Args(&[options.get("selected").clone(), options.get("$selected").clone()]));
            node.restyle(|state: &mut State| {
                state.items = items;
                state.labels.get_mut().clear();
            })
        },
    },
    Method { name: "selected", apply: select },
    Method {
        name: "itemSize",
        apply: |node, args| {
            let size = Length::from_value(args.get(0), Unit::Vp).filter(|size| !size.is_relative());
            node.restyle(|state: &mut State| put(&mut state.item_size, size))
        },
    },
    Method {
        name: "autoCollapse",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.without_collapse, args.get(0).as_bool() == Some(false)))
        },
    },
    Method {
        name: "itemBorderRadius",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.item_radius, length(args.get(0)))),
    },
    Method { name: "font", apply: |node, args| look(node, |state| state.font = Font::from_value(args.get(0))) },
    Method {
        name: "selectedFont",
        apply: |node, args| look(node, |state| state.selected_font = Font::from_value(args.get(0))),
    },
    Method { name: "color", apply: |node, args| look(node, |state| state.color = parse_color(args.get(0))) },
    Method {
        name: "selectedColor",
        apply: |node, args| look(node, |state| state.selected_color = parse_color(args.get(0))),
    },
    Method {
        name: "selectedBackgroundColor",
        apply: |node, args| look(node, |state| state.selected_background = parse_color(args.get(0))),
    },
    Method {
        name: "usingPopup",
        apply: |node, args| popup(node, |popup| popup.used = args.get(0).as_bool() == Some(true)),
    },
    Method { name: "popupColor", apply: |node, args| popup(node, |popup| popup.color = parse_color(args.get(0))) },
    Method {
        name: "popupBackground",
        apply: |node, args| popup(node, |popup| popup.background = parse_color(args.get(0))),
    },
    Method {
        name: "popupSelectedColor",
        apply: |node, args| popup(node, |popup| popup.selected_color = parse_color(args.get(0))),
    },
    Method {
        name: "popupUnselectedColor",
        apply: |node, args| popup(node, |popup| popup.item_color = parse_color(args.get(0))),
    },
    Method {
        name: "popupItemBackgroundColor",
        apply: |node, args| popup(node, |popup| popup.item_background = parse_color(args.get(0))),
    },
    Method {
        name: "popupTitleBackground",
        apply: |node, args| popup(node, |popup| popup.title_background = parse_color(args.get(0))),
    },
    Method { name: "popupFont", apply: |node, args| popup(node, |popup| popup.font = Font::from_value(args.get(0))) },
    Method {
        name: "popupItemFont",
        apply: |node, args| popup(node, |popup| popup.item_font = Font::from_value(args.get(0))),
    },
    Method {
        name: "popupItemBorderRadius",
        apply: |node, args| popup(node, |popup| popup.item_radius = length(args.get(0))),
    },
    Method {
        name: "popupPosition",
        apply: |node, args| {
            let at = |name: &str| Length::from_value(args.get(0).get(name), Unit::Vp);
            popup(node, |popup| popup.position = (at("x"), at("y")))
        },
    },
    Method {
        name: "alignStyle",
        apply: |node, args| {
            popup(node, |popup| {
                popup.align = args.get(0).as_i32();
                popup.offset = length(args.get(1));
            })
        },
    },
    Method {
        name: "popupBackgroundBlurStyle",
        apply: |node, args| {
            popup(node, |popup| popup.blur = Some(args.get(0).clone()).filter(|style| !style.is_nullish()))
        },
    },
    Method { name: "enableHapticFeedback", apply: super::without_effect },
];

static EVENTS: &[Method] = handlers!["onSelect", "onSelected", "onRequestPopupData", "onPopupSelect"];

#[cfg(test)]
mod tests {
    use super::{Row, collapsed};
    use crate::testing::{Scene, scene_of};
    use concord_ui::geometry::Point;
    use concord_ui::layout::Pass;
    use concord_ui::tree::NodeId;
    use concord_ui::value::Value;

    fn indexer(letters: &[&str]) -> (Scene, NodeId) {
        let mut scene = scene_of("AlphabetIndexer");
        let letters = Value::array(letters.iter().copied().map(Value::text).collect::<Vec<_>>());
        let options = Value::object([("arrayValue", letters), ("selected", Value::Number(0.0))]);
        scene.set(scene.root, "create", &[options]);
        let root = scene.root;
        (scene, root)
    }

    fn click(scene: &mut Scene, node: NodeId, x: f32, y: f32) {
        let component = scene.tree.get(node).expect("a node").component;
        let at = Point::new(x * 3.0, y * 3.0);
        component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), node, at);
    }

    #[test]
    fn a_click_selects_the_letter_below_it() {
        let (mut scene, root) = indexer(&["A", "B", "C"]);
        scene.listen(root, "onSelect");
        scene.frame();
        assert_eq!(scene.rect(root), (0.0, 0.0, 16.0, 56.0));
        // 4 of space and 16 for each letter.
        for y in [40.0, 40.0, 3.0, 1000.0] {
            click(&mut scene, root, 3.0, y);
        }
        assert_eq!(scene.heard(), ["onSelect 2", "onSelect 0", "onSelect 2"]);
    }

    #[test]
    fn letters_collapse_where_there_is_no_room_for_all() {
        let letters: Vec<String> = (b'A'..=b'Z').map(|letter| char::from(letter).to_string()).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        let (mut scene, root) = indexer(&letters);
        scene.listen(root, "onSelect");
        scene.frame();
        assert_eq!(scene.rect(root).3, 8.0 + 26.0 * 16.0);
        scene.set(root, "height", &[Value::Number(8.0 + 15.0 * 16.0)]);
        scene.frame();
        // The last of eight letters with dots between them.
        click(&mut scene, root, 8.0, 4.0 + 14.5 * 16.0);
        // In a dot, its letters follow each other.
        click(&mut scene, root, 8.0, 4.0 + 1.1 * 16.0);
        click(&mut scene, root, 8.0, 4.0 + 1.9 * 16.0);
        assert_eq!(scene.heard(), ["onSelect 25", "onSelect 1", "onSelect 2"]);
        scene.set(root, "autoCollapse", &[Value::Bool(false)]);
        scene.frame();
        click(&mut scene, root, 8.0, 4.0 + 240.0 * 1.5 / 26.0);
        assert_eq!(scene.heard(), ["onSelect 1"]);
        assert_eq!(collapsed(11, 6).first(), Some(&Row::One(0)));
    }

    #[test]
    fn a_bubble_shows_what_the_app_has_for_a_letter() {
        let (mut scene, root) = indexer(&["A", "B", "C"]);
        scene.set(root, "usingPopup", &[Value::Bool(true)]);
        scene.set(root, "alignStyle", &[Value::Number(0.0), Value::Number(10.0)]);
        scene.answer("onRequestPopupData", Value::array(["an", "as"].map(Value::text)));
        scene.listen(root, "onRequestPopupData");
        scene.listen(root, "onPopupSelect");
        scene.frame();
        click(&mut scene, root, 8.0, 25.0);
        assert_eq!(scene.called(), ["onRequestPopupData 1"]);
        scene.frame();
        let bubble = scene.child(root, 0);
        let (x, _, width, height) = scene.rect(bubble);
        assert_eq!((x, width, height), (26.0, 56.0, 56.0 + 2.0 * 48.0), "beside the letters, a title and two texts");
        click(&mut scene, bubble, 20.0, 56.0 + 70.0);
        assert_eq!(scene.heard(), ["onPopupSelect 1"]);
        scene.tree.now += 4000.0;
        scene.frame();
        assert!(scene.tree.frame_children(root).is_empty(), "it goes by itself");
    }
}
