//! Values in each frame, what is called when, and what comes and goes.
#![expect(clippy::expect_used, reason = "helpers of tests")]

use super::{Animation, Curve, Timing};
use crate::testing::Scene;
use crate::testing::plain::PLAIN;
use crate::tree::NodeId;
use crate::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

/// A page with a box of 100 × 100 vp in it, laid out.
fn page() -> (Scene, NodeId) {
    let mut scene = Scene::new(&PLAIN, "Column");
    let node = scene.add(scene.root, "Row");
    scene.size(node, 100.0, 100.0);
    scene.frame();
    (scene, node)
}

fn linear(duration: f64) -> Animation {
    Animation::new(Timing { duration, curve: Curve::LINEAR, ..Timing::default() }, None)
}

/// With a handler that is heard as `name`.
fn heard_as(scene: &mut Scene, mut animation: Animation, name: &'static str) -> Animation {
    animation.on_finish = Some(scene.handler(name));
    animation
}

fn spring() -> Animation {
    Animation::new(Timing { curve: Curve::motion(0.55, 0.825), ..Timing::default() }, None)
}

impl Scene {
    fn animate(&mut self, animation: Animation, change: impl FnOnce(&mut Scene)) {
        self.lay_out();
        self.tree.open_animation(animation);
        change(self);
        self.lay_out();
        self.tree.close_animation();
    }

    fn opacity(&self, node: NodeId) -> f32 {
        let opacity = self.tree.get(node).and_then(|node| node.shown_effects().opacity).unwrap_or(1.0);
        (opacity * 1000.0).round() / 1000.0
    }

    /// x that is shown by `translate`, in vp.
    fn shift(&self, node: NodeId) -> f32 {
        let node = self.tree.get(node);
        let transform = node.and_then(|node| node.shown_effects().transform.as_ref());
        let x =
            transform.and_then(|transform| transform.translate.as_ref()).map(|[x, ..]| x.to_px(&self.tree.environment));
        (x.unwrap_or(0.0) / 3.0 * 100.0).round() / 100.0
    }

    fn move_to(&mut self, node: NodeId, x: f64) {
        self.set(node, "translate", &[Value::object([("x", number(x))])]);
    }
}

#[test]
fn a_value_moves_frame_by_frame() {
    let (mut scene, node) = page();
    scene.animate(linear(100.0), |scene| scene.set(node, "opacity", &[number(0.0)]));
    assert_eq!(scene.opacity(node), 1.0, "nothing moves before the first frame");
    let mut seen = Vec::new();
    for _ in 0..8 {
        scene.frame();
        seen.push(scene.opacity(node));
    }
    // A sixtieth of a second is a sixth of the way.
    assert_eq!(seen, [1.0, 0.833, 0.667, 0.5, 0.333, 0.167, 0.0, 0.0]);
    assert!(!scene.tree.needs_frame && scene.tree.get(node).is_some_and(|node| node.presented.is_none()));
}

#[test]
fn frames_move_with_what_is_around_them() {
    let (mut scene, node) = page();
    let below = scene.add_box(scene.root, 50.0);
    scene.frame();
    scene.animate(linear(100.0), |scene| scene.size(node, 200.0, 160.0));
    for _ in 0..4 {
        scene.frame();
    }
    // In the middle of 360 vp all the time.
    assert_eq!(scene.rect(node), (105.0, 0.0, 150.0, 130.0));
    assert_eq!(scene.rect(below).1, 130.0);
    let layout = scene.tree.get(node).map(|node| node.layout.size.width / 3.0);
    assert_eq!(layout, Some(200.0), "layout has the end");
    scene.rest();
    assert_eq!(scene.rect(node), (80.0, 0.0, 200.0, 160.0));
}

#[test]
fn attributes_under_an_animation_move_by_themselves() {
    let (mut scene, node) = page();
    let below = scene.add_box(scene.root, 50.0);
    scene.frame();
    let animation = heard_as(&mut scene, linear(100.0), "finish");
    scene.tree.set_implicit_animation(Some(animation));
    scene.set(node, "height", &[number(160.0)]);
    scene.tree.set_implicit_animation(None);
    scene.set(node, "width", &[number(50.0)]);
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!((scene.rect(node).3, scene.rect(below).1), (130.0, 130.0));
    assert_eq!(scene.heard(), [""; 0]);
    scene.rest();
    assert_eq!(scene.heard(), ["finish"]);
}

#[test]
fn what_is_new_does_not_move() {
    let (mut scene, _) = page();
    let node = scene.add(scene.root, "Row");
    scene.tree.set_implicit_animation(Some(linear(100.0)));
    scene.size(node, 10.0, 10.0);
    scene.set(node, "opacity", &[number(0.5)]);
    scene.tree.set_implicit_animation(None);
    scene.frame();
    assert_eq!((scene.opacity(node), scene.rect(node).2), (0.5, 10.0));
}

#[test]
fn an_interruption_goes_on_from_what_is_shown() {
    let (mut scene, node) = page();
    scene.animate(linear(100.0), |scene| scene.move_to(node, 100.0));
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!(scene.shift(node), 50.0);
    scene.animate(linear(100.0), |scene| scene.move_to(node, 0.0));
    assert_eq!(scene.shift(node), 50.0);
    scene.frame();
    // The first goes on (66.67 of 100) while the second begins.
    assert_eq!(scene.shift(node), 66.67);
    scene.rest();
    assert_eq!(scene.shift(node), 0.0);
}

#[test]
fn a_spring_keeps_its_speed() {
    let (mut scene, node) = page();
    scene.animate(spring(), |scene| scene.move_to(node, 100.0));
    let mut last = 0.0;
    for _ in 0..8 {
        last = scene.shift(node);
        scene.frame();
    }
    let speed = scene.shift(node) - last;
    assert!(speed > 3.0, "it is fast by now: {speed}");
    let there = scene.shift(node);
    scene.animate(spring(), |scene| scene.move_to(node, 0.0));
    scene.frame();
    assert_eq!(scene.shift(node), there, "the first frame of the new way");
    scene.frame();
    let on = scene.shift(node) - there;
    assert!(on > 0.0 && on < speed, "it overshoots before it turns: {on}");
    assert_eq!(scene.tree.animations.tracks.get(&node).map(Vec::len), Some(1), "one spring has become the other");
    scene.rest();
    assert_eq!(scene.shift(node), 0.0);
}

#[test]
fn the_ends_are_told_in_order() {
    let (mut scene, node) = page();
    for (duration, name) in [(200.0, "long"), (50.0, "short"), (0.0, "instant"), (50.0, "nothing")] {
        let animation = heard_as(&mut scene, linear(duration), name);
        scene.animate(animation, |scene| {
            if name != "nothing" {
                scene.move_to(node, duration);
            }
        });
    }
    let mut heard = Vec::new();
    for frame in 0..16 {
        scene.frame();
        heard.extend(scene.heard().into_iter().map(|name| format!("{frame} {name}")));
    }
    assert_eq!(heard, ["0 instant", "3 short", "3 nothing", "12 long"]);
}

#[test]
fn an_alternating_animation_ends_where_it_began() {
    let (mut scene, node) = page();
    let mut animation = linear(50.0);
    animation.timing.iterations = Some(2);
    animation.timing.play_mode = super::PlayMode::Alternate;
    scene.animate(animation, |scene| scene.move_to(node, 90.0));
    let mut seen = Vec::new();
    for _ in 0..8 {
        scene.frame();
        seen.push(scene.shift(node));
    }
    assert_eq!(seen, [0.0, 30.0, 60.0, 90.0, 60.0, 30.0, 0.0, 0.0]);
    scene.animate(linear(0.0), |scene| scene.move_to(node, 30.0));
    scene.rest();
    assert_eq!(scene.shift(node), 30.0);
}

#[test]
fn nothing_moves_when_animations_are_off() {
    let (mut scene, node) = page();
    scene.tree.environment.animations = false;
    let animation = heard_as(&mut scene, linear(1000.0), "finish");
    scene.animate(animation, |scene| scene.move_to(node, 90.0));
    assert_eq!(scene.shift(node), 90.0);
    scene.frame();
    assert_eq!(scene.heard(), ["finish"]);
}

#[test]
fn what_goes_is_drawn_until_it_is_gone() {
    let (mut scene, node) = page();
    let fade = Value::object([("kind", Value::text("opacity")), ("value", number(0.0)), ("animation", timing(100.0))]);
    scene.set(node, "transition", &[Value::object([("effects_", Value::array([fade]))])]);
    scene.tree.destroy(node);
    let root = scene.root;
    assert!(scene.tree.frame_children(root).is_empty());
    assert_eq!(scene.tree.animations.leaving(root), [node]);
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!(scene.opacity(node), 0.5);
    scene.rest();
    assert!(scene.tree.get(node).is_none() && scene.tree.animations.leaving(root).is_empty());
}

fn timing(duration: f64) -> Value {
    Value::object([("duration", number(duration)), ("curve", Value::text("linear"))])
}

#[test]
fn what_comes_within_an_animation_fades_in() {
    let (mut scene, _) = page();
    let mut made = None;
    scene.animate(linear(100.0), |scene| {
        let node = scene.add_box(scene.root, 20.0);
        scene.add_box(node, 10.0);
        made = Some(node);
    });
    let node = made.expect("a node");
    let inner = scene.child(node, 0);
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!((scene.opacity(node), scene.opacity(inner)), (0.5, 1.0), "what is in it comes along");
    scene.rest();
    assert_eq!(scene.opacity(node), 1.0);
}

#[test]
fn each_way_of_a_transition_has_its_own_effects() {
    let (mut scene, node) = page();
    let effect = |way: &str, x: f64| {
        let by = Value::object([("x", number(x))]);
        let (way, kind) = (Value::text(way), Value::text("translate"));
        Value::object([("way", way), ("kind", kind), ("value", by), ("animation", timing(100.0))])
    };
    let both = Value::array([effect("in", -60.0), effect("out", 60.0)]);
    scene.set(node, "transition", &[Value::object([("effects_", both)])]);
    scene.set(node, "visibility", &[number(2.0)]);
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!(scene.shift(node), 30.0);
    assert!(scene.tree.get(node).is_some_and(super::super::tree::Node::is_drawn), "it is drawn on its way out");
    scene.rest();
    assert!(!scene.tree.get(node).is_some_and(super::super::tree::Node::is_drawn));
    scene.set(node, "visibility", &[number(0.0)]);
    scene.frame();
    scene.frame();
    assert_eq!(scene.shift(node), -50.0);
    scene.rest();
    assert_eq!(scene.shift(node), 0.0);
}

#[test]
fn a_node_takes_over_the_place_of_one_with_the_same_id() {
    let (mut scene, node) = page();
    let key = [Value::text("shared")];
    scene.set(node, "geometryTransition", &key);
    let mut made = None;
    scene.animate(linear(100.0), |scene| {
        scene.tree.destroy(node);
        let other = scene.add(scene.root, "Row");
        scene.size(other, 200.0, 50.0);
        scene.set(other, "geometryTransition", &key);
        made = Some(other);
    });
    let other = made.expect("a node");
    assert_eq!(scene.rect(other), (0.0, 0.0, 100.0, 100.0));
    scene.rest();
    assert_eq!(scene.rect(other), (0.0, 0.0, 200.0, 50.0));
}

#[test]
fn a_node_that_stays_follows_one_that_comes_and_goes() {
    let (mut scene, node) = page();
    let key = [Value::text("shared"), Value::object([("follow", Value::Bool(true))])];
    scene.set(node, "geometryTransition", &key);
    let mut made = None;
    scene.animate(linear(100.0), |scene| {
        let other = scene.add(scene.root, "Row");
        scene.size(other, 200.0, 50.0);
        scene.set(other, "geometryTransition", &[Value::text("shared")]);
        made = Some(other);
    });
    let other = made.expect("a node");
    assert_eq!(scene.rect(other).2, 100.0, "as wide as the one that stays");
    scene.rest();
    assert_eq!((scene.rect(other).2, scene.rect(node).2), (200.0, 100.0));
    scene.animate(linear(100.0), |scene| {
        scene.tree.destroy(other);
    });
    assert_eq!(scene.rect(node).2, 200.0, "from where the other one was");
    scene.rest();
    assert_eq!(scene.rect(node).2, 100.0);
}

#[test]
fn a_node_gives_way_under_a_finger() {
    use crate::geometry::Point;
    use crate::input::{TouchInput, TouchPhase, touch};
    let (mut scene, node) = page();
    scene.set(node, "clickEffect", &[Value::object([("level", number(0.0)), ("scale", number(0.8))])]);
    let press = |scene: &Scene| {
        let node = scene.tree.get(node);
        node.and_then(|node| node.shown_effects().transform.as_ref()).map_or(1.0, |transform| transform.press)
    };
    let finger = |scene: &mut Scene, phase| {
        let input = TouchInput::finger(0, phase, Point::new(150.0, 150.0));
        touch(&mut crate::Pass::new(&mut scene.tree, &mut scene.host), scene.root, &input);
    };
    finger(&mut scene, TouchPhase::Down);
    let mut seen = Vec::new();
    for _ in 0..6 {
        scene.frame();
        seen.push(press(&scene));
    }
    assert!(seen.is_sorted_by(|a, b| a > b) && seen[5] < 0.95, "{seen:?}");
    scene.rest();
    assert_eq!(press(&scene), 0.8);
    finger(&mut scene, TouchPhase::Up);
    scene.rest();
    assert_eq!(press(&scene), 1.0);
}

#[test]
fn a_place_follows_its_motion_path() {
    let (mut scene, node) = page();
    let path = Value::text("Mstart.x start.y L end.x start.y L end.x end.y");
    scene.set(node, "motionPath", &[Value::object([("path", path), ("rotatable", Value::Bool(true))])]);
    let at = |x: f64, y: f64| Value::object([("x", number(x)), ("y", number(y))]);
    scene.set(node, "position", &[at(0.0, 0.0)]);
    scene.frame();
    scene.animate(linear(100.0), |scene| scene.set(node, "position", &[at(90.0, 90.0)]));
    let mut seen = Vec::new();
    for _ in 0..7 {
        scene.frame();
        let (x, y, ..) = scene.rect(node);
        seen.push((x.round(), y.round()));
    }
    assert_eq!(seen, [(0.0, 0.0), (30.0, 0.0), (60.0, 0.0), (90.0, 0.0), (90.0, 30.0), (90.0, 60.0), (90.0, 90.0)]);
}

#[test]
fn a_node_comes_and_goes_by_an_effect() {
    let (mut scene, node) = page();
    let kind = |kind: &str, value: Value| {
        let animation = Value::object([("duration", number(100.0)), ("curve", Value::text("linear"))]);
        Value::object([("kind", Value::text(kind)), ("value", value), ("animation", animation)])
    };
    let small =
        Value::object([("x", number(0.5)), ("y", number(0.5)), ("centerX", number(0.0)), ("centerY", number(0.0))]);
    let effect = Value::object([("effects_", Value::array([kind("opacity", number(0.0)), kind("scale", small)]))]);
    let scale = |scene: &Scene| {
        let node = scene.tree.get(node).and_then(|node| node.shown_effects().transform.as_ref());
        node.and_then(|transform| transform.scale.clone())
            .map_or((1.0, false), |(factors, center)| (factors[0], center[0].is_some()))
    };
    let end = scene.handler("in");
    scene.tree.transit(node, true, &effect, Some(&end));
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!((scene.opacity(node), scale(&scene)), (0.5, (0.75, true)));
    scene.rest();
    assert_eq!((scene.opacity(node), scene.heard()), (1.0, vec!["in".to_owned()]));
    let end = scene.handler("out");
    scene.tree.transit(node, false, &effect, Some(&end));
    scene.rest();
    // It stays away until it is removed.
    assert_eq!((scene.opacity(node), scale(&scene).0, scene.heard()), (0.0, 0.5, vec!["out".to_owned()]));
    scene.tree.settle(node);
    assert_eq!(scene.opacity(node), 1.0);
}

#[test]
fn colours_and_sizes_are_set_in_each_frame() {
    let (mut scene, node) = page();
    let color = |scene: &Scene| {
        scene.tree.get(node).and_then(|node| node.common.background.foreground).map_or(0, |color| color.to_argb())
    };
    scene.set(node, "foregroundColor", &[Value::text("#000000")]);
    scene.animate(linear(100.0), |scene| scene.set(node, "foregroundColor", &[Value::text("#ffffff")]));
    assert_eq!(color(&scene), 0xff00_0000, "nothing moves before the first frame");
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!(color(&scene), 0xff80_8080);
    // Somewhere else from there.
    scene.animate(linear(100.0), |scene| scene.set(node, "foregroundColor", &[Value::text("#000000")]));
    for _ in 0..4 {
        scene.frame();
    }
    assert_eq!(color(&scene), 0xff40_4040);
    scene.rest();
    assert_eq!(color(&scene), 0xff00_0000);
    // Without an animation at once, whatever runs.
    scene.animate(linear(100.0), |scene| scene.set(node, "foregroundColor", &[Value::text("#ffffff")]));
    scene.frame();
    scene.set(node, "foregroundColor", &[Value::text("#ff0000")]);
    scene.rest();
    assert_eq!(color(&scene), 0xffff_0000);
}
