//! `RenderNode`: what is only drawn. Its place and looks are those of the common attributes; it takes no part in the layout of
//! others, is not hit, and is not inspected.

use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;

/// See the module.
pub(super) struct RenderNode;

impl Component for RenderNode {
    fn name(&self) -> &'static str {
        "RenderNode"
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn is_only_drawn(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint);
        Size::ZERO
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Alignment::TopStart);
    }

    fn hits(&self, _tree: &Tree, _node: NodeId, _point: Point) -> bool {
        false
    }
}

static METHODS: &[Method] = &[Method { name: "create", apply: |_, _| Value::Undefined }];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{pixels, scene_of};
    use concord_ui::{accessibility, inspector};

    #[test]
    fn it_is_drawn_and_nothing_else() {
        let mut scene = scene_of("Column");
        let root = scene.root;
        scene.size(root, 100.0, 100.0);
        let drawn = scene.add(root, "RenderNode");
        scene.size(drawn, 10.0, 10.0);
        let at = Value::object([("x", Value::Number(5.0)), ("y", Value::Number(5.0))]);
        scene.set(drawn, "position", &[at]);
        scene.set(drawn, "backgroundColor", &[Value::text("#ff0000")]);
        let below = scene.add_box(root, 20.0);
        scene.lay_out();
        assert_eq!(scene.rect(below), (0.0, 0.0, 100.0, 20.0), "it takes no place");
        assert_eq!(pixels(&mut scene).pixel(20, 20).to_argb(), 0xffff_0000);
        let children = |json: &serde_json::Value, name: &str| json[name].as_array().map_or(0, Vec::len);
        assert_eq!(children(&inspector::describe(&scene.tree, root), "$children"), 1);
        let seen = accessibility::describe(&scene.tree, root).expect("a window");
        assert_eq!(children(&seen, "children"), 1);
    }
}
