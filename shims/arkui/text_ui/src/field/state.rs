//! What a text field keeps.

use super::icons::Icon;
use super::{Kind, editing};
use crate::select_text::{Hand, SelectText};
use crate::text_bar::TextBar;
use crate::text_style::{HasParagraph, ParagraphLooks, SpanStyle, styled, theme, theme_style};
use concord_paint::Color;
use concord_text::{Change, Editor, EditorOptions, InputType, Paragraph, TextAlign, TextOverflow, TextStyle};
use concord_ui::font::Font;
use concord_ui::geometry::{Axis, Edges, Point, Rect};
use concord_ui::layout::Pass;
use concord_ui::tree::{Node, NodeId};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Callback;
use std::ops::Range;
use std::rc::Rc;

/// `text_font_size` of `textfield_pattern` in the theme.
pub(super) const SIZE: Length = Length::Plain(16.0, Unit::Fp);

/// `showCounter`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Counter {
    /// From which part of the longest length on it is shown, 0 to 1.
    pub threshold: f32,
    /// Whether the border turns red at the longest length.
    pub border: bool,
    pub color: Option<Color>,
    pub overflow_color: Option<Color>,
}

/// `CancelButtonStyle`: when the button that clears the field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cancel {
    /// Always.
    Constant,
    /// Never.
    Invisible,
    /// While there is text.
    Input,
}

/// `underlineColor`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Underline {
    pub typing: Option<Color>,
    pub normal: Option<Color>,
    pub error: Option<Color>,
    pub disable: Option<Color>,
}

/// See the module.
pub(super) struct State {
    pub kind: Kind,
    pub editor: Editor,
    /// Whether `create` ran before: later changes of the text are told.
    pub created: bool,
    pub placeholder: Rc<str>,
    /// Of a text that is bound both ways.
    pub change_event: Option<Callback>,
    pub style: SpanStyle,
    pub looks: ParagraphLooks,
    pub placeholder_font: Font,
    pub placeholder_color: Option<Color>,
    pub caret_color: Option<Color>,
    pub caret_width: Option<Length>,
    pub selected_background: Option<Color>,
    /// `enterKeyType`, by the platform's number.
    pub enter_key: Option<i32>,
    /// The part of a text that `inputFilter` takes.
    pub filter: Option<Callback>,
    /// Hears of what it does not take.
    pub filter_error: Option<Callback>,
    pub counter: Option<Counter>,
    pub error: Option<Rc<str>>,
    pub underline: bool,
    pub inline: bool,
    /// Whether hidden text has an icon that shows it.
    pub has_eye: bool,
    /// Whether hidden text is shown.
    pub reveals: bool,
    pub cancel: Option<Cancel>,
    pub copies: bool,
    pub select_all: bool,
    /// The button of a `Search`.
    pub button: Option<NodeId>,
    /// Whether that does nothing while there is no text.
    pub button_waits: bool,
    /// `dividerColor` of a `Search`.
    pub divider_color: Option<Color>,
    /// What `showUnit` has built.
    pub unit: Option<NodeId>,
    pub underline_colors: Underline,
    pub cancel_icon: Icon,
    pub search_icon: Icon,
    /// Of shown and of hidden passwords.
    pub eye_icons: [Icon; 2],
    pub bar: TextBar,
    /// A styled placeholder: texts and styles.
    pub placeholder_parts: Option<Vec<(String, SpanStyle)>>,
    pub editing: bool,
    /// Of text that is longer than the field: how far it is scrolled, in px.
    pub scroll: f32,
    /// The caret has moved: it is scrolled to when the field is placed.
    pub follow: bool,
    /// The caret is shown from this time on, then hidden and shown in turn.
    pub blink_from: f64,
    /// Editing ends with the next tick.
    pub stops: bool,
    pub hand: Hand,
    /// `enableKeyboardOnFocus(false)`: only a click asks for the keyboard.
    pub keyboard_waits: bool,
    /// `enablePreviewText(false)`: what input methods are about to write is not shown.
    pub previews_nothing: bool,
    /// What is left, right and below the text in the content box, in px: icons, buttons, a counter.
    pub extras: Edges,
    pub paragraph: Option<Paragraph>,
    pub hint: Option<Paragraph>,
    /// The counter's text, and whether the text was too long the last time.
    pub count: Option<Paragraph>,
    pub overflowed: bool,
    pub message: Option<Paragraph>,
}

impl State {
    pub fn new(kind: Kind) -> State {
        State {
            kind,
            editor: Editor::new(EditorOptions { multi_line: kind == Kind::Area, ..EditorOptions::default() }),
            created: false,
            placeholder: Rc::from(""),
            change_event: None,
            style: SpanStyle::default(),
            looks: ParagraphLooks::default(),
            placeholder_font: Font::default(),
            placeholder_color: None,
            caret_color: None,
            caret_width: None,
            selected_background: None,
            enter_key: None,
            filter: None,
            filter_error: None,
            counter: None,
            error: None,
            underline: false,
            inline: false,
            has_eye: true,
            reveals: false,
            cancel: None,
            copies: true,
            select_all: false,
            button: None,
            button_waits: false,
            divider_color: None,
            unit: None,
            underline_colors: Underline::default(),
            cancel_icon: Icon::default(),
            search_icon: Icon::default(),
            eye_icons: Default::default(),
            bar: TextBar::default(),
            placeholder_parts: None,
            editing: false,
            scroll: 0.0,
            follow: true,
            blink_from: 0.0,
            stops: false,
            hand: Hand::default(),
            keyboard_waits: false,
            previews_nothing: false,
            extras: Edges::default(),
            paragraph: None,
            hint: None,
            count: None,
            overflowed: false,
            message: None,
        }
    }

    /// How many icons there are.
    pub const ICONS: usize = 4;

    /// All icons, one after the other.
    pub fn icon(&mut self, index: usize) -> &mut Icon {
        let [shown, hidden] = &mut self.eye_icons;
        match index {
            0 => &mut self.cancel_icon,
            1 => &mut self.search_icon,
            2 => shown,
            _ => hidden,
        }
    }

    /// Whether what has no room is cut with an ellipsis: only text that nobody edits.
    pub fn is_cut(&self) -> bool {
        let limited = self.inline || self.kind == Kind::Area && self.looks.max_lines.is_some();
        !self.editing && limited && self.looks.overflow == Some(TextOverflow::Ellipsis)
    }

    pub fn base(&self, environment: &Environment) -> TextStyle {
        self.style.over(theme_style(environment, &SIZE, theme::primary(environment)), environment)
    }

    pub fn hint_style(&self, environment: &Environment) -> TextStyle {
        let color = self.placeholder_color.unwrap_or_else(|| theme::secondary(environment));
        // A placeholder is as large as the text unless it has a font of its own.
        let size = self.style.font.size.as_ref().unwrap_or(&SIZE);
        self.placeholder_font.over(theme_style(environment, size, color), environment)
    }

    /// The text as it is shown.
    pub fn shown(&self) -> String {
        let all = 0..self.editor.len();
        self.editor.display_text(self.reveals.then_some(all))
    }

    pub fn is_inline(&self) -> bool {
        self.inline && !self.editing
    }

    /// `enterKeyType`, or the default.
    pub fn enter(&self) -> i32 {
        self.enter_key.unwrap_or(match self.kind {
            Kind::Input => ENTER_DONE,
            Kind::Area => ENTER_NEW_LINE,
            Kind::Search => ENTER_SEARCH,
        })
    }

    pub fn enter_name(&self) -> &'static str {
        match self.enter() {
            2 => "EnterKeyType.Go",
            ENTER_SEARCH => "EnterKeyType.Search",
            4 => "EnterKeyType.Send",
            ENTER_NEXT => "EnterKeyType.Next",
            7 => "EnterKeyType.PREVIOUS",
            ENTER_NEW_LINE => "EnterKeyType.NEW_LINE",
            _ => "EnterKeyType.Done",
        }
    }

    /// Whether the icon that shows hidden text is there.
    pub fn shows_eye(&self) -> bool {
        self.kind == Kind::Input && self.has_eye && self.editor.options().input_type.is_hidden() && !self.is_inline()
    }

    /// Whether the button that clears the field is there.
    pub fn shows_cancel(&self) -> bool {
        let default = if self.kind == Kind::Search { Cancel::Input } else { Cancel::Invisible };
        match self.cancel.unwrap_or(default) {
            Cancel::Constant => true,
            Cancel::Invisible => false,
            Cancel::Input => !self.editor.is_empty(),
        }
    }

    /// The counter's text, when it is to be shown.
    pub fn count_text(&self) -> Option<String> {
        let max = self.editor.options().max_length?;
        let counter = self.counter?;
        let shown = self.editor.len() as f32 >= max as f32 * counter.threshold;
        shown.then(|| format!("{}/{max}", self.editor.len()))
    }

    /// The box of the text in the node's frame: the content box without icons and buttons.
    pub fn text_box(&self, node: &Node) -> Rect {
        let content = node.layout.content();
        let size = content.size.shrink(&self.extras);
        Rect { origin: content.origin + self.extras.origin(), size }
    }

    /// The size of the text, or of the placeholder where there is none.
    fn text_size(&self) -> (f32, f32) {
        let shown = if self.editor.is_empty() { &self.hint } else { &self.paragraph };
        let size = shown.as_ref().map(Paragraph::size).unwrap_or_default();
        (size.width as f32, size.height as f32)
    }

    /// How far the text can be scrolled, in px.
    pub fn furthest(&self, node: &Node) -> f32 {
        let room = self.text_box(node).size;
        let (width, height) = self.text_size();
        let free = match self.axis() {
            // Room for the caret behind the text.
            Axis::Horizontal => width + 2.0 - room.width,
            Axis::Vertical => height - room.height,
        };
        if self.editor.is_empty() { 0.0 } else { free.max(0.0) }
    }

    /// Where the text begins in the node's frame.
    pub fn text_origin(&self, node: &Node) -> Point {
        let room = self.text_box(node);
        let (width, height) = self.text_size();
        if self.kind == Kind::Area {
            return room.origin - Point::new(0.0, self.scroll);
        }
        let free = (room.size.width - width).max(0.0);
        let x = match self.looks.align {
            TextAlign::Center => free / 2.0,
            TextAlign::End | TextAlign::Right => free,
            _ => 0.0,
        };
        room.origin + Point::new(x - self.scroll, ((room.size.height - height) / 2.0).round())
    }

    /// The caret in the node's frame.
    pub fn caret(&self, node: &Node) -> Rect {
        let origin = self.text_origin(node);
        let selection = self.editor.selection();
        let rect = match &self.paragraph {
            Some(paragraph) => paragraph.caret(selection.focus),
            None => Default::default(),
        };
        Rect::new(origin.x + rect.x0 as f32, origin.y + rect.y0 as f32, 0.0, rect.height() as f32)
    }

    pub fn selected(&self) -> Range<usize> {
        self.editor.selection().range()
    }
}

impl SelectText for State {
    fn editor(&self) -> &Editor {
        &self.editor
    }

    fn paragraph(&self) -> Option<&Paragraph> {
        self.paragraph.as_ref()
    }

    fn text_origin(&self, node: &Node) -> Point {
        State::text_origin(self, node)
    }

    fn text_box(&self, node: &Node) -> Rect {
        State::text_box(self, node)
    }

    fn hand(&mut self) -> &mut Hand {
        &mut self.hand
    }

    fn hand_ref(&self) -> &Hand {
        &self.hand
    }

    fn copies(&self) -> bool {
        self.copies
    }

    fn hides(&self) -> bool {
        self.editor.options().input_type.is_hidden()
    }

    fn apply(pass: &mut Pass<'_>, node: NodeId, edit: impl FnOnce(&mut Editor) -> Change) {
        editing::apply(pass, node, edit);
    }

    fn copy(pass: &mut Pass<'_>, node: NodeId, cut: bool) {
        editing::copy(pass, node, cut);
    }

    fn paste(pass: &mut Pass<'_>, node: NodeId) {
        editing::paste(pass, node);
    }

    fn insert(pass: &mut Pass<'_>, node: NodeId, text: &str) {
        editing::insert(pass, node, text);
    }
}

pub(super) const ENTER_SEARCH: i32 = 3;
pub(super) const ENTER_NEXT: i32 = 5;
pub(super) const ENTER_DONE: i32 = 6;
pub(super) const ENTER_NEW_LINE: i32 = 8;

styled!(State, style);

impl HasParagraph for State {
    fn paragraph_looks(&mut self) -> &mut ParagraphLooks {
        &mut self.looks
    }
}

/// In the inspector's notation.
pub(super) fn type_name(kind: InputType) -> &'static str {
    match kind {
        InputType::Normal => "InputType.Normal",
        InputType::Number => "InputType.Number",
        InputType::PhoneNumber => "InputType.PhoneNumber",
        InputType::Email => "InputType.Email",
        InputType::Password => "InputType.Password",
        InputType::NumberPassword => "InputType.NUMBER_PASSWORD",
        InputType::ScreenLockPassword => "InputType.SCREEN_LOCK_PASSWORD",
        InputType::UserName => "InputType.USER_NAME",
        InputType::NewPassword => "InputType.NEW_PASSWORD",
        InputType::NumberDecimal => "InputType.NUMBER_DECIMAL",
        InputType::Url => "InputType.URL",
        InputType::OneTimeCode => "InputType.ONE_TIME_CODE",
    }
}
