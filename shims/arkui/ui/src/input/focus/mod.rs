//! The focus: which node gets the keys, and how it moves.
//!
//! One leaf has it, and with it everything around the leaf. Each layer of a window (a page, a dialog) remembers its own; the
//! topmost layer has the focus.

mod order;

use super::state::UiState;
use super::{focus_style, space};
use crate::common::Visibility;
use crate::layout::Pass;
use crate::tree::{NodeId, Tree};
use order::{nearest, neighbour, stops, tab_order, wrapped};
use rustc_hash::FxHashMap;

/// Components that take the focus unless they are told not to, as the platform documents it.
const BY_DEFAULT: &[&str] = &[
    "AlphabetIndexer",
    "Button",
    "CalendarPicker",
    "Checkbox",
    "CheckboxGroup",
    "Counter",
    "DatePicker",
    "Hyperlink",
    "MenuItem",
    "Navigator",
    "PatternLock",
    "Radio",
    "Rating",
    "RichEditor",
    "Search",
    "Select",
    "Slider",
    "TextArea",
    "TextInput",
    "TextPicker",
    "TimePicker",
    "Toggle",
    "Web",
];

/// Why a node cannot have the focus; the codes are the platform's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FocusError {
    /// 150001.
    #[error("the component cannot be focused")]
    NotFocusable,
    /// 150002.
    #[error("this component has an unfocusable ancestor")]
    Ancestor,
    /// 150003.
    #[error("the component is not on tree or does not exist")]
    Missing,
}

impl FocusError {
    /// The code of the `BusinessError`.
    pub fn code(self) -> i32 {
        match self {
            FocusError::NotFocusable => 150_001,
            FocusError::Ancestor => 150_002,
            FocusError::Missing => 150_003,
        }
    }
}

/// Who has the focus.
#[derive(Debug, Default)]
pub struct Focus {
    /// The leaf.
    leaf: Option<NodeId>,
    /// The layer that is on top.
    layer: Option<NodeId>,
    /// The leaf of each layer that is or was on top.
    remembered: FxHashMap<NodeId, Option<NodeId>>,
    /// The leaf of each group (`focusScopeId`) that had the focus last.
    last_in: FxHashMap<NodeId, NodeId>,
    /// Containers whose `groupDefaultFocus` has had its turn.
    visited: Vec<NodeId>,
    /// Whether the focus is shown: after the first Tab, until the next touch.
    pub active: bool,
    /// Whether it stays shown when something is touched (`activate` without `autoInactive`).
    pub stays_active: bool,
    /// Whether a new page waits to be given the focus (`setAutoFocusTransfer(false)`).
    pub is_kept: bool,
}

impl Focus {
    /// The leaf with the focus.
    pub fn leaf(&self) -> Option<NodeId> {
        self.leaf
    }
}

/// Where the focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Tab.
    Next,
    /// Shift and Tab.
    Previous,
    /// An arrow: x and y of its direction.
    Towards(i8, i8),
}

impl Tree {
    /// Whether a node wants the focus itself, wherever it is.
    pub fn is_focusable(&self, id: NodeId) -> bool {
        let Some(node) = self.get(id) else { return false };
        let given = node.common.input.as_ref().and_then(|input| input.focusable);
        let clickable = node.common.events.contains_key("onClick");
        given.unwrap_or_else(|| clickable || node.component.focusable())
    }

    /// Whether a node is the leaf with the focus, or around it.
    pub fn is_focused(&self, id: NodeId) -> bool {
        self.input.focus.leaf.is_some_and(|leaf| self.is_inside(leaf, id))
    }
}

/// The default of [`crate::Component::focusable`].
pub(crate) fn by_default(name: &str) -> bool {
    BY_DEFAULT.binary_search(&name).is_ok()
}

/// Whether the node is there to be seen and used; what is around it counts too.
pub(super) fn is_usable(tree: &Tree, id: NodeId) -> bool {
    let mut up = std::iter::successors(Some(id), |id| tree.get(*id)?.parent());
    up.all(|id| {
        tree.get(id).is_some_and(|node| {
            let common = &node.common;
            let shown = node.component.is_syntax() || node.layout.active && !common.hidden_by_parent;
            shown && !common.disabled && common.visibility == Visibility::Visible
        })
    })
}

/// Whether a layer may have the focus; handles of a selection and keyboards leave it where it is.
fn takes_focus(tree: &Tree, layer: NodeId) -> bool {
    let input = tree.get(layer).and_then(|node| node.common.input.as_ref());
    input.is_none_or(|input| input.focusable != Some(false))
}

/// Whether something around the node keeps the focus out.
fn is_shut_in(tree: &Tree, id: NodeId) -> bool {
    let around = std::iter::successors(tree.get(id).and_then(|node| node.parent()), |id| tree.get(*id)?.parent());
    around.into_iter().any(|id| {
        let input = tree.get(id).and_then(|node| node.common.input.as_ref());
        input.is_some_and(|input| input.focusable == Some(false))
    })
}

/// The leaves that can have the focus in a node, in the order of the tree. What lies inside a focusable leaf (the text of a
/// button) is part of it.
fn leaves(tree: &Tree, root: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    collect(tree, root, &mut found, 0);
    found
}

fn collect(tree: &Tree, id: NodeId, found: &mut Vec<NodeId>, depth: usize) {
    let Some(node) = tree.get(id) else { return };
    if depth > crate::tree::MAX_DEPTH {
        return;
    }
    let common = &node.common;
    if !node.component.is_syntax() {
        let shut = common.input.as_ref().is_some_and(|input| input.focusable == Some(false));
        let hidden = !node.layout.active || common.hidden_by_parent || common.visibility != Visibility::Visible;
        if shut || hidden || common.disabled {
            return;
        }
    }
    let before = found.len();
    for child in node.children() {
        collect(tree, *child, found, depth + 1);
    }
    if before == found.len() && !node.component.is_syntax() && tree.is_focusable(id) {
        found.push(id);
    }
}

/// The leaf that gets the focus when a node is asked for.
fn leaf_in(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let all = leaves(tree, id);
    let marked = |wanted: fn(&super::InputStyle) -> bool| {
        all.iter().copied().find(|leaf| {
            space::chain(tree, *leaf)
                .into_iter()
                .take_while(|node| *node != id)
                .any(|node| tree.get(node).and_then(|node| node.common.input.as_deref()).is_some_and(wanted))
        })
    };
    marked(|input| input.group_default_focus).or_else(|| all.first().copied())
}

/// Gives a node the focus, or the leaf in it.
pub fn request_focus(pass: &mut Pass<'_>, node: NodeId) -> Result<(), FocusError> {
    let tree = &*pass.tree;
    if tree.get(node).is_none() {
        return Err(FocusError::Missing);
    }
    let refuses = tree.get(node).and_then(|node| node.common.input.as_ref()).and_then(|input| input.focusable);
    if refuses == Some(false) || !is_usable(tree, node) {
        return Err(FocusError::NotFocusable);
    }
    if is_shut_in(tree, node) {
        return Err(FocusError::Ancestor);
    }
    let leaf = if leaves(tree, node).is_empty() { None } else { leaf_in(tree, node) };
    let leaf = leaf.or_else(|| tree.is_focusable(node).then_some(node)).ok_or(FocusError::NotFocusable)?;
    move_to(pass, Some(leaf));
    Ok(())
}

/// Takes the focus away from whoever has it in the topmost layer.
pub fn clear_focus(pass: &mut Pass<'_>) {
    move_to(pass, None);
}

/// Moves the focus and tells: first those who lose it, the innermost first, then those who get it, the outermost first.
fn move_to(pass: &mut Pass<'_>, leaf: Option<NodeId>) {
    let before = pass.tree.input.focus.leaf;
    if before == leaf {
        return;
    }
    let chain = |tree: &Tree, leaf: Option<NodeId>| leaf.map(|leaf| space::chain(tree, leaf)).unwrap_or_default();
    let (old, new) = (chain(pass.tree, before), chain(pass.tree, leaf));
    pass.tree.input.focus.leaf = leaf;
    if let Some(layer) = pass.tree.input.focus.layer {
        pass.tree.input.focus.remembered.insert(layer, leaf);
    }
    if let Some((leaf, (group, _))) = leaf.and_then(|leaf| Some((leaf, focus_style::group(pass.tree, leaf)?))) {
        pass.tree.input.focus.last_in.insert(group, leaf);
    }
    for node in old.iter().copied().filter(|node| !new.contains(node)) {
        change(pass, node, false, Some(node) == before);
    }
    for node in new.iter().rev().copied().filter(|node| !old.contains(node)) {
        change(pass, node, true, Some(node) == leaf);
    }
}

fn change(pass: &mut Pass<'_>, node: NodeId, gained: bool, is_leaf: bool) {
    pass.tree.set_ui_state(node, UiState::FOCUSED, gained);
    let Some(component) = pass.tree.get(node).map(|node| node.component) else { return };
    if is_leaf {
        component.on_focus(pass, node, gained);
    }
    pass.call_event(node, if gained { "onFocus" } else { "onBlur" }, &[]);
}

/// A finger or the mouse touched nodes (the innermost first): one that wants the focus on touch gets it.
pub(crate) fn touched(pass: &mut Pass<'_>, nodes: &[NodeId]) {
    if pass.tree.input.focus.active && !pass.tree.input.focus.stays_active {
        pass.tree.input.focus.active = false;
        if let Some(leaf) = pass.tree.input.focus.leaf {
            pass.tree.mark_paint(leaf);
        }
    }
    let wanted = nodes.iter().copied().find(|node| {
        let Some(found) = pass.tree.get(*node) else { return false };
        let given = found.common.input.as_ref().and_then(|input| input.focus_on_touch);
        given.unwrap_or_else(|| found.component.focus_on_touch()) && pass.tree.is_focusable(*node)
    });
    if let Some(node) = wanted {
        // What cannot have it is not asked for, so nobody has to hear why.
        let _ = request_focus(pass, node);
    }
}

/// Looks after the focus when everything is laid out: a new layer gets its default, a leaf that is gone loses it. Windows come
/// from the bottom to the top.
pub fn after_layout(pass: &mut Pass<'_>, windows: &[NodeId]) {
    let layer = windows.iter().rev().find_map(|window| {
        let layers = pass.tree.frame_children(*window);
        layers.into_iter().rev().find(|layer| is_usable(pass.tree, *layer) && takes_focus(pass.tree, *layer))
    });
    if let Some(leaf) = pass.tree.input.focus.leaf
        && (pass.tree.get(leaf).is_none() || !is_usable(pass.tree, leaf))
    {
        move_to(pass, None);
    }
    if layer != pass.tree.input.focus.layer {
        // The layer below keeps what it remembers.
        pass.tree.input.focus.layer = None;
        move_to(pass, None);
        pass.tree.input.focus.layer = layer;
        let gone: Vec<NodeId> =
            pass.tree.input.focus.remembered.keys().copied().filter(|id| pass.tree.get(*id).is_none()).collect();
        for id in gone {
            pass.tree.input.focus.remembered.remove(&id);
        }
    }
    let Some(layer) = layer else { return };
    match pass.tree.input.focus.remembered.get(&layer).copied() {
        Some(remembered) => {
            let back = remembered.filter(|leaf| pass.tree.get(*leaf).is_some() && is_usable(pass.tree, *leaf));
            if pass.tree.input.focus.leaf.is_none() && back.is_some() {
                move_to(pass, back);
            }
        }
        None => {
            let chosen = leaves(pass.tree, layer).into_iter().find(|leaf| {
                let node = pass.tree.get(*leaf);
                node.and_then(|node| node.common.input.as_ref()).is_some_and(|input| input.default_focus)
            });
            let empty = pass.tree.frame_children(layer).is_empty();
            if !empty {
                pass.tree.input.focus.remembered.insert(layer, None);
                if let Some(leaf) = chosen.filter(|_| !pass.tree.input.focus.is_kept) {
                    move_to(pass, Some(leaf));
                }
            }
        }
    }
}

/// Moves the focus by a key. Returns whether there was anywhere to go.
pub fn step(pass: &mut Pass<'_>, step: Step) -> bool {
    let Some(layer) = pass.tree.input.focus.layer else { return false };
    if !pass.tree.input.focus.active {
        // The first key only shows where the focus is.
        pass.tree.input.focus.active = true;
        if let Some(leaf) = pass.tree.input.focus.leaf {
            pass.tree.mark_paint(leaf);
            return true;
        }
    }
    let all = leaves(pass.tree, layer);
    let current = pass.tree.input.focus.leaf;
    // What the app has named comes before every rule.
    if let Some(named) = current.and_then(|current| focus_style::named(pass.tree, layer, current, step)) {
        return request_focus(pass, named).is_ok();
    }
    let next = match step {
        Step::Next | Step::Previous => {
            let order = stops(pass.tree, tab_order(pass.tree, all), current);
            neighbour(&order, current, step == Step::Previous)
        }
        Step::Towards(x, y) => match current {
            Some(current) => {
                let shut = focus_style::group(pass.tree, current).filter(|(_, arrows_leave)| !arrows_leave);
                let inside = |leaf: &NodeId| shut.is_none_or(|(group, _)| pass.tree.is_inside(*leaf, group));
                let reachable: Vec<NodeId> = all.into_iter().filter(inside).collect();
                let wrapped = wrapped(pass.tree, &reachable, current, x, y);
                wrapped.or_else(|| nearest(pass.tree, &reachable, current, x, y))
            }
            None => all.first().copied(),
        },
    };
    let Some(next) = next else { return false };
    let next = if matches!(step, Step::Next | Step::Previous) { enter_group(pass.tree, current, next) } else { next };
    move_to(pass, Some(next));
    true
}

/// Enter on a container with `tabStop` goes into it; Escape inside goes back to it. Returns whether the focus has moved.
pub(super) fn enter_or_leave(pass: &mut Pass<'_>, enter: bool) -> bool {
    let Some(leaf) = pass.tree.input.focus.leaf else { return false };
    if enter {
        if !focus_style::is_tab_stop(pass.tree, leaf) {
            return false;
        }
        let inner = leaf_in(pass.tree, leaf).filter(|inner| *inner != leaf);
        move_to(pass, inner.or(Some(leaf)));
        return inner.is_some();
    }
    let around = space::chain(pass.tree, leaf).into_iter().skip(1).find(|id| focus_style::is_tab_stop(pass.tree, *id));
    move_to(pass, around.or(Some(leaf)));
    around.is_some()
}

/// A group that is entered for the first time gives the focus to the one that it prefers.
fn enter_group(tree: &mut Tree, current: Option<NodeId>, next: NodeId) -> NodeId {
    let layer = tree.input.focus.layer;
    for container in space::chain(tree, next) {
        if Some(container) == layer {
            break;
        }
        let entered = current.is_none_or(|current| !tree.is_inside(current, container));
        if !entered || tree.input.focus.visited.contains(&container) {
            continue;
        }
        let preferred = leaves(tree, container).into_iter().find(|leaf| {
            space::chain(tree, *leaf).into_iter().take_while(|node| *node != container).any(|node| {
                let input = tree.get(node).and_then(|node| node.common.input.as_ref());
                input.is_some_and(|input| input.group_default_focus)
            })
        });
        if let Some(preferred) = preferred {
            tree.input.focus.visited.push(container);
            return preferred;
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::gesture::testing::Scene;
    use crate::input::{KeyInput, KeyPhase};

    const TAB: i32 = 2049;
    const RIGHT: i32 = 2015;
    const DOWN: i32 = 2013;
    const SPACE: i32 = 2050;

    /// Two rows of two boxes: 11 12 / 21 22, in a layer (2) of the window (1).
    fn grid() -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 1000.0, 1000.0));
        for (element, x, y) in [(11, 0.0, 0.0), (12, 200.0, 0.0), (21, 0.0, 200.0), (22, 200.0, 200.0)] {
            scene.add(2, element, (x, y, 100.0, 100.0));
            scene.node(element).common.input.get_or_insert_default().focusable = Some(true);
        }
        scene.on(11, "onFocus", "+11");
        scene.on(11, "onBlur", "-11");
        scene.on(12, "onFocus", "+12");
        scene.on(21, "onFocus", "+21");
        scene.on(22, "onFocus", "+22");
        scene
    }

    fn laid_out(scene: &mut Scene) {
        scene.pass(|pass, root| after_layout(pass, &[root]));
    }

    fn press(scene: &mut Scene, code: i32) {
        for phase in [KeyPhase::Down, KeyPhase::Up] {
            scene.pass(|pass, _| crate::input::key(pass, &KeyInput::new(phase, code)));
        }
    }

    #[test]
    fn the_default_gets_the_focus_when_its_page_appears() {
        let mut scene = grid();
        scene.node(12).common.input.get_or_insert_default().default_focus = true;
        laid_out(&mut scene);
        laid_out(&mut scene);
        assert_eq!(scene.log(), "+12");
    }

    #[test]
    fn tab_shows_the_focus_and_then_walks() {
        let mut scene = grid();
        scene.node(11).common.input.get_or_insert_default().default_focus = true;
        laid_out(&mut scene);
        for _ in 0..5 {
            press(&mut scene, TAB);
        }
        assert_eq!(scene.log(), "+11 -11 +12 +21 +22 +11");
    }

    #[test]
    fn a_tab_index_makes_the_order() {
        let mut scene = grid();
        laid_out(&mut scene);
        scene.node(22).common.input.get_or_insert_default().tab_index = 1;
        scene.node(12).common.input.get_or_insert_default().tab_index = 2;
        for _ in 0..3 {
            press(&mut scene, TAB);
        }
        assert_eq!(scene.log(), "+22 +12 +22");
    }

    #[test]
    fn arrows_go_to_what_lies_there() {
        let mut scene = grid();
        scene.node(11).common.input.get_or_insert_default().default_focus = true;
        laid_out(&mut scene);
        press(&mut scene, TAB);
        press(&mut scene, RIGHT);
        press(&mut scene, DOWN);
        press(&mut scene, RIGHT);
        assert_eq!(scene.log(), "+11 -11 +12 +22", "there is nothing to the right of 22");
    }

    #[test]
    fn requests_fail_with_their_reason() {
        let mut scene = grid();
        laid_out(&mut scene);
        let (first, second) = (scene.id(11), scene.id(12));
        scene.node(12).common.input.get_or_insert_default().focusable = Some(false);
        let request = |scene: &mut Scene, node| scene.pass(|pass, _| request_focus(pass, node));
        assert_eq!(request(&mut scene, second), Err(FocusError::NotFocusable));
        assert_eq!(request(&mut scene, first), Ok(()));
        assert!(scene.tree.is_focused(first) && scene.tree.ui_state(first).has(UiState::FOCUSED));
        scene.node(2).common.input.get_or_insert_default().focusable = Some(false);
        assert_eq!(request(&mut scene, first), Err(FocusError::Ancestor));
        scene.node(2).common.input.get_or_insert_default().focusable = None;
        scene.node(11).common.visibility = Visibility::Hidden;
        assert_eq!(request(&mut scene, first), Err(FocusError::NotFocusable));
        scene.tree.destroy(first);
        assert_eq!(request(&mut scene, first), Err(FocusError::Missing));
        laid_out(&mut scene);
        assert_eq!(scene.tree.input.focus.leaf(), None, "a leaf that is gone has no focus");
    }

    #[test]
    fn clearing_blurs_and_space_clicks() {
        let mut scene = grid();
        laid_out(&mut scene);
        scene.on(11, "onClick", "click");
        let first = scene.id(11);
        scene.pass(|pass, _| request_focus(pass, first)).expect("focusable");
        press(&mut scene, SPACE);
        scene.pass(|pass, _| clear_focus(pass));
        press(&mut scene, SPACE);
        assert_eq!(scene.log(), "+11 click -11");
    }

    #[test]
    fn a_layer_above_takes_the_focus_and_gives_it_back() {
        let mut scene = grid();
        scene.node(11).common.input.get_or_insert_default().default_focus = true;
        laid_out(&mut scene);
        scene.add(1, 3, (0.0, 0.0, 1000.0, 1000.0));
        scene.add(3, 31, (0.0, 0.0, 100.0, 100.0));
        laid_out(&mut scene);
        let dialog = scene.id(3);
        scene.tree.destroy(dialog);
        laid_out(&mut scene);
        assert_eq!(scene.log(), "+11 -11 +11");
    }

    #[test]
    fn a_group_prefers_its_default_when_it_is_entered_first() {
        let mut scene = grid();
        scene.add(2, 30, (400.0, 0.0, 300.0, 100.0));
        for (element, x) in [(31, 0.0), (32, 100.0)] {
            scene.add(30, element, (x, 0.0, 100.0, 100.0));
            scene.node(element).common.input.get_or_insert_default().focusable = Some(true);
        }
        scene.node(32).common.input.get_or_insert_default().group_default_focus = true;
        scene.on(32, "onFocus", "+32");
        laid_out(&mut scene);
        for _ in 0..5 {
            press(&mut scene, TAB);
        }
        assert_eq!(scene.log(), "+11 -11 +12 +21 +22 +32");
    }
}
