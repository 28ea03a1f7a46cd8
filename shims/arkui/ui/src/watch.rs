//! Events about where nodes are: `onAttach`, `onAppear`, `onDisAppear`, `onDetach`, `onAreaChange`, `onSizeChange`,
//! `onVisibleAreaChange` and `onVisibleAreaApproximateChange`. They are found out after layout, for the nodes that have such a handler, in the order in which these
//! were made.

use crate::common::Visibility;
use crate::component::{Method, Setter};
use crate::geometry::{Point, Rect, Size};
use crate::tree::{NodeId, Tree};
use crate::units::Environment;
use crate::value::{Args, Value};

/// What a handler has been told last.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    node: NodeId,
    attached: bool,
    /// The frame in the parent, and the origin of the parent in the window.
    area: (Rect, Point),
    size: Size,
    /// The visible part of the area, 0 to 1.
    ratio: f32,
}

/// Where a node is now.
struct Whereabouts {
    frame: Rect,
    parent: Point,
    visible: f32,
}

const NEAR: f32 = 0.001;

impl Tree {
    /// Looks after a node from now on.
    fn watch(&mut self, node: NodeId) {
        let number = self.number(node);
        self.watched.entry(number).or_insert_with(|| {
            // What is there already has to be told, too.
            self.needs_frame = true;
            Watch { node, attached: false, area: Default::default(), size: Size::ZERO, ratio: 0.0 }
        });
    }

    /// Queues the events of what has changed since the last time. To be called after layout.
    pub(crate) fn report_whereabouts(&mut self) {
        if self.watched.is_empty() {
            return;
        }
        let mut watched = std::mem::take(&mut self.watched);
        watched.retain(|_, watch| self.get(watch.node).is_some());
        for watch in watched.values_mut() {
            self.report_attached(watch);
            if watch.attached {
                self.report_area(watch);
            }
        }
        self.watched.append(&mut watched);
    }

    /// Queues the last events of a node that is about to end.
    pub(crate) fn report_end(&mut self, node: NodeId) {
        let number = self.number(node);
        if self.watched.remove(&number).is_some_and(|watch| watch.attached) {
            self.emit_event(node, "onDetach", Vec::new());
            self.emit_event(node, "onDisAppear", Vec::new());
        }
    }

    fn report_attached(&mut self, watch: &mut Watch) {
        let attached = self.root_of(watch.node).is_some();
        if attached == std::mem::replace(&mut watch.attached, attached) {
            return;
        }
        let events = if attached { ["onAttach", "onAppear"] } else { ["onDetach", "onDisAppear"] };
        for event in events {
            self.emit_event(watch.node, event, Vec::new());
        }
    }

    fn report_area(&mut self, watch: &mut Watch) {
        let here = self.whereabouts(watch.node);
        if let Some(here) = &here {
            let area = (here.frame, here.parent);
            let old = std::mem::replace(&mut watch.area, area);
            if old != area {
                let args = vec![describe(old, &self.environment), describe(area, &self.environment)];
                self.emit_event(watch.node, "onAreaChange", args);
            }
            let old = std::mem::replace(&mut watch.size, here.frame.size);
            if old != here.frame.size {
                let args = [old, here.frame.size].map(|size| describe_size(size, &self.environment));
                self.emit_event(watch.node, "onSizeChange", args.to_vec());
            }
        }
        let ratio = here.map_or(0.0, |here| here.visible);
        let old = std::mem::replace(&mut watch.ratio, ratio);
        if (old - ratio).abs() < NEAR {
            return;
        }
        for event in ["onVisibleAreaChange", "onVisibleAreaApproximateChange"] {
            self.report_visible(watch.node, event, old, ratio);
        }
    }

    /// Tells of a visible part that has passed a limit which the app has named.
    fn report_visible(&mut self, node: NodeId, event: &'static str, old: f32, ratio: f32) {
        let limits = self.get(node).and_then(|node| node.common.extra.get(event));
        let limits = limits.and_then(Value::as_array).unwrap_or_default();
        let mut limits = limits.iter().filter_map(Value::as_f32).map(|limit| limit.clamp(0.0, 1.0));
        let passed = limits.any(|limit| {
            let grown = ratio > limit && old <= limit || ratio < limit && old >= limit;
            let ends = (ratio - limit).abs() < NEAR && !(NEAR..=1.0 - NEAR).contains(&limit);
            grown || ends
        });
        if passed {
            let args = vec![Value::Bool(ratio > old), Value::Number(f64::from(ratio))];
            self.emit_event(node, event, args);
        }
    }

    /// The window that a node is in.
    pub fn root_of(&self, node: NodeId) -> Option<NodeId> {
        let top = std::iter::successors(Some(node), |id| self.get(*id)?.parent()).last()?;
        self.get(top).filter(|node| node.component.name() == "root").map(|_| top)
    }

    /// Where a node is; `None` when it or something around it is not placed.
    fn whereabouts(&self, id: NodeId) -> Option<Whereabouts> {
        let node = self.get(id)?;
        let frame = node.layout.frame();
        let mut shown = node.layout.active && node.common.visibility == Visibility::Visible;
        if !node.layout.active {
            return None;
        }
        // The visible part, in the coordinates of one ancestor after the other; and the origin of the parent likewise.
        let mut visible = frame;
        let mut parent = Point::ZERO;
        let mut next = node.parent();
        while let Some(around) = next.and_then(|id| self.get(id)) {
            next = around.parent();
            if around.component.is_syntax() {
                continue;
            }
            if !around.layout.active {
                return None;
            }
            shown &= around.common.visibility == Visibility::Visible;
            let inside = Rect { origin: Point::ZERO, size: around.layout.size };
            visible = visible.intersect(&inside).translate(around.layout.offset);
            parent = parent + around.layout.offset;
        }
        let area = frame.size.width * frame.size.height;
        let part = visible.size.width * visible.size.height;
        let ratio = if shown && area > 0.0 { (part / area).clamp(0.0, 1.0) } else { 0.0 };
        Some(Whereabouts { frame, parent, visible: ratio })
    }
}

fn vp(px: f32, environment: &Environment) -> Value {
    Value::Number(f64::from(px / environment.density))
}

fn describe_size(size: Size, environment: &Environment) -> Value {
    Value::object([("width", vp(size.width, environment)), ("height", vp(size.height, environment))])
}

/// `Area` in vp.
fn describe((frame, parent): (Rect, Point), environment: &Environment) -> Value {
    let point = |point: Point| Value::object([("x", vp(point.x, environment)), ("y", vp(point.y, environment))]);
    Value::object([
        ("position", point(frame.origin)),
        ("globalPosition", point(parent + frame.origin)),
        ("width", vp(frame.size.width, environment)),
        ("height", vp(frame.size.height, environment)),
    ])
}

fn watch(node: &mut Setter<'_>, event: &'static str, args: Args<'_>) -> Value {
    node.tree.watch(node.node);
    node.handler(event, args)
}

pub(crate) static METHODS: &[Method] = &[
    Method { name: "onAppear", apply: |node, args| watch(node, "onAppear", args) },
    Method { name: "onDisAppear", apply: |node, args| watch(node, "onDisAppear", args) },
    Method { name: "onAttach", apply: |node, args| watch(node, "onAttach", args) },
    Method { name: "onDetach", apply: |node, args| watch(node, "onDetach", args) },
    Method { name: "onAreaChange", apply: |node, args| watch(node, "onAreaChange", args) },
    Method { name: "onSizeChange", apply: |node, args| watch(node, "onSizeChange", args) },
    // `(ratios, event)`, unlike all others.
    Method {
        name: "onVisibleAreaChange",
        apply: |node, args| {
            let ratios = args.get(0).clone();
            node.repaint(|common| drop(common.extra.insert("onVisibleAreaChange", ratios)));
            watch(node, "onVisibleAreaChange", Args(args.0.get(1..).unwrap_or_default()))
        },
    },
    // `({ratios, expectedUpdateInterval}, event)`. Frames are far enough apart: each is looked at.
    Method {
        name: "onVisibleAreaApproximateChange",
        apply: |node, args| {
            let ratios = args.get(0).get("ratios").clone();
            node.repaint(|common| drop(common.extra.insert("onVisibleAreaApproximateChange", ratios)));
            watch(node, "onVisibleAreaApproximateChange", Args(args.0.get(1..).unwrap_or_default()))
        },
    },
];
