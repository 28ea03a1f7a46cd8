//! Attributes of a node that input reads: regions, gestures, focus.

use super::gesture::Attached;
use super::hit::Region;
use crate::component::{Method, Setter};
use crate::handlers;
use crate::value::{Callback, Value};
use std::rc::Rc;

/// What input reads. Unset is the default of the component.
#[derive(Debug, Default)]
pub struct InputStyle {
    /// `gesture`, `priorityGesture`, `parallelGesture`, in the order of binding.
    pub gestures: Vec<Attached>,
    /// `responseRegion`, instead of the frame.
    pub response_region: Vec<Region>,
    /// `mouseResponseRegion`.
    pub mouse_response_region: Vec<Region>,
    /// Longest way that a finger may move in a click, in vp.
    pub click_distance: Option<f32>,
    /// `focusable`.
    pub focusable: Option<bool>,
    /// `defaultFocus`.
    pub default_focus: bool,
    /// `groupDefaultFocus`.
    pub group_default_focus: bool,
    /// `focusOnTouch`.
    pub focus_on_touch: Option<bool>,
    /// `tabIndex`; 0 is the order of the tree.
    pub tab_index: i32,
    /// `draggable`.
    pub draggable: Option<bool>,
    /// `monopolizeEvents`.
    pub monopolizes: bool,
    /// `hoverEffect`.
    pub hover: HoverEffect,
    /// Where the focus goes, and what shows it.
    pub focus: Option<Box<super::focus_style::FocusStyle>>,
    /// `touchable(false)`.
    pub untouchable: bool,
    /// `keyboardShortcut`s.
    pub shortcuts: Vec<Shortcut>,
}

/// `HoverEffect`: what shows that the mouse is over a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HoverEffect {
    /// What the component does by itself.
    #[default]
    Auto,
    /// It grows a little.
    Scale,
    /// It is shaded.
    Highlight,
    /// Nothing, whatever the component would do.
    None,
}

/// A key combination that clicks a node, or calls a function.
#[derive(Debug, Clone)]
pub struct Shortcut {
    /// A character in upper case, or the name of a function key.
    pub key: Key,
    /// `ModifierKey` numbers: 0 Ctrl, 1 Shift, 2 Alt.
    pub modifiers: Vec<i32>,
    /// What to call instead of a click.
    pub action: Option<Callback>,
}

/// The key of a [`Shortcut`].
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A character.
    Character(Rc<str>),
    /// `FunctionKey`.
    Function(i32),
}

impl Setter<'_> {
    fn input(&mut self, change: impl FnOnce(&mut InputStyle)) -> Value {
        if let Some(node) = self.tree.get_mut(self.node) {
            change(node.common.input.get_or_insert_default());
        }
        Value::Undefined
    }
}

/// Forgets what is bound again by each update of a page: gestures and shortcuts.
pub fn reset(tree: &mut crate::tree::Tree, node: crate::tree::NodeId) {
    if let Some(style) = tree.get_mut(node).and_then(|node| node.common.input.as_mut()) {
        style.gestures.clear();
        style.shortcuts.clear();
    }
}

fn flag(value: &Value) -> Option<bool> {
    value.as_bool()
}

fn attach(node: &mut Setter<'_>, value: &Value, mask: &Value, priority: super::gesture::Priority) -> Value {
    if let Some(attached) = Attached::from_value(value, priority, mask.as_i32() == Some(1)) {
        node.input(|style| style.gestures.push(attached));
    }
    Value::Undefined
}

pub(crate) static METHODS: &[Method] = &[
    // How the library hands over what `Gesture.create` … `Gesture.pop` described: a description, then the mask.
    Method {
        name: "gesture",
        apply: |node, args| attach(node, args.get(0), args.get(1), super::gesture::Priority::Low),
    },
    Method {
        name: "priorityGesture",
        apply: |node, args| attach(node, args.get(0), args.get(1), super::gesture::Priority::High),
    },
    Method {
        name: "parallelGesture",
        apply: |node, args| attach(node, args.get(0), args.get(1), super::gesture::Priority::Parallel),
    },
    Method { name: "clearGestures", apply: |node, _| node.input(|style| style.gestures.clear()) },
    Method {
        name: "responseRegion",
        apply: |node, args| node.input(|style| style.response_region = Region::list(args.get(0))),
    },
    Method {
        name: "mouseResponseRegion",
        apply: |node, args| node.input(|style| style.mouse_response_region = Region::list(args.get(0))),
    },
    Method {
        name: "onClick",
        apply: |node, args| {
            node.input(|style| style.click_distance = args.get(1).as_f32().filter(|distance| *distance > 0.0));
            node.handler("onClick", args)
        },
    },
    Method { name: "focusable", apply: |node, args| node.input(|style| style.focusable = flag(args.get(0))) },
    Method {
        name: "defaultFocus",
        apply: |node, args| node.input(|style| style.default_focus = flag(args.get(0)) == Some(true)),
    },
    Method {
        name: "groupDefaultFocus",
        apply: |node, args| node.input(|style| style.group_default_focus = flag(args.get(0)) == Some(true)),
    },
    Method { name: "focusOnTouch", apply: |node, args| node.input(|style| style.focus_on_touch = flag(args.get(0))) },
    Method {
        name: "tabIndex",
        apply: |node, args| node.input(|style| style.tab_index = args.get(0).as_i32().unwrap_or(0)),
    },
    Method {
        name: "touchable",
        apply: |node, args| node.input(|style| style.untouchable = flag(args.get(0)) == Some(false)),
    },
    Method { name: "draggable", apply: |node, args| node.input(|style| style.draggable = flag(args.get(0))) },
    Method {
        name: "monopolizeEvents",
        apply: |node, args| node.input(|style| style.monopolizes = flag(args.get(0)) == Some(true)),
    },
    Method {
        name: "hoverEffect",
        apply: |node, args| {
            let effect = match args.get(0).as_i32() {
                Some(0) => HoverEffect::None,
                Some(2) => HoverEffect::Scale,
                Some(3) => HoverEffect::Highlight,
                _ => HoverEffect::Auto,
            };
            node.input(|style| style.hover = effect)
        },
    },
    Method {
        name: "responseRegionList",
        apply: |node, args| {
            let regions = Region::list(args.get(0));
            node.input(|style| style.response_region = regions)
        },
    },
    // The device makes the sound; there is none here.
    Method { name: "enableClickSoundEffect", apply: |_, _| Value::Undefined },
    Method {
        name: "keyboardShortcut",
        apply: |node, args| {
            let key = match args.get(0) {
                Value::String(text) if !text.is_empty() => Some(Key::Character(text.to_uppercase().into())),
                Value::Number(number) => Some(Key::Function(*number as i32)),
                _ => None,
            };
            let modifiers = args.get(1).as_array().unwrap_or_default().iter().filter_map(Value::as_i32).collect();
            let action = args.get(2).as_callback().cloned();
            node.input(|style| match key {
                Some(key) => style.shortcuts.push(Shortcut { key, modifiers, action }),
                None => style.shortcuts.clear(),
            })
        },
    },
];

/// Handlers of input that are only kept.
pub(crate) static EVENTS: &[Method] = handlers![
    "onTouch",
    "onHover",
    "onHoverMove",
    "onMouse",
    "onAxisEvent",
    "onKeyEvent",
    "onKeyPreIme",
    "onKeyEventDispatch",
    "onFocus",
    "onBlur",
    "onTouchIntercept",
    "onGestureJudgeBegin",
    "onGestureRecognizerJudgeBegin",
    "onChildTouchTest",
    "onTouchTestDone",
    "shouldBuiltInRecognizerParallelWith",
    "shouldRecognizerParallelWith",
    "onGestureCollectIntercept",
    "onFocusAxisEvent",
    "onDigitalCrown",
    "onNeedSoftkeyboard",
    // What the library itself binds beside the app's own handlers: controllers of nodes, context menus and tips.
    "boundTouch",
    "boundMouse",
    "boundHover",
    "onDragStart",
    "onDragEnter",
    "onDragMove",
    "onDragLeave",
    "onDrop",
    "onDragEnd",
    "onPreDrag",
    "onDragSpringLoading",
];
