//! What shapes look like, by pixels.

use crate::testing::{pixels, scene_of};
use concord_paint::{Color, Frame};
use concord_ui::value::Value;

const RED: Color = Color::from_argb(0xffff_0000);

fn number(value: f64) -> Value {
    Value::Number(value)
}

/// A shape of 20 by 20 vp.
fn draw(component: &str, attributes: &[(&str, Value)]) -> Frame {
    let mut scene = scene_of("Column");
    let shape = scene.add(scene.root, component);
    scene.size(shape, 20.0, 20.0);
    for (name, value) in attributes {
        scene.set(shape, name, std::slice::from_ref(value));
    }
    scene.set(scene.root, "alignItems", &[number(0.0)]);
    pixels(&mut scene)
}

fn at(frame: &Frame, x: f64, y: f64) -> Color {
    frame.pixel((x * 3.0) as u32, (y * 3.0) as u32)
}

#[test]
fn a_circle_leaves_its_corners_free() {
    let frame = draw("Circle", &[("fill", Value::text("#ff0000"))]);
    assert_eq!(at(&frame, 10.0, 10.0), RED);
    assert_eq!(at(&frame, 1.0, 1.0), Color::TRANSPARENT);
    assert_eq!(at(&frame, 1.0, 10.0), RED);
}

#[test]
fn corners_of_rectangles_are_round() {
    let frame = draw("Rect", &[("fill", Value::text("#ff0000")), ("radius", number(6.0))]);
    assert_eq!(at(&frame, 0.5, 0.5), Color::TRANSPARENT);
    assert_eq!(at(&frame, 19.5, 19.5), Color::TRANSPARENT);
    assert_eq!(at(&frame, 3.0, 3.0), RED);
    assert_eq!(at(&frame, 10.0, 0.5), RED);
}

#[test]
fn paths_are_px_and_lines_are_not_filled() {
    let frame = draw("Path", &[("commands", Value::text("M0 0 L20 0 L0 20 Z"))]);
    assert_eq!(frame.pixel(4, 4), Color::BLACK);
    assert_eq!(frame.pixel(18, 18), Color::TRANSPARENT);
    let point = |x: f64, y: f64| Value::array([number(x), number(y)]);
    let attributes = [
        ("startPoint", point(0.0, 10.0)),
        ("endPoint", point(20.0, 10.0)),
        ("stroke", Value::text("#ff0000")),
        ("strokeWidth", number(4.0)),
    ];
    let frame = draw("Line", &attributes);
    assert_eq!(at(&frame, 10.0, 10.0), RED);
    assert_eq!(at(&frame, 10.0, 5.0), Color::TRANSPARENT);
}

#[test]
fn a_view_port_scales_and_a_style_is_shared() {
    let mut scene = scene_of("Column");
    scene.set(scene.root, "alignItems", &[number(0.0)]);
    let shape = scene.add(scene.root, "Shape");
    scene.size(shape, 60.0, 60.0);
    let port =
        Value::object([("x", number(0.0)), ("y", number(0.0)), ("width", number(100.0)), ("height", number(100.0))]);
    scene.set(shape, "viewPort", &[port]);
    scene.set(shape, "fill", &[Value::text("#ff0000")]);
    let rect = scene.add(shape, "Rect");
    scene.size(rect, 50.0, 50.0);
    let frame = pixels(&mut scene);
    assert_eq!(at(&frame, 24.0, 24.0), RED);
    assert_eq!(at(&frame, 45.0, 45.0), Color::TRANSPARENT);
}

#[test]
fn hostile_forms_draw_nothing() {
    for (component, name, value) in [
        ("Path", "commands", Value::text("M0 0 L")),
        ("Path", "commands", Value::text("M1e39 nan")),
        ("Polygon", "points", Value::array([Value::Null, Value::array([number(f64::MAX)])])),
        ("Rect", "radius", Value::array([Value::array([number(-5.0), number(f64::INFINITY)])])),
        ("Polyline", "strokeDashArray", Value::array([number(0.0), number(-1.0)])),
    ] {
        draw(component, &[(name, value)]);
    }
}
