//! The node tree: what exists, who is inside whom, and what has to be done again.

use crate::animation::{Animations, Attributes, Presented};
use crate::attached::Attached;
use crate::common::Common;
use crate::component::{Component, Setter};
use crate::content::{Content, Replaced};
use crate::dirty::Dirty;
use crate::geometry::Edges;
use crate::input::Input;
use crate::pictures::Pictures;
use crate::registry::{self, Registry};
use crate::scroll::ScrollState;
use crate::selection::Selecting;
use crate::sources::Sources;
use crate::ticker::Ticker;
use crate::units::Environment;
use crate::value::{Args, Callback, Value};
use crate::watch::Watch;
use crate::whereabouts::LayoutState;
use concord_text::Fonts;
use rustc_hash::FxHashMap;
use slotmap::SlotMap;
use std::any::Any;
use std::collections::{BTreeMap, VecDeque};

slotmap::new_key_type! {
    /// Names a node; names are not used again.
    pub struct NodeId;
}

/// Events that [`Tree::observer`] hears of.
const OBSERVED: [&str; 3] = ["onScrollStart", "onScrollStop", "onChange"];

/// Deepest tree that is laid out. A guest that nests deeper is told so; real apps stay below 100.
pub const MAX_DEPTH: usize = 512;

/// A node: a component with a box, or a syntax node (`If`, `ForEach` …) that only groups others.
pub struct Node {
    /// What it is.
    pub component: &'static dyn Component,
    /// The number that the compiled page knows it by; -1 for what has none.
    pub element: i32,
    /// The number that the app's side knows it by: counted up, never used again.
    pub number: u64,
    pub(crate) parent: Option<NodeId>,
    pub(crate) children: Vec<NodeId>,
    /// What lies above it, or below its content, and is no child.
    pub(crate) attached: Vec<Attached>,
    /// What every component has.
    pub common: Common,
    /// What is shown instead of the component's looks, when the app has modified its content.
    pub(crate) content: Option<Box<Content>>,
    /// What only this component has; of the type that the component says.
    pub(crate) state: Box<dyn Any>,
    /// How it scrolls, when it does.
    pub scroll: Option<Box<ScrollState>>,
    /// Where it is.
    pub layout: LayoutState,
    /// What is shown in place of its attributes and its frame while it is animated.
    pub(crate) presented: Option<Box<Presented>>,
    /// Attributes that are animated by setting them, as they were set last.
    pub(crate) attributes: Option<Box<Attributes>>,
    /// What is out of date.
    pub dirty: Dirty,
}

impl Node {
    /// The node around it, syntax nodes included.
    pub fn parent(&self) -> Option<NodeId> {
        self.parent
    }

    /// The nodes directly inside, syntax nodes included.
    pub fn children(&self) -> &[NodeId] {
        &self.children
    }

    /// What it looks like and reacts as: its component, unless the app has modified its content.
    pub fn acting(&self) -> &'static dyn Component {
        if self.content.is_some() { &Replaced } else { self.component }
    }
}

/// A call of a function of the app that is due.
#[derive(Debug)]
pub struct Event {
    /// The function.
    pub callback: Callback,
    /// Its arguments.
    pub args: Vec<Value>,
}

/// All nodes of an app's windows.
#[derive(Default)]
pub struct Tree {
    /// Which components there are; none in a tree that only stands in for another.
    components: Option<&'static Registry>,
    pub(crate) nodes: SlotMap<NodeId, Node>,
    by_element: FxHashMap<i32, NodeId>,
    by_number: FxHashMap<u64, NodeId>,
    next_number: u64,
    /// What lengths and colours mean.
    pub environment: Environment,
    fonts: Option<Fonts>,
    /// Calls to the app that wait for the end of the running pass.
    pub events: VecDeque<Event>,
    /// Whether something changed that a frame has to show.
    pub needs_frame: bool,
    /// Whether somebody looks all the time, as at a display: what moves without end is only followed then.
    pub watched_live: bool,
    /// The time of the current frame in ms, by the clock of the main loop.
    pub now: f64,
    /// How deep the running passes are nested, custom layouts of the app included.
    pub(crate) layout_depth: usize,
    /// Nodes that want to hear of where they are, by number.
    pub(crate) watched: BTreeMap<u64, Watch>,
    /// Nodes with a content of the app, by number.
    pub(crate) modified: BTreeMap<u64, NodeId>,
    /// Nodes that wait for a tick.
    pub ticker: Ticker,
    /// Virtual sources of items.
    pub(crate) sources: Sources,
    /// The container that builds items while it places others; it measures what it builds, and nobody above has to.
    pub(crate) building: Option<NodeId>,
    /// What the bars of the system cover, by the root of the window.
    pub(crate) avoid_areas: FxHashMap<NodeId, Edges>,
    /// What fingers, the mouse and keys are doing.
    pub input: Input,
    /// Nodes with a background picture that was not looked for yet.
    pub(crate) wants_picture: Vec<NodeId>,
    /// Decoded pictures.
    pub pictures: Pictures,
    /// What was copied last from a text field, and what was selected last in one.
    pub clipboard: String,
    pub(crate) primary: String,
    /// Where copied text comes from when something else may have been copied since: `(primary) → text`, and whether there is any.
    pub(crate) on_paste: Option<Callback>,
    can_paste: bool,
    /// The node in which something was selected since the last look.
    pub(crate) newly_selected: Option<NodeId>,
    /// What moves.
    pub animations: Animations,
    /// The text whose selection is shown above the page.
    pub selecting: Option<Selecting>,
    /// Whom to tell of it.
    pub(crate) on_selection: Option<Callback>,
    /// Who hears what nodes tell, whether the app has handlers for it or not: `(event, element, …arguments)`.
    pub observer: Option<Callback>,
    /// Whom to tell of copied text.
    on_copied: Option<Callback>,
    /// Whom to tell who wants a keyboard.
    on_keyboard: Option<Callback>,
}

impl Tree {
    /// An empty tree that knows these components.
    pub fn new(components: &'static Registry) -> Tree {
        Tree { components: Some(components), ..Tree::default() }
    }

    /// Which components there are.
    pub fn components(&self) -> &'static Registry {
        self.components.unwrap_or(&registry::NONE)
    }

    /// Makes a node of the component with a name, as [`Tree::create`] does; `None` when there is no such component.
    pub fn create_named(&mut self, name: &str, element: i32) -> Option<NodeId> {
        let component = self.components().get(name)?;
        Some(self.create(component, element))
    }

    /// Sets an attribute by its name for a component that made the node, without an animation of the app's taking part. Nothing
    /// happens when there is no such node or method.
    pub fn set(&mut self, node: NodeId, name: &str, args: &[Value]) {
        let method = self.get(node).and_then(|node| self.components().method(node.component, name));
        if let Some(method) = method {
            (method.apply)(&mut Setter { tree: self, node }, Args(args));
        }
    }

    /// Makes a node that is nowhere yet. A new one with a known element takes over its number.
    pub fn create(&mut self, component: &'static dyn Component, element: i32) -> NodeId {
        self.next_number += 1;
        let number = self.next_number;
        let id = self.nodes.insert(Node {
            component,
            element,
            number,
            parent: None,
            children: Vec::new(),
            attached: Vec::new(),
            common: Common::default(),
            content: None,
            state: component.new_state(),
            scroll: component.new_scroll().map(Box::new),
            layout: LayoutState::default(),
            presented: None,
            attributes: None,
            dirty: Dirty { measure: true, place: true, below: false },
        });
        self.by_number.insert(number, id);
        if element >= 0 {
            self.by_element.insert(element, id);
        }
        id
    }

    /// A node, unless it is gone.
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// A node, unless it is gone.
    pub fn get_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id)
    }

    /// The node of an element number.
    pub fn by_element(&self, element: i32) -> Option<NodeId> {
        self.by_element.get(&element).copied()
    }

    /// The fonts, when anything was laid out with them.
    pub fn known_fonts(&self) -> Option<Fonts> {
        self.fonts.clone()
    }

    /// Lays out with these fonts from now on, instead of those of the machine. To be called before anything is laid out.
    pub fn set_fonts(&mut self, fonts: Fonts) {
        self.fonts = Some(fonts);
    }

    /// The fonts; the same handle for all.
    pub fn fonts(&mut self) -> Fonts {
        self.fonts.get_or_insert_default().clone()
    }

    /// The node with a number.
    pub fn by_number(&self, number: u64) -> Option<NodeId> {
        self.by_number.get(&number).copied()
    }

    /// The number of a node; 0 when it is gone.
    pub fn number(&self, id: NodeId) -> u64 {
        self.get(id).map_or(0, |node| node.number)
    }

    /// All nodes in no particular order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.keys()
    }

    /// The state of a node that belongs to its component; `None` when the node is gone or of another component.
    pub fn state<T: 'static>(&self, id: NodeId) -> Option<&T> {
        self.nodes.get(id)?.state.downcast_ref()
    }

    /// See [`Tree::state`].
    pub fn state_mut<T: 'static>(&mut self, id: NodeId) -> Option<&mut T> {
        self.nodes.get_mut(id)?.state.downcast_mut()
    }

    /// Changes what lengths and colours mean. Everything is laid out again if that changed anything.
    pub fn configure(&mut self, change: impl FnOnce(&mut Environment)) {
        let before = self.environment.clone();
        change(&mut self.environment);
        if self.environment == before {
            return;
        }
        for id in self.nodes.keys().collect::<Vec<_>>() {
            let Some(node) = self.nodes.get_mut(id) else { continue };
            node.dirty = Dirty { measure: true, place: true, below: true };
            node.component.environment_changed(self, id);
        }
        self.needs_frame = true;
    }

    /// Puts a node into another at an index among its direct children; behind the last when the index is too large. Refused
    /// (false) when a node is gone or the child would be inside itself.
    pub fn insert(&mut self, parent: NodeId, child: NodeId, index: usize) -> bool {
        if !self.nodes.contains_key(parent) || !self.nodes.contains_key(child) || self.is_inside(parent, child) {
            return false;
        }
        self.detach(child);
        if let Some(node) = self.nodes.get_mut(parent) {
            let index = index.min(node.children.len());
            node.children.insert(index, child);
        }
        if let Some(node) = self.nodes.get_mut(child) {
            node.parent = Some(parent);
        }
        if self.building.is_none() {
            self.note_inserted(child);
        }
        self.mark_measure(parent);
        self.mark_measure(child);
        true
    }

    /// Puts a node into another, behind its other children.
    pub fn append(&mut self, parent: NodeId, child: NodeId) -> bool {
        self.insert(parent, child, usize::MAX)
    }

    /// Takes a node out of its parent; it lives on.
    pub fn detach(&mut self, child: NodeId) {
        let Some(parent) = self.nodes.get_mut(child).and_then(|node| node.parent.take()) else { return };
        if let Some(node) = self.nodes.get_mut(parent) {
            // What is taken out one by one goes from the end, or in order; neither may look at all others each time.
            if node.children.last() == Some(&child) {
                node.children.pop();
            } else if let Some(index) = node.children.iter().position(|id| *id == child) {
                node.children.remove(index);
            }
            node.attached.retain(|attached| attached.node != child);
        }
        self.mark_measure(parent);
    }

    /// Ends a node and everything in it. Returns the element numbers, innermost first. What has a way out is drawn until that is
    /// over, but is not to be found any more.
    pub fn destroy(&mut self, id: NodeId) -> Vec<i32> {
        let around = self.frame_parent(id);
        let departing = self.depart(id);
        self.detach(id);
        let order = self.subtree(id);
        let mut elements = Vec::new();
        for id in order.iter().rev() {
            let Some(node) = self.nodes.get_mut(*id) else { continue };
            let element = std::mem::replace(&mut node.element, -1);
            self.by_number.remove(&node.number);
            self.sources.end(*id);
            if element >= 0 {
                elements.push(element);
                if self.by_element.get(&element) == Some(id) {
                    self.by_element.remove(&element);
                }
            }
        }
        for departing in &departing {
            self.detach(*departing);
            if let Some(node) = self.nodes.get_mut(*departing) {
                node.parent = around;
            }
        }
        if !departing.contains(&id) {
            self.end_departed(id);
        }
        elements
    }

    /// Ends a node and everything in it that is out of the tree already.
    pub(crate) fn end_departed(&mut self, id: NodeId) {
        let order = self.subtree(id);
        for id in &order {
            self.report_end(*id);
            let number = self.number(*id);
            self.modified.remove(&number);
        }
        for id in order.iter().rev() {
            self.nodes.remove(*id);
        }
    }

    /// What is directly in a node: its children, syntax nodes included, and what lies above it or below its content.
    pub fn inside(&self, id: NodeId) -> Vec<NodeId> {
        let node = self.nodes.get(id);
        node.map(|node| {
            node.children.iter().copied().chain(node.attached.iter().map(|attached| attached.node)).collect()
        })
        .unwrap_or_default()
    }

    /// A node and everything in it, each before what is in it.
    pub fn subtree(&self, id: NodeId) -> Vec<NodeId> {
        let mut order = vec![id];
        let mut next = 0;
        while let Some(id) = order.get(next) {
            if let Some(node) = self.nodes.get(*id) {
                order.extend_from_slice(&node.children);
                order.extend(node.attached.iter().map(|attached| attached.node));
            }
            next += 1;
        }
        order
    }

    /// Whether `inner` is `outer` or somewhere in it.
    pub fn is_inside(&self, inner: NodeId, outer: NodeId) -> bool {
        // What is put together from the outside to the inside is not walked through again for each node.
        let empty = self.get(outer).is_none_or(|node| node.children.is_empty() && node.attached.is_empty());
        if empty {
            return inner == outer;
        }
        std::iter::successors(Some(inner), |id| self.nodes.get(*id)?.parent).any(|id| id == outer)
    }

    /// The node around it that has a box.
    pub fn frame_parent(&self, id: NodeId) -> Option<NodeId> {
        std::iter::successors(self.nodes.get(id)?.parent, |id| self.nodes.get(*id)?.parent)
            .find(|id| self.nodes.get(*id).is_some_and(|node| !node.component.is_syntax()))
    }

    /// The nodes with a box inside a node, in order, looking through syntax nodes.
    pub fn frame_children(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut stack: Vec<NodeId> =
            self.get(id).map(|node| node.children.iter().rev().copied().collect()).unwrap_or_default();
        while let Some(id) = stack.pop() {
            let Some(node) = self.get(id) else { continue };
            if node.component.is_syntax() {
                stack.extend(node.children.iter().rev());
            } else {
                found.push(id);
            }
        }
        found
    }

    /// See [`Component::is_only_drawn`].
    pub fn is_only_drawn(&self, id: NodeId) -> bool {
        self.get(id).is_some_and(|node| node.component.is_only_drawn())
    }

    /// Says which container builds items from now on. Returns which did before.
    pub fn set_building(&mut self, id: Option<NodeId>) -> Option<NodeId> {
        std::mem::replace(&mut self.building, id)
    }

    /// The nodes with a box inside a node as they are drawn, the topmost last.
    pub fn paint_order(&self, id: NodeId) -> Vec<NodeId> {
        let mut children = self.frame_children(id);
        children.sort_by_key(|child| {
            self.get(*child).map_or((0, false), |child| (child.common.z_index, child.layout.raised))
        });
        children
    }

    /// Whom to tell of text that is copied.
    pub fn set_on_copied(&mut self, callback: Callback) {
        self.on_copied = Some(callback);
    }

    /// Text is copied from a node.
    pub fn copy_text(&mut self, text: String) {
        if let Some(callback) = self.on_copied.clone() {
            self.emit(&callback, vec![Value::text(text.as_str())]);
        }
        self.clipboard = text;
    }

    /// Whom to ask for copied text (`false`) or text that was selected last (`true`), here or in another program.
    pub fn set_on_paste(&mut self, callback: Callback) {
        self.on_paste = Some(callback);
    }

    /// Says whether there is any copied text.
    pub fn set_can_paste(&mut self, can: bool) {
        self.can_paste = can;
    }

    /// Whether there is any copied text.
    pub fn can_paste(&self) -> bool {
        if self.on_paste.is_some() { self.can_paste } else { !self.clipboard.is_empty() }
    }

    /// Whom to tell which node is typed into: its number, or 0 when none is.
    pub fn set_on_keyboard(&mut self, callback: Callback) {
        self.on_keyboard = Some(callback);
    }

    /// Something is typed into a node, or into nothing.
    pub fn ask_for_keyboard(&mut self, node: Option<NodeId>) {
        if let Some(callback) = self.on_keyboard.clone() {
            let number = node.map_or(0, |node| self.number(node));
            self.emit(&callback, vec![Value::Number(number as f64)]);
        }
    }

    /// Queues a call of a function of the app.
    pub fn emit(&mut self, callback: &Callback, args: Vec<Value>) {
        self.events.push_back(Event { callback: callback.clone(), args });
    }

    /// Queues a call of an event handler of a node, if it has one.
    pub fn emit_event(&mut self, id: NodeId, event: &str, args: Vec<Value>) -> bool {
        if let Some(observer) = self.observer.clone().filter(|_| OBSERVED.contains(&event)) {
            let element = self.get(id).map_or(-1, |node| node.element);
            let mut all = vec![Value::text(event), Value::Number(f64::from(element))];
            all.extend(args.iter().cloned());
            self.emit(&observer, all);
        }
        let callback = self.get(id).and_then(|node| node.common.events.get(event)).cloned();
        if let Some(callback) = &callback {
            self.emit(callback, args);
        }
        callback.is_some()
    }

    /// The first node with this `id` (the attribute) below a node, in document order.
    pub fn find_by_key(&self, root: NodeId, key: &str) -> Option<NodeId> {
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            let node = self.get(id)?;
            if node.common.id.as_deref() == Some(key) {
                return Some(id);
            }
            stack.extend(node.attached.iter().map(|attached| attached.node));
            stack.extend(node.children.iter().rev());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plain::PLAIN;

    fn node(tree: &mut Tree, name: &str, element: i32) -> NodeId {
        tree.create_named(name, element).expect("a component")
    }

    #[test]
    fn syntax_nodes_are_looked_through() {
        let mut tree = Tree::new(&PLAIN);
        let column = node(&mut tree, "Column", 1);
        let condition = node(&mut tree, "If", 2);
        let inner = node(&mut tree, "Row", 3);
        let last = node(&mut tree, "Row", 4);
        assert!(tree.append(column, condition) && tree.append(condition, inner) && tree.append(column, last));
        assert_eq!(tree.frame_children(column), [inner, last]);
        assert_eq!(tree.frame_parent(inner), Some(column));
    }

    #[test]
    fn destroying_names_the_elements_innermost_first() {
        let mut tree = Tree::new(&PLAIN);
        let column = node(&mut tree, "Column", 1);
        let row = node(&mut tree, "Row", 2);
        let inner = node(&mut tree, "Row", 3);
        assert!(tree.append(column, row) && tree.append(row, inner));
        assert_eq!(tree.destroy(row), [3, 2]);
        assert!(tree.get(inner).is_none() && tree.by_element(2).is_none() && tree.by_element(1) == Some(column));
    }

    #[test]
    fn a_node_cannot_be_put_into_itself() {
        let mut tree = Tree::new(&PLAIN);
        let column = node(&mut tree, "Column", 1);
        let row = node(&mut tree, "Row", 2);
        assert!(tree.append(column, row));
        assert!(!tree.append(row, column) && !tree.append(row, row));
    }
}
