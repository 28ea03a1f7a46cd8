//! The indicator and the arrows of a swiper: nodes of their own above the pages, made by the swiper, so that they take clicks.

use super::indicator::Shown;
use super::{State, access};
use crate::pager;
use concord_paint::kurbo::{self, BezPath, Cap, Join, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// The dots or digits.
pub(crate) struct IndicatorPart;

/// An arrow that turns one page.
pub(crate) struct Arrow(pub(crate) ArrowSide);

/// Where an arrow leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArrowSide {
    /// To the page before.
    Before,
    /// To the page behind.
    Behind,
}

const INDICATOR: &str = "SwiperIndicator";
const BEFORE: &str = "SwiperLeftArrow";
const BEHIND: &str = "SwiperRightArrow";

/// Between an arrow and the edge of the swiper, or the indicator, in vp.
const ARROW_MARGIN: f32 = 8.0;

/// `ArrowStyle`. Lengths are the platform's: arrows beside the pages are larger than those beside the indicator.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ArrowStyle {
    /// Beside the pages, in the middle of their sides; else beside the indicator.
    middle: bool,
    background: Option<(Length, Color)>,
    size: Length,
    color: Color,
}

impl ArrowStyle {
    /// From `true` or an `ArrowStyle`.
    pub(super) fn from_value(value: &Value) -> Option<ArrowStyle> {
        if value.as_object().is_none() && value.as_bool() != Some(true) {
            return None;
        }
        let flag = |name: &str| value.get(name).as_bool() == Some(true);
        let length = |name: &str| Length::from_value(value.get(name), Unit::Vp).filter(|length| !length.is_relative());
        let middle = flag("isSidebarMiddle");
        let (size, board, color) = if middle { (24.0, 32.0, 0x1918_2431) } else { (18.0, 24.0, 0) };
        let background = flag("showBackground").then(|| {
            let color = parse_color(value.get("backgroundColor")).unwrap_or(Color::from_argb(color));
            (length("backgroundSize").unwrap_or(Length::vp(board)), color)
        });
        let size = match (&background, length("arrowSize")) {
            // An arrow on a background has a size that goes with it.
            (Some((Length::Plain(board, unit), _)), _) => Length::Plain(board * 0.75, *unit),
            (_, given) => given.unwrap_or(Length::vp(size)),
        };
        let color = parse_color(value.get("arrowColor")).unwrap_or(Color::from_argb(0xff18_2431));
        Some(ArrowStyle { middle, background, size, color })
    }

    /// Side of the square that takes clicks, in px.
    fn side(&self, tree: &Tree) -> f32 {
        self.background.as_ref().map_or(&self.size, |(size, _)| size).to_px(&tree.environment).max(0.0)
    }
}

/// The nodes that a swiper has made.
#[derive(Debug, Default)]
pub(super) struct Parts {
    indicator: Option<NodeId>,
    before: Option<NodeId>,
    behind: Option<NodeId>,
}

impl Parts {
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        [self.indicator, self.before, self.behind].into_iter().flatten().collect()
    }
}

/// Makes the parts that are missing, and takes away those that are not wanted.
pub(super) fn prepare(tree: &mut Tree, swiper: NodeId) {
    let Some(state) = tree.state::<State>(swiper) else { return };
    let arrows = state.arrows.is_some();
    let wanted = [
        (INDICATOR, state.indicator.is_shown(), state.parts.indicator),
        (BEFORE, arrows, state.parts.before),
        (BEHIND, arrows, state.parts.behind),
    ];
    let [indicator, before, behind] = wanted.map(|(name, wanted, known)| {
        let known = known.filter(|part| tree.get(*part).is_some());
        match (wanted, known) {
            (true, None) => {
                let part = tree.create_named(name, -1)?;
                tree.append(swiper, part);
                Some(part)
            }
            (false, Some(part)) => {
                tree.destroy(part);
                None
            }
            (_, known) => known,
        }
    });
    if let Some(state) = tree.state_mut::<State>(swiper) {
        state.parts = Parts { indicator, before, behind };
    }
}

fn measure_as(pass: &mut Pass<'_>, part: NodeId, size: Size) {
    let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
    pass.measure(part, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
}

/// Gives the parts their places. The pages are placed.
pub(super) fn place(pass: &mut Pass<'_>, swiper: NodeId) {
    let Some(frame) = pass.tree.get(swiper).map(|node| node.layout.size) else { return };
    let Some(state) = pass.tree.state::<State>(swiper) else { return };
    let shown = shown(state);
    let (indicator, before, behind) = (state.parts.indicator, state.parts.before, state.parts.behind);
    let axis = shown.axis;
    let rect = state.indicator.rect(pass.tree, swiper, frame, &shown);
    let hovered = pass.tree.is_hovered(swiper);
    let arrows = state.arrows.clone().filter(|_| !state.arrows_on_hover || hovered);
    let ends =
        (!state.pager.repeats()).then(|| (state.pager.index == 0, state.pager.index as f32 >= state.pager.last()));
    let few = state.pager.count <= state.pager.shown;
    if let Some(indicator) = indicator {
        measure_as(pass, indicator, rect.size);
        put(pass, indicator, rect.origin);
    }
    for arrow in [before, behind].into_iter().flatten() {
        if let Some(arrow) = pass.tree.get_mut(arrow) {
            arrow.layout.active = false;
        }
    }
    let Some(style) = arrows.filter(|_| !few) else { return };
    let side = style.side(pass.tree);
    let margin = pass.tree.environment.vp(ARROW_MARGIN);
    let line = if style.middle || indicator.is_none() {
        (frame.along(axis.cross()) - side) / 2.0
    } else {
        rect.origin.along(axis.cross()) + (rect.size.along(axis.cross()) - side) / 2.0
    };
    let (start, end) = if style.middle || indicator.is_none() {
        (margin, frame.along(axis) - margin - side)
    } else {
        (rect.origin.along(axis) - margin - side, rect.origin.along(axis) + rect.size.along(axis) + margin)
    };
    let hidden = ends.unwrap_or_default();
    for (arrow, at, hidden) in [(before, start, hidden.0), (behind, end, hidden.1)] {
        if let Some(arrow) = arrow.filter(|_| !hidden) {
            measure_as(pass, arrow, Size::new(side, side));
            put(pass, arrow, Point::on(axis, at, line));
        }
    }
}

fn put(pass: &mut Pass<'_>, part: NodeId, at: Point) {
    pass.place_child(part, at);
    if let Some(part) = pass.tree.get_mut(part) {
        part.layout.raised = true;
    }
}

/// What the indicator of a swiper says.
pub(super) fn shown(state: &State) -> Shown {
    let group = if state.by_group { state.pager.shown } else { 1 }.max(1);
    let round = if state.by_group { state.pager.count.div_ceil(group) } else { state.pager.count };
    let position = state.pager.position() / group as f32;
    let count = round.max(1) as f32;
    let position = if state.pager.repeats() { position.rem_euclid(count) } else { position.clamp(0.0, count - 1.0) };
    Shown { count: round, selected: state.pager.index / group, position, axis: state.pager.axis }
}

/// The swiper around a part, and its state.
fn owner(tree: &Tree, part: NodeId) -> Option<(NodeId, &State)> {
    let swiper = tree.frame_parent(part)?;
    Some((swiper, tree.state::<State>(swiper)?))
}

impl Component for IndicatorPart {
    fn name(&self) -> &'static str {
        INDICATOR
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        constraint.fit(Size::ZERO)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn reacts_to_click(&self, tree: &Tree, node: NodeId) -> bool {
        owner(tree, node).is_some_and(|(_, state)| state.interactive && state.indicator.is_dots())
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let Some((swiper, state)) = owner(pass.tree, node) else { return };
        let Some(size) = pass.tree.get(node).map(|node| node.layout.size) else { return };
        let shown = shown(state);
        let along = at.along(shown.axis);
        let right_to_left = shown.axis == Axis::Horizontal && pass.tree.is_right_to_left(swiper);
        let along = if right_to_left { size.along(shown.axis) - along } else { along };
        // Before the dot of the page in sight is back, behind it is on.
        match state.indicator.side_of(pass.tree, &shown, along) {
            std::cmp::Ordering::Less => pager::step(pass.tree, swiper, access, -1.0),
            std::cmp::Ordering::Greater => pager::step(pass.tree, swiper, access, 1.0),
            std::cmp::Ordering::Equal => {}
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some((swiper, state)) = owner(tree, node) else { return };
        let Some(size) = tree.get(node).map(|node| node.layout.size) else { return };
        state.indicator.paint(tree, size, &shown(state), tree.is_right_to_left(swiper), painter);
    }
}

impl Component for Arrow {
    fn name(&self) -> &'static str {
        match self.0 {
            ArrowSide::Before => BEFORE,
            ArrowSide::Behind => BEHIND,
        }
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        constraint.fit(Size::ZERO)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        if let Some((swiper, _)) = owner(pass.tree, node) {
            let by = if self.0 == ArrowSide::Before { -1.0 } else { 1.0 };
            pager::step(pass.tree, swiper, access, by);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some((swiper, state)) = owner(tree, node) else { return };
        let Some(style) = &state.arrows else { return };
        let side = f64::from(style.side(tree));
        if let Some((_, color)) = &style.background {
            let shape = kurbo::Rect::new(0.0, 0.0, side, side).to_rounded_rect(side / 2.0);
            painter.fill_rounded(shape, &Brush::Solid(*color));
        }
        let size = f64::from(style.size.to_px(&tree.environment));
        // A chevron in the middle half of its box, which points where it leads.
        let reverse = state.pager.axis == Axis::Horizontal && tree.is_right_to_left(swiper);
        let back = (self.0 == ArrowSide::Before) != reverse;
        let (tip, ends) = (size / 4.0, size / 8.0);
        let sign = if back { -1.0 } else { 1.0 };
        let point = |along: f64, across: f64| {
            let (x, y) = if state.pager.axis == Axis::Horizontal { (along, across) } else { (across, along) };
            (side / 2.0 + x, side / 2.0 + y)
        };
        let mut path = BezPath::new();
        path.move_to(point(-ends * sign, -tip));
        path.line_to(point(ends * sign, 0.0));
        path.line_to(point(-ends * sign, tip));
        let stroke = Stroke::new((size / 12.0).max(1.0)).with_caps(Cap::Round).with_join(Join::Round);
        painter.stroke(path, &stroke, &Brush::Solid(style.color));
    }
}
