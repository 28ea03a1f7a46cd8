//! `SaveButton`, `PasteButton`, `LocationButton`: buttons whose words and icons the platform chooses, so that people know what
//! pressing them allows. Icons are plain shapes of their own.

use super::{EMPHASIZE, PRESSED, content, length, text_color};
use concord_paint::kurbo::{BezPath, Cap, Circle, Join, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::{LengthEdges, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::{self, Font, HasFont};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// One of them.
pub(crate) struct SecurityButton(pub(crate) &'static str);

#[derive(Default)]
struct State {
    words: &'static str,
    icon: bool,
    /// `ButtonType`: 0 normal, 1 capsule, 2 circle; `None` where there is no background.
    kind: Option<i32>,
    vertical: bool,
    font: Font,
    icon_size: Option<Length>,
    icon_color: Option<Color>,
    space: Option<Length>,
    label: Label,
}

/// Words of the theme by component and number.
const SAVE: [&str; 13] = [
    "Download",
    "Download file",
    "Save",
    "Save image",
    "Save file",
    "Download & share",
    "Save",
    "Save",
    "Save to Gallery",
    "Export",
    "Save to Gallery",
    "Save",
    "Save all",
];
const LOCATE: [&str; 11] = [
    "Current location",
    "Add location",
    "Select location",
    "Share location",
    "Send location",
    "Locate",
    "Location",
    "Send current location",
    "Get location",
    "Clock in/out from current location",
    "Current location",
];
/// Sizes of `ohos_security_component_pattern` in the theme, in vp and fp.
const ICON: f32 = 16.0;
const FONT: f32 = 16.0;
const SPACE: f32 = 4.0;

impl State {
    fn color(&self, environment: &Environment) -> Color {
        if self.kind.is_some() { Color::WHITE } else { text_color(environment) }
    }

    fn icon_size(&self, environment: &Environment) -> f32 {
        if !self.icon {
            return 0.0;
        }
        self.icon_size.as_ref().map_or(environment.vp(ICON), |size| size.to_px(environment))
    }

    fn space(&self, environment: &Environment) -> f32 {
        if !self.icon || self.words.is_empty() {
            return 0.0;
        }
        self.space.as_ref().map_or(environment.vp(SPACE), |space| space.to_px(environment))
    }
}

impl HasFont for State {
    fn font(&mut self) -> &mut Font {
        &mut self.font
    }

    fn font_changed(&mut self) {
        self.label.forget();
    }
}

fn words(name: &str, number: i32) -> &'static str {
    let table: &[&'static str] = match name {
        "SaveButton" => &SAVE,
        "LocationButton" => &LOCATE,
        _ => &["Paste"],
    };
    usize::try_from(number).ok().and_then(|number| table.get(number)).copied().unwrap_or_default()
}

impl Component for SecurityButton {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn focusable(&self) -> bool {
        true
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<State>(node) else { return Looks::default() };
        let vp = |number: f32| Some(Length::vp(number));
        let (sides, ends) = match state.kind {
            None => (vp(4.0), vp(4.0)),
            Some(2) => (vp(8.0), vp(8.0)),
            Some(_) => (vp(16.0), vp(8.0)),
        };
        Looks {
            padding: LengthEdges {
                left: sides.clone(),
                right: sides,
                top: ends.clone(),
                bottom: ends,
                ..LengthEdges::default()
            },
            background: state.kind.is_some().then_some(EMPHASIZE),
            radius: match state.kind {
                Some(0) | None => None,
                Some(_) => vp(10_000.0),
            },
            overlay: tree.ui_state(node).has(UiState::PRESSED).then_some(PRESSED),
            opacity: super::opacity(tree, node),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let (icon, space) = (state.icon_size(&environment), state.space(&environment));
        let beside = if state.vertical { 0.0 } else { icon + space };
        let (words, font, color) = (state.words, state.font.clone(), state.color(&environment));
        let mut text = Size::ZERO;
        if !words.is_empty() {
            let size = Length::Plain(FONT, Unit::Fp);
            let room = (constraint.max.width - beside).max(0.0);
            text = state
                .label
                .measure(&fonts, room, 2, || (words.to_owned(), font.style(&environment, &size, color, 500)));
        }
        let wanted = if state.vertical {
            Size::new(icon.max(text.width), icon + space + text.height)
        } else {
            Size::new(beside + text.width, icon.max(text.height))
        };
        let wanted = if state.kind == Some(2) {
            let side = wanted.width.max(wanted.height);
            Size::new(side, side)
        } else {
            wanted
        };
        constraint.fit(wanted)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let rect = content(tree, node);
        let (icon, space) = (state.icon_size(environment), state.space(environment));
        let text = if state.words.is_empty() { Size::ZERO } else { state.label.size() };
        let center = rect.center();
        let (cx, cy) = (center.x as f32, center.y as f32);
        // Icon and words together stand in the middle.
        let (icon_at, text_at) = if state.vertical {
            let top = cy - (icon + space + text.height) / 2.0;
            (Point::new(cx - icon / 2.0, top), Point::new(cx - text.width / 2.0, top + icon + space))
        } else {
            let left = cx - (icon + space + text.width) / 2.0;
            let (icon_x, text_x) = if tree.is_right_to_left(node) {
                (left + text.width + space, left)
            } else {
                (left, left + icon + space)
            };
            (Point::new(icon_x, cy - icon / 2.0), Point::new(text_x, cy - text.height / 2.0))
        };
        if icon > 0.0 {
            let default = if state.kind.is_some() { Color::WHITE } else { EMPHASIZE };
            let brush = Brush::Solid(state.icon_color.unwrap_or(default));
            let stroke = Stroke::new(f64::from(icon) / 12.0).with_caps(Cap::Round).with_join(Join::Round);
            painter.stroke(picture(self.0, icon_at, icon), &stroke, &brush);
        }
        if !state.words.is_empty() {
            state.label.paint(painter, &Rect { origin: text_at, size: text });
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.words);
        out.text("text", state.words);
    }
}

/// An arrow into a tray, a clipboard, or a pin.
fn picture(name: &str, at: Point, side: f32) -> BezPath {
    let point = |x: f64, y: f64| (f64::from(at.x) + f64::from(side) * x, f64::from(at.y) + f64::from(side) * y);
    let lines: &[&[(f64, f64)]] = match name {
        "SaveButton" => {
            &[&[(0.5, 0.1), (0.5, 0.62)], &[(0.28, 0.42), (0.5, 0.64), (0.72, 0.42)], &[(0.12, 0.88), (0.88, 0.88)]]
        }
        "LocationButton" => &[&[(0.2, 0.4), (0.5, 0.92), (0.8, 0.4)]],
        _ => &[
            &[(0.2, 0.18), (0.8, 0.18), (0.8, 0.9), (0.2, 0.9), (0.2, 0.18)],
            &[(0.38, 0.1), (0.62, 0.1)],
            &[(0.36, 0.45), (0.64, 0.45)],
            &[(0.36, 0.65), (0.64, 0.65)],
        ],
    };
    let mut path = BezPath::new();
    for line in lines {
        for (index, (x, y)) in line.iter().enumerate() {
            if index == 0 {
                path.move_to(point(*x, *y));
            } else {
                path.line_to(point(*x, *y));
            }
        }
    }
    if name == "LocationButton" {
        path.extend(Circle::new(point(0.5, 0.36), f64::from(side) * 0.26).path_elements(0.1));
    }
    path
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let Some(name) = node.tree.get(node.node).map(|node| node.component.name()) else { return Value::Undefined };
    let options = args.get(0);
    let any = ["icon", "text", "buttonType"].iter().any(|member| !options.get(member).is_nullish());
    let text = options.get("text").as_i32();
    // Without options, everything is shown.
    node.restyle(|state: &mut State| {
        state.words = text.or((!any).then_some(0)).map_or("", |number| words(name, number));
        state.icon = !any || !options.get("icon").is_nullish();
        state.kind = Some(options.get("buttonType").as_i32().unwrap_or(1)).filter(|kind| *kind >= 0);
        state.label.forget();
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "iconSize",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.icon_size, length(args.get(0)))),
    },
    Method {
        name: "iconColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.icon_color, parse_color(args.get(0)))),
    },
    Method {
        name: "textIconSpace",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.space, length(args.get(0)))),
    },
    Method {
        name: "layoutDirection",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.vertical, args.get(0).as_i32() == Some(1))),
    },
    Method { name: "fontSize", apply: font::size::<State> },
    Method { name: "fontColor", apply: font::color::<State> },
    Method { name: "fontWeight", apply: font::weight::<State> },
    Method { name: "fontStyle", apply: font::style::<State> },
    Method { name: "fontFamily", apply: font::family::<State> },
];
