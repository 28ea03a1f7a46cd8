//! `ColumnSplit` and `RowSplit`: children below or beside each other with dividers that can be dragged.

use concord_paint::kurbo::Rect;
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::input::pointer_style;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// A divider, which takes the finger that drags it.
pub(super) struct SplitDivider;

const PART: &str = "SplitDivider";

/// The one whose children lie along this axis.
pub(super) struct Split(pub(super) Axis);

/// Thickness of a divider in px, and of the zone around it that takes fingers, in vp.
const DIVIDER: f32 = 1.0;
const ZONE: f32 = 12.0;
const COLOR: Color = Color::from_argb(0x1a00_0000);

#[derive(Debug, Clone, Default)]
struct Style {
    resizeable: bool,
    /// Between a divider and the child before it.
    start_margin: Option<Length>,
    /// Between a divider and the child behind it.
    end_margin: Option<Length>,
    /// Where dividers were drawn last, in the frame of the node.
    dividers: Vec<Point>,
    /// How far each divider was dragged, in px; the child behind it goes along.
    dragged: Vec<f32>,
    /// The nodes that take the fingers.
    parts: Vec<NodeId>,
}

impl Style {
    /// Before a divider, and behind it.
    fn margins(&self, environment: &Environment) -> (f32, f32) {
        let px = |length: &Option<Length>| length.as_ref().map_or(0.0, |length| length.to_px(environment).max(0.0));
        (px(&self.start_margin), px(&self.end_margin))
    }
}

impl Component for Split {
    fn name(&self) -> &'static str {
        match self.0 {
            Axis::Horizontal => "RowSplit",
            Axis::Vertical => "ColumnSplit",
        }
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let axis = self.0;
        let (children, positioned) = children(pass, node);
        prepare(pass.tree, node, children.len().saturating_sub(1));
        let mut size = Size::ZERO;
        for child in &children {
            pass.measure(*child, &constraint.for_child());
            let outer = pass.outer(*child);
            let cross = size.along(axis.cross()).max(outer.along(axis.cross()));
            size = Size::on(axis, size.along(axis) + outer.along(axis), cross);
        }
        pass.measure_positioned(&positioned, constraint);
        let (before, behind) = margins(pass.tree, node);
        let gaps = (before + DIVIDER + behind) * children.len().saturating_sub(1) as f32;
        constraint.fit(size.with(axis, size.along(axis) + gaps))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let (axis, cross) = (self.0, self.0.cross());
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (before, behind) = margins(pass.tree, node);
        let (children, _) = children(pass, node);
        let count = children.len();
        let dragged = pass.tree.state::<Style>(node).map(|style| style.dragged.clone()).unwrap_or_default();
        let by = |divider: usize| dragged.get(divider).copied().unwrap_or(0.0);
        let mut dividers = Vec::new();
        let mut at = 0.0;
        for (index, child) in children.into_iter().enumerate() {
            let outer = pass.outer(child);
            let free = (content.size.along(cross) - outer.along(cross)) / 2.0;
            // A child goes along with the divider before it, and is covered by what lies behind.
            let moved = index.checked_sub(1).map_or(0.0, by);
            pass.place_child(child, content.origin + Point::on(axis, at + moved, free));
            at += outer.along(axis);
            if index + 1 < count {
                dividers.push(content.origin + Point::on(axis, at + before + by(index), 0.0));
                at += before + DIVIDER + behind;
            }
        }
        let zone = pass.tree.environment.vp(ZONE);
        let size = Size::on(axis, zone, content.size.along(cross));
        let parts = pass.tree.state::<Style>(node).map(|style| style.parts.clone()).unwrap_or_default();
        for (part, divider) in parts.into_iter().zip(&dividers) {
            let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
            pass.measure(part, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
            pass.place_child(part, *divider - Point::on(axis, (zone - DIVIDER) / 2.0, 0.0));
            if let Some(part) = pass.tree.get_mut(part) {
                part.layout.raised = true;
            }
        }
        if let Some(style) = pass.tree.state_mut::<Style>(node) {
            style.dividers = dividers;
        }
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(style), Some(node)) = (tree.state::<Style>(node), tree.get(node)) else { return };
        let size = Size::on(self.0, DIVIDER, node.layout.content().size.along(self.0.cross()));
        for at in &style.dividers {
            let (x, y) = (f64::from(at.x), f64::from(at.y));
            let rect = Rect::new(x, y, x + f64::from(size.width), y + f64::from(size.height));
            painter.fill_rect(rect, &Brush::Solid(COLOR));
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        out.flag("resizeable", tree.state::<Style>(node).is_some_and(|style| style.resizeable));
    }
}

/// Children that the split arranges, and those with a `position`; without its dividers.
fn children(pass: &Pass<'_>, node: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
    let (mut children, positioned) = pass.split_children(node);
    children.retain(|child| pass.tree.get(*child).is_some_and(|child| child.component.name() != PART));
    (children, positioned)
}

/// Makes as many dividers as can be dragged.
fn prepare(tree: &mut Tree, node: NodeId, count: usize) {
    let Some(style) = tree.state::<Style>(node) else { return };
    let wanted = if style.resizeable { count } else { 0 };
    let mut parts = style.parts.clone();
    while parts.len() > wanted {
        if let Some(part) = parts.pop() {
            tree.destroy(part);
        }
    }
    while parts.len() < wanted {
        let Some(part) = tree.create_named(PART, -1) else { return };
        tree.append(node, part);
        parts.push(part);
    }
    if let Some(style) = tree.state_mut::<Style>(node) {
        style.parts = parts;
    }
}

/// A divider is dragged by px: no further than to its neighbours, and to the edges. Returns how far it went.
fn drag(tree: &mut Tree, split: NodeId, part: NodeId, axis: Axis, by: f32) -> f32 {
    let Some(content) = tree.get(split).map(|node| node.layout.content()) else { return 0.0 };
    let Some(style) = tree.state_mut::<Style>(split) else { return 0.0 };
    let Some(index) = style.parts.iter().position(|known| *known == part) else { return 0.0 };
    let at = |index: usize| style.dividers.get(index).map(|at| at.along(axis));
    let Some(here) = at(index) else { return 0.0 };
    let start = content.origin.along(axis);
    let before = index.checked_sub(1).and_then(at).unwrap_or(start);
    let behind = at(index + 1).unwrap_or(start + content.size.along(axis) - DIVIDER);
    let by = by.clamp((before - here).min(0.0), (behind - here).max(0.0));
    style.dragged.resize(style.dragged.len().max(index + 1), 0.0);
    if let Some(dragged) = style.dragged.get_mut(index) {
        *dragged += by;
    }
    // Movements of one frame add up before the next layout.
    if let Some(divider) = style.dividers.get_mut(index) {
        *divider = *divider + Point::on(axis, by, 0.0);
    }
    tree.mark_place(split);
    by
}

/// Along which axis the children of the split around a divider lie.
fn axis_of(tree: &Tree, part: NodeId) -> Option<(NodeId, Axis)> {
    let split = tree.frame_parent(part)?;
    let axis = if tree.get(split)?.component.name() == "RowSplit" { Axis::Horizontal } else { Axis::Vertical };
    Some((split, axis))
}

impl Component for SplitDivider {
    fn name(&self) -> &'static str {
        PART
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        constraint.fit(Size::ZERO)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        axis_of(tree, node).map(|(_, axis)| PanAxis::from(axis))
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn pointer_style(&self, tree: &Tree, node: NodeId, _at: Point) -> Option<i32> {
        Some(match axis_of(tree, node)?.1 {
            Axis::Horizontal => pointer_style::RESIZE_LEFT_RIGHT,
            Axis::Vertical => pointer_style::RESIZE_UP_DOWN,
        })
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let Some((split, axis)) = axis_of(pass.tree, node) else { return Point::ZERO };
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update) {
            return Point::ZERO;
        }
        Point::on(axis, drag(pass.tree, split, node, axis, event.delta.along(axis)), 0.0)
    }
}

fn margins(tree: &Tree, node: NodeId) -> (f32, f32) {
    tree.state::<Style>(node).map_or((0.0, 0.0), |style| style.margins(&tree.environment))
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "resizeable",
        apply: |node, args| {
            node.restyle(|style: &mut Style| put(&mut style.resizeable, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| {
            let margin = |name: &str| Length::from_value(args.get(0).get(name), Unit::Vp);
            node.restyle(|style: &mut Style| {
                style.start_margin = margin("startMargin");
                style.end_margin = margin("endMargin");
            })
        },
    },
];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::value::Value;

    #[test]
    fn a_divider_is_dragged_between_its_neighbours() {
        let mut scene = scene_of("RowSplit");
        scene.size(scene.root, 300.0, 100.0);
        let children: Vec<_> = (0..3)
            .map(|_| {
                let child = scene.add(scene.root, "Row");
                scene.size(child, 80.0, 100.0);
                child
            })
            .collect();
        scene.set(scene.root, "resizeable", &[Value::Bool(true)]);
        scene.frame();
        let dividers: Vec<_> = scene
            .tree
            .frame_children(scene.root)
            .into_iter()
            .filter(|child| scene.tree.get(*child).is_some_and(|child| child.component.name() == "SplitDivider"))
            .collect();
        assert_eq!(dividers.len(), 2);
        let at = scene.rect(children[1]).0;
        scene.pull(dividers[0], 30.0, 0.0);
        assert_eq!(scene.rect(children[1]).0, at + 30.0);
        assert_eq!(scene.rect(children[0]).0, 0.0);
        let last = scene.rect(children[2]).0;
        scene.pull(dividers[0], 500.0, 0.0);
        assert!(scene.rect(children[1]).0 <= last + 1.0, "not beyond the next divider");
        scene.set(scene.root, "resizeable", &[Value::Bool(false)]);
        scene.frame();
        assert_eq!(scene.tree.frame_children(scene.root).len(), 3);
    }
}
