//! Which component a point belongs to, and where it is found again.

use super::format::{Place, Target};
use crate::bridge::Ui;
use concord_ui::geometry::{Point, Rect};
use concord_ui::input::hit::{self, Pointer};
use concord_ui::input::space;
use concord_ui::{NoHost, NodeId, Pass, Tree, accessibility};

/// Longest text that a component is known by, in characters.
const LONGEST: usize = 80;

/// Components whose text changes while somebody types.
const TYPED_INTO: [&str; 4] = ["TextInput", "TextArea", "Search", "RichEditor"];

/// What a point of a window, in px, is in. Without a component where there is none, or while the tree is busy.
pub(super) fn place_at(ui: &Ui, root: NodeId, point: Point, scale: f64) -> Place {
    let place =
        Place { position: (round(f64::from(point.x) / scale), round(f64::from(point.y) / scale)), ..Place::default() };
    // Without a host: asking the app what is hit would be something that it notices.
    let hit = ui.pass(|tree| hit::test(&mut Pass::new(tree, &mut NoHost), root, point, Pointer::Mouse)).flatten();
    let Some(hit) = hit else { return place };
    ui.with_tree(|tree| {
        let nodes = hit.nodes();
        let known = |node: &NodeId| name(tree, *node).filter(|target| target.id.is_some() || target.text.is_some());
        let found = nodes.iter().find_map(|node| Some((*node, known(node)?)));
        let found = found.or_else(|| nodes.first().and_then(|node| Some((*node, name(tree, *node)?))));
        let Some((node, mut target)) = found else { return place };
        target.nth = same(tree, root, &target).iter().position(|other| *other == node).unwrap_or(0);
        let bounds = space::bounds(tree, node);
        let part =
            |at: f32, from: f32, extent: f32| (f64::from(at - from) / f64::from(extent.max(1.0)) * 1e4).round() / 1e4;
        let inside =
            (part(point.x, bounds.origin.x, bounds.size.width), part(point.y, bounds.origin.y, bounds.size.height));
        Place { on: Some(target), inside: Some(inside), ..place }
    })
}

/// Where a component is, in px; `None` when it is not shown.
pub(super) fn bounds(ui: &Ui, root: NodeId, target: &Target) -> Option<Rect> {
    ui.with_tree(|tree| {
        let window = tree.get(root)?.layout.frame();
        let node = *same(tree, root, target).get(target.nth)?;
        let bounds = space::bounds(tree, node);
        (!bounds.intersect(&window).is_empty()).then_some(bounds)
    })
}

fn name(tree: &Tree, node: NodeId) -> Option<Target> {
    let found = tree.get(node)?;
    let kind = found.component.name();
    let text = Some(accessibility::text_of(tree, node))
        .filter(|text| !text.is_empty() && text.chars().count() <= LONGEST && !TYPED_INTO.contains(&kind));
    let id = found.common.id.as_deref().filter(|id| !id.is_empty()).map(str::to_owned);
    Some(Target { text: text.filter(|_| id.is_none()), id, kind: Some(kind.to_owned()), nth: 0 })
}

/// Shown nodes that a target means, in the order of the page.
fn same(tree: &Tree, root: NodeId, target: &Target) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if !tree.is_shown(node) {
            continue;
        }
        open.extend(tree.frame_children(node).into_iter().rev());
        if is_meant(tree, node, target) {
            found.push(node);
        }
    }
    found
}

/// Components are known by their id alone when they have one: another version of the app may show them otherwise.
fn is_meant(tree: &Tree, node: NodeId, target: &Target) -> bool {
    let Some(found) = tree.get(node) else { return false };
    if let Some(id) = &target.id {
        return found.common.id.as_ref().is_some_and(|other| **other == **id);
    }
    if target.kind.as_deref().is_some_and(|kind| kind != found.component.name()) {
        return false;
    }
    target.text.as_deref().is_none_or(|text| accessibility::text_of(tree, node) == text)
}

/// Two decimals are enough for a person to read and for a point to be the same.
pub(super) fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
