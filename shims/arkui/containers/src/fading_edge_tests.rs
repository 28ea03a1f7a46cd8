//! `fadingEdge` of what scrolls.

use crate::testing::{pixels, scene_of};
use concord_ui::value::Value;

fn color(frame: &concord_paint::Frame, y: u32) -> concord_paint::Color {
    frame.pixel(30, y)
}

#[test]
fn only_edges_with_more_content_fade() {
    let mut scene = scene_of("Scroll");
    scene.size(scene.root, 100.0, 100.0);
    let column = scene.add(scene.root, "Column");
    let inner = scene.add_box(column, 400.0);
    scene.set(inner, "backgroundColor", &[Value::Number(f64::from(0xffff_0000_u32))]);
    scene.set(scene.root, "fadingEdge", &[Value::Bool(true)]);
    let frame = pixels(&mut scene);
    let (start, middle, end) = (color(&frame, 1), color(&frame, 150), color(&frame, 297));
    assert_eq!(start, middle, "there is nothing before the start");
    assert!(end.to_argb() >> 24 < 40, "the end fades: {end:?}");
    scene.command(scene.root, "scrollEdge", &[Value::Number(2.0)]);
    let frame = pixels(&mut scene);
    assert!(color(&frame, 1).to_argb() >> 24 < 40 && color(&frame, 297) == middle);
}
