//! `NavDestination`: a page of a `Navigation`.

use super::bars::{self, Bars, TitleMode};
use concord_paint::Color;
use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct NavDestination;

/// What a destination is told.
pub(super) struct State {
    pub(super) bars: Bars,
    dialog: bool,
    /// `hideBackButton`, whatever the place in the stack says.
    hide_back: bool,
    /// The first destination beside a navigation bar has nothing to go back to.
    first: bool,
}

/// `background` of the theme.
const BACKGROUND: Color = Color::from_argb(0xffff_ffff);
const BACKGROUND_DARK: Color = Color::from_argb(0xff00_0000);

fn contents(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let mut children = tree.frame_children(node);
    children
        .retain(|child| !bars::is_bar(tree, *child) && tree.get(*child).is_some_and(|child| !child.common.is_gone()));
    children
}

impl Component for NavDestination {
    fn name(&self) -> &'static str {
        "NavDestination"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State { bars: Bars::new(TitleMode::Mini), dialog: false, hide_back: false, first: false })
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| bars::METHODS.iter().chain(METHODS).chain(EVENTS).copied().collect());
        &ALL
    }

    fn commands(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| bars::COMMANDS.iter().chain(COMMANDS).copied().collect());
        &ALL
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let dialog = tree.state::<State>(node).is_some_and(|state| state.dialog);
        let color = if tree.environment.dark { BACKGROUND_DARK } else { BACKGROUND };
        Looks { background: (!dialog).then_some(color), ..Looks::default() }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        bars::forget(tree, node, bars::of);
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let size = super::super::side_bar_container::fill(constraint);
        let area = bars::measure(pass, node, bars::of, Rect { origin: Point::ZERO, size });
        for child in contents(pass.tree, node) {
            pass.measure(child, &Constraint::up_to(area.size));
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        bars::follow(pass.tree, node);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(area) = bars::of(pass.tree, node).map(|bars| bars.area) else { return };
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::TopStart);
        let (x, y) = alignment.factors(pass.tree.is_right_to_left(node));
        for child in contents(pass.tree, node) {
            let outer = pass.outer(child);
            let free = Point::new((area.size.width - outer.width) * x, (area.size.height - outer.height) * y);
            pass.place_child(child, content.origin + area.origin + free);
        }
        bars::place(pass, node, bars::of, content.origin);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let (main, sub) = state.bars.texts();
        out.text("title", main.as_str().unwrap_or_default());
        out.text("subtitle", sub.as_str().unwrap_or_default());
        out.flag("hideTitleBar", state.bars.hide_title);
        out.flag("hideToolBar", state.bars.hide_tools);
        out.text("mode", if state.dialog { "NavDestinationMode::DIALOG" } else { "NavDestinationMode::STANDARD" });
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "mode",
        apply: |node, args| {
            let dialog = args.get(0).as_i32() == Some(1);
            node.restyle(|state: &mut State| put(&mut state.dialog, dialog))
        },
    },
    Method {
        name: "hideBackButton",
        apply: |node, args| {
            let hide = args.get(0).as_bool() == Some(true);
            node.restyle(|state: &mut State| put(&mut state.hide_back, hide));
            hide_back(node)
        },
    },
];

fn hide_back(node: &mut concord_ui::component::Setter<'_>) -> Value {
    let hidden = node.tree.state::<State>(node.node).is_some_and(|state| state.hide_back || state.first);
    bars::change(node, bars::of, |bars| bars.hide_back = hidden)
}

/// Kept for the app; destinations change at once.
static EVENTS: &[Method] = handlers!["customTransition", "onNavBarStateChange"];

static COMMANDS: &[Method] = &[Method {
    name: "first",
    apply: |node, args| {
        let first = args.get(0).as_bool() == Some(true);
        if node.tree.state::<State>(node.node).is_some_and(|state| state.first != first) {
            node.restyle(|state: &mut State| put(&mut state.first, first));
            hide_back(node);
        }
        Value::Undefined
    },
}];
