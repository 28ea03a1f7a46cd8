//! Layers, filters, masks, backdrops, perspective.

mod support;

use concord_paint::kurbo::{Affine, Circle, Point, Rect, Shape};
use concord_paint::{
    BlendMode, Color, ColorMatrix, CpuRaster, Filter, Frame, GradientBlur, LayerStyle, Mask, MaskMode, Matrix4,
    Painter, PixelStretch, Raster, Spherical,
};
use support::*;

fn filtered(filters: Vec<Filter>) -> LayerStyle {
    LayerStyle { filters, ..LayerStyle::default() }
}

/// A pixel of `color` after filters.
fn through(filter: Filter, color: Color) -> Color {
    let frame = draw(4, 4, |p| {
        p.push_layer(filtered(vec![filter]));
        p.fill_rect(rect(0.0, 0.0, 4.0, 4.0), &solid(color));
        p.pop_layer();
    });
    frame.pixel(1, 1)
}

#[test]
fn opacity_is_of_the_whole_layer() {
    let frame = draw(30, 10, |p| {
        p.push_layer(LayerStyle::opacity(0.5));
        p.fill_rect(rect(0.0, 0.0, 20.0, 10.0), &solid(RED));
        p.fill_rect(rect(10.0, 0.0, 20.0, 10.0), &solid(BLUE));
        p.pop_layer();
    });
    assert_pixel(&frame, 5, 5, RED.with_alpha(0.5));
    // What is covered inside the layer does not shine through.
    assert_pixel(&frame, 15, 5, BLUE.with_alpha(0.5));
    assert_pixel(&frame, 25, 5, BLUE.with_alpha(0.5));
}

#[test]
fn layers_are_clipped_and_nested() {
    let frame = draw(40, 40, |p| {
        let clip = Some(Circle::new((20.0, 20.0), 10.0).to_path(0.1));
        p.push_layer(LayerStyle { clip, opacity: 0.5, ..LayerStyle::default() });
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(RED));
        p.push_layer(LayerStyle::opacity(0.5));
        p.translate(20.0, 0.0);
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(BLUE));
        p.pop_layer();
        p.pop_layer();
        p.fill_rect(rect(0.0, 38.0, 2.0, 2.0), &solid(GREEN));
    });
    assert_pixel(&frame, 15, 20, RED.with_alpha(0.5));
    assert_pixel(&frame, 25, 20, Color::rgba8(128, 0, 127, 128));
    assert_pixel(&frame, 5, 5, Color::TRANSPARENT);
    assert_pixel(&frame, 1, 39, GREEN);
}

#[test]
fn colour_filters_follow_their_formulas() {
    let color = Color::rgb8(200, 100, 50);
    assert_close(through(Filter::Brightness(0.8), color), Color::rgb8(149, 49, 0));
    assert_close(through(Filter::Brightness(1.2), color), Color::rgb8(251, 151, 101));
    assert_close(through(Filter::Contrast(0.5), color), Color::rgb8(164, 114, 89));
    assert_close(through(Filter::Contrast(2.0), color), Color::rgb8(255, 72, 0));
    assert_close(through(Filter::Invert(1.0), color), Color::rgb8(55, 155, 205));
    assert_close(through(Filter::Invert(0.5), color), Color::rgb8(128, 128, 128));
    let grey = (200.0 * 0.2126 + 100.0 * 0.7152 + 50.0 * 0.0722_f32).round() as u8;
    assert_close(through(Filter::Grayscale(1.0), color), Color::rgb8(grey, grey, grey));
    assert_close(through(Filter::Grayscale(0.5), color), Color::rgba8(grey / 2, grey / 2, grey / 2, 128));
    let grey = (200.0 * 0.3086 + 100.0 * 0.6094 + 50.0 * 0.0820_f32).round() as u8;
    assert_close(through(Filter::Saturate(0.0), color), Color::rgb8(grey, grey, grey));
    assert_close(through(Filter::Saturate(2.0), Color::rgb8(90, 90, 90)), Color::rgb8(90, 90, 90));
    assert_close(through(Filter::Sepia(1.0), color), Color::rgb8(165, 147, 114));
    assert_close(through(Filter::HueRotate(360.0), color), color);
    assert_close(through(Filter::HueRotate(120.0), RED), GREEN);
    assert_close(through(Filter::HueRotate(240.0), RED), BLUE);
    assert_close(through(Filter::HueRotate(-120.0), GREEN), RED);
    assert_close(through(Filter::HueRotate(60.0), RED), Color::rgb8(128, 128, 0));
    assert_close(through(Filter::HueRotate(300.0), RED), Color::rgb8(128, 0, 128));
    assert_close(through(Filter::ColorBlend(Color::rgb8(10, 20, 30)), color), Color::rgb8(210, 120, 80));
}

#[test]
fn colour_filters_act_on_straight_colours() {
    let half = Color::rgba8(200, 100, 50, 128);
    assert_close(through(Filter::Invert(1.0), half), Color::rgba8(55, 155, 205, 128));
    let fading = ColorMatrix([1., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0., 0., 0.5, 0.]);
    assert_close(through(Filter::Matrix(fading), RED), RED.with_alpha(0.5));
    let mad = Filter::Matrix(ColorMatrix([f32::NAN; 20]));
    assert_eq!(through(mad, RED).a, 0);
}

#[test]
fn filters_are_applied_in_order() {
    let frame = draw(4, 4, |p| {
        p.push_layer(filtered(vec![Filter::Invert(1.0), Filter::Brightness(0.5)]));
        p.fill_rect(rect(0.0, 0.0, 4.0, 4.0), &solid(Color::BLACK));
        p.pop_layer();
    });
    assert_pixel(&frame, 1, 1, Color::rgb8(128, 128, 128));
    // Between colour filters nothing is clamped: what is darker than black comes back.
    let frame = draw(4, 4, |p| {
        p.push_layer(filtered(vec![Filter::Brightness(0.5), Filter::Brightness(1.5)]));
        p.fill_rect(rect(0.0, 0.0, 4.0, 4.0), &solid(Color::rgb8(30, 200, 90)));
        p.pop_layer();
    });
    assert_pixel(&frame, 1, 1, Color::rgb8(30, 200, 90));
}

#[test]
fn a_filter_that_colours_nothing_stays_inside_the_clip() {
    let frame = draw(20, 20, |p| {
        let clip = Some(rect(5.0, 5.0, 10.0, 10.0).to_path(0.1));
        let filters = vec![Filter::ColorBlend(BLUE.with_alpha(0.5))];
        p.push_layer(LayerStyle { filters, clip, ..LayerStyle::default() });
        p.fill_rect(rect(5.0, 5.0, 5.0, 10.0), &solid(RED));
        p.pop_layer();
    });
    assert_pixel(&frame, 7, 7, Color::rgb8(255, 0, 128));
    assert_pixel(&frame, 12, 7, BLUE.with_alpha(0.5));
    assert_pixel(&frame, 2, 7, Color::TRANSPARENT);
}

/// The part of a Gaussian of standard deviation `sigma` below `x`.
fn gaussian(x: f64, sigma: f64) -> f64 {
    // By summation: exact enough, and independent of the code under test.
    let steps = 4000;
    let from = -6.0 * sigma;
    let step = (x - from).max(0.0) / f64::from(steps);
    let density = |x: f64| (-0.5 * (x / sigma).powi(2)).exp() / (sigma * std::f64::consts::TAU.sqrt());
    (0..steps).map(|i| density(from + (f64::from(i) + 0.5) * step) * step).sum()
}

#[test]
fn blurred_edges_are_gaussian() {
    for sigma in [0.8, 2.0, 5.0, 12.0, 30.0] {
        let frame = draw(400, 20, |p| {
            p.push_layer(filtered(vec![Filter::Blur { sigma }]));
            p.fill_rect(rect(-500.0, -500.0, 700.0, 1000.0), &solid(Color::BLACK));
            p.pop_layer();
        });
        for x in [150, 170, 185, 195, 199, 200, 204, 210, 220, 250] {
            let expected = 255.0 * (1.0 - gaussian(f64::from(x) + 0.5 - 200.0, sigma));
            let actual = f64::from(frame.pixel(x, 10).a);
            assert!((actual - expected).abs() <= 4.0, "sigma {sigma}, x {x}: {actual}, not {expected}");
        }
    }
}

#[test]
fn a_blur_scales_with_the_layer_and_keeps_the_middle() {
    let frame = draw(200, 200, |p| {
        p.transform(Affine::scale(2.0));
        p.push_layer(filtered(vec![Filter::Blur { sigma: 5.0 }]));
        p.fill_rect(rect(20.0, 20.0, 60.0, 60.0), &solid(RED));
        p.pop_layer();
    });
    assert_pixel(&frame, 100, 100, RED);
    let expected = 255.0 * gaussian(-10.0, 10.0);
    assert!((f64::from(frame.pixel(29, 100).a) - expected).abs() < 8.0);
}

#[test]
fn masks_show_by_alpha_or_brightness() {
    let shape = record(|p| {
        p.fill_rect(rect(0.0, 0.0, 10.0, 20.0), &solid(Color::WHITE.with_alpha(0.5)));
        p.fill_rect(rect(10.0, 0.0, 10.0, 20.0), &solid(Color::BLACK));
    });
    let through = |mode| {
        draw(30, 20, |p| {
            p.push_layer(LayerStyle { mask: Some(Mask { content: shape.clone(), mode }), ..LayerStyle::default() });
            p.fill_rect(rect(0.0, 0.0, 30.0, 20.0), &solid(RED));
            p.pop_layer();
        })
    };
    let alpha = through(MaskMode::Alpha);
    assert_pixel(&alpha, 5, 5, RED.with_alpha(0.5));
    assert_pixel(&alpha, 15, 5, RED);
    assert_pixel(&alpha, 25, 5, Color::TRANSPARENT);
    let luminance = through(MaskMode::Luminance);
    assert_pixel(&luminance, 5, 5, RED.with_alpha(0.5));
    assert_pixel(&luminance, 15, 5, Color::TRANSPARENT);
}

/// What a mode makes of translucent orange over translucent blue, by the definitions in floating point.
fn expected(mode: BlendMode, s: Color, d: Color) -> [f64; 4] {
    let unit = |c: Color| c.premultiplied().map(|x| f64::from(x) / 255.0);
    let ([sr, sg, sb, sa], [dr, dg, db, da]) = (unit(s), unit(d));
    let porter_duff = |fs: f64, fd: f64| {
        [sr * fs + dr * fd, sg * fs + dg * fd, sb * fs + db * fd, sa * fs + da * fd].map(|x| x.min(1.0))
    };
    let separable = |mix: &dyn Fn(f64, f64) -> f64| {
        let channel = |s: f64, d: f64| s * (1.0 - da) + d * (1.0 - sa) + sa * da * mix(s / sa, d / da);
        [channel(sr, dr), channel(sg, dg), channel(sb, db), sa + da - sa * da]
    };
    match mode {
        BlendMode::Clear => porter_duff(0.0, 0.0),
        BlendMode::Src => porter_duff(1.0, 0.0),
        BlendMode::Dst => porter_duff(0.0, 1.0),
        BlendMode::SrcOver => porter_duff(1.0, 1.0 - sa),
        BlendMode::DstOver => porter_duff(1.0 - da, 1.0),
        BlendMode::SrcIn => porter_duff(da, 0.0),
        BlendMode::DstIn => porter_duff(0.0, sa),
        BlendMode::SrcOut => porter_duff(1.0 - da, 0.0),
        BlendMode::DstOut => porter_duff(0.0, 1.0 - sa),
        BlendMode::SrcAtop => porter_duff(da, 1.0 - sa),
        BlendMode::DstAtop => porter_duff(1.0 - da, sa),
        BlendMode::Xor => porter_duff(1.0 - da, 1.0 - sa),
        BlendMode::Plus => porter_duff(1.0, 1.0),
        BlendMode::Modulate => [sr * dr, sg * dg, sb * db, sa * da],
        BlendMode::Multiply => separable(&|s, d| s * d),
        BlendMode::Screen => separable(&|s, d| s + d - s * d),
        BlendMode::Darken => separable(&f64::min),
        BlendMode::Lighten => separable(&f64::max),
        BlendMode::Difference => separable(&|s, d| (s - d).abs()),
        BlendMode::Exclusion => separable(&|s, d| s + d - 2.0 * s * d),
        BlendMode::HardLight => {
            separable(&|s, d| if s <= 0.5 { 2.0 * s * d } else { 1.0 - 2.0 * (1.0 - s) * (1.0 - d) })
        }
        BlendMode::Overlay => separable(&|s, d| if d <= 0.5 { 2.0 * s * d } else { 1.0 - 2.0 * (1.0 - s) * (1.0 - d) }),
        BlendMode::ColorDodge => separable(&|s, d| if d == 0.0 { 0.0 } else { (d / (1.0 - s)).min(1.0) }),
        BlendMode::ColorBurn => separable(&|s, d| if d >= 1.0 { 1.0 } else { 1.0 - ((1.0 - d) / s).min(1.0) }),
        // The rest is compared between the two implementations only.
        _ => [f64::NAN; 4],
    }
}

const SOURCE: Color = Color::rgba8(230, 120, 40, 180);
const BACKDROP: Color = Color::rgba8(60, 90, 210, 150);

/// Blends a square over half of another. With `written`, the backdrop has been turned into pixels before.
fn blended(mode: BlendMode, written: bool) -> Frame {
    draw(40, 20, |p| {
        p.fill_rect(rect(0.0, 0.0, 20.0, 20.0), &solid(BACKDROP));
        if written {
            // Reading back what is there makes the raster write it; this filter changes nothing that can be seen.
            p.backdrop(rect(0.0, 0.0, 40.0, 20.0).to_path(0.1), &[Filter::Blur { sigma: 0.1 }]);
        }
        p.push_layer(LayerStyle { blend: mode, ..LayerStyle::default() });
        p.fill_rect(rect(10.0, 0.0, 20.0, 20.0), &solid(SOURCE));
        p.pop_layer();
    })
}

#[test]
fn every_blend_mode_follows_its_definition() {
    for (number, mode) in BlendMode::ALL.into_iter().enumerate() {
        assert_eq!(BlendMode::from_arkui(number as u32), Some(mode));
        let [library, own] = [blended(mode, false), blended(mode, true)];
        let places = [
            ("both", 15, SOURCE, BACKDROP),
            ("backdrop", 5, Color::TRANSPARENT, BACKDROP),
            ("source", 25, SOURCE, Color::TRANSPARENT),
        ];
        for (place, x, source, backdrop) in places {
            let (a, b) = (library.pixel(x, 10).premultiplied(), own.pixel(x, 10).premultiplied());
            assert!(a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 4), "{mode:?} of {place}: {a:?} and {b:?}");
            if source.a == 0 || backdrop.a == 0 {
                // Where only one is, the mixing modes keep it; the others follow the fractions.
                let kept = if source.a == 0 { backdrop } else { source };
                let value = expected(mode, source, backdrop);
                let value = if value.iter().any(|v| v.is_nan()) {
                    kept.premultiplied().map(|x| f64::from(x) / 255.0)
                } else {
                    value
                };
                let close = a.iter().zip(value).all(|(a, v)| (f64::from(*a) - v * 255.0).abs() <= 4.0);
                assert!(close, "{mode:?} of {place}: {a:?}, not {value:?}");
                continue;
            }
            let value = expected(mode, source, backdrop);
            let close = value.iter().any(|v| v.is_nan())
                || a.iter().zip(value).all(|(a, v)| (f64::from(*a) - v * 255.0).abs() <= 4.0);
            assert!(close, "{mode:?} of {place}: {a:?}, not {:?}", value.map(|v| v * 255.0));
        }
    }
    assert_eq!(BlendMode::from_arkui(29), None);
}

#[test]
fn erasing_modes_stay_inside_the_clip() {
    for opacity in [1.0, 0.5] {
        let frame = draw(40, 40, |p| {
            p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(BLUE));
            p.save();
            p.clip_path(&Circle::new((20.0, 20.0), 10.0).to_path(0.1));
            p.push_layer(LayerStyle { blend: BlendMode::Src, opacity, ..LayerStyle::default() });
            p.fill_rect(rect(20.0, 0.0, 20.0, 40.0), &solid(RED));
            p.pop_layer();
            p.restore();
            p.fill_rect(rect(0.0, 0.0, 2.0, 2.0), &solid(GREEN));
        });
        assert_pixel(&frame, 15, 20, Color::TRANSPARENT);
        assert_pixel(&frame, 25, 20, RED.with_alpha(opacity));
        assert_pixel(&frame, 35, 20, BLUE);
        assert_pixel(&frame, 1, 1, GREEN);
    }
}

#[test]
fn an_erasing_mode_inside_a_layer_erases_only_the_layer() {
    let frame = draw(40, 40, |p| {
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(BLUE));
        p.push_layer(LayerStyle::opacity(0.5));
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(RED));
        p.push_layer(LayerStyle { blend: BlendMode::DstOut, ..LayerStyle::default() });
        p.fill_rect(rect(0.0, 0.0, 10.0, 40.0), &solid(Color::BLACK));
        p.pop_layer();
        p.push_layer(LayerStyle { blend: BlendMode::DstIn, ..LayerStyle::default() });
        p.fill_rect(rect(0.0, 0.0, 40.0, 20.0), &solid(Color::BLACK));
        p.pop_layer();
        p.pop_layer();
    });
    assert_pixel(&frame, 5, 5, BLUE);
    assert_pixel(&frame, 20, 5, Color::rgb8(128, 0, 127));
    assert_pixel(&frame, 20, 30, BLUE);
}

#[test]
fn a_backdrop_filters_what_is_behind_and_only_there() {
    let frame = draw(100, 60, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 60.0), &solid(Color::WHITE));
        p.fill_rect(rect(0.0, 0.0, 50.0, 60.0), &solid(Color::BLACK));
        p.save();
        p.clip_rect(rect(0.0, 0.0, 100.0, 50.0));
        p.backdrop(rect(20.0, 20.0, 60.0, 40.0).to_path(0.1), &[Filter::Blur { sigma: 8.0 }]);
        p.restore();
        p.fill_rect(rect(60.0, 30.0, 5.0, 5.0), &solid(RED));
    });
    assert_pixel(&frame, 49, 10, Color::BLACK);
    assert_pixel(&frame, 50, 10, Color::WHITE);
    assert_pixel(&frame, 49, 55, Color::BLACK);
    let middle = frame.pixel(50, 40);
    assert!((120..140).contains(&middle.r) && middle.a == 255, "{middle:?}");
    let dark = frame.pixel(22, 40);
    assert!(dark.r < 10, "the edge of the region goes on, it does not fade: {dark:?}");
    assert_pixel(&frame, 62, 32, RED);
}

#[test]
fn a_backdrop_works_under_transparency_and_in_layers() {
    let frame = draw(100, 60, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 60.0), &solid(Color::WHITE.with_alpha(0.5)));
        p.backdrop(rect(0.0, 0.0, 50.0, 60.0).to_path(0.1), &[Filter::Blur { sigma: 8.0 }]);
    });
    // It replaces what was there: alpha does not add up.
    assert_pixel(&frame, 25, 30, Color::WHITE.with_alpha(0.5));
    let frame = draw(100, 60, |p| {
        p.fill_rect(rect(0.0, 0.0, 100.0, 60.0), &solid(Color::BLACK));
        p.push_layer(LayerStyle::opacity(0.5));
        p.fill_rect(rect(0.0, 0.0, 100.0, 60.0), &solid(Color::WHITE));
        p.backdrop(rect(0.0, 0.0, 50.0, 60.0).to_path(0.1), &[Filter::Invert(1.0)]);
        p.pop_layer();
    });
    assert_pixel(&frame, 25, 30, Color::BLACK);
    assert_pixel(&frame, 75, 30, Color::rgb8(128, 128, 128));
}

#[test]
fn perspective_makes_the_far_side_smaller() {
    // A card turned around its left edge; the right edge is further away.
    let matrix = Matrix4::translate(50.0, 50.0, 0.0)
        * Matrix4::perspective(200.0)
        * Matrix4::rotate(0.0, 1.0, 0.0, 0.8)
        * Matrix4::translate(-50.0, -50.0, 0.0);
    let frame = draw(100, 100, |p| {
        p.push_perspective(matrix);
        p.fill_rect(rect(10.0, 10.0, 80.0, 80.0), &solid(RED));
        p.pop_layer();
    });
    let height = |x: u32| (0..100).filter(|y| frame.pixel(x, *y).a > 128).count();
    let (left, right) = (height(26), height(74));
    assert!(left.abs_diff(right) > 10, "{left} and {right}");
    assert_pixel(&frame, 50, 50, RED);
    assert_pixel(&frame, 12, 50, Color::TRANSPARENT);
}

#[test]
fn a_flat_perspective_is_an_ordinary_transform() {
    let flat = draw(60, 60, |p| {
        p.push_perspective(Matrix4::from(Affine::rotate(0.3)));
        p.fill_rect(rect(10.0, 10.0, 30.0, 30.0), &solid(RED));
        p.pop_layer();
    });
    let plain = draw(60, 60, |p| {
        p.transform(Affine::rotate(0.3));
        p.fill_rect(rect(10.0, 10.0, 30.0, 30.0), &solid(RED));
    });
    assert_eq!(flat, plain);
}

#[test]
fn projected_content_lies_where_the_matrix_puts_it() {
    let matrix = Matrix4::perspective(300.0) * Matrix4::rotate(1.0, 0.0, 0.0, 0.5);
    let frame = draw(200, 200, |p| {
        p.transform(Affine::translate((100.0, 100.0)) * Affine::scale(0.5));
        p.push_perspective(matrix);
        p.fill_rect(rect(-100.0, -100.0, 200.0, 200.0), &solid(Color::WHITE));
        p.fill_rect(rect(60.0, 60.0, 20.0, 20.0), &solid(BLUE));
        p.pop_layer();
    });
    // The middle of the blue square, by hand: y and z of (70, 70, 0) turned around x, then divided.
    let (y, z) = (70.0 * 0.5_f64.cos(), 70.0 * 0.5_f64.sin());
    let w = 1.0 - z / 300.0;
    let (x, y) = (100.0 + 0.5 * 70.0 / w, 100.0 + 0.5 * y / w);
    assert_pixel(&frame, x as u32, y as u32, BLUE);
    assert_pixel(&frame, 100, 100, Color::WHITE);
}

/// A page with one of everything that is drawn otherwise in parts than as a whole.
fn page(p: &mut Painter) {
    p.fill_rect(rect(0.0, 0.0, 300.0, 300.0), &solid(Color::rgb8(240, 240, 245)));
    for i in 0..10 {
        let color = Color::rgb8(25 * i, 200 - 20 * i, 100);
        p.fill_rect(rect(f64::from(i) * 30.0, f64::from(i) * 30.0, 25.3, 60.7), &solid(color));
    }
    let card = concord_paint::kurbo::RoundedRect::from_rect(rect(20.0, 150.0, 100.0, 80.0), 16.0);
    p.shadow(card, 20.0, Color::BLACK.with_alpha(0.4), (0.0, 6.0), false);
    p.fill_rounded(card, &solid(Color::WHITE.with_alpha(0.7)));
    p.push_layer(LayerStyle { filters: vec![Filter::Blur { sigma: 9.0 }], opacity: 0.8, ..LayerStyle::default() });
    p.fill(Circle::new((200.0, 90.0), 40.0).to_path(0.1), &solid(RED));
    p.pop_layer();
    p.backdrop(rect(100.0, 60.0, 90.0, 120.0).to_path(0.1), &[Filter::Blur { sigma: 14.0 }, Filter::Saturate(1.4)]);
    p.backdrop(rect(170.0, 150.0, 90.0, 60.0).to_path(0.1), &[Filter::Blur { sigma: 6.0 }]);
    p.push_perspective(
        Matrix4::translate(230.0, 230.0, 0.0) * Matrix4::perspective(300.0) * Matrix4::rotate(1.0, 1.0, 0.0, 0.6),
    );
    p.fill_rect(rect(-40.0, -40.0, 80.0, 80.0), &solid(BLUE.with_alpha(0.6)));
    p.pop_layer();
    p.push_layer(LayerStyle { blend: BlendMode::Multiply, opacity: 0.9, ..LayerStyle::default() });
    p.fill_rect(rect(60.0, 200.0, 150.0, 50.0), &solid(Color::rgb8(250, 220, 90)));
    p.pop_layer();
}

#[test]
fn repainting_a_part_gives_what_painting_all_gives() {
    let list = record(page);
    let whole = render(&list, 300, 300);
    let mut raster = CpuRaster::new();
    let parts = [
        rect(0.0, 0.0, 20.0, 20.0),
        rect(100.3, 61.2, 10.0, 10.0),
        rect(180.0, 40.0, 33.0, 37.0),
        rect(30.5, 170.5, 3.0, 200.0),
        rect(200.0, 200.0, 60.0, 60.0),
        rect(250.0, -50.0, 500.0, 120.0),
        rect(171.0, 181.0, 4.0, 4.0),
    ];
    for part in parts {
        let mut frame = whole.clone();
        // What is repainted must not depend on what was there; the dirt is only inside of the damage.
        frame.clear_rect(concord_paint::PixelRect::around(part), Color::rgb8(255, 0, 255));
        let painted = raster.render(&list, &mut frame, Some(part));
        assert!(painted.contains_rect(part.intersect(Rect::new(0.0, 0.0, 300.0, 300.0))));
        let (most, at) = difference(&whole, &frame);
        assert!(most <= TOLERANCE, "{part:?}: {most} at {}, {}", at % 300, at / 300);
    }
}

#[test]
fn damage_outside_of_the_frame_is_nothing() {
    let list = record(page);
    let mut frame = Frame::new(300, 300).unwrap();
    let mut raster = CpuRaster::new();
    for damage in [rect(400.0, 0.0, 10.0, 10.0), rect(5.0, 5.0, 0.0, 0.0), Rect::new(f64::NAN, 0.0, 9.0, 9.0)] {
        let painted = raster.render(&list, &mut frame, Some(damage));
        assert_eq!(painted.area(), 0.0, "{damage:?}");
    }
    assert_eq!(frame.pixel(5, 5), Color::TRANSPARENT);
}

#[test]
fn the_same_list_gives_the_same_pixels() {
    let list = record(page);
    let mut raster = CpuRaster::new();
    let mut first = Frame::new(300, 300).unwrap();
    raster.render(&list, &mut first, None);
    let mut second = Frame::new(300, 300).unwrap();
    raster.render(&list, &mut second, None);
    assert_eq!(first, second);
    assert_eq!(first, render(&record(page), 300, 300));
    let mut fast = Frame::new(300, 300).unwrap();
    CpuRaster::fastest().render(&list, &mut fast, None);
    let (most, at) = difference(&first, &fast);
    assert!(most <= TOLERANCE, "{most} at {at}");
}

#[test]
fn appended_lists_are_drawn_with_the_state_of_the_place() {
    let square = record(|p| {
        p.translate(1.0, 1.0);
        p.fill_rect(rect(0.0, 0.0, 4.0, 4.0), &solid(RED));
    });
    let frame = draw(30, 10, |p| {
        p.append(&square);
        p.translate(10.0, 0.0);
        p.append(&square);
        p.clip_rect(rect(10.0, 0.0, 3.0, 10.0));
        p.translate(10.0, 0.0);
        p.append(&square);
    });
    for x in [1, 4, 11, 14, 21, 22] {
        assert_pixel(&frame, x, 2, RED);
    }
    for x in [0, 5, 10, 15, 20, 23, 24] {
        assert_pixel(&frame, x, 2, Color::TRANSPARENT);
    }
}

#[test]
fn lists_know_what_differs() {
    let with = |color: Color, x: f64| {
        record(|p| {
            p.fill_rect(rect(0.0, 0.0, 100.0, 100.0), &solid(Color::WHITE));
            p.save();
            p.translate(x, 0.0);
            p.fill_rect(rect(10.0, 10.0, 5.0, 5.0), &solid(color));
            p.restore();
            p.fill_rect(rect(50.0, 50.0, 5.0, 5.0), &solid(BLUE));
        })
    };
    assert_eq!(with(RED, 0.0), with(RED, 0.0));
    assert_eq!(with(RED, 0.0).damage(&with(RED, 0.0)), []);
    assert_eq!(with(RED, 0.0).damage(&with(GREEN, 0.0)), [rect(10.0, 10.0, 5.0, 5.0)]);
    // What was there and what is there now, and nothing else.
    assert_eq!(with(RED, 20.0).damage(&with(RED, 3.0)), [rect(30.0, 10.0, 5.0, 5.0), rect(13.0, 10.0, 5.0, 5.0)]);
    let nested = |color| record(|p| p.append(&with(color, 0.0)));
    assert_eq!(nested(RED).damage(&nested(GREEN)), [rect(10.0, 10.0, 5.0, 5.0)]);
}

#[test]
fn light_goes_down_to_black() {
    let color = Color::rgb8(200, 100, 50);
    assert_eq!(through(Filter::LightUp(1.0), color), color);
    assert_close(through(Filter::LightUp(0.0), color), Color::BLACK);
    let half = through(Filter::LightUp(0.5), color);
    // The value falls by a half of all, and the hue stays.
    assert_close(half, Color::rgb8(73, 32, 11));
}

#[test]
fn a_blur_follows_its_gradient() {
    let blur = GradientBlur {
        sigma: 4.0,
        start: Point::new(0.0, 0.0),
        end: Point::new(0.0, 40.0),
        stops: vec![(0.0, 0.0), (0.0, 0.5), (1.0, 1.0)],
    };
    let frame = draw(40, 40, |p| {
        p.push_layer(filtered(vec![Filter::GradientBlur(blur.into())]));
        p.fill_rect(rect(0.0, 0.0, 20.0, 40.0), &solid(RED));
        p.fill_rect(rect(20.0, 0.0, 20.0, 40.0), &solid(BLUE));
        p.pop_layer();
    });
    assert_pixel(&frame, 19, 10, RED);
    let soft = frame.pixel(19, 38);
    assert!(soft.to_argb() & 0xff > 0x40, "no blue came over: {soft:?}");
}

#[test]
fn edges_are_stretched_both_ways() {
    let bounds = Rect::new(20.0, 20.0, 30.0, 30.0);
    let stretched = |edges: [f64; 4]| {
        draw(50, 50, |p| {
            p.push_layer(filtered(vec![Filter::PixelStretch(PixelStretch { bounds, edges })]));
            p.fill_rect(rect(20.0, 20.0, 10.0, 10.0), &solid(RED));
            p.fill_rect(rect(20.0, 20.0, 2.0, 10.0), &solid(BLUE));
            p.pop_layer();
        })
    };
    let outwards = stretched([10.0, 0.0, 5.0, 0.0]);
    assert_pixel(&outwards, 12, 25, BLUE);
    assert_pixel(&outwards, 25, 25, RED);
    assert_pixel(&outwards, 33, 25, RED);
    assert_pixel(&outwards, 37, 25, Color::TRANSPARENT);
    // The picture shrinks and its edge fills what is left of the box.
    let inwards = stretched([-4.0, -4.0, 0.0, 0.0]);
    assert_pixel(&inwards, 22, 25, BLUE);
    assert_pixel(&inwards, 28, 25, RED);
    assert_pixel(&inwards, 17, 25, Color::TRANSPARENT);
}

#[test]
fn a_sphere_has_no_corners() {
    let bounds = Rect::new(0.0, 0.0, 40.0, 40.0);
    let frame = draw(40, 40, |p| {
        p.push_layer(filtered(vec![Filter::Spherical(Spherical { bounds, degree: 1.0 })]));
        p.fill_rect(rect(0.0, 0.0, 40.0, 40.0), &solid(RED));
        p.pop_layer();
    });
    assert_pixel(&frame, 20, 20, RED);
    assert_pixel(&frame, 20, 1, RED);
    assert_pixel(&frame, 2, 2, Color::TRANSPARENT);
}
