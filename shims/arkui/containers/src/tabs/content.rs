//! `TabContent`: a page of `Tabs`, and what its tab in the bar shows.

use super::style::{Drawn, Mark, TabStyle};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::handlers;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Value};
use std::any::Any;

/// See the module.
pub(crate) struct TabContent;

/// What a content is told.
#[derive(Default)]
struct State {
    /// Builds what is in it when it is seen, and takes it away again.
    builder: Option<Callback>,
    remover: Option<Callback>,
    built: bool,
    style: Option<TabStyle>,
    /// The tab, when the app's side has made it.
    item: Option<NodeId>,
    /// The tab that was made here.
    drawn: Option<Drawn>,
}

/// Builds what is in a content, unless it is there.
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

/// Takes away what is in a content; it is built again when it is seen again.
pub(super) fn release(pass: &mut Pass<'_>, content: NodeId) {
    let Some(state) = pass.tree.state_mut::<State>(content) else { return };
    let Some(remover) = state.remover.clone().filter(|_| state.built) else { return };
    state.built = false;
    pass.host.call(pass.tree, &remover, &[]);
}

/// Whether the tab of a content has an icon.
pub(super) fn has_icon(tree: &Tree, content: NodeId) -> bool {
    style(tree, content).is_some_and(TabStyle::has_icon)
}

/// What the tab of a content looks like, unless the app builds it.
pub(super) fn style(tree: &Tree, content: NodeId) -> Option<&TabStyle> {
    tree.state::<State>(content)?.style.as_ref()
}

/// How the selected tab is marked, with the nodes of the content's tab.
pub(super) fn mark(tree: &Tree, content: NodeId) -> Option<(&Mark, &Drawn)> {
    let state = tree.state::<State>(content)?;
    Some((state.style.as_ref()?.mark()?, state.drawn.as_ref()?))
}

/// The tab of a content in the bar. Its looks change with the selection. `width` is the tab's, in vp.
pub(super) fn bar_item(tree: &mut Tree, content: NodeId, selected: bool, width: f32) -> Option<NodeId> {
    let state = tree.state::<State>(content)?;
    if let Some(item) = state.item.filter(|item| tree.get(*item).is_some()) {
        return Some(item);
    }
    let style = state.style.clone().unwrap_or_else(|| TabStyle::from_value(&Value::Undefined));
    let drawn = style.draw(tree, state.drawn, selected, width)?;
    tree.state_mut::<State>(content)?.drawn = Some(drawn);
    Some(drawn.item)
}

impl Component for TabContent {
    fn name(&self) -> &'static str {
        "TabContent"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(EVENTS).copied().collect());
        &ALL
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        // Colours that the app does not say are those of the theme.
        if let Some(drawn) = tree.state_mut::<State>(node).and_then(|state| state.drawn.as_mut()) {
            drawn.selected = None;
        }
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

/// The tab of a content is another one: `Tabs` makes it anew.
fn relabel(node: &mut Setter<'_>, style: Option<TabStyle>, item: Option<NodeId>) -> Value {
    let old = node.tree.state_mut::<State>(node.node).and_then(|state| {
        state.style = style;
        state.item = item;
        state.drawn.take()
    });
    if let Some(old) = old {
        node.tree.destroy(old.item);
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
            let remover = args.get(1).as_callback().cloned();
            node.restyle(|state: &mut State| {
                state.builder = builder;
                state.remover = remover;
            })
        },
    },
    Method {
        name: "tabBar",
        apply: |node, args| match args.get(0) {
            Value::Callback(_) => Value::Undefined,
            value => relabel(node, Some(TabStyle::from_value(value)), None),
        },
    },
];

static EVENTS: &[Method] = handlers!["onWillShow", "onWillHide"];

/// What the app's side says: the tab that it has built.
static COMMANDS: &[Method] = &[Method {
    name: "tabBarItem",
    apply: |node, args| {
        let number = args.get(0).as_f64().filter(|number| *number > 0.0);
        let item = number.and_then(|number| node.tree.by_number(number as u64));
        relabel(node, None, item)
    },
}];
