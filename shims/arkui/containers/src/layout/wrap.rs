//! `Flex` that wraps: children fill one line after the other.

use concord_ui::common::{FlexAlign, ItemAlign};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::NodeId;
use concord_ui::units::Length;

/// What a wrapping `Flex` can be told.
#[derive(Debug, Clone, Default)]
pub struct WrapStyle {
    /// Between two children of a line.
    pub space: Option<Length>,
    /// Between two lines.
    pub line_space: Option<Length>,
    /// Along a line.
    pub justify: FlexAlign,
    /// Across a line.
    pub align: ItemAlign,
    /// Where the lines lie.
    pub align_content: FlexAlign,
    /// Last child first, in every line.
    pub reverse: bool,
    /// Last line first.
    pub wrap_reverse: bool,
}

/// A wrapping line at work.
#[derive(Debug, Clone, Copy)]
pub struct Wrap<'a> {
    /// Along which axis a line runs.
    pub axis: Axis,
    /// How.
    pub style: &'a WrapStyle,
}

struct Line {
    children: Vec<NodeId>,
    main: f32,
    cross: f32,
}

impl Wrap<'_> {
    /// Measures the children and returns the size of the content: all the length that there may be, and the lines.
    pub fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let (axis, cross_axis) = (self.axis, self.axis.cross());
        let (children, positioned) = pass.split_children(node);
        for child in &children {
            pass.measure(*child, &constraint.for_child());
        }
        let limit = constraint.ideal.along(axis).unwrap_or(constraint.max.along(axis));
        for line in self.lines(pass, &children, limit) {
            for child in line.children {
                let short = pass.outer(child).along(cross_axis) < line.cross;
                if short && self.align(pass, child) == ItemAlign::Stretch {
                    let stretched = pass.decide(child, constraint.for_child(), cross_axis, line.cross);
                    pass.measure(child, &stretched);
                }
            }
        }
        pass.measure_positioned(&positioned, constraint);
        let lines = self.lines(pass, &children, limit);
        let longest = lines.iter().map(|line| line.main).fold(0.0, f32::max);
        let main = if limit.is_finite() { limit } else { longest };
        let gaps = self.line_space(pass) * lines.len().saturating_sub(1) as f32;
        let cross = lines.iter().map(|line| line.cross).sum::<f32>() + gaps;
        constraint.fit(Size::on(axis, main, cross))
    }

    /// Places the children.
    pub fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let (axis, cross_axis) = (self.axis, self.axis.cross());
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (children, _) = pass.split_children(node);
        let right_to_left = pass.tree.is_right_to_left(node);
        let (extent, depth) = (content.size.along(axis), content.size.along(cross_axis));
        let lines = self.lines(pass, &children, extent + 0.01);
        let space = self.space(pass);
        let line_space = self.line_space(pass);
        let used: f32 = lines.iter().map(|line| line.cross).sum();
        let gaps = line_space * lines.len().saturating_sub(1) as f32;
        let (mut top, between_lines) = self.style.align_content.distribute(depth - used - gaps, lines.len());
        let backwards = (axis == Axis::Horizontal && right_to_left) != self.style.reverse;
        let upwards = (axis == Axis::Vertical && right_to_left) != self.style.wrap_reverse;
        for line in lines {
            let (mut at, between) = self.style.justify.distribute(extent - line.main, line.children.len());
            let line_top = if upwards { depth - top - line.cross } else { top };
            let baseline = line.children.iter().map(|child| pass.baseline(*child)).fold(0.0, f32::max);
            for child in line.children {
                let outer = pass.outer(child);
                let length = outer.along(axis);
                let main = if backwards { extent - at - length } else { at };
                let cross = match self.align(pass, child) {
                    ItemAlign::Baseline if axis == Axis::Horizontal => baseline - pass.baseline(child),
                    align => (line.cross - outer.along(cross_axis)) * align.factor(upwards),
                };
                let offset = Size::on(axis, main, line_top + cross);
                pass.place_child(child, content.origin + Point::new(offset.width, offset.height));
                at += length + space + between;
            }
            top += line.cross + line_space + between_lines;
        }
    }

    /// Breaks measured children into lines. A line has at least one child.
    fn lines(&self, pass: &Pass<'_>, children: &[NodeId], limit: f32) -> Vec<Line> {
        let space = self.space(pass);
        let mut lines: Vec<Line> = Vec::new();
        for child in children {
            let outer = pass.outer(*child);
            let (main, cross) = (outer.along(self.axis), outer.along(self.axis.cross()));
            match lines.last_mut() {
                Some(line) if line.main + space + main <= limit => {
                    line.main += space + main;
                    line.cross = line.cross.max(cross);
                    line.children.push(*child);
                }
                _ => lines.push(Line { children: vec![*child], main, cross }),
            }
        }
        lines
    }

    fn align(&self, pass: &Pass<'_>, id: NodeId) -> ItemAlign {
        pass.tree.get(id).and_then(|node| node.common.align_self).unwrap_or(self.style.align)
    }

    fn space(&self, pass: &Pass<'_>) -> f32 {
        resolve(pass, self.style.space.as_ref().filter(|_| !self.style.justify.spreads()))
    }

    fn line_space(&self, pass: &Pass<'_>) -> f32 {
        resolve(pass, self.style.line_space.as_ref().filter(|_| !self.style.align_content.spreads()))
    }
}

fn resolve(pass: &Pass<'_>, space: Option<&Length>) -> f32 {
    space.map_or(0.0, |space| space.to_px(&pass.tree.environment).max(0.0))
}
