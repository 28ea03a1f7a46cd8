use super::*;
use crate::testing::Scene;
use crate::tests::{attribute, draw as picture, number as n, scene, text};

const RED: u32 = 0xffff_0000;

fn two(a: f64, b: f64) -> Value {
    Value::array([n(a), n(b)])
}

fn point(radius: f64, count: f64, lifetime: f64) -> Value {
    Value::object([
        ("type", text("point")),
        ("config", Value::object([("radius", n(radius))])),
        ("count", n(count)),
        ("lifetime", n(lifetime)),
    ])
}

fn emitter(particle: Value, rate: f64, position: [f64; 2]) -> Value {
    Value::object([
        ("particle", particle),
        ("emitRate", n(rate)),
        ("position", two(position[0], position[1])),
        ("size", two(0.0, 0.0)),
    ])
}

fn red() -> Value {
    Value::object([("range", Value::array([text("#ff0000"), text("#ff0000")]))])
}

fn particles<const N: usize>(options: [(&str, Value); N]) -> (Scene, NodeId) {
    let all = Value::object([("particles", Value::array([Value::object(options)]))]);
    let (mut scene, node) = scene("Particle", all);
    scene.size(node, 100.0, 90.0);
    (scene, node)
}

fn frames(scene: &mut Scene, count: usize) {
    (0..count).for_each(|_| scene.frame());
}

fn alive(scene: &Scene, node: NodeId) -> usize {
    let state = scene.tree.state::<State>(node).expect("particles");
    state.emitters.iter().map(|emitter| emitter.alive.len()).sum()
}

#[test]
fn they_are_emitted_move_and_end() {
    let velocity = Value::object([("speed", two(60.0, 60.0)), ("angle", two(0.0, 0.0))]);
    let (mut scene, node) = particles([
        ("emitter", emitter(point(5.0, 2.0, 1000.0), 10.0, [10.0, 30.0])),
        ("color", red()),
        ("velocity", velocity),
    ]);
    frames(&mut scene, 9);
    assert_eq!(alive(&scene, node), 1, "one in 100 ms");
    frames(&mut scene, 32);
    assert_eq!(alive(&scene, node), 2, "no more than two");
    let frame = picture(&mut scene);
    // The first is about 34 vp to the right of where it began.
    assert_eq!(frame.pixel(130, 90).to_argb(), RED);
    assert_ne!(frame.pixel(30, 90).to_argb(), RED);
    scene.rest();
    assert_eq!(alive(&scene, node), 0);
}

#[test]
fn endless_ones_are_followed_while_somebody_looks() {
    let (mut scene, node) = particles([("emitter", emitter(point(5.0, -1.0, 500.0), 20.0, [10.0, 30.0]))]);
    scene.rest();
    assert!(alive(&scene, node) > 5, "{}", alive(&scene, node));
    scene.tree.watched_live = true;
    scene.set(node, "emitter", &[Value::array([Value::object([("index", n(0.0)), ("emitRate", n(100.0))])])]);
    frames(&mut scene, 60);
    assert!(alive(&scene, node) > 40, "{}", alive(&scene, node));
    assert!(scene.tree.ticker.next().is_some());
}

#[test]
fn numbers_follow_curves_and_chance() {
    let curve = |from: f64, to: f64, end: f64| {
        let part = Value::object([("from", n(from)), ("to", n(to)), ("startMillis", n(0.0)), ("endMillis", n(end))]);
        Value::object([("type", text("curve")), ("config", Value::array([part]))])
    };
    let random = Value::object([("type", text("random")), ("config", two(-2.0, -2.0))]);
    let (mut scene, node) = particles([
        ("emitter", emitter(point(1.0, 1.0, -1.0), 60.0, [0.0, 0.0])),
        ("scale", Value::object([("range", two(1.0, 1.0)), ("updater", curve(0.0, 10.0, 1000.0))])),
        ("opacity", Value::object([("range", two(1.0, 1.0)), ("updater", random)])),
    ]);
    frames(&mut scene, 18);
    let state = scene.tree.state::<State>(node).expect("particles");
    let one = state.emitters[0].alive.first().expect("a particle");
    assert!((one.scale() - one.opacity().mul_add(-5.0, 5.0)).abs() < 1e-6, "{} {}", one.scale(), one.opacity());
    frames(&mut scene, 30);
    assert_eq!(alive(&scene, node), 0, "it has faded away");
}

#[test]
fn all_begin_within_the_shape_of_their_emitter() {
    let percent = |part: f64| Value::object([("value", n(part)), ("unit", n(3.0))]);
    let vp = |length: f64| Value::object([("value", n(length)), ("unit", n(1.0))]);
    let annulus = Value::object([
        ("center", Value::object([("x", percent(0.5)), ("y", percent(0.5))])),
        ("innerRadius", vp(40.0)),
        ("outerRadius", vp(20.0)),
        ("startAngle", n(90.0)),
        ("endAngle", n(180.0)),
    ]);
    let emitter = Value::object([
        ("particle", point(1.0, 50.0, -1.0)),
        ("emitRate", n(3000.0)),
        ("shape", text("annulus")),
        ("annulusRegion", annulus),
    ]);
    let (mut scene, node) = particles([("emitter", emitter)]);
    frames(&mut scene, 5);
    assert_eq!(alive(&scene, node), 50);
    let state = scene.tree.state::<State>(node).expect("particles");
    for one in &state.emitters[0].alive {
        let away = one.position.to_vec2() - Vec2::new(50.0, 45.0);
        assert!((20.0..=40.0).contains(&away.hypot()) && away.x <= 1e-6 && away.y >= -1e-6, "{away:?}");
    }
}

#[test]
fn pictures_turn_and_fade() {
    const PICTURE: &str = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'><rect width='2' height='2' fill='red'/></svg>";
    let image = Value::object([
        ("type", text("image")),
        ("config", Value::object([("src", text(PICTURE)), ("size", two(20.0, 20.0))])),
        ("count", n(1.0)),
        ("lifetime", n(-1.0)),
    ]);
    let (mut scene, node) = particles([
        ("emitter", emitter(image, 60.0, [20.0, 20.0])),
        ("spin", Value::object([("range", two(45.0, 45.0))])),
    ]);
    frames(&mut scene, 8);
    let frame = picture(&mut scene);
    assert_eq!(frame.pixel(90, 90).to_argb(), RED, "{}", attribute(&scene, node, "id"));
    assert_ne!(frame.pixel(63, 63).to_argb(), RED, "corners are turned away");
    assert_eq!(frame.pixel(90, 53).to_argb(), RED, "and stand out at the top");
}

#[test]
fn what_cannot_be_seen_is_not_emitted() {
    let opacity = Value::object([("range", two(0.0, 0.0))]);
    let (mut scene, node) =
        particles([("emitter", emitter(point(5.0, -1.0, 1000.0), 60.0, [0.0, 0.0])), ("opacity", opacity)]);
    frames(&mut scene, 10);
    assert_eq!(alive(&scene, node), 0);
    assert!(scene.tree.ticker.next().is_none());
    let (mut scene, node) = particles([("emitter", Value::Null), ("color", n(f64::NAN)), ("spin", text("x"))]);
    frames(&mut scene, 3);
    assert_eq!(alive(&scene, node), 0);
}
