//! What controls look like where the app has something of its own: blocks, stars, descriptions, shadows.

use super::tests::{BLUE, RED, WHITE, assert_pixel, attribute, drag, draw, number, scene, text, touch};
use concord_paint::Frame;
use concord_ui::input::TouchPhase;
use concord_ui::value::Value;

/// A square of 2 by 2 red pixels.
const RED_PICTURE: &str = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'><rect width='2' height='2' fill='red'/></svg>";

fn differs(frame: &Frame, x: u32, y: u32, from: u32) -> bool {
    frame.pixel(x, y).to_argb() != from
}

#[test]
fn a_block_may_be_a_shape_or_a_picture() {
    let options = || Value::object([("value", number(50.0))]);
    let style = |kind: f64, name: &str, what: Value| Value::object([("type", number(kind)), (name, what)]);
    let (mut scene, node) = scene("Slider", options());
    scene.size(node, 200.0, 40.0);
    scene.set(node, "blockSize", &[Value::object([("width", number(20.0)), ("height", number(20.0))])]);
    scene.set(node, "blockColor", &[text("#ff0000")]);
    let corner = |frame: &Frame| frame.pixel(300 - 27, 60 - 27).to_argb() == RED;
    assert!(!corner(&draw(&mut scene)), "a circle has no corners");
    let shape = Value::object([
        ("shape", text("Rect")),
        ("values", Value::object([("width", number(20.0)), ("height", number(20.0))])),
    ]);
    scene.set(node, "blockStyle", &[style(2.0, "shape", shape)]);
    assert!(corner(&draw(&mut scene)));
    scene.set(node, "blockColor", &[text("#0000ff")]);
    scene.set(node, "blockStyle", &[style(1.0, "image", text(RED_PICTURE))]);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 300, 60, RED);
}

#[test]
fn a_block_waits_until_a_finger_has_gone_far_enough() {
    let (mut scene, node) = scene("Slider", Value::object([("value", number(50.0))]));
    scene.size(node, 200.0, 40.0);
    scene.set(node, "sliderInteractionMode", &[number(1.0)]);
    scene.set(node, "minResponsiveDistance", &[number(10.0)]);
    scene.frame();
    touch(&mut scene, node, TouchPhase::Down, 0.5, 0.5);
    drag(&mut scene, node, 0.54, 0.5);
    assert!(attribute(&scene, node, "value").starts_with("50."));
    drag(&mut scene, node, 0.7, 0.5);
    assert!(attribute(&scene, node, "value").starts_with('7'));
}

#[test]
fn a_track_is_shorter_by_what_stands_at_its_ends() {
    let (mut scene, node) = scene("Slider", Value::object([("value", number(0.0))]));
    scene.size(node, 200.0, 40.0);
    scene.set(node, "trackColor", &[text("#ff0000")]);
    let before = scene.add_box(node, 20.0);
    scene.size(before, 50.0, 20.0);
    let child = Value::Number(scene.tree.number(before) as f64);
    scene.set(node, "prefix", &[child]);
    let frame = draw(&mut scene);
    assert_eq!(scene.rect(before), (0.0, 10.0, 50.0, 20.0));
    assert_pixel(&frame, 100, 60, WHITE);
    assert_pixel(&frame, 500, 60, RED);
}

#[test]
fn stars_may_be_pictures() {
    let (mut scene, node) = scene("Rating", Value::object([("rating", number(2.5))]));
    scene.size(node, 100.0, 20.0);
    let style = Value::object([("foregroundUri", text(RED_PICTURE)), ("backgroundUri", text("none.png"))]);
    scene.set(node, "starStyle", &[style]);
    let frame = draw(&mut scene);
    // The corner of a star that is chosen in full, both halves of one in part, and one that has no picture.
    assert_pixel(&frame, 3, 3, RED);
    assert_pixel(&frame, 125, 30, RED);
    assert_pixel(&frame, 175, 30, WHITE);
    assert_pixel(&frame, 270, 30, WHITE);
}

#[test]
fn a_gauge_has_a_description_or_the_ends_of_its_scale() {
    let options = Value::object([("value", number(5.0)), ("min", number(0.0)), ("max", number(10.0))]);
    let (mut scene, node) = scene("Gauge", options);
    scene.size(node, 100.0, 100.0);
    scene.set(node, "indicator", &[Value::Null]);
    let dark = |frame: &Frame| (80..220).any(|x| (255..288).any(|y| frame.pixel(x, y).to_argb() & 0xff < 160));
    scene.set(node, "startAngle", &[number(225.0)]);
    scene.set(node, "endAngle", &[number(135.0)]);
    assert!(dark(&draw(&mut scene)), "0 and 10");
    scene.command(node, "description", &[Value::Null]);
    assert!(!dark(&draw(&mut scene)));
    let holder = scene.add(node, "__Builder__");
    let inner = scene.add_box(holder, 10.0);
    let number = Value::Number(scene.tree.number(holder) as f64);
    scene.command(node, "description", &[number]);
    scene.frame();
    let (x, y, width, height) = scene.rect(inner);
    assert_eq!((x, y, width, height), (27.8, 90.0, 44.4, 10.0), "all of the room below the arc");
}

#[test]
fn tracks_cast_shadows_in_their_colours() {
    let (mut scene, node) =
        scene("DataPanel", Value::object([("values", Value::array([number(100.0)])), ("type", number(0.0))]));
    scene.size(node, 100.0, 10.0);
    let root = scene.root;
    scene.size(root, 200.0, 100.0);
    scene.set(node, "valueColors", &[Value::array([text("#0000ff")])]);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 150, 36, WHITE);
    scene.set(node, "trackShadow", &[Value::object([("radius", number(5.0)), ("offsetY", number(5.0))])]);
    let frame = draw(&mut scene);
    assert!(differs(&frame, 150, 36, WHITE));
    assert_pixel(&frame, 150, 15, BLUE);
    scene.set(node, "trackShadow", &[Value::Null]);
    assert_pixel(&draw(&mut scene), 150, 36, WHITE);
}

#[test]
fn a_ring_that_loads_turns_with_time() {
    let (mut scene, node) = scene("Progress", Value::object([("value", number(0.0)), ("type", number(1.0))]));
    scene.size(node, 100.0, 100.0);
    scene.set(node, "style", &[Value::object([("status", text("LOADING"))])]);
    scene.tree.now = 0.0;
    let first = draw(&mut scene);
    scene.tree.now += 600.0;
    let second = draw(&mut scene);
    assert!((0..300).any(|x| first.pixel(x, 150).to_argb() != second.pixel(x, 150).to_argb()));
}

#[test]
fn dividers_can_be_seen_in_the_dark() {
    let (mut scene, node) = scene("Divider", Value::Undefined);
    scene.frame();
    assert_eq!(attribute(&scene, node, "color"), "#33182431");
    scene.tree.environment.dark = true;
    assert_eq!(attribute(&scene, node, "color"), "#33FFFFFF");
}
