//! `WaterFlow`: items of different extents, each in the lane that is shortest so far.
//!
//! Where an item lies depends on all before it, so the places of items that were in sight are kept (a few bytes each); their
//! nodes are not.

use crate::items::{Built, Items};
use crate::layout::{Template, Tracks};
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::PanAxis;
use concord_ui::scroll::{
    COMMANDS, EdgeEffect, Jump, Motion, ScrollAlign, ScrollState, Shown, Track, paint_bars, run, settle,
};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;
use std::ops::Range;

/// See the module.
pub(super) struct WaterFlow;

/// While places are worked out far from what is in sight, nodes are given back after this many items.
const BATCH: usize = 64;

/// One part of the sequence with lanes of its own (`WaterFlowSections`).
#[derive(Debug, Clone, PartialEq)]
struct Section {
    items: usize,
    lanes: usize,
    lane_gap: Option<Length>,
    item_gap: Option<Length>,
    /// Before and behind, along the axis, then across.
    margin: [Length; 4],
    /// `onGetItemMainSizeByIndex`: the extent of an item of the section in vp, whatever it says itself.
    main_size: Option<Callback>,
}

/// Where an item lies: its lane, where it begins along the axis, and its extent.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    section: usize,
    lane: usize,
    at: f32,
    extent: f32,
}

/// What a water flow is told, and what it has laid out.
#[derive(Default)]
struct State {
    columns: Option<Template>,
    rows: Option<Template>,
    columns_gap: Option<Length>,
    rows_gap: Option<Length>,
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

/// The lanes of one section.
#[derive(Debug, Clone, PartialEq, Default)]
struct Lanes {
    /// Index behind its last item.
    end: usize,
    tracks: Tracks,
    gap: f32,
    before: f32,
    behind: f32,
}

impl State {
    fn axis(&self) -> Axis {
        if self.horizontal || (self.rows.is_some() && self.columns.is_none()) {
            Axis::Horizontal
        } else {
            Axis::Vertical
        }
    }

    fn lanes(&self, tree: &Tree, content: Size, count: usize) -> Vec<Lanes> {
        let axis = self.axis();
        let environment = &tree.environment;
        let cross = content.along(axis.cross());
        let px = |length: &Option<Length>| {
            let length = length.as_ref().and_then(|length| length.resolve(environment, cross));
            length.unwrap_or(0.0).max(0.0)
        };
        let (columns_gap, rows_gap) = (px(&self.columns_gap), px(&self.rows_gap));
        let (cross_gap, gap) = if axis == Axis::Vertical { (columns_gap, rows_gap) } else { (rows_gap, columns_gap) };
        let template = if axis == Axis::Vertical { &self.columns } else { &self.rows };
        if self.sections.is_empty() {
            let tracks = match template {
                Some(template) => template.resolve(environment, cross, cross_gap),
                None => Tracks::equal(1, cross, 0.0),
            };
            return vec![Lanes { end: count, tracks, gap, ..Lanes::default() }];
        }
        let mut end = 0_usize;
        let mut all = Vec::with_capacity(self.sections.len());
        for section in &self.sections {
            end = end.saturating_add(section.items);
            let [before, behind, near, far] = &section.margin;
            let margin = |length: &Length| length.resolve(environment, cross).unwrap_or(0.0);
            let own = |gap: &Option<Length>, other: f32| if gap.is_some() { px(gap) } else { other };
            let mut tracks = Tracks::equal(
                section.lanes,
                (cross - margin(near) - margin(far)).max(0.0),
                own(&section.lane_gap, cross_gap),
            );
            for track in &mut tracks.0 {
                track.0 += margin(near);
            }
            all.push(Lanes {
                end: end.min(count),
                tracks,
                gap: own(&section.item_gap, gap),
                before: margin(before),
                behind: margin(behind),
            });
        }
        all
    }

    /// Where the next item goes: section, lane, and where it begins.
    fn next(&self, index: usize) -> Option<(usize, usize, f32)> {
        let section = self.lanes.iter().position(|lanes| index < lanes.end)?;
        let bottoms = self.bottoms(section, index);
        let (lane, bottom) = bottoms.into_iter().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((section, lane, bottom))
    }

    /// Where the next item of each lane of a section would begin, looking at the items before `index`.
    fn bottoms(&self, section: usize, index: usize) -> Vec<f32> {
        let Some(lanes) = self.lanes.get(section) else { return Vec::new() };
        let mut found: Vec<Option<f32>> = vec![None; lanes.tracks.len().max(1)];
        let mut missing = found.len();
        for spot in self.spots.get(..index).unwrap_or_default().iter().rev() {
            if spot.section != section || missing == 0 {
                break;
            }
            if let Some(bottom @ None) = found.get_mut(spot.lane) {
                *bottom = Some(spot.at + spot.extent + lanes.gap);
                missing -= 1;
            }
        }
        if missing == 0 {
            return found.into_iter().flatten().collect();
        }
        let start = match section.checked_sub(1) {
            Some(before) => {
                let gap = self.lanes.get(before).map_or(0.0, |lanes| lanes.gap);
                let begin = self.spots.partition_point(|spot| spot.section < section);
                let bottom = self.bottoms(before, begin).into_iter().fold(0.0, f32::max);
                (bottom - gap).max(0.0) + self.lanes.get(before).map_or(0.0, |lanes| lanes.behind)
            }
            None => 0.0,
        };
        found.into_iter().map(|bottom| bottom.unwrap_or(start + lanes.before)).collect()
    }

    /// Where the last items end.
    fn bottom(&self) -> f32 {
        let Some(section) = self.spots.last().map(|spot| spot.section) else { return 0.0 };
        let gap = self.lanes.get(section).map_or(0.0, |lanes| lanes.gap);
        let behind = self.lanes.get(section).map_or(0.0, |lanes| lanes.behind);
        (self.bottoms(section, self.spots.len()).into_iter().fold(0.0, f32::max) - gap).max(0.0) + behind
    }

    /// The items whose places overlap a part of the content.
    fn overlapping(&self, from: f32, to: f32) -> Range<usize> {
        // Places begin one after the other, so that the last is found at once; the first lies at most one item before.
        let end = self.spots.partition_point(|spot| spot.at < to);
        let mut first = end;
        let lanes = self.lanes.iter().map(|lanes| lanes.tracks.len()).max().unwrap_or(1).max(1);
        let mut out = 0;
        for (index, spot) in self.spots.get(..end).unwrap_or_default().iter().enumerate().rev() {
            if spot.at + spot.extent > from {
                first = index;
                out = 0;
            } else {
                out += 1;
                // As many as there are lanes in a row are above: all before are.
                if out > lanes * 4 {
                    break;
                }
            }
        }
        first..end
    }
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

    /// Works out places until the content reaches `to`, or for all items up to an index.
    fn fill(&self, pass: &mut Pass<'_>, state: &mut State, to: f32, index: usize) {
        let count = self.items.len();
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
        for _ in 0..self.items.len().saturating_add(1) {
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
        *scroll.track_mut(axis) = Track { running: scroll.track(axis).running.clone(), ..track };
    }
    if let Some(distance) = smooth {
        run(pass.tree, node, axis, Motion::smooth(distance));
    }
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
        concord_ui::scrollable!(METHODS)
    }

    fn commands(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| COMMANDS.iter().chain(PARTS).copied().collect());
        &ALL
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let jump = pass.tree.scroll_mut(node).and_then(|scroll| scroll.jump.take());
        let content = Size::new(
            constraint.ideal.width.unwrap_or(constraint.max.width),
            constraint.ideal.height.unwrap_or(constraint.max.height),
        );
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
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let jump = scroll.jump.take();
        let moved = scroll.track(axis).unlaid != 0.0;
        let clamps = !scroll.may_be_over(axis) && scroll.track(axis).over() != 0.0;
        let same = |a: f32, b: f32| (a - b).abs() < 0.01 || !a.is_finite();
        let fits =
            laid.is_some_and(|laid| same(laid.width, content.size.width) && same(laid.height, content.size.height));
        if moved || clamps || jump.is_some() || !fits {
            lay_out(pass, node, content.size, content.size, jump);
        }
        let shown = place_spots(pass, node, &content);
        settle(pass.tree, node, shown);
    }

    fn item_rect(&self, tree: &Tree, node: NodeId, path: &[usize]) -> Option<Rect> {
        let state = tree.state::<State>(node)?;
        let items = Items::collect(tree, node, &state.footer.into_iter().collect::<Vec<_>>());
        let item = items.existing(&state.built, *path.first()?)?;
        Some(tree.get(item).filter(|item| item.layout.active)?.layout.frame())
    }

    fn item_at(&self, tree: &Tree, node: NodeId, point: Point) -> Option<usize> {
        let state = tree.state::<State>(node)?;
        let items = Items::collect(tree, node, &state.footer.into_iter().collect::<Vec<_>>());
        state.shown.clone().find(|index| {
            let item = items.existing(&state.built, *index).and_then(|item| tree.get(item));
            item.is_some_and(|item| item.layout.active && item.layout.frame().contains(point))
        })
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        for (name, gap) in [("columnsGap", &state.columns_gap), ("rowsGap", &state.rows_gap)] {
            out.length(name, gap.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        }
        out.text("cachedCount", state.cached.unwrap_or(1).to_string());
    }
}

fn place_spots(pass: &mut Pass<'_>, node: NodeId, content: &Rect) -> Option<Shown> {
    let state = pass.tree.state::<State>(node)?;
    let axis = state.axis();
    let track = pass.tree.scroll(node)?.track(axis).clone();
    let footer = state.footer;
    let items = Items::collect(pass.tree, node, &footer.into_iter().collect::<Vec<_>>());
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

fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

fn sections(value: &Value) -> Vec<Section> {
    let sections = value.as_array().or_else(|| value.get("sectionArray").as_array()).unwrap_or_default();
    let count = |value: &Value, most: f64| value.as_f64().map_or(1, |count| count.clamp(0.0, most) as usize);
    sections
        .iter()
        .map(|section| {
            let margin = section.get("margin");
            let all = length(margin);
            let edge = |name: &str| all.clone().or_else(|| length(margin.get(name))).unwrap_or(Length::ZERO);
            Section {
                items: count(section.get("itemsCount"), 1e9),
                lanes: count(section.get("crossCount"), 1000.0).max(1),
                lane_gap: length(section.get("columnsGap")),
                item_gap: length(section.get("rowsGap")),
                margin: [edge("top"), edge("bottom"), edge("left"), edge("right")],
                main_size: section.get("onGetItemMainSizeByIndex").as_callback().cloned(),
            }
        })
        .collect()
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let sections = sections(args.get(0).get("sections"));
            node.restyle(|state: &mut State| put(&mut state.sections, sections))
        },
    },
    Method {
        name: "columnsTemplate",
        apply: |node, args| {
            let template = args.get(0).as_str().and_then(Template::parse);
            node.restyle(|state: &mut State| put(&mut state.columns, template))
        },
    },
    Method {
        name: "rowsTemplate",
        apply: |node, args| {
            let template = args.get(0).as_str().and_then(Template::parse);
            node.restyle(|state: &mut State| put(&mut state.rows, template))
        },
    },
    Method {
        name: "columnsGap",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.columns_gap, length(args.get(0)))),
    },
    Method {
        name: "rowsGap",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.rows_gap, length(args.get(0)))),
    },
    Method {
        name: "layoutDirection",
        apply: |node, args| {
            // `FlexDirection`: Row 0, Column 1, RowReverse 2, ColumnReverse 3.
            let horizontal = matches!(args.get(0).as_i32(), Some(0 | 2));
            node.restyle(|state: &mut State| put(&mut state.horizontal, horizontal))
        },
    },
    Method {
        name: "cachedCount",
        apply: |node, args| {
            let cached = args.get(0).as_f64().filter(|count| *count >= 0.0).map(|count| count.min(1000.0) as usize);
            node.restyle(|state: &mut State| put(&mut state.cached, cached))
        },
    },
    Method {
        name: "itemConstraintSize",
        apply: |node, args| {
            let limit = |name: &str| length(args.get(0).get(name));
            let limits = [[limit("minWidth"), limit("minHeight")], [limit("maxWidth"), limit("maxHeight")]];
            node.restyle(|state: &mut State| {
                state.limits = limits;
                state.spots.clear();
            })
        },
    },
    // Items are always there in the layout that shows them, and a branch without an item is none.
    Method { name: "syncLoad", apply: |_, _| Value::Undefined },
    Method { name: "supportEmptyBranchInLazyLoading", apply: |_, _| Value::Undefined },
];

/// What the app's side says: the node that it made for the footer, and sections that have changed.
static PARTS: &[Method] = &[
    Method {
        name: "footer",
        apply: |node, args| {
            let number = args.get(0).as_f64().filter(|number| *number > 0.0);
            let footer = number.and_then(|number| node.tree.by_number(number as u64));
            node.restyle(|state: &mut State| put(&mut state.footer, footer))
        },
    },
    Method {
        name: "sections",
        apply: |node, args| {
            let sections = sections(args.get(0));
            node.restyle(|state: &mut State| put(&mut state.sections, sections))
        },
    },
];

#[cfg(test)]
#[path = "water_flow_tests.rs"]
mod tests;
