//! `Button`: a label or a child to press.

use concord_paint::{Color, Painter};
use concord_text::{HeightAdaptivePolicy, ParagraphStyle, TextAlign, TextOverflow};
use concord_ui::change::put;
use concord_ui::common::LengthEdges;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::{self, Font, HasFont};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::theme::{EMPHASIZE, HOVERED, PRESSED};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
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
    /// Whether `controlSize` is small; none when nothing is said.
    small: Option<bool>,
    without_state_effect: bool,
    font: Font,
    /// What `labelStyle` says besides the font.
    label_style: LabelStyle,
    /// `minFontScale`, `maxFontScale`: how far the label follows the font scale of the device.
    min_scale: Option<f32>,
    max_scale: Option<f32>,
    text: Label,
    /// Of a circle: how wide and high, in px, apart from what its child needs.
    diameter: Option<f32>,
}

/// `LabelStyle` without its font.
#[derive(Default)]
struct LabelStyle {
    overflow: Option<TextOverflow>,
    max_lines: Option<usize>,
    min_font_size: Option<Length>,
    max_font_size: Option<Length>,
    height_policy: HeightAdaptivePolicy,
}

impl LabelStyle {
    fn from_value(value: &Value) -> LabelStyle {
        let size = |name: &str| Length::from_value(value.get(name), Unit::Fp).filter(|size| !size.is_relative());
        LabelStyle {
            overflow: value.get("overflow").as_i32().map(|overflow| match overflow {
                0 | 1 => TextOverflow::Clip,
                _ => TextOverflow::Ellipsis,
            }),
            max_lines: value.get("maxLines").as_i32().and_then(|lines| usize::try_from(lines).ok()),
            min_font_size: size("minFontSize"),
            max_font_size: size("maxFontSize"),
            height_policy: match value.get("heightAdaptivePolicy").as_i32() {
                Some(1) => HeightAdaptivePolicy::MinFontSizeFirst,
                Some(2) => HeightAdaptivePolicy::LayoutConstraintFirst,
                _ => HeightAdaptivePolicy::MaxLinesFirst,
            },
        }
    }
}

/// Values of `ohos_button_pattern` in the theme.
const WARNING: Color = Color::from_argb(0xfffa_2a2d);
const NORMAL_BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const NORMAL_BACKGROUND_DARK: Color = Color::from_argb(0x19ff_ffff);
const DISABLED_ALPHA: f32 = 0.4;
const MIN_FONT_SIZE: f32 = 9.0;

impl State {
    fn kind(&self, environment: &Environment) -> Type {
        // Rounded rectangles are the default since API 18.
        self.kind.unwrap_or(if environment.target_api >= 18 { Type::RoundedRectangle } else { Type::Capsule })
    }

    fn small(&self) -> bool {
        self.small == Some(true)
    }

    /// Whether the label keeps its size when there is not enough room.
    fn keeps_font_size(&self) -> bool {
        self.font.size.is_some() || self.small.is_some()
    }

    fn paragraph(&self, environment: &Environment) -> ParagraphStyle {
        let style = &self.label_style;
        let or = |told: &Option<Length>, default: Length| {
            let length = told.clone().or_else(|| (!self.keeps_font_size()).then_some(default));
            length.map(|length| length.to_px(environment))
        };
        ParagraphStyle {
            align: TextAlign::Center,
            max_lines: Some(style.max_lines.unwrap_or(1)),
            overflow: style.overflow.unwrap_or(TextOverflow::Ellipsis),
            min_font_size: or(&style.min_font_size, Length::Plain(MIN_FONT_SIZE, Unit::Fp)),
            max_font_size: or(&style.max_font_size, self.font_size()),
            height_policy: style.height_policy,
            ..ParagraphStyle::default()
        }
    }

    /// The environment with a scale of fonts within what the app allows.
    fn scaled(&self, environment: &Environment) -> Environment {
        let mut own = environment.clone();
        let least = self.min_scale.unwrap_or(0.0);
        own.font_scale = own.font_scale.clamp(least, self.max_scale.unwrap_or(f32::MAX).max(least));
        own
    }

    fn accent(&self, environment: &Environment) -> Color {
        if self.error_role { WARNING } else { EMPHASIZE.of(environment) }
    }

    fn font_color(&self, environment: &Environment) -> Color {
        match self.mode {
            Mode::Emphasized => Color::WHITE,
            Mode::Normal | Mode::Textual => self.accent(environment),
        }
    }

    fn font_size(&self) -> Length {
        Length::Plain(if self.small() { 12.0 } else { 16.0 }, Unit::Fp)
    }

    fn background(&self, environment: &Environment) -> Color {
        match self.mode {
            Mode::Emphasized => self.accent(environment),
            Mode::Normal if environment.dark => NORMAL_BACKGROUND_DARK,
            Mode::Normal => NORMAL_BACKGROUND,
            Mode::Textual => Color::TRANSPARENT,
        }
    }

    fn height(&self) -> Length {
        Length::vp(if self.small() { 28.0 } else { 40.0 })
    }

    /// What is said in the options of `create`.
    fn options(&mut self, options: &Value) {
        self.kind = kind(options.get("type"));
        self.mode = mode(options.get("buttonStyle"));
        self.error_role = options.get("role").as_i32() == Some(1);
        self.small = options.get("controlSize").as_str().map(|size| size == "small");
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
        let sides = Some(Length::vp(if state.small() { 8.0 } else { 16.0 }));
        Looks {
            padding: if has_label && !circle {
                LengthEdges { left: sides.clone(), right: sides, ..LengthEdges::default() }
            } else {
                LengthEdges::default()
            },
            background: Some(state.background(environment)),
            radius: match state.kind(environment) {
                Type::Normal => None,
                // Larger than any button: the ends are round.
                Type::Capsule | Type::Circle => Some(Length::vp(10_000.0)),
                Type::RoundedRectangle => Some(Length::vp(if state.small() { 14.0 } else { 20.0 })),
            },
            overlay: if state.without_state_effect || ui.has(UiState::DISABLED) {
                None
            } else if ui.has(UiState::PRESSED) {
                Some(PRESSED.of(&tree.environment))
            } else if tree.is_hovered(node) {
                Some(HOVERED.of(&tree.environment))
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
        let Some(common) = pass.tree.get(node) else { return Size::ZERO };
        let insets = common.layout.insets();
        let radius = common.common.border.as_ref().and_then(|border| border.radius.first());
        let radius = radius.map(|radius| radius.to_px(&environment));
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let circle = state.kind(&environment) == Type::Circle;
        let default_height = state.height().to_px(&environment);
        state.diameter = None;
        if circle {
            let width = constraint.ideal.width.map(|width| width + insets.horizontal());
            let height = constraint.ideal.height.map(|height| height + insets.vertical());
            state.diameter = match (width, height) {
                (Some(width), Some(height)) => Some(width.min(height)),
                (None, None) => {
                    radius.map(|radius| 2.0 * radius).or_else(|| state.label.is_some().then_some(default_height))
                }
                (width, height) => width.or(height),
            };
        }
        let Some(label) = state.label.clone() else { return pass.measure_stacked(node, constraint) };
        let room = match state.diameter {
            Some(diameter) => Size::new(diameter, diameter).shrink(&insets),
            None => {
                let height = constraint.max.height;
                let decided = constraint.ideal.height.is_some();
                Size::new(constraint.max.width, if decided { height } else { height.min(default_height) })
            }
        };
        let environment = state.scaled(&environment);
        let style = state.font.style(&environment, &state.font_size(), state.font_color(&environment), 500);
        let paragraph = state.paragraph(&environment);
        let size = state.text.measure_within(&fonts, room, || (label.to_string(), style, paragraph));
        // At least as high as any button, padding and border included.
        Size::new(size.width, size.height.max(if circle { 0.0 } else { default_height - insets.vertical() }))
    }

    fn decided_size(&self, tree: &Tree, node: NodeId, fitted: Size) -> Size {
        let (Some(state), Some(node)) = (tree.state::<State>(node), tree.get(node)) else { return fitted };
        if state.kind(&tree.environment) == Type::Circle {
            let diameter = state.diameter.unwrap_or(fitted.width.min(fitted.height));
            return Size::new(diameter, diameter);
        }
        // A label whose size the app decided on is never cut off at the top and the bottom.
        let whole = if state.label.is_some() && state.font.size.is_some() {
            state.text.size().height + node.layout.insets().vertical()
        } else {
            0.0
        };
        Size::new(fitted.width, fitted.height.max(whole))
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

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let label = state.label.clone().map_or(Value::text(""), Value::String);
        let pressed = Value::Bool(tree.ui_state(node).has(UiState::PRESSED));
        Some(Value::object([("label", label), ("pressed", pressed)]))
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
        out.color("fontColor", state.font.color.unwrap_or(state.font_color(&tree.environment)));
        out.flag("stateEffect", !state.without_state_effect);
    }
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

/// `triggerClick(x, y)`: a click at a place of the button, in vp.
fn trigger_click(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let vp = |index: usize| node.tree.environment.vp(args.get(index).as_f32().unwrap_or(0.0));
    let at = Point::new(vp(0), vp(1));
    if node.tree.is_enabled(node.node) {
        let event = concord_ui::input::click_event(node.tree, node.node, at);
        node.tree.emit_event(node.node, "onClick", vec![event]);
    }
    Value::Undefined
}

static COMMANDS: &[Method] = &[Method { name: "triggerClick", apply: trigger_click }];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| match args.get(0) {
            Value::String(_) => create_with_label(node, args),
            _ => create_with_child(node, args),
        },
    },
    Method { name: "createWithLabel", apply: create_with_label },
    Method { name: "createWithChild", apply: create_with_child },
    Method {
        name: "type",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.kind, kind(args.get(0)))),
    },
    Method {
        name: "stateEffect",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.without_state_effect, args.get(0).as_bool() == Some(false)))
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
                state.small = args.get(0).as_str().map(|size| size == "small");
                state.text.forget();
            })
        },
    },
    Method {
        name: "labelStyle",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.font.overlay(Font::from_value(args.get(0).get("font")));
                state.label_style = LabelStyle::from_value(args.get(0));
                state.text.forget();
            })
        },
    },
    Method {
        name: "minFontScale",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.min_scale = args.get(0).as_f32().map(|scale| scale.clamp(0.0, 1.0));
                state.text.forget();
            })
        },
    },
    Method {
        name: "maxFontScale",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.max_scale = args.get(0).as_f32().map(|scale| scale.max(1.0));
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

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, scene_of};
    use concord_ui::tree::NodeId;
    use concord_ui::value::Value;

    /// A button in a column, with what `edit` sets, as x, y, width and height in vp.
    fn button(label: Option<&str>, kind: i32, edit: impl FnOnce(&mut Scene, NodeId)) -> (f32, f32, f32, f32) {
        let mut scene = scene_of("Column");
        let root = scene.root;
        let button = scene.add(root, "Button");
        let options = Value::object([("type", Value::Number(f64::from(kind)))]);
        match label {
            Some(label) => scene.set(button, "createWithLabel", &[Value::text(label), options]),
            None => scene.set(button, "createWithChild", &[options]),
        }
        edit(&mut scene, button);
        scene.frame();
        scene.rect(button)
    }

    #[test]
    fn a_button_grows_with_the_size_of_its_label() {
        let height = |edit: fn(&mut Scene, NodeId)| button(Some("Text"), 0, edit).3;
        assert_eq!(height(|_, _| {}), 40.0);
        assert_eq!(height(|scene, button| scene.set(button, "fontSize", &[Value::Number(20.0)])), 40.0);
        assert!(height(|scene, button| scene.set(button, "fontSize", &[Value::Number(60.0)])) > 60.0);
        let low = |scene: &mut Scene, button| {
            scene.set(button, "fontSize", &[Value::Number(60.0)]);
            scene.set(button, "height", &[Value::Number(30.0)]);
        };
        assert!(height(low) > 60.0, "even above the height that was told");
        assert_eq!(height(|scene, button| scene.set(button, "height", &[Value::Number(10.0)])), 10.0);
    }

    #[test]
    fn circles_are_as_high_as_wide() {
        let size = |label: Option<&str>, edit: fn(&mut Scene, NodeId)| {
            let (_, _, width, height) = button(label, 2, edit);
            (width, height)
        };
        assert_eq!(size(Some("A long label"), |_, _| {}), (40.0, 40.0));
        assert_eq!(size(Some("A"), |scene, button| scene.set(button, "width", &[Value::Number(70.0)])), (70.0, 70.0));
        assert_eq!(size(Some("A"), |scene, button| scene.size(button, 90.0, 60.0)), (60.0, 60.0));
        let radius = |scene: &mut Scene, button| scene.set(button, "borderRadius", &[Value::Number(25.0)]);
        assert_eq!(size(Some("A"), radius), (50.0, 50.0));
        let child = |scene: &mut Scene, button| {
            let child = scene.add(button, "Row");
            scene.size(child, 30.0, 24.0);
        };
        assert_eq!(size(None, child), (24.0, 24.0));
    }
}
