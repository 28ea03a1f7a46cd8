//! Drawing on a canvas step by step.

mod support;

use concord_paint::kurbo::{Circle, Shape};
use concord_paint::{BlendMode, Canvas, Color, DisplayList, Filter, LayerStyle};
use support::*;

fn square(x: f64, color: Color, blend: BlendMode) -> DisplayList {
    record(|p| {
        p.push_layer(LayerStyle { blend, ..LayerStyle::default() });
        p.fill_rect(rect(x, 0.0, 20.0, 20.0), &solid(color));
        p.pop_layer();
    })
}

#[test]
fn what_was_drawn_stays() {
    let mut canvas = Canvas::new(40, 20).unwrap();
    canvas.draw(&square(0.0, RED, BlendMode::SrcOver));
    canvas.draw(&square(10.0, BLUE.with_alpha(0.5), BlendMode::SrcOver));
    assert_pixel(canvas.frame(), 5, 5, RED);
    assert_pixel(canvas.frame(), 15, 5, Color::rgb8(127, 0, 128));
    assert_pixel(canvas.frame(), 25, 5, BLUE.with_alpha(0.5));
    canvas.clear(Color::TRANSPARENT);
    assert_pixel(canvas.frame(), 5, 5, Color::TRANSPARENT);
}

#[test]
fn composite_operations_act_on_what_is_there() {
    // Only the old, both, only the new.
    let t = Color::TRANSPARENT;
    let cases = [
        (BlendMode::SrcIn, [t, BLUE, t]),
        (BlendMode::SrcOut, [t, t, BLUE]),
        (BlendMode::SrcAtop, [RED, BLUE, t]),
        (BlendMode::DstOver, [RED, RED, BLUE]),
        (BlendMode::DstIn, [t, RED, t]),
        (BlendMode::DstOut, [RED, t, t]),
        (BlendMode::DstAtop, [t, RED, BLUE]),
        (BlendMode::Xor, [RED, t, BLUE]),
        (BlendMode::Src, [t, BLUE, BLUE]),
        (BlendMode::Plus, [RED, Color::rgb8(255, 0, 255), BLUE]),
        (BlendMode::Multiply, [RED, Color::BLACK, BLUE]),
    ];
    for (mode, expected) in cases {
        let mut canvas = Canvas::new(40, 20).unwrap();
        canvas.draw(&square(0.0, RED, BlendMode::SrcOver));
        canvas.draw(&square(10.0, BLUE, mode));
        for (x, color) in [5, 15, 25].into_iter().zip(expected) {
            let actual = canvas.frame().pixel(x, 10);
            assert_eq!(actual.premultiplied(), color.premultiplied(), "{mode:?} at {x}");
        }
    }
}

#[test]
fn a_clip_bounds_what_is_erased() {
    let mut canvas = Canvas::new(40, 40).unwrap();
    canvas.clear(RED);
    canvas.draw(&record(|p| {
        p.clip_path(&Circle::new((20.0, 20.0), 10.0).to_path(0.1));
        p.push_layer(LayerStyle { blend: BlendMode::Clear, ..LayerStyle::default() });
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(BLUE));
        p.pop_layer();
    }));
    assert_pixel(canvas.frame(), 20, 20, Color::TRANSPARENT);
    assert_pixel(canvas.frame(), 5, 5, RED);
}

#[test]
fn a_canvas_can_filter_itself_and_be_drawn() {
    let mut canvas = Canvas::new(20, 20).unwrap();
    canvas.clear(Color::rgb8(10, 20, 30));
    canvas.draw(&record(|p| p.backdrop(rect(0.0, 0.0, 10.0, 20.0).to_path(0.1), &[Filter::Invert(1.0)])));
    let picture = canvas.to_picture();
    let frame = draw(40, 20, |p| {
        p.picture(&picture, picture.rect(), rect(20.0, 0.0, 20.0, 20.0), concord_paint::Sampling::Linear, None);
    });
    assert_pixel(&frame, 25, 5, Color::rgb8(245, 235, 225));
    assert_pixel(&frame, 35, 5, Color::rgb8(10, 20, 30));
    assert_pixel(&frame, 15, 5, Color::TRANSPARENT);
}

#[test]
fn a_thousand_small_steps_add_up() {
    let mut canvas = Canvas::new(64, 64).unwrap();
    for step in 0..1000 {
        let (x, y) = (f64::from(step % 32) * 2.0, f64::from(step / 32) * 2.0);
        canvas.draw(&record(|p| p.fill_rect(rect(x, y, 2.0, 2.0), &solid(GREEN))));
    }
    assert_pixel(canvas.frame(), 63, 61, GREEN);
    assert_pixel(canvas.frame(), 63, 63, Color::TRANSPARENT);
}

#[test]
fn a_canvas_is_written_as_a_file() {
    let mut canvas = Canvas::new(8, 8).unwrap();
    canvas.clear(GREEN);
    let png = concord_paint::Picture::decode(&canvas.to_png().unwrap(), None).unwrap();
    assert_close(png.pixel(3, 3), GREEN);
    let jpeg = concord_paint::Picture::decode(&canvas.to_jpeg(0.9).unwrap(), None).unwrap();
    assert_close(jpeg.pixel(3, 3), GREEN);
}
