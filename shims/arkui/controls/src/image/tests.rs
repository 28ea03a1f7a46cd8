//! What images look like, by pixels, and what they tell.

use crate::testing::{Scene, pixels, scene_of};
use concord_paint::{Canvas, Color};
use concord_ui::pixels::Pixels;
use concord_ui::value::{Foreign, Value};
use std::rc::Rc;

const RED: Color = Color::from_argb(0xffff_0000);
const BLUE: Color = Color::from_argb(0xff00_00ff);

/// Two pixels: red and blue.
fn two() -> Value {
    let mut canvas = Canvas::new(2, 1).expect("a canvas");
    canvas.put_pixels(&[255, 0, 0, 255, 0, 0, 255, 255], 2, 0, 0, None);
    Value::Foreign(Foreign(Rc::new(Pixels::new(canvas))))
}

fn scene() -> Scene {
    let mut scene = scene_of("Column");
    scene.set(scene.root, "alignItems", &[Value::Number(0.0)]);
    scene
}

#[test]
fn pixels_of_the_app_are_shown_as_they_are_when_drawn() {
    let mut scene = scene();
    let image = scene.add(scene.root, "Image");
    let source = two();
    scene.set(image, "create", std::slice::from_ref(&source));
    scene.set(image, "objectFit", &[Value::Number(0.0)]);
    scene.set(image, "interpolation", &[Value::Number(0.0)]);
    scene.size(image, 20.0, 10.0);
    let frame = pixels(&mut scene);
    assert_eq!((frame.pixel(5, 5), frame.pixel(50, 5)), (RED, BLUE));
    let shared = source.as_foreign::<Pixels>().expect("pixels");
    shared.0.borrow_mut().clear(BLUE);
    assert_eq!(pixels(&mut scene).pixel(5, 5), BLUE);
}

#[test]
fn the_other_side_follows_the_shape_of_the_picture() {
    let mut scene = scene();
    let image = scene.add(scene.root, "Image");
    scene.set(image, "create", &[two()]);
    scene.set(image, "width", &[Value::Number(20.0)]);
    scene.frame();
    assert_eq!(scene.rect(image), (0.0, 0.0, 20.0, 10.0));
    scene.set(image, "width", &[Value::Undefined]);
    scene.set(image, "fitOriginalSize", &[Value::Bool(true)]);
    scene.frame();
    assert_eq!(scene.rect(image), (0.0, 0.0, 0.67, 0.33));
}

#[test]
fn loading_is_told_of_once() {
    let mut scene = scene();
    let image = scene.add(scene.root, "Image");
    scene.set(image, "create", &[two()]);
    scene.listen(image, "onComplete");
    scene.listen(image, "onError");
    scene.frame();
    assert_eq!(scene.heard(), ["onComplete ?", "onComplete ?"]);
    scene.set(image, "create", &[Value::text("/nowhere.png")]);
    scene.frame();
    scene.frame();
    assert_eq!(scene.heard(), ["onError ?"]);
}

#[test]
fn shapes_are_drawn_at_their_size_and_coloured() {
    let svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'>\
               <rect width='2' height='4' fill='%23ff0000'/></svg>";
    let mut scene = scene();
    let image = scene.add(scene.root, "Image");
    scene.set(image, "create", &[Value::text(svg)]);
    scene.size(image, 20.0, 20.0);
    let frame = pixels(&mut scene);
    assert_eq!((frame.pixel(28, 30), frame.pixel(32, 30)), (RED, Color::TRANSPARENT));
    scene.set(image, "fillColor", &[Value::text("#0000ff")]);
    assert_eq!(pixels(&mut scene).pixel(10, 30), BLUE);
}
