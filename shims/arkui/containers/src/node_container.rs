//! `NodeContainer` and `FrameNode`: places for nodes that an app makes itself, on top of each other from the top start corner.

use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

/// One of the two, by name. Pages never pop either: what is inside comes from the app and not from the page.
pub(super) struct NodeHolder(pub(super) &'static str);

impl Component for NodeHolder {
    fn name(&self) -> &'static str {
        self.0
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &[Method { name: "create", apply: |_, _| Value::Undefined }]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::TopStart);
        place_aligned(pass, node, alignment);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{pixels, scene_of};
    use concord_paint::kurbo::{Affine, Rect, Shape};
    use concord_paint::{Brush, Color, FillRule};
    use concord_text::Fonts;
    use concord_ui::drawing::{Ink, Recorder};
    use concord_ui::testing::Scene;
    use concord_ui::value::{Foreign, Value};
    use std::rc::Rc;

    fn square(color: u32) -> Value {
        let mut recorder = Recorder::new(Fonts::default());
        recorder.save();
        recorder.transform(Affine::translate((10.0, 0.0)));
        let path = Rect::new(0.0, 0.0, 10.0, 10.0).to_path(0.1);
        let ink = Ink { brush: Brush::Solid(Color::from_argb(color)), ..Ink::default() };
        recorder.path(&path, FillRule::NonZero, &ink);
        Value::Foreign(Foreign(Rc::new(recorder.finish())))
    }

    #[test]
    fn drawings_lie_where_they_say() {
        let mut scene = scene_of("Stack");
        let root = scene.root;
        scene.size(root, 100.0, 100.0);
        let row = scene.add(root, "Row");
        scene.size(row, 5.0, 5.0);
        scene.set(root, "align", &[Value::Number(0.0)]);
        scene.set(root, "drawn", &[Value::text("own"), square(0xffff_0000)]);
        let at = |scene: &mut Scene, x: u32| pixels(scene).pixel(x, 5).to_argb();
        assert_eq!(at(&mut scene, 15), 0xffff_0000);
        assert_eq!(at(&mut scene, 5), 0, "it was moved by 10 px");
        scene.set(row, "backgroundColor", &[Value::text("#00ff00")]);
        assert_eq!(at(&mut scene, 12), 0xff00_ff00, "children lie above");
        scene.set(root, "drawn", &[Value::text("foreground"), square(0xff00_00ff)]);
        assert_eq!(at(&mut scene, 12), 0xff00_00ff);
        scene.set(root, "drawn", &[Value::text("foreground"), Value::Undefined]);
        assert_eq!(at(&mut scene, 12), 0xff00_ff00);
    }
}
