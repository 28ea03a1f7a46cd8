//! Items that a mouse selects by drawing a box around them (`multiSelectable`), as `List` and `Grid` have them.

use super::{grid_item, list_item};
use concord_paint::kurbo::{self, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::input::{Source, TouchInput, TouchPhase, UiState, space};
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};

/// The colours of the box.
const FILL: Color = Color::from_argb(0x1a00_0000);
const LINE: Color = Color::from_argb(0x33ff_ffff);

/// Whether an item is selected.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// `selectable(false)`.
    pub(super) fixed: bool,
    /// `selected`.
    pub(super) selected: bool,
    /// Told of a change, for two-way values.
    changed: Option<Callback>,
}

/// The box of a container.
#[derive(Debug, Default)]
pub(super) struct SelectBox {
    /// `multiSelectable`.
    enabled: bool,
    /// Where the mouse was pressed, and where it is, in the frame of the container.
    drawn: Option<(Point, Point)>,
}

/// Finds the box of a container.
pub(super) type Access = fn(&mut Tree, NodeId) -> Option<&mut SelectBox>;

/// Two corners as a rectangle.
fn between(a: Point, b: Point) -> Rect {
    Rect { origin: Point::new(a.x.min(b.x), a.y.min(b.y)), size: Size::new((a.x - b.x).abs(), (a.y - b.y).abs()) }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.origin.x < b.right() && b.origin.x < a.right() && a.origin.y < b.bottom() && b.origin.y < a.bottom()
}

fn choice(tree: &mut Tree, item: NodeId) -> Option<&mut Choice> {
    match tree.get(item)?.component.name() {
        "ListItem" => list_item::choice(tree, item),
        "GridItem" => grid_item::choice(tree, item),
        _ => None,
    }
}

/// Selects an item, or takes that back. The app hears of a change.
pub(super) fn choose(tree: &mut Tree, item: NodeId, selected: bool) {
    let Some(choice) = choice(tree, item) else { return };
    if choice.selected == selected || (selected && choice.fixed) {
        return;
    }
    choice.selected = selected;
    let changed = choice.changed.clone();
    if let Some(changed) = changed {
        tree.emit(&changed, vec![Value::Bool(selected)]);
    }
    tree.emit_event(item, "onSelect", vec![Value::Bool(selected)]);
    tree.set_ui_state(item, UiState::SELECTED, selected);
}

/// The items in sight, those of groups too, with their frames in the container's.
fn items(tree: &Tree, container: NodeId) -> Vec<(NodeId, Rect)> {
    let mut found = Vec::new();
    let mut stack = vec![(container, Point::ZERO)];
    while let Some((id, at)) = stack.pop() {
        for child in tree.frame_children(id) {
            let Some(node) = tree.get(child).filter(|node| node.layout.active) else { continue };
            match node.component.name() {
                "ListItemGroup" => stack.push((child, at + node.layout.offset)),
                "ListItem" | "GridItem" => found.push((child, node.layout.frame().translate(at))),
                _ => {}
            }
        }
    }
    found
}

/// The mouse draws a box.
pub(super) fn touch(pass: &mut Pass<'_>, container: NodeId, input: &TouchInput, access: Access) {
    let tree = &mut *pass.tree;
    if input.source != Source::Mouse || access(tree, container).is_none_or(|own| !own.enabled) {
        return;
    }
    let at = space::to_local(tree, container, input.position);
    let drawn = access(tree, container).and_then(|own| own.drawn);
    let next = match (input.phase, drawn) {
        (TouchPhase::Down, _) => Some((at, at)),
        (TouchPhase::Move, Some((from, _))) => Some((from, at)),
        _ => None,
    };
    if let Some(own) = access(tree, container) {
        own.drawn = next;
    }
    if let Some((from, to)) = next {
        let zone = between(from, to);
        let empty = zone.size.width <= 0.0 && zone.size.height <= 0.0;
        for (item, frame) in items(tree, container) {
            choose(tree, item, !empty && overlap(&frame, &zone));
        }
    }
    tree.mark_paint(container);
}

/// `multiSelectable`.
pub(super) fn enable(node: &mut Setter<'_>, args: Args<'_>, access: Access) -> Value {
    let enabled = args.get(0).as_bool() == Some(true);
    if let Some(own) = access(node.tree, node.node).filter(|own| own.enabled != enabled) {
        *own = SelectBox { enabled, drawn: None };
        node.tree.mark_paint(node.node);
    }
    Value::Undefined
}

impl SelectBox {
    /// Draws the box above the items.
    pub(super) fn paint(&self, painter: &mut Painter) {
        let Some((from, to)) = self.drawn else { return };
        let zone = between(from, to);
        let rect = kurbo::Rect::new(
            f64::from(zone.origin.x),
            f64::from(zone.origin.y),
            f64::from(zone.right()),
            f64::from(zone.bottom()),
        );
        painter.fill_rect(rect, &Brush::Solid(FILL));
        painter.stroke(rect.to_path(0.1), &Stroke::new(1.0), &Brush::Solid(LINE));
    }
}

fn selected(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let value = args.get(0);
    let (given, changed) = match value {
        Value::Object(_) => (value.get("value"), value.get("changeEvent")),
        given => (given, args.get(1)),
    };
    let on = given.as_bool() == Some(true);
    let changed = changed.as_callback().cloned();
    if let Some(choice) = choice(node.tree, node.node) {
        choice.changed = changed;
        choice.selected = on;
    }
    node.tree.set_ui_state(node.node, UiState::SELECTED, on);
    Value::Undefined
}

/// What items have.
pub(super) static ITEM_METHODS: &[Method] = &[
    Method {
        name: "selectable",
        apply: |node, args| {
            let fixed = args.get(0).as_bool() == Some(false);
            if let Some(choice) = choice(node.tree, node.node) {
                choice.fixed = fixed;
            }
            Value::Undefined
        },
    },
    Method { name: "selected", apply: selected },
];

/// What items tell.
pub(super) static ITEM_EVENTS: &[Method] = handlers!["onSelect"];
