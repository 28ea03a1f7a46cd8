//! Attributes and events that all containers have that scroll.

use crate::change::{Change, put};
use crate::common::{BasicShape, parse_color};
use crate::component::{Method, Setter};
use crate::handlers;
use crate::units::{Length, Unit};
use crate::value::{Args, Value};
use concord_paint::Color;

/// `EdgeEffect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeEffect {
    /// Content can be pulled over the edge and comes back.
    Spring,
    /// Content stops at the edge, and a shade shows it.
    Fade,
    /// Content stops at the edge.
    None,
}

impl EdgeEffect {
    /// From the platform's number: Spring 0, Fade 1, None 2.
    pub fn from_value(value: &Value) -> Option<EdgeEffect> {
        match value.as_i32()? {
            0 => Some(EdgeEffect::Spring),
            1 => Some(EdgeEffect::Fade),
            2 => Some(EdgeEffect::None),
            _ => None,
        }
    }
}

/// `NestedScrollMode`: who moves first, the container or the one around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NestedMode {
    /// Only the container.
    #[default]
    SelfOnly,
    /// The container, and at its edge the one around it.
    SelfFirst,
    /// The one around it, and at its edge the container.
    ParentFirst,
    /// Both.
    Parallel,
}

impl NestedMode {
    fn from_value(value: &Value) -> NestedMode {
        match value.as_i32() {
            Some(1) => NestedMode::SelfFirst,
            Some(2) => NestedMode::ParentFirst,
            Some(3) => NestedMode::Parallel,
            _ => NestedMode::SelfOnly,
        }
    }
}

/// `BarState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarState {
    /// Never shown.
    Off,
    /// Always shown.
    On,
    /// Shown while content moves.
    #[default]
    Auto,
}

impl BarState {
    /// From the platform's number.
    pub fn from_value(value: &Value) -> BarState {
        match value.as_i32() {
            Some(0) => BarState::Off,
            Some(1) => BarState::On,
            _ => BarState::Auto,
        }
    }
}

/// `clipContent`: where content is cut off.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentClip {
    /// At the content box: inside the padding.
    ContentOnly,
    /// At the component's box.
    Boundary,
    /// At the component's box and the parts of the safe area that it reaches into.
    SafeArea,
    /// At a rectangle of the app.
    Shape(Box<BasicShape>),
}

/// Free space before and behind content.
pub type Offsets = (Option<Length>, Option<Length>);

/// What the attributes say.
#[derive(Debug)]
pub struct Style {
    /// `edgeEffect`.
    pub edge_effect: EdgeEffect,
    /// `edgeEffect(…, {alwaysEnabled})`: also when there is nothing to scroll.
    pub always_enabled: bool,
    /// `edgeEffect(…, {effectEdge})`: at the start, at the end.
    pub effect_edges: (bool, bool),
    /// What `edge_effect` is when the app takes it back.
    default_edge_effect: EdgeEffect,
    /// `enableScrollInteraction`.
    pub interactive: bool,
    /// `friction`, when the app says one.
    friction: Option<f32>,
    /// `flingSpeedLimit` in vp per second.
    pub fling_limit: f32,
    /// `nestedScroll`: on, and back.
    pub nested: (NestedMode, NestedMode),
    /// `scrollBar`.
    pub bar: BarState,
    /// `scrollBarWidth`.
    pub bar_width: Option<Length>,
    /// `scrollBarColor`.
    pub bar_color: Option<Color>,
    /// `scrollBarMargin`: before and behind the bar's way.
    pub bar_margin: (Length, Length),
    /// `scrollBarHeight`: how long the bar's way is.
    pub bar_length: Option<Length>,
    /// `fadingEdge`: how long the edges are that fade, when they do.
    pub fading: Option<Length>,
    /// `clipContent`, when the app says it.
    pub clip: Option<ContentClip>,
    /// `contentStartOffset`, `contentEndOffset`: free space before and behind the content.
    pub content_offset: Offsets,
    /// `enableScrollWithMouse`: whether the left button of a mouse drags content.
    pub by_mouse: bool,
    /// `focusWrapMode(WRAP_WITH_ARROW)`: whether the focus goes from the end of a line to the next one.
    pub wraps_focus: bool,
    /// `backToTop`: whether a tap on the status bar takes content to its start.
    pub back_to_top: bool,
}

/// Fastest fling in vp per second.
const FLING_LIMIT: f32 = 9000.0;

impl Style {
    pub(super) fn new(edge_effect: EdgeEffect) -> Style {
        Style {
            edge_effect,
            always_enabled: false,
            effect_edges: (true, true),
            default_edge_effect: edge_effect,
            interactive: true,
            friction: None,
            fling_limit: FLING_LIMIT,
            nested: Default::default(),
            bar: BarState::default(),
            bar_width: None,
            bar_color: None,
            bar_margin: (Length::ZERO, Length::ZERO),
            bar_length: None,
            fading: None,
            clip: None,
            content_offset: (None, None),
            by_mouse: false,
            wraps_focus: false,
            back_to_top: false,
        }
    }

    /// How much flings are slowed down. What holds where the app says nothing depends on the API that it is made for.
    pub fn friction(&self, target_api: u32) -> f32 {
        self.friction.unwrap_or(match target_api {
            0..11 => 0.6,
            11 => 0.7,
            _ => 0.75,
        })
    }

    /// Whether content can be pulled over the start (`forward` false) or the end.
    pub fn springs(&self, forward: bool) -> bool {
        self.edge_effect == EdgeEffect::Spring && if forward { self.effect_edges.1 } else { self.effect_edges.0 }
    }
}

impl Setter<'_> {
    /// Changes how a container scrolls, and places its content again.
    pub fn rescroll<C: Change>(&mut self, change: impl FnOnce(&mut super::ScrollState) -> C) -> Value {
        if self.tree.scroll_mut(self.node).is_some_and(|scroll| change(scroll).changed()) {
            self.tree.mark_place(self.node);
        }
        Value::Undefined
    }
}

fn edge_effect(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(1);
    node.rescroll(|scroll| {
        let style = &mut scroll.style;
        style.edge_effect = EdgeEffect::from_value(args.get(0)).unwrap_or(style.default_edge_effect);
        style.always_enabled = options.get("alwaysEnabled").as_bool().unwrap_or(false);
        let edges = options.get("effectEdge").as_i32().unwrap_or(3);
        style.effect_edges = (edges & 1 != 0, edges & 2 != 0);
    })
}

pub static METHODS: &[Method] = &[
    Method { name: "edgeEffect", apply: |node, args| edge_effect(node, args) },
    Method {
        name: "enableScrollInteraction",
        apply: |node, args| {
            node.rescroll(|scroll| put(&mut scroll.style.interactive, args.get(0).as_bool() != Some(false)))
        },
    },
    Method {
        name: "friction",
        apply: |node, args| {
            let friction = args.get(0).as_f32().filter(|friction| *friction > 0.0);
            node.rescroll(|scroll| put(&mut scroll.style.friction, friction))
        },
    },
    Method {
        name: "flingSpeedLimit",
        apply: |node, args| {
            let limit = args.get(0).as_f32().filter(|limit| *limit > 0.0).unwrap_or(FLING_LIMIT);
            node.rescroll(|scroll| put(&mut scroll.style.fling_limit, limit))
        },
    },
    Method {
        name: "nestedScroll",
        apply: |node, args| {
            let mode = args.get(0);
            let nested =
                (NestedMode::from_value(mode.get("scrollForward")), NestedMode::from_value(mode.get("scrollBackward")));
            node.rescroll(|scroll| put(&mut scroll.style.nested, nested))
        },
    },
    Method {
        name: "scrollBar",
        apply: |node, args| node.rescroll(|scroll| put(&mut scroll.style.bar, BarState::from_value(args.get(0)))),
    },
    Method {
        name: "scrollBarWidth",
        apply: |node, args| {
            node.rescroll(|scroll| put(&mut scroll.style.bar_width, Length::from_value(args.get(0), Unit::Vp)))
        },
    },
    Method {
        name: "scrollBarColor",
        apply: |node, args| node.rescroll(|scroll| put(&mut scroll.style.bar_color, parse_color(args.get(0)))),
    },
    Method {
        name: "scrollBarMargin",
        apply: |node, args| {
            let margin = |name: &str| Length::from_value(args.get(0).get(name), Unit::Vp).unwrap_or(Length::ZERO);
            node.rescroll(|scroll| put(&mut scroll.style.bar_margin, (margin("start"), margin("end"))))
        },
    },
    Method {
        name: "scrollBarHeight",
        apply: |node, args| {
            node.rescroll(|scroll| put(&mut scroll.style.bar_length, Length::from_value(args.get(0), Unit::Vp)))
        },
    },
    // Bars lie inside of rounded corners here in any case.
    Method { name: "autoAdjustScrollBarMargin", apply: |_, _| Value::Undefined },
    Method {
        name: "fadingEdge",
        apply: |node, args| {
            let length = Length::from_value(args.get(1).get("fadingEdgeLength"), Unit::Vp);
            let length = length.unwrap_or(Length::vp(super::fade::LENGTH));
            let fading = (args.get(0).as_bool() == Some(true)).then_some(length);
            node.rescroll(|scroll| put(&mut scroll.style.fading, fading))
        },
    },
    Method {
        name: "clipContent",
        apply: |node, args| {
            let value = args.get(0);
            let clip = match value.as_i32() {
                Some(0) => Some(ContentClip::ContentOnly),
                Some(1) => Some(ContentClip::Boundary),
                Some(2) => Some(ContentClip::SafeArea),
                _ => BasicShape::from_value(value).map(|shape| ContentClip::Shape(Box::new(shape))),
            };
            node.rescroll(|scroll| put(&mut scroll.style.clip, clip))
        },
    },
    Method { name: "contentStartOffset", apply: |node, args| content_offset(node, args, |offsets| &mut offsets.0) },
    Method { name: "contentEndOffset", apply: |node, args| content_offset(node, args, |offsets| &mut offsets.1) },
    Method {
        name: "enableScrollWithMouse",
        apply: |node, args| {
            node.rescroll(|scroll| put(&mut scroll.style.by_mouse, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "backToTop",
        apply: |node, args| {
            node.rescroll(|scroll| put(&mut scroll.style.back_to_top, args.get(0).as_bool() == Some(true)))
        },
    },
    // There is no crown to turn.
    Method { name: "digitalCrownSensitivity", apply: |_, _| Value::Undefined },
];

/// `focusWrapMode`, of lists and grids. `FocusWrapMode`: DEFAULT 0, WRAP_WITH_ARROW 1.
pub const FOCUS_WRAP_MODE: Method = Method {
    name: "focusWrapMode",
    apply: |node, args| {
        let wraps = args.get(0).as_i32() == Some(1);
        node.rescroll(|scroll| put(&mut scroll.style.wraps_focus, wraps))
    },
};

/// Free space at the start or at the end of the content; what is negative counts as none.
fn content_offset(node: &mut Setter<'_>, args: Args<'_>, side: fn(&mut Offsets) -> &mut Option<Length>) -> Value {
    let length = Length::from_value(args.get(0), Unit::Vp);
    node.rescroll(|scroll| *side(&mut scroll.style.content_offset) = length);
    node.tree.mark_measure(node.node);
    Value::Undefined
}

/// Events that all have. Their arguments differ between `Scroll` and the others; see `events.rs`.
pub static EVENTS: &[Method] = handlers![
    "onScroll",
    "onWillScroll",
    "onDidScroll",
    "onScrollFrameBegin",
    "onScrollStart",
    "onScrollStop",
    "onReachStart",
    "onReachEnd",
    "onScrollIndex",
    "onScrollEdge",
    "onWillStartDragging",
    "onWillStopDragging",
    "onDidStopDragging",
    "onWillStartFling",
    "onDidStopFling",
];

/// The methods of a component that scrolls: the shared ones and its own, which come before them.
#[macro_export]
macro_rules! scrollable {
    ($own:expr) => {{
        static ALL: std::sync::LazyLock<Vec<$crate::component::Method>> =
            std::sync::LazyLock::new(|| $crate::scroll::with_shared($own));
        &ALL
    }};
}

/// See [`scrollable!`](crate::scrollable).
pub fn with_shared(own: &[Method]) -> Vec<Method> {
    METHODS.iter().chain(EVENTS).chain(own).copied().collect()
}
