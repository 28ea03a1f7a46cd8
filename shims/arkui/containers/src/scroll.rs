//! `Scroll`: one child, seen through a box that is smaller.

use super::scroll_zoom::{self, Zoom};
use concord_paint::Painter;
use concord_paint::kurbo::Affine;
use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, ZoomEvent};
use concord_ui::scroll::{COMMANDS, EdgeEffect, ScrollAlign, ScrollState, paint_bars, settle};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(super) struct Scroll;

/// What only a `Scroll` has.
#[derive(Default)]
pub(super) struct Style {
    /// `initialOffset`, until it was used.
    initial: Option<(Option<Length>, Option<Length>)>,
    snap: Option<Snap>,
    paging: bool,
    zoom: Zoom,
}

/// `scrollSnap`.
#[derive(PartialEq)]
struct Snap {
    align: ScrollAlign,
    /// One page after the other, or the offsets of all.
    pages: Pages,
    /// Whether content can rest between the start and the first page, and between the last page and the end.
    to_start: bool,
    to_end: bool,
}

#[derive(PartialEq)]
enum Pages {
    Every(Length),
    At(Vec<Length>),
}

impl Snap {
    fn from_value(value: &Value) -> Option<Snap> {
        let align = match value.get("snapAlign").as_i32()? {
            1 => ScrollAlign::Start,
            2 => ScrollAlign::Center,
            3 => ScrollAlign::End,
            _ => return None,
        };
        let pagination = value.get("snapPagination");
        let pages = match pagination.as_array() {
            Some(offsets) => Pages::At(offsets.iter().filter_map(|at| Length::from_value(at, Unit::Vp)).collect()),
            None => Pages::Every(Length::from_value(pagination, Unit::Vp)?),
        };
        let flag = |name: &str| value.get(name).as_bool().unwrap_or(true);
        Some(Snap { align, pages, to_start: flag("enableSnapToStart"), to_end: flag("enableSnapToEnd") })
    }

    /// The offset to rest at instead of `end`.
    fn rest(&self, tree: &Tree, scroll: &ScrollState, end: f32) -> Option<f32> {
        let track = scroll.track(scroll.axis());
        let last = (track.extent - track.viewport).max(0.0);
        let end = end.clamp(0.0, last);
        let environment = &tree.environment;
        let mut stops: Vec<f32> = match &self.pages {
            Pages::At(offsets) => offsets.iter().filter_map(|at| at.resolve(environment, track.viewport)).collect(),
            Pages::Every(page) => {
                let page = page.resolve(environment, track.viewport).filter(|page| *page >= 1.0)?;
                let shift = match self.align {
                    ScrollAlign::End => page - track.viewport,
                    ScrollAlign::Center => (page - track.viewport) / 2.0,
                    _ => 0.0,
                };
                let near = ((end - shift) / page).floor();
                vec![near * page + shift, (near + 1.0) * page + shift]
            }
        };
        if let Pages::At(_) = self.pages {
            // Before the first page and behind the last one content rests anywhere, unless start and end are pages too.
            let (first, behind) =
                (stops.iter().copied().fold(f32::INFINITY, f32::min), stops.iter().copied().fold(0.0, f32::max));
            if (end < first && !self.to_start) || (end > behind && !self.to_end) {
                return None;
            }
            stops.extend(self.to_start.then_some(0.0));
            stops.extend(self.to_end.then_some(last));
        }
        let nearest = stops.into_iter().min_by(|a, b| (a - end).abs().total_cmp(&(b - end).abs()))?;
        Some(nearest.clamp(0.0, last))
    }
}

/// The zoom of a `Scroll`.
pub(super) fn zoom(tree: &Tree, node: NodeId) -> Option<&Zoom> {
    tree.state::<Style>(node).map(|style| &style.zoom)
}

/// See [`zoom`].
pub(super) fn zoom_mut(tree: &mut Tree, node: NodeId) -> Option<&mut Zoom> {
    tree.state_mut::<Style>(node).map(|style| &mut style.zoom)
}

impl Component for Scroll {
    fn name(&self) -> &'static str {
        "Scroll"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::None))
    }

    fn scrolls_both_ways(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        static OWN: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(scroll_zoom::METHODS.iter()).copied().collect());
        concord_ui::scrollable!(&OWN)
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let direction = pass.tree.scroll(node).and_then(|scroll| scroll.direction);
        let mut for_child = constraint.for_child();
        for axis in [Axis::Horizontal, Axis::Vertical] {
            if direction.is_some_and(|direction| direction.allows(axis)) {
                for_child.max = for_child.max.with(axis, f32::INFINITY);
            }
        }
        let mut size = Size::ZERO;
        for child in pass.children(node) {
            pass.measure(child, &for_child);
            size = size.max(pass.outer(child));
        }
        constraint.fit(size)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::Center);
        let children = pass.children(node);
        let scale = zoom(pass.tree, node).map_or(1.0, Zoom::scale);
        let scaled = |size: Size| Size::new(size.width * scale, size.height * scale);
        let extent = children.iter().fold(Size::ZERO, |size, child| size.max(scaled(pass.outer(*child))));
        let initial = pass.tree.state_mut::<Style>(node).and_then(|style| style.initial.take());
        let environment = pass.tree.environment.clone();
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let mut offset = Point::ZERO;
        for axis in [Axis::Horizontal, Axis::Vertical] {
            if !scroll.direction.is_some_and(|direction| direction.allows(axis)) {
                continue;
            }
            let may_be_over = scroll.may_be_over(axis);
            let jump = scroll.jump.take();
            let track = scroll.track_mut(axis);
            if let Some((x, y)) = &initial {
                let length = if axis == Axis::Horizontal { x } else { y };
                let start = length.as_ref().and_then(|length| length.resolve(&environment, content.size.along(axis)));
                track.offset = start.unwrap_or(0.0);
            }
            track.know(extent.along(axis), content.size.along(axis));
            if let Some(jump) = jump {
                let end = track.after;
                track.shift(if jump.index > 0 { end } else { -track.before });
            }
            if !may_be_over {
                let pending = track.pending;
                track.clamp();
                // A smaller content that pulls itself back is no scrolling, except for what was scrolled.
                track.pending = if pending == 0.0 { 0.0 } else { track.pending };
            }
            offset = offset.with(axis, track.offset);
        }
        let fits = |axis: Axis| extent.along(axis) <= content.size.along(axis);
        let scrolls =
            |axis: Axis| pass.tree.scroll(node).and_then(|scroll| scroll.direction).is_some_and(|d| d.allows(axis));
        let free = |axis: Axis| !scrolls(axis) || fits(axis);
        let (free_x, free_y) = (free(Axis::Horizontal), free(Axis::Vertical));
        let (x, y) = alignment.factors(environment.right_to_left);
        for child in children {
            let outer = scaled(pass.outer(child));
            // Content that fits lies where `align` says; the rest begins at the start.
            let at = Point::new(
                if free_x { (content.size.width - outer.width) * x } else { 0.0 },
                if free_y { (content.size.height - outer.height) * y } else { 0.0 },
            );
            pass.place_child(child, content.origin + at - offset);
        }
        settle(pass.tree, node, None);
    }

    fn zooms(&self, tree: &Tree, node: NodeId) -> bool {
        zoom(tree, node).is_some_and(Zoom::is_possible)
    }

    fn on_zoom(&self, pass: &mut Pass<'_>, node: NodeId, event: &ZoomEvent) {
        scroll_zoom::on_zoom(pass.tree, node, event);
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        scroll_zoom::tick(pass.tree, node);
        concord_ui::scroll::tick(pass, node);
    }

    /// Zoomed content grows from its corner.
    fn children_transform(&self, tree: &Tree, node: NodeId) -> Option<Affine> {
        let scale = f64::from(zoom(tree, node).map(Zoom::scale).filter(|scale| *scale != 1.0)?);
        let child = *tree.frame_children(node).first()?;
        let corner = tree.get(child)?.layout.offset;
        let corner = (f64::from(corner.x), f64::from(corner.y));
        Some(Affine::translate(corner) * Affine::scale(scale) * Affine::translate((-corner.0, -corner.1)))
    }

    fn snap(&self, tree: &Tree, node: NodeId, end: f32) -> Option<f32> {
        let style = tree.state::<Style>(node)?;
        let scroll = tree.scroll(node)?;
        let track = scroll.track(scroll.axis());
        let to = match &style.snap {
            Some(snap) => snap.rest(tree, scroll, track.offset + end)?,
            None if style.paging && track.viewport > 0.0 => {
                // A fling turns one page at most.
                let here = (track.offset / track.viewport).round();
                let there = ((track.offset + end) / track.viewport).round().clamp(here - 1.0, here + 1.0);
                (there * track.viewport).clamp(0.0, (track.extent - track.viewport).max(0.0))
            }
            None => return None,
        };
        Some(to - track.offset)
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(scroll) = tree.scroll(node) else { return };
        out.text(
            "scrollable",
            match scroll.direction {
                Some(PanAxis::Vertical) => "ScrollDirection.Vertical",
                Some(PanAxis::Horizontal) => "ScrollDirection.Horizontal",
                Some(PanAxis::Free) => "ScrollDirection.Free",
                None => "ScrollDirection.None",
            },
        );
        out.flag("enableScrollInteraction", scroll.style.interactive);
    }
}

fn initial_offset(value: &Value) -> Option<(Option<Length>, Option<Length>)> {
    value.as_object()?;
    let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
    Some((length("xOffset"), length("yOffset")))
}

fn direction(value: &Value) -> Option<PanAxis> {
    match value.as_i32() {
        Some(1) => Some(PanAxis::Horizontal),
        Some(2 | 4) => Some(PanAxis::Free),
        Some(3) => None,
        _ => Some(PanAxis::Vertical),
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _: Args<'_>| Value::Undefined },
    Method {
        name: "scrollable",
        apply: |node, args| {
            let direction = direction(args.get(0));
            node.rescroll(|scroll| {
                if scroll.direction != direction {
                    scroll.direction = direction;
                    scroll.horizontal = Default::default();
                    scroll.vertical = Default::default();
                }
            });
            node.restyle(|_: &mut Style| {})
        },
    },
    Method {
        name: "initialOffset",
        apply: |node, args| {
            // It counts once, when the component appears.
            let fresh = node.tree.get(node.node).is_some_and(|node| node.layout.constraint.is_none());
            let initial = initial_offset(args.get(0)).filter(|_| fresh);
            node.restyle(|style: &mut Style| put(&mut style.initial, initial))
        },
    },
    Method {
        name: "scrollSnap",
        apply: |node, args| node.restyle(|style: &mut Style| put(&mut style.snap, Snap::from_value(args.get(0)))),
    },
    Method {
        name: "enablePaging",
        apply: |node, args| {
            node.restyle(|style: &mut Style| put(&mut style.paging, args.get(0).as_bool() == Some(true)))
        },
    },
];

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, scene_of};
    use concord_ui::geometry::Point;
    use concord_ui::input::{Tool, WheelInput, touchpad, wheel};
    use concord_ui::layout::Pass;
    use concord_ui::value::Value;

    fn page() -> Scene {
        let mut scene = scene_of("Scroll");
        scene.set(scene.root, "width", &[Value::Number(200.0)]);
        scene.set(scene.root, "height", &[Value::Number(200.0)]);
        let column = scene.add(scene.root, "Column");
        for _ in 0..5 {
            let row = scene.add(column, "Row");
            scene.set(row, "width", &[Value::text("100%")]);
            scene.set(row, "height", &[Value::Number(100.0)]);
        }
        scene
    }

    fn offset(scene: &mut Scene) -> f64 {
        let offset = scene.command(scene.root, "currentOffset", &[]);
        offset.get("yOffset").as_f64().unwrap_or(f64::NAN)
    }

    fn scrolled(scene: &mut Scene, act: impl FnOnce(&mut Pass<'_>, concord_ui::NodeId)) {
        let root = scene.root;
        act(&mut Pass::new(&mut scene.tree, &mut scene.host), root);
    }

    #[test]
    fn content_follows_a_touchpad_and_goes_on_when_the_fingers_leave() {
        let mut scene = page();
        scene.frame();
        let root = scene.root;
        scene.listen(root, "onScrollStart");
        scene.listen(root, "onScrollStop");
        let (position, tool) = (Point::new(100.0, 100.0), Tool::Touchpad);
        for step in 0..10 {
            let input = WheelInput { position, delta: Point::new(0.0, -12.0), steps: None, tool };
            scrolled(&mut scene, |pass, root| touchpad::fingers(pass, root, &input, f64::from(step) * 8.0));
            scene.frame();
        }
        assert_eq!(offset(&mut scene), 40.0, "120 px at a density of 3");
        scrolled(&mut scene, |pass, _| touchpad::fingers_left(pass));
        scene.rest();
        assert!(offset(&mut scene) > 100.0, "{}", offset(&mut scene));
        assert_eq!(scene.heard(), ["onScrollStart", "onScrollStop"]);
        // Fingers that rest before they leave end it where it is.
        let before = offset(&mut scene);
        let input = WheelInput { position, delta: Point::new(0.0, 12.0), steps: None, tool };
        scrolled(&mut scene, |pass, root| touchpad::fingers(pass, root, &input, 0.0));
        let still = WheelInput { delta: Point::ZERO, ..input };
        scrolled(&mut scene, |pass, root| touchpad::fingers(pass, root, &still, 500.0));
        scrolled(&mut scene, |pass, _| touchpad::fingers_left(pass));
        scene.rest();
        assert_eq!(offset(&mut scene), before - 4.0);
    }

    #[test]
    fn a_step_of_a_wheel_is_three_lines() {
        let mut scene = page();
        scene.frame();
        for (steps, is) in [(1.0, 63.0), (0.5, 94.5), (-1.0, 31.5)] {
            scrolled(&mut scene, |pass, root| {
                let input = WheelInput::turned(pass.tree, Point::new(100.0, 100.0), Point::new(0.0, steps));
                assert!(wheel(pass, root, &input));
            });
            scene.frame();
            assert!((offset(&mut scene) - is).abs() < 0.4, "{}", offset(&mut scene));
        }
    }

    #[test]
    fn commands_stay_within_the_content() {
        let mut scene = page();
        scene.frame();
        for (to, is) in [(150.0, 150.0), (999.0, 300.0), (0.0, 0.0)] {
            scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", Value::Number(to))])]);
            assert_eq!(offset(&mut scene), is);
        }
        scene.command(scene.root, "scrollPage", &[Value::object([("next", Value::Bool(true))])]);
        scene.frame();
        assert_eq!(offset(&mut scene), 200.0);
        scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
        scene.frame();
        assert_eq!(offset(&mut scene), 300.0);
        assert_eq!(scene.command(scene.root, "isAtEnd", &[]).as_bool(), Some(true));
    }

    #[test]
    fn the_content_follows_and_the_app_hears() {
        let mut scene = page();
        scene.listen(scene.root, "onDidScroll");
        scene.listen(scene.root, "onReachEnd");
        scene.frame();
        scene.command(scene.root, "scrollTo", &[Value::object([("yOffset", Value::Number(999.0))])]);
        scene.frame();
        let column = scene.child(scene.root, 0);
        assert_eq!(scene.rect(column), (0.0, -300.0, 200.0, 500.0));
        assert_eq!(scene.heard(), ["onDidScroll 0 300 0", "onReachEnd"]);
    }

    #[test]
    fn a_finger_pulls_and_momentum_goes_on() {
        let mut scene = page();
        scene.frame();
        scene.swipe(scene.root, 0.0, -50.0, 8);
        let at_release = offset(&mut scene);
        assert!(at_release > 45.0, "{at_release}");
        scene.rest();
        assert!(offset(&mut scene) > at_release);
        assert!(offset(&mut scene) <= 300.0);
    }

    #[test]
    fn edges_without_effect_are_hard_and_springs_come_back() {
        let mut scene = page();
        scene.frame();
        scene.pull(scene.root, 0.0, 60.0);
        assert_eq!(offset(&mut scene), 0.0);
        scene.set(scene.root, "edgeEffect", &[Value::Number(0.0)]);
        scene.pull(scene.root, 0.0, 60.0);
        assert!(offset(&mut scene) < -20.0);
        scene.release(scene.root);
        scene.rest();
        assert_eq!(offset(&mut scene), 0.0);
    }

    #[test]
    fn content_that_fits_lies_in_the_middle_and_does_not_move() {
        let mut scene = scene_of("Scroll");
        scene.set(scene.root, "width", &[Value::Number(60.0)]);
        scene.set(scene.root, "height", &[Value::Number(60.0)]);
        let row = scene.add(scene.root, "Row");
        scene.set(row, "width", &[Value::Number(20.0)]);
        scene.set(row, "height", &[Value::Number(20.0)]);
        scene.frame();
        assert_eq!(scene.rect(row), (20.0, 20.0, 20.0, 20.0));
        assert!(
            scene.tree.get(scene.root).is_some_and(|node| node.component.pan_axis(&scene.tree, scene.root).is_none())
        );
        scene.set(scene.root, "align", &[Value::Number(0.0)]);
        scene.frame();
        assert_eq!(scene.rect(row), (0.0, 0.0, 20.0, 20.0));
    }
}
