//! `List`: items below (or beside) each other, of which only those in sight are built and measured.

mod divider;
mod methods;

pub(super) use divider::Divider;

use super::chain::{self, Chain};
use super::item_drag::{self, ItemDrag};
use super::lazy;
use super::list_item;
use super::list_item_group::{self, Area, Stick};
use super::select_box::{self, SelectBox};
use crate::items::{Built, Items};
use concord_paint::Painter;
use concord_ui::common::ItemAlign;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::input::{TouchInput, TouchPhase, space};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanEvent, PanPhase};
use concord_ui::scroll::{
    EdgeEffect, Jump, Row, Rows, ScrollAlign, ScrollState, Shown, Sizes, View, Window, paint_bars, settle,
};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use methods::{COMMANDS, METHODS};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct List;

/// Most lanes; the app's number is not trusted with memory.
const MOST_LANES: usize = 1000;
/// Most layouts until groups have built what is in sight of them.
const GROUP_ROUNDS: usize = 3;

/// `lanes`: a number, or as many as fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lanes {
    Count(usize),
    Fit { min: Length, max: Length },
}

/// What a list is told, and what it has laid out.
#[derive(Default)]
pub(super) struct State {
    pub(super) space: Option<Length>,
    pub(super) initial_index: usize,
    pub(super) lanes: Option<Lanes>,
    pub(super) gutter: Option<Length>,
    pub(super) align: ItemAlign,
    pub(super) divider: Option<Divider>,
    /// Headers stay, footers stay.
    pub(super) sticky: (bool, bool),
    pub(super) cached: Option<usize>,
    pub(super) snap: Option<ScrollAlign>,
    /// `scrollSnapAnimationSpeed(SLOW)`.
    pub(super) snaps_slowly: bool,
    /// `childrenMainSize`.
    pub(super) sizes: Option<Rc<Sizes>>,
    /// `maintainVisibleContentPosition`.
    pub(super) keeps_position: bool,
    /// `stackFromEnd`.
    pub(super) from_end: bool,
    /// `chainAnimation`: the space between items is larger, and there are no dividers.
    pub(super) chained: bool,
    chain: Chain,
    pub(super) choice: SelectBox,
    drag: ItemDrag,
    /// First and last content in sight, as the app was told.
    told: Option<(Visible, Visible)>,
    built: Built,
    window: Window,
    /// What the last layout was for: the content box, and how many lanes that made.
    laid: Option<(Size, usize)>,
}

/// `VisibleListContentInfo`: an item, or a part of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visible {
    index: usize,
    within: Option<(Area, Option<usize>)>,
}

impl Visible {
    pub(super) fn to_value(self) -> Value {
        let number = |index: usize| Value::Number(index as f64);
        match self.within {
            None => Value::object([("index", number(self.index))]),
            Some((area, None)) => {
                Value::object([("index", number(self.index)), ("itemGroupArea", Value::Number(f64::from(area as u8)))])
            }
            Some((area, Some(item))) => Value::object([
                ("index", number(self.index)),
                ("itemGroupArea", Value::Number(f64::from(area as u8))),
                ("itemIndexInGroup", number(item)),
            ]),
        }
    }
}

const DRAG: item_drag::Access =
    item_drag::Access { drag: |tree, node| tree.state_mut::<State>(node).map(|state| &mut state.drag) };

fn select_box(tree: &mut Tree, node: NodeId) -> Option<&mut SelectBox> {
    tree.state_mut::<State>(node).map(|state| &mut state.choice)
}

/// The items, without what the app shows under a finger.
pub(super) fn items_of(tree: &Tree, node: NodeId) -> Items {
    let preview = tree.state::<State>(node).and_then(|state| item_drag::preview(&state.drag));
    Items::collect(tree, node, &preview.into_iter().collect::<Vec<_>>())
}

/// The content at a place of a list's frame.
pub(super) fn visible_at(tree: &Tree, node: NodeId, point: Point) -> Option<Visible> {
    let index = List.item_at(tree, node, point)?;
    let state = tree.state::<State>(node)?;
    let item = items_of(tree, node).existing(&state.built, index)?;
    let axis = tree.scroll(node)?.axis();
    let from = point.along(axis) - tree.get(item)?.layout.offset.along(axis);
    Some(Visible { index, within: list_item_group::area_at(tree, item, axis, from) })
}

/// The rows of one layout.
struct ListRows<'a> {
    items: &'a Items,
    built: &'a mut Built,
    axis: Axis,
    lanes: usize,
    /// What an item may be, and what a group may be.
    item: Constraint,
    group: Constraint,
}

impl ListRows<'_> {
    fn node(&mut self, pass: &mut Pass<'_>, index: usize) -> Option<NodeId> {
        self.items.node(pass, self.built, index)
    }

    fn is_group(&mut self, pass: &mut Pass<'_>, index: usize) -> bool {
        let node = self.node(pass, index);
        node.and_then(|node| pass.tree.get(node)).is_some_and(|node| node.component.name() == "ListItemGroup")
    }

    fn measure(&mut self, pass: &mut Pass<'_>, index: usize, constraint: &Constraint) -> f32 {
        let Some(node) = self.node(pass, index) else { return 0.0 };
        if pass.tree.get(node).is_none_or(|node| node.common.is_gone()) {
            return 0.0;
        }
        pass.measure(node, constraint);
        pass.outer(node).along(self.axis)
    }
}

impl Rows for ListRows<'_> {
    fn count(&self) -> usize {
        self.items.len()
    }

    fn row_from(&mut self, pass: &mut Pass<'_>, first: usize) -> Row {
        if self.is_group(pass, first) {
            let group = self.group;
            let extent = self.measure(pass, first, &group);
            return Row { first, end: first + 1, at: 0.0, extent };
        }
        let mut end = first;
        let mut extent: f32 = 0.0;
        let item = self.item;
        while end < self.items.len() && end - first < self.lanes && (end == first || !self.is_group(pass, end)) {
            extent = extent.max(self.measure(pass, end, &item));
            end += 1;
        }
        Row { first, end, at: 0.0, extent }
    }

    fn row_until(&mut self, pass: &mut Pass<'_>, end: usize) -> Row {
        let last = end.saturating_sub(1);
        let first = self.row_of(pass, last);
        self.row_from(pass, first)
    }

    fn row_of(&mut self, pass: &mut Pass<'_>, key: usize) -> usize {
        if self.lanes <= 1 || self.is_group(pass, key) {
            return key;
        }
        // Lanes are counted from the start; a group begins a new row.
        let first = key - key % self.lanes;
        let after_group = (first..key).rev().find(|index| self.is_group(pass, *index));
        after_group.map_or(first, |group| group + 1)
    }

    fn within(&mut self, pass: &mut Pass<'_>, row: &Row, index: usize) -> Option<(f32, f32)> {
        let node = self.node(pass, row.first)?;
        list_item_group::item_span(pass.tree, node, self.axis, index)
    }
}

fn px(tree: &Tree, length: &Option<Length>, reference: f32) -> f32 {
    length.as_ref().and_then(|length| length.resolve(&tree.environment, reference)).unwrap_or(0.0)
}

impl State {
    /// How many lanes fit in a cross extent.
    fn lane_count(&self, tree: &Tree, cross: f32, gutter: f32) -> usize {
        let count = match &self.lanes {
            None => 1,
            Some(Lanes::Count(count)) => *count,
            Some(Lanes::Fit { min, max }) => {
                let resolve = |length: &Length| length.resolve(&tree.environment, cross).unwrap_or(cross);
                let min = resolve(min).max(1.0);
                let max = resolve(max).max(min);
                if !cross.is_finite() {
                    1
                } else if max > min && max >= cross {
                    ((cross + gutter) / (min + gutter)).floor() as usize
                } else {
                    // As few as keep each below the maximum, as long as that leaves the minimum.
                    let fewest = ((cross + gutter) / (max + gutter)).ceil() as usize;
                    let most = ((cross + gutter) / (min + gutter)).floor() as usize;
                    fewest.min(most)
                }
            }
        };
        count.clamp(1, MOST_LANES)
    }
}

/// Lays out the rows in sight for a content box. Returns the extent of the widest item, for boxes without a limit.
fn lay_out(pass: &mut Pass<'_>, node: NodeId, content: Size, percent: Size, jump: Option<Jump>) -> f32 {
    let Some(scroll) = pass.tree.scroll(node) else { return 0.0 };
    let axis = scroll.axis();
    let free = scroll.may_be_over(axis);
    let mut track = scroll.track(axis).clone();
    let Some(mut state) = pass.tree.state_mut::<State>(node).map(std::mem::take) else { return 0.0 };
    let cross = content.along(axis.cross());
    let viewport = content.along(axis);
    let offsets = concord_ui::scroll::content_offsets(pass.tree, node, viewport);
    let chained = if state.chained && state.space.is_none() { pass.tree.environment.vp(CHAIN_SPACE) } else { 0.0 };
    let gutter = px(pass.tree, &state.gutter, cross);
    let lanes = state.lane_count(pass.tree, cross, gutter);
    let lane = ((cross - gutter * (lanes - 1) as f32) / lanes as f32).max(0.0);
    let divider = state.divider.as_ref().filter(|_| !state.chained).map_or(0.0, |divider| divider.px(pass.tree));
    let main_percent = if viewport.is_finite() { viewport } else { percent.along(axis) };
    let limit = |cross: f32| Constraint {
        min: Size::ZERO,
        max: Size::on(axis, f32::INFINITY, cross),
        percent: Size::on(axis, main_percent, if cross.is_finite() { cross } else { percent.along(axis.cross()) }),
        ideal: Ideal::default(),
    };
    let view = View {
        viewport,
        space: px(pass.tree, &state.space, viewport).max(divider).max(chained),
        lead: offsets.0,
        trail: offsets.1,
        free,
        cached: if viewport.is_finite() { state.cached.unwrap_or(1) } else { 0 },
        sizes: state.sizes.clone().filter(|_| lanes == 1),
        from_end: state.from_end,
    };
    let preview = item_drag::preview(&state.drag);
    let items = Items::collect(pass.tree, node, &preview.into_iter().collect::<Vec<_>>());
    let splices = items.follow(pass.tree, &mut state.built);
    if state.keeps_position {
        state.window.follow(&splices);
    }
    let previous = pass.tree.set_building(Some(node));
    let mut rows =
        ListRows { items: &items, built: &mut state.built, axis, lanes, item: limit(lane), group: limit(cross) };
    let mut smooth = state.window.lay_out(pass, &mut rows, &view, &mut track, jump);
    // Groups build what is in sight of them, which is only known now.
    for _ in 0..GROUP_ROUNDS {
        let mut missing = false;
        for row in state.window.rows.clone() {
            let group = rows.items.existing(rows.built, row.first);
            missing |= group.is_some_and(|group| list_item_group::see(pass.tree, group, -row.at..viewport - row.at));
        }
        if !missing {
            break;
        }
        smooth = state.window.lay_out(pass, &mut rows, &view, &mut track, None).or(smooth);
    }
    items.release_outside(pass, &mut state.built, &state.window.keep.clone());
    pass.tree.set_building(previous);
    let widest = state.window.rows.iter().flat_map(|row| row.first..row.end);
    let widest = widest.filter_map(|index| items.existing(&state.built, index));
    let widest = widest.fold(0.0_f32, |widest, item| widest.max(pass.outer(item).along(axis.cross())));
    state.laid = Some((content, lanes));
    if let Some(kept) = pass.tree.state_mut::<State>(node) {
        *kept = state;
    }
    lazy::keep_track(pass.tree, node, axis, track, smooth);
    widest
}

impl Component for List {
    fn name(&self) -> &'static str {
        "List"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State { align: ItemAlign::Start, ..State::default() })
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::Spring))
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
            std::sync::LazyLock::new(|| concord_ui::scroll::COMMANDS.iter().chain(COMMANDS).copied().collect());
        &ALL
    }

    fn on_touch(&self, pass: &mut Pass<'_>, node: NodeId, input: &TouchInput) {
        select_box::touch(pass, node, input, select_box);
        item_drag::touch(pass, node, input, &DRAG);
        if input.phase == TouchPhase::Down && chain_of(pass.tree, node).is_some() {
            let at = space::to_local(pass.tree, node, input.position);
            let held = self.item_at(pass.tree, node, at);
            if let Some((chain, index)) = chain_of(pass.tree, node).zip(held) {
                chain.hold(index);
            }
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let items = items_of(pass.tree, node);
        item_drag::tick(pass, node, &items, true, &DRAG, |tree, node| Some(&tree.state::<State>(node)?.built));
        concord_ui::scroll::tick(pass, node);
        if chain_of(pass.tree, node).is_some() {
            pass.tree.mark_place(node);
        }
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        if item_drag::is_held(pass.tree, node, &DRAG) {
            return Point::ZERO;
        }
        if event.phase == PanPhase::Start {
            list_item::close_others(pass.tree, node, None);
        }
        concord_ui::scroll::on_pan(pass, node, event)
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let Some(scroll) = pass.tree.scroll_mut(node) else { return Size::ZERO };
        let axis = scroll.axis();
        let mut jump = scroll.jump.take();
        let first = pass.tree.state::<State>(node).is_none_or(|state| state.laid.is_none());
        if first && jump.is_none() {
            let index = pass.tree.state::<State>(node).map_or(0, |state| state.initial_index);
            jump = (index > 0).then_some(Jump { index, within: None, align: None, extra: 0.0, smooth: false });
        }
        let content = constraint.room();
        let widest = lay_out(pass, node, content, constraint.percent, jump);
        let extent = pass.tree.scroll(node).map_or(0.0, |scroll| scroll.track(axis).extent);
        let cross = content.along(axis.cross());
        constraint.fit(Size::on(axis, extent, if cross.is_finite() { cross } else { widest }))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(axis) = pass.tree.scroll(node).map(ScrollState::axis) else { return };
        let laid = pass.tree.state::<State>(node).and_then(|state| state.laid).map(|(size, _)| size);
        lazy::renew(pass, node, axis, laid, content.size, |pass, jump| {
            lay_out(pass, node, content.size, content.size, jump);
        });
        let shown = place_rows(pass, node, &content);
        settle(pass.tree, node, shown);
        tell_visible(pass.tree, node, &content);
    }

    fn snap(&self, tree: &Tree, node: NodeId, end: f32) -> Option<f32> {
        let state = tree.state::<State>(node)?;
        let align = state.snap?;
        let scroll = tree.scroll(node)?;
        let track = scroll.track(scroll.axis());
        // The row that would be nearest to the line, going by rows in sight and their average beyond.
        let rows = &state.window.rows;
        let (first, last) = (rows.first()?, rows.last()?);
        let count = rows.len() as f32;
        let pitch = if rows.len() > 1 { (last.at - first.at) / (count - 1.0) } else { first.extent };
        let line = |at: f32, extent: f32| match align {
            ScrollAlign::End => at + extent - track.viewport,
            ScrollAlign::Center => at + (extent - track.viewport) / 2.0,
            _ => at,
        };
        let mut stops: Vec<f32> = rows.iter().map(|row| line(row.at, row.extent)).collect();
        if pitch > 1.0 {
            let beyond = ((end - line(last.at, last.extent)) / pitch).round().max(0.0);
            stops.push(line(last.at, last.extent) + beyond * pitch);
            let before = ((line(first.at, first.extent) - end) / pitch).round().max(0.0);
            stops.push(line(first.at, first.extent) - before * pitch);
        }
        let to = stops.into_iter().min_by(|a, b| (a - end).abs().total_cmp(&(b - end).abs()))?;
        Some(to.clamp(-track.before.max(0.0), track.after.max(0.0)))
    }

    fn snaps_slowly(&self, tree: &Tree, node: NodeId) -> bool {
        tree.state::<State>(node).is_some_and(|state| state.snaps_slowly)
    }

    fn item_rect(&self, tree: &Tree, node: NodeId, path: &[usize]) -> Option<Rect> {
        let state = tree.state::<State>(node)?;
        let items = items_of(tree, node);
        let item = items.existing(&state.built, *path.first()?)?;
        let found = tree.get(item).filter(|item| item.layout.active)?;
        match path.get(1) {
            Some(within) => {
                let inner = list_item_group::item(tree, item, *within)?;
                Some(tree.get(inner)?.layout.frame().translate(found.layout.offset))
            }
            None => Some(found.layout.frame()),
        }
    }

    fn item_at(&self, tree: &Tree, node: NodeId, point: Point) -> Option<usize> {
        let state = tree.state::<State>(node)?;
        let items = items_of(tree, node);
        let shown = state.window.rows.iter().flat_map(|row| row.first..row.end);
        lazy::item_at(tree, &items, &state.built, point, shown)
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found), Some(scroll)) = (tree.state::<State>(node), tree.get(node), tree.scroll(node))
        else {
            return;
        };
        let Some(divider) = state.divider.as_ref().filter(|_| !state.chained) else { return };
        let rows = &state.window.rows;
        let gaps = rows.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((a.at + a.extent, b.at - a.at - a.extent)),
            _ => None,
        });
        divider.paint(tree, scroll.axis(), &found.layout.content(), gaps, painter);
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        if let Some(state) = tree.state::<State>(node) {
            state.choice.paint(painter);
        }
        paint_bars(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let (Some(state), Some(scroll)) = (tree.state::<State>(node), tree.scroll(node)) else { return };
        out.length("space", state.space.as_ref().unwrap_or(&Length::ZERO), &tree.environment);
        out.text("listDirection", if scroll.axis() == Axis::Horizontal { "Axis.Horizontal" } else { "Axis.Vertical" });
        out.text("initialIndex", state.initial_index.to_string());
        let lanes = match &state.lanes {
            Some(Lanes::Count(count)) => *count,
            _ => state.laid.map_or(1, |(_, lanes)| lanes),
        };
        out.text("lanes", lanes.to_string());
        out.text("cachedCount", state.cached.unwrap_or(1).to_string());
    }
}

/// Places the items of the rows in sight. Returns which they are.
fn place_rows(pass: &mut Pass<'_>, node: NodeId, content: &Rect) -> Option<Shown> {
    let axis = pass.tree.scroll(node)?.axis();
    let items = items_of(pass.tree, node);
    let state = pass.tree.state::<State>(node)?;
    let lanes = state.laid.map_or(1, |(_, lanes)| lanes);
    let cross = content.size.along(axis.cross());
    let gutter = px(pass.tree, &state.gutter, cross);
    let lane = ((cross - gutter * (lanes - 1) as f32) / lanes as f32).max(0.0);
    let (align, sticky) = (state.align, state.sticky);
    let (lead, trail) = concord_ui::scroll::content_offsets(pass.tree, node, content.size.along(axis));
    let viewport = content.size.along(axis);
    let rows = state.window.rows.clone();
    let chain_space = px(pass.tree, &state.space, viewport).max(pass.tree.environment.vp(CHAIN_SPACE));
    chain::follow(pass.tree, node, axis, chain_space, chain_of);
    let chain = chain_of(pass.tree, node).filter(|_| lanes == 1).map(|chain| chain.clone());
    let mut shown = Vec::new();
    let mut placed = Vec::new();
    for row in &rows {
        for index in row.first..row.end {
            let item = pass.tree.state::<State>(node).and_then(|state| items.existing(&state.built, index));
            if let Some(item) = item {
                shown.push((item, index - row.first, *row));
                placed.push((index, item));
            }
        }
    }
    let right_to_left = pass.tree.environment.right_to_left;
    for (item, column, row) in shown {
        if pass.tree.get(item).is_none_or(|item| item.common.is_gone()) {
            continue;
        }
        let outer = pass.outer(item);
        let group = pass.tree.get(item).is_some_and(|item| item.component.name() == "ListItemGroup");
        let (start, width) = if group { (0.0, cross) } else { (column as f32 * (lane + gutter), lane) };
        let mut at = start + (width - outer.along(axis.cross())) * align.factor(false);
        let mut main = row.at + chain.as_ref().map_or(0.0, |chain| chain.shift(row.first));
        match axis {
            Axis::Vertical if right_to_left => at = cross - at - outer.width,
            Axis::Horizontal if right_to_left => main = viewport - main - outer.width,
            _ => {}
        }
        pass.place_child(item, content.origin + Point::on(axis, main, at));
        if group {
            let stick = Stick {
                start: if sticky.0 { lead - row.at } else { f32::NEG_INFINITY },
                end: if sticky.1 { viewport - trail - row.at } else { f32::INFINITY },
            };
            list_item_group::stick(pass.tree, item, axis, stick);
        }
    }
    item_drag::arrange(pass, node, &placed, axis, lanes == 1, &DRAG);
    let (first, last) = (rows.first()?, rows.last()?);
    let middle = viewport / 2.0;
    let center = rows.iter().find(|row| row.at + row.extent > middle).unwrap_or(last);
    Some(Shown { first: first.first, last: last.end.saturating_sub(1), center: center.first })
}

/// Tells the app of the first and the last content in sight, when it is another one (`onScrollVisibleContentChange`).
fn tell_visible(tree: &mut Tree, node: NodeId, content: &Rect) {
    if tree.get(node).is_none_or(|node| !node.common.events.contains_key("onScrollVisibleContentChange")) {
        return;
    }
    let Some(axis) = tree.scroll(node).map(ScrollState::axis) else { return };
    let Some(state) = tree.state::<State>(node) else { return };
    let items = items_of(tree, node);
    let (start, end) = concord_ui::scroll::content_offsets(tree, node, content.size.along(axis));
    let viewport = content.size.along(axis);
    let visible = |index: usize, at: f32, line: f32| {
        let item = items.existing(&state.built, index)?;
        Some(Visible { index, within: list_item_group::area_at(tree, item, axis, line - at) })
    };
    let rows = &state.window.rows;
    let first = rows.iter().find(|row| row.at + row.extent > start + 0.5).or(rows.first());
    let last = rows.iter().rev().find(|row| row.at < viewport - end - 0.5).or(rows.last());
    let (Some(first), Some(last)) = (first, last) else { return };
    let told = visible(first.first, first.at, start.max(first.at + 0.5)).zip(visible(
        last.end.saturating_sub(1),
        last.at,
        (viewport - end).min(last.at + last.extent) - 0.5,
    ));
    let changed = told.filter(|told| state.told.as_ref() != Some(told));
    let Some((first, last)) = changed else { return };
    if let Some(state) = tree.state_mut::<State>(node) {
        state.told = told;
    }
    tree.emit_event(node, "onScrollVisibleContentChange", vec![first.to_value(), last.to_value()]);
}

/// The chain of a list that has one.
fn chain_of(tree: &mut Tree, node: NodeId) -> Option<&mut Chain> {
    tree.state_mut::<State>(node).filter(|state| state.chained).map(|state| &mut state.chain)
}

/// Space between items that move like a chain, where the app says none, in vp.
const CHAIN_SPACE: f32 = 20.0;

#[cfg(test)]
mod tests;
