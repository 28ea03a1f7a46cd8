//! What the columns of pickers look like: texts that grow towards the middle, the lines or the box around what is chosen, and how
//! they fade at the ends.

use super::wheel::{BESIDE, Item, Picker};
use super::{content, length, text_color};
use concord_paint::kurbo::{self, Line, Shape, Stroke};
use concord_paint::{Brush, Color, ColorStop, Extend, LayerStyle, Mask, MaskMode, Painter, Sampling};
use concord_text::{Fonts, ParagraphStyle, TextAlign, TextOverflow};
use concord_ui::common::{Corners, parse_color};
use concord_ui::component::Setter;
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::label::Label;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// Looks of the chosen option, of those beside it, and of the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Chosen,
    Near,
    Far,
}

/// `PickerTextStyle`, `TextPickerTextStyle`.
#[derive(Debug, Clone, Default)]
pub(super) struct TextLooks {
    font: Font,
    min: Option<Length>,
    max: Option<Length>,
    clip: bool,
}

impl TextLooks {
    fn from_value(style: &Value) -> TextLooks {
        let size = |name: &str| Length::from_value(style.get(name), Unit::Fp).filter(|size| !size.is_relative());
        TextLooks {
            font: Font { color: parse_color(style.get("color")), ..Font::from_value(style.get("font")) },
            min: size("minFontSize"),
            max: size("maxFontSize"),
            clip: matches!(style.get("overflow").as_i32(), Some(0 | 1)),
        }
    }
}

/// The lines around what is chosen.
#[derive(Debug, Clone, Default)]
struct Divider {
    hidden: bool,
    width: Option<Length>,
    color: Option<Color>,
    start: Option<Length>,
    end: Option<Length>,
}

/// The box behind what is chosen.
#[derive(Debug, Clone)]
struct Background {
    color: Option<Color>,
    corners: Option<Corners>,
    /// Where the corners are not told, in vp.
    radius: f32,
}

/// What apps say of the looks of a picker.
#[derive(Default)]
pub(super) struct Looks {
    chosen: TextLooks,
    near: TextLooks,
    far: TextLooks,
    /// `disableTextStyleAnimation`: all options look as `plain` says.
    same: bool,
    plain: TextLooks,
    divider: Divider,
    background: Option<Background>,
    gradient: Option<Length>,
    labels: RefCell<FxHashMap<(Rc<str>, Place), Label>>,
}

/// Values of `ohos_picker_pattern` in the theme.
const CHOSEN: Color = Color::from_argb(0xff00_7dff);
const DIVIDER: Color = Color::from_argb(0x3318_2431);
const DIVIDER_DARK: Color = Color::from_argb(0x33ff_ffff);
const DIVIDER_WIDTH: Length = Length::px(2.0);
const GRADIENT: Length = Length::vp(36.0);
/// `comp_background_tertiary`.
const BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const BACKGROUND_DARK: Color = Color::from_argb(0x19ff_ffff);
const ICON: f32 = 24.0;
const ICON_SPACE: f32 = 8.0;
const MOST_LABELS: usize = 256;

impl Looks {
    pub(super) fn forget(&mut self) {
        self.labels.get_mut().clear();
    }

    fn text(&self, place: Place) -> &TextLooks {
        match place {
            _ if self.same => &self.plain,
            Place::Chosen => &self.chosen,
            Place::Near => &self.near,
            Place::Far => &self.far,
        }
    }

    /// Shapes the text of an option for a width.
    fn measure(
        &self,
        label: &mut Label,
        fonts: &Fonts,
        environment: &Environment,
        item: &Item,
        place: Place,
        width: f32,
    ) {
        let looks = self.text(place);
        let (size, color, weight) = match place {
            _ if self.same => (16.0, text_color(environment), 400),
            Place::Chosen => (20.0, CHOSEN, 500),
            Place::Near => (16.0, text_color(environment), 400),
            Place::Far => (14.0, text_color(environment), 400),
        };
        let px = |length: &Option<Length>| length.as_ref().map(|length| length.to_px(environment));
        label.measure_within(fonts, Size::new(width, f32::INFINITY), || {
            let style = looks.font.style(environment, &Length::Plain(size, Unit::Fp), color, weight);
            let paragraph = ParagraphStyle {
                align: TextAlign::Center,
                max_lines: Some(1),
                overflow: if looks.clip { TextOverflow::Clip } else { TextOverflow::Ellipsis },
                min_font_size: px(&looks.min),
                max_font_size: px(&looks.max),
                ..ParagraphStyle::default()
            };
            (item.text.to_string(), style, paragraph)
        });
    }

    fn paint_divider(&self, environment: &Environment, area: kurbo::Rect, chosen: f64, painter: &mut Painter) {
        if self.divider.hidden {
            return;
        }
        let px = |length: &Option<Length>| length.as_ref().map_or(0.0, |length| f64::from(length.to_px(environment)));
        let width = f64::from(self.divider.width.as_ref().unwrap_or(&DIVIDER_WIDTH).to_px(environment));
        // Thicker lines than half of what they enclose count as unset.
        let width = if width > chosen / 2.0 { f64::from(DIVIDER_WIDTH.to_px(environment)) } else { width };
        let (mut start, mut end) = (px(&self.divider.start), px(&self.divider.end));
        if start + end > area.width() {
            (start, end) = (0.0, 0.0);
        }
        let default = if environment.dark { DIVIDER_DARK } else { DIVIDER };
        let brush = Brush::Solid(self.divider.color.unwrap_or(default));
        for side in [-1.0, 1.0] {
            let y = area.center().y + side * chosen / 2.0;
            let line = Line::new((area.x0 + start, y), (area.x1 - end, y));
            painter.stroke(line.to_path(0.1), &Stroke::new(width), &brush);
        }
    }

    fn paint_background(&self, environment: &Environment, area: kurbo::Rect, chosen: f64, painter: &mut Painter) {
        let Some(background) = &self.background else { return };
        let default = if environment.dark { BACKGROUND_DARK } else { BACKGROUND };
        let bounds = kurbo::Rect::from_center_size(area.center(), (area.width(), chosen));
        let corners = background.corners.clone().unwrap_or_else(|| Corners::all(Length::vp(background.radius)));
        let size = Size::new(bounds.width() as f32, bounds.height() as f32);
        let shape = bounds.to_rounded_rect(concord_ui::scene::radii(&corners, environment, size));
        painter.fill_rounded(shape, &Brush::Solid(background.color.unwrap_or(default)));
    }

    /// Options through a mask that lets less of them be seen towards the ends. Returns whether there is one.
    fn fade(&self, environment: &Environment, area: kurbo::Rect, painter: &mut Painter) -> bool {
        let half = area.height() as f32 / 2.0;
        let height = self.gradient.as_ref().unwrap_or(&GRADIENT).resolve(environment, half).unwrap_or(0.0);
        let part = f64::from(height.clamp(0.0, half)) / area.height().max(1.0);
        if part <= 0.0 {
            return false;
        }
        let stop = |offset: f64, alpha: f32| ColorStop { offset: offset as f32, color: Color::BLACK.with_alpha(alpha) };
        let stops = vec![stop(0.0, 0.0), stop(part, 1.0), stop(1.0 - part, 1.0), stop(1.0, 0.0)];
        let (top, bottom) = (kurbo::Point::new(area.x0, area.y0), kurbo::Point::new(area.x0, area.y1));
        let mut mask = Painter::new();
        mask.fill_rect(area, &Brush::linear(top, bottom, stops, Extend::Pad));
        let mask = Some(Mask { content: mask.finish(), mode: MaskMode::Alpha });
        painter.push_layer(LayerStyle { mask, ..LayerStyle::default() });
        true
    }
}

/// Draws the columns.
pub(super) fn paint<T: Picker>(tree: &Tree, node: NodeId, painter: &mut Painter) {
    let (Some(wheels), Some(fonts)) = (tree.state::<T>(node).map(Picker::wheels), tree.known_fonts()) else { return };
    let environment = &tree.environment;
    let looks = &wheels.looks;
    let area = content(tree, node);
    let (chosen, row) = wheels.heights(environment);
    let middle = area.center().y;
    looks.paint_background(environment, area, f64::from(chosen), painter);
    painter.save();
    painter.clip_rect(area);
    let faded = looks.fade(environment, area, painter);
    let mut labels = looks.labels.borrow_mut();
    if labels.len() > MOST_LABELS {
        labels.clear();
    }
    for (number, column) in wheels.columns.iter().enumerate() {
        let rolling = wheels.rolling.1.shown().filter(|_| wheels.rolling.0 == number).map_or(0.0, |px| px as f32);
        let offset = wheels.drag.filter(|drag| drag.0 == number).map_or(rolling, |drag| drag.1);
        // What is in sight while it rolls.
        let away = (offset / row.max(1.0)).round().clamp(-1e3, 1e3) as i64;
        let (from, width) = wheels.column(environment, number, area.width() as f32);
        for rows in -BESIDE - away.max(0)..=BESIDE - away.min(0) {
            let Some(item) = column.at(rows).and_then(|index| column.items.get(index)) else { continue };
            let place = match rows.abs() {
                0 => Place::Chosen,
                rows if rows < BESIDE => Place::Near,
                _ => Place::Far,
            };
            let beside = if rows == 0 { 0.0 } else { (chosen - row) / 2.0 * rows.signum() as f32 };
            let center = middle as f32 + offset + beside + row * rows as f32;
            let height = if rows == 0 { chosen } else { row };
            let icon = item.loaded.as_ref().map_or(0.0, |_| environment.vp(ICON).min(height));
            let gap = if icon > 0.0 && !item.text.is_empty() { environment.vp(ICON_SPACE) } else { 0.0 };
            let label = labels.entry((Rc::clone(&item.text), place)).or_default();
            looks.measure(label, &fonts, environment, item, place, (width - icon - gap).max(0.0));
            let text = if item.text.is_empty() { 0.0 } else { label.size().width };
            let left = area.x0 as f32 + from + (width - icon - gap - text) / 2.0;
            if let Some(loaded) = &item.loaded
                && let Some(picture) = loaded.picture(icon, icon, None)
            {
                let at = (f64::from(left + icon / 2.0), f64::from(center));
                let target = kurbo::Rect::from_center_size(at, (f64::from(icon), f64::from(icon)));
                painter.picture(&picture, picture.rect(), target, Sampling::default(), None);
            }
            if !item.text.is_empty() {
                let origin = Point::new(left + icon + gap, center - height / 2.0);
                label.paint(painter, &Rect { origin, size: Size::new(text, height) });
            }
        }
    }
    if faded {
        painter.pop_layer();
    }
    painter.restore();
    looks.paint_divider(environment, area, f64::from(chosen), painter);
}

/// Changes what is said of the looks.
fn look<T: Picker>(node: &mut Setter<'_>, change: impl FnOnce(&mut Looks)) -> Value {
    node.redraw(|state: &mut T| {
        let wheels = state.wheels_mut();
        change(&mut wheels.looks);
        wheels.forget();
    })
}

/// `textStyle`.
pub(super) fn text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    look::<T>(node, |looks| looks.near = TextLooks::from_value(args.get(0)))
}

/// `selectedTextStyle`.
pub(super) fn selected_text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    look::<T>(node, |looks| looks.chosen = TextLooks::from_value(args.get(0)))
}

/// `disappearTextStyle`.
pub(super) fn disappear_text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    look::<T>(node, |looks| looks.far = TextLooks::from_value(args.get(0)))
}

/// `disableTextStyleAnimation`.
pub(super) fn disable_text_style_animation<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    look::<T>(node, |looks| looks.same = args.get(0).as_bool() == Some(true))
}

/// `defaultTextStyle`: how all options look without the animation of their style.
pub(super) fn default_text_style<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    look::<T>(node, |looks| looks.plain = TextLooks::from_value(args.get(0)))
}

/// `divider`: `DividerOptions`, or null for none.
pub(super) fn divider<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let value = args.get(0);
    look::<T>(node, |looks| {
        looks.divider = Divider {
            hidden: matches!(value, Value::Null),
            width: length(value.get("strokeWidth")),
            color: parse_color(value.get("color")),
            start: length(value.get("startMargin")),
            end: length(value.get("endMargin")),
        };
    })
}

/// `gradientHeight`: a percentage is a part of half the height.
pub(super) fn gradient_height<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let height = Length::from_value(args.get(0), Unit::Vp);
    look::<T>(node, |looks| looks.gradient = height)
}

/// `selectedBackgroundStyle`: `{ color, borderRadius }`.
pub(super) fn selected_background<T: Picker>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    background::<T>(node, args.get(0), 24.0)
}

/// The box behind what is chosen, with a radius in vp where none is told.
pub(super) fn background<T: Picker>(node: &mut Setter<'_>, style: &Value, radius: f32) -> Value {
    look::<T>(node, |looks| {
        looks.background = style.as_object().map(|_| Background {
            color: parse_color(style.get("color")).or_else(|| parse_color(style.get("backgroundColor"))),
            corners: (!style.get("borderRadius").is_nullish()).then(|| Corners::from_value(style.get("borderRadius"))),
            radius,
        });
    })
}
