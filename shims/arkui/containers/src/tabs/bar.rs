//! `TabBar` and its tabs: parts of `Tabs`, which are never created by the app itself.

use super::content;
use super::style::{Mark, Underline};
use super::{between, select};
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass, place_aligned};
use concord_ui::pan::PanAxis;
use concord_ui::scroll::{BarState, EdgeEffect, ScrollState, settle};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use std::any::Any;

/// The bar: tabs beside each other, which share it or scroll.
pub(crate) struct TabBar;

/// One tab of the bar.
pub(crate) struct TabBarItem;

/// `LayoutStyle`: how few tabs of a bar that could scroll share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Few {
    /// In its middle.
    #[default]
    Center,
    /// All with the same width.
    Split,
    /// From edge to edge when they fill half of it, else in its middle.
    Between,
}

/// How a bar is laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BarStyle {
    pub(super) vertical: bool,
    /// Tabs are as large as what is in them, and the bar scrolls.
    pub(super) scrolls: bool,
    pub(super) few: Few,
    /// At both ends of a bar that scrolls.
    pub(super) margin: Option<Length>,
    /// The part in the middle that tabs share, where a grid says it, in px.
    pub(super) middle: Option<f32>,
    /// Whether tabs at an edge fade when there are more.
    pub(super) fades: bool,
}

#[derive(Default)]
struct State {
    style: BarStyle,
    selected: usize,
    /// Whether the selected tab shall come into sight.
    reveal: bool,
}

/// Space beside what is in a tab of a bar that scrolls, in vp.
const PADDING: f32 = 8.0;
/// Length of edges that fade, in vp.
const FADE: f32 = 24.0;

/// Says how the bar is laid out, and which tab is the selected one.
pub(super) fn prepare(tree: &mut Tree, bar: NodeId, style: BarStyle, selected: usize) {
    if let Some(scroll) = tree.scroll_mut(bar) {
        let axis = if style.vertical { PanAxis::Vertical } else { PanAxis::Horizontal };
        scroll.direction = Some(axis);
        scroll.style.bar = BarState::Off;
        scroll.style.interactive = style.scrolls;
        scroll.style.fading = (style.fades && style.scrolls).then_some(Length::vp(FADE));
    }
    if let Some(state) = tree.state_mut::<State>(bar) {
        let reveal = state.reveal || state.selected != selected;
        *state = State { style, selected, reveal };
    }
    // It is measured again with the items that it has now.
    tree.mark_measure(bar);
}

impl Component for TabBar {
    fn name(&self) -> &'static str {
        "TabBar"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn new_scroll(&self) -> Option<ScrollState> {
        Some(ScrollState::new(EdgeEffect::Spring))
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let Some(style) = pass.tree.state::<State>(node).map(|state| state.style.clone()) else { return Size::ZERO };
        let axis = if style.vertical { Axis::Vertical } else { Axis::Horizontal };
        let items = pass.children(node);
        let cross = constraint.max.along(axis.cross());
        let count = items.len().max(1) as f32;
        let all = style.middle.unwrap_or(constraint.max.along(axis));
        let limit = |share: Option<f32>| {
            let ideal = Ideal::default().with(axis.cross(), Some(cross));
            match share {
                Some(share) => {
                    let max = Size::on(axis, share, cross);
                    Constraint { min: Size::ZERO, max, percent: max, ideal: ideal.with(axis, Some(share)) }
                }
                None => {
                    let max = Size::on(axis, f32::INFINITY, cross);
                    Constraint { min: Size::ZERO, max, percent: constraint.max, ideal }
                }
            }
        };
        let share = (!style.scrolls).then_some(all / count);
        for item in &items {
            pass.measure(*item, &limit(share));
        }
        if style.scrolls && style.few == Few::Split {
            let total: f32 = items.iter().map(|item| pass.outer(*item).along(axis)).sum();
            let widest = items.iter().map(|item| pass.outer(*item).along(axis)).fold(0.0, f32::max);
            if total <= all && widest * count <= all {
                for item in &items {
                    pass.measure(*item, &limit(Some(all / count)));
                }
            }
        }
        constraint.max
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let style = state.style.clone();
        let axis = if style.vertical { Axis::Vertical } else { Axis::Horizontal };
        let (selected, reveal) = (state.selected, std::mem::take(&mut state.reveal));
        let items = pass.children(node);
        let extents: Vec<f32> = items.iter().map(|item| pass.outer(*item).along(axis)).collect();
        let own: f32 = extents.iter().sum();
        let viewport = content.size.along(axis);
        let margin = style.margin.as_ref().filter(|_| style.scrolls).map_or(0.0, |margin| margin.to_px(&environment));
        let total = own + 2.0 * margin;
        let Some(scroll) = pass.tree.scroll_mut(node) else { return };
        let free = scroll.may_be_over(axis);
        let track = scroll.track_mut(axis);
        track.know(total, viewport);
        if reveal && total > viewport {
            let start: f32 = extents.iter().take(selected).sum();
            let own = extents.get(selected).copied().unwrap_or(0.0);
            let to = (margin + start + own / 2.0 - viewport / 2.0).clamp(0.0, total - viewport);
            track.shift(to - track.offset);
        }
        if !free {
            track.clamp();
        }
        let rest = (viewport - total).max(0.0);
        let between = style.few == Few::Between && total >= viewport / 2.0 && items.len() > 1;
        let gap = if between { rest / (items.len() - 1) as f32 } else { 0.0 };
        // Few tabs that do not fill the bar lie in its middle.
        let mut at = margin - track.offset + if between { 0.0 } else { rest / 2.0 };
        let right_to_left = axis == Axis::Horizontal && environment.right_to_left;
        for (item, extent) in items.into_iter().zip(extents) {
            let main = if right_to_left { viewport - at - extent } else { at };
            pass.place_child(item, content.origin + Point::on(axis, main, 0.0));
            at += extent + gap;
        }
        settle(pass.tree, node, None);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some((rect, radius, color)) = marked(tree, node, board) else { return };
        fill(painter, rect, radius, color);
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some((rect, radius, color)) = marked(tree, node, line) else { return };
        fill(painter, rect, radius, color);
    }
}

/// A box with round corners and a colour.
type Shape = (Rect, f32, Color);

fn fill(painter: &mut Painter, rect: Rect, radius: f32, color: Color) {
    let shape = kurbo::Rect::new(
        f64::from(rect.origin.x),
        f64::from(rect.origin.y),
        f64::from(rect.right()),
        f64::from(rect.bottom()),
    );
    let radius = radius.min(rect.size.height / 2.0).min(rect.size.width / 2.0).max(0.0);
    painter.fill_rounded(shape.to_rounded_rect(f64::from(radius)), &Brush::Solid(color));
}

/// What marks the selected tab: between two tabs while pages move from one to the other.
fn marked(tree: &Tree, bar: NodeId, shape: fn(&Tree, NodeId, NodeId) -> Option<Shape>) -> Option<Shape> {
    let (from, to, part) = between(tree, tree.frame_parent(bar)?)?;
    let (first, second) = (shape(tree, bar, from), shape(tree, bar, to));
    match (first, second) {
        (Some((a, radius, color)), Some((b, _, other))) => {
            let mix = |a: f32, b: f32| a + (b - a) * part;
            let rect = Rect::new(
                mix(a.origin.x, b.origin.x),
                mix(a.origin.y, b.origin.y),
                mix(a.size.width, b.size.width),
                mix(a.size.height, b.size.height),
            );
            Some((rect, radius, color.lerp(other, part)))
        }
        (first, second) => {
            if part < 0.5 {
                first
            } else {
                second
            }
        }
    }
}

/// The frame of a node in a tab, in the bar's frame.
fn in_bar(tree: &Tree, bar: NodeId, node: NodeId) -> Option<Rect> {
    let size = tree.get(node)?.layout.size;
    Some(Rect { origin: tree.window_offset(node) - tree.window_offset(bar), size })
}

/// The line below the text of a content's tab.
fn line(tree: &Tree, bar: NodeId, content: NodeId) -> Option<Shape> {
    let (Mark::Underline(Underline { color, height, width, radius, gap }), drawn) = content::mark(tree, content)?
    else {
        return None;
    };
    let text = in_bar(tree, bar, drawn.text.unwrap_or(drawn.inner))?;
    let px = |length: &Length| length.to_px(&tree.environment);
    let width = width.as_ref().map_or(text.size.width, px);
    let origin = Point::new(text.origin.x + (text.size.width - width) / 2.0, text.bottom() + px(gap));
    Some((
        Rect { origin, size: Size::new(width, px(height)) },
        px(radius),
        color.unwrap_or(theme::ACTIVATED.of(&tree.environment)),
    ))
}

/// The board behind the text of a content's tab.
fn board(tree: &Tree, bar: NodeId, content: NodeId) -> Option<Shape> {
    let (Mark::Board(radius), drawn) = content::mark(tree, content)? else { return None };
    // A board is a little higher than its text, as the platform's.
    let rect = in_bar(tree, bar, drawn.inner)?;
    let more = tree.environment.vp(BOARD_PADDING);
    let rect = Rect::new(rect.origin.x, rect.origin.y - more, rect.size.width, rect.size.height + 2.0 * more);
    Some((rect, radius.to_px(&tree.environment), theme::ACTIVATED.of(&tree.environment)))
}

/// Space of a board above and below the text, in vp.
const BOARD_PADDING: f32 = 4.0;

impl Component for TabBarItem {
    fn name(&self) -> &'static str {
        "TabBarItem"
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = pass.measure_stacked(node, constraint);
        if constraint.ideal.width.is_some() && constraint.ideal.height.is_some() {
            return size;
        }
        let padding = pass.tree.environment.vp(PADDING * 2.0);
        Size::new(size.width + padding, size.height)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        if let Some(bar) = pass.tree.frame_parent(node) {
            select(pass, bar, node);
        }
    }
}
