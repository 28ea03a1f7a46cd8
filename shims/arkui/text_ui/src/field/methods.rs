//! What the app says about a field.

use super::composing::Content;
use super::icons::Icon;
use super::state::{Cancel, Counter, State, Underline};
use super::{Kind, commands, editing};
use crate::text::text;
use crate::text_style::text_methods;
use concord_text::{EditorOptions, InputType};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Method, Setter};
use concord_ui::font::Font;
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::rc::Rc;

/// `create({placeholder, text, controller})`, of a `Search` with `value` instead of `text`. Text that is bound both ways comes
/// as `{value, changeEvent}`, or with the handler beside it (`$text`).
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
    let (name, beside) = if state.kind == Kind::Search { ("value", "$value") } else { ("text", "$text") };
    let given = options.get(name);
    let value = if given.as_object().is_some() { given.get("value") } else { given };
    let change_event = given.get("changeEvent").as_callback().or(options.get(beside).as_callback());
    state.change_event = change_event.cloned();
    let placeholder = text(options.get("placeholder"));
    if state.kind == Kind::Search && !options.get("icon").is_nullish() {
        state.search_icon = Icon::from_source(options.get("icon"));
    }
    let first = !std::mem::replace(&mut state.created, true);
    let changed = state.placeholder != placeholder;
    state.placeholder = placeholder;
    let wanted = (!value.is_nullish()).then(|| text(value)).filter(|wanted| **wanted != *state.editor.body());
    if let Some(wanted) = wanted {
        let before = Content::of(&state.editor);
        let change = state.editor.set_text(&wanted);
        if first {
            node.tree.mark_measure(node.node);
        } else if change.text_changed() {
            editing::notify(node.tree, node.node, &change, &before);
        }
    } else if first || changed {
        node.tree.mark_measure(node.node);
    }
    Value::Undefined
}

/// The placeholder alone.
pub(super) fn placeholder(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let placeholder = text(args.get(0));
    node.restyle(|state: &mut State| put(&mut state.placeholder, placeholder))
}

/// Changes the rules of the model.
fn rules(node: &mut Setter<'_>, change: impl FnOnce(&mut EditorOptions)) -> Value {
    node.restyle(|state: &mut State| {
        let mut options = state.editor.options().clone();
        change(&mut options);
        let cut = options.max_length.is_some_and(|max| state.editor.len() > max);
        state.editor.set_options(options);
        if cut {
            let text = state.editor.text().to_owned();
            state.editor.set_text(&text);
        }
    })
}

fn input_type(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let kind = match args.get(0).as_i32() {
        Some(2) => InputType::Number,
        Some(3) => InputType::PhoneNumber,
        Some(5) => InputType::Email,
        Some(7) => InputType::Password,
        Some(8) => InputType::NumberPassword,
        Some(9) => InputType::ScreenLockPassword,
        Some(10) => InputType::UserName,
        Some(11) => InputType::NewPassword,
        Some(12) => InputType::NumberDecimal,
        Some(13) => InputType::Url,
        Some(14) => InputType::OneTimeCode,
        _ => InputType::Normal,
    };
    rules(node, |options| options.input_type = kind)
}

fn max_length(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let max = args.get(0).as_f64().filter(|max| *max >= 0.0).map(|max| max as usize);
    rules(node, |options| options.max_length = max)
}

fn cancel_button(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let style = match args.get(0).get("style").as_str() {
        Some("CONSTANT") => Some(Cancel::Constant),
        Some("INVISIBLE") => Some(Cancel::Invisible),
        Some("INPUT") => Some(Cancel::Input),
        _ => (!args.get(0).is_nullish()).then_some(Cancel::Input),
    };
    let icon = Icon::from_value(args.get(0).get("icon"));
    node.restyle(|state: &mut State| {
        state.cancel = style;
        state.cancel_icon = icon;
    })
}

/// `showCounter(flag, {thresholdPercentage, highlightBorder})`.
fn show_counter(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let shown = args.get(0).as_bool() == Some(true);
    let percentage = args.get(1).get("thresholdPercentage").as_f32().filter(|part| (1.0..=100.0).contains(part));
    let options = args.get(1);
    let counter = shown.then_some(Counter {
        threshold: percentage.unwrap_or(0.0) / 100.0,
        border: options.get("highlightBorder").as_bool() != Some(false),
        color: parse_color(options.get("counterTextColor")),
        overflow_color: parse_color(options.get("counterTextOverflowColor")),
    });
    node.restyle(|state: &mut State| put(&mut state.counter, counter))
}

fn caret_style(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let width = Length::from_value(args.get(0).get("width"), Unit::Vp);
    let color = parse_color(args.get(0).get("color"));
    node.redraw(|state: &mut State| {
        state.caret_width = width;
        state.caret_color = color.or(state.caret_color);
    })
}

/// `inputFilter`: the library makes a function of the expression, which gives what it takes of a text.
fn input_filter(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    node.redraw(|state: &mut State| {
        state.filter = args.get(0).as_callback().cloned();
        state.filter_error = args.get(1).as_callback().cloned();
    })
}

/// `underlineColor`: one colour, or one for each state of the field.
fn underline_color(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let value = args.get(0);
    let one = parse_color(value);
    let color = |name: &str| parse_color(value.get(name));
    let colors = match one {
        Some(_) => Underline { normal: one, ..Underline::default() },
        None => Underline {
            typing: color("typing"),
            normal: color("normal"),
            error: color("error"),
            disable: color("disable"),
        },
    };
    node.redraw(|state: &mut State| put(&mut state.underline_colors, colors))
}

/// `passwordIcon`: `{onIconSrc, offIconSrc}`.
fn password_icon(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let icons = ["onIconSrc", "offIconSrc"].map(|name| Icon::from_source(args.get(0).get(name)));
    node.restyle(|state: &mut State| state.eye_icons = icons)
}

/// Accepted: there is no keyboard on the screen, no menu of selections and no filling in that it could change.
fn accept(_node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    Value::Undefined
}

/// What all three have, and more.
macro_rules! field_methods {
    ($($own:expr),* $(,)?) => {
        text_methods![
            State;
            Method { name: "create", apply: create },
            Method { name: "type", apply: input_type },
            Method { name: "maxLength", apply: max_length },
            Method { name: "inputFilter", apply: input_filter },
            Method { name: "cancelButton", apply: cancel_button },
            Method { name: "showCounter", apply: show_counter },
            Method { name: "caretStyle", apply: caret_style },
            Method { name: "caretPosition", apply: commands::caret_position },
            Method {
                name: "placeholderColor",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.placeholder_color, parse_color(args.get(0))))
                },
            },
            Method {
                name: "placeholderFont",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.placeholder_font, Font::from_value(args.get(0))))
                },
            },
            Method {
                name: "caretColor",
                apply: |node, args| node.redraw(|state: &mut State| put(&mut state.caret_color, parse_color(args.get(0)))),
            },
            Method {
                name: "selectedBackgroundColor",
                apply: |node, args| {
                    node.redraw(|state: &mut State| put(&mut state.selected_background, parse_color(args.get(0))))
                },
            },
            Method {
                name: "enterKeyType",
                apply: |node, args| node.redraw(|state: &mut State| put(&mut state.enter_key, args.get(0).as_i32())),
            },
            Method {
                name: "copyOption",
                apply: |node, args| node.redraw(|state: &mut State| put(&mut state.copies, args.get(0).as_i32() != Some(0))),
            },
            Method {
                name: "selectAll",
                apply: |node, args| {
                    node.redraw(|state: &mut State| put(&mut state.select_all, args.get(0).as_bool() == Some(true)))
                },
            },
            Method {
                name: "style",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.inline, args.get(0).as_str() == Some("Inline")))
                },
            },
            Method {
                name: "showUnderline",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.underline, args.get(0).as_bool() == Some(true)))
                },
            },
            Method {
                name: "showError",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.error, args.get(0).as_str().map(Rc::from)))
                },
            },
            Method {
                name: "showPasswordIcon",
                apply: |node, args| {
                    node.restyle(|state: &mut State| put(&mut state.has_eye, args.get(0).as_bool() != Some(false)))
                },
            },
            Method {
                name: "showPassword",
                apply: |node, args| {
                    editing::reveal(node.tree, node.node, args.get(0).as_bool() == Some(true));
                    Value::Undefined
                },
            },
            Method { name: "onChange", apply: |node, args| node.handler("onChange", args) },
            Method { name: "onSubmit", apply: |node, args| node.handler("onSubmit", args) },
            Method { name: "onEditChange", apply: |node, args| node.handler("onEditChange", args) },
            // Its older name.
            Method { name: "onEditChanged", apply: |node, args| node.handler("onEditChange", args) },
            Method { name: "onTextSelectionChange", apply: |node, args| node.handler("onTextSelectionChange", args) },
            Method { name: "onContentScroll", apply: |node, args| node.handler("onContentScroll", args) },
            Method { name: "onWillChange", apply: |node, args| node.handler("onWillChange", args) },
            Method { name: "onWillInsert", apply: |node, args| node.handler("onWillInsert", args) },
            Method { name: "onDidInsert", apply: |node, args| node.handler("onDidInsert", args) },
            Method { name: "onWillDelete", apply: |node, args| node.handler("onWillDelete", args) },
            Method { name: "onDidDelete", apply: |node, args| node.handler("onDidDelete", args) },
            Method { name: "onCopy", apply: |node, args| node.handler("onCopy", args) },
            Method { name: "onWillCopy", apply: |node, args| node.handler("onWillCopy", args) },
            Method { name: "onCut", apply: |node, args| node.handler("onCut", args) },
            Method { name: "onWillCut", apply: |node, args| node.handler("onWillCut", args) },
            Method { name: "onPaste", apply: |node, args| node.handler("onPaste", args) },
            Method { name: "onWillAttachIME", apply: |node, args| node.handler("onWillAttachIME", args) },
            Method { name: "onSecurityStateChange", apply: |node, args| node.handler("onSecurityStateChange", args) },
            Method {
                name: "enableKeyboardOnFocus",
                apply: |node, args| {
                    node.redraw(|state: &mut State| put(&mut state.keyboard_waits, args.get(0).as_bool() == Some(false)))
                },
            },
            Method { name: "customKeyboard", apply: accept },
            Method { name: "keyboardAppearance", apply: accept },
            Method { name: "stopBackPress", apply: accept },
            Method {
                name: "selectionMenuHidden",
                apply: |node, args| {
                    node.redraw(|state: &mut State| put(&mut state.hand.menu_hidden, args.get(0).as_bool() == Some(true)))
                },
            },
            Method { name: "editMenuOptions", apply: accept },
            Method {
                name: "enablePreviewText",
                apply: |node, args| {
                    node.redraw(|state: &mut State| put(&mut state.previews_nothing, args.get(0).as_bool() == Some(false)))
                },
            },
            Method { name: "enableHapticFeedback", apply: accept },
            Method { name: "enableSelectedDataDetector", apply: accept },
            Method { name: "autoCapitalizationMode", apply: accept },
            Method { name: "selectedDragPreviewStyle", apply: accept },
            $($own),*
        ]
    };
}

pub(super) static INPUT: &[Method] = field_methods![
    Method { name: "passwordIcon", apply: password_icon },
    Method { name: "underlineColor", apply: underline_color },
    Method { name: "enableAutoFillAnimation", apply: accept },
    Method { name: "barState", apply: |node, args| node.redraw(|state: &mut State| state.bar.set_state(args.get(0))) },
    // The library builds it, and tells its node by a command.
    Method { name: "showUnit", apply: accept },
    Method { name: "strokeJoinStyle", apply: accept },
    Method { name: "contentType", apply: accept },
    Method { name: "enableAutoFill", apply: accept },
    Method { name: "passwordRules", apply: accept },
];

pub(super) static AREA: &[Method] = field_methods![
    Method { name: "contentType", apply: accept },
    Method { name: "enableAutoFill", apply: accept },
    Method { name: "barState", apply: |node, args| node.redraw(|state: &mut State| state.bar.set_state(args.get(0))) },
    Method {
        name: "scrollBarColor",
        apply: |node, args| node.redraw(|state: &mut State| state.bar.set_color(args.get(0))),
    },
    Method { name: "strokeJoinStyle", apply: accept },
    Method { name: "horizontalScrolling", apply: accept },
];

pub(super) static SEARCH: &[Method] = field_methods![
    Method { name: "searchButton", apply: super::button::set },
    Method {
        name: "searchIcon",
        apply: |node, args| {
            let icon = Icon::from_value(args.get(0));
            node.restyle(|state: &mut State| state.search_icon = icon)
        },
    },
    Method {
        name: "dividerColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.divider_color, parse_color(args.get(0)))),
    },
    Method { name: "strokeJoinStyle", apply: accept },
    Method { name: "textFont", apply: concord_ui::font::font::<State> },
];
