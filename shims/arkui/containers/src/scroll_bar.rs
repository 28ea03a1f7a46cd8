//! `ScrollBar`: a bar of its own for a container elsewhere, which shares a `Scroller` with it.

use concord_paint::Color;
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::scroll::{BarState, Moving};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(super) struct ScrollBar;

/// Thickness where the app says none, in vp.
const THICKNESS: f32 = 4.0;

#[derive(Default)]
struct State {
    /// The container that it moves.
    target: Option<NodeId>,
    horizontal: bool,
    bar: BarState,
    /// `scrollBarColor`.
    color: Option<Color>,
    /// `enableNestedScroll`: what the container cannot use moves the one around it.
    nested: bool,
}

impl State {
    fn axis(&self) -> Axis {
        if self.horizontal { Axis::Horizontal } else { Axis::Vertical }
    }
}

/// Where the thumb begins and its length, in a box of `length`, px.
fn thumb(tree: &Tree, node: NodeId, length: f32) -> Option<(f32, f32)> {
    let state = tree.state::<State>(node)?;
    let scroll = tree.scroll(state.target?)?;
    concord_ui::scroll::thumb(scroll.track(state.axis()), length, tree.environment.density)
}

impl Component for ScrollBar {
    fn name(&self) -> &'static str {
        "ScrollBar"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let axis = pass.tree.state::<State>(node).map_or(Axis::Vertical, State::axis);
        let max = constraint.max.along(axis);
        let children = pass.measure_stacked(node, constraint);
        let thickness = children.along(axis.cross()).max(pass.tree.environment.vp(THICKNESS));
        let length = if max.is_finite() { max } else { children.along(axis) };
        constraint.fit(Size::on(axis, length, thickness))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let axis = pass.tree.state::<State>(node).map_or(Axis::Vertical, State::axis);
        let length = content.size.along(axis);
        for child in pass.children(node) {
            // A thumb of the app's own goes along the whole box, whatever its size.
            let outer = pass.outer(child).along(axis);
            let at = thumb(pass.tree, node, length).map_or(0.0, |(start, own)| {
                let range = length - own;
                if range > 0.0 { start / range * (length - outer).max(0.0) } else { 0.0 }
            });
            pass.place_child(child, content.origin + Point::on(axis, at, 0.0));
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        thumb(tree, node, 1.0).map(|_| PanAxis::from(state.axis()))
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let Some(state) = pass.tree.state::<State>(node) else { return Point::ZERO };
        let (axis, target) = (state.axis(), state.target);
        let length = pass.tree.get(node).map_or(0.0, |node| node.layout.content().size.along(axis));
        let (Some(target), Some((_, own))) = (target, thumb(pass.tree, node, length)) else { return Point::ZERO };
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update) || length <= own {
            return Point::ZERO;
        }
        // The thumb follows the finger, so that the content goes the other way, and further.
        let Some(scroll) = pass.tree.scroll_mut(target) else { return Point::ZERO };
        let track = scroll.track_mut(axis);
        let by = event.delta.along(axis) * (track.extent - track.viewport) / (length - own);
        let rest = by - track.take(by);
        pass.tree.mark_place(target);
        let nested = pass.tree.state::<State>(node).is_some_and(|state| state.nested);
        let outer = std::iter::successors(pass.tree.frame_parent(target), |id| pass.tree.frame_parent(*id))
            .find(|id| pass.tree.scroll(*id).and_then(|scroll| scroll.direction).is_some_and(|way| way.allows(axis)));
        if let Some(outer) = outer.filter(|_| nested && rest != 0.0) {
            if let Some(scroll) = pass.tree.scroll_mut(outer) {
                scroll.track_mut(axis).take(rest);
            }
            pass.tree.mark_place(outer);
        }
        pass.tree.mark_place(node);
        Point::ZERO.with(axis, event.delta.along(axis))
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut concord_paint::Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let moving = state.target.and_then(|target| tree.scroll(target)).is_some_and(|s| s.moving != Moving::Idle);
        let shown = state.bar == BarState::On || (state.bar == BarState::Auto && moving);
        if shown && found.children().is_empty() {
            let content = found.layout.content();
            if let Some((start, length)) = thumb(tree, node, content.size.along(state.axis())) {
                concord_ui::scroll::paint_thumb_in(&content, state.axis(), start, length, state.color, painter);
            }
        }
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            // `ScrollBarDirection`: Vertical 0, Horizontal 1.
            let horizontal = options.get("direction").as_i32() == Some(1);
            let bar = BarState::from_value(options.get("state"));
            node.restyle(|state: &mut State| {
                state.horizontal = horizontal;
                state.bar = bar;
            })
        },
    },
    Method {
        name: "scrollBarColor",
        apply: |node, args| {
            let color = parse_color(args.get(0));
            node.redraw(|state: &mut State| state.color = color)
        },
    },
    Method {
        name: "enableNestedScroll",
        apply: |node, args| {
            let nested = args.get(0).as_bool() == Some(true);
            node.redraw(|state: &mut State| state.nested = nested)
        },
    },
];

/// What the app's side says: the container that has the same `Scroller`.
static COMMANDS: &[Method] = &[Method {
    name: "target",
    apply: |node, args| {
        let number = args.get(0).as_f64().filter(|number| *number > 0.0);
        let target = number.and_then(|number| node.tree.by_number(number as u64));
        if node.tree.state::<State>(node.node).is_some_and(|state| state.target == target) {
            return Value::Undefined;
        }
        let bar = node.node;
        let old = node.tree.state::<State>(bar).and_then(|state| state.target);
        if let Some(old) = old.and_then(|old| node.tree.scroll_mut(old)) {
            old.bars.retain(|known| *known != bar);
        }
        if let Some(scroll) = target.and_then(|target| node.tree.scroll_mut(target)) {
            scroll.bars.push(bar);
        }
        node.restyle(|state: &mut State| put(&mut state.target, target))
    },
}];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::value::Value;

    #[test]
    fn the_thumb_moves_the_container() {
        let mut scene = scene_of("Column");
        let scroll = scene.add(scene.root, "Scroll");
        scene.size(scroll, 100.0, 200.0);
        scene.add_box(scroll, 800.0);
        let bar = scene.add(scene.root, "ScrollBar");
        scene.size(bar, 8.0, 200.0);
        let target = Value::Number(scene.tree.number(scroll) as f64);
        scene.command(bar, "target", &[target]);
        scene.frame();
        // A thumb of 50 in 200 has a way of 150 for 600 of content.
        scene.pull(bar, 0.0, 75.0);
        let offset = scene.command(scroll, "currentOffset", &[]);
        assert_eq!(offset.get("yOffset").as_f64().map(f64::round), Some(300.0));
    }

    #[test]
    fn what_the_container_cannot_use_moves_the_one_around_it() {
        let mut scene = scene_of("Scroll");
        scene.size(scene.root, 100.0, 200.0);
        let column = scene.add(scene.root, "Column");
        let scroll = scene.add(column, "Scroll");
        scene.size(scroll, 100.0, 100.0);
        scene.add_box(scroll, 200.0);
        let bar = scene.add(column, "ScrollBar");
        scene.size(bar, 8.0, 100.0);
        scene.add_box(column, 400.0);
        scene.set(bar, "enableNestedScroll", &[Value::Bool(true)]);
        let target = Value::Number(scene.tree.number(scroll) as f64);
        scene.command(bar, "target", &[target]);
        scene.frame();
        scene.pull(bar, 0.0, 100.0);
        let offset =
            |scene: &mut crate::testing::Scene, node| scene.command(node, "currentOffset", &[]).get("yOffset").as_f64();
        assert_eq!(offset(&mut scene, scroll), Some(100.0));
        let root = scene.root;
        assert_eq!(offset(&mut scene, root), Some(100.0));
    }

    #[test]
    fn a_thumb_of_the_app_follows_the_container() {
        let mut scene = scene_of("Column");
        let scroll = scene.add(scene.root, "Scroll");
        scene.size(scroll, 100.0, 200.0);
        scene.add_box(scroll, 800.0);
        let bar = scene.add(scene.root, "ScrollBar");
        scene.size(bar, 8.0, 200.0);
        let thumb = scene.add_box(bar, 20.0);
        let target = Value::Number(scene.tree.number(scroll) as f64);
        scene.command(bar, "target", &[target]);
        scene.frame();
        scene.command(scroll, "scrollEdge", &[Value::Number(2.0)]);
        scene.rest();
        assert_eq!(scene.rect(thumb).1, 380.0);
    }
}
