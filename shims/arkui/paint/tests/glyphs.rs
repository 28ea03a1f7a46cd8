//! Text, by its pixels. The font is one of the system's; without it there is nothing to test.

mod support;

use std::sync::Arc;

use concord_paint::kurbo::Affine;
use concord_paint::{Blob, Brush, Color, ColorStop, Extend, FontData, Frame, Glyph, GlyphRun};
use support::*;

fn font() -> Option<FontData> {
    let places = [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    ];
    let bytes = places.iter().find_map(|place| std::fs::read(place).ok());
    if bytes.is_none() {
        #[expect(clippy::print_stderr, reason = "says why nothing is tested")]
        {
            eprintln!("skipped: no font of DejaVu or Noto is installed");
        }
    }
    bytes.map(|bytes| FontData::new(Blob::new(Arc::new(bytes)), 0))
}

fn run(font: &FontData, size: f32) -> GlyphRun {
    // Whatever these are in the font, they are letters or digits.
    let glyphs: Vec<Glyph> = (0..6).map(|i| Glyph { id: 40 + i, x: i as f32 * size * 0.7, y: 0.0 }).collect();
    GlyphRun {
        font: font.clone(),
        size,
        glyphs: glyphs.into(),
        normalized_coords: Arc::from([]),
        skew: 0.0,
        embolden: 0.0,
        outline: None,
    }
}

/// Brightness in all, and the leftmost and rightmost column that is not empty.
fn ink(frame: &Frame) -> (u64, u32, u32) {
    let column = |x: u32| (0..frame.height()).map(|y| u64::from(frame.pixel(x, y).a)).sum::<u64>();
    let columns: Vec<u64> = (0..frame.width()).map(column).collect();
    let first = columns.iter().position(|sum| *sum > 0).unwrap_or(0);
    let last = columns.iter().rposition(|sum| *sum > 0).unwrap_or(0);
    (columns.iter().sum(), first as u32, last as u32)
}

#[test]
fn glyphs_are_drawn_where_they_are_put() {
    let Some(font) = font() else { return };
    let text = |x: f64, run: &GlyphRun| draw(200, 60, |p| p.glyphs(run, Affine::translate((x, 45.0)), &solid(RED)));
    let plain = run(&font, 30.0);
    let frame = text(10.0, &plain);
    let (sum, first, last) = ink(&frame);
    assert!(sum > 50_000 && (8..20).contains(&first) && last < 160, "{sum} {first} {last}");
    let (moved_sum, moved_first, _) = ink(&text(40.0, &plain));
    assert_eq!((moved_sum, moved_first), (sum, first + 30));
    let reddest = (0..200 * 60).map(|i| frame.pixel(i % 200, i / 200)).max_by_key(|pixel| pixel.a).unwrap();
    assert_close(reddest, RED);
    // Bold has more ink, an outline less, and italics lean out to the right.
    let (bold, ..) = ink(&text(10.0, &GlyphRun { embolden: 1.0, ..plain.clone() }));
    assert!(bold > sum * 11 / 10, "{bold} and {sum}");
    let faint = draw(200, 60, |p| {
        let bold = GlyphRun { embolden: 1.0, ..plain.clone() };
        p.glyphs(&bold, Affine::translate((10.0, 45.0)), &solid(RED.with_alpha(0.5)));
    });
    assert!((120..=130).contains(&(0..200 * 60).map(|i| faint.pixel(i % 200, i / 200).a).max().unwrap()));
    let (outline, ..) = ink(&text(10.0, &GlyphRun { outline: Some(1.0), ..plain.clone() }));
    assert!(outline < sum, "{outline} and {sum}");
    let slanted = ink(&text(10.0, &GlyphRun { skew: 0.3, ..plain.clone() }));
    assert!(slanted.2 > last, "{} and {last}", slanted.2);
}

#[test]
fn a_gradient_runs_through_the_text_and_not_through_each_glyph() {
    let Some(font) = font() else { return };
    let stop = |offset, color| ColorStop { offset, color };
    let brush = Brush::linear((0.0, 0.0), (200.0, 0.0), vec![stop(0.0, RED), stop(1.0, BLUE)], Extend::Pad);
    let frame = draw(200, 60, |p| p.glyphs(&run(&font, 40.0), Affine::translate((10.0, 45.0)), &brush));
    let strongest = |from: u32, to: u32| -> Color {
        (from..to)
            .flat_map(|x| (0..60).map(move |y| (x, y)))
            .map(|(x, y)| frame.pixel(x, y))
            .max_by_key(|pixel| pixel.a)
            .unwrap()
    };
    assert!(strongest(10, 40).r > 190, "{:?}", strongest(10, 40));
    assert!(strongest(140, 175).b > 160, "{:?}", strongest(140, 175));
}

#[test]
fn odd_runs_are_harmless() {
    let Some(font) = font() else { return };
    let broken = FontData::new(Blob::new(Arc::new(vec![0, 1, 0, 0, 9, 9, 9])), 7);
    for font in [font, broken] {
        for size in [0.0, -5.0, 1e-20, 9e3, f32::NAN, f32::INFINITY] {
            let mut odd = run(&font, size);
            odd.normalized_coords = Arc::from([i16::MAX, i16::MIN, 5]);
            draw(60, 60, |p| p.glyphs(&odd, Affine::scale(3.0), &solid(RED)));
        }
        let mut odd = run(&font, 20.0);
        odd.glyphs = Arc::from([
            Glyph { id: u32::MAX, x: 0.0, y: 0.0 },
            Glyph { id: 65_000, x: 1.0, y: 20.0 },
            Glyph { id: 40, x: 10.0, y: 20.0 },
        ]);
        odd.skew = 1e9;
        odd.embolden = -1e9;
        draw(60, 60, |p| p.glyphs(&odd, Affine::IDENTITY, &solid(RED)));
        // Damage in the middle of a font that looks right at its start.
        let mut bytes = font.data.data().to_vec();
        let end = bytes.len();
        for byte in bytes.iter_mut().take(end / 2).skip(2000).step_by(97) {
            *byte ^= 0x5a;
        }
        let damaged = FontData::new(Blob::new(Arc::new(bytes)), 0);
        let mut text = run(&damaged, 20.0);
        text.glyphs = (0..3000).map(|id| Glyph { id, x: 0.0, y: 20.0 }).collect();
        let frame = draw(60, 60, |p| {
            p.glyphs(&text, Affine::IDENTITY, &solid(RED));
            p.fill_rect(rect(0.0, 50.0, 60.0, 10.0), &solid(GREEN));
        });
        assert_pixel(&frame, 30, 55, GREEN);
        odd.glyphs = Arc::from([Glyph { id: 40, x: f32::NAN, y: 20.0 }]);
        draw(60, 60, |p| p.glyphs(&odd, Affine::IDENTITY, &solid(RED)));
    }
}
