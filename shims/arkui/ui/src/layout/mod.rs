//! Layout: constraints go down, sizes come up, then every node places its children.
//!
//! The box model is here (`measure.rs`), one file per algorithm beside it. Rules: reference of ArkUI's layout, as the public
//! documentation describes it; sizes are px.

mod linear;
mod measure;
mod stack;

pub use linear::{Linear, LinearStyle};
pub use measure::{layout_root, round_to_pixels};
pub use stack::place_aligned;

use crate::geometry::{Point, Size};
use crate::tree::{NodeId, Tree};
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
    pub fn along(&self, axis: crate::geometry::Axis) -> Option<f32> {
        match axis {
            crate::geometry::Axis::Horizontal => self.width,
            crate::geometry::Axis::Vertical => self.height,
        }
    }

    /// The same with another extent along an axis.
    pub fn with(mut self, axis: crate::geometry::Axis, extent: Option<f32>) -> Ideal {
        match axis {
            crate::geometry::Axis::Horizontal => self.width = extent,
            crate::geometry::Axis::Vertical => self.height = extent,
        }
        self
    }
}

impl Constraint {
    /// Anything up to a size.
    pub fn up_to(max: Size) -> Constraint {
        Constraint { min: Size::ZERO, max, percent: max, ideal: Ideal::default() }
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

    /// Gives an item back that is out of sight.
    fn release_item(&mut self, tree: &mut Tree, source: NodeId, index: usize);

    /// The bytes of a file of the package.
    fn resource(&mut self, resource: &Resource) -> Option<Arc<[u8]>>;
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

    fn release_item(&mut self, _tree: &mut Tree, _source: NodeId, _index: usize) {}

    fn resource(&mut self, _resource: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

/// One run of measuring and placing. What is read from the tree must be read again after a call of the host.
pub struct Pass<'a> {
    /// All nodes.
    pub tree: &'a mut Tree,
    /// The app.
    pub host: &'a mut dyn Host,
    pub(crate) depth: usize,
}

impl<'a> Pass<'a> {
    /// A run over a tree.
    pub fn new(tree: &'a mut Tree, host: &'a mut dyn Host) -> Pass<'a> {
        Pass { tree, host, depth: 0 }
    }

    /// The children of a node that take part in layout: those with a box that are not `Visibility.None`.
    pub fn children(&self, node: NodeId) -> Vec<NodeId> {
        let mut children = self.tree.frame_children(node);
        children.retain(|child| self.tree.get(*child).is_some_and(|node| !node.common.is_gone()));
        children
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
