//! The box model around every component's own algorithm.

use super::cache::Measurement;
use super::{Constraint, ContentConstraint, Ideal, Pass};
use crate::common::Common;
use crate::component::Looks;
use crate::dirty::Dirty;
use crate::geometry::{Axis, Edges, Point, Rect, Size};
use crate::pictures::{Loaded, PictureError, Source};
use crate::tree::{MAX_DEPTH, NodeId};
use crate::units::{Environment, Length};
use crate::value::{Callback, Value};
use std::rc::Rc;

impl Pass<'_> {
    /// Calls a function of the app that comes back into this pass, and counts it as so many levels of nodes: each of them costs
    /// more of the stack than a node does.
    pub fn call_deeper(&mut self, levels: usize, callback: &Callback, args: &[Value]) -> Value {
        self.tree.layout_depth += levels;
        let result = self.host.call(self.tree, callback, args);
        self.tree.layout_depth -= levels;
        result
    }

    /// Measures a node and everything in it; returns the size of its frame, without the margin. Nothing is done when neither
    /// the constraint nor anything in the node has changed since the last time.
    pub fn measure(&mut self, id: NodeId, constraint: &Constraint) -> Size {
        let Some(node) = self.tree.get_mut(id) else { return Size::ZERO };
        if !node.dirty.measure {
            if node.layout.constraint.as_ref() == Some(constraint) {
                return node.layout.size;
            }
            if let Some(known) = node.layout.measurements.get(constraint) {
                node.layout.constraint = Some(*constraint);
                node.layout.size = known.size;
                node.layout.margin = known.margin;
                node.layout.padding = known.padding;
                node.layout.border = known.border;
                node.dirty.place = true;
                return known.size;
            }
        }
        self.arrange(id, constraint)
    }

    /// Measures a node without looking at what is known.
    fn arrange(&mut self, id: NodeId, constraint: &Constraint) -> Size {
        let Some(node) = self.tree.get(id) else { return Size::ZERO };
        let component = node.acting();
        if self.tree.layout_depth >= MAX_DEPTH {
            tracing::error!(component = component.name(), "nested deeper than {MAX_DEPTH} levels: not laid out");
            return Size::ZERO;
        }
        let environment = &self.tree.environment;
        let looks = component.looks(self.tree, id);
        let model = BoxModel::new(&node.common, &looks, environment, constraint);
        let aspect_ratio = node.common.aspect_ratio.filter(|ratio| *ratio > 0.0);
        if let Some(node) = self.tree.get_mut(id) {
            if node.dirty.measure {
                node.layout.measurements.clear();
            }
            node.layout.margin = model.margin;
            node.layout.padding = model.padding;
            node.layout.border = model.border;
        }
        self.tree.layout_depth += 1;
        if self.tree.has_sources() && !component.builds_lazily() {
            self.build_all(id);
        }
        let wanted = component.measure(self, id, &model.content).grow(&model.insets);
        self.tree.layout_depth -= 1;
        let mut size = component.decided_size(self.tree, id, model.fit(wanted));
        if let (Some(ratio), None) = (aspect_ratio, model.ideal.height.or(model.ideal.width)) {
            size.height = size.width / ratio;
        }
        if let Some(node) = self.tree.get_mut(id) {
            node.layout.size = size;
            node.layout.constraint = Some(*constraint);
            node.layout.measurements.keep(Measurement {
                constraint: *constraint,
                size,
                margin: model.margin,
                padding: model.padding,
                border: model.border,
            });
            node.dirty.measure = false;
            node.dirty.place = true;
        }
        size
    }

    /// Places the children of a measured node, and theirs. A node that moves takes along what is in it for free, since offsets
    /// are relative to the parent.
    pub fn place(&mut self, id: NodeId) {
        let Some(node) = self.tree.get(id) else { return };
        if !node.dirty.place && !node.dirty.below || self.tree.layout_depth >= MAX_DEPTH {
            return;
        }
        let component = node.acting();
        if let Some(constraint) = node.layout.constraint.filter(|now| node.layout.measurements.arranged != Some(*now)) {
            self.arrange(id, &constraint);
        }
        let Some(node) = self.tree.get_mut(id) else { return };
        let placing = node.dirty.place;
        node.dirty = Dirty { measure: node.dirty.measure, place: false, below: false };
        let content = node.layout.content();
        // Where rules tie a child, its `position` does not count.
        let tied = component.name() == "RelativeContainer";
        self.tree.layout_depth += 1;
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
                self.adjust(&content, child, tied);
            }
            self.place(child);
        }
        self.place_attached(id);
        self.tree.layout_depth -= 1;
    }

    /// `position`, `offset` and `markAnchor` move a child from where its parent has put it.
    fn adjust(&mut self, content: &Rect, child: NodeId, tied: bool) {
        let environment = &self.tree.environment;
        let Some(node) = self.tree.get(child) else { return };
        let common = &node.common;
        let (size, right_to_left) = (node.layout.size, common.is_right_to_left(environment));
        let anchor = common.mark_anchor.as_ref().map_or(Point::ZERO, |anchor| anchor.resolve(environment, size));
        let tied = tied && common.extra.contains_key("alignRules");
        let offset = if let Some(position) = common.position.as_ref().filter(|_| !tied) {
            if common.is_gone() {
                return;
            }
            position.resolve(environment, content, size, right_to_left) + node.layout.margin.origin()
        } else if !node.layout.active {
            return;
        } else if let Some(by) = &common.offset {
            node.layout.offset + by.shift(environment, content.size, right_to_left)
        } else {
            node.layout.offset
        };
        if let Some(node) = self.tree.get_mut(child) {
            node.layout.offset = offset - anchor;
            node.layout.active = true;
        }
    }

    /// The resolved margin of a child, also before it is measured.
    pub fn margin(&self, child: NodeId, constraint: &Constraint) -> Edges {
        self.margin_of(child, constraint.percent.width)
    }

    /// The resolved margin of a child in a parent whose content is so wide, in px.
    pub fn margin_of(&self, child: NodeId, width: f32) -> Edges {
        self.tree.get(child).map_or(Edges::default(), |node| {
            let looks = node.acting().looks(self.tree, child);
            node.common.margin_in(&looks.margin, &self.tree.environment, width)
        })
    }

    /// The distance of the first line's baseline from the top of a measured node; of nodes without text, their height.
    pub fn baseline(&self, id: NodeId) -> f32 {
        let mut deepest: f32 = 0.0;
        let mut any = false;
        let mut stack = vec![(id, 0.0)];
        while let Some((id, top)) = stack.pop() {
            let Some(node) = self.tree.get(id) else { continue };
            if let Some(baseline) = node.component.baseline(self.tree, id) {
                deepest = deepest.max(top + baseline);
                any = true;
            }
            let inner = top + node.layout.insets().top;
            stack.extend(self.tree.frame_children(id).into_iter().map(|child| (child, inner)));
        }
        if any { deepest } else { self.tree.get(id).map_or(0.0, |node| node.layout.size.height) }
    }
}

/// Measures and places a window's root at a size.
pub fn layout_root(pass: &mut Pass<'_>, root: NodeId, size: Size) {
    pass.load_backgrounds();
    pass.fill_contents();
    let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
    pass.measure(root, &Constraint { min: size, max: size, percent: size, ideal });
    if let Some(node) = pass.tree.get_mut(root) {
        node.layout.active = true;
    }
    pass.place(root);
    pass.tree.report_whereabouts();
}

/// Puts a window's root at a point of the screen; to be called after [`layout_root`].
pub fn place_root(tree: &mut crate::tree::Tree, root: NodeId, origin: Point) {
    if let Some(node) = tree.get_mut(root) {
        node.layout.offset = origin;
    }
}

impl Pass<'_> {
    /// Gets the pictures of backgrounds and borders that were asked for since the last time.
    fn load_backgrounds(&mut self) {
        for id in std::mem::take(&mut self.tree.wants_picture) {
            let Some(node) = self.tree.get(id) else { continue };
            let background = node.common.background.image.as_ref().filter(|image| image.loaded.is_none());
            let border = node.common.border_image.as_ref().filter(|image| image.loaded.is_none());
            let (background, border) =
                (background.and_then(|image| image.source.clone()), border.and_then(|image| image.source.clone()));
            let background = background.map(|source| self.load(&source));
            let border = border.map(|source| self.load(&source));
            let Some(node) = self.tree.get_mut(id) else { continue };
            if let (Some(image), Some(loaded)) = (&mut node.common.background.image, background) {
                image.loaded = Some(loaded);
            }
            if let (Some(image), Some(loaded)) = (&mut node.common.border_image, border) {
                image.loaded = Some(loaded);
            }
        }
    }

    fn load(&mut self, source: &Source) -> Result<Rc<Loaded>, PictureError> {
        let loaded = self.tree.pictures.load(source, self.host);
        if let Err(error) = &loaded {
            tracing::warn!("a background or border shows no picture: {error}");
        }
        loaded
    }
}

/// Coordinates are rounded to whole pixels when they are shown, edges rather than extents, so that neighbours touch.
pub fn round_to_pixels(frame: Rect) -> Rect {
    let (x, y) = (frame.origin.x.round(), frame.origin.y.round());
    Rect::new(x, y, frame.right().round() - x, frame.bottom().round() - y)
}

/// What a node's own attributes make of its parent's constraint.
struct BoxModel {
    margin: Edges,
    padding: Edges,
    border: Edges,
    /// Padding and border.
    insets: Edges,
    /// Decided extents of the frame.
    ideal: Ideal,
    min: Size,
    max: Size,
    content: ContentConstraint,
}

impl BoxModel {
    fn new(common: &Common, looks: &Looks, environment: &Environment, constraint: &Constraint) -> BoxModel {
        let margin = common.margin_in(&looks.margin, environment, constraint.percent.width);
        let padding = common.padding_in(&looks.padding, environment, constraint.percent.width);
        let border = common.border_widths(environment);
        let insets = padding + border;
        let mut outer_max = constraint.max.shrink(&margin);
        for (axis, length) in [(Axis::Horizontal, &common.width), (Axis::Vertical, &common.height)] {
            if matches!(length, Some(Length::FixAtIdealSize)) {
                outer_max = outer_max.with(axis, f32::INFINITY);
            }
        }
        let limits = Limits::new(common, environment, constraint);
        let mut ideal = own_size(common, looks, environment, constraint, outer_max, &margin);
        for axis in Axis::BOTH {
            let limited = ideal.along(axis).map(|extent| limits.apply(axis, extent).max(insets.along(axis)));
            ideal = ideal.with(axis, limited);
        }
        if let Some(ratio) = common.aspect_ratio.filter(|ratio| *ratio > 0.0) {
            ideal = with_aspect_ratio(ideal, ratio, outer_max, constraint);
        }
        let extents = |axis: Axis| {
            let max = ideal.along(axis).unwrap_or_else(|| limits.apply(axis, outer_max.along(axis)));
            let min = constraint.min.along(axis) - margin.along(axis);
            (ideal.along(axis).unwrap_or(limits.min.along(axis).max(min)), max)
        };
        let ((min_width, max_width), (min_height, max_height)) = (extents(Axis::Horizontal), extents(Axis::Vertical));
        let (min, max) = (Size::new(min_width, min_height), Size::new(max_width, max_height));
        let inside = max.shrink(&insets);
        let percent = constraint.percent.shrink(&insets);
        let content = ContentConstraint {
            min: min.shrink(&insets),
            max: inside,
            percent: Size::new(
                if ideal.width.is_some() { inside.width } else { percent.width },
                if ideal.height.is_some() { inside.height } else { percent.height },
            ),
            ideal: Ideal {
                width: ideal.width.map(|width| (width - insets.horizontal()).max(0.0)),
                height: ideal.height.map(|height| (height - insets.vertical()).max(0.0)),
            },
        };
        BoxModel { margin, padding, border, insets, ideal, min, max, content }
    }

    /// The size of the frame when the content would like it to be this.
    fn fit(&self, wanted: Size) -> Size {
        let fit = |axis: Axis| {
            let limited = wanted.along(axis).min(self.max.along(axis)).max(self.min.along(axis));
            let extent = self.ideal.along(axis).unwrap_or(limited);
            if extent.is_finite() { extent } else { 0.0 }
        };
        Size::new(fit(Axis::Horizontal), fit(Axis::Vertical))
    }
}

/// `constraintSize`: it comes before width and height, and its minimum before its maximum.
struct Limits {
    min: Size,
    max: Size,
}

impl Limits {
    fn new(common: &Common, environment: &Environment, constraint: &Constraint) -> Limits {
        let Some(limits) = &common.constraint_size else { return Limits { min: Size::ZERO, max: Size::INFINITE } };
        let percent = constraint.percent;
        let resolve = |length: &Option<Length>, reference: f32, default: f32| {
            length.as_ref().and_then(|length| length.resolve(environment, reference)).unwrap_or(default)
        };
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

    fn apply(&self, axis: Axis, extent: f32) -> f32 {
        extent.min(self.max.along(axis)).max(self.min.along(axis))
    }
}

/// The extents that are decided: by the parent, or by the node's own width and height. Margins are no part of percentages, but
/// of `matchParent`.
fn own_size(
    common: &Common,
    looks: &Looks,
    environment: &Environment,
    constraint: &Constraint,
    outer_max: Size,
    margin: &Edges,
) -> Ideal {
    let own = |length: Option<&Length>, axis: Axis| match length? {
        Length::MatchParent => {
            let reference = (constraint.percent.along(axis) - margin.along(axis)).max(0.0);
            Some(reference).filter(|extent| extent.is_finite()).or(Some(outer_max.along(axis)))
        }
        Length::WrapContent | Length::FixAtIdealSize => None,
        length => length.resolve(environment, constraint.percent.along(axis)).map(|extent| extent.max(0.0)),
    };
    Ideal {
        width: constraint.ideal.width.or_else(|| own(common.width.as_ref().or(looks.width.as_ref()), Axis::Horizontal)),
        height: constraint
            .ideal
            .height
            .or_else(|| own(common.height.as_ref().or(looks.height.as_ref()), Axis::Vertical)),
    }
}

/// The height follows from the width, or the width from the height when only that is known; both stay within what the parent
/// allows. Without either, the height follows once the width of the content is known.
fn with_aspect_ratio(ideal: Ideal, ratio: f32, max: Size, constraint: &Constraint) -> Ideal {
    let max_height = max.height.min(max.width / ratio);
    let from_height = ideal.width.is_none() || constraint.ideal.width.is_none() && constraint.ideal.height.is_some();
    let (width, height) = match (ideal.width, ideal.height) {
        (_, Some(height)) if from_height => {
            let width = (height * ratio).min(max.width);
            (width, width / ratio)
        }
        (Some(width), _) => {
            let height = (width / ratio).min(max_height);
            (height * ratio, height)
        }
        _ => return ideal,
    };
    Ideal { width: Some(width), height: Some(height) }
}
