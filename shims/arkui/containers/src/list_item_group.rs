//! `ListItemGroup`: items of a `List` with a header and a footer, which may stay in sight while the group scrolls.

use super::list::Divider;
use crate::items::{Built, Items};
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::scroll::Sizes;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use rustc_hash::FxHashMap;
use std::any::Any;
use std::ops::Range;

/// See the module.
pub(super) struct ListItemGroup;

/// Which part of the group is in sight, along the axis from its start in px; infinite where nothing sticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stick {
    /// Where sticky headers lie at least.
    pub(super) start: f32,
    /// Where sticky footers end at most.
    pub(super) end: f32,
}

impl Default for Stick {
    fn default() -> Stick {
        Stick { start: f32::NEG_INFINITY, end: f32::INFINITY }
    }
}

/// `ListItemGroupArea`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    /// Nothing of the group.
    None = 0,
    /// An item.
    Item = 1,
    /// The header.
    Header = 2,
    /// The footer.
    Footer = 3,
}

/// What lies at a distance from the start of a group, with the item; nothing when the node is no group.
pub(super) fn area_at(tree: &Tree, group: NodeId, axis: Axis, from: f32) -> Option<(Area, Option<usize>)> {
    let state = tree.state::<State>(group)?;
    let from = from - tree.get(group)?.layout.content().origin.along(axis);
    let outer = |node: Option<NodeId>| {
        let boxes = node.map(|node| tree.frame_children(node)).unwrap_or_default();
        boxes.iter().filter_map(|part| tree.get(*part)).map(|part| part.layout.outer().along(axis)).fold(0.0, f32::max)
    };
    if from < outer(state.header) {
        return Some((Area::Header, None));
    }
    // An item reaches to where the next begins.
    let behind = state.spans.partition_point(|(at, _)| *at <= from);
    let end = state.spans.last().map_or(0.0, |(at, extent)| at + extent);
    Some(match behind.checked_sub(1) {
        Some(item) if from < end || state.footer.is_none() => (Area::Item, Some(item)),
        _ if state.footer.is_some() => (Area::Footer, None),
        _ => (Area::None, None),
    })
}

/// Most items of a group.
const MOST_ITEMS: usize = 100_000;

/// What a group is told.
#[derive(Default)]
struct State {
    space: Option<Length>,
    /// `childrenMainSize`.
    sizes: Option<Sizes>,
    divider: Option<Divider>,
    /// The nodes (without boxes) around what the builders made.
    header: Option<NodeId>,
    footer: Option<NodeId>,
    axis: Axis,
    stick: Stick,
    /// Where each item begins and its extent, in the content box; estimates for those that were never in sight.
    spans: Vec<(f32, f32)>,
    /// Extents of items that were measured, by index.
    extents: FxHashMap<usize, f32>,
    /// Their sum.
    total: f32,
    /// Changes of the sources that the extents belong to.
    versions: u64,
    built: Built,
    /// Which part of the group items are built for, along the axis from its start in px.
    seen: Range<f32>,
    /// Items that are built and measured.
    measured: Range<usize>,
}

impl State {
    /// What an item that was never measured is taken for.
    fn average(&self) -> f32 {
        if self.extents.is_empty() { 0.0 } else { self.total / self.extents.len() as f32 }
    }

    fn remember(&mut self, index: usize, extent: f32) {
        self.total += extent - self.extents.insert(index, extent).unwrap_or(0.0);
    }
}

/// Says which part of a group is in sight, before it is placed.
pub(super) fn stick(tree: &mut Tree, group: NodeId, axis: Axis, stick: Stick) {
    let Some(state) = tree.state_mut::<State>(group) else { return };
    if state.stick != stick || state.axis != axis {
        state.stick = stick;
        state.axis = axis;
        if let Some(node) = tree.get_mut(group) {
            node.dirty.place = true;
        }
    }
}

/// Where an item of a measured group begins in its frame, along the axis, and its extent.
pub(super) fn item_span(tree: &Tree, group: NodeId, axis: Axis, index: usize) -> Option<(f32, f32)> {
    let state = tree.state::<State>(group)?;
    let (at, extent) = *state.spans.get(index.min(state.spans.len().checked_sub(1)?))?;
    Some((at + tree.get(group)?.layout.content().origin.along(axis), extent))
}

/// An item of a group, when it exists.
pub(super) fn item(tree: &Tree, group: NodeId, index: usize) -> Option<NodeId> {
    let state = tree.state::<State>(group)?;
    parts(tree, group).items.existing(&state.built, index)
}

/// Says which part of a group is in sight (from its start, in px). Returns whether items are missing there, so that it has to
/// be measured again.
pub(super) fn see(tree: &mut Tree, group: NodeId, part: Range<f32>) -> bool {
    let Some(state) = tree.state_mut::<State>(group) else { return false };
    let length = part.end - part.start;
    if !length.is_finite() || (state.seen.start <= part.start && part.end <= state.seen.end) {
        return false;
    }
    // A box more at each side, so that not every movement asks again.
    let before = std::mem::replace(&mut state.seen, part.start - length..part.end + length);
    let missing = state.spans.iter().enumerate().any(|(index, (at, extent))| {
        at + extent > state.seen.start && *at < state.seen.end && !state.measured.contains(&index)
    });
    if missing {
        tree.mark_measure(group);
    } else {
        state.seen = before.start.min(state.seen.start)..before.end.max(state.seen.end);
    }
    missing
}

/// What is in a group.
struct Parts {
    header: Vec<NodeId>,
    items: Items,
    footer: Vec<NodeId>,
}

fn parts(tree: &Tree, group: NodeId) -> Parts {
    let boxes = |node: Option<NodeId>| node.map(|node| tree.frame_children(node)).unwrap_or_default();
    let state = tree.state::<State>(group);
    let header = boxes(state.and_then(|state| state.header));
    let footer = boxes(state.and_then(|state| state.footer));
    let skip: Vec<NodeId> =
        state.map(|state| state.header.into_iter().chain(state.footer).collect()).unwrap_or_default();
    Parts { header, items: Items::collect(tree, group, &skip), footer }
}

/// Changes of the sources in a group, and of what else is in it.
fn versions(tree: &Tree, items: &Items) -> u64 {
    let sources = items.sources().filter_map(|source| tree.source(source));
    sources.fold(items.len() as u64, |sum, source| sum.wrapping_mul(31).wrapping_add(source.version + 1))
}

/// Extent of nodes that lie on top of each other.
fn extent(pass: &Pass<'_>, nodes: &[NodeId], axis: Axis) -> f32 {
    nodes.iter().fold(0.0, |extent, node| extent.max(pass.outer(*node).along(axis)))
}

impl Component for ListItemGroup {
    fn name(&self) -> &'static str {
        "ListItemGroup"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn builds_lazily(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        PARTS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let list = pass.tree.frame_parent(node).and_then(|list| pass.tree.scroll(list));
        let axis = list.map_or(Axis::Vertical, |list| list.axis());
        let parts = parts(pass.tree, node);
        let for_child = constraint.for_child();
        let max = for_child.max.with(axis, f32::INFINITY);
        let for_child = Constraint { max, ..for_child };
        for child in parts.header.iter().chain(&parts.footer) {
            pass.measure(*child, &for_child);
        }
        let state = pass.tree.state::<State>(node);
        let divider = state.and_then(|state| state.divider.as_ref()).map_or(0.0, |divider| divider.px(pass.tree));
        let space = state.and_then(|state| state.space.as_ref());
        let space = space.map_or(0.0, |space| space.to_px(&pass.tree.environment)).max(divider);
        let header = extent(pass, &parts.header, axis);
        let mut widest = extent(pass, &parts.header, axis.cross()).max(extent(pass, &parts.footer, axis.cross()));
        let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return Size::ZERO };
        let versions = versions(pass.tree, &parts.items);
        if state.versions != versions {
            state.versions = versions;
            state.extents.clear();
            state.total = 0.0;
        }
        state.axis = axis;
        if state.seen.is_empty() {
            // Before it was placed: what fits in the list, or a screen.
            let box_of_list = constraint.percent.along(axis);
            state.seen = 0.0..if box_of_list.is_finite() { box_of_list } else { f32::INFINITY };
        }
        let lazy = parts.items.sources().next().is_some();
        let mut first = usize::MAX;
        let mut end = 0;
        let mut at = header;
        let mut spans = Vec::with_capacity(parts.items.len().min(MOST_ITEMS));
        for index in 0..parts.items.len().min(MOST_ITEMS) {
            if index > 0 {
                at += space;
            }
            let known = state.sizes.as_ref().map(|sizes| sizes.of(index));
            let estimate = known.or_else(|| state.extents.get(&index).copied()).unwrap_or_else(|| state.average());
            let mut own = estimate;
            if !lazy || (at + estimate >= state.seen.start && at <= state.seen.end) {
                let item = parts.items.node(pass, &mut state.built, index);
                let gone = item.and_then(|item| pass.tree.get(item)).is_none_or(|item| item.common.is_gone());
                own = match item.filter(|_| !gone) {
                    Some(item) => {
                        pass.measure(item, &for_child);
                        widest = widest.max(pass.outer(item).along(axis.cross()));
                        pass.outer(item).along(axis)
                    }
                    None => 0.0,
                };
                state.remember(index, own);
                first = first.min(index);
                end = index + 1;
            }
            spans.push((at, own));
            at += own;
        }
        at += extent(pass, &parts.footer, axis);
        state.measured = first.min(end)..end;
        if lazy {
            parts.items.release_outside(pass, &mut state.built, &state.measured.clone());
        }
        state.spans = spans;
        if let Some(kept) = pass.tree.state_mut::<State>(node) {
            *kept = state;
        }
        let cross = constraint.max.along(axis.cross());
        let wanted = Size::on(axis, at, if cross.is_finite() { cross } else { widest });
        constraint.fit(wanted)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (axis, stick, spans, measured) = (state.axis, state.stick, state.spans.clone(), state.measured.clone());
        let parts = parts(pass.tree, node);
        let header = extent(pass, &parts.header, axis);
        let footer = extent(pass, &parts.footer, axis);
        let all = content.size.along(axis);
        let inset = content.origin.along(axis);
        for index in measured {
            let item = pass.tree.state::<State>(node).and_then(|state| parts.items.existing(&state.built, index));
            let (Some(item), Some((at, _))) = (item, spans.get(index)) else { continue };
            if pass.tree.get(item).is_some_and(|item| !item.common.is_gone()) {
                pass.place_child(item, content.origin + Point::on(axis, *at, 0.0));
            }
        }
        // A header goes along until the group's end pushes it out; a footer likewise from the other side.
        let header_at = (stick.start - inset).clamp(0.0, (all - header - footer).max(0.0));
        let footer_at = (stick.end - inset - footer).min(all - footer).max(header.min(all - footer));
        for (part, at) in [(&parts.header, header_at), (&parts.footer, footer_at)] {
            for child in part {
                pass.place_child(*child, content.origin + Point::on(axis, at, 0.0));
                if let Some(child) = pass.tree.get_mut(*child) {
                    child.layout.raised = true;
                }
            }
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let Some(divider) = &state.divider else { return };
        let gaps = state.spans.windows(2).filter_map(|pair| match pair {
            [(a, extent), (b, _)] => Some((a + extent, b - a - extent)),
            _ => None,
        });
        divider.paint(tree, state.axis, &found.layout.content(), gaps, painter);
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let space = Length::from_value(args.get(0).get("space"), Unit::Vp);
            node.restyle(|state: &mut State| put(&mut state.space, space))
        },
    },
    Method {
        name: "divider",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.divider, Divider::from_value(args.get(0)))),
    },
    Method {
        name: "childrenMainSize",
        apply: |node, args| {
            let sizes = Sizes::from_value(node.tree, args.get(0));
            node.restyle(|state: &mut State| put(&mut state.sizes, sizes))
        },
    },
];

/// What the app's side says of the nodes that it made for builders: `header(node)`, `footer(node)`.
static PARTS: &[Method] = &[
    Method {
        name: "header",
        apply: |node, args| {
            let part = part(node.tree, args.get(0));
            node.restyle(|state: &mut State| put(&mut state.header, part))
        },
    },
    Method {
        name: "footer",
        apply: |node, args| {
            let part = part(node.tree, args.get(0));
            node.restyle(|state: &mut State| put(&mut state.footer, part))
        },
    },
];

fn part(tree: &Tree, value: &Value) -> Option<NodeId> {
    tree.by_number(value.as_f64().filter(|number| *number > 0.0)? as u64)
}
