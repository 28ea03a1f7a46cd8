//! Which nodes a point hits: the topmost first, each before what is around it.

use super::space;
use crate::common::{HitTest, Visibility};
use crate::geometry::{Point, Rect, Size};
use crate::layout::Pass;
use crate::tree::{MAX_DEPTH, NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use crate::value::Value;

/// What points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// A finger or a pen.
    Touch,
    /// A mouse.
    Mouse,
}

/// A rectangle of a `responseRegion`; percentages are parts of the node's frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    x: Option<Length>,
    y: Option<Length>,
    width: Option<Length>,
    height: Option<Length>,
    /// `ResponseRegionSupportedTool`: 0 all, 1 finger, 2 pen, 3 mouse.
    tool: i32,
}

impl Region {
    /// From a rectangle or an array of them.
    pub fn list(value: &Value) -> Vec<Region> {
        match value.as_array() {
            Some(items) => items.iter().filter_map(Region::from_value).collect(),
            None => Region::from_value(value).into_iter().collect(),
        }
    }

    fn from_value(value: &Value) -> Option<Region> {
        value.as_object()?;
        let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
        let tool = value.get("tool").as_i32().unwrap_or(0);
        Some(Region { x: length("x"), y: length("y"), width: length("width"), height: length("height"), tool })
    }

    fn resolve(&self, environment: &Environment, size: Size) -> Rect {
        let px = |length: &Option<Length>, reference: f32, default: f32| {
            length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(default)
        };
        Rect::new(
            px(&self.x, size.width, 0.0),
            px(&self.y, size.height, 0.0),
            px(&self.width, size.width, size.width),
            px(&self.height, size.height, size.height),
        )
    }
}

/// What a point hits, as a tree: gestures of nodes that are inside each other compete by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The node.
    pub node: NodeId,
    /// Whether the node itself is hit, rather than only something in it.
    pub own: bool,
    /// What is hit in it, the topmost first.
    pub inner: Vec<Hit>,
}

impl Hit {
    /// All nodes that are hit themselves: the topmost first, each before what is around it.
    pub fn nodes(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        self.collect(&mut nodes);
        nodes
    }

    fn collect(&self, nodes: &mut Vec<NodeId>) {
        for hit in &self.inner {
            hit.collect(nodes);
        }
        if self.own {
            nodes.push(self.node);
        }
    }
}

/// How a hit goes on: to siblings below, to what is around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing is hit.
    Out,
    /// Hit, and what is around is hit too.
    Bubbling,
    /// Hit, and nothing around is.
    Stopped,
}

/// Tests a point of a window, in px, against a node: the whole window, or a part of it. May ask the app (`onTouchIntercept`).
pub fn test(pass: &mut Pass<'_>, root: NodeId, point: Point, pointer: Pointer) -> Option<Hit> {
    let around = pass.tree.frame_parent(root);
    let local = around.map_or(point, |around| space::to_local(pass.tree, around, point));
    Tester { pass, pointer, window: point }.node(root, local, 0).1
}

struct Tester<'a, 'b> {
    pass: &'a mut Pass<'b>,
    pointer: Pointer,
    window: Point,
}

impl Tester<'_, '_> {
    fn node(&mut self, id: NodeId, in_parent: Point, depth: usize) -> (Outcome, Option<Hit>) {
        const OUT: (Outcome, Option<Hit>) = (Outcome::Out, None);
        let tree = &*self.pass.tree;
        let Some(node) = tree.get(id) else { return OUT };
        let common = &node.common;
        let untouchable = common.input.as_ref().is_some_and(|input| input.untouchable);
        if !node.layout.active
            || common.disabled
            || common.visibility != Visibility::Visible
            || common.hidden_by_parent
            || untouchable
            || depth > MAX_DEPTH
        {
            return OUT;
        }
        let Some(point) = space::from_parent(tree, id, in_parent) else { return OUT };
        let inside = in_region(tree, id, point, self.pointer);
        let frame = Rect { origin: Point::ZERO, size: node.shown_frame().size };
        if !inside && !frame.contains(point) && (common.clip || node.component.clips_children()) {
            return OUT;
        }
        let mut mode = common.hit_test;
        if inside && let Some(asked) = self.intercept(id) {
            mode = asked;
        }
        if mode == HitTest::BlockDescendants {
            return OUT;
        }
        let mut inner = Vec::new();
        let (mut consumed, mut stopped) = (false, false);
        if mode != HitTest::Block {
            let chosen = self.choose(id, point);
            for child in children_from_top(self.pass.tree, id) {
                if chosen.is_some_and(|(only, alone)| alone && only != child) {
                    continue;
                }
                let child_mode = self.pass.tree.get(child).map(|child| child.common.hit_test).unwrap_or_default();
                // A child that the app has named is hit wherever the finger is.
                let at = match chosen {
                    Some((only, _)) if only == child => middle_of(self.pass.tree, child, point),
                    _ => point,
                };
                let (outcome, hit) = self.node(child, at, depth + 1);
                inner.extend(hit);
                let blocks = matches!(child_mode, HitTest::Default | HitTest::Block | HitTest::BlockHierarchy);
                match outcome {
                    Outcome::Out => {}
                    Outcome::Stopped => {
                        stopped = true;
                        consumed = true;
                    }
                    Outcome::Bubbling => consumed |= blocks,
                }
                if blocks && outcome != Outcome::Out {
                    break;
                }
            }
        }
        let own = inside && !stopped && mode != HitTest::None;
        let outcome =
            if stopped || (own || consumed) && mode == HitTest::BlockHierarchy || own && mode == HitTest::Block {
                Outcome::Stopped
            } else if own || consumed {
                Outcome::Bubbling
            } else {
                Outcome::Out
            };
        (outcome, (own || !inner.is_empty()).then_some(Hit { node: id, own, inner }))
    }

    /// `onChildTouchTest`: the app names the child that gets the touch; alone, or besides those that it hits.
    fn choose(&mut self, node: NodeId, point: Point) -> Option<(NodeId, bool)> {
        const FORWARD_COMPETITION: i32 = 1;
        const FORWARD: i32 = 2;
        self.pass.tree.get(node)?.common.events.get("onChildTouchTest")?;
        let tree = &*self.pass.tree;
        let children = tree.frame_children(node);
        let infos = children.iter().filter_map(|child| touch_test_info(tree, *child, point, self.window));
        let infos = Value::array(infos.collect::<Vec<_>>());
        let answer = self.pass.call_event(node, "onChildTouchTest", &[infos])?;
        let name = answer.get("id").as_str()?.to_owned();
        let tree = &*self.pass.tree;
        let named = |child: &NodeId| tree.get(*child).is_some_and(|node| node.common.id.as_deref() == Some(&name));
        let child = children.into_iter().find(named)?;
        match answer.get("strategy").as_i32() {
            Some(FORWARD) => Some((child, true)),
            Some(FORWARD_COMPETITION) => Some((child, false)),
            _ => None,
        }
    }

    /// `onTouchIntercept`: the app decides how a node takes part, each time.
    fn intercept(&mut self, node: NodeId) -> Option<HitTest> {
        self.pass.tree.get(node)?.common.events.get("onTouchIntercept")?;
        let event = super::touch::intercept_event(self.pass.tree, node, self.window);
        let mode = self.pass.call_event(node, "onTouchIntercept", &[event])?;
        Some(HitTest::from_number(mode.as_i32()?))
    }
}

/// `TouchTestInfo` of a child, in vp.
fn touch_test_info(tree: &Tree, child: NodeId, in_parent: Point, window: Point) -> Option<Value> {
    let node = tree.get(child)?;
    let local = space::from_parent(tree, child, in_parent)?;
    let frame = node.shown_frame();
    let number = |px: f32| Value::Number(super::object::vp(tree, px));
    let rect =
        [("x", frame.origin.x), ("y", frame.origin.y), ("width", frame.size.width), ("height", frame.size.height)];
    Some(Value::object([
        ("windowX", number(window.x)),
        ("windowY", number(window.y)),
        ("parentX", number(in_parent.x)),
        ("parentY", number(in_parent.y)),
        ("x", number(local.x)),
        ("y", number(local.y)),
        ("rect", Value::object(rect.map(|(name, px)| (name, number(px))))),
        ("id", node.common.id.clone().map_or(Value::text(""), Value::String)),
    ]))
}

/// The point itself when it lies in the child, the middle of the child otherwise.
fn middle_of(tree: &Tree, child: NodeId, point: Point) -> Point {
    let Some(node) = tree.get(child) else { return point };
    let frame = node.shown_frame();
    if frame.contains(point) {
        return point;
    }
    Point::new(frame.origin.x + frame.size.width / 2.0, frame.origin.y + frame.size.height / 2.0)
}

/// Whether a point of the node's own frame lies where the node wants to be hit.
pub fn in_region(tree: &Tree, id: NodeId, point: Point, pointer: Pointer) -> bool {
    let Some(node) = tree.get(id) else { return false };
    let size = node.shown_frame().size;
    let regions = node.common.input.as_ref().map_or(&[][..], |input| match pointer {
        Pointer::Mouse if !input.mouse_response_region.is_empty() => &input.mouse_response_region,
        _ => &input.response_region,
    });
    if regions.is_empty() {
        return Rect { origin: Point::ZERO, size }.contains(point) && node.component.hits(tree, id, point);
    }
    let tool = if pointer == Pointer::Mouse { 3 } else { 1 };
    let counts = |region: &&Region| region.tool == 0 || region.tool == tool;
    regions.iter().filter(counts).any(|region| region.resolve(&tree.environment, size).contains(point))
}

/// Children as they lie on each other, the topmost first.
fn children_from_top(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let mut children = tree.frame_children(id);
    children.sort_by_key(|child| tree.get(*child).map_or(0, |child| child.common.z_index));
    children.reverse();
    let above = tree.attached(id, true);
    if above.is_empty() { children } else { above.into_iter().rev().chain(children).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::Scene;

    /// Two boxes on each other in a stack: what a point in both hits, by their elements (2 lies below, 3 above).
    fn hit_with(mode: HitTest) -> Vec<i32> {
        let mut scene = Scene::stack();
        scene.node(3).common.hit_test = mode;
        scene.hit(20.0, 20.0)
    }

    #[test]
    fn every_mode_reaches_what_it_should() {
        assert_eq!(hit_with(HitTest::Default), [4, 3, 1]);
        assert_eq!(hit_with(HitTest::Block), [3], "neither what is in it, nor below, nor around");
        assert_eq!(hit_with(HitTest::Transparent), [4, 3, 2, 1]);
        assert_eq!(hit_with(HitTest::None), [4, 2, 1]);
        assert_eq!(hit_with(HitTest::BlockHierarchy), [4, 3]);
        assert_eq!(hit_with(HitTest::BlockDescendants), [2, 1]);
    }

    #[test]
    fn what_cannot_be_touched_is_not_hit() {
        let mut scene = Scene::stack();
        scene.node(3).common.disabled = true;
        assert_eq!(scene.hit(20.0, 20.0), [2, 1]);
        let mut scene = Scene::stack();
        scene.node(3).common.visibility = Visibility::Hidden;
        assert_eq!(scene.hit(20.0, 20.0), [2, 1]);
        let mut scene = Scene::stack();
        scene.node(3).common.effects.opacity = Some(0.0);
        assert_eq!(scene.hit(20.0, 20.0), [4, 3, 1], "what is transparent is there");
    }

    #[test]
    fn the_order_is_that_of_z_index() {
        let mut scene = Scene::stack();
        scene.node(2).common.z_index = 1;
        assert_eq!(scene.hit(20.0, 20.0), [2, 1]);
    }

    #[test]
    fn a_response_region_replaces_the_frame() {
        let mut scene = Scene::stack();
        let region = Region::list(&Value::object([
            ("x", Value::Number(100.0)),
            ("y", Value::Number(0.0)),
            ("width", Value::text("50%")),
            ("height", Value::text("100%")),
        ]));
        scene.node(3).common.input.get_or_insert_default().response_region = region;
        // The child is still there, and blocks: what is around it is hit where it wants to be.
        assert_eq!(scene.hit(20.0, 20.0), [4, 1]);
        // 100 vp are 300 px; the frame is 100 px wide.
        assert_eq!(scene.hit(320.0, 20.0), [3, 1]);
        assert_eq!(scene.hit(351.0, 20.0), [1]);
    }

    #[test]
    fn clipping_cuts_off_what_sticks_out() {
        let mut scene = Scene::stack();
        scene.node(4).layout.offset = Point::new(90.0, 90.0);
        assert_eq!(scene.hit(120.0, 120.0), [4, 1]);
        scene.node(3).common.clip = true;
        assert_eq!(scene.hit(120.0, 120.0), [1]);
    }

    #[test]
    fn transforms_are_undone() {
        let mut scene = Scene::stack();
        scene.node(3).common.effects.transform = Some(Box::new(crate::common::Transform {
            scale: Some(([2.0, 2.0, 1.0], [None, None])),
            ..Default::default()
        }));
        // 100 px, doubled about the centre: from -50 to 150.
        assert_eq!(scene.hit(140.0, 140.0), [3, 1]);
        assert_eq!(scene.hit(160.0, 160.0), [1]);
    }

    #[test]
    fn what_is_turned_out_of_the_plane_is_hit_where_it_is_seen() {
        let mut scene = Scene::stack();
        let turned = |degrees: f32| crate::common::Transform {
            rotate: Some(([0.0, 1.0, 0.0], degrees, [None, None], 0.0)),
            ..Default::default()
        };
        // 100 px seen from 576 px away: the right half is farther away and reaches to 73, the left one to 23.
        scene.node(3).common.effects.transform = Some(Box::new(turned(60.0)));
        let before = |scene: &mut Scene, x: f32| scene.hit(x, 75.0).contains(&3);
        assert_eq!([22.0, 24.0, 72.0, 74.0].map(|x| before(&mut scene, x)), [false, true, true, false]);
        // Seen from its edge, it is not there.
        scene.node(3).common.effects.transform = Some(Box::new(turned(90.0)));
        assert!(!before(&mut scene, 50.0));
    }
}
