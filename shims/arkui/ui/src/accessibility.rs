//! What accessibility services and UiTest see: everything that is shown, with its text, its state and what it can do.

use crate::common::{HitTest, Visibility};
use crate::geometry::Rect;
use crate::input::gesture::Kind;
use crate::input::{UiState, space};
use crate::inspector::{self, Attributes};
use crate::tree::{MAX_DEPTH, Node, NodeId, Tree};
use serde_json::{Value as Json, json};

/// A window and everything that is shown in it, as nested objects: `node` (its number), `type`, `id`, `text`, `hint`,
/// `description`, `bounds` and `origBounds` (left, top, right, bottom in px; the first only what is visible of it), `enabled`,
/// `focused`, `selected`, `clickable`, `longClickable`, `scrollable`, `atStart` (nothing to scroll back to), `checkable`, `checked`, `zIndex`, `opacity`,
/// `backgroundColor`, `clip`, `hitTestBehavior`, `visible`, `children`. `None` when the window is gone or not laid out.
pub fn describe(tree: &Tree, root: NodeId) -> Option<Json> {
    let frame = tree.get(root).filter(|node| node.layout.active)?.layout.frame();
    widget(tree, root, &frame, true, 0)
}

fn widget(tree: &Tree, id: NodeId, clip: &Rect, enabled: bool, depth: usize) -> Option<Json> {
    let node = tree.get(id)?;
    let common = &node.common;
    let shown = node.layout.active && common.visibility == Visibility::Visible && !common.hidden_by_parent;
    if !shown || depth > MAX_DEPTH || node.component.is_only_drawn() {
        return None;
    }
    let enabled = enabled && !common.disabled;
    let frame = space::bounds(tree, id);
    // What has no extent (a text that is empty) is there when its place is.
    let within = frame.is_empty()
        && (clip.origin.x..=clip.right()).contains(&frame.origin.x)
        && (clip.origin.y..=clip.bottom()).contains(&frame.origin.y);
    let visible = if within { frame } else { frame.intersect(clip) };
    let clips = common.clip || node.component.clips_children();
    let inner = if clips { visible } else { *clip };
    let children: Vec<Json> = tree
        .frame_children(id)
        .into_iter()
        .filter_map(|child| widget(tree, child, &inner, enabled, depth + 1))
        .collect();
    let attributes = inspector::attributes(tree, id);
    let checked = flag(&attributes, &["checked", "isOn", "select"]);
    let checkable = matches!(node.component.name(), "Toggle" | "Checkbox" | "CheckboxGroup" | "Radio");
    let said = common.accessibility_flag("accessibilityChecked");
    Some(json!({
        "node": node.number,
        "type": node.component.name(),
        "id": common.id.as_deref().unwrap_or_default(),
        "text": text(&attributes, &TEXTS),
        "hint": text(&attributes, &["placeholder"]),
        "description": common.accessibility("accessibilityDescription").unwrap_or_default(),
        "bounds": edges(&visible),
        "origBounds": edges(&frame),
        "enabled": enabled,
        "focused": tree.input.focus.leaf() == Some(id),
        "selected": common.accessibility_flag("accessibilitySelected")
            .unwrap_or_else(|| tree.ui_state(id).has(UiState::SELECTED) || flag(&attributes, &["selected"])),
        "clickable": enabled && is_clickable(tree, id, node),
        "longClickable": enabled && has_gesture(node, |kind| matches!(kind, Kind::LongPress { .. })),
        "scrollable": node.component.pan_axis(tree, id).is_some(),
        "atStart": tree.scroll(id).is_some_and(|scroll| scroll.track(scroll.axis()).before <= 0.5),
        "checkable": checkable || said.is_some(),
        "checked": said.unwrap_or(checkable && checked),
        "zIndex": common.z_index,
        "opacity": node.shown_effects().opacity.unwrap_or(1.0),
        "backgroundColor": text(&attributes, &["backgroundColor"]),
        "clip": clips,
        "hitTestBehavior": hit_test_name(common.hit_test),
        "visible": within || !visible.is_empty(),
        "children": children,
    }))
}

/// Attributes that hold what a component says.
const TEXTS: [&str; 3] = ["content", "label", "text"];

/// What a node says: its text or its label; empty when it says nothing.
pub fn text_of(tree: &Tree, id: NodeId) -> String {
    text(&inspector::attributes(tree, id), &TEXTS)
}

/// The first of several attributes that is a text.
fn text(attributes: &Attributes, names: &[&str]) -> String {
    let mut texts = names.iter().filter_map(|name| attributes.0.get(*name)?.as_str());
    texts.next().unwrap_or_default().to_owned()
}

/// Whether the first of several attributes that is there says yes. The inspector writes booleans as text.
fn flag(attributes: &Attributes, names: &[&str]) -> bool {
    let found = names.iter().find_map(|name| attributes.0.get(*name));
    matches!(found, Some(Json::Bool(true))) || found.and_then(Json::as_str) == Some("true")
}

fn is_clickable(tree: &Tree, id: NodeId, node: &Node) -> bool {
    node.common.events.contains_key("onClick")
        || node.acting().reacts_to_click(tree, id)
        || has_gesture(node, |kind| matches!(kind, Kind::Tap { count: 1, .. }))
}

fn has_gesture(node: &Node, wanted: fn(&Kind) -> bool) -> bool {
    fn any(kind: &Kind, wanted: fn(&Kind) -> bool) -> bool {
        match kind {
            Kind::Group(_, members) => members.iter().any(|member| any(&member.kind, wanted)),
            kind => wanted(kind),
        }
    }
    let input = node.common.input.as_deref();
    input.is_some_and(|input| input.gestures.iter().any(|attached| any(&attached.spec.kind, wanted)))
}

fn edges(rect: &Rect) -> [i64; 4] {
    [rect.origin.x, rect.origin.y, rect.right(), rect.bottom()].map(|edge| edge.round() as i64)
}

fn hit_test_name(mode: HitTest) -> &'static str {
    match mode {
        HitTest::Default => "HitTestMode.Default",
        HitTest::Block => "HitTestMode.Block",
        HitTest::Transparent => "HitTestMode.Transparent",
        HitTest::None => "HitTestMode.None",
        HitTest::BlockHierarchy => "HitTestMode.BLOCK_HIERARCHY",
        HitTest::BlockDescendants => "HitTestMode.BLOCK_DESCENDANTS",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use crate::input::gesture::testing::Scene;

    #[test]
    fn only_what_is_shown_is_there_with_its_visible_part() {
        let mut scene = Scene::stack();
        scene.node(2).common.visibility = Visibility::Hidden;
        scene.node(3).common.clip = true;
        scene.node(3).common.disabled = true;
        scene.on(4, "onClick", "click");
        scene.node(4).layout.offset = Point::new(80.0, 80.0);
        let root = scene.id(1);
        let tree = describe(&scene.tree, root).expect("a window");
        assert_eq!(tree["children"].as_array().map(Vec::len), Some(1));
        let inner = &tree["children"][0]["children"][0];
        assert_eq!(inner["bounds"], json!([80, 80, 100, 100]));
        assert_eq!(inner["origBounds"], json!([80, 80, 130, 130]));
        assert_eq!((&inner["enabled"], &inner["clickable"]), (&json!(false), &json!(false)));
    }
}
