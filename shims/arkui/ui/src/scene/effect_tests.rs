//! Effects of single attributes, by the colours of pixels.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use super::tests::{BLUE, Page, RED, WHITE, assert_pixel, number, text};
use crate::value::Value;

const GREEN: u32 = 0xff00_ff00;

#[test]
fn a_border_of_a_gradient_replaces_the_border() {
    let mut page = Page::new();
    let node = page.add(page.root, [20.0, 20.0, 40.0, 40.0], "#00ff00");
    let colors = Value::array([0.0, 1.0].map(|at| Value::array([text("#ff0000"), number(at)])));
    let source = Value::object([("colors", colors)]);
    let image = [("source", source), ("width", number(5.0)), ("outset", number(5.0)), ("slice", number(1.0))];
    page.set(node, "borderImage", &[Value::object(image)]);
    let frame = page.draw();
    assert_pixel(&frame, 17, 40, RED);
    assert_pixel(&frame, 22, 40, GREEN);
    assert_pixel(&frame, 12, 40, WHITE);
}

#[test]
fn shadows_of_a_batch_lie_below_all_children() {
    let mut page = Page::new();
    let group = page.add(page.root, [0.0, 0.0, 100.0, 100.0], "#ffffff");
    let below = page.add(group, [10.0, 10.0, 40.0, 40.0], "#00ff00");
    let above = page.add(group, [50.0, 10.0, 40.0, 40.0], "#0000ff");
    let shadow = Value::object([("radius", number(20.0)), ("color", text("#ff0000")), ("offsetX", number(-10.0))]);
    page.set(above, "shadow", &[shadow]);
    let covered = page.draw().pixel(48, 30).to_argb();
    assert_ne!(covered, GREEN, "the shadow lies on its neighbour");
    page.set(group, "useShadowBatching", &[Value::Bool(true)]);
    assert_pixel(&page.draw(), 48, 30, GREEN);
    assert!(page.tree.get(below).is_some());
}

#[test]
fn nothing_is_seen_of_a_back_with_one_side() {
    let mut page = Page::new();
    let node = page.add(page.root, [20.0, 20.0, 40.0, 40.0], "#0000ff");
    page.set(node, "rotate", &[Value::object([("y", number(1.0)), ("angle", number(180.0))])]);
    assert_pixel(&page.draw(), 40, 40, BLUE);
    page.set(node, "doubleSided", &[Value::Bool(false)]);
    assert_pixel(&page.draw(), 40, 40, WHITE);
}

#[test]
fn the_background_gets_brighter_where_it_is_dark() {
    let mut page = Page::new();
    page.set(page.root, "backgroundColor", &[text("#404040")]);
    let node = page.add(page.root, [20.0, 20.0, 40.0, 40.0], "#00000000");
    let light = Value::object([("rate", number(0.5)), ("lightUpDegree", number(0.5))]);
    page.set(node, "backgroundBrightness", &[light]);
    // 0x40 + (0.5 - 0.5 * 0.25) * 255
    assert_pixel(&page.draw(), 40, 40, 0xffa0_a0a0);
}

#[test]
fn an_effect_component_lends_its_material() {
    let mut page = Page::new();
    let around = page.tree.create_named("EffectComponent", -1).expect("a component");
    page.tree.append(page.root, around);
    page.set(around, "backgroundEffect", &[Value::object([("radius", number(0.0)), ("color", text("#80ff0000"))])]);
    page.set(around, "width", &[number(10.0)]);
    page.set(around, "height", &[number(10.0)]);
    let inside = page.add(around, [20.0, 20.0, 40.0, 40.0], "#00000000");
    assert_pixel(&page.draw(), 40, 40, WHITE);
    page.set(inside, "useEffect", &[Value::Bool(true)]);
    assert_pixel(&page.draw(), 40, 40, 0xffff_7f7f);
}

#[test]
fn a_background_goes_on_below_the_bars() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 10.0, 50.0, 80.0], "#0000ff");
    let inner = page.add(page.root, [60.0, 20.0, 20.0, 20.0], "#0000ff");
    page.tree.set_avoid_area(page.root, crate::geometry::Edges { top: 10.0, bottom: 10.0, ..Default::default() });
    assert_pixel(&page.draw(), 20, 5, WHITE);
    for node in [node, inner] {
        let edges = Value::array([number(0.0)]);
        page.set(node, "expandSafeArea", &[Value::array([number(0.0)]), edges]);
    }
    let frame = page.draw();
    assert_pixel(&frame, 20, 5, BLUE);
    assert_pixel(&frame, 20, 95, WHITE);
    // What does not touch the edge stays where it is.
    assert_pixel(&frame, 70, 15, WHITE);
}
