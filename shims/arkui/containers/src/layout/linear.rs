//! One line of children: `Row`, `Column`, and `Flex` that does not wrap.
//!
//! Children are measured as they are first. What is left of the line then goes to those with a `layoutWeight` as exact sizes, or
//! to those that grow; what is missing is taken from those that shrink. `displayPriority` groups that do not fit are hidden,
//! lowest first. A row or column without a decided length wraps its content and does none of this; a flex takes all that it
//! may have.

use concord_ui::common::{FlexAlign, ItemAlign};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::NodeId;
use concord_ui::units::Length;

/// What `Row` and `Column` can be told.
#[derive(Debug, Clone, Default)]
pub struct LinearStyle {
    /// Between two children.
    pub space: Option<Length>,
    /// Along the axis.
    pub justify: FlexAlign,
    /// Across the axis.
    pub align: ItemAlign,
    /// Last child first.
    pub reverse: bool,
}

/// One line at work.
#[derive(Debug, Clone, Copy)]
pub struct Linear<'a> {
    /// Along which axis.
    pub axis: Axis,
    /// How.
    pub style: &'a LinearStyle,
    /// Whether it is a `Flex`, which takes the whole length and shrinks its children.
    pub flexible: bool,
}

struct Item {
    id: NodeId,
    weight: f32,
    priority: f32,
    grow: f32,
    shrink: f32,
    align: ItemAlign,
    constraint: Constraint,
    shown: bool,
}

/// Lengths that differ by less are equal.
const NEAR: f32 = 0.01;

impl Linear<'_> {
    /// Measures the children and returns the size of the content.
    pub fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let axis = self.axis;
        let (children, positioned) = pass.split_children(node);
        let mut items: Vec<Item> = children.into_iter().filter_map(|id| self.item(pass, id, constraint)).collect();
        let space = self.space(pass, constraint.max.along(axis));
        let weights: f32 = items.iter().map(|item| item.weight).sum();
        let decided = constraint.ideal.along(axis);
        let takes_all = self.flexible || weights > 0.0;
        let limit = decided.or(Some(constraint.max.along(axis)).filter(|max| takes_all && max.is_finite()));
        self.measure_naturally(pass, &mut items, space, limit);
        if let Some(limit) = limit {
            let left = limit - self.length(pass, &items, space, weights > 0.0);
            if weights > 0.0 {
                self.share(pass, &mut items, left);
            } else {
                self.flex(pass, &mut items, left);
            }
        }
        self.stretch(pass, &mut items, constraint);
        pass.measure_positioned(&positioned, constraint);
        let content = self.length(pass, &items, space, false);
        let main = limit.filter(|_| takes_all).unwrap_or(content);
        constraint.fit(Size::on(axis, main, self.cross(pass, &items)))
    }

    /// Places the children.
    pub fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let (axis, cross_axis) = (self.axis, self.axis.cross());
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let shown: Vec<NodeId> = {
            let (mut children, _) = pass.split_children(node);
            children.retain(|id| pass.tree.get(*id).is_some_and(|node| !node.common.hidden_by_parent));
            children
        };
        let right_to_left = pass.tree.is_right_to_left(node);
        let space = self.space(pass, content.size.along(axis));
        let used: f32 = shown.iter().map(|id| pass.outer(*id).along(axis)).sum();
        let gaps = space * shown.len().saturating_sub(1) as f32;
        let extent = content.size.along(axis);
        let (mut at, between) = self.style.justify.distribute(extent - used - gaps, shown.len());
        let backwards = (axis == Axis::Horizontal && right_to_left) != self.style.reverse;
        let baseline = self.baseline(pass, &shown);
        for id in shown {
            let outer = pass.outer(id);
            let length = outer.along(axis);
            let main = if backwards { extent - at - length } else { at };
            let free = content.size.along(cross_axis) - outer.along(cross_axis);
            let cross = match self.align(pass, id) {
                ItemAlign::Baseline if axis == Axis::Horizontal => baseline - self.baseline_of(pass, id),
                align => free * align.factor(axis == Axis::Vertical && right_to_left),
            };
            let offset = Size::on(axis, main, cross);
            pass.place_child(id, content.origin + Point::new(offset.width, offset.height));
            at += length + space + between;
        }
    }

    fn item(&self, pass: &mut Pass<'_>, id: NodeId, own: &ContentConstraint) -> Option<Item> {
        let align = self.align(pass, id);
        let mut constraint = own.for_child();
        let node = pass.tree.get_mut(id)?;
        let common = &mut node.common;
        common.hidden_by_parent = false;
        let weight = common.layout_weight.max(0.0);
        let (grow, shrink) = (common.flex_grow.unwrap_or(0.0), common.flex_shrink);
        // Only numbers above 1 count, and only their whole part.
        let priority = common.display_priority.max(1.0).floor();
        let basis = common.flex_basis.clone();
        if weight <= 0.0
            && let Some(basis) = basis.and_then(|basis| basis.resolve(&pass.tree.environment, own.max.along(self.axis)))
            && basis >= 0.0
        {
            constraint = pass.decide(id, constraint, self.axis, basis);
        }
        let shrink = shrink.unwrap_or(if self.flexible { 1.0 } else { 0.0 }).max(0.0);
        Some(Item { id, weight, priority, grow: grow.max(0.0), shrink, align, constraint, shown: true })
    }

    /// First measurement, by `displayPriority` from high to low, until the line is full.
    fn measure_naturally(&self, pass: &mut Pass<'_>, items: &mut [Item], space: f32, limit: Option<f32>) {
        let mut priorities: Vec<f32> = items.iter().map(|item| item.priority).collect();
        priorities.sort_by(|a, b| b.total_cmp(a));
        priorities.dedup();
        let (mut used, mut count, mut full) = (0.0, 0, false);
        for priority in priorities {
            let group: Vec<usize> =
                items.iter().enumerate().filter(|(_, item)| item.priority == priority).map(|(at, _)| at).collect();
            if !full {
                let mut extent = 0.0;
                for item in group.iter().filter_map(|at| items.get(*at)).filter(|item| item.weight <= 0.0) {
                    pass.measure(item.id, &item.constraint);
                    extent += pass.outer(item.id).along(self.axis);
                }
                let gaps = space * (count + group.len()).saturating_sub(1) as f32;
                full = count > 0 && limit.is_some_and(|limit| used + extent + gaps > limit + NEAR);
                used += extent;
                count += group.len();
            }
            if full {
                for at in group {
                    let Some(item) = items.get_mut(at) else { continue };
                    item.shown = false;
                    if let Some(node) = pass.tree.get_mut(item.id) {
                        node.layout.size = Size::ZERO;
                        node.layout.constraint = None;
                        node.common.hidden_by_parent = true;
                    }
                }
            }
        }
    }

    /// Shares what is left by `layoutWeight`; margins are part of the share.
    fn share(&self, pass: &mut Pass<'_>, items: &mut [Item], left: f32) {
        let total: f32 = items.iter().filter(|item| item.shown).map(|item| item.weight).sum();
        if total <= 0.0 {
            return;
        }
        let unit = left.max(0.0) / total;
        for item in items.iter_mut().filter(|item| item.shown && item.weight > 0.0) {
            item.constraint = pass.decide(item.id, item.constraint, self.axis, unit * item.weight);
            pass.measure(item.id, &item.constraint);
        }
    }

    /// Lets children grow by `flexGrow` into what is left, or shrink by `flexShrink` and size by what is missing.
    fn flex(&self, pass: &mut Pass<'_>, items: &mut [Item], left: f32) {
        let length = |pass: &Pass<'_>, item: &Item| pass.outer(item.id).along(self.axis);
        let factor = |pass: &Pass<'_>, item: &Item| {
            if left >= 0.0 { item.grow } else { item.shrink * length(pass, item) }
        };
        let total: f32 = items.iter().filter(|item| item.shown).map(|item| factor(pass, item)).sum();
        if total <= 0.0 || left.abs() < NEAR {
            return;
        }
        for item in items.iter_mut().filter(|item| item.shown) {
            let change = left / total * factor(pass, item);
            if change.abs() > 0.001 {
                let extent = length(pass, item) + change;
                item.constraint = pass.decide(item.id, item.constraint, self.axis, extent);
                pass.measure(item.id, &item.constraint);
            }
        }
    }

    /// Gives children the whole cross extent that are to have it.
    fn stretch(&self, pass: &mut Pass<'_>, items: &mut [Item], constraint: &ContentConstraint) {
        let cross = self.axis.cross();
        let own = constraint.ideal.along(cross);
        let wanted = |pass: &Pass<'_>, item: &Item| {
            item.shown && (item.align == ItemAlign::Stretch || own.is_none() && pass.matches_parent(item.id, cross))
        };
        if !items.iter().any(|item| wanted(pass, item)) {
            return;
        }
        let extent = own.unwrap_or_else(|| {
            let fixed = items.iter().filter(|item| !pass.matches_parent(item.id, cross));
            let extent = fixed.map(|item| pass.outer(item.id).along(cross)).fold(0.0, f32::max);
            extent.min(constraint.max.along(cross)).max(constraint.min.along(cross))
        });
        for item in items.iter_mut() {
            if wanted(pass, item) {
                item.constraint = pass.decide(item.id, item.constraint, cross, extent);
                pass.measure(item.id, &item.constraint);
            }
        }
    }

    /// The length of the shown children and what is between them; those with a weight count for nothing at first.
    fn length(&self, pass: &Pass<'_>, items: &[Item], space: f32, without_weighted: bool) -> f32 {
        let shown = items.iter().filter(|item| item.shown);
        let count = shown.clone().count();
        let counted = shown.filter(|item| !(without_weighted && item.weight > 0.0));
        let used: f32 = counted.map(|item| pass.outer(item.id).along(self.axis)).sum();
        used + space * count.saturating_sub(1) as f32
    }

    fn cross(&self, pass: &Pass<'_>, items: &[Item]) -> f32 {
        let shown = || items.iter().filter(|item| item.shown);
        let cross = shown().map(|item| pass.outer(item.id).along(self.axis.cross())).fold(0.0, f32::max);
        if self.axis == Axis::Vertical || !shown().any(|item| item.align == ItemAlign::Baseline) {
            return cross;
        }
        let ids: Vec<NodeId> = shown().map(|item| item.id).collect();
        let above = self.baseline(pass, &ids);
        let aligned = shown().filter(|item| item.align == ItemAlign::Baseline);
        let below = aligned.map(|item| pass.outer(item.id).height - self.baseline_of(pass, item.id));
        cross.max(above + below.fold(0.0, f32::max))
    }

    /// The lowest baseline of the children that are aligned by it.
    fn baseline(&self, pass: &Pass<'_>, children: &[NodeId]) -> f32 {
        if self.axis == Axis::Vertical {
            return 0.0;
        }
        let aligned = children.iter().filter(|id| self.align(pass, **id) == ItemAlign::Baseline);
        aligned.map(|id| self.baseline_of(pass, *id)).fold(0.0, f32::max)
    }

    fn baseline_of(&self, pass: &Pass<'_>, id: NodeId) -> f32 {
        pass.tree.get(id).map_or(0.0, |node| node.layout.margin.top) + pass.baseline(id)
    }

    fn align(&self, pass: &Pass<'_>, id: NodeId) -> ItemAlign {
        pass.tree.get(id).and_then(|node| node.common.align_self).unwrap_or(self.style.align)
    }

    /// Between two children; nothing where `justifyContent` distributes what is left.
    fn space(&self, pass: &Pass<'_>, reference: f32) -> f32 {
        if self.style.justify.spreads() {
            return 0.0;
        }
        let environment = &pass.tree.environment;
        let space = self.style.space.as_ref().and_then(|space| space.resolve(environment, reference));
        space.unwrap_or(0.0).max(0.0)
    }
}
