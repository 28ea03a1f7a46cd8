//! `WaterFlow`: items of different extents, each in the lane that is shortest so far.
//!
//! Where an item lies depends on all before it, so the places of items that were in sight are kept (a few bytes each); their
//! nodes are not.

mod methods;
mod spots;

use super::lazy;
use crate::items::{Built, Items};
use crate::layout::{Templated, Templates};
use concord_paint::Painter;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::PanAxis;
use concord_ui::scroll::{
    COMMANDS, EdgeEffect, Jump, MOST_MEASURED, ScrollAlign, ScrollState, Shown, paint_bars, settle,
};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use methods::{METHODS, PARTS};
use spots::{Lanes, Section, Spot};
use std::any::Any;
use std::ops::Range;

/// See the module.
pub(super) struct WaterFlow;

/// While places are worked out far from what is in sight, nodes are given back after this many items.
const BATCH: usize = 64;
/// Most times that places are worked out again because items have got other extents.
const ROUNDS: usize = 100;

/// What a water flow is told, and what it has laid out.
#[derive(Default)]
struct State {
    templates: Templates,
    sections: Vec<Section>,
    horizontal: bool,
    cached: Option<usize>,
    /// `itemConstraintSize`: smallest and largest sizes.
    limits: [[Option<Length>; 2]; 2],
    /// The node (without box) around the footer.
    footer: Option<NodeId>,
    built: Built,
    spots: Vec<Spot>,
    lanes: Vec<Lanes>,
    shown: Range<usize>,
    /// Changes of the sources so far, to find out about new ones.
    versions: u64,
    laid: Option<Size>,
}

impl Templated for State {
    fn templates(&mut self) -> &mut Templates {
        &mut self.templates
    }
}

/// The items, without the footer.
fn items_of(tree: &Tree, node: NodeId) -> Items {
    let footer = tree.state::<State>(node).and_then(|state| state.footer);
    Items::collect(tree, node, &footer.into_iter().collect::<Vec<_>>())
}

struct Flow<'a> {
    items: &'a Items,
    axis: Axis,
    main_percent: f32,
}

impl Flow<'_> {
    /// Measures an item in its lane. Returns its extent.
    fn measure(&self, pass: &mut Pass<'_>, state: &mut State, index: usize, section: usize, lane: usize) -> f32 {
        let Some(node) = self.items.node(pass, &mut state.built, index) else { return 0.0 };
        let Some(found) = pass.tree.get(node).filter(|node| !node.common.is_gone()) else { return 0.0 };
        let cross_axis = self.axis.cross();
        let own = match cross_axis {
            Axis::Horizontal => found.common.width.is_some(),
            Axis::Vertical => found.common.height.is_some(),
        };
        let cross = state.lanes.get(section).map_or(0.0, |lanes| lanes.tracks.span(lane, 1).1);
        let reference = Size::on(self.axis, self.main_percent, cross);
        let margin = found.common.margin.resolve(&pass.tree.environment, reference.width, false);
        let filled = (!own).then_some((cross - margin.along(cross_axis)).max(0.0));
        let told = self.told_extent(pass, state, index, section);
        let environment = &pass.tree.environment;
        let px =
            |length: &Option<Length>, reference: f32| length.as_ref().and_then(|l| l.resolve(environment, reference));
        let [least, most] = &state.limits;
        let limits = [least, most].map(|[width, height]| (px(width, reference.width), px(height, reference.height)));
        let [min, max] = limits;
        let max = Size::new(max.0.unwrap_or(f32::INFINITY), max.1.unwrap_or(f32::INFINITY));
        let min = Size::new(min.0.unwrap_or(0.0), min.1.unwrap_or(0.0));
        let room = Size::on(self.axis, f32::INFINITY, cross);
        let filled = filled.map(|filled| filled.min(max.along(cross_axis)).max(min.along(cross_axis)));
        let mut constraint = Constraint {
            min,
            max: Size::new(room.width.min(max.width).max(min.width), room.height.min(max.height).max(min.height)),
            percent: reference,
            ideal: Ideal::default().with(cross_axis, filled),
        };
        if let Some(told) = told {
            constraint.ideal = constraint.ideal.with(self.axis, Some((told - margin.along(self.axis)).max(0.0)));
        }
        pass.measure(node, &constraint);
        let extent = pass.outer(node).along(self.axis);
        // A size of the item's own is held within the limits too.
        let held = extent.min(max.along(self.axis)).max(min.along(self.axis));
        if held != extent {
            constraint.ideal = constraint.ideal.with(self.axis, Some((held - margin.along(self.axis)).max(0.0)));
            pass.measure(node, &constraint);
        }
        pass.outer(node).along(self.axis)
    }

    /// The extent that the app says an item of a section has, in px.
    fn told_extent(&self, pass: &mut Pass<'_>, state: &State, index: usize, section: usize) -> Option<f32> {
        let callback = state.sections.get(section)?.main_size.clone()?;
        let start = section.checked_sub(1).and_then(|before| state.lanes.get(before)).map_or(0, |before| before.end);
        let number = Value::Number(index.saturating_sub(start) as f64);
        let extent = pass.host.call(pass.tree, &callback, &[number]).as_f32().filter(|extent| *extent >= 0.0)?;
        Some(pass.tree.environment.vp(extent))
    }

    /// Works out places until the content reaches `to`, or for all items up to an index, as far as one layout goes.
    fn fill(&self, pass: &mut Pass<'_>, state: &mut State, to: f32, index: usize) {
        let count = self.items.len().min(state.spots.len() + MOST_MEASURED);
        while state.spots.len() < count {
            let next = state.spots.len();
            let Some((section, lane, at)) = state.next(next) else { break };
            if at >= to && next > index {
                break;
            }
            let extent = self.measure(pass, state, next, section, lane);
            state.spots.push(Spot { section, lane, at, extent });
            if next % BATCH == BATCH - 1 {
                let keep = next.saturating_sub(BATCH)..next + 1;
                self.items.release_outside(pass, &mut state.built, &keep);
            }
        }
    }

    /// Measures the items in a part of the content, and works places out again from where one has another extent than before.
    fn refresh(&self, pass: &mut Pass<'_>, state: &mut State, from: f32, to: f32) -> Range<usize> {
        for _ in 0..ROUNDS {
            self.fill(pass, state, to, 0);
            let range = state.overlapping(from, to);
            let mut changed = false;
            for index in range.clone() {
                let Some(spot) = state.spots.get(index).copied() else { continue };
                let extent = self.measure(pass, state, index, spot.section, spot.lane);
                if (extent - spot.extent).abs() > 0.01 {
                    state.spots.truncate(index);
                    state.spots.push(Spot { extent, ..spot });
                    changed = true;
                    break;
                }
            }
            if !changed {
                return range;
            }
        }
        state.shown.clone()
    }
}

fn versions(tree: &Tree, node: NodeId) -> u64 {
    // Any change of any source inside, or of the number of children, shows in this sum.
    let mut sum = 0_u64;
    let mut stack = vec![node];
    while let Some(id) = stack.pop() {
        let Some(found) = tree.get(id) else { continue };
        if let Some(source) = tree.source(id) {
            sum = sum.wrapping_add(source.version + 1);
        } else if found.component.is_syntax() || id == node {
            stack.extend(found.children());
        }
    }
    sum
}

fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, percent: Size, jump: Option<Jump>) {
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return };
    let Some(scroll) = pass.tree.scroll(node) else { return };
    let axis = state.axis();
    let mut track = scroll.track(axis).clone();
    let free = scroll.may_be_over(axis);
    track.unlaid = 0.0;
    let footer: Vec<NodeId> = state.footer.into_iter().collect();
    let items = Items::collect(pass.tree, node, &footer);
    let viewport = content.along(axis);
    let lanes = state.lanes(pass.tree, content, items.len());
    let same = |a: &Lanes, b: &Lanes| Lanes { end: 0, ..a.clone() } == Lanes { end: 0, ..b.clone() };
    if state.lanes.len() != lanes.len() || !state.lanes.iter().zip(&lanes).all(|(a, b)| same(a, b)) {
        state.spots.clear();
    }
    state.lanes = lanes;
    let versions = versions(pass.tree, node);
    if state.versions != versions {
        // What is above is taken to be as it was.
        state.versions = versions;
        state.spots.truncate(state.shown.start);
    }
    state.spots.truncate(items.len());
    let previous = pass.tree.set_building(Some(node));
    let flow =
        Flow { items: &items, axis, main_percent: if viewport.is_finite() { viewport } else { percent.along(axis) } };
    let mut footer_extent: f32 = 0.0;
    for part in footer.iter().flat_map(|footer| pass.tree.frame_children(*footer)).collect::<Vec<_>>() {
        let limit = Size::on(axis, f32::INFINITY, content.along(axis.cross()));
        pass.measure(part, &Constraint { min: Size::ZERO, max: limit, percent: content, ideal: Ideal::default() });
        footer_extent = footer_extent.max(pass.outer(part).along(axis));
    }
    let (lead, trail) = concord_ui::scroll::content_offsets(pass.tree, node, viewport);
    let mut smooth = None;
    if let Some(jump) = jump.filter(|_| items.len() > 0) {
        let index = jump.index.min(items.len() - 1);
        flow.fill(pass, &mut state, f32::NEG_INFINITY, index);
        if let Some(spot) = state.spots.get(index) {
            let (start, end) = (spot.at, spot.at + spot.extent - viewport + lead + trail);
            let to = match jump.align.unwrap_or(ScrollAlign::Start) {
                ScrollAlign::Start => start,
                ScrollAlign::Center => (start + end) / 2.0,
                ScrollAlign::End => end + if index + 1 == items.len() { footer_extent } else { 0.0 },
                ScrollAlign::Auto if start < track.offset => start,
                ScrollAlign::Auto => track.offset.max(end),
            } + jump.extra;
            if jump.smooth {
                smooth = Some(to - track.offset).filter(|distance| distance.abs() > 0.5);
            } else {
                track.shift(to - track.offset);
            }
        }
    }
    let mut range = flow.refresh(pass, &mut state, track.offset - lead, track.offset + viewport - lead);
    let all = state.spots.len() >= items.len();
    let bottom = state.bottom() + footer_extent + lead + trail;
    let average = bottom / state.spots.len().max(1) as f32;
    let extent = bottom + average * (items.len() - state.spots.len()) as f32;
    track.know(extent, if viewport.is_finite() { viewport } else { extent });
    if !all {
        track.after = f32::INFINITY;
    }
    if !free {
        let offset = track.offset;
        track.clamp();
        if offset != track.offset {
            range = flow.refresh(pass, &mut state, track.offset - lead, track.offset + viewport - lead);
        }
    }
    track.unlaid = 0.0;
    // What is near is built too.
    let cached = if viewport.is_finite() { state.cached.unwrap_or(1) } else { 0 };
    let keep = range.start.saturating_sub(cached)..(range.end + cached).min(items.len());
    flow.fill(pass, &mut state, f32::NEG_INFINITY, keep.end.saturating_sub(1));
    items.release_outside(pass, &mut state.built, &keep);
    state.shown = range;
    pass.tree.set_building(previous);
    state.laid = Some(content);
    if let Some(kept) = pass.tree.state_mut::<State>(node) {
        *kept = state;
    }
    if let Some(scroll) = pass.tree.scroll_mut(node) {
        scroll.direction = Some(PanAxis::from(axis));
    }
    lazy::keep_track(pass.tree, node, axis, track, smooth);
}

impl Component for WaterFlow {
    fn name(&self) -> &'static str {
        "WaterFlow"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::None))
    }

    fn builds_lazily(&self) -> bool {
        true
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        concord_ui::scrollable!(&METHODS)
    }

    fn commands(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| COMMANDS.iter().chain(PARTS).copied().collect());
        &ALL
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let jump = pass.tree.scroll_mut(node).and_then(|scroll| scroll.jump.take());
        let content = constraint.room();
        lay_out(pass, node, content, constraint.percent, jump);
        let axis = pass.tree.state::<State>(node).map_or(Axis::Vertical, State::axis);
        let extent = pass.tree.scroll(node).map_or(0.0, |scroll| scroll.track(axis).extent);
        let cross = content.along(axis.cross());
        constraint.fit(Size::on(axis, extent, if cross.is_finite() { cross } else { 0.0 }))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (axis, laid) = (state.axis(), state.laid);
        lazy::renew(pass, node, axis, laid, content.size, |pass, jump| {
            lay_out(pass, node, content.size, content.size, jump);
        });
        let shown = place_spots(pass, node, &content);
        settle(pass.tree, node, shown);
    }

    fn item_rect(&self, tree: &Tree, node: NodeId, path: &[usize]) -> Option<Rect> {
        let state = tree.state::<State>(node)?;
        lazy::item_rect(tree, &items_of(tree, node), &state.built, *path.first()?)
    }

    fn item_at(&self, tree: &Tree, node: NodeId, point: Point) -> Option<usize> {
        let state = tree.state::<State>(node)?;
        lazy::item_at(tree, &items_of(tree, node), &state.built, point, state.shown.clone())
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        state.templates.inspect(&tree.environment, out);
        out.text("cachedCount", state.cached.unwrap_or(1).to_string());
    }
}

fn place_spots(pass: &mut Pass<'_>, node: NodeId, content: &Rect) -> Option<Shown> {
    let state = pass.tree.state::<State>(node)?;
    let axis = state.axis();
    let track = pass.tree.scroll(node)?.track(axis).clone();
    let footer = state.footer;
    let items = items_of(pass.tree, node);
    let right_to_left = pass.tree.environment.right_to_left;
    let (lead, _) = concord_ui::scroll::content_offsets(pass.tree, node, content.size.along(axis));
    let shown = state.shown.clone();
    let mut placed = Vec::new();
    for index in shown.clone() {
        let (Some(spot), Some(item)) = (state.spots.get(index), items.existing(&state.built, index)) else { continue };
        let Some(lanes) = state.lanes.get(spot.section) else { continue };
        let (start, cross) = lanes.tracks.span(spot.lane, 1);
        placed.push((item, spot.at + lead - track.offset, start, cross));
    }
    let bottom = state.bottom();
    for (item, at, start, cross) in placed {
        let outer = pass.outer(item);
        let slack = cross - outer.along(axis.cross());
        let mut point = Point::on(axis, at, start + slack.max(0.0) / 2.0);
        if right_to_left {
            point.x = content.size.width - point.x - outer.width;
        }
        pass.place_child(item, content.origin + point);
    }
    for part in footer.map(|footer| pass.tree.frame_children(footer)).unwrap_or_default() {
        let at = bottom + lead - track.offset;
        if at < track.viewport {
            pass.place_child(part, content.origin + Point::on(axis, at, 0.0));
        }
    }
    (!shown.is_empty()).then(|| Shown {
        first: shown.start,
        last: shown.end - 1,
        center: usize::midpoint(shown.start, shown.end - 1),
    })
}

#[cfg(test)]
mod tests;
