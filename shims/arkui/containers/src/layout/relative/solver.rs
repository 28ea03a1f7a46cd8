//! One axis of a `RelativeContainer`.

use super::rules::{AxisRules, ChainStyle, Rule, Target, chains, order};
use super::{Child, RelativeStyle, Span, slot};
use concord_ui::geometry::Axis;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// An axis at work.
pub(super) struct AxisSolver<'a> {
    pub(super) axis: Axis,
    /// Extent of the container.
    pub(super) extent: f32,
    pub(super) right_to_left: bool,
    pub(super) children: &'a mut Vec<Child>,
    /// What anchors have decided about the size of each child, on this axis and the one before.
    pub(super) decided: &'a mut Vec<Ideal>,
    pub(super) style: &'a RelativeStyle,
    pub(super) names: &'a FxHashMap<Rc<str>, Target>,
    pub(super) constraint: ContentConstraint,
}

/// What is solved in one step: a child, a chain of children, or a barrier.
enum Unit {
    Child(usize),
    Chain(Vec<usize>),
    Barrier(usize),
}

#[derive(Default)]
struct Found {
    children: Vec<Span>,
    barriers: Vec<f32>,
}

impl AxisSolver<'_> {
    /// Where every child lies.
    pub(super) fn solve(&mut self, pass: &mut Pass<'_>) -> Vec<Span> {
        let units = self.units();
        let mut found = Found {
            children: vec![Span::default(); self.children.len()],
            barriers: vec![0.0; self.style.barriers.len()],
        };
        for at in order(&self.needs(&units)).unwrap_or_default() {
            match units.get(at) {
                Some(Unit::Child(child)) => {
                    let span = self.child(pass, *child, &found);
                    if let Some(slot) = found.children.get_mut(*child) {
                        *slot = span;
                    }
                }
                Some(Unit::Chain(members)) => self.chain(pass, members, &mut found),
                Some(Unit::Barrier(barrier)) => {
                    let at = self.barrier(*barrier, &found);
                    if let Some(slot) = found.barriers.get_mut(*barrier) {
                        *slot = at;
                    }
                }
                None => {}
            }
        }
        found.children
    }

    fn units(&self) -> Vec<Unit> {
        let chains = chains(self.children, self.axis, self.right_to_left);
        let linked: FxHashSet<usize> = chains.iter().flatten().copied().collect();
        let single = (0..self.children.len()).filter(|child| !linked.contains(child)).map(Unit::Child);
        let barriers = (0..self.style.barriers.len()).map(Unit::Barrier);
        single.chain(barriers).chain(chains.into_iter().map(Unit::Chain)).collect()
    }

    fn needs(&self, units: &[Unit]) -> Vec<FxHashSet<usize>> {
        let mut owners = FxHashMap::default();
        for (index, unit) in units.iter().enumerate() {
            match unit {
                Unit::Child(child) => drop(owners.insert(Target::Child(*child), index)),
                Unit::Barrier(barrier) => drop(owners.insert(Target::Barrier(*barrier), index)),
                Unit::Chain(members) => owners.extend(members.iter().map(|child| (Target::Child(*child), index))),
            }
        }
        let rules = |child: usize| self.children.get(child).map(|child| child.rules.along(self.axis));
        let needs = |index: usize, unit: &Unit| {
            let children: &[usize] = match unit {
                Unit::Child(child) => std::slice::from_ref(child),
                Unit::Chain(members) => members,
                Unit::Barrier(_) => &[],
            };
            let mut targets: Vec<Target> = children
                .iter()
                .filter_map(|child| rules(*child))
                .flat_map(|rules| rules.all())
                .map(|rule| rule.target)
                .collect();
            if let Unit::Barrier(barrier) = unit {
                let members = self.style.barriers.get(*barrier).map(|barrier| barrier.members.as_slice());
                targets.extend(members.unwrap_or_default().iter().filter_map(|name| self.names.get(name).copied()));
            }
            let owners = targets.into_iter().filter_map(|target| owners.get(&target).copied());
            owners.filter(|owner| *owner != index).collect()
        };
        units.iter().enumerate().map(|(index, unit)| needs(index, unit)).collect()
    }

    /// Margins before and behind a child.
    fn margins(&self, child: &Child) -> (f32, f32) {
        let margin = &child.margin;
        if self.axis == Axis::Horizontal { (margin.left, margin.right) } else { (margin.top, margin.bottom) }
    }

    /// Where a rule ties to.
    fn value(&self, pass: &Pass<'_>, rule: Rule, found: &Found) -> f32 {
        match rule.target {
            Target::Container => self.extent * rule.at,
            Target::Child(child) => found.children.get(child).map_or(0.0, |span| span.start + span.length * rule.at),
            Target::Barrier(barrier) => match self.style.barriers.get(barrier) {
                Some(line) if line.axis == self.axis => found.barriers.get(barrier).copied().unwrap_or(0.0),
                _ => 0.0,
            },
            Target::Guideline(line) => match self.style.guidelines.get(line) {
                Some(line) if line.axis == self.axis => {
                    let px = |length: &Option<concord_ui::units::Length>| {
                        length.as_ref().and_then(|length| length.resolve(&pass.tree.environment, self.extent))
                    };
                    px(&line.start).or_else(|| Some(self.extent - px(&line.end)?)).unwrap_or(0.0)
                }
                _ => 0.0,
            },
        }
    }

    fn barrier(&self, barrier: usize, found: &Found) -> f32 {
        let Some(barrier) = self.style.barriers.get(barrier) else { return 0.0 };
        let far = barrier.far != (barrier.localized && self.axis == Axis::Horizontal && self.right_to_left);
        let ends = barrier.members.iter().filter_map(|name| match self.names.get(name)? {
            Target::Child(child) => {
                let span = found.children.get(*child)?;
                Some(if far { span.start + span.length } else { span.start })
            }
            Target::Barrier(other) => found.barriers.get(*other).copied(),
            Target::Container | Target::Guideline(_) => None,
        });
        ends.reduce(if far { f32::max } else { f32::min }).unwrap_or(0.0)
    }

    /// Measures a child and finds out where it lies.
    fn child(&mut self, pass: &mut Pass<'_>, index: usize, found: &Found) -> Span {
        let Some(child) = self.children.get(index) else { return Span::default() };
        let rules = *child.rules.along(self.axis);
        let (before, behind) = self.margins(child);
        let value = |rule: Option<Rule>| rule.map(|rule| self.value(pass, rule, found));
        let start = value(rules.start).map(|at| at + before);
        let end = value(rules.end).map(|at| at - behind);
        let middle = value(rules.middle);
        // Of three anchors, the start and the middle count.
        let between = match (start, middle, end) {
            (Some(start), Some(middle), _) => Some((start, 2.0 * middle - start)),
            (Some(start), None, Some(end)) => Some((start, end)),
            (None, Some(middle), Some(end)) => Some((2.0 * middle - end, end)),
            _ => None,
        };
        let own = child.own.get(slot(self.axis)).copied().unwrap_or(false);
        let alone = !child.rules.any;
        let length = self.measure(pass, index, between.filter(|_| !own).map(|(start, end)| end - start));
        let start = match (between, start, middle, end) {
            (Some((start, end)), ..) if own => start + (end - start - length) * rules.bias,
            (Some((start, _)), ..) | (None, Some(start), ..) => start,
            (None, None, Some(middle), _) => middle - length / 2.0,
            (None, None, None, Some(end)) => end - length,
            (None, None, None, None) => {
                if alone {
                    before
                } else {
                    0.0
                }
            }
        };
        Span { start, length }
    }

    /// Measures a child, with a decided length or its own; anchors in the wrong order make it nothing.
    fn measure(&mut self, pass: &mut Pass<'_>, index: usize, length: Option<f32>) -> f32 {
        let (Some(child), Some(decided)) = (self.children.get_mut(index), self.decided.get_mut(index)) else {
            return 0.0;
        };
        if let Some(length) = length {
            if length < 0.0 {
                child.hidden = true;
            }
            *decided = decided.with(self.axis, Some(length.max(0.0)));
        }
        let constraint = Constraint { ideal: *decided, ..self.constraint.for_child() };
        pass.measure(child.id, &constraint).along(self.axis)
    }

    /// Measures the children of a chain and puts them between the anchors of its ends.
    fn chain(&mut self, pass: &mut Pass<'_>, members: &[usize], found: &mut Found) {
        let rules =
            |index: Option<&usize>| -> Option<AxisRules> { Some(*self.children.get(*index?)?.rules.along(self.axis)) };
        let (Some(first), Some(last)) = (rules(members.first()), rules(members.last())) else { return };
        let (Some(from), Some(to)) = (first.start, last.end) else { return };
        let head = if self.axis == Axis::Horizontal && self.right_to_left { last } else { first };
        let (from, to) = (self.value(pass, from, found), self.value(pass, to, found));
        let mut lengths: Vec<(usize, f32)> = Vec::new();
        let (mut used, mut weights) = (0.0, 0.0);
        for index in members {
            let Some(child) = self.children.get(*index) else { continue };
            let (before, behind) = self.margins(child);
            let weight = child.rules.along(self.axis).weight;
            let length = if weight > 0.0 { 0.0 } else { self.measure(pass, *index, None) };
            weights += weight;
            used += before + length + behind;
            lengths.push((*index, length));
        }
        let mut free = to - from - used;
        if weights > 0.0 {
            let unit = free.max(0.0) / weights;
            for (index, length) in &mut lengths {
                let weight = self.children.get(*index).map_or(0.0, |child| child.rules.along(self.axis).weight);
                if weight > 0.0 {
                    *length = self.measure(pass, *index, Some(unit * weight));
                    free -= *length;
                }
            }
        }
        let count = lengths.len() as f32;
        let style = head.chain.unwrap_or(ChainStyle::Spread);
        let (mut at, gap) = match style {
            ChainStyle::Packed => (from + free * head.bias, 0.0),
            // What is too long sticks out evenly on both sides.
            _ if free < 0.0 => (from + free / 2.0, 0.0),
            ChainStyle::Spread => (from + free / (count + 1.0), free / (count + 1.0)),
            ChainStyle::SpreadInside => (from, free / (count - 1.0).max(1.0)),
        };
        for (index, length) in lengths {
            let Some((before, behind)) = self.children.get(index).map(|child| self.margins(child)) else { continue };
            if let Some(span) = found.children.get_mut(index) {
                *span = Span { start: at + before, length };
            }
            at += before + length + behind + gap;
        }
    }
}
