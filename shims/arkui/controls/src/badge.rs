//! `Badge`: a number, a text or a dot at the corner of something.

use super::length;
use concord_paint::kurbo::RoundedRect;
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method};
use concord_ui::font::{Font, font_weight};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(crate) struct Badge;

/// `BadgePosition`, by the platform's numbers, or a place.
#[derive(Debug, Clone, Default)]
enum Position {
    #[default]
    RightTop,
    Right,
    Left,
    At(Length, Length),
}

/// What the badge says.
#[derive(Debug, Clone, Default, PartialEq)]
enum Content {
    /// Nothing to show: a count of 0.
    #[default]
    Hidden,
    /// A dot.
    Dot,
    Text(String),
}

#[derive(Default)]
struct State {
    content: Content,
    position: Position,
    font: Font,
    color: Option<Color>,
    size: Option<Length>,
    border_color: Option<Color>,
    border_width: Option<Length>,
    outer_color: Option<Color>,
    outer_width: Option<Length>,
    /// `enableAutoAvoidance`: it stays within the edge of what it marks.
    avoids: bool,
    label: Label,
    /// Size of the badge in px, once measured.
    measured: Size,
}

/// Values of `ohos_badge_pattern` in the theme.
const COLOR: Color = Color::from_argb(0xfffa_2a2d);
const SIZE: f32 = 16.0;
const DOT_SIZE: f32 = 6.0;
const PADDING: f32 = 6.0;
const FONT_SIZE: f32 = 10.0;
const BORDER: f32 = 1.0;
const BEYOND: f32 = 2.0;

impl State {
    /// The diameter in px.
    fn diameter(&self, environment: &Environment) -> f32 {
        let default = if self.content == Content::Dot { DOT_SIZE } else { SIZE };
        self.size.as_ref().map_or(environment.vp(default), |length| length.to_px(environment))
    }

    /// Where the badge is in a frame. A longer one than a circle reaches beyond the edge, unless it avoids that.
    fn place(&self, environment: &Environment, frame: Size, right_to_left: bool) -> Point {
        let diameter = self.diameter(environment);
        let width = if self.avoids { self.measured.width } else { diameter };
        let middle = (frame.height - diameter) / 2.0;
        // What has a text is a little outside of the corner.
        let beyond = if self.content == Content::Dot { 0.0 } else { environment.vp(BEYOND) };
        let at = match &self.position {
            Position::RightTop => Point::new(frame.width - width + beyond, -beyond),
            Position::Right => Point::new(frame.width - width, middle),
            Position::Left => Point::new(0.0, middle),
            Position::At(x, y) => return Point::new(x.to_px(environment), y.to_px(environment)),
        };
        if right_to_left { Point::new(frame.width - at.x - self.measured.width, at.y) } else { at }
    }

    fn border(&self, environment: &Environment) -> f64 {
        let default = Length::vp(BORDER);
        f64::from(self.border_width.as_ref().unwrap_or(&default).to_px(environment))
    }
}

impl Component for Badge {
    fn name(&self) -> &'static str {
        "Badge"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            let diameter = state.diameter(&environment);
            let (content, font) = (state.content.clone(), state.font.clone());
            state.measured = match content {
                Content::Hidden => Size::ZERO,
                Content::Dot => Size::new(diameter, diameter),
                Content::Text(text) => {
                    let single = text.chars().count() <= 1;
                    let size = state.label.measure(&fonts, f32::INFINITY, 1, || {
                        let size = Length::Plain(FONT_SIZE, Unit::Fp);
                        (text, font.style(&environment, &size, Color::WHITE, 400))
                    });
                    // One digit is in a circle; more make it longer.
                    let padded = size.width + 2.0 * environment.vp(PADDING);
                    Size::new(if single { diameter } else { padded.max(diameter) }, diameter)
                }
            };
        }
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        if state.content == Content::Hidden || state.measured == Size::ZERO {
            return;
        }
        let environment = &tree.environment;
        let origin = state.place(environment, found.layout.size, tree.is_right_to_left(node));
        let area = Rect { origin, size: state.measured };
        let bounds = super::rect(&area);
        let radius = f64::from(state.measured.height) / 2.0;
        let color = state.color.unwrap_or(COLOR);
        // Both borders lie around the badge.
        let border = state.border(environment);
        let outer = state.outer_width.as_ref().map_or(0.0, |width| f64::from(width.to_px(environment)));
        let mut ring = |width: f64, color: Color| {
            let shape = RoundedRect::from_rect(bounds.inset(width), radius + width);
            painter.fill_rounded(shape, &Brush::Solid(color));
        };
        if outer > 0.0 {
            ring(border + outer, state.outer_color.unwrap_or(Color::WHITE));
        }
        if border > 0.0 {
            ring(border, state.border_color.unwrap_or(COLOR));
        }
        ring(0.0, color);
        if matches!(state.content, Content::Text(_)) {
            state.label.paint(painter, &area);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("value", if let Content::Text(text) = &state.content { text.as_str() } else { "" });
        out.color("badgeColor", state.color.unwrap_or(COLOR));
        out.length("badgeSize", &Length::px(state.diameter(&tree.environment)), &tree.environment);
    }
}

fn content(options: &Value) -> Content {
    if let Some(count) = options.get("count").as_f64() {
        let count = count.trunc();
        let max = options.get("maxCount").as_f64().map_or(99.0, f64::trunc);
        return if count <= 0.0 {
            Content::Hidden
        } else if count > max {
            Content::Text(format!("{max}+"))
        } else {
            Content::Text(count.to_string())
        };
    }
    match options.get("value").as_str() {
        Some("") => Content::Dot,
        Some(text) => Content::Text(text.to_owned()),
        None => Content::Hidden,
    }
}

fn create(node: &mut concord_ui::component::Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let style = options.get("style");
    let position = match options.get("position") {
        Value::Number(number) => match *number as i32 {
            1 => Position::Right,
            2 => Position::Left,
            _ => Position::RightTop,
        },
        place => match (Length::from_value(place.get("x"), Unit::Vp), Length::from_value(place.get("y"), Unit::Vp)) {
            (None, None) => Position::RightTop,
            (x, y) => Position::At(x.unwrap_or(Length::ZERO), y.unwrap_or(Length::ZERO)),
        },
    };
    node.restyle(|state: &mut State| {
        state.content = content(options);
        state.position = position;
        state.font = Font {
            size: Length::from_value(style.get("fontSize"), Unit::Fp).filter(|size| !size.is_relative()),
            color: parse_color(style.get("color")),
            weight: font_weight(style.get("fontWeight")),
            ..Font::default()
        };
        state.size = length(style.get("badgeSize"));
        state.color = parse_color(style.get("badgeColor"));
        state.border_color = parse_color(style.get("borderColor"));
        state.border_width = length(style.get("borderWidth"));
        state.outer_color = parse_color(style.get("outerBorderColor"));
        state.outer_width = length(style.get("outerBorderWidth"));
        state.avoids = style.get("enableAutoAvoidance").as_bool() == Some(true);
        state.label.forget();
    })
}

static METHODS: &[Method] = &[Method { name: "create", apply: create }];
