//! Layout as pages see it: trees built through the methods of components, frames checked in vp. The numbers are those of the
//! gallery app's own tests.

mod custom;
mod events;
mod flex;
mod grid_row;
mod linear;
mod panes;
mod relative;
mod size;
mod stack;
mod weight;

use crate::testing::COMPONENTS;
use concord_ui::Setter;
use concord_ui::geometry::Size;
use concord_ui::layout::{Host, NoHost, Pass, layout_root};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};

/// A node to be: its component, calls, and children.
pub(super) struct Spec {
    component: &'static str,
    calls: Vec<(&'static str, Vec<Value>)>,
    children: Vec<Spec>,
}

/// A component created without arguments.
pub(super) fn node(component: &'static str) -> Spec {
    Spec { component, calls: vec![("create", Vec::new())], children: Vec::new() }
}

/// A component created with an object.
pub(super) fn with<const N: usize>(component: &'static str, options: [(&str, Value); N]) -> Spec {
    Spec { component, calls: vec![("create", vec![Value::object(options)])], children: Vec::new() }
}

/// A box of this size in vp.
pub(super) fn sized(id: &str, width: f32, height: f32) -> Spec {
    node("Stack").id(id).size(width, height)
}

pub(super) fn n(number: f32) -> Value {
    Value::Number(f64::from(number))
}

pub(super) fn text(text: &str) -> Value {
    Value::text(text)
}

impl Spec {
    pub(super) fn call(mut self, name: &'static str, argument: Value) -> Spec {
        self.calls.push((name, vec![argument]));
        self
    }

    pub(super) fn id(self, id: &str) -> Spec {
        self.call("id", text(id))
    }

    pub(super) fn width(self, vp: f32) -> Spec {
        self.call("width", n(vp))
    }

    pub(super) fn height(self, vp: f32) -> Spec {
        self.call("height", n(vp))
    }

    pub(super) fn size(self, width: f32, height: f32) -> Spec {
        self.width(width).height(height)
    }

    pub(super) fn child(mut self, child: Spec) -> Spec {
        self.children.push(child);
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Spec>) -> Spec {
        self.children.extend(children);
        self
    }
}

/// A window of 360 by 780 vp with one page.
pub(super) struct Laid {
    pub(super) tree: Tree,
    root: NodeId,
}

impl Laid {
    pub(super) fn out(page: Spec) -> Laid {
        Laid::with_tree(Tree::new(&COMPONENTS), page)
    }

    pub(super) fn with_tree(mut tree: Tree, page: Spec) -> Laid {
        let root = tree.create_named("root", -1).expect("a window");
        let layer = tree.create_named("page", -1).expect("a layer");
        tree.append(root, layer);
        let mut next = 0;
        build(&mut tree, layer, page, &mut next);
        let mut laid = Laid { tree, root };
        laid.again();
        laid
    }

    /// Lays out what has changed.
    pub(super) fn again(&mut self) {
        self.again_with(&mut NoHost);
    }

    pub(super) fn again_with(&mut self, host: &mut dyn Host) {
        layout_root(&mut Pass::new(&mut self.tree, host), self.root, Size::new(1080.0, 2340.0));
    }

    pub(super) fn find(&self, id: &str) -> NodeId {
        self.tree.find_by_key(self.root, id).unwrap_or_else(|| panic!("no node {id}"))
    }

    pub(super) fn set(&mut self, id: &str, name: &str, argument: Value) {
        let node = self.find(id);
        apply(&mut self.tree, node, name, &[argument]);
    }

    /// Position in another node and size, in vp; `None` when it is not shown.
    pub(super) fn frame(&self, parent: &str, id: &str) -> Option<[f32; 4]> {
        let node = self.find(id);
        if !self.tree.get(node)?.layout.active {
            return None;
        }
        let (outer, inner) = (self.tree.window_frame(self.find(parent)), self.tree.window_frame(node));
        let density = self.tree.environment.density;
        let at = inner.origin - outer.origin;
        Some([at.x, at.y, inner.size.width, inner.size.height].map(|px| px / density))
    }

    #[track_caller]
    pub(super) fn expect(&self, parent: &str, id: &str, expected: [f32; 4]) {
        let frame = self.frame(parent, id);
        let near = |frame: [f32; 4]| frame.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.5);
        assert!(frame.is_some_and(near), "{id} in {parent}: {frame:?} instead of {expected:?}");
    }

    #[track_caller]
    pub(super) fn expect_size(&self, id: &str, width: f32, height: f32) {
        self.expect(id, id, [0.0, 0.0, width, height]);
    }

    #[track_caller]
    pub(super) fn expect_gone(&self, id: &str) {
        let frame = self.frame(id, id);
        assert!(frame.is_none(), "{id} is shown: {frame:?}");
    }
}

fn apply(tree: &mut Tree, node: NodeId, name: &str, args: &[Value]) {
    let component = tree.get(node).expect("the node").component;
    let found =
        tree.components().method(component, name).unwrap_or_else(|| panic!("{} has no {name}", component.name()));
    (found.apply)(&mut Setter { tree, node }, Args(args));
}

fn build(tree: &mut Tree, parent: NodeId, spec: Spec, next: &mut i32) {
    *next += 1;
    let node = tree.create_named(spec.component, *next).unwrap_or_else(|| panic!("no {}", spec.component));
    tree.append(parent, node);
    for (name, args) in spec.calls {
        if !tree.get(node).is_some_and(|node| node.component.is_syntax()) {
            apply(tree, node, name, &args);
        }
    }
    for child in spec.children {
        build(tree, node, child, next);
    }
}

#[test]
fn what_has_not_changed_is_not_measured_again() {
    let inner = |id: &str| {
        with("Flex", [("alignItems", n(4.0))])
            .id(id)
            .width(100.0)
            .child(with("Flex", [("alignItems", n(4.0))]).child(sized("", 80.0, 10.0)).child(sized("", 80.0, 20.0)))
    };
    let page = node("Column").child(inner("first")).child(inner("second"));
    let mut laid = Laid::out(page);
    laid.set("first", "width", n(120.0));
    let second = laid.find("second");
    let watched = laid.tree.get(second).expect("a node").children().to_vec();
    let before: Vec<_> = watched.iter().map(|id| laid.tree.get(*id).expect("a node").layout.arrangements()).collect();
    laid.again();
    let after: Vec<_> = watched.iter().map(|id| laid.tree.get(*id).expect("a node").layout.arrangements()).collect();
    assert_eq!(before, after);
    let first = laid.find("first");
    assert!(laid.tree.get(first).expect("a node").layout.arrangements() > 0);
}

#[test]
fn nesting_too_deep_ends() {
    let mut page = node("Column");
    for _ in 0..2000 {
        page = node("Column").child(page);
    }
    Laid::out(page);
}
