//! The line between the navigation bar and the destinations beside it, which is dragged to change the width of the bar.

use super::State;
use concord_paint::{Brush, Color, Painter, kurbo};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::pointer_style;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// Takes the finger that drags the line.
pub(crate) struct NavigationDivider;

pub(super) const DIVIDER: &str = "NavigationDivider";

/// In vp: the zone around the line that takes fingers, and the drag bar (`enableDragBar`).
const ZONE: f32 = 12.0;
const DRAG_BAR: (f32, f32) = (4.0, 48.0);

/// `NavigationDividerStyle`; unset is the theme's.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    hidden: bool,
    color: Option<Color>,
    start: Option<Length>,
    end: Option<Length>,
}

impl Line {
    /// `null` is no line.
    pub(super) fn from_value(value: &Value) -> Line {
        let margin = |name: &str| Length::from_value(value.get(name), Unit::Vp);
        Line {
            hidden: matches!(value, Value::Null),
            color: parse_color(value.get("color")),
            start: margin("startMargin"),
            end: margin("endMargin"),
        }
    }
}

/// Makes the node of the line, when bar and destinations are beside each other, and measures it.
pub(super) fn prepare(pass: &mut Pass<'_>, node: NodeId, beside: bool, height: f32) {
    let known = pass.tree.state::<State>(node).and_then(|state| state.divider);
    let known = known.filter(|divider| pass.tree.get(*divider).is_some());
    let divider = match (beside, known) {
        (true, None) => {
            let made = pass.tree.create_named(DIVIDER, -1);
            if let Some(made) = made {
                pass.tree.append(node, made);
            }
            made
        }
        (false, Some(old)) => {
            pass.tree.destroy(old);
            None
        }
        (_, known) => known,
    };
    if let Some(state) = pass.tree.state_mut::<State>(node) {
        state.divider = divider;
    }
    if let Some(divider) = divider {
        let size = Size::new(pass.tree.environment.vp(ZONE), height);
        let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
        pass.measure(divider, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
    }
}

/// Puts the line between bar and destinations.
pub(super) fn place(pass: &mut Pass<'_>, node: NodeId, origin: Point) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let Some(divider) = state.divider else { return };
    let at_end = state.bar.origin.x > state.content.origin.x;
    let line = if at_end { state.bar.origin.x } else { state.content.origin.x };
    let zone = pass.tree.environment.vp(ZONE);
    pass.place_child(divider, origin + Point::new(line - zone / 2.0, 0.0));
    if let Some(divider) = pass.tree.get_mut(divider) {
        divider.layout.raised = true;
    }
}

impl Component for NavigationDivider {
    fn name(&self) -> &'static str {
        DIVIDER
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, _pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        constraint.fit(Size::ZERO)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(tree.frame_parent(node)?)?;
        // The width is the app's where it says no range.
        let ranged = state.min_width.is_some() || state.max_width.is_some();
        ranged.then_some(PanAxis::Horizontal)
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn pointer_style(&self, tree: &Tree, node: NodeId, _at: Point) -> Option<i32> {
        self.pan_axis(tree, node).map(|_| pointer_style::RESIZE_LEFT_RIGHT)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let Some(owner) = pass.tree.frame_parent(node) else { return Point::ZERO };
        if !matches!(event.phase, PanPhase::Start | PanPhase::Update) {
            return Point::ZERO;
        }
        let Some(state) = pass.tree.state_mut::<State>(owner) else { return Point::ZERO };
        let at_end = state.bar.origin.x > state.content.origin.x;
        let by = if at_end { -event.delta.x } else { event.delta.x };
        state.dragged = Some(state.bar.size.width + by);
        // Movements of one frame add up before the next layout.
        state.bar.size.width += by;
        pass.tree.mark_measure(owner);
        Point::new(event.delta.x, 0.0)
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(size) = tree.get(node).map(|node| node.layout.size) else { return };
        let Some(state) = tree.frame_parent(node).and_then(|owner| tree.state::<State>(owner)) else { return };
        let environment = &tree.environment;
        let line = &state.line;
        let theme = Color::from_argb(if environment.dark { 0x33ff_ffff } else { 0x3318_2431 });
        let mut fill = |rect: Rect, radius: f32, color: Color| {
            let shape = kurbo::Rect::new(
                f64::from(rect.origin.x),
                f64::from(rect.origin.y),
                f64::from(rect.right()),
                f64::from(rect.bottom()),
            );
            painter.fill_rounded(shape.to_rounded_rect(f64::from(radius)), &Brush::Solid(color));
        };
        if !line.hidden {
            let px = |length: &Option<Length>| {
                length.as_ref().and_then(|length| length.resolve(environment, size.height)).unwrap_or(0.0).max(0.0)
            };
            let (start, end) = (px(&line.start), px(&line.end));
            let rect = Rect::new(size.width / 2.0, start, 1.0, (size.height - start - end).max(0.0));
            fill(rect, 0.0, line.color.unwrap_or(theme));
        }
        if state.drag_bar {
            let (width, height) = (environment.vp(DRAG_BAR.0), environment.vp(DRAG_BAR.1).min(size.height));
            let rect = Rect::new((size.width - width) / 2.0, (size.height - height) / 2.0, width, height);
            fill(rect, width / 2.0, theme);
        }
    }
}
