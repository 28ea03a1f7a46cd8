//! How a `Slider` looks: where its track and its block are, and how they are drawn.

use super::slider::State;
use super::{EMPHASIZE, content, gradient, track_color};
use concord_paint::kurbo::{self, Rect, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, ColorStop, Extend, Painter, Sampling};
use concord_ui::common::{BasicShape, parse_color};
use concord_ui::font::Font;
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// `SliderStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// The block is larger than the track.
    #[default]
    OutSet,
    /// The block is in the track.
    InSet,
    /// There is no block.
    None,
}

/// A colour or a gradient along the track.
#[derive(Debug, Clone, Default)]
pub(super) struct Paint(Option<Vec<ColorStop>>);

impl Paint {
    pub(super) fn set(&mut self, value: &Value) {
        let plain = parse_color(value).map(|color| vec![ColorStop { offset: 0.0, color }]);
        self.0 = plain.or_else(|| gradient(value));
    }

    fn color(&self, default: Color) -> Color {
        self.0.as_ref().and_then(|stops| stops.first()).map_or(default, |stop| stop.color)
    }

    fn brush(&self, default: Color, from: kurbo::Point, to: kurbo::Point) -> Brush {
        match &self.0 {
            Some(stops) if stops.len() > 1 => Brush::linear(from, to, stops.clone(), Extend::Pad),
            _ => Brush::Solid(self.color(default)),
        }
    }
}

/// `SliderBlockStyle`: what the block is.
#[derive(Debug, Default)]
pub(super) enum BlockStyle {
    /// A circle.
    #[default]
    Round,
    /// A picture, and what came of it.
    Image(Option<Source>, Option<Rc<Loaded>>),
    Shape(BasicShape),
}

impl BlockStyle {
    pub(super) fn from_value(value: &Value) -> BlockStyle {
        match value.get("type").as_i32() {
            Some(1) => BlockStyle::Image(Source::from_value(value.get("image")), None),
            Some(2) => BasicShape::from_value(value.get("shape")).map_or(BlockStyle::Round, BlockStyle::Shape),
            _ => BlockStyle::Round,
        }
    }
}

/// What the app says of the looks.
#[derive(Default)]
pub(super) struct Given {
    pub(super) style: Style,
    pub(super) block: Option<Color>,
    pub(super) track: Paint,
    pub(super) selected: Paint,
    pub(super) thickness: Option<Length>,
    pub(super) track_radius: Option<Length>,
    pub(super) selected_radius: Option<Length>,
    pub(super) block_border: Option<Color>,
    pub(super) block_border_width: Option<Length>,
    pub(super) block_size: Option<(Length, Length)>,
    pub(super) block_style: BlockStyle,
    pub(super) show_steps: bool,
    pub(super) step_color: Option<Color>,
    pub(super) step_size: Option<Length>,
    pub(super) show_tips: bool,
    pub(super) tip: Option<String>,
    /// Room that `prefix` and `suffix` take at the start and at the end, in px.
    pub(super) ends_taken: (f32, f32),
    /// The text of the tip, shaped when it is first drawn.
    label: RefCell<(String, Label)>,
}

/// Values of `ohos_slider_pattern` in the theme.
const CONTROL: f32 = 40.0;
const STEP: Color = Color::from_argb(0x1918_2431);
const TIP: Color = Color::from_argb(0xff4d_4d4d);
const PRESSED: Color = Color::from_argb(0x1918_2431);
const SHADOW: Color = Color::from_argb(0x2600_0000);
/// More steps than this are not drawn.
const MOST_STEPS: f64 = 1000.0;

impl Given {
    /// The tip is to be shaped again.
    pub(super) fn forget(&mut self) {
        *self.label.get_mut() = Default::default();
    }

    fn thickness(&self, environment: &Environment) -> f32 {
        let default = if self.style == Style::InSet { 20.0 } else { 4.0 };
        self.thickness.as_ref().map_or(environment.vp(default), |length| length.to_px(environment))
    }

    fn block(&self, environment: &Environment) -> (f32, f32) {
        let thickness = self.thickness(environment);
        match (&self.block_size, self.style) {
            (Some((width, height)), _) => (width.to_px(environment), height.to_px(environment)),
            (None, Style::OutSet) => {
                // It grows with a thick track.
                let side = environment.vp(16.0).max(if self.thickness.is_some() { thickness * 4.0 } else { 0.0 });
                (side.min(environment.vp(CONTROL).max(thickness)), side.min(environment.vp(CONTROL).max(thickness)))
            }
            (None, Style::InSet) => (thickness * 0.6, thickness * 0.6),
            (None, Style::None) => (0.0, 0.0),
        }
    }

    /// How thick the whole control is where nothing is said, in px.
    pub(super) fn thickness_of_control(&self, environment: &Environment) -> f32 {
        let (width, height) = self.block(environment);
        environment.vp(CONTROL).max(self.thickness(environment)).max(width).max(height)
    }

    pub(super) fn inspect(&self, environment: &Environment, out: &mut Attributes) {
        let style = match self.style {
            Style::OutSet => "SliderStyle.OutSet",
            Style::InSet => "SliderStyle.InSet",
            Style::None => "SliderStyle.NONE",
        };
        out.text("style", style);
        out.color("blockColor", self.block.unwrap_or(Color::WHITE));
        out.color("trackColor", self.track.color(track_color(environment)));
        out.color("selectedColor", self.selected.color(EMPHASIZE.of(environment)));
        out.flag("showSteps", self.show_steps);
        out.flag("showTips", self.show_tips);
        out.length("trackThickness", &Length::px(self.thickness(environment)), environment);
    }
}

/// Where the parts are, in px of the node's frame.
pub(super) struct Track {
    axis: Axis,
    reversed: bool,
    /// Where the middle of the block is at the least and at the greatest value, along the axis.
    start: f32,
    end: f32,
    /// The middle across the axis.
    middle: f32,
    thickness: f32,
    /// Extents of the block along and across.
    block: (f32, f32),
    ratio: f32,
}

/// Where the parts of a slider are.
pub(super) fn track(tree: &Tree, node: NodeId, state: &State) -> Option<Track> {
    let environment = &tree.environment;
    let content = tree.get(node)?.layout.content();
    let axis = state.axis;
    let looks = &state.looks;
    let thickness = looks.thickness(environment);
    let (width, height) = looks.block(environment);
    let block = if axis == Axis::Horizontal { (width, height) } else { (height, width) };
    let (before, behind) = state.looks.ends_taken;
    // Room for the shadow of the block, and for round ends.
    let shadow = environment.vp(if looks.style == Style::OutSet { 2.0 } else { 3.0 });
    let blank = match looks.style {
        Style::None => thickness / 2.0,
        _ => thickness.max(block.0 + shadow) / 2.0,
    };
    let reversed = state.is_reversed(tree.is_right_to_left(node));
    // What stands before the start is at the other end when the slider is reversed.
    let (before, behind) = if reversed { (behind, before) } else { (before, behind) };
    let start = content.origin.along(axis) + blank + before;
    let end = (content.origin.along(axis) + content.size.along(axis) - blank - behind).max(start);
    Some(Track {
        axis,
        reversed,
        start,
        end,
        middle: content.origin.along(axis.cross()) + content.size.along(axis.cross()) / 2.0,
        thickness,
        block,
        ratio: state.ratio() as f32,
    })
}

impl Track {
    /// The part of the way at a point.
    pub(super) fn ratio_at(&self, point: Point) -> f64 {
        let way = self.end - self.start;
        let ratio = if way > 0.0 { (point.along(self.axis) - self.start) / way } else { 0.0 };
        f64::from(if self.reversed { 1.0 - ratio } else { ratio })
    }

    /// The middle of the block along the axis.
    fn at(&self, ratio: f32) -> f32 {
        let ratio = if self.reversed { 1.0 - ratio } else { ratio };
        self.start + (self.end - self.start) * ratio
    }

    pub(super) fn is_on_block(&self, point: Point) -> bool {
        let along = (point.along(self.axis) - self.at(self.ratio)).abs();
        let across = (point.along(self.axis.cross()) - self.middle).abs();
        along <= self.block.0 / 2.0 && across <= self.block.1 / 2.0
    }

    /// A box from one place along the axis to another, as thick as something.
    fn bar(&self, from: f32, to: f32, thickness: f32) -> Rect {
        let (from, to) = (from.min(to), from.max(to));
        let low = Point::on(self.axis, from, self.middle - thickness / 2.0);
        let high = Point::on(self.axis, to, self.middle + thickness / 2.0);
        Rect::new(f64::from(low.x), f64::from(low.y), f64::from(high.x), f64::from(high.y))
    }

    fn point(&self, along: f32) -> kurbo::Point {
        let point = Point::on(self.axis, along, self.middle);
        kurbo::Point::new(f64::from(point.x), f64::from(point.y))
    }
}

/// Draws a slider.
pub(super) fn paint(tree: &Tree, node: NodeId, state: &State, painter: &mut Painter) {
    let Some(track) = track(tree, node, state) else { return };
    let environment = &tree.environment;
    let looks = &state.looks;
    let px = |length: &Option<Length>, default: f32| {
        f64::from(length.as_ref().map_or(default, |length| length.to_px(environment)))
    };
    // Round ends reach beyond the way of the block.
    let cap = track.thickness / 2.0;
    let (low, high) = (track.start - cap, track.end + cap);
    let (first, last) = if track.reversed { (high, low) } else { (low, high) };
    let radius = px(&looks.track_radius, cap);
    let background = looks.track.brush(track_color(environment), track.point(first), track.point(last));
    painter.fill_rounded(RoundedRect::from_rect(track.bar(low, high, track.thickness), radius), &background);
    let at = track.at(track.ratio);
    let reach = if looks.style == Style::InSet { cap } else { 0.0 };
    let tip = if track.reversed { at - reach } else { at + reach };
    if track.ratio > 0.0 || looks.style == Style::InSet {
        let selected = looks.selected.brush(EMPHASIZE.of(&tree.environment), track.point(first), track.point(last));
        let radius = px(&looks.selected_radius, radius as f32);
        painter.fill_rounded(RoundedRect::from_rect(track.bar(first, tip, track.thickness), radius), &selected);
    }
    if looks.show_steps {
        paint_steps(environment, state, &track, painter);
    }
    if looks.style != Style::None {
        paint_block(tree, node, state, &track, painter);
    }
    if looks.show_tips && state.is_held() {
        paint_tip(tree, node, state, &track, painter);
    }
}

fn paint_steps(environment: &Environment, state: &State, track: &Track, painter: &mut Painter) {
    let looks = &state.looks;
    let side = looks.step_size.as_ref().map_or(environment.vp(4.0), |length| length.to_px(environment));
    let side = f64::from(side.min(track.thickness));
    let count = ((state.max - state.min) / state.step).floor();
    if !(1.0..=MOST_STEPS).contains(&count) {
        return;
    }
    let brush = Brush::Solid(looks.step_color.unwrap_or(STEP));
    for step in 0..=count as u32 {
        let ratio = f64::from(step) * state.step / (state.max - state.min);
        let center = track.point(track.at(ratio as f32));
        painter.fill(kurbo::Circle::new(center, side / 2.0).to_path(0.1), &brush);
    }
}

fn paint_block(tree: &Tree, node: NodeId, state: &State, track: &Track, painter: &mut Painter) {
    let environment = &tree.environment;
    let looks = &state.looks;
    let half = track.block.0 / 2.0;
    let at = track.at(track.ratio);
    let block = track.bar(at - half, at + half, track.block.1);
    let shape = RoundedRect::from_rect(block, block.width().min(block.height()) / 2.0);
    match &looks.block_style {
        BlockStyle::Round => {}
        BlockStyle::Image(_, loaded) => return paint_picture(block, loaded.as_deref(), painter),
        BlockStyle::Shape(shape) => {
            let size = Size::new(block.width() as f32, block.height() as f32);
            let at = kurbo::Affine::translate((block.x0, block.y0));
            let path = at * shape.outline(environment, size);
            painter.fill(path.clone(), &Brush::Solid(looks.block.unwrap_or(Color::WHITE)));
            let border = looks.block_border_width.as_ref().map_or(0.0, |width| f64::from(width.to_px(environment)));
            if border > 0.0 {
                let color = looks.block_border.unwrap_or(Color::BLACK);
                painter.stroke(path, &Stroke::new(border), &Brush::Solid(color));
            }
            return;
        }
    }
    if looks.style == Style::OutSet {
        let radius = f64::from(environment.vp(2.0));
        painter.shadow(concord_paint::ShadowShape::Rounded(shape), radius, SHADOW, (0.0, 0.0), false);
    }
    painter.fill_rounded(shape, &Brush::Solid(looks.block.unwrap_or(Color::WHITE)));
    let border = looks.block_border_width.as_ref().map_or(0.0, |length| f64::from(length.to_px(environment)));
    if border > 0.0 {
        let inner = block.inset(-border / 2.0);
        let line = RoundedRect::from_rect(inner, inner.width().min(inner.height()) / 2.0);
        let color = looks.block_border.unwrap_or(Color::BLACK);
        painter.stroke(line.to_path(0.1), &Stroke::new(border), &Brush::Solid(color));
    }
    if state.is_held() || tree.ui_state(node).has(UiState::PRESSED) {
        painter.fill_rounded(shape, &Brush::Solid(PRESSED));
    }
}

/// A picture as large as covers the block, in a circle.
fn paint_picture(block: Rect, loaded: Option<&Loaded>, painter: &mut Painter) {
    let Some(loaded) = loaded else { return };
    let (width, height) = loaded.size();
    let scale = (block.width() / f64::from(width.max(1.0))).max(block.height() / f64::from(height.max(1.0)));
    let size = (f64::from(width) * scale, f64::from(height) * scale);
    let Some(picture) = loaded.picture(size.0 as f32, size.1 as f32, None) else { return };
    painter.save();
    painter.clip_rounded(RoundedRect::from_rect(block, block.width().min(block.height()) / 2.0));
    painter.picture(&picture, picture.rect(), Rect::from_center_size(block.center(), size), Sampling::default(), None);
    painter.restore();
}

/// The bubble above the block with the part of the way in percent, or with what the app says.
fn paint_tip(tree: &Tree, node: NodeId, state: &State, track: &Track, painter: &mut Painter) {
    let environment = &tree.environment;
    let Some(fonts) = tree.known_fonts() else { return };
    let text = state.looks.tip.clone().unwrap_or_else(|| format!("{:.0}%", state.ratio() * 100.0));
    let mut label = state.looks.label.borrow_mut();
    if label.0 != text {
        *label = (text.clone(), Label::default());
    }
    let style = Font::default().style(environment, &Length::Plain(14.0, Unit::Fp), Color::WHITE, 400);
    let size = label.1.measure(&fonts, content(tree, node).width() as f32, 1, || (text, style));
    let (width, height) = (size.width + environment.vp(16.0), environment.vp(32.0).max(size.height));
    let at = track.point(track.at(track.ratio));
    let distance = f64::from(environment.vp(20.0) + height / 2.0);
    let center = match track.axis {
        Axis::Horizontal => kurbo::Point::new(at.x, at.y - distance),
        Axis::Vertical => kurbo::Point::new(at.x - distance - f64::from(width - height) / 2.0, at.y),
    };
    let bubble = Rect::from_center_size(center, (f64::from(width), f64::from(height)));
    painter.fill_rounded(RoundedRect::from_rect(bubble, f64::from(height) / 2.0), &Brush::Solid(TIP));
    let area = concord_ui::geometry::Rect {
        origin: Point::new(bubble.x0 as f32, bubble.y0 as f32),
        size: concord_ui::geometry::Size::new(width, height),
    };
    label.1.paint(painter, &area);
}
