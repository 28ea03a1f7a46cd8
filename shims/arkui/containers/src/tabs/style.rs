//! What the tab of a `TabContent` looks like: a text, `SubTabBarStyle` or `BottomTabBarStyle`, and the nodes that show it. Sizes
//! and colours are those of `tab_pattern` in the theme.

use concord_paint::Color;
use concord_ui::common::parse_color;
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// Colour of a text on a board.
const ON_BOARD: Color = Color::WHITE;
/// From this width in vp on, the icon of a tab at the bottom can lie beside its text.
const WIDE: f32 = 104.0;

/// The line below the selected text of `SubTabBarStyle`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Underline {
    pub(super) color: Option<Color>,
    pub(super) height: Length,
    /// As wide as the text where it is nothing.
    pub(super) width: Option<Length>,
    pub(super) radius: Length,
    /// Between the text and the line.
    pub(super) gap: Length,
}

/// How the selected one of the tabs with `SubTabBarStyle` is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A line below the text.
    Underline(Underline),
    /// A board behind the text, with corners of this radius.
    Board(Length),
}

/// `LayoutMode` of `BottomTabBarStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrangement {
    Below,
    Beside,
    /// Beside, where the tab is wide enough.
    Auto,
}

/// What kind of tab it is.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// A text, perhaps with an icon, in the older notation.
    Plain,
    Sub(Mark),
    Bottom {
        arrangement: Arrangement,
        align: i32,
    },
}

/// `labelStyle`, as attributes of a `Text`.
#[derive(Debug, Clone, Default)]
struct LabelStyle {
    attributes: Vec<(&'static str, Value)>,
    selected: Option<Color>,
    normal: Option<Color>,
}

/// What a tab shows.
#[derive(Debug, Clone)]
pub(super) struct TabStyle {
    kind: Kind,
    label: Value,
    icon: Value,
    /// Nodes of symbols that the app's side has made: of the selected tab, and of the others.
    symbols: (Option<u64>, Option<u64>),
    text: LabelStyle,
    padding: Value,
    icon_colors: (Option<Color>, Option<Color>),
}

/// The nodes of a tab.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    /// The tab itself, a child of the bar.
    pub(super) item: NodeId,
    /// Around text and icon.
    pub(super) inner: NodeId,
    /// The text.
    pub(super) text: Option<NodeId>,
    icon: Option<NodeId>,
    beside: bool,
    pub(super) selected: Option<bool>,
}

impl TabStyle {
    /// A text, or what the classes of the app keep: what their methods are told has an underscore before its name.
    pub(super) fn from_value(value: &Value) -> TabStyle {
        let said = |name: &str| match value.get(&format!("_{name}")) {
            Value::Undefined => value.get(name).clone(),
            found => found.clone(),
        };
        let Value::Object(_) = value else { return TabStyle::plain(value.clone(), Value::Undefined) };
        let icon_style = said("iconStyle");
        let kind = match value.get("type").as_str() {
            Some("SubTabBarStyle") => Kind::Sub(mark(&said("selectedMode"), &said("indicator"), &said("board"))),
            Some("BottomTabBarStyle") => Kind::Bottom {
                // `LayoutMode`: AUTO 0, VERTICAL 1, HORIZONTAL 2.
                arrangement: match said("layoutMode").as_i32() {
                    Some(0) => Arrangement::Auto,
                    Some(2) => Arrangement::Beside,
                    _ => Arrangement::Below,
                },
                // `VerticalAlign`: Top 1, Center 2, Bottom 3.
                align: said("verticalAlign").as_i32().unwrap_or(2),
            },
            _ => Kind::Plain,
        };
        let first = |names: [&str; 2]| names.into_iter().map(|name| value.get(name)).find(|value| !value.is_nullish());
        let number = |name: &str| value.get(name).as_f64().filter(|number| *number > 0.0).map(|number| number as u64);
        TabStyle {
            kind,
            label: first(["content", "text"]).cloned().unwrap_or_default(),
            icon: value.get("icon").clone(),
            symbols: (number("selectedSymbol"), number("symbol")),
            text: label_style(&said("labelStyle")),
            padding: said("padding"),
            icon_colors: (parse_color(icon_style.get("selectedColor")), parse_color(icon_style.get("unselectedColor"))),
        }
    }

    fn plain(label: Value, icon: Value) -> TabStyle {
        TabStyle {
            kind: Kind::Plain,
            label,
            icon,
            symbols: (None, None),
            text: LabelStyle::default(),
            padding: Value::Undefined,
            icon_colors: (None, None),
        }
    }

    /// Whether there is an icon.
    pub(super) fn has_icon(&self) -> bool {
        self.symbols.1.is_some() || !self.icon.is_nullish()
    }

    /// Whether it is a `BottomTabBarStyle`.
    pub(super) fn is_bottom(&self) -> bool {
        matches!(self.kind, Kind::Bottom { .. })
    }

    /// How the selected one is marked.
    pub(super) fn mark(&self) -> Option<&Mark> {
        match &self.kind {
            Kind::Sub(mark) => Some(mark),
            _ => None,
        }
    }

    fn beside(&self, width: f32) -> bool {
        match self.kind {
            Kind::Bottom { arrangement: Arrangement::Beside, .. } => true,
            Kind::Bottom { arrangement: Arrangement::Auto, .. } => width >= WIDE,
            _ => false,
        }
    }

    /// Makes the nodes of a tab, or brings them up to date. `width` is the tab's, in vp.
    pub(super) fn draw(&self, tree: &mut Tree, known: Option<Drawn>, selected: bool, width: f32) -> Option<Drawn> {
        let beside = self.beside(width);
        let fitting = known.filter(|drawn| tree.get(drawn.item).is_some() && drawn.beside == beside);
        if let (None, Some(old)) = (fitting, known) {
            tree.destroy(old.item);
        }
        let mut drawn = match fitting {
            Some(drawn) if drawn.selected == Some(selected) => return Some(drawn),
            Some(drawn) => drawn,
            None => self.make(tree, beside)?,
        };
        drawn.selected = Some(selected);
        let on_board = matches!(self.kind, Kind::Sub(Mark::Board(_)));
        let color = if selected {
            let own = if on_board { ON_BOARD } else { theme::ACTIVATED.of(&tree.environment) };
            self.text.selected.unwrap_or(own)
        } else {
            self.text.normal.unwrap_or(theme::SECONDARY.of(&tree.environment))
        };
        if let Some(text) = drawn.text {
            tree.set(text, "fontColor", &[argb(color)]);
            let own_font = self.text.attributes.iter().any(|(name, _)| *name == "font");
            if !own_font && matches!(self.kind, Kind::Sub(_)) {
                tree.set(text, "fontWeight", &[Value::Number(if selected { 500.0 } else { 400.0 })]);
            }
        }
        self.draw_icon(tree, &drawn, selected);
        Some(drawn)
    }

    fn draw_icon(&self, tree: &mut Tree, drawn: &Drawn, selected: bool) {
        let own = if selected { self.icon_colors.0 } else { self.icon_colors.1 };
        let Some(icon) = drawn.icon else { return };
        if let (_, Some(normal)) = self.symbols {
            let wanted = self.symbols.0.filter(|_| selected).unwrap_or(normal);
            let wanted = tree.by_number(wanted);
            let shown = tree.get(icon).map(|icon| icon.children().to_vec()).unwrap_or_default();
            for other in shown.into_iter().filter(|other| Some(*other) != wanted) {
                tree.detach(other);
            }
            if let Some(wanted) = wanted {
                tree.append(icon, wanted);
                let color =
                    own.unwrap_or((if selected { theme::ACTIVATED } else { theme::SEPARATOR }).of(&tree.environment));
                tree.set(wanted, "fontColor", &[Value::array([argb(color)])]);
            }
        } else if let Some(color) = own {
            tree.set(icon, "fillColor", &[argb(color)]);
        }
    }

    fn make(&self, tree: &mut Tree, beside: bool) -> Option<Drawn> {
        let item = tree.create_named("TabBarItem", -1)?;
        let inner = tree.create_named(if beside { "Row" } else { "Column" }, -1)?;
        tree.append(item, inner);
        let bottom = matches!(self.kind, Kind::Bottom { .. });
        let space = if bottom { if beside { 8.0 } else { 2.0 } } else { 0.0 };
        tree.set(inner, "create", &[Value::object([("space", Value::Number(space))])]);
        let default = if bottom { Some(4.0) } else { matches!(self.kind, Kind::Sub(_)).then_some(8.0) };
        let padding = match &self.padding {
            Value::Undefined | Value::Null => {
                default.map(|side| Value::object([("left", Value::Number(side)), ("right", Value::Number(side))]))
            }
            given => Some(given.clone()),
        };
        if let Some(padding) = padding {
            tree.set(inner, "padding", &[padding]);
        }
        if let Kind::Bottom { align, .. } = self.kind {
            // `Alignment`: Top 1, Center 4, Bottom 7.
            let alignment = match align {
                1 => 1.0,
                3 => 7.0,
                _ => 4.0,
            };
            tree.set(item, "align", &[Value::Number(alignment)]);
        }
        let icon = if self.symbols.1.is_some() {
            let holder = tree.create_named("Row", -1)?;
            tree.append(inner, holder);
            Some(holder)
        } else if self.icon.is_nullish() {
            None
        } else {
            let image = tree.create_named("Image", -1)?;
            tree.append(inner, image);
            tree.set(image, "create", std::slice::from_ref(&self.icon));
            tree.set(image, "width", &[Value::Number(24.0)]);
            tree.set(image, "height", &[Value::Number(24.0)]);
            Some(image)
        };
        let text = if self.label.is_nullish() {
            None
        } else {
            let text = tree.create_named("Text", -1)?;
            tree.append(inner, text);
            tree.set(text, "create", std::slice::from_ref(&self.label));
            let size = match (self.has_icon(), beside) {
                (true, true) => "12fp",
                (true, false) => "10fp",
                (false, _) => "16fp",
            };
            tree.set(text, "fontSize", &[Value::text(size)]);
            if self.has_icon() {
                tree.set(text, "fontWeight", &[Value::Number(500.0)]);
            }
            // `TextOverflow.Ellipsis` is 2.
            tree.set(text, "maxLines", &[Value::Number(1.0)]);
            tree.set(text, "textOverflow", &[Value::object([("overflow", Value::Number(2.0))])]);
            for (name, value) in &self.text.attributes {
                tree.set(text, name, std::slice::from_ref(value));
            }
            Some(text)
        };
        Some(Drawn { item, inner, text, icon, beside, selected: None })
    }
}

fn mark(mode: &Value, indicator: &Value, board: &Value) -> Mark {
    let length = |value: &Value| Length::from_value(value, Unit::Vp).filter(|length| !length.is_relative());
    // `SelectedMode`: INDICATOR 0, BOARD 1.
    if mode.as_i32() == Some(1) {
        return Mark::Board(length(board.get("borderRadius")).unwrap_or(Length::vp(8.0)));
    }
    let zero = |length: &Length| matches!(length, Length::Plain(value, _) if *value == 0.0);
    Mark::Underline(Underline {
        color: parse_color(indicator.get("color")),
        height: length(indicator.get("height")).unwrap_or(Length::vp(2.0)),
        width: length(indicator.get("width")).filter(|width| !zero(width)),
        radius: length(indicator.get("borderRadius")).unwrap_or(Length::ZERO),
        gap: length(indicator.get("marginTop")).unwrap_or(Length::vp(8.0)),
    })
}

fn label_style(value: &Value) -> LabelStyle {
    let mut attributes = Vec::new();
    for name in ["maxLines", "minFontSize", "maxFontSize", "heightAdaptivePolicy", "font"] {
        let given = value.get(name);
        if !given.is_nullish() {
            attributes.push((name, given.clone()));
        }
    }
    if !value.get("overflow").is_nullish() {
        attributes.push(("textOverflow", Value::object([("overflow", value.get("overflow").clone())])));
    }
    let color = |name: &str| parse_color(value.get(name));
    LabelStyle { attributes, selected: color("selectedColor"), normal: color("unselectedColor") }
}

fn argb(color: Color) -> Value {
    Value::Number(f64::from(color.to_argb()))
}
