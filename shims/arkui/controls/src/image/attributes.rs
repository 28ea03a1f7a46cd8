//! What an image is told.

use super::State;
use super::fit::Fit;
use concord_paint::{ColorMatrix, Sampling};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Method, Setter};
use concord_ui::pictures::Source;
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let source = Source::from_value(args.get(0));
    let known = node.tree.state::<State>(node.node).is_some_and(|state| state.source == source);
    // Files may have changed; what is in packages has not.
    if known && !matches!(source, Some(Source::Text(_))) {
        return node.redraw(|_: &mut State| ());
    }
    node.restyle(|state: &mut State| {
        state.source = source;
        state.loaded = None;
    })
}

fn flag(args: Args<'_>) -> bool {
    args.get(0).as_bool() == Some(true)
}

/// The numbers of a colour filter: an array, or an object that has them as `value`.
fn color_matrix(value: &Value) -> Option<Box<ColorMatrix>> {
    let numbers = value.as_array().or_else(|| value.get("value").as_array())?;
    let numbers: Vec<f32> = numbers.iter().filter_map(Value::as_f32).collect();
    Some(Box::new(ColorMatrix(numbers.try_into().ok()?)))
}

fn source_size(value: &Value) -> Option<(f32, f32)> {
    let extent = |name: &str| value.get(name).as_f32().filter(|extent| *extent > 0.0);
    Some((extent("width")?, extent("height")?))
}

fn slices(value: &Value) -> Option<Box<[Length; 4]>> {
    let slice = value.get("slice");
    slice.as_object()?;
    let length = |name: &str| Length::from_value(slice.get(name), Unit::Vp).unwrap_or(Length::ZERO);
    Some(Box::new(["left", "top", "right", "bottom"].map(length)))
}

/// Accepted; without a meaning here.
fn ignored(_node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    Value::Undefined
}

pub(super) static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "alt",
        apply: |node, args| {
            let source = Source::from_value(args.get(0));
            node.restyle(|state: &mut State| {
                state.alt = source;
                state.alt_loaded = None;
            })
        },
    },
    Method {
        name: "objectFit",
        apply: |node, args| {
            let fit = args.get(0).as_i32().and_then(Fit::from_number).unwrap_or_default();
            node.redraw(|state: &mut State| put(&mut state.fit, fit))
        },
    },
    Method {
        name: "objectRepeat",
        apply: |node, args| {
            let repeat = args.get(0).as_i32().unwrap_or(0);
            node.redraw(|state: &mut State| put(&mut state.repeat, (matches!(repeat, 1 | 3), matches!(repeat, 2 | 3))))
        },
    },
    Method {
        name: "fillColor",
        apply: |node, args| {
            let color = parse_color(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.fill, color))
        },
    },
    Method {
        name: "interpolation",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.sampling = match args.get(0).as_i32() {
                    Some(0) => Some(Sampling::Nearest),
                    Some(1) => Some(Sampling::Linear),
                    Some(2) => Some(Sampling::Mipmap),
                    Some(3) => Some(Sampling::Cubic),
                    _ => None,
                };
            })
        },
    },
    Method {
        name: "renderMode",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.template, args.get(0).as_i32() == Some(1))),
    },
    Method {
        name: "colorFilter",
        apply: |node, args| {
            let matrix = color_matrix(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.color_filter, matrix))
        },
    },
    Method {
        name: "sourceSize",
        apply: |node, args| {
            let size = source_size(args.get(0));
            node.restyle(|state: &mut State| put(&mut state.source_size, size))
        },
    },
    Method {
        name: "fitOriginalSize",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.fit_original, flag(args))),
    },
    Method {
        name: "matchTextDirection",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.mirrored, flag(args))),
    },
    Method {
        name: "resizable",
        apply: |node, args| {
            let slices = slices(args.get(0));
            node.redraw(|state: &mut State| put(&mut state.slices, slices))
        },
    },
    Method { name: "onComplete", apply: |node, args| node.handler("onComplete", args) },
    Method { name: "onError", apply: |node, args| node.handler("onError", args) },
    Method { name: "onFinish", apply: |node, args| node.handler("onFinish", args) },
    // Pictures are decoded at once and in full, whatever these say.
    Method { name: "syncLoad", apply: ignored },
    Method { name: "autoResize", apply: ignored },
    Method { name: "draggable", apply: ignored },
    Method { name: "copyOption", apply: ignored },
    Method { name: "dynamicRangeMode", apply: ignored },
    Method { name: "edgeAntialiasing", apply: ignored },
    Method { name: "enableAnalyzer", apply: ignored },
    Method { name: "analyzerConfig", apply: ignored },
    Method { name: "privacySensitive", apply: ignored },
    Method { name: "enhancedImageQuality", apply: ignored },
    Method { name: "contentTransition", apply: ignored },
];
