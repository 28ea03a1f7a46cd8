//! What a `Magnifier` of an app shows: a part of a component, larger, in a glass above it.

use super::rect;
use concord_paint::kurbo::{Affine, RoundedRect, Stroke};
use concord_paint::{Brush, Color, Painter, ShadowShape};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct Magnifier;

/// What it shows: a node, and a point of its frame in px.
#[derive(Debug, Default)]
struct State(Option<(NodeId, Point)>);

/// Size of the glass, and how high it stands over the point that it shows, in vp.
const WIDTH: f32 = 121.0;
const HEIGHT: f32 = 39.0;
const ABOVE: f32 = 24.0;
/// How much larger things are in it.
const FACTOR: f64 = 1.25;
const RIM: Color = Color::from_argb(0x3300_0000);
const SHADOW: Color = Color::from_argb(0x3300_0000);

impl Component for Magnifier {
    fn name(&self) -> &'static str {
        "__Magnifier__"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn is_only_drawn(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, _node: NodeId, constraint: &ContentConstraint) -> Size {
        let environment = &pass.tree.environment;
        constraint.fit(Size::new(environment.vp(WIDTH), environment.vp(HEIGHT)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(State(Some((target, at)))), Some(entry)) = (tree.state::<State>(node), tree.get(node)) else {
            return;
        };
        let Some(shown) = tree.get(*target).filter(|_| tree.is_shown(*target) && !tree.is_inside(node, *target)) else {
            return;
        };
        let glass = rect(&entry.layout.content());
        let outline = RoundedRect::from_rect(glass, glass.height() / 2.0);
        let vp = f64::from(tree.environment.vp(1.0));
        painter.shadow(ShadowShape::Rounded(outline), 8.0 * vp, SHADOW, (0.0, 4.0 * vp), true);
        painter.save();
        painter.clip_rounded(outline);
        let ground = if tree.environment.dark { Color::BLACK } else { Color::WHITE };
        painter.fill_rect(glass, &Brush::Solid(ground));
        let offset = shown.layout.offset;
        let looked_at = (f64::from(offset.x + at.x), f64::from(offset.y + at.y));
        painter.transform(
            Affine::translate(glass.center().to_vec2())
                * Affine::scale(FACTOR)
                * Affine::translate((-looked_at.0, -looked_at.1)),
        );
        painter.append(&concord_ui::scene::paint(tree, *target));
        painter.restore();
        painter.stroke(concord_paint::kurbo::Shape::to_path(&outline, 0.1), &Stroke::new(vp), &Brush::Solid(RIM));
    }
}

/// `look(node, x, y) → {x, y}`: shows what is at a point of a node's frame, in vp. Gives where the glass has to be then: its top
/// left corner in the window, in px.
static COMMANDS: &[Method] = &[Method {
    name: "look",
    apply: |node, args| {
        let target = args.get(0).as_f64().and_then(|number| node.tree.by_number(number as u64));
        let part = |index: usize| node.tree.environment.vp(args.get(index).as_f32().unwrap_or(0.0));
        let at = Point::new(part(1), part(2));
        let Some(target) = target else { return Value::Undefined };
        if let Some(state) = node.tree.state_mut::<State>(node.node) {
            state.0 = Some((target, at));
        }
        node.tree.mark_paint(node.node);
        let place = node.tree.window_frame(target).origin + at;
        let environment = &node.tree.environment;
        let corner = [place.x - environment.vp(WIDTH / 2.0), place.y - environment.vp(ABOVE + HEIGHT)];
        let [x, y] = corner.map(|px| Value::Number(f64::from(px)));
        Value::object([("x", x), ("y", y)])
    },
}];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use crate::tests::draw;
    use concord_ui::value::Value;

    #[test]
    fn a_part_of_a_component_is_larger_in_the_glass() {
        let mut scene = scene_of("Stack");
        let root = scene.root;
        scene.set(root, "alignContent", &[Value::Number(0.0)]);
        let left = scene.add(root, "Row");
        scene.size(left, 300.0, 100.0);
        scene.set(left, "backgroundColor", &[Value::text("#ff0000")]);
        let spot = scene.add(left, "Row");
        scene.size(spot, 20.0, 20.0);
        scene.set(spot, "backgroundColor", &[Value::text("#0000ff")]);
        let glass = scene.add(root, "__Magnifier__");
        scene.frame();
        let number = Value::Number(scene.tree.number(left) as f64);
        // The middle of the spot, which is centred in height.
        let place = scene.command(glass, "look", &[number, Value::Number(10.0), Value::Number(50.0)]);
        assert_eq!((place.get("x").as_f32(), place.get("y").as_f32()), (Some(30.0 - 181.5), Some(150.0 - 189.0)));
        let frame = draw(&mut scene);
        // The glass lies at the top left; 121 by 39 vp. The spot reaches 12.5 vp from its middle instead of 10.
        let (middle, row) = (181, 58);
        assert_eq!(frame.pixel(middle + 34, row).to_argb(), 0xff00_00ff);
        assert_eq!(frame.pixel(middle + 41, row).to_argb(), 0xffff_0000);
    }
}
