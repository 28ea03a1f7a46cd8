//! Layout: constraints go down, sizes come up, then every node places its children.
//!
//! The box model is here (`measure.rs`); how containers arrange their children is theirs. Rules: reference of ArkUI's layout, as the public
//! documentation describes it; sizes are px.

mod cache;
mod measure;
mod stack;

pub(crate) use cache::Measurements;
pub use measure::{layout_root, place_root, round_to_pixels};
pub use stack::place_aligned;

use crate::geometry::{Axis, Edges, Point, Size};
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use crate::value::{Callback, Resource, Value};
use std::sync::Arc;

/// What a parent allows a child, margin included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constraint {
    /// Smallest size.
    pub min: Size,
    /// Largest size; infinite where nothing limits it. Children with a size of their own may be larger.
    pub max: Size,
    /// What 100 % is; infinite where there is no definite size above.
    pub percent: Size,
    /// A size of the frame (without margin) that the parent decides on, instead of the child's own width or height: shares of
    /// `layoutWeight`, stretching, growing and shrinking.
    pub ideal: Ideal,
}

/// Sizes that are decided, per extent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ideal {
    /// Width in px.
    pub width: Option<f32>,
    /// Height in px.
    pub height: Option<f32>,
}

impl Ideal {
    /// The extent along an axis.
    pub fn along(&self, axis: Axis) -> Option<f32> {
        match axis {
            Axis::Horizontal => self.width,
            Axis::Vertical => self.height,
        }
    }

    /// The same with another extent along an axis.
    pub fn with(mut self, axis: Axis, extent: Option<f32>) -> Ideal {
        match axis {
            Axis::Horizontal => self.width = extent,
            Axis::Vertical => self.height = extent,
        }
        self
    }
}

impl Constraint {
    /// Anything up to a size.
    pub fn up_to(max: Size) -> Constraint {
        Constraint { min: Size::ZERO, max, percent: max, ideal: Ideal::default() }
    }

    /// A size, and no other.
    pub fn exactly(size: Size) -> Constraint {
        Constraint { ideal: Ideal { width: Some(size.width), height: Some(size.height) }, ..Constraint::up_to(size) }
    }
}

/// What a component's content may be, inside padding and border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContentConstraint {
    /// Smallest size.
    pub min: Size,
    /// Largest size: that of the node where it is known, else what the parent allows; infinite where nothing limits it.
    pub max: Size,
    /// What 100 % is for children.
    pub percent: Size,
    /// The size of the content box where it is decided already.
    pub ideal: Ideal,
}

impl ContentConstraint {
    /// What most containers allow their children: anything within the content box.
    pub fn for_child(&self) -> Constraint {
        Constraint { min: Size::ZERO, max: self.max, percent: self.percent, ideal: Ideal::default() }
    }

    /// The decided size, and as much as there may be where none is decided; perhaps infinite.
    pub fn room(&self) -> Size {
        Size::new(self.ideal.width.unwrap_or(self.max.width), self.ideal.height.unwrap_or(self.max.height))
    }

    /// Smaller by the edges.
    pub fn shrink(&self, edges: &Edges) -> ContentConstraint {
        ContentConstraint {
            min: self.min.shrink(edges),
            max: self.max.shrink(edges),
            percent: self.percent.shrink(edges),
            ideal: Ideal {
                width: self.ideal.width.map(|width| (width - edges.horizontal()).max(0.0)),
                height: self.ideal.height.map(|height| (height - edges.vertical()).max(0.0)),
            },
        }
    }

    /// The decided size where there is one, else the given one, within the limits.
    pub fn fit(&self, wanted: Size) -> Size {
        let fit = |ideal: Option<f32>, wanted: f32, min: f32, max: f32| ideal.unwrap_or(wanted.min(max).max(min));
        Size::new(
            fit(self.ideal.width, wanted.width, self.min.width, self.max.width),
            fit(self.ideal.height, wanted.height, self.min.height, self.max.height),
        )
    }
}

/// The app's side of a pass. Calls run code of the app at once: it may change the tree in any way.
pub trait Host {
    /// Calls a function of the app. An error that it throws is reported there, and gives `undefined`.
    fn call(&mut self, tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value;

    /// Builds the item of a virtual source (`LazyForEach`, `Repeat` with virtual scroll) and returns its node, which is then a
    /// child of the source.
    fn build_item(&mut self, tree: &mut Tree, source: NodeId, index: usize) -> Option<NodeId>;

    /// Gives an item back that is out of sight: the node that [`Host::build_item`] returned.
    fn release_item(&mut self, tree: &mut Tree, source: NodeId, item: NodeId);

    /// The bytes of a file of the package.
    fn resource(&mut self, resource: &Resource) -> Option<Arc<[u8]>>;

    /// The bytes of a file that a text names: a path of the app, `file://…`, `resource://…`, or a path beside its pages.
    fn file(&mut self, _name: &str) -> Option<Arc<[u8]>> {
        None
    }
}

/// No app: calls give `undefined`, sources have no items.
pub struct NoHost;

impl Host for NoHost {
    fn call(&mut self, _tree: &mut Tree, _callback: &Callback, _args: &[Value]) -> Value {
        Value::Undefined
    }

    fn build_item(&mut self, _tree: &mut Tree, _source: NodeId, _index: usize) -> Option<NodeId> {
        None
    }

    fn release_item(&mut self, _tree: &mut Tree, _source: NodeId, _item: NodeId) {}

    fn resource(&mut self, _resource: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

/// Most items of a source that are built for a container that shows all of them, as a `Column` does.
const MOST_BUILT_AT_ONCE: usize = 20_000;

/// One run of measuring and placing. What is read from the tree must be read again after a call of the host.
pub struct Pass<'a> {
    /// All nodes.
    pub tree: &'a mut Tree,
    /// The app.
    pub host: &'a mut dyn Host,
}

impl<'a> Pass<'a> {
    /// A run over a tree.
    pub fn new(tree: &'a mut Tree, host: &'a mut dyn Host) -> Pass<'a> {
        Pass { tree, host }
    }

    /// The children of a node that take part in layout: those with a box that are not `Visibility.None`.
    pub fn children(&self, node: NodeId) -> Vec<NodeId> {
        let mut children = self.tree.frame_children(node);
        children.retain(|child| self.tree.get(*child).is_some_and(|node| !node.common.is_gone()));
        children
    }

    /// Sorts the children that take part in layout into those that their parent arranges and those with a `position`, which it
    /// only measures.
    pub fn split_children(&self, node: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
        self.children(node)
            .into_iter()
            .partition(|child| self.tree.get(*child).is_some_and(|node| node.common.position.is_none()))
    }

    /// Measures children with a `position`: their size does not matter to the parent.
    pub fn measure_positioned(&mut self, children: &[NodeId], constraint: &ContentConstraint) {
        for child in children {
            self.measure(*child, &constraint.for_child());
        }
    }

    /// A constraint that decides the outer extent (with margin) of a child along an axis.
    pub fn decide(&self, child: NodeId, constraint: Constraint, axis: Axis, outer: f32) -> Constraint {
        let extent = (outer - self.margin(child, &constraint).along(axis)).max(0.0);
        Constraint { ideal: constraint.ideal.with(axis, Some(extent)), ..constraint }
    }

    /// Whether a child is to be as large as its parent along an axis (`LayoutPolicy.matchParent`).
    pub fn matches_parent(&self, child: NodeId, axis: Axis) -> bool {
        self.tree.get(child).is_some_and(|node| {
            let length = if axis == Axis::Horizontal { &node.common.width } else { &node.common.height };
            matches!(length, Some(Length::MatchParent))
        })
    }

    /// Builds all items of the virtual sources directly in a node, for containers that show everything.
    pub(crate) fn build_all(&mut self, node: NodeId) {
        let mut sources: Vec<NodeId> = self.tree.get(node).map(|node| node.children().to_vec()).unwrap_or_default();
        while let Some(id) = sources.pop() {
            let Some(found) = self.tree.get(id).filter(|found| found.component.is_syntax()) else { continue };
            let Some(source) = self.tree.source(id) else {
                sources.extend_from_slice(found.children());
                continue;
            };
            if source.count > MOST_BUILT_AT_ONCE {
                tracing::error!(
                    count = source.count,
                    "too many items for a container that shows all of them; the rest is left out"
                );
            }
            let old: Vec<NodeId> = found.children().to_vec();
            let mut built = rustc_hash::FxHashSet::default();
            for index in 0..source.count.min(MOST_BUILT_AT_ONCE) {
                built.extend(self.host.build_item(self.tree, id, index));
            }
            for item in old.into_iter().filter(|item| !built.contains(item)) {
                self.host.release_item(self.tree, id, item);
            }
        }
    }

    /// Size of a measured child, with its margin.
    pub fn outer(&self, child: NodeId) -> Size {
        self.tree.get(child).map_or(Size::ZERO, |node| node.layout.outer())
    }

    /// Puts the outer box (with margin) of a measured child at a point of the parent's frame, and shows it.
    pub fn place_child(&mut self, child: NodeId, at: Point) {
        if let Some(node) = self.tree.get_mut(child) {
            node.layout.offset = at + node.layout.margin.origin();
            node.layout.active = true;
        }
    }
}
