//! `Button`: a label or a child to press.

use crate::common::LengthEdges;
use crate::component::{Component, Looks, Method, Setter};
use crate::font::{self, Font, HasFont};
use crate::geometry::Size;
use crate::input::UiState;
use crate::inspector::Attributes;
use crate::label::Label;
use crate::layout::{ContentConstraint, Pass, place_aligned};
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Value};
use concord_paint::{Color, Painter};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct Button;

/// `ButtonType`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Type {
    /// 0: corners as told.
    Normal,
    /// 1: round ends.
    #[default]
    Capsule,
    /// 2: a circle.
    Circle,
    /// 8: the theme's corners.
    RoundedRectangle,
}

/// `ButtonStyleMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    Normal,
    #[default]
    Emphasized,
    Textual,
}

#[derive(Default)]
struct State {
    label: Option<Rc<str>>,
    kind: Option<Type>,
    mode: Mode,
    error_role: bool,
    small: bool,
    without_state_effect: bool,
    font: Font,
    text: Label,
}

/// Values of `ohos_button_pattern` in the theme.
const EMPHASIZE: Color = Color::from_argb(0xff00_7dff);
const WARNING: Color = Color::from_argb(0xfffa_2a2d);
const NORMAL_BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const NORMAL_BACKGROUND_DARK: Color = Color::from_argb(0x19ff_ffff);
const PRESSED: Color = Color::from_argb(0x1918_2431);
const HOVERED: Color = Color::from_argb(0x0c18_2431);
const DISABLED_ALPHA: f32 = 0.4;

impl State {
    fn kind(&self, environment: &Environment) -> Type {
        // Rounded rectangles are the default since API 18.
        self.kind.unwrap_or(if environment.target_api >= 18 { Type::RoundedRectangle } else { Type::Capsule })
    }

    fn accent(&self) -> Color {
        if self.error_role { WARNING } else { EMPHASIZE }
    }

    fn font_color(&self) -> Color {
        match self.mode {
            Mode::Emphasized => Color::WHITE,
            Mode::Normal | Mode::Textual => self.accent(),
        }
    }

    fn font_size(&self) -> Length {
        Length::Plain(if self.small { 12.0 } else { 16.0 }, Unit::Fp)
    }

    fn background(&self, environment: &Environment) -> Color {
        match self.mode {
            Mode::Emphasized => self.accent(),
            Mode::Normal if environment.dark => NORMAL_BACKGROUND_DARK,
            Mode::Normal => NORMAL_BACKGROUND,
            Mode::Textual => Color::TRANSPARENT,
        }
    }

    fn height(&self) -> Length {
        Length::vp(if self.small { 28.0 } else { 40.0 })
    }

    /// What is said in the options of `create`.
    fn options(&mut self, options: &Value) {
        self.kind = kind(options.get("type"));
        self.mode = mode(options.get("buttonStyle"));
        self.error_role = options.get("role").as_i32() == Some(1);
        self.small = options.get("controlSize").as_str() == Some("small");
        self.without_state_effect = options.get("stateEffect").as_bool() == Some(false);
        self.text.forget();
    }
}

impl HasFont for State {
    fn font(&mut self) -> &mut Font {
        &mut self.font
    }

    fn font_changed(&mut self) {
        self.text.forget();
    }
}

fn kind(value: &Value) -> Option<Type> {
    Some(match value.as_i32()? {
        0 => Type::Normal,
        1 => Type::Capsule,
        2 => Type::Circle,
        8 => Type::RoundedRectangle,
        _ => return None,
    })
}

fn mode(value: &Value) -> Mode {
    match value.as_i32() {
        Some(0) => Mode::Normal,
        Some(2) => Mode::Textual,
        _ => Mode::Emphasized,
    }
}

impl Component for Button {
    fn name(&self) -> &'static str {
        "Button"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<State>(node) else { return Looks::default() };
        let environment = &tree.environment;
        let ui = tree.ui_state(node);
        let has_label = state.label.is_some();
        let circle = state.kind(environment) == Type::Circle;
        let sides = Some(Length::vp(if state.small { 8.0 } else { 16.0 }));
        Looks {
            padding: if has_label && !circle {
                LengthEdges { left: sides.clone(), right: sides, ..LengthEdges::default() }
            } else {
                LengthEdges::default()
            },
            height: (has_label && !circle).then(|| state.height()),
            background: Some(state.background(environment)),
            radius: match state.kind(environment) {
                Type::Normal => None,
                // Larger than any button: the ends are round.
                Type::Capsule | Type::Circle => Some(Length::vp(10_000.0)),
                Type::RoundedRectangle => Some(Length::vp(if state.small { 14.0 } else { 20.0 })),
            },
            overlay: if state.without_state_effect || ui.has(UiState::DISABLED) {
                None
            } else if ui.has(UiState::PRESSED) {
                Some(PRESSED)
            } else if tree.is_hovered(node) {
                Some(HOVERED)
            } else {
                None
            },
            opacity: ui.has(UiState::DISABLED).then_some(DISABLED_ALPHA),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let circle = state.kind(&environment) == Type::Circle;
        let Some(label) = state.label.clone() else {
            let size = pass.measure_stacked(node, constraint);
            return if circle { square(size) } else { size };
        };
        let (font, size, color) = (state.font.clone(), state.font_size(), state.font_color());
        let size = state.text.measure(&fonts, constraint.max.width, 1, || {
            (label.to_string(), font.style(&environment, &size, color, 500))
        });
        if circle { square(size) } else { size }
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(node)) = (tree.state::<State>(node), tree.get(node)) else { return };
        if state.label.is_some() {
            state.text.paint(painter, &node.layout.content());
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.label.as_deref().unwrap_or_default());
        out.text("label", state.label.as_deref().unwrap_or_default());
        out.text(
            "type",
            match state.kind(&tree.environment) {
                Type::Normal => "ButtonType.Normal",
                Type::Capsule => "ButtonType.Capsule",
                Type::Circle => "ButtonType.Circle",
                Type::RoundedRectangle => "ButtonType.ROUNDED_RECTANGLE",
            },
        );
        out.length("fontSize", state.font.size.as_ref().unwrap_or(&state.font_size()), &tree.environment);
        out.color("fontColor", state.font.color.unwrap_or(state.font_color()));
        out.flag("stateEffect", !state.without_state_effect);
    }
}

/// As high as wide, around both extents.
fn square(size: Size) -> Size {
    let side = size.width.max(size.height);
    Size::new(side, side)
}

fn create_with_label(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let label = match args.get(0) {
        Value::String(label) => Some(Rc::clone(label)),
        Value::Number(number) => Some(Rc::from(number.to_string())),
        _ => None,
    };
    node.restyle(|state: &mut State| {
        state.options(args.get(1));
        state.label = Some(label.unwrap_or_default());
    })
}

fn create_with_child(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.restyle(|state: &mut State| {
        state.options(args.get(0));
        state.label = None;
    })
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| match args.get(0) {
            Value::String(_) => create_with_label(node, args),
            _ => create_with_child(node, args),
        },
    },
    Method { name: "createWithLabel", apply: create_with_label },
    Method { name: "createWithChild", apply: create_with_child },
    Method { name: "type", apply: |node, args| node.restyle(|state: &mut State| state.kind = kind(args.get(0))) },
    Method {
        name: "stateEffect",
        apply: |node, args| {
            node.redraw(|state: &mut State| state.without_state_effect = args.get(0).as_bool() == Some(false))
        },
    },
    Method {
        name: "buttonStyle",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.mode = mode(args.get(0));
                state.text.forget();
            })
        },
    },
    Method {
        name: "role",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.error_role = args.get(0).as_i32() == Some(1);
                state.text.forget();
            })
        },
    },
    Method {
        name: "controlSize",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.small = args.get(0).as_str() == Some("small");
                state.text.forget();
            })
        },
    },
    Method {
        name: "labelStyle",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.font.overlay(Font::from_value(args.get(0).get("font")));
                state.text.forget();
            })
        },
    },
    Method { name: "fontSize", apply: font::size::<State> },
    Method { name: "fontColor", apply: font::color::<State> },
    Method { name: "fontWeight", apply: font::weight::<State> },
    Method { name: "fontStyle", apply: font::style::<State> },
    Method { name: "fontFamily", apply: font::family::<State> },
];
