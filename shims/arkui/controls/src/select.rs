//! `Select`: a button that opens a menu of options; see `select_menu.rs`.

use super::select_menu::{self, Row};
use super::{Bound, PRESSED, content, length, text_color};
use concord_paint::kurbo::{BezPath, Cap, Join, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::{LengthEdges, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::{self, Font, HasFont};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};
use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;

/// See the module.
pub(crate) struct Select;

/// Looks of options: chosen or not.
#[derive(Debug, Clone, Default)]
pub(super) struct OptionLooks {
    pub(super) font: Font,
    /// What the modifier of its text says.
    pub(super) modified: Font,
    pub(super) background: Option<Color>,
}

/// What the app says of the menu.
#[derive(Debug, Clone, Default)]
pub(super) struct MenuLooks {
    pub(super) plain: OptionLooks,
    pub(super) chosen: OptionLooks,
    pub(super) background: Option<Color>,
    pub(super) width: Option<Length>,
    /// `OptionWidthMode.FIT_TRIGGER` (true) or `FIT_CONTENT` (false).
    pub(super) as_wide_as_button: Option<bool>,
    pub(super) height: Option<Length>,
    /// `MenuAlignType`: 0 start, 1 centre, 2 end.
    pub(super) align: i32,
    pub(super) offset: (Option<Length>, Option<Length>),
    pub(super) divider: Divider,
    /// `AvoidanceMode.AVOID_AROUND_TARGET`: the menu never covers the button.
    pub(super) beside_button: bool,
    /// `showDefaultSelectedIcon`: a tick shows what is chosen, rather than a background.
    pub(super) ticks: bool,
    /// Common attributes of the menu's own node, with their arguments.
    pub(super) attributes: BTreeMap<&'static str, Vec<Value>>,
}

/// Lines between options.
#[derive(Debug, Clone, Default)]
pub(super) struct Divider {
    pub(super) hidden: bool,
    pub(super) width: Option<Length>,
    pub(super) color: Option<Color>,
    pub(super) start: Option<Length>,
    pub(super) end: Option<Length>,
    /// `DividerMode.EMBEDDED_IN_MENU`: it takes room of its own.
    pub(super) embedded: bool,
}

impl Divider {
    fn from_value(value: &Value) -> Divider {
        Divider {
            hidden: false,
            width: length(value.get("strokeWidth")),
            color: parse_color(value.get("color")),
            start: length(value.get("startMargin")),
            end: length(value.get("endMargin")),
            embedded: value.get("mode").as_i32() == Some(1),
        }
    }
}

/// A `SelectOption`.
struct Choice {
    text: Rc<str>,
    icon: Value,
    symbol: Value,
}

#[derive(Default)]
pub(super) struct State {
    options: Vec<Choice>,
    selected: Option<usize>,
    selected_bound: Option<Callback>,
    value: Option<Rc<str>>,
    value_bound: Option<Callback>,
    font: Font,
    /// What `textModifier` and `arrowModifier` say.
    modified: Font,
    arrow: Font,
    label: Label,
    space: Option<Length>,
    arrow_first: bool,
    small: bool,
    pub(super) menu: MenuLooks,
    /// `menuItemContentModifier`: what builds the options.
    builder: Option<Callback>,
    open: Option<NodeId>,
}

/// Values of `ohos_select_pattern` in the theme, in vp.
const BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const BACKGROUND_DARK: Color = Color::from_argb(0x19ff_ffff);
const SPACE: f32 = 8.0;
/// `BlurStyle.COMPONENT_ULTRA_THICK`.
const COMPONENT_ULTRA_THICK: f64 = 12.0;

impl State {
    fn arrow(&self, environment: &Environment) -> f32 {
        let default = environment.vp(if self.small { 10.0 } else { 12.0 });
        self.arrow.size.as_ref().map_or(default, |size| size.to_px(environment))
    }

    fn space(&self, environment: &Environment) -> f32 {
        self.space.as_ref().map_or(environment.vp(SPACE), |length| length.to_px(environment))
    }

    /// What the button says.
    fn text(&self) -> Rc<str> {
        let chosen = || self.selected.and_then(|index| self.options.get(index)).map(|option| Rc::clone(&option.text));
        self.value.clone().or_else(chosen).unwrap_or_default()
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

/// An option was clicked.
pub(super) fn choose(tree: &mut Tree, node: NodeId, index: usize) {
    close(tree, node);
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let Some(value) = state.options.get(index).map(|option| Rc::clone(&option.text)) else { return };
    state.selected = Some(index);
    state.value = Some(Rc::clone(&value));
    state.label.forget();
    let bounds = (state.selected_bound.clone(), state.value_bound.clone());
    tree.mark_measure(node);
    let number = Value::Number(index as f64);
    if let Some(bound) = bounds.0 {
        tree.emit(&bound, vec![number.clone()]);
    }
    if let Some(bound) = bounds.1 {
        tree.emit(&bound, vec![Value::String(Rc::clone(&value))]);
    }
    tree.emit_event(node, "onSelect", vec![number, Value::String(value)]);
}

/// Takes the menu away, if it is open.
pub(super) fn close(tree: &mut Tree, node: NodeId) {
    if let Some(layer) = tree.state_mut::<State>(node).and_then(|state| state.open.take()) {
        select_menu::close(tree, layer);
        tree.mark_paint(node);
    }
}

fn open(tree: &mut Tree, node: NodeId) {
    let Some(state) = tree.state::<State>(node) else { return };
    let rows: Vec<Row> = state
        .options
        .iter()
        .enumerate()
        .map(|(index, option)| Row {
            index,
            text: Rc::clone(&option.text),
            icon: option.icon.clone(),
            symbol: option.symbol.clone(),
            chosen: state.selected == Some(index),
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let looks = state.menu.clone();
    let builder = state.builder.clone();
    let layer = select_menu::open(tree, node, &rows, &looks, builder.as_ref());
    if let Some(state) = tree.state_mut::<State>(node) {
        state.open = layer;
    }
}

impl Component for Select {
    fn name(&self) -> &'static str {
        "Select"
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

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let Some(state) = tree.state::<State>(node) else { return Looks::default() };
        let side = Some(Length::vp(if state.small { 8.0 } else { 16.0 }));
        let ui = tree.ui_state(node);
        let opacity = super::opacity(tree, node);
        Looks {
            padding: LengthEdges { left: side.clone(), right: side, ..LengthEdges::default() },
            height: Some(Length::vp(if state.small { 28.0 } else { 40.0 })),
            background: Some(if tree.environment.dark { BACKGROUND_DARK } else { BACKGROUND }),
            radius: Some(Length::vp(if state.small { 14.0 } else { 20.0 })),
            overlay: (opacity.is_none() && (ui.has(UiState::PRESSED) || state.open.is_some()))
                .then(|| PRESSED.of(&tree.environment)),
            opacity,
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let beside = state.arrow(&environment) + state.space(&environment);
        let (text, mut font) = (state.text(), state.font.clone());
        font.overlay(state.modified.clone());
        let size = Length::Plain(if state.small { 14.0 } else { 16.0 }, Unit::Fp);
        let color = text_color(&environment);
        let room = (constraint.max.width - beside).max(0.0);
        let label =
            state.label.measure(&fonts, room, 1, || (text.to_string(), font.style(&environment, &size, color, 500)));
        let least = environment.vp(if state.small { 40.0 } else { 36.0 });
        constraint.fit(Size::new((label.width + beside).max(least), label.height))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let area = found.layout.content();
        let (arrow, space) = (state.arrow(environment), state.space(environment));
        let arrow_left = state.arrow_first != tree.is_right_to_left(node);
        let text = Rect {
            origin: area.origin + Point::new(if arrow_left { arrow + space } else { 0.0 }, 0.0),
            size: Size::new((area.size.width - arrow - space).max(0.0), area.size.height),
        };
        state.label.paint(painter, &text);
        let rect = content(tree, node);
        let half = f64::from(arrow) / 2.0;
        let x = if arrow_left { rect.x0 + half } else { rect.x1 - half };
        let y = rect.center().y;
        let mut path = BezPath::new();
        path.move_to((x - half * 0.8, y - half * 0.4));
        path.line_to((x, y + half * 0.4));
        path.line_to((x + half * 0.8, y - half * 0.4));
        let stroke = Stroke::new(f64::from(environment.vp(1.5))).with_caps(Cap::Round).with_join(Join::Round);
        let color = state.arrow.color.unwrap_or(text_color(environment));
        painter.stroke(path, &stroke, &Brush::Solid(color));
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        close(pass.tree, node);
        open(pass.tree, node);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", &*state.text());
        out.text("value", &*state.text());
        out.text("selected", state.selected.map_or("-1".to_owned(), |index| index.to_string()));
        let options: Vec<&str> = state.options.iter().map(|option| &*option.text).collect();
        out.text("options", options.join(","));
        out.color("fontColor", state.font.color.unwrap_or(text_color(&tree.environment)));
    }
}

/// Most options of a menu.
const MOST_OPTIONS: usize = 2000;

fn text(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::String(text) => Some(Rc::clone(text)),
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0).as_array().unwrap_or_default();
    let choice = |option: &Value| Choice {
        text: text(option.get("value")).unwrap_or_default(),
        icon: option.get("icon").clone(),
        symbol: option.get("symbolIcon").clone(),
    };
    let options = options.iter().take(MOST_OPTIONS).map(choice).collect();
    node.restyle(|state: &mut State| {
        state.options = options;
        state.label.forget();
    })
}

fn looked(node: &mut Setter<'_>, change: impl FnOnce(&mut MenuLooks)) -> Value {
    node.redraw(|state: &mut State| change(&mut state.menu))
}

/// An attribute that the menu's own node is given when it is made.
fn forwarded(node: &mut Setter<'_>, name: &'static str, args: Args<'_>) -> Value {
    looked(node, |menu| {
        if args.get(0).is_nullish() {
            menu.attributes.remove(name);
        } else {
            menu.attributes.insert(name, args.0.to_vec());
        }
    })
}

/// What a modifier says of a text.
fn modified(node: &mut Setter<'_>, args: Args<'_>, which: fn(&mut State) -> &mut Font) -> Value {
    node.restyle(|state: &mut State| {
        *which(state) = Font::from_attributes(args.get(0));
        state.label.forget();
    })
}

fn font_of(value: &Value, font: &mut Font) {
    *font = Font { color: font.color, ..Font::from_value(value) };
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "selected",
        apply: |node, args| {
            let bound = Bound::args(args);
            node.restyle(|state: &mut State| {
                state.selected = match &bound.value {
                    // Not to say which selects the first.
                    Value::Undefined | Value::Null => Some(0),
                    value => value.as_f64().filter(|index| *index >= 0.0).map(|index| index as usize),
                };
                state.selected_bound = bound.change;
                state.label.forget();
            })
        },
    },
    Method {
        name: "value",
        apply: |node, args| {
            let bound = Bound::args(args);
            node.restyle(|state: &mut State| {
                // `undefined` leaves it as it was.
                state.value = text(&bound.value).or(state.value.take());
                state.value_bound = bound.change;
                state.label.forget();
            })
        },
    },
    Method {
        name: "menuItemContentModifier",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.builder, args.get(0).as_callback().cloned()))
        },
    },
    Method { name: "font", apply: font::font::<State> },
    Method { name: "fontColor", apply: font::color::<State> },
    Method {
        name: "space",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.space, length(args.get(0)))),
    },
    Method {
        name: "arrowPosition",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.arrow_first, args.get(0).as_i32() == Some(1)))
        },
    },
    Method {
        name: "controlSize",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.small = args.get(0).as_str() == Some("small");
                state.label.forget();
            })
        },
    },
    Method {
        name: "menuAlign",
        apply: |node, args| {
            let offset = args.get(1);
            looked(node, |menu| {
                menu.align = args.get(0).as_i32().unwrap_or(0);
                let at = |name: &str| Length::from_value(offset.get(name), Unit::Vp);
                menu.offset = (at("dx"), at("dy"));
            })
        },
    },
    Method {
        name: "optionWidth",
        apply: |node, args| {
            looked(node, |menu| {
                menu.as_wide_as_button = match args.get(0).as_str() {
                    Some("fit_trigger") => Some(true),
                    Some("fit_content") => Some(false),
                    _ => None,
                };
                menu.width = length(args.get(0));
            })
        },
    },
    Method { name: "optionHeight", apply: |node, args| looked(node, |menu| menu.height = length(args.get(0))) },
    Method {
        name: "menuBackgroundColor",
        apply: |node, args| looked(node, |menu| menu.background = parse_color(args.get(0))),
    },
    Method { name: "optionFont", apply: |node, args| looked(node, |menu| font_of(args.get(0), &mut menu.plain.font)) },
    Method {
        name: "optionFontColor",
        apply: |node, args| looked(node, |menu| menu.plain.font.color = parse_color(args.get(0))),
    },
    Method {
        name: "optionBgColor",
        apply: |node, args| looked(node, |menu| menu.plain.background = parse_color(args.get(0))),
    },
    Method {
        name: "selectedOptionFont",
        apply: |node, args| looked(node, |menu| font_of(args.get(0), &mut menu.chosen.font)),
    },
    Method {
        name: "selectedOptionFontColor",
        apply: |node, args| looked(node, |menu| menu.chosen.font.color = parse_color(args.get(0))),
    },
    Method {
        name: "selectedOptionBgColor",
        apply: |node, args| looked(node, |menu| menu.chosen.background = parse_color(args.get(0))),
    },
    Method {
        name: "divider",
        apply: |node, args| {
            looked(node, |menu| {
                menu.divider =
                    Divider { hidden: matches!(args.get(0), Value::Null), ..Divider::from_value(args.get(0)) };
                menu.divider.embedded = false;
            })
        },
    },
    Method {
        name: "dividerStyle",
        apply: |node, args| looked(node, |menu| menu.divider = Divider::from_value(args.get(0))),
    },
    Method { name: "textModifier", apply: |node, args| modified(node, args, |state| &mut state.modified) },
    Method { name: "arrowModifier", apply: |node, args| modified(node, args, |state| &mut state.arrow) },
    Method {
        name: "optionTextModifier",
        apply: |node, args| modified(node, args, |state| &mut state.menu.plain.modified),
    },
    Method {
        name: "selectedOptionTextModifier",
        apply: |node, args| modified(node, args, |state| &mut state.menu.chosen.modified),
    },
    Method {
        name: "avoidance",
        apply: |node, args| looked(node, |menu| menu.beside_button = args.get(0).as_i32() == Some(1)),
    },
    Method {
        name: "showDefaultSelectedIcon",
        apply: |node, args| looked(node, |menu| menu.ticks = args.get(0).as_bool() == Some(true)),
    },
    Method { name: "menuOutline", apply: |node, args| forwarded(node, "outline", args) },
    Method { name: "menuBackgroundBlurStyle", apply: |node, args| forwarded(node, "backgroundBlurStyle", args) },
    Method {
        name: "menuBackgroundBlurStyleOptions",
        apply: |node, args| {
            looked(node, |menu| {
                // Options of a style; of the default one where none was given.
                let given = menu.attributes.entry("backgroundBlurStyle").or_default();
                given.resize(1, Value::Number(COMPONENT_ULTRA_THICK));
                given.push(args.get(0).clone());
            })
        },
    },
    Method { name: "menuBackgroundEffect", apply: |node, args| forwarded(node, "backgroundEffect", args) },
    // There are no windows below the app's, and no keyboard comes up while a menu is open.
    Method { name: "showInSubWindow", apply: super::without_effect },
    Method { name: "keyboardAvoidMode", apply: super::without_effect },
    Method { name: "minKeyboardAvoidDistance", apply: super::without_effect },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onSelect"];
