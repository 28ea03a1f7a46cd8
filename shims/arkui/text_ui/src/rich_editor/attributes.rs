//! What the app says about a rich editor.

use super::State;
use crate::text::{position, text};
use crate::text_style::{self, SpanStyle};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Method, Setter};
use concord_ui::font::Font;
use concord_ui::value::{Args, Value};

fn flag(args: Args<'_>) -> bool {
    args.get(0).as_bool() == Some(true)
}

fn placeholder(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let text = text(args.get(0));
    let style = args.get(1);
    node.restyle(|state: &mut State| {
        state.placeholder = text;
        let font = Font::from_value(style.get("font"));
        let color = parse_color(style.get("fontColor"));
        state.placeholder_style = SpanStyle { font: Font { color, ..font }, ..SpanStyle::default() };
    })
}

/// Accepted: there is no keyboard on the screen, nothing is recognised in texts, and nothing vibrates.
fn accept(_node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    Value::Undefined
}

macro_rules! with_events {
    ([$($event:literal)*] $($own:expr),* $(,)?) => {
        &[
            $(Method { name: $event, apply: |node, args| node.handler($event, args) },)*
            $($own),*
        ]
    };
}

pub(super) static METHODS: &[Method] = with_events![
    [
        "onReady" "onSelect" "onSelectionChange" "aboutToIMEInput" "onIMEInputComplete" "onDidIMEInput" "aboutToDelete"
        "onDeleteComplete" "onWillChange" "onDidChange" "onEditingChange" "onSubmit" "onPaste" "onCopy" "onCut"
        "onWillAttachIME"
    ]
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method { name: "placeholder", apply: placeholder },
    Method {
        name: "caretColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.caret_color, parse_color(args.get(0)))),
    },
    Method {
        name: "selectedBackgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.selected_background, parse_color(args.get(0)))),
    },
    Method {
        name: "enterKeyType",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.enter_key, args.get(0).as_i32())),
    },
    Method {
        name: "maxLines",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.max_lines, position(args.get(0)))),
    },
    Method {
        name: "maxLength",
        apply: |node, args| {
            let max = position(args.get(0));
            node.redraw(|state: &mut State| state.model.set_options(|options| options.max_length = max))
        },
    },
    Method {
        name: "singleLine",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.single_line = flag(args);
                let several = !state.single_line;
                state.model.set_options(|options| options.multi_line = several);
            })
        },
    },
    Method {
        name: "copyOptions",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.copies_nothing, args.get(0).as_i32() == Some(0))),
    },
    Method {
        name: "undoStyle",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.model.keeps_style, args.get(0).as_i32() == Some(1))),
    },
    Method {
        name: "barState",
        apply: |node, args| node.redraw(|state: &mut State| state.bar.set_state(args.get(0))),
    },
    Method {
        name: "scrollBarColor",
        apply: |node, args| node.redraw(|state: &mut State| state.bar.set_color(args.get(0))),
    },
    Method { name: "enableAutoSpacing", apply: text_style::enable_auto_spacing::<State> },
    Method { name: "includeFontPadding", apply: text_style::include_font_padding::<State> },
    Method { name: "fallbackLineSpacing", apply: text_style::fallback_line_spacing::<State> },
    Method { name: "compressLeadingPunctuation", apply: text_style::compress_leading_punctuation::<State> },
    Method { name: "punctuationOverflow", apply: text_style::punctuation_overflow::<State> },
    Method { name: "orphanCharOptimization", apply: text_style::orphan_char_optimization::<State> },
    Method {
        name: "horizontalScrolling",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.single_line, flag(args))),
    },
    Method {
        name: "enableKeyboardOnFocus",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.keyboard_waits, args.get(0).as_bool() == Some(false)))
        },
    },
    Method { name: "enableDataDetector", apply: accept },
    Method { name: "dataDetectorConfig", apply: accept },
    Method { name: "enableSelectedDataDetector", apply: accept },
    Method {
        name: "enablePreviewText",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.previews_nothing, args.get(0).as_bool() == Some(false)))
        },
    },
    Method { name: "enableHapticFeedback", apply: accept },
    Method { name: "customKeyboard", apply: accept },
    Method { name: "keyboardAppearance", apply: accept },
    Method { name: "stopBackPress", apply: accept },
    Method { name: "bindSelectionMenu", apply: accept },
    Method { name: "editMenuOptions", apply: accept },
    Method { name: "selectedDragPreviewStyle", apply: accept },
    Method { name: "textDirection", apply: text_style::text_direction::<State> },
    Method { name: "lineBreakStrategy", apply: text_style::line_break::<State> },
];
