//! `CheckboxGroup`: shows and sets whether all checkboxes of a group are chosen.

use super::checkbox::{self, Boxed, Colors, Mark, box_methods};
use super::{Bound, EMPHASIZE, content, members, set_selected};
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::handlers;
use concord_ui::input::UiState;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct CheckboxGroup;

/// `SelectStatus`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    All,
    Part,
    None,
}

#[derive(Default)]
struct State {
    group: Option<Rc<str>>,
    /// What `selectAll` said last.
    all: Option<bool>,
    /// `selectAll(true)` that waits for the first layout: the checkboxes come later than the group.
    pending: bool,
    bound: Option<Callback>,
    colors: Colors,
}

impl Boxed for State {
    fn colors(&mut self) -> &mut Colors {
        &mut self.colors
    }
}

fn boxes(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let Some(group) = tree.state::<State>(node).and_then(|state| state.group.clone()) else { return Vec::new() };
    members(tree, node, |state: &checkbox::State| state.group.as_ref() == Some(&group))
}

fn status(tree: &Tree, boxes: &[NodeId]) -> Status {
    let on = boxes.iter().filter(|id| tree.state::<checkbox::State>(**id).is_some_and(|state| state.chosen.on)).count();
    match on {
        0 => Status::None,
        all if all == boxes.len() => Status::All,
        _ => Status::Part,
    }
}

/// Tells the app of the group what is chosen now.
fn tell(tree: &mut Tree, node: NodeId, before: Option<Status>) {
    let boxes = boxes(tree, node);
    let status = status(tree, &boxes);
    let chosen = boxes.iter().filter_map(|id| tree.state::<checkbox::State>(*id)).filter(|state| state.chosen.on);
    let names: Vec<Value> = chosen.map(|state| state.name.clone().map_or(Value::text(""), Value::String)).collect();
    let result = Value::object([("name", Value::array(names)), ("status", Value::Number(f64::from(status as u8)))]);
    let bound = tree.state::<State>(node).and_then(|state| state.bound.clone());
    let all = status == Status::All;
    if let Some(bound) = bound.filter(|_| before.is_none_or(|before| (before == Status::All) != all)) {
        tree.emit(&bound, vec![Value::Bool(all)]);
    }
    if let Some(state) = tree.state_mut::<State>(node) {
        state.all = Some(all);
    }
    set_selected(tree, node, all);
    tree.emit_event(node, "onChange", vec![result]);
}

/// A checkbox was changed by hand or by the app: its group hears of it.
pub(super) fn member_changed(tree: &mut Tree, member: NodeId) {
    let Some(group) = tree.state::<checkbox::State>(member).and_then(|state| state.group.clone()) else { return };
    for node in members(tree, member, |state: &State| state.group.as_ref() == Some(&group)) {
        tell(tree, node, None);
    }
}

fn set_all(tree: &mut Tree, node: NodeId, on: bool, only_untold: bool) {
    let boxes = boxes(tree, node);
    let before = status(tree, &boxes);
    let mut changed = false;
    for id in boxes {
        let told = tree.state::<checkbox::State>(id).is_some_and(|state| state.chosen.told);
        if !(only_untold && told) {
            changed |= checkbox::set(tree, id, on);
        }
    }
    if changed {
        tell(tree, node, Some(before));
    }
}

impl Component for CheckboxGroup {
    fn name(&self) -> &'static str {
        "CheckboxGroup"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        checkbox::looks(tree, node)
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let pending = pass.tree.state_mut::<State>(node).is_some_and(|state| std::mem::take(&mut state.pending));
        if pending {
            // What the app says of a checkbox itself counts more.
            set_all(pass.tree, node, true, true);
        }
        checkbox::measure(&pass.tree.environment, constraint)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let mark = match status(tree, &boxes(tree, node)) {
            Status::All => Mark::Tick,
            Status::Part => Mark::Dash,
            Status::None => Mark::None,
        };
        let pressed = tree.ui_state(node).has(UiState::PRESSED);
        checkbox::paint(painter, content(tree, node), &tree.environment, &state.colors, mark, pressed);
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, _at: Point) {
        let all = status(pass.tree, &boxes(pass.tree, node)) == Status::All;
        set_all(pass.tree, node, !all, false);
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let name = state.group.clone().map_or(Value::text(""), Value::String);
        let status = status(tree, &boxes(tree, node));
        Some(Value::object([("name", name), ("status", Value::Number(f64::from(status as u8)))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let all = status(tree, &boxes(tree, node)) == Status::All;
        out.flag("select", all);
        out.flag("selectAll", all);
        out.text("group", state.group.as_deref().unwrap_or_default());
        out.color("selectedColor", state.colors.selected.unwrap_or(EMPHASIZE.of(&tree.environment)));
        out.color("unselectedColor", state.colors.unselected.unwrap_or(checkbox::frame_color(&tree.environment)));
    }
}

static COMMANDS: &[Method] = &[Method {
    name: "triggerChange",
    apply: |node, args| {
        set_all(node.tree, node.node, args.get(0).as_bool() == Some(true), false);
        Value::Undefined
    },
}];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let group = args.get(0).get("group").as_str().filter(|group| !group.is_empty()).map(Rc::from);
            node.restyle(|state: &mut State| put(&mut state.group, group))
        },
    },
    Method {
        name: "selectAll",
        apply: |node, args| {
            let bound = Bound::args(args);
            let on = bound.value.as_bool() == Some(true);
            let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
            state.bound = bound.change;
            let before = state.all.replace(on);
            match before {
                None => state.pending = on,
                // `false` that only repeats what a checkbox has done by itself leaves the others alone.
                Some(before) if before != on => set_all(node.tree, node.node, on, false),
                Some(_) => {}
            }
            node.tree.mark_measure(node.node);
            Value::Undefined
        },
    },
    BOX[0],
    BOX[1],
    BOX[2],
    BOX[3],
    EVENTS[0],
];

static BOX: [Method; 4] = box_methods::<State>("checkboxShape");
static EVENTS: &[Method] = handlers!["onChange"];
