//! What controls share.

use concord_paint::kurbo::{self, Affine, BezPath};
use concord_paint::{Brush, Color, ColorStop, Extend, Filter, Gradient, GradientKind, LayerStyle, Painter};
pub(crate) use concord_ui::bound::Bound;
use concord_ui::component::Setter;
use concord_ui::geometry::{Axis, Rect, Size};
use concord_ui::input::UiState;
use concord_ui::layout::ContentConstraint;
pub(crate) use concord_ui::theme::{EMPHASIZE, PRESSED};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};

/// `ohos_id_color_component_normal` of the theme: tracks, frames.
pub(crate) const TRACK: Color = Color::from_argb(0x1918_2431);
pub(crate) const TRACK_DARK: Color = Color::from_argb(0x19ff_ffff);
/// `ohos_id_color_text_primary` of the theme.
pub(crate) const TEXT: Color = Color::from_argb(0xff18_2431);
pub(crate) const TEXT_DARK: Color = Color::from_argb(0xe5ff_ffff);
/// Opacity of what is disabled.
pub(crate) const DISABLED: f32 = 0.4;

/// The colour of tracks.
pub(crate) fn track_color(environment: &Environment) -> Color {
    if environment.dark { TRACK_DARK } else { TRACK }
}

/// The colour of text.
pub(crate) fn text_color(environment: &Environment) -> Color {
    if environment.dark { TEXT_DARK } else { TEXT }
}

/// How opaque a control is where the app says nothing.
pub(crate) fn opacity(tree: &Tree, node: NodeId) -> Option<f32> {
    tree.ui_state(node).has(UiState::DISABLED).then_some(DISABLED)
}

/// Tells the app of a new value: what is bound first, then `onChange`.
pub(crate) fn tell(tree: &mut Tree, node: NodeId, bound: Option<&Callback>, args: Vec<Value>) {
    if let Some(bound) = bound {
        tree.emit(bound, args.iter().take(1).cloned().collect());
    }
    tree.emit_event(node, "onChange", args);
}

/// The page, or whatever it is, in which names of groups are known.
pub(crate) fn scope(tree: &Tree, node: NodeId) -> NodeId {
    let up = std::iter::successors(Some(node), |id| tree.get(*id)?.parent());
    let mut last = node;
    for id in up {
        last = id;
        if tree.get(id).is_some_and(|node| matches!(node.component.name(), "page" | "NavDestination")) {
            break;
        }
    }
    last
}

/// The nodes in the page of a node whose state is of a type and passes a test, in the order in which they were made.
pub(crate) fn members<T: 'static>(tree: &Tree, node: NodeId, test: impl Fn(&T) -> bool) -> Vec<NodeId> {
    let scope = scope(tree, node);
    let mut found: Vec<NodeId> =
        tree.ids().filter(|id| tree.state::<T>(*id).is_some_and(&test) && self::scope(tree, *id) == scope).collect();
    found.sort_by_key(|id| tree.number(*id));
    found
}

/// The content box of a node, in its frame, as paths want it.
pub(crate) fn content(tree: &Tree, node: NodeId) -> kurbo::Rect {
    tree.get(node).map_or(kurbo::Rect::ZERO, |node| rect(&node.layout.content()))
}

pub(crate) fn rect(rect: &Rect) -> kurbo::Rect {
    kurbo::Rect::new(
        f64::from(rect.origin.x),
        f64::from(rect.origin.y),
        f64::from(rect.right()),
        f64::from(rect.bottom()),
    )
}

/// The largest square in the middle of a box.
pub(crate) fn square(rect: kurbo::Rect) -> kurbo::Rect {
    let side = rect.width().min(rect.height());
    kurbo::Rect::from_center_size(rect.center(), (side, side))
}

/// As wide and high as there is room; as wide as high where only one is limited, `default` px where none is.
pub(crate) fn fill_square(constraint: &ContentConstraint, default: f32) -> Size {
    let room = |axis: Axis| constraint.ideal.along(axis).unwrap_or_else(|| constraint.max.along(axis));
    let side = room(Axis::Horizontal).min(room(Axis::Vertical));
    let side = if side.is_finite() { side } else { default };
    constraint.fit(Size::new(side, side))
}

/// All the room along an axis; `default` px where nothing limits it.
pub(crate) fn room(constraint: &ContentConstraint, axis: Axis, default: f32) -> f32 {
    let all = [constraint.percent.along(axis), constraint.max.along(axis)];
    let least = all.into_iter().fold(f32::INFINITY, f32::min);
    if least.is_finite() { least } else { default }
}

/// A part of a circle, in degrees clockwise from the top.
pub(crate) fn arc(center: kurbo::Point, radius: f64, from: f64, sweep: f64) -> BezPath {
    use kurbo::Shape;
    let start = (from - 90.0).to_radians();
    kurbo::Arc::new(center, (radius, radius), start, sweep.clamp(-360.0, 360.0).to_radians(), 0.0).to_path(0.1)
}

/// A tick in a square: a checkbox that is checked.
pub(crate) fn tick(square: kurbo::Rect) -> BezPath {
    let at = |x: f64, y: f64| kurbo::Point::new(square.x0 + square.width() * x, square.y0 + square.height() * y);
    let mut path = BezPath::new();
    path.move_to(at(0.25, 0.49));
    path.line_to(at(0.44, 0.68));
    path.line_to(at(0.76, 0.33));
    path
}

/// A length that is not negative and no percentage.
pub(crate) fn length(value: &Value) -> Option<Length> {
    let length = Length::from_value(value, Unit::Vp)?;
    let negative = matches!(length, Length::Plain(number, _) if number < 0.0);
    (!length.is_relative() && !negative).then_some(length)
}

/// The colours of a `LinearGradient`: `{ colorStops: [{ color, offset }] }`.
pub(crate) fn gradient(value: &Value) -> Option<Vec<ColorStop>> {
    let list = value.get("colorStops").as_array().or_else(|| value.as_array())?;
    let stop = |stop: &Value| {
        let color =
            concord_ui::common::parse_color(stop.get("color")).or_else(|| concord_ui::common::parse_color(stop))?;
        Some(ColorStop { offset: stop.get("offset").as_f32().unwrap_or(f32::NAN).clamp(0.0, 1.0), color })
    };
    let mut stops: Vec<ColorStop> = list.iter().take(64).filter_map(stop).collect();
    let last = stops.len().saturating_sub(1).max(1) as f32;
    for (index, stop) in stops.iter_mut().enumerate() {
        if stop.offset.is_nan() {
            stop.offset = index as f32 / last;
        }
    }
    (!stops.is_empty()).then_some(stops)
}

/// Keeps whether a control is chosen where `stateStyles` can see it.
pub(crate) fn set_selected(tree: &mut Tree, node: NodeId, on: bool) {
    tree.set_ui_state(node, UiState::SELECTED, on);
    tree.mark_paint(node);
}

/// A method that takes what it is told and has no effect here: there is nothing that vibrates or has a crown.
pub(crate) fn without_effect(_: &mut Setter<'_>, _: Args<'_>) -> Value {
    Value::Undefined
}

/// Colours along an arc, in degrees clockwise from the top.
pub(crate) fn sweep(center: kurbo::Point, from: f64, degrees: f64, stops: &[ColorStop]) -> Brush {
    match stops {
        [] => Brush::Solid(Color::TRANSPARENT),
        [only] => Brush::Solid(only.color),
        _ => {
            let transform = Affine::rotate_about((from - 90.0).to_radians(), center);
            let end_angle = degrees.clamp(0.1, 360.0).to_radians() as f32;
            let kind = GradientKind::Sweep { center, start_angle: 0.0, end_angle };
            Gradient { kind, stops: stops.to_vec(), extend: Extend::Pad, transform }.into()
        }
    }
}

/// `MultiShadowOptions`: the shadow of a track, in its own colours.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TrackShadow {
    radius: Option<Length>,
    x: Option<Length>,
    y: Option<Length>,
}

impl TrackShadow {
    /// None without an object.
    pub(crate) fn from_value(value: &Value) -> Option<TrackShadow> {
        value.as_object()?;
        let offset = |name: &str| Length::from_value(value.get(name), Unit::Vp).filter(|length| !length.is_relative());
        let radius = length(value.get("radius")).filter(|radius| !matches!(radius, Length::Plain(0.0, _)));
        Some(TrackShadow { radius, x: offset("offsetX"), y: offset("offsetY") })
    }

    /// Draws what casts the shadow, blurred and moved.
    pub(crate) fn paint(&self, environment: &Environment, painter: &mut Painter, draw: impl FnOnce(&mut Painter)) {
        let px = |length: &Option<Length>, default: f32| {
            f64::from(length.as_ref().map_or(environment.vp(default), |length| length.to_px(environment)))
        };
        let sigma = concord_paint::sigma_of_radius(px(&self.radius, SHADOW_RADIUS));
        painter.push_layer(LayerStyle { filters: vec![Filter::Blur { sigma }], ..LayerStyle::default() });
        painter.save();
        painter.transform(Affine::translate((px(&self.x, SHADOW_OFFSET), px(&self.y, SHADOW_OFFSET))));
        draw(painter);
        painter.restore();
        painter.pop_layer();
    }
}

/// Where nothing is said of a shadow, in vp.
const SHADOW_RADIUS: f32 = 20.0;
const SHADOW_OFFSET: f32 = 5.0;
