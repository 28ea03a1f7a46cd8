//! `SaveButton`, `PasteButton`, `LocationButton`: buttons whose words and icons the platform chooses, so that people know what
//! pressing them allows. Icons are plain shapes of their own.

use super::{EMPHASIZE, PRESSED, content, length, text_color};
use concord_paint::kurbo::{BezPath, Cap, Circle, Join, Shape, Stroke};
use concord_paint::{Brush, Color, Painter, Sampling};
use concord_text::{HeightAdaptivePolicy, ParagraphStyle, TextAlign, TextOverflow};
use concord_ui::change::put;
use concord_ui::common::{Corners, LengthEdges, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::{self, Font, HasFont};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use concord_ui::words::word;
use std::any::Any;
use std::rc::Rc;

/// One of them.
pub(crate) struct SecurityButton(pub(crate) &'static str);

#[derive(Default)]
struct State {
    /// What the platform says, or the app instead (`setText`).
    words: Rc<str>,
    own_words: Option<Rc<str>>,
    icon: bool,
    /// `setIcon`: a picture of the app, and what came of it.
    own_icon: Option<Source>,
    loaded: Option<Rc<Loaded>>,
    icon_corners: Corners,
    without_state_effect: bool,
    min_font_size: Option<Length>,
    max_font_size: Option<Length>,
    min_font_scale: Option<f32>,
    max_font_scale: Option<f32>,
    height_policy: HeightAdaptivePolicy,
    max_lines: Option<usize>,
    /// `ButtonType`: 0 normal, 1 capsule, 2 circle; `None` where there is no background.
    kind: Option<i32>,
    vertical: bool,
    font: Font,
    icon_size: (Option<Length>, Option<Length>),
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

    fn words(&self) -> Rc<str> {
        Rc::clone(self.own_words.as_ref().unwrap_or(&self.words))
    }

    fn has_icon(&self) -> bool {
        self.icon || self.loaded.is_some()
    }

    fn icon_size(&self, environment: &Environment) -> Size {
        if !self.has_icon() {
            return Size::ZERO;
        }
        let px = |size: &Option<Length>| size.as_ref().map_or(environment.vp(ICON), |size| size.to_px(environment));
        Size::new(px(&self.icon_size.0), px(&self.icon_size.1))
    }

    fn space(&self, environment: &Environment) -> f32 {
        if !self.has_icon() || self.words().is_empty() {
            return 0.0;
        }
        self.space.as_ref().map_or(environment.vp(SPACE), |space| space.to_px(environment))
    }

    /// The environment with a scale of fonts within what the app allows.
    fn scaled(&self, environment: &Environment) -> Environment {
        let mut own = environment.clone();
        let least = self.min_font_scale.unwrap_or(0.0);
        own.font_scale = own.font_scale.clamp(least, self.max_font_scale.unwrap_or(f32::MAX).max(least));
        own
    }

    fn paragraph(&self, environment: &Environment) -> ParagraphStyle {
        let px = |size: &Option<Length>| size.as_ref().map(|size| size.to_px(environment));
        ParagraphStyle {
            align: TextAlign::Center,
            max_lines: Some(self.max_lines.unwrap_or(2)),
            overflow: TextOverflow::Ellipsis,
            min_font_size: px(&self.min_font_size),
            max_font_size: px(&self.max_font_size),
            height_policy: self.height_policy,
            ..ParagraphStyle::default()
        }
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

fn words(name: &str, number: i32, locale: &str) -> &'static str {
    let table: &[&'static str] = match name {
        "SaveButton" => &SAVE,
        "LocationButton" => &LOCATE,
        _ => &["Paste"],
    };
    let english = usize::try_from(number).ok().and_then(|number| table.get(number)).copied().unwrap_or_default();
    word(locale, english)
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
            background: state.kind.is_some().then(|| EMPHASIZE.of(&tree.environment)),
            radius: match state.kind {
                Some(0) | None => None,
                Some(_) => vp(10_000.0),
            },
            overlay: (!state.without_state_effect && tree.ui_state(node).has(UiState::PRESSED))
                .then(|| PRESSED.of(&tree.environment)),
            opacity: super::opacity(tree, node),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        load_icon(pass, node);
        let fonts = pass.tree.fonts();
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let environment = state.scaled(&pass.tree.environment);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let (icon, space) = (state.icon_size(&environment), state.space(&environment));
        let beside = if state.vertical { 0.0 } else { icon.width + space };
        let (words, font, color) = (state.words(), state.font.clone(), state.color(&environment));
        let mut text = Size::ZERO;
        if !words.is_empty() {
            let size = Length::Plain(FONT, Unit::Fp);
            let room = Size::new((constraint.max.width - beside).max(0.0), constraint.max.height);
            let paragraph = state.paragraph(&environment);
            text = state.label.measure_within(&fonts, room, || {
                (words.to_string(), font.style(&environment, &size, color, 500), paragraph)
            });
        }
        let wanted = if state.vertical {
            Size::new(icon.width.max(text.width), icon.height + space + text.height)
        } else {
            Size::new(beside + text.width, icon.height.max(text.height))
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
        let area = content(tree, node);
        let (icon, space) = (state.icon_size(environment), state.space(environment));
        let text = if state.words().is_empty() { Size::ZERO } else { state.label.size() };
        // Icon and words together stand where `align` says, in the middle without it.
        let (x, y) =
            tree.get(node).and_then(|node| node.common.align).unwrap_or_default().factors(tree.is_right_to_left(node));
        let whole = if state.vertical {
            Size::new(icon.width.max(text.width), icon.height + space + text.height)
        } else {
            Size::new(icon.width + space + text.width, icon.height.max(text.height))
        };
        let left = area.x0 as f32 + (area.width() as f32 - whole.width) * x;
        let top = area.y0 as f32 + (area.height() as f32 - whole.height) * y;
        let (icon_at, text_at) = if state.vertical {
            let middle = left + whole.width / 2.0;
            let words = Point::new(middle - text.width / 2.0, top + icon.height + space);
            (Point::new(middle - icon.width / 2.0, top), words)
        } else {
            let middle = top + whole.height / 2.0;
            let (icon_x, text_x) = if tree.is_right_to_left(node) {
                (left + text.width + space, left)
            } else {
                (left, left + icon.width + space)
            };
            (Point::new(icon_x, middle - icon.height / 2.0), Point::new(text_x, middle - text.height / 2.0))
        };
        let target = super::rect(&Rect { origin: icon_at, size: icon });
        if let Some(loaded) = &state.loaded {
            if let Some(picture) = loaded.picture(icon.width, icon.height, state.icon_color) {
                let radii = concord_ui::scene::radii(&state.icon_corners, environment, icon);
                painter.save();
                painter.clip_rounded(target.to_rounded_rect(radii));
                painter.picture(&picture, picture.rect(), target, Sampling::default(), None);
                painter.restore();
            }
        } else if state.icon && icon.width > 0.0 {
            let default = if state.kind.is_some() { Color::WHITE } else { EMPHASIZE.of(&tree.environment) };
            let brush = Brush::Solid(state.icon_color.unwrap_or(default));
            let side = icon.width.min(icon.height);
            let stroke = Stroke::new(f64::from(side) / 12.0).with_caps(Cap::Round).with_join(Join::Round);
            painter.stroke(picture(self.0, icon_at, side), &stroke, &brush);
        }
        if !state.words().is_empty() {
            state.label.paint(painter, &Rect { origin: text_at, size: text });
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", &*state.words());
        out.text("text", &*state.words());
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
    let locale = node.tree.environment.locale.clone();
    // Without options, everything is shown.
    node.restyle(|state: &mut State| {
        state.words = text.or((!any).then_some(0)).map_or("", |number| words(name, number, &locale)).into();
        state.icon = !any || !options.get("icon").is_nullish();
        state.kind = Some(options.get("buttonType").as_i32().unwrap_or(1)).filter(|kind| *kind >= 0);
        state.label.forget();
    })
}

/// Changes the words or what they look like.
fn relabel(node: &mut Setter<'_>, change: impl FnOnce(&mut State)) -> Value {
    node.restyle(|state: &mut State| {
        change(state);
        state.label.forget();
    })
}

/// Gets the picture of the app.
fn load_icon(pass: &mut Pass<'_>, node: NodeId) {
    let Some(state) = pass.tree.state::<State>(node).filter(|state| state.loaded.is_none()) else { return };
    let Some(source) = state.own_icon.clone() else { return };
    let loaded = pass.tree.pictures.load(&source, pass.host);
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    match loaded {
        Ok(loaded) => state.loaded = Some(loaded),
        Err(error) => {
            tracing::warn!("a button of the platform keeps its own icon: {error}");
            state.own_icon = None;
        }
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "iconSize",
        apply: |node, args| {
            let size = args.get(0);
            node.restyle(|state: &mut State| {
                state.icon_size = match length(size) {
                    Some(side) => (Some(side.clone()), Some(side)),
                    None => (length(size.get("width")), length(size.get("height"))),
                };
            })
        },
    },
    Method {
        name: "iconBorderRadius",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.icon_corners, Corners::from_value(args.get(0))))
        },
    },
    Method {
        name: "setIcon",
        apply: |node, args| {
            let source = Source::from_value(args.get(0));
            node.restyle(|state: &mut State| {
                if state.own_icon != source {
                    (state.own_icon, state.loaded) = (source, None);
                }
            })
        },
    },
    Method {
        name: "setText",
        apply: |node, args| {
            let words = args.get(0).as_str().map(Rc::from);
            relabel(node, |state| state.own_words = words)
        },
    },
    Method {
        name: "stateEffect",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.without_state_effect, args.get(0).as_bool() == Some(false)))
        },
    },
    // Nobody is asked here, so nobody cancels.
    Method { name: "userCancelEvent", apply: super::without_effect },
    // The platform's icons are shapes of one colour here.
    Method {
        name: "symbolIconColor",
        apply: |node, args| {
            let colors = args.get(0).as_array().and_then(|colors| colors.first());
            let color = colors.and_then(parse_color);
            node.redraw(|state: &mut State| put(&mut state.icon_color, color))
        },
    },
    Method { name: "symbolRenderingStrategy", apply: super::without_effect },
    Method { name: "symbolFontWeight", apply: super::without_effect },
    Method {
        name: "minFontSize",
        apply: |node, args| relabel(node, |state| state.min_font_size = Length::from_value(args.get(0), Unit::Fp)),
    },
    Method {
        name: "maxFontSize",
        apply: |node, args| relabel(node, |state| state.max_font_size = Length::from_value(args.get(0), Unit::Fp)),
    },
    Method {
        name: "minFontScale",
        apply: |node, args| {
            relabel(node, |state| state.min_font_scale = args.get(0).as_f32().map(|scale| scale.clamp(0.0, 1.0)))
        },
    },
    Method {
        name: "maxFontScale",
        apply: |node, args| {
            relabel(node, |state| state.max_font_scale = args.get(0).as_f32().map(|scale| scale.max(1.0)))
        },
    },
    Method {
        name: "heightAdaptivePolicy",
        apply: |node, args| {
            relabel(node, |state| {
                state.height_policy = match args.get(0).as_i32() {
                    Some(1) => HeightAdaptivePolicy::MinFontSizeFirst,
                    Some(2) => HeightAdaptivePolicy::LayoutConstraintFirst,
                    _ => HeightAdaptivePolicy::MaxLinesFirst,
                };
            })
        },
    },
    Method {
        name: "maxLines",
        apply: |node, args| {
            let lines = args.get(0).as_f64().filter(|lines| *lines >= 1.0).map(|lines| lines as usize);
            relabel(node, |state| state.max_lines = lines)
        },
    },
    // Lines of the platform's words are in one language.
    Method { name: "fallbackLineSpacing", apply: super::without_effect },
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
