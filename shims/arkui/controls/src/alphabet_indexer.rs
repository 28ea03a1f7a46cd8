//! `AlphabetIndexer`: a column of letters that a finger picks from, beside a list.

use super::Bound;
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_text::{Paragraph, ParagraphStyle, Point as TextPoint, TextStyle};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct AlphabetIndexer;

/// Extent of an item, size of its text, and space above and below all, in vp and fp.
const ITEM: f32 = 16.0;
const TEXT: f32 = 10.0;
const PADDING: f32 = 4.0;
/// Most items that are drawn.
const MOST_ITEMS: usize = 1000;
/// Colours of `indexer_pattern` in the theme.
const COLOR: u32 = 0x9918_2431;
const SELECTED_COLOR: u32 = 0xff00_7dff;
const SELECTED_BACKGROUND: u32 = 0x1a00_7dff;

#[derive(Default)]
struct State {
    items: Vec<Rc<str>>,
    selected: usize,
    /// What the app said last that shall be selected.
    given: Option<usize>,
    changed: Option<Callback>,
    item_size: Option<Length>,
    text_size: Option<Length>,
    selected_text_size: Option<Length>,
    color: Option<Color>,
    selected_color: Option<Color>,
    selected_background: Option<Color>,
}

impl State {
    /// The extent of one item in a box that may be lower than all of them.
    fn pitch(&self, tree: &Tree, height: f32) -> f32 {
        let item = self.item_size.as_ref().unwrap_or(&Length::vp(ITEM)).to_px(&tree.environment).max(1.0);
        let inner = (height - tree.environment.vp(PADDING * 2.0)).max(0.0);
        item.min(inner / self.items.len().max(1) as f32)
    }
}

/// Selects the item at a point of the node's frame, and tells the app.
fn pick(tree: &mut Tree, node: NodeId, at: Point) {
    let Some(content) = tree.get(node).map(|node| node.layout.content()) else { return };
    let Some(state) = tree.state::<State>(node) else { return };
    let pitch = state.pitch(tree, content.size.height);
    let top = content.origin.y + tree.environment.vp(PADDING);
    if pitch <= 0.0 || state.items.is_empty() {
        return;
    }
    let index = (((at.y - top) / pitch).floor().max(0.0) as usize).min(state.items.len() - 1);
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if std::mem::replace(&mut state.selected, index) == index {
        return;
    }
    let changed = state.changed.clone();
    let number = Value::Number(index as f64);
    if let Some(changed) = changed {
        tree.emit(&changed, vec![number.clone()]);
    }
    tree.emit_event(node, "onSelect", vec![number.clone()]);
    tree.emit_event(node, "onSelected", vec![number]);
    tree.mark_paint(node);
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
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let item = state.item_size.as_ref().unwrap_or(&Length::vp(ITEM)).to_px(&pass.tree.environment);
        let padding = pass.tree.environment.vp(PADDING * 2.0);
        constraint.fit(Size::new(item, item * state.items.len() as f32 + padding))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        pick(pass.tree, node, at);
    }

    fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<PanAxis> {
        Some(PanAxis::Vertical)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update) {
            return Point::ZERO;
        }
        pick(pass.tree, node, event.position);
        Point::ZERO.with(Axis::Vertical, event.delta.y)
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let Some(fonts) = tree.known_fonts() else { return };
        let content = found.layout.content();
        let environment = &tree.environment;
        let pitch = state.pitch(tree, content.size.height);
        let default = Length::Plain(TEXT, Unit::Fp);
        for (index, item) in state.items.iter().enumerate().take(MOST_ITEMS) {
            let is_selected = index == state.selected;
            let top = content.origin.y + environment.vp(PADDING) + pitch * index as f32;
            let row = Rect::new(content.origin.x, top, content.size.width, pitch);
            if is_selected {
                let color = state.selected_background.unwrap_or(Color::from_argb(SELECTED_BACKGROUND));
                let shape = kurbo::Rect::new(
                    f64::from(row.origin.x),
                    f64::from(row.origin.y),
                    f64::from(row.right()),
                    f64::from(row.bottom()),
                );
                painter.fill_rounded(shape.to_rounded_rect(f64::from(environment.vp(4.0))), &Brush::Solid(color));
            }
            let (size, color) = if is_selected {
                (&state.selected_text_size, state.selected_color.unwrap_or(Color::from_argb(SELECTED_COLOR)))
            } else {
                (&state.text_size, state.color.unwrap_or(Color::from_argb(COLOR)))
            };
            let size = size.as_ref().unwrap_or(&default).to_px(environment);
            let style = TextStyle { size, color, ..TextStyle::default() };
            let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), item, &style);
            paragraph.layout(f32::INFINITY, None);
            let x = row.origin.x + (row.size.width - paragraph.longest_line()) / 2.0;
            let y = f64::from(row.origin.y) + (f64::from(pitch) - paragraph.size().height) / 2.0;
            paragraph.paint(painter, TextPoint::new(f64::from(x), y));
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("selected", state.selected.to_string());
    }
}

/// `selected`, which may be a two-way value.
fn select(node: &mut concord_ui::Setter<'_>, args: concord_ui::value::Args<'_>) -> Value {
    let bound = Bound::args(args);
    let index = bound.value.as_f64().filter(|index| *index >= 0.0).map(|index| index as usize);
    node.redraw(|state: &mut State| {
        state.changed = bound.change;
        if state.given != index {
            state.given = index;
            state.selected = index.unwrap_or(0);
        }
    })
}

fn font_size(value: &Value) -> Option<Length> {
    Length::from_value(value.get("size"), Unit::Fp)
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let items = options.get("arrayValue").as_array().unwrap_or_default();
            let items = items.iter().filter_map(|item| item.as_str().map(Rc::from)).collect();
            select(node, concord_ui::value::Args(&[options.get("selected").clone(), options.get("$selected").clone()]));
            node.restyle(|state: &mut State| state.items = items)
        },
    },
    Method { name: "selected", apply: select },
    Method {
        name: "itemSize",
        apply: |node, args| {
            let size = Length::from_value(args.get(0), Unit::Vp).filter(|size| !size.is_relative());
            node.restyle(|state: &mut State| state.item_size = size)
        },
    },
    Method {
        name: "font",
        apply: |node, args| node.redraw(|state: &mut State| state.text_size = font_size(args.get(0))),
    },
    Method {
        name: "selectedFont",
        apply: |node, args| node.redraw(|state: &mut State| state.selected_text_size = font_size(args.get(0))),
    },
    Method {
        name: "color",
        apply: |node, args| node.redraw(|state: &mut State| state.color = parse_color(args.get(0))),
    },
    Method {
        name: "selectedColor",
        apply: |node, args| node.redraw(|state: &mut State| state.selected_color = parse_color(args.get(0))),
    },
    Method {
        name: "selectedBackgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| state.selected_background = parse_color(args.get(0))),
    },
];

static EVENTS: &[Method] = handlers!["onSelect", "onSelected"];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::geometry::Point;
    use concord_ui::layout::Pass;
    use concord_ui::value::Value;

    #[test]
    fn a_click_selects_the_letter_below_it() {
        let mut scene = scene_of("AlphabetIndexer");
        let letters = Value::array(["A", "B", "C"].map(Value::text));
        let options = Value::object([("arrayValue", letters), ("selected", Value::Number(0.0))]);
        scene.set(scene.root, "create", &[options]);
        scene.listen(scene.root, "onSelect");
        scene.frame();
        assert_eq!(scene.rect(scene.root), (0.0, 0.0, 16.0, 56.0));
        let component = scene.tree.get(scene.root).expect("a node").component;
        // 4 of space and 16 for each letter, at a density of 3.
        for y in [40.0, 40.0, 3.0, 1000.0] {
            let at = Point::new(10.0, y * 3.0);
            component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), scene.root, at);
        }
        assert_eq!(scene.heard(), ["onSelect 2", "onSelect 0", "onSelect 2"]);
    }
}
