//! `RelativeContainer`: children lie where their rules tie them to the container, to each other, to guidelines and to barriers.
//!
//! The axes are solved one after the other, since heights may follow from widths: everything on an axis is put in an order in
//! which anchors come before what hangs on them. Children that depend on each other in a circle are all not shown; a chain is
//! the one circle that is allowed, and is solved as one.

mod rules;
mod solver;

use concord_ui::geometry::{Axis, Edges, Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::tree::NodeId;
use concord_ui::units::Length;
use rules::{AxisRules, Rules, Target};
use rustc_hash::{FxHashMap, FxHashSet};
use solver::AxisSolver;
use std::rc::Rc;

pub use rules::{Barrier, Guideline};

/// What a container can be told, and what came out of its last measurement.
#[derive(Debug, Clone, Default)]
pub struct RelativeStyle {
    /// `guideLine`.
    pub guidelines: Vec<Guideline>,
    /// `barrier`.
    pub barriers: Vec<Barrier>,
    /// Where the frames of the shown children begin in the content box.
    pub places: Vec<(NodeId, Point)>,
}

/// A child at work.
struct Child {
    id: NodeId,
    margin: Edges,
    rules: Rules,
    /// Extents that the child decides itself, which come before two anchors.
    own: [bool; 2],
    hidden: bool,
}

/// Where something lies on an axis.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: f32,
    length: f32,
}

fn slot(axis: Axis) -> usize {
    usize::from(axis == Axis::Vertical)
}

/// Measures the children and returns the size of the content and where they lie in it.
pub fn measure_relative(
    pass: &mut Pass<'_>,
    node: NodeId,
    style: &RelativeStyle,
    constraint: &ContentConstraint,
) -> (Size, Vec<(NodeId, Point)>) {
    let names = names(pass, node, style);
    let right_to_left = pass.tree.is_right_to_left(node);
    let mut children = children(pass, node, constraint, &names, right_to_left);
    let mut size = Size::ZERO;
    for axis in Axis::BOTH {
        size = size.with(axis, extent(pass, node, &children, constraint, axis));
    }
    let inner = ContentConstraint {
        max: size,
        percent: size,
        ideal: Ideal { width: Some(size.width), height: Some(size.height) },
        ..*constraint
    };
    if rules::has_circle(&children, &style.barriers, &names) {
        tracing::warn!("RelativeContainer: children depend on each other in a circle, so none is shown");
        for child in &children {
            pass.measure(child.id, &Constraint { ideal: NOTHING, ..inner.for_child() });
        }
        return (constraint.fit(size), Vec::new());
    }
    let mut decided = vec![Ideal::default(); children.len()];
    let mut spans: [Vec<Span>; 2] = Default::default();
    for axis in Axis::BOTH {
        let auto = wraps(pass, node, &children, constraint, axis);
        let mut solver = AxisSolver {
            axis,
            extent: if auto { 0.0 } else { size.along(axis) },
            right_to_left,
            children: &mut children,
            decided: &mut decided,
            style,
            names: &names,
            constraint: inner,
        };
        let found = solver.solve(pass);
        if auto {
            let shown = found.iter().zip(&children).filter(|(_, child)| !child.hidden);
            let end = shown.map(|(span, child)| {
                let margin = if axis == Axis::Horizontal { child.margin.right } else { child.margin.bottom };
                span.start + span.length + margin.max(0.0)
            });
            size = size.with(axis, end.fold(0.0, f32::max));
        }
        if let Some(slot) = spans.get_mut(slot(axis)) {
            *slot = found;
        }
    }
    let [x, y] = spans;
    let places = children
        .iter()
        .zip(x.iter().zip(&y))
        .filter(|(child, _)| !child.hidden)
        .map(|(child, (x, y))| (child.id, Point::new(x.start, y.start)))
        .collect();
    (constraint.fit(size), places)
}

/// Places the children where they were found to lie.
pub fn place_relative(pass: &mut Pass<'_>, node: NodeId, style: &RelativeStyle) {
    let Some(origin) = pass.tree.get(node).map(|node| node.layout.content().origin) else { return };
    for (child, at) in &style.places {
        let Some(margin) = pass.tree.get(*child).map(|child| child.layout.margin.origin()) else { continue };
        pass.place_child(*child, origin + *at - margin);
    }
}

const NOTHING: Ideal = Ideal { width: Some(0.0), height: Some(0.0) };

/// What names mean: components come before guidelines, guidelines before barriers.
fn names(pass: &Pass<'_>, node: NodeId, style: &RelativeStyle) -> FxHashMap<Rc<str>, Target> {
    let mut names: FxHashMap<Rc<str>, Target> = FxHashMap::default();
    for (index, barrier) in style.barriers.iter().enumerate() {
        names.insert(Rc::clone(&barrier.id), Target::Barrier(index));
    }
    for (index, line) in style.guidelines.iter().enumerate() {
        names.insert(Rc::clone(&line.id), Target::Guideline(index));
    }
    for (index, child) in pass.children(node).into_iter().enumerate() {
        if let Some(id) = pass.tree.get(child).and_then(|child| child.common.id.clone()) {
            names.insert(id, Target::Child(index));
        }
    }
    names.insert(Rc::from("__container__"), Target::Container);
    names
}

fn children(
    pass: &Pass<'_>,
    node: NodeId,
    constraint: &ContentConstraint,
    names: &FxHashMap<Rc<str>, Target>,
    right_to_left: bool,
) -> Vec<Child> {
    let environment = &pass.tree.environment;
    let gone: FxHashSet<Rc<str>> = {
        let all = pass.tree.frame_children(node).into_iter().filter_map(|child| pass.tree.get(child));
        all.filter(|child| child.common.is_gone()).filter_map(|child| child.common.id.clone()).collect()
    };
    let own = |length: &Option<Length>| {
        environment.target_api >= 11 && !matches!(length, None | Some(Length::WrapContent | Length::FixAtIdealSize))
    };
    let mut children = Vec::new();
    for id in pass.children(node) {
        let Some(child) = pass.tree.get(id) else { continue };
        let common = &child.common;
        let rules = Rules::read(common, names, &gone, right_to_left);
        children.push(Child {
            id,
            margin: pass.margin_of(id, constraint.percent.width),
            hidden: rules.hidden,
            rules,
            own: [own(&common.width), own(&common.height)],
        });
    }
    children
}

/// Whether the container is as large as its children along an axis: only when told so (`auto`), and when no child hangs on the
/// container itself.
fn wraps(pass: &Pass<'_>, node: NodeId, children: &[Child], constraint: &ContentConstraint, axis: Axis) -> bool {
    let told = pass.tree.get(node).is_some_and(|node| {
        let length = if axis == Axis::Horizontal { &node.common.width } else { &node.common.height };
        matches!(length, Some(Length::WrapContent | Length::FixAtIdealSize))
    });
    let hangs = |rules: &AxisRules| rules.all().any(|rule| rule.target == Target::Container);
    told && constraint.ideal.along(axis).is_none() && !children.iter().any(|child| hangs(child.rules.along(axis)))
}

/// The extent of the content box: all there is, unless decided.
fn extent(pass: &Pass<'_>, node: NodeId, children: &[Child], constraint: &ContentConstraint, axis: Axis) -> f32 {
    let all = [constraint.ideal.along(axis).unwrap_or(f32::INFINITY), constraint.percent.along(axis)];
    let found = all.into_iter().chain([constraint.max.along(axis)]).find(|extent| extent.is_finite());
    if wraps(pass, node, children, constraint, axis) {
        return constraint.max.along(axis);
    }
    found.unwrap_or(0.0)
}
