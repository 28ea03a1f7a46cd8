//! Primitives, clips, brushes and shadows, by their pixels.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use concord_paint::kurbo::{Affine, BezPath, Circle, RoundedRect, Shape, Stroke};
use concord_paint::{
    Brush, Color, ColorStop, Extend, FillRule, Gradient, GradientKind, Pattern, Picture, Sampling, ShadowShape,
};
use support::*;

fn stop(offset: f32, color: Color) -> ColorStop {
    ColorStop { offset, color }
}

#[test]
fn rectangles_are_filled_exactly_and_their_fractions_smoothly() {
    let frame = draw(20, 20, |p| {
        p.fill_rect(rect(2.0, 2.0, 5.0, 5.0), &solid(RED));
        p.fill_rect(rect(10.5, 2.0, 4.0, 5.0), &solid(BLUE));
    });
    assert_pixel(&frame, 2, 2, RED);
    assert_pixel(&frame, 6, 6, RED);
    assert_pixel(&frame, 1, 2, Color::TRANSPARENT);
    assert_pixel(&frame, 7, 6, Color::TRANSPARENT);
    assert_pixel(&frame, 10, 4, BLUE.with_alpha(0.5));
    assert_pixel(&frame, 11, 4, BLUE);
}

#[test]
fn translucent_colours_cover_by_their_alpha() {
    let frame = draw(8, 8, |p| {
        p.fill_rect(rect(0.0, 0.0, 8.0, 8.0), &solid(Color::WHITE));
        p.fill_rect(rect(0.0, 0.0, 4.0, 8.0), &solid(BLUE.with_alpha(0.5)));
    });
    assert_pixel(&frame, 1, 1, Color::rgb8(127, 127, 255));
    assert_pixel(&frame, 6, 1, Color::WHITE);
}

#[test]
fn rounded_rectangles_lack_their_corners() {
    let frame = draw(40, 40, |p| {
        p.fill_rounded(RoundedRect::from_rect(rect(0.0, 0.0, 40.0, 40.0), (20.0, 0.0, 20.0, 0.0)), &solid(RED));
    });
    assert_pixel(&frame, 1, 1, Color::TRANSPARENT);
    assert_pixel(&frame, 38, 1, RED);
    assert_pixel(&frame, 38, 38, Color::TRANSPARENT);
    assert_pixel(&frame, 1, 38, RED);
    assert_pixel(&frame, 20, 20, RED);
}

#[test]
fn transforms_accumulate_and_are_restored() {
    let frame = draw(40, 40, |p| {
        p.save();
        p.translate(10.0, 0.0);
        p.transform(Affine::scale(2.0));
        p.fill_rect(rect(1.0, 1.0, 4.0, 4.0), &solid(RED));
        p.restore();
        p.fill_rect(rect(1.0, 1.0, 4.0, 4.0), &solid(BLUE));
    });
    assert_pixel(&frame, 12, 2, RED);
    assert_pixel(&frame, 19, 9, RED);
    assert_pixel(&frame, 20, 9, Color::TRANSPARENT);
    assert_pixel(&frame, 2, 2, BLUE);
    assert_pixel(&frame, 6, 2, Color::TRANSPARENT);
}

#[test]
fn clips_narrow_until_they_are_restored() {
    let frame = draw(40, 40, |p| {
        p.save();
        p.clip_rect(rect(0.0, 0.0, 20.0, 40.0));
        p.clip_path(&Circle::new((20.0, 20.0), 10.0).to_path(0.1));
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(RED));
        p.restore();
        p.fill_rect(rect(30.0, 0.0, 10.0, 5.0), &solid(BLUE));
        p.clip_rounded(RoundedRect::from_rect(rect(30.0, 30.0, 10.0, 10.0), 5.0));
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(GREEN));
    });
    assert_pixel(&frame, 15, 20, RED);
    assert_pixel(&frame, 25, 20, Color::TRANSPARENT);
    assert_pixel(&frame, 5, 20, Color::TRANSPARENT);
    assert_pixel(&frame, 35, 2, BLUE);
    assert_pixel(&frame, 35, 35, GREEN);
    assert_pixel(&frame, 30, 30, Color::TRANSPARENT);
}

#[test]
fn a_turned_clip_is_a_turned_clip() {
    let frame = draw(40, 40, |p| {
        p.save();
        p.translate(20.0, 20.0);
        p.transform(Affine::rotate(std::f64::consts::FRAC_PI_4));
        p.clip_rect(rect(-10.0, -10.0, 20.0, 20.0));
        p.fill_rect(rect(-40.0, -40.0, 80.0, 80.0), &solid(RED));
        p.restore();
    });
    assert_pixel(&frame, 20, 8, RED);
    assert_pixel(&frame, 20, 4, Color::TRANSPARENT);
    assert_pixel(&frame, 11, 11, Color::TRANSPARENT);
}

#[test]
fn the_fill_rule_decides_about_holes() {
    let mut path = rect(0.0, 0.0, 30.0, 30.0).to_path(0.1);
    path.extend(rect(10.0, 10.0, 10.0, 10.0).to_path(0.1));
    let even_odd = draw(30, 30, |p| p.fill_with(path.clone(), FillRule::EvenOdd, &solid(RED)));
    assert_pixel(&even_odd, 15, 15, Color::TRANSPARENT);
    assert_pixel(&even_odd, 5, 5, RED);
    let non_zero = draw(30, 30, |p| p.fill(path.clone(), &solid(RED)));
    assert_pixel(&non_zero, 15, 15, RED);
    let clipped = draw(30, 30, |p| {
        p.clip_path_with(&path, FillRule::EvenOdd);
        p.fill_rect(rect(0.0, 0.0, 30.0, 30.0), &solid(BLUE));
    });
    assert_pixel(&clipped, 15, 15, Color::TRANSPARENT);
    assert_pixel(&clipped, 5, 5, BLUE);
}

#[test]
fn strokes_have_width_and_dashes() {
    let mut line = BezPath::new();
    line.move_to((0.0, 10.0));
    line.line_to((40.0, 10.0));
    let frame = draw(40, 40, |p| {
        p.stroke(line.clone(), &Stroke::new(4.0), &solid(RED));
        p.translate(0.0, 20.0);
        p.stroke(
            line,
            &Stroke::new(4.0).with_caps(concord_paint::kurbo::Cap::Butt).with_dashes(0.0, [10.0, 10.0]),
            &solid(BLUE),
        );
    });
    assert_pixel(&frame, 20, 8, RED);
    assert_pixel(&frame, 20, 11, RED);
    assert_pixel(&frame, 20, 13, Color::TRANSPARENT);
    assert_pixel(&frame, 5, 30, BLUE);
    assert_pixel(&frame, 15, 30, Color::TRANSPARENT);
    assert_pixel(&frame, 25, 30, BLUE);
}

#[test]
fn linear_gradients_run_between_their_points() {
    let stops = vec![stop(0.0, RED), stop(1.0, BLUE)];
    let frame = draw(100, 10, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 10.0), &Brush::linear((0.0, 0.0), (100.0, 0.0), stops.clone(), Extend::Pad));
    });
    assert_within(frame.pixel(0, 5), RED, 4);
    assert_within(frame.pixel(50, 5), Color::rgb8(127, 0, 128), 4);
    assert_within(frame.pixel(99, 5), BLUE, 4);
    let frame = draw(100, 10, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 10.0), &Brush::linear((0.0, 0.0), (20.0, 0.0), stops, Extend::Repeat));
    });
    assert_within(frame.pixel(10, 5), frame.pixel(70, 5), 3);
    assert_within(frame.pixel(19, 5), Color::rgb8(6, 0, 249), 6);
    assert_within(frame.pixel(20, 5), Color::rgb8(249, 0, 6), 6);
}

#[test]
fn gradients_to_transparent_do_not_darken() {
    // With straight alpha the colour stays that of the stops: half of white, not of grey.
    let stops = vec![stop(0.0, Color::WHITE), stop(1.0, Color::rgba8(0, 0, 0, 0))];
    let frame = draw(101, 1, |p| {
        p.fill_rect(rect(0.0, 0.0, 101.0, 1.0), &Brush::linear((0.0, 0.0), (101.0, 0.0), stops, Extend::Pad));
    });
    assert_within(frame.pixel(50, 0), Color::rgba8(128, 128, 128, 128), 3);
}

#[test]
fn radial_and_sweep_gradients_turn_around_their_centre() {
    let stops = vec![stop(0.0, RED), stop(0.5, RED), stop(0.5, BLUE), stop(1.0, BLUE)];
    let frame = draw(100, 100, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 100.0), &Brush::radial((50.0, 50.0), 40.0, stops.clone(), Extend::Pad));
    });
    assert_pixel(&frame, 50, 50, RED);
    assert_pixel(&frame, 65, 50, RED);
    assert_pixel(&frame, 75, 50, BLUE);
    assert_pixel(&frame, 99, 99, BLUE);
    let turn = std::f32::consts::TAU;
    let frame = draw(100, 100, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 100.0), &Brush::sweep((50.0, 50.0), 0.0, turn, stops, Extend::Pad));
    });
    // Clockwise from the right: below first.
    assert_pixel(&frame, 70, 70, RED);
    assert_pixel(&frame, 30, 70, RED);
    assert_pixel(&frame, 30, 30, BLUE);
    assert_pixel(&frame, 70, 30, BLUE);
}

#[test]
fn odd_gradients_are_drawn_without_harm() {
    let two = vec![stop(0.0, RED), stop(1.0, BLUE)];
    let same_place = Brush::linear((5.0, 5.0), (5.0, 5.0), two.clone(), Extend::Repeat);
    let frame = draw(10, 10, |p| p.fill_rect(rect(0.0, 0.0, 10.0, 10.0), &same_place));
    assert_pixel(&frame, 5, 5, BLUE);
    let one = Brush::linear((0.0, 0.0), (9.0, 0.0), vec![stop(0.3, GREEN)], Extend::Pad);
    let frame = draw(10, 10, |p| p.fill_rect(rect(0.0, 0.0, 10.0, 10.0), &one));
    assert_pixel(&frame, 5, 5, GREEN);
    let unordered = vec![stop(0.9, RED), stop(f32::NAN, RED), stop(0.1, BLUE), stop(7.0, BLUE)];
    let frame = draw(10, 10, |p| {
        p.fill_rect(rect(0.0, 0.0, 10.0, 10.0), &Brush::linear((0.0, 0.0), (10.0, 0.0), unordered, Extend::Pad));
    });
    assert_pixel(&frame, 2, 5, RED);
    let nowhere = Gradient {
        kind: GradientKind::Sweep { center: (f64::NAN, 0.0).into(), start_angle: 0.0, end_angle: f32::INFINITY },
        stops: two,
        extend: Extend::Pad,
        transform: Affine::IDENTITY,
    };
    let frame = draw(10, 10, |p| p.fill_rect(rect(0.0, 0.0, 10.0, 10.0), &nowhere.into()));
    assert_pixel(&frame, 5, 5, Color::TRANSPARENT);
}

fn checkers() -> Picture {
    let (r, b) = ([255, 0, 0, 255], [0, 0, 255, 255]);
    Picture::from_straight_rgba(&[r, b, b, r].concat(), 2, 2).unwrap()
}

#[test]
fn pictures_are_scaled_cut_and_tinted() {
    let picture = checkers();
    let frame = draw(40, 40, |p| {
        p.picture(&picture, picture.rect(), rect(0.0, 0.0, 20.0, 20.0), Sampling::Nearest, None);
        p.picture(&picture, rect(1.0, 0.0, 1.0, 1.0), rect(20.0, 0.0, 20.0, 20.0), Sampling::Nearest, None);
        p.picture(&picture, picture.rect(), rect(0.0, 20.0, 20.0, 20.0), Sampling::Linear, Some(GREEN));
        // Only a quarter of this source is inside of the picture.
        p.picture(&picture, rect(1.0, 1.0, 2.0, 2.0), rect(20.0, 20.0, 20.0, 20.0), Sampling::Nearest, None);
    });
    assert_pixel(&frame, 3, 3, RED);
    assert_pixel(&frame, 13, 3, BLUE);
    assert_pixel(&frame, 13, 13, RED);
    assert_pixel(&frame, 30, 10, BLUE);
    assert_pixel(&frame, 10, 30, GREEN);
    assert_pixel(&frame, 25, 25, RED);
    assert_pixel(&frame, 35, 35, Color::TRANSPARENT);
}

#[test]
fn a_part_of_a_picture_is_not_mixed_with_its_neighbours() {
    let picture = checkers();
    for sampling in [Sampling::Linear, Sampling::Mipmap, Sampling::Cubic] {
        let frame =
            draw(40, 40, |p| p.picture(&picture, rect(1.0, 0.0, 1.0, 1.0), rect(0.0, 0.0, 40.0, 40.0), sampling, None));
        for (x, y) in [(0, 0), (0, 39), (39, 39), (20, 20)] {
            assert_pixel(&frame, x, y, BLUE);
        }
    }
}

#[test]
fn much_smaller_pictures_are_means() {
    let pixels: Vec<u8> = (0..64 * 64)
        .flat_map(|index: u32| if (index + index / 64).is_multiple_of(2) { [0, 0, 0, 255] } else { [255; 4] })
        .collect();
    let picture = Picture::from_straight_rgba(&pixels, 64, 64).unwrap();
    let frame = draw(8, 8, |p| p.picture(&picture, picture.rect(), rect(0.0, 0.0, 8.0, 8.0), Sampling::Mipmap, None));
    assert_pixel(&frame, 3, 3, Color::rgb8(128, 128, 128));
    assert_pixel(&frame, 7, 7, Color::rgb8(128, 128, 128));
}

#[test]
fn patterns_repeat() {
    let pattern = Pattern {
        picture: checkers(),
        transform: Affine::scale(5.0),
        extend_x: Extend::Repeat,
        extend_y: Extend::Repeat,
        sampling: Sampling::Nearest,
    };
    let frame = draw(40, 40, |p| p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &pattern.into()));
    assert_pixel(&frame, 2, 2, RED);
    assert_pixel(&frame, 7, 2, BLUE);
    assert_pixel(&frame, 32, 32, RED);
    assert_pixel(&frame, 37, 32, BLUE);
}

#[test]
fn shadows_fade_and_leave_the_shape_free() {
    let shape = RoundedRect::from_rect(rect(30.0, 30.0, 40.0, 40.0), 8.0);
    let frame = draw(100, 100, |p| p.shadow(shape, 10.0, Color::BLACK, (0.0, 0.0), true));
    assert!(frame.pixel(50, 50).a > 240, "{:?}", frame.pixel(50, 50));
    let edge = frame.pixel(30, 50).a;
    assert!((90..165).contains(&edge), "half of it at the edge: {edge}");
    assert!(frame.pixel(20, 50).a < 40 && frame.pixel(20, 50).a > 0);
    assert_eq!(frame.pixel(2, 50).a, 0);
    let hollow = draw(100, 100, |p| p.shadow(shape, 10.0, Color::BLACK, (0.0, 5.0), false));
    assert_pixel(&hollow, 50, 50, Color::TRANSPARENT);
    assert!(hollow.pixel(50, 72).a > 100);
    let sharp = draw(100, 100, |p| p.shadow(shape, 0.0, RED, (5.0, 5.0), true));
    assert_pixel(&sharp, 36, 50, RED);
    assert_pixel(&sharp, 74, 50, RED);
    assert_pixel(&sharp, 33, 50, Color::TRANSPARENT);
}

#[test]
fn shadows_of_uneven_corners_and_paths_agree_with_the_formula() {
    let rect = rect(30.0, 30.0, 60.0, 60.0);
    let even = draw(120, 120, |p| p.shadow(RoundedRect::from_rect(rect, 10.0), 12.0, BLUE, (0.0, 0.0), true));
    let uneven = RoundedRect::from_rect(rect, (10.0, 10.0, 10.0, 10.5));
    let uneven = draw(120, 120, |p| p.shadow(uneven, 12.0, BLUE, (0.0, 0.0), true));
    let (most, at) = difference(&even, &uneven);
    assert!(most <= 4, "{most} at {at}");
    let path = ShadowShape::Path(RoundedRect::from_rect(rect, 10.0).to_path(0.1));
    let path = draw(120, 120, |p| p.shadow(path, 12.0, BLUE, (0.0, 0.0), true));
    let (most, at) = difference(&even, &path);
    assert!(most <= 4, "{most} at {at}");
    let turned = draw(120, 120, |p| {
        p.translate(60.0, 60.0);
        p.transform(Affine::rotate(0.5));
        let shape = RoundedRect::from_rect(support::rect(-20.0, -20.0, 40.0, 40.0), (0.0, 20.0, 0.0, 20.0));
        p.shadow(shape, 6.0, RED, (0.0, 0.0), true);
    });
    assert!(turned.pixel(60, 60).a > 240);
}

/// A bar along the bottom of a page, for instance; the raster library used to give up, and the picture was black.
#[test]
fn shadows_of_what_reaches_the_edge_of_the_picture_are_drawn() {
    for (x, width) in [(0.0, 540.0), (10.0, 530.0), (-3.0, 546.0)] {
        for y in [98.0, 97.0, 95.5, -3.0] {
            for radius in [0.0, 16.0] {
                let bar = RoundedRect::from_rect(rect(x, y, width, 72.0), radius);
                let frame = draw(540, 170, |p| {
                    p.fill_rect(rect(0.0, 0.0, 540.0, 170.0), &solid(RED));
                    p.shadow(bar, 4.0, Color::BLACK, (0.0, -2.0), false);
                });
                assert_pixel(&frame, 270, if y < 0.0 { 30 } else { 120 }, RED);
                assert!(frame.pixel(270, 165).premultiplied()[0] > 0, "{x} {y} {width} {radius}");
            }
        }
    }
}
