//! `TabContent`: a page of `Tabs`, and what its tab in the bar shows.

use crate::component::{Component, Method, Setter, lookup, method};
use crate::geometry::Size;
use crate::layout::{ContentConstraint, Pass, place_aligned};
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Callback, Value};
use std::any::Any;

/// See the module.
pub(super) struct TabContent;

/// What a content is told.
#[derive(Default)]
struct State {
    /// Builds what is in it, until it was seen for the first time.
    builder: Option<Callback>,
    built: bool,
    label: Value,
    icon: Value,
    /// The tab, made by the app's side for builders and here for labels.
    item: Option<NodeId>,
    /// Whether the tab in the bar was made here, and with which state.
    drawn: Option<bool>,
}

/// Colours of `tab_pattern` in the theme: of the selected tab and of the others.
const SELECTED: f64 = 0xff00_7dff_u32 as f64;
const NORMAL: f64 = 0x9918_2431_u32 as f64;

/// Builds what is in a content, once.
pub(super) fn build(pass: &mut Pass<'_>, content: NodeId) {
    let Some(state) = pass.tree.state_mut::<State>(content) else { return };
    if state.built {
        return;
    }
    state.built = true;
    if let Some(builder) = state.builder.clone() {
        pass.host.call(pass.tree, &builder, &[]);
    }
}

/// Whether the tab of a content has an icon above its label.
pub(super) fn has_icon(tree: &Tree, content: NodeId) -> bool {
    tree.state::<State>(content).is_some_and(|state| !state.icon.is_nullish())
}

fn set(tree: &mut Tree, node: NodeId, name: &str, args: &[Value]) {
    let component = tree.get(node).map(|node| node.component);
    if let Some(method) = component.and_then(|component| method(component, name)) {
        (method.apply)(&mut Setter { tree, node }, Args(args));
    }
}

/// The tab of a content in the bar. Labels change their colour with the selection.
pub(super) fn bar_item(tree: &mut Tree, content: NodeId, selected: bool) -> Option<NodeId> {
    let state = tree.state::<State>(content)?;
    let known = state.item.filter(|item| tree.get(*item).is_some());
    if let Some(item) = known
        && (state.drawn.is_none() || state.drawn == Some(selected))
    {
        return Some(item);
    }
    let (label, icon) = (state.label.clone(), state.icon.clone());
    if let Some(old) = known {
        tree.destroy(old);
    }
    let item = tree.create(lookup("TabBarItem")?, -1);
    let column = tree.create(lookup("Column")?, -1);
    tree.append(item, column);
    let with_icon = !icon.is_nullish();
    if with_icon && let Some(image) = lookup("Image").map(|image| tree.create(image, -1)) {
        tree.append(column, image);
        set(tree, image, "create", &[icon]);
        set(tree, image, "width", &[Value::Number(24.0)]);
        set(tree, image, "height", &[Value::Number(24.0)]);
    }
    if !label.is_nullish() {
        let text = tree.create(lookup("Text")?, -1);
        tree.append(column, text);
        set(tree, text, "create", &[label]);
        set(tree, text, "fontSize", &[if with_icon { Value::text("10fp") } else { Value::text("16fp") }]);
        set(tree, text, "fontColor", &[Value::Number(if selected { SELECTED } else { NORMAL })]);
    }
    let state = tree.state_mut::<State>(content)?;
    state.item = Some(item);
    state.drawn = Some(selected);
    Some(item)
}

impl Component for TabContent {
    fn name(&self) -> &'static str {
        "TabContent"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }
}

/// The tabs of a bar changed: `Tabs` makes them anew.
fn relabel(node: &mut Setter<'_>, label: Value, icon: Value) -> Value {
    let old = node.tree.state_mut::<State>(node.node).and_then(|state| {
        state.label = label;
        state.icon = icon;
        let made_here = state.drawn.take().is_some();
        state.item.take().filter(|_| made_here)
    });
    if let Some(old) = old {
        node.tree.destroy(old);
    }
    if let Some(tabs) = node.tree.frame_parent(node.node) {
        node.tree.mark_measure(tabs);
    }
    Value::Undefined
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let builder = args.get(0).as_callback().cloned();
            node.restyle(|state: &mut State| state.builder = builder)
        },
    },
    Method {
        name: "tabBar",
        apply: |node, args| {
            let value = args.get(0);
            match value {
                // `SubTabBarStyle` and `BottomTabBarStyle` have their text and icon under these names.
                Value::Object(_) => {
                    let first = |names: [&str; 2]| {
                        names.into_iter().map(|name| value.get(name)).find(|value| !value.is_nullish()).cloned()
                    };
                    let label = first(["content", "text"]).unwrap_or_default();
                    relabel(node, label, value.get("icon").clone())
                }
                Value::Callback(_) => Value::Undefined,
                label => relabel(node, label.clone(), Value::Undefined),
            }
        },
    },
];

/// What the app's side says: the tab that it has built.
static COMMANDS: &[Method] = &[Method {
    name: "tabBarItem",
    apply: |node, args| {
        let number = args.get(0).as_f64().filter(|number| *number > 0.0);
        let item = number.and_then(|number| node.tree.by_number(number as u64));
        relabel(node, Value::Undefined, Value::Undefined);
        node.restyle(|state: &mut State| state.item = item)
    },
}];
