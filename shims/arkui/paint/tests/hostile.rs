//! Whatever an app asks for, drawing it neither panics nor takes for ever.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use concord_paint::kurbo::{Affine, BezPath, Circle, Rect, RoundedRect, Shape, Stroke};
use concord_paint::{
    BlendMode, Brush, Color, ColorStop, DisplayList, Extend, Filter, LayerStyle, Matrix4, Painter, Picture, Sampling,
    ShadowShape,
};
use support::*;

const NUMBERS: [f64; 14] =
    [0.0, -0.0, 1.0, -3.5, 1e-30, 1e4, 6.6e4, -1e6, 1e9, -1e15, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];

/// Pairs of numbers that cover every number in both places.
fn pairs() -> impl Iterator<Item = (f64, f64)> {
    (0..NUMBERS.len() * 3).map(|i| (NUMBERS[i % NUMBERS.len()], NUMBERS[(i * 5 + i / NUMBERS.len()) % NUMBERS.len()]))
}

fn everything(p: &mut Painter, a: f64, b: f64) {
    let brush = solid(RED);
    let area = Rect::new(a, b, b, a + 10.0);
    p.fill_rect(area, &brush);
    p.fill_rect(Rect::new(-a.abs(), -b.abs(), a.abs(), b.abs()), &brush);
    p.fill_rounded(RoundedRect::from_rect(Rect::new(0.0, 0.0, a, b), (a, b, 5.0, -1.0)), &brush);
    let mut path = BezPath::new();
    path.move_to((a, b));
    path.curve_to((b, a), (10.0, b), (a, 10.0));
    path.quad_to((a, a), (20.0, 20.0));
    path.line_to((b, b));
    p.fill(path.clone(), &brush);
    p.stroke(path.clone(), &Stroke::new(a), &brush);
    p.stroke(path.clone(), &Stroke::new(2.0).with_dashes(a, [b, 1e-9]), &brush);
    p.stroke(path.clone(), &Stroke::new(b).with_miter_limit(a).with_dashes(0.0, [a, b, a]), &brush);
    p.shadow(RoundedRect::from_rect(Rect::new(0.0, 0.0, 20.0, b), a), a, RED, (b, a), false);
    p.shadow(ShadowShape::Path(path.clone()), b.abs(), RED, (0.0, 0.0), true);
    p.picture(&dot(), Rect::new(0.0, 0.0, a, b), Rect::new(0.0, 0.0, b, a), Sampling::Mipmap, None);
    p.picture(&dot(), Rect::new(a, b, a + 1.0, b + 1.0), Rect::new(0.0, 0.0, 20.0, 20.0), Sampling::Cubic, Some(BLUE));
    let stops = vec![ColorStop { offset: a as f32, color: RED }, ColorStop { offset: b as f32, color: BLUE }];
    for brush in [
        Brush::linear((a, b), (b, a), stops.clone(), Extend::Repeat),
        Brush::radial((a, b), b as f32, stops.clone(), Extend::Reflect),
        Brush::sweep((b, a), a as f32, b as f32, stops, Extend::Repeat),
    ] {
        p.fill_rect(rect(0.0, 0.0, 30.0, 30.0), &brush);
    }
    for filter in [
        Filter::Blur { sigma: a },
        Filter::HueRotate(b as f32),
        Filter::Contrast(a as f32),
        Filter::ColorBlend(RED),
        Filter::Saturate(b as f32),
    ] {
        p.push_layer(LayerStyle { filters: vec![filter.clone()], opacity: b as f32, ..LayerStyle::default() });
        p.fill_rect(rect(2.0, 2.0, 20.0, 20.0), &brush);
        p.pop_layer();
        p.backdrop(area.to_path(0.1), &[filter]);
    }
    p.push_layer(LayerStyle { clip: Some(path.clone()), blend: BlendMode::SrcIn, ..LayerStyle::default() });
    p.fill_rect(rect(2.0, 2.0, 20.0, 20.0), &brush);
    p.pop_layer();
    for matrix in [
        Matrix4::perspective(a) * Matrix4::rotate(a, b, 1.0, b),
        Matrix4::scale(a, b, 1.0) * Matrix4::perspective(3.0) * Matrix4::rotate(1.0, 0.0, 0.0, 1.5),
        Matrix4([a, b, 1.0, a, b, a, 1.0, b, 1.0, 0.0, 1.0, 0.0, a, b, 0.0, 1.0]),
    ] {
        p.push_perspective(matrix);
        p.fill_rect(Rect::new(-20.0, -20.0, 40.0, 40.0), &brush);
        p.fill_rect(Rect::new(-a.abs(), -20.0, 40.0, b.abs()), &brush);
        p.pop_layer();
    }
    p.save();
    p.clip_rect(area);
    p.fill_rect(rect(0.0, 0.0, 50.0, 50.0), &brush);
    p.restore();
    p.save();
    p.clip_path(&path);
    p.fill_rect(rect(0.0, 0.0, 50.0, 50.0), &brush);
    p.restore();
}

fn dot() -> Picture {
    Picture::from_straight_rgba(&[9, 8, 7, 255], 1, 1).unwrap()
}

#[test]
fn odd_numbers_are_drawn_without_harm() {
    for (a, b) in pairs() {
        draw(50, 50, |p| everything(p, a, b));
    }
}

#[test]
fn odd_transforms_are_drawn_without_harm() {
    for (a, b) in pairs() {
        for transform in [
            Affine::scale_non_uniform(a, b),
            Affine::new([a, b, b, a, 3.0, 4.0]),
            Affine::new([1.0, a, 0.0, 1.0, b, a]),
            Affine::translate((a, b)),
        ] {
            let inner = record(|p| everything(p, 10.0, 1e4));
            draw(50, 50, |p| {
                p.fill_rect(rect(0.0, 0.0, 5.0, 5.0), &solid(GREEN));
                p.save();
                p.transform(transform);
                everything(p, 5.0, -1e5);
                p.append(&inner);
                p.restore();
            });
        }
    }
}

#[test]
fn transforms_that_grow_inside_lists_are_harmless() {
    let mut list = record(|p| everything(p, 3.0, 8.0));
    for _ in 0..60 {
        list = record(|p| {
            p.transform(Affine::scale(7.0));
            p.append(&list);
        });
    }
    render(&list, 50, 50);
}

#[test]
fn unbalanced_calls_are_balanced() {
    let frame = draw(20, 20, |p| {
        p.restore();
        p.pop_layer();
        p.save();
        p.push_layer(LayerStyle::opacity(0.5));
        p.restore();
        p.save();
        p.translate(5.0, 0.0);
        p.push_perspective(Matrix4::IDENTITY);
        p.fill_rect(rect(0.0, 0.0, 5.0, 5.0), &solid(RED));
    });
    assert_pixel(&frame, 7, 2, RED.with_alpha(0.5));
    draw(20, 20, |p| (0..100_000).for_each(|_| p.save()));
}

#[test]
fn deep_nesting_ends() {
    let mut list = record(|p| p.fill_rect(rect(0.0, 0.0, 20.0, 20.0), &solid(RED)));
    for _ in 0..5000 {
        list = record(|p| {
            p.append(&list);
            p.fill_rect(rect(0.0, 0.0, 1.0, 1.0), &solid(GREEN));
        });
    }
    let frame = render(&list, 20, 20);
    assert_pixel(&frame, 0, 0, GREEN);
    let layers = |style: &LayerStyle| -> DisplayList {
        record(|p| {
            for _ in 0..3000 {
                p.push_layer(style.clone());
            }
            p.fill_rect(rect(0.0, 0.0, 20.0, 20.0), &solid(RED));
        })
    };
    render(&layers(&LayerStyle::opacity(0.99)), 20, 20);
    render(&layers(&LayerStyle { filters: vec![Filter::Invert(1.0)], ..LayerStyle::default() }), 20, 20);
    render(&layers(&LayerStyle { blend: BlendMode::Src, ..LayerStyle::default() }), 20, 20);
}

#[test]
fn many_big_layers_at_once_are_bounded() {
    let style = LayerStyle { filters: vec![Filter::Brightness(0.9)], ..LayerStyle::default() };
    let list = record(|p| {
        for _ in 0..100 {
            p.push_layer(style.clone());
        }
        p.fill_rect(rect(0.0, 0.0, 1000.0, 1000.0), &solid(Color::WHITE));
    });
    // A hundred buffers of this size would take 400 MB.
    let frame = render(&list, 1000, 1000);
    assert_eq!(frame.pixel(5, 5).a, 255);
}

#[test]
fn huge_shapes_fill_the_frame() {
    let frame = draw(50, 50, |p| {
        p.fill(Circle::new((0.0, 0.0), 5e6).to_path(1.0), &solid(RED));
        p.translate(1e6, 0.0);
        p.fill_rect(Rect::new(-1e6, 0.0, 1e9, 20.0), &solid(BLUE));
    });
    assert_pixel(&frame, 25, 40, RED);
    assert_pixel(&frame, 25, 10, BLUE);
}
