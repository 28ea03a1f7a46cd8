//! What the tests of this crate share.
#![allow(dead_code, reason = "not every test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use concord_paint::kurbo::Rect;
use concord_paint::{Brush, Color, CpuRaster, DisplayList, Frame, Painter, Raster};

pub const RED: Color = Color::rgb8(255, 0, 0);
pub const GREEN: Color = Color::rgb8(0, 255, 0);
pub const BLUE: Color = Color::rgb8(0, 0, 255);

/// The tolerance of all comparisons of channels.
pub const TOLERANCE: u8 = 3;

pub fn record(draw: impl FnOnce(&mut Painter)) -> DisplayList {
    let mut painter = Painter::new();
    draw(&mut painter);
    painter.finish()
}

pub fn render(list: &DisplayList, width: u32, height: u32) -> Frame {
    let mut frame = Frame::new(width, height).unwrap();
    CpuRaster::new().render(list, &mut frame, None);
    frame
}

pub fn draw(width: u32, height: u32, draw: impl FnOnce(&mut Painter)) -> Frame {
    render(&record(draw), width, height)
}

pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(x, y, x + width, y + height)
}

pub fn solid(color: Color) -> Brush {
    Brush::Solid(color)
}

#[track_caller]
pub fn assert_close(actual: Color, expected: Color) {
    assert_within(actual, expected, TOLERANCE);
}

#[track_caller]
pub fn assert_within(actual: Color, expected: Color, tolerance: u8) {
    let (a, e) = (actual.premultiplied(), expected.premultiplied());
    let close = a.iter().zip(e).all(|(a, e)| a.abs_diff(e) <= tolerance);
    assert!(close, "the pixel is {actual:?}, not {expected:?}");
}

#[track_caller]
pub fn assert_pixel(frame: &Frame, x: u32, y: u32, expected: Color) {
    let actual = frame.pixel(x, y);
    let (a, e) = (actual.premultiplied(), expected.premultiplied());
    let close = a.iter().zip(e).all(|(a, e)| a.abs_diff(e) <= TOLERANCE);
    assert!(close, "the pixel at {x}, {y} is {actual:?}, not {expected:?}");
}

/// The largest difference of a channel, and where.
pub fn difference(a: &Frame, b: &Frame) -> (u8, usize) {
    assert_eq!((a.width(), a.height()), (b.width(), b.height()));
    let differences = a.data().iter().zip(b.data()).map(|(a, b)| a.abs_diff(*b)).enumerate();
    differences.map(|(index, difference)| (difference, index / 4)).max_by_key(|(d, _)| *d).unwrap_or_default()
}
