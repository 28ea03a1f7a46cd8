//! Rows and columns.
//!
//! Children with a `layoutWeight` share what the others leave, as exact sizes. `displayPriority` groups that do not fit are
//! hidden, lowest first. Without a decided size the container wraps its content, and neither grows nor shrinks anything.

use super::{Constraint, ContentConstraint, Ideal, Pass};
use crate::common::{FlexAlign, ItemAlign};
use crate::geometry::{Axis, Point, Size};
use crate::tree::NodeId;
use crate::units::Length;

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

/// One row or column at work.
#[derive(Debug, Clone, Copy)]
pub struct Linear<'a> {
    /// Along which axis.
    pub axis: Axis,
    /// How.
    pub style: &'a LinearStyle,
}

struct Item {
    id: NodeId,
    weight: f32,
    priority: f32,
    blank: bool,
}

impl Linear<'_> {
    /// Measures the children and returns the size of the content.
    pub fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let axis = self.axis;
        let items = self.items(pass, node);
        let space = self.space(pass, constraint.max.along(axis));
        let limit = constraint.ideal.along(axis).unwrap_or(constraint.max.along(axis));
        let weighted = items.iter().any(|item| item.weight > 0.0 || item.blank);
        let for_child = constraint.for_child();
        for item in &items {
            if item.weight <= 0.0 {
                pass.measure(item.id, &self.stretched(pass, item.id, &for_child, constraint));
            }
        }
        let mut priorities: Vec<f32> = items.iter().map(|item| item.priority).collect();
        priorities.sort_by(|a, b| b.total_cmp(a));
        priorities.dedup();
        let mut used = 0.0;
        let mut shown: Vec<&Item> = Vec::new();
        let mut hidden: Vec<NodeId> = Vec::new();
        for priority in priorities {
            let group: Vec<&Item> = items.iter().filter(|item| item.priority == priority).collect();
            let extent: f32 =
                group.iter().map(|item| if item.weight > 0.0 { 0.0 } else { pass.outer(item.id).along(axis) }).sum();
            let gaps = space * (shown.len() + group.len()).saturating_sub(1) as f32;
            if !shown.is_empty() && used + extent + gaps > limit + 0.01 {
                hidden.extend(items.iter().filter(|item| item.priority <= priority).map(|item| item.id));
                break;
            }
            used += extent;
            shown.extend(group);
        }
        for id in hidden {
            if let Some(node) = pass.tree.get_mut(id) {
                node.layout.size = Size::ZERO;
                node.layout.constraint = None;
                node.common.hidden_by_parent = true;
            }
        }
        let gaps = space * shown.len().saturating_sub(1) as f32;
        let total: f32 = shown.iter().map(|item| item.weight).sum();
        if weighted && limit.is_finite() {
            let mut rest = (limit - used - gaps).max(0.0);
            if total > 0.0 {
                let share = rest / total;
                for item in shown.iter().filter(|item| item.weight > 0.0) {
                    let margin = self.margin_along(pass, item.id, &for_child);
                    let extent = (share * item.weight - margin).max(0.0);
                    let constraint = self.stretched(pass, item.id, &for_child, constraint);
                    let ideal = constraint.ideal.with(axis, Some(extent));
                    pass.measure(item.id, &Constraint { ideal, ..constraint });
                }
            } else {
                let blanks: Vec<NodeId> = shown.iter().filter(|item| item.blank).map(|item| item.id).collect();
                rest += blanks.iter().map(|id| pass.outer(*id).along(axis)).sum::<f32>();
                let share = rest / blanks.len().max(1) as f32;
                for id in blanks {
                    let constraint = self.stretched(pass, id, &for_child, constraint);
                    let extent = share.max(pass.outer(id).along(axis));
                    let ideal = constraint.ideal.with(axis, Some(extent));
                    pass.measure(id, &Constraint { ideal, ..constraint });
                }
            }
        }
        let mut main = gaps;
        let mut cross: f32 = 0.0;
        for item in &shown {
            let outer = pass.outer(item.id);
            main += outer.along(axis);
            cross = cross.max(outer.along(axis.cross()));
        }
        if total > 0.0 && limit.is_finite() {
            main = main.max(limit);
        }
        constraint.fit(Size::on(axis, main, cross))
    }

    /// Places the children.
    pub fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let axis = self.axis;
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let items: Vec<NodeId> = self.items(pass, node).into_iter().map(|item| item.id).collect();
        let shown: Vec<NodeId> = items
            .into_iter()
            .filter(|id| pass.tree.get(*id).is_some_and(|node| !node.common.hidden_by_parent))
            .collect();
        let space = self.space(pass, content.size.along(axis));
        let used: f32 = shown.iter().map(|id| pass.outer(*id).along(axis)).sum::<f32>()
            + space * shown.len().saturating_sub(1) as f32;
        let extent = content.size.along(axis);
        let (mut at, between) = self.style.justify.distribute(extent - used, shown.len());
        let backwards = (axis == Axis::Horizontal && pass.tree.environment.right_to_left) != self.style.reverse;
        for id in shown {
            let outer = pass.outer(id);
            let length = outer.along(axis);
            let main = if backwards { extent - at - length } else { at };
            let align = pass.tree.get(id).and_then(|node| node.common.align_self).unwrap_or(self.style.align);
            let free = content.size.along(axis.cross()) - outer.along(axis.cross());
            let flip = axis == Axis::Vertical && pass.tree.environment.right_to_left;
            let cross = free * align.factor(flip);
            let offset = Size::on(axis, main, cross);
            pass.place_child(id, content.origin + Point::new(offset.width, offset.height));
            at += length + space + between;
        }
        self.place_positioned(pass, node, content.origin);
    }

    /// Children with `position` take no part; they lie at the content's origin until they are moved.
    fn place_positioned(&self, pass: &mut Pass<'_>, node: NodeId, origin: Point) {
        for child in pass.children(node) {
            if pass.tree.get(child).is_some_and(|node| node.common.position.is_some()) {
                pass.place_child(child, origin);
            }
        }
    }

    fn items(&self, pass: &mut Pass<'_>, node: NodeId) -> Vec<Item> {
        let mut items = Vec::new();
        for id in pass.children(node) {
            let Some(child) = pass.tree.get_mut(id) else { continue };
            if child.common.position.is_some() {
                let constraint = child.layout.constraint.unwrap_or(Constraint::up_to(Size::INFINITE));
                pass.measure(id, &constraint);
                continue;
            }
            child.common.hidden_by_parent = false;
            items.push(Item {
                id,
                weight: child.common.layout_weight.max(0.0),
                priority: child.common.display_priority,
                blank: child.component.name() == "Blank",
            });
        }
        items
    }

    fn space(&self, pass: &Pass<'_>, reference: f32) -> f32 {
        let environment = &pass.tree.environment;
        let space = self.style.space.as_ref().and_then(|space| space.resolve(environment, reference));
        space.unwrap_or(0.0).max(0.0)
    }

    fn margin_along(&self, pass: &Pass<'_>, id: NodeId, constraint: &Constraint) -> f32 {
        pass.tree.get(id).map_or(0.0, |node| {
            node.common.margin.resolve(&pass.tree.environment, constraint.percent.width).along(self.axis)
        })
    }

    /// A child that is stretched gets the whole cross extent, when that is known.
    fn stretched(&self, pass: &Pass<'_>, id: NodeId, for_child: &Constraint, own: &ContentConstraint) -> Constraint {
        let cross = self.axis.cross();
        let align = pass.tree.get(id).and_then(|node| node.common.align_self).unwrap_or(self.style.align);
        let (ItemAlign::Stretch, Some(extent)) = (align, own.ideal.along(cross)) else { return *for_child };
        let margin = pass.tree.get(id).map_or(0.0, |node| {
            node.common.margin.resolve(&pass.tree.environment, for_child.percent.width).along(cross)
        });
        let ideal = Ideal::default().with(cross, Some((extent - margin).max(0.0)));
        Constraint { ideal, ..*for_child }
    }
}
