//! The box model around every component's own algorithm.

use super::{Constraint, ContentConstraint, Ideal, Pass};
use crate::common::{Common, LengthEdges};
use crate::geometry::{Axis, Edges, Point, Size};
use crate::tree::{Dirty, MAX_DEPTH, NodeId};
use crate::units::{Environment, Length};

impl Pass<'_> {
    /// Measures a node and everything in it; returns the size of its frame, without the margin. Nothing is done when neither
    /// the constraint nor anything in the node has changed since the last time.
    pub fn measure(&mut self, id: NodeId, constraint: &Constraint) -> Size {
        let Some(node) = self.tree.get(id) else { return Size::ZERO };
        if !node.dirty.measure && node.layout.constraint.as_ref() == Some(constraint) {
            return node.layout.size;
        }
        if self.depth >= MAX_DEPTH {
            tracing::error!(component = node.component.name(), "nested deeper than {MAX_DEPTH} levels: not laid out");
            return Size::ZERO;
        }
        let component = node.component;
        let environment = &self.tree.environment;
        let common = &node.common;
        let margin = resolve_edges(&common.margin, environment, constraint.percent.width);
        let padding = resolve_edges(&common.padding, environment, constraint.percent.width);
        let border = common.border_widths(environment);
        let insets = padding + border;
        let outer_max = constraint.max.shrink(&margin);
        let limits = limits(common, environment, constraint, outer_max);
        let mut ideal = own_size(common, environment, constraint, outer_max, &margin);
        for axis in [Axis::Horizontal, Axis::Vertical] {
            let limited = ideal.along(axis).map(|extent| limits.apply(axis, extent).max(insets.along(axis)));
            ideal = ideal.with(axis, limited);
        }
        if let Some(ratio) = common.aspect_ratio.filter(|ratio| *ratio > 0.0) {
            ideal = with_aspect_ratio(ideal, ratio, outer_max, constraint);
        }
        let max = Size::new(
            ideal.width.unwrap_or_else(|| limits.apply(Axis::Horizontal, outer_max.width)),
            ideal.height.unwrap_or_else(|| limits.apply(Axis::Vertical, outer_max.height)),
        );
        let min = Size::new(
            ideal.width.unwrap_or(limits.min.width.max(constraint.min.width - margin.horizontal())),
            ideal.height.unwrap_or(limits.min.height.max(constraint.min.height - margin.vertical())),
        );
        let content_max = max.shrink(&insets);
        let content = ContentConstraint {
            min: min.shrink(&insets),
            max: content_max,
            percent: Size::new(
                if ideal.width.is_some() { content_max.width } else { constraint.percent.width },
                if ideal.height.is_some() { content_max.height } else { constraint.percent.height },
            ),
            ideal: Ideal {
                width: ideal.width.map(|width| (width - insets.horizontal()).max(0.0)),
                height: ideal.height.map(|height| (height - insets.vertical()).max(0.0)),
            },
        };
        if let Some(node) = self.tree.get_mut(id) {
            node.layout.margin = margin;
            node.layout.padding = padding;
            node.layout.border = border;
        }
        self.depth += 1;
        let wanted = component.measure(self, id, &content).grow(&insets);
        self.depth -= 1;
        let fit = |ideal: Option<f32>, wanted: f32, min: f32, max: f32| {
            let extent = ideal.unwrap_or(wanted.min(max).max(min));
            if extent.is_finite() { extent } else { 0.0 }
        };
        let size = Size::new(
            fit(ideal.width, wanted.width, min.width, max.width),
            fit(ideal.height, wanted.height, min.height, max.height),
        );
        if let Some(node) = self.tree.get_mut(id) {
            node.layout.size = size;
            node.layout.constraint = Some(*constraint);
            node.dirty.measure = false;
            node.dirty.place = true;
        }
        size
    }

    /// Places the children of a measured node, and theirs. A node that moves takes along what is in it for free, since offsets
    /// are relative to the parent.
    pub fn place(&mut self, id: NodeId) {
        let Some(node) = self.tree.get_mut(id) else { return };
        if !node.dirty.place && !node.dirty.below {
            return;
        }
        if self.depth >= MAX_DEPTH {
            return;
        }
        let component = node.component;
        let placing = node.dirty.place;
        node.dirty = Dirty { measure: node.dirty.measure, place: false, below: false };
        self.depth += 1;
        if placing {
            for child in self.tree.frame_children(id) {
                if let Some(child) = self.tree.get_mut(child) {
                    child.layout.active = false;
                }
            }
            component.place(self, id);
        }
        for child in self.tree.frame_children(id) {
            if placing {
                self.adjust(id, child);
            }
            self.place(child);
        }
        self.depth -= 1;
    }

    /// `position`, `offset` and `markAnchor` move a child from where its parent has put it.
    fn adjust(&mut self, parent: NodeId, child: NodeId) {
        let Some(parent) = self.tree.get(parent) else { return };
        let content = parent.layout.content();
        let environment = &self.tree.environment;
        let Some(node) = self.tree.get(child) else { return };
        let common = &node.common;
        let size = node.layout.size;
        let mut offset = node.layout.offset;
        let anchor = common.mark_anchor.as_ref().map_or(Point::ZERO, |anchor| {
            Point::new(
                anchor.0.resolve(environment, size.width).unwrap_or(0.0),
                anchor.1.resolve(environment, size.height).unwrap_or(0.0),
            )
        });
        if let Some(position) = &common.position {
            let margin = node.layout.margin.origin();
            offset = position.resolve(environment, &content, size) + margin - anchor;
        } else if let Some(by) = &common.offset {
            offset = offset + by.shift(environment, content.size) - anchor;
        } else {
            offset = offset - anchor;
        }
        if let Some(node) = self.tree.get_mut(child) {
            node.layout.offset = offset;
            if node.common.position.is_some() {
                node.layout.active = true;
            }
        }
    }
}

/// Measures and places a window's root at a size.
pub fn layout_root(pass: &mut Pass<'_>, root: NodeId, size: Size) {
    let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
    pass.measure(root, &Constraint { min: size, max: size, percent: size, ideal });
    if let Some(node) = pass.tree.get_mut(root) {
        node.layout.active = true;
    }
    pass.place(root);
}

/// Coordinates are rounded to whole pixels when they are shown, edges rather than extents, so that neighbours touch.
pub fn round_to_pixels(frame: crate::geometry::Rect) -> crate::geometry::Rect {
    let (x, y) = (frame.origin.x.round(), frame.origin.y.round());
    crate::geometry::Rect::new(x, y, frame.right().round() - x, frame.bottom().round() - y)
}

/// Percentages of margins and paddings are parts of the parent's width.
fn resolve_edges(edges: &LengthEdges, environment: &Environment, reference: f32) -> Edges {
    let resolve = |length: &Option<Length>| {
        length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(0.0)
    };
    let (left, right) = edges.left_right(environment.right_to_left);
    Edges { left: resolve(left), top: resolve(&edges.top), right: resolve(right), bottom: resolve(&edges.bottom) }
}

/// `constraintSize`: it comes before width and height, and its minimum before its maximum.
struct Limits {
    min: Size,
    max: Size,
}

impl Limits {
    fn apply(&self, axis: Axis, extent: f32) -> f32 {
        extent.min(self.max.along(axis)).max(self.min.along(axis))
    }
}

fn limits(common: &Common, environment: &Environment, constraint: &Constraint, outer_max: Size) -> Limits {
    let Some(limits) = &common.constraint_size else { return Limits { min: Size::ZERO, max: Size::INFINITE } };
    let resolve = |length: &Option<Length>, reference: f32, default: f32| {
        length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(default)
    };
    let _ = outer_max;
    let percent = constraint.percent;
    Limits {
        min: Size::new(
            resolve(&limits.min_width, percent.width, 0.0),
            resolve(&limits.min_height, percent.height, 0.0),
        ),
        max: Size::new(
            resolve(&limits.max_width, percent.width, f32::INFINITY),
            resolve(&limits.max_height, percent.height, f32::INFINITY),
        ),
    }
}

/// The extents that are decided: by the parent, or by the node's own width and height.
fn own_size(
    common: &Common,
    environment: &Environment,
    constraint: &Constraint,
    outer_max: Size,
    margin: &Edges,
) -> Ideal {
    let own = |length: &Option<Length>, axis: Axis| match length.as_ref()? {
        Length::MatchParent => {
            let reference = constraint.percent.along(axis) - margin.along(axis);
            Some(reference).filter(|extent| extent.is_finite()).or(Some(outer_max.along(axis)))
        }
        Length::WrapContent | Length::FixAtIdealSize => None,
        length => length.resolve(environment, constraint.percent.along(axis)).map(|extent| extent.max(0.0)),
    };
    Ideal {
        width: constraint.ideal.width.or_else(|| own(&common.width, Axis::Horizontal)),
        height: constraint.ideal.height.or_else(|| own(&common.height, Axis::Vertical)),
    }
}

/// The height follows from the width, or the width from the height when only that is known. A node without either takes all
/// the width that it may have, or the height where that is the narrower limit.
fn with_aspect_ratio(ideal: Ideal, ratio: f32, max: Size, constraint: &Constraint) -> Ideal {
    match (ideal.width, ideal.height) {
        (Some(width), None) => Ideal { width: Some(width), height: Some(width / ratio) },
        (None, Some(height)) => Ideal { width: Some(height * ratio), height: Some(height) },
        (Some(width), Some(height)) if constraint.ideal.height.is_some() && constraint.ideal.width.is_none() => {
            let _ = width;
            Ideal { width: Some(height * ratio), height: Some(height) }
        }
        (Some(width), Some(_)) => Ideal { width: Some(width), height: Some(width / ratio) },
        (None, None) => {
            let width = if max.width.is_finite() { max.width.min(max.height * ratio) } else { max.height * ratio };
            if width.is_finite() { Ideal { width: Some(width), height: Some(width / ratio) } } else { ideal }
        }
    }
}
