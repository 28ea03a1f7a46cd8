//! Controls: what people switch, choose and slide, and what shows how far something is. One file each; here is what they share.
//!
//! Values change at once, without the short movement that the platform shows.

mod badge;
mod checkbox;
mod checkbox_group;
mod counter;
mod data_panel;
mod date_picker;
mod gauge;
mod hyperlink;
mod loading_progress;
mod pattern_lock;
mod progress;
mod qr_code;
mod radio;
mod rating;
mod security_button;
mod select;
mod select_menu;
#[cfg(test)]
mod select_tests;
mod slider;
mod slider_looks;
#[cfg(test)]
mod tests;
mod text_picker;
mod time_picker;
mod toggle;
mod wheel;

use crate::component::{Component, Setter};
use crate::geometry::{Axis, Rect, Size};
use crate::input::UiState;
use crate::layout::ContentConstraint;
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Callback, Value};
use concord_paint::kurbo::{self, BezPath};
use concord_paint::{Color, ColorStop};

/// All of them.
pub(super) static ALL: &[&dyn Component] = &[
    &badge::Badge,
    &checkbox::Checkbox,
    &checkbox_group::CheckboxGroup,
    &counter::Counter,
    &data_panel::DataPanel,
    &date_picker::DatePicker,
    &gauge::Gauge,
    &hyperlink::Hyperlink,
    &loading_progress::LoadingProgress,
    &pattern_lock::PatternLock,
    &progress::Progress,
    &qr_code::QrCode,
    &radio::Radio,
    &rating::Rating,
    &security_button::SecurityButton("LocationButton"),
    &security_button::SecurityButton("PasteButton"),
    &security_button::SecurityButton("SaveButton"),
    &select::Select,
    &select_menu::Layer,
    &select_menu::Choice,
    &slider::Slider,
    &text_picker::TextPicker,
    &time_picker::TimePicker,
    &toggle::Toggle,
];

/// `ohos_id_color_emphasize` of the theme.
const EMPHASIZE: Color = Color::from_argb(0xff00_7dff);
/// `ohos_id_color_component_normal` of the theme: tracks, frames.
const TRACK: Color = Color::from_argb(0x1918_2431);
const TRACK_DARK: Color = Color::from_argb(0x19ff_ffff);
/// `ohos_id_color_text_primary` of the theme.
const TEXT: Color = Color::from_argb(0xff18_2431);
const TEXT_DARK: Color = Color::from_argb(0xe5ff_ffff);
/// What a finger on a control adds to it.
const PRESSED: Color = Color::from_argb(0x1918_2431);
/// Opacity of what is disabled.
const DISABLED: f32 = 0.4;

/// The colour of tracks.
fn track_color(environment: &Environment) -> Color {
    if environment.dark { TRACK_DARK } else { TRACK }
}

/// The colour of text.
fn text_color(environment: &Environment) -> Color {
    if environment.dark { TEXT_DARK } else { TEXT }
}

/// How opaque a control is where the app says nothing.
fn opacity(tree: &Tree, node: NodeId) -> Option<f32> {
    tree.ui_state(node).has(UiState::DISABLED).then_some(DISABLED)
}

/// A value that may be bound: `$$x` and `x!!` come as the value together with a function that wants to hear of changes.
#[derive(Debug, Clone, Default)]
struct Bound {
    value: Value,
    change: Option<Callback>,
}

impl Bound {
    /// From a member of an object: the plain value, `{ value, changeEvent }`, or with the function as `$name`.
    fn member(object: &Value, name: &str) -> Bound {
        let bound = Bound::argument(object.get(name), &Value::Undefined);
        let change = bound.change.or_else(|| object.get(&format!("${name}")).as_callback().cloned());
        Bound { change, ..bound }
    }

    /// From the arguments of an attribute: the value, and the function behind it.
    fn args(args: Args<'_>) -> Bound {
        Bound::argument(args.get(0), args.get(1))
    }

    fn argument(value: &Value, function: &Value) -> Bound {
        let inner = |name: &str| value.get(name).as_callback().cloned();
        match inner("changeEvent").or_else(|| inner("$value")) {
            Some(change) => Bound { value: value.get("value").clone(), change: Some(change) },
            None => Bound { value: value.clone(), change: function.as_callback().cloned() },
        }
    }
}

/// Tells the app of a new value: what is bound first, then `onChange`.
fn tell(tree: &mut Tree, node: NodeId, bound: Option<&Callback>, args: Vec<Value>) {
    if let Some(bound) = bound {
        tree.emit(bound, args.iter().take(1).cloned().collect());
    }
    tree.emit_event(node, "onChange", args);
}

/// The page, or whatever it is, in which names of groups are known.
fn scope(tree: &Tree, node: NodeId) -> NodeId {
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
fn members<T: 'static>(tree: &Tree, node: NodeId, test: impl Fn(&T) -> bool) -> Vec<NodeId> {
    let scope = scope(tree, node);
    let mut found: Vec<NodeId> =
        tree.ids().filter(|id| tree.state::<T>(*id).is_some_and(&test) && self::scope(tree, *id) == scope).collect();
    found.sort_by_key(|id| tree.number(*id));
    found
}

/// The content box of a node, in its frame, as paths want it.
fn content(tree: &Tree, node: NodeId) -> kurbo::Rect {
    tree.get(node).map_or(kurbo::Rect::ZERO, |node| rect(&node.layout.content()))
}

fn rect(rect: &Rect) -> kurbo::Rect {
    kurbo::Rect::new(
        f64::from(rect.origin.x),
        f64::from(rect.origin.y),
        f64::from(rect.right()),
        f64::from(rect.bottom()),
    )
}

/// The largest square in the middle of a box.
fn square(rect: kurbo::Rect) -> kurbo::Rect {
    let side = rect.width().min(rect.height());
    kurbo::Rect::from_center_size(rect.center(), (side, side))
}

/// As wide and high as there is room; as wide as high where only one is limited, `default` px where none is.
fn fill_square(constraint: &ContentConstraint, default: f32) -> Size {
    let room = |axis: Axis| constraint.ideal.along(axis).unwrap_or_else(|| constraint.max.along(axis));
    let side = room(Axis::Horizontal).min(room(Axis::Vertical));
    let side = if side.is_finite() { side } else { default };
    constraint.fit(Size::new(side, side))
}

/// All the room along an axis; `default` px where nothing limits it.
fn room(constraint: &ContentConstraint, axis: Axis, default: f32) -> f32 {
    let all = [constraint.percent.along(axis), constraint.max.along(axis)];
    let least = all.into_iter().fold(f32::INFINITY, f32::min);
    if least.is_finite() { least } else { default }
}

/// A part of a circle, in degrees clockwise from the top.
fn arc(center: kurbo::Point, radius: f64, from: f64, sweep: f64) -> BezPath {
    use kurbo::Shape;
    let start = (from - 90.0).to_radians();
    kurbo::Arc::new(center, (radius, radius), start, sweep.clamp(-360.0, 360.0).to_radians(), 0.0).to_path(0.1)
}

/// A tick in a square: a checkbox that is checked.
fn tick(square: kurbo::Rect) -> BezPath {
    let at = |x: f64, y: f64| kurbo::Point::new(square.x0 + square.width() * x, square.y0 + square.height() * y);
    let mut path = BezPath::new();
    path.move_to(at(0.25, 0.49));
    path.line_to(at(0.44, 0.68));
    path.line_to(at(0.76, 0.33));
    path
}

/// A length that is not negative and no percentage.
fn length(value: &Value) -> Option<Length> {
    let length = Length::from_value(value, Unit::Vp)?;
    let negative = matches!(length, Length::Plain(number, _) if number < 0.0);
    (!length.is_relative() && !negative).then_some(length)
}

/// The colours of a `LinearGradient`: `{ colorStops: [{ color, offset }] }`.
fn gradient(value: &Value) -> Option<Vec<ColorStop>> {
    let list = value.get("colorStops").as_array().or_else(|| value.as_array())?;
    let stop = |stop: &Value| {
        let color = crate::common::parse_color(stop.get("color")).or_else(|| crate::common::parse_color(stop))?;
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
fn set_selected(tree: &mut Tree, node: NodeId, on: bool) {
    tree.set_ui_state(node, UiState::SELECTED, on);
    tree.mark_paint(node);
}

/// A method that takes what it is told and has no effect here: there is nothing that vibrates or has a crown.
fn without_effect(_: &mut Setter<'_>, _: Args<'_>) -> Value {
    Value::Undefined
}
