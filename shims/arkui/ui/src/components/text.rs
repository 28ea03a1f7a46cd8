//! `Text`.

use crate::component::{Component, Method};
use crate::font::{self, Font, HasFont};
use crate::geometry::{Point, Size};
use crate::inspector::Attributes;
use crate::layout::{ContentConstraint, Pass};
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length, Unit};
use crate::value::{Args, Value};
use concord_paint::{Color, Painter};
use concord_text::{
    LineHeight, Paragraph, ParagraphStyle, Point as TextPoint, TextAlign, TextDirection, TextOverflow, TextStyle,
};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct Text;

/// What a text says and how; unset is the theme's.
#[derive(Default)]
struct State {
    content: Rc<str>,
    font: Font,
    line_height: Option<Length>,
    letter_spacing: Option<Length>,
    align: TextAlign,
    max_lines: Option<usize>,
    overflow: TextOverflow,
    /// Shaped for the current content and style.
    paragraph: Option<Paragraph>,
}

/// Defaults of `text_pattern` in the theme.
const SIZE: Length = Length::Plain(16.0, Unit::Fp);
const COLOR: u32 = 0xe518_2431;
const COLOR_DARK: u32 = 0xe5ff_ffff;

impl State {
    fn color(&self, environment: &Environment) -> Color {
        self.font.color.unwrap_or_else(|| Color::from_argb(if environment.dark { COLOR_DARK } else { COLOR }))
    }

    fn style(&self, environment: &Environment) -> TextStyle {
        TextStyle {
            letter_spacing: self.letter_spacing.as_ref().map_or(0.0, |length| length.to_px(environment)),
            line_height: self.line_height.as_ref().map(|length| LineHeight::Px(length.to_px(environment))),
            ..self.font.style(environment, &SIZE, self.color(environment), 400)
        }
    }

    fn paragraph_style(&self) -> ParagraphStyle {
        ParagraphStyle {
            align: self.align,
            direction: TextDirection::Auto,
            max_lines: self.max_lines,
            overflow: self.overflow,
            ..ParagraphStyle::default()
        }
    }
}

impl HasFont for State {
    fn font(&mut self) -> &mut Font {
        &mut self.font
    }

    fn font_changed(&mut self) {
        self.paragraph = None;
    }
}

impl Component for Text {
    fn name(&self) -> &'static str {
        "Text"
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
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let mut paragraph = state.paragraph.take().unwrap_or_else(|| {
            Paragraph::plain(&fonts, &state.paragraph_style(), &state.content, &state.style(&environment))
        });
        paragraph.layout(constraint.max.width, Some(constraint.max.height));
        // A text is as wide as its longest line unless it is told otherwise, and its lines are aligned in that.
        let width = constraint
            .ideal
            .width
            .unwrap_or_else(|| paragraph.longest_line().ceil().min(constraint.max.width).max(constraint.min.width));
        paragraph.layout(width, Some(constraint.max.height));
        let size = paragraph.size();
        state.paragraph = Some(paragraph);
        Size::new(width, size.height as f32)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let (Some(paragraph), Some(node)) = (&state.paragraph, tree.get(node)) else { return };
        let content = node.layout.content();
        let align = node.common.align.unwrap_or_default();
        // A text that is lower than its box lies in the middle, at its start.
        let free = content.size.height - paragraph.size().height as f32;
        let at = content.origin + Point::new(0.0, (free * align.factors(false).1).max(0.0).round());
        paragraph.paint(painter, TextPoint::new(f64::from(at.x), f64::from(at.y)));
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.paragraph = None;
        }
    }

    fn baseline(&self, tree: &Tree, node: NodeId) -> Option<f32> {
        let paragraph = tree.state::<State>(node)?.paragraph.as_ref()?;
        let node = tree.get(node)?;
        let content = node.layout.content();
        let free = content.size.height - paragraph.size().height as f32;
        let top = (free * node.common.align.unwrap_or_default().factors(false).1).max(0.0).round();
        Some(content.origin.y + top + paragraph.first_baseline())
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", &*state.content);
        out.length("fontSize", state.font.size.as_ref().unwrap_or(&SIZE), &tree.environment);
        out.color("fontColor", state.color(&tree.environment));
        out.text("fontWeight", format!("{}", state.font.weight.unwrap_or(400)));
        out.text("maxLines", state.max_lines.map_or("UINT32_MAX".to_owned(), |lines| lines.to_string()));
    }
}

/// Changes the style: the text has to be shaped again.
fn restyle(node: &mut crate::Setter<'_>, change: impl FnOnce(&mut State)) -> Value {
    node.restyle(|state: &mut State| {
        change(state);
        state.paragraph = None;
    })
}

/// What the app hands over as text: numbers and booleans are written out.
fn text(value: &Value) -> Rc<str> {
    match value {
        Value::String(text) => Rc::clone(text),
        Value::Number(number) => Rc::from(number.to_string()),
        Value::Bool(flag) => Rc::from(flag.to_string()),
        _ => Rc::from(""),
    }
}

fn create(node: &mut crate::Setter<'_>, args: Args<'_>) -> Value {
    let content = text(args.get(0));
    restyle(node, |state| state.content = content)
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method { name: "fontSize", apply: font::size::<State> },
    Method { name: "fontColor", apply: font::color::<State> },
    Method { name: "fontWeight", apply: font::weight::<State> },
    Method { name: "fontStyle", apply: font::style::<State> },
    Method { name: "fontFamily", apply: font::family::<State> },
    Method { name: "font", apply: font::font::<State> },
    Method {
        name: "lineHeight",
        apply: |node, args| {
            let height = Length::from_value(args.get(0), Unit::Fp);
            restyle(node, |state| {
                state.line_height = height.filter(|height| !matches!(height, Length::Plain(n, _) if *n <= 0.0))
            })
        },
    },
    Method {
        name: "letterSpacing",
        apply: |node, args| restyle(node, |state| state.letter_spacing = Length::from_value(args.get(0), Unit::Fp)),
    },
    Method {
        name: "textAlign",
        apply: |node, args| {
            restyle(node, |state| {
                state.align = match args.get(0).as_i32() {
                    Some(1) => TextAlign::Center,
                    Some(2) => TextAlign::End,
                    Some(3) => TextAlign::Justify,
                    Some(4) => TextAlign::Left,
                    Some(5) => TextAlign::Right,
                    _ => TextAlign::Start,
                };
            })
        },
    },
    Method {
        name: "maxLines",
        apply: |node, args| {
            restyle(node, |state| state.max_lines = args.get(0).as_i32().and_then(|lines| usize::try_from(lines).ok()))
        },
    },
    Method {
        name: "textOverflow",
        apply: |node, args| {
            restyle(node, |state| {
                state.overflow = match args.get(0).get("overflow").as_i32() {
                    Some(0) => TextOverflow::None,
                    Some(2) => TextOverflow::Ellipsis,
                    Some(3) => TextOverflow::Marquee,
                    _ => TextOverflow::Clip,
                };
            })
        },
    },
];
