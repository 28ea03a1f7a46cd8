//! Content of a `Scroll` that two fingers zoom.

use super::scroll::{zoom, zoom_mut};
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::{Axis, Point};
use concord_ui::handlers;
use concord_ui::pan::{PanPhase, ZoomEvent};
use concord_ui::scroll::Motion;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Callback, Value};

/// Time for the way back to a limit, in s.
const RETURN: f32 = 0.25;
/// The part of what fingers do beyond a limit that the content follows.
const RESISTANCE: f32 = 0.4;

/// How much content is zoomed, and how much it may be.
#[derive(Debug)]
pub(super) struct Zoom {
    min: f32,
    max: f32,
    scale: f32,
    /// Whether content goes beyond the limits while fingers hold it (`enableBouncesZoom`).
    bounces: bool,
    /// Told of changes by hand, for two-way values.
    changed: Option<Callback>,
    /// The scale when fingers came.
    base: Option<f32>,
    /// The way back to a limit: from which scale, since when, about which point.
    back: Option<(Motion, f32, f64, Point)>,
}

impl Default for Zoom {
    fn default() -> Zoom {
        Zoom { min: 1.0, max: 1.0, scale: 1.0, bounces: true, changed: None, base: None, back: None }
    }
}

impl Zoom {
    /// How many times as large content is.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// Whether fingers can zoom.
    pub(super) fn is_possible(&self) -> bool {
        self.min < self.max
    }

    fn limit(&self, scale: f32) -> f32 {
        scale.max(self.min).min(self.max.max(self.min))
    }
}

/// Zooms about a point of the node's frame, which keeps showing the same content.
fn zoom_to(tree: &mut Tree, node: NodeId, scale: f32, center: Point) {
    let Some(origin) = tree.get(node).map(|node| node.layout.content().origin) else { return };
    let Some(before) = zoom(tree, node).map(|zoom| zoom.scale) else { return };
    if before == scale || !scale.is_finite() || scale <= 0.0 {
        return;
    }
    let changed = zoom_mut(tree, node).and_then(|zoom| {
        zoom.scale = scale;
        zoom.changed.clone()
    });
    let at = center - origin;
    if let Some(scroll) = tree.scroll_mut(node) {
        for axis in [Axis::Horizontal, Axis::Vertical] {
            if !scroll.direction.is_some_and(|direction| direction.allows(axis)) {
                continue;
            }
            let track = scroll.track_mut(axis);
            let to = (track.offset + at.along(axis)) * scale / before - at.along(axis);
            // What is out of bounds is put right when the content is placed with its new extent.
            track.shift(to.max(0.0) - track.offset);
        }
    }
    let number = Value::Number(f64::from(scale));
    if let Some(changed) = changed {
        tree.emit(&changed, vec![number.clone()]);
    }
    tree.emit_event(node, "onDidZoom", vec![number]);
    tree.mark_place(node);
}

/// Two fingers zoom.
pub(super) fn on_zoom(tree: &mut Tree, node: NodeId, event: &ZoomEvent) {
    let now = tree.now;
    match event.phase {
        PanPhase::Start => {
            if let Some(zoom) = zoom_mut(tree, node) {
                zoom.back = None;
                zoom.base = Some(zoom.scale);
            }
            tree.emit_event(node, "onZoomStart", Vec::new());
        }
        PanPhase::Update => {
            let Some(zoom) = zoom(tree, node) else { return };
            let Some(base) = zoom.base else { return };
            let wanted = base * event.scale;
            let limited = zoom.limit(wanted);
            let scale = if zoom.bounces { limited + (wanted - limited) * RESISTANCE } else { limited };
            zoom_to(tree, node, scale, event.center);
        }
        PanPhase::End | PanPhase::Cancel => {
            let Some(zoom) = zoom_mut(tree, node).filter(|zoom| zoom.base.is_some()) else { return };
            zoom.base = None;
            let limited = zoom.limit(zoom.scale);
            if limited == zoom.scale {
                tree.emit_event(node, "onZoomStop", Vec::new());
            } else {
                let motion = Motion::Ease { to: limited - zoom.scale, seconds: RETURN };
                zoom.back = Some((motion, zoom.scale, now, event.center));
                tree.tick_next(node);
            }
        }
        PanPhase::Touch | PanPhase::Wheel => {}
    }
}

/// Content that was zoomed too far goes back.
pub(super) fn tick(tree: &mut Tree, node: NodeId) {
    let now = tree.now;
    let Some((motion, from, since, center)) = zoom(tree, node).and_then(|zoom| zoom.back.clone()) else { return };
    let time = ((now - since) / 1000.0) as f32;
    let ended = motion.is_over(time);
    zoom_to(tree, node, from + if ended { motion.end() } else { motion.position(time) }, center);
    if ended {
        if let Some(zoom) = zoom_mut(tree, node) {
            zoom.back = None;
        }
        tree.emit_event(node, "onZoomStop", Vec::new());
    } else {
        tree.tick_next(node);
    }
}

fn change(node: &mut Setter<'_>, change: impl FnOnce(&mut Zoom)) -> Value {
    if let Some(zoom) = zoom_mut(node.tree, node.node) {
        change(zoom);
        if zoom.base.is_none() && zoom.back.is_none() {
            zoom.scale = zoom.limit(zoom.scale);
        }
    }
    node.tree.mark_place(node.node);
    Value::Undefined
}

fn positive(value: &Value) -> Option<f32> {
    value.as_f32().filter(|number| *number > 0.0)
}

fn zoom_scale(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let value = args.get(0);
    let (given, changed) = match value {
        Value::Object(_) => (value.get("value"), value.get("changeEvent")),
        given => (given, args.get(1)),
    };
    let (scale, changed) = (positive(given), changed.as_callback().cloned());
    if let Some(zoom) = zoom_mut(node.tree, node.node) {
        zoom.changed = changed;
        zoom.scale = scale.unwrap_or(1.0);
    }
    node.tree.mark_place(node.node);
    Value::Undefined
}

static OWN: &[Method] = &[
    Method {
        name: "maxZoomScale",
        apply: |node, args| change(node, |zoom| zoom.max = positive(args.get(0)).unwrap_or(1.0)),
    },
    Method {
        name: "minZoomScale",
        apply: |node, args| change(node, |zoom| zoom.min = positive(args.get(0)).unwrap_or(1.0)),
    },
    Method { name: "zoomScale", apply: zoom_scale },
    Method {
        name: "enableBouncesZoom",
        apply: |node, args| change(node, |zoom| zoom.bounces = args.get(0).as_bool() != Some(false)),
    },
];

static EVENTS: &[Method] = handlers!["onDidZoom", "onZoomStart", "onZoomStop"];

/// All attributes and events about zooming.
pub(super) static METHODS: std::sync::LazyLock<Vec<Method>> =
    std::sync::LazyLock::new(|| OWN.iter().chain(EVENTS).copied().collect());

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, scene_of};
    use concord_ui::geometry::Point;
    use concord_ui::input::space;
    use concord_ui::pan::{PanPhase, ZoomEvent};
    use concord_ui::tree::NodeId;
    use concord_ui::value::Value;

    fn picture() -> (Scene, NodeId) {
        let mut scene = scene_of("Scroll");
        scene.size(scene.root, 100.0, 100.0);
        scene.set(scene.root, "scrollable", &[Value::Number(4.0)]);
        scene.set(scene.root, "maxZoomScale", &[Value::Number(4.0)]);
        let row = scene.add(scene.root, "Row");
        scene.size(row, 100.0, 100.0);
        for event in ["onZoomStart", "onDidZoom", "onZoomStop"] {
            scene.listen(scene.root, event);
        }
        scene.frame();
        (scene, row)
    }

    fn zoom(scene: &mut Scene, phase: PanPhase, scale: f32) {
        scene.zoom(scene.root, &ZoomEvent { phase, scale, center: Point::new(150.0, 150.0) });
        scene.frame();
    }

    #[test]
    fn two_fingers_zoom_about_the_point_between_them() {
        let (mut scene, row) = picture();
        zoom(&mut scene, PanPhase::Start, 1.0);
        zoom(&mut scene, PanPhase::Update, 2.0);
        let bounds = space::bounds(&scene.tree, row);
        assert_eq!((bounds.origin.x, bounds.origin.y, bounds.size.width), (-150.0, -150.0, 600.0));
        assert_eq!(
            space::to_local(&scene.tree, row, Point::new(150.0, 150.0)),
            Point::new(150.0, 150.0),
            "the middle stays"
        );
        zoom(&mut scene, PanPhase::End, 2.0);
        assert_eq!(scene.heard(), ["onZoomStart", "onDidZoom 2", "onZoomStop"]);
        scene.pull(scene.root, 30.0, 0.0);
        assert_eq!(space::bounds(&scene.tree, row).origin.x, -60.0, "zoomed content scrolls");
    }

    #[test]
    fn content_comes_back_from_beyond_its_limits() {
        let (mut scene, row) = picture();
        zoom(&mut scene, PanPhase::Start, 1.0);
        zoom(&mut scene, PanPhase::Update, 8.0);
        assert!(space::bounds(&scene.tree, row).size.width > 1200.0);
        zoom(&mut scene, PanPhase::End, 8.0);
        scene.rest();
        assert_eq!(space::bounds(&scene.tree, row).size.width, 1200.0);
        assert_eq!(scene.heard().last().map(String::as_str), Some("onZoomStop"));
        scene.set(scene.root, "enableBouncesZoom", &[Value::Bool(false)]);
        zoom(&mut scene, PanPhase::Start, 1.0);
        zoom(&mut scene, PanPhase::Update, 0.1);
        assert_eq!(space::bounds(&scene.tree, row).size.width, 300.0);
    }
}
